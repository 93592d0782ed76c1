"""How things look in a drawing that other programs show: colours, corners and the font of a theme."""

from __future__ import annotations

from conceptdeck.values.theme import Theme
from conceptdeck.values.value import frozen

__all__ = ["Dress", "dress_of"]


@frozen
class Dress:
    """The colours of a theme as RRGGBB, its accents in their order, its font, and the radius of corners in pixels."""

    page: str
    card: str
    ink: str
    secondary: str
    accents: tuple[str, ...]
    goal: str
    font: str
    radius: int
    line: float

    def accent(self, number: int) -> str:
        """Return the accent of the group with a number, from 0; after the last one they begin again."""
        return self.accents[number % len(self.accents)]


def dress_of(theme: Theme) -> Dress:
    """Return how a theme's drawings look."""
    colours, numbers = theme.colours, theme.pictures.numbers
    accents = tuple(colour for slot, colour in colours.items() if slot.startswith("accent"))
    return Dress(
        colours["page"],
        colours["card"],
        colours["ink"],
        colours["secondary"],
        accents,
        colours[f"accent{theme.goal}"],
        theme.minor,
        round(numbers["radius"]),
        numbers["line"],
    )
