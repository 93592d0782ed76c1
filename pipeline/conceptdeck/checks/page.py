"""Slides as the rules on frames see them: where text stands, what lies below, and how a finding names its place."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import cached_property
from typing import assert_never

from conceptdeck.checks.geometry import (
    ROUND,
    Place,
    Rect,
    around_line,
    curve_of,
    outline_holds,
    rect_of,
)
from conceptdeck.typeset.copy import Part, shaped_parts
from conceptdeck.typeset.fonts import FontBook, Shaped
from conceptdeck.typeset.formulas import drawn
from conceptdeck.values.colour import blend
from conceptdeck.values.diagnostics import Diagnostic, OnSlide, Span
from conceptdeck.values.frame import (
    Chart,
    Connector,
    Fill,
    Frame,
    Item,
    Paragraph,
    Picture,
    Route,
    Run,
    Shape,
    Sign,
    Stroke,
    Table,
    TextBody,
)
from conceptdeck.values.items import is_title
from conceptdeck.values.rules import Rule
from conceptdeck.values.theme import Theme
from conceptdeck.values.units import EMU_PER_POINT
from conceptdeck.values.value import frozen

__all__ = ["Block", "Check", "Findings", "Page", "fault", "finding", "has_text", "quoted", "short", "text_span"]

NOTHING: Mapping[str, list[Diagnostic]] = {}
ROUNDED = 16_667  # default `adj` of roundRect in ECMA-376 presetShapeDefinitions
SHARES = {"t": 0.0, "l": 0.0, "ctr": 0.5, "b": 1.0, "r": 1.0}  # of the free room, before a text so anchored or aligned
SHOWN = 60


# --- text ----------------------------------------------------------------------------------------


@frozen(cached=True)
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
    def signs(self) -> tuple[tuple[Sign, Rect], ...]:
        """Return the signs, each with its place."""
        return tuple((item, rect_of(item.box)) for item in self.frame.items if isinstance(item, Sign))

    @cached_property
    def drawn(self) -> tuple[tuple[int, Shape, Rect], ...]:
        """Return the shapes with fill or outline: index in the frame, shape and place."""
        found = enumerate(self.frame.items)
        return tuple((i, item, rect_of(item.box)) for i, item in found if isinstance(item, Shape) and _is_drawn(item))

    @cached_property
    def curves(self) -> tuple[tuple[Connector | Route, tuple[Place, ...], Rect], ...]:
        """Return the lines, each with the points it runs through and the rectangle around them."""
        lines = (item for item in self.frame.items if isinstance(item, (Connector, Route)))
        return tuple((item, curve_of(item), around_line(item)) for item in lines)

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
        return self.theme.font(major=run.major, mono=run.mono)

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
        return self.theme.colours[block.ground] if block.ground else self.ground_at(block.ink.centre, block.index)

    def ground_at(self, at: Place, last: int) -> str:
        """Return the colour at a place, of what is painted up to the item with the index `last`; no pictures."""
        colour = self.theme.colours["page"]
        for index, shape, rect, fill in self._filled:
            if index > last:
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
            case Chart():
                for each in item.items:
                    ground = each.fill.slot if isinstance(each, Shape) and each.fill and each.fill.alpha >= 1 else ""
                    yield from (replace(block, ground=ground) for block in self._blocks(each, index))
            case Connector() | Route() | Picture() | Sign():
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
        shaped = [(self._drawn(run), run.shown_size) for run in paragraph.runs]
        for line in paragraph.lines or (text,):
            found = text.find(line, at)
            if found < 0:  # not as in the text: measured by itself
                yield self._shaped(paragraph.runs[0], line).width * shaped[0][1] if shaped else 0.0
                continue
            at = found + len(line)
            yield _between(shaped, found, at)

    def _drawn(self, run: Run) -> Shaped:
        """Return how far a run reaches as it is drawn."""
        shaped = self._shaped(run, run.text)
        if run.formula is None:
            return shaped
        part = Part(run.text, self.family(run), run.bold, run.italic, room=drawn(run.formula).width)
        return shaped_parts((part,), self.book.shape)

    def _shaped(self, look: Run, text: str) -> Shaped:
        return self.book.shape(text, self.family(look), look.bold, look.italic)


def _between(runs: Sequence[tuple[Shaped, float]], start: int, end: int) -> float:
    """Return the width of the characters from `start` up to `end` of runs, each shaped and with its size."""
    width, offset = 0.0, 0
    for shaped, size in runs:
        length = len(shaped.positions) - 1
        first, last = max(start - offset, 0), min(end - offset, length)
        if first < last:
            width += shaped.between(first, last) * size
        offset += length
    return width


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
    left, top, right, bottom = body.margins
    return rect.shrunk(left / EMU_PER_POINT, top / EMU_PER_POINT, right / EMU_PER_POINT, bottom / EMU_PER_POINT)


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
        case Connector() | Route() | Table() | Picture() | Sign() | Chart():
            return False
        case _:
            assert_never(item)


def _shows(stroke: Stroke | None) -> bool:
    return stroke is not None and stroke.width > 0 and stroke.alpha > 0


# --- what the rules share ------------------------------------------------------------------------


def finding(
    page: Page,
    rule: Rule,
    what: str,
    name: str = "",
    span: Span = Span(),
    hint: str = "",
) -> Diagnostic:
    """Return a finding on a slide, and on the item called `name` if there is one."""
    place = OnSlide(page.frame.number, page.frame.key, name)
    return rule.at(what, span, hints=(hint,) if hint else ()).on(place)


def fault(page: Page, rule: Rule, what: str, name: str = "", span: Span = Span()) -> Diagnostic:
    """Return a finding that can only be a fault of the program: it places what stands on a slide, not the author."""
    return finding(page, rule, what, name, span).as_fault()


def quoted(block: Block) -> str:
    """Return a text in quotes, shortened."""
    return f"“{short(' '.join(block.body.text.split()))}”"


def short(text: str) -> str:
    """Return a text, shortened if it is long."""
    return text if len(text) <= SHOWN else f"{text[: SHOWN - 1]}…"


def has_text(shape: Shape) -> bool:
    """Tell whether a shape shows any text."""
    return shape.text is not None and bool(shape.text.text.strip())


def text_span(item: Item) -> Span:
    """Return where the text of an item is written, if it has but one."""
    match item:
        case Shape():
            return item.text.span if item.text else Span()
        case Connector() | Route() | Table() | Picture() | Sign() | Chart():
            return Span()
        case _:
            assert_never(item)


Findings = Iterator[Diagnostic]
Check = Callable[[Page], Findings]
