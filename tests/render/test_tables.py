"""Tables: how they look is stated once, and every painter shows it."""

from __future__ import annotations

from dataclasses import replace
from functools import cache

import pytest
from lxml import etree

from conceptdeck.building.deck import DeckJob, plan_deck
from conceptdeck.building.diagrams import DiagramsJob, plan_diagrams
from conceptdeck.reading.theme import load_theme
from conceptdeck.render.powerpoint.markup import slot_name
from conceptdeck.render.powerpoint.template import make_template
from conceptdeck.render.vector.marks import Area
from conceptdeck.render.vector.scene import slide_scene
from conceptdeck.values.frame import Fill, Frame, Shape, Stroke, Table
from conceptdeck.values.tables import table_look
from conceptdeck.values.theme import Theme
from conceptdeck.values.units import points
from conceptdeck.workspace import places
from support.decks import ROOT, THEMES, A, write_map

MAP = ROOT / "tests" / "cases" / "every-kind" / "map.yaml"


@cache
def theme_of(key: str) -> Theme:
    return load_theme(key, places.find_theme)


@cache
def frame_with_table(key: str) -> Frame:
    frames = plan_deck(DeckJob(MAP, key)).frames
    return next(frame for frame in frames if any(isinstance(item, Table) and item.is_last_lit for item in frame.items))


def table_in(frame: Frame) -> Table:
    return next(item for item in frame.items if isinstance(item, Table))


def drawn(frame: Frame, theme: Theme) -> list[tuple[Fill | None, Stroke | None]]:
    """Return the fill and the line of each area that is drawn of the table of a slide."""
    groups = slide_scene(frame, theme).groups
    marks = next(group.marks for group in groups if group.name == table_in(frame).name)
    return [(mark.fill, mark.stroke) for mark in marks if isinstance(mark, Area)]


def style_of(theme: Theme) -> etree._Element:
    style = etree.fromstring(make_template(theme, "en")["ppt/tableStyles.xml"]).find(f"{A}tblStyle")
    assert style is not None
    return style


def slot(style: etree._Element, path: str) -> str:
    return style.find("/".join(f"{A}{name}" for name in path.split("/"))).find(f".//{A}schemeClr").get("val")


@pytest.mark.parametrize("key", THEMES)
def test_rows_have_the_look_of_their_part(key):
    look, table = table_look(theme_of(key)), table_in(frame_with_table(key))
    header, *body, lit = table.rows
    assert (header.fill, header.below) == (None, look.header.below)
    assert {(row.fill, row.below) for row in body} == {(None, look.body.below)}
    assert (lit.fill, lit.below) == (look.lit.fill, None)
    runs = {row.key: {run.slot for cell in row.cells for each in cell.body.paragraphs for run in each.runs}
            for row in table.rows}  # fmt: skip
    assert runs[header.key] == {look.header.slot}
    assert runs[lit.key] == {look.lit.slot}


@pytest.mark.parametrize("key", THEMES)
def test_pictures_of_slides_show_the_lines_and_grounds_of_rows_and_no_others(key):
    frame = frame_with_table(key)
    rows = [(row.fill, row.below) for row in table_in(frame).rows]
    assert drawn(frame, theme_of(key)) == [pair for fill, line in rows for pair in ((fill, None), (None, line))
                                           if pair != (None, None)]  # fmt: skip


def test_another_line_or_ground_of_a_row_is_drawn_as_it_is():
    frame = frame_with_table("atlas")
    table = table_in(frame)
    line, ground = Stroke("accent2", points(4), dashed=True), Fill("accent3", 0.5)
    first, second, *rest = table.rows
    rows = (replace(first, below=None, fill=ground), replace(second, below=line, fill=ground))
    bare = tuple(replace(row, below=None, fill=None) for row in rest)
    items = tuple(replace(table, rows=(*rows, *bare)) if item is table else item for item in frame.items)
    assert drawn(replace(frame, items=items), theme_of("atlas")) == [(ground, None), (ground, None), (None, line)]


@pytest.mark.parametrize("key", THEMES)
def test_the_table_style_of_a_template_has_the_look_of_rows(key):
    theme = theme_of(key)
    look, style = table_look(theme), style_of(theme)
    for part, name, side in ((look.body, "wholeTbl", "insideH"), (look.header, "firstRow", "bottom")):
        line = style.find(f"{A}{name}/{A}tcStyle/{A}tcBdr/{A}{side}/{A}ln")
        assert part.below is not None
        assert (int(line.get("w")), slot(style, f"{name}/tcStyle/tcBdr/{side}")) == (
            part.below.width,
            slot_name(part.below.slot),
        )
        assert slot(style, f"{name}/tcTxStyle") == slot_name(part.slot)
    assert look.lit.fill is not None
    assert slot(style, "lastRow/tcStyle/fill") == slot_name(look.lit.fill.slot)
    assert slot(style, "lastRow/tcTxStyle") == slot_name(look.lit.slot)


def test_the_table_style_follows_the_roles_of_a_theme():
    theme = theme_of("atlas")
    head = replace(theme.roles["table-head"], colour="accent2", bold=False, major=True)
    text = style_of(replace(theme, roles={**theme.roles, "table-head": head})).find(f"{A}firstRow/{A}tcTxStyle")
    assert text.get("b") is None
    assert text.find(f"{A}fontRef").get("idx") == "major"
    assert text.find(f"{A}schemeClr").get("val") == "accent2"


TABLE = {
    "title": "Kettles",
    "core-sentence": "Water boils.",
    "tables": {
        "t": {
            "title": "How long they take",
            "columns": {"name": "Kettle", "time": "Time", "price": "Price", "change": "Change"},
            "rows": {
                "a": {"name": "Blue", "time": "3 min", "price": "1.234,50 €", "change": "−5 %"},
                "b": {"name": "Red", "time": "12 min", "price": "9 €", "change": "–"},
            },
        }
    },
}


@pytest.mark.parametrize(("language", "start", "end"), [("de", "l", "r"), ("ar", "r", "l")])
def test_columns_of_figures_are_aligned_at_their_end_and_their_headers_with_them(tmp_path, language, start, end):
    job = DeckJob(write_map(tmp_path / "kettles", {**TABLE, "language": language}), formats=("pptx",))
    frame = next(frame for frame in plan_deck(job).frames if frame.key == "tables.t")
    for row in table_in(frame).rows:
        assert [cell.body.paragraphs[0].align for cell in row.cells] == [start, end, end, end]


@pytest.mark.parametrize(("language", "end"), [("en", "r"), ("ar", "l")])
def test_figures_in_the_picture_of_a_table_are_aligned_at_their_end(tmp_path, language, end):
    job = DiagramsJob(write_map(tmp_path / "kettles", {**TABLE, "language": language}), only=("bridge",))
    [drawing] = [each for each in plan_diagrams(job).drawings if each.id == "bridge"]
    aligns = {
        item.name: item.text.paragraphs[0].align for item in drawing.items if isinstance(item, Shape) and item.text
    }
    assert aligns["tables.t.rows.a.time"] == aligns["tables.t.columns.time"] == end
    assert aligns["tables.t.rows.a.name"] != end
