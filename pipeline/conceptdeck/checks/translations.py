"""Rules on catalogs: what a translation must keep of its source, and the customs of its language."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import replace
from functools import lru_cache
from itertools import chain, zip_longest

from conceptdeck.checks.customs import french_spacing, punctuation, quotes, spaces
from conceptdeck.checks.marked import marks
from conceptdeck.checks.numerals import differing_numbers
from conceptdeck.checks.rules import SHOWN_NOWHERE, TRANSLATION_CHARACTER
from conceptdeck.checks.translated import (
    ADDRESS,
    NO_BREAK,
    PLACEHOLDER,
    SHOWN,
    Findings,
    Pair,
    allows,
    finding_on,
    is_allowed,
    plain,
)
from conceptdeck.checks.vocabulary import off_terms, pairs_of
from conceptdeck.translation.catalog import Catalog, Entry
from conceptdeck.translation.glossary import Headword
from conceptdeck.translation.names import is_proper, proper_names
from conceptdeck.translation.rules import TRANSLATION_PLACEHOLDER
from conceptdeck.values.diagnostics import Diagnostic, sort_diagnostics
from conceptdeck.values.languages import is_rtl, script
from conceptdeck.values.model import ConceptMap
from conceptdeck.values.regex import regex
from conceptdeck.values.rules import ERROR, WARNING, Rule
from conceptdeck.values.text import texts

__all__ = ["check_catalog", "unshown"]

ENDS = ".,;:!?)]}»”’\"'"
BREAKING = regex(rf"[^\S{NO_BREAK}]+")
MARKS = "\u200e\u200f\u061c"  # invisible, but of use where a line mixes directions
JOINERS = "\u00ad\u200b\u200c\u200d\u2060"  # invisible, but of use: where words break, how letters join
LETTERS_OF = {
    "Hans": ("CJK",),
    "Hant": ("CJK", "BOPOMOFO"),
    "Jpan": ("CJK", "HIRAGANA", "KATAKANA", "KATAKANA-HIRAGANA"),
    "Kore": ("HANGUL", "CJK"),
    "Arab": ("ARABIC",),
    "Cyrl": ("CYRILLIC",),
    "Hebr": ("HEBREW",),
    "Grek": ("GREEK",),
    "Thai": ("THAI",),
    "Deva": ("DEVANAGARI",),
}
"""The scripts that we know by the first words of their characters' names; Latin goes everywhere, in names."""
KNOWN_LETTERS = frozenset(chain.from_iterable(LETTERS_OF.values()))


def check_catalog(catalog: Catalog, source: ConceptMap, glossary: Sequence[Headword] = ()) -> tuple[Diagnostic, ...]:
    """Return what is wrong or odd about the translations in a catalog of a map, and where they leave its `glossary`.

    A stale one is judged by the text that it was made for. Warnings are silenced for an entry by the translator's
    comment `# conceptdeck: allow CODE`.
    """
    pairs = pairs_of(catalog, proper_names(source))
    found = [finding for pair in pairs for rule in _RULES for finding in rule(pair) if not is_allowed(pair, finding)]
    doubled = [finding for key, finding in repeated(catalog, source) if not allows(catalog.by_key[key], finding)]
    return sort_diagnostics((*found, *off_terms(pairs, glossary), *doubled))


def unshown(catalog: Catalog, source: ConceptMap, shown: Collection[str]) -> tuple[Diagnostic, ...]:
    """Return a finding for each translation of a text whose key is not among those `shown`."""
    known = {text.key for text in texts(source)}
    found = [each for key, each in catalog.by_key.items() if each.text and key in known and key not in shown]
    said = [(each, f"no slide, no notes and no diagram have the translation of `{each.key}`") for each in found]
    hints = ("leave it out until the map shows the text",)
    findings = [(each, SHOWN_NOWHERE.at(message, each.span, hints=hints)) for each, message in said]
    return tuple(finding for each, finding in findings if not allows(each, finding))


# --- what must be kept ---------------------------------------------------------------------------


def placeholders(pair: Pair) -> Findings:
    """Find placeholders that were changed, lost or added."""
    yield from _compared(TRANSLATION_PLACEHOLDER, "placeholder", PLACEHOLDER.findall, pair)


TRANSLATION_URL = Rule("translation-url", "catalogs", ERROR, "an address that was changed").because("""
    An address leads nowhere once a letter of it changes. Translations keep it as it is.
""")


def addresses(pair: Pair) -> Findings:
    """Find addresses that were changed, lost or added."""

    def found(text: str) -> list[str]:
        return [match.rstrip(ENDS) for match in ADDRESS.findall(text)]

    yield from _compared(TRANSLATION_URL, "address", found, replace(pair, source=pair.typed[0], text=pair.typed[1]))


def characters(pair: Pair) -> Findings:
    """Find characters that nobody sees and that the source does not have."""
    if pair.text.isprintable():
        return
    letters = filter(str.isalpha, pair.text)
    from_the_right = any(unicodedata.bidirectional(char) in ("R", "AL") for char in letters)
    of_use = JOINERS + MARKS if from_the_right or is_rtl(pair.language) else JOINERS
    for char in dict.fromkeys(pair.text):
        hidden = unicodedata.category(char) in ("Cc", "Cf", "Cn", "Co", "Cs", "Zl", "Zp") and char not in of_use
        if hidden and char not in pair.source:
            name = unicodedata.name(char, "a control character").lower()
            yield finding_on(TRANSLATION_CHARACTER, pair, f"holds U+{ord(char):04X} ({name})", "delete it")


TRANSLATION_NUMBER = Rule("translation-number", "catalogs", WARNING, "another number than in the source").because("""
    The values must be the same; separators, scale words and numbers in words may follow the language.
""")


def numbers(pair: Pair) -> Findings:
    """Find numbers that differ in value."""
    lost, new = differing_numbers(pair.source, pair.text)
    for number in lost:
        yield finding_on(TRANSLATION_NUMBER, pair, f"lacks the number {number}", "say the same number as the source")
    for number in new:
        yield finding_on(TRANSLATION_NUMBER, pair, f"says {number}, which the source does not", "keep to the source")


TRANSLATION_NAME = Rule(
    "translation-name",
    "catalogs",
    WARNING,
    "a proper name that is not in the translation",
).because("""
    Names of systems that have a maker, a link or digits are the same in every language.
""")


def protected_names(pair: Pair) -> Findings:
    """Find proper names that were translated or lost."""
    text = plain(pair.text)
    for name in pair.written:
        if plain(name) not in text:
            yield finding_on(TRANSLATION_NAME, pair, f"does not have the name “{name}”", "write it as the source does")


TRANSLATION_NO_BREAK = Rule("translation-no-break", "catalogs", WARNING, "a no-break space that was lost").because("""
    A name such as Genie 3 stays on one line because of the no-break space in it.
""")


def no_breaks(pair: Pair) -> Findings:
    """Find names whose no-break space became an ordinary one."""
    for piece in dict.fromkeys(piece for piece in BREAKING.split(pair.source) if NO_BREAK in piece):
        bare = piece.strip(ENDS + "(“‘«")
        if bare.replace(NO_BREAK, " ") in pair.text:
            hint = "write the no-break space, so that the name stays on one line"
            yield finding_on(TRANSLATION_NO_BREAK, pair, f"“{bare}” can break over two lines", hint)


TRANSLATION_EDGE = Rule("translation-edge", "catalogs", WARNING, "other spaces at the start or the end").because("""
    They come from copying, and show as a crooked margin.
""")


def edges(pair: Pair) -> Findings:
    """Find spaces at the start or the end that differ from those of the source."""
    for where, strip in (("start", str.lstrip), ("end", str.rstrip)):
        if _edge(pair.text, strip) != _edge(pair.source, strip):
            yield finding_on(TRANSLATION_EDGE, pair, f"has other spaces at its {where} than the source", "keep them")


# --- what must change ----------------------------------------------------------------------------

TRANSLATION_SCRIPT = Rule("translation-script", "catalogs", WARNING, "letters of another script").because("""
    A text in Latin letters throughout was not translated; a Cyrillic letter in a Latin word only looks right.
""")


def scripts(pair: Pair) -> Findings:
    """Find texts in another script than that of the language."""
    expected = LETTERS_OF.get(script(pair.language), ())
    letters = filter(str.isalpha, dict.fromkeys(pair.text))
    foreign = [char for char in letters if _is_foreign(char, expected, pair.source)]
    if foreign:
        shown = "".join(foreign)[:SHOWN]
        hint = "were two files swapped, or does a letter only look right?"
        yield finding_on(TRANSLATION_SCRIPT, pair, f"has letters of another script: {shown}", hint)
    elif expected and not _is_name(pair) and not any(_is_of(char, expected) for char in pair.text):
        hint = "translate it; a name is excused by a comment"
        yield finding_on(TRANSLATION_SCRIPT, pair, "is in Latin letters throughout", hint)


TRANSLATION_UNCHANGED = Rule(
    "translation-unchanged",
    "catalogs",
    WARNING,
    "a text that is the source text",
).because("""
    Two or more plain words that are the same in both languages were most likely forgotten.
""")


def unchanged(pair: Pair) -> Findings:
    """Find texts that were left as they are."""
    if pair.text == pair.source and len(pair.text.split()) > 1 and not _is_name(pair):
        yield finding_on(TRANSLATION_UNCHANGED, pair, "is the source text itself", "translate it, or excuse it")


TRANSLATION_REPEATED = Rule(
    "translation-repeated",
    "catalogs",
    WARNING,
    "two concepts of one layer with one name",
).because("""
    The source tells them apart. So must the translation: they stand beside each other.
""")


def repeated(catalog: Catalog, source: ConceptMap) -> Iterator[tuple[str, Diagnostic]]:
    """Yield concepts of one layer whose translated names are the same, while the source tells them apart."""
    groups = [layer.concepts for layer in source.layers.items] if source.layers else []
    for concepts in (*groups, source.concepts):
        seen: dict[str, Entry] = {}
        for concept in concepts:
            entry = catalog.by_key.get(concept.name.key)
            if entry is None or not entry.text:
                continue
            first = seen.setdefault(plain(entry.text).casefold(), entry)
            if first is not entry and first.source.casefold() != entry.source.casefold():
                pair = Pair(entry, entry.source, entry.text, catalog.language, (), (entry.source, entry.text))
                hint = "name one of the two differently"
                yield entry.key, finding_on(TRANSLATION_REPEATED, pair, f"is also the name of `{first.key}`", hint)


def _compared(rule: Rule, what: str, find: Callable[[str], Iterable[str]], pair: Pair) -> Findings:
    wanted, there = Counter(find(pair.source)), Counter(find(pair.text))
    for lost, new in zip_longest(wanted - there, there - wanted):
        if new is None:
            yield finding_on(rule, pair, f"lacks the {what} {lost}", "copy it from the source")
        elif lost is None:
            yield finding_on(rule, pair, f"has the {what} {new}, the source has not", "write it as the source does")
        else:
            yield finding_on(rule, pair, f"has the {what} {new} in place of {lost}", "copy it from the source")


def _edge(text: str, strip: Callable[[str], str]) -> int:
    return len(text) - len(strip(text))


def _is_foreign(char: str, expected: tuple[str, ...], source: str) -> bool:
    """Tell whether a letter is of a script that we know and that is not the language's, nor the source's."""
    known = _script_word(char)
    return known in KNOWN_LETTERS and known not in expected and char not in source


def _is_of(char: str, expected: tuple[str, ...]) -> bool:
    return char.isalpha() and _script_word(char) in expected


@lru_cache(maxsize=4096)
def _script_word(char: str) -> str:
    return unicodedata.name(char, "").partition(" ")[0]


def _is_name(pair: Pair) -> bool:
    """Tell whether a text that was not translated is made of names, addresses and marks alone."""
    rest = ADDRESS.sub(" ", PLACEHOLDER.sub(" ", pair.text))
    for name in pair.written:
        rest = plain(rest).replace(plain(name), " ")
    if pair.entry.key.endswith((".by", ".link")) or re.search(r"[<>{}()=]", rest):
        return True
    words = [word for word in re.findall(r"[^\W\d_][\w’'-]*", rest) if len(word) > 1]
    return is_proper(" ".join(words))


_RULES: tuple[Callable[[Pair], Findings], ...] = (
    placeholders,
    addresses,
    marks,
    characters,
    numbers,
    protected_names,
    no_breaks,
    edges,
    scripts,
    unchanged,
    spaces,
    french_spacing,
    quotes,
    punctuation,
)
