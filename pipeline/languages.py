"""Languages: tags in their standard form (BCP 47), what they fall back on, their script and its direction."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache
from unicodedata import bidirectional

__all__ = [
    "ARROWS",
    "LEFT_MARK",
    "RIGHT_MARK",
    "chain",
    "culture",
    "direction",
    "in_order",
    "is_rtl",
    "is_same",
    "is_western",
    "kept_apart",
    "runs_rtl",
    "script",
    "spelled",
    "standard_tag",
]

SOURCE = "en"

# By the Unicode character database; scripts of living languages only.
RTL_SCRIPTS = frozenset({"adlm", "arab", "hebr", "mand", "nkoo", "rohg", "samr", "syrc", "thaa"})
RTL_LANGUAGES = frozenset({"ar", "arc", "ckb", "dv", "fa", "he", "nqo", "ps", "sd", "syr", "ug", "ur", "yi"})
WESTERN_SCRIPTS = frozenset({"Latn", "Cyrl", "Grek", "Armn", "Geor"})  # set in the font that Office calls latin
PSEUDO = frozenset({"XA", "XB"})  # territories of made-up languages, for tests
PLAIN = re.compile(r"(?!iw|in|ji|jw|mo|sh|tl)[a-z]{2}(?:-[A-Z]{2}|-[A-Z][a-z]{3})?")  # in standard form, if a tag
GETTEXT = re.compile(r"([A-Za-z]+)((?:_\w+)?)(?:\.[\w-]+)?(?:@(\w+))?")  # language, territory, encoding, modifier
MODIFIERS = {"": "", "euro": "", "latin": "Latn", "cyrillic": "Cyrl", "devanagari": "Deva", "arabic": "Arab"}
CULTURES = {"ar": "SA"}  # where Office does not take the territory with the most speakers

LEFT_MARK, RIGHT_MARK = "\N{LEFT-TO-RIGHT MARK}", "\N{RIGHT-TO-LEFT MARK}"
ARABIC_COMMA = re.compile(f"\N{ARABIC COMMA}(?!{RIGHT_MARK})")
ARROWS = str.maketrans("→←", "←→")  # Unicode mirrors brackets in text that runs from the right, but no arrows


def spelled(tag: str) -> str:
    """Return a language tag as BCP 47 writes it; what names no language stays as it is."""
    return tag if PLAIN.fullmatch(tag) else standard_tag(tag) or tag


@cache
def is_same(tag: str, other: str) -> bool:
    """Tell whether two tags name one language when all that goes without saying is said: `de` is `de-DE`."""
    from langcodes import Language

    one, two = standard_tag(tag), standard_tag(other)
    return bool(one and two) and Language.get(str(one)).maximize() == Language.get(str(two)).maximize()


@cache
def standard_tag(tag: str) -> str | None:
    """Return a language tag as BCP 47 writes it; None if it names no language.

    Names of gettext's are understood, too: `zh_TW` is `zh-TW`, `sr@latin` is `sr-Latn`.
    """
    from langcodes import Language  # here: it takes longer to import than a small map to read
    from langcodes.tag_parser import LanguageTagError

    found = GETTEXT.fullmatch(tag)
    if found and (modifier := found[3] or "") in MODIFIERS:
        tag = "-".join(filter(None, (found[1], MODIFIERS[modifier], found[2].strip("_"))))
    try:
        known = Language.get(tag, normalize=True)
    except (LanguageTagError, ValueError):
        return None
    return str(known.to_tag()) if known.is_valid() else None


@cache
def chain(tag: str) -> tuple[str, ...]:
    """Return a tag and the broader ones that stand in for it, the nearest first: `zh-TW`, `zh-Hant`, `zh`.

    A script that goes without saying is taken into account, so that no other script of the language comes before it.
    """
    from langcodes import Language

    found = Language.get(tag)
    broader = [str(each) for each in found.broader_tags()]
    written = str(Language.make(language=found.language, script=found.maximize().script).to_tag())
    tags = [*broader[:1], *(each for each in broader[1:] if "-" in each), written, str(found.language)]
    return tuple(dict.fromkeys(each for each in tags if not each.startswith("und")))


@cache
def script(tag: str) -> str:
    """Return the script that a language is written in, as ISO 15924 names it, such as `Hans` or `Latn`."""
    if tag == SOURCE:
        return "Latn"  # without the import: most maps are in English
    from langcodes import Language

    return str(Language.get(tag).maximize().script)


@cache
def culture(tag: str) -> str:
    """Return the culture that Office knows a language by: `zh-Hans` is `zh-CN`, `de` is `de-DE`; `en` stays `en`."""
    if tag == SOURCE:
        return tag
    from langcodes import Language

    found = Language.get(tag)
    language = str(found.language)
    territory = found.territory or CULTURES.get(language)
    if not territory or territory in PSEUDO:
        territory = CULTURES.get(language) or Language.make(language=language, script=found.script).maximize().territory
    if Language.make(language=language, territory=territory).maximize().script == script(tag):
        return f"{language}-{territory}"
    return f"{language}-{script(tag)}-{territory}"


def is_western(tag: str) -> bool:
    """Tell whether a language is set in what Office calls the Latin font, not in those of other scripts."""
    return script(tag) in WESTERN_SCRIPTS


@cache
def is_rtl(tag: str) -> bool:
    """Tell whether a language is written from right to left: by the script in its tag, else by the language."""
    language, *others = tag.replace("_", "-").lower().split("-")
    named = next((part for part in others if len(part) == 4 and part.isalpha()), "")
    return named in RTL_SCRIPTS if named else language in RTL_LANGUAGES


def runs_rtl(text: str, tag: str) -> bool:
    """Tell whether a text runs from right to left: as its language does, unless all its letters run the other way.

    Code and addresses do, with the signs around them.
    """
    if not is_rtl(tag):
        return False
    kinds = {bidirectional(char) for char in text}
    return "L" not in kinds or bool(kinds & {"R", "AL"})


def in_order(text: str, tag: str) -> str:
    """Return a text in which words of Latin letters on both sides of an Arabic comma keep their order.

    The comma has no direction of its own (UAX #9, class CS): between two such words it runs from left to right with
    them, so that the second stands where the first is read. A mark after the comma, which nobody sees, prevents it.
    """
    if not is_rtl(tag):
        return text

    def marked(found: re.Match[str]) -> str:
        return kept_apart(text[: found.start()], found[0], text[found.end() :])

    return ARABIC_COMMA.sub(marked, text)


def kept_apart(before: str, between: str, after: str) -> str:
    """Return what stands between two texts in a line that runs from the right, with the mark that keeps their order.

    It needs none if a letter of the line's own direction stands there, or at the near end of one of the texts.
    """
    if _first_strong(between) or _first_strong(reversed(before)) != "L" or _first_strong(after) != "L":
        return between
    return between[:1] + RIGHT_MARK + between[1:]


def _first_strong(chars: Iterable[str]) -> str:
    """Return the bidirectional class of the first character that has a direction, nothing if none has."""
    return next((kind for kind in map(bidirectional, chars) if kind in ("L", "R", "AL")), "")


def direction(tag: str) -> str:
    """Return the direction that a language is written in, as HTML says it: `ltr` or `rtl`."""
    return "rtl" if is_rtl(tag) else "ltr"
