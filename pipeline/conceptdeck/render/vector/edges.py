"""Edges: connectors and routes as curves with their arrowheads."""

from __future__ import annotations

from collections.abc import Sequence

from conceptdeck.render.vector.marks import Area, Mark, Path, Segment, polygon
from conceptdeck.values import presets
from conceptdeck.values.frame import (
    Connector,
    Fill,
    Route,
    Stroke,
)
from conceptdeck.values.units import EMU_PER_PIXEL, Point

__all__ = ["connector_curves", "edge_marks", "route_curves"]

OVERLAP = 0.1  # share of an arrowhead that its line reaches into, so that no gap shows


ARROW_WIDTHS = 3  # DrawingML's arrowheads of medium length, in widths of their line


DRAWN_IN_ARROW = 24  # steps in which the place is looked for where an arrowhead begins


Curve = tuple[complex, complex, complex, complex]
"""A cubic Bézier curve; its points are complex numbers, x + iy."""


def route_curves(route: Route) -> list[Curve]:
    """Return the curves of a route."""
    places = [_complex(point) for point in route.points]
    return [(places[i], places[i + 1], places[i + 2], places[i + 3]) for i in range(0, len(places) - 1, 3)]


def connector_curves(line: Connector) -> list[Curve]:
    """Return the curves of a connector."""
    made = [[complex(x, y) / EMU_PER_PIXEL for x, y in curve] for curve in presets.connector_curves(line)]
    return [(a, b, c, d) for a, b, c, d in made]


def _complex(point: Point) -> complex:
    return complex(point.x.px, point.y.px)


def edge_marks(curves: list[Curve], stroke: Stroke, arrow: bool, length: float) -> tuple[Mark, ...]:
    """Return an edge, and if it has one the arrowhead at its end, as long as wide, in which the line ends."""
    if not arrow:
        return (Area(Path(_open_path(curves)), None, stroke),)
    tip = curves[-1][3]
    back = _before(curves, length)
    base = back[-1][3] if back else curves[0][0]
    along = (tip - base) / (abs(tip - base) or 1)
    foot = tip - along * length
    head = [tip, foot + along * 1j * length / 2, foot - along * 1j * length / 2]
    line = _before(curves, length * (1 - OVERLAP))
    marks: list[Mark] = [Area(Path(_open_path(line)), None, stroke)] if line else []
    triangle = polygon([(corner.real, corner.imag) for corner in head])
    return (*marks, Area(Path(triangle), Fill(stroke.slot, stroke.alpha)))


def _before(curves: list[Curve], distance: float) -> list[Curve]:
    """Return the curves up to where they come within `distance` of their end for good."""
    tip = curves[-1][3]
    for index in range(len(curves) - 1, -1, -1):
        curve = curves[index]
        if abs(curve[0] - tip) <= distance:
            continue
        low, high = 0.0, 1.0  # the curve is farther away at `low`, not at `high`
        for _ in range(DRAWN_IN_ARROW):
            middle = (low + high) / 2
            low, high = (middle, high) if abs(_split(curve, middle)[3] - tip) > distance else (low, middle)
        return [*curves[:index], _split(curve, low)]
    return []


def _split(curve: Curve, t: float) -> Curve:
    """Return the part of a curve up to `t` (de Casteljau)."""
    a, b, c, d = curve
    ab, bc, cd = a + (b - a) * t, b + (c - b) * t, c + (d - c) * t
    abc, bcd = ab + (bc - ab) * t, bc + (cd - bc) * t
    return a, ab, abc, abc + (bcd - abc) * t


def _open_path(curves: Sequence[Curve]) -> tuple[Segment, ...]:
    start = curves[0][0]
    bends = tuple(("C", tuple(value for point in curve[1:] for value in (point.real, point.imag))) for curve in curves)
    return (("M", (start.real, start.imag)), *bends)
