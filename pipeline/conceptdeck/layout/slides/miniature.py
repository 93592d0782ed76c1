"""The map in small: a row for each layer, a cell for each of its concepts, and the row of one layer lit."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from conceptdeck.layout.desk import Desk, TextLook
from conceptdeck.layout.slides.rings import window
from conceptdeck.values import deck
from conceptdeck.values.frame import Fill, Shape
from conceptdeck.values.model import Concept, Layer
from conceptdeck.values.terms import Term
from conceptdeck.values.text import Text
from conceptdeck.values.units import Box, Length, inches
from conceptdeck.values.value import frozen

__all__ = ["miniature", "tracker"]


@frozen
class _Grid:
    """The room of a map in small, how many rows and cells it may have, the gaps between them, how high a row may be."""

    area: Box
    rows: int
    cells: int
    row_gap: Length
    cell_gap: Length
    most_row: Length


@frozen
class _Cell:
    """A cell: its row and its place in it, counted from 1, the layer's position if it stands for one, and its box."""

    row: int
    at: int
    of: int
    position: int | None
    box: Box


def miniature(desk: Desk, layers: Sequence[Layer], lit: int, area: Box, slot: str) -> Iterator[Shape]:
    """Yield the map in the colour `slot` within `area`, the row of layer `lit` solid, the others faint.

    Of many layers the rows at the ends and around the lit one are shown; a row without a number stands for the rest.
    """
    layout = desk.layout("section")
    grid = _Grid(
        area,
        layout.count("most-rows"),
        layout.count("most-cells"),
        layout.length("row-gap"),
        layout.length("cell-gap"),
        layout.length("most-row"),
    )
    faint = desk.theme.tints["faint"]
    alt = desk.words.say(Term.LAYER_OF, position=lit, count=len(layers), name=layers[lit - 1].name.value)
    for cell in _cells(layers, lit, grid):
        first = cell.position == lit and cell.at == 1
        fill = Fill(slot) if cell.position == lit else Fill(slot, faint if cell.position else faint / 2)
        name = f"!!row{cell.row}.cell{cell.at}"
        yield Shape(name, "rect", cell.box, fill, alt=alt if first else "", decorative=not first)


def _cells(layers: Sequence[Layer], lit: int, grid: _Grid) -> Iterator[_Cell]:
    """Yield the cells of all rows, those of a row that stands for several layers thin."""
    shown = window(len(layers), lit, grid.rows)
    area, most = grid.area, grid.cells
    height = Length(min(grid.most_row, (area.h - grid.row_gap * (len(shown) - 1)) // len(shown)))
    counts = [min(most, max(1, len(layers[at - 1].concepts))) if at else most for at in shown]
    width = (area.w - grid.cell_gap * (max(counts) - 1)) // max(counts)
    for row, (position, cells) in enumerate(zip(shown, counts, strict=True), start=1):
        y = Length(area.y + (row - 1) * (height + grid.row_gap))
        for cell in range(1, cells + 1):
            tall = height if position else Length(height // 3)
            x = Length(area.x + (cell - 1) * (width + grid.cell_gap))
            box = Box(x, Length(y + (height - tall) // 2), Length(width), tall)
            yield _Cell(row, cell, cells, position, box)


def tracker(desk: Desk, slide: deck.Cards | deck.Concept, width: Length | None = None) -> tuple[Shape, ...]:
    """Return where the talk is: the map in small with the slide's concept solid, and beside it the name of its layer.

    It stands at the outer end of the head, or at the inner one of what is `width` wide. Each cell leads to its concept,
    the name to the layer.
    """
    if len(slide.layers) < 2 or desk.theme.template:  # there is nowhere else to be, or no room of ours
        return ()
    own = slide.concept.key if isinstance(slide, deck.Concept) else ""
    key = ("tracker", slide.position, own, width)
    return desk.once(key, lambda: _tracked(desk, slide, own, width))


def _tracked(desk: Desk, slide: deck.Cards | deck.Concept, own: str, width: Length | None) -> Iterator[Shape]:
    spec, column = desk.theme.tracker, desk.theme.column
    w, h, gap = inches(spec["w"]), inches(spec["h"]), inches(spec["gap"])
    x = column.x if width else Length(column.right - w)
    area = Box(x, inches(spec["y"]), w, h)
    cell_gap = inches(spec["cell_gap"])
    grid = _Grid(area, int(spec["most_rows"]), int(spec["most_cells"]), cell_gap, cell_gap, h)
    layers = slide.layers
    slot = f"accent{desk.theme.accent(slide.position, len(layers))}"
    for cell in _cells(layers, slide.position, grid):
        yield _part(desk, layers, cell, (slide.position, own, slot))
    room = Length((width or column.w // 2) - w - gap)
    layer = layers[slide.position - 1]
    name = layer.role or layer.name
    role = desk.theme.roles["tracker"]
    number = Text(f"{slide.position}", name.key, name.span, parts=(f"{layer.key}.number",))
    for text in (name.reworded(f"{slide.position} · {name.value}"), number):
        if setting := desk.one_line(text, role, room):
            wide = min(room, desk.room(text, role))
            box = Box(Length(area.right + gap if width else area.x - gap - wide), area.y, Length(wide), h)
            look = TextLook(align="l" if width else "r", anchor="ctr")
            label = desk.label(text, role.name, box, setting, look=look, place="tracker")
            yield replace(label, link=layer.key, fitted=True)
            break


def _part(desk: Desk, layers: Sequence[Layer], cell: _Cell, lit: tuple[int, str, str]) -> Shape:
    """Return a cell of the tracker: that of the slide's concept solid, those beside it fainter, the rest faint.

    A slide of a whole layer has all its cells solid. Slides of one layer share what looks alike on them.
    """
    position, own, slot = lit
    here = cell.position == position
    current = here and any(each.key == own for each in _meant(layers, cell))
    tint = 1.0 if here and (current or not own) else desk.theme.tints["near" if here else "far"]
    key = ("cell", cell.row, cell.at, cell.position, cell.box.x, slot, tint, current)
    (shape,) = desk.once(key, lambda: (_shape(layers, cell, Fill(slot, tint), current=current),))
    return shape


def _meant(layers: Sequence[Layer], cell: _Cell) -> list[Concept]:
    """Return the concepts that a cell stands for."""
    concepts = layers[cell.position - 1].concepts if cell.position else ()
    return [each for at, each in enumerate(concepts) if at * cell.of // max(cell.of, len(concepts)) == cell.at - 1]


def _shape(layers: Sequence[Layer], cell: _Cell, fill: Fill, *, current: bool) -> Shape:
    """Return a cell that leads to what it stands for, unless that is on the slide."""
    name, meant = f"tracker.row{cell.row}.cell{cell.at}", _meant(layers, cell)
    if not cell.position:
        return Shape(name, "rect", cell.box, fill, decorative=True)
    layer = layers[cell.position - 1]
    if current or not meant:
        return Shape(name, "rect", cell.box, fill, decorative=True, of=layer.key)
    leads = meant[0] if len(layer.concepts) <= cell.of else layer
    return Shape(name, "rect", cell.box, fill, alt=leads.name.value, of=layer.key, link=leads.key)
