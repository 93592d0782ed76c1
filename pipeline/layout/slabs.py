"""The hierarchy: a slab for each level, the lowest at the foot, with arrows for what the focus level rests on and carries."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from pipeline import deck, model
from pipeline.frame import Fill, Frame, Item, Shape, Stroke
from pipeline.layout.desk import Desk, Row, joined_name
from pipeline.layout.pages import frames_of
from pipeline.locales import Term, say
from pipeline.model import Text
from pipeline.theme import Layout
from pipeline.units import Box, Length, Size

__all__ = ["slabs"]

ARROW = (("adj1", 20_000), ("adj2", 100_000))  # shaft a fifth of the width, head as long as it is wide
ROLES = ("slab-level", "slab-name", "slab-text")


def slabs(slide: deck.Strata, desk: Desk) -> list[Frame]:
    """Lay out the levels from the ground up."""
    layout = desk.layout("slabs")
    levels = list(zip(slide.strata, slide.members, strict=True))[::-1]
    focus = len(levels) - 1 - slide.focus if slide.focus is not None else None
    boxes = _boxes(layout, len(levels))
    texts = [(level.name, _holds(level, members), level.does) for level, members in levels]
    extras = [level.holds if members else None for level, members in levels]
    pad = layout.length("pad")
    name_x = layout.length("level-w")
    text_x = name_x + layout.length("name-w")
    spans = [(pad, name_x), (name_x, text_x), (text_x, boxes[0].w - pad)]
    settings = _settings(desk, layout, texts, spans, boxes[0].h)
    items: list[Item] = [desk.placeholder(layout.placeholders["title"], slide.title)]
    for index, ((level, _), box) in enumerate(zip(levels, boxes, strict=True)):
        items.append(_slab(desk, level, box, lit=index == focus))
        for column, (start, end) in enumerate(spans):
            text, setting = texts[index][column], settings[column][index]
            if not text or not setting:
                continue
            place = Box(Length(box.x + start), box.y, Length(end - start - pad // 2), box.h)
            slot = "card" if index == focus else ""
            label = desk.label(text, ROLES[column], place, setting, slot=slot, anchor="ctr", name=f"{text.key}@strata")
            items.append(_with_extra(desk, label, extras[index] if column == 1 else None, slot, texts[index][1]))
    if focus is not None:
        items += _arrows(desk, layout, levels, boxes, focus)
    return frames_of(slide.key, "slabs", [items], desk.language)


def _with_extra(desk: Desk, label: Shape, extra: Text | None, slot: str, text: Text | None) -> Shape:
    """Return the label with a second paragraph in the style of the level names."""
    if extra is None or label.text is None:
        return label
    role = desk.theme.roles[ROLES[0]]
    setting = desk.fit(extra, role, Size(label.box.w, Length(label.box.h // 2)), max_lines=1)
    body = replace(label.text, paragraphs=(*label.text.paragraphs, desk.paragraph(extra, setting, role, slot)))
    return replace(label, text=body, name=f"{joined_name(text, extra)}@strata")


def _holds(level: model.Stratum, members: Sequence[Text]) -> Text | None:
    """Return what a level holds: its members' names, or else its own words."""
    if not members:
        return level.holds
    return Text(", ".join(m.value for m in members), joined_name(*members), members[0].span)


def _boxes(layout: Layout, count: int) -> list[Box]:
    area, gap = layout.boxes["slabs"], layout.length("gap")
    height = min((area.h - gap * (count - 1)) // count, layout.length("max-h"))
    return [Box(area.x, Length(area.y + i * (height + gap)), area.w, Length(height)) for i in range(count)]


def _settings(desk: Desk, layout: Layout, texts: Sequence[Sequence[Text | None]], spans: Sequence[tuple[int, int]], height: int) -> list[tuple]:  # type: ignore[type-arg]
    """Return each column's settings; a column's texts share one size and stay within the slab's height."""
    pad = layout.length("pad")
    inner = height - pad // 2
    found = []
    for column, (start, end) in enumerate(spans):
        width = Length(end - start - pad // 2)
        some = tuple(text[column] for text in texts)
        settings, _ = desk.stack([Row(some, ROLES[column], (width,) * len(texts))], inner)
        found.append(settings[0])
    return found


def _slab(desk: Desk, level: model.Stratum, box: Box, *, lit: bool) -> Shape:
    if lit:
        return desk.panel(f"{level.key}.slab", box, Fill(f"accent{desk.theme.goal}"))
    if level.line is model.Line.DASHED:
        return desk.panel(f"{level.key}.slab", box, None, Stroke("secondary", desk.theme.stroke("ring"), dashed=True))
    return desk.panel(f"{level.key}.slab", box, Fill("card"), desk.hairline())


def _arrows(
    desk: Desk, layout: Layout, levels: Sequence[tuple[model.Stratum, Sequence[Text]]], boxes: Sequence[Box], focus: int
) -> list[Item]:
    """Return the arrows: up from the focus level over the solid levels it supports, down over those it relies on."""
    above = [box for (level, _), box in zip(levels[:focus], boxes[:focus], strict=True) if level.line is model.Line.SOLID]
    below = list(boxes[focus + 1 :])
    items: list[Item] = []
    if above:
        items += _arrow(desk, layout, "strata.supports", Term.SUPPORTS, "upArrow", above[0].y, above[-1].bottom, f"accent{desk.theme.goal}")
    if below:
        items += _arrow(desk, layout, "strata.relies-on", Term.RELIES_ON, "downArrow", below[0].y, below[-1].bottom, "secondary")
    return items


def _arrow(desk: Desk, layout: Layout, name: str, term: Term, preset: str, top: int, bottom: int, slot: str) -> list[Item]:
    box = Box(layout.length("arrow-x"), Length(top), layout.length("arrow-w"), Length(bottom - top))
    shape = Shape(name, preset, box, Fill(slot), decorative=True, adjust=ARROW)
    height = layout.length("label-h")
    place = Box(layout.length("label-x"), Length(box.centre.y - height // 2), layout.length("label-w"), height)
    text = Text(say(term), f"{name}.label")
    return [shape, desk.label(text, "label", place, slot=slot, align="r", anchor="ctr")]
