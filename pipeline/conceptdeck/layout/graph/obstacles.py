"""Boxes that lines keep clear of, kept in bands so that a line is compared only with those that are near it."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Collection, Iterator, Mapping, Sequence
from itertools import pairwise

from conceptdeck.values.units import Box, Length, Point
from conceptdeck.values.value import frozen

__all__ = ["Obstacles", "enters"]


@frozen
class _Band:
    """Boxes that stand beside each other, from left to right, with their names; `widest` is that of them."""

    top: int
    bottom: int
    lefts: Sequence[int]
    boxes: Sequence[tuple[str, Box]]
    widest: int

    def between(self, left: int, right: int) -> Sequence[tuple[str, Box]]:
        """Return the boxes that may reach into what lies between two places."""
        return self.boxes[bisect_left(self.lefts, left - self.widest) : bisect_left(self.lefts, right)]


class Obstacles:
    """Boxes by name that lines keep clear of."""

    def __init__(self, boxes: Mapping[str, Box], clear: int) -> None:
        """Know the boxes, each with `clear` kept free around it."""
        self.bands = [*_bands([(name, box.inset(-clear)) for name, box in boxes.items()])]
        self.bottoms = [band.bottom for band in self.bands]

    def are_near(self, one: Point, other: Point, besides: Collection[str]) -> bool:
        """Tell whether a box other than those `besides` may reach into the rectangle between two places."""
        return any(name not in besides for name, _ in self._near(one, other))

    def meet(self, path: Sequence[Point], besides: Collection[str]) -> bool:
        """Tell whether a line through places enters a box other than those `besides`."""
        return any(
            name not in besides and enters(one, other, box)
            for one, other in pairwise(path)
            for name, box in self._near(one, other)
        )

    def _near(self, one: Point, other: Point) -> Iterator[tuple[str, Box]]:
        """Yield the boxes that may reach into the rectangle between two places."""
        left, right = (one.x, other.x) if one.x <= other.x else (other.x, one.x)
        top, bottom = (one.y, other.y) if one.y <= other.y else (other.y, one.y)
        for at in range(bisect_left(self.bottoms, top), len(self.bands)):
            if self.bands[at].top > bottom:
                return
            yield from self.bands[at].between(left, right + 1)


def _bands(boxes: Sequence[tuple[str, Box]]) -> Iterator[_Band]:
    """Yield the boxes in bands from top to bottom: those whose heights share some room are in one."""
    held: list[tuple[str, Box]] = []
    bottom = Length(0)
    for name, box in sorted(boxes, key=lambda each: each[1].y):
        if held and box.y > bottom:
            yield _band(held)
            held = []
        bottom = max(bottom, box.bottom) if held else box.bottom
        held.append((name, box))
    if held:
        yield _band(held)


def _band(boxes: Sequence[tuple[str, Box]]) -> _Band:
    ordered = sorted(boxes, key=lambda each: each[1].x)
    return _Band(
        top=min(box.y for _, box in ordered),
        bottom=max(box.bottom for _, box in ordered),
        lefts=[box.x for _, box in ordered],
        boxes=ordered,
        widest=max(box.w for _, box in ordered),
    )


def enters(one: Point, other: Point, box: Box) -> bool:
    """Tell whether the straight line between two points enters a box (Liang and Barsky's clipping)."""
    first, last = 0.0, 1.0
    for start, step, low, high in _sides(one, other, box):
        if not step:
            if not low < start < high:
                return False
            continue
        near, far = sorted(((low - start) / step, (high - start) / step))
        first, last = max(first, near), min(last, far)
    return first < last


def _sides(one: Point, other: Point, box: Box) -> Iterator[tuple[int, int, int, int]]:
    yield one.x, other.x - one.x, box.x, box.right
    yield one.y, other.y - one.y, box.y, box.bottom
