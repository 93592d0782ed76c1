"""Diagrams: what a graph contains, and the same with a place for everything. Knows no theme."""

from __future__ import annotations

from conceptdeck.values.units import Length, Point, Size
from conceptdeck.values.value import frozen

__all__ = ["Diagram", "Edge", "Node", "PlacedDiagram"]


NONE = Length(0)


@frozen
class Node:
    """A node with the size that its measured text needs."""

    id: str
    size: Size


@frozen
class Edge:
    """An edge between node ids; the higher its `weight`, the straighter and shorter it is kept."""

    tail: str
    head: str
    weight: int = 1


@frozen
class Diagram:
    """A graph to be laid out from left to right (`LR`) or from top to bottom (`TB`).

    `bands` are sets of nodes that share a rank; every edge leads to a later band, from the middle of one side to the
    middle of the facing one. If it is `ordered`, the nodes of each band stand in their order. A `routed` diagram gets a
    path for each edge besides the places of its nodes.
    """

    nodes: tuple[Node, ...]
    edges: tuple[Edge, ...]
    rankdir: str = "LR"
    nodesep: Length = NONE
    ranksep: Length = NONE
    bands: tuple[tuple[str, ...], ...] = ()
    ordered: bool = False
    routed: bool = False


@frozen
class PlacedDiagram:
    """The nodes' centres and the ranks that they form, first rank first, each in order.

    `routes` has for each edge, in the diagram's order, a start and three points for each cubic Bézier curve; none if
    the diagram is not routed.
    """

    centres: tuple[tuple[str, Point], ...]
    ranks: tuple[tuple[str, ...], ...]
    routes: tuple[tuple[Point, ...], ...] = ()
