"""Slides on a template of others whose own layouts say how they look: the cover and the dividers."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from conceptdeck.layout.desk import Desk, Row, placeholder_of
from conceptdeck.layout.pages import frames_of
from conceptdeck.values import deck
from conceptdeck.values.frame import Frame, Item, Shape, TextBody
from conceptdeck.values.text import Text
from conceptdeck.values.theme import PlaceholderSpec
from conceptdeck.values.units import Box, Length

__all__ = ["cover", "divide", "section"]

SUBTITLE, LEAD = "subtitle", "lead"


def cover(slide: deck.Cover, desk: Desk) -> list[Frame]:
    """Lay out the cover: the talk's title, and below it as much of the rest as the template has room for."""
    spec = desk.layout("cover").placeholders
    items: list[Item] = [desk.placeholder(spec["title"], slide.title)]
    if desk.theme.template and "cover" not in desk.theme.template.ties:
        items += _free(slide, desk)
        return _with_code(slide, desk, items)
    said = [each for each in (slide.core_sentence, slide.subtitle, slide.meta) if each]
    below = _clear(slide, desk, spec[SUBTITLE])
    if below.type and said:
        items.append(_stacked(desk, said, below))
    return _with_code(slide, desk, items)


def _clear(slide: deck.Cover, desk: Desk, spec: PlaceholderSpec) -> PlaceholderSpec:
    """Return a placeholder that is clear of the corner where the code stands, if there is one."""
    if not slide.qr:
        return spec
    from conceptdeck.layout.qr import clear_of_corner  # most decks have none

    return replace(spec, box=clear_of_corner(desk, spec.box, spec.align))


def _with_code(slide: deck.Cover, desk: Desk, items: list[Item]) -> list[Frame]:
    """Return the frame of the cover, with its code if it has one."""
    if slide.qr:
        from conceptdeck.layout.qr import at_home, qr_in_corner  # most decks have none

        layout = desk.layout("cover")
        items = [*at_home(items, layout), *qr_in_corner(desk, slide.key, slide.qr, layout, items)]
    return frames_of(slide.key, "cover", [items], desk.language)


def _free(slide: deck.Cover, desk: Desk) -> Iterator[Shape]:
    """Yield what stands below the title of a template without a layout for covers: as much as fits, in the middle."""
    layout = desk.layout("cover")
    align = layout.placeholders["title"].align
    area = _clear(slide, desk, replace(layout.placeholders[SUBTITLE], box=desk.theme.column, align=align)).box
    texts = zip(("core", SUBTITLE, "meta"), (slide.core_sentence, slide.subtitle, slide.meta), strict=True)
    said = [(layout.placeholders[name], text) for name, text in texts if text]
    gap = layout.length("row-gap")
    for count in range(len(said), 0, -1):
        trial, some = desk.fresh(), said[:count]
        rows = [Row((text,), spec.role.name, (area.w,)) for spec, text in some]
        settings, heights = trial.stack(rows, area.h - gap * (count - 1))
        if not trial.problems or count == 1:
            break
    else:
        return
    desk.take(trial)
    y = area.y + (area.h - sum(heights) - gap * (count - 1)) // 2
    for (spec, text), (setting,), height in zip(some, settings, heights, strict=True):
        if setting:
            paragraph = desk.paragraph(text, setting, spec.role, spec.colour, align=align)
            body = TextBody((paragraph,), "t", span=text.span)
            yield Shape(text.key, "rect", Box(area.x, Length(y), area.w, height), text=body)
        y += height + gap


def section(slide: deck.Section, desk: Desk) -> list[Frame]:
    """Lay out a divider: the layer's name, and the line about it where the template has a place for one."""
    accent = desk.theme.accent(slide.position, len(slide.layers))
    return _divided(slide, slide.layer.lead, accent, desk)


def divide(slide: deck.Break, desk: Desk) -> list[Frame]:
    """Lay out a divider of one's own in the same way."""
    return _divided(slide, slide.text, desk.theme.others[0], desk)


def _divided(slide: deck.Section | deck.Break, text: Text | None, accent: int, desk: Desk) -> list[Frame]:
    spec, theme = desk.layout("section").placeholders, desk.theme
    items: list[Item] = [desk.placeholder(spec["title"], slide.title)]
    free = bool(theme.template and "section" not in theme.template.ties)  # then it is a slide with free room
    if text and (spec[LEAD].type or free):
        items.append(desk.placeholder(spec[LEAD], text))
    return frames_of(slide.key, "section", [items], desk.language, accent)


def _stacked(desk: Desk, texts: list[Text], spec: PlaceholderSpec) -> Shape:
    """Return as many of the texts as fit, a paragraph each, in one placeholder; the first one in any case."""
    for count in range(len(texts), 0, -1):
        trial, some = desk.fresh(), texts[:count]
        rows = [Row((text,), spec.role.name, (spec.box.w,)) for text in some]
        settings, _ = trial.stack(rows, spec.box.h)
        if not trial.problems or count == 1:
            break
    desk.take(trial)
    if len(some) == 1:
        return desk.placeholder(spec, some[0])
    paragraphs = tuple(
        desk.paragraph(text, row[0], spec.role, spec.colour, align=spec.align)
        for text, row in zip(some, settings, strict=True)
        if row[0]
    )
    body = TextBody(paragraphs, spec.anchor, span=some[0].span)
    return Shape("+".join(text.key for text in some), "rect", spec.box, text=body, placeholder=placeholder_of(spec))
