"""Concepts that have a name and a line at most, as small cards in rows, so that they do not take many slides."""

from __future__ import annotations

import math
from collections.abc import Sequence

from conceptdeck.layout.desk import Desk, Row, TextLook
from conceptdeck.layout.pages import on_click
from conceptdeck.values import model
from conceptdeck.values.frame import Fill, Item
from conceptdeck.values.theme import Layout
from conceptdeck.values.units import Box, Length

__all__ = ["bare_cards", "is_bare"]

ROLES = ("card-name", "card-tagline")
Concepts = Sequence[model.Concept]


def is_bare(concepts: Concepts) -> bool:
    """Tell whether no concept says more than its name and its place."""
    return not any(each.description or each.meaning or each.examples for each in concepts)


def bare_cards(desk: Desk, layout: Layout, concepts: Concepts, accent: str) -> list[Item]:
    """Return the cards of one slide, in rows of about the same number, each row as high as the others."""
    lines = math.ceil(len(concepts) / layout.count("per-slide"))
    across = math.ceil(len(concepts) / lines)
    columns, area = desk.theme.columns(across), desk.theme.column
    rows = [concepts[at : at + across] for at in range(0, len(concepts), across)]
    pad, gap, between = layout.length("pad"), layout.length("gap"), layout.length("row-gap")
    around = layout.length("bar") + layout.length("top") + gap // 2 + pad
    width = Length(columns[0].w - 2 * pad)
    texts = [
        Row(tuple(getattr(each, name) for each in row), role, (width,) * len(row), max_lines=1)
        for row in rows
        for name, role in zip(("name", "tagline"), ROLES, strict=True)
    ]
    room = area.h - between * (lines - 1) - around * lines
    settings, heights = desk.stack(texts, room)
    needed = [heights[at] + heights[at + 1] + around for at in range(0, len(texts), 2)]
    spare = min(max(0, (room + around * lines - sum(needed)) // lines), layout.length("most-air"))
    items: list[Item] = []
    top = area.y
    for at, row in enumerate(rows):
        height = Length(needed[at] + spare)
        for column, each in enumerate(row):
            box = Box(columns[column].x, top, columns[column].w, height)
            bar = Box(box.x, box.y, box.w, layout.length("bar"))
            own: list[Item] = [
                desk.panel(each.key, "card", box, Fill("card"), desk.hairline()),
                desk.panel(each.key, "bar", bar, Fill(accent)),
            ]
            y = Length(top + layout.length("bar") + layout.length("top"))
            for level in range(len(ROLES)):
                text, setting = texts[2 * at + level].texts[column], settings[2 * at + level][column]
                if text and setting:
                    place = Box(Length(box.x + pad), y, width, heights[2 * at + level])
                    look = TextLook(accent if level else "")
                    own.append(desk.label(text, ROLES[level], place, setting, look=look))
                y = Length(y + heights[2 * at] + gap // 2)
            items += on_click(at * across + column, own)
        top = Length(top + height + between)
    return items
