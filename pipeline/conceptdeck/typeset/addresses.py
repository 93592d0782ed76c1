"""Addresses within texts: where a long one breaks over lines, without a hyphen, which would change it."""

from __future__ import annotations

import re

from conceptdeck.values.regex import regex

__all__ = ["BREAK", "address_breaks"]

BREAK = "\u200b"  # a zero width space: programs break a line there, and show nothing
ADDRESS = regex(r"(?:[a-z][a-z0-9+.-]*://|www\.|mailto:)[!-~]+", re.IGNORECASE)
SHORT = 30  # letters: what is no longer stays whole
LEAST = 3  # letters that stand alone on neither side of a break
AFTER = regex(r"[/.\-?&=#_](?=[^/.\-?&=#_])")


def address_breaks(text: str) -> frozenset[int]:
    """Return the offsets at which a line may break within long addresses: after the signs that part them.

    Neither the scheme nor what is no longer than a word is parted.
    """
    if "://" not in text and "www." not in text and "mailto:" not in text:
        return frozenset()
    found = set[int]()
    for match in ADDRESS.finditer(text):
        start, end = match.span()
        if end - start > SHORT:
            first = text.find("://", start, end) + len("://") if "://" in match[0] else start
            places = (each.end() for each in AFTER.finditer(text, first + LEAST, end - LEAST + 1))
            found.update(at for at in places if at <= end - LEAST)
    return frozenset(found)
