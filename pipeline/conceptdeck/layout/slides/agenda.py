"""The agenda: every layer with its ring, number, role and name."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import replace

from conceptdeck.layout.desk import Desk, Row, TextLook, numeral
from conceptdeck.layout.pages import frames_of, paginate
from conceptdeck.layout.slides.rings import small_rings
from conceptdeck.values import deck, model
from conceptdeck.values.frame import Frame, Item
from conceptdeck.values.text import Text
from conceptdeck.values.theme import Layout
from conceptdeck.values.units import Box, Length, Size

__all__ = ["agenda"]

ROLES = ("agenda-number", "label", "agenda-name")
MOST_LINES = (1, 2, 4)


def agenda(slide: deck.Agenda, desk: Desk) -> list[Frame]:
    """Lay out the layers as columns; many of them as a list, so that they do not take many slides."""
    layout = desk.layout("agenda")
    numbered = list(enumerate(slide.layers, start=1))
    listed = len(numbered) >= layout.count("list-from")

    def draft(trial: Desk, some: Sequence[tuple[int, model.Layer]], title: Text) -> list[Item]:
        return (_list if listed else _columns)(trial, layout, some, title, len(numbered))

    limit = layout.count("list-per-slide" if listed else "per-slide")
    pages = paginate(desk, slide.title, numbered, limit, draft)
    return frames_of(slide.key, "agenda", pages, desk.language)


def _columns(
    desk: Desk, layout: Layout, numbered: Sequence[tuple[int, model.Layer]], title: Text, count: int
) -> list[Item]:
    theme = desk.theme
    columns = theme.columns(max(len(numbered), 3))[: len(numbered)]
    side = min(layout.length("rings"), round(columns[0].w * layout.numbers["rings-share"]))
    top = layout.length("top")
    items: list[Item] = [desk.placeholder(layout.placeholders["title"], title)]
    for (number, layer), column in zip(numbered, columns, strict=True):
        items += small_rings(desk, layer.key, count, number, Box(column.x, top, Length(side), Length(side)))
    texts = [(numeral(number, layer.key), layer.role, layer.name) for number, layer in numbered]
    widths = tuple(column.w for column in columns)
    rows = [
        Row(tuple(text[i] for text in texts), role, widths, max_lines=limit)
        for i, (role, limit) in enumerate(zip(ROLES, MOST_LINES, strict=True))
    ]
    y = top + side + layout.length("numeral-gap")
    gap = layout.length("gap")
    settings, heights = desk.stack(rows, theme.column.bottom - y - 2 * gap)
    tops = [y, y + heights[0] + gap, y + heights[0] + heights[1] + 2 * gap]
    for index, ((number, layer), column) in enumerate(zip(numbered, columns, strict=True)):
        accent = f"accent{theme.accent(number, count)}"
        for level, row in enumerate(rows):
            text, setting = row.texts[index], settings[level][index]
            if text and setting:
                box = Box(column.x, Length(tops[level]), column.w, heights[level])
                slot = "" if level == 2 else accent
                label = desk.label(text, ROLES[level], box, setting, look=TextLook(slot=slot), place="agenda")
                items.append(replace(label, link=layer.key, of=layer.key))
    return items


def _list(
    desk: Desk, layout: Layout, numbered: Sequence[tuple[int, model.Layer]], title: Text, count: int
) -> list[Item]:
    """Return number and name of each layer, column by column."""
    columns = desk.theme.columns(layout.count("list-columns"))
    rows = math.ceil(len(numbered) / len(columns))
    height, indent = layout.length("list-row"), layout.length("list-number")
    size = Size(Length(columns[0].w - indent), height)
    settings = desk.fit_together([(layer.name, size) for _, layer in numbered], desk.theme.roles["list"])
    items: list[Item] = [desk.placeholder(layout.placeholders["title"], title)]
    for index, ((number, layer), setting) in enumerate(zip(numbered, settings, strict=True)):
        column, row = divmod(index, rows)
        x, y = columns[column].x, Length(layout.length("top") + row * height)
        text = numeral(number, layer.key)
        beside = Box(x, y, indent, height)
        shown = (
            desk.label(
                text,
                "list-head",
                beside,
                look=TextLook(slot=f"accent{desk.theme.accent(number, count)}", anchor="ctr"),
                place="agenda",
            ),
            desk.label(
                layer.name,
                "list",
                Box(Length(x + indent), y, size.w, height),
                setting,
                look=TextLook(anchor="ctr"),
                place="agenda",
            ),
        )
        items += [replace(label, link=layer.key, of=layer.key) for label in shown]
    return items
