"""The categories: a panel for each, with its question on the left and its members on the right."""

from __future__ import annotations

from conceptdeck.layout.graph.network import Graph, Link, Network, place
from conceptdeck.layout.pictures.canvas import Block, Canvas, Items, Line, whole
from conceptdeck.layout.pictures.network import node_blocks, node_shape
from conceptdeck.values import picture
from conceptdeck.values.units import Box, Length, Size

__all__ = ["draw_categories"]

HEAD = "head"


def draw_categories(shown: picture.Categories, canvas: Canvas) -> Items:
    """Draw the categories below each other."""
    count = len(shown.categories)
    items: Items = []
    top = 0
    for position, category in enumerate(shown.categories, start=1):
        slot = f"accent{canvas.theme.accent(position, count)}"
        drawn, height = _panel(canvas, category, slot, top)
        items += drawn
        top += height + canvas.length("band-gap") // 2
    return items


def _panel(canvas: Canvas, category: picture.Category, slot: str, top: int) -> tuple[Items, int]:
    """Return a category with its members, and how high it is; the panel around them says that they belong together."""
    pad, gap = canvas.length("pad"), canvas.length("rank-gap")
    inner = canvas.width - 4 * pad
    head_w = whole((inner - gap) / 2)
    question = [Line(category.question, "picture-text")] if category.question else []
    head = canvas.block([Line(category.name, "picture-heading"), *question], head_w)
    width = whole(inner - gap - head_w)
    blocks = node_blocks(canvas, category.members, width)
    network = _tree(canvas, head, blocks, width, slot)
    boxes = {id_: box.moved(2 * pad, top + 2 * pad) for id_, box in network.boxes.items()}
    frame = Box(Length(0), Length(top), canvas.width, Length(network.size.h + 4 * pad))
    label = canvas.label(head, boxes[HEAD], anchor="ctr")
    shapes = [node_shape(canvas, node, blocks[node.id], boxes[node.id]) for node in category.members]
    panel = canvas.panel(f"{category.name.key}@panel", frame, slot)
    return [panel, label, *shapes], frame.h


def _tree(canvas: Canvas, head: Block, blocks: dict[str, Block], width: int, slot: str) -> Network:
    pad = canvas.length("pad")
    sizes = {HEAD: head.size}
    sizes |= {id_: Size(Length(width), Length(block.size.h + 2 * pad)) for id_, block in blocks.items()}
    links = [Link(HEAD, id_, slot) for id_ in blocks]
    return place(
        canvas.arrange,
        Graph(
            sizes=sizes,
            links=links,
            bands=[[HEAD], list(blocks)] if blocks else [[HEAD]],
            ordered=True,
            rankdir="LR",
            nodesep=canvas.length("cell-gap"),
            ranksep=canvas.length("rank-gap"),
        ),
    )
