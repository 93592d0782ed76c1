"""Lists become mappings from ids, and parts without `items` get it, as the model has them, before a map is read.

=============================================  =========================================================
written                                        what is made of it
=============================================  =========================================================
`concepts: [{id: rain, name: Rain}]`           `concepts: {rain: {name: Rain}}`
`concepts: [{name: Tidy data}, Rain]`          `concepts: {tidy-data: {name: Tidy data}, rain: {name: Rain}}`
`steps: [{see: {name: See}}]`                  `steps: {items: {see: {name: See}}}`
`columns: [Part, Job]`, `rows: [[Rain, falls]]`  `columns: {part: Part, ...}`, `rows: {rain: {part: Rain, job: falls}}`
`layers: [...]`, `layers: {past: {...}}`       `layers: {items: ...}`
`layers: {Long ago: [Rain, Fog]}`              `layers: {items: {long-ago: {name: Long ago, concepts: [Rain, Fog]}}}`
`steps: {Look up: Find it.}`                   `steps: {items: {look-up: {name: Look up, detail: Find it.}}}`
`concepts: {tidy-data: {description: Each}}`   `concepts: {tidy-data: {name: Tidy data, description: Each}}`
`core_sentence: Rain falls`                    `core-sentence: Rain falls`
=============================================  =========================================================

An element without an id is called by its name, or by its first words, wherever in it they are. Lists that hold
anything else stay as they are, for the reader to find; so do relations, which `short` reads. A layer that names a
concept which the map has elsewhere has that one.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Container
from dataclasses import is_dataclass
from typing import Any, get_args, get_origin

from conceptdeck.reading.schema import ITEMS, Field, filled_in, schema
from conceptdeck.reading.short import LONGEST_ID, SLUG, WINDOWS, called_within, id_of, named, referred
from conceptdeck.reading.source import Mapping, Node, Scalar, Sequence
from conceptdeck.reading.tree import Entry, changed, entries_of, node_at
from conceptdeck.reading.walks import stepped
from conceptdeck.values.characters import is_blank
from conceptdeck.values.diagram import WalkStep
from conceptdeck.values.groups import Group, Subgroup
from conceptdeck.values.model import Concept, ConceptMap, Relation, Table
from conceptdeck.values.slides import OwnSlide
from conceptdeck.values.text import Ref, Text

__all__ = ["keyed"]

ID, NAME, CONCEPTS = "id", "name", "concepts"
NAMES = (NAME, "title")
MEMBERS = (CONCEPTS, "members")  # what an element that is a list is a list of
SAYINGS = (
    "description",
    "detail",
    "summary",
    "meaning",
    "text",
)  # what is said of an element that is called by its key


def keyed(root: Node) -> Node:
    """Return a map's tree with mappings from ids where lists stand for them, and layers with the concepts they name."""
    return _layered(_keyed(root, ConceptMap))


def _keyed(node: Node, record: type) -> Node:
    if not isinstance(node, Mapping):
        return node
    known, given = schema(record), {key.value for key, _ in node.entries}
    entries = ((_key(key, known, given), value) for key, value in node.entries)
    read = ((key, _part(value, known[key.value], record) if key.value in known else value) for key, value in entries)
    whole = Mapping(tuple(read), node.span)
    return _with_cells(whole) if record is Table else whole


def _key(key: Scalar, known: Container[str], given: Container[str]) -> Scalar:
    """Return a key with hyphens where it is written with underscores, as other formats have it."""
    found = key.value.replace("_", "-")
    return key if key.value in known or found not in known or found in given else Scalar(found, key.span)


def _with_cells(table: Node) -> Node:
    """Return a table whose rows that are lists have their cells by column."""
    columns = [key for key, _ in entries_of(node_at(table, "columns"))]

    def row(node: Node) -> Node:
        if not isinstance(node, Sequence) or len(node.items) > len(columns):
            return node
        return Mapping(tuple(zip(columns, node.items, strict=False)), node.span)

    def rows(node: Node) -> Node:
        if not isinstance(node, Mapping):
            return node
        return Mapping(tuple((key, row(value)) for key, value in node.entries), node.span)

    return changed(table, "rows", rows)


def _part(node: Node, field: Field, owner: type) -> Node:
    """Return what stands at a key in that form."""
    if get_origin(field.kind) is not tuple:
        return _keyed(_within_items(node, field.kind), field.kind) if _is_record(field.kind) else node
    kind = get_args(field.kind)[0]
    if kind is Ref and owner in (Group, Subgroup) and _holds_mappings(node):
        kind = Concept  # written where it is grouped
    if kind is WalkStep:
        return stepped(node)
    if kind is Text and not field.listed:
        return named(node)
    if not _is_record(kind) or kind in (Ref, Relation) or ID not in filled_in(kind):
        return node
    made = _by_id(node, kind) if isinstance(node, Sequence) else node
    if not isinstance(made, Mapping):
        return made
    whole = (_named(key, value, kind) for key, value in made.entries)
    if kind is OwnSlide:  # whose tables and charts are lists
        return Mapping(tuple(whole), made.span)
    return Mapping(tuple((key, _keyed(value, kind)) for key, value in whole), made.span)


def _named(key: Scalar, node: Node, kind: type) -> Entry:
    """Return an element under a plain id, called by its key if it has no name; one that is a list has its members."""
    known, is_id = schema(kind), _is_id(key.value)
    id_ = key if is_id or is_blank(key.value) else Scalar(id_of(key.value), key.span)
    members = next((each for each in MEMBERS if each in known), "")
    saying = next((each for each in SAYINGS if each in known), "")
    if isinstance(node, Sequence) and members:
        node = Mapping(((Scalar(members, node.span), node),), node.span)
    elif isinstance(node, Scalar) and not is_id and saying and not is_blank(node.value):
        node = Mapping(((Scalar(saying, node.span), node),), node.span)
    name = next((each for each in NAMES if each in known), "")
    if isinstance(node, Mapping) and name and (known[name].required or not is_id):
        there = {_key(each, known, ()).value for each, _ in node.entries}
        if name not in there and there <= {*known} and (there or not is_id):
            node = Mapping(((Scalar(name, key.span), _called(key, is_id=is_id)), *node.entries), node.span)
    return id_, node


def _is_id(word: str) -> bool:
    return SLUG.fullmatch(word) is not None and len(word) <= LONGEST_ID and word not in WINDOWS


def _called(key: Scalar, *, is_id: bool) -> Scalar:
    """Return the name that a key stands for: itself, or the words of an id."""
    words = key.value.replace("-", " ")
    return Scalar(f"{words[0].upper()}{words[1:]}", key.span) if is_id else key


def _is_record(kind: Any) -> bool:
    return isinstance(kind, type) and is_dataclass(kind)


def _holds_mappings(node: Node) -> bool:
    return isinstance(node, Sequence) and any(isinstance(each, Mapping) for each in node.items)


def _within_items(node: Node, record: type) -> Node:
    """Return a part that is its elements, as one that has them at `items`."""
    known, given = schema(record), {key.value for key, _ in entries_of(node)}
    bare = isinstance(node, Sequence) or (given and not given & {*known})
    return Mapping(((Scalar(ITEMS, node.span), node),), node.span) if bare and ITEMS in known else node


def _by_id(node: Sequence, kind: type) -> Node:
    """Return a list of elements as a mapping from their ids; as it is if one of them cannot be called anything.

    Ids that are made of other names differ, and those of rows; a name that comes again is for the reader to find.
    """
    used = Counter[str]()
    names = set[str]()
    entries: list[Entry] = []
    for each in node.items:
        entry, name = _with_id(each, kind), _name(each)
        if entry is None:
            word = name or _first_word(each, kind)
            if word is None:
                return node
            made = id_of(word.value)
            is_new = name is None or name.value.casefold() not in names
            again = f"{made[: LONGEST_ID - 4]}-{used[made] + 1}" if used[made] and is_new else made
            names |= {name.value.casefold()} if name else set()
            entry = Scalar(again, word.span), each
            used[made] += again != made
        used[entry[0].value] += 1
        entries.append(entry)
    return Mapping(tuple(entries), node.span)


def _with_id(node: Node, kind: type) -> Entry | None:
    """Return an element with the id that it says, at `id` or as its only key; None if it says none."""
    if not isinstance(node, Mapping):
        return None
    id_ = node_at(node, ID)
    if isinstance(id_, Scalar) and not is_blank(id_.value):
        return id_, Mapping(tuple(entry for entry in node.entries if entry[0].value != ID), node.span)
    alone = len(node.entries) == 1 and node.entries[0][0].value not in schema(kind)
    return node.entries[0] if alone else None


def _name(node: Node) -> Scalar | None:
    """Return what an element is called: itself, or its name."""
    words = (node, *(node_at(node, name) for name in NAMES))
    return next((word for word in words if isinstance(word, Scalar) and not is_blank(word.value)), None)


def _first_word(node: Node, kind: type | None) -> Scalar | None:
    """Return the first text within an element that has no name, at a key that it may have."""
    if isinstance(node, Scalar):
        return None if is_blank(node.value) else node
    inner = (
        node.items
        if isinstance(node, Sequence)
        else [value for key, value in node.entries if kind is None or key.value in schema(kind)]
    )
    found = (_first_word(each, None) for each in inner)
    return next((word for word in found if word is not None), None)


# Layers -----------------------------------------------------------------------------------------------------


def _layered(root: Node) -> Node:
    """Return a map whose layers hold the concepts that they name and that stand elsewhere, each where it is first."""
    concepts = node_at(root, CONCEPTS)
    outside = {key.value: (key, value) for key, value in entries_of(concepts)}
    ends = called_within(concepts)
    taken: dict[str, Entry] = {}

    def entry(key: Scalar, value: Node) -> Entry:
        found = referred(value, ends) if key.span == value.span else value  # a name, and the id that it made
        if isinstance(found, Scalar) and found.value in outside and found.value not in taken:
            taken[found.value] = outside[found.value]
            return taken[found.value]
        return key, value

    def with_concepts(node: Node) -> Node:
        if not isinstance(node, Mapping):
            return node
        return Mapping(tuple(entry(key, value) for key, value in node.entries), node.span)

    def each(items: Node) -> Node:
        if not isinstance(items, Mapping):
            return items
        return Mapping(
            tuple((key, changed(layer, CONCEPTS, with_concepts)) for key, layer in items.entries), items.span
        )

    root = changed(root, "layers", lambda layers: changed(layers, ITEMS, each))
    rest = tuple(entry for id_, entry in outside.items() if id_ not in taken)
    if not taken or not isinstance(root, Mapping):
        return root
    kept = tuple((key, Mapping(rest, value.span) if key.value == CONCEPTS else value) for key, value in root.entries)
    return Mapping(tuple(pair for pair in kept if rest or pair[0].value != CONCEPTS), root.span)
