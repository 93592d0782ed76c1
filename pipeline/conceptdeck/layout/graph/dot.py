"""Graphs to DOT and Graphviz's JSON back to places. Pure both ways: nothing is run here."""

from __future__ import annotations

import json
from itertools import groupby, pairwise
from typing import Any

from conceptdeck.layout.rules import ENGINE_FAILED
from conceptdeck.values.diagnostics import Failure
from conceptdeck.values.graph import Diagram, Edge, PlacedDiagram
from conceptdeck.values.units import Length, Point, points

__all__ = ["read_places", "to_dot"]

POINTS_PER_INCH = 72
SIDES = {"TB": ("s", "n"), "LR": ("e", "w")}  # where edges leave and arrive


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
            "splines": "true" if diagram.routed else "false",
        },
        node_attr={"shape": "box", "fixedsize": "true", "label": ""},
        edge_attr={"arrowhead": "none"},
    )
    names = {node.id: f"n{index}" for index, node in enumerate(diagram.nodes)}
    for node in diagram.nodes:
        graph.node(names[node.id], width=_graph_inches(node.size.w), height=_graph_inches(node.size.h))
    for index, edge in enumerate(diagram.edges):
        graph.edge(names[edge.tail], names[edge.head], **_edge_attributes(diagram, edge, index))
    for band in diagram.bands:
        with graph.subgraph(graph_attr={"rank": "same"}) as rank:
            for id_ in band:
                rank.node(names[id_])
            for first, second in pairwise(band if diagram.ordered else ()):
                rank.edge(names[first], names[second], style="invis")
    return str(graph.source)


def read_places(diagram: Diagram, layout: str) -> PlacedDiagram:
    """Return the places in Graphviz's JSON (`-Tjson0`), with y growing downwards and ranks in reading order.

    Raises Failure if it cannot be read: the program that made it may be any.
    """
    try:
        return _places(diagram, json.loads(layout))
    except (ValueError, LookupError, TypeError, AttributeError, ArithmeticError, RecursionError) as error:
        message = "the layout program gave no places that can be read"
        notes = (f"it wrote {layout[:60]!r}",)
        hints = ("leave `--dot` out: the embedded Graphviz will do it",)
        raise Failure([ENGINE_FAILED.at(message, notes=notes, hints=hints)]) from error


def _places(diagram: Diagram, data: dict[str, Any]) -> PlacedDiagram:
    """Return the places in Graphviz's JSON."""
    height = float(data["bb"].split(",")[3])
    found = {each["name"]: _place(each["pos"], height) for each in data.get("objects", ()) if "pos" in each}
    centres = tuple((node.id, found[f"n{index}"]) for index, node in enumerate(diagram.nodes))
    paths = {each["id"]: each["pos"] for each in data.get("edges", ()) if "id" in each and "pos" in each}
    routes = tuple(
        tuple(_place(place, height) for place in paths[f"e{index}"].split())
        for index in range(len(diagram.edges) if diagram.routed else 0)
    )
    if any(len(route) < 4 or len(route) % 3 != 1 for route in routes):
        raise ValueError("a route that is no chain of Bézier curves")
    return PlacedDiagram(centres, _ranks(diagram.rankdir, centres), routes)


def _place(pos: str, height: float) -> Point:
    """Return a place that Graphviz gives as `x,y` in points, y growing upwards."""
    x, _, y = pos.partition(",")
    return Point(points(float(x)), points(height - float(y)))


def _edge_attributes(diagram: Diagram, edge: Edge, index: int) -> dict[str, str]:
    """Return the attributes of a routed edge: the id that finds it again, and the sides it joins."""
    if not diagram.routed:
        return {}
    tail, head = SIDES[diagram.rankdir]
    sides = {"tailport": tail, "headport": head} if diagram.bands else {}
    return {"id": f"e{index}", "weight": str(edge.weight), **sides}


def _ranks(rankdir: str, centres: tuple[tuple[str, Point], ...]) -> tuple[tuple[str, ...], ...]:
    """Return node ids by rank, and within a rank across the flow."""
    along, across = (0, 1) if rankdir in ("LR", "RL") else (1, 0)
    ordered = sorted(centres, key=lambda item: (item[1][along], item[1][across]))
    return tuple(tuple(id_ for id_, _ in rank) for _, rank in groupby(ordered, key=lambda item: item[1][along]))


def _graph_inches(length: Length) -> str:
    """Return the length in inches, rounded to whole points as every version of Graphviz can hold exactly."""
    return f"{round(length.pt) / POINTS_PER_INCH:.6f}"
