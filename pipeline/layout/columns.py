"""Things side by side: the categories with their members, and the parts of one relation."""

from __future__ import annotations

from collections.abc import Sequence

from pipeline import deck, model
from pipeline.frame import Fill, Frame, Item, Stroke
from pipeline.layout.desk import Desk, Row
from pipeline.layout.pages import frames_of, paginate
from pipeline.model import Text
from pipeline.theme import Layout
from pipeline.units import Box, Length, Size

__all__ = ["categories", "relation"]


def categories(slide: deck.Categories, desk: Desk) -> list[Frame]:
    """Lay out the categories as columns: name, question, and a node for each member."""
    layout = desk.layout("columns")
    numbered = list(enumerate(zip(slide.categories, slide.members, strict=True), start=1))
    holder = _focus_position(slide)

    def draft(trial: Desk, some: Sequence[tuple[int, tuple[model.Category, tuple[Text, ...]]]], title: Text) -> list[Item]:
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
        Row(tuple(category.question for category, _ in groups), "step-text", widths),
    ]
    most = max(len(members) for _, members in groups)
    nodes_h = most * layout.length("node-h") + (most - 1) * layout.length("node-gap")
    top = layout.length("top") + layout.length("bar")
    settings, heights = desk.stack(rows, columns[0].h - top - gap - section - nodes_h - pad)
    nodes_y = columns[0].y + top + heights[0] + gap + heights[1] + section
    items: list[Item] = []
    for index, ((number, (category, members)), column) in enumerate(zip(numbered, columns, strict=True)):
        accent = f"accent{desk.theme.goal if number == holder else desk.theme.others[(number - 1) % len(desk.theme.others)]}"
        items.append(desk.panel(f"{category.key}.card", column, Fill("card"), desk.hairline()))
        bar = Box(column.x, column.y, column.w, layout.length("bar"))
        items.append(desk.panel(f"{category.key}.bar", bar, Fill(accent)))
        y = column.y + top
        for level, row in enumerate(rows):
            text, setting = row.texts[index], settings[level][index]
            if text and setting:
                box = Box(Length(column.x + pad), Length(y), widths[index], heights[level])
                items.append(desk.label(text, row.role, box, setting))
            y += heights[level] + gap
        items += _members(desk, layout, category, members, focus, Box(Length(column.x + pad), Length(nodes_y), widths[index], Length(0)), accent)
    return items


def _members(
    desk: Desk, layout: Layout, category: model.Category, members: Sequence[Text], focus: Text | None, at: Box, accent: str
) -> list[Item]:
    """Return a node for each member below each other; the focus concept's is solid."""
    height, gap, pad = layout.length("node-h"), layout.length("node-gap"), layout.length("node-pad")
    size = Size(Length(at.w - 2 * pad), height)
    settings = desk.fit_together([(member, size) for member in members], desk.theme.roles["node-name"])
    return [
        desk.node(
            [(member, "node-name", "card" if member == focus else "ink")],
            Box(at.x, Length(at.y + index * (height + gap)), at.w, height),
            name=f"{member.key}@{category.id}",
            fill=Fill(accent) if member == focus else Fill("page"),
            stroke=Stroke(accent, desk.theme.stroke("ring")),
            radius=height // 5,
            pad=pad,
            settings=[setting],
        )
        for index, (member, setting) in enumerate(zip(members, settings, strict=True))
    ]


def relation(slide: deck.Relation, desk: Desk) -> list[Frame]:
    """Lay out one relation: what the other concept is and lacks, what the focus adds, and one figure or example."""
    layout = desk.layout("columns")
    each, labels = slide.relation, slide.labels
    left = [(labels.core, each.core), (labels.limit, each.limit)]
    left = [(label, text) for label, text in left if text]
    present = [bool(left), bool(each.adds), bool(each.evidence)]
    columns = iter(desk.theme.columns(max(2, sum(present))))
    items: list[Item] = [desk.placeholder(layout.placeholders["title"], slide.title)]
    size = _shared_size(desk, layout, slide, max(2, sum(present)))
    if left:
        items += _text_card(desk, layout, each, "known", left, next(columns), size, lit=False)
    if each.adds:
        items += _text_card(desk, layout, each, "adds", [(labels.adds, each.adds)], next(columns), size, lit=True)
    if each.evidence:
        items += _evidence(desk, layout, each, labels.evidence, each.evidence, next(columns))
    return frames_of(slide.key, "columns", [items], desk.language, desk.theme.goal)


def _shared_size(desk: Desk, layout: Layout, slide: deck.Relation, count: int) -> float:
    """Return the type size at which the fullest card of the slide fits."""
    each = slide.relation
    pad, gap = layout.length("pad"), layout.length("gap")
    column = desk.theme.columns(count)[0]
    width = Length(column.w - 2 * pad)
    rows = [Row((text,), "column-text", (width,)) for text in (each.core, each.limit) if text]
    labels = desk.theme.roles["column-label"]
    used = layout.length("top") + layout.length("bar") + pad + 2 * layout.length("limit-gap")
    used += len(rows) * (gap + round(labels.sizes[0] * labels.leading * 12700))
    settings, _ = desk.stack(rows, column.h - used) if rows else ((), ())
    sizes = [setting[0].size_pt for setting in settings if setting[0]]
    if each.adds:
        single, _ = desk.stack([Row((each.adds,), "column-text", (width,))], column.h - used)
        sizes += [row[0].size_pt for row in single if row[0]]
    return min(sizes, default=desk.theme.roles["column-text"].sizes[-1])


def _text_card(
    desk: Desk,
    layout: Layout,
    each: model.Relation,
    part: str,
    texts: Sequence[tuple[Text, Text]],
    column: Box,
    size: float,
    *,
    lit: bool,
) -> list[Item]:
    """Return a card with headings and texts; a `lit` card is solid."""
    accent = f"accent{desk.theme.goal}"
    pad, gap = layout.length("pad"), layout.length("gap")
    fill, stroke = (Fill(accent), None) if lit else (Fill("card"), desk.hairline())
    items: list[Item] = [desk.panel(f"{each.key}.{part}.card", column, fill, stroke)]
    width = Length(column.w - 2 * pad)
    role = desk.theme.roles["column-text"]
    y = column.y + layout.length("top") + layout.length("bar")
    for label, text in texts:
        heading = desk.fit(label, desk.theme.roles["column-label"], Size(width, layout.length("figure-top")))
        box = Box(Length(column.x + pad), Length(y), width, heading.height)
        items.append(desk.label(label, "column-label", box, heading, slot="card" if lit else "", name=f"{label.key}@{each.id}"))
        y += heading.height + gap
        setting = desk._set(text, role, size, width) or desk._at_floor(text, role, width)
        box = Box(Length(column.x + pad), Length(y), width, setting.height)
        items.append(desk.label(text, "column-text", box, setting, slot="card" if lit else "ink"))
        y += setting.height + layout.length("limit-gap") + pad
    return items


def _evidence(
    desk: Desk, layout: Layout, each: model.Relation, label: Text, evidence: model.Evidence, column: Box
) -> list[Item]:
    """Return the figure in large type, or the example, open on the page."""
    gap, pad = layout.length("gap"), layout.length("pad")
    box = Box(Length(column.x + pad), column.y, Length(column.w - pad), column.h)
    heading = desk.fit(label, desk.theme.roles["column-label"], Size(box.w, layout.length("figure-top")))
    y = column.y + layout.length("top") + layout.length("bar")
    items: list[Item] = [
        desk.label(label, "column-label", Box(box.x, Length(y), box.w, heading.height), heading, name=f"{label.key}@{each.id}")
    ]
    y += heading.height + gap
    rows = [Row((evidence.value,), "figure", (box.w,))] if evidence.value else []
    rows.append(Row((evidence.text,), "column-text" if evidence.value else "column-name", (box.w,)))
    settings, heights = desk.stack(rows, column.bottom - y - 2 * gap)
    for row, setting, height in zip(rows, settings, heights, strict=True):
        text, found = row.texts[0], setting[0]
        if text and found:
            items.append(desk.label(text, row.role, Box(box.x, Length(y), box.w, height), found))
        y += height + 2 * gap
    return items
