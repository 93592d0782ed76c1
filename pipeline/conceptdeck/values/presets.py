"""Preset shapes: connection sites, text areas, and the paths of connectors."""

from __future__ import annotations

import math
from collections.abc import Sequence
from functools import cache

from conceptdeck.values.frame import Connector, Route
from conceptdeck.values.units import Box, Length, Point

__all__ = ["bezier", "connection_site", "connector_curves", "connector_path", "route_path", "site_count", "text_area"]

ROUND_INSET = 0.29289  # 1 - cos 45°


ELLIPSE_SITES = ((4, 0), (1, 1), (0, 4), (1, 7), (4, 8), (7, 7), (8, 4), (7, 1))


RECTANGLE_SITES = ((4, 0), (0, 4), (4, 8), (8, 4))


def site_count(preset: str) -> int:
    """Return how many connection sites a preset has."""
    return len(ELLIPSE_SITES if preset == "ellipse" else RECTANGLE_SITES)


def connection_site(preset: str, box: Box, index: int) -> Point:
    """Return the place of a connection site; an ellipse has eight, a rectangle four, both from the top, leftwards.

    The order is that of `cxnLst` in ECMA-376 presetShapeDefinitions.
    """
    if preset == "ellipse" and index % 2:
        # sites on the diagonals lie on the curve: cos 45° of the radius away from the centre
        dx, dy = (round(side / 2 * math.sqrt(0.5)) for side in (box.w, box.h))
        signs = {1: (-1, -1), 3: (-1, 1), 5: (1, 1), 7: (1, -1)}[index]
        return Point(Length(box.centre.x + signs[0] * dx), Length(box.centre.y + signs[1] * dy))
    eighths = (ELLIPSE_SITES if preset == "ellipse" else RECTANGLE_SITES)[index]
    return Point(Length(box.x + box.w * eighths[0] // 8), Length(box.y + box.h * eighths[1] // 8))


Curve = tuple[tuple[float, float], ...]
"""A cubic Bézier curve: its start, two places that draw it, and its end."""


CURVES: dict[str, tuple[Curve, ...]] = {  # presetShapeDefinitions, in shares of the way along and across the start
    "straight": (((0.0, 0.0), (1 / 3, 1 / 3), (2 / 3, 2 / 3), (1.0, 1.0)),),
    "curved": (  # curvedConnector3 with its adjustment at one half
        ((0.0, 0.0), (0.25, 0.0), (0.5, 0.25), (0.5, 0.5)),
        ((0.5, 0.5), (0.5, 0.75), (0.75, 1.0), (1.0, 1.0)),
    ),
    "quarter": (((0.0, 0.0), (0.5, 0.0), (1.0, 0.5), (1.0, 1.0)),),  # curvedConnector2
}


CURVE_SAMPLES = 16


def connector_curves(line: Connector) -> tuple[Curve, ...]:
    """Return a connector as cubic Bézier curves in EMU; one whose ends lie level with each other is straight."""
    dx, dy = line.end.x - line.start.x, line.end.y - line.start.y
    curves = CURVES[line.kind if dx and dy else "straight"]
    if line.upright:
        curves = tuple(tuple((across, along) for along, across in curve) for curve in curves)
    return tuple(tuple((line.start.x + dx * x, line.start.y + dy * y) for x, y in curve) for curve in curves)


def connector_path(line: Connector) -> tuple[Point, ...]:
    """Return points along a connector from start to end, close enough to tell what it touches."""
    places = (bezier(curve, i / CURVE_SAMPLES) for curve in connector_curves(line) for i in range(CURVE_SAMPLES + 1))
    return tuple(Point(Length(round(x)), Length(round(y))) for x, y in places)


def bezier(part: Sequence[tuple[float, float]], t: float) -> tuple[float, float]:
    """Return the place on a cubic Bézier curve after the share `t` of it."""
    (x0, y0), (x1, y1), (x2, y2), (x3, y3) = part
    a, b, c, d = _weights(t)
    return a * x0 + b * x1 + c * x2 + d * x3, a * y0 + b * y1 + c * y2 + d * y3


@cache
def _weights(t: float) -> tuple[float, float, float, float]:
    """Return what each point of a curve counts after the share `t` of it: curves are looked at at few places."""
    return (1 - t) ** 3, 3 * (1 - t) ** 2 * t, 3 * (1 - t) * t**2, t**3


def text_area(preset: str, box: Box, radius: int = 0) -> Box:
    """Return where a preset's text may stand: within an ellipse, or clear of round corners (presetShapeDefinitions)."""
    if preset == "ellipse":
        inset = (1 - math.sqrt(0.5)) / 2
        return box.inset(round(box.w * inset), round(box.h * inset))
    if preset == "roundRect":
        return box.inset(round(radius * ROUND_INSET))
    return box


def route_path(route: Route) -> tuple[Point, ...]:
    """Return points along a route from start to end, close enough to tell what it touches."""
    curves = [route.points[i : i + 4] for i in range(0, len(route.points) - 1, 3)]
    steps = [(curve, i / CURVE_SAMPLES) for curve in curves for i in range(CURVE_SAMPLES + 1)]
    return tuple(Point(*(Length(round(value)) for value in bezier(curve, t))) for curve, t in steps)
