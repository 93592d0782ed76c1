"""Line spacing for programs that show exact spacing otherwise than it says: as a share of the type size."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from conceptdeck.values.frame import Frame, Item, Shape, Table, TextBody

__all__ = ["relatively_spaced"]


def relatively_spaced(frames: Sequence[Frame]) -> tuple[Frame, ...]:
    """Return the frames with the line spacing of every text relative to its size; its pitch stays the same."""
    return tuple(replace(frame, items=tuple(map(_item, frame.items))) for frame in frames)


def _item(item: Item) -> Item:
    if isinstance(item, Shape) and item.text:
        return replace(item, text=_body(item.text))
    if isinstance(item, Table):
        rows = tuple(
            replace(row, cells=tuple(replace(cell, body=_body(cell.body)) for cell in row.cells)) for row in item.rows
        )
        return replace(item, rows=rows)
    return item


def _body(body: TextBody) -> TextBody:
    return replace(body, paragraphs=tuple(replace(each, relative=True) for each in body.paragraphs))
