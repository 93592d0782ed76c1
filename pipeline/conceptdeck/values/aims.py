"""What concepts want, each on one of two sides if the map has these: a part of the model."""

from __future__ import annotations

from enum import Enum

from conceptdeck.values.text import Ref, Text, about
from conceptdeck.values.value import frozen

__all__ = ["Aim", "Aims", "Side", "Sides"]


class Side(Enum):
    """On which of two sides something is, or on both."""

    LEFT = "left"
    BOTH = "both"
    RIGHT = "right"


@frozen(kw_only=True)
class Aim:
    """What one concept wants."""

    id: str
    key: str
    concept: Ref = about("The concept.", to="concepts")
    wants: Text = about("What it wants, as a short phrase.")
    side: Side | None = about("Which of the `sides` it concerns, or `both`.", default=None)


@frozen(kw_only=True)
class Sides:
    """Two sides that things are told apart by, such as the digital and the physical."""

    left: Text = about("The name of the one side, where reading starts.")
    right: Text = about("The name of the other side.")


@frozen(kw_only=True)
class Aims:
    """What each concept wants, side by side."""

    title: Text | None = about("The slide's message.", default=None)
    notes: Text | None = about("What the speaker says.", default=None)
    sides: Sides | None = about("Two sides: the slide shows each aim on its own, or where they overlap.", default=None)
    items: tuple[Aim, ...] = about("One entry a concept.")
