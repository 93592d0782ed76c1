"""The hierarchy: bands from the ground up, their members inside, and what the focus relies on and supports."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from itertools import pairwise

from conceptdeck.layout.chips import element_of
from conceptdeck.layout.desk import corner
from conceptdeck.layout.pictures.canvas import Block, Canvas, Items, Line, whole
from conceptdeck.layout.pictures.routes import elbow
from conceptdeck.values import model, network, picture
from conceptdeck.values.diagram import Direction
from conceptdeck.values.frame import Fill, Shape, Stroke
from conceptdeck.values.network import Level
from conceptdeck.values.terms import Term
from conceptdeck.values.units import Box, Length, Point
from conceptdeck.values.value import frozen

__all__ = ["draw_hierarchy"]


@frozen
class _Columns:
    """The left edges and widths of what stands beside each other in bands: levels, members, and what levels do.

    `stacked` bands have all of it below each other.
    """

    lefts: tuple[int, int, int]
    widths: tuple[int, int, int]
    stacked: bool


@frozen
class _Band:
    """A level with everything set: its name, its members, and what it does."""

    level: Level
    head: Block
    nodes: tuple[network.Node, ...]
    blocks: tuple[Block, ...]
    does: Block | None
    height: Length

    @property
    def name(self) -> str:
        """Return the name of the band's ground."""
        return f"{self.level.stratum.key}@band"

    @property
    def lit(self) -> bool:
        """Tell whether the focus is in this level."""
        return any(node.focus for node in self.nodes)

    @property
    def stack(self) -> tuple[Block, ...]:
        """Return all blocks in their order."""
        return (self.head, *self.blocks, *([self.does] if self.does else []))


def draw_hierarchy(shown: picture.Hierarchy, canvas: Canvas, stretch: int = 0) -> Items:
    """Draw the levels as bands, the lowest at the foot unless the picture leads downwards; at least `stretch` high."""
    levels = shown.levels if shown.direction is Direction.DOWN else shown.levels[::-1]
    gutter = _gutter(canvas, shown.levels)
    width = whole(canvas.width - (gutter.size.w + 2 * canvas.length("cell-gap") if gutter else 0))
    for stacked in (False, True):
        trial = canvas.fresh()
        columns = _columns(trial, levels, width, stacked=stacked)
        if not stacked and columns.widths[1] < canvas.length("near-w"):
            continue
        bands = [_band(trial, level, columns) for level in levels]
        broken = any(block.is_broken for band in bands for block in band.stack)
        if not (trial.problems or broken):
            break
    canvas.take(trial)
    items: Items = []
    boxes: dict[str, Box] = {}
    y = 0
    natural = sum(band.height for band in bands) + canvas.length("level-gap") * (len(bands) - 1)
    more = max(0, stretch - natural) // len(bands)
    for band in [replace(band, height=Length(band.height + more)) for band in bands]:
        boxes[band.name] = Box(Length(0), Length(y), width, band.height)
        items += _drawn(canvas, band, columns, boxes[band.name])
        y += band.height + canvas.length("level-gap")
    return items + _reliance(canvas, shown.levels, bands, boxes)


def _gutter(canvas: Canvas, levels: Sequence[Level]) -> Block | None:
    """Return the wider of the phrases that stand beside the bands; none if no level holds the focus."""
    if not any(node.focus for level in levels for node in level.members):
        return None
    return max((_phrase(canvas, term) for term in (Term.SUPPORTS, Term.RELIES_ON)), key=lambda block: block.size.w)


def _phrase(canvas: Canvas, term: Term) -> Block:
    text = canvas.words.text(term, f"strata.{term.name.lower().replace('_', '-')}")
    return canvas.block([Line(text, "picture-phrase")], canvas.length("phrase-w"), tight=True)


def _columns(canvas: Canvas, levels: Sequence[Level], width: int, *, stacked: bool) -> _Columns:
    """Return the columns of bands `width` wide: that of the levels as wide as their names need, up to a share."""
    pad, numbers = 2 * canvas.length("pad"), canvas.theme.pictures.numbers
    inner = width - 2 * pad
    if stacked:
        return _Columns((pad, pad, pad), (inner, inner, inner), stacked=True)
    most = int(inner * numbers["level-share"])
    names = [canvas.block([Line(level.stratum.name, "picture-label")], most, tight=True) for level in levels]
    first = max(block.size.w for block in names)
    last = int(inner * numbers["does-share"]) if any(level.stratum.does for level in levels) else 0
    middle = inner - first - pad - (last + pad if last else 0)
    return _Columns((pad, 2 * pad + first, 3 * pad + first + middle), (first, middle, last), stacked=False)


def _band(canvas: Canvas, level: Level, columns: _Columns) -> _Band:
    nodes = _nodes(level)
    lit = "card" if any(node.focus for node in nodes) else ""
    head = canvas.block([Line(level.stratum.name, "picture-label", lit)], columns.widths[0])
    held = level.stratum.holds.key if level.stratum.holds else ""
    texts = [(element_of(node.name), _lines(node, lit, held)) for node in nodes]
    blocks = canvas.blocks(texts, columns.widths[1])
    told = level.stratum.does
    does = canvas.block([Line(told, "picture-text", lit)], columns.widths[2]) if told else None
    heights = [head.size.h, _stacked_height(canvas, blocks), does.size.h if does else 0]
    room = _room(canvas, head, blocks, does) if columns.stacked else max(heights)
    return _Band(level, head, nodes, blocks, does, Length(room + 2 * canvas.length("band-pad")))


def _room(canvas: Canvas, head: Block, blocks: Sequence[Block], does: Block | None) -> int:
    """Return how high the texts of a level are below each other."""
    heights = [head.size.h, _stacked_height(canvas, blocks), does.size.h if does else 0]
    return sum(heights) + canvas.length("line-gap") * (sum(map(bool, heights)) - 1)


def _lines(node: network.Node, slot: str, held: str) -> list[Line]:
    """Return a member's name and role; what a level holds besides members is no name."""
    if node.name.key == held:
        return [Line(node.name, "picture-role", slot or "ink")]
    lines = [Line(node.name, "picture-member", slot)]
    return [*lines, Line(node.role, "picture-role", slot)] if node.role else lines


def _stacked_height(canvas: Canvas, blocks: Sequence[Block]) -> int:
    """Return how high members below each other are; one beside its sign is no lower than it."""
    heights = [canvas.tall(block) for block in blocks]
    return sum(heights) + canvas.length("line-gap") * max(0, len(heights) - 1)


def _nodes(level: Level) -> tuple[network.Node, ...]:
    """Return the members; what a level holds besides goes into its only member, or is a node itself."""
    holds, members = level.stratum.holds, level.members
    if holds and len(members) != 1:
        extra = network.Node(id=holds.key, name=holds, role=None, focus=False, line=level.stratum.line)
        return (*members, extra)
    return tuple(
        network.Node(id=node.id, name=node.name, role=node.role or holds, focus=node.focus, line=node.line)
        for node in members
    )


def _drawn(canvas: Canvas, band: _Band, columns: _Columns, box: Box) -> Items:
    """Return the ground of a level and its texts: beside each other, or below each other if they are stacked."""
    gap = canvas.length("line-gap")
    x = [Length(box.x + left) for left in columns.lefts]
    heights = [band.head.size.h, _stacked_height(canvas, band.blocks)]
    y, last, top = int(box.y + (box.h - heights[1]) // 2), int(box.y), int(box.y)
    if columns.stacked:
        top += (box.h - _room(canvas, band.head, band.blocks, band.does)) // 2
        y = top + heights[0] + gap
        last = y + heights[1] + (gap if band.blocks else 0)
    head = Box(x[0], Length(top), Length(columns.widths[0]), box.h)
    head = replace(head, h=band.head.size.h) if columns.stacked else head
    items: Items = [_ground(canvas, band, box), canvas.label(band.head, head, anchor="ctr")]
    for block in band.blocks:
        place_ = Box(x[1], Length(y), Length(columns.widths[1]), Length(canvas.tall(block)))
        items.append(canvas.member(block, place_))
        y += place_.h + gap
    if band.does:
        height = band.does.size.h if columns.stacked else box.h
        place_ = Box(x[2], Length(last), Length(columns.widths[2]), Length(height))
        items.append(canvas.label(band.does, place_, anchor="ctr"))
    return items


def _ground(canvas: Canvas, band: _Band, box: Box) -> Shape:
    """Return the ground of a level: solid for that of the focus, dashed for one that governs from outside."""
    adjust = (("adj", corner(box, canvas.length("radius"))),)
    if band.lit:
        fill = Fill(f"accent{canvas.theme.goal}")
        return Shape(band.name, "roundRect", box, fill=fill, adjust=adjust, decorative=True)
    dashed = band.level.stratum.line is model.Line.DASHED
    stroke = Stroke("secondary", canvas.length("hairline"), canvas.theme.tints["ring"], dashed=dashed)
    stroke = replace(stroke, alpha=1.0) if dashed else stroke
    return Shape(
        band.name,
        "roundRect",
        box,
        fill=None if dashed else Fill("card"),
        stroke=stroke,
        adjust=adjust,
        decorative=True,
    )


def _reliance(canvas: Canvas, levels: Sequence[Level], bands: Sequence[_Band], boxes: Mapping[str, Box]) -> Items:
    """Return the edges in the gutter: from the focus's level to those that it supports and those that it relies on."""
    lit = next((band for band in bands if band.lit), None)
    if lit is None:
        return []
    order = {level.stratum.id: rank for rank, level in enumerate(levels)}
    own = order[lit.level.stratum.id]
    solid = [band for band in bands if band.level.stratum.line is model.Line.SOLID]
    above = [band for band in solid if order[band.level.stratum.id] > own]
    below = [band for band in solid if order[band.level.stratum.id] < own]
    return [
        *_brackets(canvas, Term.SUPPORTS, lit, above, boxes),
        *_brackets(canvas, Term.RELIES_ON, lit, below, boxes),
    ]


def _brackets(canvas: Canvas, term: Term, lit: _Band, others: Sequence[_Band], boxes: Mapping[str, Box]) -> Items:
    """Return edges along one trunk beside the bands, and their phrase between bands and trunk."""
    if not others:
        return []
    shift, radius = canvas.length("gutter-shift"), canvas.length("radius")
    upwards = boxes[others[0].name].y < boxes[lit.name].y
    home = boxes[lit.name]
    start = Point(home.right, Length(home.centre.y + (-shift if upwards else shift)))
    trunk = Length(canvas.width - canvas.length("line"))
    ends = [Point(boxes[band.name].right, boxes[band.name].centre.y) for band in others]
    slot = f"accent{canvas.theme.goal}"
    routes = [
        canvas.route(f"{lit.name} to {band.name}", elbow(start, trunk, end, radius), (lit.name, band.name), slot=slot)
        for band, end in zip(others, ends, strict=True)
    ]
    phrase = _phrase(canvas, term)
    arms = sorted([start.y, *(end.y for end in ends)])
    middle = (arms[0] + arms[-1]) // 2
    between = [(high + low) // 2 for high, low in pairwise(arms) if low - high > phrase.size.h]
    y = min(between, key=lambda at: abs(at - middle), default=middle)
    left = home.right + canvas.length("cell-gap")
    box = Box(Length(left), Length(y - phrase.size.h // 2), phrase.size.w, phrase.size.h)
    return [*routes, canvas.label(phrase, box)]
