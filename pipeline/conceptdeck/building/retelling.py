"""The order of a deck's slides on its way home: as the story that it was built with, which names them one by one."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from conceptdeck.building.edition import Edition
from conceptdeck.building.revising import Revised
from conceptdeck.building.taking import TakenSlides
from conceptdeck.reading import source
from conceptdeck.reading.additions import Addition, with_entries, with_list
from conceptdeck.reading.stories import read_stories
from conceptdeck.revision.comparison import Change
from conceptdeck.revision.identity import paired_slides
from conceptdeck.values.deck import Deck
from conceptdeck.values.diagnostics import has_errors
from conceptdeck.values.story import Density, Story
from conceptdeck.values.value import frozen
from conceptdeck.workspace import disk
from conceptdeck.workspace.house import STORIES_FILE

__all__ = ["TakenOrder", "take_order"]

KINDS = MOVED, DELETED = "slide moved", "slide deleted"
START = """\
# Stories of this map: which slides are told, in which order, and for how many minutes.
"""
APART = "a text goes on over several slides, which stand apart in the deck"
BRACKETED = "the story stands in brackets: write it in lines, and pull again"
OTHERWISE = "a story that names these slides would tell them in another order"


@frozen
class TakenOrder:
    """A file of stories with the order of a deck: as it was, as it is to be, what was done, and what is left.

    `text` is None if the story has that order already, or cannot have it.
    """

    path: Path
    was: bytes | None = None
    text: str | None = None
    done: tuple[Change, ...] = ()
    left: tuple[Change, ...] = ()
    story: str = ""


def take_order(found: Revised, own: Edition, map_file: Path, slides: TakenSlides) -> TakenOrder | None:
    """Return the stories of a map with the order of a deck's slides; None if nothing was moved, deleted or added."""
    changes = tuple(each for each in found.changes if each.kind in KINDS)
    if not changes and not (slides.ids or slides.there):
        return None
    path, name = map_file.parent / STORIES_FILE, found.memory.origin.story
    was = disk.read_bytes(path) if disk.is_file(path) else None
    order = _order(found, slides)
    if order is None:
        left = tuple(replace(each, why=APART) for each in changes)
        return TakenOrder(path, was, left=left)
    story, deck = _told(found, own, map_file, slides)
    if [slide.key for slide in deck.slides] == order:
        return TakenOrder(path, was, done=changes)
    minutes = {slide.key: slide.minutes for slide in deck.slides}
    beats = [{key: f"{minutes.get(key, 1):g}"} for key in order]
    text = _written("" if was is None else was.decode(), name, story, beats)
    why = BRACKETED if text is None else "" if _tells(text, name, order, own, slides) else OTHERWISE
    if text is None or why:
        return TakenOrder(path, was, left=tuple(replace(each, why=why) for each in changes))
    return TakenOrder(path, was, text, changes, story=name)


def _order(found: Revised, slides: TakenSlides) -> list[str] | None:
    """Return the keys of the slides in the order of the deck; None if one that goes on is not in one piece."""
    pairs = paired_slides(found.memory.slides, found.saved.slides)
    names = dict(slides.names or {})
    for number, built in enumerate(pairs.built, start=1):
        if built is not None:
            names[number] = found.memory.slides[built].key.partition("#")[0]
    order: list[str] = []
    for _, name in sorted(names.items()):
        if not order or order[-1] != name:
            order.append(name)
    return order if len(order) == len({*order}) else None


def _told(found: Revised, own: Edition, map_file: Path, slides: TakenSlides) -> tuple[Story, Deck]:
    """Return the story that a deck was built with, and what it tells of the map as it is now."""
    from conceptdeck.building.deck import story_named
    from conceptdeck.story.storyboard import story_deck

    story, _ = story_named(found.memory.origin.story, map_file)
    return story, story_deck(slides.map or own.map, story, None, own.words)[0]


def _written(text: str, name: str, story: Story, beats: Sequence[Mapping[str, str]]) -> str | None:
    """Return a file of stories in which one has slides in an order; a new one is added."""
    if not text.strip():
        text = START
    root, _ = source.parse(text, "")
    if isinstance(root, source.Mapping) and any(key.value == name for key, _ in root.entries):
        return with_list(text, (name, "slides"), list(beats))
    additions = [Addition("density", "talk" if story.density is Density.TALK else "read")]
    additions += [Addition("minutes", f"{story.minutes:g}")] if story.minutes else []
    return with_entries(text, name, [*additions, Addition("slides", list(beats))])


def _tells(text: str, name: str, order: Sequence[str], own: Edition, slides: TakenSlides) -> bool:
    """Tell whether a file of stories has a story that tells slides in an order."""
    from conceptdeck.story.storyboard import story_deck

    return any(
        [slide.key for slide in story_deck(slides.map or own.map, each, None, own.words)[0].slides] == order
        for each in _stories(text)
        if each.id == name
    )


def _stories(text: str) -> Iterator[Story]:
    root, problems = source.parse(text, "")
    if root is not None and not has_errors(problems):
        yield from read_stories(root)[0]
