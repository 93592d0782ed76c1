"""Paths of edges that are not routed by Graphviz."""

from __future__ import annotations

from conceptdeck.values.units import Length, Point

__all__ = ["elbow", "straight", "upright"]


def elbow(start: Point, trunk: Length, end: Point, radius: int) -> tuple[Point, ...]:
    """Return a path from `start` level to the vertical at `trunk`, along it, and level to `end`, its corners round."""
    radius = min(radius, abs(end.y - start.y) // 2, abs(trunk - start.x), abs(trunk - end.x))
    down = radius if end.y > start.y else -radius
    side = radius if trunk > start.x else -radius
    back = radius if trunk > end.x else -radius
    first, last = Point(trunk, start.y), Point(trunk, end.y)
    stops = (
        start,
        Point(Length(trunk - side), start.y),
        Point(trunk, Length(start.y + down)),
        Point(trunk, Length(end.y - down)),
        Point(Length(trunk - back), end.y),
        end,
    )
    path = [start]
    path += _line(stops[0], stops[1])
    path += [first, first, stops[2]]
    path += _line(stops[2], stops[3])
    path += [last, last, stops[4]]
    path += _line(stops[4], stops[5])
    return tuple(path)


def straight(start: Point, end: Point) -> tuple[Point, ...]:
    """Return a straight path."""
    return (start, *_line(start, end))


def upright(start: Point, end: Point, radius: int) -> tuple[Point, ...]:
    """Return a path from `start` straight down, and level to `end` round a corner if that lies beside it."""
    if start.x == end.x:
        return straight(start, end)
    radius = min(radius, abs(end.y - start.y), abs(end.x - start.x))
    bend = Point(start.x, end.y)
    foot = Point(start.x, Length(end.y - (radius if end.y > start.y else -radius)))
    side = Point(Length(start.x + (radius if end.x > start.x else -radius)), end.y)
    return (start, *_line(start, foot), bend, bend, side, *_line(side, end))


def _line(start: Point, end: Point) -> list[Point]:
    """Return a straight piece as the three points of a cubic Bézier curve that follow its start."""
    return [
        Point(Length(start.x + (end.x - start.x) * i // 3), Length(start.y + (end.y - start.y) * i // 3))
        for i in (1, 2, 3)
    ]
