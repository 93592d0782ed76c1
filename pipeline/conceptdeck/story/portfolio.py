"""The portfolio: which pictures a map makes for articles, each showing which part of it."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import replace
from difflib import get_close_matches

from conceptdeck.reading.rules import DANGLING_REFERENCE, MISSING_KEY
from conceptdeck.reading.short import SLUG, id_of
from conceptdeck.story import graphs
from conceptdeck.story.dense import pictured
from conceptdeck.story.graphs import Names
from conceptdeck.story.icons import icons_of
from conceptdeck.story.leads import addresses, references
from conceptdeck.story.pictured_groups import element_ids, groups_picture
from conceptdeck.story.pictured_lenses import lenses_bridge
from conceptdeck.story.pictured_walks import walked
from conceptdeck.story.prose import DIRECTIONS, Prose, connects_title, title_of
from conceptdeck.values import model, picture
from conceptdeck.values.diagnostics import Diagnostic, Span
from conceptdeck.values.diagram import Diagram, DiagramKind, Paper
from conceptdeck.values.model import ConceptMap
from conceptdeck.values.network import Node
from conceptdeck.values.picture import Picture, Portfolio
from conceptdeck.values.rules import ERROR, Rule
from conceptdeck.values.terms import ENGLISH, Term, Words
from conceptdeck.values.text import Ref

__all__ = ["map_portfolio"]

CONCEPT_PREFIX = "concept"


def map_portfolio(
    source: ConceptMap, only: Sequence[str] = (), *, every_concept: bool = False, words: Words = ENGLISH
) -> tuple[Portfolio, tuple[Diagnostic, ...]]:
    """Return the pictures of a map, and what is asked for that it does not have.

    `only` names pictures that must be among them, by id, or a concept as `concept:<id>`; `every_concept` adds a picture
    of each concept. `words` are the program's own in the language of the map.
    """
    own = entries = source.diagrams or _usual(source)
    concepts = {f"{CONCEPT_PREFIX}:{concept.id}": concept for concept in source.every_concept()}
    asked = {_id_asked(name) for name in (concepts if every_concept else only)}
    added = [concept for concept in concepts.values() if picture_id(concept.id) in asked]
    hung = {entry.id for entry in entries}
    entries = (*entries, *(_concept_diagram(concept) for concept in added if picture_id(concept.id) not in hung))
    maker = _Maker(source, entries, words)
    pictures, problems = [], list[Diagnostic]()
    for entry in entries:
        maker.problems.clear()
        if found := maker.make(entry):
            made, unshown = walked(found, entry, source, words)
            pictures.append(made)
            maker.problems += unshown
        problems += maker.problems if is_asked(entry.id, only) or (every_concept and entry not in own) else ()
    known = [entry.id for entry in entries]
    unknown = [_unknown(name, known, concepts) for name in only if _id_asked(name) not in known]
    more = tuple(icons_of(source)), tuple(addresses(source)), tuple(references(source))
    return Portfolio(source.id, source.language, source.title, tuple(pictures), words, *more), (*problems, *unknown)


def is_asked(id_: str, only: Sequence[str]) -> bool:
    """Tell whether a picture is one of those asked for; all are if none is named."""
    return not only or id_ in {_id_asked(name) for name in only}


def _id_asked(name: str) -> str:
    """Return the id of the picture that a name asks for: the id itself, or what one is made from."""
    kind, mark, of = name.partition(":")
    return "-".join(part if SLUG.fullmatch(part) else id_of(part) for part in ((kind, of) if mark else (kind,)))


def picture_id(concept: str) -> str:
    """Return the id of the picture of one concept."""
    return f"{CONCEPT_PREFIX}-{concept}"


def _usual(source: ConceptMap) -> tuple[Diagram, ...]:
    """Return an entry of each kind that the map has something for."""
    found = [
        (DiagramKind.HIERARCHY, source.strata),
        (DiagramKind.RELATIONS, source.relations),
        (DiagramKind.CATEGORIES, source.categories),
        (DiagramKind.FLOW, source.layers),
        (DiagramKind.GROUPS, source.groups),
        (DiagramKind.BRIDGE, source.tables),
        (DiagramKind.MAP, True),
    ]
    return tuple(Diagram(id=kind.value, key=f"diagrams.{kind.value}", kind=kind) for kind, there in found if there)


def _concept_diagram(concept: model.Concept) -> Diagram:
    id_ = picture_id(concept.id)
    return Diagram(id=id_, key=f"diagrams.{id_}", kind=DiagramKind.CONCEPT, concept=Ref(concept.id))


UNKNOWN_DIAGRAM = Rule("unknown-diagram", "pictures", ERROR, "no diagram of this name").because("""
    The part `diagrams` of the map says which ones there are; without it there is one of each kind. Each concept
    has one too, `concept:ID`.
""")


def _unknown(name: str, known: Sequence[str], concepts: Iterable[str]) -> Diagnostic:
    close = get_close_matches(name, [*known, *concepts], n=1)
    hint = f"did you mean `{close[0]}`?" if close else f"valid: {', '.join(known)}, or concept:ID"
    return UNKNOWN_DIAGRAM.at(f"there is no diagram `{name}`", hints=(hint,))


EMPTY_DIAGRAM = Rule("empty-diagram", "pictures", ERROR, "a diagram that has nothing to show").because("""
    The map has no such part, or `elements` and `types` leave nothing of it.
""")
BAD_DIRECTION = Rule("bad-direction", "pictures", ERROR, "a direction that this kind of diagram lacks").because("""
    A hierarchy leads up or down, relations and flow lead down or right, and the others have one direction only.
""")


class _Maker:
    """Make pictures of entries, collecting what they ask for in vain."""

    def __init__(self, source: ConceptMap, entries: tuple[Diagram, ...], words: Words) -> None:
        self.source = source
        self.words = words
        self.prose = Prose(words)
        self.entries = entries
        self.names = Names(source)
        self.problems: list[Diagnostic] = []

    def make(self, entry: Diagram) -> Picture | None:
        """Return the picture of an entry; None if the map has nothing to show there."""
        known = len(self.problems)
        made = _MAKERS[entry.kind](self, entry)
        if made is None and len(self.problems) == known:
            picky = entry.elements or entry.types
            why = "no relation is of its `types` and between its `elements`" if picky else "the map has no such part"
            hint = "name more, or leave `elements` and `types` out" if picky else "delete the entry, or add the part"
            self.refuse(EMPTY_DIAGRAM, f"the diagram `{entry.id}` has nothing to show: {why}", entry.span, hint)
        allowed = DIRECTIONS[entry.kind]
        if entry.direction and entry.direction not in allowed:
            names = " or ".join(each.value for each in allowed)
            message = f"a {entry.kind.value} diagram cannot lead {entry.direction.value}"
            self.refuse(BAD_DIRECTION, message, entry.span, f"write {names}, or leave `direction` out")
        if made is None:
            return None
        made = replace(made, caption=entry.caption, direction=entry.direction or allowed[0])
        made = replace(made, lit=self.lit(entry))
        return self.prose.credited(made, entry.credit) if entry.credit else made

    def hierarchy(self, entry: Diagram) -> Picture | None:
        """Return the strata, without the members that are not asked for."""
        if not self.source.strata:
            return None
        all_levels = graphs.levels(self.source)
        ids = [level.stratum.id for level in all_levels] + [node.id for level in all_levels for node in level.members]
        wanted = self.chosen(entry, ids)
        levels = [
            replace(level, members=tuple(node for node in level.members if {node.id, level.stratum.id} & wanted))
            for level in all_levels
        ]
        levels = [level for level in levels if level.stratum.id in wanted or level.members]
        title = entry.title or title_of(self.source.strata, self.words)
        facts = [self.prose.level(level) for level in levels]
        facts += self.prose.reliance(levels)
        return (
            picture.Hierarchy(id=entry.id, title=title, description=self.prose.told(title, facts), levels=tuple(levels))
            if levels
            else None
        )

    def relations(self, entry: Diagram) -> Picture | None:
        """Return the relations of the types and between the concepts that are asked for."""
        if not self.source.relations:
            return None
        nodes, _ = graphs.relation_graph(self.source)
        wanted = self.chosen(entry, [node.id for node in nodes])
        types = [ref.id for ref in entry.types]
        nodes, edges = graphs.relation_graph(self.source, types=types, concepts=wanted)
        if not edges:
            return None
        nodes, edges, found = pictured(self.source.relations, nodes, edges, self.words)
        self.problems += found
        title = entry.title or title_of(self.source.relations, self.words)
        return picture.Relations(
            id=entry.id,
            title=title,
            description=self.prose.told(title, self.prose.propositions(nodes, edges)),
            nodes=nodes,
            edges=edges,
            communities=bool(found),
            dashed=graphs.dashed_kinds(self.source, edges),
        )

    def categories(self, entry: Diagram) -> Picture | None:
        """Return the categories, without the members that are not asked for."""
        if not self.source.categories:
            return None
        items = self.source.categories.items
        focus = graphs.focus_of(self.source)
        wanted = self.chosen(entry, [each.id for each in items] + [ref.id for each in items for ref in each.members])
        found = []
        for each in items:
            refs = tuple(ref for ref in each.members if {ref.id, each.id} & wanted)
            if refs or each.id in wanted:
                nodes = tuple(self.node(ref, focus) for ref in refs)
                found.append(picture.Category(each.name, each.question, nodes))
        title = entry.title or title_of(self.source.categories, self.words)
        facts = [
            self.prose.group(
                self.prose.said(Term.QUESTION, name=each.name, question=each.question) if each.question else each.name,
                [node.name for node in each.members],
            )
            for each in found
        ]
        return (
            picture.Categories(
                id=entry.id, title=title, description=self.prose.told(title, facts), categories=tuple(found)
            )
            if found
            else None
        )

    def flow(self, entry: Diagram) -> Picture | None:
        """Return the layers, without the concepts that are not asked for."""
        if not self.source.layers:
            return None
        items = self.source.layers.items
        wanted = self.chosen(entry, [each.id for each in items] + [c.id for each in items for c in each.concepts])
        layers, positions = [], []
        for position, layer in enumerate(items, start=1):
            concepts = tuple(concept for concept in layer.concepts if {concept.id, layer.id} & wanted)
            if concepts:
                layers.append(replace(layer, concepts=concepts))
                positions.append(position)
        goal = graphs.focus_of(self.source)
        goal = None if goal and goal.id in {c.id for layer in layers for c in layer.concepts} else goal
        title = entry.title or title_of(self.source.layers, self.words)
        facts = [self.prose.group(layer.name, [c.name for c in layer.concepts]) for layer in layers]
        facts += [self.prose.said(Term.LEADS_TO, goal=goal.name)] if goal else []
        return (
            picture.Flow(
                id=entry.id,
                title=title,
                description=self.prose.told(title, facts),
                layers=tuple(layers),
                positions=tuple(positions),
                count=len(items),
                goal=goal,
            )
            if layers
            else None
        )

    def groups(self, entry: Diagram) -> Picture | None:
        """Return the groups, without what is not asked for."""
        ids = element_ids(self.source)
        return groups_picture(self.source, entry, self.chosen(entry, ids), self.words) if ids else None

    def bridge(self, entry: Diagram) -> Picture | None:
        """Return the rows of a table, in two or three of its columns."""
        tables = {table.id: table for table in self.source.tables}
        if not tables:
            return None
        table = tables[entry.table.id] if entry.table else self.source.tables[0]
        columns = self.columns(entry, table)
        wanted = self.chosen(entry, [row.id for row in table.rows])
        rows = [row for row in table.rows if row.id in wanted]
        if not rows or not columns:
            return None
        texts = tuple(
            tuple(graphs.cell_text(dict(row.cells)[column], row, column, self.names, self.words) for column in columns)
            for row in rows
        )
        last = [index for index, row in enumerate(rows) if table.highlight and row.id == table.highlight.id]
        headings = {text.id: text for text in table.columns}
        title = entry.title or title_of(table, self.words)
        facts = [self.prose.row(row) for row in texts]
        return picture.Bridge(
            id=entry.id,
            title=title,
            description=self.prose.told(title, facts),
            headings=tuple(headings[column] for column in columns),
            rows=texts,
            highlight=last[0] if last else None,
        )

    def columns(self, entry: Diagram, table: model.Table) -> list[str]:
        """Return the ids of the columns to show: those asked for, else the first two and the last."""
        known = [text.id for text in table.columns]
        for ref in entry.columns:
            if ref.id not in known:
                self.dangling(ref, known)
        asked = [ref.id for ref in entry.columns if ref.id in known]
        return asked or (known if len(known) <= 3 else [*known[:2], known[-1]])

    def concept(self, entry: Diagram) -> Picture | None:
        """Return one concept with its layer, its examples and its relations."""
        found = {concept.id: concept for concept in self.source.every_concept()}
        if not entry.concept:
            message = f"the diagram `{entry.id}` does not say which concept it shows"
            self.refuse(MISSING_KEY, message, entry.span, "add `concept:` with the id of a concept")
            return None
        concept = found[entry.concept.id]
        nodes, edges = graphs.concept_graph(self.source, concept)
        layers = self.source.layers.items if self.source.layers else ()
        at = next((i for i, layer in enumerate(layers) if concept.id in {c.id for c in layer.concepts}), None)
        examples = self.names.of_examples(concept.examples)
        title = entry.title or concept.name
        facts = [concept.description] if concept.description else []
        facts += [self.prose.group(self.prose.said(Term.LAYER), [layers[at].name])] if at is not None else []
        facts += [self.prose.group(self.prose.said(Term.EXAMPLES), examples)] if examples else []
        facts += self.prose.propositions(nodes, edges)
        return picture.Concept(
            id=entry.id,
            title=title,
            description=self.prose.told(title, facts),
            nodes=nodes,
            edges=edges,
            layer=None if at is None else layers[at],
            position=None if at is None else at + 1,
            count=len(layers),
            examples=examples,
            about=concept.description,
        )

    def poster(self, entry: Diagram) -> Picture | None:
        """Return the other pictures, one of each kind, below the core sentence and the steps."""
        others = [each for each in self.entries if each.kind not in (DiagramKind.MAP, DiagramKind.CONCEPT)]
        wanted = self.chosen(entry, [each.id for each in others])
        kinds = DiagramKind
        order = (kinds.FLOW, kinds.GROUPS, kinds.BRIDGE, kinds.CATEGORIES, kinds.RELATIONS)
        usual = {each.kind: each for each in reversed(_usual(self.source)) if each.kind is not DiagramKind.MAP}
        hung = [each for each in others if each.id in wanted] or list(usual.values())
        hung.sort(key=lambda each: order.index(each.kind) if each.kind in order else len(order))
        parts = (
            *lenses_bridge(self.source, self.prose, self.words),
            *(part for each in hung if (part := self.make(each))),
        )
        steps = self.source.steps.items if self.source.steps else ()
        title = entry.title or self.source.title
        heading, connects = connects_title(self.words), self.source.connects
        facts = [self.source.core_sentence] if self.source.core_sentence else []
        facts += [self.prose.group(heading, connects)] if connects else []
        facts += [step.headline or step.name for step in steps]
        facts += [part.description for part in parts]
        return picture.Poster(
            id=entry.id,
            title=title,
            description=self.prose.told(title, facts),
            core_sentence=self.source.core_sentence,
            subtitle=self.source.subtitle,
            heading=heading,
            connects=connects,
            steps=steps,
            parts=parts,
            examples=graphs.examples_told(self.source, self.names, self.words),
            sources=graphs.sources_told(self.source, self.words),
            chosen=bool(entry.elements),
            paper=entry.paper or Paper.A3,
        )

    def lit(self, entry: Diagram) -> tuple[str, ...]:
        """Return the keys of the concepts that stand out."""
        keys = {concept.id: concept.key for concept in self.source.every_concept()}
        return tuple(keys[ref.id] for ref in entry.highlight if ref.id in keys)

    def chosen(self, entry: Diagram, known: Sequence[str]) -> set[str]:
        """Return the ids of the elements to show; those that the map does not have are problems."""
        for ref in entry.elements:
            if ref.id not in known:
                self.dangling(ref, known)
        return {ref.id for ref in entry.elements} or set(known)

    def node(self, ref: Ref, focus: model.Concept | None) -> Node:
        """Return a concept as a node."""
        lit = focus is not None and focus.id == ref.id
        name = self.names.concepts[ref.id]
        return Node(id=ref.id, name=name, role=None, focus=lit, line=model.Line.SOLID)

    def dangling(self, ref: Ref, known: Collection[str]) -> None:
        """Report an id that is not among `known`."""
        close = get_close_matches(ref.id, list(known), n=1)
        hint = f"did you mean `{close[0]}`?" if close else f"valid here: {', '.join(known)}"
        self.refuse(DANGLING_REFERENCE, f"`{ref.id}` is nothing that this diagram can show", ref.span, hint)

    def refuse(self, rule: Rule, message: str, span: Span, hint: str) -> None:
        """Add a problem."""
        self.problems.append(rule.at(message, span, hints=(hint,)))


_MAKERS = {
    DiagramKind.HIERARCHY: _Maker.hierarchy,
    DiagramKind.RELATIONS: _Maker.relations,
    DiagramKind.CATEGORIES: _Maker.categories,
    DiagramKind.FLOW: _Maker.flow,
    DiagramKind.GROUPS: _Maker.groups,
    DiagramKind.BRIDGE: _Maker.bridge,
    DiagramKind.CONCEPT: _Maker.concept,
    DiagramKind.MAP: _Maker.poster,
}
