"""What is wrong, where, and the way out: errors as values."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import Enum

__all__ = ["NOWHERE", "Diagnostic", "Failure", "Severity", "Span", "has_errors", "sort_diagnostics"]


class Severity(Enum):
    """How much a diagnostic weighs: an error stops the build, a warning does not."""

    ERROR = "error"
    WARNING = "warning"


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """A place in a text file; `line` and `column` count from 1, 0 means the file as a whole."""

    path: str = ""
    line: int = 0
    column: int = 0
    length: int = 1

    def __str__(self) -> str:
        """Return `path:line:column`, as editors and terminals link it."""
        return f"{self.path}:{self.line}:{self.column}" if self.line else self.path


NOWHERE = Span()


@dataclass(frozen=True, slots=True)
class Diagnostic:
    """One finding: a kebab-case code, what is wrong, its place, facts (`notes`) and ways out (`hints`)."""

    code: str
    message: str
    span: Span = NOWHERE
    severity: Severity = Severity.ERROR
    notes: tuple[str, ...] = ()
    hints: tuple[str, ...] = ()
    excerpt: str = ""  # the offending line, filled in by whoever holds the text
    excusable: bool = False  # whether a comment in the file may excuse this place

    def __str__(self) -> str:
        """Return the text form: place, severity, message and code, then line, notes and hints."""
        place = f"{self.span}: " if self.span.path else ""
        lines = [f"{place}{self.severity.value}: {self.message} [{self.code}]"]
        if self.excerpt:
            gutter = str(self.span.line)
            lines.append(f"  {gutter} | {self.excerpt}")
            marks = "^" * max(1, min(self.span.length, len(self.excerpt) - self.span.column + 1))
            lines.append(f"  {' ' * len(gutter)} | {' ' * (self.span.column - 1)}{marks}")
        lines += [f"  note: {note}" for note in self.notes]
        lines += [f"  help: {hint}" for hint in self.hints]
        return "\n".join(lines)


class Failure(Exception):
    """Carry diagnostics from the stage that found them to the command line."""

    def __init__(self, diagnostics: Iterable[Diagnostic]) -> None:
        """Keep `diagnostics`, sorted by place."""
        self.diagnostics = sort_diagnostics(diagnostics)
        super().__init__("\n".join(map(str, self.diagnostics)))


def sort_diagnostics(diagnostics: Iterable[Diagnostic]) -> tuple[Diagnostic, ...]:
    """Return the diagnostics by file, line and column, each one once."""
    return tuple(sorted(dict.fromkeys(diagnostics), key=lambda d: (d.span, d.code, d.message)))


def has_errors(diagnostics: Iterable[Diagnostic]) -> bool:
    """Tell whether any of the diagnostics stops the build."""
    return any(d.severity is Severity.ERROR for d in diagnostics)
