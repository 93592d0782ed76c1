"""What the rules on frames measure, in points: where text stands, how connectors run, what lies below."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise
from typing import NamedTuple, assert_never

from conceptdeck.typeset.fonts import FontBook
from conceptdeck.values.colour import blend
from conceptdeck.values.diagnostics import Diagnostic
from conceptdeck.values.frame import (
    Connector,
    Fill,
    Frame,
    Item,
    Paragraph,
    Picture,
    Route,
    Run,
    Shape,
    Stroke,
    Table,
    TextBody,
)
from conceptdeck.values.items import around, is_title
from conceptdeck.values.presets import route_path
from conceptdeck.values.theme import Theme
from conceptdeck.values.units import EMU_PER_POINT, Box

__all__ = [
    "TOLERANCE",
    "Block",
    "Page",
    "Place",
    "Rect",
    "crosses",
    "curve_of",
    "outline_holds",
    "rect_of",
    "straddles",
]

NOTHING: Mapping[str, list[Diagnostic]] = {}
TOLERANCE = 1.0
STEPS = 16  # straight pieces for each half of a curve
ROUND = 1 - math.sqrt(0.5)  # how far a quarter of a circle stays away from its corner, in radii
ROUNDED = 16_667  # default `adj` of roundRect in ECMA-376 presetShapeDefinitions
SHARES = {"t": 0.0, "l": 0.0, "ctr": 0.5, "b": 1.0, "r": 1.0}  # of the free room, before a text so anchored or aligned


class Place(NamedTuple):
    """A place on the slide."""

    x: float
    y: float


class Rect(NamedTuple):
    """An upright rectangle by its edges."""

    left: float
    top: float
    right: float
    bottom: float

    @property
    def width(self) -> float:
        """Return the distance from left to right."""
        return self.right - self.left

    @property
    def height(self) -> float:
        """Return the distance from top to bottom."""
        return self.bottom - self.top

    @property
    def centre(self) -> Place:
        """Return the middle."""
        return Place((self.left + self.right) / 2, (self.top + self.bottom) / 2)

    @property
    def corners(self) -> tuple[Place, ...]:
        """Return the four corners."""
        return tuple(Place(x, y) for x in (self.left, self.right) for y in (self.top, self.bottom))

    def shrunk(self, left: float, top: float, right: float, bottom: float) -> Rect:
        """Return the rectangle with something taken off each side."""
        return Rect(self.left + left, self.top + top, self.right - right, self.bottom - bottom)

    def inset(self, by: float) -> Rect:
        """Return the rectangle with `by` taken off all sides."""
        return self.shrunk(by, by, by, by)

    def meets(self, other: Rect) -> bool:
        """Tell whether the two share more than the tolerance each way."""
        left, top, right, bottom = self
        its_left, its_top, its_right, its_bottom = other
        return (  # asked of each pair on a slide: comparing is quicker than finding the least and the greatest
            right - its_left > TOLERANCE
            and its_right - left > TOLERANCE
            and bottom - its_top > TOLERANCE
            and its_bottom - top > TOLERANCE
            and right - left > TOLERANCE
            and its_right - its_left > TOLERANCE
            and bottom - top > TOLERANCE
            and its_bottom - its_top > TOLERANCE
        )

    def holds(self, other: Rect) -> bool:
        """Tell whether `other` lies within, give or take the tolerance."""
        return (
            self.left - TOLERANCE <= other.left
            and self.top - TOLERANCE <= other.top
            and other.right <= self.right + TOLERANCE
            and other.bottom <= self.bottom + TOLERANCE
        )


def rect_of(box: Box) -> Rect:
    """Return a box in points."""
    left, top = box.x / EMU_PER_POINT, box.y / EMU_PER_POINT
    return Rect(left, top, left + box.w / EMU_PER_POINT, top + box.h / EMU_PER_POINT)


# --- text ----------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Block:
    """Text where it stands: the room it has, and each of its lines."""

    name: str
    item: Item
    index: int  # of the item in its frame
    body: TextBody
    room: Rect
    lines: tuple[Rect, ...]
    ground: str = ""  # slot that the item itself lays below the text, where it is no shape

    @cached_property
    def runs(self) -> tuple[Run, ...]:
        """Return the runs that show something."""
        return tuple([run for each in self.body.paragraphs for run in each.runs if run.text.strip()])

    @property
    def is_label(self) -> bool:
        """Tell whether the text stands free, without fill or outline of its own."""
        return not _is_drawn(self.item)

    @cached_property
    def ink(self) -> Rect:
        """Return the rectangle around all lines."""
        lefts, tops, rights, bottoms = zip(*self.lines, strict=True)
        return Rect(min(lefts), min(tops), max(rights), max(bottoms))

    def overlaps(self, other: Block) -> bool:
        """Tell whether a line of one runs into a line of the other."""
        if not self.ink.meets(other.ink):
            return False
        return any(mine.meets(theirs) for mine in self.lines for theirs in other.lines)


class Page:
    """A frame with what the rules ask about it, worked out once."""

    def __init__(
        self,
        frame: Frame,
        theme: Theme,
        book: FontBook,
        titles: dict[str, Frame],
        lost: Mapping[str, list[Diagnostic]] = NOTHING,
    ) -> None:
        """Look at `frame` through `theme`, measuring with `book`; `titles` keeps the first frame with each title.

        `lost` gathers what is said of scripts that no font covers, by script, for all slides.
        """
        self.frame, self.theme, self.book, self.titles, self.lost = frame, theme, book, titles, lost

    @cached_property
    def slide(self) -> Rect:
        """Return the slide."""
        size = self.theme.size
        return Rect(0.0, 0.0, size.w / EMU_PER_POINT, size.h / EMU_PER_POINT)

    @cached_property
    def shapes(self) -> dict[str, Shape]:
        """Return the shapes by name."""
        return {item.name: item for item in self.frame.items if isinstance(item, Shape)}

    @cached_property
    def pictures(self) -> tuple[tuple[int, Picture, Rect], ...]:
        """Return the pictures: index in the frame, picture, and where its image is seen."""
        found = enumerate(self.frame.items)
        return tuple((i, item, rect_of(item.seen.box)) for i, item in found if isinstance(item, Picture))

    @cached_property
    def drawn(self) -> tuple[tuple[int, Shape, Rect], ...]:
        """Return the shapes with fill or outline: index in the frame, shape and place."""
        found = enumerate(self.frame.items)
        return tuple((i, item, rect_of(item.box)) for i, item in found if isinstance(item, Shape) and _is_drawn(item))

    @cached_property
    def curves(self) -> tuple[tuple[Connector | Route, tuple[Place, ...], Rect], ...]:
        """Return the lines, each with the points it runs through and the rectangle around them."""
        lines = (item for item in self.frame.items if isinstance(item, (Connector, Route)))
        return tuple((item, curve_of(item), _around(item)) for item in lines)

    @cached_property
    def blocks(self) -> tuple[Block, ...]:
        """Return all text that shows something."""
        return tuple(block for index, item in enumerate(self.frame.items) for block in self._blocks(item, index))

    @cached_property
    def title(self) -> Block | None:
        """Return the text in the title placeholder."""
        return next((block for block in self.blocks if is_title(block.item)), None)

    @cached_property
    def close_blocks(self) -> tuple[tuple[Block, Block], ...]:
        """Return the pairs of blocks, of two items, whose surrounding rectangles meet."""
        found = []
        for a, b in _level(self.blocks):
            if a.index != b.index and a.ink.meets(b.ink):
                found.append((a, b) if a.index < b.index else (b, a))
        return tuple(found)

    def family(self, run: Run) -> str:
        """Return the font family that `run` is set in."""
        return self.theme.major if run.major else self.theme.minor

    def lies_on(self, block: Block) -> Picture | None:
        """Return the picture below the middle of a text, if nothing solid lies between."""
        at = block.ink.centre
        for index, picture, rect in reversed(self.pictures):
            if index < block.index and rect.holds(Rect(at.x, at.y, at.x, at.y)):
                covers = (each for each in self._filled if index < each[0] <= block.index and each[3].alpha >= 1)
                if not any(outline_holds(shape, place, at) for _, shape, place, _ in covers):
                    return picture
        return None

    def ground(self, block: Block) -> str:
        """Return the colour below the middle of a text, pictures not counted."""
        if block.ground:
            return self.theme.colours[block.ground]
        at = block.ink.centre
        colour = self.theme.colours["page"]
        for index, shape, rect, fill in self._filled:
            if index > block.index:
                break
            if outline_holds(shape, rect, at):
                colour = blend(self.theme.colours[fill.slot], colour, fill.alpha)
        return colour

    @cached_property
    def _filled(self) -> tuple[tuple[int, Shape, Rect, Fill], ...]:
        """Return the shapes that hide what is below: index in the frame, shape, place and fill."""
        return tuple((index, shape, rect, shape.fill) for index, shape, rect in self.drawn if shape.fill)

    def _blocks(self, item: Item, index: int) -> Iterator[Block]:
        match item:
            case Table():
                yield from self._cells(item, index)
            case Shape():
                if item.text and item.text.text.strip():
                    room = _without_margins(rect_of(item.box).shrunk(*_text_inset(item)), item.text)
                    yield Block(item.name, item, index, item.text, room, self._lines(item.text, room))
            case Connector() | Route() | Picture():
                return
            case _:
                assert_never(item)

    def _cells(self, table: Table, index: int) -> Iterator[Block]:
        top = table.box.y / EMU_PER_POINT
        for row in table.rows:
            bottom = top + row.height.pt
            for (key, width), x, cell in zip(table.columns, table.lefts, row.cells, strict=False):
                if cell.body.text.strip():
                    room = _without_margins(Rect(x.pt, top, x.pt + width.pt, bottom), cell.body)
                    lines = self._lines(cell.body, room)
                    ground = row.fill.slot if row.fill else ""
                    yield Block(f"{table.name} [{row.key}, {key}]", table, index, cell.body, room, lines, ground)
            top = bottom

    def _lines(self, body: TextBody, room: Rect) -> tuple[Rect, ...]:
        """Return where each line stands, given anchor and alignment."""
        y = room.top + (room.height - body.height) * SHARES[body.anchor]
        found = []
        for paragraph in body.paragraphs:
            y += paragraph.before
            for width in self._widths(paragraph):
                left = room.left + (room.width - width) * SHARES[paragraph.align]
                found.append(Rect(left, y, left + width, y + paragraph.leading))
                y += paragraph.leading
        return tuple(found)

    def _widths(self, paragraph: Paragraph) -> Iterator[float]:
        """Yield the width of each line, its stretches measured as parts of their runs."""
        text, at = paragraph.text, 0
        for line in paragraph.lines or (text,):
            found = text.find(line, at)
            if found < 0:  # not as in the text: measured by itself
                yield self._width(paragraph.runs[0], line, 0, len(line)) if paragraph.runs else 0.0
                continue
            at = found + len(line)
            yield self._between(paragraph.runs, found, at)

    def _between(self, runs: Sequence[Run], start: int, end: int) -> float:
        """Return the width of the characters from `start` up to `end` of the runs' text."""
        width, offset = 0.0, 0
        for run in runs:
            first, last = max(start - offset, 0), min(end - offset, len(run.text))
            if first < last:
                width += self._width(run, run.text, first, last)
            offset += len(run.text)
        return width

    def _width(self, look: Run, text: str, start: int, end: int) -> float:
        return self.book.shape(text, self.family(look), look.bold).between(start, end) * look.size


def _level(blocks: Sequence[Block]) -> Iterator[tuple[Block, Block]]:
    """Yield the pairs of blocks that stand side by side: each with those that start above its lower edge."""
    ordered = sorted(blocks, key=lambda block: block.ink.top)
    for number, block in enumerate(ordered):
        bottom = block.ink.bottom
        for other in ordered[number + 1 :]:
            if other.ink.top >= bottom:
                break
            yield block, other


def _without_margins(rect: Rect, body: TextBody) -> Rect:
    left, top, right, bottom = (margin / EMU_PER_POINT for margin in body.margins)
    return rect.shrunk(left, top, right, bottom)


def _text_inset(shape: Shape) -> tuple[float, float, float, float]:
    """Return what the preset's text rectangle leaves free: left, top, right, bottom."""
    w, h = shape.box.w / EMU_PER_POINT, shape.box.h / EMU_PER_POINT
    if shape.preset == "ellipse":
        return (w * ROUND / 2, h * ROUND / 2) * 2
    if shape.preset == "roundRect":
        return (_radius(shape) * ROUND,) * 4
    return (0.0, 0.0, 0.0, 0.0)


def _radius(shape: Shape) -> float:
    """Return the corner radius of a roundRect."""
    adjust = min(max(dict(shape.adjust).get("adj", ROUNDED), 0), 50_000)
    return adjust / 100_000 * min(shape.box.w, shape.box.h) / EMU_PER_POINT


def _is_drawn(item: Item) -> bool:
    match item:
        case Shape():
            return item.fill is not None or _shows(item.stroke)
        case Connector() | Route() | Table() | Picture():
            return False
        case _:
            assert_never(item)


def _shows(stroke: Stroke | None) -> bool:
    return stroke is not None and stroke.width > 0 and stroke.alpha > 0


# --- outlines ------------------------------------------------------------------------------------


def outline_holds(shape: Shape, rect: Rect, at: Place) -> bool:
    """Tell whether a point lies within a shape that fills `rect`."""
    if not (rect.left <= at.x <= rect.right and rect.top <= at.y <= rect.bottom):
        return False
    return shape.preset != "ellipse" or _from_centre(rect, at) <= 1


def straddles(ink: Rect, shape: Shape, rect: Rect) -> bool:
    """Tell whether `ink` lies partly within and partly outside a shape that fills `rect`."""
    if not ink.meets(rect):
        return False
    if shape.preset != "ellipse":
        return not rect.holds(ink)
    core = ink.inset(min(TOLERANCE, ink.width / 2, ink.height / 2))
    middle = rect.centre
    nearest = Place(min(max(middle.x, core.left), core.right), min(max(middle.y, core.top), core.bottom))
    farthest = max(_from_centre(rect, corner) for corner in core.corners)
    return _from_centre(rect, nearest) < 1 < farthest


def _from_centre(rect: Rect, at: Place) -> float:
    """Return how far a point is from the middle of the ellipse in `rect`: 1 on the curve."""
    if not rect.width or not rect.height:
        return math.inf
    middle = rect.centre
    return math.hypot((at.x - middle.x) * 2 / rect.width, (at.y - middle.y) * 2 / rect.height)


# --- connectors ----------------------------------------------------------------------------------


def _bezier(a: Place, b: Place, c: Place, d: Place) -> Iterator[Place]:
    """Yield points of a cubic curve, from just after `a` to `d`."""
    for step in range(1, STEPS + 1):
        t = step / STEPS
        weights = ((1 - t) ** 3, 3 * t * (1 - t) ** 2, 3 * t**2 * (1 - t), t**3)
        points = tuple(zip(weights, (a, b, c, d), strict=True))
        yield Place(sum(w * p.x for w, p in points), sum(w * p.y for w, p in points))


# curvedConnector3 of ECMA-376 presetShapeDefinitions with adj1 = 50000, in shares of width and height
CURVE = (
    Place(0, 0),
    *_bezier(Place(0, 0), Place(0.25, 0), Place(0.5, 0.25), Place(0.5, 0.5)),
    *_bezier(Place(0.5, 0.5), Place(0.5, 0.75), Place(0.75, 1), Place(1, 1)),
)


def curve_of(line: Connector | Route) -> tuple[Place, ...]:
    """Return points along a line, close enough to join them straight."""
    match line:
        case Connector():
            return _connector_curve(line)
        case Route():
            return tuple(map(_place, route_path(line)))
        case _:
            assert_never(line)


def _connector_curve(line: Connector) -> tuple[Place, ...]:
    start, end = _place(line.start), _place(line.end)
    if line.kind != "curved" or start.y == end.y:
        return start, end
    w, h = end.x - start.x, end.y - start.y
    return tuple(Place(start.x + w * u, start.y + h * v) for u, v in CURVE)


def _place(point: tuple[int, int]) -> Place:
    return Place(point[0] / EMU_PER_POINT, point[1] / EMU_PER_POINT)


def _around(line: Connector | Route) -> Rect:
    match line:
        case Connector():
            return rect_of(around((line.start, line.end)))
        case Route():
            return rect_of(around(line.points))
        case _:
            assert_never(line)


def crosses(curve: Sequence[Place], around: Rect, rect: Rect, *, ellipse: bool = False) -> bool:
    """Tell whether a line through the points of `curve` enters `rect`, or the ellipse in it."""
    if rect.width <= 0 or rect.height <= 0:
        return False
    if around.right < rect.left or rect.right < around.left or around.bottom < rect.top or rect.bottom < around.top:
        return False
    enters = _enters_ellipse if ellipse else _enters
    return any(enters(a, b, rect) for a, b in pairwise(curve))


def _enters(a: Place, b: Place, rect: Rect) -> bool:
    """Tell whether the line from `a` to `b` and `rect` share a point (Liang and Barsky's clipping)."""
    first, last = 0.0, 1.0
    sides = ((a.x, b.x - a.x, rect.left, rect.right), (a.y, b.y - a.y, rect.top, rect.bottom))
    for start, step, low, high in sides:
        if not step:
            if not low <= start <= high:
                return False
            continue
        near, far = sorted(((low - start) / step, (high - start) / step))
        first, last = max(first, near), min(last, far)
    return first <= last


def _enters_ellipse(a: Place, b: Place, rect: Rect) -> bool:
    """Tell whether the line from `a` to `b` enters the ellipse in `rect`."""
    middle = rect.centre
    # on a circle of radius 1 around the origin
    ax, ay = (a.x - middle.x) * 2 / rect.width, (a.y - middle.y) * 2 / rect.height
    dx, dy = (b.x - a.x) * 2 / rect.width, (b.y - a.y) * 2 / rect.height
    length = dx * dx + dy * dy
    share = min(max(-(ax * dx + ay * dy) / length, 0.0), 1.0) if length else 0.0
    return math.hypot(ax + share * dx, ay + share * dy) < 1
