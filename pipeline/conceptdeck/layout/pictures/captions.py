"""The title and the source line inside a picture: what it needs to stand alone."""

from __future__ import annotations

from conceptdeck.layout.pictures.canvas import Canvas, Items, Line, extent
from conceptdeck.values import picture
from conceptdeck.values.items import box_of, moved
from conceptdeck.values.picture import Picture
from conceptdeck.values.units import Box, Length

__all__ = ["captioned"]


def captioned(shown: Picture, canvas: Canvas, items: Items) -> Items:
    """Return a picture with its title above it and its source line below it, as far as it has them.

    The sheet of the whole map has places of its own for both.
    """
    if isinstance(shown, picture.Poster) and shown.paper:
        return items
    ink = extent([box_of(item) for item in items])
    left = min(ink.x, Length(0))
    width = Length(max(canvas.width, ink.right) - left)
    made: Items = []
    if shown.headline:
        block = canvas.block([Line(shown.headline, "picture-title")], width)
        box = Box(left, Length(0), width, block.size.h)
        made.append(canvas.label(block, box, name=f"{block.name}@headline"))
        top = box.bottom + canvas.length("headline-gap") - ink.y
        items, ink = [moved(item, 0, top) for item in items], ink.moved(0, top)
    made += items
    if shown.credit:
        block = canvas.block([Line(shown.credit, "picture-credit")], width)
        box = Box(left, Length(ink.bottom + canvas.length("head-gap")), width, block.size.h)
        made.append(canvas.label(block, box, name=f"{block.name}@credit"))
    return made
