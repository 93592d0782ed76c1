"""Places, rectangles, outlines and lines of slides, in points: what lies within what, and what crosses what."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple, assert_never

from conceptdeck.values.frame import (
    Connector,
    Route,
    Shape,
)
from conceptdeck.values.items import around
from conceptdeck.values.presets import connector_curves, route_path
from conceptdeck.values.units import EMU_PER_POINT, Box

__all__ = [
    "ROUND",
    "TOLERANCE",
    "Place",
    "Rect",
    "around_line",
    "crosses",
    "curve_of",
    "outline_holds",
    "rect_of",
    "straddles",
]

TOLERANCE = 1.0
STEPS = 16  # straight pieces for each half of a curve
WEIGHTS = tuple(
    ((1 - t) ** 3, 3 * t * (1 - t) ** 2, 3 * t**2 * (1 - t), t**3)
    for t in (step / STEPS for step in range(1, STEPS + 1))
)
"""How much each of the four points of a cubic curve counts, at the end of each piece."""
ROUND = 1 - math.sqrt(0.5)  # how far a quarter of a circle stays away from its corner, in radii


class Place(NamedTuple):
    """A place on the slide."""

    x: float
    y: float


class Rect(NamedTuple):
    """An upright rectangle by its edges."""

    left: float
    top: float
    right: float
    bottom: float

    @property
    def width(self) -> float:
        """Return the distance from left to right."""
        return self.right - self.left

    @property
    def height(self) -> float:
        """Return the distance from top to bottom."""
        return self.bottom - self.top

    @property
    def centre(self) -> Place:
        """Return the middle."""
        return Place((self.left + self.right) / 2, (self.top + self.bottom) / 2)

    @property
    def corners(self) -> tuple[Place, ...]:
        """Return the four corners."""
        return tuple(Place(x, y) for x in (self.left, self.right) for y in (self.top, self.bottom))

    def shrunk(self, left: float, top: float, right: float, bottom: float) -> Rect:
        """Return the rectangle with something taken off each side."""
        return Rect(self.left + left, self.top + top, self.right - right, self.bottom - bottom)

    def inset(self, by: float) -> Rect:
        """Return the rectangle with `by` taken off all sides."""
        return self.shrunk(by, by, by, by)

    def meets(self, other: Rect) -> bool:
        """Tell whether the two share more than the tolerance each way."""
        left, top, right, bottom = self
        its_left, its_top, its_right, its_bottom = other
        return (  # asked of each pair on a slide: comparing is quicker than finding the least and the greatest
            right - its_left > TOLERANCE
            and its_right - left > TOLERANCE
            and bottom - its_top > TOLERANCE
            and its_bottom - top > TOLERANCE
            and right - left > TOLERANCE
            and its_right - its_left > TOLERANCE
            and bottom - top > TOLERANCE
            and its_bottom - its_top > TOLERANCE
        )

    def holds(self, other: Rect) -> bool:
        """Tell whether `other` lies within, give or take the tolerance."""
        return (
            self.left - TOLERANCE <= other.left
            and self.top - TOLERANCE <= other.top
            and other.right <= self.right + TOLERANCE
            and other.bottom <= self.bottom + TOLERANCE
        )


def rect_of(box: Box) -> Rect:
    """Return a box in points."""
    left, top = box.x / EMU_PER_POINT, box.y / EMU_PER_POINT
    return Rect(left, top, left + box.w / EMU_PER_POINT, top + box.h / EMU_PER_POINT)


# --- outlines ------------------------------------------------------------------------------------


def outline_holds(shape: Shape, rect: Rect, at: Place) -> bool:
    """Tell whether a point lies within a shape that fills `rect`."""
    if not (rect.left <= at.x <= rect.right and rect.top <= at.y <= rect.bottom):
        return False
    return shape.preset != "ellipse" or _from_centre(rect, at) <= 1


def straddles(ink: Rect, shape: Shape, rect: Rect) -> bool:
    """Tell whether `ink` lies partly within and partly outside a shape that fills `rect`."""
    if not ink.meets(rect):
        return False
    if shape.preset != "ellipse":
        return not rect.holds(ink)
    core = ink.inset(min(TOLERANCE, ink.width / 2, ink.height / 2))
    middle = rect.centre
    nearest = Place(min(max(middle.x, core.left), core.right), min(max(middle.y, core.top), core.bottom))
    farthest = max(_from_centre(rect, corner) for corner in core.corners)
    return _from_centre(rect, nearest) < 1 < farthest


def _from_centre(rect: Rect, at: Place) -> float:
    """Return how far a point is from the middle of the ellipse in `rect`: 1 on the curve."""
    if not rect.width or not rect.height:
        return math.inf
    middle = rect.centre
    return math.hypot((at.x - middle.x) * 2 / rect.width, (at.y - middle.y) * 2 / rect.height)


# --- connectors ----------------------------------------------------------------------------------


def _bezier(a: Place, b: Place, c: Place, d: Place) -> Iterator[Place]:
    """Yield points of a cubic curve, from just after `a` to `d`."""
    for p, q, r, s in WEIGHTS:
        yield Place(p * a.x + q * b.x + r * c.x + s * d.x, p * a.y + q * b.y + r * c.y + s * d.y)


def curve_of(line: Connector | Route) -> tuple[Place, ...]:
    """Return points along a line, close enough to join them straight."""
    match line:
        case Connector():
            return _connector_curve(line)
        case Route():
            return tuple(map(_place, route_path(line)))
        case _:
            assert_never(line)


def _connector_curve(line: Connector) -> tuple[Place, ...]:
    start, end = _place(line.start), _place(line.end)
    if line.kind == "straight" or start.y == end.y or start.x == end.x:
        return start, end
    curves = ([_place(point) for point in curve] for curve in connector_curves(line))
    return (start, *(place for a, b, c, d in curves for place in _bezier(a, b, c, d)))


def _place(point: tuple[float, ...]) -> Place:
    return Place(point[0] / EMU_PER_POINT, point[1] / EMU_PER_POINT)


def around_line(line: Connector | Route) -> Rect:
    """Return the rectangle around a line."""
    match line:
        case Connector():
            return rect_of(around((line.start, line.end)))
        case Route():
            return rect_of(around(line.points))
        case _:
            assert_never(line)


def crosses(curve: Sequence[Place], around: Rect, rect: Rect, *, ellipse: bool = False) -> bool:
    """Tell whether a line through the points of `curve` enters `rect`, or the ellipse in it."""
    if rect.width <= 0 or rect.height <= 0:
        return False
    if around.right < rect.left or rect.right < around.left or around.bottom < rect.top or rect.bottom < around.top:
        return False
    enters = _enters_ellipse if ellipse else _enters
    return any(enters(a, b, rect) for a, b in pairwise(curve))


def _enters(a: Place, b: Place, rect: Rect) -> bool:
    """Tell whether the line from `a` to `b` and `rect` share a point (Liang and Barsky's clipping)."""
    first, last = 0.0, 1.0
    sides = ((a.x, b.x - a.x, rect.left, rect.right), (a.y, b.y - a.y, rect.top, rect.bottom))
    for start, step, low, high in sides:
        if not step:
            if not low <= start <= high:
                return False
            continue
        near, far = sorted(((low - start) / step, (high - start) / step))
        first, last = max(first, near), min(last, far)
    return first <= last


def _enters_ellipse(a: Place, b: Place, rect: Rect) -> bool:
    """Tell whether the line from `a` to `b` enters the ellipse in `rect`."""
    middle = rect.centre
    # on a circle of radius 1 around the origin
    ax, ay = (a.x - middle.x) * 2 / rect.width, (a.y - middle.y) * 2 / rect.height
    dx, dy = (b.x - a.x) * 2 / rect.width, (b.y - a.y) * 2 / rect.height
    length = dx * dx + dy * dy
    share = min(max(-(ax * dx + ay * dy) / length, 0.0), 1.0) if length else 0.0
    return math.hypot(ax + share * dx, ay + share * dy) < 1
