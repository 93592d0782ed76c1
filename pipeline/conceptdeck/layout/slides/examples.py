"""Examples of a concept as tiles in rows, and the panel with the concept's own words."""

from __future__ import annotations

import math
from dataclasses import replace

from conceptdeck.layout.chips import element_of
from conceptdeck.layout.desk import Desk, NodeLook, Row, TextLook
from conceptdeck.values import deck
from conceptdeck.values.frame import Fill, Item, Shape
from conceptdeck.values.text import Text
from conceptdeck.values.units import Box, Length, Size

__all__ = ["named_by_title", "panel", "tiles"]


def named_by_title(slide: deck.Concept) -> bool:
    """Tell whether the title is the name of the concept, so that it need not be said again."""
    return slide.title.key == slide.concept.name.key


def tiles(desk: Desk, slide: deck.Concept, area: Box, across: int, accent: str) -> list[Shape]:
    """Return the examples as tiles that fill `area`, `across` of them side by side, each with its maker if it has one.

    After each tile comes its bar, in the accent of the layer.
    """
    layout = desk.layout("concept")
    pad, gap, bar = layout.length("tile-pad"), layout.length("tile-gap"), layout.length("tile-bar")
    rows = math.ceil(len(slide.examples) / across)
    width = Length((area.w - gap * (across - 1)) // across)
    height = Length(min(layout.length("tile-most"), (area.h - gap * (rows - 1)) // rows))
    inner = Size(Length(width - bar - 2 * pad), Length(height - 2 * layout.length("tile-pad-y")))
    makers = dict(zip(slide.examples, slide.makers, strict=True)) if slide.makers else {}
    said = [maker for maker in makers.values() if maker]
    below = desk.fit_together([(maker, inner) for maker in said], desk.theme.roles["tile-maker"]) if said else ()
    settings = dict(zip(said, below, strict=True))
    room = Size(inner.w, Length(inner.h - max((each.height for each in below), default=0)))
    names = desk.fit_together([(name, room) for name in slide.examples], desk.theme.roles["example-name"])
    top = area.y + (area.h - (rows * (height + gap) - gap)) // 2
    found: list[Shape] = []
    for at, (name, setting) in enumerate(zip(slide.examples, names, strict=True)):
        row, column = divmod(at, across)
        box = Box(Length(area.x + column * (width + gap)), Length(top + row * (height + gap)), width, height)
        ground = Box(Length(box.x + bar), box.y, Length(width - bar), height)
        maker = makers.get(name)
        lines = [(name, "example-name", "ink"), *([(maker, "tile-maker", "secondary")] if maker else [])]
        sizes = [setting, *([settings[maker]] if maker else [])]
        look = NodeLook(preset="rect", fill=Fill("card"), pad=pad, align="l")
        tile = desk.node(lines, ground, place=slide.concept.id, look=look, settings=sizes)
        found.append(replace(tile, link=element_of(name)))
        edge = Box(box.x, box.y, bar, height)
        found.append(replace(desk.panel(tile.name, "bar", edge, Fill(accent)), of=element_of(name)))
    return found


def panel(desk: Desk, slide: deck.Concept, box: Box, accent: str) -> tuple[Shape, list[Item]]:
    """Return a panel in the accent of the layer, and what stands on it as one block: the concept's sign and words."""
    layout, slot = desk.layout("concept"), desk.theme.on_panel
    concept, pad, gap = slide.concept, layout.length("panel-pad"), layout.length("panel-gap")
    side = desk.theme.sign("panel")
    inner = Length(box.w - 2 * pad)
    sign = desk.sign(concept.key, Box(Length(box.x + pad), box.y, side, side), slot)
    texts: list[tuple[Text, str]] = [] if named_by_title(slide) else [(concept.name, "panel-name")]
    texts += [(concept.tagline, "label")] if concept.tagline else []
    texts += [(concept.description, "panel-text")] if concept.description else []
    head = side + gap if sign else 0
    rows = [Row((text,), role, (inner,)) for text, role in texts]
    settings, heights = desk.stack(rows, box.h - 2 * pad - head - gap * (len(rows) - 1))
    ground = desk.panel(concept.key, "panel", box, Fill(accent, desk.theme.tints["panel"]))
    y = Length(box.y + (box.h - head - sum(heights) - gap * (len(rows) - 1)) // 2)
    items: list[Item] = [replace(each, box=Box(each.box.x, y, side, side)) for each in sign]
    y = Length(y + head)
    for (text, role), found, height in zip(texts, settings, heights, strict=True):
        if found[0]:
            at = Box(Length(box.x + pad), y, inner, height)
            items.append(desk.label(text, role, at, found[0], look=TextLook(slot=slot)))
        y = Length(y + height + gap)
    return ground, items
