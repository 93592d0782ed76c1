"""Parts of graphs that are too large to be read at once: connected ones, then what is around the busiest nodes."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Callable, Hashable, Sequence
from typing import Protocol, TypeVar

__all__ = ["core", "longest", "parted"]


class Way(Protocol):
    """An edge between two nodes."""

    @property
    def tail(self) -> str:
        """Return the id of the node that it leaves."""

    @property
    def head(self) -> str:
        """Return the id of the node that it leads to."""


W = TypeVar("W", bound=Way)


def parted(ways: Sequence[W], fits: Callable[[Sequence[W]], bool]) -> list[list[W]]:
    """Return the edges in as few parts as fit, each edge in one of them; an edge that does not fit is a part itself.

    Connected parts stay together if they fit, and share a part if they fit together.
    """
    if fits(ways):
        return [list(ways)]
    found: list[list[W]] = []
    waiting = _connected(ways)[::-1]
    while waiting:
        first, rest = _split(waiting.pop(), fits)
        found += first
        waiting += rest[::-1]
    place = {id(way): at for at, way in enumerate(ways)}
    return [sorted(part, key=lambda way: place[id(way)]) for part in _merged(found, fits)]


def core(ways: Sequence[W], fits: Callable[[Sequence[W]], bool]) -> list[W]:
    """Return the edges around the busiest node, as many as fit, in the order of all."""
    place = {id(way): at for at, way in enumerate(ways)}
    own = _outwards(ways, _hub(ways))

    def in_order(some: Sequence[W]) -> list[W]:
        return sorted(some, key=lambda way: place[id(way)])

    return in_order(own[: longest(own, lambda some: fits(in_order(some)))])


def _connected(ways: Sequence[W]) -> list[list[W]]:
    """Return the edges of each connected part, in the order of their first edges."""
    root: dict[str, str] = {}

    def root_of(id_: str) -> str:
        while root.setdefault(id_, id_) != id_:
            root[id_] = root[root[id_]]
            id_ = root[id_]
        return id_

    for way in ways:
        root[root_of(way.head)] = root_of(way.tail)
    found: dict[str, list[W]] = {}
    for way in ways:
        found.setdefault(root_of(way.tail), []).append(way)
    return list(found.values())


def _split(ways: list[W], fits: Callable[[Sequence[W]], bool]) -> tuple[list[list[W]], list[list[W]]]:
    """Return parts of connected edges that fit, around the busiest node, and what is left of them, connected."""
    if len(ways) == 1:
        return [ways], []
    hub = _hub(ways)
    order = _outwards(ways, hub)
    count = longest(order, fits)
    if count == len(ways):
        return [ways], []
    own = sum(hub in (way.tail, way.head) for way in ways)
    if count < own:  # its own edges fill several parts, alike
        parts = math.ceil(own / count)
        size = math.ceil(own / parts)
        return [order[at : min(at + size, own)] for at in range(0, own, size)], _connected(order[own:])
    alike = math.ceil(len(order) / math.ceil(len(order) / count))  # else a last edge stands alone
    return [order[:alike]], _connected(order[alike:])


def _hub(ways: Sequence[Way]) -> str:
    """Return the busiest node, the first of several."""
    degree = Counter(end for way in ways for end in (way.tail, way.head))
    return max(degree, key=lambda id_: degree[id_])


def _outwards(ways: Sequence[W], hub: str) -> list[W]:
    """Return the edges from the hub outwards: its own, those between what they lead to, then those of the next."""
    place = {id(way): at for at, way in enumerate(ways)}
    at: dict[str, list[W]] = {}
    for way in ways:
        for end in {way.tail: None, way.head: None}:
            at.setdefault(end, []).append(way)
    reached = {hub: 0}
    order = [hub]
    done: dict[int, W] = {}
    for id_ in order:
        new = []
        for way in at[id_]:
            done.setdefault(id(way), way)
            new += [end for end in (way.tail, way.head) if end not in reached and end not in new]
        reached |= {end: len(reached) + number for number, end in enumerate(new)}
        order += new
        inside = [way for end in new for way in at[end] if way.tail in reached and way.head in reached]
        inside.sort(key=lambda way: (min(reached[way.tail], reached[way.head]), place[id(way)]))
        for way in inside:
            done.setdefault(id(way), way)
    return list(done.values())


def longest(ways: Sequence[W], fits: Callable[[Sequence[W]], bool]) -> int:
    """Return how many of the first edges fit, one at the least; no more than twice as many are tried at once."""
    low, high = 1, 2
    while high <= len(ways) and fits(ways[:high]):
        low, high = high, min(2 * high, len(ways)) if high < len(ways) else high + 1
    high = min(high, len(ways) + 1)
    while high - low > 1:
        middle = (low + high) // 2
        low, high = (middle, high) if fits(ways[:middle]) else (low, middle)
    return low


def _merged(parts: list[list[W]], fits: Callable[[Sequence[W]], bool]) -> list[list[W]]:
    """Return the parts, each joined to an earlier one that has room for it, at best one of the same nodes.

    Where a part had no room, none as large is tried.
    """
    made: list[list[W]] = []
    held: list[set[Hashable]] = []
    refused: list[float] = []
    for part in parts:
        ends = _ends(part)
        size = len(ends) + len(part)
        open_ = [at for at, least in enumerate(refused) if size < least]
        for host in sorted(open_, key=lambda at: not ends & held[at]):
            if fits([*made[host], *part]):
                made[host] += part
                held[host] |= ends
                break
            refused[host] = size
        else:
            made.append(list(part))
            held.append(ends)
            refused.append(math.inf)
    return made


def _ends(ways: Sequence[Way]) -> set[Hashable]:
    return {end for way in ways for end in (way.tail, way.head)}
