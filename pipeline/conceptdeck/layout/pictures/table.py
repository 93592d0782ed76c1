"""A table: cells in rows below their headings, with a rule above each row and no line between cells."""

from __future__ import annotations

from collections.abc import Sequence

from conceptdeck.layout.desk import corner
from conceptdeck.layout.pictures.canvas import Block, Canvas, Items, Line, whole
from conceptdeck.values import picture
from conceptdeck.values.figures import align_of
from conceptdeck.values.frame import Fill, Shape
from conceptdeck.values.text import Text
from conceptdeck.values.units import Box, Length

__all__ = ["draw_table"]


def draw_table(shown: picture.Bridge, canvas: Canvas) -> Items:
    """Draw the rows below each other; a row that stands out has a ground of its own."""
    pad, count = canvas.length("pad"), len(shown.headings)
    shares = [1.0] * (count - 1) + [canvas.theme.pictures.numbers["last-share"]]
    widths = [whole(canvas.width * share / sum(shares)) for share in shares]
    lefts = [sum(widths[:column]) for column in range(count)]
    aligns = [align_of([row[column].value for row in shown.rows]) for column in range(count)]
    items: Items = []
    y = 0
    for number, row in enumerate([shown.headings, *shown.rows]):
        lit = shown.highlight is not None and number == shown.highlight + 1
        rooms = [width - 2 * pad for width in widths]
        blocks = [_cell(canvas, text, rooms[at], (number, at), lit=lit) for at, text in enumerate(row)]
        height = max(block.size.h for block in blocks) + canvas.length("cell-pad") * (2 if number else 1)
        if number:
            items += _ground(canvas, row, Box(Length(0), Length(y), canvas.width, Length(height)), lit=lit)
        for left, width, align, block in zip(lefts, widths, aligns, blocks, strict=True):
            box = Box(Length(left + pad), Length(y), Length(width - 2 * pad), Length(height))
            items.append(canvas.label(block, box, align=align, anchor="ctr" if number else "t"))
        y += height
    return items


def _cell(canvas: Canvas, text: Text, width: int, place: tuple[int, int], *, lit: bool) -> Block:
    """Return a heading, the name of a row, or what is said of it; `place` counts rows and columns."""
    row, column = place
    role = "picture-label" if not row else "picture-name" if not column else "picture-role"
    return canvas.block([Line(text, role, "card" if lit else "ink" if row else "")], width)


def _ground(canvas: Canvas, row: Sequence[Text], box: Box, *, lit: bool) -> Items:
    """Return the rule above a row, or the ground of one that stands out."""
    name = f"{row[0].key}@row"
    if not lit:
        rule = Box(box.x, box.y, box.w, canvas.length("hairline"))
        return [Shape(name, "rect", rule, fill=Fill("secondary", canvas.theme.tints["ring"]), decorative=True)]
    adjust = (("adj", corner(box, canvas.length("radius"))),)
    fill = Fill(f"accent{canvas.theme.goal}")
    return [Shape(name, "roundRect", box, fill=fill, adjust=adjust, decorative=True)]
