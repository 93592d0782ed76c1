"""Diagrams: what a graph contains, and the same with a place for everything. Knows no theme."""

from __future__ import annotations

from dataclasses import dataclass

from pipeline.units import Length, Point, Size

__all__ = ["Diagram", "Edge", "Node", "PlacedDiagram"]


NONE = Length(0)


@dataclass(frozen=True, slots=True)
class Node:
    """A node with the size that its measured text needs."""

    id: str
    size: Size


@dataclass(frozen=True, slots=True)
class Edge:
    """An edge between node ids."""

    tail: str
    head: str


@dataclass(frozen=True, slots=True)
class Diagram:
    """A graph to be laid out from left to right (`LR`) or from top to bottom (`TB`)."""

    nodes: tuple[Node, ...]
    edges: tuple[Edge, ...]
    rankdir: str = "LR"
    nodesep: Length = NONE
    ranksep: Length = NONE


@dataclass(frozen=True, slots=True)
class PlacedDiagram:
    """The nodes' centres and the ranks that they form, first rank first, each in order."""

    centres: tuple[tuple[str, Point], ...]
    ranks: tuple[tuple[str, ...], ...]
