"""What each concept wants: a grid of cards, the focus concept's solid."""

from __future__ import annotations

from collections.abc import Sequence

from conceptdeck.layout.chips import element_of
from conceptdeck.layout.desk import Desk, Row, TextLook
from conceptdeck.layout.pages import frames_of, on_click, paginate
from conceptdeck.typeset.settings import Setting
from conceptdeck.values import deck
from conceptdeck.values.frame import Fill, Frame, Item
from conceptdeck.values.text import Text
from conceptdeck.values.theme import Layout
from conceptdeck.values.units import Box, Length

__all__ = ["aims"]

ROLES = ("aim-name", "aim-text")
Aim = tuple[Text, Text]


def aims(slide: deck.Aims, desk: Desk) -> list[Frame]:
    """Lay out the aims in rows of three, two where there are few and four where there are many."""
    layout = desk.layout("grid")
    focus = slide.aims[slide.focus] if slide.focus is not None else None

    def draft(trial: Desk, some: Sequence[Aim], title: Text) -> list[Item]:
        items: list[Item] = [trial.placeholder(layout.placeholders["title"], title)]
        return items + _cards(trial, layout, some, focus)

    limit, most = layout.count("per-slide"), layout.count("most-per-slide")
    pages = paginate(desk, slide.title, slide.aims, limit, draft, most)
    return frames_of(slide.key, "grid", pages, desk.language)


def _cards(desk: Desk, layout: Layout, some: Sequence[Aim], focus: Aim | None) -> list[Item]:
    """Return the cards, each row as high as its texts need; a card alone is as wide as it needs."""
    widths = (2, 1) if len(some) == 1 else (2 if len(some) in (2, 4) else 3 if len(some) <= 9 else 4,)
    for across in widths:
        trial = desk.fresh()
        items = _grid(trial, layout, [some[at : at + across] for at in range(0, len(some), across)], focus, across)
        if not trial.problems:
            break
    desk.take(trial)
    return items


def _grid(desk: Desk, layout: Layout, lines: Sequence[Sequence[Aim]], focus: Aim | None, across: int) -> list[Item]:
    pad, gap, between = layout.length("pad"), layout.length("gap"), layout.length("row-gap")
    columns = desk.theme.columns(across)
    width = Length(columns[0].w - 2 * pad)
    around = 2 * pad + gap  # what a card has above, below and between its texts
    room = desk.theme.column.bottom - layout.length("top") - between * (len(lines) - 1)
    rows = [
        Row(tuple(pair[i] for pair in line), role, (width,) * len(line), max_lines=1 if i == 0 else None)
        for line in lines
        for i, role in enumerate(ROLES)
    ]
    settings, heights = desk.stack(rows, room - around * len(lines))
    needed = [heights[at] + heights[at + 1] + around for at in range(0, len(rows), 2)]
    above = desk.lead((element_of(name) for line in lines for name, _ in line), "node")
    if sum(needed) + above * len(lines) > room:  # letters come first
        above = Length(0)
    needed = [height + above for height in needed]
    items: list[Item] = []
    top, shown = layout.length("top"), 0
    for at, (line, height) in enumerate(zip(lines, _heights(layout, needed, room), strict=True)):
        down = top + (height - needed[at]) // 2 + pad
        for column, pair in enumerate(line):
            box = Box(columns[column].x, Length(top), columns[column].w, Length(height))
            own = _card(desk, pair, box, lit=pair == focus)
            y = down + above
            if above:
                side = desk.theme.sign("node")
                slot = _slot(0, lit=pair == focus)
                own += desk.sign(element_of(pair[0]), Box(Length(box.x + pad), Length(down), side, side), slot, "aims")
            for level, text in enumerate(pair):
                if setting := settings[2 * at + level][column]:
                    place = Box(Length(box.x + pad), Length(y), width, heights[2 * at + level])
                    own.append(_text(desk, (text, setting), place, level, lit=pair == focus))
                y += heights[2 * at] + gap
            items += on_click(shown, own)
            shown += 1
        top = Length(top + height + between)
    return items


def _heights(layout: Layout, needed: Sequence[int], room: int) -> list[int]:
    """Return the heights of the rows of cards: all the same where that holds their texts, else as they need."""
    even = min(room // len(needed), layout.length("max-h"))
    if max(needed) <= even:
        return [even] * len(needed)
    spare = max(0, (room - sum(needed)) // len(needed))
    return [height + min(spare, layout.length("pad")) for height in needed]


def _card(desk: Desk, pair: Aim, box: Box, *, lit: bool) -> list[Item]:
    fill, stroke = (Fill(f"accent{desk.theme.goal}"), None) if lit else (Fill("card"), desk.hairline())
    return [desk.panel(pair[1].key, "card", box, fill, stroke)]


def _slot(level: int, *, lit: bool) -> str:
    """Return the colour of a name or a wish."""
    return "card" if lit else ("ink" if level == 0 else "secondary")


def _text(desk: Desk, said: tuple[Text, Setting], box: Box, level: int, *, lit: bool) -> Item:
    """Return the name or the wish on a card."""
    slot = _slot(level, lit=lit)
    place, anchor = ("aims", "b") if level == 0 else ("", "t")
    return desk.label(said[0], ROLES[level], box, said[1], look=TextLook(slot=slot, anchor=anchor), place=place)
