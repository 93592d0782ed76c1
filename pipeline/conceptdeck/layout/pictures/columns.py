"""Pictures of a poster under their titles, in as many columns as the width has room for."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from conceptdeck.layout.pictures.canvas import Canvas, Items, Line, ink_of
from conceptdeck.values.items import moved
from conceptdeck.values.picture import Picture
from conceptdeck.values.units import Box, Length

__all__ = ["stacked_parts", "titled_part"]

Draw = Callable[[Picture, Canvas], Items]


def stacked_parts(shown: Sequence[Picture], canvas: Canvas, draw: Draw) -> Items:
    """Return pictures in columns, read one after the other; `draw` draws each."""
    gap = canvas.length("part-gap")
    count = max(1, (canvas.width + gap) // (canvas.length("part-w") + gap))
    column, parts = _parts(canvas, shown, count, draw)
    if count > 1 and any(not _fits(part, column) for part in parts):
        count = 1
        column, parts = _parts(canvas, shown, count, draw)
    canvas.take(column)
    items: Items = []
    for at, stack in enumerate(_columns(parts, count)):
        foot = 0
        for part in stack:
            items += [moved(item, at * (column.width + gap), foot) for item in part]
            foot += _height(part) + gap
    return items


def _columns(parts: Sequence[Items], count: int) -> list[Sequence[Items]]:
    """Return the parts in columns that are read one after the other, the tallest as low as can be."""
    heights = [_height(part) for part in parts]
    sums = {sum(heights[a:b]) for a in range(len(parts)) for b in range(a + 1, len(parts) + 1)}
    limits = sorted(limit for limit in sums if limit >= max(heights))
    return next((found for limit in limits if len(found := _filled(parts, limit)) <= count), [])


def _filled(parts: Sequence[Items], limit: int) -> list[Sequence[Items]]:
    """Return the parts in columns, a new one as soon as `limit` would be passed."""
    columns: list[list[Items]] = []
    for part in parts:
        if not columns or sum(map(_height, columns[-1])) + _height(part) > limit:
            columns.append([])
        columns[-1].append(part)
    return [*columns]


def _height(part: Items) -> int:
    return ink_of(part).bottom


def _parts(canvas: Canvas, shown: Sequence[Picture], count: int, draw: Draw) -> tuple[Canvas, list[Items]]:
    """Return the parts, drawn for one of `count` columns, and the canvas of that column."""
    gap = canvas.length("part-gap")
    column = canvas.fresh().narrowed((canvas.width - gap * (count - 1)) // count)
    return column, [titled_part(part, column, draw) for part in shown]


def _fits(part: Items, column: Canvas) -> bool:
    """Tell whether a part is no wider than its column."""
    ink = ink_of(part)
    return ink.x >= 0 and ink.right <= column.width


def titled_part(part: Picture, canvas: Canvas, draw: Draw) -> Items:
    """Return another picture under its title, from the top left corner on."""
    title = canvas.block([Line(part.title, "picture-heading")], canvas.width)
    label = canvas.label(title, Box(Length(0), Length(0), canvas.width, title.size.h), name=f"{part.id}/{title.name}")
    top = title.size.h + canvas.length("head-gap")
    return [label, *(moved(item, 0, top, f"{part.id}/") for item in draw(part, canvas))]
