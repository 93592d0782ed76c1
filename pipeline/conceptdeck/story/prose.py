"""Prose: descriptions of pictures, built of the map's own words."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from conceptdeck.values import model, network
from conceptdeck.values.diagram import DiagramKind, Direction
from conceptdeck.values.model import ConceptMap
from conceptdeck.values.network import Edge, Node
from conceptdeck.values.picture import Picture
from conceptdeck.values.terms import Term, Words
from conceptdeck.values.text import Text, composed

__all__ = ["Prose", "connects_title", "lenses_title", "lenses_told", "title_of"]

ENDS = (".", "!", "?", "…", "。", "！", "？", "؟", "।")  # of sentences


DIRECTIONS = {
    DiagramKind.HIERARCHY: (Direction.UP, Direction.DOWN),
    DiagramKind.RELATIONS: (Direction.DOWN, Direction.RIGHT),
    DiagramKind.CATEGORIES: (Direction.RIGHT,),
    DiagramKind.FLOW: (Direction.DOWN, Direction.RIGHT),
    DiagramKind.GROUPS: (Direction.DOWN,),
    DiagramKind.BRIDGE: (Direction.RIGHT,),
    DiagramKind.CONCEPT: (Direction.RIGHT,),
    DiagramKind.MAP: (Direction.DOWN,),
}


def lenses_title(words: Words) -> Text:
    """Return what stands above familiar things and what each explains."""
    return words.text(Term.LENSES, "term.lenses")


Part = (
    model.Steps
    | model.Flow
    | model.Categories
    | model.Relations
    | model.Strata
    | model.Aims
    | model.Sources
    | model.Table
)
TITLES: dict[type[Part], Term] = {
    model.Steps: Term.STEPS,
    model.Flow: Term.OVERVIEW,
    model.Categories: Term.CATEGORIES,
    model.Relations: Term.RELATIONS,
    model.Strata: Term.LEVELS,
    model.Aims: Term.AIMS,
    model.Sources: Term.SOURCES,
}


def title_of(part: Part, words: Words) -> Text:
    """Return the title of a part of the map; one that has none is called by its kind, a table by its columns."""
    if part.title:
        return part.title
    if isinstance(part, model.Table):
        return composed(words.separated(part.columns), *part.columns, key=f"{part.key}.title")
    term = TITLES[type(part)]
    return words.text(term, f"term.{term.name.lower()}")


def connects_title(words: Words) -> Text:
    """Return what stands above what the map connects."""
    return words.text(Term.CONNECTS, "term.connects")


def lenses_told(source: ConceptMap, words: Words) -> Iterator[Text]:
    """Yield what familiar things explain and what the map connects, in words."""
    prose = Prose(words)
    for each in source.lenses:
        yield prose.sentence(prose.said(Term.ABOUT, name=each.name, text=each.explains))
    if source.connects:
        yield prose.sentence(prose.group(connects_title(words), source.connects))


class Prose:
    """Say in words what a picture shows."""

    def __init__(self, words: Words) -> None:
        self.words = words

    def said(self, term: Term, **values: Text) -> Text:
        """Return one of the program's own phrases with texts in it."""
        return composed(self.words.say(term, **values), *values.values())

    def told(self, title: Text, facts: Iterable[Text]) -> Text:
        """Return a description: the title, then facts, each as a sentence."""
        return self._sentences((title, *facts))

    def credited(self, shown: Picture, credit: Text) -> Picture:
        """Return a picture with a line on where it is from, which its description says, too."""
        return replace(shown, credit=credit, description=self.told(shown.description, (credit,)))

    def stepped(self, shown: Picture) -> Picture:
        """Return a picture whose description says the steps in which it is told."""
        if not shown.walk:
            return shown
        lines = (replace(stop.line, value=f"{at}. {stop.line}", passages=()) for at, stop in enumerate(shown.walk, 1))
        return replace(shown, description=self.told(shown.description, lines))

    def sentence(self, fact: Text) -> Text:
        """Return one fact as a sentence."""
        return self._sentences((fact,))

    def _sentences(self, facts: Sequence[Text]) -> Text:
        return composed(self.words.told(self._sentence(fact.value) for fact in facts), *facts)

    def _sentence(self, fact: str) -> str:
        """Return a fact with a full stop, unless it ends a sentence already."""
        return fact if fact.rstrip().endswith(ENDS) else self.words.say(Term.SENTENCE, text=fact)

    def listed(self, texts: Sequence[Text]) -> Text:
        """Return texts as a list within a sentence."""
        return composed(self.words.listed(texts), *texts)

    def row(self, texts: Sequence[Text]) -> Text:
        """Return a row of a table: its first text, and what the others say of it."""
        first, *rest = (text for text in texts if text.value)
        said = composed(self.words.separated(rest), *rest)
        return self.said(Term.GROUP, name=first, members=said) if rest else first

    def group(self, name: Text, members: Sequence[Text]) -> Text:
        """Return a name and what belongs to it."""
        return self.said(Term.GROUP, name=name, members=self.listed(members))

    def propositions(self, nodes: Sequence[Node], edges: Sequence[Edge]) -> list[Text]:
        """Return each edge as a proposition."""
        names = {node.id: node.name for node in nodes}
        return [self.proposition(names[e.tail], e.phrase, names[e.head], directed=e.directed) for e in edges]

    def proposition(self, tail: Text, phrase: Text | None, head: Text, *, directed: bool = True) -> Text:
        """Return two concepts and what joins them."""
        return composed(self.words.related(tail, phrase, head, directed=directed), tail, phrase, head)

    def level(self, level: network.Level) -> Text:
        """Return what a level holds and does."""
        stratum = level.stratum
        held = [node.name for node in level.members] + ([stratum.holds] if stratum.holds else [])
        # what a level holds besides is a list of its own, to which no last “and” can be added
        members = composed(self.words.separated(held), *held)
        name = self.said(Term.GROUP, name=stratum.name, members=members) if held else stratum.name
        return self._sentences((name, stratum.does)) if stratum.does else name

    def reliance(self, levels: Sequence[network.Level]) -> Iterator[Text]:
        """Yield what the focus relies on and what it supports."""
        at = next((i for i, level in enumerate(levels) if any(node.focus for node in level.members)), None)
        if at is None:
            return
        focus = next(node.name for node in levels[at].members if node.focus)
        below = [level.stratum.name for level in levels[:at] if level.stratum.line is model.Line.SOLID]
        above = [level.stratum.name for level in levels[at + 1 :] if level.stratum.line is model.Line.SOLID]
        for term, others in ((Term.RELIES_ON, below), (Term.SUPPORTS, above)):
            if others:
                yield self.said(Term.RELATION, tail=focus, phrase=self.said(term), head=self.listed(others))
