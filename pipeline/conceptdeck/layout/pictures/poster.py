"""The poster: the core sentence, the steps, and the other pictures below each other."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from conceptdeck.layout.desk import numeral
from conceptdeck.layout.graph.network import Graph, Link, place
from conceptdeck.layout.pictures.canvas import Canvas, Items, Line, ink_of, whole
from conceptdeck.layout.pictures.network import drawn_routes
from conceptdeck.values import model, picture
from conceptdeck.values.items import moved
from conceptdeck.values.picture import Picture
from conceptdeck.values.text import Text
from conceptdeck.values.units import Box, Length, Size

__all__ = ["draw_poster"]

Draw = Callable[[Picture, Canvas], Items]


def draw_poster(shown: picture.Poster, canvas: Canvas, draw: Draw) -> Items:
    """Draw everything on one sheet, its parts in as many columns as the width has room for; `draw` draws each part."""
    gap = canvas.length("part-gap")
    core = shown.core_sentence
    lines = [Line(shown.title, "picture-label" if core else "picture-title")]
    lines += [Line(core, "picture-title")] if core else []
    lines += [Line(shown.subtitle, "picture-lead")] if shown.subtitle else []
    head = canvas.block(lines, canvas.width)
    items: Items = [canvas.label(head, Box(Length(0), Length(0), canvas.width, head.size.h))]
    y = head.size.h + gap // 2
    if shown.connects:
        drawn, height = _connects(canvas, shown, y)
        items += drawn
        y += height + gap // 2
    if shown.steps:
        drawn, height = _steps(canvas, shown.steps, y)
        items += drawn
        y += height + gap
    count = max(1, (canvas.width + gap) // (canvas.length("part-w") + gap))
    column, parts = _parts(canvas, shown, count, draw)
    if count > 1 and any(not _fits(part, column) for part in parts):
        count = 1
        column, parts = _parts(canvas, shown, count, draw)
    canvas.take(column)
    for at, stack in enumerate(_columns(parts, count)):
        foot = y
        for part in stack:
            items += [moved(item, at * (column.width + gap), foot) for item in part]
            foot += _height(part) + gap
    return items


def _connects(canvas: Canvas, shown: picture.Poster, top: int) -> tuple[Items, int]:
    """Return what the map connects, side by side below its heading, and how high that is."""
    pad, gap = canvas.length("pad"), canvas.length("cell-gap")
    head = canvas.block([Line(shown.heading, "picture-label")], canvas.width)
    items: Items = [canvas.label(head, Box(Length(0), Length(top), canvas.width, head.size.h))]
    x, y, height = 0, top + head.size.h + gap, 0
    for text in shown.connects:
        block = canvas.block([Line(text, "picture-phrase")], canvas.width - 2 * pad, tight=True)
        size = Size(Length(block.size.w + 2 * pad), Length(block.size.h + 2 * canvas.length("cell-pad")))
        if x and x + size.w > canvas.width:
            x, y, height = 0, y + height + gap, 0
        items.append(canvas.node(block, Box(Length(x), Length(y), size.w, size.h)))
        x, height = x + size.w + gap, max(height, size.h)
    return items, y + height - top


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


def _parts(canvas: Canvas, shown: picture.Poster, count: int, draw: Draw) -> tuple[Canvas, list[Items]]:
    """Return the parts, drawn for one of `count` columns, and the canvas of that column."""
    gap = canvas.length("part-gap")
    column = canvas.fresh().narrowed((canvas.width - gap * (count - 1)) // count)
    return column, [_part(part, column, draw) for part in shown.parts]


def _fits(part: Items, column: Canvas) -> bool:
    """Tell whether a part is no wider than its column."""
    ink = ink_of(part)
    return ink.x >= 0 and ink.right <= column.width


def _part(part: Picture, canvas: Canvas, draw: Draw) -> Items:
    """Return another picture under its title, from the top left corner on."""
    title = canvas.block([Line(part.title, "picture-heading")], canvas.width)
    label = canvas.label(title, Box(Length(0), Length(0), canvas.width, title.size.h), name=f"{part.id}/{title.name}")
    top = title.size.h + canvas.length("head-gap")
    return [label, *(moved(item, 0, top, f"{part.id}/") for item in draw(part, canvas))]


def _steps(canvas: Canvas, steps: tuple[model.Step, ...], top: int) -> tuple[Items, int]:
    """Return the steps side by side, each leading to the next."""
    gap, pad = canvas.length("bridge-gap"), canvas.length("pad")
    columns = min(len(steps), canvas.theme.pictures.count("columns"))
    width = whole((canvas.width - gap * (columns - 1)) / columns)
    last = len(steps) - 1
    blocks = [
        canvas.block(
            [
                Line(_label(step, index + 1), "picture-label", "card" if index == last else ""),
                *([Line(step.headline, "picture-name", "card" if index == last else "")] if step.headline else []),
            ],
            width - 2 * pad,
        )
        for index, step in enumerate(steps)
    ]
    items: Items = []
    y = top
    for start in range(0, len(steps), columns):
        row = range(start, min(start + columns, len(steps)))
        height = max(blocks[i].size.h for i in row) + 2 * pad
        sizes = {steps[i].id: Size(Length(width), Length(height)) for i in row}
        links = [Link(steps[i].id, steps[i + 1].id, f"accent{canvas.theme.goal}") for i in row[:-1]]
        network = place(canvas.arrange, Graph(sizes=sizes, links=links, rankdir="LR", nodesep=gap, ranksep=gap))
        shapes = {
            steps[i].id: canvas.node(
                blocks[i],
                network.boxes[steps[i].id].moved(0, y),
                fill=f"accent{canvas.theme.goal}" if i == last else "card",
                align="l",
            )
            for i in row
        }
        items += [*drawn_routes(canvas, network, {id_: s.name for id_, s in shapes.items()}, 0, y), *shapes.values()]
        y += height + canvas.length("cell-gap")
    return items, y - top


def _label(step: model.Step, position: int) -> Text:
    return step.name.reworded(f"{numeral(position, step.key)}  {step.name}")
