"""Themes made of templates: layouts, free room, colours and fonts."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from conceptdeck.building.templates import ReadTemplate, made_theme
from conceptdeck.checks.package.masters import read_template
from conceptdeck.reading import source
from conceptdeck.reading.excerpts import SourceText
from conceptdeck.reading.fields import FieldReader
from conceptdeck.reading.findings import Findings
from conceptdeck.reading.imported.palette import colours_of, opposite_of
from conceptdeck.reading.imported.taste import Taste, read_taste
from conceptdeck.reading.imported.theme import Imported
from conceptdeck.reading.source import Mapping, Scalar
from conceptdeck.reading.templates import TemplateForm, template_of
from conceptdeck.reading.theme import load_theme
from conceptdeck.values.colour import contrast, distance, shaded
from conceptdeck.values.diagnostics import Failure, Span
from conceptdeck.values.masters import Ground, Shade
from conceptdeck.values.tables import table_look
from conceptdeck.values.template import SchemeColour, Template
from conceptdeck.values.theme import COLOURS, Theme
from conceptdeck.values.units import inches
from conceptdeck.workspace import places
from support.templates import TEMPLATES, made, package

MAP = dict(zip(("bg1", "tx1", "bg2", "tx2"), ("lt1", "dk1", "lt2", "dk2"), strict=True)) | {
    name: name for name in (*(f"accent{number}" for number in range(1, 7)), "hlink", "folHlink")
}
DIGITS = st.integers(0, 0xFFFFFF).map(lambda number: f"{number:06X}")
WITHOUT_TITLES = ("untitled.pptx", "pale-titles.pptx", "lost-titles.pptx")
GROUNDS = st.sampled_from(("bg1", "bg2", "tx1", "accent3"))
SCHEMES = st.fixed_dictionaries(dict.fromkeys(sorted({*MAP.values()}), DIGITS))


@cache
def taste() -> Taste:
    return read_taste(places.import_taste())


@cache
def imported(name: str) -> Imported:
    found, problems = read_template(made(name), name)
    assert found and not problems
    return made_theme(ReadTemplate(Path(name), made(name), found), "acme", name)


def codes(name: str) -> set[str]:
    return {each.code for each in imported(name).remarks}


def said(name: str) -> Template:
    """Return what a theme says of its template, as the reader of themes understands it."""
    node, problems = source.parse(imported(name).text, "acme.yaml")
    assert isinstance(node, Mapping) and not problems
    part = next(value for key, value in node.entries if key.value == "template")
    assert isinstance(part, Mapping)
    findings = Findings("acme.yaml")
    form = FieldReader(findings).record(part, TemplateForm, "template", Scalar("template", Span()))
    assert not findings.found
    return template_of(form)


def theme(text: str) -> Theme:
    """Return a theme that a text makes, without its template."""
    plain = text.partition("\ntemplate:\n")[0] + "\n"
    texts = {"acme.yaml": SourceText(plain, "acme.yaml"), "base.yaml": places.theme_base()}
    return load_theme("acme", texts.__getitem__)


@pytest.mark.parametrize("name", TEMPLATES)
def test_each_template_makes_a_theme_without_findings_and_says_where_slides_stand(name: str) -> None:
    made_of, found = said(name), theme(imported(name).text)
    assert {*made_of.scheme} == {*COLOURS}
    area, (width, height) = imported(name).area, found.size
    assert area.content.x >= 0 and area.content.right <= width
    assert area.content.y >= 0 and area.content.bottom <= height
    assert not area.content.overlaps(area.title)
    layout = imported(name).choice.others.layout
    feet = [each.box for each in layout.holders if each.type in ("dt", "ftr", "sldNum") and each.box]
    for each in (*feet, *(thing.box for thing in layout.decorations)):
        assert not area.content.overlaps(each)


@pytest.mark.parametrize(
    "name", [name for name in TEMPLATES if name not in ("untitled.pptx", "pale-titles.pptx", "lost-titles.pptx")]
)
def test_layouts_are_known_by_type_or_placeholders(name: str) -> None:
    made_of = said(name)
    assert {*made_of.ties} == {"cover", "section", "list"}
    assert (made_of.ties["cover"].holders["title"].type, made_of.others.holders["title"].type) == ("ctrTitle", "title")
    assert {*made_of.ties["list"].holders} >= {"title", "text", "footer", "date", "number"}
    parts = [each.layout for each in (*made_of.ties.values(), made_of.others)]
    usual = [layout.part for layout in imported(name).choice.master.layouts]
    assert [usual.index(part) for part in parts] == [0, 2, 1, 5]


def test_a_template_whose_layouts_have_no_titles_gets_one() -> None:
    assert codes("untitled.pptx") >= {"untitled-layout", "no-kind-of-layout"}
    title = said("untitled.pptx").others.holders["title"]
    assert title.added and (title.size, title.anchor) == (44, "ctr")
    assert not any(each.added for tie in said("plain.pptx").ties.values() for each in tie.holders.values())
    assert imported("untitled.pptx").area.title.h > inches(0.5)


def test_a_layout_whose_title_nobody_could_see_is_not_taken() -> None:
    assert {*said("pale-titles.pptx").ties} == {"list"}
    (finding,) = [each for each in imported("pale-titles.pptx").remarks if each.code == "no-kind-of-layout"]
    assert "covers and sections" in finding.message and "“Title Slide”" in finding.notes[0]


def test_a_title_that_leaves_no_room_is_moved_to_where_its_master_has_it() -> None:
    title = said("lost-titles.pptx").others.holders["title"]
    assert title.added and title.box.y < inches(0.5)
    assert "little-room" in codes("lost-titles.pptx")
    assert imported("lost-titles.pptx").area.content.h > inches(4)


def test_a_placeholder_that_reaches_beyond_the_slide_is_not_filled() -> None:
    parts = TEMPLATES["plain.pptx"]()
    name = "ppt/slideLayouts/slideLayout1.xml"
    parts[name] = parts[name].replace(b'cy="1752600"', b'cy="5752600"')
    found, _ = read_template(package(parts), "x.pptx")
    assert found
    theme_of = made_theme(ReadTemplate(Path("x.pptx"), b"", found), "acme", "x.pptx")
    assert "subtitle" not in theme_of.choice.ties["cover"].holders


def test_a_cover_is_known_by_its_subtitle_whatever_its_type() -> None:
    parts = TEMPLATES["plain.pptx"]()
    name = "ppt/slideLayouts/slideLayout1.xml"
    parts[name] = parts[name].replace(b'type="title" preserve', b'type="tx" preserve')
    found, _ = read_template(package(parts), "x.pptx")
    assert found and found.masters[0].layouts[0].type == "tx"
    theme_of = made_theme(ReadTemplate(Path("x.pptx"), b"", found), "acme", "x.pptx")
    assert theme_of.choice.ties["cover"].layout.part == "slideLayout1"


def test_the_most_complete_master_is_taken() -> None:
    assert imported("several-masters.pptx").choice.master.part == "slideMaster1"
    assert "It has 2 masters" in imported("several-masters.pptx").text


def test_names_of_layouts_stand_beside_them_on_one_line() -> None:
    assert "section:  # “Abschnitts- überschrift”" in imported("foreign-names.pptx").text
    assert "“Титульный слайд”" in " ".join(imported("foreign-names.pptx").text.replace("#", " ").split())


def test_a_dark_map_makes_a_dark_theme() -> None:
    found = theme(imported("dark.pptx").text)
    assert found.dark and (found.colours["page"], found.colours["ink"]) == ("101820", "F2F4F7")
    assert said("dark.pptx").scheme["page"] == SchemeColour("bg1")
    assert contrast(found.opposite["page"], "000000") > 15


def test_slides_keep_clear_of_logo_bars_and_foot() -> None:
    content = imported("furnished.pptx").area.content
    assert content.y > inches(1.6) and content.bottom < inches(6.95)
    assert content.right < inches(12) or content.bottom < inches(6.2)
    assert content.w * content.h > 0.5 * inches(13.3333) * inches(7.5)


def test_accents_that_are_alike_are_told_and_become_unlike() -> None:
    found = imported("alike.pptx").colours
    assert "changed-accents" in codes("alike.pptx") and found.alike
    accents = [found.seen[f"accent{number}"] for number in range(1, 7)]
    assert min(distance(one, other) for one in accents for other in accents if one is not other) > 0.05


def test_a_font_without_a_face_is_measured_wider_and_told() -> None:
    found = theme(imported("capitals.pptx").text)
    families = {each.name: each for each in found.families}
    assert (found.major, found.minor) == ("Century Gothic", "Foundry Sterling 2")
    assert families["Century Gothic"].width > 1
    assert codes("capitals.pptx") >= {"font-stands-in", "capital-titles"}
    (finding,) = [each for each in imported("embedded.pptx").remarks if each.code == "font-stands-in"]
    assert "carries the font" in finding.notes[0] and "font add" in finding.hints[0]


def test_the_same_template_makes_the_same_theme() -> None:
    first = imported("furnished.pptx").text
    imported.cache_clear()
    assert imported("furnished.pptx").text == first


@settings(max_examples=15)
@given(
    scheme=SCHEMES,
    ground=st.sampled_from(("bg1", "bg2", "tx1", "accent3")),
    text=st.sampled_from(("tx1", "bg2")),
    turned=st.booleans(),
)
@example(scheme=dict.fromkeys({*MAP.values()}, "808080"), ground="bg1", text="tx1", turned=False)
@example(scheme=dict.fromkeys({*MAP.values()}, "000000"), ground="bg1", text="tx1", turned=False)
@example(scheme=dict.fromkeys({*MAP.values()}, "FFFFFF"), ground="tx1", text="bg2", turned=True)
def test_whatever_the_scheme_all_texts_can_be_read(
    scheme: dict[str, str], ground: str, text: str, turned: bool
) -> None:
    map_ = MAP | ({"bg1": "dk1", "tx1": "lt1"} if turned else {})
    found = colours_of(scheme, map_, Ground(Shade(ground)), Shade(text), taste())
    for seen in (found.seen, opposite_of(found, taste())):
        texts = [colour for slot, colour in seen.items() if slot not in ("page", "card")]
        assert min(contrast(text, seen[ground]) for text in texts for ground in ("page", "card")) >= 4.5
    for slot, colour in found.slots.items():
        assert shaded(scheme[map_[colour.name]], colour.mod, colour.off) == found.seen[slot]


def test_what_the_taste_cannot_be_is_told_where_it_is() -> None:
    with pytest.raises(Failure) as failure:
        read_taste(SourceText(places.import_taste().text.replace("alike: 0.075", "alike: far"), "import.yaml"))
    assert [each.code for each in failure.value.diagnostics] == ["bad-number"]


# --- tables --------------------------------------------------------------------------------------

OWN_STYLE = (
    '<a:tblStyleLst xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" def="{{{own}}}">'
    '<a:tblStyle styleId="{{AAAAAAAA-0000-4000-8000-000000000001}}" styleName="Own"><a:wholeTbl>'
    '<a:tcTxStyle><a:fontRef idx="minor"/><a:schemeClr val="dk1"/></a:tcTxStyle></a:wholeTbl><a:firstRow>'
    '<a:tcTxStyle><a:fontRef idx="minor"/>{text}</a:tcTxStyle><a:tcStyle><a:tcBdr/><a:fill>{fill}</a:fill></a:tcStyle>'
    "</a:firstRow></a:tblStyle></a:tblStyleLst>"
)
OWN = "AAAAAAAA-0000-4000-8000-000000000001"


def styled(own: str, fill: str = "<a:noFill/>", text: str = "") -> Theme:
    """Return the theme of a plain template with other styles of tables."""
    parts = TEMPLATES["plain.pptx"]()
    parts["ppt/tableStyles.xml"] = OWN_STYLE.format(own=own, fill=fill, text=text).encode()
    found, problems = read_template(package(parts), "plain.pptx")
    assert found and not problems
    return theme(made_theme(ReadTemplate(Path("plain.pptx"), package(parts), found), "acme", "plain.pptx").text)


def solid(colour: str) -> str:
    return f"<a:solidFill>{colour}</a:solidFill>"


@pytest.mark.parametrize(
    ("own", "fill", "ground"),
    [
        ("5C22544A-7EE6-4342-B048-85BDC9FD1C3A", "", "accent1"),
        ("93296810-A885-4BE3-A3E7-6D5BEEA58F35", "", "accent6"),
        (OWN, solid('<a:schemeClr val="accent3"/>'), "accent3"),
        (OWN, solid('<a:schemeClr val="tx1"/>'), "ink"),
        (OWN, solid('<a:schemeClr val="bg1"/>'), ""),
        (OWN, solid('<a:srgbClr val="FF00FF"/>'), ""),
        (OWN, "<a:noFill/>", ""),
        ("00000000-0000-4000-8000-000000000009", "", ""),
    ],
)
def test_tables_begin_as_new_ones_of_the_template_do(own: str, fill: str, ground: str) -> None:
    look = styled(own, fill)
    assert look.table.ground == ground
    header = table_look(look).header
    assert (header.fill.slot if header.fill else "") == ground
    on = look.colours[ground or "page"]
    assert contrast(look.colours[header.slot], on) >= look.readable
    assert bool(look.table.text) is bool(ground)
