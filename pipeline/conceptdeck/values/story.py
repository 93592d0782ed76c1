"""Stories: which slides are shown, in which order, and for how long."""

from __future__ import annotations

from enum import Enum

from conceptdeck.values.diagnostics import Span
from conceptdeck.values.value import frozen

__all__ = ["Beat", "Density", "Story"]


class Density(Enum):
    """How much a slide shows: everything, or what a speaker does not say."""

    READ = "read"
    TALK = "talk"


@frozen
class Beat:
    """Slides of a story, by the name of their kind or by key, and the minutes planned for each."""

    selector: str
    minutes: float
    span: Span = Span()


@frozen
class Story:
    """Groups of beats in the order of telling; the beats of one group are told in the order of the map.

    All of it may take `minutes`, or any time if these are 0.
    """

    id: str
    density: Density
    groups: tuple[tuple[Beat, ...], ...]
    span: Span = Span()
    minutes: float = 0.0
