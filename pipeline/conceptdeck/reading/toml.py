"""TOML to the tree of nodes that YAML becomes too, so that one reader hears both."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from typing import Any

from conceptdeck.reading.findings import Findings
from conceptdeck.reading.rules import FORBIDDEN_CHARACTER, TOML_SYNTAX
from conceptdeck.reading.source import Mapping, Node, Scalar, Sequence
from conceptdeck.values.characters import DIRECTION, FORBIDDEN, named
from conceptdeck.values.diagnostics import Diagnostic, Span
from conceptdeck.values.regex import regex
from conceptdeck.values.value import frozen

__all__ = ["Typed", "parse_toml"]

TABLE = regex(r"\s*\[+\s*([^\]\s]+)\s*\]+")
KEY = regex(r"""\s*(["']?)([A-Za-z0-9_-]+)\1\s*[.=]""")
PLACE = regex(r"(.*) \(at (?:line (\d+), column (\d+)|end of document)\)")
VALUE = regex(r"[^=]*=\s*")  # what comes before it
Places = dict[tuple[str, ...], tuple[Span, Span]]  # of keys and of their values


@frozen
class Typed(Scalar):
    """A value of TOML as text, and what it was: `text`, `a number`, `true or false`, or `a date`."""

    kind: str


def parse_toml(text: str, path: str) -> tuple[Mapping | None, tuple[Diagnostic, ...]]:
    """Return the tree of a text in TOML, None if it is none, and what is wrong with it."""
    findings = Findings(path)
    try:
        found = tomllib.loads(text)
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        match = PLACE.fullmatch(str(error))
        line, column = (int(match[2] or text.count("\n") + 1), int(match[3] or 1)) if match else (1, 1)
        said = (match[1] if match else "it is nested too deep").rstrip(".")
        hints = ["write `key = value`, and put texts in quotes"]
        findings.error(
            TOML_SYNTAX, f"this is not TOML: {said[:1].lower()}{said[1:]}", Span(path, line, column), hints=hints
        )
        return None, findings.sorted()
    tree = _mapping(found, (), Span(path, 1, 1), _places(text, path), findings)
    return tree, findings.sorted()


def _mapping(values: dict[str, Any], path: tuple[str, ...], span: Span, places: Places, findings: Findings) -> Mapping:
    entries = []
    for key, value in values.items():
        place, there = places.get((*path, key), (span, span))
        entries.append((Scalar(key, place), _node(value, (*path, key), there, places, findings)))
    return Mapping(tuple(entries), span)


def _node(value: Any, path: tuple[str, ...], span: Span, places: Places, findings: Findings) -> Node:
    if isinstance(value, dict):
        return _mapping(value, path, span, places, findings)
    if isinstance(value, list):
        return Sequence(tuple(_node(each, path, span, places, findings) for each in value), span)
    if isinstance(value, bool):
        return Typed(str(value).lower(), span, "true or false")
    if isinstance(value, int | float):
        return Typed(str(value), span, "a number")
    if not isinstance(value, str):
        return Typed(value.isoformat(), span, "a date")
    for char in dict.fromkeys((*FORBIDDEN.findall(value), *DIRECTION.findall(value), *re.findall("[\r\n]", value))):
        findings.error(FORBIDDEN_CHARACTER, f"{named(char)} cannot be part of a line", span, hints=["delete it"])
    return Typed(value, span, "text")


def _places(text: str, path: str) -> Places:
    """Return where keys are written, by their path: what tables and lines begin with, and what stands within { }."""
    places: Places = {}
    table: tuple[str, ...] = ()
    for number, line in enumerate(text.split("\n"), start=1):
        if match := TABLE.match(line):
            table = tuple(part.strip("\"'") for part in match[1].split("."))
            places.setdefault(table, (Span(path, number, match.start(1) + 1), Span(path, number, 1)))
        for name, column in _keys(line):
            value = VALUE.match(line, column)
            there = Span(path, number, value.end() + 1) if value else Span(path, number, column)
            places.setdefault((*table, *name), (Span(path, number, column), there))
    return places


def _keys(line: str) -> Iterator[tuple[tuple[str, ...], int]]:
    """Yield the keys of a line, with the columns that they begin in."""
    if match := KEY.match(line):
        yield (match[2],), match.start(1) + 1
        for inner in re.finditer(r"[{,.]\s*([A-Za-z0-9_-]+)\s*=", line[match.end(2) :]):
            yield (match[2], inner[1]), match.end(2) + inner.start(1) + 1
