"""What stands out in a picture: concepts on grounds of their own and the edges between them; all else is dimmed."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import replace

from conceptdeck.layout.pictures.canvas import Canvas, Items
from conceptdeck.values.frame import Fill, Item, Route, Shape, Sign, Stroke
from conceptdeck.values.items import keys_in
from conceptdeck.values.units import Box, Length

__all__ = ["highlighted"]

DIMMED, LIT = "secondary", "card"  # the slots of texts


def highlighted(keys: Collection[str], canvas: Canvas, items: Items) -> Items:
    """Return a picture in which the concepts of these keys stand out; the same if there are none.

    An edge stands out between two of them; one concept alone has all its edges.
    """
    if not keys:
        return items
    lit = {item.name for item in items if _is_of(item, keys)}
    count = all if len(keys) > 1 else any
    ways = {
        item.name for item in items if isinstance(item, Route) and count(end in lit for end in (item.tail, item.head))
    }
    made: Items = []
    for item in items:
        if item.name in lit:
            made += _lit(item, keys, canvas)
        elif item.name in ways or any(key.rpartition(".")[0] in ways for key in keys_in(item)):
            made.append(item)
        else:
            made.append(_dimmed(item, canvas))
    return made


def _is_of(item: Item, keys: Collection[str]) -> bool:
    """Tell whether an item shows one of the concepts."""
    if isinstance(item, (Shape, Sign)) and item.of:
        return item.of in keys
    return any(key.startswith(f"{each}.") for each in keys for key in keys_in(item))


def _lit(item: Item, keys: Collection[str], canvas: Canvas) -> Iterator[Item]:
    """Yield an item on a ground that stands out; what is said beside the name of a concept needs none."""
    accent = f"accent{canvas.theme.goal}"
    if isinstance(item, Sign):
        yield replace(item, slot=LIT)
    elif isinstance(item, Shape) and item.fill:
        yield replace(_in_slot(item, LIT), fill=Fill(accent), stroke=None)
    elif isinstance(item, Shape) and any(f"{key}.name" in keys_in(item) for key in keys):
        ground = canvas.panel(f"{item.name}@lit", _around(item, canvas), accent)
        yield replace(ground, fill=Fill(accent), stroke=None)
        yield _in_slot(item, LIT)
    else:
        yield item


def _around(item: Shape, canvas: Canvas) -> Box:
    """Return the ground of a text without a box of its own: as wide as its sign and its letters are."""
    assert item.text is not None
    left = item.text.margins[0]
    wide = max(paragraph.extent for paragraph in item.text.paragraphs)
    width = min(item.box.w, Length(left + wide))
    beside, above = canvas.length("sign-gap"), canvas.length("hairline")
    return Box(item.box.x, item.box.y, width, item.box.h).inset(-beside, -above)


def _dimmed(item: Item, canvas: Canvas) -> Item:
    """Return an item that draws no eye: no solid ground, thin lines, and texts that can still be read."""
    faint = canvas.theme.tints["ring"]
    match item:
        case Shape():
            solid = item.fill and item.fill.slot.startswith("accent") and item.fill.alpha == 1
            outline = Stroke(DIMMED, canvas.length("hairline"), faint, dashed=bool(item.stroke and item.stroke.dashed))
            if solid and item.preset == "roundRect":
                item = replace(item, fill=Fill(LIT), stroke=outline)
            elif item.stroke:
                item = replace(item, stroke=outline)
            return _in_slot(item, DIMMED)
        case Route():
            thin = Stroke(DIMMED, canvas.length("hairline"), dashed=item.stroke.dashed)
            return replace(item, stroke=thin)
        case Sign():
            return replace(item, slot=DIMMED)
        case _:
            return item


def _in_slot(item: Shape, slot: str) -> Shape:
    """Return a shape whose texts have another colour."""
    if not item.text:
        return item
    texts = item.text.paragraphs
    recoloured = (replace(each, runs=tuple(replace(run, slot=slot) for run in each.runs)) for each in texts)
    return replace(item, text=replace(item.text, paragraphs=tuple(recoloured)))
