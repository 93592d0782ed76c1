"""Lay slides out: from a deck to frames in which every text is measured and has its final place."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace

from conceptdeck.layout.desk import Desk, placeholder_of
from conceptdeck.layout.margins import with_margins
from conceptdeck.layout.mirror import mirrored
from conceptdeck.layout.slides import (
    agenda,
    cards,
    categories,
    concept,
    opening,
    sources,
    steps,
    table,
)
from conceptdeck.layout.slides import (
    aims as grid,
)
from conceptdeck.layout.slides import (
    relation as columns,
)
from conceptdeck.layout.slides import (
    relation_map as diagram,
)
from conceptdeck.layout.slides import (
    strata as slabs,
)
from conceptdeck.layout.slides.relation_map import Arrange
from conceptdeck.typeset.lines import Typesetter
from conceptdeck.values import deck
from conceptdeck.values.deck import Deck, Slide
from conceptdeck.values.diagnostics import Diagnostic
from conceptdeck.values.frame import Frame, Item, Paragraph, Run, Shape, Table, TextBody
from conceptdeck.values.languages import is_rtl
from conceptdeck.values.model import Text
from conceptdeck.values.terms import Term, Words
from conceptdeck.values.theme import Theme

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
    desk = Desk(theme, typesetter, source.language, words=source.words)
    frames: list[Frame] = []
    rtl = is_rtl(source.language)
    elapsed = 0.0
    for slide in source.slides:
        for frame in _slide(slide, desk, arrange):
            number = len(frames) + 1
            items = (*frame.items, *_furniture(desk, source.title, number, frame.layout))
            notes = _notes(slide, elapsed, source.words)
            notes = _marked(notes, frame, slide, source) if source.untranslated else notes
            complete = replace(frame, items=items, notes=notes, number=number, section=slide.section)
            made = with_margins(complete, desk.held)
            frames.append(mirrored(made, theme.size.w) if rtl else made)
        elapsed += slide.minutes
    return _linked(frames, dict(source.links)), tuple(desk.problems)


def _notes(slide: Slide, start: float, words: Words) -> str:
    """Return what the notes page says: the clock, what the speaker says, and what the slide leaves out."""
    parts = [words.say(Term.CLOCK, start=_clock(start), end=_clock(start + slide.minutes))] if slide.minutes else []
    parts += [slide.notes.value] if slide.notes else []
    parts += [text.value for text in slide.details]
    return "\n".join(parts)


def _marked(notes: str, frame: Frame, slide: Slide, source: Deck) -> str:
    """Return the notes with a line about the texts on the slide, and in the notes, that are in another language."""
    shown = {key for item in frame.items for key in _keys(item)}
    shown |= {text.key for text in (slide.notes, *slide.details) if text}
    keys = sorted(key for key in source.untranslated if key in shown or key.rpartition(".")[0] in shown)
    if not keys:
        return notes
    line = source.words.say(Term.UNTRANSLATED, keys=source.words.separated(keys))
    return f"{notes}\n{line}" if notes else line


def _keys(item: Item) -> Iterator[str]:
    """Yield the keys of the texts that an item shows; a row of a table stands for its cells."""
    if isinstance(item, Table):
        yield from (key for key, _ in item.columns)
        yield from (row.key for row in item.rows)
    else:
        yield from (part.partition("@")[0] for part in item.name.split("+"))


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
    made: dict[int, Item] = {}  # by identity: what slides share stays one item

    def linked(item: Item) -> Item:
        if id(item) not in made:
            made[id(item)] = _with_link(item, first, addresses)
        return made[id(item)]

    return tuple(replace(frame, items=tuple(map(linked, frame.items))) for frame in frames)


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
    footer = desk.once("footer", lambda: [desk.placeholder(spec["footer"], title, name=f"{title.key}@footer")])
    size = spec["number"].role.sizes[0]
    paragraph = Paragraph(
        (Run(str(number), size, spec["number"].colour),),
        (str(number),),
        size * spec["number"].role.leading,
        "r",
    )
    place = spec["number"]
    return [
        *footer,
        Shape(
            "slide-number",
            "rect",
            place.box,
            text=TextBody((paragraph,), place.anchor),
            placeholder=placeholder_of(place),
        ),
    ]
