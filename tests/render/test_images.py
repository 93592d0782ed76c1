"""Pictures in every output: what is seen of an image, at its place, with its words, in files that others open."""

from __future__ import annotations

import base64
import io
import re
from collections.abc import Mapping
from dataclasses import replace
from functools import cache

import pikepdf
import pypdfium2
import pytest
from lxml import etree, html
from PIL import Image as Pixels
from pptx import Presentation

from conceptdeck.building.deck import font_book
from conceptdeck.checks.package.parts import check_parts
from conceptdeck.checks.svg import check_svg
from conceptdeck.layout.handout import pages_of_slides
from conceptdeck.render.powerpoint import package
from conceptdeck.render.powerpoint.deck import Properties, write_deck
from conceptdeck.render.powerpoint.template import make_template
from conceptdeck.render.vector.handout import About, write_handout
from conceptdeck.render.vector.pdf import write_pdf
from conceptdeck.render.vector.png import slide_png, write_png
from conceptdeck.render.vector.svg import slide_svg, write_svg
from conceptdeck.render.web.deck import WebDeck, write_webdeck
from conceptdeck.render.web.page import Page
from conceptdeck.typeset.fonts import FontBook
from conceptdeck.values.frame import Frame
from conceptdeck.values.image import Image, Media
from conceptdeck.values.theme import Theme
from conceptdeck.values.units import EMU_PER_PIXEL, EMU_PER_POINT, Box
from conceptdeck.workspace import places
from support.audit import audited
from support.imaged import (
    BLUE,
    GREEN,
    PICTURES,
    RED,
    VECTORS,
    YELLOW,
    drawing,
    pictured,
    quarters,
    slide,
)
from support.pictures import theme as theme_of

SVG = "{http://www.w3.org/2000/svg}"
SVG_BLIP = "{http://schemas.microsoft.com/office/drawing/2016/SVG/main}svgBlip"
EMBED = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}embed"
BY_NAME = {each.name: each for each in PICTURES}
SHOWN = [  # what is seen where: a picture, a place within its box in shares of it, and the colour there
    ("photo.png", 0.25, 0.4, RED),
    ("photo.png", 0.75, 0.4, GREEN),
    ("photo.png", 0.25, 0.6, BLUE),
    ("photo.png", 0.75, 0.6, YELLOW),
    ("photo.jpeg", 0.5, 0.25, RED),
    ("photo.jpeg", 0.9, 0.75, BLUE),
    ("photo.cut", 0.1, 0.1, GREEN),
    ("photo.cut", 0.9, 0.9, GREEN),
    ("drawing.svg", 0.25, 0.5, RED),
    ("drawing.svg", 0.75, 0.5, BLUE),
    ("ornament", 0.5, 0.5, RED),
]
UNSEEN = [("photo.png", 0.5, 0.1), ("photo.png", 0.5, 0.9), ("ornament", 0.1, 0.1)]  # nothing of the image is there
ASSETS = Page(*places.page_assets("deck"))


@cache
def theme() -> Theme:
    return theme_of("atlas")


@cache
def book() -> FontBook:
    return font_book(theme())


@cache
def deck(*frames: Frame) -> Mapping[str, bytes]:
    properties = Properties("map", "en", "Pictures", "", (), "atlas", "conceptdeck")
    return write_deck(frames or (slide(),), theme(), make_template(theme(), "en"), properties).parts


def handout(frame: Frame) -> bytes:
    return write_handout(pages_of_slides([frame], theme()), theme(), book(), About("Pictures", "en"))


def colour(seen: Pixels.Image, box: Box, x: float, y: float, scale: float, margin: float = 0.0) -> tuple[int, ...]:
    """Return the colour at a place within a box, of a picture `scale` pixels a point."""
    at = ((box.x + box.w * x) / EMU_PER_POINT + margin, (box.y + box.h * y) / EMU_PER_POINT + margin)
    return seen.convert("RGB").getpixel((round(at[0] * scale), round(at[1] * scale)))  # type: ignore[return-value]


def assert_seen(seen: Pixels.Image, scale: float, margin: float = 0.0) -> None:
    """Assert that pictures are seen where and as they are meant to be."""
    ground = colour(seen, PICTURES[0].box, 0.5, -0.05, scale, margin)
    for name, x, y, expected in SHOWN:
        found = colour(seen, BY_NAME[name].box, x, y, scale, margin)
        assert all(abs(a - b) <= 6 for a, b in zip(found, expected, strict=True)), (name, x, y, found)
    for name, x, y in UNSEEN:
        assert colour(seen, BY_NAME[name].box, x, y, scale, margin) == ground, (name, x, y)


def rendered(pdf: bytes, scale: float = 2) -> Pixels.Image:
    return pypdfium2.PdfDocument(pdf)[0].render(scale=scale).to_pil()


# --- PowerPoint ----------------------------------------------------------------------------------


def test_a_deck_with_pictures_opens_again_with_its_images_crops_and_words():
    opened = Presentation(io.BytesIO(package.pack(deck())))
    found = {each.name: each for each in opened.slides[0].shapes}
    for picture in PICTURES:
        shape = found[picture.name]
        seen = picture.seen
        assert (shape.left, shape.top, shape.width, shape.height) == (seen.box.x, seen.box.y, seen.box.w, seen.box.h)
        cut = (shape.crop_left, shape.crop_top, shape.crop_right, shape.crop_bottom)
        assert cut == pytest.approx((seen.crop.left, seen.crop.top, seen.crop.right, seen.crop.bottom), abs=1e-5)
        assert shape._element.nvPicPr.cNvPr.get("descr") == picture.alt
        if picture.image.media is not Media.SVG:
            assert shape.image.blob == picture.image.data
            assert shape.image.content_type == picture.image.media


def test_an_image_of_vectors_brings_pixels_for_programs_that_show_none():
    opened = Presentation(io.BytesIO(package.pack(deck())))
    (shape,) = (each for each in opened.slides[0].shapes if each.name == "drawing.svg")
    pixels = Pixels.open(io.BytesIO(shape.image.blob))
    assert pixels.format == "PNG"
    assert pixels.width == 2 * pixels.height
    assert pixels.convert("RGB").getpixel((pixels.width // 4, pixels.height // 2)) == RED
    (vectors,) = shape._element.iter(SVG_BLIP)
    part = opened.slides[0].part.related_part(vectors.get(EMBED))
    assert (part.blob, part.content_type) == (VECTORS.data, "image/svg+xml")


def test_a_click_on_a_picture_leads_where_it_says_and_decoration_is_marked():
    opened = Presentation(io.BytesIO(package.pack(deck())))
    found = {each.name: each for each in opened.slides[0].shapes}
    assert found["drawing.svg"].click_action.hyperlink.address == "https://example.org/more"
    assert b"decorative" in etree.tostring(found["ornament"]._element)


def test_an_image_that_stands_on_many_slides_is_in_the_file_once():
    one, other = pictured(*PICTURES), replace(pictured(PICTURES[0]), key="more", number=2)
    media = [name for name in deck(one, other) if name.startswith("ppt/media/")]
    assert sorted(media) == [
        f"ppt/media/{name}" for name in ("image1.png", "image2.jpeg", "image3.png", "image3.svg", "image4.png")
    ]
    assert deck(one, other) == deck.__wrapped__(one, other)


def test_validators_find_nothing_in_a_deck_with_pictures(tmp_path):
    assert check_parts(deck(), "deck.pptx") == ()
    path = tmp_path / "deck.pptx"
    path.write_bytes(package.pack(deck()))
    assert audited(path) == []


def test_a_curve_of_a_slide_is_a_line_with_an_arrow_along_its_points():
    opened = Presentation(io.BytesIO(package.pack(deck())))
    (shape,) = (each for each in opened.slides[0].shapes if each.name == "way")
    geometry = shape._element.spPr.find(".//{*}path")
    points = [(int(each.get("x")) + shape.left, int(each.get("y")) + shape.top) for each in geometry.iter("{*}pt")]
    (route,) = (item for item in slide().items if item.name == "way")
    assert points == [tuple(point) for point in route.points]
    assert shape._element.find(".//{*}tailEnd").get("type") == "triangle"


# --- SVG, PNG, PDF -------------------------------------------------------------------------------


def test_an_svg_brings_its_images_along_and_reaches_for_nothing_else():
    text = write_svg(drawing(), theme())
    assert check_svg(text, "pictures.svg") == ()
    root = etree.fromstring(text.encode())
    images = [base64.b64decode(each.get("href").partition(",")[2]) for each in root.iter(f"{SVG}image")]
    assert images == [each.image.data for each in PICTURES]
    assert all(each.alt in root.find(f"{SVG}desc").text for each in PICTURES)


def test_the_images_of_an_svg_are_cut_at_the_edges_of_what_is_seen():
    root = etree.fromstring(slide_svg(slide(), theme()).encode())
    clips = {each.get("id"): each[0] for each in root.iter(f"{SVG}clipPath")}
    for picture in PICTURES:
        (image,) = root.find(f"{SVG}g[@data-key='{picture.name}']").iter(f"{SVG}image")
        shown = image
        if "clip-path" in image.attrib:
            shown = clips[image.get("clip-path")[5:-1]]
        for name, wanted in zip(
            ("x", "y", "width", "height"), (lambda b: (b.x, b.y, b.w, b.h))(picture.seen.box), strict=True
        ):
            assert float(shown.get(name)) == pytest.approx(wanted / EMU_PER_PIXEL, abs=0.01)


@pytest.mark.parametrize(
    "damage", ["https://example.org/a.png", "data:text/html;base64,AAAA", "a.png", "data:image/png;base64,!"]
)
def test_an_image_from_elsewhere_in_an_svg_is_reported(damage):
    text = re.sub(r'href="data:image/png[^"]*"', f'href="{damage}"', write_svg(drawing(), theme()), count=1)
    assert "svg-external" in {each.code for each in check_svg(text, "pictures.svg")}


def test_a_png_shows_what_is_seen_of_each_image():
    seen = Pixels.open(io.BytesIO(slide_png(slide(), theme(), book(), 1280)))
    assert_seen(seen, 1280 / (theme().size.w / EMU_PER_POINT))
    made = Pixels.open(io.BytesIO(write_png(drawing(), theme(), book(), dark=False)))
    margin = (made.width / 2 - drawing().size.w / EMU_PER_PIXEL) / 2
    assert_seen(made, 2 * EMU_PER_POINT / EMU_PER_PIXEL, margin * EMU_PER_PIXEL / EMU_PER_POINT)


def test_a_pdf_shows_what_is_seen_of_each_image_and_says_it():
    made = write_pdf(drawing(), theme(), book())
    seen = rendered(made)
    margin = (seen.width / 2 - drawing().size.w / EMU_PER_POINT) / 2
    assert_seen(seen, 2, margin)
    with pikepdf.open(io.BytesIO(made)) as pdf:
        figure = pdf.Root.StructTreeRoot.K[0].K[0]
        assert all(each.alt in str(figure.Alt) for each in PICTURES)
        assert len(pdf.pages[0].get_images()) == len({each.image for each in PICTURES})


@pytest.mark.parametrize(
    ("kind", "mode", "tolerance"),
    [("PNG", "L", 2), ("PNG", "P", 2), ("PNG", "RGBA", 2), ("JPEG", "L", 6), ("JPEG", "CMYK", 70)],
)
def test_every_kind_of_file_has_its_colours_in_pdf(kind, mode, tolerance):
    data = quarters(kind, mode)
    picture = replace(PICTURES[0], image=Image(Media[kind], data, 400, 200))
    seen = rendered(handout(pictured(picture)))
    wanted = Pixels.open(io.BytesIO(data)).convert("RGB")
    for x, y in ((100, 50), (300, 50), (100, 150), (300, 150)):
        found = colour(seen, picture.seen.box, x / 400, y / 200, 2)
        assert all(abs(a - b) <= tolerance for a, b in zip(found, wanted.getpixel((x, y)), strict=True)), (x, y, found)


# --- the hand-out and the page -------------------------------------------------------------------


def test_a_handout_shows_pictures_as_figures_with_their_words():
    made = handout(slide())
    assert_seen(rendered(made), 2)
    with pikepdf.open(io.BytesIO(made)) as pdf:
        kids = pdf.Root.StructTreeRoot.K[0].K[0].K
        said = [str(each.Alt) for each in kids if each.S == "/Figure"]
        assert said == [*(each.alt for each in PICTURES if each.alt), "leads to"]
        assert [str(each.A.URI) for each in pdf.pages[0].Annots] == ["https://example.org/more"]


def test_a_page_shows_pictures_with_their_words_and_may_show_no_others():
    shown = WebDeck("map", "Pictures", "en", (slide(),), {})
    page = write_webdeck(shown, theme(), ASSETS)
    tree = html.fromstring(page)
    groups = {each.get("data-key"): each for each in tree.iter("g")}
    for picture in PICTURES:
        (image,) = groups[picture.name].iter("image")
        assert base64.b64decode(image.get("href").partition(",")[2]) == picture.image.data
        assert groups[picture.name].get("aria-label") == (picture.alt or None)
        assert (groups[picture.name].get("role"), groups[picture.name].get("aria-hidden")) == (
            ("img", None) if picture.alt else (None, "true")
        )
    assert groups["drawing.svg"].get("data-click") == "1"
    assert groups["drawing.svg"].getparent().get("href") == "https://example.org/more"
    assert "img-src data:;" in page
    ids = [each.get("id") for each in tree.iter() if each.get("id")]
    assert len(ids) == len(set(ids))


def test_a_page_without_pictures_allows_none():
    assert "img-src" not in write_webdeck(WebDeck("map", "None", "en", (pictured(),), {}), theme(), ASSETS)
