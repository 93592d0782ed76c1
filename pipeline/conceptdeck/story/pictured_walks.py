"""Walks through pictures: each step with what it shows there, and how it is told below."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import replace
from typing import NamedTuple

from conceptdeck.story.prose import Prose
from conceptdeck.story.walks import shown_steps, unseen
from conceptdeck.values import model, picture
from conceptdeck.values.diagnostics import Diagnostic
from conceptdeck.values.diagram import Diagram, DiagramKind, WalkStep
from conceptdeck.values.model import ConceptMap
from conceptdeck.values.picture import Picture, Stop
from conceptdeck.values.terms import Term, Words
from conceptdeck.values.text import Passage, Text, composed, texts

__all__ = ["walked"]


class _Element(NamedTuple):
    """What a step may show: its key and its name, and whether it holds others."""

    key: str
    name: Text
    holds: bool


def _walk_of(entry: Diagram, source: ConceptMap) -> tuple[WalkStep, ...]:
    """Return the walk through a diagram: its own, or that of the relations if it shows all of them alike."""
    if entry.walk or entry.kind is not DiagramKind.RELATIONS or not source.relations:
        return entry.walk
    return () if entry.elements or entry.types or entry.highlight else source.relations.walk


def walked(made: Picture, entry: Diagram, source: ConceptMap, words: Words) -> tuple[Picture, tuple[Diagnostic, ...]]:
    """Return a picture with the steps in which it is told, and what they name that it does not show."""
    walk = _walk_of(entry, source)
    if not walk:
        return made, ()
    elements = _elements(source, _names_in(made))
    if isinstance(made, picture.Flow) and made.goal and made.ends:  # its last layer stands for the goal
        layer = made.layers[-1]
        elements[made.goal.id] = _Element(layer.key, layer.name, holds=True)
    steps = shown_steps(walk, elements)
    stops = tuple(_stop(step, [elements[ref.id] for ref in step.show], words) for step in steps)
    found = unseen(entry.walk, elements, f"the diagram `{entry.id}`")
    return Prose(words).stepped(replace(made, walk=stops)), tuple(found)


def _names_in(made: Picture) -> set[str]:
    """Return the keys of the names that a picture shows."""
    if isinstance(made, picture.Relations) and made.communities:
        return set()  # which are named by some of their concepts
    layer = made.layer if isinstance(made, picture.Concept) else None
    drawn = replace(made, layer=None) if isinstance(made, picture.Concept) else made
    return {text.key for text in texts(drawn)} | ({layer.name.key} if layer else set())


def _elements(source: ConceptMap, names: Collection[str]) -> dict[str, _Element]:
    """Return what the map has of these names, by id; a concept goes before others that are called so."""
    holders: list[model.Layer | model.Stratum | model.Category] = [
        *(source.layers.items if source.layers else ()),
        *(source.strata.items if source.strata else ()),
        *(source.categories.items if source.categories else ()),
    ]
    found: dict[str, _Element] = {}
    some = [*((each, False) for each in source.every_concept()), *((each, True) for each in holders)]
    for each, holds in (*some, *((each, False) for each in source.systems)):
        if each.name.key in names:
            found.setdefault(each.id, _Element(each.key, each.name, holds))
    return found


def _stop(step: WalkStep, shown: Sequence[_Element], words: Words) -> Stop:
    """Return a step as it stands in a picture."""
    listed = composed(words.separated(each.name for each in shown), *(each.name for each in shown))
    name = replace(listed, passages=tuple(replace(each, strong=True) for each in _passages(listed)))
    line = composed(words.say(Term.ABOUT, name=name, text=step.text), name, step.text) if step.text else name
    keys = tuple(each.key for each in shown)
    return Stop(step.key, keys, shown[0].holds, replace(line, key=step.key), said=bool(step.text))


def _passages(text: Text) -> tuple[Passage, ...]:
    return text.passages or (Passage(text.value),)
