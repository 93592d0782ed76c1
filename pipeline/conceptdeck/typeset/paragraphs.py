"""Measure paragraphs once for all sizes, and break them into lines."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from functools import cached_property, lru_cache
from itertools import pairwise
from typing import NamedTuple
from unicodedata import east_asian_width

from conceptdeck.typeset.breaks import (
    is_katakana,
    is_wide,
)
from conceptdeck.typeset.fonts import Shaped
from conceptdeck.values.value import frozen

__all__ = ["NARROWER", "SCRIPT_SPACE", "Line", "Paragraph", "Spaced", "Unit", "cut", "gaps_in"]

KATAKANA_DOT = "・"
SCRIPT_SPACE = 0.25
NARROWER = 1 - 1e-9  # what a line's width is multiplied by for the line to break


class Line(NamedTuple):
    """One line as broken: its text without the spaces at its end, its width in ems, and with what comes next.

    What comes next is measured as several kinds of programs do, that which takes least room first (`reaches`). `start`
    is where the line starts in its paragraph.
    """

    text: str
    width: float
    reaches: tuple[float, ...] = ()
    start: int = 0


class Unit(NamedTuple):
    """A piece of text that never breaks: where it starts, and where it ends but for spaces."""

    start: int
    visible_end: int


@frozen
class Spaced(Shaped):
    """How far a text reaches with room between its scripts: before the characters that `gaps` tells."""

    gaps: tuple[bool, ...] = ()

    def between(self, start: int, end: int) -> float:
        """Return the width in ems of a line from `start` up to `end`: nothing is free at its start."""
        free = self.spare(start) if start < end else 0.0
        return self.positions[end] - self.positions[start] - free

    def spare(self, start: int) -> float:
        """Return the room before the character at `start`, which a line that starts there leaves out."""
        return SCRIPT_SPACE if self.gaps[start] else 0.0


@frozen(cached=True)
class Paragraph:
    """A text without hard breaks, measured once for all sizes.

    `words` are the smallest units there are; `phrases` are those a reader likes best. Phrases too wide for a line are
    broken into `runs` of one script, and only those that are too wide themselves into the smallest units. Every program
    breaks between `sure` units.

    `programs` are the ways in which programs may see it: how far it reaches, and which units they never break. The
    first puts most on a line, the last breaks as it is broken here.
    """

    text: str
    shaped: Shaped
    phrases: tuple[Unit, ...]
    runs: tuple[Unit, ...]
    words: tuple[Unit, ...]
    sure: tuple[Unit, ...]
    programs: tuple[tuple[Shaped, tuple[Unit, ...]], ...]
    widest_phrase: float
    widest_word: float

    def widest(self) -> Line:
        """Return the unbreakable unit that takes most room, as a line of its own."""
        lines = (self._line(*unit) for unit in self.words)
        return max(lines, key=lambda line: line.width, default=Line("", 0.0))

    def lines(self, limit: float) -> tuple[Line, ...] | None:
        """Break the paragraph into lines of at most `limit` ems; None if a word is wider."""
        if not self.words:
            return (Line("", 0.0),)
        if self.widest_word > limit:
            return None
        units: Sequence[Unit] = self.phrases
        if self.widest_phrase > limit:
            units = self._broken(self._broken(units, self.runs, limit), self.words, limit)
        return tuple(self._fill(units, limit))

    def narrower(self, lines: Sequence[Line], limit: float) -> tuple[Line, ...] | None:
        """Return as many lines of less width; None if that takes more lines, or breaks phrases that `limit` holds."""
        narrow = max(line.width for line in lines) * NARROWER
        found = self.lines(narrow) if self.widest_phrase <= narrow or self.widest_phrase > limit else None
        return found if found and len(found) == len(lines) and not self.is_split(narrow) else None

    def is_split(self, limit: float) -> bool:
        """Tell whether lines of at most `limit` ems break within runs."""
        return self.widest_phrase > limit and any(self.shaped.between(*unit) > limit for unit in self.runs)

    def filled(self, limit: float) -> tuple[Line, ...] | None:
        """Break the paragraph as programs do: each line as full as it may be; None if a word is wider than `limit`."""
        if not self.words:
            return (Line("", 0.0),)
        if self.widest_word > limit:
            return None
        units: Sequence[Unit] = self.sure
        if self._widest_sure > limit:
            units = self._broken(units, self.words, limit)
        return tuple(self._fill(units, limit))

    def unsure(self, lines: Sequence[Line]) -> int:
        """Return how many of the lines start where some program never breaks."""
        return sum([line.start not in self._sure_starts for line in lines[1:]])

    def faults(self, lines: Sequence[Line]) -> tuple[int, int]:
        """Return how many of the lines break words of katakana, and how badly phrases are broken.

        A phrase broken between scripts counts one, within a script two.
        """
        starts = [line.start for line in lines[1:]]
        broken = [at for at in starts if at not in self._phrase_starts]
        return sum(_splits(self.text, at) for at in broken), sum(2 - (at in self._run_starts) for at in broken)

    @cached_property
    def _phrase_starts(self) -> frozenset[int]:
        return frozenset([unit.start for unit in self.phrases])

    @cached_property
    def _run_starts(self) -> frozenset[int]:
        return frozenset([unit.start for unit in self.runs])

    @cached_property
    def _sure_starts(self) -> frozenset[int]:
        return frozenset([unit.start for unit in self.sure])

    @cached_property
    def _widest_sure(self) -> float:
        return self.widest_word if self.sure is self.words else max([self.shaped.between(*unit) for unit in self.sure])

    def _broken(self, units: Sequence[Unit], finer: Sequence[Unit], limit: float) -> list[Unit]:
        """Return the units, with those wider than `limit` broken into `finer` ones."""
        found: list[Unit] = []
        for unit in units:
            if self.shaped.between(*unit) <= limit:
                found.append(unit)
            else:
                low, high = (bisect_left(finer, (bound,)) for bound in unit)
                found += finer[low:high]
        return found

    def _fill(self, units: Sequence[Unit], limit: float) -> Iterator[Line]:
        """Yield lines, each with as many units as it holds."""
        positions = self.shaped.positions
        start, end = units[0]
        before, spare = positions[start], self.shaped.spare(start)
        for following, visible_end in units[1:]:
            if positions[visible_end] - before - spare > limit:  # as `between` says, for which a call would take longer
                yield self._line(start, end, self._reaches(start, following))
                start = following
                before, spare = positions[start], self.shaped.spare(start)
            end = visible_end
        yield self._line(start, end)

    def _line(self, start: int, end: int, reaches: tuple[float, ...] = ()) -> Line:
        """Return the characters from `start` up to `end` as a line."""
        return Line(self.text[start:end], self.shaped.between(start, end), reaches, start)

    def _reaches(self, start: int, following: int) -> tuple[float, ...]:
        """Return for each kind of program the width from `start` to the end of what it may put behind `following`."""
        if following not in self._sure_starts:  # programs break there if not even the next character fits
            return tuple(shaped.between(start, following + 1) for shaped, _ in self.programs)
        return tuple(
            shaped.between(start, units[bisect_left(units, (following + 1,)) - 1].visible_end)
            for shaped, units in self.programs
        )


def gaps_in(text: str) -> tuple[bool, ...]:
    """Tell before which characters a wide and a narrow one meet; quotation marks and dashes are as their text."""
    kinds = [None, *(_kind(char) for char in text)]
    return tuple(None not in pair and pair[0] != pair[1] for pair in pairwise(kinds))


@lru_cache(maxsize=4096)
def _kind(char: str) -> bool | None:
    """Return whether `char` is wide, None for a space or what is as its text."""
    return None if char.isspace() or east_asian_width(char) == "A" else is_wide(char)


def cut(text: str, offsets: Sequence[int]) -> tuple[Unit, ...]:
    """Cut `text` at `offsets`."""
    bounds = pairwise((0, *offsets, len(text))) if text else ()
    return tuple(Unit(start, start + len(text[start:end].rstrip())) for start, end in bounds)


def _splits(text: str, at: int) -> bool:
    """Tell whether a break at `at` is within a word of katakana."""
    return is_katakana(text[at - 1]) and is_katakana(text[at]) and text[at - 1] != KATAKANA_DOT
