"""Whether a translation keeps to a glossary."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from functools import cache

from conceptdeck.translation.glossary import Headword

__all__ = ["departures"]

UNSEEN = dict.fromkeys(map(ord, "\u00ad\u200b\u200e\u200f\u2060"))  # where words break or lines turn
BLANKS = r"[\s\u00a0\u202f]+"
VARYING = r"\w{0,30}"  # bounded, so that no glossary can keep the search busy
# Letters and digits that stand in words with spaces around them; Thai and its neighbours, kana and Han do not.
# None of these ranges has cases, and with them a pattern takes ten times as long to compile.
LETTER = r"(?-i:[^\W_\u0e00-\u0eff\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff])"


def departures(glossary: Sequence[Headword], source: str, text: str) -> Iterator[tuple[Headword, str]]:
    """Yield the headwords that a translation departs from: with the word that it should avoid, or with nothing.

    A headword counts where one of its terms stands in the source outside a longer term of the glossary.
    """
    source, text = _plain(source), _plain(text)
    places = [(each, list(_places(each.terms, source))) for each in glossary]
    every = [place for _, found in places for place in found]
    for headword, found in places:
        if all(any(_is_within(place, other) for other in every) for place in found):
            continue
        wanted = list(_places(headword.use, text))
        avoided = [place for place in _places(headword.avoid, text) if not any(_is_in(place, each) for each in wanted)]
        if avoided:
            start, end = avoided[0]
            yield headword, text[start:end]
        elif headword.use and not wanted:
            yield headword, ""


def _places(patterns: Iterable[str], text: str) -> Iterator[tuple[int, int]]:
    """Yield where one of the patterns stands in a text."""
    for pattern in patterns:
        yield from (found.span() for found in _compiled(pattern).finditer(text))


def _is_within(place: tuple[int, int], other: tuple[int, int]) -> bool:
    """Tell whether a place is within another one that is longer."""
    return _is_in(place, other) and place != other


def _is_in(place: tuple[int, int], other: tuple[int, int]) -> bool:
    return other[0] <= place[0] and place[1] <= other[1]


def _plain(text: str) -> str:
    """Return a text in one form and without what nobody sees."""
    return unicodedata.normalize("NFC", text).translate(UNSEEN)


@cache
def _compiled(pattern: str) -> re.Pattern[str]:
    """Return what finds a word or words of a glossary: whole ones, but for the stars."""
    plain = _plain(pattern).strip()
    words = BLANKS.join(VARYING.join(map(re.escape, word.split("*"))) for word in plain.split())
    words = re.sub("['’]", "['’]", words)
    before, after = (re.match(LETTER, edge) for edge in (plain[0], plain[-1]))
    whole = f"(?<!{LETTER})" * bool(before) + words + f"(?!{LETTER})" * bool(after)
    return re.compile(whole, re.IGNORECASE)
