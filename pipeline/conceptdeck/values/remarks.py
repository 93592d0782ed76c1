"""What the program did on purpose to find room: remarks that stages leave, and the summary that a build prints."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from enum import Enum

from conceptdeck.values.value import frozen

__all__ = ["Remark", "Way", "splits", "summary"]


class Way(Enum):
    """A way of finding room: its words for one thing and for several; `{slides}` are those that were needed."""

    SPLIT = ("a part goes on over {slides} slides", "{count} parts go on over {slides} slides")
    SHORTENED = (
        "a list is shortened, its rest is in the notes",
        "{count} lists are shortened, the rest is in the notes",
    )
    NOTES = ("a text is kept in the notes", "{count} texts are kept in the notes")
    SMALL = ("a long text is set smaller than usual", "{count} long texts are set smaller than usual")
    ONE_LANGUAGE = ("a text is left in one language", "{count} texts are left in one language")
    FREEFORM = ("a line is drawn as freeform", "{count} lines are drawn as freeforms")


@frozen
class Remark:
    """One thing that a stage did on purpose: the way, the key of what it was done with, and how many slides it took.

    The story puts its remarks into the deck (`Deck.remarks`). What lays out a slide or a picture leaves them on its
    desk or canvas (`desk.remark(Way.NOTES, text.key)`); they reach the frame or the drawing. Trials are made on
    `desk.fresh()`, and `desk.take(trial)` keeps the problems and remarks of the best. Splits need none: `splits` sees
    them. A new way is a new case of `Way`, and nothing else.
    """

    way: Way
    key: str
    slides: int = 1


def splits(slides: Sequence[str]) -> tuple[Remark, ...]:
    """Return a remark for each part that goes on, from the keys of what each slide shows."""
    return tuple(Remark(Way.SPLIT, key, slides.count(key)) for key in dict.fromkeys(slides) if slides.count(key) > 1)


def summary(remarks: Iterable[Remark]) -> str:
    """Return what the remarks say in a few words, ways in their order, each thing once; empty if there are none."""
    by_way: dict[Way, list[Remark]] = {way: [] for way in Way}
    for each in dict.fromkeys(remarks):
        by_way[each.way].append(each)
    return "; ".join(_said(way, found) for way, found in by_way.items() if found)


def _said(way: Way, remarks: Sequence[Remark]) -> str:
    one, several = way.value
    return (one if len(remarks) == 1 else several).format(
        count=len(remarks), slides=sum(each.slides for each in remarks)
    )
