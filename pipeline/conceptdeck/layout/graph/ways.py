"""Ways of lines between boxes: few pieces that preset connectors draw, clear of every other box.

All is told as if ranks followed each other downwards: a piece leaves upright and arrives upright, unless it is the
quarter of a turn.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence

from conceptdeck.layout.graph.obstacles import Obstacles
from conceptdeck.values.frame import Connector, Stroke
from conceptdeck.values.presets import connector_curves, connector_path
from conceptdeck.values.units import Length, Point, points
from conceptdeck.values.value import frozen

__all__ = ["Gates", "Piece", "led"]

BLOCKED = 1_000  # what a piece through a box costs, in pieces: it is taken if there is no other way
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


def led(stops_at: Sequence[Gates], boxes: Obstacles, besides: Collection[str], bend: int = 0) -> tuple[Piece, ...]:
    """Return the fewest pieces from the first of the gates down to the last that keep clear of `boxes`.

    Those two have a gate at the box that the line joins, which is one of those `besides`, and one at the edge of its
    rank: from there on, one curve to the next gate never meets a box of either rank. A piece that comes down by less
    than `bend` is straight.
    """
    stops = [stop for gates in stops_at for stop in (gates.top, gates.bottom)]
    stops = [stop for at, stop in enumerate(stops) if not at or stop != stops[at - 1]]
    best: list[tuple[int, tuple[Piece, ...]]] = [(0, ())]
    for to in range(1, len(stops)):
        ways = []
        for before in range(to):
            piece = _piece(stops[before], stops[to], bend)
            cost = 1 + (BLOCKED * (to - before) if _is_blocked(piece, boxes, besides) else 0)
            ways.append((best[before][0] + cost, (*best[before][1], piece)))
        best.append(min(ways, key=lambda way: way[0]))
    return best[-1][1]


def _piece(start: Point, end: Point, bend: int) -> Piece:
    level, short = abs(start.x - end.x) <= LEVEL, abs(start.y - end.y) < bend
    kind = "straight" if level or short else "curved"
    return Piece(start, end, kind, upright=True)


def _is_blocked(piece: Piece, boxes: Obstacles, besides: Collection[str]) -> bool:
    """Tell whether a piece comes too close to a box; a piece stays between its ends, so few need a closer look."""
    return boxes.are_near(piece.start, piece.end, besides) and boxes.meet(piece.path, besides)
