"""Texts in normal form: what we write into them, and what programs make of them, is compared away."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import NamedTuple
from unicodedata import east_asian_width

from conceptdeck.values.hyphens import OURS, SOFT
from conceptdeck.values.regex import regex

__all__ = ["Token", "breaks", "normal", "place_in", "tokens"]

UNSEEN = "[\u200e\u200f\u061c\u202a-\u202e\u2066-\u2069\ufeff\u200b]"  # direction marks, and what has no width
OFFICE = "_x(?P<number>005[Ff]|00[01][0-9A-Fa-f])_"  # how programs write characters by number
DROPPED = regex(f"{OURS.pattern}|{UNSEEN}|{SOFT}|{OFFICE}")
PIECE = regex(r"\s+|\w+|[^\w\s]")
BREAKS = frozenset("\n\v\r")
LONGEST = 100_000  # characters: no slide and no notes of ours have as many
WIDE = ("W", "F")


class Token(NamedTuple):
    """A piece of a text: how it is compared, how it is written, and from where to where it stands."""

    norm: str
    raw: str
    start: int
    end: int


@lru_cache(maxsize=4096)
def normal(text: str) -> str:
    """Return a text as it is compared: one space between words, no marks of direction, no hyphens or breaks of ours."""
    return "".join(each.norm for each in tokens(text)) if len(text) <= LONGEST else text


def tokens(text: str) -> tuple[Token, ...]:
    """Return a text in pieces: words, signs, spaces; in Chinese and Japanese each character is one."""
    bare, offsets = _bare(text)
    found = [span for match in PIECE.finditer(bare) for span in _split(*match.span(), bare)]
    made = []
    for at, (start, end) in enumerate(found):
        piece = bare[start:end]
        places = offsets[start], offsets[end - 1] + 1
        if not piece.isspace():
            made.append(Token(piece, piece, *places))
        elif 0 < at < len(found) - 1 and not (BREAKS & set(piece) and _is_seam(bare[start - 1], bare[end])):
            made.append(Token(" ", "\n" if BREAKS & set(piece) else piece, *places))
    return tuple(made)


def breaks(text: str) -> tuple[int, ...]:
    """Return behind how many pieces of a text its lines end, where a break stands for a space."""
    if BREAKS.isdisjoint(text) and "_x" not in text:
        return ()
    return tuple(at for at, each in enumerate(tokens(text)) if each.raw == "\n")


def _bare(text: str) -> tuple[str, list[int]]:
    """Return a text without what nobody sees, and where each of its characters stands."""
    kept: list[str] = []
    offsets: list[int] = []
    start = 0
    for match in DROPPED.finditer(text):
        kept.append(text[start : match.start()])
        offsets += range(start, match.start())
        if match["number"]:
            kept.append("_" if match["number"].lower() == "005f" else "\n")
            offsets.append(match.start())
        start = match.end()
    kept.append(text[start:])
    offsets += range(start, len(text))
    return "".join(kept), offsets


def _split(start: int, end: int, text: str) -> Iterator[tuple[int, int]]:
    """Yield where a word stands, or each of its characters if it has wide ones, between which lines break anywhere."""
    if any(map(_is_wide, text[start:end])):
        yield from ((at, at + 1) for at in range(start, end))
    else:
        yield start, end


def _is_seam(before: str, after: str) -> bool:
    """Tell whether a line break between two characters stands for nothing."""
    return _is_wide(before) and _is_wide(after)


def _is_wide(char: str) -> bool:
    return east_asian_width(char) in WIDE


def place_in(part: Sequence[str], whole: Sequence[str], start: int = 0) -> int:
    """Return where a part stands in a whole, from a place on; -1 if it stands nowhere."""
    for at in range(start, len(whole) - len(part) + 1) if part else ():
        if whole[at] == part[0] and whole[at : at + len(part)] == part:
            return at
    return -1
