"""Split what does not fit on one slide into several, each marked "(1 of n)"."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import TypeVar

from conceptdeck.layout.desk import Desk
from conceptdeck.values.frame import Frame, Item
from conceptdeck.values.items import appearing, is_title, said
from conceptdeck.values.terms import Term, Words
from conceptdeck.values.text import Text

__all__ = ["Draft", "chunks", "page_title", "paginate"]

T = TypeVar("T")
MANY = 60  # things from which trying each number of slides takes too long
Draft = Callable[[Desk, Sequence[T], Text], Sequence[Item]]


def paginate(desk: Desk, title: Text, things: Sequence[T], limit: int, draft: Draft[T]) -> list[list[Item]]:
    """Return the items of as few slides as can hold `things`, at most `limit` a slide.

    `draft(desk, some things, title)` lays one slide out. If even one thing a slide does not fit, the problems of
    that last attempt are the desk's.
    """
    tries = _tries(len(things), limit)
    for parts in tries:
        trial = desk.fresh()
        slides: list[list[Item]] = []
        for part, chunk in enumerate(chunks(things, parts), start=1):
            slides.append(list(draft(trial, chunk, page_title(title, part, parts, desk.words))))
            if trial.problems and parts != tries[-1]:
                break
        else:
            break
    desk.take(trial)
    return slides


def _tries(count: int, limit: int) -> Sequence[int]:
    """Return the numbers of slides to try; of many things only those with whole slides, so that no try is wasted."""
    fewest = max(1, math.ceil(count / limit))
    if count <= MANY:
        return range(fewest, max(fewest, count) + 1)
    return sorted({math.ceil(count / each) for each in range(1, limit + 1)})


def chunks(things: Sequence[T], parts: int) -> list[Sequence[T]]:
    """Return `things` in `parts` runs whose lengths differ by one at most."""
    each, extra = divmod(len(things), parts)
    ends = [each * (i + 1) + min(i + 1, extra) for i in range(parts)]
    return [things[start:end] for start, end in zip([0, *ends], ends, strict=False)]


def page_title(title: Text, part: int, parts: int, words: Words) -> Text:
    """Return the title of the `part`-th of `parts` slides."""
    if parts == 1:
        return title
    return replace(title, value=words.say(Term.CONTINUED, title=title.value, part=part, parts=parts))


def on_click(click: int, items: Sequence[Item]) -> list[Item]:
    """Return the items as appearing after `click` clicks; 0 means with the slide."""
    return [appearing(item, click) for item in items]


def title_of(items: Sequence[Item]) -> str:
    """Return the text of the title placeholder among `items`."""
    title = next(filter(is_title, items), None)
    return said(title) if title else ""


def frames_of(key: str, layout: str, pages: Sequence[Sequence[Item]], language: str, accent: int = 0) -> list[Frame]:
    """Return a frame for each page; keys of further pages carry their number."""
    return [
        Frame(
            key if not index else f"{key}#{index + 1}",
            layout,
            title_of(items),
            language,
            tuple(items),
            accent=accent,
            slide=key,
        )
        for index, items in enumerate(pages)
    ]
