"""Whether a translation keeps to a glossary."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from functools import cache
from typing import NamedTuple, TypeAlias

from conceptdeck.checks.rules import TRANSLATION_TERM
from conceptdeck.checks.translated import Findings, Pair, finding_on, is_allowed
from conceptdeck.reading.marks import unmarked
from conceptdeck.translation.catalog import Catalog
from conceptdeck.translation.glossary import Headword
from conceptdeck.values.diagnostics import Diagnostic, sort_diagnostics
from conceptdeck.values.regex import regex

__all__ = ["check_terms", "departures", "off_terms", "pairs_of", "sought"]

UNSEEN = regex("[\u00ad\u200b\u200e\u200f\u2060]")  # where words break or lines turn
BLANKS = r"[\s\u00a0\u202f]+"
VARYING = r"\w{0,30}"  # bounded, so that no glossary can keep the search busy
# Letters and digits that stand in words with spaces around them; Thai and its neighbours, kana and Han do not.
LETTER = regex(r"[^\W_\u0e00-\u0eff\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff]")
ALIKE = str.maketrans("İıſςµ", "iisσμ")  # letters that are others in another case, and stay so in lower case
HAS_ALIKE = regex("[İıſςµ]")


Sought: TypeAlias = tuple[tuple[str, ...], Headword]


class _Told(NamedTuple):
    """A text that terms are looked for in, and the same without cases."""

    text: str
    folded: str


def check_terms(catalog: Catalog, glossary: Sequence[Headword]) -> tuple[Diagnostic, ...]:
    """Return where the translations in a catalog leave the glossary, as `check_catalog` finds it among other things."""
    return sort_diagnostics(off_terms(pairs_of(catalog, ()), glossary)) if glossary else ()


def pairs_of(catalog: Catalog, names: tuple[str, ...]) -> list[Pair]:
    """Return the translations of a catalog, each beside its text; `names` are those that stand in the map."""
    typed = (
        (each, (each.previous if each.fuzzy else "") or each.source) for each in catalog.by_key.values() if each.text
    )
    return [
        Pair(each, unmarked(source), unmarked(each.text), catalog.language, names, (source, each.text))
        for each, source in typed
    ]


def off_terms(pairs: Sequence[Pair], glossary: Sequence[Headword]) -> list[Diagnostic]:
    """Return where translations leave the glossary, but for those that their translator excuses."""
    terms = sought(glossary)
    return [finding for pair in pairs for finding in _glossary_findings(pair, terms) if not is_allowed(pair, finding)]


def sought(glossary: Sequence[Headword]) -> tuple[Sought, ...]:
    """Return the headwords, each with the parts of its terms of which one is there wherever it is."""
    return tuple((tuple(_compiled(term).core for term in each.terms), each) for each in glossary)


def _glossary_findings(pair: Pair, glossary: Sequence[Sought]) -> Findings:
    """Find terms that are said in another way than the glossary of the map wants."""
    for headword, avoided in departures(glossary, pair.source, pair.text):
        wanted = " or ".join(f"“{each.replace('*', '…')}”" for each in headword.use)
        term = headword.terms[0].replace("*", "")
        what = f"says “{avoided}” for “{term}”" if avoided else f"says “{term}” in words of its own"
        hint = f"the glossary wants {wanted}" if wanted else "the glossary wants another word"
        found = finding_on(TRANSLATION_TERM, pair, what, f"{hint} ({headword.span})")
        yield replace(found, notes=(*found.notes, *([f"why: {headword.note}"] if headword.note else [])))


def departures(glossary: Sequence[Sought], source: str, text: str) -> Iterator[tuple[Headword, str]]:
    """Yield the headwords that a translation departs from: with the word that it should avoid, or with nothing.

    A headword counts where one of its terms stands in the source outside a longer term of the glossary.
    """
    said, told = _told(source), _told(text)
    near = (each for cores, each in glossary if any(core in said.folded for core in cores))
    places = [(each, found) for each in near if (found := list(_places(each.terms, said)))]
    every = [place for _, found in places for place in found]
    for headword, found in places:
        if all(any(_is_within(place, other) for other in every) for place in found):
            continue
        wanted = list(_places(headword.use, told))
        avoided = [place for place in _places(headword.avoid, told) if not any(_is_in(place, each) for each in wanted)]
        if avoided:
            start, end = avoided[0]
            yield headword, told.text[start:end]
        elif headword.use and not wanted:
            yield headword, ""


def _places(patterns: Iterable[str], told: _Told) -> Iterator[tuple[int, int]]:
    """Yield where one of the patterns stands in a text."""
    for pattern in patterns:
        search = _compiled(pattern)
        if search.core not in told.folded:
            continue
        at = 0
        while found := search.words.search(told.folded, at):
            start, end = found.span()
            whole = search.is_whole(told.folded, start, end)
            if whole:
                yield start, end
            at = end if whole else start + 1


def _is_within(place: tuple[int, int], other: tuple[int, int]) -> bool:
    """Tell whether a place is within another one that is longer."""
    return _is_in(place, other) and place != other


def _is_in(place: tuple[int, int], other: tuple[int, int]) -> bool:
    return other[0] <= place[0] and place[1] <= other[1]


def _plain(text: str) -> str:
    """Return a text in one form and without what nobody sees."""
    if text.isascii():
        return text
    return UNSEEN.sub("", unicodedata.normalize("NFC", text))


class _Search(NamedTuple):
    """What finds a word or words: a part that is surely there, the words, and which of their ends end a word."""

    core: str
    words: re.Pattern[str]
    before: bool
    after: bool

    def is_whole(self, text: str, start: int, end: int) -> bool:
        """Tell whether what was found is no part of a longer word."""
        return not (self.before and start and LETTER.match(text, start - 1)) and not (
            self.after and LETTER.match(text, end)
        )


def _told(text: str) -> _Told:
    plain = _plain(text)
    return _Told(plain, _folded(plain))


def _folded(text: str) -> str:
    """Return a text without cases, letter for letter."""
    return (text.translate(ALIKE) if HAS_ALIKE.search(text) else text).lower()


@cache
def _compiled(pattern: str) -> _Search:
    """Return what finds a word or words of a glossary: whole ones, but for the stars."""
    plain = _folded(_plain(pattern).strip())
    words = BLANKS.join(VARYING.join(map(re.escape, word.split("*"))) for word in plain.split())
    words = re.sub("['’]", "['’]", words)
    core = max(re.split(r"[*'’\s]+", plain), key=len)
    before, after = (bool(LETTER.match(edge)) for edge in (plain[0], plain[-1]))
    return _Search(core, re.compile(words), before, after)
