"""Ways of lines between boxes: few pieces that preset connectors draw, clear of every other box.

All is told as if ranks followed each other downwards: a piece leaves upright and arrives upright, unless it is the
quarter of a turn.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

from conceptdeck.values.frame import Connector, Stroke
from conceptdeck.values.presets import connector_curves, connector_path
from conceptdeck.values.units import Box, Length, Point, points
from conceptdeck.values.value import frozen

__all__ = ["Gates", "Piece", "led"]

BLOCKED = 1_000  # what a piece through a box costs, in pieces: it is taken if there is no other way
CLEAR = points(2)  # what is kept free around foreign boxes
LEVEL = points(0.5)  # ends that are less apart stand in line
UNSEEN = Stroke("ink", Length(0))


@frozen
class Piece:
    """A part of a line that one connector draws: `straight`, `curved` or a `quarter` of a turn."""

    start: Point
    end: Point
    kind: str
    upright: bool

    def turned(self) -> Piece:
        """Return the piece drawn from its end."""
        return Piece(self.end, self.start, self.kind, self.upright != (self.kind == "quarter"))

    def transposed(self) -> Piece:
        """Return the piece in a graph that is read from left to right."""
        start, end = (Point(y, x) for x, y in (self.start, self.end))
        return Piece(start, end, self.kind, not self.upright)

    @property
    def curves(self) -> list[tuple[Point, ...]]:
        """Return the piece as cubic Bézier curves."""
        return [
            tuple(Point(Length(round(x)), Length(round(y))) for x, y in curve) for curve in connector_curves(self._line)
        ]

    @property
    def path(self) -> tuple[Point, ...]:
        """Return points along the piece."""
        return connector_path(self._line)

    @property
    def _line(self) -> Connector:
        """Return the connector that draws the piece, glued to nothing."""
        return Connector("", self.kind, self.start, self.end, ("", 0), ("", 0), UNSEEN, upright=self.upright)


@frozen
class Gates:
    """A place that a line passes on its way down: where it comes in, and where it goes on."""

    top: Point
    bottom: Point


def led(start: Gates, through: Sequence[Gates], end: Gates, boxes: Sequence[Box], bend: int = 0) -> tuple[Piece, ...]:
    """Return the fewest pieces from `start` down to `end` that keep clear of `boxes`.

    Both have a gate at the box that the line joins, and one at the edge of its rank: from there on, one curve to the
    next gate never meets a box of either rank. A piece that comes down by less than `bend` is straight.
    """
    stops = [start.top, start.bottom]
    for gates in through:
        stops += [gates.top, gates.bottom]
    stops += [end.top, end.bottom]
    stops = [stop for at, stop in enumerate(stops) if not at or stop != stops[at - 1]]
    best: list[tuple[int, tuple[Piece, ...]]] = [(0, ())]
    for to in range(1, len(stops)):
        ways = []
        for before in range(to):
            piece = _piece(stops[before], stops[to], bend)
            cost = 1 + (BLOCKED * (to - before) if _is_blocked(piece, boxes) else 0)
            ways.append((best[before][0] + cost, (*best[before][1], piece)))
        best.append(min(ways, key=lambda way: way[0]))
    return best[-1][1]


def _piece(start: Point, end: Point, bend: int) -> Piece:
    level, short = abs(start.x - end.x) <= LEVEL, abs(start.y - end.y) < bend
    kind = "straight" if level or short else "curved"
    return Piece(start, end, kind, upright=True)


def _is_blocked(piece: Piece, boxes: Sequence[Box]) -> bool:
    """Tell whether a piece comes too close to a box."""
    left, right = sorted((piece.start.x, piece.end.x))
    top, bottom = sorted((piece.start.y, piece.end.y))
    around = Box(left, top, Length(right - left + 1), Length(bottom - top + 1)).inset(-CLEAR)
    near = [box.inset(-CLEAR) for box in boxes if around.overlaps(box)]
    path = piece.path if near else ()
    return any(_enters(one, other, box) for one, other in pairwise(path) for box in near)


def _enters(one: Point, other: Point, box: Box) -> bool:
    """Tell whether the straight line between two points enters a box (Liang and Barsky's clipping)."""
    first, last = 0.0, 1.0
    for start, step, low, high in _sides(one, other, box):
        if not step:
            if not low < start < high:
                return False
            continue
        near, far = sorted(((low - start) / step, (high - start) / step))
        first, last = max(first, near), min(last, far)
    return first < last


def _sides(one: Point, other: Point, box: Box) -> Iterator[tuple[int, int, int, int]]:
    yield one.x, other.x - one.x, box.x, box.right
    yield one.y, other.y - one.y, box.y, box.bottom
