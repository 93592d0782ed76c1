"""Titles: equal ones are completed from where their slides stand, so that readers of outlines tell them apart."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from conceptdeck.values import deck
from conceptdeck.values.deck import Slide
from conceptdeck.values.terms import Term, Words
from conceptdeck.values.text import Text, composed

__all__ = ["same_title", "with_titles"]

KEPT = (("cover",), ("closing",))  # kinds whose titles stay as they are, the first of them before the next
INSIDE = ("dividers", "cards", "concepts")  # kinds that stand in a part, from the outer to the inner
ENDS = (".", "!", "?", "…", "。", "！", "？", "؟", "।")  # of sentences


def same_title(text: str) -> str:
    """Return what titles are compared by: letter case and kinds of spaces tell no two apart."""
    return " ".join(text.split()).casefold()


def with_titles(slides: Sequence[Slide], words: Words) -> list[Slide]:
    """Return the slides with titles of their own: “Adopt” in two layers becomes “Adopt: Languages”, “Adopt: Stores”.

    Of equal titles the outermost slide's stays as it is if it is the only one of its rank. Others are completed by the
    nearest of what their slide stands `within` that tells them apart, and by a number where nothing does.
    """
    groups: dict[str, list[int]] = {}
    for index, slide in enumerate(slides):
        groups.setdefault(same_title(slide.title.value), []).append(index)
    made, taken = list(slides), set(groups)
    for group in groups.values():
        if len(group) > 1:
            for index, title in _told_apart([slides[i] for i in group], group, words, taken):
                made[index] = replace(made[index], title=title)
    return made


def _told_apart(
    slides: Sequence[Slide], indices: Sequence[int], words: Words, taken: set[str]
) -> Iterator[tuple[int, Text]]:
    """Yield the titles of slides that share one, each with its index; `taken` grows by them."""
    ranks = [_rank(slide) for slide in slides]
    kept = ranks.index(min(ranks)) if ranks.count(min(ranks)) == 1 or min(ranks) < len(KEPT) else -1
    ways = [list(_ways(slide, words)) if at != kept else [] for at, slide in enumerate(slides)]
    for at, (slide, index) in enumerate(zip(slides, indices, strict=True)):
        if at == kept:
            continue
        others = {same_title(way.value) for other, each in enumerate(ways) if other != at for way in each}
        own = (way for way in ways[at] if same_title(way.value) not in others | taken)
        title = next(own, None) or _numbered(slide.title, at + 1 + (at < kept), words, taken)
        taken.add(same_title(title.value))
        yield index, title


def _rank(slide: Slide) -> int:
    """Return how far outside a slide stands: cover and closing first, then parts, then what is in them."""
    for rank, kinds in enumerate(KEPT):
        if slide.kind in kinds:
            return rank
    return len(KEPT) + (INSIDE.index(slide.kind) + 1 if slide.kind in INSIDE else 0)


def _ways(slide: Slide, words: Words) -> Iterator[Text]:
    """Yield a slide's title completed by each thing that it stands within, by all of them, then by its part's name."""
    title = same_title(slide.title.value)
    within = [each for each in slide.within if same_title(each.value) != title]
    for each in within:
        yield _completed(slide.title, each, words)
    if len(within) > 1:
        both = composed(words.separated(within), *within)
        yield _completed(slide.title, both, words)
    if slide.kind not in INSIDE:
        part = words.say(Term.OVERVIEW) if isinstance(slide, deck.Agenda) else slide.section
        if part and same_title(part) != title:
            yield _completed(slide.title, Text(part, ""), words)


def _completed(title: Text, place: Text, words: Words) -> Text:
    """Return a title with its place behind it, or before it if it is a sentence."""
    sentence = title.value.rstrip().endswith(ENDS)
    first, second = (place, title) if sentence else (title, place)
    made = composed(words.say(Term.ABOUT, name=first, text=second), title, place, key=title.key)
    return replace(made, span=title.span)


def _numbered(title: Text, number: int, words: Words, taken: set[str]) -> Text:
    """Return a title with the first number from `number` on that makes it one of its own; the first needs none."""
    while True:
        value = words.say(Term.NUMBERED, title=title, number=number) if number > 1 else title.value
        if number == 1 or same_title(value) not in taken:
            return replace(title.reworded(value), parts=title.keys)
        number += 1
