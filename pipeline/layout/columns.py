"""Things side by side: the categories with their members, and the parts of one relation."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from pipeline import deck, model
from pipeline.frame import Fill, Frame, Item, Stroke, text_area
from pipeline.layout.desk import Desk, Row
from pipeline.layout.pages import frames_of, paginate
from pipeline.model import Text
from pipeline.theme import Layout
from pipeline.typeset import Setting
from pipeline.units import Box, Length, Size

__all__ = ["categories", "relation"]


def categories(slide: deck.Categories, desk: Desk) -> list[Frame]:
    """Lay out the categories as columns: name, question, and a node for each member."""
    layout = desk.layout("columns")
    numbered = list(enumerate(zip(slide.categories, slide.members, strict=True), start=1))
    holder = _focus_position(slide)

    def draft(
        trial: Desk, some: Sequence[tuple[int, tuple[model.Category, tuple[Text, ...]]]], title: Text
    ) -> list[Item]:
        items: list[Item] = [trial.placeholder(layout.placeholders["title"], title)]
        return items + _categories(trial, layout, some, slide.focus, holder)

    pages = paginate(desk, slide.title, numbered, layout.count("per-slide"), draft)
    return frames_of(slide.key, "columns", pages, desk.language)


def _focus_position(slide: deck.Categories) -> int:
    """Return the position of the category that holds the focus concept, 0 if none does."""
    return next((i for i, members in enumerate(slide.members, start=1) if slide.focus in members), 0)


def _categories(
    desk: Desk,
    layout: Layout,
    numbered: Sequence[tuple[int, tuple[model.Category, tuple[Text, ...]]]],
    focus: Text | None,
    holder: int,
) -> list[Item]:
    columns = desk.theme.columns(max(2, len(numbered)))[: len(numbered)]
    pad, gap, section = (layout.length(name) for name in ("pad", "gap", "section-gap"))
    widths = tuple(Length(column.w - 2 * pad) for column in columns)
    groups = [group for _, group in numbered]
    rows = [
        Row(tuple(category.name for category, _ in groups), "column-name", widths),
        Row(tuple(category.question for category, _ in groups), "question", widths),
    ]
    most = max(len(members) for _, members in groups)
    names = [name for _, members in groups for name in members]
    top = layout.length("top") + layout.length("bar")
    used = top + gap + section + pad + (most - 1) * layout.length("node-gap")
    for node_size in desk.theme.roles["node-name"].sizes:
        trial = desk.fresh()
        node_h = _node_height(desk, layout, names, widths[0], node_size)
        settings, heights = trial.stack(rows, columns[0].h - used - most * node_h)
        if not trial.problems:
            break
    desk.problems.extend(trial.problems)
    nodes_h = most * node_h + (most - 1) * layout.length("node-gap")
    nodes_y = columns[0].y + top + heights[0] + gap + heights[1] + section
    card_h = min(columns[0].h, max(nodes_y + nodes_h + pad - columns[0].y, layout.length("min-card")))
    items: list[Item] = []
    for index, ((number, (category, members)), column) in enumerate(zip(numbered, columns, strict=True)):
        accent = (
            f"accent{desk.theme.goal if number == holder else desk.theme.others[(number - 1) % len(desk.theme.others)]}"
        )
        card = Box(column.x, column.y, column.w, Length(card_h))
        items.append(desk.panel(f"{category.key}.card", card, Fill("card"), desk.hairline()))
        bar = Box(column.x, column.y, column.w, layout.length("bar"))
        items.append(desk.panel(f"{category.key}.bar", bar, Fill(accent)))
        y = column.y + top
        for level, row in enumerate(rows):
            text, setting = row.texts[index], settings[level][index]
            if text and setting:
                box = Box(Length(column.x + pad), Length(y), widths[index], heights[level])
                items.append(desk.label(text, row.role, box, setting))
            y += heights[level] + gap
        items += _members(
            desk,
            layout,
            category,
            members,
            focus,
            Box(Length(column.x + pad), Length(nodes_y), widths[index], node_h),
            accent,
        )
    return items


def _node_height(desk: Desk, layout: Layout, names: Sequence[Text], width: Length, size: float) -> Length:
    """Return the height of all nodes: as high as the longest name needs at `size`."""
    pad, role = layout.length("node-pad"), desk.theme.roles["node-name"]
    inner = text_area("roundRect", Box(Length(0), Length(0), width, width), layout.length("node-radius"))
    settings = [desk.set(name, role, size, Length(inner.w - 2 * pad)) for name in names]
    needed = max((setting.height for setting in settings if setting), default=0) + pad
    return Length(max(layout.length("node-h"), needed))


def _members(
    desk: Desk,
    layout: Layout,
    category: model.Category,
    members: Sequence[Text],
    focus: Text | None,
    at: Box,
    accent: str,
) -> list[Item]:
    """Return a node for each member below each other; the focus concept's is solid."""
    height, gap, pad = at.h, layout.length("node-gap"), layout.length("node-pad")
    inner = text_area("roundRect", Box(at.x, at.y, at.w, height), layout.length("node-radius"))
    size = Size(Length(inner.w - 2 * pad), inner.h)
    settings = desk.fit_together([(member, size) for member in members], desk.theme.roles["node-name"])
    return [
        desk.node(
            [(member, "node-name", "card" if member == focus else "ink")],
            Box(at.x, Length(at.y + index * (height + gap)), at.w, height),
            name=f"{member.key}@{category.id}",
            fill=Fill(accent) if member == focus else Fill("page"),
            stroke=Stroke(accent, desk.theme.stroke("ring")),
            radius=layout.length("node-radius"),
            pad=pad,
            settings=[setting],
        )
        for index, (member, setting) in enumerate(zip(members, settings, strict=True))
    ]


@dataclass(frozen=True, slots=True)
class _Line:
    """A text of a column: its role, its colour, its name and the space above it."""

    text: Text
    role: str
    slot: str
    name: str
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
    stacks = [lines for lines, _, _ in parts.values()]
    columns = desk.theme.columns(max(2, len(stacks)))[: len(stacks)]
    pad, top = layout.length("pad"), layout.length("top") + layout.length("bar")
    room = columns[0].h - top - pad
    settings = [
        _settings(desk, lines, Length(column.w - 2 * pad), room) for lines, column in zip(stacks, columns, strict=True)
    ]
    tallest = max((_stack_height(lines, found) for lines, found in zip(stacks, settings, strict=True)), default=0)
    height = min(columns[0].h, max(tallest + top + pad, layout.length("min-card")))
    items: list[Item] = [desk.placeholder(layout.placeholders["title"], slide.title)]
    for (name, (lines, fill, stroke)), found, column in zip(parts.items(), settings, columns, strict=True):
        card = Box(column.x, column.y, column.w, Length(height))
        if fill:
            items.append(desk.panel(f"{each.key}.{name}.card", card, fill, stroke))
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
            lines.append(
                _Line(label, "column-label", "", f"{label.key}@{slide.relation.id}", limit_gap if lines else 0)
            )
            lines.append(_Line(text, "column-text", "", text.key, gap))
    return lines


def _added(layout: Layout, slide: deck.Relation) -> list[_Line]:
    """Return what the focus concept adds: the message, on a solid ground."""
    label, text = slide.labels.adds, slide.relation.adds
    if not text:
        return []
    heading = _Line(label, "column-label", "card", f"{label.key}@{slide.relation.id}", 0)
    return [heading, _Line(text, "message", "card", text.key, layout.length("gap"))]


def _evidence(layout: Layout, slide: deck.Relation) -> list[_Line]:
    """Return the figure in large type, or the example, open on the page."""
    label, evidence = slide.labels.evidence, slide.relation.evidence
    if not evidence:
        return []
    gap = layout.length("gap")
    lines = [_Line(label, "column-label", "", f"{label.key}@{slide.relation.id}", 0)]
    if evidence.value:
        lines.append(_Line(evidence.value, "figure", "", evidence.value.key, gap))
    lines.append(_Line(evidence.text, "column-text" if evidence.value else "example", "", evidence.text.key, gap))
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
        items.append(desk.label(line.text, line.role, place, setting, slot=line.slot, name=line.name))
        y = Length(y + setting.height)
    return items
