"""Lengths and boxes, in English Metric Units (EMU), the unit of Office Open XML."""

from __future__ import annotations

from typing import NamedTuple

from conceptdeck.values.value import frozen

__all__ = ["Box", "Length", "Point", "Size", "inches", "pixels", "points"]

EMU_PER_INCH = 914_400
MM_PER_INCH = 25.4
EMU_PER_POINT = 12_700
EMU_PER_PIXEL = 9_525  # a CSS pixel is 1/96 inch


class Length(int):
    """A length as a whole number of EMU."""

    __slots__ = ()

    @property
    def pt(self) -> float:
        """Return the length in points."""
        return self / EMU_PER_POINT

    @property
    def px(self) -> float:
        """Return the length in CSS pixels."""
        return self / EMU_PER_PIXEL

    @property
    def mm(self) -> float:
        """Return the length in millimetres."""
        return self.inches * MM_PER_INCH

    @property
    def inches(self) -> float:
        """Return the length in inches."""
        return self / EMU_PER_INCH


def inches(value: float) -> Length:
    """Return `value` inches as a length."""
    return Length(round(value * EMU_PER_INCH))


def points(value: float) -> Length:
    """Return `value` points as a length."""
    return Length(round(value * EMU_PER_POINT))


def pixels(value: float) -> Length:
    """Return `value` CSS pixels as a length."""
    return Length(round(value * EMU_PER_PIXEL))


class Point(NamedTuple):
    """A place on the slide, measured from its top left corner."""

    x: Length
    y: Length


class Size(NamedTuple):
    """A width and a height."""

    w: Length
    h: Length


@frozen
class Box:
    """An upright rectangle: left, top, width and height."""

    x: Length
    y: Length
    w: Length
    h: Length

    @property
    def right(self) -> Length:
        """Return the x of the right edge."""
        return Length(self.x + self.w)

    @property
    def bottom(self) -> Length:
        """Return the y of the lower edge."""
        return Length(self.y + self.h)

    @property
    def centre(self) -> Point:
        """Return the middle of the box."""
        return Point(Length(self.x + self.w // 2), Length(self.y + self.h // 2))

    def square(self, side: Length) -> Box:
        """Return the square with a `side` in the middle of the box."""
        return Box(Length(self.centre.x - side // 2), Length(self.centre.y - side // 2), side, side)

    def inset(self, dx: int, dy: int | None = None) -> Box:
        """Return the box with `dx` taken off left and right, and `dy` (or `dx`) off top and bottom."""
        dy = dx if dy is None else dy
        return Box(Length(self.x + dx), Length(self.y + dy), Length(self.w - 2 * dx), Length(self.h - 2 * dy))

    def moved(self, dx: int = 0, dy: int = 0) -> Box:
        """Return the box shifted by `dx` and `dy`."""
        return Box(Length(self.x + dx), Length(self.y + dy), self.w, self.h)

    def mirrored(self, width: int) -> Box:
        """Return the box as it stands on a page `width` wide that is read from the right."""
        return Box(Length(width - self.x - self.w), self.y, self.w, self.h)

    def overlaps(self, other: Box) -> bool:
        """Tell whether the two boxes share some area."""
        return self.x < other.right and other.x < self.right and self.y < other.bottom and other.y < self.bottom

    def holds(self, other: Box) -> bool:
        """Tell whether `other` lies within this box."""
        return self.x <= other.x and self.y <= other.y and other.right <= self.right and other.bottom <= self.bottom
