"""A table: cells in rows with a rule above each row and no line between cells; one that leads somewhere has arrows."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import accumulate

from conceptdeck.layout.desk import corner
from conceptdeck.layout.pictures.canvas import Block, Canvas, Items, Line, whole
from conceptdeck.layout.pictures.routes import straight
from conceptdeck.values import picture
from conceptdeck.values.figures import align_of
from conceptdeck.values.frame import Fill, Route, Shape
from conceptdeck.values.text import Text
from conceptdeck.values.units import Box, Length, Point
from conceptdeck.values.value import frozen

__all__ = ["draw_table"]


@frozen
class _Columns:
    """The left edges and widths of columns, how their cells are aligned, and whether arrows lead to the last one."""

    lefts: tuple[int, ...]
    widths: tuple[int, ...]
    aligns: tuple[str, ...]
    leads: bool


def draw_table(shown: picture.Bridge, canvas: Canvas) -> Items:
    """Draw the rows below each other; a row that stands out has a ground of its own.

    Rows without headings lead from their first text to their last, and so do those of a table that leads to one row.
    """
    columns = _columns(shown, canvas)
    if canvas.width < canvas.length("stack-w"):
        return _stack(shown, canvas, columns)
    items: Items = []
    y = 0
    for number, row in enumerate([shown.headings, *shown.rows]):
        if not row:
            continue
        drawn, height = _row(canvas, columns, row, (number, y), lit=number > 0 and shown.highlight == number - 1)
        items += drawn
        y += height
    return items


def _stack(shown: picture.Bridge, canvas: Canvas, columns: _Columns) -> Items:
    """Return the rows where columns would be too narrow: what is said of the first cell stands below it.

    An arrow leads down to the last cell if the table does; else each cell has its heading.
    """
    gap = canvas.length("cell-pad")
    items: Items = []
    y = 0
    for number, row in enumerate(shown.rows, start=1):
        lit = shown.highlight == number - 1
        cells: list[Shape] = []
        top = y + gap
        for at, text in enumerate(row):
            leads = columns.leads and at == len(row) - 1
            own = [] if not at or columns.leads or not shown.headings else [_line(columns, shown.headings[at], (0, at))]
            top += canvas.length("stack-gap") if leads else 0
            cells.append(_stacked(canvas, [*own, _line(columns, text, (number, at), lit=lit)], top))
            top = cells[-1].box.bottom
        ground = Box(Length(0), Length(y), canvas.width, Length(top + gap - y))
        arrow = [_arrow_down(canvas, cells[-2], cells[-1], lit=lit)] if columns.leads else []
        items += [*_ground(canvas, row, ground, lit=lit), *arrow, *cells]
        y = ground.bottom
    return items


def _stacked(canvas: Canvas, lines: Sequence[Line], top: int) -> Shape:
    """Return a cell of a stack, with the air below it."""
    pad, air = canvas.length("pad"), canvas.length("line-gap")
    block = canvas.block(lines, canvas.width - 2 * pad)
    return canvas.label(block, Box(pad, Length(top), block.size.w, Length(block.size.h + air)))


def _columns(shown: picture.Bridge, canvas: Canvas) -> _Columns:
    count = len(shown.rows[0])
    aligns = tuple(align_of([row[column].value for row in shown.rows]) for column in range(count))
    leads = count > 1 and aligns[-1] == "l" and (shown.highlight is not None or not shown.headings)
    gap = canvas.length("bridge-gap") if leads else 0
    shares = [1.0] * (count - 1) + [canvas.theme.pictures.numbers["last-share"]]
    widths = [whole((canvas.width - gap) * share / sum(shares)) for share in shares]
    lefts = [*accumulate(widths[:-1], initial=0)]
    lefts[-1] += gap
    return _Columns(tuple(lefts), tuple(widths), aligns, leads)


def _row(
    canvas: Canvas, columns: _Columns, row: Sequence[Text], place: tuple[int, int], *, lit: bool
) -> tuple[Items, int]:
    """Return a row, given with its number and its top, and how high it is; the headings are number 0."""
    number, top = place
    pad = canvas.length("pad")
    blocks = [_cell(canvas, columns, text, (number, at), lit=lit) for at, text in enumerate(row)]
    height = max(block.size.h for block in blocks) + canvas.length("cell-pad") * (2 if number else 1)
    items: Items = []
    if number:
        items += _ground(canvas, row, Box(Length(0), Length(top), canvas.width, Length(height)), lit=lit)
    cells = []
    for at, block in enumerate(blocks):
        x, width = columns.lefts[at] + pad, columns.widths[at] - 2 * pad
        label = canvas.label(
            block,
            Box(Length(x), Length(top), Length(width), Length(height)),
            align=columns.aligns[at],
            anchor="ctr" if number else "t",
        )
        cells.append(_led(label, pad) if columns.leads and number and at == len(blocks) - 1 else label)
    arrow = [_arrow(canvas, cells[-2], cells[-1], lit=lit)] if number and columns.leads else []
    return [*items, *arrow, *cells], height


def _led(cell: Shape, gap: int) -> Shape:
    """Return a cell that keeps free what lies between it and the arrow that leads to it."""
    assert cell.text is not None
    box = Box(Length(cell.box.x - gap), cell.box.y, Length(cell.box.w + gap), cell.box.h)
    return replace(cell, box=box, text=replace(cell.text, margins=(gap, 0, 0, 0)))


def _cell(canvas: Canvas, columns: _Columns, text: Text, place: tuple[int, int], *, lit: bool) -> Block:
    """Return a heading, the name of a row, or what is said of it; `place` counts rows and columns."""
    return canvas.block([_line(columns, text, place, lit=lit)], columns.widths[place[1]] - 2 * canvas.length("pad"))


def _line(columns: _Columns, text: Text, place: tuple[int, int], *, lit: bool = False) -> Line:
    """Return the text of a cell in its look."""
    row, column = place
    last = column == len(columns.widths) - 1
    role = "picture-meaning" if columns.leads and last else "picture-role"
    role = "picture-label" if not row else "picture-heading" if not column else role
    plain = "" if not row or (columns.leads and not last and column) else "ink"
    return Line(text, role, "card" if lit else plain)


def _arrow(canvas: Canvas, cell: Shape, last: Shape, *, lit: bool) -> Route:
    """Return the arrow that leads to the last cell of a row."""
    middle = cell.box.centre.y
    return _lead(canvas, (cell, last), (Point(cell.box.right, middle), Point(last.box.x, middle)), lit=lit)


def _arrow_down(canvas: Canvas, cell: Shape, last: Shape, *, lit: bool) -> Route:
    """Return the arrow that leads down to the last cell of a stack."""
    x = Length(cell.box.x + canvas.length("arrow"))
    return _lead(canvas, (cell, last), (Point(x, cell.box.bottom), Point(x, last.box.y)), lit=lit)


def _lead(canvas: Canvas, ends: tuple[Shape, Shape], way: tuple[Point, Point], *, lit: bool) -> Route:
    tail, head = (end.name for end in ends)
    slot = "card" if lit else f"accent{canvas.theme.goal}"
    return canvas.route(f"{tail} to {head}", straight(*way), (tail, head), slot=slot)


def _ground(canvas: Canvas, row: Sequence[Text], box: Box, *, lit: bool) -> Items:
    """Return the rule above a row, or the ground of one that stands out."""
    name = f"{row[0].key}@row"
    if not lit:
        rule = Box(box.x, box.y, box.w, canvas.length("hairline"))
        return [Shape(name, "rect", rule, fill=Fill("secondary", canvas.theme.tints["ring"]), decorative=True)]
    adjust = (("adj", corner(box, canvas.length("radius"))),)
    fill = Fill(f"accent{canvas.theme.goal}")
    return [Shape(name, "roundRect", box, fill=fill, adjust=adjust, decorative=True)]
