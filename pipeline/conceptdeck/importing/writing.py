"""A planned map as the text of its file, as somebody would write it, and the keys of what is translated."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from conceptdeck.importing.plan import PlannedConcept, PlannedGroup, PlannedMap, PlannedRelation
from conceptdeck.importing.traits import Traits
from conceptdeck.importing.words import word, worded_in
from conceptdeck.importing.yaml_text import Flow, FlowMap, Listing, Value, comment, written
from conceptdeck.values.outline import Wording

__all__ = ["own_words", "translations", "write_map"]

SCHEMA = "# yaml-language-server: $schema=../map.schema.json"
MOST_LEFT = 200
MOST_OF_ONE = 400  # characters of something that is left over


def write_map(planned: PlannedMap, language: str, origin: str) -> str:
    """Return the text of a map's file; `origin` says what it was made of."""
    traits = Traits(planned.concepts, language)
    head: dict[str, Value] = {"language": language, "title": planned.title.text}
    for key, text in (
        ("subtitle", planned.subtitle.text),
        ("core-sentence", planned.core_sentence.text),
        ("focus", planned.focus),
    ):
        if text:
            head[key] = text
    body: dict[str, Value] = {}
    if planned.tags:
        body["tags"] = Flow(planned.tags)
    cover = {"meta": planned.cover_meta, "notes": planned.cover_notes.text}
    if any(cover.values()):
        body["cover"] = {key: text for key, text in cover.items() if text}
    loose, homes = _homes(planned)
    by_id = {each.id: _concept(each, traits) for each in planned.concepts}
    if loose:
        body["concepts"] = Listing({id_: by_id[id_] for id_ in loose})
    if traits.declared:
        body["attributes"] = Listing(traits.declared)
    if planned.groups:
        body["groups"] = {"items": Listing({each.id: _group(each, by_id, homes) for each in planned.groups})}
    if planned.relations:
        body["relations"] = _relations(planned.relations, language)
    lines = [SCHEMA, *comment(origin), "", *written(head)]
    for key, value in body.items():
        lines += ["", *written({key: value})]
    return "\n".join([*lines, *_left(planned)]) + "\n"


def _homes(planned: PlannedMap) -> tuple[list[str], frozenset[str]]:
    """Return the concepts that are written outside the groups, and those that are written in the one they belong to.

    If one belongs to two, groups only name their concepts.
    """
    counts: dict[str, int] = {}
    for group in planned.groups:
        for each in (group, *group.parts):
            for id_ in each.concepts:
                counts[id_] = counts.get(id_, 0) + 1
    homes = frozenset(counts) if max(counts.values(), default=1) == 1 else frozenset[str]()
    return [each.id for each in planned.concepts if each.id not in homes], homes


def _concept(concept: PlannedConcept, traits: Traits) -> Value:
    """Return a concept as it is written: one with nothing but a name is that name."""
    made: dict[str, Value] = {"name": concept.name.text}
    if concept.description:
        made["description"] = concept.description.text
    if concept.points:
        made["points"] = [each.text for each in concept.points]
    if concept.link:
        made["link"] = concept.link
    if own := FlowMap(traits.of(concept)):
        made["attributes"] = own
    if concept.notes:
        made["notes"] = concept.notes.text
    return concept.name.text if len(made) == 1 else made


def _group(group: PlannedGroup, by_id: Mapping[str, Value], homes: frozenset[str]) -> Value:
    """Return a group with its concepts, or with their ids."""
    made: dict[str, Value] = {"name": group.name.text}
    if group.summary:
        made["summary"] = group.summary.text
    if group.notes:
        made["notes"] = group.notes.text
    if group.concepts:
        inside = all(id_ in homes for id_ in group.concepts)
        made["concepts"] = Listing({id_: by_id[id_] for id_ in group.concepts}) if inside else Flow(group.concepts)
    if group.parts:
        made["groups"] = Listing({each.id: _group(each, by_id, homes) for each in group.parts})
    return made


def _relations(relations: Sequence[PlannedRelation], language: str) -> Value:
    """Return the relations as a list, those without an arrow or with a dashed line by a type of their own."""
    types: dict[str, Value] = {}
    items: list[Value] = []
    for each in relations:
        kind = _type(each)
        if kind:
            types.setdefault(kind, _declared(each, language))
            parts = {"source": each.source, "phrase": each.phrase.text, "target": each.target, "type": kind}
            items.append(FlowMap({key: text for key, text in parts.items() if text}))
        else:
            items.append(Flow(filter(None, (each.source, each.phrase.text, each.target))))
    return {"types": Listing(types), "items": items} if types else items


def _type(relation: PlannedRelation) -> str:
    if relation.arrow:
        return "dashed" if relation.dashed else ""
    return "connected-dashed" if relation.dashed else "connected"


def _word_of(relation: PlannedRelation) -> str:
    return "dashed" if relation.dashed else "connected"


def _declared(relation: PlannedRelation, language: str) -> Value:
    """Return the type of a relation that is no plain arrow."""
    made: dict[str, Value] = {"name": word(_word_of(relation), language)}
    if relation.dashed:
        made["line"] = "dashed"
    if not relation.arrow:
        made["directed"] = "false"
    return made


def _left(planned: PlannedMap) -> Iterator[str]:
    """Yield comments on what of the file is in no part of the map."""
    if not planned.left:
        return
    yield from ("", "# Not taken over, since no part of a map says it:")
    for each in planned.left[:MOST_LEFT]:
        of = f"{each.of}: " if each.of else ""
        text = each.text if len(each.text) <= MOST_OF_ONE else each.text[: MOST_OF_ONE - 2] + " …"
        yield from (f"#   {line[2:]}" for line in comment(f"{of}{each.kind}: {text}"))
    if len(planned.left) > MOST_LEFT:
        yield f"#   and {len(planned.left) - MOST_LEFT} more"


# --- translations --------------------------------------------------------------------------------


def translations(planned: PlannedMap) -> Mapping[str, Wording]:
    """Return the texts that the file has in other languages too, by their keys in the map."""
    found = {
        "title": planned.title,
        "subtitle": planned.subtitle,
        "core-sentence": planned.core_sentence,
        "cover.notes": planned.cover_notes,
    }
    for each in planned.concepts:
        at = f"concepts.{each.id}"
        found |= {f"{at}.name": each.name, f"{at}.description": each.description, f"{at}.notes": each.notes}
        found |= {f"{at}.points.{number}": text for number, text in enumerate(each.points, start=1)}
        found[f"{at}.attributes.{Traits.SYNONYMS}"] = each.synonyms
    for group in planned.groups:
        found |= _of_group(group, f"groups.{group.id}")
        for part in group.parts:
            found |= _of_group(part, f"groups.{group.id}.groups.{part.id}")
    return {key: text for key, text in found.items() if text.others}


def own_words(planned: PlannedMap, language: str, tags: Sequence[str]) -> Mapping[str, Wording]:
    """Return the words that are not of the file, by their keys in the map, in the languages that it is in."""
    found = {}
    if any(each.synonyms for each in planned.concepts):
        found[f"attributes.{Traits.SYNONYMS}.name"] = worded_in("synonyms", language, tags)
    for each in planned.relations:
        if kind := _type(each):
            found[f"relations.types.{kind}.name"] = worded_in(_word_of(each), language, tags)
    return found


def _of_group(group: PlannedGroup, at: str) -> dict[str, Wording]:
    return {f"{at}.name": group.name, f"{at}.summary": group.summary, f"{at}.notes": group.notes}
