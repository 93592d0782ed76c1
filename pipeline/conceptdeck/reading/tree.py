"""Trees of YAML nodes before they are read: what stands at a key, and the same tree with something else there."""

from __future__ import annotations

from collections.abc import Callable

from conceptdeck.reading.source import Mapping, Node, Scalar

__all__ = ["Entry", "changed", "entries_of", "node_at", "with_entries"]

Entry = tuple[Scalar, Node]


def entries_of(node: Node | None) -> tuple[Entry, ...]:
    """Return the entries of a mapping; anything else has none."""
    return node.entries if isinstance(node, Mapping) else ()


def node_at(node: Node | None, *path: str) -> Node | None:
    """Return what stands at a path of keys, None if nothing does."""
    for key in path:
        node = next((value for each, value in entries_of(node) if each.value == key), None)
    return node


def changed(node: Node, key: str, change: Callable[[Node], Node]) -> Node:
    """Return a mapping with another value at a key, if it has that; anything else as it is."""
    if not isinstance(node, Mapping):
        return node
    return Mapping(tuple((k, change(value) if k.value == key else value) for k, value in node.entries), node.span)


def with_entries(root: Node, key: str, entries: tuple[Entry, ...]) -> Node:
    """Return a mapping with more entries in the mapping at a key, which is made if nothing stands there."""
    own = node_at(root, key)
    if not isinstance(root, Mapping) or not entries:
        return root
    if own is None:
        return Mapping((*root.entries, (Scalar(key, root.span), Mapping(entries, root.span))), root.span)
    together = Mapping((*own.entries, *entries), own.span) if isinstance(own, Mapping) else own
    return changed(root, key, lambda _: together)
