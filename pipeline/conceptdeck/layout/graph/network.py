"""Relation graphs, for slides and pictures alike: what Graphviz is asked, and where it puts nodes and edges."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from conceptdeck.values import model, network
from conceptdeck.values.graph import Diagram, Edge, Node, PlacedDiagram
from conceptdeck.values.items import around
from conceptdeck.values.theme import Theme
from conceptdeck.values.units import Box, Length, Point, Size, points
from conceptdeck.values.value import frozen

__all__ = ["Arrange", "Graph", "Link", "Network", "place", "relation_link"]

Arrange = Callable[[Diagram], PlacedDiagram]


@frozen
class Link:
    """A way from a node to another, over a phrase or directly; only its last piece may carry an arrowhead."""

    tail: str
    head: str
    slot: str
    dashed: bool = False
    arrow: bool = True
    weight: int = 1


@frozen(kw_only=True)
class Graph:
    """Nodes of known sizes and the links between them; who needs only their ranks has no edges routed."""

    sizes: Mapping[str, Size]
    links: Sequence[Link]
    nodesep: Length
    ranksep: Length
    rankdir: str = "TB"
    bands: Sequence[Sequence[str]] = ()
    ordered: bool = False
    routed: bool = True


@frozen
class Network:
    """Where the nodes and edges of a graph stand, the top left corner of all at 0, 0, and the ranks that they form."""

    boxes: Mapping[str, Box]
    routes: tuple[tuple[Link, tuple[Point, ...]], ...]
    size: Size
    ranks: tuple[tuple[str, ...], ...]


def relation_link(edge: network.Edge, theme: Theme) -> Link:
    """Return how a relation is drawn: dashed in the secondary colour if its kind is, else in that of the goal."""
    dashed = edge.line is model.Line.DASHED
    slot = "secondary" if dashed else f"accent{theme.goal}"
    return Link(edge.tail, edge.head, slot, dashed, arrow=edge.directed)


def place(arrange: Arrange, graph: Graph) -> Network:
    """Return where `arrange` puts the nodes of a graph.

    Edges are given to it from an earlier band to a later one, and turned round again afterwards.
    """
    band_of = {id_: index for index, band in enumerate(graph.bands) for id_ in band}
    turned = [bool(graph.bands) and band_of[link.tail] > band_of[link.head] for link in graph.links]
    edges = [
        Edge(link.head, link.tail, link.weight) if back else Edge(link.tail, link.head, link.weight)
        for link, back in zip(graph.links, turned, strict=True)
    ]
    whole = {id_: _whole_points(size) for id_, size in graph.sizes.items()}
    placed = arrange(
        Diagram(
            nodes=tuple(Node(id_, size) for id_, size in whole.items()),
            edges=tuple(edges),
            rankdir=graph.rankdir,
            nodesep=graph.nodesep,
            ranksep=graph.ranksep,
            bands=tuple(tuple(band) for band in graph.bands),
            ordered=graph.ordered,
            routed=graph.routed,
        )
    )
    boxes = {id_: _centred(centre, whole[id_]) for id_, centre in placed.centres}
    paths = [path[::-1] if back else path for path, back in zip(placed.routes, turned, strict=graph.routed)]
    corners = (corner for box in boxes.values() for corner in (Point(box.x, box.y), Point(box.right, box.bottom)))
    whole_box = around((*corners, *(point for path in paths for point in path)))
    routes = tuple(
        (link, tuple(Point(Length(x - whole_box.x), Length(y - whole_box.y)) for x, y in path))
        for link, path in zip(graph.links, paths, strict=graph.routed)
    )
    moved = {id_: box.moved(-whole_box.x, -whole_box.y) for id_, box in boxes.items()}
    return Network(moved, routes, Size(whole_box.w, whole_box.h), placed.ranks)


def _whole_points(size: Size) -> Size:
    """Return the size as every version of Graphviz can hold exactly."""
    return Size(points(-(-size.w // points(1))), points(-(-size.h // points(1))))


def _centred(centre: Point, size: Size) -> Box:
    return Box(Length(centre.x - size.w // 2), Length(centre.y - size.h // 2), size.w, size.h)
