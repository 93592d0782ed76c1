"""The map in small: a row for each layer, a cell for each of its concepts, and the row of one layer lit."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from conceptdeck.layout.desk import Desk
from conceptdeck.layout.slides.rings import window
from conceptdeck.values.frame import Fill, Shape
from conceptdeck.values.model import Layer
from conceptdeck.values.terms import Term
from conceptdeck.values.units import Box, Length

__all__ = ["miniature"]


def miniature(desk: Desk, layers: Sequence[Layer], lit: int, area: Box, slot: str) -> Iterator[Shape]:
    """Yield the map in the colour `slot` within `area`, the row of layer `lit` solid, the others faint.

    Of many layers the rows at the ends and around the lit one are shown; a row without a number stands for the rest.
    """
    layout = desk.layout("section")
    shown = window(len(layers), lit, layout.count("most-rows"))
    most = layout.count("most-cells")
    gap, cell_gap = layout.length("row-gap"), layout.length("cell-gap")
    height = Length(min(layout.length("most-row"), (area.h - gap * (len(shown) - 1)) // len(shown)))
    counts = [min(most, max(1, len(layers[at - 1].concepts))) if at else most for at in shown]
    width = (area.w - cell_gap * (max(counts) - 1)) // max(counts)
    faint = desk.theme.tints["faint"]
    alt = desk.words.say(Term.LAYER_OF, position=lit, count=len(layers), name=layers[lit - 1].name.value)
    for row, (position, cells) in enumerate(zip(shown, counts, strict=True), start=1):
        y = Length(area.y + (row - 1) * (height + gap))
        for cell in range(1, cells + 1):
            first = position == lit and cell == 1
            tall = height if position else Length(height // 3)
            box = Box(
                Length(area.x + (cell - 1) * (width + cell_gap)), Length(y + (height - tall) // 2), Length(width), tall
            )
            fill = Fill(slot) if position == lit else Fill(slot, faint if position else faint / 2)
            yield Shape(f"!!row{row}.cell{cell}", "rect", box, fill, alt=alt if first else "", decorative=not first)
