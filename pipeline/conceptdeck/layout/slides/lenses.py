"""Familiar things and what each explains, a row each; below them what the map connects."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from conceptdeck.layout.chips import flowed, pills
from conceptdeck.layout.desk import Desk, NodeLook
from conceptdeck.layout.pages import frames_of, on_click, paginate
from conceptdeck.typeset.settings import Setting
from conceptdeck.values import deck
from conceptdeck.values.frame import Connector, Fill, Frame, Item, Shape, Stroke
from conceptdeck.values.model import Lens
from conceptdeck.values.presets import connection_site, text_area
from conceptdeck.values.terms import Term
from conceptdeck.values.text import Text
from conceptdeck.values.theme import Layout
from conceptdeck.values.units import Box, Length, Point, Size

__all__ = ["lenses"]


def lenses(slide: deck.Lenses, desk: Desk) -> list[Frame]:
    """Lay out the familiar things, then what the map connects; on several slides if there is much of it."""
    layout = desk.layout("lenses")

    def draft(trial: Desk, some: Sequence[Lens | Text], title: Text) -> list[Item]:
        things = [each for each in some if isinstance(each, Lens)]
        names = [each for each in some if isinstance(each, Text)]
        area = trial.theme.column
        below = _connects(trial, layout, slide.heading, names)
        foot = max((item.box.bottom for item in below), default=0)
        gap = layout.length("section-gap") if things and below else 0
        rows, bottom = _rows(trial, layout, things, Box(area.x, area.y, area.w, Length(area.h - foot - gap)))
        if names and foot > area.h:
            trial.report(names[-1])
        top = bottom + gap if things else area.y
        placed = [replace(item, box=item.box.moved(area.x, top)) for item in below]
        return [trial.placeholder(layout.placeholders["title"], title), *rows, *placed]

    everything: tuple[Lens | Text, ...] = (*slide.lenses, *slide.connects)
    pages = paginate(desk, slide.title, everything, layout.count("per-slide"), draft)
    return frames_of(slide.key, "lenses", pages, desk.language)


def _connects(desk: Desk, layout: Layout, heading: Text | None, names: Sequence[Text]) -> list[Shape]:
    """Return what the map connects as chips below their heading, from the top left corner on."""
    if not names:
        return []
    area = desk.theme.column
    items: list[Shape] = []
    y = Length(0)
    if heading:
        size = Size(area.w, layout.length("heading-h"))
        setting = desk.fit(heading, desk.theme.roles["column-label"], size)
        box = Box(Length(0), y, area.w, setting.height)
        items.append(desk.label(heading, "column-label", box, setting))
        y = Length(setting.height + layout.length("gap"))
    chips = flowed(desk, layout, names, Size(area.w, area.h))
    return [*items, *pills(desk, layout, chips, Point(Length(0), y), (f"accent{desk.theme.goal}", ""))]


def _rows(desk: Desk, layout: Layout, things: Sequence[Lens], area: Box) -> tuple[list[Item], int]:
    """Return a row for each thing, one below the other from the top of `area`, and where the last one ends."""
    if not things:
        return [], area.y
    gap = layout.length("row-gap")
    most = (area.h - gap * (len(things) - 1)) // len(things)
    name_w, arrow = layout.length("name-w"), layout.length("arrow-w")
    for height in (min(most, layout.length("max-row")), most):  # what is long makes all rows of its slide higher
        trial = desk.fresh()
        left = Box(area.x, area.y, name_w, Length(max(height, 1)))
        right = Box(Length(left.right + arrow), area.y, Length(area.w - name_w - arrow), left.h)
        names = _settings(trial, layout, [each.name for each in things], "lens-name", left)
        texts = _settings(trial, layout, [each.explains for each in things], "lens-text", right)
        if not trial.problems:
            break
    desk.take(trial)
    items: list[Item] = []
    for index, (lens, name, text) in enumerate(zip(things, names, texts, strict=True)):
        down = index * (height + gap)
        boxes = left.moved(0, down), right.moved(0, down)
        items += on_click(index, _row(desk, layout, lens, boxes, (name, text)))
    return items, left.bottom + (len(things) - 1) * (height + gap)


def _settings(desk: Desk, layout: Layout, texts: Sequence[Text], role: str, box: Box) -> tuple[Setting, ...]:
    """Return texts set at one size in boxes like `box`."""
    inner = text_area("roundRect", box, layout.length("radius"))
    size = Size(Length(inner.w - 2 * layout.length("pad")), inner.h)
    return desk.fit_together([(text, size) for text in texts], desk.theme.roles[role])


def _row(
    desk: Desk, layout: Layout, lens: Lens, boxes: tuple[Box, Box], settings: tuple[Setting, Setting]
) -> list[Item]:
    """Return a familiar thing, an arrow, and what it explains."""
    accent, radius, pad = f"accent{desk.theme.goal}", layout.length("radius"), layout.length("pad")
    thing = desk.node(
        [(lens.name, "lens-name", "ink")],
        boxes[0],
        look=NodeLook(fill=Fill("card"), stroke=desk.hairline(), radius=radius, pad=pad),
        settings=[settings[0]],
    )
    side = desk.node(
        [(lens.explains, "lens-text", "ink")],
        boxes[1],
        look=NodeLook(
            fill=Fill("page"), stroke=Stroke(accent, desk.theme.stroke("ring")), radius=radius, pad=pad, align="l"
        ),
        settings=[settings[1]],
    )
    line = Connector(
        name=f"{thing.name} to {side.name}",
        kind="straight",
        start=connection_site(thing.preset, thing.box, 3),
        end=connection_site(side.preset, side.box, 1),
        begin=(thing.name, 3),
        finish=(side.name, 1),
        stroke=Stroke(accent, desk.theme.stroke("connector")),
        arrow=True,
        alt=desk.words.say(Term.ABOUT, name=lens.name, text=lens.explains),
    )
    return [line, thing, side]
