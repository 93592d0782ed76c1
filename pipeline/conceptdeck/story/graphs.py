"""What each diagram contains: the one place that decides it, for slides and for pictures alike."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import replace

from conceptdeck.values import model
from conceptdeck.values.model import ConceptMap
from conceptdeck.values.network import Edge, Level, Node
from conceptdeck.values.terms import Term, Words
from conceptdeck.values.text import Ref, Text, composed

__all__ = [
    "Names",
    "cell_text",
    "concept_graph",
    "dashed_kinds",
    "examples_told",
    "focus_of",
    "kind_of",
    "levels",
    "phrase_of",
    "relation_graph",
    "sources_told",
]


EMPTY = "–"  # what stands in an empty cell of a table


class Names:
    """Names of concepts and systems by id."""

    def __init__(self, source: ConceptMap) -> None:
        """Know the names in `source`."""
        self.concepts = {concept.id: concept.name for concept in source.every_concept()}
        self.systems = {system.id: system.name for system in source.systems}
        self.focus = focus_of(source)
        self._makers = {system.id: system.by for system in source.systems}

    def of_concepts(self, refs: tuple[Ref, ...]) -> tuple[Text, ...]:
        """Return the names of concepts."""
        return tuple(self.concepts[ref.id] for ref in refs)

    def of_examples(self, refs: Sequence[Ref]) -> tuple[Text, ...]:
        """Return the names of systems and concepts; an id that both have is that of the system."""
        return tuple(self.systems.get(ref.id) or self.concepts[ref.id] for ref in refs)

    def makers(self, refs: Sequence[Ref]) -> tuple[Text | None, ...]:
        """Return who makes each of some examples, None for those that nobody is said to make."""
        return tuple(self._makers.get(ref.id) for ref in refs)


def focus_of(source: ConceptMap) -> model.Concept | None:
    """Return the concept that the map explains."""
    wanted = source.focus.id if source.focus else ""
    return next((concept for concept in source.every_concept() if concept.id == wanted), None)


def relation_graph(
    source: ConceptMap, *, types: Collection[str] = (), concepts: Collection[str] = ()
) -> tuple[tuple[Node, ...], tuple[Edge, ...]]:
    """Return the concepts that relations join, the focus first, and the relations between them.

    `types` and `concepts` narrow it down: only relations of these types, between these concepts. A relation's `role`
    goes to the end that is not the focus.
    """
    if not source.relations:
        return (), ()
    chosen = [
        each
        for each in source.relations.items
        if (not types or (each.type and each.type.id in types))
        and (not concepts or (each.source.id in concepts and each.target.id in concepts))
    ]
    edges = tuple(_edge(each, kind_of(source.relations, each)) for each in chosen)
    return _ends(source, chosen), edges


def kind_of(relations: model.Relations, relation: model.Relation) -> model.RelationType | None:
    """Return the kind of a relation, nothing if the map does not tell it."""
    wanted = relation.type.id if relation.type else ""
    return next((each for each in relations.types if each.id == wanted), None)


def phrase_of(relations: model.Relations, relation: model.Relation) -> Text | None:
    """Return what stands on the edge of a relation: its linking phrase, else the name of its kind."""
    kind = kind_of(relations, relation)
    return relation.phrase or (kind.name if kind else None)


def concept_graph(source: ConceptMap, concept: model.Concept) -> tuple[tuple[Node, ...], tuple[Edge, ...]]:
    """Return one concept and those that relations join it to, the concept first and as the focus."""
    nodes, edges = relation_graph(source)
    own = tuple(edge for edge in edges if concept.id in (edge.tail, edge.head))
    near = {end for edge in own for end in (edge.tail, edge.head)} - {concept.id}
    centre = Node(id=concept.id, name=concept.name, role=concept.tagline, focus=True, line=model.Line.SOLID)
    others = tuple(
        Node(id=node.id, name=node.name, role=node.role, focus=False, line=_line_to(node.id, own))
        for node in nodes
        if node.id in near
    )
    return (centre, *others), own


def levels(source: ConceptMap) -> tuple[Level, ...]:
    """Return the strata from the ground up."""
    names, focus = Names(source), focus_of(source)
    return tuple(
        Level(
            stratum,
            tuple(
                Node(
                    id=ref.id,
                    name=names.concepts[ref.id],
                    role=None,
                    focus=focus is not None and ref.id == focus.id,
                    line=stratum.line,
                )
                for ref in stratum.members
            ),
        )
        for stratum in (source.strata.items if source.strata else ())
    )


def cell_text(cell: model.Cell, row: model.Row, column: str, names: Names, words: Words) -> Text:
    """Return what a cell says: its text, or the names of its systems and concepts; a dash if it is empty."""
    if cell.text:
        return cell.text
    if not cell.systems:
        return Text(EMPTY, f"{row.key}.{column}")
    named = names.of_examples(cell.systems)
    joined = words.separated(named)
    return replace(composed(joined, *named, key=f"{row.key}.{column}"), span=cell.systems[0].span)


def examples_told(source: ConceptMap, names: Names, words: Words) -> tuple[tuple[str, Text], ...]:
    """Return the examples of each concept that has some as one text, by the key of the concept."""
    found = []
    for concept in source.every_concept():
        if concept.examples:
            named = names.of_examples(concept.examples)
            told = composed(words.separated(named), *named, key=f"{concept.key}.examples")
            found.append((concept.key, told))
    return tuple(found)


def sources_told(source: ConceptMap, words: Words) -> Text | None:
    """Return what the map says of its sources as one text, nothing if it has none."""
    if not source.sources:
        return None
    titles = [each.title for each in source.sources.items]
    return composed(f"{words.say(Term.SOURCES)}: {words.separated(titles)}", *titles, key="sources.told")


def dashed_kinds(source: ConceptMap, edges: Collection[Edge]) -> tuple[Text, ...]:
    """Return the names of the kinds whose lines are dashed, of those that the edges do not say themselves."""
    if not source.relations:
        return ()
    drawn = {edge.key: edge for edge in edges if edge.line is model.Line.DASHED}
    kinds = [kind_of(source.relations, each) for each in source.relations.items if each.key in drawn]
    names = {kind.name.key: kind.name for kind in kinds if kind}
    said = {edge.phrase.key for edge in drawn.values() if edge.phrase}
    return tuple(name for key, name in names.items() if key not in said)


def _edge(relation: model.Relation, kind: model.RelationType | None) -> Edge:
    return Edge(
        key=relation.key,
        tail=relation.source.id,
        head=relation.target.id,
        phrase=relation.phrase or (kind.name if kind else None),
        line=kind.line if kind else model.Line.SOLID,
        directed=kind is None or kind.directed,
    )


def _ends(source: ConceptMap, relations: list[model.Relation]) -> tuple[Node, ...]:
    """Return the concepts at the ends of relations, the focus first."""
    assert source.relations is not None
    names, centre = Names(source), focus_of(source)
    focus = centre.id if centre else ""
    nodes: dict[str, Node] = {}
    for relation in relations:
        for end in (relation.source.id, relation.target.id):
            role = relation.role if end != focus else centre.tagline if centre else None
            if end in nodes and (nodes[end].role or not role):
                continue
            kind = kind_of(source.relations, relation)
            line = model.Line.SOLID if end == focus or not kind else kind.line
            nodes[end] = Node(id=end, name=names.concepts[end], role=role, focus=end == focus, line=line)
    return tuple(sorted(nodes.values(), key=lambda node: not node.focus))


def _line_to(id_: str, edges: Collection[Edge]) -> model.Line:
    """Return how the outline of a node is drawn: dashed if only dashed edges lead there."""
    solid = any(edge.line is model.Line.SOLID for edge in edges if id_ in (edge.tail, edge.head))
    return model.Line.SOLID if solid else model.Line.DASHED
