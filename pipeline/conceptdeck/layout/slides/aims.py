"""What each concept wants: a grid of cards, the focus concept's solid."""

from __future__ import annotations

import math
from collections.abc import Sequence

from conceptdeck.layout.desk import Desk, Row, TextLook
from conceptdeck.layout.pages import frames_of, on_click, paginate
from conceptdeck.values import deck
from conceptdeck.values.frame import Fill, Frame, Item
from conceptdeck.values.text import Text
from conceptdeck.values.theme import Layout
from conceptdeck.values.units import Box, Length

__all__ = ["aims"]

ROLES = ("aim-name", "aim-text")


def aims(slide: deck.Aims, desk: Desk) -> list[Frame]:
    """Lay out the aims in rows of three, or two where there are few."""
    layout = desk.layout("grid")
    focus = slide.aims[slide.focus] if slide.focus is not None else None

    def draft(trial: Desk, some: Sequence[tuple[Text, Text]], title: Text) -> list[Item]:
        items: list[Item] = [trial.placeholder(layout.placeholders["title"], title)]
        return items + _cards(trial, layout, some, focus)

    pages = paginate(desk, slide.title, slide.aims, layout.count("per-slide"), draft)
    return frames_of(slide.key, "grid", pages, desk.language)


def _cards(
    desk: Desk, layout: Layout, some: Sequence[tuple[Text, Text]], focus: tuple[Text, Text] | None
) -> list[Item]:
    boxes = _boxes(desk, layout, len(some))
    pad, gap = layout.length("pad"), layout.length("gap")
    widths = tuple(Length(box.w - 2 * pad) for box in boxes)
    rows = [
        Row(tuple(pair[i] for pair in some), role, widths, max_lines=1 if i == 0 else None)
        for i, role in enumerate(ROLES)
    ]
    inner = boxes[0].h - 2 * pad - gap
    settings, heights = desk.stack(rows, inner)
    top = (boxes[0].h - sum(heights) - gap) // 2
    items: list[Item] = []
    for index, (pair, box) in enumerate(zip(some, boxes, strict=True)):
        lit = pair == focus
        accent = f"accent{desk.theme.goal}"
        fill, stroke = (Fill(accent), None) if lit else (Fill("card"), desk.hairline())
        own: list[Item] = [desk.panel(pair[1].key, "card", box, fill, stroke)]
        y = box.y + top
        for level, text in enumerate(pair):
            setting = settings[level][index]
            if setting:
                place = Box(Length(box.x + pad), Length(y), widths[index], heights[level])
                slot = "card" if lit else ("ink" if level == 0 else "secondary")
                where, anchor = ("aims", "b") if level == 0 else ("", "t")
                own.append(
                    desk.label(text, ROLES[level], place, setting, look=TextLook(slot=slot, anchor=anchor), place=where)
                )
            y += heights[level] + gap
        items += on_click(index, own)
    return items


def _boxes(desk: Desk, layout: Layout, count: int) -> list[Box]:
    """Return the cards' boxes, row by row."""
    across = 3 if count > 4 or count == 3 else min(2, count)
    rows = math.ceil(count / across)
    gap = layout.length("row-gap")
    area = desk.theme.column
    top = layout.length("top")
    height = min((area.bottom - top - gap * (rows - 1)) // rows, layout.length("max-h"))
    columns = desk.theme.columns(max(2, across))
    return [
        Box(
            columns[i % across].x,
            Length(top + (i // across) * (height + gap)),
            columns[i % across].w,
            Length(height),
        )
        for i in range(count)
    ]
