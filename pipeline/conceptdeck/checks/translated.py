"""One translation beside its text, as the rules on translations see it, and what they share."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property

from conceptdeck.translation.catalog import Entry
from conceptdeck.translation.names import names_in
from conceptdeck.values.diagnostics import Diagnostic, OfText
from conceptdeck.values.regex import regex
from conceptdeck.values.rules import Rule
from conceptdeck.values.value import frozen

__all__ = [
    "ADDRESS",
    "NO_BREAK",
    "PLACEHOLDER",
    "SHOWN",
    "THIN",
    "Findings",
    "Pair",
    "allows",
    "finding_on",
    "is_allowed",
    "plain",
]

ALLOW = regex(r"conceptdeck:\s*allow\s+([a-z0-9-]+(?:\s*,\s*[a-z0-9-]+)*)")
PLACEHOLDER = regex(r"\$?\{[^{}\s]*\}|%\(\w+\)[sd]|%[sd]\b")
ADDRESS = regex(r"(?:https?://|mailto:|www\.)[!-~]+")
NO_BREAK = "\u00a0"
THIN = "\u202f"
SHOWN = 60
Findings = Iterator[Diagnostic]


@frozen(cached=True)
class Pair:
    """A translation beside the text that it translates, both without their marks; `typed` has them with marks."""

    entry: Entry
    source: str
    text: str
    language: str
    names: tuple[str, ...]
    typed: tuple[str, str]

    @cached_property
    def written(self) -> tuple[str, ...]:
        """Return the names in the source, longest first."""
        return tuple(names_in(self.source, self.names))

    def speaks(self, *languages: str) -> bool:
        """Tell whether the translation is in one of the languages, whatever the region."""
        return self.language.partition("-")[0] in languages


def finding_on(rule: Rule, pair: Pair, what: str, hint: str) -> Diagnostic:
    """Return a finding on a translation, with both texts as notes."""
    notes = (f"source: {_short(pair.source)}", f"translation: {_short(pair.text)}")
    return rule.at(what, pair.entry.span, notes=notes, hints=(hint,)).on(OfText(pair.entry.key, pair.language))


def is_allowed(pair: Pair, finding: Diagnostic) -> bool:
    """Tell whether the translator excuses this translation from the rule."""
    return allows(pair.entry, finding)


def allows(entry: Entry, finding: Diagnostic) -> bool:
    """Tell whether the translator's comments excuse an entry from a rule; from errors nothing can."""
    codes = {each.strip() for found in ALLOW.findall(entry.comments) for each in found.split(",")}
    return finding.excusable and finding.code in codes


def plain(text: str) -> str:
    """Return the text with single spaces."""
    return " ".join(text.split())


def _short(text: str) -> str:
    # a finding must not show what it warns of: characters that upset a terminal
    shown = "".join(char if char.isprintable() or char == NO_BREAK else "·" for char in text)
    return shown if len(shown) <= SHOWN else f"{shown[: SHOWN - 1]}…"
