"""The canvas that pictures are laid out on: measured blocks of text, and the shapes that show them."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Iterator, Sequence
from copy import copy
from dataclasses import replace

from conceptdeck.layout.desk import corner, named
from conceptdeck.layout.graph.network import Arrange
from conceptdeck.layout.toolkit import Toolkit
from conceptdeck.typeset.lines import Typesetter
from conceptdeck.typeset.settings import Setting
from conceptdeck.values.diagnostics import Diagnostic
from conceptdeck.values.frame import Fill, Item, Paragraph, Route, Shape, Sign, Stroke, TextBody
from conceptdeck.values.items import box_of, ends_of, moved
from conceptdeck.values.rules import WARNING, Rule
from conceptdeck.values.terms import ENGLISH, Words
from conceptdeck.values.text import Text
from conceptdeck.values.theme import Theme
from conceptdeck.values.units import Box, Length, Point, Size, points
from conceptdeck.values.value import frozen

__all__ = ["WIDER", "Block", "Canvas", "Items", "Line", "extent", "ink_of", "whole"]

Items = list[Item]
SIGNED = "signed"  # the part of a node that keeps room for a sign
NODE_STEPS = 3  # from the widest nodes to the narrowest
WIDER = (1.25, 1.5, 2, 3)  # what is tried where a word is wider than its place
TALL = Length(2**31)  # pictures grow downwards as far as their texts need


DIAGRAM_TOO_WIDE = Rule("diagram-too-wide", "pictures", WARNING, "a diagram that is wider than asked for").because("""
    Its boxes do not fit the width with letters that can be read, so it is made as wide as it must be. Give it more
    width, or make two diagrams of it: the message says how.
""")


@frozen
class Line:
    """A text of a block, its role and the slot of its colour; no slot means the role's own."""

    text: Text
    role: str
    slot: str = ""


@frozen
class Block:
    """Texts set below each other in one width, and the room that they take: no more than they need if it is `tight`.

    If the element `of` which they tell has a sign, they keep free before them what it needs, the `lead`.
    """

    lines: tuple[Line, ...]
    settings: tuple[Setting, ...]
    size: Size
    tight: bool = False
    of: str = ""
    lead: Length = Length(0)

    @property
    def is_broken(self) -> bool:
        """Tell whether a word is broken in it."""
        return any(setting.split for setting in self.settings)

    @property
    def name(self) -> str:
        """Return the keys of the texts."""
        return named(*(line.text for line in self.lines))


@frozen
class _Trial:
    """A drawing of nodes of one width, where its shapes are, and the canvas with what did not fit."""

    items: tuple[Item, ...]
    ink: Box
    canvas: Canvas

    @property
    def problems(self) -> list[Diagnostic]:
        """Return what did not fit."""
        return self.canvas.problems


class Canvas(Toolkit):
    """Measure and make the shapes of pictures `width` wide; words that are too wide are collected in `problems`."""

    def __init__(
        self,
        theme: Theme,
        typesetter: Typesetter,
        language: str,
        width: Length,
        arrange: Arrange,
        words: Words = ENGLISH,
    ) -> None:
        """Set texts in the picture roles of `theme`; `arrange` places the nodes of graphs."""
        super().__init__(replace(theme, roles=theme.pictures.roles), typesetter, language, words=words)
        self.width = whole(width)
        self.arrange = arrange
        self.scale: float | None = None  # at which it is printed, if it is

    def narrowed(self, width: int) -> Canvas:
        """Return a canvas of another width that shares the problems of this one."""
        made = copy(self)
        made.width = whole(width)
        return made

    def fitted(self, name: str, draw: Callable[[Canvas, Length], Items], title: Text, split: str) -> Items:
        """Return what `draw` makes of the widest nodes with which it fits the canvas, in the middle of it.

        The nodes are as wide as the length called `name`, or narrower; wider if a word needs it. If the narrowest ones
        do not fit either, the drawing is wider than the canvas, and `split` tells how to make two of it.
        """
        full, least = self.length(name), self.length("least-w")
        trials = []
        for step in range(NODE_STEPS + 1):
            trials.append(self._trial(draw, full - (full - least) * step // NODE_STEPS))
            if not trials[-1].problems and trials[-1].ink.w <= self.width:
                break
        for share in WIDER if all(trial.problems for trial in trials) else ():
            trials.append(self._trial(draw, full * share))
            if not trials[-1].problems:
                break
        best = next((trial for trial in reversed(trials) if not trial.problems), trials[0])
        self.take(best.canvas)
        items, ink = best.items, best.ink
        if ink.w > self.width:
            self.problems.append(self.too_wide(title, ink.w, self.width, split))
        return [moved(item, (self.width - ink.w) // 2 - ink.x, 0) for item in items]

    def too_wide(self, title: Text, width: int, wanted: int, split: str = "") -> Diagnostic:
        """Return the warning that a picture is wider than asked for; `split` tells how to make two of it."""
        margins = 2 * self.length("margin")
        needed, asked = (self._told(Length(each + margins)) for each in (width, wanted))
        message = f"“{title.value}” needs {' '.join(needed)}, not {' '.join(asked)}, and is made that wide"
        hints = (f"draw it with --width {needed[0]}{needed[1] if self.scale else ''}", *([split] if split else []))
        return DIAGRAM_TOO_WIDE.at(message, title.span, hints=hints)

    def _told(self, width: Length) -> tuple[str, str]:
        """Return a width as a number and a unit: in pixels, or as it is printed."""
        if self.scale:
            return str(math.ceil(width.mm * self.scale)), "mm"
        return str(math.ceil(width.px)), "px"

    def _trial(self, draw: Callable[[Canvas, Length], Items], width: float) -> _Trial:
        """Return what `draw` makes of nodes of one width, with what did not fit."""
        canvas = self.fresh()
        items = draw(canvas, Length(int(width)))
        ink = ink_of(items)
        return _Trial(tuple(items), ink, canvas)

    def length(self, name: str) -> Length:
        """Return the theme's length called `name`."""
        return self.theme.pictures.length(name)

    def block(self, lines: Sequence[Line], width: int, *, tight: bool = False) -> Block:
        """Set texts within `width`, some of which stays free for readers whose fonts are wider.

        A `tight` block is only as wide as its texts are.
        """
        slack = self.theme.pictures.numbers["tight-slack" if tight else "slack"]
        room = Size(Length(int(width / slack)), TALL)
        settings = tuple(self.fit(line.text, self.theme.roles[line.role], room) for line in lines)
        needed = max((int(setting.width * slack) + 1 for setting in settings), default=0)
        height = Length(sum(setting.height for setting in settings))
        return Block(tuple(lines), settings, Size(Length(min(needed, width) if tight else width), height), tight)

    def blocks(self, texts: Sequence[tuple[str, Sequence[Line]]], width: int) -> tuple[Block, ...]:
        """Set texts of elements, given with their keys, for nodes of one kind, all within `width`.

        They leave room for signs before them if letters do not suffer for it: none is smaller, and no word too wide.
        """
        plain = tuple(self.block(lines, width) for _, lines in texts)
        if not any(of in self.icons for of, _ in texts):
            return plain
        lead, trial = Length(self.length("sign") + self.length("sign-gap")), self.fresh()
        led = [(of, trial.block(lines, width - lead)) for of, lines in texts]
        sizes = [[each.size_pt for block in some for each in block.settings] for some in (plain, (b for _, b in led))]
        if trial.problems or sizes[0] != sizes[1]:
            return plain
        return tuple(
            replace(block, size=Size(Length(width), block.size.h), of=of, lead=lead) if of in self.icons else full
            for (of, block), full in zip(led, plain, strict=True)
        )

    def body(self, block: Block, align: str, anchor: str, pad: int = 0) -> TextBody:
        """Return a block as the text of a shape."""
        paragraphs: tuple[Paragraph, ...] = tuple(
            self.paragraph(line.text, setting, self.theme.roles[line.role], line.slot, align=align)
            for line, setting in zip(block.lines, block.settings, strict=True)
        )
        return TextBody(paragraphs, anchor, (pad + block.lead, 0, pad, 0), block.lines[0].text.span)

    def label(self, block: Block, box: Box, *, align: str = "l", anchor: str = "t", name: str = "") -> Shape:
        """Return texts without fill or outline."""
        return Shape(name or block.name, "rect", box, text=self.body(block, align, anchor), fitted=block.tight)

    def tall(self, block: Block) -> Length:
        """Return how high a block is beside its sign, if it has one."""
        return max(block.size.h, self.length("sign")) if block.lead else block.size.h

    def member(self, block: Block, box: Box, *, anchor: str = "ctr") -> Shape:
        """Return the texts of an element without fill or outline, after its sign if they keep room for one."""
        return replace(self.label(block, box, anchor=anchor), of=block.of, part=SIGNED if block.lead else "")

    def node(
        self,
        block: Block,
        box: Box,
        *,
        fill: str = "card",
        dashed: bool = False,
        outline: str = "secondary",
        align: str = "ctr",
    ) -> Shape:
        """Return texts in a box with round corners; a filled accent needs no outline."""
        lit = fill.startswith("accent")
        stroke = None if lit else Stroke(outline, self.length("hairline"), dashed=dashed)
        return Shape(
            block.name,
            "roundRect",
            box,
            fill=Fill(fill),
            stroke=stroke,
            text=self.body(block, "l" if block.lead else align, "ctr", self.length("pad")),
            adjust=(("adj", corner(box, self.length("radius"))),),
            fitted=block.tight,
            of=block.of,
            part=SIGNED if block.lead else "",
        )

    def signs(self, items: Iterable[Item]) -> Iterator[Sign]:
        """Yield the signs in nodes that keep room for one, at their final places."""
        side, gap = self.length("sign"), self.length("sign-gap")
        for node in items:
            if isinstance(node, Shape) and node.part == SIGNED and node.text:
                slot = node.text.paragraphs[0].runs[0].slot
                left = Length(node.box.x + node.text.margins[0] - gap - side)
                yield from self.sign(node.of, Box(left, node.box.y, side, node.box.h), slot)

    def panel(self, name: str, box: Box, slot: str, *, dashed: bool = False, tint: str = "soft") -> Shape:
        """Return a tinted ground behind other shapes."""
        return Shape(
            name,
            "roundRect",
            box,
            fill=Fill(slot, self.theme.tints[tint]),
            stroke=Stroke(slot, self.length("hairline"), self.theme.tints["ring"], dashed=dashed),
            adjust=(("adj", corner(box, self.length("radius"))),),
            decorative=True,
        )

    def route(
        self,
        name: str,
        points: Sequence[Point],
        ends: tuple[str, str],
        *,
        slot: str,
        dashed: bool = False,
        arrow: bool = True,
    ) -> Route:
        """Return an edge along `points`; `ends` are the names of the shapes that it joins, tail first."""
        return Route(name, tuple(points), *ends, Stroke(slot, self.length("line"), dashed=dashed), arrow)


def whole(width: float) -> Length:
    """Return a width rounded down to whole points, which every version of Graphviz holds exactly."""
    return Length(int(width) // points(1) * points(1))


def ink_of(items: Iterable[Item]) -> Box:
    """Return the smallest box around all items but lines."""
    return extent([box_of(item) for item in items if not ends_of(item)])


def extent(boxes: Sequence[Box]) -> Box:
    """Return the smallest box around all of `boxes`."""
    left, top = min(box.x for box in boxes), min(box.y for box in boxes)
    right, bottom = max(box.right for box in boxes), max(box.bottom for box in boxes)
    return Box(left, top, Length(right - left), Length(bottom - top))
