"""Slides of an author's own: points, quotations, two columns, one number, and what divides a talk."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from conceptdeck.layout.desk import Desk, Row, TextLook
from conceptdeck.layout.pages import frames_of, on_click, paginate
from conceptdeck.typeset.settings import Setting
from conceptdeck.values import deck
from conceptdeck.values.frame import Fill, Frame, Item, Shape
from conceptdeck.values.slides import Column
from conceptdeck.values.text import Text
from conceptdeck.values.theme import Layout
from conceptdeck.values.units import Box, Length, Size

__all__ = ["big_number", "bullets", "divide", "pointed", "quote", "two_columns"]

LIST = "list"  # the layout of most of them


def bullets(slide: deck.Bullets, desk: Desk) -> list[Frame]:
    """Lay out points in rows that fill the slide, on several slides if there are many."""
    layout = desk.layout(LIST)
    accent = desk.theme.others[0]

    def draft(trial: Desk, some: Sequence[Text], title: Text) -> list[Item]:
        spec = layout.placeholders["text"]
        area = Box(spec.box.x, spec.box.y, desk.theme.column.w, Length(desk.theme.column.bottom - spec.box.y))
        placed = pointed(trial, some, area, f"accent{accent}")
        return [trial.placeholder(layout.placeholders["title"], title), *placed]

    limit, most = layout.count("few"), layout.count("most")
    pages = paginate(desk, slide.title, slide.bullets, limit, draft, most)
    return frames_of(slide.key, LIST, pages, desk.language, accent)


def pointed(desk: Desk, some: Sequence[Text], area: Box, accent: str) -> list[Item]:
    """Return points in rows with lines between them, each with a dot, appearing one after the other."""
    layout = desk.layout(LIST)
    indent, gap = layout.length("bullet-indent"), layout.length("bullet-gap")
    width = Length(area.w - indent)
    settings, heights = desk.stack([Row((text,), "bullet", (width,)) for text in some], area.h - 2 * gap * len(some))
    rows = _rows(heights, area, 2 * gap, layout.length("most-bullet-air"))
    items: list[Item] = []
    for at, (text, (setting,), row) in enumerate(zip(some, settings, rows, strict=True)):
        if setting is None:
            continue
        y = Length(row.y + (row.h - setting.height) // 2)
        own: list[Item] = [_dot(desk, layout, text, setting, replace(row, y=y), accent)]
        own.append(desk.label(text, "bullet", Box(Length(area.x + indent), y, width, setting.height), setting))
        if at:
            line = replace(row, h=layout.length("bullet-rule"))
            own.append(desk.panel(text.key, "rule", line, Fill("secondary", desk.theme.tints["hairline"])))
        items += on_click(at, own)
    return items


def _rows(heights: Sequence[int], area: Box, least: int, most: int) -> list[Box]:
    """Return a row for each height, with as much air as there is, from the `least` to the `most`."""
    air = min(most, max(least, (area.h - sum(heights)) // len(heights)))
    rows, y = [], int(area.y)
    for height in heights:
        rows.append(Box(area.x, Length(y), area.w, Length(height + air)))
        y += height + air
    return rows


def _dot(desk: Desk, layout: Layout, text: Text, setting: Setting, place: Box, accent: str) -> Shape:
    """Return the dot before a point, in the middle of its first line."""
    side, first = layout.length("bullet-dot"), setting.height // len(setting.lines)
    box = Box(place.x, Length(place.y + (first - side) // 2), side, side)
    return Shape(f"{text.key}.dot", "ellipse", box, Fill(accent), decorative=True, of=text.key, part="dot")


def quote(slide: deck.Quote, desk: Desk) -> list[Frame]:
    """Lay out what somebody said beside a thick bar, and below it who."""
    layout, accent = desk.layout(LIST), desk.theme.others[0]
    area, gap, bar = layout.boxes["quote"], layout.length("quote-gap"), layout.length("quote-bar")
    role, spec = desk.theme.roles["quote"], layout.placeholders["title"]
    rows = [Row((slide.title,), "quote", (area.w,))]
    rows += [Row((slide.source,), "lead", (area.w,))] if slide.source else []
    settings, heights = desk.stack(rows, area.h - gap * (len(rows) - 1))
    used = sum(heights) + gap * (len(rows) - 1)
    y = Length(area.y + (area.h - used) // 2)
    said = settings[0][0]
    items: list[Item] = [
        desk.panel(slide.key, "bar", Box(desk.theme.column.x, y, bar, Length(used)), Fill(f"accent{accent}"))
    ]
    if said:
        paragraph = desk.paragraph(slide.title, said, role)
        box = Box(area.x, y, area.w, heights[0])
        shape = desk.filled(replace(spec, anchor="t"), (paragraph,), slide.title.key, box, slide.title)
        items.append(shape)
    if slide.source:
        below = Box(area.x, Length(y + heights[0] + gap), area.w, heights[1])
        items.append(desk.label(slide.source, "lead", below, settings[1][0]))
    return frames_of(slide.key, LIST, [items], desk.language, accent)


def divide(slide: deck.Break, desk: Desk) -> list[Frame]:
    """Lay out the name of what follows on the ground of an accent, below a short rule, and a line about it."""
    layout, slot, accent = desk.layout("section"), desk.theme.on_panel, desk.theme.others[0]
    title, lead = layout.placeholders["title"], layout.placeholders["lead"]
    width = layout.length("break-w")
    above = Box(title.box.x, title.box.y, width, title.box.h)
    rule = Box(title.box.x, Length(title.box.y - layout.length("break-gap")), layout.length("break-rule-w"), Length(0))
    rule = replace(rule, h=layout.length("break-rule"))
    items: list[Item] = [desk.ground(f"accent{accent}"), desk.panel(slide.key, "rule", rule, Fill(slot))]
    setting = desk.fit_alone(slide.title, title.role, Size(above.w, above.h))
    above = replace(above, h=Length(min(above.h, setting.height)))
    items.append(desk.placeholder(title, slide.title, slot=slot, box=above))
    if slide.text:
        y = Length(above.bottom + layout.length("lead-gap"))
        below = Box(lead.box.x, y, width, Length(lead.box.bottom - y))
        items.append(desk.placeholder(lead, slide.text, slot=slot, box=below))
    return frames_of(slide.key, "section", [items], desk.language, accent)


def big_number(slide: deck.BigNumber, desk: Desk) -> list[Frame]:
    """Lay out one number in very large type, what it counts below a rule, and where it is from."""
    layout, figure, accent = desk.layout("figure"), slide.figure, desk.theme.others[0]
    area, gap = desk.theme.column, layout.length("number-gap")
    own = figure.text if figure.text and figure.text.key != slide.title.key else None
    texts = [(figure.value, "big-number", f"accent{accent}")] if figure.value.key != slide.title.key else []
    texts += [(own, "support", "ink")] if own else []
    texts += [(figure.source, "meta", "")] if figure.source else []
    rows = [Row((text,), role, (area.w,)) for text, role, _ in texts]
    settings, heights = desk.stack(rows, area.h - gap * (len(rows) - 1))
    y = int(area.y + (area.h - sum(heights) - gap * (len(rows) - 1)) // 2)
    items: list[Item] = [desk.placeholder(layout.placeholders["title"], slide.title)]
    for (text, role, slot), setting, height in zip(texts, settings, heights, strict=True):
        items.append(desk.label(text, role, Box(area.x, Length(y), area.w, height), setting[0], look=TextLook(slot)))
        y += height + gap
    return frames_of(slide.key, "figure", [items], desk.language, accent)


def two_columns(slide: deck.TwoColumns, desk: Desk) -> list[Frame]:
    """Lay out two columns on cards, whose points stand in line with each other."""
    layout, columns = desk.layout("columns"), (slide.columns.left, slide.columns.right)
    accents = (desk.theme.others[0], desk.theme.goal)
    pad, top, gap = layout.length("pad"), layout.length("top"), layout.length("gap")
    boxes = desk.theme.columns(len(columns))
    lines = _lines(columns)
    indent = desk.layout(LIST).length("bullet-indent")
    widths = [Length(boxes[0].w - 2 * pad - (indent if point else 0)) for _, _, point in lines]
    rows = [Row(texts, role, (width, width)) for (texts, role, _), width in zip(lines, widths, strict=True)]
    settings, heights = desk.stack(rows, boxes[0].h - 2 * top - gap * (len(rows) - 1))
    free = boxes[0].h - 2 * top - sum(heights)
    air = min(layout.length("section-gap"), max(gap, free // max(1, len(rows) - 1)))
    used = Length(max(layout.length("min-card"), sum(heights) + air * (len(rows) - 1) + 2 * top))
    items: list[Item] = [desk.placeholder(layout.placeholders["title"], slide.title)]
    for at, (box, accent) in enumerate(zip(boxes, accents, strict=True)):
        card, slot = replace(box, h=min(used, box.h)), f"accent{accent}"
        side = f"{slide.key}.two-columns.{('left', 'right')[at]}"
        items.append(desk.panel(side, "card", card, Fill("card"), desk.hairline()))
        items.append(desk.panel(side, "bar", replace(card, h=layout.length("bar")), Fill(slot)))
        y = int(card.y + top)
        for (texts, role, point), width, found, height in zip(lines, widths, settings, heights, strict=True):
            text, setting = texts[at], found[at]
            if text and setting:
                place = Box(Length(card.right - pad - width), Length(y), width, height)
                dot = Box(Length(card.x + pad), Length(y), width, height)
                items += [_dot(desk, desk.layout(LIST), text, setting, dot, slot)] if point else []
                items.append(desk.label(text, role, place, setting))
            y += height + air
    return frames_of(slide.key, "columns", [items], desk.language, accents[0])


_Line = tuple[tuple[Text | None, ...], str, bool]


def _lines(columns: Sequence[Column]) -> list[_Line]:
    """Return what stands in line with each other in columns: its role, and whether it is a point."""
    titles, texts = tuple(each.title for each in columns), tuple(each.text for each in columns)
    lines: list[_Line] = [(titles, "column-name", False)] if any(titles) else []
    lines += [(texts, "column-text", False)] if any(texts) else []
    most = max(len(each.bullets) for each in columns)
    padded = [(*each.bullets, *[None] * (most - len(each.bullets))) for each in columns]
    return [*lines, *((each, "column-text", True) for each in zip(*padded, strict=True))]
