"""Lay slides out: from a deck to frames in which every text is measured and has its final place."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

from pipeline import deck
from pipeline.deck import Deck, Slide
from pipeline.diagnostics import Diagnostic
from pipeline.frame import Frame, Item, Paragraph, Run, Shape, TextBody
from pipeline.layout import (
    agenda,
    cards,
    categories,
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
from pipeline.layout.margins import with_margins
from pipeline.locales import Term, say
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
    deck.Categories: categories.categories,
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
    elapsed = 0.0
    for slide in source.slides:
        for frame in _slide(slide, desk, arrange):
            number = len(frames) + 1
            items = (*frame.items, *_furniture(desk, source.title, number, frame.layout))
            notes = _notes(slide, elapsed)
            made = replace(frame, items=items, notes=notes, number=number, section=slide.section)
            frames.append(with_margins(made))
        elapsed += slide.minutes
    return _linked(frames, dict(source.links)), tuple(desk.problems)


def _notes(slide: Slide, start: float) -> str:
    """Return what the notes page says: the clock, what the speaker says, and what the slide leaves out."""
    parts = [say(Term.CLOCK, start=_clock(start), end=_clock(start + slide.minutes))] if slide.minutes else []
    parts += [slide.notes.value] if slide.notes else []
    parts += [text.value for text in slide.details]
    return "\n".join(parts)


def _clock(minutes: float) -> str:
    return f"{int(minutes)}:{round(minutes % 1 * 60):02d}"


def _linked(frames: Sequence[Frame], addresses: Mapping[str, str]) -> tuple[Frame, ...]:
    """Return the frames with each link leading to the first slide of what it names, and none leading nowhere.

    A shape whose text has an address of its own leads there.
    """
    first: dict[str, str] = {}
    for frame in frames:
        parts = frame.key.partition("#")[0].split(".")
        for end in range(1, len(parts) + 1):
            first.setdefault(".".join(parts[:end]), frame.key)
    return tuple(
        replace(frame, items=tuple(_with_link(item, first, addresses) for item in frame.items)) for frame in frames
    )


def _with_link(item: Item, first: Mapping[str, str], addresses: Mapping[str, str]) -> Item:
    if not isinstance(item, Shape):
        return item
    address = addresses.get(item.name.partition("@")[0], "")
    if item.link or address:
        return replace(item, link=first.get(item.link, "") or address)
    return item


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
