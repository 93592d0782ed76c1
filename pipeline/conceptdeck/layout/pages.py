"""Split what does not fit on one slide into several, each marked "(1 of n)"."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Sequence
from dataclasses import field, replace
from itertools import pairwise
from typing import Generic, TypeVar

from conceptdeck.layout.desk import Desk
from conceptdeck.values.diagnostics import OfText
from conceptdeck.values.frame import Frame, Item
from conceptdeck.values.items import appearing, is_title, said
from conceptdeck.values.remarks import Way
from conceptdeck.values.terms import Term, Words
from conceptdeck.values.text import Text
from conceptdeck.values.value import frozen, mutable

__all__ = ["Draft", "chunks", "holds", "page_title", "paginate"]

T = TypeVar("T")
Draft = Callable[[Desk, Sequence[T], Text], Sequence[Item]]


def paginate(
    desk: Desk, title: Text, things: Sequence[T], limit: int, draft: Draft[T], most: int = 0
) -> list[list[Item]]:
    """Return the items of as few slides as can hold `things`, at most `limit` a slide, or `most` if all is at ease.

    `draft(desk, some things, title)` lays one slide out; at ease, texts keep nearly their full size. Slides hold about
    the same number of things where that fits, else each as many as do: what is long touches its own slide only. Texts
    of one role have one size on all slides whose sizes are near each other. The problems of a thing that does not fit
    a slide of its own are the desk's.
    """
    pager = _Pager(desk, title, things, (limit, max(limit, most)), draft)
    return [[*page.items] for page in _alike(pager, pager.pages())]


@frozen
class _Page(Generic[T]):
    """One slide as it is drafted: its things from `start` to `end`, its items, and the desk they were laid out on."""

    start: int
    end: int
    title: Text
    items: Sequence[Item]
    trial: Desk


@mutable
class _Pager(Generic[T]):
    """Finds how many things go on each slide by laying them out; `limits` are the numbers at any size and at ease."""

    desk: Desk
    title: Text
    things: Sequence[T]
    limits: tuple[int, int]
    draft: Draft[T]
    known: dict[tuple[int, int], bool] = field(default_factory=dict)

    def pages(self) -> list[_Page[T]]:
        """Return the drafts of all slides."""
        count, (limit, most) = len(self.things), self.limits
        for parts in range(max(1, math.ceil(count / most)), max(1, math.ceil(count / limit)) + 1):
            pages: list[_Page[T]] = []
            for page in self._drafted(_equal(count, parts)):
                pages.append(page)
                if not self._is_right(page):
                    break
            else:
                return pages
        return pages if count <= 1 else list(self._drafted(self._evened(self._filled())))

    def redrafted(self, page: _Page[T], most: dict[str, float]) -> _Page[T]:
        """Return a slide with no text of a role larger than `most` says, as it was if it does not fit so."""
        trial = page.trial.fresh().capped(most)
        items = self.draft(trial, self.things[page.start : page.end], page.title)
        made = replace(page, items=items, trial=trial)
        return page if trial.problems and not page.trial.problems else made

    def _drafted(self, ends: Sequence[int]) -> Iterator[_Page[T]]:
        """Yield the drafts of the slides that end before the things at `ends`."""
        for part, (start, end) in enumerate(pairwise((0, *ends)), start=1):
            page = self._page(start, end, page_title(self.title, part, len(ends), self.desk.words))
            self.known[start, end] = self._is_right(page)
            yield page

    def _page(self, start: int, end: int, title: Text) -> _Page[T]:
        trial = self.desk.fresh() if end - start <= self.limits[0] else self.desk.fresh().at_ease()
        page: _Page[T] = _Page(start, end, title, self.draft(trial, self.things[start:end], title), trial)
        if end - start > 1 or self._is_right(page):
            return page
        small = self.desk.fresh().pressed()  # a thing that has the slide to itself
        items = self.draft(small, self.things[start:end], title)
        small.remark(Way.SMALL, f"{self.title.key}.{start}")
        return replace(page, items=items, trial=small)

    def _is_right(self, page: _Page[T]) -> bool:
        return holds(page.trial, self.title)

    def _fits(self, start: int, end: int) -> bool:
        """Tell whether the things from `start` to `end` fit one slide."""
        if (start, end) not in self.known:
            title = page_title(self.title, 1, len(self.things), self.desk.words)
            self.known[start, end] = self._is_right(self._page(start, end, title))
        return self.known[start, end]

    def _filled(self) -> list[int]:
        """Return where slides end that hold as many things as fit, one at least; the last slide's number guides."""
        count, most = len(self.things), self.limits[1]
        ends: list[int] = []
        start, guess = 0, most
        while start < count:
            reach = min(count - start, most)
            size = min(guess, reach)
            while size > 1 and not self._fits(start, start + size):
                size -= 1
            while size >= guess and size < reach and self._fits(start, start + size + 1):
                size += 1
            start, guess = start + size, size
            ends.append(start)
        return ends

    def _evened(self, ends: list[int]) -> list[int]:
        """Return as many ends with about the same number of things on each slide, as far as they fit."""
        equal = _equal(len(self.things), len(ends))
        if all(self._fits(start, end) for start, end in pairwise((0, *equal))):
            return equal
        ends = list(ends)
        moving = True
        while moving:
            moving = False
            for at in range(len(ends) - 1):
                start, middle, end = ends[at - 1] if at else 0, ends[at], ends[at + 1]
                if (middle - start) - (end - middle) > 1 and self._fits(middle - 1, end):
                    ends[at] -= 1
                    moving = True
        return ends


def holds(trial: Desk, title: Text) -> bool:
    """Tell whether a slide that was tried has no problem but that of its title, which it has with fewer things too."""
    return all(each.place == OfText(title.key) for each in trial.problems)


def _alike(pager: _Pager[T], pages: Sequence[_Page[T]]) -> Iterator[_Page[T]]:
    """Yield the slides with texts of one role at one size, where their sizes are near the largest; keep their problems.

    A slide whose texts are far smaller, since one of them is long, keeps its sizes and leaves those of others alone.
    """
    share = pager.desk.theme.ease
    sizes: dict[str, list[float]] = {}
    for page in pages:
        for role, size in page.trial.used.items():
            sizes.setdefault(role, []).append(size)
    least = {role: min(size for size in found if size >= share * max(found)) for role, found in sizes.items()}
    for page in pages:
        larger = {role: least[role] for role, size in page.trial.used.items() if size > least[role]}
        made = pager.redrafted(page, larger) if larger else page
        pager.desk.take(made.trial)
        yield made


def _equal(count: int, parts: int) -> list[int]:
    """Return where runs of `count` things end, in `parts` runs whose lengths differ by one at most."""
    each, extra = divmod(count, parts)
    return [each * (i + 1) + min(i + 1, extra) for i in range(parts)]


def chunks(things: Sequence[T], parts: int) -> list[Sequence[T]]:
    """Return `things` in `parts` runs whose lengths differ by one at most."""
    return [things[start:end] for start, end in pairwise((0, *_equal(len(things), parts)))]


def page_title(title: Text, part: int, parts: int, words: Words) -> Text:
    """Return the title of the `part`-th of `parts` slides."""
    if parts == 1:
        return title
    return title.reworded(words.say(Term.CONTINUED, title=title.value, part=part, parts=parts))


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
