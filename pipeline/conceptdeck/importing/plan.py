"""What a map will say, decided but not written: concepts with ids, groups of them, relations between them."""

from __future__ import annotations

from conceptdeck.values.outline import NOTHING, Leftover, Wording
from conceptdeck.values.value import frozen

__all__ = ["PlannedConcept", "PlannedGroup", "PlannedMap", "PlannedRelation"]


@frozen(kw_only=True)
class PlannedConcept:
    """A concept of the map."""

    id: str
    name: Wording
    description: Wording = NOTHING
    points: tuple[Wording, ...] = ()
    notes: Wording = NOTHING
    link: str = ""
    traits: tuple[tuple[str, str], ...] = ()
    synonyms: Wording = NOTHING


@frozen(kw_only=True)
class PlannedGroup:
    """A group of concepts, by their ids, and its parts."""

    id: str
    name: Wording
    summary: Wording = NOTHING
    notes: Wording = NOTHING
    concepts: tuple[str, ...] = ()
    parts: tuple[PlannedGroup, ...] = ()


@frozen(kw_only=True)
class PlannedRelation:
    """A relation between two concepts, by their ids."""

    source: str
    target: str
    phrase: Wording = NOTHING
    arrow: bool = True
    dashed: bool = False


@frozen(kw_only=True)
class PlannedMap:
    """All that the map will say."""

    title: Wording
    subtitle: Wording = NOTHING
    core_sentence: Wording = NOTHING
    cover_meta: str = ""
    cover_notes: Wording = NOTHING
    focus: str = ""
    tags: tuple[str, ...] = ()
    concepts: tuple[PlannedConcept, ...] = ()
    groups: tuple[PlannedGroup, ...] = ()
    relations: tuple[PlannedRelation, ...] = ()
    left: tuple[Leftover, ...] = ()
