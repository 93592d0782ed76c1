"""The signature motif: concentric rings, one a layer, the innermost the goal."""

from __future__ import annotations

from conceptdeck.layout.desk import Desk
from conceptdeck.values.units import Box, Length, inches

__all__ = ["ring_boxes", "window"]


def ring_boxes(desk: Desk, count: int, centre: tuple[Length, Length], radius: Length) -> list[Box]:
    """Return the boxes of `count` rings around `centre`, the outermost first, which has this radius."""
    outer, inner = desk.theme.rings
    scale = radius / inches(outer)
    if count == 1:
        outer = (outer + inner) / 2  # a goal without rings around it is a disc, not the whole slide
    step = (outer - inner) / (count - 1) if count > 1 else 0.0
    boxes = []
    for index in range(count):
        radius = inches((outer - step * index) * scale)
        boxes.append(
            Box(Length(centre[0] - radius), Length(centre[1] - radius), Length(2 * radius), Length(2 * radius))
        )
    return boxes


def window(count: int, active: int, slots: int) -> tuple[int | None, ...]:
    """Return at most `slots` of the positions 1 to `count`: the ends and those around `active`; None is a gap."""
    if count <= slots:
        return tuple(range(1, count + 1))
    run = slots - 2  # at an end, the run takes one gap and the other end beside it
    if active < run:
        return (*range(1, run + 1), None, count)
    if active > count + 1 - run:
        return (1, None, *range(count + 1 - run, count + 1))
    start = active - (slots - 4) // 2
    return (1, None, *range(start, start + slots - 4), None, count)
