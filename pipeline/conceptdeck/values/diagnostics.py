"""What is wrong, where, and the way out: errors as values."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from enum import Enum

__all__ = [
    "NOWHERE",
    "Diagnostic",
    "Failure",
    "OfText",
    "OnDrawing",
    "OnSlide",
    "Place",
    "Severity",
    "Span",
    "has_errors",
    "sort_diagnostics",
]


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
class OnSlide:
    """A place on a slide: its number from 1, its key (files of PowerPoint have none), and an item if it is one's."""

    number: int
    key: str = ""
    item: str = ""

    def __str__(self) -> str:
        """Return what a message begins with."""
        slide = f"slide {self.number} ({self.key})" if self.key else f"slide {self.number}"
        return f"{slide}: {self.subject}" if self.item else slide

    @property
    def subject(self) -> str:
        """What a message begins with beside the slide."""
        return f"`{self.item}`" if self.item else ""


@dataclass(frozen=True, slots=True)
class OnDrawing:
    """A place on a drawing: its id, and an item if it is one's."""

    id: str
    item: str = ""

    def __str__(self) -> str:
        """Return what a message begins with."""
        return f"{self.id}: {self.subject}" if self.item else f"{self.id}:"

    @property
    def subject(self) -> str:
        """What a message begins with beside the drawing."""
        return f"`{self.item}`" if self.item else ""


@dataclass(frozen=True, slots=True)
class OfText:
    """A string of the map by its key, wherever it is shown; or its translation into a language."""

    key: str
    language: str = ""

    def __str__(self) -> str:
        """Return what a message begins with."""
        return f"{self.language}: {self.subject}" if self.language else self.subject

    @property
    def subject(self) -> str:
        """What a message begins with among those of one language."""
        return f"the translation of `{self.key}`" if self.language else f"`{self.key}`"


Place = OnSlide | OnDrawing | OfText


@dataclass(frozen=True, slots=True)
class Diagnostic:
    """One finding: a kebab-case code, what is wrong, where, facts (`notes`) and ways out (`hints`).

    `span` is the place in a file, `place` the one on a slide or a drawing, if there is one. With a place, `what` goes
    on where the place ends: `is 3.0 pt beyond the slide`.
    """

    code: str
    what: str
    span: Span = NOWHERE
    severity: Severity = Severity.ERROR
    notes: tuple[str, ...] = ()
    hints: tuple[str, ...] = ()
    excerpt: str = ""  # the offending line, filled in by whoever holds the text
    excusable: bool = False  # whether a comment in the file may excuse this place
    place: Place | None = None

    @property
    def message(self) -> str:
        """What is wrong as a sentence, with the place on a slide or a drawing."""
        return f"{self.place} {self.what}" if self.place else self.what

    @property
    def statement(self) -> str:
        """The message for who sees the slide, the drawing or the language that it is about."""
        return f"{self.place.subject} {self.what}".strip() if self.place else self.what

    @property
    def slide(self) -> int:
        """The number of the slide that it is about, 0 if it is about none."""
        return self.place.number if isinstance(self.place, OnSlide) else 0

    def on(self, place: Place) -> Diagnostic:
        """Return the finding at a place on a slide or a drawing."""
        return replace(self, place=place)

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
    """Return the diagnostics by file, line, column and slide, each one once."""
    return tuple(sorted(dict.fromkeys(diagnostics), key=lambda d: (d.span, d.code, d.slide, d.message)))


def has_errors(diagnostics: Iterable[Diagnostic]) -> bool:
    """Tell whether any of the diagnostics stops the build."""
    return any(d.severity is Severity.ERROR for d in diagnostics)
