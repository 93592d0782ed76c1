"""The storyboard: which slides a map makes, in which order, each showing which part of it."""

from __future__ import annotations

from collections.abc import Iterator

from pipeline import deck, model
from pipeline.deck import Deck, Slide
from pipeline.model import ConceptMap, Ref, Text

__all__ = ["full_story"]


def full_story(source: ConceptMap) -> Deck:
    """Return the deck that tells the whole map; parts that the map leaves out make no slide."""
    names = _Names(source)
    slides = (
        *_opening(source),
        *_flow(source, names),
        *_tables(source, names),
        *_categories(source, names),
        *_relations(source, names),
        *_strata(source, names),
        *_ending(source, names),
    )
    return Deck(
        id=source.id,
        language=source.language,
        title=source.title,
        slides=slides,
        subject=source.core_sentence.value,
        keywords=tuple(tag.value for tag in source.tags),
    )


class _Names:
    """Names of concepts and systems by id."""

    def __init__(self, source: ConceptMap) -> None:
        self.concepts = {concept.id: concept.name for concept in source.every_concept()}
        self.systems = {system.id: system.name for system in source.systems}

    def of_concepts(self, refs: tuple[Ref, ...]) -> tuple[Text, ...]:
        return tuple(self.concepts[ref.id] for ref in refs)

    def of_systems(self, refs: tuple[Ref, ...]) -> tuple[Text, ...]:
        return tuple(self.systems[ref.id] for ref in refs)


def _opening(source: ConceptMap) -> Iterator[Slide]:
    cover = source.cover or model.Cover()
    yield deck.Cover(
        key="cover",
        title=cover.label or source.title,
        notes=cover.notes,
        core_sentence=source.core_sentence,
        subtitle=source.subtitle,
        meta=cover.meta,
        rings=_layer_count(source),
    )
    if steps := source.steps:
        yield deck.Steps(key="steps", title=steps.title, notes=steps.notes, steps=steps.items)


def _flow(source: ConceptMap, names: _Names) -> Iterator[Slide]:
    if not source.layers:
        return
    layers = source.layers.items
    yield deck.Agenda(key="layers", title=source.layers.title, notes=source.layers.notes, layers=layers)
    for position, layer in enumerate(layers, start=1):
        yield deck.Section(
            key=f"{layer.key}.divider",
            title=layer.name,
            notes=layer.opening,
            layer=layer,
            position=position,
            layers=layers,
        )
        yield deck.Cards(
            key=layer.key,
            title=layer.summary,
            notes=layer.notes,
            layer=layer,
            position=position,
            layers=layers,
            examples=tuple(names.of_systems(concept.examples) for concept in layer.concepts),
        )
        for concept in layer.concepts:
            yield deck.Concept(
                key=concept.key,
                title=concept.meaning or concept.name,
                notes=concept.notes,
                concept=concept,
                position=position,
                layers=layers,
                examples=names.of_systems(concept.examples),
            )


def _tables(source: ConceptMap, names: _Names) -> Iterator[Slide]:
    for table in source.tables:
        rows = tuple(tuple(_cell_text(cell, row, column, names) for column, cell in row.cells) for row in table.rows)
        yield deck.Table(key=table.key, title=table.title, notes=table.notes, table=table, rows=rows)


def _cell_text(cell: model.Cell, row: model.Row, column: str, names: _Names) -> Text:
    if cell.text:
        return cell.text
    joined = ", ".join(name.value for name in names.of_systems(cell.systems))
    return Text(joined, f"{row.key}.{column}", cell.systems[0].span)


def _categories(source: ConceptMap, names: _Names) -> Iterator[Slide]:
    if not (categories := source.categories):
        return
    yield deck.Categories(
        key="categories",
        title=categories.title,
        notes=categories.notes,
        categories=categories.items,
        members=tuple(names.of_concepts(category.members) for category in categories.items),
        focus=names.concepts[source.focus.id] if source.focus else None,
    )


def _relations(source: ConceptMap, names: _Names) -> Iterator[Slide]:
    if not (relations := source.relations):
        return
    types = {each.id: each for each in relations.types}
    yield deck.RelationMap(
        key="relations",
        title=relations.title,
        notes=relations.notes,
        nodes=_nodes(source, relations, types, names),
        edges=tuple(_edge(each, types[each.type.id]) for each in relations.items),
    )
    for each in relations.items:
        yield deck.Relation(key=each.key, title=each.headline, notes=each.notes, relation=each, labels=relations.labels)


def _edge(relation: model.Relation, kind: model.RelationType) -> deck.Edge:
    return deck.Edge(
        tail=relation.source.id,
        head=relation.target.id,
        phrase=relation.phrase,
        kind=kind.name,
        line=kind.line,
        directed=kind.directed,
    )


def _nodes(
    source: ConceptMap, relations: model.Relations, types: dict[str, model.RelationType], names: _Names
) -> tuple[deck.Node, ...]:
    """Return the concepts that relations join, the focus first; a relation's `role` goes to its other end."""
    focus = source.focus.id if source.focus else ""
    nodes: dict[str, deck.Node] = {}
    for relation in relations.items:
        for end in (relation.source.id, relation.target.id):
            role = relation.role if end != focus else _focus_role(source)
            if end in nodes and (nodes[end].role or not role):
                continue
            line = model.Line.SOLID if end == focus else types[relation.type.id].line
            nodes[end] = deck.Node(id=end, name=names.concepts[end], role=role, focus=end == focus, line=line)
    return tuple(sorted(nodes.values(), key=lambda node: not node.focus))


def _focus_role(source: ConceptMap) -> Text | None:
    """Return the focus concept's tagline: the line under its name."""
    return next((c.tagline for c in source.every_concept() if source.focus and c.id == source.focus.id), None)


def _strata(source: ConceptMap, names: _Names) -> Iterator[Slide]:
    if not (strata := source.strata):
        return
    focus = source.focus.id if source.focus else ""
    levels = [i for i, level in enumerate(strata.items) if any(ref.id == focus for ref in level.members)]
    yield deck.Strata(
        key="strata",
        title=strata.title,
        notes=strata.notes,
        strata=strata.items,
        members=tuple(names.of_concepts(level.members) for level in strata.items),
        focus=levels[0] if levels else None,
    )


def _ending(source: ConceptMap, names: _Names) -> Iterator[Slide]:
    if aims := source.aims:
        focus = source.focus.id if source.focus else ""
        found = [i for i, aim in enumerate(aims.items) if aim.concept.id == focus]
        yield deck.Aims(
            key="aims",
            title=aims.title,
            notes=aims.notes,
            aims=tuple((names.concepts[aim.concept.id], aim.wants) for aim in aims.items),
            focus=found[0] if found else None,
        )
    if end := source.conclusion:
        yield deck.Statement(
            key="conclusion", title=end.title, notes=end.notes, text=end.text, rings=_layer_count(source)
        )
    closing = source.closing or model.Closing()
    yield deck.Statement(
        key="closing",
        title=source.core_sentence,
        notes=closing.notes,
        text=closing.text,
        rings=_layer_count(source),
    )
    if sources := source.sources:
        yield deck.Sources(key="sources", title=sources.title, notes=sources.notes, sources=sources.items)


def _layer_count(source: ConceptMap) -> int:
    return len(source.layers.items) if source.layers else 0
