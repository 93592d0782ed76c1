"""Prose: descriptions of pictures, built of the map's own words."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from conceptdeck.values import model, network
from conceptdeck.values.model import DiagramKind, Direction, Text
from conceptdeck.values.network import Edge, Node
from conceptdeck.values.terms import Term, Words

__all__ = ["Prose"]

ENDS = (".", "!", "?", "…", "。", "！", "？", "؟")  # of sentences


DIRECTIONS = {
    DiagramKind.HIERARCHY: (Direction.UP, Direction.DOWN),
    DiagramKind.RELATIONS: (Direction.DOWN, Direction.RIGHT),
    DiagramKind.CATEGORIES: (Direction.RIGHT,),
    DiagramKind.FLOW: (Direction.DOWN, Direction.RIGHT),
    DiagramKind.BRIDGE: (Direction.RIGHT,),
    DiagramKind.CONCEPT: (Direction.RIGHT,),
    DiagramKind.MAP: (Direction.DOWN,),
}


class Prose:
    """Say in words what a picture shows."""

    def __init__(self, words: Words) -> None:
        self.words = words

    def told(self, title: Text, facts: Iterable[str]) -> str:
        """Return a description: the title, then facts, each as a sentence."""
        return self.words.told(self.sentence(fact) for fact in (title.value, *facts))

    def sentence(self, fact: str) -> str:
        """Return a fact with a full stop, unless it ends a sentence already."""
        return fact if fact.rstrip().endswith(ENDS) else self.words.say(Term.SENTENCE, text=fact)

    def group(self, name: object, members: Iterable[object]) -> str:
        """Return a name and what belongs to it."""
        return self.words.say(Term.GROUP, name=name, members=self.words.listed(members))

    def propositions(self, nodes: Sequence[Node], edges: Sequence[Edge]) -> list[str]:
        """Return each edge as a proposition."""
        names = {node.id: node.name for node in nodes}
        return [self.words.say(Term.RELATION, tail=names[e.tail], phrase=e.phrase, head=names[e.head]) for e in edges]

    def level(self, level: network.Level) -> str:
        """Return what a level holds and does."""
        stratum = level.stratum
        held = [node.name for node in level.members] + ([stratum.holds] if stratum.holds else [])
        # what a level holds besides is a list of its own, to which no last “and” can be added
        members = self.words.separated(held)
        name = self.words.say(Term.GROUP, name=stratum.name, members=members) if held else stratum.name.value
        return self.words.told((self.sentence(name), self.sentence(stratum.does.value)))

    def reliance(self, levels: Sequence[network.Level]) -> Iterator[str]:
        """Yield what the focus relies on and what it supports."""
        at = next((i for i, level in enumerate(levels) if any(node.focus for node in level.members)), None)
        if at is None:
            return
        focus = next(node.name for node in levels[at].members if node.focus)
        below = [level.stratum.name for level in levels[:at] if level.stratum.line is model.Line.SOLID]
        above = [level.stratum.name for level in levels[at + 1 :] if level.stratum.line is model.Line.SOLID]
        for term, others in ((Term.RELIES_ON, below), (Term.SUPPORTS, above)):
            if others:
                phrase = self.words.say(term)
                yield self.words.say(Term.RELATION, tail=focus, phrase=phrase, head=self.words.listed(others))
