"""JSON Schemas of maps, stories and themes, made from the same dataclasses that the readers follow.

Editors complete and check files by them while they are written. They say all that the readers say but for what JSON
Schema has no words for: that a referenced id exists, that an id is used once, that a row has its table's columns, what
a theme lacks once it is laid over the one that it extends, and how far two colours are apart.
"""

from __future__ import annotations

import json
import re
from collections import abc
from collections.abc import Iterable, Mapping
from dataclasses import MISSING, fields, is_dataclass, replace
from enum import Enum
from typing import Any, get_args, get_origin

from conceptdeck.reading.design import Design, SlideSize
from conceptdeck.reading.excerpts import SourceText
from conceptdeck.reading.schema import (
    ITEMS,
    MINUTES,
    Count,
    Field,
    Known,
    Names,
    Number,
    Pattern,
    Words,
    element,
    filled_in,
    join,
    schema,
    sole_text,
)
from conceptdeck.reading.schema_leaves import Schema, leaves_of_maps, number_within, rows_and_code, to
from conceptdeck.reading.short import ARROW
from conceptdeck.reading.stories import SLIDES, Telling
from conceptdeck.reading.theme import Vocabulary, vocabulary
from conceptdeck.values.diagram import WalkStep
from conceptdeck.values.groups import Group, Property, Subgroup
from conceptdeck.values.icons import Icon
from conceptdeck.values.image import Focus, ImageFile
from conceptdeck.values.model import ConceptMap, Relation, Row
from conceptdeck.values.slides import Cells, CodeFile, DataFile, Listing, Marked, Minutes, Syntax
from conceptdeck.values.text import Link, Qr, Ref, Text

__all__ = ["entries_schema", "map_schema", "record_schema", "schema_text", "stories_schema", "theme_schema"]

ID = "id"
DIALECT = "https://json-schema.org/draft/2020-12/schema"


def schema_text(schema: Schema) -> str:
    """Return a schema as the text of a JSON file."""
    return json.dumps(schema, indent=2, ensure_ascii=False) + "\n"


def map_schema(icons: Iterable[str] = ()) -> Schema:
    """Return the JSON Schema (2020-12) of a map, which may name these icons, or any if there are none."""
    leaves = {Text: "text", Ref: "reference", Link: "link", Qr: "qr", Icon: "icon", bool: "flag", str: "language"}
    leaves |= {ImageFile: "image", Focus: "focus", Minutes: "minutes", Cells: "cells", DataFile: "data"}
    leaves |= {Listing: "code", CodeFile: "text", Syntax: "text", Marked: "text"}
    definitions = leaves_of_maps()
    if names := list(icons):
        definitions["icon"]["anyOf"] = [{"enum": names}, {"pattern": r"\.[Ss][Vv][Gg]$"}]
    writer = _Writer(leaves, definitions)
    definitions |= rows_and_code()
    definitions["minutes"] = {"description": f"{MINUTES.meant.capitalize()}.", **number_within(MINUTES)}
    return _document("Concept map", "conceptdeck schema", "values/model.py", writer.record(ConceptMap), writer)


def stories_schema() -> Schema:
    """Return the JSON Schema of a file of stories."""
    writer = _Writer({str: "text"}, {"text": leaves_of_maps()["text"]})
    told = writer.one(Telling, "")
    slides = writer.definitions[Telling.__name__]["properties"][SLIDES]
    root = {
        "description": "Stories by name: which slides a deck shows, in which order, and for how long.",
        "type": "object",
        "additionalProperties": {"anyOf": [told, slides]},
    }
    return _document("Stories", "conceptdeck schema stories", "reading/stories.py", root, writer)


def theme_schema(base: SourceText) -> Schema:
    """Return the JSON Schema of a theme, with the names that `base` has."""
    leaves = leaves_of_maps()
    named = {name: leaves[name] for name in ("text", "flag")}
    sides = {"type": "array", "items": {"type": ["number", "string"]}, "minItems": 2, "maxItems": 2}
    named["size"] = {"description": "A name of `sizes`, or a width and a height.", "anyOf": [to("text"), sides]}
    writer = _Writer({str: "text", bool: "flag", SlideSize: "size"}, named, vocabulary(base))
    root = writer.record(Design)
    required = [each.key for each in schema(Design).values() if each.required]
    root["anyOf"] = [{"required": ["extends"]}, {"required": required}]
    return _document("Theme", "conceptdeck schema theme", "reading/design.py and themes/base.yaml", root, writer)


def record_schema(title: str, command: str, source: str, record: type) -> Schema:
    """Return the JSON Schema of a file that is one mapping of texts, numbers and flags, such as a project's."""
    leaves = leaves_of_maps()
    flag = {"description": leaves["flag"]["description"], "type": "boolean"}
    writer = _Writer({str: "text", bool: "flag"}, {"text": leaves["text"] | {"type": "string"}, "flag": flag})
    return _document(title, command, source, writer.record(record), writer)


def entries_schema(title: str, command: str, source: str, record: type, kind: Any) -> Schema:
    """Return the JSON Schema of a file with a word, a list of words, or a mapping of these, by name."""
    words = {"type": "array", "items": to("text"), "minItems": 1}
    forms = {"description": "A word, or a list of words.", "anyOf": [to("text"), words]}
    writer = _Writer({kind: "words"}, {"text": leaves_of_maps()["text"], "words": forms})
    root = {"type": "object", "additionalProperties": {"anyOf": [to("words"), writer.one(record, "")]}}
    return _document(title, command, source, root, writer)


def _document(title: str, command: str, source: str, root: Schema, writer: _Writer) -> Schema:
    """Return a whole schema with the definitions that its parts refer to."""
    return {
        "$schema": DIALECT,
        "$comment": f"Generated by `{command}`; change {source} instead.",
        "title": title,
        **root,
        "$defs": dict(sorted(writer.definitions.items())),
    }


class _Writer:
    """Write the schemas of dataclasses, those of their parts as definitions.

    With `names`, those of the shipped base, everything may be left out, since it is laid over something else.
    """

    def __init__(self, leaves: Mapping[Any, str], definitions: dict[str, Schema], names: Vocabulary | None = None):
        """Start with the definitions of what has no parts."""
        self.leaves = leaves
        self.kinds: dict[str, type] = {}  # by the names of their definitions
        self.definitions = definitions
        self.names = names

    @property
    def partial(self) -> bool:
        """Tell whether everything may be left out."""
        return self.names is not None

    def record(self, record: type, path: str = "") -> Schema:
        """Return the schema of a mapping with the fields of a dataclass."""
        described = {each.name: each for each in fields(record)}
        properties: dict[str, Schema] = {}
        for key, each in schema(record).items():
            source = described[each.name]
            note = f" An id of `{each.to}`." if each.kind is Ref and each.to else " Or a list." if each.listed else ""
            found = to("text") if source.metadata.get("named") else self.value(each, record, join(path, key))
            description = {"description": f"{source.metadata.get('doc', '')}{note}"}
            properties[key] = description | found | description  # it comes first, and stands for that of the kind
            if source.default not in (MISSING, None, ()) and not self.partial:
                default = source.default
                properties[key]["default"] = default.value if isinstance(default, Enum) else default
        if ID in filled_in(record):
            properties[ID] = {"description": "Its id, where it stands in a list.", **to("id")}
        called = ID in filled_in(record)  # an id may be a name
        required = [key for key, each in schema(record).items() if each.required and not (called and key == "name")]
        made: Schema = {
            "description": (record.__doc__ or "").strip().splitlines()[0],
            "type": "object",
            "properties": properties,
            "additionalProperties": False,
        }
        return made if self.partial or not required else made | {"required": required}

    def value(self, each: Field, owner: type, path: str) -> Schema:
        """Return the schema of what stands after one key."""
        if each.rule is None and each.kind in self.leaves:
            return to("text" if each.kind is Ref and not each.to else self.leaves[each.kind])  # slides go by key too
        if get_origin(each.kind) is tuple:
            return self._collection(each, owner)
        if get_origin(each.kind) is list:
            return self._list(each, owner, path)
        if get_origin(each.kind) is abc.Mapping:
            return self._mapping(each, owner, path)
        if each.rule is not None:
            return self._ruled(each)
        return self.one(each.kind, path)

    def _collection(self, each: Field, owner: type) -> Schema:
        """Return the schema of a list of references, or of a mapping from ids to elements."""
        kind = get_args(each.kind)[0]
        if kind is Ref:
            if owner in (Group, Subgroup):  # or the concepts themselves, by name or as a mapping
                return self._collection(schema(ConceptMap)["concepts"], ConceptMap)
            made: Schema = {"type": "array", "items": to("text"), "uniqueItems": True}
            return {"anyOf": [made | ({"minItems": 1} if each.required else {}), to("text")]}
        if kind is Property:
            return {"type": "object", "propertyNames": to("id"), "additionalProperties": to("property")}
        is_called = isinstance(kind, type) and is_dataclass(kind) and {"name", "title"} & {*schema(kind)}
        names = to("text" if is_called else "id")
        if each.key == ITEMS:  # an id must not be a key of the mapping around
            names = {"allOf": [names, {"not": {"enum": list(schema(owner))}}]}
        value = self.one(kind, "")
        made = {"type": "object", "propertyNames": names, "additionalProperties": value}
        made |= {"minProperties": 1} if each.required else {}
        return _or_list(made, value, kind, each)

    def _list(self, each: Field, owner: type, path: str) -> Schema:
        """Return the schema of a list."""
        made: Schema = {"type": "array", "items": self.value(element(each), owner, path)}
        if isinstance(each.rule, Count):
            made |= {"minItems": each.rule.count, "maxItems": each.rule.count} if each.rule.count else {"minItems": 1}
            return self._defined(each.rule.meant, made) if each.rule.count else made
        return made

    def _mapping(self, each: Field, owner: type, path: str) -> Schema:
        """Return the schema of a mapping from names."""
        rule = each.rule if isinstance(each.rule, Names) else Names()
        inner = element(each)
        if not rule.closed:
            made: Schema = {"type": "object", "additionalProperties": self.value(inner, owner, path)}
            made |= {"propertyNames": _pattern(rule.pattern)} if rule.pattern else {}
            return {"anyOf": [made, to("text"), {"type": "array", "items": to("text")}]} if rule.alone else made
        properties = {
            name: self.value(replace(inner, rule=rule.rule(name, inner.rule)), owner, join(path, name))
            for name in self._names(path)
        }
        return {"type": "object", "properties": properties, "additionalProperties": False}

    def _names(self, path: str) -> Vocabulary:
        """Return the names that the base has at a path; what changes for a talk has those of the rest."""
        names = self.names or {}
        for step in path.removeprefix("talk.").split("."):
            names = names.get(step, {})
        return names

    def _ruled(self, each: Field) -> Schema:
        """Return the schema of a word or a number that keeps a rule."""
        rule = each.rule
        if isinstance(rule, Number):
            return self._number(rule)
        if isinstance(rule, Words):
            return {"enum": list(rule.words)}
        if isinstance(rule, Pattern):
            return self._defined(rule.meant, _pattern(rule))
        assert isinstance(rule, Known)  # the rules of lists and mappings are not of leaves
        if rule.of == "roles":
            return {"enum": list(self._names(rule.of))}
        return self._defined(rule.pattern.meant, _pattern(rule.pattern)) if rule.pattern else to("text")

    def _number(self, rule: Number) -> Schema:
        """Return the definition of a number within bounds."""
        return self._defined(rule.meant, number_within(rule))

    def _wrapper(self, name: str) -> Schema:
        """Return the schema of a part with elements: a mapping, or only its elements."""
        return {"anyOf": [to(name), *self.definitions[name]["properties"][ITEMS]["anyOf"]]}

    def _defined(self, meant: str, made: Schema) -> Schema:
        """Return a reference to a definition that is named by what it means."""
        name = re.sub("[^a-z0-9]+", "-", meant.lower()).strip("-")
        self.definitions[name] = {"description": f"{meant[0].upper()}{meant[1:]}.", **made}
        return to(name)

    def one(self, kind: Any, path: str) -> Schema:
        """Return the schema of one value: a leaf, a word of a choice, or a dataclass.

        Dataclasses are defined once, but for those whose names depend on where they stand.
        """
        if kind in self.leaves:
            return to(self.leaves[kind])
        assert isinstance(kind, type)
        if issubclass(kind, Enum):
            return {"enum": [member.value for member in kind]}
        assert is_dataclass(kind)
        name = kind.__name__
        while self.kinds.setdefault(name, kind) is not kind:  # two rooms may call things alike
            name = f"Other{name}"
        if _is_placed(kind):
            return self.record(kind, path)
        if name not in self.definitions:
            self.definitions[name] = {}  # known from now on, should it contain itself
            self.definitions[name] = _row(kind) if kind is Row else self.record(kind, path)
        if sole_text(kind):
            return {"anyOf": [to(name), to("text")]}
        return self._wrapper(name) if ITEMS in schema(kind) and not self.partial else to(name)


def _or_list(mapping: Schema, value: Schema, kind: Any, field: Field) -> Schema:
    """Return the schema of elements as a mapping from ids, or as a list of them."""
    items = value
    if kind is Relation:
        items = {"anyOf": [to("Relation"), *_drawn_relations()]}
    elif kind is Row:
        items = {"anyOf": [value, {"type": "array", "items": to("cell")}]}
    elif kind is WalkStep:  # or what it shows
        items = {"anyOf": [value, to("text"), {"type": "array", "items": to("text"), "minItems": 1}]}
        mapping = mapping | {"additionalProperties": items}
    elif isinstance(kind, type) and is_dataclass(kind) and {"name", "concepts"} <= {*schema(kind)}:
        concepts = {"type": "array", "items": to("text")}  # a group or a layer may be its concepts
        mapping = mapping | {"additionalProperties": {"anyOf": [value, concepts]}}
    listed: Schema = {"type": "array", "items": items}
    return {"anyOf": [mapping, listed | ({"minItems": 1} if field.required else {})]}


def _drawn_relations() -> list[Schema]:
    """Return the other forms of a relation: a list, an arrow or a sentence, an arrow with a phrase, other words."""
    ends: Schema = {"from": to("text"), "to": to("text"), "label": to("text")}
    return [
        {"type": "array", "items": to("text"), "minItems": 2, "maxItems": 3},
        {"type": "string", "pattern": rf"\S\s+\S|{ARROW}"},
        {"type": "object", "patternProperties": {ARROW: to("text")}, "additionalProperties": False, "minProperties": 1},
        {"type": "object", "properties": ends, "required": ["from", "to"]},
    ]


def _is_placed(record: type) -> bool:
    """Tell whether a part of a dataclass has names that depend on where it stands."""
    return any(isinstance(each.rule, Names) and each.rule.closed for each in schema(record).values())


def _pattern(rule: Pattern) -> Schema:
    """Return the schema of a word that a pattern matches; to some editors a few of them are numbers."""
    return {"type": ["string", "number"], "pattern": f"^({rule.written})$"}


def _row(record: type) -> Schema:
    """Return the schema of a table row, whose keys are the columns of its table."""
    return {
        "description": (record.__doc__ or "").strip(),
        "type": "object",
        "propertyNames": to("id"),
        "additionalProperties": to("cell"),
        "minProperties": 1,
    }
