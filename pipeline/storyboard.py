"""The storyboard: which slides a map makes, in which order, each showing which part of it."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace
from difflib import get_close_matches

from pipeline import deck, model
from pipeline.deck import Beat, Deck, Density, Slide, Story
from pipeline.diagnostics import Diagnostic
from pipeline.locales import Term, say
from pipeline.model import ConceptMap, Ref, Text

__all__ = ["SELECTORS", "story_deck"]

SELECTORS = (
    "cover", "steps", "agenda", "dividers", "cards", "concepts", "tables", "categories", "relation-map", "relations",
    "strata", "aims", "conclusion", "closing", "sources",
)  # fmt: skip


def story_deck(source: ConceptMap, story: Story, density: Density | None = None) -> tuple[Deck, tuple[Diagnostic, ...]]:
    """Return the deck that tells `story`, and what the story names that the map does not have.

    Parts that the map leaves out make no slide. `density` takes the place of the story's own.
    """
    slides = _every_slide(source)
    chosen, problems = _chosen(slides, story)
    if (density or story.density) is Density.TALK:
        chosen = [_spoken(slide) for slide in chosen]
    deck = Deck(
        id=source.id,
        language=source.language,
        title=source.title,
        slides=tuple(chosen),
        subject=source.core_sentence.value,
        keywords=tuple(tag.value for tag in source.tags),
        links=tuple((system.name.key, system.link.url) for system in source.systems if system.link),
    )
    return deck, problems


def _every_slide(source: ConceptMap) -> tuple[Slide, ...]:
    """Return a slide for each part of the map, in the order of the map."""
    names = _Names(source)
    return (
        *_opening(source),
        *_flow(source, names),
        *_tables(source, names),
        *_categories(source, names),
        *_relations(source, names),
        *_strata(source, names),
        *_ending(source, names),
    )


def _chosen(slides: Sequence[Slide], story: Story) -> tuple[list[Slide], tuple[Diagnostic, ...]]:
    """Return the slides of the story with their minutes, and a diagnostic for each name that means nothing."""
    known = {*SELECTORS, *(slide.key for slide in slides)}
    chosen: list[Slide] = []
    for group in story.groups:
        minutes = {beat.selector: beat.minutes for beat in group}
        for slide in slides:
            found = minutes.get(slide.key, minutes.get(slide.kind))
            if found is not None:
                chosen.append(replace(slide, minutes=found))
    unknown = [beat for group in story.groups for beat in group if beat.selector not in known]
    return chosen, tuple(_unknown(beat, known) for beat in unknown)


def _unknown(beat: Beat, known: Collection[str]) -> Diagnostic:
    close = get_close_matches(beat.selector, sorted(known), n=1)
    hint = f"did you mean `{close[0]}`?" if close else f"valid: {', '.join(SELECTORS)}, or the key of a slide"
    message = f"the story names `{beat.selector}`, which no slide is called"
    return Diagnostic("unknown-slide", message, beat.span, hints=(hint,))


def _spoken(slide: Slide) -> Slide:
    """Return the slide as a speaker wants it: descriptions are left to the notes."""
    if isinstance(slide, deck.Steps):
        details = tuple(step.detail for step in slide.steps if step.detail)
        return replace(slide, steps=tuple(replace(step, detail=None) for step in slide.steps), details=details)
    if isinstance(slide, deck.Cards):
        bare = tuple(replace(concept, description=None) for concept in slide.layer.concepts)
        details = tuple(concept.description for concept in slide.layer.concepts if concept.description)
        return replace(slide, layer=replace(slide.layer, concepts=bare), details=details)
    if isinstance(slide, deck.Concept) and slide.concept.description:
        bare_concept = replace(slide.concept, description=None)
        return replace(slide, concept=bare_concept, details=(slide.concept.description,))
    if isinstance(slide, deck.Relation) and slide.relation.limit:
        return replace(slide, relation=replace(slide.relation, limit=None), details=(slide.relation.limit,))
    return slide


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
        kind="cover",
        section=say(Term.OPENING),
        title=cover.label or source.title,
        notes=cover.notes,
        core_sentence=source.core_sentence,
        subtitle=source.subtitle,
        meta=cover.meta,
        rings=_layer_count(source),
    )
    if steps := source.steps:
        yield deck.Steps(
            key="steps",
            kind="steps",
            section=say(Term.OPENING),
            title=steps.title,
            notes=steps.notes,
            steps=steps.items,
        )


def _flow(source: ConceptMap, names: _Names) -> Iterator[Slide]:
    if not source.layers:
        return
    layers = source.layers.items
    yield deck.Agenda(
        key="layers",
        kind="agenda",
        section=say(Term.OPENING),
        title=source.layers.title,
        notes=source.layers.notes,
        layers=layers,
    )
    for position, layer in enumerate(layers, start=1):
        section = say(Term.SECTION, number=f"{position:02d}", name=layer.role or layer.name)
        yield deck.Section(
            key=f"{layer.key}.divider",
            kind="dividers",
            section=section,
            title=layer.name,
            notes=layer.opening,
            layer=layer,
            position=position,
            layers=layers,
        )
        yield deck.Cards(
            key=layer.key,
            kind="cards",
            section=section,
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
                kind="concepts",
                section=section,
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
        yield deck.Table(
            key=table.key,
            kind="tables",
            section=say(Term.COMPARISON),
            title=table.title,
            notes=table.notes,
            table=table,
            rows=rows,
        )


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
        kind="categories",
        section=say(Term.COMPARISON),
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
        key="relation-map",
        kind="relation-map",
        section=say(Term.RELATIONS),
        title=relations.title,
        notes=relations.notes,
        nodes=_nodes(source, relations, types, names),
        edges=tuple(_edge(each, types[each.type.id]) for each in relations.items),
        details=tuple(each.headline for each in relations.items if not _has_parts(each)),
    )
    for each in relations.items:
        if _has_parts(each):
            yield deck.Relation(
                key=each.key,
                kind="relations",
                section=say(Term.RELATIONS),
                title=each.headline,
                notes=each.notes,
                relation=each,
                labels=relations.labels,
            )


def _has_parts(relation: model.Relation) -> bool:
    """Tell whether a relation says enough for a slide of its own."""
    return bool(relation.core or relation.limit or relation.adds or relation.evidence)


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
        kind="strata",
        section=say(Term.RELATIONS),
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
            kind="aims",
            section=say(Term.CONCLUSION),
            title=aims.title,
            notes=aims.notes,
            aims=tuple((names.concepts[aim.concept.id], aim.wants) for aim in aims.items),
            focus=found[0] if found else None,
        )
    if end := source.conclusion:
        yield deck.Statement(
            key="conclusion",
            kind="conclusion",
            section=say(Term.CONCLUSION),
            title=end.title,
            notes=end.notes,
            text=end.text,
            rings=_layer_count(source),
        )
    closing = source.closing or model.Closing()
    yield deck.Statement(
        key="closing",
        kind="closing",
        section=say(Term.CONCLUSION),
        title=source.core_sentence,
        notes=closing.notes,
        text=closing.text,
        rings=_layer_count(source),
    )
    if sources := source.sources:
        yield deck.Sources(
            key="sources",
            kind="sources",
            section=say(Term.CONCLUSION),
            title=sources.title,
            notes=sources.notes,
            sources=sources.items,
        )


def _layer_count(source: ConceptMap) -> int:
    return len(source.layers.items) if source.layers else 0
