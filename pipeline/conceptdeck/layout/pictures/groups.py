"""Groups: a panel for each, with its concepts as boxes side by side and a heading for each of its parts; no lines."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from conceptdeck.layout.pictures.canvas import Block, Canvas, Items, Line
from conceptdeck.layout.slides.tiles import Legend, legend_of
from conceptdeck.story.attributes import tagged
from conceptdeck.values import picture
from conceptdeck.values.deck import Entry
from conceptdeck.values.frame import Fill, Shape, Stroke
from conceptdeck.values.picture import Bunch
from conceptdeck.values.terms import Term
from conceptdeck.values.text import Text
from conceptdeck.values.units import Box, Length
from conceptdeck.values.value import frozen

__all__ = ["draw_groups"]


@frozen
class _Chip:
    """A concept, or the words that count the others, as a box with the slot of its outline."""

    block: Block
    slot: str


def draw_groups(shown: picture.Groups, canvas: Canvas) -> Items:
    """Draw the groups below each other, then the legend of the colours that they have."""
    others = canvas.theme.others
    entries = [entry for group in shown.groups for entry in group.named()]
    legend = legend_of(entries, len(others))
    items: Items = []
    top = 0
    for position, group in enumerate(shown.groups):
        drawn, height = _panel(canvas, group, legend, f"accent{others[position % len(others)]}", top)
        items += drawn
        top += height + canvas.length("band-gap") // 2
    return [*items, *_legend(canvas, legend, entries, top)] if legend else items


def _panel(canvas: Canvas, group: Bunch, legend: Legend | None, slot: str, top: int) -> tuple[Items, int]:
    """Return a group with everything in it, and how high it is."""
    pad = 2 * canvas.length("pad")
    slot = "secondary" if legend else slot  # colours tell what the legend says, and nothing else
    lines = [Line(group.name, "picture-heading")] + ([Line(group.summary, "picture-text")] if group.summary else [])
    items, y = _section(canvas, group, legend, lines, top + pad)
    for part in group.parts:
        lines = [Line(part.name, "picture-label")] + ([Line(part.summary, "picture-text")] if part.summary else [])
        drawn, y = _section(canvas, part, legend, lines, y + canvas.length("head-gap"))
        items += drawn
    height = y + pad - top
    ground = Box(Length(0), Length(top), canvas.width, Length(height))
    return [canvas.panel(f"{group.key}@panel", ground, slot), *items], height


def _section(canvas: Canvas, bunch: Bunch, legend: Legend | None, lines: Sequence[Line], top: int) -> tuple[Items, int]:
    """Return the words on a group or part and its concepts below them, and where they end."""
    left = 2 * canvas.length("pad")
    head = canvas.block(lines, canvas.width - 2 * left)
    box = Box(Length(left), Length(top), head.size.w, head.size.h)
    items: Items = [canvas.label(head, box, name=f"{head.name}@groups")]
    chips = [_chip(canvas, entry, legend) for entry in bunch.entries]
    if bunch.rest:
        more = Text(canvas.words.counted(Term.AND_MORE, bunch.rest), f"{bunch.key}.more")
        chips.append(_Chip(canvas.block([Line(more, "picture-role")], canvas.width - 2 * left, tight=True), ""))
    y = top + head.size.h
    if chips:
        drawn, y = _flow(canvas, chips, y + canvas.length("head-gap"))
        items += drawn
    return items, y


def _chip(canvas: Canvas, entry: Entry, legend: Legend | None) -> _Chip:
    """Return a concept with what it has of attributes, in the colour of its value in the legend."""
    tags = tagged(entry.tags, canvas.words, f"{entry.concept.key}.attributes", legend.attribute if legend else None)
    lines = [Line(entry.concept.name, "picture-name")] + ([Line(tags, "picture-role")] if tags else [])
    block = canvas.block(lines, canvas.width - 6 * canvas.length("pad"), tight=True)
    mark = legend.mark(entry) if legend else 0
    return _Chip(block, f"accent{canvas.theme.others[mark - 1]}" if mark else "secondary")


def _flow(canvas: Canvas, chips: Sequence[_Chip], top: int) -> tuple[Items, int]:
    """Return boxes side by side in as many rows as they take, each row as high as its highest, and where they end."""
    left, gap, pad = 2 * canvas.length("pad"), canvas.length("cell-gap"), canvas.length("pad")
    rows: list[list[_Chip]] = [[]]
    x = left
    for chip in chips:
        width = chip.block.size.w + 2 * pad
        if rows[-1] and x + width > canvas.width - left:
            rows.append([])
            x = left
        rows[-1].append(chip)
        x += width + gap
    items: Items = []
    for row in rows:
        x, height = left, max(chip.block.size.h for chip in row) + 2 * canvas.length("cell-pad") // 2
        for chip in row:
            box = Box(Length(x), Length(top), Length(chip.block.size.w + 2 * pad), Length(height))
            items.append(_box(canvas, chip, box))
            x += box.w + gap
        top += height + gap
    return items, top - gap


def _box(canvas: Canvas, chip: _Chip, box: Box) -> Shape:
    if not chip.slot:
        return canvas.label(chip.block, box, align="ctr", anchor="ctr")
    made = canvas.node(chip.block, box, outline=chip.slot)
    return made if chip.slot == "secondary" else replace(made, stroke=Stroke(chip.slot, canvas.length("line")))


def _legend(canvas: Canvas, legend: Legend, entries: Sequence[Entry], top: int) -> Items:
    """Return the attribute's name, and the colours of the values that occur with their labels."""
    gap, side = canvas.length("cell-gap"), canvas.length("pad")
    x, items = 0, Items()
    for mark, text in [(0, legend.attribute), *legend.shown(entries).items()]:
        block = canvas.block([Line(text, "picture-text")], canvas.width - side - gap, tight=True)
        width = block.size.w + (side + gap // 2 if mark else 0)
        if x and x + width > canvas.width:
            x, top = 0, top + block.size.h + gap
        if mark:
            square = Box(Length(x), Length(top + (block.size.h - side) // 2), side, side)
            fill = Fill(f"accent{canvas.theme.others[mark - 1]}")
            items.append(Shape(f"{text.key}@swatch", "rect", square, fill=fill, decorative=True))
            x += side + gap // 2
        box = Box(Length(x), Length(top), block.size.w, block.size.h)
        items.append(canvas.label(block, box, name=f"{text.key}@legend"))
        x += block.size.w + 2 * gap
    return items
