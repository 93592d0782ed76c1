"""Findings that an author excuses, by a comment in the file."""

from __future__ import annotations

from collections.abc import Iterable

from conceptdeck.values.diagnostics import Diagnostic
from conceptdeck.values.regex import regex

__all__ = ["allowed_places", "silenced"]

ALLOW = regex(r"#\s*conceptdeck:\s*allow\s+([a-z0-9-]+(?:\s*,\s*[a-z0-9-]+)*)")


def silenced(diagnostics: Iterable[Diagnostic], text: str) -> tuple[Diagnostic, ...]:
    """Return the diagnostics without those that a comment in `text` excuses.

    `# conceptdeck: allow orphan-word` excuses its own line and the line below it.
    """
    places = allowed_places(text)
    return tuple(each for each in diagnostics if not _is_allowed(each, places))


def allowed_places(text: str) -> frozenset[tuple[int, str]]:
    """Return the lines, from 1, that comments excuse from a rule, each with the rule's code."""
    found: set[tuple[int, str]] = set()
    for number, line in enumerate(text.split("\n"), start=1) if "conceptdeck:" in text else ():
        if match := ALLOW.search(line):
            codes = [code.strip() for code in match[1].split(",")]
            found |= {(at, code) for code in codes for at in (number, number + 1)}
    return frozenset(found)


def _is_allowed(diagnostic: Diagnostic, places: frozenset[tuple[int, str]]) -> bool:
    return diagnostic.excusable and (diagnostic.span.line, diagnostic.code) in places
