"""The keys of files that people write, one by one, out of the JSON Schemas of these files."""

from __future__ import annotations

from collections import deque
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from difflib import get_close_matches
from typing import Any

from conceptdeck.reading.schema import ITEMS
from conceptdeck.reading.source import Mapping as MappingNode
from conceptdeck.reading.source import Node, Scalar
from conceptdeck.reading.source import Sequence as SequenceNode
from conceptdeck.values.value import frozen

__all__ = [
    "ID",
    "IN_LISTS",
    "NAME",
    "Key",
    "children",
    "every_key",
    "excerpt",
    "filled",
    "near",
    "value_at",
    "with_path",
]

IN_LISTS = "id"  # of elements: elsewhere it stands before them
ID, NAME = "ID", "NAME"  # what stands in a path for a name that the author gives
MOST_ALTERNATIVES = 12  # words of a choice that are listed
MOST_LINES = 14  # of an example
GUESS = 0.6  # how alike a key must be to be meant
COMMENT, TABLE = "  # ", "["
PLAIN = {"text": "a text", "id": "an id"}

Schema = Mapping[str, Any]


@frozen
class Key:
    """A key: the path that it stands at, what it says, what may stand after it, and where else it may stand.

    One is `named` if a file of ours gives the name, as `base.yaml` does that of a role.
    """

    path: tuple[str, ...]
    meaning: str
    kind: str
    default: str = ""
    required: bool = False
    named: bool = False
    also: tuple[tuple[str, ...], ...] = ()

    @property
    def dotted(self) -> str:
        """Return the path as messages write it."""
        return ".".join(self.path)


def every_key(schema: Schema, closed: Collection[tuple[str, ...]] = ()) -> tuple[Key, ...]:
    """Return the keys of a file, those of one mapping after each other, the outer ones first.

    What is below a path that is `closed` is left out, since it is said elsewhere.
    """
    return tuple(_Walk(schema, closed).keys())


class _Walk:
    """Walk through a schema; each definition is entered once, where it is reached first."""

    def __init__(self, schema: Schema, closed: Collection[tuple[str, ...]]) -> None:
        self.root, self.closed = schema, closed
        self.definitions: Mapping[str, Schema] = schema.get("$defs", {})
        self.places: dict[str, list[tuple[str, ...]]] = {}  # of definitions
        self.waiting: deque[tuple[tuple[str, ...], Schema, str]] = deque()

    def keys(self) -> Iterator[Key]:
        """Yield the keys."""
        found: list[tuple[Key, str]] = []
        self._enter(self.root, (), "")
        while self.waiting:
            path, record, owner = self.waiting.popleft()
            for name, each in record["properties"].items():
                if name == IN_LISTS:
                    continue
                at = (*path, name)
                default = _plain(each["default"]) if "default" in each else ""
                required = name in record.get("required", ())
                if _is_shut(each):
                    continue
                meaning, named = each.get("description", ""), "description" not in each
                found.append((Key(at, meaning or self._about(each), self.kind(each), default, required, named), owner))
                if at not in self.closed:
                    self._enter(each, at, owner)
        for key, owner in found:
            yield replace(key, also=tuple((*place, key.path[-1]) for place in self._elsewhere(key.path[:-1], owner)))

    def _elsewhere(self, path: tuple[str, ...], owner: str) -> Iterator[tuple[str, ...]]:
        """Yield the other places of a mapping: those of its definition, and those of a definition that it is within."""
        yield from self.places.get(owner, ())[1:]
        for first, *others in self.places.values():
            if len(first) < len(path) and path[: len(first)] == first:
                yield from ((*other, *path[len(first) :]) for other in others)

    def _enter(self, schema: Schema, path: tuple[str, ...], owner: str) -> None:
        """Go into what stands at a path; `owner` is the definition that it is a part of."""
        if "$ref" in schema:
            name = schema["$ref"].rpartition("/")[2]
            places = self.places.setdefault(name, [])
            places.append(path)
            if len(places) == 1:
                self._enter(self.definitions[name], path, name)
        elif "properties" in schema:
            self.waiting.append((path, schema, owner))
        elif isinstance(schema.get("additionalProperties"), Mapping):
            named = ID if "propertyNames" in schema else NAME
            self._enter(schema["additionalProperties"], (*path, named), owner)
        else:
            alternatives = schema.get("anyOf", ())
            for each in alternatives[:1] if self._has_elements(alternatives) else _mappings(alternatives):
                self._enter(each, path, owner)

    def _has_elements(self, alternatives: Sequence[Schema]) -> bool:
        """Tell whether the first of alternatives is a part with elements: the others are these elements alone."""
        first = alternatives[0].get("$ref", "").rpartition("/")[2] if alternatives else ""
        return ITEMS in self.definitions.get(first, {}).get("properties", {})

    def _about(self, schema: Schema) -> str:
        """Return what a definition of a mapping says of itself."""
        found = self.definitions.get(schema.get("$ref", "").rpartition("/")[2], {})
        return str(found.get("description", "")) if "properties" in found else ""

    def kind(self, schema: Schema) -> str:
        """Return in words what may stand after a key."""
        if "$ref" in schema:
            return self._named(schema["$ref"].rpartition("/")[2])
        if "enum" in schema:
            return _listed([f"`{word}`" for word in schema["enum"]])
        if "anyOf" in schema and self._has_elements(schema["anyOf"]):
            return f"{self.kind(schema['anyOf'][0])}, or its `{ITEMS}` alone"
        if "anyOf" in schema:
            return _listed(list(dict.fromkeys(self.kind(each) for each in schema["anyOf"])))
        if "items" in schema:
            return f"a list, each {self.kind(schema['items'])}"
        if "properties" in schema:
            return "a mapping"
        inner = schema.get("additionalProperties")
        if isinstance(inner, Mapping):
            names = "ids" if "propertyNames" in schema else "names"
            return f"a mapping from {names} to {self.kind(inner)}"
        return "a number" if "number" in schema.get("type", ()) else "a text"

    def _named(self, name: str) -> str:
        """Return in words what a definition stands for."""
        if name in PLAIN:
            return PLAIN[name]
        found = self.definitions[name]
        if "properties" in found or "additionalProperties" in found:
            return "a mapping"
        said = str(found.get("description", name)).rstrip(".")
        return said[:1].lower() + said[1:]


def _mappings(alternatives: Iterable[Schema]) -> list[Schema]:
    """Return the alternatives but for lists, which are short forms of the mappings beside them."""
    return [each for each in alternatives if "items" not in each]


def _is_shut(schema: Schema) -> bool:
    """Tell whether a mapping takes no key at all, since nothing is named there."""
    return schema.get("properties") == {} and not schema.get("additionalProperties", True)


def _listed(words: Sequence[str]) -> str:
    if len(words) > MOST_ALTERNATIVES:
        return f"{', '.join(words[:MOST_ALTERNATIVES])} or one of {len(words) - MOST_ALTERNATIVES} more"
    return " or ".join(filter(None, (", ".join(words[:-1]), words[-1])))


def _plain(value: Any) -> str:
    """Return a default as YAML writes it."""
    if isinstance(value, bool):
        return "true" if value else "false"
    return f"{value:g}" if isinstance(value, float) else str(value)


def children(keys: Iterable[Key], key: Key) -> tuple[str, ...]:
    """Return the names of the keys in the mapping after a key, or in each of those that it has by name."""
    depth = len(key.path)
    inner = [
        path
        for each in keys
        for path in (each.path, *each.also)
        if path[:depth] == key.path and len(path) > depth and all(step in (ID, NAME) for step in path[depth:-1])
    ]
    return tuple(dict.fromkeys(path[-1] for path in inner))


# Finding keys -----------------------------------------------------------------------------------------------


def with_path(keys: Iterable[Key], asked: str) -> tuple[Key, ...]:
    """Return the keys that a path means, with or without the names that an author gives; else those that end so."""
    wanted = _steps(asked.split("."))
    there = [(key, [_steps(path) for path in (key.path, *key.also)]) for key in keys]
    whole = tuple(key for key, paths in there if wanted in paths)
    return whole or tuple(key for key, paths in there if any(path[-len(wanted) :] == wanted for path in paths))


def _steps(path: Iterable[str]) -> tuple[str, ...]:
    """Return a path without names that an author gives."""
    return tuple(step for step in path if step not in (ID, NAME))


def near(keys: Iterable[Key], asked: str) -> tuple[str, ...]:
    """Return the keys that may be meant by one that is not there."""
    known = {step for key in keys for step in (key.path[-1], ".".join(_steps(key.path)))}
    return tuple(get_close_matches(asked, sorted(known), 3, GUESS))


# What a file says of its keys --------------------------------------------------------------------------------


def filled(keys: Iterable[Key], tree: Node, text: str) -> Iterator[Key]:
    """Yield keys with what the file that has all of them says: the value, and the comment if nothing else is said."""
    lines = text.splitlines()
    said: dict[tuple[str, ...], str] = {}
    for key in keys:
        found = _found(tree, key.path)
        name, value = found[-1] if found else (None, None)
        comment = _comment(lines, name.span.line - 1) if name and key.named else ""
        meaning = said[key.path] = comment or key.meaning or said.get(key.path[:-1], "")
        yield replace(key, meaning=meaning, default=key.default or _written(value))


def _written(node: Node | None) -> str:
    """Return a value as YAML writes it on one line; empty for mappings and for what is not there."""
    if isinstance(node, Scalar):
        return node.value
    if isinstance(node, SequenceNode) and all(isinstance(each, Scalar) for each in node.items):
        return f"[{', '.join(each.value for each in node.items if isinstance(each, Scalar))}]"
    return ""


def _comment(lines: Sequence[str], line: int) -> str:
    """Return the comment at the end of a line, else the one on the lines above it."""
    if COMMENT in lines[line]:
        return _sentence(lines[line].partition(COMMENT)[2])
    above: list[str] = []
    while line and lines[line - 1].lstrip().startswith("#"):
        line -= 1
        above.insert(0, lines[line].lstrip(" #"))
    return _sentence(" ".join(above))


def _sentence(text: str) -> str:
    text = text.strip()
    return text[:1].upper() + text[1:].rstrip(".") + "." if text else ""


# Examples ---------------------------------------------------------------------------------------------------


def value_at(tree: Node, path: Sequence[str]) -> Node | None:
    """Return what stands at a path of a file, None if nothing does."""
    found = _found(tree, path)
    return found[-1][1] if found else None


def excerpt(tree: Node, text: str, key: Key) -> str:
    """Return the lines of a file that show a key with the keys around it; empty if it is nowhere there."""
    for path in (key.path, *key.also):
        if found := _found(tree, path):
            lines = text.splitlines()
            ends = _ends(lines)
            rows = [row for name, _ in found for row in _whole(ends, name.span.line - 1)]
            rows += _block(lines, ends, found[-1][0].span.line - 1)
            shown = [lines[row].rstrip() for row in dict.fromkeys(rows) if not _is_empty(lines[row])]
            if len(shown) > MOST_LINES + len(found):
                shown = [*_shortened(shown, MOST_LINES + len(found)), f"{' ' * _indent(shown[-1])}# …"]
            return "\n".join(shown)
    return ""


def _shortened(shown: list[str], most: int) -> list[str]:
    """Return the first of many lines, none of them in the middle of what stands in brackets."""
    ends = _ends(shown)
    return shown[: max((end for end in ends if end <= most), default=len(shown))]


def _found(node: Node, path: Sequence[str]) -> list[tuple[Scalar, Node]]:
    """Return the keys and values on the way to what stands at a path; the first of several names that lead there."""
    if not path or not isinstance(node, MappingNode):
        return []
    for name, value in node.entries:
        if path[0] in (ID, NAME, name.value):
            rest = _found(value, path[1:])
            if rest or len(path) == 1:
                return [(name, value), *rest]
    return []


def _ends(lines: Sequence[str]) -> list[int]:
    """Return for each line where the lines end that it belongs with: those of a list or a mapping in brackets."""
    depth, ends, waiting = 0, list[int](), 0
    for row, line in enumerate(lines):
        said = line.partition(COMMENT)[0]
        depth += sum(said.count(each) for each in "[{") - sum(said.count(each) for each in "]}")
        waiting += 1
        if depth <= 0:
            ends += [row + 1] * waiting
            depth = waiting = 0
    return ends + [len(lines)] * waiting


def _whole(ends: Sequence[int], row: int) -> range:
    """Return the rows that belong with one."""
    return range(ends.index(ends[row]), ends[row])


def _block(lines: Sequence[str], ends: Sequence[int], first: int) -> Iterator[int]:
    """Yield the rows of a key and of what is indented below it."""
    inner = -1 if lines[first].startswith(TABLE) else _indent(lines[first])  # what follows a table of TOML is below it
    yield first
    for row in range(ends[first], len(lines)):
        line = lines[row]
        if line.strip() and (_indent(line) <= inner or line.startswith(TABLE)):
            return
        yield row


def _is_empty(line: str) -> bool:
    return not line.strip() or line.lstrip().startswith("#")


def _indent(line: str) -> int:
    return len(line) - len(line.lstrip(" "))
