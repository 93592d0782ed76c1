"""A layer with one concept: the concept on a panel, its takeaway in large type beside it, its examples below that."""

from __future__ import annotations

from dataclasses import replace

from conceptdeck.layout.desk import Desk
from conceptdeck.layout.pages import frames_of
from conceptdeck.layout.slides.examples import accent_of, in_rows, panel, tiles
from conceptdeck.layout.slides.miniature import tracker
from conceptdeck.values import deck
from conceptdeck.values.frame import Frame, Item
from conceptdeck.values.units import Box, Length, Size

__all__ = ["single"]


def single(slide: deck.Cards, desk: Desk) -> list[Frame]:
    """Lay out the one concept of a layer; nothing if there are several, or its words do not fit so."""
    layout = desk.layout("cards")
    if len(slide.layer.concepts) != 1 or any(slide.tags) or len(slide.examples[0]) > layout.count("single-tiles"):
        return []
    told = deck.Concept(
        key=slide.key,
        title=slide.title,
        concept=slide.layer.concepts[0],
        position=slide.position,
        layers=slide.layers,
        examples=slide.examples[0],
    )
    trial = desk.fresh()
    items = _drawn(told, trial)
    if trial.problems:
        return []
    desk.take(trial)
    accent = desk.theme.accent(slide.position, len(slide.layers))
    return frames_of(slide.key, "cards", [items], desk.language, accent)


def _drawn(slide: deck.Concept, desk: Desk) -> list[Item]:
    """Return the panel, and beside it the takeaway or what the concept is, and the examples."""
    layout, area, accent = desk.layout("cards"), desk.theme.column, accent_of(desk, slide)
    told, left = slide.concept.meaning, Box(area.x, area.y, layout.length("single-w"), area.h)
    if not told and not slide.examples:  # what it is takes the place of the takeaway
        told = slide.concept.description
        slide = replace(slide, concept=replace(slide.concept, description=None))
    ground, words = panel(desk, slide, left, accent)
    items: list[Item] = [desk.placeholder(layout.placeholders["title"], slide.title)]
    items += tracker(desk, slide)
    items += [ground, *words]
    gap = layout.length("row-gap")
    x = Length(left.right + layout.length("single-gap"))
    right = Box(x, area.y, Length(area.right - x), area.h)
    across = in_rows(len(slide.examples), layout.count("single-across"))
    if not told:
        return [*items, *tiles(desk, slide, right, across, accent)]
    lines = -(-len(slide.examples) // across)
    foot = max(0, lines * (layout.length("single-tile") + gap) - gap)
    room = Length(area.h - foot - (gap if foot else 0))
    setting = desk.fit(told, desk.theme.roles["single-takeaway"], Size(right.w, room))
    top = Length(right.y + (room - setting.height) // 2)
    items.append(desk.label(told, "single-takeaway", Box(x, top, right.w, setting.height), setting))
    if slide.examples:
        below = Box(x, Length(area.bottom - foot), right.w, Length(foot))
        items += tiles(desk, slide, below, across, accent)
    return items
