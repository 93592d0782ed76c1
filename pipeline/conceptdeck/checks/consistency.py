"""Whether a catalog says one name in one way: where it is a name again, and where a text has it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from conceptdeck.checks.translated import Pair, finding_on, is_allowed, plain
from conceptdeck.checks.vocabulary import pairs_of
from conceptdeck.translation.catalog import Catalog
from conceptdeck.translation.glossary import Headword
from conceptdeck.typeset.breaks import is_spaced
from conceptdeck.values.diagnostics import Diagnostic, sort_diagnostics
from conceptdeck.values.languages import is_rtl
from conceptdeck.values.regex import regex
from conceptdeck.values.rules import WARNING, Rule
from conceptdeck.values.value import frozen

__all__ = ["check_names"]

WORD = regex(r"\w[\w’'./-]*\w|\w")
NAME = ".name"
FEWEST = 4  # letters of a word that carries meaning; shorter ones are articles and the like
STEM, LEAST = 0.6, 3  # how much of a word stays as it is when it is inflected, and how many letters at least
PHRASES = ("relations.types.", "sources.")  # what joins two names, and titles of others
JOINED = regex(r",|\b(?:and|or)\b|&")  # two things, which a sentence may join in its own way
PART = regex(r"[\x21-\x7e]+|[^\W\x21-\x7e]+")  # a word in Latin letters, or what stands together in others
PREFIXED = regex(r"^[وفبلك]?(?:ال|لل)|^[وفبلك](?=\w{3})")  # what Arabic writes at the front of a word

TRANSLATION_VARIES = Rule(
    "translation-varies",
    "catalogs",
    WARNING,
    "a name that is translated in two ways",
).because("""
    Whoever hears two words looks for two things. Say a concept in its own name wherever the source does, inflected as
    the sentence needs it. If the second way is right there, excuse it, or put both into the map's glossary.
""")


@frozen
class _Name:
    """A name of the source, in words, and the ways in which it is translated where it stands alone."""

    words: tuple[str, ...]
    ways: tuple[str, ...]
    keys: frozenset[str]


def check_names(catalog: Catalog, glossary: Sequence[Headword] = ()) -> tuple[Diagnostic, ...]:
    """Return where a name of the map is translated in two ways in one catalog.

    What a `glossary` speaks of is left to it. A name of one word counts only in its own spelling and within a sentence,
    since a verb may look the same; one within a longer name is a part of that.
    """
    pairs = [each for each in pairs_of(catalog, ()) if not each.entry.fuzzy]
    spoken = {term.replace("*", "").casefold() for each in glossary for term in each.terms}
    names = _names(pairs, spoken)
    found = [*_twice(pairs, names), *_elsewhere(pairs, names)]
    return sort_diagnostics(finding for pair, finding in found if not is_allowed(pair, finding))


def _names(pairs: Iterable[Pair], spoken: Iterable[str]) -> dict[str, _Name]:
    """Return the names of the map, as its language says them, but for those that a glossary speaks of."""
    ways: dict[str, dict[str, str]] = {}
    for pair in pairs:
        if pair.entry.key.endswith(NAME) and not pair.entry.key.startswith(PHRASES):
            ways.setdefault(plain(pair.source), {})[pair.entry.key] = plain(pair.text)
    found = {
        name: _Name(tuple(WORD.findall(name)), tuple(dict.fromkeys(there.values())), frozenset(there))
        for name, there in ways.items()
        if name.casefold() not in spoken
    }
    return {name: each for name, each in found.items() if each.words and not JOINED.search(name)}


def _twice(pairs: Iterable[Pair], names: Mapping[str, _Name]) -> Iterator[tuple[Pair, Diagnostic]]:
    """Yield names that are said in another way than where they stand first."""
    for pair in pairs:
        name = names.get(plain(pair.source)) if pair.entry.key.endswith(NAME) else None
        if name and plain(pair.text).casefold() != name.ways[0].casefold():
            what = f"says “{pair.source}” in another way than where it is first, “{name.ways[0]}”"
            yield pair, finding_on(TRANSLATION_VARIES, pair, what, "say it in one way")


def _elsewhere(pairs: Iterable[Pair], names: Mapping[str, _Name]) -> Iterator[tuple[Pair, Diagnostic]]:
    """Yield texts that have a name, and say it in other words than its own translation."""
    by_start: dict[str, list[tuple[str, _Name]]] = {}
    for text, name in names.items():
        by_start.setdefault(name.words[0].casefold(), []).append((text, name))
    for pair in pairs:
        for text, name in _names_in(pair.source, by_start):
            if pair.entry.key in name.keys or any(_says(pair.text, way, pair.language) for way in name.ways):
                continue
            what = f"says “{text}” in other words than its name, “{name.ways[0]}”"
            yield pair, finding_on(TRANSLATION_VARIES, pair, what, "say it as its name does")


def _names_in(source: str, by_start: Mapping[str, Sequence[tuple[str, _Name]]]) -> Iterator[tuple[str, _Name]]:
    """Yield the names that stand in a text, each once, the longest one at each place."""
    words = [(found.start(), found[0]) for found in WORD.finditer(source)]
    seen, free = set[str](), 0
    for at, (start, word) in enumerate(words):
        if at < free:
            continue
        fitting = [each for each in by_start.get(word.casefold(), ()) if _stands(each[1].words, words[at:], start)]
        if fitting:
            text, name = max(fitting, key=lambda each: len(each[1].words))
            free = at + len(name.words)
            if text not in seen and not (len(name.words) == 1 and _is_part(words, at, source)):
                seen.add(text)
                yield text, name


def _stands(name: Sequence[str], words: Sequence[tuple[int, str]], start: int) -> bool:
    """Tell whether a name stands at the start of some words; one of a single word as it is spelled, in a sentence."""
    said = [word for _, word in words[: len(name)]]
    if len(name) == 1:
        return said == list(name) and start > 0
    return [word.casefold() for word in said] == [word.casefold() for word in name]


def _is_part(words: Sequence[tuple[int, str]], at: int, source: str) -> bool:
    """Tell whether a word with a capital stands beside another one, as a part of a longer name."""
    start, word = words[at]
    beside = [
        other
        for position, other in words[max(0, at - 1) : at + 2]
        if position != start and source[min(position + len(other), start + len(word)) : max(position, start)] == " "
    ]
    return word[0].isupper() and any(other[0].isupper() for other in beside)


def _says(text: str, way: str, language: str) -> bool:
    """Tell whether a translation has a name, inflected or in a compound; articles and the like are no part of it."""
    told = text.casefold()
    if not is_spaced(language):  # a particle may stand between a Latin name and the rest
        return all(part in told for part in PART.findall(way.casefold()))
    words = WORD.findall(way.casefold())
    telling = [word for word in words if len(word) >= FEWEST] or words
    return all(_stem(word, language) in told for word in telling)


def _stem(word: str, language: str) -> str:
    """Return what stays of a word in all its forms, as far as letters tell."""
    if is_rtl(language) and not word.isascii():
        word = PREFIXED.sub("", word)
    return word[: max(LEAST, round(len(word) * STEM))]
