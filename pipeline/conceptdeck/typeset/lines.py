"""Set text in boxes: where lines may break, which size fits, and how high the lines stand."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import lru_cache
from itertools import accumulate
from typing import NamedTuple, Protocol
from weakref import proxy

from conceptdeck.typeset.breaks import (
    break_units,
    is_phrased,
    possible_breaks,
    starts_run,
    subtags,
    sure_breaks,
)
from conceptdeck.typeset.copy import Copy, bare, is_held, lines_of, plain, shaped_parts, stripped, unbroken, with_marks
from conceptdeck.typeset.fonts import Shaped
from conceptdeck.typeset.hyphens import marks_within, soft_offsets
from conceptdeck.typeset.paragraphs import SCRIPT_SPACE, Line, Paragraph, Spaced, Unit, cut, gaps_in
from conceptdeck.typeset.settings import (
    SHORT,
    Setting,
    as_set,
    box_width,
    has_orphan,
    has_stub,
    is_worth_it,
    least_split,
    set_freely,
)
from conceptdeck.typeset.widths import SAFETY, hold
from conceptdeck.values.hyphens import Mark
from conceptdeck.values.units import EMU_PER_POINT, Length, Size

__all__ = ["Copied", "Look", "Sibling", "Style", "Typesetter"]

ORPHAN_STEP_PT = 3.0
CACHED_PARAGRAPHS = 1024
CACHED_SETTINGS = 2048  # what a deck of fifty slides takes, so that a preview finds it again
SHRUNK = 0.87  # how large LibreOffice sets what is raised or lowered, as a multiple of the size in PowerPoint
SPACED = ("ja", "ko", "zh")  # languages whose letters some programs keep a quarter of an em away from Latin ones


class Style(NamedTuple):
    """How a role of text looks; `sizes` in points run from the largest to the floor.

    A `heading` may have line breaks of its own where no width of its box holds them. Where words shall be `whole`, they
    are not broken at the floor either.
    """

    family: str
    bold: bool
    sizes: tuple[float, ...]
    leading: float  # line pitch as a multiple of the size
    avoid_orphan: bool = False
    heading: bool = False
    whole: bool = False


class Look(NamedTuple):
    """How one text looks: its family, its size in points, its line pitch as a multiple of it; see `Style.heading`."""

    family: str
    bold: bool
    size: float
    leading: float
    heading: bool = False


class Sibling(NamedTuple):
    """A text among others of its kind: its box, its language, and its line pitch as a multiple of the size."""

    text: Copy
    box: Size
    lang: str
    leading: float


class Copied(NamedTuple):
    """A text that shares a box with others: its size in points, its family, whether it is bold, and its language."""

    text: Copy
    size: float
    family: str
    bold: bool
    lang: str


class Measure(Protocol):
    """What measures text: a `FontBook`."""

    def shape(self, text: str, family: str, bold: bool = False, italic: bool = False) -> Shaped:
        """Return how far `text` reaches."""
        ...


class Typesetter:
    """Break texts into lines and find the sizes at which they fit.

    Lines keep 2 % of the width free, since renderers differ. Words are broken only at the smallest size there is, and
    only those that are wider than their line.

    Where other programs break the lines (`flowing`), they are those that a program makes in a box of some width, and
    the width is chosen so that they break where a reader likes it. Else they may break anywhere.
    """

    def __init__(self, book: Measure, *, flowing: bool = False) -> None:
        """Measure with `book`; `flowing` text is broken again by the programs that show it."""
        self._book = book
        self.flowing = self._flowing = flowing
        own = proxy(self)  # what leads to itself is not let go of in a build
        self._paragraph = lru_cache(maxsize=CACHED_PARAGRAPHS)(lambda *asked: own._measure(*asked))
        self._set = lru_cache(maxsize=CACHED_SETTINGS)(lambda *asked: own._set_anew(*asked))
        self._broken = lru_cache(maxsize=CACHED_SETTINGS)(lambda *asked: own._break_words(*asked))

    def set(self, text: Copy, look: Look, width: Length, lang: str, *, breaking: bool = False) -> Setting | None:
        """Set `text` at one size and line pitch; None if a word is wider than `width`, and may not be broken.

        An empty text has no lines.
        """
        found = self._set(text, look, width, lang)
        return found or (self._broken(text, look, width, lang) if breaking else None)

    def _break_words(self, text: Copy, look: Look, width: Length, lang: str) -> Setting | None:
        """Set a text with marks in the words that are wider than `width`."""
        limit = width * SAFETY / (look.size * EMU_PER_POINT)
        soft, clean, start = soft_offsets(plain(text)), bare(text), 0
        marks: list[Mark] = []
        for line in lines_of(clean):
            paragraph = self._paragraph(line, look.family, look.bold, lang)
            hyphen = self._book.shape("-", look.family, look.bold).width
            inside = tuple(at - start for at in soft if 0 <= at - start <= len(paragraph.text))
            found = marks_within(paragraph, inside, lang, limit, hyphen)
            if found is None or any(is_held(line, at) for at, _ in found):
                return None
            marks += [(start + at, mark) for at, mark in found]
            start += len(paragraph.text) + 1
        setting = self._set(with_marks(clean, marks), look, width, lang)
        return replace(setting, marks=tuple(marks), split=True) if setting else None

    def _set_anew(self, text: Copy, look: Look, width: Length, lang: str) -> Setting | None:
        """Set a text that is not in the cache: footers and rails come again on every slide."""
        family, bold, size, leading, heading = look
        paragraphs = self._paragraphs(bare(text), family, bold, lang)
        if not self._flowing:
            return set_freely(paragraphs, size, leading, width, balanced=heading)
        held = hold([(each, size) for each in paragraphs], width, lang, balanced=heading)
        if held is None:
            return None
        free = (
            set_freely(paragraphs, size, leading, width, balanced=True)
            if heading and held.broken > 1 and len(paragraphs) == 1
            else None
        )
        if free and not free.split and is_worth_it(len(free.lines), held):
            return replace(free, reach=Length(0), forced=True)
        short = max(map(len, held.lines)) <= SHORT
        split = (held.splits > 0 and short) or (heading and held.broken > 1)
        return as_set(held.lines, size, leading, split=split, loose=held.splits + held.unsure > 0)

    def measured(self, text: str, family: str, *, bold: bool, italic: bool) -> float:
        """Return the width of a text on one line in ems, with no room to spare."""
        return self._book.shape(text, family, bold, italic).width

    def set_together(self, texts: Sequence[Copied], width: Length) -> tuple[Setting, ...] | None:
        """Set the texts of one box so that some width holds them all; None if a word is wider than `width`.

        What lines of several languages should be like, the first one says.
        """
        cut_up = [self._paragraphs(each.text, each.family, each.bold, each.lang) for each in texts]
        parts = [(part, each.size) for some, each in zip(cut_up, texts, strict=True) for part in some]
        held = hold(parts, width, texts[0].lang)
        if held is None:
            return None
        lines = iter(held.lines)
        pairs = zip(cut_up, texts, strict=True)
        return tuple(as_set([next(lines) for _ in some], each.size, 1.0) for some, each in pairs)

    def fit(self, text: Copy, *, style: Style, box: Size, lang: str, max_lines: int | None = None) -> Setting | None:
        """Set `text` at the largest size of `style` that fits `box`; None if even the floor does not.

        A text gives up to 3 pt for lines that are sure to be held, and one in a style that avoids orphans to lengthen
        or spare a last line, or the first of two, that is too short. No word is split if a smaller size spares it.
        """
        found = self._fit(text, style, box, lang, max_lines)
        if found is None and style.heading:
            return self._fit(text, style._replace(heading=False), box, lang, max_lines)
        return found

    def _fit(self, text: Copy, style: Style, box: Size, lang: str, max_lines: int | None) -> Setting | None:
        """Set `text` at the largest size that fits, or at a smaller one that pleases more."""
        trials = (self._try(text, size, style, box, lang, max_lines) for size in style.sizes)
        fitting = (trial for trial in trials if trial is not None)
        best = next(fitting, None)
        if best is not None and best.split:
            return least_split([best, *fitting], box.w, lang)
        if best is None or self._pleases(best, style, box.w, lang):
            return best
        near = (other for other in fitting if other.size_pt >= best.size_pt - ORPHAN_STEP_PT)
        return next((other for other in near if self._pleases(other, style, box.w, lang)), best)

    def _pleases(self, setting: Setting, style: Style, width: Length, lang: str) -> bool:
        """Tell whether there is nothing about a setting that a smaller size might mend."""
        if style.avoid_orphan and (setting.forced or has_orphan(setting, width, lang) or has_stub(setting)):
            return False
        return not setting.loose

    def fit_together(
        self, siblings: Sequence[Sibling], *, style: Style, max_lines: int | None = None
    ) -> tuple[Setting, ...] | None:
        """Set siblings at one size, the largest at which each fits its box; None if the floor is too large.

        Orphans are let be, and words are split only if no size spares them. All give up to 3 pt for lines that are sure
        to be held.
        """
        found = self._fit_together(siblings, style, max_lines)
        if found is None and style.heading:
            return self._fit_together(siblings, style._replace(heading=False), max_lines)
        return found

    def _fit_together(
        self, siblings: Sequence[Sibling], style: Style, max_lines: int | None
    ) -> tuple[Setting, ...] | None:
        """Set siblings at the largest size at which each fits, or at a smaller one that pleases more."""
        split: tuple[Setting, ...] | None = None
        loose: tuple[Setting, ...] | None = None
        order = [*enumerate(siblings)]
        for size in style.sizes:
            if loose and size < loose[0].size_pt - ORPHAN_STEP_PT:
                break
            settings = self._all_at(size, order, style, max_lines)
            if settings is None:
                continue
            if any(setting.split for setting in settings):
                split = split or settings
            elif any(setting.loose for setting in settings):
                loose = loose or settings
            else:
                return settings
        return loose or split

    def _all_at(
        self, size: float, siblings: list[tuple[int, Sibling]], style: Style, max_lines: int | None
    ) -> tuple[Setting, ...] | None:
        """Set numbered siblings at one size; None if one does not fit, which then comes first: it may not next time."""
        found: dict[int, Setting] = {}
        for at, (number, (text, box, lang, leading)) in enumerate(siblings):
            trial = self._try(text, size, style._replace(leading=leading), box, lang, max_lines)
            if trial is None:
                siblings.insert(0, siblings.pop(at))
                return None
            found[number] = trial
        return tuple(found[number] for number in range(len(siblings)))

    def natural_width(self, text: Copy, family: str, bold: bool, size: float, lang: str = "") -> Length:
        """Return the least box width at which no line of `text` wraps, the free 2 % included."""
        widths = (self._shaped(stripped(line), family, bold, lang).width for line in lines_of(bare(text)))
        return box_width(max(widths), size)

    def widest_word(self, text: Copy, style: Style, lang: str) -> str:
        """Return the unbreakable piece of `text` that takes most room, to name it when it does not fit."""
        return self._widest(text, style, lang).text

    def _widest(self, text: Copy, style: Style, lang: str) -> Line:
        """Return the widest unbreakable piece of `text`."""
        pieces = [part.widest() for part in self._paragraphs(bare(text), style.family, style.bold, lang)]
        return max(pieces, key=lambda piece: piece.width, default=Line("", 0.0))

    def _try(
        self, text: Copy, size: float, style: Style, box: Size, lang: str, max_lines: int | None
    ) -> Setting | None:
        """Set `text` at `size`; None if it does not fit."""
        setting = self._set_in_style(text, size, style, box.w, lang)
        if setting is None or setting.height > box.h:
            return None
        return setting if max_lines is None or len(setting.lines) <= max_lines else None

    def _set_in_style(self, text: Copy, size: float, style: Style, width: Length, lang: str) -> Setting | None:
        """Set `text` at `size` in the family and leading of `style`."""
        look = Look(style.family, style.bold, size, style.leading, style.heading)
        return self.set(text, look, width, lang, breaking=size == style.sizes[-1] and not style.whole)

    def _paragraphs(self, text: Copy, family: str, bold: bool, lang: str) -> list[Paragraph]:
        """Measure the paragraphs of `text`."""
        return [self._paragraph(part, family, bold, lang) for part in lines_of(text)] if text else []

    def _measure(self, copy: Copy, family: str, bold: bool, lang: str) -> Paragraph:
        """Measure a paragraph and find where it may break."""
        text, shaped = plain(copy), self._shaped(copy, family, bold, lang)
        words = phrases = runs = sure = cut(text, unbroken(copy, break_units(text, lang)))
        if is_phrased(lang):
            offsets = unbroken(copy, break_units(text, lang, phrases=False))
            words = cut(text, offsets)
            starts = {unit.start for unit in phrases}
            runs = cut(text, [at for at in offsets if at in starts or starts_run(text, at)])
            sure = cut(text, unbroken(copy, sure_breaks(text, lang)))
        widest = max((shaped.between(*unit) for unit in words), default=0.0)
        phrase = widest if phrases is words else max((shaped.between(*unit) for unit in phrases), default=0.0)
        programs = self._programs(copy, (family, bold), lang, shaped, words)
        return Paragraph(text, shaped, phrases, runs, words, sure, (*programs, (shaped, words)), phrase, widest)

    def _programs(
        self, copy: Copy, face: tuple[str, bool], lang: str, shaped: Shaped, words: tuple[Unit, ...]
    ) -> list[tuple[Shaped, tuple[Unit, ...]]]:
        """Return how other programs may see a text that they break again, the one that puts most on a line first."""
        if not self._flowing:
            return []
        text = plain(copy)
        possible = possible_breaks(text, lang)
        atoms = cut(text, possible) if len(possible) >= len(words) else words  # those between words are among them
        tight = shaped if isinstance(copy, str) and not is_phrased(lang) else self._bare(copy, *face, SHRUNK)
        if not is_phrased(lang):
            return [(tight, atoms)]
        return [(tight, cut(text, possible_breaks(text, lang, hanging=True))), (tight, atoms), (shaped, atoms)]

    def _bare(self, copy: Copy, family: str, bold: bool, shrink: float = 1.0) -> Shaped:
        """Return how far copy reaches; `shrink` is what a program makes of what is raised or lowered."""
        if isinstance(copy, str):
            return self._book.shape(copy, family, bold)
        return shaped_parts(copy, self._book.shape, shrink)

    def _shaped(self, copy: Copy, family: str, bold: bool, lang: str) -> Shaped:
        """Return how far copy reaches, with the room that programs may leave between its scripts."""
        text, shaped = plain(copy), self._bare(copy, family, bold)
        if text.isascii() or subtags(lang)[0] not in SPACED:
            return shaped
        gaps = gaps_in(text)
        room = accumulate(SCRIPT_SPACE * gap for gap in gaps)
        spaced = (place + more for place, more in zip(shaped.positions[1:], room, strict=True))
        return Spaced((0.0, *spaced), shaped.missing, gaps)
