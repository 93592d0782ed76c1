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
    """Lay out the layers as columns, more of them as rows, and many as a list, so that they take few slides."""
    layout = desk.layout("agenda")
    numbered = list(enumerate(slide.layers, start=1))
    ways = [(_columns, "per-slide"), (_rows, "rows-per-slide"), (_list, "list-per-slide")]
    way, most = ways[sum(len(numbered) >= layout.count(least) for least in ("rows-from", "list-from"))]

    def draft(trial: Desk, some: Sequence[tuple[int, model.Layer]], title: Text) -> list[Item]:
        return way(trial, layout, some, title, len(numbered))

    limit = layout.count(most)
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
        items += desk.sign_after(layer.key, Box(column.x, Length(tops[0]), Length(side), heights[0]), "head", accent)
        for level, row in enumerate(rows):
            text, setting = row.texts[index], settings[level][index]
            if text and setting:
                box = Box(column.x, Length(tops[level]), column.w, heights[level])
                slot = "" if level == 2 else accent
                label = desk.label(text, ROLES[level], box, setting, look=TextLook(slot=slot), place="agenda")
                items.append(replace(label, link=layer.key, of=layer.key))
    return items


def _rows(
    desk: Desk, layout: Layout, numbered: Sequence[tuple[int, model.Layer]], title: Text, count: int
) -> list[Item]:
    """Return ring, number, role and name of each layer side by side, column by column."""
    columns = desk.theme.columns(layout.count("rows-columns"))
    rows = math.ceil(len(numbered) / len(columns))
    gap, top = layout.length("rows-gap"), layout.length("top")
    height = Length(min((desk.theme.column.bottom - top - gap * (rows - 1)) // rows, layout.length("rows-most")))
    number_x, width = height + gap, Length(columns[0].w - height - gap - layout.length("rows-number"))
    roles = [layer.role for _, layer in numbered]
    head = desk.fit_together([(role, Size(width, height)) for role in roles if role], desk.theme.roles[ROLES[1]], 1)
    head_h = max((setting.height for setting in head), default=0)
    size = Size(width, Length(height - head_h))
    names = desk.fit_together([(layer.name, size) for _, layer in numbered], desk.theme.roles[ROLES[2]])
    heads = iter(head)
    items: list[Item] = [desk.placeholder(layout.placeholders["title"], title)]
    for index, ((number, layer), name) in enumerate(zip(numbered, names, strict=True)):
        column, row = divmod(index, rows)
        box = Box(columns[column].x, Length(top + row * (height + gap)), height, height)
        items += small_rings(desk, layer.key, count, number, box)
        accent = f"accent{desk.theme.accent(number, count)}"
        place = Box(Length(box.x + number_x), box.y, layout.length("rows-number"), height)
        look = TextLook(slot=accent, anchor="ctr")
        shown = [desk.label(numeral(number, layer.key), ROLES[0], place, look=look, place="agenda")]
        above = next(heads) if layer.role else None
        text_h = (above.height if above else 0) + name.height
        place = Box(place.right, Length(box.y + (height - text_h) // 2), width, above.height if above else Length(0))
        if layer.role and above:
            shown.append(desk.label(layer.role, ROLES[1], place, above, look=TextLook(slot=accent), place="agenda"))
        below = Box(place.x, place.bottom, width, name.height)
        shown.append(desk.label(layer.name, ROLES[2], below, name, place="agenda"))
        items += [replace(label, link=layer.key, of=layer.key) for label in shown]
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
