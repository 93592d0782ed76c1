"""The tree of a map becomes a `ConceptMap`, or every reason why it is not one.

The dataclasses of `conceptdeck.values.model` are the schema: their fields and type hints say what may be written.
Nothing here knows a class by name but for tables, whose rows have the columns that the table declares.

Codes of this module, all errors:

====================  ====================================================================
unknown-key           a key that its mapping does not have
missing-key           a key that its mapping must have
wrong-kind            a list where text is meant, text where a mapping is meant, ...
empty-text            a text without a visible character
long-text             a text of more than `MAX_TEXT` characters
empty-collection      a list or a mapping that must have something in it
bad-id                an id that is not a plain slug, or that Windows reserves
reserved-id           an id that is a key of its parent, so that texts would share a key
duplicate-id          an id that another element of the same kind has
dangling-reference    an id that nothing has
duplicate-reference   an id twice in one list
self-relation         a relation from a concept to itself
bad-choice            a word that is not among the choices
bad-flag              neither `true` nor `false`
bad-link              not an address that starts with https, http or mailto
bad-language          not a language tag
unknown-column        a cell in a column that the table does not have
missing-column        a row without a cell for each column
====================  ====================================================================

A mapping or list nested in the wrong place is reported once; what is inside it is not read.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Collection, Iterable
from contextlib import suppress
from dataclasses import MISSING, dataclass, fields, is_dataclass, replace
from difflib import get_close_matches
from enum import Enum
from functools import cache
from itertools import islice
from types import NoneType
from typing import Any, NamedTuple, get_args, get_origin, get_type_hints
from urllib.parse import urlsplit

from conceptdeck.reading.findings import Findings, TooManyMistakes
from conceptdeck.reading.source import Mapping, Node, Scalar, Sequence
from conceptdeck.values.characters import is_blank, quoted
from conceptdeck.values.diagnostics import Diagnostic, Span
from conceptdeck.values.model import Cell, ConceptMap, Link, Ref, Row, Text

__all__ = ["read_map"]

MAX_TEXT = 20_000  # some twenty minutes of talk: more fits neither a slide nor its notes
_ITEMS = "items"  # the key of a wrapper's elements, left out of their path
_FILLED_IN = ("id", "key", "span", "cells")  # fields that are not keys in YAML


def read_map(node: Node, id: str) -> tuple[ConceptMap | None, tuple[Diagnostic, ...]]:
    """Return the map called `id`, or None and all that is wrong with it."""
    findings = Findings(node.span.path)
    result = None
    with suppress(TooManyMistakes):
        result = _Reader(findings).read(node, id)
    return None if findings.found else result, findings.sorted()


# The schema -------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Field:
    """What the model says about one key."""

    name: str
    key: str
    kind: Any
    to: str
    required: bool


@cache
def _schema(record: type) -> dict[str, _Field]:
    """Return the fields that are written in YAML, by key."""
    hints = get_type_hints(record)
    found = (
        _Field(
            name=each.name,
            key=each.name.replace("_", "-"),
            kind=_without_none(hints[each.name]),
            to=each.metadata.get("to", ""),
            required=each.default is MISSING and each.default_factory is MISSING,
        )
        for each in fields(record)
        if each.name not in _FILLED_IN
    )
    return {each.key: each for each in found}


def _without_none(hint: Any) -> Any:
    """Return X for the hint `X | None`, else the hint."""
    kinds = [kind for kind in get_args(hint) if kind is not NoneType]
    return kinds[0] if NoneType in get_args(hint) else hint


@cache
def _shared_collections() -> frozenset[str]:
    """Return the names of the collections that are referred to from anywhere, so that ids must be unique."""
    found, waiting = set[str](), list[type]([ConceptMap])
    done = set[type]()
    while waiting:
        record = waiting.pop()
        done.add(record)
        schema = _schema(record)
        found |= {each.to for each in schema.values() if each.to and (each.to not in schema or record is ConceptMap)}
        parts = {part for each in schema.values() for part in (each.kind, *get_args(each.kind))}
        waiting += [part for part in parts if isinstance(part, type) and is_dataclass(part) and part not in done]
    return frozenset(found)


@dataclass(frozen=True, slots=True)
class _At:
    """Where a value stands: its field, its key, the mapping around it and that mapping's path."""

    field: _Field
    key: Scalar
    path: str
    parent: Mapping
    owner: type

    @property
    def full_path(self) -> str:
        """Return the path of the value."""
        return self.path if self.is_items else _join(self.path, self.key.value)

    @property
    def is_items(self) -> bool:
        """Tell whether the value holds the elements of a wrapper."""
        return self.key.value == _ITEMS and _ITEMS in _schema(self.owner)

    @property
    def collection(self) -> str:
        """Return the collection that a reference points into: one beside it, or one shared by the map."""
        return _join(self.path, self.field.to) if self.field.to in _schema(self.owner) else self.field.to


def _join(path: str, key: str) -> str:
    """Return the path of `key` in the mapping at `path`."""
    return f"{path}.{key}" if path else key


class _Reference(NamedTuple):
    """A reference that waits until every id is known."""

    at: _At
    target: Scalar


# Reading ----------------------------------------------------------------------------------------------------


class _Reader:
    """Read one map; what cannot be read leaves a finding and is None, in a map that is then thrown away."""

    def __init__(self, findings: Findings) -> None:
        """Start with no id and no reference."""
        self.findings = findings
        self.known: dict[str, dict[str, Span]] = {}
        self.references: list[_Reference] = []
        self.nearest = _Nearest()
        self.leaves: dict[type, Callable[[Node, _At], Any]] = {
            Text: self._text,
            Ref: self._ref,
            Link: self._link,
            bool: self._flag,
            str: self._language,
        }

    def read(self, node: Node, id: str) -> ConceptMap | None:
        """Return the map."""
        self._check_slug(Scalar(id, Span(node.span.path)), ["rename the folder"])
        if not isinstance(node, Mapping):
            hints = ["start with `title: ...`"]
            self.findings.error("wrong-kind", f"a map must be a mapping, but is {_kind(node)}", node.span, hints=hints)
            return None
        result: ConceptMap = self._record(node, ConceptMap, "", Scalar("the map", node.span), id)
        self._check_references()
        return result

    def _value(self, node: Node, at: _At) -> Any:
        """Return what the field's type makes of the node."""
        kind = at.field.kind
        if get_origin(kind) is tuple:
            return self._refs(node, at) if get_args(kind)[0] is Ref else self._collection(node, at)
        if kind in self.leaves:
            return self.leaves[kind](node, at)
        if issubclass(kind, Enum):
            return self._choice(node, at)
        return self._part(node, at, kind)

    # Mappings

    def _part(self, node: Node, at: _At, record: type) -> Any:
        """Return a dataclass, read from a mapping."""
        if not isinstance(node, Mapping):
            self._wrong_kind(node, at, f"a mapping with {_listed(_schema(record), 'and')}")
            return None
        return self._record(node, record, at.full_path, at.key, at.key.value)

    def _record(self, node: Mapping, record: type, path: str, key: Scalar, id: str) -> Any:
        """Return a dataclass from the entries of a mapping."""
        schema = _schema(record)
        given = {each.value for each, _ in node.entries}
        missing = [each for each in schema.values() if each.required and each.key not in given]
        self._report_missing(missing, node, key)
        values: dict[str, Any] = {each.name: None for each in missing}
        for each, value in node.entries:
            if each.value in schema:
                at = _At(schema[each.value], each, path, node, record)
                values[at.field.name] = self._value(value, at)
            else:
                self._report_unknown(each, given, schema)
        self._check_ends(values.get("source"), values.get("target"))
        return record(**values, **_filled_in(record, id, path, key.span))

    def _report_missing(self, missing: list[_Field], node: Mapping, key: Scalar) -> None:
        """Report the keys that a mapping lacks, at the key of the mapping."""
        if missing:
            names = _listed([each.key for each in missing], "and")
            name = quoted(key.value) if key.span != node.span else key.value
            self.findings.error("missing-key", f"{name} lacks {names}", key.span, hints=[f"add {names}"])

    def _report_unknown(self, key: Scalar, given: set[str], schema: dict[str, _Field]) -> None:
        """Report a key that the schema does not have."""
        guess = self.nearest.hint(key.value, [each for each in schema if each not in given])
        hints = [guess, f"valid here: {_listed(schema, 'and')}"]
        self.findings.error("unknown-key", f"{quoted(key.value)} is not a key of this mapping", key.span, hints=hints)

    def _check_ends(self, source: object, target: object) -> None:
        """Report a relation that ends where it starts."""
        if isinstance(source, Ref) and isinstance(target, Ref) and source.id == target.id:
            message = f"a relation leads from {quoted(source.id)} to itself"
            self.findings.error("self-relation", message, target.span, hints=["name another concept as `target`"])

    # Collections

    def _collection(self, node: Node, at: _At) -> tuple[Any, ...]:
        """Return the elements of a mapping from id to element."""
        if not isinstance(node, Mapping):
            self._wrong_kind(node, at, "a mapping from ids to what they stand for")
            return ()
        if not node.entries and at.field.required:
            self._report_empty(node, at)
        kind = get_args(at.field.kind)[0]
        return tuple(self._element(key, value, at, kind) for key, value in node.entries)

    def _element(self, key: Scalar, node: Node, at: _At, kind: type) -> Any:
        """Return one element of a collection."""
        self._declare(key, at)
        inner = replace(at, key=key, path=at.full_path, owner=kind, field=replace(at.field, kind=kind))
        if kind is Row:
            return self._row(node, inner)
        return self._text(node, inner) if kind is Text else self._part(node, inner, kind)

    def _declare(self, key: Scalar, at: _At) -> None:
        """Note an id, so that references find it, and report what is wrong with it."""
        if at.is_items and key.value in _schema(at.owner):
            message = f"{quoted(key.value)} cannot be an id here: the mapping around has a key of that name"
            self.findings.error("reserved-id", message, key.span, hints=[f"{quoted(key.value + '-1')} would do"])
        self._check_slug(key, [])
        path = at.full_path
        shared = (name for name in _shared_collections() if path.endswith(f".{name}"))
        for name in (path, *shared):
            first = self.known.setdefault(name, {}).setdefault(key.value, key.span)
            if first != key.span:
                message = f"the id {quoted(key.value)} is taken"
                hints = ["choose another id"]
                self.findings.error("duplicate-id", message, key.span, note=f"first used at {first}", hints=hints)

    def _check_slug(self, id: Scalar, hints: Iterable[str]) -> None:
        """Report an id that is not a plain slug."""
        if len(id.value) > _LONGEST_ID or not _SLUG.fullmatch(id.value):
            slug = _slugified(id.value)
            message = f"the id {quoted(id.value)} is not a plain word of a-z, 0-9 and hyphens, up to {_LONGEST_ID}"
            guess = f"{quoted(slug)} would do" if slug else "write a short word in Latin letters"
            self.findings.error("bad-id", message, id.span, hints=[guess, *hints])
        elif id.value in _WINDOWS:
            message = f"the id {quoted(id.value)} cannot name a file on Windows"
            self.findings.error("bad-id", message, id.span, hints=[f"{quoted(id.value + '-1')} would do", *hints])

    def _report_empty(self, node: Node, at: _At) -> None:
        """Report a collection without elements."""
        message = f"{quoted(at.key.value)} has nothing in it"
        self.findings.error("empty-collection", message, node.span, hints=["add an entry"])

    # References

    def _ref(self, node: Node, at: _At) -> Ref | None:
        """Return a reference, and keep it to be checked once every id is known."""
        if not isinstance(node, Scalar) or is_blank(node.value):
            self._not_text(node, at, "the id of an element")
            return None
        if at.field.to:
            self.references.append(_Reference(at, node))
        return Ref(node.value, node.span)

    def _refs(self, node: Node, at: _At) -> tuple[Ref, ...]:
        """Return a list of references, each one once."""
        if not isinstance(node, Sequence):
            hint = f"write [{node.value}]" if isinstance(node, Scalar) and _SLUG.fullmatch(node.value) else ""
            self._wrong_kind(node, at, "a list of ids", hint)
            return ()
        if not node.items and at.field.required:
            self._report_empty(node, at)
        self._report_repeated([item for item in node.items if isinstance(item, Scalar)])
        return tuple(ref for item in node.items if (ref := self._ref(item, at)))

    def _report_repeated(self, ids: list[Scalar]) -> None:
        """Report each id that a list already has."""
        seen: dict[str, Span] = {}
        for each in ids:
            first = seen.setdefault(each.value, each.span)
            if first != each.span:
                message = f"{quoted(each.value)} is in the list already"
                note = f"first written at {first}"
                self.findings.error("duplicate-reference", message, each.span, note=note, hints=["delete one"])

    def _check_references(self) -> None:
        """Report each reference to an id that nothing has."""
        for at, target in self.references:
            known = self.known.get(at.collection, {})
            if target.value not in known:
                kind = at.field.to.rpartition(".")[2]
                message = f"{quoted(target.value)} is not among the {kind}"
                hints = [self.nearest.hint(target.value, known) or f"add it to the {kind}, or delete it here"]
                self.findings.error("dangling-reference", message, target.span, hints=hints)

    # Tables

    def _row(self, node: Node, at: _At) -> Row | None:
        """Return a table row: one cell for each column."""
        columns = _columns(at.parent)
        if not isinstance(node, Mapping):
            self._wrong_kind(node, at, "a mapping from column ids to cells")
            return None
        given = {key.value: (key, value) for key, value in node.entries}
        if columns is not None:
            self._check_columns(given, columns, at.key)
        path = at.full_path
        names = given if columns is None else [name for name in columns if name in given]
        cells = tuple((name, self._cell(*given[name], replace(at, path=path, owner=Row))) for name in names)
        return Row(id=at.key.value, key=path, cells=cells)

    def _check_columns(self, given: dict[str, tuple[Scalar, Node]], columns: dict[str, Node], row: Scalar) -> None:
        """Report cells without a column and columns without a cell."""
        for name in (name for name in given if name not in columns):
            hints = [self.nearest.hint(name, columns), f"columns of the table: {_listed(columns, 'and')}"]
            message = f"{quoted(name)} is not a column of the table"
            self.findings.error("unknown-column", message, given[name][0].span, hints=hints)
        missing = [name for name in columns if name not in given]
        if missing:
            names = _listed(missing, "and")
            message = f"the row {quoted(row.value)} lacks {names}"
            self.findings.error("missing-column", message, row.span, hints=[f"add {names}"])

    def _cell(self, key: Scalar, node: Node, at: _At) -> Cell:
        """Return a cell: systems if it is a list, else text."""
        inner = replace(at, key=key, field=_CELL)
        if isinstance(node, Sequence):
            return Cell(text=None, systems=self._refs(node, inner))
        return Cell(text=self._text(node, inner, "text or a list of system ids"))

    # Leaves

    def _text(self, node: Node, at: _At, meant: str = "text") -> Text | None:
        """Return a text exactly as it was written."""
        if not isinstance(node, Scalar) or is_blank(node.value):
            self._not_text(node, at, meant)
            return None
        if len(node.value) > MAX_TEXT:
            message = f"{quoted(at.key.value)} has {len(node.value):,} characters; at most {MAX_TEXT:,} are read"
            self.findings.error("long-text", message, node.span, hints=["shorten the text"])
        return Text(node.value, at.full_path, node.span)

    def _not_text(self, node: Node, at: _At, meant: str) -> None:
        """Report a list or a mapping where a word is meant, or no word at all."""
        if isinstance(node, Scalar):
            hint = f"write {meant}" if at.field.required else f"write {meant}, or delete the key"
            self.findings.error("empty-text", f"{quoted(at.key.value)} is empty", node.span, hints=[hint])
        else:
            self._wrong_kind(node, at, meant)

    def _link(self, node: Node, at: _At) -> Link | None:
        """Return an address with one of the schemes that are allowed."""
        if not isinstance(node, Scalar) or is_blank(node.value):
            self._not_text(node, at, "an address")
            return None
        if not _is_link(node.value):
            message = f"{quoted(node.value)} is not an address that can be followed"
            hints = ["start it with https://, http:// or mailto:, and write spaces as %20"]
            self.findings.error("bad-link", message, node.span, hints=hints)
        return Link(node.value, node.span)

    def _flag(self, node: Node, at: _At) -> bool:
        """Return true or false."""
        word = node.value.casefold() if isinstance(node, Scalar) else ""
        if isinstance(node, Scalar) and word not in _FLAGS:
            message = f"{quoted(at.key.value)} is {quoted(node.value)}, neither `true` nor `false`"
            self.findings.error("bad-flag", message, node.span, hints=["write `true` or `false`"])
        elif not isinstance(node, Scalar):
            self._wrong_kind(node, at, "`true` or `false`")
        return _FLAGS.get(word, False)

    def _language(self, node: Node, at: _At) -> str | None:
        """Return a language tag."""
        if not isinstance(node, Scalar) or is_blank(node.value):
            self._not_text(node, at, "a language tag such as `en`")
            return None
        if not _LANGUAGE.fullmatch(node.value):
            hyphens = node.value.replace("_", "-")
            guess = f"did you mean {quoted(hyphens)}?" if _LANGUAGE.fullmatch(hyphens) else ""
            hints = [guess or "write a tag such as `en`, `pt-BR` or `zh-Hans`"]
            message = f"{quoted(node.value)} is not a language tag"
            self.findings.error("bad-language", message, node.span, hints=hints)
        return node.value

    def _choice(self, node: Node, at: _At) -> Enum | None:
        """Return the member of an Enum."""
        words = {str(member.value): member for member in at.field.kind}
        if not isinstance(node, Scalar):
            self._not_text(node, at, _listed(words, "or"))
            return None
        if node.value not in words:
            message = f"{quoted(at.key.value)} is {quoted(node.value)}, not {_listed(words, 'or')}"
            hints = [self.nearest.hint(node.value, words) or f"write {_listed(words, 'or')}"]
            self.findings.error("bad-choice", message, node.span, hints=hints)
        return words.get(node.value)

    def _wrong_kind(self, node: Node, at: _At, meant: str, hint: str = "") -> None:
        """Report a node of another kind than the one that is meant."""
        message = f"{quoted(at.key.value)} must be {meant}, but is {_kind(node)}"
        span = at.key.span if isinstance(node, Scalar) and not node.value else node.span
        self.findings.error("wrong-kind", message, span, hints=[hint or "check the indentation and the dashes"])


# Words and patterns -----------------------------------------------------------------------------------------

_LONGEST_ID = 64
_SLUG = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
_WINDOWS = {"con", "prn", "aux", "nul", *(f"{port}{n}" for port in ("com", "lpt") for n in range(1, 10))}
_FLAGS = {"true": True, "yes": True, "false": False, "no": False}
_CELL = _Field("cells", "cells", Text, "systems", required=True)
_LONGEST_LIST = 16

# Language, extended languages, script, region, variants, extensions, private use: BCP 47, section 2.1.
_LANGUAGE = re.compile(
    r"[a-z]{2,3}(-[a-z]{3}){0,3}(-[a-z]{4})?(-([a-z]{2}|[0-9]{3}))?"
    r"(-([a-z0-9]{5,8}|[0-9][a-z0-9]{3}))*(-[0-9a-wy-z](-[a-z0-9]{2,8})+)*(-x(-[a-z0-9]{1,8})+)?",
    re.IGNORECASE | re.ASCII,
)


def _kind(node: Node) -> str:
    """Return what a node is, in an author's words."""
    if isinstance(node, Scalar):
        return "text" if node.value else "empty"
    return "a list" if isinstance(node, Sequence) else "a mapping"


def _listed(names: Collection[str], last: str) -> str:
    """Return the names in backticks, as a phrase; the end of a long list is left out."""
    words = [quoted(name) for name in islice(names, _LONGEST_LIST)]
    if len(names) > _LONGEST_LIST:
        words.append(f"{len(names) - _LONGEST_LIST} more")
    return f" {last} ".join(filter(None, (", ".join(words[:-1]), *words[-1:])))


def _filled_in(record: type, id: str, path: str, span: Span) -> dict[str, object]:
    """Return the fields that come from an element's id and place."""
    names = {each.name for each in fields(record)}
    return {name: value for name, value in (("id", id), ("key", path), ("span", span)) if name in names}


def _columns(table: Mapping) -> dict[str, Node] | None:
    """Return the columns of a table, or None where they are missing or unreadable."""
    found = next((value for key, value in table.entries if key.value == "columns"), None)
    return {key.value: value for key, value in found.entries} if isinstance(found, Mapping) else None


def _slugified(text: str) -> str:
    """Return a plain slug made from `text`, or nothing if it has no Latin letter and no digit."""
    letters = unicodedata.normalize("NFKD", text[:200].casefold())
    plain = "".join(c for c in letters if not unicodedata.combining(c))
    return re.sub("[^a-z0-9]+", "-", plain)[:_LONGEST_ID].strip("-")


def _is_link(text: str) -> bool:
    """Tell whether `text` is an address that is safe to write into a deck."""
    if not text.isprintable() or re.search(r'[\s<>"\\`]', text):
        return False
    try:
        parts = urlsplit(text)
    except ValueError:
        return False
    if parts.scheme == "mailto":
        return "@" in parts.path.strip("@")
    return parts.scheme in ("https", "http") and bool(parts.hostname)


class _Nearest:
    """Find the known word nearest to an unknown one, until a budget is spent: it is slow on large maps."""

    def __init__(self, budget: int = 50_000) -> None:
        """Allow `budget` comparisons."""
        self.budget = budget

    def hint(self, word: str, known: Collection[str]) -> str:
        """Return a question that names the nearest known word, or nothing."""
        if len(word) > 2 * _LONGEST_ID or len(known) > self.budget:
            return ""
        self.budget -= len(known)
        near = get_close_matches(word.casefold().replace("_", "-"), known, n=1)
        return f"did you mean {quoted(near[0])}?" if near else ""
