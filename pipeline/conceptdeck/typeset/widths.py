"""Find the width at which the lines of a box break where a reader likes it, and programs break them alike."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from conceptdeck.typeset.breaks import (
    is_lone,
    is_phrased,
    is_wide,
)
from conceptdeck.typeset.paragraphs import NARROWER, Line, Paragraph
from conceptdeck.values.units import EMU_PER_POINT, Length

__all__ = ["ORPHAN_SHARE", "SAFETY", "WIDELY", "Held", "ends_short", "hold", "least_reaches", "sure_kind"]

ORPHAN_SHARE = 0.20  # of the longest line: what a last line should have, and twice as much if it is one word
SAFETY = 0.98  # LibreOffice now and then breaks a word early: one line in sixty
WIDELY = 3  # kinds of programs, of those in `_programs`, that lines of Chinese and Japanese should be sure of
WIDE_WINDOW = 0.05  # of the longest line: what balanced lines should have
SAFE_WINDOW = 0.02  # of the longest line: where there is less, Arabic with the spaces of another font breaks elsewhere
LEAST_WINDOW = 0.01  # of the longest line: by half of it, either way, fonts may differ and lines break the same


class Held(NamedTuple):
    """The lines of paragraphs at one width of their box, and how far they please.

    `reaches` say how wide the box may be until programs of each kind break elsewhere. Some lines are `unsure` to break,
    some split words, some last lines are a `lone` character or a short word, and phrases are broken. Lines are
    `tight` if slightly wider or narrower letters would break them elsewhere, and 2 if spaces alone would.
    """

    lines: tuple[tuple[Line, ...], ...]
    extent: float
    reaches: tuple[float, ...]
    unsure: int
    splits: int
    lone: int
    short: int
    broken: int
    tight: int

    @property
    def score(self) -> tuple[int, ...]:
        """Return what is wrong, the worst first."""
        kind, kinds = sure_kind(self.reaches, self.extent), len(self.reaches)
        return (
            int(kind == kinds) + min(self.unsure, 1),
            self.splits,
            self.lone,
            int(kind > max(0, kinds - WIDELY)),
            self.short,
            self.broken,
            kind,
        )


def sure_kind(reaches: Sequence[float], extent: float) -> int:
    """Return from which kind of programs on the lines are sure to be held, the number of kinds if there is none."""
    return next((at for at, reach in enumerate(reaches) if reach >= extent * (1 + LEAST_WINDOW)), len(reaches))


def least_reaches(lines: Iterable[tuple[Line, float]]) -> tuple[float, ...]:
    """Return the least reach of lines, each times its size, for each kind of program."""
    wrapping = [[reach * size for reach in line.reaches] for line, size in lines if line.reaches]
    return tuple(map(min, zip(*wrapping, strict=True))) if wrapping else (math.inf,)


def ends_short(lines: Sequence[Line]) -> bool:
    """Tell whether a text in words ends in a line that is nearly empty, or in one short word."""
    if len(lines) < 2:
        return False
    longest, last = max(line.width for line in lines), lines[-1]
    words = " " in last.text or is_wide(last.text[:1] or " ")
    return last.width < longest * ORPHAN_SHARE * (1 if words else 2)


def hold(parts: Sequence[tuple[Paragraph, float]], width: Length, lang: str, *, balanced: bool = False) -> Held | None:
    """Break paragraphs of given sizes at the best width, `width` at most, at which they take the fewest lines.

    The widest one is best, but if they shall be `balanced` the narrowest: there the lines are about as long as each
    other.
    """
    best: Held | None = None
    phrased = is_phrased(lang)
    limit = width * SAFETY
    while True:
        lines = [each.filled(limit / (size * EMU_PER_POINT)) for each, size in parts]
        made = tuple(each for each in lines if each is not None)
        if len(made) < len(parts) or (best and [*map(len, made)] != [*map(len, best.lines)]):
            return best
        found = _judged(parts, made, phrased=phrased)
        if best is None or _is_better(found, best, balanced=balanced):
            best = found
        if max(map(len, made)) == 1 or (not balanced and not any(best.score)) or found.extent <= 0:
            return best
        limit = found.extent * NARROWER


def _is_better(found: Held, best: Held, *, balanced: bool) -> bool:
    """Tell whether narrower lines please more than the best so far: no running text is made tight for a short word."""
    if balanced:
        return (*found.score, found.tight) <= (*best.score, best.tight)
    return (found._replace(short=best.short) if found.tight else found).score < best.score


def _judged(parts: Sequence[tuple[Paragraph, float]], lines: tuple[tuple[Line, ...], ...], *, phrased: bool) -> Held:
    """Return broken paragraphs with what is wrong with them."""
    sized = [(line, size * EMU_PER_POINT) for (_, size), each in zip(parts, lines, strict=True) for line in each]
    extent = max(line.width * size for line, size in sized)
    if len(sized) == len(lines):  # nothing wraps
        return Held(lines, extent, (math.inf,), 0, 0, 0, 0, 0, 0)
    reaches = least_reaches(sized)
    faults = [part.faults(each) for (part, _), each in zip(parts, lines, strict=True)] if phrased else []
    lone = sum(len(each) > 1 and is_lone(each[-1].text) for each in lines) if phrased else 0
    short = 0 if phrased else sum(map(ends_short, lines))
    unsure = sum(part.unsure(each) for (part, _), each in zip(parts, lines, strict=True)) if phrased else 0
    tight = sum(min(reaches) < extent * (1 + window) for window in (WIDE_WINDOW, SAFE_WINDOW))
    splits, broken = sum(a for a, _ in faults), sum(b for _, b in faults)
    return Held(lines, extent, reaches, unsure, splits, lone, short, broken, tight)
