"""Marks written back: a text in passages as somebody would type it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from difflib import SequenceMatcher
from itertools import groupby, product

from conceptdeck.reading.marks import passages_in
from conceptdeck.values.regex import regex
from conceptdeck.values.text import Passage

__all__ = ["Styling", "emphasised", "marked_text", "reworded"]

SIGNS = regex(r"([\\`*_~^\[\]<&$])")
FIRST = regex(
    r"^(\s*)([#>|+-]|\d{1,3}[.)])",
)
LEVELS = {1: "^", -1: "~"}


def reworded(value: str, edits: Sequence[tuple[int, int, str]]) -> str | None:
    """Return a text, as it is typed, in which stretches of what it says are replaced; None if no marks say that.

    Stretches are counted in characters of the text without marks, sorted, and apart. A new one has the style of what it
    replaces, or of what stands before it.
    """
    passages = passages_in(value)
    for start, end, text in reversed(edits):
        passages = tuple(_joined(_replaced(passages, start, end, text)))
    return marked_text(passages, value)


Styling = tuple[int, int, str, bool]
"""From where to where a text is strong or stressed (`bold`, `italic`), or is not any more."""


def emphasised(value: str, styles: Sequence[Styling]) -> str | None:
    """Return a text, as it is typed, in which stretches have other emphasis; None if no marks say that.

    Stretches are counted in characters of the text without marks.
    """
    passages = passages_in(value) or (Passage(value),)
    for start, end, style, is_on in styles:
        passages = tuple(_joined(_split(passages, start, end, style, is_on=is_on)))
    return marked_text(passages, value)


def _split(passages: Sequence[Passage], start: int, end: int, style: str, *, is_on: bool) -> Iterator[Passage]:
    """Yield passages of which a stretch has another style."""
    at = 0
    for each in passages:
        first, last = (min(max(place - at, 0), len(each.text)) for place in (start, end))
        yield replace(each, text=each.text[:first])
        inner = replace(each, text=each.text[first:last])
        yield replace(inner, strong=is_on) if style == "bold" else replace(inner, emphasis=is_on)
        yield replace(each, text=each.text[last:])
        at += len(each.text)


def _replaced(passages: Sequence[Passage], start: int, end: int, text: str) -> Iterator[Passage]:
    at, is_done = 0, False
    last = len(passages) - 1
    for number, each in enumerate(passages):
        stop = at + len(each.text)
        head, tail = each.text[: max(start - at, 0)], each.text[max(end - at, 0) :]
        holds = at <= start < stop if end > start else at < start <= stop or start == stop == 0 or (start == 0 == at)
        if not is_done and (holds or number == last):
            if each.formula and start == end and tail == "":
                yield from (each, Passage(text))
            else:
                yield replace(each, text=head + text + tail)
            is_done = True
        else:
            yield replace(each, text=head + tail if at < end and stop > start else each.text)
        at = stop
    if not passages:
        yield Passage(text)


def _joined(passages: Iterator[Passage]) -> Iterator[Passage]:
    """Yield passages that say something, neighbours of one style as one."""
    held: Passage | None = None
    for each in passages:
        if not each.text:
            continue
        if held is not None and held.formula is None and replace(held, text="") == replace(each, text=""):
            held = replace(held, text=held.text + each.text)
            continue
        if held is not None:
            yield held
        held = each
    if held is not None:
        yield held


def marked_text(passages: Sequence[Passage], like: str = "") -> str | None:
    """Return passages as they are typed, as near as may be to a text; None if no marks say the same."""
    wanted = tuple(passages)
    found = []
    for escaped, star in product((False, True), ("*", "_")):
        runs = groupby(wanted, key=lambda each: (each.strong, each.emphasis, each.link))
        typed = "".join(_around(tuple(some), escaped, star) for _, some in runs)
        if tuple(passages_in(typed)) == wanted:
            found.append(typed)
        if all(each == Passage(each.text) for each in wanted) and found:
            return found[0]
    return max(found, key=lambda typed: SequenceMatcher(None, like, typed, autojunk=False).ratio(), default=None)


def _around(some: Sequence[Passage], escaped: bool, star: str) -> str:
    """Return passages that are strong, leaning and linked alike, with the marks that say so around them."""
    text, passage = "".join(_typed(each, escaped) for each in some), some[0]
    text = f"{star}{text}{star}" if passage.emphasis else text
    text = f"**{text}**" if passage.strong else text
    if passage.link:
        return f"<{passage.link}>" if passage.text == passage.link else f"[{text}]({passage.link})"
    return text


def _typed(passage: Passage, escaped: bool) -> str:
    text = passage.text
    if passage.formula:
        text = f"${passage.formula.latex}$"
    elif passage.code:
        text = f"`{text}`"
    elif escaped:
        text = FIRST.sub(
            lambda found: f"{found[1]}\\{found[2]}" if not found[2][0].isdigit() else found[0], SIGNS.sub(r"\\\1", text)
        )
    if passage.level:
        text = f"{LEVELS[passage.level]}{text}{LEVELS[passage.level]}"
    return text
