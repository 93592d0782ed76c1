"""Categories as rows: the name and the question of each, and beside them its members, so that their number is seen."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import replace

from conceptdeck.layout.chips import element_of
from conceptdeck.layout.desk import Desk, TextLook
from conceptdeck.layout.pages import frames_of
from conceptdeck.typeset.settings import Setting
from conceptdeck.values import deck, model
from conceptdeck.values.frame import Fill, Frame, Item
from conceptdeck.values.text import Text
from conceptdeck.values.units import Box, Length, Size

__all__ = ["category_rows"]

NAME, QUESTION, MEMBER = "column-name", "question", "member-name"
_Words = list[tuple[Text, str, Setting]]


def category_rows(slide: deck.Categories, desk: Desk) -> list[Frame]:
    """Lay out the categories below each other; nothing if one slide does not hold them so."""
    layout = desk.layout("rows")
    if len(slide.categories) > layout.count("per-slide"):
        return []
    title = layout.placeholders["title"]
    items = desk.tried(lambda trial: [trial.placeholder(title, slide.title), *_rows(trial, slide)])
    return frames_of(slide.key, "rows", [items], desk.language) if items else []


def _rows(desk: Desk, slide: deck.Categories) -> Iterator[Item]:
    """Yield the rows, as high as their members or their words need, spread over the content area."""
    layout, area, count = desk.layout("rows"), desk.theme.column, len(slide.categories)
    above, gap = layout.length("rule-gap"), layout.length("tile-gap")
    room = area.h - count * above - (count - 1) * layout.length("row-gap")
    across = layout.count("across" if max(map(len, slide.members)) <= layout.count("few") else "most-across")
    lines = [max(1, math.ceil(len(members) / across)) for members in slide.members]
    tile = Length(min(layout.length("most-tile"), (room - gap * (sum(lines) - count)) // sum(lines)))
    words = _words(desk, slide, room // count)
    told = [sum(setting.height for _, _, setting in some) for some in words]
    heights = [max(tile * n + gap * (n - 1), height) for n, height in zip(lines, told, strict=True)]
    if tile < layout.length("least-tile") or sum(heights) > room:
        desk.report(slide.categories[-1].name)
    spare = max(0, room - sum(heights)) // max(1, count - 1)
    between = min(layout.length("most-gap"), layout.length("row-gap") + spare)
    y = area.y + (area.h - sum(heights) - count * above - between * (count - 1)) // 2
    sizes = _sizes(desk, slide, across, tile)
    for at, (category, height) in enumerate(zip(slide.categories, heights, strict=True)):
        yield desk.panel(category.key, "rule", Box(area.x, Length(y), area.w, layout.length("rule")), Fill("secondary"))
        yield from _told(desk, words[at], Length(y + above))
        yield from _members(desk, slide, at, Length(y + above), (across, tile), sizes)
        y += above + height + between


def _words(desk: Desk, slide: deck.Categories, room: int) -> list[_Words]:
    """Return name and question of each category as they are set."""
    width, roles = desk.layout("rows").length("words-w"), desk.theme.roles
    texts = [category.name for category in slide.categories]
    names = desk.fit_together([(name, Size(width, Length(room))) for name in texts], roles[NAME])
    left = Length(room - max(setting.height for setting in names))
    asked = [category.question for category in slide.categories if category.question]
    below = iter(desk.fit_together([(text, Size(width, left)) for text in asked], roles[QUESTION]) if asked else ())
    found: list[_Words] = []
    for category, name in zip(slide.categories, names, strict=True):
        some: _Words = [(category.name, NAME, name)]
        some += [(category.question, QUESTION, next(below))] if category.question else []
        found.append(some)
    return found


def _told(desk: Desk, words: _Words, y: Length) -> Iterator[Item]:
    x, width = desk.theme.column.x, desk.layout("rows").length("words-w")
    for text, role, setting in words:
        yield desk.label(text, role, Box(x, y, width, setting.height), setting)
        y = Length(y + setting.height)


def _sizes(desk: Desk, slide: deck.Categories, across: int, tile: Length) -> dict[Text, Setting]:
    """Return the members' names as they are set, all at one size."""
    names = [name for members in slide.members for name in members]
    width = _tile(desk, across, 0, Length(0), tile).w - _indent(desk, slide) - desk.layout("rows").length("pad")
    inner = Size(Length(width), tile)
    settings = desk.fit_together([(name, inner) for name in names], desk.theme.roles[MEMBER]) if names else ()
    return dict(zip(names, settings, strict=True))


def _tile(desk: Desk, across: int, index: int, y: Length, height: Length) -> Box:
    """Return the box of a member, counted from 0, in rows from `y` on."""
    layout, area = desk.layout("rows"), desk.theme.column
    gap, left = layout.length("tile-gap"), area.x + layout.length("words-w") + layout.length("words-gap")
    width = (area.right - left - gap * (across - 1)) // across
    row, column = divmod(index, across)
    return Box(Length(left + column * (width + gap)), Length(y + row * (height + gap)), Length(width), height)


def _indent(desk: Desk, slide: deck.Categories) -> Length:
    """Return where names start in their tiles: beside the signs if there are some."""
    lead = desk.lead((element_of(name) for members in slide.members for name in members), "node")
    return Length(desk.layout("rows").length("pad") + lead)


def _members(
    desk: Desk, slide: deck.Categories, at: int, y: Length, grid: tuple[int, Length], sizes: dict[Text, Setting]
) -> Iterator[Item]:
    """Yield a tile with its sign and its name for each member of a category; the focus concept's is solid."""
    category: model.Category = slide.categories[at]
    members: Sequence[Text] = slide.members[at]
    pad, side, indent = desk.layout("rows").length("pad"), desk.theme.sign("node"), _indent(desk, slide)
    goal = f"accent{desk.theme.goal}"
    for index, name in enumerate(members):
        box, focus = _tile(desk, grid[0], index, y, grid[1]), name == slide.focus
        ground = desk.panel(name.key, "tile", box, Fill(goal if focus else "card"), None if focus else desk.hairline())
        yield replace(ground, name=f"{ground.name}@{category.id}", of=element_of(name))
        sign = Box(Length(box.x + pad), Length(box.centre.y - side // 2), side, side)
        yield from desk.sign(element_of(name), sign, "card" if focus else "ink", category.id)
        place = Box(Length(box.x + indent), box.y, Length(box.w - indent - pad), box.h)
        look = TextLook(slot="card" if focus else "ink", anchor="ctr")
        label = desk.label(name, MEMBER, place, sizes[name], look=look, place=category.id)
        yield replace(label, link=element_of(name))
