"""Asides: what a slide's notes say besides, since no slide shows it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import chain

from conceptdeck.story.graphs import Names, kind_of
from conceptdeck.story.groups import gathered_concepts
from conceptdeck.story.highlights import highlights
from conceptdeck.story.images import credit_lines
from conceptdeck.story.worth import concept_fills
from conceptdeck.values import deck, model
from conceptdeck.values.deck import Slide
from conceptdeck.values.model import ConceptMap
from conceptdeck.values.terms import Term, Words
from conceptdeck.values.text import Ref, Text, composed

__all__ = ["with_asides"]


def with_asides(slides: Sequence[Slide], source: ConceptMap, words: Words) -> list[Slide]:
    """Return the slides with what no slide shows added to the details of the one that it fits best."""
    keys = {slide.key for slide in slides}
    asides: dict[str, list[Text]] = {}
    told = chain(
        _kinds(source, words),
        _makers(source, words),
        _bare(source, words),
        _in_groups(slides, source, words),
        _outsiders(source, words),
        () if "sources" in keys else credit_lines(source, words),  # else they stand on that slide
    )
    for places, text in told:
        if place := next((key for key in places if key in keys), ""):
            asides.setdefault(place, []).append(text)
    return [_with(slide, asides.get(slide.key, ())) for slide in slides]


def _with(slide: Slide, more: Sequence[Text]) -> Slide:
    """Return a slide with more details; a line about the same as one of these gives way."""
    known = {text.key for text in more}
    return replace(slide, details=(*(text for text in slide.details if text.key not in known), *more))


def _kinds(source: ConceptMap, words: Words) -> Iterator[tuple[Sequence[str], Text]]:
    """Yield of which kind each relation is, with the keys of the slides that may say it."""
    if not source.relations:
        return
    names = Names(source).concepts
    for each in source.relations.items:
        if each.phrase and (kind := kind_of(source.relations, each)):  # without a phrase, the kind stands on the edge
            tail, head = names[each.source.id], names[each.target.id]
            line = words.say(Term.RELATION, tail=tail, phrase=kind.name, head=head)
            yield (each.key, "relation-map"), composed(line, tail, kind.name, head, key=kind.name.key)


def _makers(source: ConceptMap, words: Words) -> Iterator[tuple[Sequence[str], Text]]:
    """Yield who makes the examples of each concept and table, with the keys of the slides that may say it."""
    systems = {system.id: system for system in source.systems}
    told: set[str] = set()
    for layer in source.layers.items if source.layers else ():
        for concept in layer.concepts:
            told |= {ref.id for ref in concept.examples}
            if makers := _made(concept.examples, source, words):
                yield (concept.key, layer.key), _seen_in(concept, makers, words)
    for table in source.tables:
        refs = dict.fromkeys(ref.id for row in table.rows for _, cell in row.cells for ref in cell.systems)
        rest = tuple(Ref(id_) for id_ in refs if id_ not in told and id_ in systems and systems[id_].by)
        if makers := _made(rest, source, words):
            line = words.say(Term.ABOUT, name=words.say(Term.EXAMPLES), text=makers)
            yield (table.key,), composed(line, makers, key=f"{table.key}.examples")


def _in_groups(slides: Sequence[Slide], source: ConceptMap, words: Words) -> Iterator[tuple[Sequence[str], Text]]:
    """Yield who makes the examples of each concept in groups, and what to see, with the keys of the slides for it."""
    names, gathered = Names(source), gathered_concepts(source)
    for slide in slides:
        for concept in _concepts_on(slide):
            if concept.id in gathered:
                if makers := _made(concept.examples, source, words):
                    yield (concept.key, slide.key), _seen_in(concept, makers, words)
                yield from (((concept.key, slide.key), line) for line in _further(concept, names, words))


def _concepts_on(slide: Slide) -> tuple[model.Concept, ...]:
    """Return the concepts that a slide shows beside each other."""
    if isinstance(slide, deck.Cards):
        return slide.layer.concepts
    return tuple(each.concept for each in slide.entries) if isinstance(slide, deck.Entries | deck.Tiles) else ()


def _seen_in(concept: model.Concept, makers: Text, words: Words) -> Text:
    line = words.say(Term.SEEN_IN, concept=concept.name, examples=makers)
    return composed(line, concept.name, makers, key=f"{concept.key}.examples")


def _made(refs: Sequence[Ref], source: ConceptMap, words: Words) -> Text | None:
    """Return the examples with their makers as one line, nothing if no maker is known."""
    makers = {system.id for system in source.systems if system.by}
    return _listed(refs, source, words) if any(ref.id in makers for ref in refs) else None


def _listed(refs: Sequence[Ref], source: ConceptMap, words: Words) -> Text:
    """Return the examples as one line, each with its maker if that is known."""
    makers = {system.id: system.by for system in source.systems if system.by}
    named = list(zip(Names(source).of_examples(refs), (makers.get(ref.id) for ref in refs), strict=True))
    shown = (words.say(Term.MADE_BY, name=name, maker=by) if by else name.value for name, by in named)
    return composed(words.listed(shown), *(text for each in named for text in each))


def _bare(source: ConceptMap, words: Words) -> Iterator[tuple[Sequence[str], Text]]:
    """Yield what is said about concepts that only the cards of their layer show, with the key of that slide."""
    names = Names(source)
    for layer in source.layers.items if source.layers else ():
        for concept in layer.concepts:
            if concept_fills(concept):
                continue
            if concept.notes:
                line = words.say(Term.ABOUT, name=concept.name, text=concept.notes)
                yield (layer.key,), composed(line, concept.name, concept.notes, key=concept.notes.key)
            yield from (((layer.key,), line) for line in _further(concept, names, words))


def _further(concept: model.Concept, names: Names, words: Words) -> Iterator[Text]:
    """Yield where to read more about a concept."""
    if concept.see:
        see = names.of_concepts(concept.see)
        line = words.say(Term.ABOUT, name=words.say(Term.SEE_ALSO), text=words.listed(see))
        said = words.say(Term.ABOUT, name=concept.name, text=line)
        yield composed(said, concept.name, *see, key=f"{concept.key}.see")


def _outsiders(source: ConceptMap, words: Words) -> Iterator[tuple[Sequence[str], Text]]:
    """Yield what the map says about concepts outside layers and groups, with the keys of slides that may say it."""
    names = Names(source)
    focus = source.focus.id if source.focus else ""
    places: dict[str, list[str]] = {focus: []}  # many relations are about the focus, none about it alone
    for each in source.relations.items if source.relations else ():
        for end in (each.source.id, each.target.id):
            if end != focus:
                places.setdefault(end, []).append(each.key)
    shown = gathered_concepts(source)
    for concept in source.concepts:
        if concept.id in shown:
            continue
        keys = (*places.get(concept.id, ()), "relation-map", "categories", "strata", "aims")
        tagline = None if concept.id == focus and source.relations else concept.tagline  # the diagram shows that one
        said = [tagline, concept.description, *concept.points, concept.meaning, concept.notes]
        for index, text in enumerate(filter(None, said)):
            line = words.say(Term.ABOUT, name=concept.name, text=text)
            yield keys, text if index else composed(line, concept.name, text, key=text.key)
        for _, told in highlights(concept, words):
            line = words.say(Term.ABOUT, name=concept.name, text=told)
            yield keys, composed(line, concept.name, told, key=told.key)
        if concept.examples:
            yield keys, _seen_in(concept, _listed(concept.examples, source, words), words)
        yield from ((keys, line) for line in _further(concept, names, words))
        if concept.link:
            line = words.say(Term.ABOUT, name=concept.name, text=concept.link.url)
            yield keys, composed(line, concept.name, key=f"{concept.key}.link")
