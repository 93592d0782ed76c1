"""The flow: a band for each layer with its concepts, one leading to the next and the last to the focus."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from conceptdeck.layout.desk import numeral
from conceptdeck.layout.graph.network import Graph, Link, place
from conceptdeck.layout.pictures.canvas import Block, Canvas, Items, Line, whole
from conceptdeck.layout.pictures.network import drawn_routes
from conceptdeck.values import model, picture
from conceptdeck.values.diagram import Direction
from conceptdeck.values.units import Box, Length, Size
from conceptdeck.values.value import frozen

__all__ = ["draw_flow"]

GOAL = "goal"


@frozen
class _Band:
    """A layer with everything set: what stands above its concepts, and the concepts in rows."""

    layer: model.Layer
    slot: str
    head: Block
    cells: tuple[Block, ...]
    columns: int
    cell: Size
    size: Size


def draw_flow(shown: picture.Flow, canvas: Canvas) -> Items:
    """Draw the layers below each other, or side by side."""
    level = shown.direction is Direction.RIGHT
    gap = canvas.length("band-gap")
    count = len(shown.layers)
    width = whole((canvas.width - gap * (count - 1)) / count) if level else canvas.width
    columns = 1 if level else min(canvas.theme.pictures.count("columns"), max(len(x.concepts) for x in shown.layers))
    for across in (*range(columns, 0, -1), columns):  # fewer side by side, if that keeps words whole
        trial = canvas.fresh()
        bands = [
            _band(trial, layer, shown.positions[index], shown.count, width, across)
            for index, layer in enumerate(shown.layers)
        ]
        if not any(block.is_broken for band in bands for block in band.cells):
            break
    canvas.take(trial)
    return _stacked(canvas, shown, bands, level)


def _stacked(canvas: Canvas, shown: picture.Flow, bands: Sequence[_Band], level: bool) -> Items:
    """Return the bands as one chain, with the focus concept at its end."""
    sizes = {band.layer.id: band.size for band in bands}
    if level:
        tallest = max(size.h for size in sizes.values())
        sizes = {id_: Size(size.w, tallest) for id_, size in sizes.items()}
    goal = _goal(canvas, shown)
    if goal:
        pad = canvas.length("pad")
        sizes[GOAL] = Size(Length(canvas.length("node-w") + 2 * pad), Length(goal.size.h + 2 * pad))
    ids = list(sizes)
    slots = {band.layer.id: band.slot for band in bands}
    links = [Link(tail, head, slots[tail]) for tail, head in pairwise(ids)]
    if level and goal:  # a column beside the layers would be narrow: the focus stands below them
        links = links[:-1]
    chain = {id_: size for id_, size in sizes.items() if not (level and id_ == GOAL)}
    gap = canvas.length("band-gap")
    network = place(
        canvas.arrange,
        Graph(sizes=chain, links=links[: len(chain) - 1], rankdir="LR" if level else "TB", nodesep=gap, ranksep=gap),
    )
    dx = (canvas.width - network.size.w) // 2
    boxes = {id_: box.moved(dx, 0) for id_, box in network.boxes.items()}
    items: Items = []
    names = {band.layer.id: f"{band.layer.key}@band" for band in bands}
    for band in bands:
        items += _drawn(canvas, band, boxes[band.layer.id], names[band.layer.id])
    if goal and shown.goal:
        names[GOAL] = goal.name
        box = boxes.get(GOAL) or _below(canvas, network.size, sizes[GOAL])
        items.append(canvas.node(goal, box, fill=f"accent{canvas.theme.goal}"))
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


def _band(canvas: Canvas, layer: model.Layer, position: int, count: int, width: int, columns: int) -> _Band:
    """Return a layer, set within a band `width` wide."""
    pad, gap = canvas.length("pad"), canvas.length("cell-gap")
    slot = f"accent{canvas.theme.accent(position, count)}"
    inner = width - 2 * pad
    head = canvas.block(_head(layer, position, slot), inner)
    cell = (inner - gap * (columns - 1)) // columns
    cells = canvas.blocks([(concept.key, _lines(concept)) for concept in layer.concepts], cell - 2 * pad)
    height = max(block.size.h for block in cells) + 2 * canvas.length("cell-pad")
    rows = -(-len(cells) // columns)
    body = rows * height + (rows - 1) * gap
    size = Size(Length(width), Length(pad + head.size.h + canvas.length("head-gap") + body + pad))
    return _Band(layer, slot, head, cells, columns, Size(Length(cell), Length(height)), size)


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
        row, column = divmod(index, band.columns)
        x = box.x + pad + column * (band.cell.w + gap)
        y = top + row * (band.cell.h + gap)
        place_ = Box(Length(x), Length(y), band.cell.w, band.cell.h)
        items.append(canvas.node(block, place_, outline=band.slot))
    return items
