"""Ranks without Graphviz, for graphs too dense to be drawn well: simple, always quick, and the same on any machine."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable
from itertools import chain

from conceptdeck.layout.graph.network import Arrange
from conceptdeck.values.diagnostics import Diagnostic
from conceptdeck.values.graph import Diagram, PlacedDiagram
from conceptdeck.values.rules import WARNING, Rule
from conceptdeck.values.units import Length, Point, Size

__all__ = ["MAX_EDGES", "MAX_NODES", "bounded", "is_dense", "is_large", "layered"]

# Graphviz takes well under a second up to here and over a minute soon after. A limit on size, not on time,
# gives the same deck on a slow machine as on a fast one.
MAX_NODES = 200
MAX_EDGES = 300


def bounded(arrange: Arrange, tell: Callable[[Diagnostic], None]) -> Arrange:
    """Return `arrange` for all graphs but the dense ones: those get simple ranks, and `tell` hears of it once."""
    told: list[Diagram] = []

    def arranged(diagram: Diagram) -> PlacedDiagram:
        if not is_dense(diagram):
            return arrange(diagram)
        if not told:
            tell(_warning(diagram))
        told.append(diagram)
        return layered(diagram)

    return arranged


def is_dense(diagram: Diagram) -> bool:
    """Tell whether a graph is too large for Graphviz to rank it in a second."""
    return is_large(len(diagram.nodes), len(diagram.edges))


def is_large(nodes: int, edges: int) -> bool:
    """Tell whether so many nodes and edges make a dense graph."""
    return nodes > MAX_NODES or edges > MAX_EDGES


DIAGRAM_FALLBACK = Rule("diagram-fallback", "frames", WARNING, "a diagram laid out in the plainer way").because("""
    It has more nodes or edges than Graphviz arranges in a few seconds, so the diagram is drawn by ranks.
""")


def _warning(diagram: Diagram) -> Diagnostic:
    """Return the warning that a graph was not laid out by Graphviz."""
    return DIAGRAM_FALLBACK.at(
        f"a diagram of {len(diagram.nodes)} nodes and {len(diagram.edges)} edges is laid out without Graphviz: "
        f"in plain ranks, crossings not minimised",
        hints=("a diagram of a part of it, named by `elements`, is drawn with more care",),
    )


def layered(diagram: Diagram) -> PlacedDiagram:
    """Return the nodes in ranks: each node one rank after the last of those that lead to it.

    Within a rank nodes stay in the diagram's order. Edges that close a cycle do not count. Bands are ranks already.
    """
    bands = {id_: at for at, band in enumerate(diagram.bands) for id_ in band}
    ranks = bands or _rank_of_each(diagram)
    rows: list[list[str]] = [[] for _ in range(max(ranks.values(), default=-1) + 1)]
    for node in diagram.nodes:
        rows[ranks[node.id]].append(node.id)
    centres = tuple(_centres(diagram, rows))
    routes = _straight(diagram, dict(centres)) if diagram.routed else ()
    return PlacedDiagram(centres, tuple(map(tuple, rows)), routes)


def _straight(diagram: Diagram, centres: dict[str, Point]) -> tuple[tuple[Point, ...], ...]:
    """Return a straight route for each edge, from the side of one node to the facing side of the other."""
    sizes = {node.id: node.size for node in diagram.nodes}
    routes = []
    for edge in diagram.edges:
        start = _side(diagram, centres[edge.tail], sizes[edge.tail], 1)
        end = _side(diagram, centres[edge.head], sizes[edge.head], -1)
        routes.append(tuple(_between(start, end, third / 3) for third in range(4)))
    return tuple(routes)


def _side(diagram: Diagram, centre: Point, size: Size, sign: int) -> Point:
    """Return the middle of the side towards the following ranks (1) or the ranks before (-1)."""
    if diagram.rankdir == "LR":
        return Point(Length(centre.x + sign * size.w // 2), centre.y)
    return Point(centre.x, Length(centre.y + sign * size.h // 2))


def _between(start: Point, end: Point, share: float) -> Point:
    return Point(*(Length(round(a + (b - a) * share)) for a, b in zip(start, end, strict=True)))


def _rank_of_each(diagram: Diagram) -> dict[str, int]:
    """Return the longest way to each node, in edges; a node within a cycle is taken in the diagram's order."""
    heads: dict[str, list[str]] = {node.id: [] for node in diagram.nodes}
    waits_for = dict.fromkeys(heads, 0)
    for edge in diagram.edges:
        heads[edge.tail].append(edge.head)
        waits_for[edge.head] += 1
    ranks = dict.fromkeys(heads, 0)
    done: set[str] = set()
    ready = deque(id_ for id_, count in waits_for.items() if not count)
    for start in chain((None,), heads):
        if start is not None and start not in done:
            ready.append(start)
        while ready:
            id_ = ready.popleft()
            done.add(id_)
            for head in heads[id_]:
                if head in done:
                    continue
                ranks[head] = max(ranks[head], ranks[id_] + 1)
                waits_for[head] -= 1
                if not waits_for[head]:
                    ready.append(head)
    return ranks


def _centres(diagram: Diagram, rows: list[list[str]]) -> list[tuple[str, Point]]:
    """Return the nodes' centres, in the diagram's order: ranks along the flow, each rank centred across it."""
    sizes = {node.id: node.size for node in diagram.nodes}
    level = diagram.rankdir in ("LR", "RL")
    found: dict[str, Point] = {}
    along = 0
    for row in rows:
        depth = max(sizes[id_].w if level else sizes[id_].h for id_ in row)
        breadths = [sizes[id_].h if level else sizes[id_].w for id_ in row]
        across = -(sum(breadths) + diagram.nodesep * (len(row) - 1)) // 2
        for id_, breadth in zip(row, breadths, strict=True):
            here = (along + depth // 2, across + breadth // 2)
            found[id_] = Point(*map(Length, here if level else here[::-1]))
            across += breadth + diagram.nodesep
        along += depth + diagram.ranksep
    return [(node.id, found[node.id]) for node in diagram.nodes]
