"""Formulas in texts: the line pitch that they need, and where they stand within their lines."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from conceptdeck.typeset.formulas import drawn
from conceptdeck.typeset.lines import Typesetter
from conceptdeck.values.frame import Item, Paragraph, Run, TextBody
from conceptdeck.values.items import bodies, line_spans, with_bodies
from conceptdeck.values.text import Text, stretches_between
from conceptdeck.values.theme import Theme

__all__ = ["pitch", "with_places"]

TALL, DEEP = 0.75, 0.25  # how far letters reach above and below their baseline, in ems


def pitch(text: Text) -> float:
    """Return the least line pitch in ems at which no formula of a text meets the lines beside it; 0 if it has none."""
    formulas = [drawn(each.formula) for each in text.passages if each.formula]
    if not formulas:
        return 0.0
    above, below = max(each.above for each in formulas), max(each.below for each in formulas)
    return max(above, TALL) + max(below, DEEP)


def with_places(items: Iterable[Item], theme: Theme, typesetter: Typesetter) -> tuple[Item, ...]:
    """Return items whose paragraphs with formulas say how wide each stretch of a line is drawn."""

    def measured(body: TextBody) -> TextBody:
        return replace(body, paragraphs=tuple(_measured(each, theme, typesetter) for each in body.paragraphs))

    return tuple(with_bodies(item, measured) if _has_formula(item) else item for item in items)


def _has_formula(item: Item) -> bool:
    return any(run.formula for body in bodies(item) for each in body.paragraphs for run in each.runs)


def _measured(paragraph: Paragraph, theme: Theme, typesetter: Typesetter) -> Paragraph:
    if not any(run.formula for run in paragraph.runs):
        return paragraph
    lines = (tuple(_widths(paragraph, *line, theme, typesetter)) for line in line_spans(paragraph))
    return replace(paragraph, widths=tuple(lines))


def _widths(paragraph: Paragraph, start: int, end: int, theme: Theme, typesetter: Typesetter) -> Iterator[float]:
    """Yield the widths in points of the stretches between two characters."""
    for run, text in stretches_between(paragraph.runs, start, end):
        yield drawn(run.formula).width * run.size if run.formula else _width(run, text, theme, typesetter)


def _width(run: Run, text: str, theme: Theme, typesetter: Typesetter) -> float:
    family = theme.font(major=run.major, mono=run.mono)
    return typesetter.measured(text, family, bold=run.bold, italic=run.italic) * run.shown_size
