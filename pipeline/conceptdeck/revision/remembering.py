"""What a deck remembers, read from the JSON that it is written as; what has another form is not trusted."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

from conceptdeck.values.memory import Look, Memory, Origin, Remembered, RememberedSlide, Told

__all__ = ["memory_in"]


def memory_in(said: str) -> Memory | None:
    """Return what a deck remembers, None if it is not what this program writes."""
    try:
        found = json.loads(said)
        origin = Origin(
            _text(found["map"]),
            _text(found["language"]),
            _text(found["theme"]),
            _text(found["story"]),
            _texts(found["digests"]),
            _texts(found["values"]),
            _texts(found["sources"]),
        )
        looks = [_look(*each) for each in found.get("looks", ())]
        slides = tuple(_slide(each, looks) for each in found["slides"])
        return Memory(origin, slides, _texts(found.get("palette", {})))
    except (ValueError, TypeError, KeyError, IndexError, AttributeError, RecursionError):
        return None


def _slide(said: Any, looks: Sequence[Look]) -> RememberedSlide:
    notes = tuple((_text(text), _text(sign)) for text, sign in said["notes"])
    shapes = tuple(_shape(each, looks) for each in said["shapes"])
    return RememberedSlide(int(said["id"]), _text(said["key"]), shapes, notes, _names(said["said"]))


def _shape(said: Any, looks: Sequence[Look]) -> Remembered:
    texts = tuple(tuple(_told(*each, looks=looks) for each in body) for body in said.get("texts", ()))
    holder = said.get("holder")
    x, y, w, h = map(int, said["box"])
    return Remembered(
        _text(said["name"]),
        texts,
        (_text(holder[0]), int(holder[1])) if holder else None,
        (x, y, w, h),
        _text(said.get("alt", "")),
        _names(said.get("told", ())),
        int(said.get("columns", 0)),
        bool(said.get("line")),
    )


def _told(text: Any, keys: Any, found: Any = (), *, looks: Sequence[Look]) -> Told:
    """Return a paragraph; decks of earlier versions do not remember how it looked."""
    said = _text(text)
    pairs = [len(said), found] if isinstance(found, int) else list(found)
    numbers = [*map(int, pairs)]
    stretches = tuple((length, looks[at]) for length, at in zip(numbers[::2], numbers[1::2], strict=True))
    return Told(said, _names(keys), stretches)


def _look(size: Any, bold: Any, italic: Any, colour: Any, face: Any, align: Any) -> Look:
    return Look(bool(bold), bool(italic), int(size), _text(colour), _text(face), _text(align))


def _text(value: Any) -> str:
    if not isinstance(value, str):
        raise TypeError(value)
    return value


def _texts(value: Any) -> dict[str, str]:
    return {_text(key): _text(each) for key, each in value.items()}


def _names(value: Any) -> tuple[str, ...]:
    return tuple(_text(each) for each in value)
