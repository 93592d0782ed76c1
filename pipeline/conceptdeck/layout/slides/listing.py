"""More concepts than stand side by side, in rows that fill the slide: the names first, beside each what it is."""

from __future__ import annotations

from collections.abc import Sequence

from conceptdeck.layout.desk import Desk, Row, TextLook
from conceptdeck.layout.pages import on_click
from conceptdeck.layout.toolkit import alike
from conceptdeck.typeset.settings import Setting
from conceptdeck.values import model
from conceptdeck.values.frame import Fill, Item, Sign
from conceptdeck.values.text import Text
from conceptdeck.values.theme import Layout
from conceptdeck.values.units import Box, Length

__all__ = ["listing"]

ROLES = ("listed-name", "listed-line", "listed-text")
LARGE = ("few-name", "few-line", "few-text")
LINES = (ROLES[1], LARGE[1])
_Block = tuple[tuple[str, ...], list[tuple[Text | None, ...]], int, int]


def listing(desk: Desk, concepts: Sequence[model.Concept], accent: str) -> list[Item]:
    """Return the rows of one slide, which appear one after the other; nothing if it does not hold them so."""
    return desk.tried(lambda trial: _rows(trial, desk.layout("cards"), concepts, accent))


def _rows(desk: Desk, layout: Layout, concepts: Sequence[model.Concept], accent: str) -> list[Item]:
    """Return the rows in the middle of the content area."""
    gap, area = layout.length("listed-gap"), desk.theme.column
    few = len(concepts) <= layout.count("listed-few")
    height = min(
        layout.length("listed-large" if few else "listed-h"), (area.h - gap * (len(concepts) - 1)) // len(concepts)
    )
    top = area.y + (area.h - len(concepts) * (height + gap) + gap) // 2
    boxes = [Box(area.x, Length(top + at * (height + gap)), area.w, Length(height)) for at in range(len(concepts))]
    roles, room = LARGE if few else ROLES, boxes[0].h - 2 * layout.length("pad-y")
    led, blocks = (
        _blocks(layout, concepts, boxes[0], roles, lead)
        for lead in (desk.lead((each.key for each in concepts), "head"), Length(0))
    )
    signed = alike(*(_set(desk.fresh(), some[0], room) for some in (led, blocks)))
    blocks = led if signed else blocks
    settings = [_set(desk, block, room) for block in blocks]
    items: list[Item] = []
    for at, (concept, box) in enumerate(zip(concepts, boxes, strict=True)):
        own = [
            *_ground(desk, layout, concept, box, accent),
            *(_sign(desk, layout, concept, box, accent) if signed else ()),
        ]
        for block, found in zip(blocks, settings, strict=True):
            own += _told(desk, block, found, at, box, accent)
        items += on_click(at, own)
    return items


def _blocks(
    layout: Layout, concepts: Sequence[model.Concept], box: Box, roles: tuple[str, str, str], lead: Length
) -> tuple[_Block, _Block]:
    """Return what stands on the left of the rows and on their right: roles, texts, where they begin and their width."""
    pad, words = layout.length("pad"), layout.length("listed-w")
    left = box.x + layout.length("bare-bar") + pad + lead
    right = box.x + words + pad
    names = (tuple(each.name for each in concepts), tuple(each.tagline for each in concepts))
    return (
        (roles[:2], list(names), left, box.x + words - left),
        (roles[2:], [tuple(each.description for each in concepts)], right, box.right - pad - right),
    )


def _set(desk: Desk, block: _Block, room: int) -> Sequence[Sequence[Setting | None]]:
    roles, texts, _, width = block
    rows = [Row(some, role, (Length(width),) * len(some)) for role, some in zip(roles, texts, strict=True)]
    return desk.stack(rows, room)[0]


def _ground(desk: Desk, layout: Layout, concept: model.Concept, box: Box, accent: str) -> list[Item]:
    """Return the card behind a row, and the bar at its start."""
    return [
        desk.panel(concept.key, "card", box, Fill("card"), desk.hairline()),
        desk.panel(concept.key, "bar", Box(box.x, box.y, layout.length("bare-bar"), box.h), Fill(accent)),
    ]


def _sign(desk: Desk, layout: Layout, concept: model.Concept, box: Box, accent: str) -> list[Sign]:
    x = Length(box.x + layout.length("bare-bar") + layout.length("pad"))
    return desk.sign(concept.key, Box(x, box.y, desk.theme.sign("head"), box.h), accent)


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
            items.append(desk.label(text, role, place, setting, look=TextLook(accent if role in LINES else "")))
            y += setting.height
    return items
