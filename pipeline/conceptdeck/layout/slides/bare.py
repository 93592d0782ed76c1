"""Concepts that have a name and a line at most, as rows that fill the slide, so that they do not take many slides."""

from __future__ import annotations

import math
from collections.abc import Sequence

from conceptdeck.layout.desk import Desk, Row, TextLook
from conceptdeck.layout.pages import on_click
from conceptdeck.layout.toolkit import alike
from conceptdeck.values import model
from conceptdeck.values.frame import Fill, Item
from conceptdeck.values.theme import Layout
from conceptdeck.values.units import Box, Length

__all__ = ["bare_cards", "is_bare"]

ROLES = ("bare-name", "bare-line")
Concepts = Sequence[model.Concept]


def is_bare(concepts: Concepts) -> bool:
    """Tell whether no concept says more than its name and its place."""
    return not any(each.description or each.meaning or each.examples for each in concepts)


def bare_cards(desk: Desk, layout: Layout, concepts: Concepts, accent: str) -> list[Item]:
    """Return the cards of one slide: a few below each other, more in columns, in the middle of the content area."""
    few, columns = layout.count("bare-few"), layout.count("bare-columns")
    across = 1 if len(concepts) <= few else columns - 1 if len(concepts) <= few * (columns - 1) else columns
    lines, gap, area = math.ceil(len(concepts) / across), layout.length("bare-gap"), desk.theme.column
    most = layout.length("bare-h") if len(concepts) > 1 else layout.length("bare-alone")
    height = Length(min(most, (area.h - gap * (lines - 1)) // lines))
    top = area.y + (area.h - lines * (height + gap) + gap) // 2
    places = desk.theme.columns(across, area)
    boxes = [
        Box(places[at % across].x, Length(top + at // across * (height + gap)), places[0].w, height)
        for at in range(len(concepts))
    ]
    return _drawn(desk, layout, concepts, boxes, accent)


def _drawn(desk: Desk, layout: Layout, concepts: Concepts, boxes: Sequence[Box], accent: str) -> list[Item]:
    """Return the cards in their boxes, appearing one after the other: bar, sign, name, and the line below it."""
    bar, pad, gap = layout.length("bare-bar"), layout.length("pad"), layout.length("gap")
    width, room = Length(boxes[0].w - bar - 2 * pad), Length(boxes[0].h - 2 * gap)
    lead = desk.lead((each.key for each in concepts), "head")
    wide, led = (desk.fresh().stack(_rows(concepts, Length(width - less)), room)[0] for less in (0, lead))
    lead = lead if alike(wide, led) else Length(0)
    settings, heights = desk.stack(_rows(concepts, Length(width - lead)), room)
    items: list[Item] = []
    for at, (concept, box) in enumerate(zip(concepts, boxes, strict=True)):
        own: list[Item] = [
            desk.panel(concept.key, "card", box, Fill("card"), desk.hairline()),
            desk.panel(concept.key, "bar", Box(box.x, box.y, bar, box.h), Fill(accent)),
        ]
        x = Length(box.x + bar + pad)
        if lead:
            own += desk.sign(concept.key, Box(x, box.y, desk.theme.sign("head"), box.h), accent)
        used = sum(heights[level] for level in range(len(ROLES)) if settings[level][at])
        y = Length(box.y + (box.h - used) // 2)
        for level, (text, role) in enumerate(zip((concept.name, concept.tagline), ROLES, strict=True)):
            if text and (setting := settings[level][at]):
                place = Box(Length(x + lead), y, Length(width - lead), heights[level])
                own.append(desk.label(text, role, place, setting, look=TextLook(accent if level else "")))
                y = Length(y + heights[level])
        items += on_click(at, own)
    return items


def _rows(concepts: Concepts, width: Length) -> list[Row]:
    """Return the names and the lines below them, each in a width."""
    said = (tuple(each.name for each in concepts), tuple(each.tagline for each in concepts))
    return [Row(texts, role, (width,) * len(concepts)) for texts, role in zip(said, ROLES, strict=True)]
