"""What CLDR knows of a language: how it makes lists, writes numbers, counts, and how wide its letters are."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

from conceptdeck.values.languages import chain

__all__ = ["ENGLISH_LISTS", "decimal", "lists_in", "plural_rule", "specimen"]

ENGLISH = "en"
LEAST_NAMES, MOST_NAMES = 20, 200  # of languages, that tell how wide letters are
ENGLISH_PLURALS = "nplurals=2; plural=(n != 1);"
ENGLISH_LISTS = {"start": "{0}, {1}", "middle": "{0}, {1}", "end": "{0}, and {1}", "2": "{0} and {1}"}
"""CLDR's patterns of lists in English; a test compares them, so that decks in English do without the import."""


@cache
def lists_in(tag: str) -> Mapping[str, str]:
    """Return how CLDR makes lists in a language, in English if it does not know that."""
    if tag == ENGLISH:
        return ENGLISH_LISTS
    from babel import Locale, UnknownLocaleError  # here, as below: English does without it

    for each in chain(tag):
        try:
            found: Mapping[str, str] = Locale.parse(each, sep="-").list_patterns["standard"]
        except (UnknownLocaleError, ValueError):
            continue
        return found
    return ENGLISH_LISTS


def decimal(number: float, decimals: int, tag: str) -> str:
    """Return a number with some decimals as it is written in a language, with a true minus."""
    from babel import Locale, UnknownLocaleError
    from babel.numbers import format_decimal

    form = "#,##0." + "0" * decimals if decimals else "#,##0"
    for each in (*chain(tag), ENGLISH):
        try:
            return format_decimal(number, form, Locale.parse(each, sep="-"), numbering_system="latn")
        except (UnknownLocaleError, ValueError):
            continue
    raise AssertionError("English has a form for numbers")


def plural_rule(tag: str) -> str:
    """Return which form a number takes in a language, as gettext writes it: `nplurals=2; plural=(n != 1)`.

    The rule is CLDR's; a language that it does not know has one for one thing and another for several, as English.
    """
    from babel import Locale, UnknownLocaleError
    from babel.messages.plurals import get_plural

    for each in chain(tag):
        try:
            found: str = get_plural(Locale.parse(each, sep="-")).plural_forms
            return found.rstrip(";") + ";"
        except (UnknownLocaleError, ValueError):
            continue
    return ENGLISH_PLURALS


def specimen(tag: str) -> str:
    """Return a text whose letters are as wide as is usual in a language: what it calls the languages of the world."""
    from babel import Locale, UnknownLocaleError

    for each in (*chain(tag), ENGLISH):
        try:
            names = [str(name) for _, name in sorted(Locale.parse(each, sep="-").languages.items())]
        except (UnknownLocaleError, ValueError):
            continue
        if len(names) >= LEAST_NAMES:
            return " ".join(names[:MOST_NAMES]).lower()
    raise AssertionError("English has names for languages")
