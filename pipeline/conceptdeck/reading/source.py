"""YAML text becomes a tree of nodes that know their place; the only module that knows YAML.

Every scalar is text, whatever it looks like: `no`, `012`, `1:20` and `2024-13-45` stay what was typed.
Whatever YAML offers beyond plain mappings, lists and text (anchors, aliases, merge keys, tags, several
documents) is refused, and so are characters that no slide can show. The tree is built from the parser's
events without recursion, under caps, so that no input can exhaust the stack or the memory.

Codes of this module, all errors:

=====================  ====================================================================
not-utf-8              a byte that is not part of UTF-8 text
too-large              more than `MAX_BYTES` bytes or characters
too-deep               nested more than `MAX_DEPTH` levels
too-many-nodes         more than `MAX_NODES` values
too-many-mistakes      more than `MAX_MISTAKES` findings: the rest is not looked for
forbidden-character    a control character, a noncharacter, half a surrogate pair, a stray byte order mark
unbalanced-direction   a bidirectional control that is not closed, or closed without being opened
syntax                 not YAML
empty-file             nothing but comments
multiple-documents     a second `---`
alias                  an anchor, an alias or a merge key
tag                    `!`, `!!str`, `!!python/...`
duplicate-key          a key written twice in one mapping
key-not-text           a list or a mapping as a key
empty-key              a key without a visible character
=====================  ====================================================================
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import field
from itertools import chain, islice
from typing import Any

import yaml

from conceptdeck.reading.excerpts import SourceText
from conceptdeck.reading.findings import Findings, TooManyMistakes
from conceptdeck.reading.rules import (
    ALIAS,
    DUPLICATE_KEY,
    EMPTY_FILE,
    EMPTY_KEY,
    FORBIDDEN_CHARACTER,
    KEY_NOT_TEXT,
    MULTIPLE_DOCUMENTS,
    NOT_UTF_8,
    TAG,
    TOO_DEEP,
    TOO_LARGE,
    TOO_MANY_NODES,
    UNBALANCED_DIRECTION,
)
from conceptdeck.reading.syntax import LOOKALIKE, Mark, report_lookalikes, report_syntax
from conceptdeck.values.characters import (
    BYTE_ORDER_MARK,
    DIRECTION,
    FORBIDDEN,
    MAX_DIRECTIONS,
    OPENS,
    REPLACEMENT,
    is_blank,
    named,
    quoted,
)
from conceptdeck.values.diagnostics import Diagnostic, Span
from conceptdeck.values.value import frozen, mutable

__all__ = ["MAX_BYTES", "MAX_DEPTH", "MAX_NODES", "Mapping", "Node", "Scalar", "Sequence", "decode", "parse"]

MAX_BYTES = 8_000_000
MAX_DEPTH = 40
MAX_NODES = 400_000


@frozen
class Scalar:
    """A piece of text, as YAML unquoted it; a block scalar lost the line break that ends it."""

    value: str
    span: Span


@frozen
class Sequence:
    """A list of nodes."""

    items: tuple[Node, ...]
    span: Span


@frozen
class Mapping:
    """Keys with their values, in the order of the file; no key occurs twice."""

    entries: tuple[tuple[Scalar, Node], ...]
    span: Span


Node = Scalar | Sequence | Mapping


# Characters -------------------------------------------------------------------------------------------------


# Bytes to text ----------------------------------------------------------------------------------------------


def decode(data: bytes, path: str, most: int = MAX_BYTES) -> tuple[str | None, tuple[Diagnostic, ...]]:
    """Decode UTF-8, or say which byte is not UTF-8; a file of more than `most` bytes is refused."""
    findings = Findings(path)
    if len(data) > most:
        _report_size(len(data), "bytes", findings, most)
        return None, findings.sorted()
    wide = _wide_encoding(data)
    try:
        if not wide:
            return data.decode("utf-8"), ()
        offset = 0
    except UnicodeDecodeError as error:
        offset = error.start
    before = data[:offset].decode("utf-8").removeprefix(BYTE_ORDER_MARK)
    _report_byte(data[offset], wide, SourceText(before, path).span(len(before)), findings)
    return None, findings.sorted()


def _wide_encoding(data: bytes) -> str:
    """Return the name of the encoding if `data` starts as UTF-16 or UTF-32 does."""
    # Without a mark, UTF-16 has a zero byte beside each ASCII letter, so it is valid UTF-8 full of NULs.
    if data.startswith((b"\xff\xfe\x00\x00", b"\x00\x00\xfe\xff")):
        return "UTF-32"
    lopsided = len(data) > 3 and (data[0] == data[2] == 0 or data[1] == data[3] == 0) and any(data[:4])
    return "UTF-16" if data.startswith((b"\xff\xfe", b"\xfe\xff")) or lopsided else ""


def _report_byte(byte: int, wide: str, span: Span, findings: Findings) -> None:
    """Report the first byte that is not UTF-8."""
    old = bytes([byte]).decode("cp1252", errors="ignore")
    note = f"in Windows-1252 the byte would be {quoted(old)}" if byte >= 0x80 and old and not wide else ""
    message = f"the file is {wide}, not UTF-8" if wide else f"byte 0x{byte:02X} is not UTF-8"
    findings.error(NOT_UTF_8, message, span, note=note, hints=["save the file with the encoding UTF-8"])


def _report_size(size: int, unit: str, findings: Findings, most: int = MAX_BYTES) -> None:
    """Report a file that is too large."""
    message = f"the file has {size:,} {unit}; at most {most:,} are read"
    findings.error(TOO_LARGE, message, Span(findings.path), hints=["split the map"])


# Text to tree -----------------------------------------------------------------------------------------------


def parse(text: str, path: str) -> tuple[Node | None, tuple[Diagnostic, ...]]:
    """Return the tree of `text`, or None where it cannot be told, and every mistake that was found.

    A tree beside errors is whole but for what is reported, so that a reader can go on and find more mistakes.
    """
    findings = Findings(path)
    node = None
    try:
        if len(text) > MAX_BYTES:
            _report_size(len(text), "characters", findings)
        else:
            source = SourceText(text.removeprefix(BYTE_ORDER_MARK), path)
            clean = SourceText(_without_forbidden(source, findings), path)
            node = _Builder(clean, findings).build()
            if node and LOOKALIKE.search(clean.text):
                report_lookalikes(_starts(node), clean, findings)
    except TooManyMistakes:
        pass
    return node, findings.sorted()


def _starts(node: Node) -> Iterator[Span]:
    """Yield where keys begin, and texts."""
    if isinstance(node, Scalar):
        yield node.span
        return
    for part in node.items if isinstance(node, Sequence) else chain.from_iterable(node.entries):
        yield from _starts(part)


def _without_forbidden(source: SourceText, findings: Findings) -> str:
    """Report every forbidden character, and return the text with a stand-in for each."""
    for match in FORBIDDEN.finditer(source.text):
        _report_character(match[0], source.span(match.start()), findings)
    return FORBIDDEN.sub(REPLACEMENT, source.text)


def _report_character(char: str, span: Span, findings: Findings) -> None:
    """Report one forbidden character."""
    findings.error(FORBIDDEN_CHARACTER, f"{named(char)} cannot be part of a text", span, hints=["delete it"])


class _Stop(Exception):
    """End the parse: a cap is passed."""


@mutable
class _Open:
    """A mapping or a list that is not closed yet; the nodes of a mapping are key, value, key, value."""

    span: Span
    is_mapping: bool
    nodes: list[Node] = field(default_factory=list)


class _Builder:
    """Build one tree from the events of one text."""

    def __init__(self, source: SourceText, findings: Findings) -> None:
        """Start with nothing built."""
        self.source = source
        self.findings = findings
        self.root = _Open(Span(source.path), is_mapping=False)
        self.stack = [self.root]
        self.count = 0
        self.whole = True

    def build(self) -> Node | None:
        """Return the tree, or None if there is none or a part of it is unknown."""
        take: dict[type, Callable[[Any], None]] = {
            yaml.ScalarEvent: self._add_scalar,
            yaml.MappingStartEvent: self._open,
            yaml.SequenceStartEvent: self._open,
            yaml.MappingEndEvent: self._close,
            yaml.SequenceEndEvent: self._close,
            yaml.DocumentStartEvent: self._start_document,
            yaml.AliasEvent: self._add_alias,
        }
        try:
            for event in _events(self.source.text):
                if type(event) in take:
                    take[type(event)](event)
        except _Stop:
            return None
        except yaml.YAMLError as error:
            report_syntax(error, self.source, self.findings)
            return None
        return self._result()

    def _result(self) -> Node | None:
        """Return the root, or report that there is none."""
        empty = not self.root.nodes or (isinstance(self.root.nodes[0], Scalar) and not self.root.nodes[0].value)
        if empty:
            hint = "a map starts with `title:`"
            self.findings.error(EMPTY_FILE, "the file is empty", Span(self.source.path, 1, 1), hints=[hint])
        return None if empty or not self.whole else self.root.nodes[0]

    def _start_document(self, event: yaml.DocumentStartEvent) -> None:
        """Refuse a second document."""
        if self.root.nodes:
            message = "a second document starts here; a file holds one map"
            hints = ["delete the `---`, or put the text in quotes"]
            self.findings.error(MULTIPLE_DOCUMENTS, message, self._span(event), hints=hints)
            raise _Stop

    def _add_alias(self, event: yaml.AliasEvent) -> None:
        """Refuse an alias, and hold its place in the tree."""
        span = self._span(event)
        self._refuse_alias("an alias (`*name`)", span)
        self.whole = False
        self._add(Scalar("", span))

    def _add_scalar(self, event: yaml.ScalarEvent) -> None:
        """Add a text."""
        if event.anchor is not None or event.tag is not None:
            self._refuse_properties(event)
        span = self._span(event)
        value = event.value.removesuffix("\n") if event.style in ("|", ">") else event.value
        if not value.isprintable():
            value = value.replace("\r\n", "\n").replace("\r", "\n")  # line ends of other systems, written as escapes
            self._check_characters(value, event, span)
        self._add(Scalar(value, span))

    def _open(self, event: yaml.CollectionStartEvent) -> None:
        """Go one level deeper."""
        if event.anchor is not None or event.tag is not None:
            self._refuse_properties(event)
        if len(self.stack) > MAX_DEPTH:
            message = f"nested more than {MAX_DEPTH} levels deep"
            hints = ["put text that starts with `[`, `{` or `-` in quotes"]
            self.findings.error(TOO_DEEP, message, self._span(event), hints=hints)
            raise _Stop
        self.stack.append(_Open(self._span(event), isinstance(event, yaml.MappingStartEvent)))

    def _close(self, _: yaml.CollectionEndEvent) -> None:
        """Go up one level, and add what was closed."""
        done = self.stack.pop()
        entries = tuple(self._entries(done)) if done.is_mapping else ()
        self._add(Mapping(entries, done.span) if done.is_mapping else Sequence(tuple(done.nodes), done.span))

    def _add(self, node: Node) -> None:
        """Add a node to the collection that is open."""
        self.count += 1
        if self.count > MAX_NODES:
            message = f"the file holds more than {MAX_NODES:,} values"
            self.findings.error(TOO_MANY_NODES, message, node.span, hints=["split the map"])
            raise _Stop
        self.stack[-1].nodes.append(node)

    def _entries(self, done: _Open) -> Iterator[tuple[Scalar, Node]]:
        """Yield the entries of a mapping whose key is text and new."""
        seen: dict[str, Span] = {}
        for key, value in zip(done.nodes[::2], done.nodes[1::2], strict=True):
            if not isinstance(key, Scalar):
                hint = "put a key that starts with `[` or `{` in quotes"
                self.findings.error(KEY_NOT_TEXT, "a key must be text", key.span, hints=[hint])
            elif is_blank(key.value):
                self.findings.error(EMPTY_KEY, "a key is empty", key.span, hints=["write a word before the `:`"])
            elif key.value == "<<":
                self._refuse_alias("a merge key (`<<`)", key.span)
            elif key.value in seen:
                self._report_duplicate(key, seen[key.value])
            else:
                seen[key.value] = key.span
                yield key, value

    def _report_duplicate(self, key: Scalar, first: Span) -> None:
        """Report a key that its mapping already has."""
        note = f"first written at {first}"
        hints = ["delete one of the two, or rename it"]
        self.findings.error(DUPLICATE_KEY, f"{quoted(key.value)} is written twice", key.span, note=note, hints=hints)

    def _refuse_properties(self, event: yaml.ScalarEvent | yaml.CollectionStartEvent) -> None:
        """Refuse an anchor and a tag."""
        if event.anchor is not None:
            self._refuse_alias("an anchor (`&name`)", self._start(event, len(event.anchor) + 1))
        if event.tag is not None:
            hints = ["delete it: every value is text", "if it is text, put the text in quotes"]
            self.findings.error(TAG, "a tag (`!name`) is not read", self._start(event, 1), hints=hints)

    def _refuse_alias(self, what: str, span: Span) -> None:
        """Report an anchor, an alias or a merge key."""
        hints = ["write the value out where it is meant", "if it is text, put the text in quotes"]
        self.findings.error(ALIAS, f"{what} is not read", span, hints=hints)

    def _check_characters(self, value: str, event: yaml.ScalarEvent, span: Span) -> None:
        """Report what must not be in a text but came by an escape, and directions left open."""
        for char in FORBIDDEN.findall(value):
            _report_character(char, span, self.findings)
        stray = _unbalanced(value) if DIRECTION.search(value) else None
        if stray is not None:
            message = f"{named(value[stray])} has no counterpart in this text"
            hints = ["delete it; right-to-left text needs no control characters"]
            place = self._within(event, value, stray) or span
            self.findings.error(UNBALANCED_DIRECTION, message, place, hints=hints)

    def _within(self, event: yaml.ScalarEvent, value: str, position: int) -> Span | None:
        """Return the place of a character of a scalar, unless it was written as an escape."""
        start, end = _marks(event)
        char = value[position]
        written = self.source.text[start.index : end.index]
        if written.count(char) != value.count(char):
            return None
        same = re.finditer(char, written)
        nth = next(islice(same, value.count(char, 0, position), None))
        return self.source.span(start.index + nth.start())

    def _span(self, event: yaml.Event) -> Span:
        """Return the place of an event, as long as its first line."""
        start, end = _marks(event)
        length = max(1, end.column - start.column) if start.line == end.line else 1
        return Span(self.source.path, start.line + 1, start.column + 1, length)

    def _start(self, event: yaml.Event, length: int) -> Span:
        """Return the place at which an event starts."""
        start, _ = _marks(event)
        return Span(self.source.path, start.line + 1, start.column + 1, length)


def _events(text: str) -> Iterator[yaml.Event]:
    """Yield the parser's events; libyaml is some six times as fast as the parser in Python."""
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    return iter(yaml.parse(text, Loader=loader))


def _marks(event: yaml.Event) -> tuple[Mark, Mark]:
    """Return where an event starts and ends."""
    assert event.start_mark and event.end_mark  # the parser always sets both
    return event.start_mark, event.end_mark


def _unbalanced(text: str) -> int | None:
    """Return the position of the first bidirectional control without a counterpart."""
    waiting: list[tuple[int, str]] = []
    for match in DIRECTION.finditer(text):
        if match[0] in OPENS:
            waiting.append((match.start(), OPENS[match[0]]))
        elif not waiting or waiting.pop()[1] != match[0]:
            return match.start()
        if len(waiting) > MAX_DIRECTIONS:
            break
    return waiting[0][0] if waiting else None
