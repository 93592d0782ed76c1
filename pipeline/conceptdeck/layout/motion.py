"""Motion: what appears on a click, and how one slide gives way to the next."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from conceptdeck.values.frame import Frame, Item, Table

__all__ = ["morphing", "still"]

RINGED = ("cover", "section", "statement")  # layouts whose rings carry the same names from slide to slide


def still(frames: Sequence[Frame]) -> tuple[Frame, ...]:
    """Return the frames with everything there from the start."""
    return tuple(replace(frame, items=tuple(_at_once(item) for item in frame.items)) for frame in frames)


def morphing(frames: Sequence[Frame]) -> tuple[Frame, ...]:
    """Return the frames with slides that show the rings morphing into each other."""
    return tuple(replace(frame, transition="morph") if frame.layout in RINGED else frame for frame in frames)


def _at_once(item: Item) -> Item:
    return item if isinstance(item, Table) else replace(item, click=0)
