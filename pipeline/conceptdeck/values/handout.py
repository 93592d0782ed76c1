"""Hand-outs: pages at their final size, with slides and the lines of notes at their places."""

from __future__ import annotations

from conceptdeck.values.frame import Frame, Stroke
from conceptdeck.values.theme import Role
from conceptdeck.values.units import Box, Length, Size
from conceptdeck.values.value import frozen

__all__ = ["Handout", "Note", "NoteLine", "Part", "Sheet"]


@frozen
class NoteLine:
    """A line of notes, and where its pitch begins."""

    text: str
    top: Length


@frozen
class Note:
    """A paragraph, or what of it stands on a page: lines in the look of a role, held at `x` by their side `align`.

    `foreign` is its language if it is another one than the `language` of the hand-out.
    """

    lines: tuple[NoteLine, ...]
    role: Role
    x: Length
    align: str
    rtl: bool
    language: str
    foreign: str = ""


@frozen
class Part:
    """What a page shows of one slide: its place, unless its notes go on here, and its notes."""

    frame: Frame
    place: Box | None
    notes: tuple[Note, ...] = ()


@frozen
class Sheet:
    """A page: the slides on it with their notes, and what stands at its foot."""

    parts: tuple[Part, ...]
    foot: tuple[Note, ...] = ()


@frozen
class Handout:
    """The pages in order, all of one size; slides that are smaller than their page have an edge."""

    size: Size
    sheets: tuple[Sheet, ...]
    edge: Stroke | None = None
