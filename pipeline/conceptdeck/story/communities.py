"""Communities: concepts that are more closely joined to each other than to the rest (Blondel and others' Louvain way).

Nothing is drawn by lot: concepts are taken in their order, so the same map always falls into the same communities.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence

from conceptdeck.values.network import Edge

__all__ = ["communities", "degrees"]

PASSES = 20  # over all nodes, of one round; they hardly ever need as many

Weights = dict[int, Counter[int]]
"""How often each node is joined to each other one, by both; within itself twice as often."""


def degrees(edges: Sequence[Edge]) -> Counter[str]:
    """Return how many edges each concept has."""
    return Counter(end for edge in edges for end in (edge.tail, edge.head))


def communities(ids: Sequence[str], edges: Sequence[Edge]) -> list[list[str]]:
    """Return the concepts in communities, the largest first, within each the busiest first."""
    number = {id_: at for at, id_ in enumerate(ids)}
    weights: Weights = {at: Counter() for at in number.values()}
    for edge in edges:
        tail, head = number[edge.tail], number[edge.head]
        weights[tail][head] += 1
        weights[head][tail] += 1
    home = list(range(len(ids)))
    while True:
        moved = _moved(weights)
        home = [moved[each] for each in home]
        joined = _joined(weights, moved)
        if len(joined) == len(weights):
            break
        weights = joined
    busy = degrees(edges)
    found: dict[int, list[str]] = {}
    for id_, each in zip(ids, home, strict=True):
        found.setdefault(each, []).append(id_)
    return sorted((sorted(each, key=lambda id_: -busy[id_]) for each in found.values()), key=lambda each: -len(each))


def _moved(weights: Weights) -> dict[int, int]:
    """Return the community of each node after each has gone where it is joined to most, above what chance would do."""
    home = {node: node for node in weights}
    own = {node: near.total() for node, near in weights.items()}
    total = dict(own)
    whole = sum(own.values())
    for _ in range(PASSES):
        still = True
        for node, near in weights.items():
            before = home[node]
            total[before] -= own[node]
            joined: Counter[int] = Counter()
            for other, count in near.items():
                if other != node:
                    joined[home[other]] += count
            gains = {each: whole * count - own[node] * total[each] for each, count in joined.items()}
            best = max(gains, key=lambda each: gains[each], default=before)
            stays = best == before or gains[best] <= gains.get(before, -own[node] * total[before])
            home[node] = before if stays else best
            total[home[node]] += own[node]
            still = still and home[node] == before
        if still:
            break
    return home


def _joined(weights: Weights, home: Mapping[int, int]) -> Weights:
    """Return the communities as nodes."""
    found: Weights = {each: Counter() for each in dict.fromkeys(home.values())}
    for node, near in weights.items():
        for other, count in near.items():
            found[home[node]][home[other]] += count
    return found
