"""Where things stand in a drawing that its readers will arrange anew: in columns, frames beside each other."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from conceptdeck.values.outline import Node, Outline
from conceptdeck.values.value import frozen

__all__ = ["Place", "placed"]

WIDTH, HEIGHT, GAP, HEAD = 200, 80, 40, 40  # pixels of a card, between two, and of the head of a frame
COLUMNS = 6


@frozen
class Place:
    """The upper left corner of something and its size, in pixels."""

    x: int
    y: int
    width: int
    height: int


def placed(outline: Outline, concepts: Sequence[Node]) -> Mapping[str, Place]:
    """Return the places of frames and of the concepts in them; what is in none stands in a row of columns below."""
    frames = [each for each in outline.nodes if each.frame]
    below: dict[str, list[Node]] = {}
    for each in (*frames, *concepts):
        below.setdefault(each.parent, []).append(each)
    found: dict[str, Place] = {}
    x = 0
    bottom = 0
    for each in below.get("", ()):
        if each.frame:
            place = _frame(each, x, 0, below, found)
            x += place.width + GAP
            bottom = max(bottom, place.height + GAP)
    for number, each in enumerate(each for each in below.get("", ()) if not each.frame):
        row, column = divmod(number, COLUMNS)
        found[each.id] = Place(column * (WIDTH + GAP), bottom + row * (HEIGHT + GAP), WIDTH, HEIGHT)
    return found


def _frame(frame: Node, x: int, y: int, below: Mapping[str, Sequence[Node]], found: dict[str, Place]) -> Place:
    """Place what stands in a frame in one column; return the place of the frame."""
    at, width = y + HEAD, WIDTH
    for each in below.get(frame.id, ()):
        if each.frame:
            inner = _frame(each, x + GAP, at, below, found)
            width = max(width, inner.width)
        else:
            inner = found[each.id] = Place(x + GAP, at, WIDTH, HEIGHT)
        at += inner.height + GAP
    found[frame.id] = Place(x, y, width + 2 * GAP, max(at - y, HEAD + GAP))
    return found[frame.id]
