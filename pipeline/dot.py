"""Graphs to DOT and Graphviz's JSON back to places. Pure both ways: nothing is run here."""

from __future__ import annotations

import json
from itertools import groupby

from pipeline.diagram import Diagram, PlacedDiagram
from pipeline.units import Length, Point, points

__all__ = ["read_places", "to_dot"]

POINTS_PER_INCH = 72


def to_dot(diagram: Diagram) -> str:
    """Return the diagram as DOT: fixed node sizes in whole points, no labels, generated node ids.

    Sizes are measured by the caller, so Graphviz's own text metrics cannot change a layout.
    """
    import graphviz  # here, since few decks have diagrams and importing it takes as long as drawing one

    graph = graphviz.Digraph(
        graph_attr={
            "rankdir": diagram.rankdir,
            "nodesep": _graph_inches(diagram.nodesep),
            "ranksep": _graph_inches(diagram.ranksep),
            "splines": "false",
        },
        node_attr={"shape": "box", "fixedsize": "true", "label": ""},
        edge_attr={"arrowhead": "none"},
    )
    names = {node.id: f"n{index}" for index, node in enumerate(diagram.nodes)}
    for node in diagram.nodes:
        graph.node(names[node.id], width=_graph_inches(node.size.w), height=_graph_inches(node.size.h))
    for edge in diagram.edges:
        graph.edge(names[edge.tail], names[edge.head])
    return str(graph.source)


def read_places(diagram: Diagram, layout: str) -> PlacedDiagram:
    """Return the places in Graphviz's JSON (`-Tjson`), with y growing downwards and ranks in reading order."""
    data = json.loads(layout)
    height = float(data["bb"].split(",")[3])
    found = {}
    for each in data.get("objects", ()):
        x, y = (float(value) for value in each["pos"].split(","))
        found[each["name"]] = Point(points(x), points(height - y))
    centres = tuple((node.id, found[f"n{index}"]) for index, node in enumerate(diagram.nodes))
    return PlacedDiagram(centres, _ranks(diagram.rankdir, centres))


def _ranks(rankdir: str, centres: tuple[tuple[str, Point], ...]) -> tuple[tuple[str, ...], ...]:
    """Return node ids by rank, and within a rank across the flow."""
    along, across = (0, 1) if rankdir in ("LR", "RL") else (1, 0)
    ordered = sorted(centres, key=lambda item: (item[1][along], item[1][across]))
    return tuple(tuple(id_ for id_, _ in rank) for _, rank in groupby(ordered, key=lambda item: item[1][along]))


def _graph_inches(length: Length) -> str:
    """Return the length in inches, rounded to whole points as every version of Graphviz can hold exactly."""
    return f"{round(length.pt) / POINTS_PER_INCH:.6f}"
