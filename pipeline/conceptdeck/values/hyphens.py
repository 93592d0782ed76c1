"""Marks at breaks within words, which tell the program's own from what the author wrote.

A hyphen of ours is an ordinary one, which every font has, and a direction mark that nobody sees, before a line break.
A break without a hyphen, in an address or a name, has the mark alone; one that follows no rule has two marks.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from conceptdeck.values.languages import LEFT_MARK
from conceptdeck.values.regex import regex

__all__ = ["CUT", "CUT_END", "HYPHEN", "SOFT", "TURN", "Mark", "joined", "marked", "without_soft"]

SOFT = "\N{SOFT HYPHEN}"
TURN = f"{LEFT_MARK}\n"
HYPHEN = f"-{TURN}"
CUT = f"-{LEFT_MARK}{TURN}"
CUT_END = LEFT_MARK * 2  # what a line ends in that was cut
OURS = regex(f"-?{LEFT_MARK}+[\n\v]")

Mark = tuple[int, str]
"""A mark, and before which character of a text it is put."""


def joined(text: str) -> str:
    """Return a text as its author wrote it, without our marks and line breaks within words."""
    return OURS.sub("", text) if LEFT_MARK in text else text


def without_soft(text: str) -> str:
    """Return a text without soft hyphens, which some programs show and others do not."""
    return text.replace(SOFT, "")


def marked(texts: Sequence[str], marks: Sequence[Mark]) -> list[str]:
    """Return pieces of one text with the marks put in, each in the piece that it follows."""
    found, start = [], 0
    for text in texts:
        within = [(at - start, mark) for at, mark in marks if start < at <= start + len(text)]
        bounds = [0, *(at for at, _ in within), len(text)]
        pieces = [text[a:b] for a, b in pairwise(bounds)]
        found.append("".join(piece + mark for piece, mark in zip(pieces, [*(m for _, m in within), ""], strict=True)))
        start += len(text)
    return found
