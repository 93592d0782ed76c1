"""The hierarchy: slabs from the ground up, and outside them arrows for what the focus level rests on and carries."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

from conceptdeck.layout.desk import Desk, TextLook, named
from conceptdeck.layout.lists import shortened
from conceptdeck.layout.pages import Draft, chunks, frames_of, holds, on_click, paginate
from conceptdeck.layout.slides.strata_size import Level, Measured, Side, measured
from conceptdeck.typeset.settings import Setting
from conceptdeck.values import deck, model
from conceptdeck.values.frame import Fill, Frame, Item, Shape, Stroke
from conceptdeck.values.remarks import Way
from conceptdeck.values.terms import Term
from conceptdeck.values.text import Text, composed
from conceptdeck.values.units import Box, Length

__all__ = ["slabs"]

ARROW = (("adj1", 20_000), ("adj2", 100_000))  # shaft a fifth of the width, head as long as it is wide
LEVEL, NAME, DOES = "slab-level", "slab-name", "slab-text"


def slabs(slide: deck.Strata, desk: Desk) -> list[Frame]:
    """Lay out the levels from the ground up, on several slides if there are many.

    A few more levels than usual stay on one slide: what they do is then left to the notes.
    """
    layout = desk.layout("slabs")
    limit, most = layout.count("per-slide"), layout.count("most-per-slide")
    if slide.explained and limit < len(slide.strata) <= most:
        desk.left += [level.does for level in slide.strata if level.does]
        desk.remark(Way.NOTES, slide.key)
        slide = replace(slide, explained=False)

    def draft(trial: Desk, some: Sequence[Level], title: Text) -> list[Item]:
        keys = [level.stratum.key for level in some]
        if len({*keys}) < len(keys):  # one that goes on does so on another slide
            trial.report(some[-1].stratum.name)
        return [trial.placeholder(layout.placeholders["title"], title), *_Slabs(trial, some).items()]

    pages = paginate(desk, slide.title, _levels(desk, slide, draft), limit if slide.explained else most, draft)
    return frames_of(slide.key, "slabs", pages, desk.language)


def _levels(desk: Desk, slide: deck.Strata, draft: Draft[Level]) -> list[Level]:
    """Return the levels from the top down; one with more members than a slide holds goes on, or is cut if brief."""
    found: list[Level] = []
    for index, (stratum, members) in enumerate(zip(slide.strata, slide.members, strict=True)):
        above = None if slide.focus is None else index - slide.focus

        def level(some: Sequence[Text], stratum: model.Stratum = stratum, above: int | None = above) -> Level:
            does = stratum.does if slide.explained else None
            texts = (stratum.name, _holds(desk, stratum, some), does)
            return Level(stratum, texts, tuple(some), stratum.holds if some else None, above)

        def fits(some: Sequence[Text], level: Callable[[Sequence[Text]], Level] = level) -> bool:
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


def _holds(desk: Desk, level: model.Stratum, members: Sequence[Text]) -> Text | None:
    """Return what a level holds: its members' names, or else its own words."""
    if not members:
        return level.holds
    return replace(composed(desk.words.separated(members), *members, key=named(*members)), span=members[0].span)


class _Slabs:
    """The slabs of one slide, from the top down, and the arrows outside them."""

    def __init__(self, desk: Desk, levels: Sequence[Level]) -> None:
        self.desk, self.levels, self.layout = desk, levels, desk.layout("slabs")
        self.sides = list(_sides(desk, levels))
        self.found: Measured = measured(desk, levels, self.sides)

    def items(self) -> list[Item]:
        """Return the slabs, appearing from the ground up, then the arrows."""
        items: list[Item] = []
        for at in range(len(self.levels)):
            items += on_click(len(self.levels) - 1 - at, self._slab(at))
        return items + on_click(len(self.levels), self._arrows())

    def _slab(self, at: int) -> list[Item]:
        level, box = self.levels[at], self.found.boxes[at]
        items: list[Item] = [_ground(self.desk, level.stratum, box, lit=level.focus)]
        for column, role in enumerate((LEVEL, NAME, DOES)):
            text, setting = level.texts[column], self.found.settings[at][column]
            if column == 1 and self.found.flows[at]:
                items += self._members(at)
            elif text and setting:
                start, end = self.found.spans[column]
                start += self.found.lead if column == 1 else 0  # names stand below each other
                place = Box(Length(box.x + start), box.y, Length(end - start), box.h)
                label = self._label(text, role, place, (setting, level))
                extra = self.found.settings[at][3]
                items.append(self._with_extra(label, level, extra) if column == 1 else label)
        return items

    def _members(self, at: int) -> list[Item]:
        """Return the members of a level one by one, each with its sign, and below them what it holds besides."""
        desk, level, box = self.desk, self.levels[at], self.found.boxes[at]
        lines, (start, end) = self.found.flows[at], self.found.spans[1]
        extra, place = self.found.settings[at][3], level.stratum.id
        high, between = lines[0][0].setting.height, self.layout.length("line-gap")
        used = high * len(lines) + between * (len(lines) - 1) + (extra.height if extra else 0)
        y = box.centre.y - used // 2
        items: list[Item] = []
        for line in lines:
            for each in line:
                left, side = Length(box.x + start + each.x), desk.theme.sign("node")
                sign = Box(left, Length(y), side, Length(high))
                items += desk.sign(each.element, sign, "card" if level.focus else "ink", place)
                own = Box(Length(left + each.lead), Length(y), each.width, Length(high))
                label = self._label(each.text, NAME, own, (each.setting, level), place)
                items.append(replace(label, link=each.element))
            y += high + between
        if level.extra and extra:
            x, y = start + self.found.lead, y - between
            below = Box(Length(box.x + x), Length(y), Length(end - x), extra.height)
            items.append(self._label(level.extra, LEVEL, below, (extra, level)))
        return items

    def _label(self, text: Text, role: str, box: Box, how: tuple[Setting, Level], place: str = "strata") -> Shape:
        setting, level = how
        look = TextLook(slot="card" if level.focus else "", anchor="ctr")
        return self.desk.label(text, role, box, setting, look=look, place=place)

    def _with_extra(self, label: Shape, level: Level, setting: Setting | None) -> Shape:
        """Return the label with what the level holds besides, as a second paragraph in the style of the level names."""
        if level.extra is None or setting is None or label.text is None:
            return label
        slot = "card" if level.focus else ""
        second = self.desk.paragraph(level.extra, setting, self.desk.theme.roles[LEVEL], slot)
        body = replace(label.text, paragraphs=(*label.text.paragraphs, second))
        return replace(label, text=body, name=named(level.texts[1], level.extra, place="strata"), part=level.extra.id)

    def _arrows(self) -> list[Item]:
        """Return the arrows beside the slabs, from the edge of the focus level, each with its word."""
        layout, right = self.layout, max(box.right for box in self.found.boxes)
        items: list[Item] = []
        for side in self.sides:
            spanned = [self.found.boxes[at] for at in side.levels]
            top, high = spanned[0].y, Length(spanned[-1].bottom - spanned[0].y)
            box = Box(Length(right + layout.length("side-gap")), top, layout.length("arrow-w"), high)
            preset = "upArrow" if side.up else "downArrow"
            name = side.name
            items.append(
                Shape(
                    f"{name}.arrow", preset, box, Fill(side.slot), decorative=True, adjust=ARROW, of=name, part="arrow"
                )
            )
            place = Box(Length(box.right + layout.length("label-gap")), top, self.found.label, high)
            look = TextLook(slot=side.slot, anchor="ctr")
            items.append(self.desk.label(side.word, "label", place, look=look))
        return items


def _sides(desk: Desk, levels: Sequence[Level]) -> list[Side]:
    """Return what the arrows span: the solid levels that the focus level supports, and those that it relies on."""
    above = [at for at, each in enumerate(levels) if (each.above or 0) > 0 and each.stratum.line is model.Line.SOLID]
    below = [at for at, each in enumerate(levels) if (each.above or 0) < 0]
    found: list[Side] = []
    if above:
        found.append(Side(desk.words.text(Term.SUPPORTS, "term.supports"), f"accent{desk.theme.goal}", above, up=True))
    if below:
        found.append(Side(desk.words.text(Term.RELIES_ON, "term.relies-on"), "secondary", below, up=False))
    return found


def _ground(desk: Desk, level: model.Stratum, box: Box, *, lit: bool) -> Shape:
    if lit:
        return desk.panel(level.key, "slab", box, Fill(f"accent{desk.theme.goal}"))
    if level.line is model.Line.DASHED:
        return desk.panel(level.key, "slab", box, None, Stroke("secondary", desk.theme.stroke("ring"), dashed=True))
    return desk.panel(level.key, "slab", box, Fill("card"), desk.hairline())
