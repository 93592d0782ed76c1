"""The order in which a graph is read: few of its edges lead back, and a lone hub has leaves on both sides."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence

__all__ = ["balanced", "reading_order"]

Way = tuple[str, str]
"""An edge: the ids of its tail and its head."""


def reading_order(nodes: Iterable[str], ways: Sequence[Way]) -> list[str]:
    """Return the nodes so that few edges lead to an earlier one (Eades, Lin and Smyth's greedy heuristic).

    Nodes that no rule tells apart stay in their order.
    """
    left = list(dict.fromkeys(nodes))
    leaving, coming = (Counter[str](), Counter[str]())
    near: dict[str, list[tuple[str, Counter[str]]]] = {id_: [] for id_ in left}
    for tail, head in ways:
        if tail != head:
            leaving[tail] += 1
            coming[head] += 1
            near[tail].append((head, coming))
            near[head].append((tail, leaving))
    first: list[str] = []
    last: list[str] = []
    while left:
        found = next((id_ for id_ in left if not coming[id_]), None)
        sink = next((id_ for id_ in reversed(left) if not leaving[id_]), None) if found is None else None
        if found is None and sink is None:
            found = max(left, key=lambda id_: leaving[id_] - coming[id_])  # the first of several
        chosen = found if found is not None else sink
        assert chosen is not None
        left.remove(chosen)
        (first if found is not None else last).append(chosen)
        for other, count in near.pop(chosen):
            count[other] -= other in near
    return [*first, *reversed(last)]


def balanced(ways: Sequence[Way]) -> list[bool]:
    """Tell for each edge whether it shall be drawn backwards, so that the leaves of a hub stand on both its sides.

    Of the leaves that only one edge joins to the rest, every second one of each hub and direction changes its side.
    """
    degree = Counter(end for way in ways for end in way)
    seen = Counter[Way]()
    turned = []
    for tail, head in ways:
        hub = next(
            ((hub, side) for hub, leaf, side in ((tail, head, "out"), (head, tail, "in")) if degree[leaf] == 1), None
        )
        if hub is None:
            turned.append(False)
            continue
        turned.append(seen[hub] % 2 == 1)
        seen[hub] += 1
    return turned
