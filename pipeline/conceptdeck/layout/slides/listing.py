"""More concepts than stand side by side, in rows that fill the slide: the names first, beside each what it is."""

from __future__ import annotations

from collections.abc import Sequence

from conceptdeck.layout.desk import Desk, Row, TextLook
from conceptdeck.layout.pages import on_click
from conceptdeck.typeset.settings import Setting
from conceptdeck.values import model
from conceptdeck.values.frame import Fill, Item
from conceptdeck.values.text import Text
from conceptdeck.values.theme import Layout
from conceptdeck.values.units import Box, Length

__all__ = ["listing"]

NAME, LINE, TEXT = "listed-name", "listed-line", "listed-text"
_Block = tuple[tuple[str, ...], list[tuple[Text | None, ...]], int, int]


def listing(desk: Desk, layout: Layout, concepts: Sequence[model.Concept], accent: str) -> list[Item]:
    """Return the rows of one slide, in the middle of the content area; they appear one after the other."""
    gap, area = layout.length("listed-gap"), desk.theme.column
    height = min(layout.length("listed-h"), (area.h - gap * (len(concepts) - 1)) // len(concepts))
    top = area.y + (area.h - len(concepts) * (height + gap) + gap) // 2
    boxes = [Box(area.x, Length(top + at * (height + gap)), area.w, Length(height)) for at in range(len(concepts))]
    blocks = _blocks(desk, layout, concepts, boxes[0])
    settings = [_set(desk, block, boxes[0].h - 2 * layout.length("pad-y")) for block in blocks]
    items: list[Item] = []
    for at, (concept, box) in enumerate(zip(concepts, boxes, strict=True)):
        own = _ground(desk, layout, concept, box, accent)
        for block, found in zip(blocks, settings, strict=True):
            own += _told(desk, block, found, at, box, accent)
        items += on_click(at, own)
    return items


def _blocks(desk: Desk, layout: Layout, concepts: Sequence[model.Concept], box: Box) -> tuple[_Block, _Block]:
    """Return what stands on the left of the rows and on their right: roles, texts, where they begin and their width."""
    pad, words = layout.length("pad"), layout.length("listed-w")
    left = box.x + layout.length("bare-bar") + pad + desk.lead((each.key for each in concepts), "head")
    right = box.x + words + pad
    names = (tuple(each.name for each in concepts), tuple(each.tagline for each in concepts))
    return (
        ((NAME, LINE), list(names), left, box.x + words - left),
        ((TEXT,), [tuple(each.description for each in concepts)], right, box.right - pad - right),
    )


def _set(desk: Desk, block: _Block, room: int) -> Sequence[Sequence[Setting | None]]:
    roles, texts, _, width = block
    rows = [Row(some, role, (Length(width),) * len(some)) for role, some in zip(roles, texts, strict=True)]
    return desk.stack(rows, room)[0]


def _ground(desk: Desk, layout: Layout, concept: model.Concept, box: Box, accent: str) -> list[Item]:
    """Return the card behind a row, the bar at its start and the concept's sign."""
    bar, side = layout.length("bare-bar"), desk.theme.sign("head")
    return [
        desk.panel(concept.key, "card", box, Fill("card"), desk.hairline()),
        desk.panel(concept.key, "bar", Box(box.x, box.y, bar, box.h), Fill(accent)),
        *desk.sign(concept.key, Box(Length(box.x + bar + layout.length("pad")), box.y, side, box.h), accent),
    ]


def _told(
    desk: Desk, block: _Block, settings: Sequence[Sequence[Setting | None]], at: int, box: Box, accent: str
) -> list[Item]:
    """Return the texts of a block for the concept at a position, in the middle of its row."""
    roles, texts, x, width = block
    told = [
        (role, some[at], found[at])
        for role, some, found in zip(roles, texts, settings, strict=True)
        if some[at] and found[at]
    ]
    y = box.y + (box.h - sum(setting.height for _, _, setting in told if setting)) // 2
    items: list[Item] = []
    for role, text, setting in told:
        if text and setting:
            place = Box(Length(x), Length(y), Length(width), setting.height)
            items.append(desk.label(text, role, place, setting, look=TextLook(accent if role == LINE else "")))
            y += setting.height
    return items
