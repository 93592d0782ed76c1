"""Rules on content: what a map says twice, never uses or leaves out. All are warnings: such a map still builds."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator
from dataclasses import replace

from conceptdeck.checks.rules import SHOWN_NOWHERE
from conceptdeck.story.titles import same_title
from conceptdeck.story.walks import unseen
from conceptdeck.story.worth import concept_fills, relation_fills
from conceptdeck.values.diagnostics import Diagnostic, Span, listed, sort_diagnostics
from conceptdeck.values.groups import Group, Property
from conceptdeck.values.model import Category, ConceptMap, Layer, Relation, RelationType, Stratum, System
from conceptdeck.values.rules import WARNING, Rule
from conceptdeck.values.text import Ref, Text, inner_fields, texts

__all__ = ["check_content", "shown_nowhere"]

Findings = Iterator[Diagnostic]


def check_content(concept_map: ConceptMap, *, pictures: bool = False) -> tuple[Diagnostic, ...]:
    """Return what is odd about the content of a map; for `pictures` only what they would show so."""
    return sort_diagnostics(finding for rule in (_DRAWN if pictures else _RULES) for finding in rule(concept_map))


UNUSED_SYSTEM = Rule("unused-system", "content", WARNING, "a system that no slide shows").because("""
    A system is declared and neither a concept nor a table names it: often the example was forgotten, or renamed.
""")


def unused_system(concept_map: ConceptMap) -> Findings:
    """Find systems that no concept and no table names."""
    used = _referenced(concept_map)
    for system in concept_map.systems:
        if system.id not in used:
            hint = "name it among the `examples` of a concept, or in a table, or delete it"
            yield _finding(UNUSED_SYSTEM, f"no slide shows the system `{system.id}`", system.name.span, hint)


ORPHAN_CONCEPT = Rule("orphan-concept", "content", WARNING, "a concept that nothing refers to").because("""
    A concept outside layers and groups appears on slides only where something refers to it. In a map without both,
    concepts that nothing refers to are listed on slides of their own.
""")


def orphan_concept(concept_map: ConceptMap) -> Findings:
    """Find concepts outside the layers that nothing refers to."""
    used = _referenced(concept_map)
    lists = not concept_map.layers and not concept_map.groups
    for concept in () if lists else concept_map.concepts:
        if concept.id not in used:
            hint = "put it into a group, refer to it in a relation, a category or a level, or delete it"
            yield _finding(ORPHAN_CONCEPT, f"nothing refers to the concept `{concept.id}`", concept.name.span, hint)


UNUSED_VALUE = Rule("unused-value", "content", WARNING, "a value of an attribute that no concept has").because("""
    An attribute or one of its known values is declared, and no concept has it: nothing shows it.
""")


def unused_value(concept_map: ConceptMap) -> Findings:
    """Find attributes, and known values of them, that no concept has."""
    used = {
        (own.id, value) for each in concept_map.every_concept() for own in each.attributes for value in _values(own)
    }
    for attribute in concept_map.attributes:
        if not any(id_ == attribute.id for id_, _ in used):
            what = f"no concept has the attribute `{attribute.id}`"
            yield _finding(UNUSED_VALUE, what, attribute.name.span, "give it to a concept, or delete it")
            continue
        for value in attribute.values:
            if (attribute.id, value.id) not in used:
                what = f"no concept has the value `{value.id}` of `{attribute.id}`"
                yield _finding(UNUSED_VALUE, what, value.span, "give it to a concept, or delete it")


def _values(own: Property) -> tuple[str, ...]:
    return tuple(ref.id for ref in own.value) if isinstance(own.value, tuple) else ("",)


UNUSED_RELATION_TYPE = Rule(
    "unused-relation-type",
    "content",
    WARNING,
    "a kind of relation that no relation has",
).because("""
    It still stands in the legend of the author's mind, not of the deck. Use it or delete it.
""")


def unused_relation_type(concept_map: ConceptMap) -> Findings:
    """Find kinds of relation that no relation has."""
    relations = concept_map.relations
    if relations is None:
        return
    used = {each.type.id for each in relations.items if each.type}
    for kind in relations.types:
        if kind.id not in used:
            hint = "give a relation this type, or delete it"
            yield _finding(UNUSED_RELATION_TYPE, f"no relation is of the type `{kind.id}`", kind.name.span, hint)


def shown_nowhere(concept_map: ConceptMap, shown: Collection[str]) -> tuple[Diagnostic, ...]:
    """Return a finding for each text whose key is not among those `shown`, unless all of its element is unused."""
    unused = [
        each.span
        for rule in (unused_system, orphan_concept, unused_value, unused_relation_type)
        for each in rule(concept_map)
    ]
    elements = {text.key.rpartition(".")[0] for text in texts(concept_map) if text.span in unused}
    hint = "delete it, or write what it belongs to"
    return tuple(
        _finding(SHOWN_NOWHERE, f"no slide, no notes and no diagram have `{text.key}`", text.span, hint)
        for text in texts(concept_map)
        if text.key not in shown and text.key.rpartition(".")[0] not in elements
    )


DUPLICATE_LABEL = Rule("duplicate-label", "content", WARNING, "two elements of a kind with one name").because("""
    On a slide nobody sees ids: the audience takes the two for one. Concepts of two layers may share a name: the titles
    of their slides are completed by their layers.
""")


def duplicate_label(concept_map: ConceptMap) -> Findings:
    """Find names that two elements of a kind share."""
    layers = concept_map.layers.items if concept_map.layers else ()
    kinds: dict[str, tuple[System | Layer | Category | Stratum | Group, ...]] = {
        "systems": concept_map.systems,
        "layers": layers,
        "categories": concept_map.categories.items if concept_map.categories else (),
        "levels": concept_map.strata.items if concept_map.strata else (),
        "groups": concept_map.groups.items if concept_map.groups else (),
    }
    together = [*(layer.concepts for layer in layers), concept_map.concepts]
    for kind, elements in [*(("concepts", each) for each in together), *kinds.items()]:
        named = [(each.id, each.name) for each in elements]
        hint = "name one of them differently: on a slide nobody sees ids"
        yield from _repeated(DUPLICATE_LABEL, f"{kind} have the name", named, hint)


REPEATED_TITLE = Rule("repeated-title", "content", WARNING, "one sentence as the message of two slides").because("""
    The program completes equal titles from where their slides stand, so that they can be told apart. But two slides
    with one message are often one slide, or one of the messages was copied to be rewritten later.
""")


def repeated_title(concept_map: ConceptMap) -> Findings:
    """Find messages that two slides share; those of two concepts are another rule's."""
    hint = "say in each title what this slide adds"
    told = [(text.key, text) for text in _messages(concept_map)]
    yield from _repeated(REPEATED_TITLE, "slides have the title", told, hint)


REPEATED_TEXT = Rule("repeated-text", "content", WARNING, "the same text for two concepts").because("""
    Often copied to be rewritten later. Say of each concept what is its own.
""")


def repeated_text(concept_map: ConceptMap) -> Findings:
    """Find descriptions and takeaways that two concepts share."""
    concepts = concept_map.every_concept()
    for name in ("description", "meaning"):
        found = [(each.id, getattr(each, name)) for each in concepts]
        hint = "say of each concept what is its own"
        yield from _repeated(
            REPEATED_TEXT, f"concepts have the same {name}:", [(id_, text) for id_, text in found if text], hint
        )


REPEATED_RELATION = Rule("repeated-relation", "content", WARNING, "a relation that is there already").because("""
    Two relations say the same: of one type, with one phrase, between the same concepts in the same direction.
""")


def repeated_relation(concept_map: ConceptMap) -> Findings:
    """Find relations that say the same of the same two concepts."""
    first: dict[tuple[str, ...], Relation] = {}
    for relation in concept_map.relations.items if concept_map.relations else ():
        kind = relation.type.id if relation.type else ""
        said = relation.phrase.value.casefold() if relation.phrase else ""
        key = (relation.source.id, relation.target.id, kind, said)
        earlier = first.setdefault(key, relation)
        if earlier is not relation:
            what = f"`{relation.id}` relates the same concepts in the same way as `{earlier.id}`"
            yield _finding(REPEATED_RELATION, what, relation.source.span, "keep one of them")


RELATION_CYCLE = Rule("relation-cycle", "content", WARNING, "directed relations that lead in a circle").because("""
    A builds on B builds on A explains nothing, unless feedback is what is meant: then allow it. Relations that say
    something different with each step are no such circle.
""")


CIRCLE = "if that is what is meant, allow it with a comment; else turn one of them round"


def relation_cycle(concept_map: ConceptMap) -> Findings:
    """Find directed relations that say the same and lead back to where they start, over another concept at least."""
    relations = concept_map.relations
    if relations is None:
        return
    for kind in relations.types:
        ways = [each for each in relations.items if kind.directed and _is_way(each, kind)]
        for said in dict.fromkeys(str(each.phrase or kind.name) for each in ways):
            found = _cycle([each for each in ways if str(each.phrase or kind.name) == said])
            if found:
                way = " → ".join([each.source.id for each in found] + [found[-1].target.id])
                what = f"relations of the type `{kind.id}` lead in a circle: {way}"
                yield _finding(RELATION_CYCLE, what, found[0].source.span, CIRCLE)


def walk_unseen(concept_map: ConceptMap) -> Findings:
    """Find concepts that the walk through the relations names, and that no relation joins."""
    if relations := concept_map.relations:
        ends = {ref.id for each in relations.items for ref in (each.source, each.target)}
        yield from unseen(relations.walk, ends, "the diagram of the relations")


AIM_SIDE = Rule("aim-side", "content", WARNING, "an aim without a side, or with one that has no name").because("""
    The slide shows aims on two sides if `sides` names these and each aim says on which it is, or that it is on both.
    Else it lists them.
""")


def aim_side(concept_map: ConceptMap) -> Findings:
    """Find aims without a side where sides are named, and sides of aims where they are not."""
    aims = concept_map.aims
    for aim in aims.items if aims else ():
        if aims and aims.sides and not aim.side:
            hint = "write `side: left`, `side: both` or `side: right`"
            yield _finding(AIM_SIDE, f"the aim `{aim.id}` has no side", aim.wants.span, hint)
        elif aims and aim.side and not aims.sides:
            hint = "name `left` and `right` under `sides` of `aims`, or take `side` away"
            yield _finding(AIM_SIDE, f"the side of the aim `{aim.id}` has no name", aim.wants.span, hint)


MISSING_NOTES = Rule("missing-notes", "content", WARNING, "a slide without notes among slides with notes").because("""
    If the speaker has notes for some slides, a slide without is most often forgotten. A map without any notes is
    not judged.
""")


def missing_notes(concept_map: ConceptMap) -> Findings:
    """Find slides without notes in a map whose other slides have some."""
    places = list(_notes(concept_map))
    if not any(notes for _, notes in places):
        return
    for title, notes in places:
        if notes is None:
            what = f"the slide “{_short(title.value)}” has no notes, other slides of the map have"
            found = _finding(MISSING_NOTES, what, title.span, "write `notes`: what the speaker says")
            yield replace(found, cause="notes")


# --- what the rules share ------------------------------------------------------------------------


def _finding(rule: Rule, message: str, span: Span, hint: str) -> Diagnostic:
    return rule.at(message, span, hints=(hint,))


def _repeated(rule: Rule, what: str, named: list[tuple[str, Text]], hint: str) -> Findings:
    """Find texts that several have, wherever they stand again; all that have one text have one cause."""
    shared: dict[str, list[tuple[str, Text]]] = {}
    for each in named:
        shared.setdefault(same_title(each[1].value), []).append(each)
    for some in shared.values():
        if len(some) > 1:
            who = listed([f"`{id_}`" for id_, _ in some])
            count = "two" if len(some) == 2 else len(some)
            said = f"{count} {what} “{_short(some[0][1].value)}”: {who}"
            yield from (replace(_finding(rule, said, text.span, hint), cause=said) for _, text in some[1:])


def _referenced(value: object) -> set[str]:
    """Return every id that is referred to anywhere in a map."""
    found: set[str] = set()
    waiting = [value]
    while waiting:
        each = waiting.pop()
        if isinstance(each, Ref):
            found.add(each.id)
        elif isinstance(each, tuple):
            waiting += each
        else:
            waiting += [getattr(each, name) for name in inner_fields(type(each))]
    return found


def _is_way(relation: Relation, kind: RelationType) -> bool:
    """Tell whether a relation of a kind leads to another concept."""
    loop = relation.source.id == relation.target.id
    return relation.type is not None and relation.type.id == kind.id and not loop


def _cycle(relations: list[Relation]) -> list[Relation]:
    """Return relations that lead in a circle, if there are any; without recursion, in linear time."""
    leaving: dict[str, list[Relation]] = {}
    for relation in relations:
        leaving.setdefault(relation.source.id, []).append(relation)
    done: set[str] = set()
    for start in leaving:
        if start not in done and (found := _circle(start, leaving, done)):
            return found
    return []


def _circle(start: str, leaving: dict[str, list[Relation]], done: set[str]) -> list[Relation]:
    way: list[Relation] = []
    on_way = {start: 0}
    waiting = [iter(leaving.get(start, ()))]
    while waiting:
        step = next(waiting[-1], None)
        if step is None:
            waiting.pop()
            done.add(way.pop().target.id if way else start)
            continue
        target = step.target.id
        if target in on_way and target not in done:
            return [*way[on_way[target] :], step]
        if target not in done:
            way.append(step)
            on_way[target] = len(way)
            waiting.append(iter(leaving.get(target, ())))
    return []


def _notes(concept_map: ConceptMap) -> Iterator[tuple[Text, Text | None]]:
    """Yield the title and the notes of each thing that becomes a slide of its own."""
    parts = (
        concept_map.steps,
        concept_map.layers,
        *concept_map.tables,
        concept_map.categories,
        concept_map.relations,
        concept_map.strata,
        concept_map.aims,
        concept_map.conclusion,
    )
    yield from ((part.title, part.notes) for part in parts if part and part.title)
    for layer in concept_map.layers.items if concept_map.layers else ():
        if layer.summary:
            yield layer.summary, layer.notes
        yield from ((concept.name, concept.notes) for concept in layer.concepts if concept_fills(concept))
    for relation in concept_map.relations.items if concept_map.relations else ():
        if relation.headline and relation_fills(relation):
            yield relation.headline, relation.notes


def _messages(concept_map: ConceptMap) -> Iterator[Text]:
    """Yield the sentences that title slides, each once; names that do are not meant as messages."""
    if concept_map.core_sentence:
        yield concept_map.core_sentence
    yield from (title for title, _ in _notes(concept_map) if title.id != "name")
    own = {text.value: text for concept in concept_map.every_concept() if (text := concept.meaning)}
    yield from own.values()


def _short(text: str) -> str:
    return text if len(text) <= 60 else f"{text[:59]}…"


_RULES: tuple[Callable[[ConceptMap], Findings], ...] = (
    unused_system,
    orphan_concept,
    unused_value,
    unused_relation_type,
    duplicate_label,
    repeated_text,
    repeated_title,
    repeated_relation,
    relation_cycle,
    aim_side,
    walk_unseen,
    missing_notes,
)
_DRAWN = (duplicate_label, repeated_relation, relation_cycle)  # what pictures for articles show, too
