"""Concepts by name as tiles, many to a slide, with what they have of attributes and a legend of the colours."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import replace

from conceptdeck.layout.desk import Desk, Row, TextLook
from conceptdeck.layout.pages import frames_of, paginate
from conceptdeck.layout.slides.bare import bare_cards
from conceptdeck.layout.toolkit import alike
from conceptdeck.story.attributes import tagged
from conceptdeck.typeset.settings import Setting
from conceptdeck.values import deck
from conceptdeck.values.deck import Entry
from conceptdeck.values.frame import Fill, Frame, Item, Shape
from conceptdeck.values.text import Text
from conceptdeck.values.theme import Layout
from conceptdeck.values.units import Box, Length
from conceptdeck.values.value import frozen

__all__ = ["Legend", "legend_of", "tiles"]

WIDTHS = (2, 3, 4)  # columns; more tiles than the theme says for the last of them stand in one column more


@frozen
class Legend:
    """The attribute whose known values have colours on a slide."""

    attribute: Text
    colours: int

    def mark(self, entry: Entry) -> int:
        """Return the place of what a concept has among the values, 0 if it has none of them."""
        return next((tag.mark for tag in entry.tags if tag.attribute == self.attribute), 0)

    def shown(self, entries: Sequence[Entry]) -> dict[int, Text]:
        """Return the values that concepts have, by their place."""
        tags = [tag for entry in entries for tag in entry.tags if tag.attribute == self.attribute and tag.mark]
        return dict(sorted({tag.mark: tag.text for tag in tags}.items()))


def legend_of(entries: Sequence[Entry], colours: int) -> Legend | None:
    """Return the first attribute of concepts whose values are few enough for a colour each; None if there is none."""
    tags = [tag for entry in entries for tag in entry.tags]
    for attribute in dict.fromkeys(tag.attribute for tag in tags if tag.mark):
        if max(tag.mark for tag in tags if tag.attribute == attribute) <= colours:
            return Legend(attribute, colours)
    return None


def tiles(slide: deck.Tiles, desk: Desk) -> list[Frame]:
    """Lay out concepts as tiles, on several slides if there are many."""
    layout = desk.layout("tiles")
    others = desk.theme.others
    legend = legend_of(slide.entries, len(others))
    own = others[(slide.accent - 1) % len(others)]

    def draft(trial: Desk, some: Sequence[Entry], title: Text) -> list[Item]:
        if few := _few(trial, some, f"accent{own}"):
            return [trial.placeholder(layout.placeholders["title"], title), *few]
        area = trial.theme.column
        foot = list(_legend(trial, layout, legend, some)) if legend else []
        room = area.h - (area.bottom - foot[0].box.y + layout.length("gap") if foot else 0)
        box = Box(area.x, area.y, area.w, Length(room))
        marks = [legend.mark(entry) if legend else 0 for entry in some]
        slots = [f"accent{others[mark - 1] if mark else own}" if mark or not legend else "" for mark in marks]
        return [trial.placeholder(layout.placeholders["title"], title), *_grid(trial, some, slots, box, legend), *foot]

    pages = paginate(desk, slide.title, slide.entries, layout.count("per-slide"), draft)
    return frames_of(slide.key, "tiles", pages, desk.language, 0 if legend else own)


def _few(desk: Desk, some: Sequence[Entry], accent: str) -> list[Item]:
    """Return a few concepts as cards that fill the slide, if they have no attributes and the slide holds them so."""
    layout = desk.layout("cards")
    if len(some) > layout.count("bare-few") or any(entry.tags for entry in some):
        return []
    return desk.tried(lambda trial: bare_cards(trial, layout, [entry.concept for entry in some], accent))


def _grid(desk: Desk, entries: Sequence[Entry], slots: Sequence[str], area: Box, legend: Legend | None) -> list[Item]:
    """Return the tiles of one slide: in as many columns as suits their number, or more or fewer if texts need it."""
    layout = desk.layout("tiles")
    wanted = next((columns for columns in WIDTHS if len(entries) <= layout.count(f"most-{columns}")), WIDTHS[-1] + 1)
    trials = []
    for columns in (wanted, *(each for each in (wanted - 1, wanted + 1) if each > 1)):
        rows = math.ceil(len(entries) / columns)
        gap = layout.length("gap")
        height = min((area.h - gap * (rows - 1)) // rows, layout.length("max-h"))
        trial = desk.fresh()
        trials.append((trial, list(_tiles(trial, entries, slots, _boxes(desk, area, columns, rows, height), legend))))
        if not trial.problems:
            break
    trial, items = trials[-1] if not trials[-1][0].problems else trials[0]
    desk.take(trial)
    return items


def _boxes(desk: Desk, area: Box, columns: int, rows: int, height: int) -> list[Box]:
    """Return the boxes of a grid, row by row."""
    gap = desk.layout("tiles").length("gap")
    return [
        Box(column.x, Length(area.y + row * (height + gap)), column.w, Length(height))
        for row in range(rows)
        for column in desk.theme.columns(columns, area)
    ]


def _tiles(
    desk: Desk, entries: Sequence[Entry], slots: Sequence[str], boxes: Sequence[Box], legend: Legend | None
) -> Iterator[Item]:
    """Yield the tiles in their boxes, all names at one size."""
    layout, known = desk.layout("tiles"), legend.attribute if legend else None
    pad, bar = layout.length("pad"), layout.length("bar")
    lead = desk.lead((entry.concept.key for entry in entries), "line")
    width = Length(boxes[0].w - bar - 2 * pad)
    names = tuple(entry.concept.name for entry in entries)
    tags = tuple(tagged(entry.tags, desk.words, f"{entry.concept.key}.attributes", known) for entry in entries)
    wide, led = (
        [Row(names, "tile-name", (w,) * len(names)), Row(tags, "tile-tag", (w,) * len(names))][
            : 1 + any(map(bool, tags))
        ]
        for w in (width, Length(width - lead))
    )
    room = boxes[0].h - layout.length("pad-y")
    full, less = (desk.fresh().stack(rows, room)[0] for rows in (wide, led))
    lead, rows = (lead, led) if alike(full, less) else (Length(0), wide)
    settings, _ = desk.stack(rows, room)
    for index, (entry, slot, box) in enumerate(zip(entries, slots, boxes, strict=False)):
        yield desk.panel(entry.concept.key, "tile", box, Fill("card"), desk.hairline())
        if slot:
            yield desk.panel(entry.concept.key, "mark", Box(box.x, box.y, bar, box.h), Fill(slot))
        place = Box(Length(box.x + bar + pad), box.y, desk.theme.sign("line"), box.h)
        yield from desk.sign(entry.concept.key, place, slot or "ink") if lead else ()
        inner = Box(Length(place.x + lead), box.y, Length(width - lead), box.h)
        yield from _texts(desk, rows, [row[index] for row in settings], index, inner)


def _texts(
    desk: Desk, rows: Sequence[Row], settings: Sequence[Setting | None], index: int, box: Box
) -> Iterator[Shape]:
    """Yield the texts of a tile below each other, in the middle of its height."""
    y = box.y + (box.h - sum(each.height for each in settings if each)) // 2
    for row, setting in zip(rows, settings, strict=False):
        if (text := row.texts[index]) and setting:
            place = Box(box.x, Length(y), box.w, setting.height)
            yield desk.label(text, row.role, place, setting, place="" if row is rows[0] else "tile")
            y += setting.height


def _legend(desk: Desk, layout: Layout, legend: Legend, entries: Sequence[Entry]) -> Iterator[Shape]:
    """Yield the attribute's name and the colours of the values that the slide shows, in rows from its foot up."""
    shown = legend.shown(entries)
    role, area = desk.theme.roles["chip"], desk.theme.column
    swatch, gap, height = layout.length("swatch"), layout.length("legend-gap"), layout.length("legend-h")
    texts = [(0, legend.attribute), *shown.items()]
    x = y = 0
    placed: list[tuple[int, Text, int, int, int]] = []
    for mark, text in texts:
        lead = (swatch + gap // 2) if mark else 0
        width = min(desk.room(text.value, role) + lead, area.w)
        if x and x + width > area.w:
            x, y = 0, y + height
        placed.append((mark, text, x, y, width))
        x += width + gap
    top = area.bottom - y - height
    for mark, text, left, down, width in placed if shown else ():
        lead = (swatch + gap // 2) if mark else 0
        place = Box(Length(area.x + left + lead), Length(top + down), Length(width - lead), height)
        if mark:
            square = Box(Length(area.x + left), Length(place.centre.y - swatch // 2), swatch, swatch)
            slot = f"accent{desk.theme.others[mark - 1]}"
            yield desk.panel(text.key, "swatch", square, Fill(slot))
        look = TextLook(slot="ink" if mark else "secondary", anchor="ctr")
        yield replace(desk.label(text, "chip", place, look=look, place="legend"), fitted=True)
