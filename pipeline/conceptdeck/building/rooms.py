"""How much room a text has where it stands, in letters of the language that it is translated into."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import field, replace
from typing import assert_never

from conceptdeck.typeset.breaks import is_spaced
from conceptdeck.typeset.fonts import FontBook
from conceptdeck.typeset.widths import SAFETY
from conceptdeck.values.frame import (
    Chart,
    Connector,
    Item,
    Paragraph,
    Picture,
    Route,
    Run,
    Shape,
    Sign,
    Table,
    TextBody,
)
from conceptdeck.values.items import keys_in
from conceptdeck.values.presets import text_area
from conceptdeck.values.theme import Theme
from conceptdeck.values.units import EMU_PER_POINT
from conceptdeck.values.value import frozen, mutable

__all__ = ["NARROW_TEXT", "Letters", "Room", "Space", "most_letters", "room_in", "spaces_of"]

WIDE_WORD = 1.2  # times as wide as usual letters are those of a wide word, which has no spaces
NARROW_TEXT = 0.8  # times as wide are those of a narrow text, such as one with many an i and l
MIXED_TEXT = 0.7  # and those of a text in a script without spaces that has a name in Latin letters
RAGGED = 6  # letters that a line leaves free before the next word, in the middle


@frozen
class Room:
    """How much fits where a text stands: letters in all, lines, and the longest word that needs no hyphen.

    These are at the size that the text has now. No text with more than the `most` letters fits at any size, however
    narrow they are; it is 0 where the place may grow.
    """

    letters: int
    lines: int
    word: int
    most: int = 0


@frozen
class Space:
    """Where a text stands: the width of a line in EMU, the height of its lines in points, and the look of its letters.

    It has a `share` of the letters that are left when `fixed` ones, which are not of the map, have their place; what
    others say in the same box has its own lines. One that `grows` has another line for what needs one.
    """

    width: int
    height: float
    pitch: float
    run: Run
    share: float = 1.0
    fixed: int = 0
    grows: bool = False


@mutable
class Letters:
    """The usual letters of a language in a theme: how wide they are, in ems.

    Its lines may be higher, but boxes hold whole lines of every script.
    """

    language: str
    source: Theme
    book: FontBook
    specimen: str
    widths: dict[tuple[str, bool], float] = field(default_factory=dict)

    def width(self, run: Run) -> float:
        """Return the width of a letter in the look of a run, at its size, in EMU."""
        look = (self._theme.font(major=run.major, mono=run.mono), run.bold)
        if look not in self.widths:
            self.widths[look] = self.book.shape(self.specimen, *look).width / len(self.specimen)
        return self.widths[look] * run.shown_size * EMU_PER_POINT

    def floor(self, run: Run) -> float:
        """Return the least size of letters that look as those of a run do, in points."""
        looks = (role for role in self.source.roles.values() if (role.bold, role.major) == (run.bold, run.major))
        return min((role.sizes[-1] for role in looks if run.size in role.sizes), default=run.size)

    @property
    def _theme(self) -> Theme:
        return self.source.set_in(self.language)


def room_in(spaces: Sequence[Space], letters: Letters) -> Room | None:
    """Return the least room that a text has in the spaces where it stands, None if none is told."""
    found = [_room(space, letters) for space in spaces]
    if not found:
        return None
    least = min(found, key=lambda room: room.letters)
    word = min(room.word for room in found)
    most = 0 if any(space.grows for space in spaces) else min(room.most for room in found)
    return Room(least.letters, least.lines, word if is_spaced(letters.language) else least.letters, most)


def most_letters(spaces: Sequence[Space], alphabets: Iterable[Letters]) -> int:
    """Return the most letters, of one of several languages, that a text may have in its spaces; 0 if nothing says."""
    rooms = [room_in(spaces, letters) for letters in alphabets]
    return max((room.most for room in rooms if room), default=0)


def _room(space: Space, letters: Letters) -> Room:
    a_line = max(1, int(space.width * SAFETY / letters.width(space.run)))
    lines = max(1, int(space.height / space.pitch))
    lost = min(RAGGED, a_line // 3) if is_spaced(letters.language) else 1
    in_all = a_line * lines - lost * (lines - 1)
    granted = max(1, int((in_all - space.fixed) * space.share))
    return Room(granted, lines, max(1, int(a_line / WIDE_WORD)), max(granted, _most(space, letters)))


def _most(space: Space, letters: Letters) -> int:
    """Return how many narrow letters there are in a space at their least size, if no line leaves anything free."""
    smaller = letters.floor(space.run) / space.run.size
    narrow = NARROW_TEXT if is_spaced(letters.language) else MIXED_TEXT
    a_line = space.width / (letters.width(space.run) * smaller * narrow)
    lines = max(1, int(space.height / (space.pitch * smaller)))
    return int((a_line * lines - space.fixed) * space.share)


# --- where texts stand ---------------------------------------------------------------------------


@frozen
class _Place:
    """A body of text and the room that is there for it; one that `grows` has another line for what needs one."""

    body: TextBody
    width: int
    height: int
    grows: bool = False


def spaces_of(items: Iterable[Item], texts: Mapping[str, str]) -> dict[str, list[Space]]:
    """Return the spaces of each of the `texts` by key that items show, none for those that have no limit."""
    found: dict[str, list[Space]] = {}
    for item in items:
        found |= {key: found.get(key, []) for key in _unlimited(item)}
        for place in _places(item):
            for key, space in _spaces(place, texts):
                found.setdefault(key, []).append(space)
    return found


def _unlimited(item: Item) -> Iterable[str]:
    """Return the keys of what an item says, but not in a place that limits it."""
    match item:
        case Chart():
            return (*item.told, *keys_in(item))
        case Picture():
            return item.told
        case Shape():
            return item.keys
        case _:
            return ()


def _places(item: Item) -> Iterator[_Place]:
    """Yield where texts stand in an item, but for a shape that is as wide as its text, whatever that is."""
    match item:
        case Table():
            for row in item.rows:
                for (_, width), cell in zip(item.columns, row.cells, strict=True):
                    yield _place(cell.body, width, row.height, grows=True)
        case Shape():
            if item.text and (item.most or not item.fitted):
                area = text_area(item.preset, item.box)
                place = _place(item.text, area.w, area.h)
                yield replace(place, width=max(place.width, item.most))
        case Connector() | Route() | Picture() | Sign() | Chart():
            pass
        case _:
            assert_never(item)


def _place(body: TextBody, width: int, height: int, *, grows: bool = False) -> _Place:
    """Return the place of a body within its margins."""
    left, top, right, bottom = body.margins
    return _Place(body, width - left - right, height - top - bottom, grows)


def _spaces(place: _Place, texts: Mapping[str, str]) -> Iterator[tuple[str, Space]]:
    """Yield the space of each text: its paragraph has its own lines and as much of what is free as others."""
    shown = [paragraph for paragraph in place.body.paragraphs if paragraph.lines and paragraph.runs]
    free = max(0.0, place.height / EMU_PER_POINT - place.body.height) / max(1, len(shown))
    parts: dict[str, list[Space]] = {}
    for paragraph in shown:
        height = paragraph.leading * len(paragraph.lines) + free
        for key, space in _shared(paragraph, max(place.width, paragraph.extent), height, texts, grows=place.grows):
            if paragraph.keys == (key,) and len(paragraph.text) < len(texts[key]):
                parts.setdefault(key, []).append(space)
            else:
                yield key, space
    yield from ((key, _joined(spaces)) for key, spaces in parts.items())


def _joined(spaces: Sequence[Space]) -> Space:
    """Return the space of a text that goes on over paragraphs of one body: the lines of all of them."""
    least = max(spaces, key=lambda each: each.pitch)
    return replace(least, height=sum(each.height for each in spaces))


def _shared(
    paragraph: Paragraph, width: int, height: float, texts: Mapping[str, str], *, grows: bool
) -> Iterator[tuple[str, Space]]:
    """Yield the space of each text of a paragraph: a line of its own, or its share of what all of them have."""
    run = max(paragraph.runs, key=lambda each: each.size)
    lengths = {key: len(texts[key]) for key in paragraph.keys if key in texts}
    if grows and len(lengths) > 1:
        yield from ((key, Space(width, paragraph.leading, paragraph.leading, run, grows=True)) for key in lengths)
        return
    fixed = max(0, len(paragraph.text) - sum(lengths.values()))
    for key, length in lengths.items():
        share = length / sum(lengths.values())
        yield key, Space(width, height, paragraph.leading, run, share, fixed, grows)
