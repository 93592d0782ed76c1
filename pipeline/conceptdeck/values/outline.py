"""What a file of another program says of concepts: nodes in their order, edges between them, and what fits nowhere.

It stands between the readers of such files, which know nothing of maps, and the writer of maps, which knows no format.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from conceptdeck.values.value import frozen

__all__ = ["NOTHING", "Edge", "Leftover", "Node", "Outline", "Wording"]


@frozen
class Wording:
    """A text in the language of its file, and the same in others, by tag."""

    text: str = ""
    others: tuple[tuple[str, str], ...] = ()

    def __bool__(self) -> bool:
        """Tell whether there is anything to read."""
        return bool(self.text)

    def in_language(self, tag: str) -> str:
        """Return the text in another language, empty if the file does not have it."""
        return dict(self.others).get(tag, "")


NOTHING = Wording()


@frozen(kw_only=True)
class Node:
    """Something that a file names: `id` is the file's own, `parent` the id of the node that it stands below.

    A `frame` is drawn around others and is no concept itself. What is below a `whole` one is said of it. `groups` are
    other nodes that it belongs to besides.
    """

    id: str
    name: Wording
    parent: str = ""
    detail: Wording = NOTHING
    notes: Wording = NOTHING
    tagline: Wording = NOTHING
    link: str = ""
    traits: tuple[tuple[str, str], ...] = ()
    synonyms: Wording = NOTHING
    frame: bool = False
    whole: bool = False
    groups: tuple[str, ...] = ()
    line: int = 0


@frozen(kw_only=True)
class Edge:
    """A line from one node to another, with what stands on it; `arrow` tells whether one end comes first."""

    source: str
    target: str
    phrase: Wording = NOTHING
    arrow: bool = True
    dashed: bool = False
    line: int = 0


@frozen
class Leftover:
    """Something of a file that no part of a map can say: of what kind, what it is, and what it belongs to."""

    kind: str
    text: str
    of: str = ""
    line: int = 0


@frozen(kw_only=True)
class Outline:
    """All that a file says; `language` is empty if the file does not tell, `focus` is the id of what it explains."""

    title: Wording = NOTHING
    subtitle: Wording = NOTHING
    summary: Wording = NOTHING
    notes: Wording = NOTHING
    author: str = ""
    language: str = ""
    focus: str = ""
    keywords: tuple[str, ...] = ()
    nodes: tuple[Node, ...] = ()
    edges: tuple[Edge, ...] = ()
    left: tuple[Leftover, ...] = ()

    def children(self) -> Mapping[str, Sequence[Node]]:
        """Return the nodes below each one, by its id; those below nothing stand at the empty id."""
        found: dict[str, list[Node]] = {}
        known = {node.id for node in self.nodes}
        for node in self.nodes:
            found.setdefault(node.parent if node.parent in known else "", []).append(node)
        return found

    def wordings(self) -> Iterator[Wording]:
        """Yield every text."""
        yield from (self.title, self.subtitle, self.summary, self.notes)
        for node in self.nodes:
            yield from (node.name, node.detail, node.notes, node.synonyms)
        for edge in self.edges:
            yield edge.phrase
