"""The hierarchy: slabs from the ground up, with arrows for what the focus level rests on and what it carries."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

from conceptdeck.layout.desk import Desk, TextLook, named
from conceptdeck.layout.lists import shortened
from conceptdeck.layout.pages import Draft, chunks, frames_of, holds, on_click, paginate
from conceptdeck.typeset.settings import Setting
from conceptdeck.values import deck, model
from conceptdeck.values.frame import Fill, Frame, Item, Shape, Stroke
from conceptdeck.values.terms import Term
from conceptdeck.values.text import Text, composed
from conceptdeck.values.theme import Layout, Role
from conceptdeck.values.units import Box, Length, Size
from conceptdeck.values.value import frozen

__all__ = ["slabs"]

ARROW = (("adj1", 20_000), ("adj2", 100_000))  # shaft a fifth of the width, head as long as it is wide
ROLES = ("slab-level", "slab-name", "slab-text")
_SHARES = 4  # ways to share the room between what a level holds and what it does, besides the usual one


@frozen
class _Level:
    """A level with the texts of its columns, what it holds besides its members, and how far it is above the focus."""

    stratum: model.Stratum
    texts: tuple[Text | None, ...]
    extra: Text | None
    above: int | None

    @property
    def focus(self) -> bool:
        """Tell whether the level is the one that the others support or rely on."""
        return self.above == 0


def slabs(slide: deck.Strata, desk: Desk) -> list[Frame]:
    """Lay out the levels from the ground up, on several slides if there are many."""
    layout = desk.layout("slabs")

    def draft(trial: Desk, some: Sequence[_Level], title: Text) -> list[Item]:
        keys = [level.stratum.key for level in some]
        if len({*keys}) < len(keys):  # one that goes on does so on another slide
            trial.report(some[-1].stratum.name)
        return [trial.placeholder(layout.placeholders["title"], title), *_slabs(trial, layout, some)]

    pages = paginate(desk, slide.title, _levels(desk, slide, draft), layout.count("per-slide"), draft)
    return frames_of(slide.key, "slabs", pages, desk.language)


def _levels(desk: Desk, slide: deck.Strata, draft: Draft[_Level]) -> list[_Level]:
    """Return the levels from the top down; one with more members than a slide holds goes on, or is cut if brief."""
    found: list[_Level] = []
    for index, (stratum, members) in enumerate(zip(slide.strata, slide.members, strict=True)):
        above = None if slide.focus is None else index - slide.focus

        def level(some: Sequence[Text], stratum: model.Stratum = stratum, above: int | None = above) -> _Level:
            does = stratum.does if slide.explained else None
            texts = (stratum.name, _holds(desk, stratum, some), does)
            return _Level(stratum, texts, stratum.holds if some else None, above)

        def fits(some: Sequence[Text], level: Callable[[Sequence[Text]], _Level] = level) -> bool:
            trial = desk.fresh()
            draft(trial, [level(some)], slide.title)
            return holds(trial, slide.title)

        parts: list[Sequence[Text]] = [members]
        if len(members) > 1 and not fits(members):
            line = desk.words.say(Term.GROUP, name=stratum.name, members=desk.words.listed(members))
            told = composed(line, stratum.name, *members, key=f"{stratum.key}.members")
            counts = range(2, len(members)) if not slide.brief else ()
            some = next((n for n in counts if all(map(fits, chunks(members, n)))), 0)
            parts = chunks(members, some)[::-1] if some else [shortened(desk, members, told, fits)]
        found += map(level, parts)
    return found[::-1]


def _columns(desk: Desk, layout: Layout, levels: Sequence[_Level]) -> list[tuple[int, int]]:
    """Return where the columns start and end in a slab: the wide ones share the room as their texts need it."""
    area, pad = layout.boxes["slabs"], layout.length("pad")
    name_x, end = layout.length("level-w"), area.w - pad
    if not any(level.texts[2] for level in levels):
        return [(pad, name_x), (name_x, end), (end, end)]
    usual = name_x + layout.length("name-w")
    shares = (layout.numbers["least-share"] + step * layout.numbers["share-step"] for step in range(_SHARES))
    best: tuple[tuple[bool, float, int], int] | None = None
    for text_x in (usual, *(round(name_x + share * (end - name_x)) for share in shares)):
        spans = [(pad, name_x), (name_x, text_x), (text_x, end)]
        trial = desk.fresh()
        settings, heights = _settings(trial, layout, levels, [Length(b - a - pad // 2) for a, b in spans])
        sizes = [each.size_pt for found in settings for each in found if each]
        cost = (bool(trial.problems), -sum(sizes), sum(heights))
        if best is None or cost < best[0]:
            best = (cost, text_x)
        if text_x == usual and not trial.problems and max(heights) <= _even(layout, len(levels)):
            break
    assert best is not None  # the usual width is always tried
    return [(pad, name_x), (name_x, best[1]), (best[1], end)]


def _slabs(desk: Desk, layout: Layout, levels: Sequence[_Level]) -> list[Item]:
    pad = layout.length("pad")
    spans = _columns(desk, layout, levels)
    widths = [Length(end - start - pad // 2) for start, end in spans]
    settings, heights = _settings(desk, layout, levels, widths)
    boxes = _boxes(layout, heights)
    items: list[Item] = []
    for height, (level, found, box) in enumerate(zip(levels, settings, boxes, strict=True)):
        own: list[Item] = [_slab(desk, level.stratum, box, lit=level.focus)]
        for column, ((start, _), width, setting) in enumerate(zip(spans, widths, found, strict=False)):
            text = level.texts[column]
            if not text or not setting:
                continue
            place = Box(Length(box.x + start), box.y, width, box.h)
            slot = "card" if level.focus else ""
            label = desk.label(
                text, ROLES[column], place, setting, look=TextLook(slot=slot, anchor="ctr"), place="strata"
            )
            own.append(_with_extra(desk, label, level, found[3], slot) if column == 1 else label)
        items += on_click(len(levels) - 1 - height, own)  # the levels rise from the ground
    return items + on_click(len(levels), _arrows(desk, layout, levels, boxes))


def _settings(
    desk: Desk, layout: Layout, levels: Sequence[_Level], widths: Sequence[Length]
) -> tuple[list[tuple[Setting | None, ...]], list[int]]:
    """Return each level's settings (columns, then the extra line) and the least height of its slab.

    The texts of a column share one size: the largest at which all slabs fit below each other.
    """
    room = layout.boxes["slabs"].h - layout.length("gap") * (len(levels) - 1)
    roles = [desk.theme.roles[name] for name in (*ROLES, ROLES[0])]
    steps = max(len(role.sizes) for role in roles)
    for step in range(steps):
        last = step == steps - 1
        settings = [_level_at(desk, level, widths, roles, step, report=last) for level in levels]
        heights = [_slab_height(layout, found) for found in settings]
        complete = all(
            bool(t) == bool(f)
            for lv, fs in zip(levels, settings, strict=True)
            for t, f in zip((*lv.texts, lv.extra), fs, strict=True)
        )
        if complete and sum(heights) <= room:
            return settings, heights
    texts = [(level, text) for level in levels for text in level.texts if text]
    level, longest = max(texts, key=lambda each: len(each[1].value))
    desk.report(level.stratum.name if len(longest.parts) > 1 else longest)
    return settings, heights


def _level_at(
    desk: Desk, level: _Level, widths: Sequence[Length], roles: Sequence[Role], step: int, *, report: bool
) -> tuple[Setting | None, ...]:
    texts = (*level.texts, level.extra)
    found = []
    for text, role, width in zip(texts, roles, (*widths, widths[1]), strict=True):
        setting = desk.set(text, role, role.sizes[min(step, len(role.sizes) - 1)], width)
        if text and not setting and report:
            desk.refuse(text, role, Size(width, desk.layout("slabs").boxes["slabs"].h))
        found.append(setting)
    return tuple(found)


def _slab_height(layout: Layout, found: Sequence[Setting | None]) -> int:
    """Return the height that a slab's texts need; the extra line stands below the second column."""
    columns = [setting.height if setting else 0 for setting in found]
    return max(columns[0], columns[1] + columns[3], columns[2], 0) + layout.length("pad") // 2


def _with_extra(desk: Desk, label: Shape, level: _Level, setting: Setting | None, slot: str) -> Shape:
    """Return the label with what the level holds besides, as a second paragraph in the style of the level names."""
    if level.extra is None or setting is None or label.text is None:
        return label
    second = desk.paragraph(level.extra, setting, desk.theme.roles[ROLES[0]], slot)
    body = replace(label.text, paragraphs=(*label.text.paragraphs, second))
    return replace(label, text=body, name=named(level.texts[1], level.extra, place="strata"), part=level.extra.id)


def _holds(desk: Desk, level: model.Stratum, members: Sequence[Text]) -> Text | None:
    """Return what a level holds: its members' names, or else its own words."""
    if not members:
        return level.holds
    return replace(composed(desk.words.separated(members), *members, key=named(*members)), span=members[0].span)


def _boxes(layout: Layout, heights: Sequence[int]) -> list[Box]:
    """Return the slabs' boxes: of one height where that holds every text, else each as high as it needs."""
    area, gap = layout.boxes["slabs"], layout.length("gap")
    room = area.h - gap * (len(heights) - 1)
    even = _even(layout, len(heights))
    spare = (room - sum(heights)) // len(heights)
    sizes = [even] * len(heights) if max(heights) <= even else [height + spare for height in heights]
    tops = [area.y + sum(sizes[:index]) + gap * index for index in range(len(sizes))]
    return [Box(area.x, Length(top), area.w, Length(height)) for top, height in zip(tops, sizes, strict=True)]


def _even(layout: Layout, count: int) -> int:
    """Return the height of slabs that are all of one height."""
    area, gap = layout.boxes["slabs"], layout.length("gap")
    return min((area.h - gap * (count - 1)) // count, layout.length("max-h"))


def _slab(desk: Desk, level: model.Stratum, box: Box, *, lit: bool) -> Shape:
    if lit:
        return desk.panel(level.key, "slab", box, Fill(f"accent{desk.theme.goal}"))
    if level.line is model.Line.DASHED:
        return desk.panel(level.key, "slab", box, None, Stroke("secondary", desk.theme.stroke("ring"), dashed=True))
    return desk.panel(level.key, "slab", box, Fill("card"), desk.hairline())


def _arrows(desk: Desk, layout: Layout, levels: Sequence[_Level], boxes: Sequence[Box]) -> list[Item]:
    """Return the arrows: up over the solid levels that the focus level supports, down over those it relies on."""
    placed = [(level, box) for level, box in zip(levels, boxes, strict=True) if level.above]
    above = [box for level, box in placed if (level.above or 0) > 0 and level.stratum.line is model.Line.SOLID]
    below = [box for level, box in placed if (level.above or 0) < 0]
    goal = f"accent{desk.theme.goal}"
    items: list[Item] = []
    if above:
        items += _arrow(desk, layout, Term.SUPPORTS, "upArrow", (above[0].y, above[-1].bottom), goal)
    if below:
        items += _arrow(desk, layout, Term.RELIES_ON, "downArrow", (below[0].y, below[-1].bottom), "secondary")
    return items


def _arrow(desk: Desk, layout: Layout, term: Term, preset: str, span: tuple[int, int], slot: str) -> list[Item]:
    """Return an arrow from top to bottom of `span`, with its word beside it."""
    name = f"term.{term.name.lower().replace('_', '-')}"
    top, bottom = span
    box = Box(layout.length("at-arrow-x"), Length(top), layout.length("arrow-w"), Length(bottom - top))
    shape = Shape(f"{name}.arrow", preset, box, Fill(slot), decorative=True, adjust=ARROW, of=name, part="arrow")
    height = layout.length("label-h")
    place = Box(layout.length("at-label-x"), Length(box.centre.y - height // 2), layout.length("label-w"), height)
    return [
        shape,
        desk.label(desk.words.text(term, name), "label", place, look=TextLook(slot=slot, align="r", anchor="ctr")),
    ]
