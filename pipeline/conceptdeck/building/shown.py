"""What no output shows: texts of a map, and translations of them."""

from __future__ import annotations

from collections.abc import Collection
from pathlib import Path

from conceptdeck.building.appearances import appearances
from conceptdeck.building.deck import Plan, plan_deck
from conceptdeck.building.diagrams import Sheet
from conceptdeck.building.jobs import DeckJob
from conceptdeck.checks.content import shown_nowhere
from conceptdeck.checks.silence import silenced
from conceptdeck.checks.translations import unshown
from conceptdeck.reading.excerpts import with_excerpts
from conceptdeck.values.diagnostics import Diagnostic, Failure
from conceptdeck.values.frame import Drawing
from conceptdeck.values.model import ConceptMap
from conceptdeck.values.text import texts
from conceptdeck.workspace import places
from conceptdeck.workspace.loading import read_catalog, read_map_file, read_stories_file

__all__ = ["check_shown"]


def check_shown(map_file: Path, plan: Plan, sheet: Sheet) -> tuple[Diagnostic, ...]:
    """Return the texts of a map, and of its catalogs, that no story and no diagram shows.

    `plan` is a deck of the map in any language, of any story, and `sheet` has its diagrams. Raises Failure if the map
    cannot be planned.
    """
    concept_map, quoted = read_map_file(map_file)
    shown = _shown(map_file, concept_map, plan, sheet.drawings)
    found = list[Diagnostic]()
    for text in quoted.values():
        found += with_excerpts(silenced(shown_nowhere(concept_map, shown), text), quoted)
    for tag in places.catalogs_beside(map_file):
        try:
            catalog, _ = read_catalog(map_file, tag)
        except Failure:  # the rules on catalogs report it
            continue
        found += unshown(catalog, concept_map, shown)
    return tuple(found)


def _shown(map_file: Path, concept_map: ConceptMap, plan: Plan, drawings: tuple[Drawing, ...]) -> Collection[str]:
    """Return the keys of what is shown; decks of other stories are planned only if `plan` leaves something out."""
    shown = _keys(concept_map, plan, drawings)
    stories = dict.fromkeys(each.id for path in places.stories_beside(map_file) for each in read_stories_file(path)[0])
    for story in stories:
        if all(text.key in shown for text in texts(concept_map)):
            break
        shown |= _keys(concept_map, plan_deck(DeckJob(map_file, story=story)))
    return shown


def _keys(concept_map: ConceptMap, plan: Plan, drawings: tuple[Drawing, ...] = ()) -> set[str]:
    found = appearances(concept_map, plan.frames, drawings, plan.deck.properties)
    return {key for key, each in found.items() if each.slides or each.notes or each.diagrams or each.properties}
