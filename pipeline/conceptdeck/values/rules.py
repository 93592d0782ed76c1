"""A rule of the project as a value: what it finds, how much that weighs, and why it matters."""

from __future__ import annotations

from collections.abc import Iterable

from conceptdeck.values.diagnostics import NOWHERE, Diagnostic, Severity, Span, is_unquoted
from conceptdeck.values.value import frozen

__all__ = ["ERROR", "WARNING", "Rule"]

ERROR, WARNING = Severity.ERROR, Severity.WARNING


@frozen
class Rule:
    """One rule by its code; `elsewhere` is its weight in decks that other programs wrote, if that differs.

    A rule stands above the function that reports it. What several modules report stands in `rules` of the lowest of
    their rooms.
    """

    code: str
    area: str
    severity: Severity
    title: str
    elsewhere: Severity | None = None
    reason: str = ""

    def because(self, reason: str) -> Rule:
        """Return the rule with an explanation: whole sentences, their line breaks mean nothing."""
        return Rule(self.code, self.area, self.severity, self.title, self.elsewhere, reason)

    @property
    def explanation(self) -> str:
        """Why the rule matters, and what to do, on one line."""
        return " ".join(self.reason.split())

    @property
    def can_be_silenced(self) -> bool:
        """Tell whether one place may be excused from the rule."""
        return self.area in ("frames", "content") or self.severity is Severity.WARNING

    def weight(self, own: bool) -> Severity:
        """Return how much a finding weighs, in a deck of this project or in another's."""
        return self.severity if own else self.elsewhere or self.severity

    def at(
        self,
        what: str,
        span: Span = NOWHERE,
        *,
        severity: Severity | None = None,
        notes: Iterable[str] = (),
        hints: Iterable[str] = (),
    ) -> Diagnostic:
        """Return a finding of this rule; `severity` only where one place weighs more or less than the rule does."""
        weight = severity or self.severity
        if is_unquoted(span.path):
            what, notes, hints = self.title, (), ()
        return Diagnostic(self.code, what, span, weight, tuple(notes), tuple(hints), excusable=self.can_be_silenced)
