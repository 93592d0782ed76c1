"""The signature motif: concentric rings, one a layer, the innermost the goal."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from pipeline.frame import Fill, Shape, Stroke
from pipeline.layout.desk import Desk, numeral
from pipeline.locales import Term, say
from pipeline.model import Layer, Text
from pipeline.units import Box, Length, Size, inches

__all__ = ["all_rings", "layer_rings", "rail", "ring_boxes", "small_rings"]


def ring_boxes(desk: Desk, count: int, centre: tuple[Length, Length], scale: float) -> list[Box]:
    """Return the boxes of `count` rings around `centre`, the outermost first."""
    outer, inner = desk.theme.rings
    step = (outer - inner) / (count - 1) if count > 1 else 0.0
    boxes = []
    for index in range(count):
        radius = inches((outer - step * index) * scale)
        boxes.append(
            Box(Length(centre[0] - radius), Length(centre[1] - radius), Length(2 * radius), Length(2 * radius))
        )
    return boxes


def all_rings(desk: Desk, count: int, layout: str, *, tinted: bool) -> Iterator[Shape]:
    """Yield every ring as decoration, the innermost solid; `tinted` rings take the accents of their layers."""
    spec = desk.layout(layout)
    centre = (spec.length("rings-x"), spec.length("rings-y"))
    tints, theme = desk.theme.tints, desk.theme
    for index, box in enumerate(ring_boxes(desk, count, centre, spec.numbers["rings-scale"]), start=1):
        slot = f"accent{theme.accent(index, count)}"
        if index == count:
            fill, stroke = Fill(slot), None
        elif tinted:
            fill, stroke = Fill(slot, tints["soft"]), Stroke(slot, theme.stroke("ring"))
        else:
            fill, stroke = None, Stroke("secondary", theme.stroke("ring"), tints["ring"])
        yield Shape(f"!!ring{index}", "ellipse", box, fill, stroke, decorative=True)


def layer_rings(desk: Desk, layers: tuple[Layer, ...], active: int) -> Iterator[Shape]:
    """Yield the rings of a divider with layer `active` lit, and a numbered pill at the top of each ring."""
    spec, theme, count = desk.layout("section"), desk.theme, len(layers)
    centre = (spec.length("rings-x"), spec.length("rings-y"))
    boxes = ring_boxes(desk, count, centre, spec.numbers["rings-scale"])
    for index, (layer, box) in enumerate(zip(layers, boxes, strict=True), start=1):
        lit = index == active
        alt = say(Term.RINGS, position=index, count=count, name=layer.name.value) if lit else ""
        yield _ring(desk, index, box, _accent(desk, index, count), lit=lit, innermost=index == count, alt=alt)
    size = Size(spec.length("pill-w"), spec.length("pill-h"))
    role = theme.roles["ring"]
    for index, (layer, box) in enumerate(zip(layers, boxes, strict=True), start=1):
        lit = index == active
        middle = box.centre.y if index == count else box.y
        pill = Box(Length(box.centre.x - size.w // 2), Length(middle - size.h // 2), size.w, size.h)
        accent = _accent(desk, index, count)
        yield desk.node(
            [(numeral(index, layer.key), role.name, "card" if lit else "secondary")],
            pill,
            name=f"{layer.key}.number@ring",
            fill=Fill(accent) if lit else Fill("page"),
            radius=pill.h // 2,
        )


def small_rings(desk: Desk, name: str, count: int, active: int, box: Box) -> Iterator[Shape]:
    """Yield the rings as a small picture in `box`, layer `active` lit."""
    outer = desk.theme.rings[0]
    scale = box.w / 2 / inches(outer)
    for index, ring in enumerate(ring_boxes(desk, count, box.centre, scale), start=1):
        lit = index == active
        shape = _ring(desk, index, ring, _accent(desk, index, count), lit=lit, innermost=index == count)
        yield Shape(f"{name}.ring{index}", shape.preset, ring, shape.fill, shape.stroke, decorative=True)


def _ring(desk: Desk, index: int, box: Box, accent: str, *, lit: bool, innermost: bool, alt: str = "") -> Shape:
    theme = desk.theme
    if lit:
        fill = Fill(accent) if innermost else Fill(accent, theme.tints["active"])
        stroke = Stroke(accent, theme.stroke("active"))
    else:
        fill = None
        stroke = Stroke("secondary", theme.stroke("ring"), theme.tints["ring"])
    return Shape(f"!!ring{index}", "ellipse", box, fill, stroke, alt=alt, decorative=not alt)


def _accent(desk: Desk, position: int, count: int) -> str:
    return f"accent{desk.theme.accent(position, count)}"


def rail(desk: Desk, layers: tuple[Layer, ...], active: int) -> Iterator[Shape]:
    """Yield the progress rail: a pill with the name of the layer that the slide belongs to, numbers for the others."""
    if len(layers) < 2:
        return
    spec, role = desk.theme.rail, desk.theme.roles["rail"]
    x, height, pad = inches(spec["x"]), inches(spec["h"]), inches(spec["pad"])
    for index, layer in enumerate(layers, start=1):
        number = f"{index:02d}"
        lit = index == active
        label = layer.role or layer.name
        text = Text(f"{number}  {label.value}" if lit else number, f"{layer.key}.number", label.span)
        width = Length(desk.width(text.value, role) + 2 * pad)
        pill = desk.node(
            [(text, "rail", "card" if lit else "secondary")],
            Box(x, inches(spec["y"]), width, height),
            name=f"{label.key}@rail" if lit else f"{layer.key}.number@rail",
            fill=Fill(_accent(desk, index, len(layers))) if lit else None,
            radius=height // 2,
        )
        yield pill if lit else replace(pill, link=layer.key)
        x = Length(x + width + inches(spec["gap"]))
