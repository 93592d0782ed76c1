"""Widths of the columns of a table: each at its least, and then shifted about for as long as that saves room."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

__all__ = ["at_least", "improved"]

ROUNDS = 8  # of shifting width between columns


def at_least(widths: list[int], least: list[int], total: int) -> list[int]:
    """Return the widths with each at its least, the rest sharing what remains; they add up to `total`."""
    short = [i for i, (w, m) in enumerate(zip(widths, least, strict=True)) if w < m]
    if short and sum(least) <= total:
        rest = total - sum(least[i] for i in short)
        free = sum(w for i, w in enumerate(widths) if i not in short) or 1
        widths = [least[i] if i in short else max(least[i], widths[i] * rest // free) for i in range(len(widths))]
    widest = widths.index(max(widths))
    widths[widest] += total - sum(widths)
    return widths


def improved(widths: list[int], least: list[int], unit: int, cost: Callable[[list[int]], Any]) -> list[int]:
    """Return the widths after moving a unit of width between columns for as long as that lowers the cost."""
    best, known = widths, cost(widths)
    for _ in range(ROUNDS):
        moves = [
            [w + unit * ((i == to) - (i == out)) for i, w in enumerate(best)]
            for out in range(len(best))
            for to in range(len(best))
            if out != to and best[out] - unit >= least[out]
        ]
        found = min(((cost(move), move) for move in moves), default=(known, best))
        if found[0] >= known:
            break
        known, best = found
    return best
