"""Links of slides: to other slides of the deck, and to addresses."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import assert_never

from conceptdeck.values.frame import Connector, Frame, Item, Picture, Route, Shape, Table
from conceptdeck.values.items import keys_in

__all__ = ["linked"]


def linked(frames: Sequence[Frame], addresses: Mapping[str, str]) -> tuple[Frame, ...]:
    """Return the frames with each link leading to the first slide of what it names, or to that very slide.

    A shape or a picture whose text has an address of its own leads there, unless it leads to a slide.
    """
    first: dict[str, str] = {}
    for frame in frames:
        parts = frame.slide.split(".")
        for end in range(1, len(parts) + 1):
            first.setdefault(".".join(parts[:end]), frame.key)
        first.setdefault(frame.key, frame.key)
    made: dict[int, Item] = {}  # by identity: what slides share stays one item

    def linked(item: Item) -> Item:
        if id(item) not in made:
            made[id(item)] = _with_link(item, first, addresses)
        return made[id(item)]

    return tuple(replace(frame, items=tuple(map(linked, frame.items))) for frame in frames)


def _slide_of(key: str, first: Mapping[str, str]) -> str:
    """Return the slide of an element; of a concept that has none, that of its layer."""
    whole, _, concept = key.rpartition(".concepts.")
    return first.get(key, "") or (first.get(whole, "") if concept else "")


def _with_link(item: Item, first: Mapping[str, str], addresses: Mapping[str, str]) -> Item:
    match item:
        case Shape() | Picture():
            keys = keys_in(item)
            address = addresses.get(keys[0], "") if len(keys) == 1 else ""
            if item.link or address:
                return replace(item, link=_slide_of(item.link, first) or address)
            return item
        case Connector() | Route() | Table():
            return item
        case _:
            assert_never(item)
