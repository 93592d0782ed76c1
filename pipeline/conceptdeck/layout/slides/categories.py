"""The categories side by side: name, question, and a node for each member."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence

from conceptdeck.layout.chips import element_of
from conceptdeck.layout.desk import Desk, NodeLook, Row
from conceptdeck.layout.lists import shortened
from conceptdeck.layout.pages import Draft, chunks, frames_of, holds, paginate
from conceptdeck.layout.slides.category_rows import category_rows
from conceptdeck.typeset.settings import Setting
from conceptdeck.values import deck, model
from conceptdeck.values.frame import Fill, Frame, Item, Stroke
from conceptdeck.values.presets import text_area
from conceptdeck.values.terms import Term
from conceptdeck.values.text import Text, composed
from conceptdeck.values.theme import Layout
from conceptdeck.values.units import Box, Length, Size
from conceptdeck.values.value import frozen

__all__ = ["categories"]

Numbered = tuple[int, tuple[model.Category, tuple[Text, ...]]]


@frozen
class _Nodes:
    """How the member nodes of all cards stand: how many side by side, their size, and the gap between them.

    All keep free before their names what signs need, the `lead`, unless letters would suffer for it.
    """

    across: int
    width: Length
    height: Length
    gap: Length
    size_pt: float
    lead: Length

    def total(self, count: int) -> int:
        """Return the height of `count` nodes."""
        rows = math.ceil(count / self.across)
        return rows * self.height + max(0, rows - 1) * self.gap

    def box(self, index: int, corner: Box) -> Box:
        """Return the box of a node, from the top left corner of the nodes."""
        row, column = divmod(index, self.across)
        x = corner.x + column * (self.width + self.gap)
        return Box(Length(x), Length(corner.y + row * (self.height + self.gap)), self.width, self.height)


def categories(slide: deck.Categories, desk: Desk) -> list[Frame]:
    """Lay out the categories as rows, or if one slide does not hold them so as columns, on as many as it takes."""
    return category_rows(slide, desk) or _columns(slide, desk)


def _columns(slide: deck.Categories, desk: Desk) -> list[Frame]:
    layout = desk.layout("columns")

    def draft(trial: Desk, some: Sequence[Numbered], title: Text) -> list[Item]:
        items: list[Item] = [trial.placeholder(layout.placeholders["title"], title)]
        for across in (2, 1) if len(some) == 1 else (len(some),):
            tried = trial.fresh()
            shown = _cards(tried, layout, some, slide, across)
            if not tried.problems:
                break
        trial.take(tried)
        twice = [number for number, _ in some]
        if len({*twice}) < len(twice):  # one that goes on does so on another slide
            trial.report(some[-1][1][0].name)
        return items + shown

    pages = paginate(desk, slide.title, _numbered(desk, slide, draft), layout.count("per-slide"), draft)
    return frames_of(slide.key, "columns", pages, desk.language)


def _numbered(desk: Desk, slide: deck.Categories, draft: Draft[Numbered]) -> list[Numbered]:
    """Return the categories with their numbers; one too long for a slide goes on, or is cut if brief."""
    found: list[Numbered] = []
    for number, (category, members) in enumerate(zip(slide.categories, slide.members, strict=True), start=1):

        def fits(some: Sequence[Text], number: int = number, category: model.Category = category) -> bool:
            trial = desk.fresh()
            draft(trial, [(number, (category, tuple(some)))], slide.title)
            return holds(trial, slide.title)

        if fits(members):
            found.append((number, (category, members)))
        elif slide.brief:
            line = desk.words.say(Term.GROUP, name=category.name, members=desk.words.listed(members))
            told = composed(line, category.name, *members, key=f"{category.key}.members")
            found.append((number, (category, tuple(shortened(desk, members, told, fits)))))
        else:
            parts = next((n for n in range(2, len(members)) if all(map(fits, chunks(members, n)))), 1)
            found += [(number, (category, tuple(some))) for some in chunks(members, parts)]
    return found


def _cards(desk: Desk, layout: Layout, numbered: Sequence[Numbered], slide: deck.Categories, across: int) -> list[Item]:
    columns = desk.theme.columns(across)[: len(numbered)]
    pad, gap = layout.length("pad"), layout.length("gap")
    width = Length(columns[0].w - 2 * pad)
    groups = [group for _, group in numbered]
    rows = [
        Row(tuple(category.name for category, _ in groups), "column-name", (width,) * len(groups)),
        Row(tuple(category.question for category, _ in groups), "question", (width,) * len(groups)),
    ]
    nodes, settings, heights = _arranged(desk, layout, rows, groups, columns[0].h)
    most = max(len(members) for _, members in groups)
    nodes_y = _top(layout) + sum(heights) + gap + layout.length("section-gap")
    height = min(columns[0].h, max(nodes_y + nodes.total(most) + pad, layout.length("min-card")))
    items: list[Item] = []
    for index, ((number, (category, members)), column) in enumerate(zip(numbered, columns, strict=True)):
        accent = _accent(desk, slide, number)
        items.append(
            desk.panel(
                category.key, "card", Box(column.x, column.y, column.w, Length(height)), Fill("card"), desk.hairline()
            )
        )
        items.append(
            desk.panel(category.key, "bar", Box(column.x, column.y, column.w, layout.length("bar")), Fill(accent))
        )
        y = column.y + _top(layout)
        for level, row in enumerate(rows):
            text, setting = row.texts[index], settings[level][index]
            if text and setting:
                items.append(
                    desk.label(text, row.role, Box(Length(column.x + pad), Length(y), width, heights[level]), setting)
                )
            y += heights[level] + gap
        corner = Box(Length(column.x + pad), Length(column.y + nodes_y), width, Length(0))
        lit = members.index(slide.focus) if slide.focus in members else None
        items += _members(_Column(desk, category, members, lit, accent), layout, nodes, corner)
    return items


def _top(layout: Layout) -> int:
    return layout.length("top") + layout.length("bar")


def _accent(desk: Desk, slide: deck.Categories, number: int) -> str:
    """Return the accent of a category: the goal's for the one that holds the focus concept."""
    holds_focus = slide.focus in slide.members[number - 1]
    others = desk.theme.others
    return f"accent{desk.theme.goal if holds_focus else others[(number - 1) % len(others)]}"


def _arranged(
    desk: Desk,
    layout: Layout,
    rows: Sequence[Row],
    groups: Sequence[tuple[model.Category, tuple[Text, ...]]],
    height: int,
) -> tuple[_Nodes, tuple[tuple[Setting | None, ...], ...], tuple[Length, ...]]:
    """Return how the nodes stand, and the settings and heights of the rows above them: the roomiest way that fits."""
    names = [name for _, members in groups for name in members]
    most = max(len(members) for _, members in groups)
    used = _top(layout) + layout.length("gap") + layout.length("section-gap") + layout.length("pad")
    for nodes in _candidates(desk, layout, names, rows[0].widths[0]):
        trial = desk.fresh()
        settings, heights = trial.stack(rows, height - used - nodes.total(most))
        if not trial.problems:
            return nodes, settings, heights
    category = max(groups, key=lambda group: len(group[1]))[0]
    desk.report(category.name)
    return nodes, settings, heights


def _candidates(desk: Desk, layout: Layout, names: Sequence[Text], width: Length) -> Iterator[_Nodes]:
    """Yield ways for the nodes to stand: at ease, close together, then ever more side by side, each at every size."""
    role, lead = desk.theme.roles["node-name"], desk.lead(map(element_of, names), "line")
    ease = (1, layout.length("node-h"), layout.length("node-gap"))
    close = layout.length("close-h"), layout.length("close-gap")
    most = max(2, width // layout.length("node-least"))
    for across, least, gap in (ease, *((n, *close) for n in range(1, most + 1))):
        each = Length((width - gap * (across - 1)) // across)
        pad = layout.length("node-pad")
        inner = text_area("roundRect", Box(Length(0), Length(0), each, each), layout.length("node-radius"))
        for size in role.sizes:
            settings, led = (
                [desk.set(name, role, size, Length(inner.w - 2 * pad - free)) for name in names] for free in (0, lead)
            )
            if all(settings):
                same = [each and len(each.lines) for each in settings] == [each and len(each.lines) for each in led]
                needed = max((setting.height for setting in settings if setting), default=0) + pad
                yield _Nodes(across, each, Length(max(least, needed)), gap, size, lead if same else Length(0))
    yield _Nodes(1, width, ease[1], ease[2], role.sizes[-1], Length(0))  # so that there is something to report about


@frozen
class _Column:
    """What a column shows: a category's members, which of them is the focus, and in which accent."""

    desk: Desk
    category: model.Category
    members: Sequence[Text]
    focus: int | None
    accent: str


def _members(column: _Column, layout: Layout, nodes: _Nodes, corner: Box) -> list[Item]:
    """Return a node for each member, with its sign; the focus concept's is solid."""
    pad, radius = layout.length("node-pad"), layout.length("node-radius")
    desk, role = column.desk, column.desk.theme.roles["node-name"]
    inner = text_area("roundRect", nodes.box(0, corner), radius)
    lead = min(nodes.lead, desk.lead(map(element_of, column.members), "line"))
    size = Size(Length(inner.w - 2 * pad - lead), inner.h)
    items: list[Item] = []
    for index, member in enumerate(column.members):
        lit = index == column.focus
        look = NodeLook(
            fill=Fill(column.accent if lit else "page"),
            stroke=Stroke(column.accent, desk.theme.stroke("ring")),
            radius=radius,
            pad=pad,
            align="l" if lead else "ctr",
            before=lead,
        )
        setting = desk.set(member, role, nodes.size_pt, size.w) or desk.fit(member, role, size)
        said, box = (member, role.name, "card" if lit else "ink"), nodes.box(index, corner)
        node = desk.node([said], box, place=column.category.id, look=look, settings=[setting])
        items += [node, *desk.sign_in(node, element_of(member), look, "card" if lit else column.accent)]
    return items
