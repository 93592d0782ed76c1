"""Hand-outs: a page a slide, or upright pages with two slides, each beside its notes, which go on over the page."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import groupby

from conceptdeck.typeset.fonts import FontBook
from conceptdeck.typeset.lines import Look, Typesetter
from conceptdeck.values.frame import Frame, Stroke
from conceptdeck.values.handout import Handout, Note, NoteLine, Part, Sheet
from conceptdeck.values.languages import is_rtl, runs_rtl
from conceptdeck.values.terms import ENGLISH, Term, Words
from conceptdeck.values.theme import Role, Theme
from conceptdeck.values.units import Box, Length, Size, points
from conceptdeck.values.value import frozen

__all__ = ["Wording", "pages_of_slides", "pages_with_notes"]

SLIDES = 2  # on a page with notes, at most


@frozen
class Wording:
    """What pages say beside slides and notes; the notes of the slides `timed` begin with the planned minutes."""

    title: str
    language: str
    words: Words = ENGLISH
    timed: frozenset[str] = frozenset()


def pages_of_slides(frames: Sequence[Frame], theme: Theme) -> Handout:
    """Return a page a slide, of the slide's size."""
    whole = Box(Length(0), Length(0), *theme.size)
    return Handout(theme.size, tuple(Sheet((Part(frame, whole),)) for frame in frames))


def pages_with_notes(frames: Sequence[Frame], theme: Theme, book: FontBook, wording: Wording) -> Handout:
    """Return upright pages, each slide beside its notes; long notes go on on further pages."""
    page = _Page(theme, book, wording)
    edge = Stroke("secondary", theme.stroke("hairline"), theme.tints["hairline"])
    return Handout(page.size, tuple(page.sheets(frames)), edge)


@frozen
class _Line:
    """A line before it has a place: its role, the paragraph that it belongs to, and the space above it.

    `foreign` is its language if it is not that of the hand-out.
    """

    text: str
    role: Role
    paragraph: int
    rtl: bool
    before: int
    foreign: str = ""


class _Page:
    """Places slides and notes on upright pages, as the theme says."""

    def __init__(self, theme: Theme, book: FontBook, wording: Wording) -> None:
        """Measure with `book`."""
        self.theme, self.book, self.wording = theme, book, wording
        self.typesetter = Typesetter(book)
        lengths = {name: points(value) for name, value in theme.handout.numbers.items()}
        self.gap, self.row_gap, self.margin = lengths["paragraph-gap"], lengths["row-gap"], lengths["margin"]
        self.size = Size(lengths["width"], lengths["height"])
        self.wide = Length(self.size.w - 2 * self.margin)
        tall = Length(round(lengths["slide"] * theme.size.h / theme.size.w))
        beside = Length(lengths["slide"] + lengths["gap"])
        self.column = Length(self.wide - beside)
        self.number = lengths["number"]
        self.under_heading = Length(self.margin + lengths["heading"])
        self.bottom = self.size.h - self.margin - lengths["footer"]
        self.middle = Length((self.margin + self.bottom + self.row_gap) // 2)
        self.slide = Box(self.margin, self.margin, lengths["slide"], tall)
        left, right = self.margin, Length(self.size.w - self.margin)
        if is_rtl(wording.language):
            self.slide = self.slide.mirrored(self.size.w)
            self.near, self.notes = (right, "r"), (Length(right - beside), "r")
        else:
            self.near, self.notes = (left, "l"), (Length(left + beside), "l")

    def sheets(self, frames: Iterable[Frame]) -> Iterator[Sheet]:
        """Yield pages with two slides each, the second one from the middle or, below long notes, lower.

        A slide whose notes end on a further page may have another slide below their end; one whose notes do not fit
        below another slide has a page of its own.
        """
        parts: list[Part] = []
        y: int = self.margin
        for frame in frames:
            lines = list(self.lines(frame))
            top = max(self.middle, y + self.row_gap) if parts else self.margin
            if len(parts) == SLIDES or (parts and top + self.height(lines) > self.bottom):
                yield self.sheet(parts)
                parts, top = [], self.margin
            chunks = self.paged(lines, top)
            for at, chunk in enumerate(chunks):
                if at:
                    yield self.sheet(parts)
                    parts, top = [], self.under_heading
                head = self.heading(frame, at + 1, len(chunks)) if at else self.numeral(frame, top)
                place = None if at else replace(self.slide, y=Length(top))
                parts.append(Part(frame, place, (*head, *self.placed(chunk, top))))
                y = top + (_height(chunk) if at else self.height(chunk))
        if parts:
            yield self.sheet(parts)

    def sheet(self, parts: Sequence[Part]) -> Sheet:
        """Return a page with its foot."""
        return Sheet(tuple(parts), tuple(self.footer(parts[0].frame)))

    def height(self, lines: Sequence[_Line]) -> int:
        """Return how much of a page a slide with its number takes, or its notes if they are higher."""
        return max(self.slide.h + self.number, _height(lines))

    def lines(self, frame: Frame) -> Iterator[_Line]:
        """Yield the lines of a slide's notes."""
        lines = zip(frame.notes.split("\n"), frame.told, strict=True)
        written = [(text, said.language) for text, said in lines if text.strip()]
        for count, (text, foreign) in enumerate(written):
            is_timed = count == 0 and frame.key in self.wording.timed
            role = self.theme.handout.roles["handout-time" if is_timed else "handout-notes"]
            rtl = runs_rtl(text, foreign or frame.language)
            for at, line in enumerate(self.broken(text, role, foreign)):
                yield _Line(line, role, count, rtl, self.gap if count and not at else 0, foreign)

    def broken(self, text: str, role: Role, foreign: str = "", width: Length | None = None) -> Sequence[str]:
        """Return a paragraph in lines as wide as notes are; a word wider than that is broken where it must be."""
        family, size, room = self.theme.family(role), role.sizes[0], width or self.column
        look = Look(family, role.bold, size, role.leading)
        setting = self.typesetter.set(text, look, room, foreign or self.wording.language, breaking=True)
        if setting:
            return setting.lines
        return _chopped(text, self.book.shape(text, family, role.bold).positions, room / points(size))

    def paged(self, lines: Sequence[_Line], top: int) -> list[list[_Line]]:
        """Return the lines page by page; those on the first page begin at `top`."""
        pages: list[list[_Line]] = [[]]
        y = top
        for line in lines:
            pitch = _pitch(line.role)
            needed = pitch + (line.before if pages[-1] else 0)
            if y + needed > self.bottom:
                pages.append([])
                y, needed = self.under_heading, pitch
            pages[-1].append(line)
            y += needed
        return pages

    def placed(self, lines: Sequence[_Line], top: int) -> Iterator[Note]:
        """Yield lines as paragraphs at their places."""
        y = top
        for _, run in groupby(lines, lambda line: line.paragraph):
            some = list(run)
            y += some[0].before if y > top else 0
            first, pitch = y, _pitch(some[0].role)
            y += pitch * len(some)
            made = (NoteLine(line.text, Length(first + pitch * at)) for at, line in enumerate(some))
            yield replace(self.note(made, some[0].role, some[0].rtl), foreign=some[0].foreign)

    def note(self, lines: Iterable[NoteLine], role: Role, rtl: bool) -> Note:
        """Return lines at the side of the notes where the language begins."""
        x, align = self.notes
        return Note(tuple(lines), role, x, align, rtl, self.wording.language)

    def heading(self, frame: Frame, part: int, parts: int) -> Iterator[Note]:
        """Yield what a page says whose notes go on from the page before."""
        role = self.theme.handout.roles["handout-heading"]
        text = self.wording.words.say(Term.CONTINUED, title=frame.title, part=part, parts=parts)
        rtl = runs_rtl(text, frame.language)
        yield self.outer([self.shortened(text, role)], role, rtl, self.margin)

    def numeral(self, frame: Frame, top: int) -> Iterator[Note]:
        """Yield the number of a slide, which stands below it."""
        role = self.theme.handout.roles["handout-footer"]
        yield self.outer([str(frame.number)], role, False, top + self.slide.h + self.number - _pitch(role))

    def footer(self, frame: Frame) -> Iterator[Note]:
        """Yield the title of the deck."""
        role, title = self.theme.handout.roles["handout-footer"], self.wording.title
        lines = self.broken(title, role, width=self.wide)[:1]
        yield self.outer(lines, role, runs_rtl(title, frame.language), self.size.h - self.margin - _pitch(role))

    def shortened(self, text: str, role: Role) -> str:
        """Return a text on one line over the whole page."""
        first = self.broken(text, role, width=self.wide)[0]
        return first if first == text else f"{first}…"

    def outer(self, lines: Sequence[str], role: Role, rtl: bool, top: int) -> Note:
        """Return lines at the edge of the page where the language begins, all at `top`."""
        x, align = self.near
        return Note(tuple(NoteLine(line, Length(top)) for line in lines), role, x, align, rtl, self.wording.language)


def _height(lines: Sequence[_Line]) -> int:
    """Return how high lines are below each other."""
    return sum(_pitch(line.role) + (line.before if at else 0) for at, line in enumerate(lines))


def _pitch(role: Role) -> Length:
    return points(role.sizes[0] * role.leading)


def _chopped(text: str, positions: Sequence[float], limit: float) -> list[str]:
    """Return a text cut into lines of at most `limit` ems, between characters that take room."""
    lines: list[str] = []
    start = 0
    for at in range(1, len(text)):
        if positions[at + 1] - positions[start] > limit and positions[at + 1] > positions[at]:
            lines.append(text[start:at])
            start = at
    return [*lines, text[start:]]
