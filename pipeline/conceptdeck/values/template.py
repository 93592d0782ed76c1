"""Templates of others: which of their layouts slides of each kind take, and what colours mean there."""

from __future__ import annotations

from collections.abc import Mapping

from conceptdeck.values.units import Box, Length
from conceptdeck.values.value import frozen

__all__ = ["Holder", "SchemeColour", "Template", "Tie"]


@frozen
class Holder:
    """A placeholder of a template's layout, as it is there: its own or what it takes from its master.

    One that is `added` is put into the layout, which lacks it or has it elsewhere, when a deck is built.
    """

    type: str
    idx: int
    box: Box
    anchor: str = "t"
    align: str = "l"
    size: float = 0.0  # points; 0 is that of our own role
    bold: bool = False
    margins: tuple[Length, Length, Length, Length] = (Length(0), Length(0), Length(0), Length(0))
    added: bool = False


@frozen
class Tie:
    """A layout of a template by the name of its part (`slideLayout3`), and its placeholders by what we call them."""

    layout: str
    holders: Mapping[str, Holder]


@frozen
class SchemeColour:
    """A colour of a template's scheme, by the name that its colour map gives it, made darker or lighter.

    `mod` and `off` multiply and shift its luminance, in percent (CT_SchemeColor, `lumMod` and `lumOff`).
    """

    name: str
    mod: float = 100.0
    off: float = 0.0


@frozen
class Template:
    """A presentation that decks are built on: its file, ties by the key of our layouts, and its colours by our slots.

    `others` is the tie of all layouts that have none of their own.
    """

    file: str
    ties: Mapping[str, Tie]
    others: Tie
    scheme: Mapping[str, SchemeColour]

    def tie(self, layout: str) -> Tie:
        """Return the layout of the template that slides in one of our layouts take."""
        return self.ties.get(layout, self.others)
