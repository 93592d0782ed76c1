"""A talk that others follow: where it is, in each language, and what was changed since somebody looked."""

from __future__ import annotations

import json
import threading
from collections import deque
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager

from conceptdeck.preview.watch import Bell
from conceptdeck.values.value import frozen

__all__ = ["WHOLE", "Stop", "Talk"]

MOST_KEPT = 64  # changes that a slow page is told one by one; what is further behind is told the last one
WHOLE = "whole"  # the step of a slide that is there as a whole


@frozen
class Stop:
    """A slide that a talk passes: what it shows a part of, its clicks, and what the speaker says there.

    That is in lines, each with the direction that it runs in.
    """

    key: str
    slide: str
    clicks: int
    said: tuple[tuple[str, str], ...] = ()


@frozen
class _Where:
    """Where a talk is in a language: the slide, how many of its clicks are over, and all slides that show the same."""

    stop: Stop
    step: int
    parts: tuple[str, ...]


class Talk:
    """A talk in several languages; safe to be asked from many threads."""

    def __init__(self, tours: Mapping[str, Sequence[Stop]], language: str, *, captions: bool = False) -> None:
        """Begin at the first slide; `language` is the speaker's, and every language has a slide at least.

        `changed` rings when the talk goes on, `counted` when it concerns the speaker only.
        """
        self.language = language
        self.changed, self.counted = Bell(), Bell()
        self._tours = {tag: tuple(tour) for tag, tour in tours.items()}
        self._lock = threading.Lock()
        self._at, self._step, self._captions = 0, 0, captions
        self._followers = 0
        self._told: deque[Mapping[str, bytes]] = deque(maxlen=MOST_KEPT)
        self._number = -1
        self._tell()

    @property
    def languages(self) -> tuple[str, ...]:
        """Return the languages in which the talk can be followed."""
        return tuple(self._tours)

    @property
    def followers(self) -> int:
        """Return how many pages follow."""
        return self._followers

    @property
    def captions(self) -> bool:
        """Tell whether followers read what is said."""
        return self._captions

    def steer(self, key: str, step: str) -> bool:
        """Go to a slide of the speaker's and to a step there; tell whether there is one."""
        own = self._tours[self.language]
        at = next((at for at, stop in enumerate(own) if stop.key == key), None)
        is_number = step.isascii() and step.isdigit() and len(step) < 4
        if at is None or not (is_number or step == WHOLE):
            return False
        with self._lock:
            before = self._at, self._step
            self._at, self._step = at, min(int(step), own[at].clicks) if is_number else own[at].clicks
            if before != (self._at, self._step):
                self._tell()
        return True

    def wish(self, *, captions: bool) -> None:
        """Let followers read what is said, or not."""
        with self._lock:
            if captions != self._captions:
                self._captions = captions
                self._tell()
        self.counted.ring()

    def since(self, seen: int, language: str) -> tuple[int, tuple[bytes, ...]]:
        """Return the number of the last change, and all changes after `seen` as a page in a language hears them.

        Who has seen nothing, or is far behind, hears where the talk is now.
        """
        with self._lock:
            behind = self._number - seen
            known = behind if seen >= 0 and behind <= len(self._told) else min(1, behind)
            return self._number, tuple(each[language] for each in list(self._told)[len(self._told) - known :])

    @contextmanager
    def followed(self) -> Iterator[None]:
        """Count a follower inside."""
        self._count(1)
        try:
            yield
        finally:
            self._count(-1)

    def end(self) -> None:
        """Let all who listen go."""
        self.changed.end()
        self.counted.end()

    def _count(self, more: int) -> None:
        with self._lock:
            self._followers += more
        self.counted.ring()

    def _tell(self) -> None:
        """Keep what a page hears of now, in each language."""
        self._number += 1
        own = self._tours[self.language]
        found = {tag: _where(own, self._at, self._step, tour) for tag, tour in self._tours.items()}
        self._told.append({tag: self._event(where) for tag, where in found.items()})
        self.changed.ring()

    def _event(self, where: _Where) -> bytes:
        said = {
            "key": where.stop.key,
            "step": where.step,
            "parts": where.parts,
            "captions": where.stop.said if self._captions else None,
        }
        data = json.dumps(said, ensure_ascii=False, separators=(",", ":"))
        return f"id: {self._number}\nevent: at\ndata: {data}\n\n".encode()


def _where(own: Sequence[Stop], at: int, step: int, other: Sequence[Stop]) -> _Where:
    """Return where a talk is in another language: at the same slide, or at the same share of what is split otherwise.

    What another language does not show at all is the last slide before it that it shows.
    """
    here = own[at]
    parts, theirs = _parts(own, here), _parts(other, here)
    keys = tuple(each.key for each in theirs)
    if not theirs:
        return _where(own, at - 1, own[at - 1].clicks, other) if at else _Where(other[0], other[0].clicks, ())
    if len(parts) == len(theirs):
        stop = theirs[parts.index(here)]
        return _Where(stop, stop.clicks if step == here.clicks else min(step, stop.clicks), keys)
    share = (parts.index(here) + (step / here.clicks if here.clicks else 0)) / len(parts)
    stop = theirs[min(int(share * len(theirs)), len(theirs) - 1)]
    return _Where(stop, stop.clicks, keys)


def _parts(tour: Sequence[Stop], stop: Stop) -> list[Stop]:
    return [each for each in tour if each.slide == stop.slide]
