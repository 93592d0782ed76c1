"""What the tests of languages share: decks and pictures of translated maps, planned once."""

from functools import cache
from unittest import mock

from conceptdeck.building.deck import DeckJob, Plan, deck_parts, plan_deck
from conceptdeck.building.diagrams import DiagramsJob, Sheet, plan_diagrams
from support.decks import SHIPPED

__all__ = ["parts_of", "planned", "planned_from_the_left", "shown", "shown_from_the_left"]


@cache
def planned(language: str, theme: str = "atlas", zooms: bool = False) -> Plan:
    """Return the shipped map's deck in a language, up to its frames."""
    return plan_deck(DeckJob(SHIPPED, theme, locale=language, zooms=zooms))


@cache
def planned_from_the_left(language: str, theme: str = "atlas", zooms: bool = False) -> Plan:
    """Return the same deck as if its language were read from the left."""
    with (
        mock.patch("conceptdeck.layout.is_rtl", return_value=False),
        mock.patch("conceptdeck.layout.zooms.is_rtl", return_value=False),
    ):
        return plan_deck(DeckJob(SHIPPED, theme, locale=language, zooms=zooms))


@cache
def parts_of(language: str, theme: str = "atlas") -> dict[str, bytes]:
    """Return the parts of the deck's file."""
    return deck_parts(planned(language, theme))


@cache
def shown(language: str) -> Sheet:
    """Return the shipped map's pictures in a language."""
    return plan_diagrams(DiagramsJob(SHIPPED, locale=language))


@cache
def shown_from_the_left(language: str) -> Sheet:
    """Return the same pictures as if their language were read from the left."""
    with mock.patch("conceptdeck.layout.pictures.is_rtl", return_value=False):
        return plan_diagrams(DiagramsJob(SHIPPED, locale=language))
