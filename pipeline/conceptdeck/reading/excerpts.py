"""Excerpts: the lines that findings point at."""

from __future__ import annotations

from array import array
from bisect import bisect_right
from collections import abc
from collections.abc import Iterable
from dataclasses import replace
from functools import cached_property
from itertools import chain

from conceptdeck.values.characters import BYTE_ORDER_MARK, visible
from conceptdeck.values.diagnostics import Diagnostic, Span, is_unquoted
from conceptdeck.values.regex import regex
from conceptdeck.values.value import frozen

__all__ = ["MAX_EXCERPT", "SourceText", "with_excerpts"]

MAX_EXCERPT = 160


_LINE_BREAK = regex("\r\n|\n|\r")


@frozen(cached=True)
class SourceText:
    """The text of a file and the way from an offset in it to a line and a column."""

    text: str
    path: str

    @cached_property
    def starts(self) -> array[int]:
        """Return the offset at which each line starts."""
        # A list of a few million numbers would take ten times the memory of the text.
        return array("L", chain((0,), (match.end() for match in _LINE_BREAK.finditer(self.text))))

    def span(self, offset: int, length: int = 1) -> Span:
        """Return the place of the character at `offset`."""
        line = bisect_right(self.starts, offset)
        return Span(self.path, line, offset - self.starts[line - 1] + 1, length)

    def line(self, number: int) -> str:
        """Return a line by its number, from 1, without its line break; empty beyond the end."""
        if not 1 <= number <= len(self.starts):
            return ""
        end = self.starts[number] if number < len(self.starts) else len(self.text)
        return self.text[self.starts[number - 1] : end].rstrip("\r\n")


def with_excerpts(diagnostics: Iterable[Diagnostic], texts: abc.Mapping[str, str]) -> tuple[Diagnostic, ...]:
    """Return the diagnostics with the offending line, taken from `texts` by path."""
    sources = {path: SourceText(text.removeprefix(BYTE_ORDER_MARK), path) for path, text in texts.items()}
    return tuple(_with_excerpt(each, sources.get(each.span.path)) for each in diagnostics)


def _with_excerpt(diagnostic: Diagnostic, source: SourceText | None) -> Diagnostic:
    """Return the diagnostic with its line: whole if short, else its start or, far to the right, a note."""
    span = diagnostic.span
    line = source.line(span.line) if source and not is_unquoted(span.path) else ""
    if not line.strip():
        return diagnostic
    if span.column <= MAX_EXCERPT - 20:
        return replace(diagnostic, excerpt=visible(_cut(line, MAX_EXCERPT)))
    if len(line) <= MAX_EXCERPT:
        return replace(diagnostic, excerpt=visible(line))
    # The marker stands under `span.column` of the excerpt, so an excerpt that lost its start would mislead.
    there = visible(_cut(line[span.column - 1 :], 40))
    before = visible(line[span.column - 41 : span.column - 1])
    return replace(diagnostic, notes=(*diagnostic.notes, f"after `…{before}` comes `{there}`"))


def _cut(text: str, length: int) -> str:
    """Return `text`, its end replaced by an ellipsis if it is longer than `length`."""
    return text if len(text) <= length else text[: length - 1] + "…"
