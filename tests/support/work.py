"""Work as a number that no other process changes: how many functions are called, how much memory is asked for."""

from __future__ import annotations

import cProfile
import tracemalloc
from collections.abc import Callable

__all__ = ["calls", "megabytes"]


def calls(work: Callable[[], object]) -> int:
    """Return how many calls of functions, in Python and in C, a piece of work takes on this thread."""
    profile = cProfile.Profile()
    profile.enable()
    try:
        work()
    finally:
        profile.disable()
    return sum(each.callcount for each in profile.getstats())


def megabytes(work: Callable[[], object]) -> float:
    """Return the most memory that a piece of work holds at one time, as Python asks for it."""
    tracemalloc.start()
    try:
        work()
        return tracemalloc.get_traced_memory()[1] / 1e6
    finally:
        tracemalloc.stop()
