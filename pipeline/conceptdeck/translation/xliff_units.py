"""What files of XLIFF have in common, whatever their version: strings, and what is wrong with them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import islice
from typing import cast

from lxml import etree

from conceptdeck.translation.catalog import Entry
from conceptdeck.translation.rules import DUPLICATE_ENTRY, FOREIGN_FILE
from conceptdeck.values.diagnostics import Diagnostic, OfText, Span
from conceptdeck.values.value import frozen

__all__ = ["Unit", "few", "line_of", "refused", "text_of", "unit_problems"]

MOST_PROBLEMS = 200  # that are told one by one


@frozen
class Unit:
    """A string of a file, and its translation as it was `before` translators had the file."""

    entry: Entry
    before: str

    @property
    def key(self) -> str:
        """Return the key of the string."""
        return self.entry.key


def line_of(element: etree._Element) -> int:
    """Return the line on which an element begins."""
    return cast(int | None, element.sourceline) or 0


def text_of(element: etree._Element | None) -> str:
    """Return the text of an element; what tools mark inside it (segments, terms) is text like the rest."""
    if element is None:
        return ""
    return "".join(str(part) for part in element.itertext()) if len(element) else element.text or ""


def few(problems: Iterator[Diagnostic], path: str) -> Iterator[Diagnostic]:
    """Yield what is wrong with single strings; of very many the first, and how many there are."""
    yield from islice(problems, MOST_PROBLEMS)
    if more := sum(1 for _ in problems):
        yield refused(f"{more:,} more strings have no key, or that of another", path, 0)


def unit_problems(units: Sequence[Unit], path: str) -> Iterator[Diagnostic]:
    """Yield strings without a key and keys that occur twice."""
    seen: dict[str, int] = {}
    for unit in units:
        key, line = unit.key, unit.entry.span.line
        if not key:
            yield refused("a string has neither an id nor a name", path, line)
        elif key in seen:
            notes = (f"first at {Span(path, seen[key], 1)}",)
            yield DUPLICATE_ENTRY.at("is there twice", Span(path, line, 1), notes=notes).on(OfText(key))
        seen.setdefault(key, line)


def refused(message: str, path: str, line: int, column: int = 1) -> Diagnostic:
    """Return the finding that a file, or a string of it, cannot be used."""
    hints = ("start from a file of `conceptdeck i18n export --format xliff`, and save it as XLIFF 1.2 or 2.1",)
    return FOREIGN_FILE.at(message, Span(path, line, max(1, column)), hints=hints)
