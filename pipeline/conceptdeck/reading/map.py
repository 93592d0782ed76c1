"""The tree of a map becomes a `ConceptMap`, or every reason why it is not one.

The dataclasses of `conceptdeck.values.model` are the schema: their fields and type hints say what may be written.
Nothing here knows a class by name but for tables, whose rows have the columns that the table declares.

Codes of this module, all errors, besides those of `fields`:

====================  ====================================================================
long-text             a text of more than `MAX_TEXT` characters
bad-id                an id that is not a plain slug, or that Windows reserves
reserved-id           an id that is a key of its parent, so that texts would share a key
duplicate-id          an id that another element of the same kind has
dangling-reference    an id that nothing has
duplicate-reference   an id twice in one list
bad-link              not an address that starts with https, http or mailto
bad-language          not a language tag
unknown-icon          no icon of that name
bad-icon              an SVG file that cannot be a sign
bad-image             a file that cannot be an image
bad-code              code that cannot be shown
bad-data              rows that are no table
slide-kind            a slide of one's own of no kind, or of two
unknown-column        a cell in a column that the table does not have
missing-column        a row without any cell
====================  ====================================================================
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import is_dataclass, replace
from functools import cache
from typing import Any, NamedTuple, get_args, get_origin

from conceptdeck.reading.addresses import link_of, qr_of
from conceptdeck.reading.attributes import Scales, property_of, scales_of
from conceptdeck.reading.charts import marked_of, own_chart_of
from conceptdeck.reading.code import code_file_of, listing_of, own_code_of, syntax_of
from conceptdeck.reading.data import cells_of, data_of, own_table_of
from conceptdeck.reading.fields import At, FieldReader, kind_of, listed
from conceptdeck.reading.findings import Findings, TooManyMistakes
from conceptdeck.reading.grouped import gathered
from conceptdeck.reading.icons import Shelf, icon_of
from conceptdeck.reading.images import focus_of, image_of
from conceptdeck.reading.listed import keyed
from conceptdeck.reading.own_slides import minutes_of, own_slide_of
from conceptdeck.reading.rules import (
    BAD_ID,
    BAD_LANGUAGE,
    DANGLING_REFERENCE,
    DUPLICATE_ID,
    DUPLICATE_REFERENCE,
    LONG_TEXT,
    MISSING_COLUMN,
    RESERVED_ID,
    UNKNOWN_COLUMN,
    WRONG_KIND,
)
from conceptdeck.reading.schema import Field, schema
from conceptdeck.reading.short import LONGEST_ID, SLUG, WINDOWS, Ends, called_in, id_of, long_form, pointed, slugified
from conceptdeck.reading.source import Mapping, Node, Scalar, Sequence
from conceptdeck.values.characters import is_blank, quoted
from conceptdeck.values.diagnostics import Diagnostic, Span
from conceptdeck.values.diagram import WalkStep
from conceptdeck.values.groups import Property
from conceptdeck.values.icons import Icon
from conceptdeck.values.image import Focus, ImageFile
from conceptdeck.values.languages import spelled
from conceptdeck.values.model import Cell, ConceptMap, Relation, Row
from conceptdeck.values.regex import regex
from conceptdeck.values.slides import (
    Cells,
    CodeFile,
    DataFile,
    Listing,
    Marked,
    Minutes,
    OwnChart,
    OwnCode,
    OwnSlide,
    OwnTable,
    Syntax,
)
from conceptdeck.values.text import Link, Qr, Ref, Text

__all__ = ["LANGUAGE", "LONGEST_ID", "SLUG", "WINDOWS", "read_map"]

RELATION_HINT = "write a relation as [source, phrase, target] or as [source, target]"
MAX_TEXT = 20_000  # some twenty minutes of talk: more fits neither a slide nor its notes


def read_map(node: Node, name: str, shelf: Shelf | None = None) -> tuple[ConceptMap | None, tuple[Diagnostic, ...]]:
    """Return the map called `name`, or None and all that is wrong with it; its id follows from the name.

    Without a shelf, icons and images are names only.
    """
    findings = Findings(node.span.path)
    result = None
    with suppress(TooManyMistakes):
        result = _Reader(findings, shelf).read(node, id_of(name))
    return None if findings.found else result, findings.sorted()


# References -------------------------------------------------------------------------------------------------


@cache
def _shared_collections() -> frozenset[str]:
    """Return the names of the collections that are referred to from anywhere, so that ids must be unique."""
    found, waiting = set[str](), list[type]([ConceptMap])
    done = set[type]()
    while waiting:
        record = waiting.pop()
        done.add(record)
        known = schema(record)
        targets = {target for each in known.values() for target in each.targets}
        found |= {target for target in targets if target not in known or record is ConceptMap}
        parts = {part for each in known.values() for part in (each.kind, *get_args(each.kind))}
        waiting += [part for part in parts if isinstance(part, type) and is_dataclass(part) and part not in done]
    return frozenset(found)


class _Reference(NamedTuple):
    """A reference that waits until every id is known."""

    at: At
    target: Scalar


# Reading ----------------------------------------------------------------------------------------------------


class _Reader(FieldReader):
    """Read one map; what cannot be read leaves a finding and is None, in a map that is then thrown away."""

    def __init__(self, findings: Findings, shelf: Shelf | None) -> None:
        """Start with no id and no reference."""
        super().__init__(findings)
        self.shelf = shelf
        self.ids: dict[str, dict[str, Span]] = {}
        self.references: list[_Reference] = []
        self.scales: Scales = {}
        self.called: dict[str, Ends] = {}
        self.leaves |= {Text: self._text, Ref: self._ref, Icon: self._icon, str: self._language}
        self.leaves |= {Link: lambda node, at: link_of(node, at, self), Qr: lambda node, at: qr_of(node, at, self)}
        self.leaves |= {Cells: lambda node, at: cells_of(node, at, self), OwnTable: self._own_table}
        self.leaves |= {OwnCode: lambda node, at: own_code_of(node, at, self), Syntax: self._syntax}
        self.leaves |= {OwnChart: self._own_chart, Marked: lambda node, at: marked_of(node, at, self)}
        self.leaves[Listing] = lambda node, at: listing_of(node, at, self)
        self.leaves[CodeFile] = lambda node, at: code_file_of(node, at, self, self.shelf)
        self.leaves[DataFile] = lambda node, at: data_of(node, at, self, self.shelf)
        self.leaves[Minutes] = lambda node, at: minutes_of(node, at, self)
        self.leaves |= {ImageFile: self._image, Focus: lambda node, at: focus_of(node, at, self)}

    def read(self, node: Node, id: str) -> ConceptMap | None:
        """Return the map."""
        if not isinstance(node, Mapping):
            message, hint = f"a map must be a mapping, but is {kind_of(node)}", "start with `title: ...`"
            self.findings.error(WRONG_KIND, message, node.span, hints=[hint])
            return None
        node = long_form(gathered(keyed(node)))
        assert isinstance(node, Mapping)
        self.scales = scales_of(node)
        self.called = called_in(node)
        result: ConceptMap = self.record(node, ConceptMap, "", Scalar("the map", node.span), id)
        self._check_references()
        return result

    def value(self, node: Node, at: At) -> Any:
        """Return what the field's type makes of the node."""
        if get_origin(at.field.kind) is tuple:
            return self._refs(node, at) if get_args(at.field.kind)[0] is Ref else self._collection(node, at)
        return super().value(node, at)

    # Collections

    def _collection(self, node: Node, at: At) -> tuple[Any, ...]:
        """Return the elements of a mapping from id to element."""
        if isinstance(node, Sequence) and at.field.listed:
            node = Mapping(tuple((Scalar(str(n), each.span), each) for n, each in enumerate(node.items, 1)), node.span)
        if not isinstance(node, Mapping):
            self.wrong_kind(node, at, "a mapping from ids to what they stand for")
            return ()
        if not node.entries and at.field.required:
            self.report_empty(node, at)
        kind = get_args(at.field.kind)[0]
        found = tuple(self._element(key, value, at, kind) for key, value in node.entries)
        if kind is WalkStep:  # what appears does so once
            self._report_repeated(ref for step in found if step for ref in step.show or ())
        return found

    def _element(self, key: Scalar, node: Node, at: At, kind: type) -> Any:
        """Return one element of a collection."""
        self._declare(key, at)
        inner = replace(at, key=key, path=at.full_path, owner=kind, field=replace(at.field, kind=kind))
        if kind is Row:
            return self._row(node, inner)
        if kind is OwnSlide:
            return own_slide_of(node, inner, self)
        if kind is Property:
            return property_of(node, inner, self.scales, self)
        if kind is Relation and not isinstance(node, Mapping):
            self.wrong_kind(node, at, "a list of [source, phrase, target], or a mapping", RELATION_HINT)
            return None
        return self._text(node, inner) if kind is Text else self.part(node, inner, kind)

    def _declare(self, key: Scalar, at: At) -> None:
        """Note an id, so that references find it, and report what is wrong with it."""
        if at.is_items and key.value in schema(at.owner):
            message = f"{quoted(key.value)} cannot be an id here: the mapping around has a key of that name"
            self.findings.error(RESERVED_ID, message, key.span, hints=[f"{quoted(key.value + '-1')} would do"])
        self._check_slug(key)
        path = at.full_path
        shared = (name for name in _shared_collections() if path.endswith(f".{name}"))
        for name in (path, *shared):
            first = self.ids.setdefault(name, {}).setdefault(key.value, key.span)
            if first != key.span:
                message = f"the id {quoted(key.value)} is taken"
                hints = ["choose another id"]
                self.findings.error(DUPLICATE_ID, message, key.span, note=f"first used at {first}", hints=hints)

    def _check_slug(self, id: Scalar) -> None:
        """Report an id that is not a plain slug."""
        if len(id.value) > LONGEST_ID or not SLUG.fullmatch(id.value):
            slug = slugified(id.value)
            message = f"the id {quoted(id.value)} is not a plain word of a-z, 0-9 and hyphens, up to {LONGEST_ID}"
            guess = f"{quoted(slug)} would do" if slug else "write a short word in Latin letters"
            self.findings.error(BAD_ID, message, id.span, hints=[guess])
        elif id.value in WINDOWS:
            message = f"the id {quoted(id.value)} cannot name a file on Windows"
            self.findings.error(BAD_ID, message, id.span, hints=[f"{quoted(id.value + '-1')} would do"])

    # References

    def _ref(self, node: Node, at: At) -> Ref | None:
        """Return a reference, and keep it to be checked once every id is known."""
        if not isinstance(node, Scalar) or is_blank(node.value):
            self.not_text(node, at, "the id of an element")
            return None
        node = pointed(node, at.field.targets, self.called)
        if at.field.to:
            self.references.append(_Reference(at, node))
        return Ref(node.value, node.span)

    def _refs(self, node: Node, at: At) -> tuple[Ref, ...]:
        """Return a list of references, each one once."""
        node = Sequence((node,), node.span) if isinstance(node, Scalar) and not is_blank(node.value) else node
        if not isinstance(node, Sequence):
            self.wrong_kind(node, at, "a list of ids")
            return ()
        if not node.items and at.field.required:
            self.report_empty(node, at)
        self._report_repeated(found := tuple(ref for item in node.items if (ref := self._ref(item, at))))
        return found

    def _report_repeated(self, refs: Iterable[Ref]) -> None:
        """Report each id that a list already has."""
        seen: dict[str, Span] = {}
        for each in refs:
            first = seen.setdefault(each.id, each.span)
            if first != each.span:
                message = f"{quoted(each.id)} is in the list already"
                note, hints = f"first written at {first}", ["delete one"]
                self.findings.error(DUPLICATE_REFERENCE, message, each.span, note=note, hints=hints)

    def _check_references(self) -> None:
        """Report each reference to an id that nothing has."""
        for at, target in self.references:
            if not any(target.value in self.ids.get(name, ()) for name in at.collections):
                known = [id_ for name in at.collections for id_ in self.ids.get(name, ())]
                kind = " or ".join(name.rpartition(".")[2] for name in at.field.targets)
                message = f"{quoted(target.value)} is not among the {kind}"
                hints = [self.nearest.hint(target.value, known) or f"add it to the {kind}, or delete it here"]
                self.findings.error(DANGLING_REFERENCE, message, target.span, hints=hints)

    # Tables

    def _row(self, node: Node, at: At) -> Row | None:
        """Return a table row: one cell for each column."""
        columns = _columns(at.parent)
        if not isinstance(node, Mapping):
            self.wrong_kind(node, at, "a mapping from column ids to cells")
            return None
        given = {key.value: (key, value) for key, value in node.entries}
        if columns is not None and not self._are_cells(given, columns, at.key):
            return None
        path = at.full_path
        inside = replace(at, path=path, owner=Row)
        cells = tuple(
            (name, self._cell(*given[name], inside) if name in given else _EMPTY)
            for name in (given if columns is None else columns)
        )
        return Row(id=at.key.value, key=path, cells=cells)

    def _are_cells(self, given: dict[str, tuple[Scalar, Node]], columns: dict[str, Node], row: Scalar) -> bool:
        """Report cells without a column, and a row without any cell; return whether there are cells."""
        for name in (name for name in given if name not in columns):
            hints = [self.nearest.hint(name, columns), f"columns of the table: {listed(columns, 'and')}"]
            message = f"{quoted(name)} is not a column of the table"
            self.findings.error(UNKNOWN_COLUMN, message, given[name][0].span, hints=hints)
        if not given:
            message = f"the row {quoted(row.value)} has no cell"
            hints = [f"write what stands under {listed(columns, 'or')}"]
            self.findings.error(MISSING_COLUMN, message, row.span, hints=hints)
        return bool(given)

    def _cell(self, key: Scalar, node: Node, at: At) -> Cell:
        """Return a cell: systems and concepts if it is a list, else text."""
        inner = replace(at, key=key, field=_CELL)
        if isinstance(node, Sequence):
            return Cell(text=None, systems=self._refs(node, inner))
        return Cell(text=self._text(node, inner, "text or a list of ids"))

    # Leaves

    def _text(self, node: Node, at: At, meant: str = "text") -> Text | None:
        """Return a text exactly as it was written."""
        if not isinstance(node, Scalar) or is_blank(node.value):
            self.not_text(node, at, meant)
            return None
        if len(node.value) > MAX_TEXT:
            message = f"{quoted(at.key.value)} has {len(node.value):,} characters; at most {MAX_TEXT:,} are read"
            self.findings.error(LONG_TEXT, message, node.span, hints=["shorten the text"])
        return Text(node.value, at.full_path, node.span)

    def _icon(self, node: Node, at: At) -> Icon | None:
        """Return an icon."""
        return icon_of(node, at, self, self.shelf)

    def _image(self, node: Node, at: At) -> ImageFile | None:
        """Return an image with its file."""
        return image_of(node, at, self, self.shelf)

    def _own_table(self, node: Node, at: At) -> OwnTable | None:
        """Return a table of one's own."""
        return own_table_of(node, at, self)

    def _own_chart(self, node: Node, at: At) -> OwnChart | None:
        """Return a chart."""
        return own_chart_of(node, at, self)

    def _syntax(self, node: Node, at: At) -> str | None:
        """Return the language of code."""
        return syntax_of(node, at, self)

    def _language(self, node: Node, at: At) -> str | None:
        """Return a language tag."""
        if not isinstance(node, Scalar) or is_blank(node.value):
            self.not_text(node, at, "a language tag such as `en`")
            return None
        tag = spelled(node.value) if GETTEXT_SIGN.search(node.value) else node.value
        if not LANGUAGE.fullmatch(node.value) or GETTEXT_SIGN.search(tag):
            hints = ["write a tag such as `en`, `pt-BR` or `zh-Hans`"]
            message = f"{quoted(node.value)} is not a language tag"
            self.findings.error(BAD_LANGUAGE, message, node.span, hints=hints)
        return tag


# Words and patterns -----------------------------------------------------------------------------------------

_CELL = Field("cells", "cells", Text, "systems, concepts", required=True)
_EMPTY = Cell(text=None)  # one for all: tables of many columns have many

# Language, extended languages, script, region, variants, extensions, private use: BCP 47, section 2.1. Or as gettext
# writes it: `pt_BR`, `sr@latin`.
LANGUAGE = regex(
    r"[a-z]{2,3}(-[a-z]{3}){0,3}(-[a-z]{4})?(-([a-z]{2}|[0-9]{3}))?"
    r"(-([a-z0-9]{5,8}|[0-9][a-z0-9]{3}))*(-[0-9a-wy-z](-[a-z0-9]{2,8})+)*(-x(-[a-z0-9]{1,8})+)?"
    r"|[a-z]{2,3}(_[a-z]{4})?(_[a-z]{2})?(@[a-z]{4,10})?",
    re.IGNORECASE | re.ASCII,
)
GETTEXT_SIGN = regex("[_@]")


def _columns(table: Mapping) -> dict[str, Node] | None:
    """Return the columns of a table, or None where they are missing or unreadable."""
    found = next((value for key, value in table.entries if key.value == "columns"), None)
    return {key.value: value for key, value in found.entries} if isinstance(found, Mapping) else None
