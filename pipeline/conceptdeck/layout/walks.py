"""Walks through pictures: after how many clicks each element appears, and which number stands at it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from itertools import pairwise

from conceptdeck.layout.graph.obstacles import enters
from conceptdeck.values.diagram import WalkStep
from conceptdeck.values.text import Text
from conceptdeck.values.units import Box, Length, Point
from conceptdeck.values.value import frozen

__all__ = ["Badge", "Turns", "step_number"]


@frozen(cached=True)
class Turns:
    """The turns in which elements come, those of one slide; `shown` are the ids of all on it.

    The first step of the walk that shows something here comes with the slide, each other one with a click. What no step
    names comes last.
    """

    walk: Sequence[WalkStep]
    shown: Sequence[str]

    @cached_property
    def numbers(self) -> Mapping[str, Text]:
        """Return the number of each step that shows something here, by the first element that it shows."""
        found: dict[str, Text] = {}
        for number, step in enumerate(self.walk, 1):
            first = next((ref.id for ref in step.show if ref.id in self.shown), None)
            if first:
                found[first] = step_number(number, step.key)
        return found

    @cached_property
    def _clicks(self) -> Mapping[str, int]:
        """Return after how many clicks each element comes that a step names."""
        here = [[ref.id for ref in step.show if ref.id in self.shown] for step in self.walk]
        return {id_: click for click, some in enumerate(filter(None, here)) for id_ in some}

    def click(self, ids: Iterable[str]) -> int:
        """Return after how many clicks all of some elements are there."""
        last = len(self.numbers)
        return max(self._clicks.get(id_, last) for id_ in ids)


def step_number(number: int, key: str) -> Text:
    """Return the number of the step called `key` as the text that stands at its first element."""
    return Text(str(number), f"{key}.number")


@frozen
class Badge:
    """How numbers stand at what they belong to: discs `side` wide, `out` of it out of a corner, `clear` of all else."""

    side: Length
    out: Length
    clear: Length

    def place(self, box: Box, ways: Iterable[Sequence[Point]], boxes: Iterable[Box]) -> Box | None:
        """Return where the number of a box stands: on the first of its corners that no way and no other box is near.

        If there is none, it stands on the first such place outside an edge; None if there is none either.
        """
        lines = [line for way in ways for line in pairwise(way)]
        others = [each for each in boxes if each != box]
        for place in self._places(box):
            near = place.inset(-self.clear)
            if not any(near.overlaps(each) for each in others) and not any(enters(*line, near) for line in lines):
                return place
        return None

    def _places(self, box: Box) -> Iterator[Box]:
        """Yield the places on the corners of a box, as it is read, then those above and below, clear of its text."""
        within = self.side - self.out
        left, right = box.x - self.out, box.right - within
        corners = [(x, y) for y in (box.y - self.out, box.bottom - within) for x in (left, right)]
        outside = (box.y - self.side + self.clear, box.bottom - self.clear)
        edges = [(x, y) for y in outside for x in range(left + self.side, right, self.side)]
        yield from (Box(Length(x), Length(y), self.side, self.side) for x, y in (*corners, *edges))
