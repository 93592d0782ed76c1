"""Set text in boxes: where lines may break, which size fits, and how high the lines stand."""

from __future__ import annotations

import math
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import accumulate, pairwise
from typing import NamedTuple, Protocol
from unicodedata import east_asian_width

from conceptdeck.typeset.breaks import (
    break_units,
    is_katakana,
    is_lone,
    is_phrased,
    is_wide,
    possible_breaks,
    starts_run,
    subtags,
    sure_breaks,
)
from conceptdeck.typeset.fonts import Shaped
from conceptdeck.values.units import EMU_PER_POINT, Length, Size, points

__all__ = ["Line", "Setting", "Style", "Typesetter", "has_orphan"]

SAFETY = 0.98  # LibreOffice now and then breaks a word early: one line in sixty
ORPHAN_SHARE = 0.20
ORPHAN_STEP_PT = 3.0
CACHED_PARAGRAPHS = 2048
CACHED_SETTINGS = 4096
WIDELY = 3  # kinds of programs, of those in `_programs`, that lines of Chinese and Japanese should be sure of
LEAST_WINDOW = 0.01  # of the longest line: by half of it, either way, fonts may differ and lines break the same
NARROWER = 1 - 1e-9  # what a line's width is multiplied by for the line to break
KATAKANA_DOT = "・"
SHORT = 3  # lines: what is longer is read as running text
SPACED = ("ja", "ko", "zh")  # languages whose letters some programs keep a quarter of an em away from Latin ones
SCRIPT_SPACE = 0.25


class Style(NamedTuple):
    """How a role of text looks; `sizes` in points run from the largest to the floor.

    A `heading` may have line breaks of its own where no width of its box holds them.
    """

    family: str
    bold: bool
    sizes: tuple[float, ...]
    leading: float  # line pitch as a multiple of the size
    avoid_orphan: bool = False
    heading: bool = False


class Line(NamedTuple):
    """One line as broken: its text without the spaces at its end, its width in ems, and with what comes next.

    What comes next is measured as several kinds of programs do, that which takes least room first (`reaches`). `start`
    is where the line starts in its paragraph.
    """

    text: str
    width: float
    reaches: tuple[float, ...] = ()
    start: int = 0


@dataclass(frozen=True, slots=True)
class Setting:
    """A text set at one size: its line pitch, its lines, and the room they take.

    `tail` is the width of the last line if its paragraph wraps, else None. `reach` is the least width at which some
    program would put more on a line, None if nothing wraps. It is `split` if a word had no line of its own, `loose` if
    no width is sure to hold the lines in all programs or running text breaks a word, and `forced` if no width holds
    them in any: they need breaks of their own.
    """

    size_pt: float
    leading: Length
    lines: tuple[str, ...]
    width: Length
    height: Length
    tail: Length | None = None
    reach: Length | None = None
    split: bool = False
    loose: bool = False
    forced: bool = False


class Measure(Protocol):
    """What measures text: a `FontBook`."""

    def shape(self, text: str, family: str, bold: bool = False) -> Shaped:
        """Return how far `text` reaches."""
        ...


class _Unit(NamedTuple):
    """A piece of text that never breaks: where it starts, and where it ends but for spaces."""

    start: int
    visible_end: int


@dataclass(frozen=True, slots=True)
class _Spaced(Shaped):
    """How far a text reaches with room between its scripts: before the characters that `gaps` tells."""

    gaps: tuple[bool, ...] = ()

    def between(self, start: int, end: int) -> float:
        """Return the width in ems of a line from `start` up to `end`: nothing is free at its start."""
        free = SCRIPT_SPACE if start < end and self.gaps[start] else 0.0
        return self.positions[end] - self.positions[start] - free


@dataclass(frozen=True, slots=True)
class _Paragraph:
    """A text without hard breaks, measured once for all sizes.

    `words` are the smallest units there are; `phrases` are those a reader likes best. Phrases too wide for a line are
    broken into `runs` of one script, and only those that are too wide themselves into the smallest units. Every program
    breaks between `sure` units.

    `programs` are the ways in which programs may see it: how far it reaches, and which units they never break. The
    first puts most on a line, the last breaks as it is broken here.
    """

    text: str
    shaped: Shaped
    phrases: tuple[_Unit, ...]
    runs: tuple[_Unit, ...]
    words: tuple[_Unit, ...]
    sure: tuple[_Unit, ...]
    programs: tuple[tuple[Shaped, tuple[_Unit, ...]], ...]
    widest_phrase: float
    widest_word: float

    def widest(self) -> Line:
        """Return the unbreakable unit that takes most room, as a line of its own."""
        lines = (self._line(*unit) for unit in self.words)
        return max(lines, key=lambda line: line.width, default=Line("", 0.0))

    def lines(self, limit: float) -> tuple[Line, ...] | None:
        """Break the paragraph into lines of at most `limit` ems; None if a word is wider."""
        if not self.words:
            return (Line("", 0.0),)
        if self.widest_word > limit:
            return None
        units: Sequence[_Unit] = self.phrases
        if self.widest_phrase > limit:
            units = self._broken(self._broken(units, self.runs, limit), self.words, limit)
        return tuple(self._fill(units, limit))

    def is_split(self, limit: float) -> bool:
        """Tell whether lines of at most `limit` ems break within runs."""
        return self.widest_phrase > limit and any(self.shaped.between(*unit) > limit for unit in self.runs)

    def filled(self, limit: float) -> tuple[Line, ...] | None:
        """Break the paragraph as programs do: each line as full as it may be; None if a word is wider than `limit`."""
        if not self.words:
            return (Line("", 0.0),)
        if self.widest_word > limit:
            return None
        return tuple(self._fill(self._broken(self.sure, self.words, limit), limit))

    def unsure(self, lines: Sequence[Line]) -> int:
        """Return how many of the lines start where some program never breaks."""
        return sum(not _starts_at(self.sure, line.start) for line in lines[1:])

    def faults(self, lines: Sequence[Line]) -> tuple[int, int]:
        """Return how many of the lines break words of katakana, and how badly phrases are broken.

        A phrase broken between scripts counts one, within a script two.
        """
        starts = [line.start for line in lines[1:]]
        broken = [at for at in starts if not _starts_at(self.phrases, at)]
        return sum(_splits(self.text, at) for at in broken), sum(2 - _starts_at(self.runs, at) for at in broken)

    def _broken(self, units: Sequence[_Unit], finer: Sequence[_Unit], limit: float) -> list[_Unit]:
        """Return the units, with those wider than `limit` broken into `finer` ones."""
        found: list[_Unit] = []
        for unit in units:
            if self.shaped.between(*unit) <= limit:
                found.append(unit)
            else:
                low, high = (bisect_left(finer, (bound,)) for bound in unit)
                found += finer[low:high]
        return found

    def _fill(self, units: Sequence[_Unit], limit: float) -> Iterator[Line]:
        """Yield lines, each with as many units as it holds."""
        start, end = units[0]
        for unit in units[1:]:
            if self.shaped.between(start, unit.visible_end) > limit:
                yield self._line(start, end, self._reaches(start, unit.start))
                start = unit.start
            end = unit.visible_end
        yield self._line(start, end)

    def _line(self, start: int, end: int, reaches: tuple[float, ...] = ()) -> Line:
        """Return the characters from `start` up to `end` as a line."""
        return Line(self.text[start:end], self.shaped.between(start, end), reaches, start)

    def _reaches(self, start: int, following: int) -> tuple[float, ...]:
        """Return for each kind of program the width from `start` to the end of what it may put behind `following`."""
        if not _starts_at(self.sure, following):  # programs break there if not even the next character fits
            return tuple(shaped.between(start, following + 1) for shaped, _ in self.programs)
        return tuple(
            shaped.between(start, units[bisect_left(units, (following + 1,)) - 1].visible_end)
            for shaped, units in self.programs
        )


class Typesetter:
    """Break texts into lines and find the sizes at which they fit.

    Lines keep 2 % of the width free, since renderers differ. No word is ever split.

    Where other programs break the lines (`flowing`), they are those that a program makes in a box of some width, and
    the width is chosen so that they break where a reader likes it. Else they may break anywhere.
    """

    def __init__(self, book: Measure, *, flowing: bool = False) -> None:
        """Measure with `book`; `flowing` text is broken again by the programs that show it."""
        self._book = book
        self._flowing = flowing
        self._paragraph = lru_cache(maxsize=CACHED_PARAGRAPHS)(self._measure)
        self._set = lru_cache(maxsize=CACHED_SETTINGS)(self._set_anew)

    def set(
        self,
        text: str,
        *,
        family: str,
        bold: bool,
        size: float,
        leading: float,
        width: Length,
        lang: str,
        heading: bool = False,
    ) -> Setting | None:
        """Set `text` at one size (points) and line pitch (a multiple); None if a word is wider than `width`.

        An empty text has no lines.
        """
        return self._set(text, family, bold, size, leading, width, lang, heading)

    def _set_anew(
        self, text: str, family: str, bold: bool, size: float, leading: float, width: Length, lang: str, heading: bool
    ) -> Setting | None:
        """Set a text that is not in the cache: footers and rails come again on every slide."""
        paragraphs = self._paragraphs(text, family, bold, lang)
        if not self._flowing:
            return _free(paragraphs, size, leading, width)
        held = _held([(each, size) for each in paragraphs], width, lang)
        if held is None:
            return None
        free = _free(paragraphs, size, leading, width) if heading and held.broken > 1 and len(paragraphs) == 1 else None
        if free and not free.split and _is_worth_it(len(free.lines), held):
            return replace(free, reach=Length(0), forced=True)
        short = max(map(len, held.lines)) <= SHORT
        found = _setting(held.lines, size, leading, split=held.splits > 0 and short)
        return replace(found, loose=found.loose or held.splits + held.unsure > 0)

    def set_together(
        self, texts: Sequence[tuple[str, float, str, bool]], width: Length, lang: str
    ) -> tuple[Setting, ...] | None:
        """Set the texts of one box so that some width holds them all; each comes with its size, family and bold.

        None if a word is wider than `width`.
        """
        parts = [(self._paragraph(text, family, bold, lang), size) for text, size, family, bold in texts]
        held = _held(parts, width, lang)
        if held is None:
            return None
        pairs = zip(held.lines, texts, strict=True)
        return tuple(_setting([lines], size, 1.0) for lines, (_, size, *_) in pairs)

    def fit(self, text: str, *, style: Style, box: Size, lang: str, max_lines: int | None = None) -> Setting | None:
        """Set `text` at the largest size of `style` that fits `box`; None if even the floor does not.

        A text gives up to 3 pt for lines that are sure to be held, and one in a style that avoids orphans to lengthen
        or spare a last line that is too short. No word is split if a smaller size spares it.
        """
        found = self._fit(text, style, box, lang, max_lines)
        if found is None and style.heading:
            return self._fit(text, style._replace(heading=False), box, lang, max_lines)
        return found

    def _fit(self, text: str, style: Style, box: Size, lang: str, max_lines: int | None) -> Setting | None:
        """Set `text` at the largest size that fits, or at a smaller one that pleases more."""
        trials = (self._try(text, size, style, box, lang, max_lines) for size in style.sizes)
        fitting = (trial for trial in trials if trial is not None)
        best = next(fitting, None)
        if best is not None and best.split:
            return _least_split([best, *fitting], box.w, lang)
        if best is None or self._pleases(best, style, box.w, lang):
            return best
        near = (other for other in fitting if other.size_pt >= best.size_pt - ORPHAN_STEP_PT)
        return next((other for other in near if self._pleases(other, style, box.w, lang)), best)

    def _pleases(self, setting: Setting, style: Style, width: Length, lang: str) -> bool:
        """Tell whether there is nothing about a setting that a smaller size might mend."""
        if style.avoid_orphan and (setting.forced or has_orphan(setting, width, lang)):
            return False
        return not setting.loose

    def fit_together(
        self, texts: Sequence[tuple[str, Size]], *, style: Style, lang: str, max_lines: int | None = None
    ) -> tuple[Setting, ...] | None:
        """Set siblings at one size, the largest at which each fits its box; None if the floor is too large.

        Orphans are let be, and words are split only if no size spares them. All give up to 3 pt for lines that are sure
        to be held.
        """
        found = self._fit_together(texts, style, lang, max_lines)
        if found is None and style.heading:
            return self._fit_together(texts, style._replace(heading=False), lang, max_lines)
        return found

    def _fit_together(
        self, texts: Sequence[tuple[str, Size]], style: Style, lang: str, max_lines: int | None
    ) -> tuple[Setting, ...] | None:
        """Set siblings at the largest size at which each fits, or at a smaller one that pleases more."""
        split: tuple[Setting, ...] | None = None
        loose: tuple[Setting, ...] | None = None
        for size in style.sizes:
            if loose and size < loose[0].size_pt - ORPHAN_STEP_PT:
                break
            trials = (self._try(text, size, style, box, lang, max_lines) for text, box in texts)
            settings = tuple(trial for trial in trials if trial is not None)
            if len(settings) == len(texts):
                if any(setting.split for setting in settings):
                    split = split or settings
                elif any(setting.loose for setting in settings):
                    loose = loose or settings
                else:
                    return settings
        return loose or split

    def natural_width(self, text: str, family: str, bold: bool, size: float, lang: str = "") -> Length:
        """Return the least box width at which no line of `text` wraps, the free 2 % included."""
        widths = (self._shaped(part.rstrip(), family, bold, lang).width for part in text.split("\n"))
        return _box_width(max(widths), size)

    def excess(self, text: str, style: Style, box: Size, lang: str) -> Length:
        """Return by how much `text` at the floor overflows `box`: by a word in width, else in height."""
        floor = style.sizes[-1]
        setting = self._set_in_style(text, floor, style, box.w, lang)
        if setting is None:
            return Length(_box_width(self._widest(text, style, lang).width, floor) - box.w)
        return Length(max(0, setting.height - box.h))

    def widest_word(self, text: str, style: Style, lang: str) -> str:
        """Return the unbreakable piece of `text` that takes most room, to name it when it does not fit."""
        return self._widest(text, style, lang).text

    def _widest(self, text: str, style: Style, lang: str) -> Line:
        """Return the widest unbreakable piece of `text`."""
        pieces = [part.widest() for part in self._paragraphs(text, style.family, style.bold, lang)]
        return max(pieces, key=lambda piece: piece.width, default=Line("", 0.0))

    def _try(self, text: str, size: float, style: Style, box: Size, lang: str, max_lines: int | None) -> Setting | None:
        """Set `text` at `size`; None if it does not fit."""
        setting = self._set_in_style(text, size, style, box.w, lang)
        if setting is None or setting.height > box.h:
            return None
        return setting if max_lines is None or len(setting.lines) <= max_lines else None

    def _set_in_style(self, text: str, size: float, style: Style, width: Length, lang: str) -> Setting | None:
        """Set `text` at `size` in the family and leading of `style`."""
        family, bold, leading = style.family, style.bold, style.leading
        return self.set(
            text,
            family=family,
            bold=bold,
            size=size,
            leading=leading,
            width=width,
            lang=lang,
            heading=style.heading,
        )

    def _paragraphs(self, text: str, family: str, bold: bool, lang: str) -> list[_Paragraph]:
        """Measure the paragraphs of `text`."""
        return [self._paragraph(part, family, bold, lang) for part in text.split("\n")] if text else []

    def _measure(self, text: str, family: str, bold: bool, lang: str) -> _Paragraph:
        """Measure a paragraph and find where it may break."""
        shaped = self._shaped(text, family, bold, lang)
        words = phrases = runs = _units(text, break_units(text, lang))
        if is_phrased(lang):
            offsets = break_units(text, lang, phrases=False)
            words = _units(text, offsets)
            starts = {unit.start for unit in phrases}
            runs = _units(text, [at for at in offsets if at in starts or starts_run(text, at)])
        widest = [max((shaped.between(*unit) for unit in units), default=0.0) for units in (phrases, words)]
        programs = self._programs(text, family, bold, lang, shaped)
        sure = _units(text, sure_breaks(text, lang)) if is_phrased(lang) else words
        return _Paragraph(text, shaped, phrases, runs, words, sure, (*programs, (shaped, words)), *widest)

    def _programs(
        self, text: str, family: str, bold: bool, lang: str, shaped: Shaped
    ) -> list[tuple[Shaped, tuple[_Unit, ...]]]:
        """Return how other programs may see a text that they break again, the one that puts most on a line first."""
        if not self._flowing:
            return []
        atoms = _units(text, possible_breaks(text, lang))
        if not is_phrased(lang):
            return [(shaped, atoms)]
        bare = self._book.shape(text, family, bold)
        return [(bare, _units(text, possible_breaks(text, lang, hanging=True))), (bare, atoms), (shaped, atoms)]

    def _shaped(self, text: str, family: str, bold: bool, lang: str) -> Shaped:
        """Return how far `text` reaches, with the room that programs may leave between its scripts."""
        shaped = self._book.shape(text, family, bold)
        if subtags(lang)[0] not in SPACED or text.isascii():
            return shaped
        gaps = tuple(_has_gap(text, at) for at in range(len(text)))
        room = accumulate(SCRIPT_SPACE * gap for gap in gaps)
        spaced = (place + more for place, more in zip(shaped.positions[1:], room, strict=True))
        return _Spaced((0.0, *spaced), shaped.missing, gaps)


def _least_split(trials: Sequence[Setting], width: Length, lang: str) -> Setting:
    """Return the first that splits no word, else the first that leaves no character alone, else the first."""
    whole = (trial for trial in trials if not trial.split)
    full = (trial for trial in trials if not has_orphan(trial, width, lang))
    return next(whole, None) or next(full, trials[0])


def _has_gap(text: str, at: int) -> bool:
    """Tell whether a wide character and a narrow one meet before `at`; quotation marks and dashes are as their text."""
    if at == 0 or any(char.isspace() or east_asian_width(char) == "A" for char in text[at - 1 : at + 1]):
        return False
    return is_wide(text[at]) != is_wide(text[at - 1])


def has_orphan(setting: Setting, width: Length, lang: str) -> bool:
    """Tell whether a wrapped text ends in too short a line.

    Too short is less than a fifth of `width`, and in Chinese and Japanese a single character, or two narrow ones.
    """
    if setting.tail is None:
        return False
    if not is_phrased(lang):
        return setting.tail < ORPHAN_SHARE * width
    return is_lone(setting.lines[-1])


def _units(text: str, offsets: Sequence[int]) -> tuple[_Unit, ...]:
    """Cut `text` at `offsets`."""
    bounds = pairwise((0, *offsets, len(text))) if text else ()
    return tuple(_Unit(start, start + len(text[start:end].rstrip())) for start, end in bounds)


def _free(paragraphs: Sequence[_Paragraph], size: float, leading: float, width: Length) -> Setting | None:
    """Set paragraphs with line breaks wherever a reader likes them best; None if a word is wider than `width`."""
    limit = width * SAFETY / (size * EMU_PER_POINT)
    lines = [each.lines(limit) for each in paragraphs]
    broken = [each for each in lines if each is not None]
    if len(broken) < len(lines):
        return None
    split = any(each.is_split(limit) for each in paragraphs)
    return replace(_setting(broken, size, leading, split=split), loose=False)


def _is_worth_it(count: int, held: _Held) -> bool:
    """Tell whether a heading may have `count` lines with breaks of its own: one more only if that spares a word."""
    return count <= SHORT and (count == len(held.lines[0]) or held.splits > 0)


class _Held(NamedTuple):
    """The lines of paragraphs at one width of their box, and how far they please.

    `reaches` say how wide the box may be until programs of each kind break elsewhere. Some lines are `unsure` to break,
    some split words, some last lines are a `lone` character, and phrases are broken.
    """

    lines: tuple[tuple[Line, ...], ...]
    extent: float
    reaches: tuple[float, ...]
    unsure: int
    splits: int
    lone: int
    broken: int

    @property
    def score(self) -> tuple[int, ...]:
        """Return what is wrong, the worst first."""
        kind, kinds = _sure(self.reaches, self.extent), len(self.reaches)
        return (
            int(kind == kinds) + min(self.unsure, 1),
            self.splits,
            self.lone,
            int(kind > max(0, kinds - WIDELY)),
            self.broken,
            kind,
        )


def _sure(reaches: Sequence[float], extent: float) -> int:
    """Return from which kind of programs on the lines are sure to be held, the number of kinds if there is none."""
    return next((at for at, reach in enumerate(reaches) if reach >= extent * (1 + LEAST_WINDOW)), len(reaches))


def _least(lines: Iterable[tuple[Line, float]]) -> tuple[float, ...]:
    """Return the least reach of lines, each times its size, for each kind of program."""
    wrapping = [[reach * size for reach in line.reaches] for line, size in lines if line.reaches]
    return tuple(map(min, zip(*wrapping, strict=True))) if wrapping else (math.inf,)


def _held(parts: Sequence[tuple[_Paragraph, float]], width: Length, lang: str) -> _Held | None:
    """Break paragraphs of given sizes at the best width, `width` at most, at which they take the fewest lines."""
    best: _Held | None = None
    limit = width * SAFETY
    while True:
        lines = [each.filled(limit / (size * EMU_PER_POINT)) for each, size in parts]
        made = tuple(each for each in lines if each is not None)
        if len(made) < len(parts) or (best and [*map(len, made)] != [*map(len, best.lines)]):
            return best
        found = _judged(parts, made, phrased=is_phrased(lang))
        if best is None or found.score < best.score:
            best = found
        if not any(best.score) or found.extent <= 0:
            return best
        limit = found.extent * NARROWER


def _judged(parts: Sequence[tuple[_Paragraph, float]], lines: tuple[tuple[Line, ...], ...], *, phrased: bool) -> _Held:
    """Return broken paragraphs with what is wrong with them."""
    sizes = [size * EMU_PER_POINT for _, size in parts]
    extent = max(line.width * size for each, size in zip(lines, sizes, strict=True) for line in each)
    reaches = _least((line, size) for each, size in zip(lines, sizes, strict=True) for line in each)
    faults = [part.faults(each) for (part, _), each in zip(parts, lines, strict=True)] if phrased else []
    lone = sum(len(each) > 1 and is_lone(each[-1].text) for each in lines) if phrased else 0
    unsure = sum(part.unsure(each) for (part, _), each in zip(parts, lines, strict=True))
    return _Held(lines, extent, reaches, unsure, sum(a for a, _ in faults), lone, sum(b for _, b in faults))


def _starts_at(units: Sequence[_Unit], at: int) -> bool:
    """Tell whether one of the units starts at `at`."""
    index = bisect_left(units, (at,))
    return index < len(units) and units[index].start == at


def _splits(text: str, at: int) -> bool:
    """Tell whether a break at `at` is within a word of katakana."""
    return is_katakana(text[at - 1]) and is_katakana(text[at]) and text[at - 1] != KATAKANA_DOT


def _setting(paragraphs: Sequence[Sequence[Line]], size: float, leading: float, *, split: bool = False) -> Setting:
    """Return broken paragraphs as set at `size`."""
    lines = [line for paragraph in paragraphs for line in paragraph]
    pitch = points(round(size * leading, 1))
    tail = _extent(lines[-1].width, size) if paragraphs and len(paragraphs[-1]) > 1 else None
    widest = max((line.width for line in lines), default=0.0)
    reaches = _least((line, 1.0) for line in lines)
    kind = _sure(reaches, widest)
    reach = reaches[min(kind, len(reaches) - 1)]
    return Setting(
        size_pt=size,
        leading=pitch,
        lines=tuple(line.text for line in lines),
        width=_extent(widest, size),
        height=Length(pitch * len(lines)),
        tail=tail,
        reach=None if math.isinf(reach) else _extent(reach, size),
        split=split,
        loose=kind == len(reaches) or 0 < kind == len(reaches) - 1 < WIDELY - 1,
    )


def _extent(ems: float, size: float) -> Length:
    """Return `ems` at `size` as a length, rounded up."""
    return Length(math.ceil(ems * size * EMU_PER_POINT))


def _box_width(ems: float, size: float) -> Length:
    """Return the least width of a box whose usable width is `ems` at `size`."""
    return Length(math.floor(ems * size * EMU_PER_POINT / SAFETY) + 1)
