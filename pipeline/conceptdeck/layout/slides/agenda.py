"""The agenda: a row for each layer with its number, its role and name, and the names of its concepts."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import cache
from itertools import product

from conceptdeck.layout.desk import Desk, TextLook, numeral
from conceptdeck.layout.pages import frames_of, paginate
from conceptdeck.typeset.settings import Setting
from conceptdeck.values import deck, model
from conceptdeck.values.frame import Fill, Frame, Item, Shape
from conceptdeck.values.text import Text
from conceptdeck.values.theme import Layout
from conceptdeck.values.units import Box, Length, Size
from conceptdeck.values.value import frozen

__all__ = ["agenda"]

WIDTHS = ("concepts-w", "wide-concepts-w")  # of the names of concepts, the best one first
_Numbered = Sequence[tuple[int, model.Layer]]


@frozen
class _Look:
    """The roles of the texts in rows, and the names of lengths: of a number's room, of a sign, of the highest row."""

    number: str
    role: str
    name: str
    concept: str
    number_w: str
    sign: str
    most_row: str
    across: str


ROWS = _Look(
    "agenda-number", "label", "agenda-name", "agenda-concept", "number-w", "line", "most-row", "concepts-across"
)
LARGE = _Look("figure", "lead", "panel-name", "divider-name", "large-number", "node", "large-row", "large-across")


def agenda(slide: deck.Agenda, desk: Desk) -> list[Frame]:
    """Lay out the layers as rows, more of them in two columns, and many as a list, so that they take few slides."""
    layout = desk.layout("agenda")
    numbered = list(enumerate(slide.layers, start=1))
    ways = [(_rows, "per-slide"), (_pairs, "pairs-per-slide"), (_list, "list-per-slide")]
    way, most = ways[sum(len(numbered) >= layout.count(least) for least in ("pairs-from", "list-from"))]

    def draft(trial: Desk, some: _Numbered, title: Text) -> list[Item]:
        head = trial.placeholder(layout.placeholders["title"], title)
        return [head, *way(trial, layout, some, len(numbered))]

    limit = layout.count(most)
    pages = paginate(desk, slide.title, numbered, limit, draft)
    return frames_of(slide.key, "agenda", pages, desk.language)


def _rows(desk: Desk, layout: Layout, numbered: _Numbered, count: int) -> list[Item]:
    """Return the layers below each other, with their concepts if there is room; roles give way to these."""
    look = LARGE if count <= layout.count("few") else ROWS
    boxes = _boxes(desk, layout, len(numbered), look)
    most = max(len(layer.concepts) for _, layer in numbered)
    short = [(number, replace(layer, role=None)) for number, layer in numbered]
    ways = product(range(layout.count(look.across), 0, -1), (numbered, short), WIDTHS)

    @cache
    def named(across: int, width: Length) -> tuple[Desk, list[Item]]:
        trial, start = desk.fresh(), Length(boxes[0].right - width)
        beside = [replace(box, x=start, w=width) for box in boxes]
        return trial, _concepts(trial, layout, numbered, beside, across, look)

    for across, said, width in ways if 0 < most <= layout.count("most-concepts") else ():
        beside, concepts = named(min(most, across), layout.length(width))
        if not concepts or beside.problems:
            continue
        trial = desk.fresh()
        heads = [replace(box, w=Length(box.w - layout.length(width))) for box in boxes]
        items = _heads(trial, layout, said, _Rows(heads, boxes, count, look))
        if not trial.problems:
            desk.take(trial)
            desk.take(beside)
            return [*items, *concepts]
    return _heads(desk, layout, numbered, _Rows(boxes, boxes, count, look))


def _pairs(desk: Desk, layout: Layout, numbered: _Numbered, count: int) -> list[Item]:
    """Return the layers in two columns, without their concepts."""
    columns = desk.theme.columns(layout.count("pairs-columns"))
    rows = math.ceil(len(numbered) / len(columns))
    below = _boxes(desk, layout, rows, ROWS)
    boxes = [replace(below[at % rows], x=columns[at // rows].x, w=columns[at // rows].w) for at in range(len(numbered))]
    return _heads(desk, layout, numbered, _Rows(boxes, boxes, count, ROWS))


def _boxes(desk: Desk, layout: Layout, rows: int, look: _Look) -> list[Box]:
    """Return boxes for rows that fill the content area, in its middle if there are too few for that."""
    area, gap = desk.theme.column, layout.length("row-gap")
    height = min(layout.length(look.most_row), (area.h - gap * (rows - 1)) // rows)
    top = area.y + (area.h - rows * (height + gap) + gap) // 2
    return [Box(area.x, Length(top + at * (height + gap)), area.w, Length(height)) for at in range(rows)]


@frozen
class _Rows:
    """Where the heads of layers stand, the grounds behind them, how many layers there are, and how they look."""

    boxes: Sequence[Box]
    grounds: Sequence[Box]
    count: int
    look: _Look


def _heads(desk: Desk, layout: Layout, numbered: _Numbered, rows: _Rows) -> list[Item]:
    """Return a ground, a bar, the number, the role and the name for each layer."""
    look, boxes = rows.look, rows.boxes
    number_w, pad = layout.length(look.number_w), layout.length("pad")
    width = Length(boxes[0].w - layout.length("bar") - number_w - 2 * pad)
    height = Length(boxes[0].h - 2 * layout.length("pad-y"))
    roles = [layer.role for _, layer in numbered if layer.role]
    above = desk.fit_together([(each, Size(width, height)) for each in roles], desk.theme.roles[look.role], 1)
    lines = iter(above)
    room = Size(width, Length(height - max((setting.height for setting in above), default=0)))
    names = desk.fit_together([(layer.name, room) for _, layer in numbered], desk.theme.roles[look.name])
    items: list[Item] = []
    for (number, layer), name, box, ground in zip(numbered, names, boxes, rows.grounds, strict=True):
        accent = f"accent{desk.theme.accent(number, rows.count)}"
        items.append(desk.panel(layer.key, "row", ground, Fill("card")))
        bar = Box(box.x, box.y, layout.length("bar"), box.h)
        items.append(desk.panel(layer.key, "bar", bar, Fill(accent)))
        place = Box(Length(bar.right + pad), box.y, number_w, box.h)
        text = numeral(number, layer.key)
        numbers = TextLook(slot=accent, anchor="ctr")
        shown = [desk.label(text, look.number, place, look=numbers, place="agenda")]
        said = [(layer.role, look.role, next(lines), accent)] if layer.role else []
        shown += _words(desk, [*said, (layer.name, look.name, name, "")], Box(place.right, box.y, width, box.h))
        items += [replace(label, link=layer.key, of=layer.key) for label in shown]
    return items


def _words(desk: Desk, lines: Sequence[tuple[Text, str, Setting, str]], area: Box) -> Iterator[Shape]:
    """Yield texts below each other, in the middle of `area`."""
    y = Length(area.y + (area.h - sum(setting.height for _, _, setting, _ in lines)) // 2)
    for text, role, setting, slot in lines:
        box = Box(area.x, y, area.w, setting.height)
        yield desk.label(text, role, box, setting, look=TextLook(slot=slot), place="agenda")
        y = Length(box.bottom)


def _concepts(
    desk: Desk, layout: Layout, numbered: _Numbered, areas: Sequence[Box], across: int, look: _Look
) -> list[Item]:
    """Return sign and name of each concept in cells that stand in line from layer to layer.

    There is nothing if a name does not fit, a word breaks, or lines would be too close to be told apart.
    A concept without a sign has a dot there.
    """
    lines, gap = max(math.ceil(len(layer.concepts) / across) for _, layer in numbered), layout.length("concept-gap")
    side = desk.theme.sign(look.sign)
    lead = Length(side + desk.theme.sign("gap"))
    width = Length((areas[0].w - gap * across) // across)
    size = Size(Length(width - lead), Length((areas[0].h - 2 * layout.length("pad-y")) // lines))
    if size.h < layout.length("least-line"):
        return []
    texts = [(concept.name, size) for _, layer in numbered for concept in layer.concepts]
    fitted = desk.whole_together(texts, desk.theme.roles[look.concept])
    if fitted is None:
        return []
    settings = iter(fitted)
    items: list[Item] = []
    for (_, layer), area in zip(numbered, areas, strict=True):
        rows = math.ceil(len(layer.concepts) / across)
        top = area.y + (area.h - rows * size.h) // 2
        for at, concept in enumerate(layer.concepts):
            row, column = divmod(at, across)
            cell = Box(Length(area.x + column * (width + gap)), Length(top + row * size.h), width, size.h)
            before = replace(cell, w=side)
            items += desk.sign(concept.key, before, "ink", "agenda") or [_dot(layout, concept, before)]
            place = replace(cell, x=Length(cell.x + lead), w=size.w)
            middle = TextLook(anchor="ctr")
            label = desk.label(concept.name, look.concept, place, next(settings), look=middle, place="agenda")
            items.append(replace(label, link=concept.key, of=concept.key))
    return items


def _dot(layout: Layout, concept: model.Concept, area: Box) -> Shape:
    """Return a dot in the middle of `area`, for a concept that has no sign."""
    box = area.square(layout.length("dot"))
    return Shape(f"{concept.key}.dot", "ellipse", box, Fill("secondary"), decorative=True, of=concept.key, part="dot")


def _list(desk: Desk, layout: Layout, numbered: _Numbered, count: int) -> list[Item]:
    """Return number and name of each layer, column by column."""
    columns = desk.theme.columns(layout.count("list-columns"))
    rows = math.ceil(len(numbered) / len(columns))
    height, indent = layout.length("list-row"), layout.length("list-number")
    size = Size(Length(columns[0].w - indent), height)
    settings = desk.fit_together([(layer.name, size) for _, layer in numbered], desk.theme.roles["list"])
    items: list[Item] = []
    for index, ((number, layer), setting) in enumerate(zip(numbered, settings, strict=True)):
        column, row = divmod(index, rows)
        x, y = columns[column].x, Length(desk.theme.column.y + row * height)
        accent = f"accent{desk.theme.accent(number, count)}"
        head = TextLook(slot=accent, anchor="ctr")
        place = Box(Length(x + indent), y, size.w, height)
        shown = (
            desk.label(numeral(number, layer.key), "list-head", Box(x, y, indent, height), look=head, place="agenda"),
            desk.label(layer.name, "list", place, setting, look=TextLook(anchor="ctr"), place="agenda"),
        )
        items += [replace(label, link=layer.key, of=layer.key) for label in shown]
    return items
