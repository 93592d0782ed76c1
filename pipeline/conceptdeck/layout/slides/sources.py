"""The sources: title, who wrote it, what the map takes from it; one alone stands in the middle of the slide."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from conceptdeck.layout.desk import Desk, Row
from conceptdeck.layout.pages import frames_of, paginate
from conceptdeck.values import deck, model
from conceptdeck.values.frame import Fill, Frame, Item, Shape
from conceptdeck.values.text import Link, Text
from conceptdeck.values.units import Box, Length

__all__ = ["sources"]

TITLE, TEXT = "source-title", "source-text"
LINES = 3  # of texts that a source has


def sources(slide: deck.Sources, desk: Desk) -> list[Frame]:
    """Lay out the sources in two columns, linked where there is an address."""
    layout = desk.layout("sources")

    def draft(trial: Desk, some: Sequence[model.Source], title: Text) -> list[Item]:
        return [trial.placeholder(layout.placeholders["title"], title), *_entries(trial, some)]

    pages = paginate(desk, slide.title, slide.sources, layout.count("per-slide"), draft)
    return frames_of(slide.key, "sources", pages, desk.language)


def _entries(desk: Desk, some: Sequence[model.Source]) -> Iterator[Item]:
    """Yield the entries, two to a line, in the middle of the content area."""
    layout, area = desk.layout("sources"), desk.theme.column
    wide = Box(area.x, area.y, Length(round(area.w * layout.numbers["single-share"])), area.h)
    columns = desk.theme.columns(2) if len(some) > 1 else (wide,)
    lines = [some[at : at + len(columns)] for at in range(0, len(some), len(columns))]
    rows = [
        Row(tuple(texts), role, tuple(column.w for column, _ in zip(columns, line, strict=False)))
        for line in lines
        for role, texts in zip((TITLE, TEXT, TEXT), zip(*map(_texts, line), strict=True), strict=True)
    ]
    above, between, gap = layout.length("rule-gap"), layout.length("row-gap"), layout.length("gap")
    taken = len(lines) * (above + 2 * gap) + (len(lines) - 1) * between
    settings, heights = desk.stack(rows, area.h - taken)
    spare = max(0, area.h - taken - sum(heights))
    extra = min(spare // len(lines), layout.length("most-gap")) if len(lines) > 1 else 0
    y = area.y + (spare - extra * (len(lines) - 1)) // 2
    for at, line in enumerate(lines):
        for source, column in zip(line, columns, strict=False):
            rule = Box(column.x, Length(y), column.w, layout.length("rule"))
            yield desk.panel(source.key, "rule", rule, Fill("secondary"))
        y += above
        said: dict[str, list[Item]] = {source.key: [] for source in line}  # a source is read before the next one
        for level in range(at * LINES, (at + 1) * LINES):
            row, high = rows[level], heights[level]
            for source, column, text, setting in zip(line, columns, row.texts, settings[level], strict=False):
                if text and setting:
                    label = desk.label(text, row.role, Box(column.x, Length(y), column.w, high), setting)
                    said[source.key].append(_linked(label, source.link) if text is source.title else label)
            y += high + (gap if high else 0)
        for labels in said.values():
            yield from labels
        y += between + extra - gap


def _texts(source: model.Source) -> tuple[Text | None, ...]:
    return source.title, source.by, source.gives


def _linked(label: Shape, link: Link | None) -> Shape:
    """Return the title of a source with its address, if it has one."""
    if link is None or label.text is None:
        return label
    paragraphs = tuple(
        replace(each, runs=tuple(replace(run, href=run.href or link.url) for run in each.runs))
        for each in label.text.paragraphs
    )
    return replace(label, text=replace(label.text, paragraphs=paragraphs))
