"""The divider before a layer: on its colour the number, the name, the map in small, and the layer's concepts."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from conceptdeck.layout.desk import Desk, TextLook, numeral
from conceptdeck.layout.pages import frames_of
from conceptdeck.layout.slides.miniature import miniature
from conceptdeck.values import deck
from conceptdeck.values.frame import Frame, Item, Shape, Sign
from conceptdeck.values.text import Text
from conceptdeck.values.units import Box, Length, Size, points

__all__ = ["section"]

FOOT = 0.2  # of a line of numerals is below their feet


def section(slide: deck.Section, desk: Desk) -> list[Frame]:
    """Lay out the divider before a layer: number, role, name and lead beside the map, whose row of the layer is lit."""
    layout, layer = desk.layout("section"), slide.layer
    spec, slot = layout.placeholders, desk.theme.on_panel
    accent = desk.theme.accent(slide.position, len(slide.layers))
    items: list[Item] = [desk.ground(f"accent{accent}")]
    title, *lead = _title_and_lead(slide, desk)
    items.append(title)
    number = numeral(slide.position, layer.key)
    items.append(desk.placeholder(spec["numeral"], number, slot=slot))
    items += _sign_beside(desk, layer.key, number, slot)
    if layer.role:
        items.append(desk.placeholder(spec["role"], layer.role, slot=slot))
    items += lead
    if len(slide.layers) > 1:
        items += miniature(desk, slide.layers, slide.position, layout.boxes["map"], slot)
    items += _names(slide, desk)
    return frames_of(slide.key, "section", [items], desk.language, accent)


def _sign_beside(desk: Desk, element: str, number: Text, slot: str) -> list[Sign]:
    """Return the sign of a layer beside its number, on the line of its foot."""
    spec = desk.layout("section").placeholders["numeral"]
    side, gap = desk.theme.sign("panel"), desk.theme.sign("gap")
    x = spec.box.x + desk.room(number, spec.role) + gap
    foot = spec.box.bottom - round(points(spec.role.sizes[0]) * spec.role.leading * FOOT)
    return desk.sign(element, Box(Length(x), Length(foot - side), side, side), slot)


def _names(slide: deck.Section, desk: Desk) -> Iterator[Item]:
    """Yield the names of the layer's concepts, each leading to its slide; of too many to be read at a glance none."""
    layout, concepts = desk.layout("section"), slide.layer.concepts
    area, most = layout.boxes["names"], layout.length("most-name")
    if not concepts or len(concepts) > layout.count("most-names"):
        return
    height = Length(min(most, area.h // len(concepts)))
    trial = desk.fresh()
    lead = desk.lead((concept.key for concept in concepts), "node")
    size = Size(Length(area.w - lead), height)
    role = desk.theme.roles["divider-name"]
    settings = trial.fit_together([(concept.name, size) for concept in concepts], role)
    if trial.problems:
        return
    desk.take(trial)
    look = TextLook(slot=desk.theme.on_panel, anchor="ctr")
    for at, (concept, setting) in enumerate(zip(concepts, settings, strict=True)):
        y, side = Length(area.y + at * height), desk.theme.sign("node")
        yield from desk.sign(concept.key, Box(area.x, y, side, height), look.slot)
        box = Box(Length(area.x + lead), y, size.w, height)
        label = desk.label(concept.name, role.name, box, setting, look=look)
        yield replace(label, link=concept.key, of=concept.key)


def _title_and_lead(slide: deck.Section, desk: Desk) -> list[Shape]:
    """Return the layer's name and, close below it, the line about it; a long name takes the room that is left."""
    layout, slot = desk.layout("section"), desk.theme.on_panel
    title, lead = layout.placeholders["title"], layout.placeholders["lead"]
    gap = layout.length("lead-gap")
    if not slide.layer.lead:
        return [desk.placeholder(title, slide.title, slot=slot, box=_taller(title.box, lead.box.bottom))]
    room = desk.box_for(slide.layer.lead, lead)
    below = desk.fit(slide.layer.lead, lead.role, Size(room.w, room.h))
    box = _taller(title.box, Length(room.bottom - below.height - gap))
    if desk.typesetter.fit(
        desk.written(slide.title, title.role),
        style=desk.style(desk.suited(title.role, slide.title)),
        box=Size(title.box.w, title.box.h),
        lang=desk.tongue(slide.title),
    ):
        box = title.box
    above = desk.placeholder(title, slide.title, slot=slot, box=box)
    y = box.y + points(above.text.height if above.text else 0) + gap
    if title.anchor == "t":  # its box ends above the lead's, so that a click finds the right one
        above = replace(above, box=Box(box.x, box.y, box.w, min(box.h, Length(y - gap - box.y))))
    place = Box(lead.box.x, Length(y), lead.box.w, below.height)
    paragraph = desk.paragraph(slide.layer.lead, below, lead.role, slot)
    return [above, desk.filled(lead, (paragraph,), slide.layer.lead.key, place, slide.layer.lead)]


def _taller(box: Box, bottom: int) -> Box:
    return Box(box.x, box.y, box.w, Length(bottom - box.y))
