"""The signature motif: concentric rings, one a layer, the innermost the goal."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from conceptdeck.layout.desk import Desk, NodeLook, numeral
from conceptdeck.values.frame import Fill, Shape
from conceptdeck.values.model import Layer
from conceptdeck.values.presets import ROUND_INSET
from conceptdeck.values.terms import Term
from conceptdeck.values.text import Text
from conceptdeck.values.theme import Role
from conceptdeck.values.units import Box, Length, inches

__all__ = ["rail", "ring_boxes", "window"]


def ring_boxes(desk: Desk, count: int, centre: tuple[Length, Length], radius: Length) -> list[Box]:
    """Return the boxes of `count` rings around `centre`, the outermost first, which has this radius."""
    outer, inner = desk.theme.rings
    scale = radius / inches(outer)
    if count == 1:
        outer = (outer + inner) / 2  # a goal without rings around it is a disc, not the whole slide
    step = (outer - inner) / (count - 1) if count > 1 else 0.0
    boxes = []
    for index in range(count):
        radius = inches((outer - step * index) * scale)
        boxes.append(
            Box(Length(centre[0] - radius), Length(centre[1] - radius), Length(2 * radius), Length(2 * radius))
        )
    return boxes


def window(count: int, active: int, slots: int) -> tuple[int | None, ...]:
    """Return at most `slots` of the positions 1 to `count`: the ends and those around `active`; None is a gap."""
    if count <= slots:
        return tuple(range(1, count + 1))
    run = slots - 2  # at an end, the run takes one gap and the other end beside it
    if active < run:
        return (*range(1, run + 1), None, count)
    if active > count + 1 - run:
        return (1, None, *range(count + 1 - run, count + 1))
    start = active - (slots - 4) // 2
    return (1, None, *range(start, start + slots - 4), None, count)


def _accent(desk: Desk, position: int, count: int) -> str:
    return f"accent{desk.theme.accent(position, count)}"


def rail(desk: Desk, layers: tuple[Layer, ...], active: int, width: Length | None = None) -> Iterator[Shape]:
    """Yield the progress rail: a pill with the name of the layer that the slide belongs to, numbers for the others.

    It is no wider than `width`, or than the content of slides.
    """
    if len(layers) < 2:
        return
    spec, role = desk.theme.rail, desk.theme.roles["rail"]
    height, gap = inches(spec["h"]), inches(spec["gap"])
    texts = _rail_texts(desk, layers, active, width or desk.theme.column.w)
    widths = [_pill_width(desk, text, role) for _, text in texts]
    x = inches(spec["x"])
    for (position, text), wide in zip(texts, widths, strict=True):
        lit = position == active
        pill = desk.node(
            [(text, "rail", "card" if lit else "secondary")],
            Box(x, inches(spec["y"]), wide, height),
            place="rail",
            look=NodeLook(fill=Fill(_accent(desk, active, len(layers))) if lit else None, radius=height // 2),
        )
        link = "" if lit or not position else layers[position - 1].key
        yield replace(pill, link=link, fitted=True)
        x = Length(x + wide + gap)


def _rail_texts(desk: Desk, layers: tuple[Layer, ...], active: int, width: Length) -> list[tuple[int | None, Text]]:
    """Return the texts of the rail by position; a name too long for the rail is left to the divider."""
    spec, role = desk.theme.rail, desk.theme.roles["rail"]
    found: list[tuple[int | None, Text]] = []
    for slot, position in enumerate(window(len(layers), active, int(spec["most"]))):
        more = desk.words.text(Term.MORE, f"term.more-rail{slot}")
        found.append((position, numeral(position, layers[position - 1].key) if position else more))
    label = layers[active - 1].role or layers[active - 1].name
    number = numeral(active, layers[active - 1].key)
    named = label.reworded(f"{number.value}  {label.value}")
    others = sum(_pill_width(desk, text, role) for position, text in found if position != active)
    air = len(found) * inches(spec["gap"])
    if _pill_width(desk, named, role) + others + air > width:
        named = Text(number.value, label.key, label.span, parts=number.keys)  # in the place of the name, without it
    return [(position, named if position == active else text) for position, text in found]


def _pill_width(desk: Desk, text: Text, role: Role) -> Length:
    """Return the width of a pill of the rail: its text with air, or if that is more, with what it keeps free."""
    height, pad = inches(desk.theme.rail["h"]), inches(desk.theme.rail["pad"])
    corners = 2 * round(height // 2 * ROUND_INSET)
    return Length(max(desk.natural_width(text, role) + 2 * pad, desk.room(text, role) + corners))
