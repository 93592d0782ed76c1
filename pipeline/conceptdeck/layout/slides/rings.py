"""The signature motif: concentric rings, one a layer, the innermost the goal."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from conceptdeck.layout.desk import Desk, NodeLook, numeral
from conceptdeck.values.frame import Fill, Shape, Stroke
from conceptdeck.values.model import Layer
from conceptdeck.values.presets import ROUND_INSET
from conceptdeck.values.terms import Term
from conceptdeck.values.text import Text
from conceptdeck.values.theme import Role
from conceptdeck.values.units import Box, Length, Size, inches

__all__ = ["all_rings", "layer_rings", "rail", "ring_boxes", "small_rings", "window"]


def ring_boxes(desk: Desk, count: int, centre: tuple[Length, Length], scale: float) -> list[Box]:
    """Return the boxes of `count` rings around `centre`, the outermost first."""
    outer, inner = desk.theme.rings
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


def all_rings(desk: Desk, count: int, layout: str, *, tinted: bool) -> Iterator[Shape]:
    """Yield the rings as decoration, the innermost solid; `tinted` rings take the accents of their layers.

    Of many layers not every one has a ring: closer rings would no longer look like rings.
    """
    spec = desk.layout(layout)
    shown = min(count, spec.count("rings-most"))
    centre = (spec.length("rings-x"), spec.length("rings-y"))
    tints, theme = desk.theme.tints, desk.theme
    for index, box in enumerate(ring_boxes(desk, shown, centre, spec.numbers["rings-scale"]), start=1):
        slot = f"accent{theme.accent(index, shown)}"
        if index == shown:
            fill, stroke = Fill(slot), None
        elif tinted:
            fill, stroke = Fill(slot, tints["soft"]), Stroke(slot, theme.stroke("ring"))
        else:
            fill, stroke = None, Stroke("secondary", theme.stroke("ring"), tints["ring"])
        yield Shape(f"!!ring{index}", "ellipse", box, fill, stroke, decorative=True)


def layer_rings(desk: Desk, layers: tuple[Layer, ...], active: int) -> Iterator[Shape]:
    """Yield the rings of a divider with layer `active` lit, and a numbered pill at the top of each ring."""
    spec, count = desk.layout("section"), len(layers)
    shown = window(count, active, spec.count("rings-most"))
    centre = (spec.length("rings-x"), spec.length("rings-y"))
    boxes = ring_boxes(desk, len(shown), centre, spec.numbers["rings-scale"])
    accent = _accent(desk, active, count)
    alt = desk.words.say(Term.RINGS, position=active, count=count, name=layers[active - 1].name.value)
    for slot, (position, box) in enumerate(zip(shown, boxes, strict=True), start=1):
        lit = position == active
        shape = _ring(slot, box, _ground(desk, accent, lit=lit, innermost=position == count))
        yield replace(shape, alt=alt, decorative=False) if lit else shape
    size = Size(spec.length("pill-w"), spec.length("pill-h"))
    for slot, (position, box) in enumerate(zip(shown, boxes, strict=True)):
        lit = position == active
        middle = box.centre.y if position == count else box.y
        text = numeral(position, layers[position - 1].key) if position else _more(desk, "rings", slot)
        yield desk.node(
            [(text, "ring", "card" if lit else "secondary")],
            Box(Length(box.centre.x - size.w // 2), Length(middle - size.h // 2), size.w, size.h),
            place="ring",
            look=NodeLook(fill=Fill(accent) if lit else Fill("page"), radius=size.h // 2),
        )


def small_rings(desk: Desk, of: str, count: int, active: int, box: Box) -> Iterator[Shape]:
    """Yield the rings as a small picture in `box`, layer `active` lit, for the element whose key is `of`."""
    outer = desk.theme.rings[0]
    scale = box.w / 2 / inches(outer)
    shown = window(count, active, desk.layout("agenda").count("rings-most"))
    accent = _accent(desk, active, count)
    for slot, (position, ring) in enumerate(
        zip(shown, ring_boxes(desk, len(shown), box.centre, scale), strict=True), start=1
    ):
        shape = _ring(slot, ring, _ground(desk, accent, lit=position == active, innermost=position == count))
        part = f"ring{slot}"
        yield replace(shape, name=f"{of}.{part}", of=of, part=part)


def _ring(slot: int, box: Box, ground: tuple[Fill | None, Stroke]) -> Shape:
    return Shape(f"!!ring{slot}", "ellipse", box, *ground, decorative=True)


def _ground(desk: Desk, accent: str, *, lit: bool, innermost: bool) -> tuple[Fill | None, Stroke]:
    """Return fill and outline of a ring."""
    theme = desk.theme
    if not lit:
        return None, Stroke("secondary", theme.stroke("ring"), theme.tints["ring"])
    fill = Fill(accent) if innermost else Fill(accent, theme.tints["active"])
    return fill, Stroke(accent, theme.stroke("active"))


def _more(desk: Desk, place: str, slot: int) -> Text:
    """Return the sign that stands for the layers left out."""
    return desk.words.text(Term.MORE, f"term.more-{place}{slot}")


def _accent(desk: Desk, position: int, count: int) -> str:
    return f"accent{desk.theme.accent(position, count)}"


def rail(desk: Desk, layers: tuple[Layer, ...], active: int) -> Iterator[Shape]:
    """Yield the progress rail: a pill with the name of the layer that the slide belongs to, numbers for the others."""
    if len(layers) < 2:
        return
    spec, role = desk.theme.rail, desk.theme.roles["rail"]
    height, gap = inches(spec["h"]), inches(spec["gap"])
    texts = _rail_texts(desk, layers, active)
    widths = [_pill_width(desk, text, role) for _, text in texts]
    x = inches(spec["x"])
    for (position, text), width in zip(texts, widths, strict=True):
        lit = position == active
        pill = desk.node(
            [(text, "rail", "card" if lit else "secondary")],
            Box(x, inches(spec["y"]), width, height),
            place="rail",
            look=NodeLook(fill=Fill(_accent(desk, active, len(layers))) if lit else None, radius=height // 2),
        )
        link = "" if lit or not position else layers[position - 1].key
        yield replace(pill, link=link, fitted=True)
        x = Length(x + width + gap)


def _rail_texts(desk: Desk, layers: tuple[Layer, ...], active: int) -> list[tuple[int | None, Text]]:
    """Return the texts of the rail by position; a name too long for the rail is left to the divider."""
    spec, role = desk.theme.rail, desk.theme.roles["rail"]
    found: list[tuple[int | None, Text]] = []
    for slot, position in enumerate(window(len(layers), active, int(spec["most"]))):
        found.append((position, numeral(position, layers[position - 1].key) if position else _more(desk, "rail", slot)))
    label = layers[active - 1].role or layers[active - 1].name
    number = numeral(active, layers[active - 1].key)
    named = label.reworded(f"{number.value}  {label.value}")
    others = sum(_pill_width(desk, text, role) for position, text in found if position != active)
    air = len(found) * inches(spec["gap"])
    if _pill_width(desk, named, role) + others + air > desk.theme.column.w:
        named = Text(number.value, label.key, label.span, parts=number.keys)  # in the place of the name, without it
    return [(position, named if position == active else text) for position, text in found]


def _pill_width(desk: Desk, text: Text, role: Role) -> Length:
    """Return the width of a pill of the rail: its text with air, or if that is more, with what it keeps free."""
    height, pad = inches(desk.theme.rail["h"]), inches(desk.theme.rail["pad"])
    corners = 2 * round(height // 2 * ROUND_INSET)
    return Length(max(desk.natural_width(text, role) + 2 * pad, desk.room(text, role) + corners))
