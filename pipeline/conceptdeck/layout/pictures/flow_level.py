"""The flow from left to right: a band for each layer beside the others, its concepts as boxes, the focus below them."""

from __future__ import annotations

from itertools import pairwise

from conceptdeck.layout.desk import numeral
from conceptdeck.layout.graph.network import Graph, Link, place
from conceptdeck.layout.pictures.canvas import Block, Canvas, Items, Line, whole
from conceptdeck.layout.pictures.network import drawn_routes
from conceptdeck.values import model, picture
from conceptdeck.values.units import Box, Length, Size
from conceptdeck.values.value import frozen

__all__ = ["draw_level_flow"]


@frozen
class _Band:
    """A layer with everything set: what stands above its concepts, and the concepts."""

    layer: model.Layer
    slot: str
    head: Block
    cells: tuple[Block, ...]
    cell: Size
    size: Size


def draw_level_flow(shown: picture.Flow, canvas: Canvas) -> Items:
    """Draw the layers side by side, each leading to the next, and the focus below them."""
    gap, count = canvas.length("band-gap"), len(shown.layers)
    width = whole((canvas.width - gap * (count - 1)) / count)
    bands = [_band(canvas, layer, shown.positions[at], shown.count, width) for at, layer in enumerate(shown.layers)]
    tallest = max(band.size.h for band in bands)
    sizes = {band.layer.id: Size(band.size.w, tallest) for band in bands}
    links = [Link(one.layer.id, other.layer.id, one.slot) for one, other in pairwise(bands)]
    graph = Graph(sizes=sizes, links=links, rankdir="LR", nodesep=gap, ranksep=gap)
    network = place(canvas.arrange, graph)
    dx = (canvas.width - network.size.w) // 2
    names = {band.layer.id: f"{band.layer.key}@band" for band in bands}
    items: Items = []
    for band in bands:
        items += _drawn(canvas, band, network.boxes[band.layer.id].moved(dx, 0), names[band.layer.id])
    if goal := None if shown.ends else _goal(canvas, shown):
        pad = canvas.length("pad")
        size = Size(Length(canvas.length("node-w") + 2 * pad), Length(goal.size.h + 2 * pad))
        items.append(canvas.node(goal, _below(canvas, network.size, size), fill=f"accent{canvas.theme.goal}"))
    return [*drawn_routes(canvas, network, names, dx), *items]


def _below(canvas: Canvas, size: Size, goal: Size) -> Box:
    """Return the place of the focus below bands that stand side by side."""
    return Box(Length((canvas.width - goal.w) // 2), Length(size.h + canvas.length("band-gap")), goal.w, goal.h)


def _goal(canvas: Canvas, shown: picture.Flow) -> Block | None:
    if not shown.goal:
        return None
    lines = [Line(shown.goal.name, "picture-core")]
    lines += [Line(shown.goal.tagline, "picture-core-role")] if shown.goal.tagline else []
    (goal,) = canvas.blocks([(shown.goal.key, lines)], canvas.length("node-w"))
    return goal


def _band(canvas: Canvas, layer: model.Layer, position: int, count: int, width: int) -> _Band:
    """Return a layer, set within a band `width` wide."""
    pad, gap = canvas.length("pad"), canvas.length("cell-gap")
    slot = f"accent{canvas.theme.accent(position, count)}"
    inner = width - 2 * pad
    head = canvas.block(_head(layer, position, slot), inner)
    cells = canvas.blocks([(concept.key, _lines(concept)) for concept in layer.concepts], inner - 2 * pad)
    height = max(block.size.h for block in cells) + 2 * canvas.length("cell-pad")
    body = len(cells) * (height + gap) - gap
    size = Size(Length(width), Length(pad + head.size.h + canvas.length("head-gap") + body + pad))
    return _Band(layer, slot, head, cells, Size(Length(inner), Length(height)), size)


def _head(layer: model.Layer, position: int, slot: str) -> list[Line]:
    label = numeral(position, layer.key)
    role = layer.role.reworded(f"{label.value}  {layer.role}") if layer.role else label
    return [Line(role, "picture-label", "ink"), Line(layer.name, "picture-heading")]


def _lines(concept: model.Concept) -> list[Line]:
    found = [Line(concept.name, "picture-name")]
    return [*found, Line(concept.tagline, "picture-role")] if concept.tagline else found


def _drawn(canvas: Canvas, band: _Band, box: Box, name: str) -> Items:
    pad, gap = canvas.length("pad"), canvas.length("cell-gap")
    head = Box(Length(box.x + pad), Length(box.y + pad), Length(box.w - 2 * pad), band.head.size.h)
    top = head.bottom + canvas.length("head-gap")
    items: Items = [canvas.panel(name, box, band.slot), canvas.label(band.head, head)]
    for index, block in enumerate(band.cells):
        y = top + index * (band.cell.h + gap)
        place_ = Box(head.x, Length(y), band.cell.w, band.cell.h)
        items.append(canvas.node(block, place_, outline=band.slot))
    return items
