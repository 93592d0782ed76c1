"""Groups side by side as cards: name, summary, and what is in each as chips that lead on."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import replace

from conceptdeck.layout.chips import flowed, pills
from conceptdeck.layout.desk import Desk, Row
from conceptdeck.layout.pages import frames_of, paginate
from conceptdeck.layout.toolkit import alike
from conceptdeck.typeset.settings import Setting
from conceptdeck.values import deck
from conceptdeck.values.deck import Part
from conceptdeck.values.frame import Fill, Frame, Item, Shape
from conceptdeck.values.terms import Term
from conceptdeck.values.text import Text
from conceptdeck.values.theme import Layout
from conceptdeck.values.units import Box, Length, Point, Size
from conceptdeck.values.value import frozen

__all__ = ["groups"]

CHIPS = ("large-chip", "chip")  # the first with which all that is in the parts is shown
COLUMNS = (1, 2, 3, 4, 3, 3, 4, 4, 3, 4, 4, 4)  # for one part, two, three ...; more stand in five


@frozen
class _Card:
    """A part, its box, the settings of its name and summary, what the name leaves free for a sign, its chips' kind."""

    part: Part
    box: Box
    name: Setting | None
    summary: Setting | None
    lead: Length
    chips: str = CHIPS[-1]


def groups(slide: deck.Groups, desk: Desk) -> list[Frame]:
    """Lay out groups as cards, on several slides if there are many."""
    layout = desk.layout("groups")

    def draft(trial: Desk, some: Sequence[Part], title: Text) -> list[Item]:
        cards = _cards(trial, layout, some)
        drawn = [item for card in cards for item in _drawn(trial, layout, card)]
        return [trial.placeholder(layout.placeholders["title"], title), *drawn]

    pages = paginate(desk, slide.title, slide.parts, layout.count("per-slide"), draft)
    others = desk.theme.others
    accents = {others[(part.accent - 1) % len(others)] for part in slide.parts}
    return frames_of(slide.key, "groups", pages, desk.language, min(accents) if len(accents) == 1 else 0)


def _cards(desk: Desk, layout: Layout, parts: Sequence[Part]) -> list[_Card]:
    """Return the parts in a grid of equal cards, all names at one size and all summaries at one."""
    columns = COLUMNS[len(parts) - 1] if len(parts) <= len(COLUMNS) else COLUMNS[3] + 1
    rows = math.ceil(len(parts) / columns)
    area, gap = desk.theme.column, layout.length("gap")
    height = Length((area.h - gap * (rows - 1)) // rows)
    boxes = [
        Box(column.x, Length(area.y + row * (height + gap)), column.w, height)
        for row in range(rows)
        for column in desk.theme.columns(columns)
    ][: len(parts)]
    widths = (Length(boxes[0].w - 2 * layout.length("pad")),) * len(parts)
    texts = [
        Row(tuple(part.name for part in parts), "group-name", widths),
        Row(tuple(part.summary for part in parts), "group-text", widths),
    ][: 1 + any(part.summary is not None for part in parts)]
    lead = desk.lead((part.key for part in parts), "node")
    led = [replace(texts[0], widths=tuple(Length(width - lead) for width in widths)), *texts[1:]]
    full, less = (_settings(desk.fresh(), layout, parts, rows, height) for rows in (texts, led))
    lead, texts = (lead, led) if alike(full, less) else (Length(0), texts)
    settings = _settings(desk, layout, parts, texts, height)
    summaries = settings[1] if len(settings) > 1 else (None,) * len(parts)
    cards = [_Card(*each, lead) for each in zip(parts, boxes, settings[0], summaries, strict=True)]
    return _lowered(desk, layout, _with_chips(desk, layout, cards))


def _settings(
    desk: Desk, layout: Layout, parts: Sequence[Part], rows: Sequence[Row], height: int
) -> tuple[tuple[Setting | None, ...], ...]:
    """Return the settings of names and summaries, with room for chips below them unless that is too much to ask."""
    trial = desk.fresh()
    settings, _ = trial.stack(rows, height - _around(layout, parts))
    if trial.problems and not any(part.whole for part in parts):
        trial = desk.fresh()
        settings, _ = trial.stack(rows, height - _around(layout, ()))
    desk.take(trial)
    return settings


def _around(layout: Layout, parts: Sequence[Part]) -> int:
    """Return the height that a card needs besides its texts, with one row of chips if any part has some."""
    chips = layout.length("chip-h") if any(part.held for part in parts) else 0
    return layout.length("bar") + 2 * layout.length("pad") + 2 * layout.length("text-gap") + chips


def _with_chips(desk: Desk, layout: Layout, cards: Sequence[_Card]) -> list[_Card]:
    """Return the cards with the largest chips of which each has room for all that is in it."""
    for kind in CHIPS:
        made = [replace(card, chips=kind) for card in cards]
        if all(_needed(desk.fresh(), layout, card) <= card.box.h for card in made):
            break
    return made


def _lowered(desk: Desk, layout: Layout, cards: Sequence[_Card]) -> list[_Card]:
    """Return cards that stand in one row no higher than the fullest of them needs, in the middle of the slide."""
    if len({card.box.y for card in cards}) > 1:
        return list(cards)
    whole = cards[0].box
    needed = max(layout.length("min-h"), *(_needed(desk, layout, card) for card in cards))
    height = min(needed, whole.h)
    y = Length(whole.y + (whole.h - height) // 2)
    return [replace(card, box=Box(card.box.x, y, card.box.w, Length(height))) for card in cards]


def _needed(desk: Desk, layout: Layout, card: _Card) -> int:
    """Return the height that a card needs with all its chips."""
    room = Size(Length(card.box.w - 2 * layout.length("pad")), card.box.h)
    names = [crumb.text for crumb in card.part.held]
    chips = max((box.bottom for _, box in flowed(desk, layout, names, room, card.chips)), default=0)
    texts = sum(each.height for each in (card.name, card.summary) if each)
    return _around(layout, ()) + texts + chips + layout.length("text-gap")


def _drawn(desk: Desk, layout: Layout, card: _Card) -> list[Item]:
    """Return a card with its texts, each below the one before, and chips below them."""
    part, box, pad, gap = card.part, card.box, layout.length("pad"), layout.length("text-gap")
    slot = f"accent{desk.theme.others[(part.accent - 1) % len(desk.theme.others)]}"
    items: list[Item] = [
        desk.panel(part.key, "card", box, Fill("card"), desk.hairline()),
        desk.panel(part.key, "bar", Box(box.x, box.y, box.w, layout.length("bar")), Fill(slot)),
    ]
    x, y = Length(box.x + pad), int(box.y + layout.length("bar") + pad)
    for text, role, setting in ((part.name, "group-name", card.name), (part.summary, "group-text", card.summary)):
        if text and setting:
            lead = min(card.lead, desk.lead([part.key], "node")) if role == "group-name" else Length(0)
            if lead:
                items += desk.sign(part.key, Box(x, Length(y), desk.theme.sign("node"), setting.height), slot)
            place = Box(Length(x + lead), Length(y), Length(box.w - 2 * pad - lead), setting.height)
            label = desk.label(text, role, place, setting, place="groups")
            items.append(label if part.whole else replace(label, link=part.key))
            y += setting.height + gap
    room = Size(Length(box.w - 2 * pad), Length(box.bottom - pad - y))
    return [*items, *_chips(desk, layout, card, slot, (Point(x, Length(y)), room))]


def _chips(desk: Desk, layout: Layout, card: _Card, slot: str, place: tuple[Point, Size]) -> list[Shape]:
    """Return what is in a part as chips: as many as there is room for, and a last one that counts the rest."""
    (corner, room), part = place, card.part
    names = [crumb.text for crumb in part.held]
    found = flowed(desk, layout, names, room, card.chips)
    if part.whole and found and found[-1][1].bottom > room.h:
        desk.report(names[-1])
    shown = len(names) if part.whole else sum(box.bottom <= room.h for _, box in found)
    while shown < len(names):
        more = Text(desk.words.counted(Term.AND_MORE, len(names) - shown), f"{part.key}.more")
        found = flowed(desk, layout, [*names[:shown], more], room, card.chips)
        if found[-1][1].bottom <= room.h:
            break
        if not shown:
            return []
        shown -= 1
    links = {crumb.text.key: crumb.link for crumb in part.held}
    return [
        replace(pill, link=links.get(text.key, part.key))
        for pill, (text, _) in zip(pills(desk, layout, found, corner, (slot, part.key), card.chips), found, strict=True)
    ]
