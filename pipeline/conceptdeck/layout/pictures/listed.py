"""Relations of one concept as a list below it, for narrow columns: a spine, and a branch to each other concept."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from conceptdeck.layout.graph.network import relation_link
from conceptdeck.layout.pictures.canvas import Block, Canvas, Items, Line
from conceptdeck.layout.pictures.network import node_blocks, node_shape, phrase_id
from conceptdeck.layout.pictures.routes import upright
from conceptdeck.values import network
from conceptdeck.values.frame import Route, Shape
from conceptdeck.values.units import Box, Length, Point
from conceptdeck.values.value import frozen

__all__ = ["Listed", "draw_list", "draw_listed", "relation_route"]


@frozen
class Listed:
    """The shape of a concept, its id, and the concepts and relations to list below it."""

    home: Shape
    centre: str
    nodes: Sequence[network.Node]
    edges: Sequence[network.Edge]


def draw_list(canvas: Canvas, nodes: Sequence[network.Node], edges: Sequence[network.Edge]) -> Items:
    """Draw relations as lists: below the concept that most of them join, then below that which most of the rest do."""
    left, pad = list(edges), canvas.length("pad")
    items: Items = []
    y = 0
    while left:
        joined = Counter(end for edge in left for end in {edge.tail, edge.head})
        centre = max(nodes, key=lambda node: (joined[node.id], node.focus))
        own = [edge for edge in left if centre.id in (edge.tail, edge.head)]
        left = [edge for edge in left if edge not in own]
        block = node_blocks(canvas, [centre], canvas.width)[centre.id]
        box = Box(Length(0), Length(y), canvas.width, Length(canvas.tall(block) + 2 * pad))
        home = node_shape(canvas, centre, block, box)
        home = replace(home, name=f"{home.name}@list") if y else home
        drawn, y = draw_listed(canvas, Listed(home, centre.id, nodes, own))
        items += [home, *drawn]
        y += canvas.length("band-gap")
    return items


def draw_listed(canvas: Canvas, listed: Listed) -> tuple[Items, int]:
    """Draw each relation as a branch with its phrase above the other concept; return where the last one ends, too."""
    left, pad = canvas.length("branch"), canvas.length("pad")
    width = canvas.width - left
    nodes = {node.id: node for node in listed.nodes}
    ends = [edge.head if edge.tail == listed.centre else edge.tail for edge in listed.edges]
    blocks = node_blocks(canvas, [nodes[id_] for id_ in dict.fromkeys(ends)], width)
    routes: Items = []
    items: Items = []
    y = int(listed.home.box.bottom)
    for edge, end in zip(listed.edges, ends, strict=True):
        y += canvas.length("head-gap")
        if phrase := _phrase(canvas, edge, width):
            label = Box(Length(left), Length(y), Length(width), phrase.size.h)
            items.append(canvas.label(phrase, label, name=phrase_id(edge)))
            y = label.bottom + canvas.length("line-gap")
        box = Box(Length(left), Length(y), Length(width), Length(canvas.tall(blocks[end]) + 2 * pad))
        shape = node_shape(canvas, nodes[end], blocks[end], box)
        shape = replace(shape, name=f"{shape.name}@{edge.key}")
        start = Point(Length(left // 2), listed.home.box.bottom)
        way = upright(start, Point(box.x, box.centre.y), canvas.length("radius"))
        routes.append(relation_route(canvas, edge, way, (listed.home.name, shape.name), outwards=edge.head == end))
        items.append(shape)
        y = box.bottom
    return [*routes, *items], y


def _phrase(canvas: Canvas, edge: network.Edge, width: int) -> Block | None:
    return canvas.block([Line(edge.phrase, "picture-phrase")], width) if edge.phrase else None


def relation_route(
    canvas: Canvas, edge: network.Edge, way: Sequence[Point], ends: tuple[str, str], *, outwards: bool
) -> Route:
    """Return the line of a relation along a way; it is turned round if the relation leads against it."""
    link = relation_link(edge, canvas.theme)
    points, names = (way, ends) if outwards else (way[::-1], ends[::-1])
    return canvas.route(edge.key, points, (names[0], names[1]), slot=link.slot, dashed=link.dashed, arrow=link.arrow)
