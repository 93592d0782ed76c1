"""The poster: the whole map on a sheet, or in a column its core sentence, its steps and the other pictures."""

from __future__ import annotations

from collections.abc import Callable

from conceptdeck.layout.pictures.canvas import Canvas, Items, Line
from conceptdeck.layout.pictures.columns import stacked_parts
from conceptdeck.layout.pictures.sheet import draw_sheet
from conceptdeck.layout.pictures.steps import draw_connects, draw_steps
from conceptdeck.values import picture
from conceptdeck.values.items import moved
from conceptdeck.values.picture import Picture
from conceptdeck.values.units import Box, Length

__all__ = ["draw_poster"]

Draw = Callable[[Picture, Canvas], Items]


def draw_poster(shown: picture.Poster, canvas: Canvas, draw: Draw) -> Items:
    """Draw the whole map on its sheet; without one, its parts in columns. `draw` draws each part."""
    if shown.paper:
        return draw_sheet(shown, canvas, draw)
    gap = canvas.length("part-gap")
    core = shown.core_sentence
    lines = [Line(shown.title, "picture-label" if core else "picture-title")]
    lines += [Line(core, "picture-title")] if core else []
    lines += [Line(shown.subtitle, "picture-lead")] if shown.subtitle else []
    head = canvas.block(lines, canvas.width)
    items: Items = [canvas.label(head, Box(Length(0), Length(0), canvas.width, head.size.h))]
    y = head.size.h + gap // 2
    if shown.connects:
        drawn, height = draw_connects(canvas, shown, y)
        items += drawn
        y += height + gap // 2
    if shown.steps:
        drawn, height = draw_steps(canvas, shown.steps, y, canvas.theme.pictures.count("columns"))
        items += drawn
        y += height + gap
    return [*items, *(moved(item, 0, y) for item in stacked_parts(shown.parts, canvas, draw))]
