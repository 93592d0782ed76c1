"""Concepts that are written in groups move to the concepts of the map, and groups refer to them by id.

===============================  =====================================================================
in a group                       what is made of it
===============================  =====================================================================
`concepts: {a: {name: A}}`       `a: {name: A}` among the concepts of the map, and `concepts: [a]`
`concepts: [a]`                  stays: `a` is the id, or the name, of a concept of the map
`concepts: [Tidy data]`          `tidy-data: Tidy data` among the concepts, if none has that id or name
===============================  =====================================================================

A word that could be an id makes a new concept only in a map that writes no concept in any other way: elsewhere it is
more likely a slip, for the reader to find.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from conceptdeck.reading.short import SLUG, id_of
from conceptdeck.reading.source import Mapping, Node, Scalar, Sequence
from conceptdeck.reading.tree import Entry, changed, entries_of, node_at, with_entries
from conceptdeck.values.characters import is_blank

__all__ = ["gathered"]


def gathered(root: Node) -> Node:
    """Return a map's tree with the concepts of its groups among those of the map; others stay as they are."""
    if not isinstance(items := node_at(root, "groups", "items"), Mapping):
        return root
    written = [entry for group in _groups(items) for entry in entries_of(node_at(group, "concepts"))]
    known = dict(reversed([*_known([*_declared(root), *written])]))  # the first of a name has it
    ids, new = frozenset(known.values()), dict[str, Entry]()

    def referring(concepts: Node) -> Node:
        if isinstance(concepts, Mapping):
            return Sequence(tuple(key for key, _ in concepts.entries), concepts.span)
        if not isinstance(concepts, Sequence):
            return concepts
        return Sequence(tuple(_reference(each, known, ids, new) for each in concepts.items), concepts.span)

    grouped = Mapping(tuple((key, _grouped(group, referring)) for key, group in items.entries), items.span)
    root = changed(root, "groups", lambda groups: changed(groups, "items", lambda _: grouped))
    return with_entries(root, "concepts", (*written, *new.values()))


def _reference(item: Node, known: dict[str, str], ids: frozenset[str], new: dict[str, Entry]) -> Node:
    """Return what stands in the list of a group as an id; a name that no concept has yet is noted as a new one."""
    if not isinstance(item, Scalar) or is_blank(item.value):
        return item
    wanted = id_of(item.value)
    found = item.value if item.value in ids else known.get(wanted, "")
    if not found and (not known or not SLUG.fullmatch(item.value)):
        new.setdefault(wanted, (Scalar(wanted, item.span), item))
        found = wanted
    return Scalar(found or item.value, item.span)


def _known(entries: list[Entry]) -> Iterator[tuple[str, str]]:
    """Yield the id of each concept by what its name comes to as an id."""
    for key, value in entries:
        name = value if isinstance(value, Scalar) else node_at(value, "name")
        yield (id_of(name.value) if isinstance(name, Scalar) and not is_blank(name.value) else key.value), key.value


def _declared(root: Node) -> Iterator[Entry]:
    """Yield the concepts that stand outside groups, with their ids."""
    yield from entries_of(node_at(root, "concepts"))
    for _, layer in entries_of(node_at(root, "layers", "items")):
        yield from entries_of(node_at(layer, "concepts"))


def _groups(items: Mapping) -> Iterator[Node]:
    """Yield each group and each of its parts."""
    for _, group in items.entries:
        yield group
        yield from (part for _, part in entries_of(node_at(group, "groups")))


def _grouped(group: Node, change: Callable[[Node], Node]) -> Node:
    """Return a group with its concepts, and those of its parts, changed."""

    def parts(node: Node) -> Node:
        if not isinstance(node, Mapping):
            return node
        return Mapping(tuple((key, changed(part, "concepts", change)) for key, part in node.entries), node.span)

    return changed(changed(group, "concepts", change), "groups", parts)
