"""Proper names of a map: what no translation changes."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache

from conceptdeck.values.model import ConceptMap
from conceptdeck.values.regex import regex

__all__ = ["is_proper", "names_in", "proper_names"]

MARK = regex(r"\d(?!D\b)|[^\W\d][A-Z]")  # digits (not 3D), capitals inside a word: no plain word has them
SPACES = regex(r"\s+")
LINKING = frozenset({"and", "by", "de", "for", "in", "of", "on", "the"})


def proper_names(source: ConceptMap) -> tuple[str, ...]:
    """Return the names of systems that are proper names, longest first: those of a maker, with a link, or marked."""
    found = {
        system.name.value
        for system in source.systems
        if (system.by or system.link or MARK.search(system.name.value)) and is_proper(system.name.value)
    }
    return tuple(sorted(found, key=lambda name: (-len(name), name)))


def is_proper(text: str) -> bool:
    """Tell whether a text looks like a proper name: no word of it is a plain one in lower case."""
    words = [word.strip("()[]“”\"'.,;:") for word in text.split()]
    return all(not word[:1].islower() or bool(MARK.search(word)) for word in words if word not in LINKING)


def names_in(text: str, names: Iterable[str]) -> list[str]:
    """Return those of the `names`, longest first, that stand in a text as words of their own, each once.

    A name inside a longer one is not found, and any space stands for any other.
    """
    rest = _spaced(text)
    found = []
    for name in names:
        if _spaced(name) not in rest:
            continue
        pattern = rf"(?<!\w){re.escape(_spaced(name))}(?!\w)"
        if re.search(pattern, rest):
            found.append(name)
            rest = re.sub(pattern, "\n", rest)
    return found


@lru_cache(maxsize=1024)
def _spaced(text: str) -> str:
    """Return a text with one plain space for any other."""
    return SPACES.sub(" ", text)
