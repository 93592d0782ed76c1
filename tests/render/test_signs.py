"""Signs in every output: one shape that recolours with the theme, drawn alike everywhere, and left alone by editors."""

from __future__ import annotations

import io
from collections.abc import Callable, Mapping
from dataclasses import replace
from functools import cache
from pathlib import Path

import pypdfium2
import pytest
from lxml import etree, html
from PIL import Image as Pixels
from PIL import ImageChops, ImageStat
from pptx import Presentation

from conceptdeck.building.deck import font_book
from conceptdeck.checks.drawings import check_drawings
from conceptdeck.checks.frames import check_frames
from conceptdeck.checks.package.parts import check_parts
from conceptdeck.checks.svg import check_svg
from conceptdeck.layout.handout import pages_of_slides
from conceptdeck.layout.mirror import mirrored
from conceptdeck.render.powerpoint import package
from conceptdeck.render.powerpoint.deck import Properties, write_deck
from conceptdeck.render.powerpoint.template import make_template
from conceptdeck.render.raster import raster
from conceptdeck.render.vector.handout import About, write_handout
from conceptdeck.render.vector.marks import polygon
from conceptdeck.render.vector.pdf import write_pdf
from conceptdeck.render.vector.png import slide_png, write_png
from conceptdeck.render.vector.svg import slide_svg, write_svg
from conceptdeck.render.web.deck import WebDeck, write_webdeck
from conceptdeck.render.web.page import Page
from conceptdeck.typeset.fonts import FontBook
from conceptdeck.values.frame import Frame, Sign
from conceptdeck.values.icons import Drawn
from conceptdeck.values.theme import Theme
from conceptdeck.values.units import EMU_PER_PIXEL, EMU_PER_POINT, Box
from conceptdeck.workspace import places
from support.audit import audited
from support.imaged import box
from support.pictures import theme as theme_of
from support.signed import NAMES, drawing, published, signs, slide

WIDE = 1920  # pixels of a slide that is looked at
ALIKE = 6.0  # mean difference of a sign in two programs, of 255: edges are smoothed differently
RING = Drawn(
    lines=(),
    areas=(
        (
            *polygon(((2.0, 2.0), (22.0, 2.0), (22.0, 22.0), (2.0, 22.0))),
            *polygon(((8.0, 8.0), (8.0, 16.0), (16.0, 16.0), (16.0, 8.0))),
        ),
    ),
)
FRAMED = Sign("ring.icon", RING, box(60, 300, 48, 48), "accent2")


@cache
def theme() -> Theme:
    return theme_of("atlas")


@cache
def book() -> FontBook:
    return font_book(theme())


@cache
def shown() -> Frame:
    return slide(*signs(), FRAMED)


@cache
def deck(frame: Frame | None = None) -> Mapping[str, bytes]:
    properties = Properties("map", "en", "Signs", "", (), "atlas", "conceptdeck")
    return write_deck((frame or shown(),), theme(), make_template(theme(), "en"), properties).parts


@pytest.fixture
def saved(tmp_path) -> Path:
    path = tmp_path / "deck.pptx"
    path.write_bytes(package.pack(deck()))
    return path


def freeforms(path: Path) -> dict[str, etree._Element]:
    """Return the shapes of a deck that are freeforms, by name."""
    shapes = Presentation(str(path)).slides[0].shapes
    return {each.name: each._element for each in shapes if each._element.find(".//{*}custGeom") is not None}


def cut(image: Pixels.Image, place: Box, scale: float) -> Pixels.Image:
    """Return the part of a picture, `scale` pixels a point, that shows a box."""
    edges = (place.x, place.y, place.right, place.bottom)
    return image.convert("RGB").crop(tuple(round(edge / EMU_PER_POINT * scale) for edge in edges))  # type: ignore[arg-type]


def apart(one: Pixels.Image, other: Pixels.Image) -> float:
    """Return how different two pictures are: the mean of the differences of their pixels, from 0 to 255."""
    return sum(ImageStat.Stat(ImageChops.difference(one, other.resize(one.size))).mean) / 3


def assert_alike(one: Pixels.Image, other: Pixels.Image, frame: Frame) -> None:
    """Assert that each sign of a slide looks the same in two pictures of it."""
    for item in frame.items:
        if isinstance(item, Sign):
            first, second = (cut(image, item.box, image.width / theme().size.w.pt) for image in (one, other))
            assert len(first.getcolors(first.width * first.height) or ()) > 1, f"{item.name} shows nothing"
            assert apart(first, second) < ALIKE, item.name


def png() -> Pixels.Image:
    return Pixels.open(io.BytesIO(slide_png(shown(), theme(), book(), WIDE)))


def page_of(pdf: bytes | Path) -> Pixels.Image:
    return pypdfium2.PdfDocument(pdf)[0].render(scale=WIDE / theme().size.w.pt).to_pil()


# --- PowerPoint ----------------------------------------------------------------------------------


def test_a_sign_is_one_freeform_in_a_colour_of_the_theme_and_decoration_for_those_who_do_not_see_it(saved):
    found = freeforms(saved)
    assert list(found) == [f"{name}.icon" for name in NAMES] + ["ring.icon"]
    for sign in signs():
        shape = found[sign.name]
        assert shape.find(".//{*}ln/{*}solidFill/{*}schemeClr").get("val") == sign.slot
        assert (shape.find(".//{*}ln").get("cap"), shape.find(".//{*}ln/{*}round") is not None) == ("rnd", True)
        assert shape.find(".//{*}ln").get("w") == str(sign.box.w // 12)  # 2 of 24 units
        assert b"decorative" in etree.tostring(shape)
        assert not shape.xpath(".//*[local-name()='blip']")


def test_the_areas_of_a_sign_are_filled_and_its_lines_are_not(saved):
    ring, globe = (freeforms(saved)[name] for name in ("ring.icon", "globe.icon"))
    assert [(path.get("stroke"), path.get("fill")) for path in ring.iter("{*}path")] == [("0", None)]
    assert ring.find("{*}spPr/{*}solidFill/{*}schemeClr").get("val") == "accent2"
    assert [(path.get("stroke"), path.get("fill")) for path in globe.iter("{*}path")] == [(None, "none")]
    assert globe.find("{*}spPr/{*}noFill") is not None


def test_validators_find_nothing_in_a_deck_with_signs_and_its_bytes_are_the_same_each_time(saved):
    assert check_parts(deck(), "deck.pptx") == ()
    assert audited(saved) == []
    assert deck() == deck.__wrapped__()


def test_signs_survive_opening_and_saving_by_python_pptx(saved, tmp_path):
    again = tmp_path / "again.pptx"
    Presentation(str(saved)).save(str(again))
    before, after = freeforms(saved), freeforms(again)
    assert {name: etree.tostring(each) for name, each in after.items()} == {
        name: etree.tostring(each) for name, each in before.items()
    }


@pytest.mark.office
def test_signs_survive_opening_and_saving_by_libreoffice_as_freeforms_in_their_colours(
    saved, office: Callable[..., Path]
):
    found = freeforms(office(saved, to="pptx"))
    assert set(found) >= {f"{name}.icon" for name in NAMES}
    for sign in signs():  # it writes the colours of all lines as they are, and those of areas by name
        assert (
            found[sign.name].find(".//{*}ln/{*}solidFill/{*}srgbClr").get("val") == theme().colours[sign.slot].lower()
        )
    assert found["ring.icon"].find("{*}spPr/{*}solidFill/{*}schemeClr").get("val") == "accent2"


@pytest.mark.office
def test_libreoffice_draws_signs_as_they_are_drawn_here(saved, office: Callable[..., Path]):
    assert_alike(png(), page_of(office(saved)), shown())


# --- SVG, PNG, PDF, pages ------------------------------------------------------------------------


@pytest.mark.parametrize("name", NAMES)
def test_a_sign_looks_as_its_icon_was_published(name):
    wanted = Pixels.open(io.BytesIO(raster(published(name).replace("currentColor", "#000"), 96))).convert("LA")
    made = Pixels.open(io.BytesIO(raster(_alone(name), 96))).convert("LA")
    difference = ImageChops.difference(made.getchannel("A"), wanted.getchannel("A"))
    assert ImageStat.Stat(difference).mean[0] < 1


def _alone(name: str) -> str:
    """Return a sign as SVG, on nothing, 24 px wide."""
    side = 24 * EMU_PER_PIXEL / EMU_PER_POINT
    (sign,) = signs((name,))
    made = write_svg(drawing(replace(sign, box=box(0, 0, side, side))), theme())
    inside = made[made.index(f'<g data-key="{name}.icon"') :]
    return f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 24 24">{inside[: inside.index("</g>")]}</g></svg>'


def test_a_slide_with_signs_looks_the_same_as_png_and_in_the_handout():
    made = write_handout(pages_of_slides([shown()], theme()), theme(), book(), About("Signs", "en"))
    assert_alike(png(), page_of(made), shown())


def test_a_drawing_with_signs_looks_the_same_as_png_and_as_pdf():
    light = {**theme().palette(dark=False), "page": "FFFFFF"}
    white = replace(theme(), colours=light, opposite=light)
    one = Pixels.open(io.BytesIO(write_png(drawing(), white, book(), dark=False, scale=2)))
    two = pypdfium2.PdfDocument(write_pdf(drawing(), theme(), book()))[0].render(scale=2 * 4 / 3).to_pil()
    assert apart(one.convert("RGB"), two.convert("RGB")) < 1


def test_the_svg_of_signs_has_their_colours_as_attributes_and_nothing_that_does_not_belong_there():
    text = write_svg(drawing(), theme())
    assert check_svg(text, "signs.svg") == ()
    root = etree.fromstring(text.encode())
    (globe,) = root.xpath("//*[@data-key='globe.icon']/*")
    assert globe.get("stroke") == f"#{theme().palette(dark=False)['accent1']}"
    assert (globe.get("fill"), globe.get("stroke-linecap"), globe.get("class")) == (
        "none",
        "round",
        "cd-stroke-accent1",
    )


def test_a_web_deck_hides_signs_from_those_who_hear_it():
    page = write_webdeck(WebDeck("map", "Signs", "en", (shown(),), {}), theme(), Page(*places.page_assets("deck")))
    groups = {each.get("data-key"): each for each in html.fromstring(page).iter("g")}
    assert {groups[f"{name}.icon"].get("aria-hidden") for name in NAMES} == {"true"}
    assert groups["globe.icon"].find("path") is not None


def test_a_sign_is_not_flipped_where_slides_are_read_from_the_right():
    turned = mirrored(shown(), theme().size.w)
    for before, after in zip(shown().items, turned.items, strict=True):
        if isinstance(before, Sign) and isinstance(after, Sign):
            assert after == replace(before, box=before.box.mirrored(theme().size.w))
    assert slide_svg(turned, theme()) != slide_svg(shown(), theme())


# --- checks --------------------------------------------------------------------------------------


def test_a_sign_on_a_text_is_a_fault_that_is_found():
    over = replace(signs()[0], box=box(70, 40, 40, 40))
    found = check_frames((slide(over),), theme(), book())
    assert ("text-across-edge", "globe.icon") in {(each.code, each.what.split("`")[1]) for each in found}
    assert "text-across-edge" not in {each.code for each in check_frames((shown(),), theme(), book())}
    assert "picture-overlap" in {each.code for each in check_drawings([drawing(over)])}
    assert check_drawings([drawing()]) == ()
