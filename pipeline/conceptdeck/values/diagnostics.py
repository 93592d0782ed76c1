"""What is wrong, where, and the way out: errors as values."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from enum import Enum
from typing import Any

from conceptdeck.values.characters import visible
from conceptdeck.values.value import frozen

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
    "is_unquoted",
    "keep_unquoted",
    "listed",
    "plain",
    "sort_diagnostics",
    "told",
]

MOST_PLACES = 8  # slides and drawings that a finding names
MOST_ALIKE = 20  # findings of one rule that are told one by one
REPORT = "this is a fault of the program, not of the map: please report it, with the map"
MEANWHILE = "until it is mended, the comment `# conceptdeck: allow {code}` on the line lets it pass"


_unquoted: set[str] = set()


def keep_unquoted(path: str) -> None:
    """Let findings about a file, by the path that they show, repeat nothing of what it says."""
    _unquoted.add(path)


def is_unquoted(path: str) -> bool:
    """Tell whether findings about a file repeat nothing of what it says."""
    return path in _unquoted


class Severity(Enum):
    """How much a diagnostic weighs: an error stops the build, a warning does not."""

    ERROR = "error"
    WARNING = "warning"


@frozen(order=True)
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


@frozen
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


@frozen
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


@frozen
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


@frozen
class Diagnostic:
    """One finding: a kebab-case code, what is wrong, where, facts (`notes`) and ways out (`hints`).

    `span` is the place in a file, `place` the one on a slide or a drawing, if there is one. With a place, `what` goes
    on where the place ends: `is 3.0 pt beyond the slide`.

    A finding may stand for several that have one cause: findings of a code with the same `cause`. It is then about
    `count` things, on all the slides and drawings `where`, written in the file `also` at other places; the one with the
    most `excess` is told, such as the place where a text has least room. A `fault` is the program's own: whoever wrote
    the map can do nothing about it.
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
    where: tuple[Place, ...] = ()
    also: tuple[Span, ...] = ()
    cause: str = ""
    count: int = 1
    excess: int = 0
    fault: bool = False

    @property
    def message(self) -> str:
        """What is wrong as a sentence, with the place on a slide or a drawing."""
        return f"{self.place} {self.what}" if self.place else self.what

    @property
    def statement(self) -> str:
        """The message for who sees the slide, the drawing or the language that it is about."""
        return f"{self.place.subject} {self.what}".strip() if self.place else self.what

    @property
    def places(self) -> tuple[Place, ...]:
        """All slides and drawings that it is about."""
        return self.where or tuple(each for each in (self.place,) if isinstance(each, OnSlide | OnDrawing))

    @property
    def slides(self) -> tuple[int, ...]:
        """The numbers of the slides that it is about."""
        return tuple(dict.fromkeys(each.number for each in self.places if isinstance(each, OnSlide)))

    @property
    def slide(self) -> int:
        """The number of the first slide that it is about, 0 if it is about none."""
        return min(self.slides, default=0)

    @property
    def facts(self) -> tuple[str, ...]:
        """The notes, and at how many places it is so."""
        more = self.count - 1
        lines, places = _in_lines(self.also), "; ".join(_named(self.places)) if more or self.where else ""
        said = f"also {lines}" if lines else f"so it is {more} times more" * bool(more)
        told = ": ".join(filter(None, (said, places if not lines else "")))
        return (*self.notes, told) if told else self.notes

    def eased(self, *notes: str) -> Diagnostic:
        """Return the finding as a warning, with notes on what is done instead."""
        return replace(self, severity=Severity.WARNING, notes=(*self.notes, *notes))

    def on(self, place: Place) -> Diagnostic:
        """Return the finding at a place on a slide or a drawing."""
        return replace(self, place=place)

    def as_fault(self) -> Diagnostic:
        """Return the finding as a fault of the program, all of its code as one: its way out is to report it."""
        meanwhile = (MEANWHILE.format(code=self.code),) if self.excusable and self.span.line else ()
        return replace(self, fault=True, cause="fault", hints=(REPORT, *meanwhile))

    def __str__(self) -> str:
        """Return the text form: place, severity, message and code, then line, notes and hints."""
        place = f"{visible(str(self.span))}: " if self.span.path else ""
        lines = [f"{place}{self.severity.value}: {visible(self.message)} [{self.code}]"]
        if self.excerpt:
            gutter = str(self.span.line)
            lines.append(f"  {gutter} | {visible(self.excerpt)}")
            marks = "^" * max(1, min(self.span.length, len(self.excerpt) - self.span.column + 1))
            lines.append(f"  {' ' * len(gutter)} | {' ' * (self.span.column - 1)}{marks}")
        lines += [f"  note: {visible(fact)}" for fact in self.facts]
        lines += [f"  help: {visible(hint)}" for hint in self.hints]
        return "\n".join(lines)


class Failure(Exception):
    """Carry diagnostics from the stage that found them to the command line."""

    def __init__(self, diagnostics: Iterable[Diagnostic]) -> None:
        """Keep `diagnostics`, sorted by place."""
        self.diagnostics = sort_diagnostics(diagnostics)
        super().__init__("\n".join(told(self.diagnostics)))


def sort_diagnostics(diagnostics: Iterable[Diagnostic]) -> tuple[Diagnostic, ...]:
    """Return the diagnostics by file, line, column and slide, each one once."""
    return tuple(sorted(dict.fromkeys(diagnostics), key=lambda d: (d.span, d.code, d.slide, d.message)))


def has_errors(diagnostics: Iterable[Diagnostic]) -> bool:
    """Tell whether any of the diagnostics stops the build."""
    return any(d.severity is Severity.ERROR for d in diagnostics)


def told(diagnostics: Iterable[Diagnostic]) -> tuple[str, ...]:
    """Return the text form of each diagnostic; of very many of one code the first, and where the others are."""
    found = tuple(diagnostics)
    counts = Counter(each.code for each in found)
    seen: Counter[str] = Counter()
    said = []
    for each in found:
        seen[each.code] += 1
        if seen[each.code] <= MOST_ALIKE or counts[each.code] == MOST_ALIKE + 1:
            said.append(str(each))
    return (*said, *_left_out(found, counts))


def plain(finding: Diagnostic) -> dict[str, Any]:
    """Return a finding as JSON has it, for other programs."""
    place = finding.place
    return {
        "code": finding.code,
        "severity": finding.severity.value,
        "message": finding.message,
        "path": finding.span.path,
        "line": finding.span.line,
        "column": finding.span.column,
        "slide": finding.slide or None,
        "slides": list(finding.slides),
        "drawing": place.id if isinstance(place, OnDrawing) else None,
        "item": (place.item or None) if isinstance(place, OnSlide | OnDrawing) else None,
        "text": place.key if isinstance(place, OfText) else None,
        "notes": list(finding.facts),
        "help": list(finding.hints),
    }


def _left_out(found: Sequence[Diagnostic], counts: Counter[str]) -> Iterator[str]:
    """Yield a line for each code of which not all are told."""
    for code, count in counts.items():
        if count > MOST_ALIKE + 1:
            rest = [each for each in found if each.code == code][MOST_ALIKE:]
            at = _in_lines(each.span for each in rest)
            yield f"and {len(rest)} more of the same kind{', ' * bool(at)}{at} [{code}]"


def _in_lines(spans: Iterable[Span]) -> str:
    """Return in which lines places are, each once; empty if they are in none."""
    lines = list(dict.fromkeys(str(span.line) for span in spans if span.line))
    return f"in line{'s' * (len(lines) > 1)} {listed(lines)}" if lines else ""


def _named(places: Iterable[Place]) -> Iterator[str]:
    """Yield where it is so: the slides by number, the drawings by name."""
    slides = [str(each) for each in sorted({each.number for each in places if isinstance(each, OnSlide)})]
    drawings = list(dict.fromkeys(f"`{each.id}`" for each in places if isinstance(each, OnDrawing)))
    if slides:
        yield f"on slide{'s' * (len(slides) > 1)} {listed(slides)}"
    if drawings:
        yield f"in the diagram{'s' * (len(drawings) > 1)} {listed(drawings)}"


def listed(names: Sequence[str]) -> str:
    """Return the names with commas and an `and`; of very many the first."""
    if len(names) > MOST_PLACES + 1:
        return f"{', '.join(names[:MOST_PLACES])} and {len(names) - MOST_PLACES} more"
    return " and ".join(filter(None, (", ".join(names[:-1]), names[-1])))
