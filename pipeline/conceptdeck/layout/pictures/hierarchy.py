"""The hierarchy: bands from the ground up, their members inside, and what the focus relies on and supports."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import pairwise

from conceptdeck.layout.graph.network import Graph, Link, place
from conceptdeck.layout.pictures.canvas import Block, Canvas, Items, Line, whole
from conceptdeck.layout.pictures.network import node_blocks, node_shape
from conceptdeck.layout.pictures.routes import elbow
from conceptdeck.values import model, network, picture
from conceptdeck.values.diagram import Direction
from conceptdeck.values.network import Level
from conceptdeck.values.terms import Term
from conceptdeck.values.units import Box, Length, Point, Size
from conceptdeck.values.value import frozen

__all__ = ["draw_hierarchy"]


@frozen
class _Band:
    """A level with everything set: its name and what it does, and its members as nodes."""

    level: Level
    head: Block
    nodes: tuple[network.Node, ...]
    blocks: tuple[Block, ...]
    node: Length
    height: Length

    @property
    def name(self) -> str:
        """Return the name of the band's ground."""
        return f"{self.level.stratum.key}@band"

    @property
    def lit(self) -> bool:
        """Tell whether the focus is in this level."""
        return any(node.focus for node in self.nodes)


def draw_hierarchy(shown: picture.Hierarchy, canvas: Canvas) -> Items:
    """Draw the levels as bands, the lowest at the foot unless the picture leads downwards."""
    levels = shown.levels if shown.direction is Direction.DOWN else shown.levels[::-1]
    gutter = _gutter(canvas, shown.levels)
    width = whole(canvas.width - (gutter.size.w + canvas.length("gutter") if gutter else 0))
    bands = [_band(canvas, level, width) for level in levels]
    network = place(
        canvas.arrange,
        Graph(
            sizes={band.name: Size(width, band.height) for band in bands},
            links=[Link(above.name, below.name, "") for above, below in pairwise(bands)],
            nodesep=canvas.length("level-gap"),
            ranksep=canvas.length("level-gap"),
        ),
    )
    items = [item for band in bands for item in _drawn(canvas, band, network.boxes[band.name])]
    return items + _reliance(canvas, shown.levels, bands, network.boxes)


def _gutter(canvas: Canvas, levels: Sequence[Level]) -> Block | None:
    """Return the wider of the phrases that stand beside the bands; none if no level holds the focus."""
    if not any(node.focus for level in levels for node in level.members):
        return None
    return max((_phrase(canvas, term) for term in (Term.SUPPORTS, Term.RELIES_ON)), key=lambda block: block.size.w)


def _phrase(canvas: Canvas, term: Term) -> Block:
    text = canvas.words.text(term, f"strata.{term.name.lower().replace('_', '-')}")
    return canvas.block([Line(text, "picture-phrase")], canvas.length("phrase-w"), tight=True)


def _band(canvas: Canvas, level: Level, width: int) -> _Band:
    pad = canvas.length("pad")
    name, does = level.stratum.name, level.stratum.does
    lines = [Line(name, "picture-heading"), *([Line(does, "picture-text")] if does else [])]
    head = canvas.block(lines, canvas.length("level-w"))
    nodes = _nodes(level)
    room, gap = width - head.size.w - 5 * pad, canvas.length("cell-gap")
    for columns in range(max(1, min(len(nodes), canvas.theme.pictures.count("level-columns"))), 0, -1):
        trial = canvas.fresh()
        node = (room - gap * (columns - 1)) // columns
        blocks = tuple(node_blocks(trial, nodes, node).values())
        if not trial.problems:  # every word fits nodes of this width
            break
    canvas.take(trial)
    inner = _rows_height(canvas, blocks, columns)
    return _Band(level, head, nodes, blocks, Length(node), Length(max(inner, head.size.h) + 2 * pad))


def _nodes(level: Level) -> tuple[network.Node, ...]:
    """Return the members; what a level holds besides goes into its only member, or is a node itself."""
    holds, members = level.stratum.holds, level.members
    if holds and len(members) != 1:
        extra = network.Node(id=holds.key, name=holds, role=None, focus=False, line=level.stratum.line)
        return (*members, extra)
    return tuple(
        network.Node(id=node.id, name=node.name, role=node.role or holds, focus=node.focus, line=node.line)
        for node in members
    )


def _rows_height(canvas: Canvas, blocks: Sequence[Block], columns: int) -> int:
    rows = [blocks[i : i + columns] for i in range(0, len(blocks), columns)]
    heights = [_node_height(canvas, row) for row in rows]
    return sum(heights) + canvas.length("cell-gap") * max(0, len(heights) - 1)


def _node_height(canvas: Canvas, row: Sequence[Block]) -> int:
    return max(block.size.h for block in row) + 2 * canvas.length("cell-pad")


def _drawn(canvas: Canvas, band: _Band, box: Box) -> Items:
    """Return the ground of a level, what stands at its left, and its members in rows."""
    pad, gap = canvas.length("pad"), canvas.length("cell-gap")
    slot = f"accent{canvas.theme.goal}" if band.lit else "secondary"
    head = Box(Length(box.x + 2 * pad), box.y, band.head.size.w, box.h)
    items: Items = [
        canvas.panel(band.name, box, slot, dashed=band.level.stratum.line is model.Line.DASHED),
        canvas.label(band.head, head, anchor="ctr", name=f"{band.head.name}@band"),
    ]
    left = head.right + 2 * pad
    columns = max(1, (box.right - pad - left + gap) // (band.node + gap))
    y = box.y + (box.h - _rows_height(canvas, band.blocks, columns)) // 2
    for start in range(0, len(band.nodes), columns):
        row = range(start, min(start + columns, len(band.nodes)))
        height = _node_height(canvas, [band.blocks[i] for i in row])
        for column, i in enumerate(row):
            place_ = Box(Length(left + column * (band.node + gap)), Length(y), band.node, Length(height))
            items.append(node_shape(canvas, band.nodes[i], band.blocks[i], place_))
        y += height + gap
    return items


def _reliance(canvas: Canvas, levels: Sequence[Level], bands: Sequence[_Band], boxes: Mapping[str, Box]) -> Items:
    """Return the edges in the gutter: from the focus's level to those that it supports and those that it relies on."""
    lit = next((band for band in bands if band.lit), None)
    if lit is None:
        return []
    order = {level.stratum.id: rank for rank, level in enumerate(levels)}
    own = order[lit.level.stratum.id]
    solid = [band for band in bands if band.level.stratum.line is model.Line.SOLID]
    above = [band for band in solid if order[band.level.stratum.id] > own]
    below = [band for band in solid if order[band.level.stratum.id] < own]
    return [
        *_brackets(canvas, Term.SUPPORTS, lit, above, boxes),
        *_brackets(canvas, Term.RELIES_ON, lit, below, boxes),
    ]


def _brackets(canvas: Canvas, term: Term, lit: _Band, others: Sequence[_Band], boxes: Mapping[str, Box]) -> Items:
    """Return edges along one trunk beside the bands, and their phrase beside the trunk."""
    if not others:
        return []
    shift, radius = canvas.length("gutter-shift"), canvas.length("radius")
    upwards = boxes[others[0].name].y < boxes[lit.name].y
    home = boxes[lit.name]
    start = Point(home.right, Length(home.centre.y + (-shift if upwards else shift)))
    trunk = Length(home.right + canvas.length("gutter") // 2)
    ends = [Point(boxes[band.name].right, boxes[band.name].centre.y) for band in others]
    slot = f"accent{canvas.theme.goal}"
    routes = [
        canvas.route(f"{lit.name} to {band.name}", elbow(start, trunk, end, radius), (lit.name, band.name), slot=slot)
        for band, end in zip(others, ends, strict=True)
    ]
    far = min(ends, key=lambda end: end.y) if upwards else max(ends, key=lambda end: end.y)
    phrase = _phrase(canvas, term)
    middle = (start.y + far.y) // 2
    left = home.right + canvas.length("gutter")
    box = Box(Length(left), Length(middle - phrase.size.h // 2), phrase.size.w, phrase.size.h)
    return [*routes, canvas.label(phrase, box)]
