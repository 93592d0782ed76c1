"""Icons: drawings in one colour on a square grid, which stand beside the name of what they are a sign of."""

from __future__ import annotations

from conceptdeck.values.diagnostics import Span
from conceptdeck.values.value import frozen

__all__ = ["GRID", "Drawn", "Icon", "Segment", "scaled"]

GRID = 24  # units of an icon's side

Segment = tuple[str, tuple[float, ...]]
"""A path command (M, L, C, Z) with its coordinates."""


@frozen
class Drawn:
    """What an icon shows, in units of its grid: lines of one `width`, and areas, whose holes run the other way round.

    The ends and corners of lines are `round`, or square.
    """

    lines: tuple[Segment, ...]
    areas: tuple[tuple[Segment, ...], ...] = ()
    width: float = 0.0
    round: bool = True


@frozen
class Icon:
    """The icon of an element as its author names it, and what it shows; nothing while nobody has looked it up."""

    name: str
    span: Span = Span()
    drawn: Drawn | None = None


def scaled(segments: tuple[Segment, ...], x: float, y: float, scale: float) -> tuple[Segment, ...]:
    """Return a path of the grid with its corner at (x, y) and `scale` units for one of the grid."""
    corner = (x, y)
    return tuple(
        (name, tuple(corner[at % 2] + value * scale for at, value in enumerate(values))) for name, values in segments
    )
