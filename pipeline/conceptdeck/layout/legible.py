"""Texts in themes with accents for decoration: nothing is read in such a colour, nor on it in one that is too close."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from conceptdeck.values.colour import blend, contrast
from conceptdeck.values.frame import Item, Shape, Sign, Table, TextBody
from conceptdeck.values.items import bodies, box_of, with_bodies
from conceptdeck.values.theme import Theme
from conceptdeck.values.units import Box

__all__ = ["ground_of", "legible"]

INSTEAD = ("ink", "page", "card", "secondary")  # in this order, in place of what cannot be read
GROUND = "page"
Palettes = Sequence[Mapping[str, str]]


def legible(items: Sequence[Item], theme: Theme, palettes: Palettes) -> tuple[Item, ...]:
    """Return items whose texts and signs can be read in all palettes, if the theme has accents for decoration."""
    if not theme.decorative:
        return tuple(items)
    return tuple(_item(item, items[:index], theme, palettes) for index, item in enumerate(items))


def ground_of(box: Box, below: Iterable[Item], palette: Mapping[str, str]) -> str:
    """Return the colour below the middle of a box."""
    return _grounds(box, below, (palette,))[0]


def _item(item: Item, below: Sequence[Item], theme: Theme, palettes: Palettes) -> Item:
    if isinstance(item, Table):  # a row may have a ground of its own
        rows = []
        for row in item.rows:
            grounds = [palette[row.fill.slot if row.fill else GROUND] for palette in palettes]
            cells = tuple(replace(cell, body=_body(cell.body, grounds, theme, palettes)) for cell in row.cells)
            rows.append(replace(row, cells=cells))
        return replace(item, rows=tuple(rows))
    if isinstance(item, Sign):
        grounds = _grounds(item.box, below, palettes)
        return replace(item, slot=_slot(item.slot, grounds, theme, palettes))
    if not any(bodies(item)):
        return item
    own = [item] if isinstance(item, Shape) and item.fill else []
    grounds = _grounds(box_of(item), [*below, *own], palettes)
    return with_bodies(item, lambda body: _body(body, grounds, theme, palettes))


def _grounds(box: Box, below: Iterable[Item], palettes: Palettes) -> list[str]:
    """Return the colour below the middle of a box in each palette."""
    x, y = box.x + box.w // 2, box.y + box.h // 2
    fills = [
        each.fill
        for each in below
        if isinstance(each, Shape)
        and each.fill
        and each.box.x <= x <= each.box.right
        and each.box.y <= y <= each.box.bottom
    ]
    found = []
    for palette in palettes:
        colour = palette[GROUND]
        for fill in fills:
            colour = blend(palette[fill.slot], colour, fill.alpha)
        found.append(colour)
    return found


def _body(body: TextBody, grounds: Sequence[str], theme: Theme, palettes: Palettes) -> TextBody:
    paragraphs = tuple(
        replace(each, runs=tuple(replace(run, slot=_slot(run.slot, grounds, theme, palettes)) for run in each.runs))
        for each in body.paragraphs
    )
    return replace(body, paragraphs=paragraphs)


def _slot(slot: str, grounds: Sequence[str], theme: Theme, palettes: Palettes) -> str:
    """Return the slot of a text on grounds: its own if it can be read, else the first that can, else the farthest."""

    def apart(one: str) -> float:
        return min(contrast(palette[one], ground) for palette, ground in zip(palettes, grounds, strict=True))

    wanted = theme.readable
    if slot not in theme.decorative and apart(slot) >= wanted:
        return slot
    return next((each for each in INSTEAD if apart(each) >= wanted), max(INSTEAD, key=apart))
