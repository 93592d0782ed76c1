"""The recap of a layer: its concepts side by side, each with its sign, its name and what to keep in mind."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import replace

from conceptdeck.layout.desk import Desk, Row
from conceptdeck.layout.pages import chunks, frames_of, on_click, page_title
from conceptdeck.layout.slides.miniature import tracker
from conceptdeck.values import deck, model
from conceptdeck.values.frame import Fill, Frame, Item
from conceptdeck.values.text import Text
from conceptdeck.values.units import Box, Length

__all__ = ["recap"]

ROLES = ("recap-name", "recap-text")


def recap(slide: deck.Cards, desk: Desk) -> list[Frame]:
    """Lay out the concepts of a layer in rows, many on several slides; nothing if these do not hold them."""
    layout, concepts = desk.layout("recap"), slide.layer.concepts
    parts = math.ceil(len(concepts) / layout.count("per-slide"))
    trial = desk.fresh()
    pages = [
        _page(trial, slide, some, page_title(slide.title, part, parts, desk.words))
        for part, some in enumerate(chunks(concepts, parts), start=1)
    ]
    if trial.problems:
        return []
    desk.take(trial)
    accent = desk.theme.accent(slide.position, len(slide.layers))
    return frames_of(slide.key, "recap", pages, desk.language, accent)


def _page(desk: Desk, slide: deck.Cards, concepts: Sequence[model.Concept], title: Text) -> list[Item]:
    """Return one slide: its concepts in one row or in two, appearing one after the other."""
    layout, area = desk.layout("recap"), desk.theme.column
    items: list[Item] = [desk.placeholder(layout.placeholders["title"], title)]
    items += tracker(desk, slide)
    accent = f"accent{desk.theme.accent(slide.position, len(slide.layers))}"
    rows = chunks(concepts, math.ceil(len(concepts) / layout.count("across")))
    gap = layout.length("row-gap")
    height = Length((area.h - gap * (len(rows) - 1)) // len(rows))
    shown: list[list[Item]] = []
    for at, some in enumerate(rows):
        shown += _row(desk, some, Box(area.x, Length(area.y + at * (height + gap)), area.w, height), accent)
    for click, own in enumerate(shown):
        items += on_click(click, own)
    return items


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
                label = desk.label(text, role, Box(box.x, y, width, height), setting)
                own.append(replace(label, link=concept.key) if text == concept.name else label)
            y = Length(y + height + gap)
        shown.append(own)
    return shown
