"""Slides with one thing to say: cover, divider, statement."""

from __future__ import annotations

from dataclasses import replace

from conceptdeck.layout.desk import Desk, Row, numeral, placeholder_of
from conceptdeck.layout.pages import frames_of, on_click
from conceptdeck.layout.slides.rings import all_rings, layer_rings
from conceptdeck.typeset.sentences import sentences
from conceptdeck.values import deck
from conceptdeck.values.frame import Frame, Item, Shape, Sign, TextBody
from conceptdeck.values.text import Text
from conceptdeck.values.theme import PlaceholderSpec
from conceptdeck.values.units import Box, Length, Size, points

__all__ = ["cover", "section", "statement"]

FOOT = 0.2  # of a line of numerals is below their feet


def cover(slide: deck.Cover, desk: Desk) -> list[Frame]:
    """Lay out the cover: the core sentence, its last sentence in full ink, beside the rings."""
    spec = desk.layout("cover").placeholders
    items: list[Item] = [*all_rings(desk, slide.rings, "cover", tinted=True)]
    core = slide.core_sentence
    items.append(_small_title(slide, desk) if core else _large_title(slide.title, desk))
    if slide.label:
        items.append(desk.label(slide.label, "meta", desk.layout("cover").boxes["label"]))
    items += [_core_sentence(core, desk)] if core else []
    if slide.subtitle:
        items.append(desk.placeholder(spec["subtitle"], slide.subtitle))
    if slide.meta:
        items.append(desk.placeholder(spec["meta"], slide.meta))
    return frames_of(slide.key, "cover", [items], desk.language)


def _small_title(slide: deck.Cover, desk: Desk) -> Shape:
    """Return the title above the core sentence; one that is long takes the room of the label, if there is none."""
    spec = desk.layout("cover").placeholders
    title = spec["title"]
    long = not slide.label and _overflows(desk, title, slide.title)
    return desk.placeholder(title, slide.title, box=_taller(title.box, spec["core"].box.y) if long else title.box)


def _core_sentence(core: Text, desk: Desk) -> Shape:
    """Return the core sentence, one paragraph a sentence, all but the last one muted."""
    layout = desk.layout("cover")
    spec = layout.placeholders["core"]
    parts = [core.reworded(part) for part in sentences(core.value)]
    gap = layout.length("paragraph-gap").pt
    gaps = layout.length("paragraph-gap") * (len(parts) - 1)
    box = spec.grown(gaps + sum(desk.at_floor(part, spec.role, spec.box.w).height for part in parts))
    room = Length(box.h - gaps)
    rows = [Row((part,), spec.role.name, (box.w,)) for part in parts]
    settings, _ = desk.stack(rows, room)
    paragraphs = tuple(
        desk.paragraph(
            part,
            row[0],
            spec.role,
            "ink" if part is parts[-1] else "secondary",
            before=0.0 if part is parts[0] else gap,
        )
        for part, row in zip(parts, settings, strict=True)
        if row[0]
    )
    return Shape(
        core.key,
        "rect",
        box,
        text=TextBody(paragraphs, spec.anchor, span=core.span),
        placeholder=placeholder_of(spec),
    )


def _large_title(title: Text, desk: Desk) -> Shape:
    """Return the title where the core sentence stands, and as large."""
    spec = desk.layout("cover").placeholders
    core = spec["core"]
    setting = desk.fit(title, core.role, Size(core.box.w, core.box.h))
    height = Length(min(setting.height, core.box.h))
    box = Box(core.box.x, Length(core.box.bottom - height), core.box.w, height)
    return desk.filled(spec["title"], (desk.paragraph(title, setting, core.role),), title.key, box, title)


def section(slide: deck.Section, desk: Desk) -> list[Frame]:
    """Lay out the divider before a layer: its number, role, name and a line about it."""
    spec = desk.layout("section").placeholders
    layer = slide.layer
    accent = desk.theme.accent(slide.position, len(slide.layers))
    slot = f"accent{accent}"
    rings = list(layer_rings(desk, slide.layers, slide.position))
    title, *lead = _title_and_lead(slide, desk)
    items: list[Item] = [item for item in rings if item.decorative]
    items.append(title)
    number = numeral(slide.position, layer.key)
    items.append(desk.placeholder(spec["numeral"], number, slot=slot))
    items += _sign_beside(desk, layer.key, number, spec["numeral"], slot)
    if layer.role:
        items.append(desk.placeholder(spec["role"], layer.role, slot=slot))
    items += lead
    items += [item for item in rings if not item.decorative]
    return frames_of(slide.key, "section", [items], desk.language, accent)


def _sign_beside(desk: Desk, element: str, number: Text, spec: PlaceholderSpec, slot: str) -> list[Sign]:
    """Return the sign of a layer beside its number, on the line of its foot."""
    side, gap = desk.theme.sign("panel"), desk.theme.sign("gap")
    x = spec.box.x + desk.room(number, spec.role) + 2 * gap
    foot = spec.box.bottom - round(points(spec.role.sizes[0]) * spec.role.leading * FOOT)
    return desk.sign(element, Box(Length(x), Length(foot - side), side, side), slot)


def _title_and_lead(slide: deck.Section, desk: Desk) -> list[Shape]:
    """Return the layer's name and, close below it, the line about it; a long name takes the room that is left."""
    layout = desk.layout("section")
    title, lead = layout.placeholders["title"], layout.placeholders["lead"]
    gap = layout.length("lead-gap")
    if not slide.layer.lead:
        return [desk.placeholder(title, slide.title, box=_taller(title.box, lead.box.bottom))]
    room = desk.box_for(slide.layer.lead, lead)
    below = desk.fit(slide.layer.lead, lead.role, Size(room.w, room.h))
    box = _taller(title.box, Length(room.bottom - below.height - gap))
    if desk.typesetter.fit(
        desk.written(slide.title, title.role),
        style=desk.style(desk.suited(title.role, slide.title)),
        box=Size(title.box.w, title.box.h),
        lang=desk.tongue(slide.title),
    ):
        box = title.box
    above = desk.placeholder(title, slide.title, box=box)
    y = box.y + points(above.text.height if above.text else 0) + gap
    if title.anchor == "t":  # its box ends above the lead's, so that a click finds the right one
        above = replace(above, box=Box(box.x, box.y, box.w, min(box.h, Length(y - gap - box.y))))
    place = Box(lead.box.x, Length(y), lead.box.w, below.height)
    paragraph = desk.paragraph(slide.layer.lead, below, lead.role)
    return [above, desk.filled(lead, (paragraph,), slide.layer.lead.key, place, slide.layer.lead)]


def _taller(box: Box, bottom: int) -> Box:
    return Box(box.x, box.y, box.w, Length(bottom - box.y))


def statement(slide: deck.Statement, desk: Desk) -> list[Frame]:
    """Lay out one sentence alone, with a line or two below it."""
    spec = desk.layout("statement").placeholders
    items: list[Item] = [*all_rings(desk, slide.rings, "statement", tinted=False)]
    boxes: tuple[Box | None, Box | None] = None, None
    if slide.text and _overflows(desk, spec["text"], slide.text):
        boxes = _shared(desk, slide.title, spec["title"], spec["text"])
    items.append(desk.placeholder(spec["title"], slide.title, box=boxes[0]))
    if slide.text:
        text = desk.placeholder(spec["text"], slide.text, box=boxes[1])
        items += on_click(1 if slide.kind == "conclusion" else 0, [text])
    return frames_of(slide.key, "statement", [items], desk.language)


def _overflows(desk: Desk, spec: PlaceholderSpec, text: Text) -> bool:
    """Tell whether a text does not fit its placeholder at the smallest size of its role."""
    trial = desk.fresh()
    box = trial.box_for(text, spec)
    trial.fit(text, spec.role, Size(box.w, box.h))
    return bool(trial.problems)


def _shared(desk: Desk, said: Text, title: PlaceholderSpec, text: PlaceholderSpec) -> tuple[Box, Box]:
    """Return the boxes of a statement and of a long text below it, which takes what the statement leaves."""
    height = desk.fresh().fit_alone(said, title.role, Size(title.box.w, title.box.h)).height
    gap = Length(text.box.y - title.box.bottom)
    above = Box(title.box.x, title.box.y, title.box.w, height)
    top = Length(above.bottom + gap)
    return above, Box(text.box.x, top, text.box.w, Length(text.box.bottom - top))
