"""Parts of graphs that are too large to be read at once: connected ones, then what is around the busiest nodes."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Callable, Hashable, Sequence
from typing import Protocol, TypeVar

__all__ = ["parted"]


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
    whole = _connected(ways)
    found = [part for each in whole for part in _split(each, fits)]
    return [_in_order(part, ways) for part in _merged(found, fits)]


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


def _split(ways: list[W], fits: Callable[[Sequence[W]], bool]) -> list[list[W]]:
    """Return connected edges in parts that fit: what is around the busiest node, then the rest in the same way."""
    if len(ways) == 1 or fits(ways):
        return [ways]
    degree = Counter(end for way in ways for end in (way.tail, way.head))
    hub = max(degree, key=lambda id_: degree[id_])  # the first of several
    order = _outwards(ways, hub)
    count = _longest(order, fits)
    own = sum(hub in (way.tail, way.head) for way in ways)
    if count < own:  # its own edges fill several parts, alike
        parts = math.ceil(own / count)
        size = math.ceil(own / parts)
        first = [order[at : at + size] for at in range(0, own, size)]
        count = own
    else:
        first = [order[:count]]
    rest = _connected(order[count:])
    return [*first, *(part for each in rest for part in _split(each, fits))]


def _outwards(ways: Sequence[W], hub: str) -> list[W]:
    """Return the edges from the hub outwards: its own, those between what they lead to, then those of the next."""
    at: dict[str, list[W]] = {}
    for way in ways:
        for end in {way.tail: None, way.head: None}:
            at.setdefault(end, []).append(way)
    reached, done = [hub], dict[int, W]()
    for id_ in reached:
        for way in at[id_]:
            done.setdefault(id(way), way)
            reached += [end for end in (way.tail, way.head) if end not in reached]
        inside = (way for other in reached for way in at[other] if way.tail in reached and way.head in reached)
        done |= {id(way): way for way in inside if id(way) not in done}
    return list(done.values())


def _longest(ways: Sequence[W], fits: Callable[[Sequence[W]], bool]) -> int:
    """Return how many of the first edges fit, one at the least."""
    low, high = 1, len(ways)
    while high - low > 1:
        middle = (low + high) // 2
        low, high = (middle, high) if fits(ways[:middle]) else (low, middle)
    return low


def _merged(parts: list[list[W]], fits: Callable[[Sequence[W]], bool]) -> list[list[W]]:
    """Return the parts, each joined to an earlier one that has room for it, at best one of the same nodes."""
    made: list[list[W]] = []
    for part in parts:
        ends = _ends(part)
        near = sorted(range(len(made)), key=lambda at: not ends & _ends(made[at]))
        host = next((at for at in near if fits([*made[at], *part])), None)
        if host is None:
            made.append(part)
        else:
            made[host] = [*made[host], *part]
    return made


def _ends(ways: Sequence[Way]) -> set[Hashable]:
    return {end for way in ways for end in (way.tail, way.head)}


def _in_order(part: Sequence[W], ways: Sequence[W]) -> list[W]:
    """Return the edges of a part in the order of all."""
    own = {id(way) for way in part}
    return [way for way in ways if id(way) in own]
