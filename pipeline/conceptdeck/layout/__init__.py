"""Lay slides out: from a deck to frames in which every text is measured and has its final place."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from functools import partial
from importlib import import_module

from conceptdeck.layout.beside import parted, with_plain_furniture, with_room
from conceptdeck.layout.desk import Desk
from conceptdeck.layout.formulas import with_places
from conceptdeck.layout.furniture import GROUNDED, furniture
from conceptdeck.layout.graph.network import Arrange
from conceptdeck.layout.legible import legible
from conceptdeck.layout.links import linked
from conceptdeck.layout.margins import with_margins
from conceptdeck.layout.mirror import mirrored
from conceptdeck.layout.notes import marked, note_passages, slide_notes, with_left
from conceptdeck.layout.trail import trail
from conceptdeck.typeset.lines import Typesetter
from conceptdeck.values import deck
from conceptdeck.values.deck import Deck, Slide
from conceptdeck.values.diagnostics import Diagnostic, OfText, OnSlide
from conceptdeck.values.frame import Frame, Item
from conceptdeck.values.items import keys_in
from conceptdeck.values.languages import is_rtl
from conceptdeck.values.remarks import Way
from conceptdeck.values.text import keys_of
from conceptdeck.values.theme import Theme

__all__ = ["GROUNDED", "Arrange", "lay_out"]

PLAIN = {  # what makes the frames of each kind of slide, with its module in `slides`: a deck has few of all kinds
    deck.Cover: "opening.cover",
    deck.Section: "divider.section",
    deck.Statement: "opening.statement",
    deck.Lenses: "lenses.lenses",
    deck.Steps: "steps.steps",
    deck.Agenda: "agenda.agenda",
    deck.Cards: "cards.cards",
    deck.Concept: "concept.concept",
    deck.Groups: "groups.groups",
    deck.Entries: "entries.entries",
    deck.Tiles: "tiles.tiles",
    deck.Table: "table.table",
    deck.Categories: "categories.categories",
    deck.Relation: "relation.relation",
    deck.Strata: "strata.slabs",
    deck.Aims: "aims.aims",
    deck.Sources: "sources.sources",
    deck.Bullets: "own.bullets",
    deck.Quote: "own.quote",
    deck.TwoColumns: "own.two_columns",
    deck.BigNumber: "own.big_number",
    deck.Break: "own.divide",
    deck.Shot: "shot.shot",
    deck.Code: "code.code",
    deck.Chart: "chart.chart",
}
HOUSED = {deck.Cover: "housed.cover", deck.Section: "housed.section", deck.Break: "housed.divide"}
ALONE = (  # slides with one thing to say
    deck.Cover, deck.Section, deck.Statement, deck.Concept, deck.Relation, deck.Quote, deck.TwoColumns, deck.BigNumber,
    deck.Break, deck.Shot,
)  # fmt: skip


def lay_out(
    source: Deck, theme: Theme, typesetter: Typesetter, arrange: Arrange
) -> tuple[tuple[Frame, ...], tuple[Diagnostic, ...]]:
    """Return a frame for each slide, more where content is split, and what did not fit.

    `arrange` gives a diagram its ranks and order.
    """
    rtl = is_rtl(source.language)
    theme = theme.turned() if rtl and theme.template else theme
    desk = Desk(theme, typesetter, source.language, words=source.words, icons=dict(source.icons))
    desk.images = dict(source.images)
    desk.brand = source.brand
    frames: list[Frame] = []
    problems: list[Diagnostic] = []
    elapsed = 0.0
    source = with_plain_furniture(source) if source.second else source
    for slide in source.slides:
        before, known, first = len(desk.remarks), len(desk.problems), len(frames)
        made_of = _slide(slide, desk, arrange, doubled=bool(source.second))
        desk.before = made_of[-1].layout
        slide = with_left(slide, desk.left)
        desk.left.clear()
        for frame in made_of:
            number = len(frames) + 1
            items = (*frame.items, *_trail(desk, slide, frame), *furniture(desk, source.title, number, frame))
            notes = slide_notes(slide, elapsed, source.words)
            notes = marked(notes, frame, slide, source) if source.untranslated else notes
            said = keys_of(slide.notes, *slide.details)
            remarks = tuple(desk.remarks[before:])
            before = len(desk.remarks)
            complete = replace(
                frame, items=items, notes=notes, said=said, number=number, section=slide.section, remarks=remarks
            )
            complete = replace(complete, note_passages=note_passages(notes, slide), hidden=slide.hidden)
            complete = parted(complete) if source.second else complete
            if theme.decorative:
                complete = replace(complete, items=legible(complete.items, theme, (theme.colours,)))
            made = with_margins(complete, desk.held)
            made = replace(made, items=with_places(made.items, theme, typesetter))
            frames.append(mirrored(made, theme.size.w) if rtl else made)
        elapsed += slide.minutes
        problems += _located(map(desk.in_letters, desk.problems[known:]), frames[first:])
    return linked(frames, dict(source.links)), tuple(problems)


def _located(problems: Iterable[Diagnostic], frames: Sequence[Frame]) -> Iterator[Diagnostic]:
    """Yield what does not fit, with the slides among `frames` that show the text, or all if none shows it."""
    for each in problems:
        key = each.place.key if isinstance(each.place, OfText) else ""
        there = [frame for frame in frames if any(key in keys_in(item) for item in frame.items)] or frames
        yield replace(each, where=tuple(OnSlide(frame.number, frame.key) for frame in there)) if key else each


def _slide(slide: Slide, desk: Desk, arrange: Arrange, *, doubled: bool) -> list[Frame]:
    if isinstance(slide, deck.RelationMap):
        from conceptdeck.layout.slides import relation_map

        make: Callable[..., list[Frame]] = partial(relation_map.relations, arrange=arrange)
    else:
        make = _maker((HOUSED if desk.theme.template else PLAIN).get(type(slide), PLAIN[type(slide)]))
    if doubled:
        frames, trial, slide = with_room(slide, desk, make)
    elif isinstance(slide, deck.RelationMap):
        return make(slide, desk)
    else:
        trial = desk.fresh()
        frames = make(slide, trial)
    if trial.problems and isinstance(slide, ALONE):
        trial = desk.fresh().pressed()
        frames = make(slide, trial)
        trial.remark(Way.SMALL, slide.key)
    desk.take(trial)
    return frames


def _maker(name: str) -> Callable[..., list[Frame]]:
    """Return what makes frames, from a module that is imported now."""
    module, _, function = name.partition(".")
    made: Callable[..., list[Frame]] = getattr(import_module(f"conceptdeck.layout.slides.{module}"), function)
    return made


def _trail(desk: Desk, slide: Slide, frame: Frame) -> Iterable[Item]:
    """Return the pills that lead back to what the slide stands in."""
    if not slide.trail or desk.theme.template:  # which has something of its own at the head
        return ()
    accent = f"accent{frame.accent}" if frame.accent else "secondary"
    return desk.once((slide.trail, accent), lambda: trail(desk, slide.trail, accent))
