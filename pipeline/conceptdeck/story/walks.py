"""Walks through pictures: the steps in which they are told, as far as a picture shows what they name."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import replace
from typing import NamedTuple

from conceptdeck.story.prose import Prose
from conceptdeck.values import model, picture
from conceptdeck.values.diagnostics import Diagnostic
from conceptdeck.values.diagram import Diagram, DiagramKind, WalkStep
from conceptdeck.values.model import ConceptMap
from conceptdeck.values.network import Node
from conceptdeck.values.picture import Picture, Stop
from conceptdeck.values.rules import WARNING, Rule
from conceptdeck.values.terms import Term, Words
from conceptdeck.values.text import Passage, Text, composed, texts

__all__ = ["unseen", "walk_of", "walk_through", "walk_told", "walked"]


WALK_UNSEEN = Rule("walk-unseen", "content", WARNING, "a step of a walk that names what is not shown").because("""
    The step leaves it out, and one that shows nothing is left out as a whole. The diagram of the relations has the
    concepts that relations join; other diagrams have what their kind shows, as far as their `elements` let them.
""")


def unseen(walk: Iterable[WalkStep], shown: Collection[str], where: str) -> Iterator[Diagnostic]:
    """Yield a warning for each element of a walk that is not among those that a picture has shown."""
    hint = "take it out of the walk, or let the picture show it"
    for ref in (ref for step in walk for ref in step.show if ref.id not in shown):
        what = f"{where} does not show `{ref.id}`, which a step of its walk names"
        yield WALK_UNSEEN.at(what, ref.span, hints=(hint,))


# Slides -----------------------------------------------------------------------------------------------------


def walk_through(walk: Sequence[WalkStep], nodes: Iterable[Node]) -> tuple[WalkStep, ...]:
    """Return the steps of a walk with what nodes show of it; those that show nothing are left out."""
    return _shown(walk, {node.id for node in nodes})


def walk_told(walk: Sequence[WalkStep], nodes: Iterable[Node], words: Words) -> Iterator[Text]:
    """Yield the steps of a walk as lines in order: the number of each, what appears, and what is said with it."""
    names = {node.id: node.name for node in nodes}
    for number, step in enumerate(_shown(walk, {*names}), 1):
        named = [names[ref.id] for ref in step.show]
        line = f"{number}. {words.separated(named)}"
        line = words.say(Term.ABOUT, name=line, text=step.text) if step.text else line
        yield composed(line, *named, step.text, key=step.key)


def _shown(walk: Sequence[WalkStep], shown: Collection[str]) -> tuple[WalkStep, ...]:
    """Return the steps of a walk with those of its elements that are shown."""
    kept = (replace(step, show=tuple(ref for ref in step.show if ref.id in shown)) for step in walk)
    return tuple(step for step in kept if step.show)


# Pictures ---------------------------------------------------------------------------------------------------


class _Element(NamedTuple):
    """What a step may show: its key and its name, and whether it holds others."""

    key: str
    name: Text
    holds: bool


def walk_of(entry: Diagram, source: ConceptMap) -> tuple[WalkStep, ...]:
    """Return the walk through a diagram: its own, or that of the relations if it shows all of them alike."""
    if entry.walk or entry.kind is not DiagramKind.RELATIONS or not source.relations:
        return entry.walk
    return () if entry.elements or entry.types or entry.highlight else source.relations.walk


def walked(made: Picture, entry: Diagram, source: ConceptMap, words: Words) -> tuple[Picture, tuple[Diagnostic, ...]]:
    """Return a picture with the steps in which it is told, and what they name that it does not show."""
    walk = walk_of(entry, source)
    if not walk:
        return made, ()
    elements = _elements(source, _names_in(made))
    if isinstance(made, picture.Flow) and made.goal and made.ends:  # its last layer stands for the goal
        layer = made.layers[-1]
        elements[made.goal.id] = _Element(layer.key, layer.name, holds=True)
    steps = _shown(walk, elements)
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
    first = shown[0]
    return Stop(step.key, first.key, first.holds, replace(line, key=step.key), said=bool(step.text))


def _passages(text: Text) -> tuple[Passage, ...]:
    return text.passages or (Passage(text.value),)
