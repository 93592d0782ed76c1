"""Marks: what a scene is made of, with places in pixels."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import assert_never

from conceptdeck.values.formula import Formula
from conceptdeck.values.frame import Fill, Stroke
from conceptdeck.values.image import Image
from conceptdeck.values.value import frozen

__all__ = [
    "Area",
    "Ellipse",
    "Group",
    "Line",
    "Mark",
    "Path",
    "Piece",
    "Rectangle",
    "Scene",
    "Segment",
    "Window",
    "Words",
    "polygon",
    "segments",
]

KAPPA = 4 / 3 * (math.sqrt(2) - 1)  # a quarter of a circle as a Bézier curve


Segment = tuple[str, tuple[float, ...]]
"""A path command (M, L, C, Z) with its coordinates."""


@frozen
class Rectangle:
    """An upright rectangle with corners of `radius`."""

    x: float
    y: float
    w: float
    h: float
    radius: float = 0.0


@frozen
class Ellipse:
    """An upright ellipse."""

    x: float
    y: float
    rx: float
    ry: float


@frozen
class Path:
    """Any other outline."""

    segments: tuple[Segment, ...]


@frozen
class Area:
    """An outline with its fill and its stroke."""

    outline: Rectangle | Ellipse | Path
    fill: Fill | None = None
    stroke: Stroke | None = None


@frozen
class Piece:
    """Text in one look, `size` in CSS pixels; `href` is an address, the key of a slide, or empty.

    `rise` is how far it stands above its line's baseline, in CSS pixels. `foreign` is its language if it is not that of
    its paragraph. The text of a `formula` is its plain form; in a line with one, each piece tells its `width`.
    """

    text: str
    size: float
    slot: str
    bold: bool
    major: bool
    href: str = ""
    italic: bool = False
    mono: str = ""
    rise: float = 0.0
    underlined: bool = False
    foreign: str = ""
    formula: Formula | None = None
    width: float = 0.0


@frozen
class Line:
    """A line of text on its baseline; `tail` are the spaces at which it was broken from the next line."""

    pieces: tuple[Piece, ...]
    x: float
    y: float
    tail: str = ""


@frozen
class Words:
    """A paragraph: its lines, the side (`l`, `ctr`, `r`) at which `x` holds them, its direction and its language.

    It is `foreign` if that is not the language of what it stands on.
    """

    lines: tuple[Line, ...]
    align: str
    rtl: bool
    language: str
    foreign: bool = False


@frozen
class Window:
    """What is `seen` of an image of which the `whole` would stand where it says."""

    image: Image
    seen: Rectangle
    whole: Rectangle


Mark = Area | Words | Window
"""What painters know. They tell marks apart by `match`, closed by `assert_never`."""


@frozen
class Group:
    """The marks of one thing, under its name."""

    name: str
    marks: tuple[Mark, ...]


@frozen
class Scene:
    """Everything that a picture shows, in the order of painting."""

    width: float
    height: float
    groups: tuple[Group, ...]


def segments(outline: Rectangle | Ellipse | Path) -> tuple[Segment, ...]:
    """Return an outline as a path."""
    match outline:
        case Path():
            return outline.segments
        case Ellipse(x, y, rx, ry):
            return _rounded(x - rx, y - ry, 2 * rx, 2 * ry, rx, ry)
        case Rectangle(x, y, w, h, radius):
            if radius:
                return _rounded(x, y, w, h, radius, radius)
            return polygon(((x, y), (x + w, y), (x + w, y + h), (x, y + h)))
        case _:
            assert_never(outline)


def _rounded(x: float, y: float, w: float, h: float, rx: float, ry: float) -> tuple[Segment, ...]:
    """Return a rectangle whose corners are quarters of an ellipse."""
    kx, ky, right, bottom = rx * (1 - KAPPA), ry * (1 - KAPPA), x + w, y + h
    return (
        ("M", (x + rx, y)),
        ("L", (right - rx, y)),
        ("C", (right - kx, y, right, y + ky, right, y + ry)),
        ("L", (right, bottom - ry)),
        ("C", (right, bottom - ky, right - kx, bottom, right - rx, bottom)),
        ("L", (x + rx, bottom)),
        ("C", (x + kx, bottom, x, bottom - ky, x, bottom - ry)),
        ("L", (x, y + ry)),
        ("C", (x, y + ky, x + kx, y, x + rx, y)),
        ("Z", ()),
    )


def polygon(corners: Sequence[tuple[float, float]]) -> tuple[Segment, ...]:
    """Return the outline through `corners`, closed."""
    return (("M", corners[0]), *(("L", corner) for corner in corners[1:]), ("Z", ()))
