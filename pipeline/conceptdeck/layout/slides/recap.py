"""The recap of a layer: its concepts side by side, each with its sign, its name and what to keep in mind."""

from __future__ import annotations

import math
from collections.abc import Sequence

from conceptdeck.layout.desk import Desk, Row
from conceptdeck.layout.pages import chunks, frames_of, on_click
from conceptdeck.layout.slides.rings import rail
from conceptdeck.values import deck, model
from conceptdeck.values.frame import Fill, Frame, Item
from conceptdeck.values.units import Box, Length

__all__ = ["recap"]

ROLES = ("recap-name", "recap-text")


def recap(slide: deck.Cards, desk: Desk) -> list[Frame]:
    """Lay out the concepts of a layer in a row, or in two if they are many; nothing if one slide does not hold them."""
    layout, concepts = desk.layout("recap"), slide.layer.concepts
    if len(concepts) > layout.count("per-slide"):
        return []
    trial = desk.fresh()
    items: list[Item] = [trial.placeholder(layout.placeholders["title"], slide.title)]
    items += trial.once(("rail", slide.position), lambda: rail(trial, slide.layers, slide.position))
    accent = trial.theme.accent(slide.position, len(slide.layers))
    rows = chunks(concepts, math.ceil(len(concepts) / layout.count("across")))
    gap, area = layout.length("row-gap"), trial.theme.column
    height = Length((area.h - gap * (len(rows) - 1)) // len(rows))
    shown: list[list[Item]] = []
    for at, some in enumerate(rows):
        box = Box(area.x, Length(area.y + at * (height + gap)), area.w, height)
        shown += _row(trial, some, box, f"accent{accent}")
    for click, own in enumerate(shown):
        items += on_click(click, own)
    if trial.problems:
        return []
    desk.take(trial)
    return frames_of(slide.key, "recap", [items], desk.language, accent)


def _row(desk: Desk, concepts: Sequence[model.Concept], area: Box, accent: str) -> list[list[Item]]:
    """Return what shows each concept, side by side under bars; signs, names and texts start at the same heights."""
    layout, side = desk.layout("recap"), desk.theme.sign("panel")
    bar, gap, pad = layout.length("bar"), layout.length("gap"), layout.length("pad")
    boxes = desk.theme.columns(len(concepts), area)
    widths = tuple(Length(box.w - pad) for box in boxes)
    signed = any(desk.sign(concept.key, area, accent) for concept in concepts)
    head = bar + gap + (side + gap if signed else 0)
    said = (tuple(c.name for c in concepts), tuple(c.meaning or c.tagline for c in concepts))
    rows = [Row(texts, role, widths) for texts, role in zip(said, ROLES, strict=True)]
    settings, heights = desk.stack(rows, area.h - head - gap)
    top = Length(area.y + max(0, (area.h - head - sum(heights) - gap) // 3))
    shown: list[list[Item]] = []
    for at, (concept, box, width) in enumerate(zip(concepts, boxes, widths, strict=True)):
        own: list[Item] = [desk.panel(concept.key, "bar", Box(box.x, top, box.w, bar), Fill(accent))]
        own += desk.sign(concept.key, Box(box.x, Length(top + bar + gap), side, side), accent)
        y = Length(top + head)
        for texts, found, role, height in zip(said, settings, ROLES, heights, strict=True):
            text, setting = texts[at], found[at]
            if text and setting:
                own.append(desk.label(text, role, Box(box.x, y, width, height), setting))
            y = Length(y + height + gap)
        shown.append(own)
    return shown
