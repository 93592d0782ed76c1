"""Notes line by line: each in stretches of one style, and which of them are points of a list."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from conceptdeck.values.regex import regex
from conceptdeck.values.text import Passage, passages_between

__all__ = ["DOT", "Said", "said_lines"]

DOT = "•"
POINT = regex(r"(?:[-*+]|([1-9]\d{0,2})[.)]) +(?=\S)")


class Said(NamedTuple):
    """A line of notes; a point of a list has a `sign` before it, a dot or its number with a full stop."""

    passages: tuple[Passage, ...]
    sign: str = ""

    @property
    def text(self) -> str:
        """Return the line without its sign."""
        return "".join(each.text for each in self.passages)

    @property
    def language(self) -> str:
        """Return the language of the line if all of it is in another one than what it stands among."""
        languages = {each.language for each in self.passages if any(map(str.isalpha, each.text))}
        return languages.pop() if len(languages) == 1 else ""


def said_lines(notes: str, passages: Sequence[Passage]) -> tuple[Said, ...]:
    """Return notes line by line; a line that looks like a point is one if another one is above or below it."""
    lines = notes.split("\n")
    points = [POINT.match(line) for line in lines]
    at, found = 0, []
    for number, (line, point) in enumerate(zip(lines, points, strict=True)):
        start = 0
        beside = (points[number - 1] if number else None, *points[number + 1 : number + 2])
        if point and any(each and (each[1] is None) == (point[1] is None) for each in beside):
            start = point.end()
        sign = (f"{point[1]}." if point[1] else DOT) if point and start else ""
        found.append(Said(passages_between(passages or (Passage(notes),), at + start, at + len(line)), sign))
        at += len(line) + 1
    return tuple(found)
