"""What a reader has found so far: nodes, edges and leftovers, under one cap for all formats."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import field, replace
from typing import Any, TypeAlias

from conceptdeck.importing.decoding import clean, one_line
from conceptdeck.importing.rules import TOO_MANY_TO_IMPORT
from conceptdeck.reading.marking import marked_text
from conceptdeck.reading.marks import may_be_marked
from conceptdeck.values.diagnostics import Failure, Span
from conceptdeck.values.outline import Edge, Leftover, Node, Outline, Wording
from conceptdeck.values.text import Passage
from conceptdeck.values.value import mutable

__all__ = ["MAX_EDGES", "MAX_NODES", "Gathered", "worded"]

MAX_NODES = 10_000
MAX_EDGES = 30_000
MAX_LEFT = 500


@mutable
class Gathered:
    """Nodes, edges and leftovers of the file at `path`, in their order.

    Texts of a `marked` file may have marks as those of a map do; in all others every sign stands for itself.
    """

    path: str
    marked: bool = False
    nodes: dict[str, Node] = field(default_factory=dict)
    edges: list[Edge] = field(default_factory=list)
    left: list[Leftover] = field(default_factory=list)

    def add(self, node: Node) -> Node:
        """Keep a node; one with an id that is taken gets another. Raises Failure if there are too many."""
        if len(self.nodes) >= MAX_NODES:
            raise self._too_many(f"more than {MAX_NODES:,} concepts")
        if node.id in self.nodes or not node.id:
            node = replace(node, id=f"{node.id}\0{len(self.nodes)}")
        self.nodes[node.id] = node
        return node

    def change(self, id_: str, **fields: Any) -> None:
        """Say more of a node."""
        self.nodes[id_] = replace(self.nodes[id_], **fields)

    def join(self, edge: Edge) -> None:
        """Keep an edge; raises Failure if there are too many."""
        if len(self.edges) >= MAX_EDGES:
            raise self._too_many(f"more than {MAX_EDGES:,} relations")
        self.edges.append(edge)

    def leave(self, kind: str, text: str, of: str = "", line: int = 0) -> None:
        """Note what a map cannot say; of very many the first."""
        if len(self.left) < MAX_LEFT and (said := one_line(text)):
            self.left.append(Leftover(one_line(kind) or "more", said, one_line(of), line))

    def outline(self, **head: Any) -> Outline:
        """Return all that was found, its texts fit for a map."""
        line, text = (one_line, clean) if self.marked else (_literal_line, _literal)
        nodes = tuple(_tidied(node, line, text) for node in self.nodes.values())
        edges = tuple(replace(each, phrase=_wording(each.phrase, line)) for each in self.edges)
        changes = {"title": line, "subtitle": line, "summary": text, "notes": text}
        whole: dict[str, Any] = {name: _wording(head[name], change) for name, change in changes.items() if name in head}
        whole["author"] = line(head.get("author", ""))
        whole["keywords"] = tuple(dict.fromkeys(filter(None, map(line, head.get("keywords", ())))))
        whole["language"] = head.get("language", "")
        return Outline(**whole, nodes=nodes, edges=edges, left=tuple(self.left))

    def _too_many(self, what: str) -> Failure:
        return Failure([TOO_MANY_TO_IMPORT.at(f"the file has {what}", Span(self.path))])


def worded(text: str, **others: str) -> Wording:
    """Return a text, with what it is in other languages."""
    return Wording(text, tuple(others.items()))


Change: TypeAlias = Callable[[str], str]


def _literal(text: str) -> str:
    """Return a text as a map says it in which no sign is a mark."""
    text = clean(text)
    return (marked_text((Passage(text),)) or text) if may_be_marked(text) else text


def _literal_line(text: str) -> str:
    return _literal(one_line(text))


def _wording(wording: Wording, change: Change) -> Wording:
    others = tuple((tag, said) for tag, text in wording.others if (said := change(text)))
    return Wording(change(wording.text), others)


def _tidied(node: Node, line: Change, text: Change) -> Node:
    traits = tuple((key, said) for name, value in node.traits if (key := line(name)) and (said := line(value)))
    return replace(
        node,
        name=_wording(node.name, line),
        detail=_wording(node.detail, text),
        notes=_wording(node.notes, text),
        synonyms=_wording(node.synonyms, line),
        traits=traits,
    )
