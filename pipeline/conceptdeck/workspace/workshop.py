"""What was made of files in this process: a command reads a map once, in however many languages it builds it."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Mapping
from pathlib import Path
from typing import Any, TypeVar

from conceptdeck.workspace import disk

__all__ = ["once"]

T = TypeVar("T")

MOST = 12  # things that are kept: a map, its stories and a few themes, also where many maps follow each other

_made: dict[Hashable, tuple[Mapping[Path, str | None], Any]] = {}
"""What was made, with what it was made of; what was of use last stands at the end."""


def once(key: Hashable, make: Callable[[], T]) -> T:
    """Return what `make` gives, made once for as long as all that it read is as it was then.

    Its files are looked at each time, and noted in the log that there is: records name them for every job. What files
    are only supposed to hold is not kept.
    """
    if disk.supposes():
        return make()
    known = (Path.cwd(), key)  # messages show paths from there
    if before := _made.pop(known, None):
        read, found = before
        if all(disk.digest_of(path) == digest for path, digest in read.items()):
            disk.note(read)
            _made[known] = read, found
            kept: T = found
            return kept
    with disk.overheard() as read:
        made = make()
    _made[known] = read, made
    if len(_made) > MOST:
        _made.pop(next(iter(_made)), None)
    return made
