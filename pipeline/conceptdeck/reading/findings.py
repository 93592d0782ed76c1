"""Findings while something is read: collected, up to a bound."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import field

from conceptdeck.reading.rules import TOO_MANY_MISTAKES
from conceptdeck.values.diagnostics import Diagnostic, Span, sort_diagnostics
from conceptdeck.values.rules import Rule
from conceptdeck.values.value import mutable

__all__ = ["MAX_MISTAKES", "Findings", "TooManyMistakes"]

MAX_MISTAKES = 200


class TooManyMistakes(Exception):
    """Tell that the collector of findings is full, so that looking further is a waste."""


@mutable
class Findings:
    """The mistakes found so far in the file at `path`, at most `MAX_MISTAKES`."""

    path: str
    found: list[Diagnostic] = field(default_factory=list)

    def error(self, rule: Rule, message: str, span: Span, *, note: str = "", hints: Iterable[str] = ()) -> None:
        """Add an error, or raise `TooManyMistakes` when there are enough."""
        if len(self.found) >= MAX_MISTAKES:
            hint = "mend these and build again to see the rest"
            message = f"more than {MAX_MISTAKES} mistakes: the first {MAX_MISTAKES} that were found are shown"
            self.found.append(TOO_MANY_MISTAKES.at(message, Span(self.path), hints=(hint,)))
            raise TooManyMistakes
        notes = (note,) if note else ()
        self.found.append(rule.at(message, span, notes=notes, hints=tuple(filter(None, hints))))

    def sorted(self) -> tuple[Diagnostic, ...]:
        """Return the findings by place, each one once."""
        return sort_diagnostics(self.found)
