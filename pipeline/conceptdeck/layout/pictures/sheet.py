"""The whole map on one landscape sheet: layers with their concepts and examples, levels beside them, tables below."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from conceptdeck.layout.desk import numeral
from conceptdeck.layout.pictures.canvas import Block, Canvas, Items, Line, ink_of, whole
from conceptdeck.layout.pictures.columns import stacked_parts, titled_part
from conceptdeck.layout.pictures.hierarchy import draw_hierarchy
from conceptdeck.layout.pictures.steps import draw_steps
from conceptdeck.values import model, picture
from conceptdeck.values.frame import Fill, Shape, Stroke
from conceptdeck.values.items import box_of, moved
from conceptdeck.values.picture import Picture
from conceptdeck.values.text import Text, composed
from conceptdeck.values.units import Box, Length
from conceptdeck.values.value import frozen

__all__ = ["draw_sheet"]

Draw = Callable[[Picture, Canvas], Items]
MAIN = (picture.Flow, picture.Groups, picture.Relations, picture.Hierarchy, picture.Categories)
BESIDE = (picture.Hierarchy, picture.Relations, picture.Categories)
GROWTH = 1.5  # how many times their height layers take at the most, to fill a sheet


@frozen
class _Card:
    """A concept with everything set: its name after its sign, and its examples."""

    key: str
    name: Block
    examples: Block | None


@frozen
class _Band:
    """A layer with everything set, its cards in rows of one number."""

    layer: model.Layer
    slot: str
    number: Block
    head: Block
    rows: tuple[tuple[_Card, ...], ...]
    heights: tuple[int, ...]
    height: int


def draw_sheet(shown: picture.Poster, canvas: Canvas, draw: Draw) -> Items:
    """Draw the whole map on a sheet; it is filled, and grows if more is on it."""
    assert shown.paper is not None
    gap, paper = canvas.length("part-gap"), shown.paper.value
    main = next((part for kind in MAIN for part in shown.parts if isinstance(part, kind)), None)
    rest = [part for part in shown.parts if part is not main]
    side = next((part for kind in BESIDE for part in rest if isinstance(part, kind)), None)
    tables = sorted((part for part in rest if isinstance(part, picture.Bridge)), key=lambda part: not part.headings)
    strip = tables[0] if tables else None
    more = [part for part in rest if part not in (side, strip)] if shown.chosen else []
    items, top = _head(shown, canvas)
    below, height = _below(shown, canvas, strip, more, draw)
    margins = 2 * canvas.length("sheet-margin")
    whole_height = (canvas.width + margins) * canvas.length(f"{paper}-h") // canvas.length(f"{paper}-w")
    room = whole_height - margins - top - height - canvas.length("part-gap")
    drawn = _middle(shown, canvas, (main, side), draw, room)
    items += [moved(item, 0, top) for item in drawn]
    foot = top + (ink_of(drawn).bottom + gap if drawn else 0)
    return [*items, *(moved(item, 0, foot) for item in below)]


def _head(shown: picture.Poster, canvas: Canvas) -> tuple[Items, int]:
    """Return the title, the core sentence, what the map connects and its steps, and where the rest begins."""
    gap, core = canvas.length("part-gap"), shown.core_sentence
    slot = f"accent{canvas.theme.goal}"
    lines = [Line(shown.title, "picture-label", slot) if core else Line(shown.title, "picture-sheet")]
    lines += [Line(core, "picture-sheet")] if core else []
    lines += [Line(shown.subtitle, "picture-lead")] if shown.subtitle else []
    if shown.connects:
        told = f"{shown.heading.value}: {canvas.words.separated(shown.connects)}"
        lines.append(Line(composed(told, shown.heading, *shown.connects, key="connects"), "picture-text"))
    head = canvas.block(lines, canvas.width)
    items: Items = [canvas.label(head, Box(Length(0), Length(0), canvas.width, head.size.h))]
    y = int(head.size.h + gap // 2)
    if shown.steps:
        drawn, height = draw_steps(canvas, shown.steps, y, canvas.theme.pictures.count("sheet-columns"))
        items += drawn
        y += height + gap // 2
    return items, y


def _middle(
    shown: picture.Poster, canvas: Canvas, parts: tuple[Picture | None, Picture | None], draw: Draw, room: int
) -> Items:
    """Return what is the most of a sheet, and what stands beside it, both as high as the `room` if they can be."""
    main, side = parts
    if main is None:
        return []
    gap = canvas.length("part-gap")
    width = whole(canvas.width * canvas.theme.pictures.numbers["main-share"] - gap) if side else canvas.width
    column = canvas.narrowed(canvas.width - width - gap)
    drawn = _main(shown, main, canvas.narrowed(width), draw, 0)
    beside = titled_part(side, column, draw) if side else []
    tallest = max(_height(drawn), _height(beside))
    target = max(tallest, min(room, int(tallest * GROWTH)))
    drawn = _main(shown, main, canvas.narrowed(width), draw, target - _top(drawn))
    if isinstance(side, picture.Hierarchy):
        stretch = target - _top(beside)
        beside = titled_part(side, column, lambda _, own: draw_hierarchy(side, own, stretch=stretch))
    return [*drawn, *(moved(item, width + gap, 0) for item in beside)]


def _height(items: Items) -> int:
    return ink_of(items).bottom if items else 0


def _top(items: Items) -> int:
    """Return where what stands below the title of a part begins."""
    return min(box_of(item).y for item in items[1:])


def _main(shown: picture.Poster, main: Picture, canvas: Canvas, draw: Draw, target: int) -> Items:
    if not isinstance(main, picture.Flow):
        return titled_part(main, canvas, draw)
    return titled_part(main, canvas, lambda _, own: _layers(main, dict(shown.examples), own, target))


# -- layers -------------------------------------------------------------------------------------------------------


def _layers(flow: picture.Flow, examples: Mapping[str, Text], canvas: Canvas, target: int) -> Items:
    """Return the layers below each other, with their concepts as cards, at least as high as `target`."""
    most = max(len(layer.concepts) for layer in flow.layers)
    for columns in range(min(most, canvas.theme.pictures.count("sheet-cards")), 0, -1):
        trial = canvas.fresh()
        bands = _bands(flow, examples, trial, columns)
        cards = [card for band in bands for row in band.rows for card in row]
        if not trial.problems and not any(card.name.is_broken for card in cards):
            break
    canvas.take(trial)
    gap = canvas.length("level-gap")
    natural = sum(band.height for band in bands) + gap * (len(bands) - 1)
    more = max(0, target - natural) // len(bands)
    items: Items = []
    y = 0
    for band in bands:
        items += _drawn(canvas, band, columns, Box(Length(0), Length(y), canvas.width, Length(band.height + more)))
        y += band.height + more + gap
    return items


def _bands(flow: picture.Flow, examples: Mapping[str, Text], canvas: Canvas, columns: int) -> list[_Band]:
    head_w, card_w = _widths(canvas, columns)
    inner = card_w - 2 * canvas.length("pad")
    texts = []
    for layer in flow.layers:
        for concept in layer.concepts:
            own = [Line(concept.tagline, "picture-role")] if concept.tagline else []
            texts.append((concept.key, [Line(concept.name, "picture-name"), *own]))
    names = iter(canvas.blocks(texts, inner))
    bands = []
    for position, layer in zip(flow.positions, flow.layers, strict=True):
        slot = f"accent{canvas.theme.accent(position, flow.count)}"
        number = canvas.block([Line(numeral(position, layer.key), "picture-numeral", slot)], canvas.length("numeral-w"))
        role = [Line(layer.role, "picture-label", slot)] if layer.role else []
        head = canvas.block([*role, Line(layer.name, "picture-heading")], head_w)
        cards = []
        for concept in layer.concepts:
            told = examples.get(concept.key)
            block = canvas.block([Line(told, "picture-role", "ink")], inner) if told else None
            cards.append(_Card(concept.key, next(names), block))
        rows = tuple(tuple(cards[at : at + columns]) for at in range(0, len(cards), columns))
        heights = tuple(max(_card_height(canvas, card) for card in row) for row in rows)
        body = sum(heights) + canvas.length("cell-gap") * (len(rows) - 1)
        height = max(body, head.size.h, number.size.h) + 2 * canvas.length("cell-gap")
        bands.append(_Band(layer, slot, number, head, rows, heights, int(height)))
    return bands


def _widths(canvas: Canvas, columns: int) -> tuple[int, int]:
    """Return the widths of the names of layers and of cards."""
    gap = canvas.length("cell-gap")
    rest = canvas.width - canvas.length("radius") - canvas.length("numeral-w") - 2 * gap
    head = int(rest * canvas.theme.pictures.numbers["sheet-head-share"])
    return head, (rest - head - gap * (columns - 1)) // columns


def _card_height(canvas: Canvas, card: _Card) -> int:
    more = canvas.length("line-gap") + card.examples.size.h if card.examples else 0
    return canvas.tall(card.name) + more + 2 * canvas.length("cell-pad")


def _drawn(canvas: Canvas, band: _Band, columns: int, box: Box) -> Items:
    """Return a layer: its ground with a bar at its edge, its numeral and name, and its cards."""
    gap = canvas.length("cell-gap")
    head_w, card_w = _widths(canvas, columns)
    name = f"{band.layer.key}@sheet"
    bar = Box(box.x, box.y, canvas.length("radius"), box.h)
    ground = Fill(band.slot, canvas.theme.tints["soft"])
    items: Items = [
        Shape(name, "rect", box, fill=ground, decorative=True),
        Shape(f"{name}.bar", "rect", bar, fill=Fill(band.slot), decorative=True),
    ]
    number = Box(bar.right, box.y, canvas.length("numeral-w"), box.h)
    items.append(canvas.label(band.number, number, align="ctr", anchor="ctr"))
    head = Box(number.right, box.y, Length(head_w), box.h)
    items.append(canvas.label(band.head, head, anchor="ctr"))
    left = head.right + gap
    more = (box.h - 2 * gap - sum(band.heights) - gap * (len(band.rows) - 1)) // len(band.rows)
    y = box.y + gap
    for row, height in zip(band.rows, band.heights, strict=True):
        for at, card in enumerate(row):
            place = Box(Length(left + at * (card_w + gap)), Length(y), Length(card_w), Length(height + more))
            items += _card(canvas, card, place, band.slot)
        y += height + more + gap
    return items


def _card(canvas: Canvas, card: _Card, box: Box, slot: str) -> Items:
    """Return a concept on its card, its examples below its name."""
    pad, gap = canvas.length("pad"), canvas.length("line-gap")
    stroke = Stroke(slot, canvas.length("hairline"), canvas.theme.tints["ring"])
    adjust = canvas.panel("", box, slot).adjust
    ground = Shape(
        f"{card.key}@card", "roundRect", box, fill=Fill("card"), stroke=stroke, adjust=adjust, decorative=True
    )
    height = _card_height(canvas, card) - 2 * canvas.length("cell-pad")
    y = box.y + (box.h - height) // 2
    name = Box(Length(box.x + pad), Length(y), Length(box.w - 2 * pad), canvas.tall(card.name))
    items: Items = [ground, canvas.member(card.name, name)]
    if card.examples:
        place = Box(name.x, Length(name.bottom + gap), name.w, card.examples.size.h)
        items.append(canvas.label(card.examples, place))
    return items


# -- below --------------------------------------------------------------------------------------------------------


def _below(
    shown: picture.Poster, canvas: Canvas, strip: Picture | None, more: Sequence[Picture], draw: Draw
) -> tuple[Items, int]:
    """Return a table as a strip, other pictures in columns, and the sources; and how high all of it is."""
    gap = canvas.length("part-gap")
    items: Items = []
    y = 0
    if isinstance(strip, picture.Bridge):
        drawn, height = _strip(canvas, strip)
        items += drawn
        y += height + gap // 2
    if more:
        drawn = stacked_parts(more, canvas, draw)
        items += [moved(item, 0, y) for item in drawn]
        y += ink_of(drawn).bottom + gap // 2
    if told := shown.credit or shown.sources:
        block = canvas.block([Line(told, "picture-credit")], canvas.width)
        items.append(canvas.label(block, Box(Length(0), Length(y), canvas.width, block.size.h)))
        y += block.size.h
    return items, y


def _strip(canvas: Canvas, bridge: picture.Bridge) -> tuple[Items, int]:
    """Return the rows of a table beside each other, the first cell above the last one, and how high they are."""
    gap, count = 2 * canvas.length("cell-gap"), len(bridge.rows)
    across = -(-count // -(-count // canvas.theme.pictures.count("sheet-columns")))
    width = (canvas.width - gap * (across - 1)) // across
    title = canvas.block([Line(bridge.title, "picture-label")], canvas.width)
    rule = Box(Length(0), Length(0), canvas.width, canvas.length("line"))
    y = int(rule.h + canvas.length("head-gap"))
    items: Items = [
        Shape(f"{bridge.id}@rule", "rect", rule, fill=Fill("secondary"), decorative=True),
        canvas.label(title, Box(Length(0), Length(y), canvas.width, title.size.h), name=f"{title.name}@strip"),
    ]
    y += title.size.h + canvas.length("head-gap")
    for start in range(0, count, across):
        blocks = []
        for at in range(start, min(start + across, count)):
            row, lit = bridge.rows[at], at == bridge.highlight
            lines = [Line(row[0], "picture-heading", f"accent{canvas.theme.goal}" if lit else "")]
            lines += [Line(row[-1], "picture-text", "ink")] if len(row) > 1 else []
            blocks.append(canvas.block(lines, width))
        for at, block in enumerate(blocks):
            box = Box(Length(at * (width + gap)), Length(y), Length(width), block.size.h)
            items.append(canvas.label(block, box))
        y += max(block.size.h for block in blocks) + gap
    return items, y - gap
