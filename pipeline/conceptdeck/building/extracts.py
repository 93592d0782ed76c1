"""What translators get of a map: its strings, and where and in what room each stands."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from conceptdeck.translation.catalog import SOURCE_LANGUAGE, Catalog, sources, updated, with_field
from conceptdeck.translation.names import is_proper, proper_names
from conceptdeck.values.cldr import specimen
from conceptdeck.values.model import ConceptMap
from conceptdeck.values.text import Text
from conceptdeck.values.value import frozen
from conceptdeck.workspace.house import House, house
from conceptdeck.workspace.loading import font_book, read_map_file, read_theme

if TYPE_CHECKING:  # commands that plan no slides have no use for them
    from conceptdeck.building.appearances import Appearance
    from conceptdeck.building.rooms import Letters
    from conceptdeck.values.theme import Theme

__all__ = ["Extract", "extracted", "letters_of", "places_of"]

OF_CODE = frozenset("<>{}=/@")  # characters that plain words do not have
MOST_PLACED = 6000  # texts; the shipped maps have some hundreds


@frozen
class Extract:
    """The strings of a map, and where each appears, in the deck and the diagrams of a theme."""

    map: ConceptMap
    places: Mapping[str, Appearance]
    theme: Theme
    house: House

    @property
    def strings(self) -> tuple[Text, ...]:
        """Return the strings that can be translated, in the map's order."""
        return sources(self.map)

    def brought_up_to_date(self, catalog: Catalog) -> Catalog:
        """Return a catalog for the strings as they are now, with what those who translate them should know."""
        tag = catalog.language
        made = updated(catalog, self.strings, self.notes(tag), self.limits(tag))
        return with_field(made, SOURCE_LANGUAGE, self.map.language)

    def notes(self, tag: str) -> dict[str, str]:
        """Return what those who translate into a language should know about each string, by key."""
        from conceptdeck.building.appearances import translator_notes

        letters = letters_of(tag, self.theme, self.house)
        return translator_notes(self.map, self.places, proper_names(self.map), letters)

    def limits(self, tag: str) -> dict[str, int]:
        """Return the most letters that each string may have in a language, by key, as far as its places limit it.

        What may be a name, an address or code is measured in the letters of the map as well, in which it may stay.
        """
        from conceptdeck.building.rooms import most_letters

        told, own = (letters_of(each, self.theme, self.house) for each in (tag, self.map.language))
        found = {
            text.key: most_letters(self.places[text.key].spaces, [told, own] if _may_stay(text.value) else [told])
            for text in self.strings
            if text.key in self.places
        }
        return {key: most for key, most in found.items() if most}


def _may_stay(text: str) -> bool:
    """Tell whether a text may be the same in another language: as a name, an address or code."""
    return is_proper(text) or not OF_CODE.isdisjoint(text)


def letters_of(tag: str, theme: Theme, around: House) -> Letters:
    """Return the usual letters of a language in a theme, whose fonts are sought in a house."""
    from conceptdeck.building.rooms import Letters

    return Letters(tag, theme, font_book(theme.set_in(tag), around), specimen(tag))


def extracted(map_file: Path) -> Extract:
    """Return what translators get of a map, whose deck and diagrams are planned once."""
    from conceptdeck.building.jobs import DeckJob, default

    concept_map, _ = read_map_file(map_file)
    around = house(map_file)
    theme = read_theme(default(DeckJob, "theme"), around=around)
    return Extract(concept_map, places_of(map_file, concept_map), theme, around)


def places_of(map_file: Path, concept_map: ConceptMap) -> dict[str, Appearance]:
    """Return where each text of a map appears, which takes a plan of its deck and of its diagrams.

    Of a map with very many texts no plan is made: nobody translates those one by one, and it takes minutes.
    """
    if len(sources(concept_map)) > MOST_PLACED:
        return {}
    from conceptdeck.building.appearances import appearances
    from conceptdeck.building.deck import plan_deck
    from conceptdeck.building.diagrams import plan_diagrams
    from conceptdeck.building.jobs import DeckJob, DiagramsJob

    plan = plan_deck(DeckJob(map_file))
    drawings = plan_diagrams(DiagramsJob(map_file)).drawings
    return appearances(concept_map, plan.frames, drawings, plan.deck.properties)
