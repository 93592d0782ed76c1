"""What is drawn, in CSS pixels: areas, lines of text on their baselines, and edges with their arrowheads."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from typing import assert_never

from conceptdeck.render.vector.edges import ARROW_WIDTHS, connector_curves, edge_marks, route_curves
from conceptdeck.render.vector.marks import (
    Area,
    Ellipse,
    Group,
    Line,
    Mark,
    Path,
    Piece,
    Rectangle,
    Scene,
    Window,
    Words,
    polygon,
)
from conceptdeck.values.frame import (
    Chart,
    Connector,
    Drawing,
    Fill,
    Frame,
    Item,
    Paragraph,
    Picture,
    Route,
    Shape,
    Sign,
    Stroke,
    Table,
    TextBody,
)
from conceptdeck.values.icons import GRID, scaled
from conceptdeck.values.items import line_spans
from conceptdeck.values.languages import runs_rtl
from conceptdeck.values.presets import text_area
from conceptdeck.values.text import stretches_between
from conceptdeck.values.theme import Theme
from conceptdeck.values.units import EMU_PER_PIXEL, Box, Length, points
from conceptdeck.values.value import frozen

__all__ = ["MIDDLE", "drawing_scene", "ground_margin", "margin_of", "slide_scene", "table_rows"]

ZERO_WIDTH_SPACE = "\u200b"  # at which addresses break: nobody should copy it with them
MIDDLE = 0.35  # ems from the baseline to the middle of the capitals: there the middle of a line's pitch lies
DESCENT = 0.2  # share of the size of the type that LibreOffice leaves below the baseline


def drawing_scene(drawing: Drawing, theme: Theme) -> Scene:
    """Return what a drawing shows."""
    arrow = theme.pictures.length("arrow").px
    look = _Look(drawing.language, _middle, lambda _: arrow)
    return Scene(drawing.size.w.px, drawing.size.h.px, tuple(_group(item, look) for item in drawing.items))


def margin_of(drawing: Drawing, theme: Theme) -> float:
    """Return how much wider the margin of a drawing is in such a file: what is printed is as wide as told in any."""
    return 0.0 if drawing.scale else ground_margin(theme)


def ground_margin(theme: Theme) -> float:
    """Return how much wider, in CSS pixels, the margin of a picture is in a file that brings its own ground or page."""
    return theme.pictures.length("ground-margin").px - theme.pictures.length("margin").px


def slide_scene(frame: Frame, theme: Theme) -> Scene:
    """Return what a slide shows, on the ground of its page."""
    ground = Area(Rectangle(0.0, 0.0, theme.size.w.px, theme.size.h.px), Fill("page"))
    look = _Look(frame.language, _foot, lambda stroke: ARROW_WIDTHS * stroke.width.px)
    groups = (Group("page", (ground,)), *(_group(item, look) for item in frame.items))
    return Scene(theme.size.w.px, theme.size.h.px, groups)


def table_rows(table: Table, marks: Sequence[Mark]) -> Iterator[tuple[Sequence[Mark], list[Sequence[Mark]]]]:
    """Yield what a slide's scene shows of a table row by row: its ground and rule, and the paragraphs of each cell."""
    at = 0
    for row in table.rows:
        count = (row.fill is not None) + (row.below is not None)
        ground, cells = marks[at : at + count], []
        at += count
        for cell in row.cells:
            count = len(cell.body.paragraphs)
            cells.append(marks[at : at + count])
            at += count
        yield ground, cells


Baseline = Callable[[float, float], float]
"""How far below the top of a line its baseline is, by the pitch of lines and the size of the type."""


def _middle(pitch: float, size: float) -> float:
    """Hold the capitals in the middle of the line, as pictures do."""
    return pitch / 2 + size * MIDDLE


def _foot(pitch: float, size: float) -> float:
    """Leave the room of descenders at the foot of the line, as LibreOffice does with lines of an exact pitch."""
    return pitch - size * DESCENT


@frozen
class _Look:
    """In what slides and drawings differ: where text stands on its line, and how long an arrowhead is."""

    language: str
    baseline: Baseline
    arrow: Callable[[Stroke], float]


def _group(item: Item, look: _Look) -> Group:
    """Return what an item shows."""
    match item:
        case Shape():
            marks = _shape(item, look.language, look.baseline)
        case Connector():
            marks = edge_marks(connector_curves(item), item.stroke, item.arrow, look.arrow(item.stroke))
        case Route():
            marks = edge_marks(route_curves(item), item.stroke, item.arrow, look.arrow(item.stroke))
        case Table():
            marks = tuple(_table(item, look.language, look.baseline))
        case Chart():
            marks = tuple(mark for each in item.items for mark in _group(each, look).marks)
        case Picture():
            marks = (_window(item),)
        case Sign():
            marks = tuple(_sign(item))
        case _:
            assert_never(item)
    return Group(item.name, marks)


# -- shapes and pictures ----------------------------------------------------------------------------------------------


def _shape(item: Shape, language: str, baseline: Baseline) -> tuple[Mark, ...]:
    """Return a shape's outline and its text."""
    marks: list[Mark] = []
    if item.placeholder is None and (item.fill or item.stroke):
        marks.append(Area(_outline(item), item.fill, item.stroke))
    if item.text:
        radius = round(_adjusted(item, "adj", 0) * min(item.box.w, item.box.h))
        marks += _texts(item.text, text_area(item.preset, item.box, radius), language, baseline)
    return tuple(marks)


def _window(item: Picture) -> Window:
    """Return what is seen of an image, and where all of it would stand."""
    box, crop = item.seen.box, item.seen.crop
    w, h = box.w.px / (1 - crop.left - crop.right), box.h.px / (1 - crop.top - crop.bottom)
    whole = Rectangle(box.x.px - crop.left * w, box.y.px - crop.top * h, w, h)
    return Window(item.image, Rectangle(box.x.px, box.y.px, box.w.px, box.h.px), whole)


def _sign(item: Sign) -> Iterator[Area]:
    """Yield what an icon shows: its areas, then its lines."""
    scale, middle = item.scale / EMU_PER_PIXEL, item.box.centre
    x, y = (at.px - GRID * scale / 2 for at in middle)
    yield from (Area(Path(scaled(area, x, y, scale)), Fill(item.slot)) for area in item.icon.areas)
    if item.stroke:
        yield Area(Path(scaled(item.icon.lines, x, y, scale)), None, item.stroke)


def _adjusted(item: Shape, name: str, default: float) -> float:
    """Return an adjustment of a preset as a share."""
    return dict(item.adjust).get(name, default * 100_000) / 100_000


def _outline(item: Shape) -> Rectangle | Ellipse | Path:
    """Return the outline of a preset (presetShapeDefinitions of ECMA-376)."""
    x, y, w, h = item.box.x.px, item.box.y.px, item.box.w.px, item.box.h.px
    if item.preset == "rect":
        return Rectangle(x, y, w, h)
    if item.preset == "roundRect":
        return Rectangle(x, y, w, h, min(_adjusted(item, "adj", 1 / 6), 0.5) * min(w, h))
    if item.preset == "ellipse":
        return Ellipse(x + w / 2, y + h / 2, w / 2, h / 2)
    corners = POLYGONS[item.preset](item)
    return Path(polygon(tuple((x + w * across, y + h * down) for across, down in corners)))


def _arrow_corners(item: Shape) -> Sequence[tuple[float, float]]:
    """Return the corners of an arrow that points up, as shares of its box."""
    across, along = (item.box.w, item.box.h) if item.preset in ("upArrow", "downArrow") else (item.box.h, item.box.w)
    shaft = _adjusted(item, "adj1", 0.5) / 2
    head = min(_adjusted(item, "adj2", 0.5) * min(across, along) / along, 1.0)
    half = 0.5
    return (
        (half, 0.0),
        (1.0, head),
        (half + shaft, head),
        (half + shaft, 1.0),
        (half - shaft, 1.0),
        (half - shaft, head),
        (0.0, head),
    )


def _chevron_corners(item: Shape) -> Sequence[tuple[float, float]]:
    point = _adjusted(item, "adj", 0.5) * min(item.box.w, item.box.h) / item.box.w
    notch = point if item.preset == "chevron" else 0.0
    return ((0.0, 0.0), (1 - point, 0.0), (1.0, 0.5), (1 - point, 1.0), (0.0, 1.0), (notch, 0.5))


POLYGONS = {
    "triangle": lambda item: ((_adjusted(item, "adj", 0.5), 0.0), (1.0, 1.0), (0.0, 1.0)),
    "diamond": lambda item: ((0.5, 0.0), (1.0, 0.5), (0.5, 1.0), (0.0, 0.5)),
    "upArrow": _arrow_corners,
    "downArrow": lambda item: [(x, 1 - y) for x, y in _arrow_corners(item)],
    "leftArrow": lambda item: [(y, x) for x, y in _arrow_corners(item)],
    "rightArrow": lambda item: [(1 - y, x) for x, y in _arrow_corners(item)],
    "chevron": _chevron_corners,
    "homePlate": _chevron_corners,
}


# -- texts ------------------------------------------------------------------------------------------------------------


def _texts(body: TextBody, area: Box, language: str, baseline: Baseline) -> Iterator[Words]:
    """Yield the paragraphs of a text, placed within `area`."""
    left, top, right, bottom = body.margins
    inner = Box(
        Length(area.x + left), Length(area.y + top), Length(area.w - left - right), Length(area.h - top - bottom)
    )
    free = inner.h - points(body.height)
    y: float = inner.y + {"t": 0, "ctr": free / 2, "b": free}[body.anchor]
    for paragraph in body.paragraphs:
        y += points(paragraph.before)
        yield _words(paragraph, inner, y / EMU_PER_PIXEL, language, baseline)
        y += points(paragraph.leading) * len(paragraph.lines)


def _words(paragraph: Paragraph, area: Box, top: float, language: str, baseline: Baseline) -> Words:
    """Return a paragraph whose first line begins at `top`."""
    x = {"l": area.x, "ctr": Length(area.x + area.w // 2), "r": area.right}[paragraph.align].px
    pitch = points(paragraph.leading).px
    lines = []
    for number, (pieces, tail) in enumerate(_broken(paragraph)):
        size = max((points(run.size).px for run in paragraph.runs), default=0.0) if pieces else 0.0
        lines.append(Line(pieces, x, top + pitch * number + baseline(pitch, size), tail))
    own = paragraph.language or language
    return Words(tuple(lines), paragraph.align, runs_rtl(paragraph.text, own), own, own != language)


def _broken(paragraph: Paragraph) -> Iterator[tuple[tuple[Piece, ...], str]]:
    """Yield the lines of a paragraph as pieces in one look, each with the spaces at which it was broken."""
    text, spans = paragraph.text, line_spans(paragraph)
    for number, (start, end) in enumerate(spans):
        following = spans[number + 1][0] if number + 1 < len(spans) else len(text)
        pieces = tuple(_pieces(paragraph, start, end))
        if paragraph.widths:
            widths = paragraph.widths[number]
            pieces = tuple(replace(piece, width=points(w).px) for piece, w in zip(pieces, widths, strict=True))
        yield pieces, text[end:following].replace(ZERO_WIDTH_SPACE, "")


def _pieces(paragraph: Paragraph, start: int, end: int) -> Iterator[Piece]:
    """Yield what the runs of a paragraph have between two characters."""
    for run, text in stretches_between(paragraph.runs, start, end):
        yield Piece(
            text,
            points(run.shown_size).px,
            run.slot,
            run.bold,
            run.major,
            run.href,
            run.italic,
            run.mono,
            points(run.rise).px if run.level else 0.0,
            run.underlined,
            run.language,
            run.formula,
        )


# -- tables -----------------------------------------------------------------------------------------------------------


def _table(item: Table, language: str, baseline: Baseline) -> Iterator[Mark]:
    """Yield a table row by row: its ground, the line below it, and its cells."""
    left, y = item.box.x, item.box.y
    right = Length(left + sum(width for _, width in item.columns))
    for row in item.rows:
        bottom = Length(y + row.height)
        if row.fill:
            yield Area(Rectangle(left.px, y.px, Length(right - left).px, row.height.px), row.fill)
        if row.below:
            yield Area(Path((("M", (left.px, bottom.px)), ("L", (right.px, bottom.px)))), None, row.below)
        for (_, column), x, cell in zip(item.columns, item.lefts, row.cells, strict=True):
            yield from _texts(cell.body, Box(x, y, column, row.height), language, baseline)
        y = bottom
