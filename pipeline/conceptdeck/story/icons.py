"""The signs of a map: what its elements have as theirs, wherever they occur."""

from __future__ import annotations

from collections.abc import Iterator

from conceptdeck.values.groups import Subgroup
from conceptdeck.values.icons import Drawn
from conceptdeck.values.model import Concept, ConceptMap, Layer, Step, System

__all__ = ["icons_of"]


def icons_of(source: ConceptMap) -> Iterator[tuple[str, Drawn]]:
    """Yield the keys of the elements that have an icon, with what it shows."""
    groups = source.groups.items if source.groups else ()
    elements: tuple[System | Concept | Layer | Step | Subgroup, ...] = (
        *source.systems,
        *source.every_concept(),
        *(source.layers.items if source.layers else ()),
        *(source.steps.items if source.steps else ()),
        *groups,
        *(part for group in groups for part in group.groups),
    )
    yield from ((each.key, each.icon.drawn) for each in elements if each.icon and each.icon.drawn)
