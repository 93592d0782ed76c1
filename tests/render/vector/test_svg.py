import io
import re
import shutil
import subprocess
from dataclasses import replace

import pytest
from lxml import etree
from PIL import Image, ImageOps

from conceptdeck.render.vector.areas import number
from conceptdeck.render.vector.png import write_png
from conceptdeck.render.vector.scene import drawing_scene
from conceptdeck.render.vector.svg import picture_id, write_svg
from conceptdeck.values.frame import Paragraph, Route, Run, Stroke
from conceptdeck.values.hyphens import without_soft
from conceptdeck.values.units import pixels
from support.decks import THEMES
from support.pictures import AWKWARD, at, awkward, book, box, drawing, node, paragraph, sample, theme

SVG = "{http://www.w3.org/2000/svg}"
XML = "{http://www.w3.org/XML/1998/namespace}"
ALLOWED = {"svg", "title", "desc", "style", "g", "rect", "ellipse", "path", "text", "tspan"}


def parsed(picture, name="atlas"):
    return etree.fromstring(write_svg(picture, theme(name)).encode())


def lines(root):
    return {g.get("data-key"): [t.text or "" for t in g.iter(f"{SVG}tspan")] for g in root.iter(f"{SVG}g")}


@pytest.mark.parametrize("name", THEMES)
@pytest.mark.parametrize("picture", [sample(), awkward(), awkward("ar", "r")], ids=["sample", "awkward", "arabic"])
def test_a_picture_is_well_formed_and_named_described_and_in_its_language(picture, name) -> None:
    root = parsed(picture, name)
    assert root.tag == f"{SVG}svg"
    assert root.get("role") == "img"
    labels = root.get("aria-labelledby").split()
    named = {each.get("id"): each for each in root.iter(f"{SVG}title", f"{SVG}desc")}
    assert [named[label].text for label in labels] == [picture.title, picture.description]
    assert root.get("lang") == root.get(f"{XML}lang") == picture.language
    assert root.get("viewBox") == f"0 0 {root.get('width')} {root.get('height')}"


@pytest.mark.parametrize("name", THEMES)
def test_a_picture_holds_nothing_that_runs_or_that_is_fetched(name) -> None:
    text = write_svg(awkward(), theme(name))
    root = etree.fromstring(text.encode())
    assert {etree.QName(each).localname for each in root.iter()} <= ALLOWED
    names = {etree.QName(attribute).localname for each in root.iter() for attribute in each.attrib}
    assert not {each for each in names if each.startswith("on") or each in ("href", "src", "style")}
    (style,) = root.iter(f"{SVG}style")
    assert not re.search(r"url|@import|expression|//", style.text)
    assert "<!" not in text
    assert "<?" not in text
    assert "url(" not in re.sub(r">[^<]*<", "><", text)


def test_texts_arrive_exactly() -> None:
    root = parsed(awkward())
    found = {g.get("data-key"): "".join(g.find(f"{SVG}text").itertext()) for g in root.iter(f"{SVG}g")}
    assert found == {name: without_soft(text) for name, text in AWKWARD.items()}
    assert all(text.get(f"{XML}space") == "preserve" for text in root.iter(f"{SVG}text"))


def test_a_broken_paragraph_is_one_element_whose_text_is_whole() -> None:
    words = "Models learn  how a world behaves,\u00a0and what it does next"
    root = parsed(drawing([node("n", box(0, 0, 150, 200), paragraph(words, width=120, align="ctr"))]))
    (text,) = root.iter(f"{SVG}text")
    assert "".join(text.itertext()) == words
    spans = list(text)
    assert len({span.get("y") for span in spans}) >= 4
    for span in spans:  # what is centred is centred without the space at its end
        assert (span.text or "").strip() == span.text or not span.text.strip()


def test_a_paragraph_of_several_looks_keeps_them_apart() -> None:
    runs = (Run("Bold ", 12, "accent1", bold=True), Run("and plain text", 12, "ink"))
    whole = Paragraph(runs, ("Bold and plain", "text"), 15)
    root = parsed(drawing([node("n", box(0, 0, 150, 200), whole)]))
    (text,) = root.iter(f"{SVG}text")
    assert "".join(text.itertext()) == "Bold and plain text"
    looks = [
        (span.text, span.get("font-weight"), span.get("fill")) for span in text.iter(f"{SVG}tspan") if span.get("fill")
    ]
    palette = theme().palette(dark=False)
    assert looks[0] == ("Bold ", "bold", f"#{palette['accent1']}")
    assert looks[1] == ("and plain", None, f"#{palette['ink']}")


def test_ids_are_unique_in_a_page_with_pictures_languages_and_themes() -> None:
    pictures = [
        (id, language, name) for id in ("flow", "concept:a") for language in ("en", "zh-Hans") for name in THEMES
    ]
    roots = [parsed(sample(language, id), name) for id, language, name in pictures]
    ids = [each.get("id") for root in roots for each in root.iter() if each.get("id")]
    assert len(ids) == len(set(ids)) == 3 * len(pictures)
    assert all(re.fullmatch(r"[A-Za-z][A-Za-z0-9_-]*", id) for id in ids)


def test_other_names_give_other_ids() -> None:
    ids = [
        picture_id(sample(id=id), theme())
        for id in ("concept:a", "concept-a", "concept_3a_a", "concept--a", "Concept:a")
    ]
    assert len(set(ids)) == len(ids)


def rules_of(style: str) -> dict[str, dict[str, str]]:
    """Return the rules of each @media of a style sheet, by selector; nothing may stand outside of them."""
    blocks = re.findall(r"@media ([^{]+)\{((?:[^{}]+\{[^{}]*\})+)\s*\}", style)
    assert "".join(f"@media {query}{{{body}\n}}" for query, body in blocks) == style.strip().replace("}\n@", "}@")
    return {query: dict(re.findall(r"\s*([^{}]+)\{([^{}]*)\}", body)) for query, body in blocks}


def test_every_rule_is_bound_to_the_picture() -> None:
    root = parsed(sample())
    (style,) = root.iter(f"{SVG}style")
    selectors = [each for rules in rules_of(style.text).values() for rule in rules for each in rule.split(",")]
    assert selectors
    assert all(selector.startswith(f"#{root.get('id')}") for selector in selectors)


@pytest.mark.parametrize("name", THEMES)
def test_colours_are_literal_and_those_for_the_dark_are_the_only_others(name: str) -> None:
    root = parsed(sample(), name)
    (style,) = root.iter(f"{SVG}style")
    rules = rules_of(style.text)
    assert "var(" not in style.text
    light, dark = (theme(name).palette(dark=each) for each in (False, True))
    night = rules["screen and (prefers-color-scheme:dark)"]
    for slot in ("ink", "card", "accent2"):
        for each in ("fill", "stroke"):
            rule = f"#{root.get('id')} .cd-{each}-{slot}"
            assert rules["all"].get(rule) in (None, f"{each}:#{light[slot]}")
            assert night.get(rule) in (None, f"{each}:#{dark[slot]}")
            assert (rule in night) == (rule in rules["all"])
    drawn = list(root.iter(f"{SVG}rect", f"{SVG}ellipse", f"{SVG}path", f"{SVG}text"))
    for each in drawn[1:]:  # the first one is the ground
        paints = [each.get(kind) for kind in ("fill", "stroke") if each.get(kind) not in (None, "none")]
        assert paints
        assert {*paints} <= {f"#{colour}" for colour in light.values()}
        classes = each.get("class").split()
        assert sum("-fill-" in each or "-stroke-" in each for each in classes) == len(paints)
        assert all(f"#{root.get('id')} .{name}" in rules["all"] for name in classes)


@pytest.mark.parametrize("name", THEMES)
def test_a_ground_lies_below_the_picture_in_the_dark_only(name: str) -> None:
    root = parsed(sample(), name)
    (style,) = root.iter(f"{SVG}style")
    ground = root.find(f"{SVG}rect")
    assert (ground.get("width"), ground.get("height"), ground.get("fill")) == ("700", "300", "none")
    rules = {query: found.get(f"#{root.get('id')} .cd-ground") for query, found in rules_of(style.text).items()}
    page = theme(name).palette(dark=True)["page"]
    assert rules["all"] == "fill:none;stroke:none"
    assert rules["screen and (prefers-color-scheme:dark)"] == f"fill:#{page}"
    assert {g.get("data-key") for g in root.iter(f"{SVG}g")} == {item.name for item in sample().items}


def test_fonts_are_the_themes_one_of_the_same_widths_and_a_kind() -> None:
    families = {text.get("font-family") for text in parsed(sample()).iter(f"{SVG}text")}
    assert families == {"Calibri,Carlito,sans-serif"}


def test_right_to_left_text_hangs_on_its_right_side() -> None:
    def attributes(language, align, text):
        picture = drawing([node("n", box(0, 0, 300, 60), paragraph(text, align=align, width=280))], language=language)
        (found,) = parsed(picture).iter(f"{SVG}text")
        return found.get("direction"), found.get("text-anchor")

    arabic = "نموذج العالم (World)"
    assert attributes("ar", "r", arabic) == ("rtl", None)
    assert attributes("ar", "l", arabic) == ("rtl", "end")
    assert attributes("ar", "ctr", arabic) == ("rtl", "middle")
    assert attributes("ar", "r", r"C:\ R&D") == (None, "end")  # Latin only
    assert attributes("en", "l", arabic) == (None, None)  # mixed, in a language that runs from left to right
    assert attributes("en", "l", "نموذج") == ("rtl", "end")


def test_an_edge_ends_in_its_arrowhead_and_the_arrowhead_at_the_edge() -> None:
    root = parsed(sample())
    line, head = (each.get("d") for each in next(g for g in root.iter(f"{SVG}g") if g.get("data-key") == "a-b"))
    assert theme().pictures.length("arrow").px == 9
    assert line == "M220 70C297.3 70 374.6 70 451.9 70"
    assert head == "M460 70L451 74.5L451 65.5Z"


@pytest.mark.parametrize("reach", [0.0, 2.0, 9.0, 9.5])
def test_an_edge_shorter_than_its_arrowhead_does_no_harm(reach: float) -> None:
    edge = Route(
        "e", (at(50, 50), at(50, 50), at(50 + reach, 50), at(50 + reach, 50)), "a", "b", Stroke("ink", pixels(1)), True
    )
    assert "nan" not in write_svg(drawing([edge]), theme()).casefold()


def test_two_writings_give_the_same_text_and_the_order_of_themes_none_other() -> None:
    assert write_svg(sample(), theme()) == write_svg(sample(), theme())
    assert "-0 " not in write_svg(sample(), theme())


def test_a_changed_label_changes_nothing_else() -> None:
    before = write_svg(sample(), theme()).splitlines()
    changed = sample()
    items = list(changed.items)
    items[1] = node("b", box(460, 30, 220, 80), paragraph("Other", align="ctr", width=200), preset="rect")
    after = write_svg(replace(changed, items=tuple(items)), theme()).splitlines()
    different = [(a, b) for a, b in zip(before, after, strict=True) if a != b]
    assert len(different) == 1
    assert "Naïve" in different[0][0]


@pytest.mark.parametrize(
    ("value", "text"), [(-0.001, "0"), (10.0, "10"), (0.126, "0.13"), (-3.5, "-3.5"), (100.0, "100")]
)
def test_numbers_are_as_short_as_can_be(value: float, text: str) -> None:
    assert number(value) == text


def test_a_character_that_xml_cannot_hold_is_our_own_fault() -> None:
    with pytest.raises(AssertionError):
        write_svg(replace(sample(), title="a\x01b"), theme())


def test_text_stands_within_its_shape() -> None:
    for picture in (sample(), awkward()):
        places = {item.name: item.box for item in picture.items if not isinstance(item, Route)}
        for group in drawing_scene(picture, theme()).groups:
            for mark in group.marks:
                for line in getattr(mark, "lines", ()):
                    place = places[group.name]
                    assert place.y.px < line.y < place.bottom.px
                    assert place.x.px <= line.x <= place.right.px


# --- another program -----------------------------------------------------------------------------


@pytest.fixture(scope="module")
def rsvg():
    """Return `draw(svg)`: the picture that librsvg makes, which knows no variables, with the repository's fonts."""
    program = shutil.which("rsvg-convert")
    if program is None:
        pytest.skip("needs librsvg: rsvg-convert is not on PATH")

    def draw(svg: str) -> Image.Image:
        done = subprocess.run([program, "-z", "2", "-b", "white"], input=svg.encode(), capture_output=True, check=True)
        return Image.open(io.BytesIO(done.stdout)).convert("RGB")

    return draw


@pytest.mark.librsvg
@pytest.mark.parametrize("name", THEMES)
def test_librsvg_shows_the_light_colours(rsvg, name: str) -> None:
    image = rsvg(write_svg(sample(), theme(name)))
    palette = theme(name).palette(dark=False)
    assert image.size == (1400, 600)
    for place, slot in (((60, 200), "card"), ((560, 470), "accent5"), ((600, 140), "accent2")):
        assert image.getpixel(place) == tuple(bytes.fromhex(palette[slot]))
    assert image.getpixel((4, 4)) == (255, 255, 255)


@pytest.mark.librsvg
@pytest.mark.parametrize("align", ["l", "ctr", "r"])
@pytest.mark.parametrize(("language", "text"), [("en", "World models"), ("ar", "نموذج العالم (2)")])
def test_librsvg_and_our_outlines_put_text_at_the_same_place(rsvg, language: str, text: str, align: str) -> None:
    words = paragraph(text, align=align, width=480, language=language)
    picture = drawing([node("n", box(100, 50, 500, 60), words, preset="rect")], language=language)
    theirs = ink(rsvg(write_svg(picture, theme())))
    ours = ink(ImageOps.crop(Image.open(io.BytesIO(write_png(picture, theme(), book(), dark=False))), 16))
    assert theirs == pytest.approx(ours, abs=6)


def ink(image: Image.Image) -> tuple[int, int, int, int]:
    """Return the box of what is dark within the one shape of a picture."""
    inside = image.crop((206, 106, 1194, 214)).convert("L")
    found = inside.point(lambda value: 255 if value < 128 else 0).getbbox()
    assert found
    return found
