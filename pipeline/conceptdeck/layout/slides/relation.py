"""The parts of one relation side by side: what is known, what the focus adds, and a figure or example."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from conceptdeck.layout.desk import Desk, Row, TextLook
from conceptdeck.layout.pages import frames_of
from conceptdeck.typeset.settings import Setting
from conceptdeck.values import deck
from conceptdeck.values.frame import Fill, Frame, Item
from conceptdeck.values.text import Text
from conceptdeck.values.theme import Layout
from conceptdeck.values.units import Box, Length
from conceptdeck.values.value import frozen

__all__ = ["relation"]


@frozen
class _Line:
    """A text of a column: its role, its colour, where it stands if it stands twice, and the space above it."""

    text: Text
    role: str
    slot: str
    place: str
    above: int


def relation(slide: deck.Relation, desk: Desk) -> list[Frame]:
    """Lay out one relation: what the other concept is and lacks, what the focus adds, and one figure or example."""
    layout = desk.layout("columns")
    each = slide.relation
    parts = {
        "known": (_known(layout, slide), Fill("card"), desk.hairline()),
        "adds": (_added(layout, slide), Fill(f"accent{desk.theme.goal}"), None),
        "evidence": (_evidence(layout, slide), None, None),
    }
    parts = {name: part for name, part in parts.items() if part[0]}
    if len(parts) == 1:
        parts = {name: (_alone(lines), fill, stroke) for name, (lines, fill, stroke) in parts.items()}
    stacks = [lines for lines, _, _ in parts.values()]
    columns = desk.theme.columns(len(stacks))
    pad, top = layout.length("pad"), layout.length("top") + layout.length("bar")
    room = columns[0].h - top - pad
    settings = [
        _settings(desk, lines, Length(column.w - 2 * pad), room) for lines, column in zip(stacks, columns, strict=True)
    ]
    tallest = max((_stack_height(lines, found) for lines, found in zip(stacks, settings, strict=True)), default=0)
    least = layout.length("min-card") if len(stacks) > 1 else 0  # a card alone is wide enough to look whole
    height = min(columns[0].h, max(tallest + top + pad, least))
    items: list[Item] = [desk.placeholder(layout.placeholders["title"], slide.title)]
    for (name, (lines, fill, stroke)), found, column in zip(parts.items(), settings, columns, strict=True):
        card = Box(column.x, column.y, column.w, Length(height))
        if fill:
            items.append(desk.panel(f"{each.key}.{name}", "card", card, fill, stroke))
        items += _draw(
            desk,
            lines,
            found,
            Box(Length(card.x + pad), Length(card.y + top), Length(card.w - 2 * pad), Length(height)),
        )
    return frames_of(slide.key, "columns", [items], desk.language, desk.theme.goal)


def _known(layout: Layout, slide: deck.Relation) -> list[_Line]:
    """Return what the other concept is, and what it lacks."""
    gap, limit_gap = layout.length("gap"), layout.length("limit-gap")
    pairs = [(slide.labels.core, slide.relation.core), (slide.labels.limit, slide.relation.limit)]
    lines: list[_Line] = []
    for label, text in pairs:
        if text:
            own = _heading(slide, label, "", limit_gap if lines else 0)
            lines += [*own, _Line(text, "column-text", "", "", gap if own or not lines else limit_gap)]
    return lines


def _alone(lines: list[_Line]) -> list[_Line]:
    """Return the lines of the only card, in larger type."""
    return [replace(line, role="example") if line.role == "column-text" else line for line in lines]


def _heading(slide: deck.Relation, label: Text | None, slot: str = "", above: int = 0) -> list[_Line]:
    """Return the heading over a part, nothing if the map has none for it."""
    return [_Line(label, "column-label", slot, slide.relation.id, above)] if label else []


def _added(layout: Layout, slide: deck.Relation) -> list[_Line]:
    """Return what the focus concept adds: the message, on a solid ground."""
    label, text = slide.labels.adds, slide.relation.adds
    if not text:
        return []
    return [*_heading(slide, label, "card"), _Line(text, "message", "card", "", layout.length("gap"))]


def _evidence(layout: Layout, slide: deck.Relation) -> list[_Line]:
    """Return the figure in large type, or the example, open on the page."""
    label, evidence = slide.labels.evidence, slide.relation.evidence
    if not evidence or not (evidence.value or evidence.text):
        return []
    gap = layout.length("gap")
    lines = _heading(slide, label)
    if evidence.value:
        lines.append(_Line(evidence.value, "figure", "", "", gap))
    if evidence.text:
        lines.append(_Line(evidence.text, "column-text" if evidence.value else "example", "", "", gap))
    return lines


def _settings(desk: Desk, lines: Sequence[_Line], width: Length, room: int) -> list[Setting]:
    spaces = sum(line.above for line in lines)
    rows = [Row((line.text,), line.role, (width,), 1 if line.role == "figure" else None) for line in lines]
    settings, _ = desk.stack(rows, room - spaces)
    return [found[0] for found in settings if found[0]]


def _stack_height(lines: Sequence[_Line], settings: Sequence[Setting]) -> int:
    return sum(line.above for line in lines) + sum(setting.height for setting in settings)


def _draw(desk: Desk, lines: Sequence[_Line], settings: Sequence[Setting], area: Box) -> list[Item]:
    items: list[Item] = []
    y = area.y
    for line, setting in zip(lines, settings, strict=True):
        y = Length(y + line.above)
        place = Box(area.x, y, area.w, setting.height)
        items.append(desk.label(line.text, line.role, place, setting, look=TextLook(slot=line.slot), place=line.place))
        y = Length(y + setting.height)
    return items
