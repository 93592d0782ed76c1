"""Watching: hears of saved files from the system, and tells all pages that are open."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterable
from pathlib import Path

from watchfiles import Change, watch

__all__ = ["Bell", "watch_folders"]

ENDINGS = (".po", ".yaml", ".pptx", ".json")
STEP, DEBOUNCE = 15, 120  # ms: how long it is quiet after the last change, and the longest to wait for that
LOOK_AGAIN = 1_000  # ms between two looks whether folders came or went


class Bell:
    """A count of changes that threads can wait for."""

    def __init__(self) -> None:
        """Begin at no change."""
        self._changed = threading.Condition()
        self._count = 0
        self._ended = False

    @property
    def count(self) -> int:
        """Return how many changes there were."""
        return self._count

    @property
    def ended(self) -> bool:
        """Tell whether there will be no more."""
        return self._ended

    def ring(self) -> None:
        """Tell all who wait that something changed."""
        with self._changed:
            self._count += 1
            self._changed.notify_all()

    def end(self) -> None:
        """Tell all who wait that there will be no more changes."""
        with self._changed:
            self._ended = True
            self._changed.notify_all()

    def wait(self, seen: int, seconds: float) -> int:
        """Return the count as soon as it is not `seen` any more, at the end, or when the time is over."""
        with self._changed:
            self._changed.wait_for(lambda: self._count != seen or self._ended, seconds)
            return self._count


def watch_folders(folders: Callable[[], Iterable[Path]], bell: Bell, stop: threading.Event) -> None:
    """Ring the bell whenever a map, catalog, story or theme in one of the folders is saved, until told to stop.

    Folders are watched without those below them, and may come and go: a map may lie in a home folder.
    """
    known: frozenset[tuple[Path, int]] | None = None
    while not stop.is_set():
        there = _there(folders())
        if known is not None and there != known:
            bell.ring()  # whatever came or went with a folder was not heard of
        known = there
        _watch(there, folders, bell, stop)


def _watch(
    there: frozenset[tuple[Path, int]], folders: Callable[[], Iterable[Path]], bell: Bell, stop: threading.Event
) -> None:
    """Watch folders for as long as they are the right ones."""
    heard = watch(
        *sorted(path for path, _ in there),
        watch_filter=_matters,
        debounce=DEBOUNCE,
        step=STEP,
        stop_event=stop,
        rust_timeout=LOOK_AGAIN,
        yield_on_timeout=True,
        raise_interrupt=False,
        recursive=False,
    )
    for changes in heard:
        if changes:
            bell.ring()
        if _there(folders()) != there:
            return


def _there(folders: Iterable[Path]) -> frozenset[tuple[Path, int]]:
    """Return the folders that there are; one that was replaced by another of its name is not the same."""
    found = set()
    for folder in folders:
        try:
            if folder.is_dir():
                found.add((folder, folder.stat().st_ino))
        except OSError:  # gone between the two questions
            continue
    return frozenset(found)


def _matters(change: Change, path: str) -> bool:
    return path.endswith(ENDINGS)
