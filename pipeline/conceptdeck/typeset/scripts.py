"""Scripts of characters: which one a text is written in, and what it is called."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from functools import lru_cache

import uharfbuzz as hb

from conceptdeck.values.regex import regex

__all__ = ["lost_scripts", "script_name", "script_of"]

NOT_SCRIPT = regex(r" (?:CAPITAL|SMALL|LETTER|SYLLABLE|SYLLABICS|CHARACTER|UNIFIED|CHOSEONG|VOWEL|IDEOGRAPH)\b.*")


def lost_scripts(chars: Iterable[str], missing: Iterable[str]) -> dict[str, tuple[str, ...]]:
    """Return the scripts that `chars` have letters of, and of which every letter is `missing`; with those letters.

    A script that is drawn but for a rare letter is not lost, and signs and emoji belong to none.
    """
    lost: dict[str, dict[str, None]] = {}
    for char in missing:
        if script := _written_script(char):
            lost.setdefault(script, {})[char] = None
    drawn = {script for char in chars if (script := _written_script(char)) and char not in lost.get(script, {})}
    return {script: tuple(letters) for script, letters in lost.items() if script not in drawn}


def _written_script(char: str) -> str | None:
    """Return the script of a letter or of a mark on letters, None for what belongs to none."""
    return script_of(char) if unicodedata.category(char)[0] in "LM" else None


def script_name(letter: str) -> str:
    """Return what the script of a letter is called in English, by the letter's name in Unicode."""
    name = NOT_SCRIPT.sub("", unicodedata.name(letter, "unknown"))
    return "Han" if name == "CJK" else name.title()


@lru_cache(maxsize=4096)
def script_of(char: str) -> str | None:
    """Return the script of `char` as ISO 15924 names it; None for what all scripts share.

    Kana and bopomofo count as Han: they mix within words and are shaped alike.
    """
    buffer = hb.Buffer()
    buffer.add_str(char)
    buffer.guess_segment_properties()
    script: str | None = buffer.script
    return "Hani" if script in ("Hira", "Kana", "Bopo") else script
