"""Slides of relations: all of them in one diagram, then one slide for each that says more than its phrase."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from conceptdeck.story.dense import Part, condensed, dense_finding, is_dense
from conceptdeck.story.graphs import Names, relation_graph
from conceptdeck.story.prose import Prose, title_of
from conceptdeck.story.walks import walk_through, walk_told
from conceptdeck.story.worth import relation_fills
from conceptdeck.values import deck, model
from conceptdeck.values.deck import Slide
from conceptdeck.values.diagnostics import Diagnostic
from conceptdeck.values.model import ConceptMap
from conceptdeck.values.network import Edge
from conceptdeck.values.terms import Term, Words
from conceptdeck.values.text import Text, composed

__all__ = ["relation_slides", "too_many", "without_lone_map"]

OF_MAP = "relations"  # the key of all relations
MOST_PARTS = 24  # communities with a slide of their own


def relation_slides(source: ConceptMap, names: Names, words: Words) -> Iterator[Slide]:
    """Yield the slides that show how concepts are related."""
    if not (relations := source.relations):
        return
    nodes, edges = relation_graph(source)
    whole = deck.RelationMap(
        key="relation-map",
        kind="relation-map",
        section=words.say(Term.RELATIONS),
        title=title_of(relations, words),
        notes=relations.notes,
        nodes=nodes,
        edges=edges,
        details=(*walk_told(relations.walk, nodes, words), *_unfilled(relations)),
    )
    dense = is_dense(edges, pictured=False)
    yield from _in_communities(whole, words) if dense else (replace(whole, walk=walk_through(relations.walk, nodes)),)
    ends = {node.id: node for node in nodes}
    for each, edge in zip(relations.items, edges, strict=True):
        if relation_fills(each):
            tail, head = ends[edge.tail], ends[edge.head]
            proposition = Prose(words).proposition(tail.name, edge.phrase, head.name)
            yield deck.Relation(
                key=each.key,
                kind="relations",
                section=words.say(Term.RELATIONS),
                title=each.headline or replace(proposition, key=f"{each.key}.headline"),
                notes=each.notes,
                relation=each,
                labels=relations.labels or model.RelationLabels(),
                tail=tail,
                head=head,
                edge=edge,
            )


def _unfilled(relations: model.Relations) -> Iterator[Text]:
    """Yield what is told of relations that have no slide of their own."""
    for each in relations.items:
        if not relation_fills(each):
            yield from (text for text in (each.headline, each.notes) if text)


def without_lone_map(slides: Sequence[Slide]) -> list[Slide]:
    """Return the slides without a map of one relation beside the slide of that relation, which shows as much.

    What the map is called, and what the speaker says of it, goes to the notes of that slide, its minutes are saved.
    """
    lone = {each.edges[0].key: each for each in slides if isinstance(each, deck.RelationMap) and len(each.edges) == 1}
    told = {each.key for each in slides if isinstance(each, deck.Relation)} & {*lone}
    found: list[Slide] = []
    for slide in slides:
        if isinstance(slide, deck.RelationMap) and len(slide.edges) == 1 and slide.edges[0].key in told:
            continue
        if isinstance(slide, deck.Relation) and slide.key in told:
            whole = lone[slide.key]
            own = (whole.title,) if whole.title.key == f"{OF_MAP}.title" else ()
            more = (*own, *((whole.notes,) if whole.notes else ()), *whole.details)
            slide = replace(slide, details=(*slide.details, *more))
        found.append(slide)
    return found


def too_many(source: ConceptMap, slides: Iterable[Slide]) -> Iterator[Diagnostic]:
    """Yield a warning if communities stand for relations on one of the slides."""
    if source.relations and any(
        isinstance(each, deck.RelationMap) and (each.communities or each.core) for each in slides
    ):
        yield dense_finding(source.relations, pictured=False)


def _in_communities(whole: deck.RelationMap, words: Words) -> Iterator[Slide]:
    """Yield an overview of communities, then the largest of them; each relation is drawn or told on one slide.

    Communities that nothing joins have no overview.
    """
    dense = condensed(whole.nodes, whole.edges, words)
    names = {node.id: node.name for node in whole.nodes}
    parts = [part for part in dense.parts if part.edges][:MOST_PARTS]
    apart = [part for part in dense.parts if part not in parts]
    slides = [replace(whole, nodes=dense.nodes, edges=dense.edges, communities=True)] if dense.edges else []
    slides += [_of_part(whole, part, names, words) for part in parts]
    left = [edge for part in apart for edge in (*part.edges, *part.leaving)]
    details = (*whole.details, *slides[0].details, *_told(left, names, words))
    yield replace(slides[0], notes=whole.notes, details=tuple(dict.fromkeys(details)))
    yield from slides[1:]


def _of_part(whole: deck.RelationMap, part: Part, names: dict[str, Text], words: Words) -> deck.RelationMap:
    """Return the slide of a community."""
    return replace(
        whole,
        key=f"relation-map.{part.nodes[0].id}",
        title=_title(whole.title, part, words),
        notes=None,
        nodes=part.nodes,
        edges=part.edges,
        core=True,
        details=tuple(_told(part.leaving, names, words)),
    )


def _title(title: Text, part: Part, words: Words) -> Text:
    return composed(words.say(Term.ABOUT, name=title, text=part.name), title, part.name, key=part.name.key)


def _told(edges: Sequence[Edge], names: dict[str, Text], words: Words) -> Iterator[Text]:
    """Yield relations as sentences."""
    prose = Prose(words)
    for edge in edges:
        said = prose.proposition(names[edge.tail], edge.phrase, names[edge.head], directed=edge.directed)
        yield replace(prose.sentence(said), key=edge.key)
