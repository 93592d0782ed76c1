"""Concepts below each other, each with what it is: a list of definitions, a few to a slide."""

from __future__ import annotations

from collections.abc import Sequence

from conceptdeck.layout.desk import Desk
from conceptdeck.layout.pages import frames_of, paginate
from conceptdeck.layout.slides.listing import listing
from conceptdeck.layout.toolkit import alike
from conceptdeck.story.attributes import tagged
from conceptdeck.typeset.settings import Setting
from conceptdeck.values import deck
from conceptdeck.values.deck import Entry
from conceptdeck.values.frame import Fill, Frame, Item
from conceptdeck.values.text import Text
from conceptdeck.values.theme import Layout
from conceptdeck.values.units import Box, Length, Size
from conceptdeck.values.value import frozen

__all__ = ["entries"]

ROLES = ("entry-name", "tile-tag", "entry-text")


@frozen
class _Line:
    """A concept with its texts: name, tags and definition."""

    key: str
    texts: tuple[Text, Text | None, Text | None]


def entries(slide: deck.Entries, desk: Desk) -> list[Frame]:
    """Lay out definitions, on several slides if there are many."""
    layout = desk.layout("entries")
    accent = desk.theme.others[(slide.accent - 1) % len(desk.theme.others)]

    def draft(trial: Desk, some: Sequence[Entry], title: Text) -> list[Item]:
        lines = [_line(trial, entry) for entry in some]
        return [
            trial.placeholder(layout.placeholders["title"], title),
            *(_few(trial, some, f"accent{accent}") or _lines(trial, layout, lines, f"accent{accent}")),
        ]

    limit, most = layout.count("per-slide"), layout.count("most-per-slide")
    pages = paginate(desk, slide.title, slide.entries, limit, draft, most)
    return frames_of(slide.key, "entries", pages, desk.language, accent)


def _few(desk: Desk, some: Sequence[Entry], accent: str) -> list[Item]:
    """Return a few definitions as rows that fill the slide, if they have no tags and the slide holds them so."""
    if len(some) > desk.layout("cards").count("listed-few") or any(entry.tags for entry in some):
        return []
    return listing(desk, [entry.concept for entry in some], accent)


def _line(desk: Desk, entry: Entry) -> _Line:
    concept = entry.concept
    tags = tagged(entry.tags, desk.words, f"{concept.key}.attributes")
    return _Line(concept.key, (concept.name, tags, concept.description))


def _lines(desk: Desk, layout: Layout, lines: Sequence[_Line], accent: str) -> list[Item]:
    """Return the definitions in rows as high as they need, with what is left of the height between them."""
    area, gap, pad = desk.theme.column, layout.length("gap"), layout.length("pad")
    lead, name_w = desk.lead((line.key for line in lines), "node"), layout.length("name-w")
    widths = (name_w, name_w, Length(area.w - name_w - gap - pad))
    led = (Length(name_w - lead), Length(name_w - lead), widths[2])
    room = area.h - gap * (len(lines) - 1)
    full, less = (_settings(desk.fresh(), lines, each, room)[0] for each in (widths, led))
    lead, widths = (lead, led) if alike(full, less) else (Length(0), widths)
    settings, heights = _settings(desk, lines, widths, room)
    spare = area.h - sum(heights) - gap * (len(lines) - 1)
    air = min(max(0, spare) // len(lines), layout.length("most-air"))
    items: list[Item] = []
    y = int(area.y)
    for line, found, height in zip(lines, settings, heights, strict=True):
        box = Box(area.x, Length(y), area.w, Length(height + air))
        items.append(desk.panel(line.key, "mark", Box(box.x, box.y, layout.length("bar"), box.h), Fill(accent)))
        name = Box(Length(box.x + pad), box.y, desk.theme.sign("node"), found[0].height if found[0] else Length(0))
        items += desk.sign(line.key, name, accent) if lead else []
        items += _texts(desk, line, found, (widths, Length(box.x + pad + lead)), box)
        y += height + air + gap
    return items


def _texts(
    desk: Desk, line: _Line, found: Sequence[Setting | None], columns: tuple[Sequence[Length], Length], box: Box
) -> list[Item]:
    """Return name and tags at the left, and the definition beside them, each from the top of the row."""
    widths, left = columns
    right = Length(box.right - widths[2])
    name_h = found[0].height if found[0] else Length(0)
    corners = ((left, box.y), (left, Length(box.y + name_h)), (right, box.y))
    return [
        desk.label(text, role, Box(x, y, width, setting.height), setting, place="entry" if role == ROLES[1] else "")
        for text, role, width, (x, y), setting in zip(line.texts, ROLES, widths, corners, found, strict=True)
        if text and setting
    ]


def _settings(
    desk: Desk, lines: Sequence[_Line], widths: Sequence[Length], room: int
) -> tuple[list[tuple[Setting | None, ...]], list[int]]:
    """Return each row's settings and height: those of the largest sizes, the same in all rows, at which all fit."""
    roles = [desk.theme.roles[name] for name in ROLES]
    for step in range(max(len(role.sizes) for role in roles)):
        settings = [_set(desk, line, widths, step) for line in lines]
        heights = [_height(found) for found in settings]
        lacking = [
            (text, role, width)
            for line, found in zip(lines, settings, strict=True)
            for text, role, width, setting in zip(line.texts, roles, widths, found, strict=True)
            if text and not setting
        ]
        if not lacking and sum(heights) <= room:
            return settings, heights
    for text, role, width in lacking:
        desk.refuse(text, role, Size(width, Length(room)))
    if not lacking:
        longest = max((text for line in lines for text in line.texts if text), key=lambda text: len(text.value))
        desk.report(longest)
    return settings, heights


def _set(desk: Desk, line: _Line, widths: Sequence[Length], step: int) -> tuple[Setting | None, ...]:
    """Return the settings of a row at the `step`-th size of each role, or its smallest."""
    roles = [desk.theme.roles[name] for name in ROLES]
    sizes = [role.sizes[min(step, len(role.sizes) - 1)] for role in roles]
    parts = zip(line.texts, roles, sizes, widths, strict=True)
    return tuple(desk.set(text, role, size, width) for text, role, size, width in parts)


def _height(found: Sequence[Setting | None]) -> int:
    """Return how high a row is: name and tags below each other, or the definition beside them."""
    name, tags, text = (each.height if each else 0 for each in found)
    return max(name + tags, text)
