"""Hand-outs: a page a slide, or upright pages with each slide above its notes, which go on over the page if need be."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import groupby

from conceptdeck.typeset.fonts import FontBook
from conceptdeck.typeset.lines import Look, Typesetter
from conceptdeck.values.frame import Frame, Stroke
from conceptdeck.values.handout import Handout, Note, NoteLine, Sheet
from conceptdeck.values.languages import is_rtl, runs_rtl
from conceptdeck.values.terms import ENGLISH, Term, Words
from conceptdeck.values.theme import Role, Theme
from conceptdeck.values.units import Box, Length, Size, points
from conceptdeck.values.value import frozen

__all__ = ["Wording", "pages_of_slides", "pages_with_notes"]


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
    return Handout(theme.size, tuple(Sheet(frame, whole) for frame in frames))


def pages_with_notes(frames: Sequence[Frame], theme: Theme, book: FontBook, wording: Wording) -> Handout:
    """Return upright pages, each slide above its notes; long notes go on on further pages."""
    page = _Page(theme, book, wording)
    edge = Stroke("secondary", theme.stroke("hairline"), theme.tints["hairline"])
    return Handout(page.size, tuple(sheet for frame in frames for sheet in page.sheets(frame)), edge)


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
    """Places notes on upright pages, as the theme says."""

    def __init__(self, theme: Theme, book: FontBook, wording: Wording) -> None:
        """Measure with `book`."""
        self.theme, self.book, self.wording = theme, book, wording
        self.typesetter = Typesetter(book)
        lengths = {name: points(value) for name, value in theme.handout.numbers.items()}
        self.gap, self.margin = lengths["paragraph-gap"], lengths["margin"]
        self.size = Size(lengths["width"], lengths["height"])
        wide = Length(self.size.w - 2 * self.margin)
        self.slide = Box(self.margin, self.margin, wide, Length(round(wide * theme.size.h / theme.size.w)))
        self.top = self.margin + lengths["heading"]
        self.text_top = self.slide.bottom + lengths["gap"]
        self.bottom = self.size.h - self.margin - lengths["footer"]
        left, right = self.slide.x, self.slide.right
        is_mirrored = is_rtl(wording.language)
        self.near, self.far = ((right, "r"), (left, "l")) if is_mirrored else ((left, "l"), (right, "r"))

    def sheets(self, frame: Frame) -> Iterator[Sheet]:
        """Yield the pages of a slide: one, or with long notes more."""
        parts = self.paged(list(self.lines(frame)))
        for part, lines in enumerate(parts):
            notes = self.placed(lines, self.top if part else self.text_top)
            head = self.heading(frame, part + 1, len(parts)) if part else ()
            yield Sheet(frame, None if part else self.slide, (*head, *notes, *self.footer(frame)))

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

    def broken(self, text: str, role: Role, foreign: str = "") -> Sequence[str]:
        """Return a paragraph in lines; a word wider than the page is broken where it must be."""
        family, size, width = self.theme.family(role), role.sizes[0], self.slide.w
        look = Look(family, role.bold, size, role.leading, breaking=True)
        setting = self.typesetter.set(text, look, width, foreign or self.wording.language)
        if setting:
            return setting.lines
        return _chopped(text, self.book.shape(text, family, role.bold).positions, width / points(size))

    def paged(self, lines: Sequence[_Line]) -> list[list[_Line]]:
        """Return the lines page by page; the first page has the slide above them."""
        pages: list[list[_Line]] = [[]]
        y: int = self.text_top
        for line in lines:
            pitch = _pitch(line.role)
            needed = pitch + (line.before if pages[-1] else 0)
            if y + needed > self.bottom:
                pages.append([])
                y, needed = self.top, pitch
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

    def note(self, lines: Iterator[NoteLine], role: Role, rtl: bool) -> Note:
        """Return lines at the side where the language begins."""
        x, align = self.near
        return Note(tuple(lines), role, x, align, rtl, self.wording.language)

    def heading(self, frame: Frame, part: int, parts: int) -> Iterator[Note]:
        """Yield what a page says whose notes go on from the page before."""
        role = self.theme.handout.roles["handout-heading"]
        text = self.wording.words.say(Term.CONTINUED, title=frame.title, part=part, parts=parts)
        first = self.broken(text, role)[0]
        shown = first if first == text else f"{first}…"
        yield self.note(iter([NoteLine(shown, self.margin)]), role, runs_rtl(text, frame.language))

    def footer(self, frame: Frame) -> Iterator[Note]:
        """Yield the title of the deck and the number of the slide."""
        role, title = self.theme.handout.roles["handout-footer"], self.wording.title
        top = Length(self.size.h - self.margin - _pitch(role))
        rtl = runs_rtl(title, frame.language)
        yield from (self.note(iter([NoteLine(line, top)]), role, rtl) for line in self.broken(title, role)[:1])
        x, align = self.far
        yield Note((NoteLine(str(frame.number), top),), role, x, align, False, frame.language)


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
