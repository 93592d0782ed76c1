"""Nodes made ready to be placed: each has a name, stands below another or none, and no circle is left."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from conceptdeck.values.outline import Node, Outline
from conceptdeck.values.value import frozen

__all__ = ["Forest", "planted"]


@frozen
class Forest:
    """The nodes by id, those below each one, and how many levels there are below each one.

    Lines lead to the `ends`; `reached` are these, frames, and all that is above one of them. `members` are nodes that
    belong to another one besides the one that they stand below.
    """

    nodes: Mapping[str, Node]
    below: Mapping[str, Sequence[Node]]
    heights: Mapping[str, int]
    ends: frozenset[str]
    reached: frozenset[str]
    members: Mapping[str, Sequence[Node]]

    def children(self, node: Node) -> Sequence[Node]:
        """Return the nodes right below one."""
        return self.below.get(node.id, ())

    def height(self, node: Node) -> int:
        """Return how many levels there are below a node."""
        return self.heights[node.id]

    @property
    def top(self) -> Sequence[Node]:
        """The nodes below none."""
        return self.below.get("", ())


def planted(outline: Outline) -> Forest:
    """Return the nodes of an outline as a forest; those without a name give their place to what is below them."""
    nodes = {node.id: node for node in outline.nodes}
    parents = _parents(nodes)
    kept = {id_: node for id_, node in nodes.items() if node.name}
    below: dict[str, list[Node]] = {}
    for id_, node in kept.items():
        above = parents[id_]
        while above and above not in kept:
            above = parents[above]
        below.setdefault(above, []).append(replace(node, parent=above))
    ends = frozenset(end for edge in outline.edges for end in (edge.source, edge.target))
    order = _from_the_top(below)
    members: dict[str, list[Node]] = {}
    for node in order:
        for group in node.groups:
            members.setdefault(group, []).append(node)
    return Forest({node.id: node for node in order}, below, _heights(order), ends, _reached(order, ends), members)


def _parents(nodes: Mapping[str, Node]) -> dict[str, str]:
    """Return the node above each one; a circle is opened at the first node of it in the file."""
    found: dict[str, str] = {}
    for id_ in nodes:
        way, last = {id_: None}, id_
        while (above := nodes[last].parent) in nodes and above not in found and above not in way:
            way[above], last = None, above
        for each in way:
            found.setdefault(each, nodes[each].parent if nodes[each].parent in nodes else "")
        if above in way:
            found[above] = ""
    return found


def _from_the_top(below: Mapping[str, Sequence[Node]]) -> list[Node]:
    """Return the nodes level by level."""
    order = list(below.get("", ()))
    for node in order:  # it grows while it is read
        order += below.get(node.id, ())
    return order


def _heights(order: Sequence[Node]) -> dict[str, int]:
    """Return how many levels there are below each node."""
    found = dict.fromkeys((node.id for node in order), 0)
    for node in reversed(order):
        if node.parent:
            found[node.parent] = max(found[node.parent], found[node.id] + 1)
    return found


def _reached(order: Sequence[Node], ends: frozenset[str]) -> frozenset[str]:
    """Return the nodes that lines lead to, frames, and all that is above one of them."""
    found = set[str]()
    for node in reversed(order):
        if node.frame or node.id in ends or node.id in found:
            found |= {node.id, node.parent}
    return frozenset(found - {""})
