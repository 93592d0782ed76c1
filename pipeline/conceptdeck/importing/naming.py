"""Ids as a person would choose them: short words of the name, one for each thing; and names that differ."""

from __future__ import annotations

from collections.abc import Sequence

from conceptdeck.reading.short import WINDOWS, slugified
from conceptdeck.values.outline import Wording
from conceptdeck.values.regex import regex

__all__ = ["Ids", "shortened", "slug_of"]

LONGEST = 32  # of an id made here
LONGEST_NAME = 72
TELLING = regex(r"[A-Za-z]{3}")
MADE_UP = regex(r"(?i)(?:id|node|n|item|cell|freemind|x)?[-_]?[0-9a-f-]*\d[0-9a-f-]*")
CAMEL = regex(r"(?<=[a-z0-9])(?=[A-Z])")
ENDS = " ,;:–—-("


class Ids:
    """Ids of one kind of things, `kind` for those whose names say nothing in Latin letters."""

    def __init__(self, kind: str, reserved: Sequence[str] = ()) -> None:
        """Begin with none; `reserved` ones are never given."""
        self._kind = kind
        self._taken = set(reserved)
        self._times: dict[str, int] = {}
        self._made_up = 0

    def take(self, name: Wording, own: str = "", above: str = "") -> str:
        """Return a new id for a name; `own` is that of the file, `above` the id of what it stands below."""
        stem = slug_of(name) or _own(own)
        if not stem:
            self._made_up += 1
            stem = f"{self._kind}-{self._made_up}"
        found = stem if stem not in WINDOWS else f"{self._kind}-{stem}"
        if found in self._taken and above:
            found = _cut(f"{stem[: LONGEST // 2].strip('-')}-{above}")
        first = found
        while found in self._taken:
            number = self._times[first] = self._times.get(first, 1) + 1
            found = f"{first}-{number}"
        self._taken.add(found)
        return found


def slug_of(name: Wording) -> str:
    """Return words of a name, or of the English one, if they are most of it."""
    for text in (name.text, *(text for tag, text in name.others if tag.partition("-")[0] == "en")):
        slug = slugified(text)
        letters = sum(char.isalnum() for char in text[:200])
        if slug and 2 * sum(char != "-" for char in slugified(text[:60])) >= min(letters, 30):
            return _cut(slug)
    return ""


def _own(own: str) -> str:
    """Return the file's own id as a slug if it is made of words."""
    last = own.rstrip("/#").rpartition("#")[2].rpartition("/")[2]
    if not TELLING.search(last) or MADE_UP.fullmatch(last):
        return ""
    return _cut(slugified(CAMEL.sub("-", last)))


def _cut(slug: str) -> str:
    """Return the first words of a slug."""
    if len(slug) <= LONGEST:
        return slug
    return (slug[: LONGEST + 1].rpartition("-")[0] or slug[:LONGEST]).strip("-")


def shortened(text: str) -> str:
    """Return the first words of a text that is too long for a name."""
    if len(text) <= LONGEST_NAME:
        return text
    head = text[: LONGEST_NAME - 12]
    words = head.rpartition(" ")[0] if " " in head[20:] else head
    return words.rstrip(ENDS) + " …"
