"""What each concept wants: on two sides that overlap, or without sides as a list, the focus concept's solid."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from conceptdeck.layout.chips import element_of
from conceptdeck.layout.desk import Desk, TextLook
from conceptdeck.layout.pages import frames_of, on_click, paginate
from conceptdeck.layout.slides.aim_fields import aim_fields
from conceptdeck.values import deck
from conceptdeck.values.frame import Fill, Frame, Item
from conceptdeck.values.text import Text
from conceptdeck.values.units import Box, Length, Size

__all__ = ["aims"]

NAME, WANTS = "aim-name", "aim-text"
Aim = tuple[Text, Text]


def aims(slide: deck.Aims, desk: Desk) -> list[Frame]:
    """Lay out the aims on their sides, or if there are none or one slide does not hold them so, as a list."""
    return aim_fields(slide, desk) or _list(slide, desk)


def _list(slide: deck.Aims, desk: Desk) -> list[Frame]:
    layout = desk.layout("aims")
    focus = slide.aims[slide.focus] if slide.focus is not None else None

    def draft(trial: Desk, some: Sequence[Aim], title: Text) -> list[Item]:
        head = trial.placeholder(layout.placeholders["title"], title)
        for most in (layout.length("max-h"), trial.theme.column.h):  # long texts take all of the room
            rows = trial.fresh()
            items = [*_rows(rows, some, focus, most)]
            if not rows.problems:
                break
        trial.take(rows)
        return [head, *items]

    pages = paginate(desk, slide.title, slide.aims, layout.count("per-slide"), draft)
    return frames_of(slide.key, "aims", pages, desk.language)


def _rows(desk: Desk, some: Sequence[Aim], focus: Aim | None, most: Length) -> Iterator[Item]:
    """Yield a row for each aim, no higher than `most`: a rule, the name with its sign, and what the concept wants."""
    layout, area, roles = desk.layout("aims"), desk.theme.column, desk.theme.roles
    pad, count = layout.length("pad"), len(some)
    room = Length(min(area.h // count, most))
    lead = desk.lead((element_of(name) for name, _ in some), "node")
    start = pad + round(area.w * layout.numbers["name-share"])
    inner = Length(room - pad)
    name_size = Size(Length(start - 2 * pad - lead), inner)
    size = Size(Length(area.w - start - pad), inner)
    names = desk.fit_together([(name, name_size) for name, _ in some], roles[NAME])
    wants = desk.fit_together([(text, size) for _, text in some], roles[WANTS])
    y = area.y + (area.h - room * count) // 2
    for at, (pair, *settings) in enumerate(zip(some, names, wants, strict=True)):
        lit = pair == focus
        box = Box(area.x, Length(y), area.w, room)
        own: list[Item] = [_ground(desk, pair, box, lit=lit)]
        side = desk.theme.sign("node")
        sign = Box(Length(box.x + pad), box.y, side, room)
        own += desk.sign(element_of(pair[0]), sign, "card" if lit else "ink", "aims")
        place = Box(Length(box.x + pad + lead), box.y, name_size.w, room)
        look = TextLook(slot="card" if lit else "ink", anchor="ctr")
        label = desk.label(pair[0], NAME, place, settings[0], look=look, place="aims")
        own.append(replace(label, link=element_of(pair[0])))
        place = Box(Length(box.x + start), box.y, size.w, room)
        look = TextLook(slot="card" if lit else "secondary", anchor="ctr")
        own.append(desk.label(pair[1], WANTS, place, settings[1], look=look))
        yield from on_click(at, own)
        y += room


def _ground(desk: Desk, pair: Aim, box: Box, *, lit: bool) -> Item:
    """Return what a row stands on: the accent of the goal, or a rule at its head."""
    if lit:
        return desk.panel(pair[1].key, "row", box, Fill(f"accent{desk.theme.goal}"))
    high = desk.layout("aims").length("rule")
    return desk.panel(pair[1].key, "rule", Box(box.x, box.y, box.w, high), Fill("secondary"))
