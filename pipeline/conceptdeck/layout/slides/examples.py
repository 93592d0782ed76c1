"""Examples of a concept as tiles in rows, and the panel with the concept's own words."""

from __future__ import annotations

import math
from dataclasses import replace

from conceptdeck.layout.chips import element_of
from conceptdeck.layout.desk import Desk, NodeLook, Row, TextLook
from conceptdeck.layout.toolkit import alike
from conceptdeck.values import deck
from conceptdeck.values.frame import Fill, Item, Shape
from conceptdeck.values.text import Text
from conceptdeck.values.units import Box, Length, Size

__all__ = ["accent_of", "in_rows", "named_by_title", "panel", "tiles"]

PANEL_SIGNS = ("panel", "above", "node")  # the sizes of a sign at the head of a panel, the best one first


def accent_of(desk: Desk, slide: deck.Concept) -> str:
    """Return the slot of the accent of the concept's layer."""
    return f"accent{desk.theme.accent(slide.position, len(slide.layers))}"


def in_rows(count: int, most: int) -> int:
    """Return how many tiles, at `most`, stand side by side so that rows are full."""
    return max(1, count) if count <= most else math.ceil(count / math.ceil(count / most))


def named_by_title(slide: deck.Concept) -> bool:
    """Tell whether the title is the name of the concept, so that it need not be said again."""
    return slide.title.key == slide.concept.name.key


def tiles(desk: Desk, slide: deck.Concept, area: Box, across: int, accent: str) -> list[Item]:
    """Return the examples as tiles that fill `area`, `across` of them side by side, each with its maker if it has one.

    After each tile come its image, if it has one, and its bar, in the accent of the layer.
    """
    layout = desk.layout("concept")
    pad, gap, bar = layout.length("tile-pad"), layout.length("tile-gap"), layout.length("tile-bar")
    rows = math.ceil(len(slide.examples) / across)
    width = Length((area.w - gap * (across - 1)) // across)
    height = Length(min(layout.length("tile-most"), (area.h - gap * (rows - 1)) // rows))
    lead = _lead(desk, slide, Size(Length(width - bar), height))
    inner = Size(Length(width - bar - 2 * pad - lead), Length(height - 2 * layout.length("tile-pad-y")))
    makers = dict(zip(slide.examples, slide.makers, strict=True)) if slide.makers else {}
    said = [maker for maker in makers.values() if maker]
    below = desk.fit_together([(maker, inner) for maker in said], desk.theme.roles["tile-maker"]) if said else ()
    settings = dict(zip(said, below, strict=True))
    room = Size(inner.w, Length(inner.h - max((each.height for each in below), default=0)))
    names = desk.fit_together([(name, room) for name in slide.examples], desk.theme.roles["example-name"])
    top = area.y + (area.h - (rows * (height + gap) - gap)) // 2
    found: list[Item] = []
    for at, (name, setting) in enumerate(zip(slide.examples, names, strict=True)):
        row, column = divmod(at, across)
        box = Box(Length(area.x + column * (width + gap)), Length(top + row * (height + gap)), width, height)
        ground = Box(Length(box.x + bar), box.y, Length(width - bar), height)
        maker = makers.get(name)
        lines = [(name, "example-name", "ink"), *([(maker, "tile-maker", "secondary")] if maker else [])]
        sizes = [setting, *([settings[maker]] if maker else [])]
        look = NodeLook(preset="rect", fill=Fill("card"), pad=pad, align="l", before=lead)
        tile = desk.node(lines, ground, place=slide.concept.id, look=look, settings=sizes)
        found.append(replace(tile, link=element_of(name)))
        if lead:
            window = Box(ground.x, ground.y, lead, height)
            found += desk.picture(element_of(name), window, layout.length("image-inset"), slide.concept.id)
        edge = Box(box.x, box.y, bar, height)
        found.append(replace(desk.panel(tile.name, "bar", edge, Fill(accent)), of=element_of(name)))
    return found


def _lead(desk: Desk, slide: deck.Concept, tile: Size) -> Length:
    """Return how wide the images of examples are at the left of tiles, nothing if words would be broken for it."""
    layout, role = desk.layout("concept"), desk.theme.roles["example-name"]
    if not any(element_of(name) in desk.images for name in slide.examples):
        return Length(0)
    side = Length(min(tile.h, round(tile.w * layout.numbers["tile-image"])))
    room = Size(Length(tile.w - 2 * layout.length("tile-pad") - side), Length(tile.h - 2 * layout.length("tile-pad-y")))
    return side if desk.whole_together([(name, room) for name in slide.examples], role) else Length(0)


def panel(desk: Desk, slide: deck.Concept, box: Box, accent: str) -> tuple[Shape, list[Item]]:
    """Return a panel in the accent of the layer, and what stands on it: the concept's sign and words as one block.

    The image of the concept takes the place of its sign, and reaches the edges of the panel.
    """
    layout, slot = desk.layout("concept"), desk.theme.on_panel
    concept, pad, gap = slide.concept, layout.length("panel-pad"), layout.length("panel-gap")
    inner = Length(box.w - 2 * pad)
    texts: list[tuple[Text, str]] = [] if named_by_title(slide) else [(concept.name, "panel-name")]
    texts += [(concept.tagline, "label")] if concept.tagline else []
    texts += [(concept.description, "panel-text")] if concept.description else []
    rows = [Row((text,), role, (inner,)) for text, role in texts]
    room = Length(box.h - 2 * pad - gap * (len(rows) - 1))
    pictured = concept.key in desk.images
    side = Length(0) if pictured else _sign_side(desk, concept.key, rows, room, gap)
    head = layout.length("panel-image") if pictured else side + gap if side else 0
    settings, heights = desk.stack(rows, room - head)
    ground = desk.panel(concept.key, "panel", box, Fill(accent, desk.theme.tints["panel"]))
    needed = sum(heights) + gap * (len(rows) - 1)
    if pictured:  # as high as the words let it be
        head = min(box.h - 2 * pad - needed, round(box.h * layout.numbers["image-share"]))
        window = Box(box.x, box.y, box.w, Length(head))
        items: list[Item] = [*desk.picture(concept.key, window, layout.length("image-inset"))]
        y = Length(window.bottom + (box.h - head - needed) // 2)
    else:
        y = Length(box.y + (box.h - head - needed) // 2)
        items = [*desk.sign(concept.key, Box(Length(box.x + pad), y, side, side), slot)] if side else []
        y = Length(y + head)
    for (text, role), found, height in zip(texts, settings, heights, strict=True):
        if found[0]:
            at = Box(Length(box.x + pad), y, inner, height)
            items.append(desk.label(text, role, at, found[0], look=TextLook(slot=slot)))
        y = Length(y + height + gap)
    return ground, items


def _sign_side(desk: Desk, element: str, rows: list[Row], room: Length, gap: Length) -> Length:
    """Return the side of the largest sign that leaves the texts below it as large as without one, zero if none does."""
    if element not in desk.icons:
        return Length(0)
    full = desk.fresh().stack(rows, room)[0]
    sides = map(desk.theme.sign, PANEL_SIGNS)
    return next((side for side in sides if alike(desk.fresh().stack(rows, room - side - gap)[0], full)), Length(0))
