"""Graphs placed by Graphviz: nodes, linking phrases as nodes of their own, and routed edges."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from conceptdeck.layout.pictures.canvas import Block, Canvas, Line, extent
from conceptdeck.values import model, network
from conceptdeck.values.frame import Route, Shape
from conceptdeck.values.graph import Diagram, Edge, Node
from conceptdeck.values.units import Box, Length, Point, Size, points

__all__ = ["Link", "Network", "node_block", "node_shape", "phrase_id", "place"]


@dataclass(frozen=True, slots=True)
class Link:
    """A way from a node to another, over a phrase or directly; only its last piece may carry an arrowhead."""

    tail: str
    head: str
    slot: str
    dashed: bool = False
    arrow: bool = True
    weight: int = 1


@dataclass(frozen=True, slots=True)
class Network:
    """Where the nodes and edges of a graph stand, the top left corner of all at 0, 0."""

    boxes: Mapping[str, Box]
    routes: tuple[tuple[Link, tuple[Point, ...]], ...]
    size: Size

    def drawn(self, canvas: Canvas, names: Mapping[str, str], dx: int = 0, dy: int = 0) -> list[Route]:
        """Return the edges between the shapes called `names`, shifted by `dx` and `dy`."""
        found = []
        for index, (link, path) in enumerate(self.routes):
            name = f"{link.tail} to {link.head} {index}"
            route = canvas.route(
                name,
                [Point(Length(x + dx), Length(y + dy)) for x, y in path],
                names[link.tail],
                names[link.head],
                slot=link.slot,
                dashed=link.dashed,
                arrow=link.arrow,
            )
            found.append(route)
        return found


def place(
    canvas: Canvas,
    sizes: Mapping[str, Size],
    links: Sequence[Link],
    *,
    bands: Sequence[Sequence[str]] = (),
    ordered: bool = False,
    rankdir: str = "TB",
    nodesep: Length,
    ranksep: Length,
) -> Network:
    """Return where Graphviz puts nodes of these sizes.

    Edges are given to it from an earlier band to a later one, and turned round again afterwards.
    """
    band_of = {id_: index for index, band in enumerate(bands) for id_ in band}
    turned = [bool(bands) and band_of[link.tail] > band_of[link.head] for link in links]
    edges = [
        Edge(link.head, link.tail, link.weight) if back else Edge(link.tail, link.head, link.weight)
        for link, back in zip(links, turned, strict=True)
    ]
    whole = {id_: _whole_points(size) for id_, size in sizes.items()}
    placed = canvas.arrange(
        Diagram(
            nodes=tuple(Node(id_, size) for id_, size in whole.items()),
            edges=tuple(edges),
            rankdir=rankdir,
            nodesep=nodesep,
            ranksep=ranksep,
            bands=tuple(tuple(band) for band in bands),
            ordered=ordered,
            routed=True,
        )
    )
    boxes = {id_: _around(centre, whole[id_]) for id_, centre in placed.centres}
    paths = [path[::-1] if back else path for path, back in zip(placed.routes, turned, strict=True)]
    around = extent([*boxes.values(), *(Box(x, y, Length(0), Length(0)) for path in paths for x, y in path)])
    return Network(
        boxes={id_: box.moved(-around.x, -around.y) for id_, box in boxes.items()},
        routes=tuple(
            (link, tuple(Point(Length(x - around.x), Length(y - around.y)) for x, y in path))
            for link, path in zip(links, paths, strict=True)
        ),
        size=Size(around.w, around.h),
    )


def node_block(canvas: Canvas, node: network.Node, width: int) -> Block:
    """Return a concept's name and role, set within a node `width` wide."""
    names = ("picture-core", "picture-core-role") if node.focus else ("picture-name", "picture-role")
    lines = [Line(node.name, names[0])] + ([Line(node.role, names[1])] if node.role else [])
    return canvas.block(lines, width - 2 * canvas.length("pad"))


def node_shape(canvas: Canvas, node: network.Node, block: Block, box: Box, slot: str = "") -> Shape:
    """Return a concept as a box: the focus filled with `slot` or the goal's accent, those of another layer dashed."""
    fill = (slot or f"accent{canvas.theme.goal}") if node.focus else "card"
    return canvas.node(block, box, fill=fill, dashed=node.line is model.Line.DASHED)


def phrase_id(edge: network.Edge) -> str:
    """Return the id of the node that holds an edge's linking phrase."""
    return f"{edge.tail}>{edge.phrase.key}>{edge.head}"


def _whole_points(size: Size) -> Size:
    """Return the size as every version of Graphviz can hold exactly."""
    return Size(points(-(-size.w // points(1))), points(-(-size.h // points(1))))


def _around(centre: Point, size: Size) -> Box:
    return Box(Length(centre.x - size.w // 2), Length(centre.y - size.h // 2), size.w, size.h)
