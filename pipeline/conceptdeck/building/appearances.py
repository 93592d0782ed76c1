"""Where each text of a map appears, by key: on which slides, in which diagrams, and how much room it has there."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import fields, is_dataclass
from typing import Any, TypeVar, assert_never

from conceptdeck.translation.names import names_in
from conceptdeck.values.frame import Connector, Drawing, Frame, Item, Picture, Route, Shape, Sign, Table, TextBody
from conceptdeck.values.model import Cell, ConceptMap
from conceptdeck.values.presets import text_area
from conceptdeck.values.text import Link, Ref, Text, keys_of, texts
from conceptdeck.values.units import Size
from conceptdeck.values.value import frozen

__all__ = ["Appearance", "Room", "SlideName", "appearances", "translator_notes"]

Place = TypeVar("Place")
EMU_A_POINT = 12_700
LONGEST_TITLE = 40
MOST_NAMED = 3


@frozen
class SlideName:
    """A slide by its number and its title in the map's language."""

    number: int
    title: str


@frozen
class Room:
    """How much fits where a text stands: letters of the source language on a line, and lines."""

    letters: int
    lines: int


@frozen
class Appearance:
    """Where a text is shown or said, whether the properties of files have it, and the least room that it has."""

    slides: tuple[SlideName, ...] = ()
    notes: tuple[SlideName, ...] = ()
    diagrams: tuple[str, ...] = ()
    properties: bool = False
    room: Room | None = None


def appearances(
    source: ConceptMap, frames: Sequence[Frame], drawings: Sequence[Drawing], properties: Iterable[Text] = ()
) -> dict[str, Appearance]:
    """Return where each text of a map appears in a deck, in its `properties` and in drawings, in the map's order."""
    fitted = frozenset(system.name.key for system in source.systems)
    shown = [(SlideName(frame.number, frame.title), _shown_on(frame.items, fitted)) for frame in frames]
    drawn = [(each.id, dict.fromkeys(each.said) | _shown_on(each.items, fitted)) for each in drawings]
    slides, diagrams = _by_key(shown), _by_key(drawn)
    notes = _by_key((SlideName(frame.number, frame.title), frame.said) for frame in frames)
    told = frozenset(keys_of(*properties))
    return {
        key: Appearance(
            slides=slides.get(key, ()),
            notes=notes.get(key, ()),
            diagrams=diagrams.get(key, ()),
            properties=key in told,
            room=_least(there.get(key) for _, there in (*shown, *drawn)),
        )
        for key in keys_of(*texts(source))
    }


def _by_key(places: Iterable[tuple[Place, Iterable[str]]]) -> dict[str, tuple[Place, ...]]:
    """Return the places of each key that stands there."""
    found: dict[str, tuple[Place, ...]] = {}
    for place, keys in places:
        for key in keys:
            found[key] = (*found.get(key, ()), place)
    return found


# --- how much room there is ----------------------------------------------------------------------


def _shown_on(items: Iterable[Item], fitted: Collection[str]) -> dict[str, Room | None]:
    """Return the keys of the strings that items show, with the least room of each.

    What shows one of the `fitted` strings is as wide as that string, and so is a shape that is fitted to its text.
    """
    rooms: dict[str, list[Room | None]] = {}
    for item in items:
        for body, size in _bodies(item):
            room = None if isinstance(item, Shape) and item.fitted else _room_in(body, size)
            for key in body.keys:
                rooms.setdefault(key, []).append(None if key in fitted else room)
    return {key: _least(found) for key, found in rooms.items()}


def _least(rooms: Iterable[Room | None]) -> Room | None:
    return min((room for room in rooms if room), key=lambda room: room.letters * room.lines, default=None)


def _bodies(item: Item) -> Iterator[tuple[TextBody, Size]]:
    """Yield the texts in an item, each with the room that is there for it."""
    match item:
        case Table():
            for row in item.rows:
                for (_, width), cell in zip(item.columns, row.cells, strict=True):
                    yield cell.body, Size(width, row.height)
        case Shape():
            if item.text:
                area = text_area(item.preset, item.box)
                yield item.text, Size(area.w, area.h)
        case Connector() | Route() | Picture() | Sign():
            pass
        case _:
            assert_never(item)


def _room_in(body: TextBody, size: Size) -> Room | None:
    """Return how many letters and lines fit: letters are as wide as those that are there."""
    extent = max((paragraph.extent for paragraph in body.paragraphs), default=0)
    letters = max((len(line) for paragraph in body.paragraphs for line in paragraph.lines), default=0)
    leading = max((paragraph.leading for paragraph in body.paragraphs), default=0.0)
    if not extent or not letters or not leading:
        return None
    return Room(max(1, int(letters * size.w / extent)), max(1, int(size.h / EMU_A_POINT / leading)))


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
