"""Set text in boxes: where lines may break, which size fits, and how high the lines stand."""

from __future__ import annotations

import math
import re
import unicodedata
from bisect import bisect_left
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import accumulate, pairwise
from typing import NamedTuple, Protocol

from unicode_segmentation_rs import graphemes, line_break_units

from .fonts import Shaped
from .units import EMU_PER_POINT, Length, Size, points

__all__ = ["Line", "Setting", "Style", "Typesetter", "break_units", "has_orphan", "is_phrased"]

SAFETY = 0.98  # LibreOffice now and then breaks a word early: one line in sixty
ORPHAN_SHARE = 0.20
ORPHAN_STEP_PT = 3.0
CACHED_PARAGRAPHS = 2048
CACHED_SETTINGS = 4096
NO_BREAK = frozenset("\u00a0\u202f\u2060\ufeff")
HYPHEN_BEFORE_DIGIT = re.compile(r"(?<=[^\W\d_])-(?=\d)")
NO_BREAK_AFTER = frozenset("/\u00ad")  # LibreOffice keeps slashes; PowerPoint shows no soft hyphens
THAI_TAILS = frozenset("ๆฯ")
PHRASED = ("ja", "zh")  # languages that break between phrases
SPACED = ("ja", "ko", "zh")  # languages whose letters some programs keep a quarter of an em away from Latin ones
SCRIPT_SPACE = 0.25
TRADITIONAL = frozenset(("hant", "tw", "hk", "mo"))

Parse = Callable[[str], list[str]]


class Style(NamedTuple):
    """How a role of text looks; `sizes` in points run from the largest to the floor."""

    family: str
    bold: bool
    sizes: tuple[float, ...]
    leading: float  # line pitch as a multiple of the size
    avoid_orphan: bool = False


class Line(NamedTuple):
    """One line as broken: its text without the spaces at its end, its width in ems, and with the next word."""

    text: str
    width: float
    reach: float = math.inf


@dataclass(frozen=True, slots=True)
class Setting:
    """A text set at one size: its line pitch, its lines, and the room they take.

    `tail` is the width of the last line if its paragraph wraps, else None. `reach` is the least width at which another
    word would fit on a line, None if nothing wraps. It is `split` if a word had no line of its own.
    """

    size_pt: float
    leading: Length
    lines: tuple[str, ...]
    width: Length
    height: Length
    tail: Length | None = None
    reach: Length | None = None
    split: bool = False


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
class _Paragraph:
    """A text without hard breaks, measured once for all sizes.

    `words` are the smallest units there are; `phrases` are those a reader likes best. Phrases too wide for a line are
    broken into `runs` of one script, and only those that are too wide themselves into the smallest units.
    """

    text: str
    shaped: Shaped
    phrases: tuple[_Unit, ...]
    runs: tuple[_Unit, ...]
    words: tuple[_Unit, ...]
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
                yield self._line(start, end, self._reach(start, unit.start))
                start = unit.start
            end = unit.visible_end
        yield self._line(start, end)

    def _line(self, start: int, end: int, reach: float = math.inf) -> Line:
        """Return the characters from `start` up to `end` as a line."""
        return Line(self.text[start:end], self.shaped.between(start, end), reach)

    def _reach(self, start: int, following: int) -> float:
        """Return the width from `start` to the end of the word that starts at `following`."""
        word = self.words[bisect_left(self.words, (following,))]
        return self.shaped.between(start, word.visible_end)


class Typesetter:
    """Break texts into lines and find the sizes at which they fit.

    Lines keep 2 % of the width free, since renderers differ. No word is ever split.
    """

    def __init__(self, book: Measure) -> None:
        """Measure with `book`."""
        self._book = book
        self._paragraph = lru_cache(maxsize=CACHED_PARAGRAPHS)(self._measure)
        self._set = lru_cache(maxsize=CACHED_SETTINGS)(self._set_anew)

    def set(
        self, text: str, *, family: str, bold: bool, size: float, leading: float, width: Length, lang: str
    ) -> Setting | None:
        """Set `text` at one size (points) and line pitch (a multiple); None if a word is wider than `width`.

        An empty text has no lines.
        """
        return self._set(text, family, bold, size, leading, width, lang)

    def _set_anew(
        self, text: str, family: str, bold: bool, size: float, leading: float, width: Length, lang: str
    ) -> Setting | None:
        """Set a text that is not in the cache: footers and rails come again on every slide."""
        limit = width * SAFETY / (size * EMU_PER_POINT)
        broken: list[tuple[Line, ...]] = []
        split = False
        for paragraph in self._paragraphs(text, family, bold, lang):
            lines = paragraph.lines(limit)
            if lines is None:
                return None
            broken.append(lines)
            split = split or paragraph.is_split(limit)
        return _setting(broken, size, leading, split=split)

    def fit(self, text: str, *, style: Style, box: Size, lang: str, max_lines: int | None = None) -> Setting | None:
        """Set `text` at the largest size of `style` that fits `box`; None if even the floor does not.

        A style that avoids orphans gives up to 3 pt to lengthen or spare a last line that is too short. No word is
        split if a smaller size spares it.
        """
        trials = (self._try(text, size, style, box, lang, max_lines) for size in style.sizes)
        fitting = (trial for trial in trials if trial is not None)
        best = next(fitting, None)
        if best is not None and best.split:
            return _least_split([best, *fitting], box.w, lang)
        if best is None or not style.avoid_orphan or not has_orphan(best, box.w, lang):
            return best
        near = (other for other in fitting if other.size_pt >= best.size_pt - ORPHAN_STEP_PT)
        return next((other for other in near if not has_orphan(other, box.w, lang)), best)

    def fit_together(
        self, texts: Sequence[tuple[str, Size]], *, style: Style, lang: str, max_lines: int | None = None
    ) -> tuple[Setting, ...] | None:
        """Set siblings at one size, the largest at which each fits its box; None if the floor is too large.

        Orphans are let be, and words are split only if no size spares them.
        """
        split = None
        for size in style.sizes:
            trials = (self._try(text, size, style, box, lang, max_lines) for text, box in texts)
            settings = tuple(trial for trial in trials if trial is not None)
            if len(settings) == len(texts):
                if not any(setting.split for setting in settings):
                    return settings
                split = split or settings
        return split

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
        return self.set(text, family=family, bold=bold, size=size, leading=leading, width=width, lang=lang)

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
            runs = _units(text, [at for at in offsets if at in starts or _starts_run(text, at)])
        widest = [max((shaped.between(*unit) for unit in units), default=0.0) for units in (phrases, words)]
        return _Paragraph(text, shaped, phrases, runs, words, *widest)

    def _shaped(self, text: str, family: str, bold: bool, lang: str) -> Shaped:
        """Return how far `text` reaches, with the room that programs may leave between its scripts."""
        shaped = self._book.shape(text, family, bold)
        if _subtags(lang)[0] not in SPACED or text.isascii():
            return shaped
        gaps = accumulate(SCRIPT_SPACE * _has_gap(text, at) for at in range(len(text)))
        spaced = (place + gap for place, gap in zip(shaped.positions[1:], gaps, strict=True))
        return Shaped((0.0, *spaced), shaped.missing)


def _least_split(trials: Sequence[Setting], width: Length, lang: str) -> Setting:
    """Return the first that splits no word, else the first that leaves no character alone, else the first."""
    whole = (trial for trial in trials if not trial.split)
    full = (trial for trial in trials if not has_orphan(trial, width, lang))
    return next(whole, None) or next(full, trials[0])


def _starts_run(text: str, at: int) -> bool:
    """Tell whether another script starts at `at`: katakana or what follows it, but not the ending of a word."""
    before, after = _is_katakana(text[at - 1]), _is_katakana(text[at])
    return before != after and not _is_hiragana(text[at])


def _is_katakana(char: str) -> bool:
    """Tell whether `char` is in the katakana block, its long vowel mark among it."""
    return "\u30a0" <= char <= "\u30ff"


def _is_hiragana(char: str) -> bool:
    """Tell whether `char` is in the hiragana block."""
    return "\u3040" <= char <= "\u309f"


def _has_gap(text: str, at: int) -> bool:
    """Tell whether a wide character and a narrow one meet before `at`."""
    if at == 0 or text[at].isspace() or text[at - 1].isspace():
        return False
    return _is_wide(text[at]) != _is_wide(text[at - 1])


@lru_cache(maxsize=CACHED_SETTINGS)
def _is_wide(char: str) -> bool:
    """Tell whether `char` takes a full square."""
    return unicodedata.east_asian_width(char) in "WF"


def is_phrased(lang: str) -> bool:
    """Tell whether lines of a language break between phrases, where programs would break anywhere."""
    return _subtags(lang)[0] in PHRASED


def has_orphan(setting: Setting, width: Length, lang: str) -> bool:
    """Tell whether a wrapped text ends in too short a line.

    Too short is less than a fifth of `width`, and in Chinese and Japanese a single character, or two narrow ones.
    """
    if setting.tail is None:
        return False
    if not is_phrased(lang):
        return setting.tail < ORPHAN_SHARE * width
    clusters = graphemes(setting.lines[-1], True)
    letters = [cluster[0] for cluster in clusters if not unicodedata.category(cluster[0]).startswith("P")]
    return sum(2 if _is_wide(letter) else 1 for letter in letters) <= 2


def break_units(text: str, lang: str, *, phrases: bool = True) -> tuple[int, ...]:
    """Return the offsets within `text` at which a line may break, in code points.

    They are those of UAX #14, but none after a slash and none beside a no-break space or word joiner.
    Chinese and Japanese break between phrases only, or anywhere UAX #14 says if `phrases` is false.
    Thai also breaks between words. After a line feed there is always a break.
    """
    offsets = _offsets(line_break_units(text)) | _hyphen_offsets(text)
    language = _subtags(lang)[0]
    if language == "th":
        offsets |= _thai_offsets(text)
    elif language in PHRASED and phrases:
        phrase_offsets = _offsets(_phrase_parser(lang)(text))
        offsets = {at for at in offsets if at in phrase_offsets or text[at - 1].isspace()}
    return tuple(sorted(at for at in offsets if _may_break(text, at)))


def _hyphen_offsets(text: str) -> set[int]:
    """Return the offsets between a word's hyphen and a digit, where UAX #14 sees a minus sign and ICU does not."""
    return {match.end() for match in HYPHEN_BEFORE_DIGIT.finditer(text)}


def _may_break(text: str, at: int) -> bool:
    """Tell whether the house rules allow a break that UAX #14 allows."""
    before, after = text[at - 1], text[at]
    if before == "\n":
        return True
    return before not in NO_BREAK_AFTER and before not in NO_BREAK and after not in NO_BREAK


def _thai_offsets(text: str) -> set[int]:
    """Return the offsets between Thai words, none of them inside a grapheme."""
    cuts = _offsets(_phrase_parser("th")(text)) & _offsets(graphemes(text, True))
    return {at for at in cuts if _is_thai(text[at - 1]) and _is_thai(text[at]) and text[at] not in THAI_TAILS}


def _is_thai(char: str) -> bool:
    """Tell whether `char` is in the Thai block."""
    return "\u0e00" <= char <= "\u0e7f"


def _offsets(pieces: Sequence[str]) -> set[int]:
    """Return the offsets between consecutive pieces of a text."""
    return set(accumulate(map(len, pieces[:-1])))


def _phrase_parser(lang: str) -> Parse:
    """Return what splits a text of `lang` into phrases; `lang` is Chinese, Japanese or Thai."""
    language, *others = _subtags(lang)
    return _load_parser("zh-Hant" if language == "zh" and TRADITIONAL & set(others) else language)


@cache
def _load_parser(model: str) -> Parse:
    """Load a BudouX model."""
    import budoux

    loaders = {
        "ja": budoux.load_default_japanese_parser,
        "th": budoux.load_default_thai_parser,
        "zh": budoux.load_default_simplified_chinese_parser,
        "zh-Hant": budoux.load_default_traditional_chinese_parser,
    }
    return loaders[model]().parse


def _subtags(lang: str) -> list[str]:
    """Return the parts of a language tag in lower case."""
    return lang.replace("_", "-").lower().split("-")


def _units(text: str, offsets: Sequence[int]) -> tuple[_Unit, ...]:
    """Cut `text` at `offsets`."""
    bounds = pairwise((0, *offsets, len(text))) if text else ()
    return tuple(_Unit(start, start + len(text[start:end].rstrip())) for start, end in bounds)


def _setting(paragraphs: Sequence[Sequence[Line]], size: float, leading: float, *, split: bool = False) -> Setting:
    """Return broken paragraphs as set at `size`."""
    lines = [line for paragraph in paragraphs for line in paragraph]
    pitch = points(round(size * leading, 1))
    tail = _extent(lines[-1].width, size) if paragraphs and len(paragraphs[-1]) > 1 else None
    width = _extent(max((line.width for line in lines), default=0.0), size)
    reach = min((line.reach for line in lines), default=math.inf)
    return Setting(
        size_pt=size,
        leading=pitch,
        lines=tuple(line.text for line in lines),
        width=width,
        height=Length(pitch * len(lines)),
        tail=tail,
        reach=None if math.isinf(reach) else _extent(reach, size),
        split=split,
    )


def _extent(ems: float, size: float) -> Length:
    """Return `ems` at `size` as a length, rounded up."""
    return Length(math.ceil(ems * size * EMU_PER_POINT))


def _box_width(ems: float, size: float) -> Length:
    """Return the least width of a box whose usable width is `ems` at `size`."""
    return Length(math.floor(ems * size * EMU_PER_POINT / SAFETY) + 1)
