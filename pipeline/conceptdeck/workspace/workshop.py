"""What was made of files in this process: a command reads a map once, in however many languages it builds it."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from pathlib import Path
from typing import Any, TypeVar

from conceptdeck.workspace import disk

__all__ = ["lasting", "once", "staying"]

T = TypeVar("T")
Log = dict[Path, str | None]
"""What was read, with its digest."""
Read = Callable[[Path], bytes]

MOST = 12  # things that are kept: a map, its stories and a few themes, also where many maps follow each other

_made: dict[Hashable, tuple[Log, Any]] = {}
"""What was made, with what it was made of; what was of use last stands at the end."""


def once(key: Hashable, make: Callable[[], T]) -> T:
    """Return what `make` gives, made once for as long as all that it read is as it was then.

    Its files are looked at each time, and noted in the log that there is: records name them for every job. What files
    are only supposed to hold is not kept.
    """

    def made(read: Log) -> T:
        with disk.overheard() as heard:
            found = make()
        read |= heard
        return found

    return _kept(key, made)


@contextmanager
def staying() -> Iterator[None]:
    """Keep inside also what is `lasting`: this process will do much the same again, as a preview does."""
    token = _stays.set(True)
    try:
        yield
    finally:
        _stays.reset(token)


_stays: ContextVar[bool] = ContextVar("stays", default=False)


def lasting(key: Hashable, make: Callable[[Read], T]) -> T:
    """Return what `make` gives, which goes on reading by what it is given: as `once` does, but only while `staying`."""
    if not _stays.get():
        return make(disk.read_bytes)

    def made(log: Log) -> T:
        def read(path: Path) -> bytes:
            with disk.overheard() as heard:
                try:
                    return disk.read_bytes(path)
                finally:
                    log.update(heard)

        return make(read)

    return _kept(key, made)


def _kept(key: Hashable, make: Callable[[Log], T]) -> T:
    """Return what was made under a key if all in its log is as it was, else what `make` gives, which fills its log."""
    read: Log = {}
    if disk.supposes():
        return make(read)
    known = (Path.cwd(), key)  # messages show paths from there
    if before := _made.pop(known, None):
        read, found = before
        if all(disk.digest_of(path) == digest for path, digest in read.items()):
            disk.note(read)
            _made[known] = read, found
            kept: T = found
            return kept
        read = {}
    made = make(read)
    _made[known] = read, made
    if len(_made) > MOST:
        _made.pop(next(iter(_made)), None)
    return made
