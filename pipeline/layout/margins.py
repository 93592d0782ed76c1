"""Margins that keep line breaks where they were computed, whatever program draws the text.

A text breaks the same way at any width between its longest line and the shortest line that one more word would make.
The box is left as it is; margins bring the text to the middle of that range, as far as possible from both ends.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from pipeline.frame import Cell, Frame, Item, Paragraph, Shape, Table, TextBody, text_area
from pipeline.units import Length

__all__ = ["with_margins"]


def with_margins(frame: Frame) -> Frame:
    """Return the frame with every text held to the lines it was set in."""
    return replace(frame, items=tuple(_held(item) for item in frame.items))


def _held(item: Item) -> Item:
    if isinstance(item, Shape) and item.text:
        radius = round(dict(item.adjust).get("adj", 0) * min(item.box.w, item.box.h) / 100_000)
        return replace(item, text=_body(item.text, text_area(item.preset, item.box, radius).w))
    if isinstance(item, Table):
        widths = [width for _, width in item.columns]
        return replace(item, rows=tuple(replace(row, cells=_cells(row.cells, widths)) for row in item.rows))
    return item


def _cells(cells: Sequence[Cell], widths: Sequence[Length]) -> tuple[Cell, ...]:
    return tuple(Cell(_body(cell.body, width)) for cell, width in zip(cells, widths, strict=True))


def _body(body: TextBody, width: int) -> TextBody:
    """Return the text with what its box is too wide taken off on the side that the lines leave free."""
    left, top, right, bottom = body.margins
    surplus = width - left - right - _surest_width(body.paragraphs, width - left - right)
    if surplus <= 0:
        return body
    align = body.paragraphs[0].align
    shares = {"l": (0, surplus), "r": (surplus, 0)}.get(align, (surplus // 2, surplus - surplus // 2))
    return replace(body, margins=(left + shares[0], top, right + shares[1], bottom))


def _surest_width(paragraphs: Sequence[Paragraph], width: int) -> int:
    """Return the width at which the lines are surest to break as computed, `width` at most."""
    reaches = [paragraph.reach for paragraph in paragraphs if paragraph.reach is not None]
    longest = max((paragraph.extent for paragraph in paragraphs), default=0)
    if not reaches or min(reaches) <= longest:
        return width
    return min(width, (longest + min(reaches)) // 2)
