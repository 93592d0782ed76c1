"""Where a word that is wider than its line may be broken, and with which mark."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Iterator, Sequence
from functools import cache, lru_cache
from io import BytesIO
from operator import itemgetter
from pathlib import Path

from unicode_segmentation_rs import graphemes

from conceptdeck.typeset.addresses import address_breaks
from conceptdeck.typeset.paragraphs import Paragraph, Unit
from conceptdeck.values.hyphens import CUT, HYPHEN, SOFT, TURN, Mark
from conceptdeck.values.languages import is_western, stretches
from conceptdeck.values.regex import regex
from conceptdeck.values.value import frozen

__all__ = ["marks_within", "soft_offsets", "tiers"]

BROUGHT = ("cy", "fi", "fur", "ga", "hsb", "ia", "ka", "kmr", "la", "oc", "pms", "rm", "tk", "tr")
OURS = {name: name for name in BROUGHT} | {"ku": "kmr"}
"""The languages whose patterns we bring along, beside this module, and the names of these."""
SMALL = {"tr": str.maketrans("Iİ", "ıi")}  # letters that become small in another way than elsewhere
LEAST_WORD = 5  # letters
GOOD_REST = 6  # letters that the last line of a word should have
LEAST_PART = 3  # letters that stand before and after a hyphen
WORD = regex(r"[^\W\d_]+")
WITHIN_NAME = regex(r"(?<=[^\W_][/._?&=#:@+~\\])(?=[^\W_])|(?<=[a-z])(?=[A-Z])|(?<=\d)(?=[^\W\d_]{3})")
ADDRESS = regex(r"\w+://|www\.|\w@\w|\w[/\\_]\w|\w\.\w+\.\w|[a-z][A-Z]")


def soft_offsets(text: str) -> tuple[int, ...]:
    """Return where soft hyphens stand in a text, counted without them."""
    return tuple(match.start() - count for count, match in enumerate(re.finditer(SOFT, text)))


def tiers(text: str, soft: tuple[int, ...], lang: str) -> tuple[tuple[Mark, ...], ...]:
    """Return the places at which a text may be broken within its words, with their marks, the best kind first.

    First come the author's soft hyphens and the joints of addresses and names, then the patterns of the text's
    language (those of LibreOffice and TeX, by Liang's algorithm), and at last any place between two letters.
    """
    joints = [(each.start(), TURN) for each in WITHIN_NAME.finditer(text)] if ADDRESS.search(text) else []
    wished = (*((at, HYPHEN) for at in soft if 0 < at < len(text)), *joints)
    ends, at = [], 0
    for each in graphemes(text, True):
        at += len(each)
        ends.append((at, CUT if is_western(lang) or text.isascii() else CUT[1:]))
    return tuple(sorted(wished)), _by_pattern(text, lang), tuple(ends[:-1])


@lru_cache(maxsize=1024)
def _by_pattern(text: str, lang: str) -> tuple[Mark, ...]:
    """Return the places that the patterns of the languages in a text give."""
    found = []
    for word in WORD.finditer(text):
        if len(word[0]) < LEAST_WORD:
            continue
        _, culture = next(stretches(word[0], lang))
        if patterns := _patterns(culture):
            written = word[0].translate(SMALL.get(culture.partition("-")[0], {}))
            places = patterns.places(written)
            found += [(word.start() + at, HYPHEN) for at in places if LEAST_PART <= at <= len(word[0]) - LEAST_PART]
    return tuple(found)


class _Patterns:
    """The patterns of a language by their letters: a word asks for few of them, so that few need be understood."""

    def __init__(self, path: Path) -> None:
        """Look into a file of patterns."""
        self.head, _, body = path.read_bytes().partition(b"\n")
        lines = body.split(b"\n")
        letters = body.translate(None, b"0123456789\r").split(b"\n")
        if b"/" in body:  # what follows is how the word is written when it is broken
            letters = [each.partition(b"/")[0] for each in letters]
        self.lines = dict(zip(letters, lines, strict=True))
        self.longest = max(map(len, letters))
        self.coded = [line for line in lines if b"^^" in line] if b"^^" in body else []

    def places(self, word: str) -> list[int]:
        """Return where a word may be broken and is written as ever."""
        from pyphen import HyphDict

        encoding, known = self.head.decode().strip(), f".{word.lower()}."
        ends = [range(at + 1, min(at + self.longest, len(known)) + 1) for at in range(len(known))]
        parts = {known[at:end] for at, some in enumerate(ends) for end in some}
        said = [self.lines.get(part.encode(encoding, "replace"), b"") for part in sorted(parts)]
        some = _Some(self.head + b"\n", b"\n".join([*said, *self.coded]))
        return [at for at in HyphDict(some).positions(word) if at.data is None] if any(said) or self.coded else []


@frozen
class _Some:
    """Some lines of a file of patterns, read as a file."""

    head: bytes
    body: bytes

    def open(self, mode: str) -> BytesIO:
        """Return what the file begins with."""
        return BytesIO(self.head)

    def read_text(self, encoding: str) -> str:
        """Return the whole."""
        return (self.head + self.body).decode(encoding)


@cache
def _patterns(culture: str) -> _Patterns | None:
    """Return the patterns of a culture's language, None if nobody has written any.

    They are pyphen's, or those that we bring for languages that it lacks.
    """
    from pyphen import LANGUAGES, language_fallback

    own = OURS.get(culture.partition("-")[0])
    if own:
        return _Patterns(Path(__file__).with_name("patterns") / f"hyph_{own}.dic")
    known = language_fallback(culture.replace("-", "_"))
    return _Patterns(LANGUAGES[known]) if known else None


def marks_within(
    paragraph: Paragraph, soft: tuple[int, ...], lang: str, limit: float, hyphen: float
) -> list[Mark] | None:
    """Return the marks at which words wider than `limit` ems are broken; None if a letter is wider.

    `hyphen` is the width of one. Lines are filled: as much of a word stays on its line as there is room for.
    """
    found: list[Mark] = []
    between = paragraph.shaped.between
    line = 0

    def room(at: int, mark: str) -> bool:
        return between(line, at) + hyphen * mark.startswith("-") <= limit

    for start, end in _units(paragraph, limit):
        if between(line, end) <= limit:
            continue
        if between(start, end) <= limit:
            line = start
            continue
        within = tuple(at - start for at in soft if start < at < end)
        kinds = [
            tuple((start + at, mark) for at, mark in kind) for kind in tiers(paragraph.text[start:end], within, lang)
        ]
        while between(line, end) > limit:
            mark = _last_that_fits(kinds if line >= start else kinds[:-1], (line, end), room)
            if mark:
                found.append(mark)
                line = mark[0]
            elif line < start:
                line = start
            else:
                return None
    return found


def _units(paragraph: Paragraph, limit: float) -> Iterator[tuple[int, int]]:
    """Yield the words; an address with a part that is wider than `limit` is one, since its lines are no addresses."""
    breaks = address_breaks(paragraph.text)
    some: list[Unit] = []
    for unit in (*paragraph.words, None):
        if some and not (unit and unit.start in breaks):
            is_wide = any(paragraph.shaped.between(*each) > limit for each in some)
            yield from [(some[0].start, some[-1].visible_end)] if is_wide else some
            some = []
        some += [unit] if unit else []


def _last_that_fits(
    kinds: Sequence[Sequence[Mark]], ends: tuple[int, int], fits: Callable[[int, str], bool]
) -> Mark | None:
    """Return the last place that fits on a line, of the best kind that has one, if it may be one that leaves much.

    `ends` are where the line starts and where the word ends; the marks of a kind stand one after the other.
    """
    line, end = ends
    fitting = ([mark for mark in _near(kind, line, fits) if fits(*mark)] for kind in kinds)
    some = next((each for each in fitting if each), [])
    return next((each for each in reversed(some) if end - each[0] >= GOOD_REST), some[-1] if some else None)


def _near(marks: Sequence[Mark], line: int, fits: Callable[[int, str], bool]) -> Iterator[Mark]:
    """Yield the marks after the start of a line, up to the first that is beyond its end even if it shows nothing."""
    for at in range(bisect_right(marks, line, key=itemgetter(0)), len(marks)):
        if not fits(marks[at][0], ""):
            return
        yield marks[at]
