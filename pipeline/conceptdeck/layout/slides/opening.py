"""Slides with one sentence to say: the cover and statements."""

from __future__ import annotations

from copy import copy
from dataclasses import replace

from conceptdeck.layout.desk import Desk, Row, TextLook, placeholder_of
from conceptdeck.layout.pages import frames_of, on_click
from conceptdeck.layout.slides.constellation import constellation
from conceptdeck.typeset.sentences import sentences
from conceptdeck.values import deck
from conceptdeck.values.frame import Fill, Frame, Item, Shape, TextBody
from conceptdeck.values.text import Text
from conceptdeck.values.theme import PlaceholderSpec
from conceptdeck.values.units import Box, Length, Size

__all__ = ["cover", "statement"]

SEPARATOR = " · "


def cover(slide: deck.Cover, desk: Desk) -> list[Frame]:
    """Lay out the cover: the core sentence, its last sentence in full ink, beside an image or the map."""
    usual, desk = desk, _with_room_for_qr(desk, "cover") if slide.qr else desk
    layout = desk.layout("cover")
    spec = layout.placeholders
    image = desk.picture(slide.key, layout.boxes["image"], layout.length("image-inset"))
    items: list[Item] = [*(image or constellation(slide, desk))]
    core = slide.core_sentence
    items.append(_small_title(slide, desk) if core else _large_title(slide.title, desk))
    if slide.label:
        items.append(desk.label(slide.label, "meta", layout.boxes["label"]))
    items += [_core_sentence(core, desk)] if core else []
    if slide.subtitle:
        items.append(desk.placeholder(spec["subtitle"], slide.subtitle))
    items += _meta(slide, desk)
    items = _with_code(slide, items, usual, "cover", "meta") if slide.qr else items
    return frames_of(slide.key, "cover", [items], desk.language)


def _with_room_for_qr(desk: Desk, key: str) -> Desk:
    """Return the same desk with a layout in which a code has room."""
    from conceptdeck.layout.qr import with_room_for_qr  # as below: most decks have no codes

    made, theme = copy(desk), desk.theme
    made.theme = replace(theme, layouts={**theme.layouts, key: with_room_for_qr(theme.layouts[key])})
    return made


def _with_code(
    slide: deck.Cover | deck.Statement, items: list[Item], desk: Desk, key: str, role: str, slot: str = ""
) -> list[Item]:
    """Return the items of a slide, its code, and the code's address in a role and a colour."""
    from conceptdeck.layout.qr import at_home, qr_beside

    assert slide.qr is not None
    layout = desk.layout(key)
    return [*at_home(items, layout), *qr_beside(desk, slide.key, slide.qr, layout, TextLook(slot), role)]


def _meta(slide: deck.Cover, desk: Desk) -> list[Shape]:
    """Return who speaks, at which event and when, and below it what the map says of that."""
    brand, spec = desk.brand, desk.layout("cover").placeholders["meta"]
    said = SEPARATOR.join(filter(None, (brand.author, brand.event, brand.date)))
    if not said:
        return [desk.placeholder(spec, slide.meta)] if slide.meta else []
    own = Text(said, "brand")
    if not slide.meta:
        return [desk.placeholder(spec, own)]
    texts = (own, slide.meta)
    box = spec.grown(sum(desk.at_floor(each, spec.role, spec.box.w).height for each in texts))
    settings, _ = desk.stack([Row((each,), spec.role.name, (box.w,)) for each in texts], box.h)
    rows = zip(texts, settings, strict=True)
    paragraphs = tuple(desk.paragraph(each, row[0], spec.role, spec.colour) for each, row in rows if row[0])
    return [desk.filled(spec, paragraphs, slide.meta.key, box, slide.meta)]


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
    parts = [replace(core.reworded(part), beside=None) for part in sentences(core.value)]
    parts[-1] = replace(parts[-1], beside=core.beside)
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


def _taller(box: Box, bottom: int) -> Box:
    return Box(box.x, box.y, box.w, Length(bottom - box.y))


def statement(slide: deck.Statement, desk: Desk) -> list[Frame]:
    """Lay out one sentence alone on a ground of its own, and below a rule a line or two that support it."""
    usual, goal = desk, f"accent{desk.theme.goal}"
    desk = _with_room_for_qr(desk, "statement") if slide.qr else desk
    layout = desk.layout("statement")
    spec = layout.placeholders
    last = slide.kind == "closing"
    ground, slot = desk.theme.last_colours if last else (goal, desk.theme.on_panel)
    items: list[Item] = [desk.ground(ground, solid=last)]
    if desk.theme.template:  # which has a ground of its own
        slot, items = "", []
    above, below = desk.box_for(slide.title, spec["title"]), spec["text"].box
    if slide.text:
        below = desk.box_for(slide.text, spec["text"])
        if _overflows(desk, spec["text"], slide.text):
            above, below = _shared(desk, slide.title, spec["title"], spec["text"])
    items.append(desk.placeholder(spec["title"], slide.title, slot=slot, box=above))
    if slide.text:
        top = Length((above.bottom + below.y - layout.length("rule")) // 2)
        rule = Box(above.x, top, above.w, layout.length("rule"))
        line = desk.panel(slide.key, "rule", rule, Fill(slot or "ink", desk.theme.tints["ring"]))
        text = desk.placeholder(spec["text"], slide.text, slot=slot, box=below)
        items += on_click(1 if slide.kind == "conclusion" else 0, [line, text])
    items = _with_code(slide, items, usual, "statement", "lead", slot) if slide.qr else items
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
