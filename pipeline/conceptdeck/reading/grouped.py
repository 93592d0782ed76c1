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
from conceptdeck.values.characters import is_blank

__all__ = ["gathered"]

Entry = tuple[Scalar, Node]


def gathered(root: Node) -> Node:
    """Return a map's tree with the concepts of its groups among those of the map; others stay as they are."""
    if not isinstance(root, Mapping) or not isinstance(items := _get(_get(root, "groups"), "items"), Mapping):
        return root
    written = [entry for group in _groups(items) for entry in _entries(_get(group, "concepts"))]
    known = dict(_known([*_declared(root), *written]))
    named: dict[str, Entry] = {}

    def referring(concepts: Node) -> Node:
        if isinstance(concepts, Mapping):
            return Sequence(tuple(key for key, _ in concepts.entries), concepts.span)
        if not isinstance(concepts, Sequence):
            return concepts
        return Sequence(tuple(_reference(each, known, named) for each in concepts.items), concepts.span)

    changed = Mapping(tuple((key, _grouped(group, referring)) for key, group in items.entries), items.span)
    root = _with(root, "groups", lambda groups: _with(groups, "items", lambda _: changed))
    return _with_concepts(root, (*written, *named.values()))


def _reference(item: Node, known: dict[str, str], named: dict[str, Entry]) -> Node:
    """Return what stands in the list of a group as an id; a name that no concept has yet is noted as a new one."""
    if not isinstance(item, Scalar) or is_blank(item.value):
        return item
    wanted = id_of(item.value)
    found = item.value if item.value in known.values() else known.get(wanted, "")
    if not found and (not known or not SLUG.fullmatch(item.value)):
        named.setdefault(wanted, (Scalar(wanted, item.span), item))
        found = wanted
    return Scalar(found or item.value, item.span)


def _known(entries: list[Entry]) -> Iterator[tuple[str, str]]:
    """Yield the id of each concept by what its name comes to as an id."""
    for key, value in entries:
        name = value if isinstance(value, Scalar) else _get(value, "name")
        yield (id_of(name.value) if isinstance(name, Scalar) and not is_blank(name.value) else key.value), key.value


def _declared(root: Mapping) -> Iterator[Entry]:
    """Yield the concepts that stand outside groups, with their ids."""
    concepts = _get(root, "concepts")
    yield from _entries(concepts)
    for each in concepts.items if isinstance(concepts, Sequence) else ():
        if isinstance(each, Scalar) and not is_blank(each.value):
            yield Scalar(id_of(each.value), each.span), each
    layers = _get(_get(root, "layers"), "items")
    for _, layer in layers.entries if isinstance(layers, Mapping) else ():
        yield from _entries(_get(layer, "concepts"))


def _groups(items: Mapping) -> Iterator[Node]:
    """Yield each group and each of its parts."""
    for _, group in items.entries:
        yield group
        parts = _get(group, "groups")
        yield from (part for _, part in (parts.entries if isinstance(parts, Mapping) else ()))


def _grouped(group: Node, change: Callable[[Node], Node]) -> Node:
    """Return a group with its concepts, and those of its parts, changed."""

    def parts(node: Node) -> Node:
        if not isinstance(node, Mapping):
            return node
        return Mapping(tuple((key, _with(part, "concepts", change)) for key, part in node.entries), node.span)

    return _with(_with(group, "concepts", change), "groups", parts)


def _with_concepts(root: Node, entries: tuple[Entry, ...]) -> Node:
    """Return a map's tree with more concepts."""
    assert isinstance(root, Mapping)
    if not entries:
        return root
    own = _get(root, "concepts")
    if own is None:
        return Mapping((*root.entries, (Scalar("concepts", root.span), Mapping(entries, root.span))), root.span)
    if isinstance(own, Sequence):
        own = Mapping(tuple(_declared(Mapping(((Scalar("concepts", own.span), own),), own.span))), own.span)
    if not isinstance(own, Mapping):
        return root
    together = Mapping((*own.entries, *entries), own.span)
    return _with(root, "concepts", lambda _: together)


def _entries(node: Node | None) -> tuple[Entry, ...]:
    return node.entries if isinstance(node, Mapping) else ()


def _get(node: Node | None, key: str) -> Node | None:
    return next((value for each, value in _entries(node) if each.value == key), None)


def _with(node: Node, key: str, change: Callable[[Node], Node]) -> Node:
    """Return a mapping with another value at a key, if it has that."""
    if not isinstance(node, Mapping):
        return node
    return Mapping(tuple((k, change(value) if k.value == key else value) for k, value in node.entries), node.span)
