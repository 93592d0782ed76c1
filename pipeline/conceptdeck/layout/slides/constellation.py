"""The map as a constellation: orbits, a disc with its sign for each concept on them, the goal within."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence

from conceptdeck.layout.desk import Desk
from conceptdeck.layout.slides.rings import ring_boxes, window
from conceptdeck.values import deck, model
from conceptdeck.values.frame import Fill, Item, Shape, Stroke
from conceptdeck.values.units import Box, Length

__all__ = ["constellation"]


def constellation(slide: deck.Cover, desk: Desk) -> Iterator[Item]:
    """Yield the orbits, the outermost first, then the concepts of each on the part of it that is seen.

    Of many orbits and concepts only some are shown: the closer they are, the less they look like a constellation.
    """
    layout, orbits = desk.layout("cover"), slide.orbits
    if not orbits:
        return
    shown = window(len(orbits), len(orbits), layout.count("rings-most"))
    centre, radius = _orbit(desk)
    boxes = ring_boxes(desk, len(shown), centre, radius)
    for at, (position, box) in enumerate(zip(shown, boxes, strict=True), start=1):
        slot = f"accent{desk.theme.accent(position or at, len(orbits))}"
        goal = at == len(boxes)
        fill, stroke = (Fill(slot), None) if goal else (None, Stroke(slot, desk.theme.stroke("ring")))
        yield Shape(f"!!ring{at}", "ellipse", box, fill, stroke, decorative=True)
        if goal and slide.focus:
            side = Length(round(box.w * layout.numbers["goal-share"]))
            yield from desk.sign(slide.focus.key, box.square(side), "card", "cover")
    for at, (position, box) in enumerate(zip(shown, boxes, strict=True)):
        if position and at < len(boxes) - 1:
            yield from _discs(desk, orbits[position - 1], box, f"accent{desk.theme.accent(position, len(orbits))}", at)


def _orbit(desk: Desk) -> tuple[tuple[Length, Length], Length]:
    """Return the centre and the radius of the outermost orbit, half of which faces the words of the cover.

    They stand beside it, or above it on slides that are taller than wide.
    """
    layout = desk.layout("cover")
    box, disc = layout.boxes["orbits"], layout.length("disc")
    if _faces_up(desk):
        return (box.centre.x, box.bottom), Length(min(box.h, box.w // 2) - disc // 2)
    return (box.right, box.centre.y), Length(box.w - disc // 2)


def _faces_up(desk: Desk) -> bool:
    return desk.theme.size.h >= desk.theme.size.w


def _discs(desk: Desk, concepts: Sequence[model.Concept], orbit: Box, slot: str, turn: int) -> Iterator[Item]:
    """Yield a disc for each of the first concepts of an orbit, spread over it; neighbours are turned apart."""
    layout = desk.layout("cover")
    side, margin = layout.length("disc"), layout.length("disc-margin")
    radius = orbit.w / 2
    centre, size, facing = orbit.centre, desk.theme.size, 90 if _faces_up(desk) else 180
    across = min(centre.x, size.w - centre.x) if _faces_up(desk) else min(centre.y, size.h - centre.y)
    rise = across - margin
    span = min(layout.numbers["disc-span"], math.degrees(math.asin(min(1.0, rise / radius))))
    shift = layout.numbers["disc-shift"] * (1 if turn % 2 else -1)
    some = concepts[: layout.count("discs-most")]
    for at, concept in enumerate(some):
        share = (2 * at + 1) / len(some) - 1 if len(some) > 1 else 0.0
        angle = math.radians(facing - span * share * (1 - abs(shift) / 90) - shift)
        x = orbit.centre.x + radius * math.cos(angle)
        y = orbit.centre.y - radius * math.sin(angle)
        box = Box(Length(round(x)), Length(round(y)), Length(0), Length(0)).square(side)
        yield Shape(f"{concept.key}.disc", "ellipse", box, Fill(slot), decorative=True, of=concept.key)
        inner = box.square(Length(round(side * layout.numbers["sign-share"])))
        yield from desk.sign(concept.key, inner, "card", "cover")
