"""What stands above the pictures of a poster: what the map connects, and its steps."""

from __future__ import annotations

from conceptdeck.layout.desk import numeral
from conceptdeck.layout.graph.network import Graph, Link, place
from conceptdeck.layout.pictures.canvas import Canvas, Items, Line, whole
from conceptdeck.layout.pictures.network import drawn_routes
from conceptdeck.values import model, picture
from conceptdeck.values.text import Text
from conceptdeck.values.units import Box, Length, Size

__all__ = ["draw_connects", "draw_steps"]


def draw_connects(canvas: Canvas, shown: picture.Poster, top: int) -> tuple[Items, int]:
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


def draw_steps(canvas: Canvas, steps: tuple[model.Step, ...], top: int, most: int) -> tuple[Items, int]:
    """Return the steps side by side, at `most` so many, each leading to the next; and how high they are."""
    gap, pad = canvas.length("bridge-gap"), canvas.length("pad")
    columns = min(len(steps), most)
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
