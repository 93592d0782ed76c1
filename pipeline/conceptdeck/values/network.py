"""Networks: the concepts and relations that a diagram contains."""

from __future__ import annotations

from conceptdeck.values import model
from conceptdeck.values.text import Text
from conceptdeck.values.value import frozen

__all__ = ["Edge", "Level", "Node"]


@frozen(kw_only=True)
class Edge:
    """An edge of the relation diagram, between concept ids; `key` is that of its relation.

    `phrase` is what stands on it, nothing if the map says neither a phrase nor a kind of relation.
    """

    key: str
    tail: str
    head: str
    phrase: Text | None
    line: model.Line
    directed: bool


@frozen(kw_only=True)
class Node:
    """A node of the relation diagram."""

    id: str
    name: Text
    role: Text | None
    focus: bool
    line: model.Line


@frozen
class Level:
    """A stratum with its members as nodes."""

    stratum: model.Stratum
    members: tuple[Node, ...]
