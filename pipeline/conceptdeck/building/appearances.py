"""Where each text of a map appears, by key: on which slides, in which diagrams, and how much room it has there."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, fields, is_dataclass, replace
from typing import Any, assert_never

from conceptdeck.story.portfolio import map_portfolio
from conceptdeck.story.storyboard import SELECTORS, story_deck
from conceptdeck.translation.names import names_in
from conceptdeck.values.deck import Deck
from conceptdeck.values.frame import Connector, Drawing, Frame, Item, Route, Shape, Table, TextBody
from conceptdeck.values.frame import Picture as Photo
from conceptdeck.values.model import Cell, ConceptMap, Link, Ref, Text, texts, with_texts
from conceptdeck.values.picture import Picture
from conceptdeck.values.presets import text_area
from conceptdeck.values.story import Beat, Density, Story

__all__ = ["Appearance", "Room", "SlideName", "appearances", "translator_notes"]

MARK = re.compile("\ue000([0-9]+)\ue001")  # no text of a map holds private characters on both sides of a number
PARTS = re.compile(r"[/+>]")
EVERYTHING = Story("full", Density.READ, (tuple(Beat(selector, 1.0) for selector in SELECTORS),))
FITTED = "systems."  # what shows a system's name is as wide as the name
EMU_A_POINT = 12_700
LONGEST_TITLE = 40
MOST_NAMED = 3


@dataclass(frozen=True, slots=True)
class SlideName:
    """A slide by its number and its title in the map's language."""

    number: int
    title: str


@dataclass(frozen=True, slots=True)
class Room:
    """How much fits where a text stands: letters of the source language on a line, and lines."""

    letters: int
    lines: int


@dataclass(frozen=True, slots=True)
class Appearance:
    """Where a text is shown or said, whether the properties of files have it, and the least room that it has."""

    slides: tuple[SlideName, ...] = ()
    notes: tuple[SlideName, ...] = ()
    diagrams: tuple[str, ...] = ()
    properties: bool = False
    room: Room | None = None


def appearances(source: ConceptMap, frames: Sequence[Frame], drawings: Sequence[Drawing]) -> dict[str, Appearance]:
    """Return where each text of a map appears in the deck of all slides and in the diagrams, in the map's order."""
    keys = [text.key for text in texts(source)]
    known = frozenset(keys)
    marked = _Marked(source)
    shown = [(SlideName(frame.number, frame.title), _shown_on(frame.items, source, known)) for frame in frames]
    said = {slide.key: marked.said_on(slide.notes, slide.details) for slide in marked.deck.slides}
    spoken = [
        (SlideName(frame.number, frame.title), said.get(frame.key.partition("#")[0], frozenset())) for frame in frames
    ]
    drawn = [(each.id, _shown_on(each.items, source, known)) for each in drawings]
    told = {picture.id: marked.told_in(picture) for picture in marked.pictures}
    properties = marked.in_properties()
    return {
        key: Appearance(
            slides=tuple(name for name, there in shown if key in there),
            notes=tuple(name for name, there in spoken if key in there),
            diagrams=tuple(id_ for id_, there in drawn if key in there or key in told.get(id_, ())),
            properties=key in properties,
            room=_least(there.get(key) for _, there in (*shown, *drawn)),
        )
        for key in keys
    }


def _least(rooms: Iterable[Room | None]) -> Room | None:
    return min((room for room in rooms if room), key=lambda room: room.letters * room.lines, default=None)


class _Marked:
    """The deck and the pictures of a map whose texts are marks, to see which text goes into which sentence."""

    def __init__(self, source: ConceptMap) -> None:
        self.keys = [text.key for text in texts(source)]
        numbers = {key: number for number, key in enumerate(self.keys)}
        marked: ConceptMap = with_texts(source, lambda text: replace(text, value=f"\ue000{numbers[text.key]}\ue001"))
        self.deck: Deck = story_deck(marked, EVERYTHING)[0]
        self.pictures: tuple[Picture, ...] = map_portfolio(marked)[0].pictures

    def said_on(self, notes: Text | None, details: Sequence[Text]) -> frozenset[str]:
        """Return the keys of what a speaker says on a slide."""
        return self._keys_in(text.value for text in (*([notes] if notes else []), *details))

    def in_properties(self) -> frozenset[str]:
        """Return the keys of what the deck says about itself."""
        return self._keys_in((self.deck.title.value, self.deck.subject, *self.deck.keywords))

    def told_in(self, picture: Picture) -> frozenset[str]:
        """Return the keys of what a picture says in its title, its caption and its description."""
        caption = picture.caption.value if picture.caption else ""
        return self._keys_in((picture.title.value, picture.description, caption))

    def _keys_in(self, values: Iterable[str]) -> frozenset[str]:
        return frozenset(self.keys[int(number)] for value in values for number in MARK.findall(value))


# --- what shapes show ----------------------------------------------------------------------------


def _shown_on(items: Iterable[Item], source: ConceptMap, known: frozenset[str]) -> dict[str, Room | None]:
    """Return the keys of the texts that shapes and tables show, with the least room of each."""
    rooms: dict[str, list[Room | None]] = {}
    for item in items:
        match item:
            case Table():
                for key, room in _in_table(item, source):
                    rooms.setdefault(key, []).append(room)
            case Shape():
                for key in PARTS.split(item.name.partition("@")[0]):
                    rooms.setdefault(key, []).append(_room(item.text, item))
            case Connector() | Route() | Photo():
                pass
            case _:
                assert_never(item)
    return {key: _least(found) for key, found in rooms.items() if key in known}


def _room(body: TextBody | None, shape: Shape) -> Room | None:
    if body is None or shape.name.startswith(FITTED):
        return None
    area = text_area(shape.preset, shape.box)
    return _room_in(body, area.w, area.h)


def _room_in(body: TextBody, width: int, height: int) -> Room | None:
    """Return how many letters and lines fit: letters are as wide as those that are there."""
    extent = max((paragraph.extent for paragraph in body.paragraphs), default=0)
    letters = max((len(line) for paragraph in body.paragraphs for line in paragraph.lines), default=0)
    leading = max((paragraph.leading for paragraph in body.paragraphs), default=0.0)
    if not extent or not letters or not leading:
        return None
    return Room(max(1, int(letters * width / extent)), max(1, int(height / EMU_A_POINT / leading)))


def _in_table(table: Table, source: ConceptMap) -> Iterator[tuple[str, Room | None]]:
    """Yield the keys of a table's headings and cells; a cell may hold the names of systems."""
    names = {system.id: system.name.key for system in source.systems}
    cells = {f"{row.key}.{id_}": cell for each in source.tables for row in each.rows for id_, cell in row.cells}
    for row in table.rows:
        for (column, width), shown in zip(table.columns, row.cells, strict=True):
            cell = cells.get(f"{row.key}.{column.rpartition('.')[2]}")
            room = _room_in(shown.body, width, row.height)
            if cell is None:
                yield column, room
            elif cell.text:
                yield cell.text.key, room
            yield from ((names[ref.id], None) for ref in (cell.systems if cell else ()))


# --- notes for translators -----------------------------------------------------------------------


def translator_notes(source: ConceptMap, found: Mapping[str, Appearance], names: Sequence[str]) -> dict[str, str]:
    """Return what a translator should know about each text: its role, its places, its room and the names to keep."""
    roles = dict(_roles(source))
    return {
        text.key: "\n".join(_note(text, roles.get(text.key, ""), found.get(text.key, Appearance()), names))
        for text in texts(source)
    }


def _note(text: Text, role: str, place: Appearance, names: Sequence[str]) -> Iterator[str]:
    if role:
        yield role
    where = [
        *([f"slide {_listed(place.slides)}"] if place.slides else []),
        *([f"speaker notes of slide {_listed(place.notes)}"] if place.notes else []),
        *([f"diagrams: {', '.join(place.diagrams)}"] if place.diagrams else []),
        *(["properties of the file"] if place.properties else []),
    ]
    yield f"Where: {'; '.join(where) or 'on no slide and in no diagram yet'}"
    if place.room:
        lines = f"{place.room.lines} line{'s' * (place.room.lines != 1)}"
        yield f"Room: {lines} of about {place.room.letters} letters"
    if kept := names_in(text.value, names):
        yield f"Do not translate: {', '.join(kept)}"


def _listed(slides: Sequence[SlideName]) -> str:
    named = ", ".join(f"{each.number} “{_short(each.title)}”" for each in slides[:MOST_NAMED])
    rest = len(slides) - MOST_NAMED
    return f"{named} and {rest} more" if rest > 0 else named


def _short(title: str) -> str:
    return title if len(title) <= LONGEST_TITLE else f"{title[: LONGEST_TITLE - 1].rstrip()}…"


def _roles(value: Any, role: str = "") -> Iterator[tuple[str, str]]:
    """Yield each key with what the model says about the field that holds its text."""
    if isinstance(value, Text):
        yield value.key, role
    elif isinstance(value, Cell):
        yield from _roles(value.text, "A cell of the table.")
    elif isinstance(value, tuple):
        for item in value:
            yield from _roles(item, role)
    elif is_dataclass(value) and not isinstance(value, (Ref, Link, type)):
        for each in fields(value):
            yield from _roles(getattr(value, each.name), each.metadata.get("doc", ""))
