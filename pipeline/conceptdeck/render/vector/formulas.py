"""Lines that have formulas, as SVG: texts and outlines beside each other, each at its place."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from itertools import groupby
from typing import NamedTuple

from conceptdeck.render.vector.marks import Line, Path, Piece, Segment, Words
from conceptdeck.typeset.formulas import drawn

__all__ = ["Stretch", "formula_path", "has_formulas", "parted"]

SHARES = {"l": 0.0, "ctr": 0.5, "r": 1.0}  # of a line's width, how much of it stands left of where it is held


class Stretch(NamedTuple):
    """What stands beside each other in a line: a formula from `x` on, or a text that begins there.

    A text beside formulas takes its `room` in any font.
    """

    formula: Piece | None
    text: Words | None
    x: float
    y: float
    room: float = 0.0


def has_formulas(words: Words) -> bool:
    """Tell whether a paragraph has a formula."""
    return any(piece.formula for line in words.lines for piece in line.pieces)


def parted(words: Words) -> Iterator[Stretch]:
    """Yield the stretches of a paragraph in the order in which it is read."""
    for line in words.lines:
        yield from _stretches(words, line)


def _stretches(words: Words, line: Line) -> Iterator[Stretch]:
    width = sum(piece.width for piece in line.pieces)
    x = line.x - width * SHARES[words.align] + width * words.rtl
    runs = [(held, tuple(some)) for held, some in groupby(line.pieces, key=lambda piece: bool(piece.formula))]
    for number, (is_formula, pieces) in enumerate(runs, start=1):
        for some in ((each,) for each in pieces) if is_formula else (pieces,):
            room = sum(piece.width for piece in some)
            x -= room * words.rtl
            if is_formula:
                yield Stretch(some[0], None, x, line.y)
            else:
                tail = line.tail if number == len(runs) else ""
                start = x + room * words.rtl  # a text from the right begins at its right end
                held = Line(tuple(replace(each, width=0.0) for each in some), start, line.y, tail)
                side = "r" if words.rtl else "l"
                kept = 0.0 if tail else room
                yield Stretch(None, replace(words, lines=(held,), align=side), x, line.y, kept)
            x += room * (not words.rtl)


def formula_path(piece: Piece, x: float, y: float) -> Path:
    """Return the outline of a formula that begins at `x` on a baseline."""
    assert piece.formula
    return Path(tuple(_placed(drawn(piece.formula).outline, x, y, piece.size)))


def _placed(outline: Iterable[Segment], x: float, y: float, size: float) -> Iterator[Segment]:
    """Yield an outline in ems at its place, its quadratic curves as cubic ones."""
    at = (0.0, 0.0)
    for name, values in outline:
        points = tuple(y - each * size if odd % 2 else x + each * size for odd, each in enumerate(values))
        if name == "Q":
            (x0, y0), (x1, y1, x2, y2) = at, points
            points = (
                x0 + (x1 - x0) * 2 / 3,
                y0 + (y1 - y0) * 2 / 3,
                x2 + (x1 - x2) * 2 / 3,
                y2 + (y1 - y2) * 2 / 3,
                x2,
                y2,
            )
            name = "C"
        yield name, points
        at = (points[-2], points[-1]) if points else at
