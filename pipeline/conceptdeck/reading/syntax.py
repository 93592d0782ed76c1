"""Mistakes of YAML's syntax, in words for authors."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import NamedTuple, Protocol

import yaml

from conceptdeck.reading.excerpts import SourceText
from conceptdeck.reading.findings import Findings
from conceptdeck.reading.rules import SYNTAX
from conceptdeck.values.characters import named, quoted
from conceptdeck.values.diagnostics import Span
from conceptdeck.values.regex import regex

__all__ = ["LOOKALIKE", "Extent", "Mark", "clamped", "extents", "report_lookalikes", "report_syntax"]


class Mark(Protocol):
    """A place as the parser tells it; all three count from 0."""

    index: int
    line: int
    column: int


class _Wording(NamedTuple):
    """How to tell an author what the parser's `problem` means."""

    problem: str
    message: str
    hint: str
    at_context: bool = False  # the mistake is where the parser began, not where it gave up


_QUOTE = "put the text in quotes"


_SINGLE = "write the text in single quotes, or each backslash twice"


WIDE_COLON = "\uff1a"


_ORDINARY = ("space", "colon")


_UNCLOSED = "a quotation mark is opened and never closed"


_WORDINGS = (
    _Wording("mapping values are not allowed", "no `: ` may stand here: part of a text, or a wrong indent", _QUOTE),
    _Wording("mapping keys are not allowed", "a text cannot start with `? `", _QUOTE),
    _Wording("cannot start any token", "a text cannot start with this character", _QUOTE),
    _Wording("tab character", "a tab cannot indent a line", "indent with spaces"),
    _Wording("unknown escape character", "no such escape within double quotes", _SINGLE),
    _Wording("invalid Unicode character escape", "this escape names no character", _SINGLE),
    _Wording("expected hexdecimal number", "this escape is not complete", _SINGLE),
    _Wording("unexpected end of stream", _UNCLOSED, "close it at the end of the text", True),
    _Wording("unexpected document indicator", _UNCLOSED, "close it at the end of the text", True),
    _Wording(
        "expected ',' or ']'",
        "a list that starts with `[` is not closed, or lacks a comma",
        "close it with `]`; if it is text, " + _QUOTE,
        True,
    ),
    _Wording(
        "expected ',' or '}'",
        "a mapping that starts with `{` is not closed, or lacks a comma",
        "close it with `}`; if it is text, " + _QUOTE,
        True,
    ),
    _Wording(
        "expected ':'",
        "this line has no `key:`",
        "write `key: text`, or indent the line to continue the text above",
        True,
    ),
    _Wording(
        "expected '-' indicator",
        "this line does not continue the list above",
        "start it with `- `, or mend the indentation",
    ),
    _Wording(
        "expected key",
        "this does not continue the mapping above",
        "mend the indentation; put quotes around the whole text, not a part of it",
    ),
    _Wording("expected <document start>", "this does not belong to what is above", "mend the indentation"),
    _Wording(
        "block sequence entries are not allowed",
        "a list cannot start here",
        "give it a line of its own; if it is text, " + _QUOTE,
    ),
    _Wording("alphabetic or numeric character", "an alias or an anchor (`*`, `&`) is not read", _QUOTE),
    _Wording("tag", "a tag (`!name`) is not read", _QUOTE),
)


LOOKALIKE = regex("[\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000\uff1a]")


# Where YAML wants an ordinary space or colon: before a key, after it, or after the dash of a list.
_BESIDE_KEY = regex(
    "^[ ]*(?:- +)*(?:(?P<space>[\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000])"
    "|[^\\s:#\"'{}\\[\\],]+(?:(?P<after>:[\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000])|(?P<colon>\uff1a)))"
)


def _lookalike(last: int, source: SourceText) -> tuple[Span, str] | None:
    """Return the nearest sign up to a line that only looks like a space or a colon of YAML, and what it is."""
    for number in range(last, 0, -1):
        if found := _BESIDE_KEY.match(source.line(number)):
            at = found.start("after") + 1 if found["after"] else max(found.start("space"), found.start("colon"))
            return Span(source.path, number, at + 1), found[0][-1]
    return None


def report_lookalikes(starts: Iterable[Span], source: SourceText, findings: Findings) -> None:
    """Report keys, and texts that stand where keys do, whose line begins with what only looks like YAML."""
    for start in starts:
        line = source.line(start.line)
        found = _lookalike(start.line, source) if _KEY.match(line) and not line[: start.column - 1].strip(" ") else None
        if found and found[0].line == start.line:
            _report_lookalike(*found, "", findings)


_KEY = regex("[ ]*(?:[\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000]|[a-z][a-z-]*(?::[^ ]|\uff1a))")


def _report_lookalike(span: Span, char: str, note: str, findings: Findings) -> None:
    message = f"{named(char)} stands here, where YAML knows only an ordinary {_ORDINARY[char == WIDE_COLON]}"
    hint = "delete it and type an ordinary one: copied text often brings such signs along"
    findings.error(SYNTAX, message, span, note=note, hints=[hint])


def report_syntax(error: yaml.YAMLError, source: SourceText, findings: Findings) -> None:
    """Report in plain words why the text is not YAML, at a place inside the text."""
    problem = str(getattr(error, "problem", None) or error)
    wording = next((w for w in _WORDINGS if w.problem in problem), _Wording("", quoted(problem), _QUOTE))
    context, given_up = getattr(error, "context_mark", None), getattr(error, "problem_mark", None)
    mark = (wording.at_context and context) or given_up
    place = clamped(mark.line, mark.column, source) if mark else Span(source.path, 1, 1)
    if found := _lookalike(place.line, source):
        message = (
            f"{named(found[1])} stands here, where YAML knows only an ordinary {_ORDINARY[found[1] == WIDE_COLON]}"
        )
        hint = "delete it and type an ordinary one: copied text often brings such signs along"
        findings.error(SYNTAX, message, found[0], note=_elsewhere(found[0], given_up, source), hints=[hint])
        return
    if "any token" in problem and source.line(place.line)[place.column - 1 :].startswith("\t"):
        wording = next(w for w in _WORDINGS if w.problem == "tab character")
    findings.error(SYNTAX, wording.message, place, note=_elsewhere(place, given_up, source), hints=[wording.hint])


def _elsewhere(place: Span, mark: Mark | None, source: SourceText) -> str:
    """Name the place where the parser gave up, if it is another line."""
    end = clamped(mark.line, mark.column, source) if mark else place
    return f"noticed at {end}" if end.line != place.line else ""


def clamped(line: int, column: int, source: SourceText) -> Span:
    """Return the place of a mark, drawn back to the last text if it lies beyond it."""
    last = source.span(max(0, len(source.text.rstrip()) - 1))
    return min(Span(source.path, line + 1, column + 1), last)


class Extent(NamedTuple):
    """Where a scalar stands: line and column from 1, from and to which character; its style, and its value as read."""

    line: int
    column: int
    start: int
    end: int
    style: str
    value: str
    is_key: bool
    in_flow: bool


def extents(text: str) -> Iterator[Extent]:
    """Yield where each scalar of a YAML text stands, which has no mistakes."""
    waiting: list[tuple[bool, int, bool]] = []  # of each open collection: a mapping, how many nodes, in brackets
    for event in yaml.parse(text, Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader)):
        if isinstance(event, yaml.CollectionEndEvent):
            waiting.pop()
            continue
        if not isinstance(event, yaml.ScalarEvent | yaml.CollectionStartEvent):
            continue
        is_mapping, count, in_flow = waiting[-1] if waiting else (False, 0, False)
        if waiting:
            waiting[-1] = (is_mapping, count + 1, in_flow)
        if isinstance(event, yaml.CollectionStartEvent):
            waiting.append((isinstance(event, yaml.MappingStartEvent), 0, in_flow or bool(event.flow_style)))
            continue
        start, end = event.start_mark, event.end_mark
        assert start and end  # the parser always sets both
        style = event.style or ""
        value = event.value.removesuffix("\n") if style in ("|", ">") else event.value
        is_key = is_mapping and count % 2 == 0
        yield Extent(start.line + 1, start.column + 1, start.index, end.index, style, value, is_key, in_flow)
