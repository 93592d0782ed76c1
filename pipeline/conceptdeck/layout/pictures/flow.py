"""The flow: a band for each layer with its name and its concepts, on one spine that leads through all of them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from conceptdeck.layout.desk import corner, numeral
from conceptdeck.layout.pictures.canvas import Block, Canvas, Items, Line
from conceptdeck.layout.pictures.flow_level import draw_level_flow
from conceptdeck.layout.pictures.routes import upright
from conceptdeck.values import model, picture
from conceptdeck.values.diagram import Direction
from conceptdeck.values.frame import Fill, Route, Shape
from conceptdeck.values.units import Box, Length, Point
from conceptdeck.values.value import frozen

__all__ = ["draw_flow"]

SHARES = 4  # steps from the least share that names take to the largest


@frozen
class _Manner:
    """How bands are set: their left edge, and the left edges and widths of names, concepts and taglines in them.

    A `stacked` band has its name above its concepts. Taglines stand `beside` the names of concepts, or below them.
    Concepts stand in `columns`.
    """

    left: int
    lefts: tuple[int, int, int]
    widths: tuple[int, int, int]
    stacked: bool
    beside: bool
    columns: int


@frozen
class _Row:
    """A layer with everything set: its numeral, its name, its concepts and their taglines; `lit` if it is the focus."""

    layer: model.Layer
    slot: str
    lit: bool
    numeral: Block
    head: Block
    cells: tuple[Block, ...]
    told: tuple[Block | None, ...]

    @property
    def name(self) -> str:
        """Return the name of the band's ground."""
        return f"{self.layer.key}@band"


@frozen
class _Trial:
    """Layers set in one manner, and the canvas with what did not fit."""

    canvas: Canvas
    manner: _Manner
    rows: tuple[_Row, ...]

    @property
    def is_fine(self) -> bool:
        """Tell whether every word is whole, in columns that are no strips."""
        blocks = [block for row in self.rows for block in (row.head, *row.cells, *row.told) if block]
        wide = min(self.manner.widths[:2]) >= self.canvas.length("least-w")
        return wide and not self.canvas.problems and not any(block.is_broken for block in blocks)

    @property
    def is_signed(self) -> bool:
        """Tell whether every concept that has a sign has room for it."""
        known = self.canvas.icons
        pairs = [pair for row in self.rows for pair in zip(row.layer.concepts, row.cells, strict=True)]
        return all(block.lead or concept.key not in known for concept, block in pairs)


def draw_flow(shown: picture.Flow, canvas: Canvas) -> Items:
    """Draw the layers below each other, or side by side."""
    if shown.direction is Direction.RIGHT:
        return draw_level_flow(shown, canvas)
    low, high = (canvas.theme.pictures.numbers[name] for name in ("name-share", "wide-name-share"))
    shares = [low + (high - low) * step / SHARES for step in range(SHARES + 1)]
    best: _Trial | None = None
    for share in shares:
        made = _trial(shown, canvas, share)
        best = made if made.is_fine and (made.is_signed or not best) else best
        if best and best.is_signed:
            break
    best = best or _trial(shown, canvas, 0)
    canvas.take(best.canvas)
    return _spine(canvas, shown, best.rows, best.manner)


def _trial(shown: picture.Flow, canvas: Canvas, share: float) -> _Trial:
    trial = canvas.fresh()
    manner = _manner(trial, shown, share)
    return _Trial(trial, manner, tuple(_rows(trial, shown, manner)))


def _manner(canvas: Canvas, shown: picture.Flow, share: float) -> _Manner:
    """Return how bands are set: concepts one below another with their taglines beside them, unless they are many.

    Names take a `share` of the room beside the head of a layer; if it is none, bands are stacked.
    """
    numbers, pad = canvas.theme.pictures.numbers, canvas.length("band-pad")
    left, gap = int(canvas.length("numeral-w")), int(2 * canvas.length("cell-gap"))
    inner = canvas.width - left - 2 * pad
    x = left + pad
    if not share:
        return _Manner(left, (x, x, x), (inner, inner, 0), stacked=True, beside=False, columns=1)
    head = int(inner * numbers["head-share"])
    rest, at = inner - head - gap, x + head + gap
    if max(len(layer.concepts) for layer in shown.layers) > canvas.theme.pictures.count("most"):
        half = (rest - gap) // 2
        return _Manner(left, (x, at, at), (head, half, 0), stacked=False, beside=False, columns=2)
    if not any(concept.tagline for layer in shown.layers for concept in layer.concepts):
        return _Manner(left, (x, at, at), (head, rest, 0), stacked=False, beside=False, columns=1)
    name = int((rest - gap) * share)
    lefts, widths = (x, at, at + name + gap), (head, name, rest - gap - name)
    return _Manner(left, lefts, widths, stacked=False, beside=True, columns=1)


def _rows(canvas: Canvas, shown: picture.Flow, manner: _Manner) -> list[_Row]:
    """Return the layers, set; the concepts of all of them alike."""
    texts = []
    for at, layer in enumerate(shown.layers):
        ink = "card" if shown.ends and at == len(shown.layers) - 1 else ""
        for concept in layer.concepts:
            own = [Line(concept.tagline, "picture-role", ink)] if concept.tagline and not manner.beside else []
            texts.append((concept.key, [Line(concept.name, "picture-name", ink), *own]))
    cells = iter(canvas.blocks(texts, manner.widths[1]))
    return [
        _row(canvas, shown, at, manner, tuple(next(cells) for _ in layer.concepts))
        for at, layer in enumerate(shown.layers)
    ]


def _row(canvas: Canvas, shown: picture.Flow, at: int, manner: _Manner, cells: tuple[Block, ...]) -> _Row:
    """Return a layer, set."""
    layer, position = shown.layers[at], shown.positions[at]
    lit = shown.ends and at == len(shown.layers) - 1
    slot = f"accent{canvas.theme.accent(position, shown.count)}"
    number = canvas.block([Line(numeral(position, layer.key), "picture-numeral", slot)], canvas.length("numeral-w"))
    role = [Line(layer.role, "picture-label", "card" if lit else slot)] if layer.role else []
    head = canvas.block([*role, Line(layer.name, "picture-heading", "card" if lit else "")], manner.widths[0])
    ink = "card" if lit else ""
    told = tuple(
        canvas.block([Line(concept.tagline, "picture-role", ink)], manner.widths[2])
        if concept.tagline and manner.beside
        else None
        for concept in layer.concepts
    )
    return _Row(layer, slot, lit, number, head, cells, told)


def _spine(canvas: Canvas, shown: picture.Flow, rows: Sequence[_Row], manner: _Manner) -> Items:
    """Return the bands below each other, the numerals on the spine beside them, and the focus at its end."""
    items: Items = []
    stops: list[tuple[Shape, str]] = []
    y = 0
    for row in rows:
        drawn, height = _band(canvas, row, manner, y)
        items += drawn
        box = Box(Length(0), Length(y), row.numeral.size.w, Length(height))
        place = Box(box.x, Length(box.centre.y - row.numeral.size.h // 2), box.w, row.numeral.size.h)
        label = canvas.label(row.numeral, place, anchor="ctr", align="ctr")
        items.append(label)
        stops.append((label, row.slot))
        y += height + canvas.length("level-gap")
    if shown.goal and not shown.ends:
        goal = _goal(canvas, shown.goal, canvas.width - manner.left)
        height = goal.size.h + 2 * canvas.length("pad")
        place = Box(Length(manner.left), Length(y), Length(canvas.width - manner.left), Length(height))
        node = canvas.node(goal, place, fill=f"accent{canvas.theme.goal}", align="l")
        items.append(node)
        stops.append((node, ""))
    middle = Length(canvas.length("numeral-w") // 2)
    return [*_ways(canvas, stops, middle), *items]


def _ways(canvas: Canvas, stops: Sequence[tuple[Shape, str]], x: Length) -> list[Route]:
    """Return the spine from stop to stop; only its end has an arrowhead."""
    found = []
    for at, ((one, slot), (other, _)) in enumerate(pairwise(stops)):
        top = Point(x, Length(one.box.bottom))
        last = at == len(stops) - 2
        if other.fill:  # the focus, whose box begins beside the spine
            end = Point(other.box.x, other.box.centre.y)
            way = upright(top, end, canvas.length("radius"))
        else:
            way = upright(top, Point(x, Length(other.box.y)), 0)
        found.append(canvas.route(f"{one.name} to {other.name}", way, (one.name, other.name), slot=slot, arrow=last))
    return found


def _goal(canvas: Canvas, goal: model.Concept, width: int) -> Block:
    lines = [Line(goal.name, "picture-core")]
    lines += [Line(goal.tagline, "picture-core-role")] if goal.tagline else []
    (block,) = canvas.blocks([(goal.key, lines)], width - 2 * canvas.length("pad"))
    return block


def _band(canvas: Canvas, row: _Row, manner: _Manner, top: int) -> tuple[Items, int]:
    """Return a layer on its ground, and how high it is."""
    pad, gap = canvas.length("band-pad"), canvas.length("cell-gap")
    body, height = _cells(canvas, row, manner)
    if manner.stacked:
        shift, room = pad + row.head.size.h + gap, row.head.size.h + gap + height + 2 * pad
    else:
        room = max(row.head.size.h, height) + 2 * pad
        shift = (room - height) // 2
    ground = Box(Length(manner.left), Length(top), Length(canvas.width - manner.left), Length(room))
    head_h = row.head.size.h if manner.stacked else room
    head_y = top + (pad if manner.stacked else 0)
    head = Box(Length(manner.lefts[0]), Length(head_y), Length(manner.widths[0]), Length(head_h))
    moved = [replace(shape, box=shape.box.moved(0, top + shift)) for shape in body]
    return [_ground(canvas, row, ground), canvas.label(row.head, head, anchor="ctr"), *moved], room


def _cells(canvas: Canvas, row: _Row, manner: _Manner) -> tuple[list[Shape], int]:
    """Return the concepts of a layer with what is said of them, from the top on, and how high they are."""
    gap = canvas.length("cell-gap")
    found: list[Shape] = []
    y = 0
    for start in range(0, len(row.cells), manner.columns):
        some = range(start, min(start + manner.columns, len(row.cells)))
        both = [block for at in some for block in (row.cells[at], row.told[at]) if block]
        height = max(canvas.tall(block) for block in both)
        for column, at in enumerate(some):
            x = manner.lefts[1] + column * (manner.widths[1] + 2 * gap)
            box = Box(Length(x), Length(y), Length(manner.widths[1]), Length(height))
            found.append(canvas.member(row.cells[at], box))
            if told := row.told[at]:
                place = Box(Length(manner.lefts[2]), Length(y), Length(manner.widths[2]), Length(height))
                found.append(canvas.label(told, place, anchor="ctr"))
        y += height + gap
    return found, y - gap


def _ground(canvas: Canvas, row: _Row, box: Box) -> Shape:
    """Return the ground of a layer, solid if the layer is the focus."""
    if not row.lit:
        return canvas.panel(row.name, box, row.slot)
    adjust = (("adj", corner(box, canvas.length("radius"))),)
    return Shape(row.name, "roundRect", box, fill=Fill(row.slot), adjust=adjust, decorative=True)
