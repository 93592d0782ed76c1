"""Lay slides out: from a deck to frames in which every text is measured and has its final place."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from pipeline import deck
from pipeline.deck import Deck, Slide
from pipeline.diagnostics import Diagnostic
from pipeline.frame import Frame, Item, Paragraph, Run, Shape, TextBody
from pipeline.layout import (
    agenda,
    cards,
    columns,
    concept,
    diagram,
    grid,
    opening,
    slabs,
    sources,
    steps,
    table,
)
from pipeline.layout.desk import Desk, placeholder_of
from pipeline.layout.diagram import Arrange
from pipeline.model import Text
from pipeline.theme import Theme
from pipeline.typeset import Typesetter

__all__ = ["Arrange", "lay_out"]

PLAIN: dict[type, Callable[..., list[Frame]]] = {
    deck.Cover: opening.cover,
    deck.Section: opening.section,
    deck.Statement: opening.statement,
    deck.Steps: steps.steps,
    deck.Agenda: agenda.agenda,
    deck.Cards: cards.cards,
    deck.Concept: concept.concept,
    deck.Table: table.table,
    deck.Categories: columns.categories,
    deck.Relation: columns.relation,
    deck.Strata: slabs.slabs,
    deck.Aims: grid.aims,
    deck.Sources: sources.sources,
}


def lay_out(
    source: Deck, theme: Theme, typesetter: Typesetter, arrange: Arrange
) -> tuple[tuple[Frame, ...], tuple[Diagnostic, ...]]:
    """Return a frame for each slide, more where content is split, and what did not fit.

    `arrange` gives a diagram its ranks and order.
    """
    desk = Desk(theme, typesetter, source.language)
    frames: list[Frame] = []
    for slide in source.slides:
        for frame in _slide(slide, desk, arrange):
            notes = slide.notes.value if slide.notes else ""
            number = len(frames) + 1
            items = (*frame.items, *_furniture(desk, source.title, number, frame.layout))
            frames.append(replace(frame, items=items, notes=notes, footer=source.title.value, number=number))
    return tuple(frames), tuple(desk.problems)


def _slide(slide: Slide, desk: Desk, arrange: Arrange) -> list[Frame]:
    if isinstance(slide, deck.RelationMap):
        return diagram.relations(slide, desk, arrange)
    return PLAIN[type(slide)](slide, desk)


def _furniture(desk: Desk, title: Text, number: int, layout: str) -> list[Item]:
    """Return footer and slide number; the cover carries neither."""
    if layout == "cover":
        return []
    spec = desk.theme.furniture
    footer = desk.placeholder(spec["footer"], title, name=f"{title.key}@footer")
    size = spec["number"].role.sizes[0]
    paragraph = Paragraph(
        (Run(str(number), size, spec["number"].colour),),
        (str(number),),
        size * spec["number"].role.leading,
        "r",
    )
    place = spec["number"]
    return [
        footer,
        Shape(
            "slide-number",
            "rect",
            place.box,
            text=TextBody((paragraph,), place.anchor),
            placeholder=placeholder_of(place),
        ),
    ]
