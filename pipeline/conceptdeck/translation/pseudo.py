"""Pseudo-languages: catalogs made from the source itself, that show what no translation has reached yet."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from itertools import cycle

from conceptdeck.translation.catalog import Catalog, Entry
from conceptdeck.values.text import Text

__all__ = ["PSEUDO_TAGS", "pseudo_catalog"]

GROWTH = ((10, 2.0), (20, 1.6), (50, 1.5))  # letters up to which a text may grow by a factor: what translations need
MOST_GROWTH = 1.4
# Letters of Latin-1 and Latin Extended-A only, which every font of a theme has.
ACCENTS = str.maketrans(
    "AaBbCcDdEeGgHhIiJjKkLlNnOoRrSsTtUuWwYyZz",
    "ÅåBbÇçÐðÉéĜĝĤĥÎîĴĵĶķĻļÑñÖöŔŕŠšŢţÛûŴŵÝýŽž",
)
FILLERS = ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")
# Frequent letters become narrow ones, so that words are about as wide as Arabic ones.
ARABIC = str.maketrans(
    "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ,;?",
    "يثبمافزهدغخكحنرقظتولذجعطةىيثبمافزهدغخكحنرقظتولذجعطةى،؛؟",
)
KEPT = (
    r"\]\((?:concept:|https?://|mailto:)[^()\s]*\)|`[^`]+`",
    r"(?:https?://|mailto:|www\.)[^\s<>«»“”]+",
    r"\$?\{[^{}\s]*\}|%\(\w+\)[sd]|%[sd]\b",
    r"</?\w[^<>]*>",
    r"\d+(?:[.,]\d+)*(?:\s(?:hundred|thousand|million|billion|trillion))?(?!\w)",
)
"""What stays: links and code, addresses, placeholders, tags, and numbers with the words that scale them."""
MARKED = r"(?<!\w)\w*(?:\d|\w[A-Z])[\w./-]*"  # words with digits or capitals inside


def pseudo_catalog(tag: str, strings: Iterable[Text], names: Iterable[str] = ()) -> Catalog:
    """Return the catalog of a pseudo-language for the strings of a map; `names` stay as they are.

    `en-XA` has accents and brackets and grows as much as translations may; `ar-XB` has Arabic letters.
    """
    spelled = _SPELLED[tag]
    found = sorted(names, key=len, reverse=True)
    patterns = (*(rf"(?<!\w){re.escape(name)}(?!\w)" for name in found), *KEPT, MARKED)
    kept = re.compile("|".join(f"(?:{pattern})" for pattern in patterns))
    return Catalog(tag, tuple(Entry(text.key, text.value, spelled(text.value, kept)) for text in strings))


def _accented(text: str, kept: re.Pattern[str]) -> str:
    """Return a text with accents, as long as the longest translations, between brackets that show where it ends."""
    body = _changed(text, kept, ACCENTS)
    missing = round(len(text) * _growth(len(text))) - len(body) - len("[]")
    words = _fillers(missing)
    return f"[{' '.join([body, *words])}]"


def _growth(length: int) -> float:
    return next((factor for limit, factor in GROWTH if length <= limit), MOST_GROWTH)


def _fillers(room: int) -> Iterator[str]:
    """Yield words that fill the room, each with the space before it; room for a single letter stays empty."""
    for filler in cycle(FILLERS):
        if room < 2:
            return
        rest = room - len(filler) - 1
        word = filler[: room - 1] if rest < 0 else f"{filler}e" if rest == 1 else filler
        room -= len(word) + 1
        yield word.translate(ACCENTS)


def _arabic(text: str, kept: re.Pattern[str]) -> str:
    """Return a text with an Arabic letter for each Latin one."""
    return _changed(text, kept, ARABIC)


def _changed(text: str, kept: re.Pattern[str], table: Mapping[int, int]) -> str:
    """Return the text with its letters changed by the table, but for what is kept."""
    made, start = [], 0
    for match in kept.finditer(text):
        made += [text[start : match.start()].translate(table), match[0]]
        start = match.end()
    return "".join([*made, text[start:].translate(table)])


_SPELLED: Mapping[str, Callable[[str, re.Pattern[str]], str]] = {"en-XA": _accented, "ar-XB": _arabic}
PSEUDO_TAGS = tuple(_SPELLED)
"""The tags of the pseudo-languages."""
