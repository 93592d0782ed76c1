"""Where each text of a map appears, by key: on which slides, in which diagrams, and how much room it has there."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import fields, is_dataclass
from typing import Any, TypeVar

from conceptdeck.building.rooms import Letters, Room, Space, room_in, spaces_of
from conceptdeck.translation.names import names_in
from conceptdeck.values.frame import Drawing, Frame
from conceptdeck.values.model import Cell, ConceptMap
from conceptdeck.values.text import Link, Ref, Text, keys_of, texts
from conceptdeck.values.value import frozen

__all__ = ["Appearance", "SlideName", "appearances", "translator_notes"]

Place = TypeVar("Place")
LONGEST_TITLE = 40
MOST_NAMED = 3


@frozen
class SlideName:
    """A slide by its number and its title in the map's language."""

    number: int
    title: str


@frozen
class Appearance:
    """Where a text is shown or said, whether the properties of files have it, and what room it has where it stands."""

    slides: tuple[SlideName, ...] = ()
    notes: tuple[SlideName, ...] = ()
    diagrams: tuple[str, ...] = ()
    properties: bool = False
    spaces: tuple[Space, ...] = ()
    sought: bool = True  # whether anybody looked: not in maps with very many texts


def appearances(
    source: ConceptMap, frames: Sequence[Frame], drawings: Sequence[Drawing], properties: Iterable[Text] = ()
) -> dict[str, Appearance]:
    """Return where each text of a map appears in a deck, in its `properties` and in drawings, in the map's order."""
    known = {text.key: text.value for text in texts(source)}
    shown = [(SlideName(frame.number, frame.title), spaces_of(frame.items, known)) for frame in frames]
    drawn = [(each.id, spaces_of(each.items, known)) for each in drawings]
    slides = _by_key(shown)
    diagrams = _by_key(
        (each.id, dict.fromkeys((*each.said, *there))) for each, (_, there) in zip(drawings, drawn, strict=True)
    )
    notes = _by_key((SlideName(frame.number, frame.title), frame.said) for frame in frames)
    told = frozenset(keys_of(*properties))
    return {
        key: Appearance(
            slides=slides.get(key, ()),
            notes=notes.get(key, ()),
            diagrams=diagrams.get(key, ()),
            properties=key in told,
            spaces=tuple(space for _, there in (*shown, *drawn) for space in there.get(key, ())),
        )
        for key in known
    }


def _by_key(places: Iterable[tuple[Place, Iterable[str]]]) -> dict[str, tuple[Place, ...]]:
    """Return the places of each key that stands there."""
    found: dict[str, tuple[Place, ...]] = {}
    for place, keys in places:
        for key in keys:
            found[key] = (*found.get(key, ()), place)
    return found


# --- notes for translators -----------------------------------------------------------------------


def translator_notes(
    source: ConceptMap, found: Mapping[str, Appearance], names: Sequence[str], letters: Letters
) -> dict[str, str]:
    """Return what a translator should know about each text: its role, its places, its room and the names to keep."""
    roles = dict(_roles(source))
    places = {text.key: found.get(text.key, Appearance()) for text in texts(source)}
    return {
        text.key: "\n".join(
            (
                *_note(roles.get(text.key, ""), places[text.key]),
                *_limits(room_in(places[text.key].spaces, letters)),
                *_kept(names_in(text.value, names)),
            )
        )
        for text in texts(source)
    }


def _note(role: str, place: Appearance) -> Iterator[str]:
    if role:
        yield role
    where = [
        *([f"slide {_listed(place.slides)}"] if place.slides else []),
        *([f"speaker notes of slide {_listed(place.notes)}"] if place.notes else []),
        *([f"diagrams: {', '.join(place.diagrams)}"] if place.diagrams else []),
        *(["properties of the file"] if place.properties else []),
    ]
    yield f"Where: {'; '.join(where) or 'on no slide and in no diagram yet'}"


def _limits(room: Room | None) -> Iterator[str]:
    if room:
        lines = f"{room.lines} line{'s' * (room.lines != 1)}"
        word = f"; the longest word: {room.word} letters" if room.word < room.letters else ""
        yield f"Room: about {room.letters} letters on {lines}{word}"


def _kept(names: Sequence[str]) -> Iterator[str]:
    if names:
        yield f"Do not translate: {', '.join(names)}"


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
