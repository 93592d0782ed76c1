"""The sources: title, who wrote it, what the map takes from it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from conceptdeck.layout.desk import Desk, Row, named
from conceptdeck.layout.pages import frames_of, paginate
from conceptdeck.values import deck, model
from conceptdeck.values.frame import Frame, Item, Paragraph
from conceptdeck.values.text import Text
from conceptdeck.values.theme import Layout
from conceptdeck.values.units import Box, Length

__all__ = ["sources"]


def sources(slide: deck.Sources, desk: Desk) -> list[Frame]:
    """Lay out the sources as a list, linked where there is an address."""
    layout = desk.layout("list")

    def draft(trial: Desk, some: Sequence[model.Source], title: Text) -> list[Item]:
        return [trial.placeholder(layout.placeholders["title"], title), *_entries(trial, layout, some)]

    pages = paginate(desk, slide.title, slide.sources, layout.count("per-slide"), draft)
    return frames_of(slide.key, "list", pages, desk.language)


def _entries(desk: Desk, layout: Layout, some: Sequence[model.Source]) -> list[Item]:
    spec = layout.placeholders["text"]
    gap = layout.length("entry-gap")
    lines = [(text, index) for index, each in enumerate(some) for text in (each.title, each.by, each.gives) if text]
    links = {each.title.key: each.link.url for each in some if each.link}
    titles = {each.title.key for each in some}
    rows = [Row((text,), "list-head" if text.key in titles else "list", (spec.box.w,)) for text, _ in lines]
    settings, heights = desk.stack(rows, spec.box.h - gap * (len(some) - 1))
    needed = sum(heights) + gap * (len(some) - 1)
    top = (spec.box.h - needed) // 2 if needed < spec.box.h // 2 else 0  # a few stand in the middle
    box = Box(spec.box.x, Length(spec.box.y + top), spec.box.w, Length(spec.box.h - 2 * top))
    paragraphs: list[Paragraph] = []
    for (text, index), setting in zip(lines, settings, strict=True):
        if not setting[0]:
            continue
        head = text.key in titles
        slot = "ink" if head else "secondary"
        before = gap.pt if head and index else 0.0
        role = desk.theme.roles["list-head"] if head else spec.role
        made = desk.paragraph(text, setting[0], role, slot, before=before)
        runs = tuple(replace(run, href=run.href or links.get(text.key, "")) for run in made.runs)
        paragraphs.append(replace(made, runs=runs))
    name = named(*(text for text, _ in lines))
    return [desk.filled(spec, tuple(paragraphs), name, box, lines[0][0])]
