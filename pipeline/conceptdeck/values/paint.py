"""Flat colours, lines, and signs, which are nothing but these: parts of frames and drawings."""

from __future__ import annotations

from conceptdeck.values.icons import GRID, Drawn
from conceptdeck.values.units import Box, Length
from conceptdeck.values.value import frozen

__all__ = ["Fill", "Sign", "Stroke"]


@frozen
class Fill:
    """A flat colour: a slot and its opacity, 0 to 1."""

    slot: str
    alpha: float = 1.0


@frozen
class Stroke:
    """A line: a slot, a width and an opacity. The ends and corners of a `round` one are round."""

    slot: str
    width: Length
    alpha: float = 1.0
    dashed: bool = False
    round: bool = False


@frozen
class Sign:
    """The icon of the element whose key is `of`, or a code that phones read, in one colour, as large as its box.

    The name of an element always stands beside its icon, so that says nothing to those who do not see it; a code has
    an `alt` text, and leads where its `link` says. `click` is as with shapes.
    """

    name: str
    icon: Drawn
    box: Box
    slot: str
    of: str = ""
    click: int = 0
    alt: str = ""
    link: str = ""

    @property
    def scale(self) -> float:
        """Return how large a unit of the icon's grid is, in EMU; the grid stands in the middle of the box."""
        return min(self.box.w, self.box.h) / GRID

    @property
    def stroke(self) -> Stroke | None:
        """Return how the icon's lines are drawn, if it has any."""
        width = Length(round(self.icon.width * self.scale))
        return Stroke(self.slot, width, round=self.icon.round) if self.icon.lines else None
