"""Stamps: what the system says of a file, all of which a change of the file changes.

A file that stands as it did when it was read has the bytes that were read: its digest need not be taken again. That is
how Git knows what to look at (https://git-scm.com/docs/racy-git). A file that was changed within the tick of a clock
in which it was read could stand as before; so a stamp is trusted only if what it is kept in was written well after the
last change of the file. Windows keeps no time of changes that programs cannot set: there nothing is trusted.
"""

from __future__ import annotations

import os
from pathlib import Path

from conceptdeck.values.value import frozen

__all__ = ["Stamp", "is_settled", "remember", "remembered", "stamp_of", "still_stands"]

TICK = 2_000_000_000  # ns: that of the coarsest file system
LARGE = 16_384  # bytes: a smaller file is read as fast as it is asked about
IS_TOLD = os.name != "nt"

Stamp = tuple[int, int, int, int]


@frozen
class _Read:
    """A digest of a file, and how the file stood when it was read."""

    digest: str
    stamp: Stamp


_read: dict[Path, _Read] = {}  # how large files stood when this process read them


def stamp_of(found: os.stat_result) -> Stamp:
    """Return what tells of a change: a file's size, the times of its changes, and which file it is."""
    return found.st_size, found.st_mtime_ns, found.st_ctime_ns, found.st_ino


def remember(path: Path, digest: str, found: os.stat_result) -> None:
    """Keep how a file stood before it was read, if it is a large one."""
    if found.st_size >= LARGE:
        _read[path] = _Read(digest, stamp_of(found))


def remembered(path: Path, digest: str | None) -> Stamp | None:
    """Return how a file stood when it was read and had this digest, None if that is not known."""
    found = _read.get(path)
    return found.stamp if found and found.digest == digest else None


def still_stands(path: Path, stamp: object, kept_at: int) -> bool:
    """Tell whether a file stands as its stamp says, which was kept at a time in nanoseconds."""
    if not isinstance(stamp, list):
        return False
    try:
        found = path.stat()
    except (OSError, ValueError):
        return False
    return [*stamp_of(found)] == stamp and is_settled(kept_at, found.st_ctime_ns)


def is_settled(kept_at: int, changed_at: int) -> bool:
    """Tell whether something was kept so long after a change that nothing can have changed in between unseen."""
    return IS_TOLD and kept_at - changed_at >= TICK
