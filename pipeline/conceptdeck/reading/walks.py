"""Steps of a walk in their long form, before a map is read.

=============================================  =========================================================
written                                        what is made of it
=============================================  =========================================================
`walk: [rain, [river, sea]]`                   `walk: {rain: {show: [rain]}, river: {show: [river, sea]}}`
`walk: [{show: rain, text: It falls.}]`        `walk: {rain: {show: rain, text: It falls.}}`
`walk: {first: rain}`                          `walk: {first: {show: [rain]}}`
=============================================  =========================================================

A step without an id is called by the first that it shows, so its text has the same key wherever it stands; one that
shows nothing is called by its number, for the reader to find.
"""

from __future__ import annotations

from collections import Counter

from conceptdeck.reading.short import LONGEST_ID, id_of
from conceptdeck.reading.source import Mapping, Node, Scalar, Sequence
from conceptdeck.reading.tree import Entry, node_at
from conceptdeck.values.characters import is_blank

__all__ = ["stepped"]

ID, SHOW = "id", "show"
ENDING = 4  # letters that the number of a step may take


def stepped(node: Node) -> Node:
    """Return the steps of a walk as a mapping from their ids, each with what it shows."""
    if isinstance(node, Mapping):
        return Mapping(tuple((key, _shown(value)) for key, value in node.entries), node.span)
    if not isinstance(node, Sequence):
        return node
    used = Counter[str]()
    entries: list[Entry] = []
    for number, each in enumerate(node.items, 1):
        step = _shown(each)
        given = node_at(step, ID)
        first = given if isinstance(given, Scalar) else _first(node_at(step, SHOW))
        first = first if first and not is_blank(first.value) else Scalar(str(number), each.span)
        id_ = first.value if first is given else id_of(first.value)
        used[id_] += 1
        again = f"{id_[: LONGEST_ID - ENDING]}-{used[id_]}" if used[id_] > 1 and first is not given else id_
        entries.append((Scalar(again, first.span), _without_id(step)))
    return Mapping(tuple(entries), node.span)


def _shown(node: Node) -> Node:
    """Return a step that is what it shows as one that has it at `show`."""
    if isinstance(node, Mapping) or (isinstance(node, Scalar) and is_blank(node.value)):
        return node
    return Mapping(((Scalar(SHOW, node.span), node),), node.span)


def _first(shown: Node | None) -> Scalar | None:
    """Return the first that a step shows."""
    if isinstance(shown, Sequence):
        shown = next(iter(shown.items), None)
    return shown if isinstance(shown, Scalar) else None


def _without_id(step: Node) -> Node:
    if not isinstance(step, Mapping):
        return step
    return Mapping(tuple(entry for entry in step.entries if entry[0].value != ID), step.span)
