"""Slides of an author's own: what each shows, and where a story tells it."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

from conceptdeck.story.graphs import EMPTY
from conceptdeck.values import deck, model
from conceptdeck.values.deck import Slide
from conceptdeck.values.diagnostics import Diagnostic, Span
from conceptdeck.values.model import ConceptMap
from conceptdeck.values.rules import ERROR, Rule
from conceptdeck.values.slides import Cells, OwnSlide, OwnTable
from conceptdeck.values.story import Story
from conceptdeck.values.text import Ref, Text

__all__ = ["KIND", "SELECTORS", "names_of", "own_slides", "selectors_of", "unknown_slide", "with_own"]

KIND = "slides"  # the name under which stories know them all
WHOLES = ("cards", "groups", "subgroups")  # kinds whose parts have slides of their own
SELECTORS = (
    "cover", "lenses", "steps", "agenda", "dividers", "cards", "concepts", "group-map", "groups", "subgroups",
    "members", "tables", "attributes", "categories", "relation-map", "relations", "strata", "aims", "slides",
    "conclusion", "closing", "sources",
)  # fmt: skip
SINGULAR = {"categories": "categories", "cards": "layer", "strata": "strata", "lenses": "lenses"}

UNKNOWN_SLIDE = Rule(
    "unknown-slide",
    "theme and files",
    ERROR,
    "a story, or a slide of one's own, names a slide that the map does not have",
).because("""
    The name is misspelt, or the map lacks what the slide shows.
""")


def unknown_slide(who: str, name: str, span: Span, known: Collection[str]) -> Diagnostic:
    """Return the finding that somebody names a slide that there is not."""
    from difflib import get_close_matches  # only mistakes need it

    close = get_close_matches(name, sorted(known), n=1)
    kinds = sorted(each for each in known if "." not in each and ":" not in each)
    hint = f"did you mean `{close[0]}`?" if close else f"valid: {', '.join(kinds)}, or the key of a slide"
    return UNKNOWN_SLIDE.at(f"{who} names `{name}`, which no slide is called", span, hints=(hint,))


def names_of(slide: Slide) -> tuple[str, ...]:
    """Return what a slide may be called: its key, its kind with its id, and its kind alone."""
    kind = SINGULAR.get(slide.kind, slide.kind.removesuffix("s"))
    id_ = slide.key.removesuffix(".divider").rpartition(".")[2]
    return tuple(dict.fromkeys((slide.key, f"{kind}:{id_}", *_alias(slide, id_), slide.kind)))


def _alias(slide: Slide, id_: str) -> tuple[str, ...]:
    """Return the plain id of a slide of one's own, unless others are called so."""
    return (id_,) if slide.kind == KIND and id_ not in (*SELECTORS, "layers") else ()


def own_slides(source: ConceptMap, made: Sequence[Slide]) -> tuple[tuple[Slide, ...], tuple[Diagnostic, ...]]:
    """Return the slides of an author's own, and what they name that is none of those that the map has `made`."""
    slides: list[Slide] = []
    problems: list[Diagnostic] = []
    named = {name: slide for slide in reversed(made) for name in reversed(names_of(slide))}
    for own in source.slides:
        found = _again(own, named.get(own.reuse.id)) if own.reuse else _slide(own)
        if found:
            slides.append(replace(found, kind=KIND, hidden=own.hidden or own.backup))
        elif own.reuse:
            problems.append(unknown_slide(f"`{own.key}`", own.reuse.id, own.reuse.span, named))
    known = {*named, *(name for slide in slides for name in names_of(slide))}
    for own in source.slides:
        if own.after and own.after.id not in known:
            problems.append(unknown_slide(f"`{own.key}`", own.after.id, own.after.span, known))
    return tuple(slides), tuple(problems)


def _again(own: OwnSlide, found: Slide | None) -> Slide | None:
    """Return a slide of the map once more, with a title and notes of its own if it has them."""
    if found is None:
        return None
    return replace(found, key=own.key, title=own.title or found.title, notes=own.notes or found.notes)


def _slide(own: OwnSlide) -> Slide | None:
    """Return the slide of the kind that an author says it is of."""
    said: dict[str, Any] = {"key": own.key, "notes": own.notes}
    if own.quote:
        return deck.Quote(title=own.quote.text, source=own.quote.source, **said)
    if own.section:
        return deck.Break(title=own.section, text=own.text, **said)
    if title := own.statement or own.questions:
        return deck.Statement(title=title, text=own.text, **said)
    if own.big_number:
        title = own.title or own.big_number.text or own.big_number.value
        return deck.BigNumber(title=title, figure=own.big_number, **said)
    if own.title is None:
        return None
    if own.image:
        return deck.Shot(title=own.title, image=own.image, text=own.text, bullets=own.bullets, **said)
    if own.table and own.table.rows:
        return _table(own, own.table, own.table.rows, said)
    if own.chart and own.chart.rows and own.chart.rows.numbers:
        return deck.Chart(title=own.title, chart=own.chart, rows=own.chart.rows, **said)
    if own.code and own.code.text:
        return deck.Code(title=own.title, lines=own.code.text.lines, span=own.code.text.span, **said)
    if own.two_columns:
        return deck.TwoColumns(title=own.title, columns=own.two_columns, **said)
    return deck.Bullets(title=own.title, bullets=own.bullets, **said)


def _table(own: OwnSlide, table: OwnTable, cells: Cells, said: dict[str, Any]) -> deck.Table:
    """Return a table of an author's own."""
    rows = tuple(
        tuple(text or Text(EMPTY, f"{table.key}.rows.{number}.{at}") for at, text in enumerate(row, start=1))
        for number, row in enumerate(cells.items, start=1)
    )
    lines = tuple(model.Row(id=str(number), key=f"{table.key}.rows.{number}") for number, _ in enumerate(rows, start=1))
    whole = model.Table(id=own.id, key=table.key, title=own.title, columns=table.columns, rows=lines)
    return deck.Table(title=own.title or table.columns[0], table=whole, rows=rows, **said)


def selectors_of(slide: Slide, story: Story) -> tuple[str, ...]:
    """Return the names by which a story may choose a slide: one of an author's own that it names, not as one of all."""
    names = names_of(slide)
    return names[:-1] if slide.kind == KIND and _beats(story) & {*names[:-1]} else names


def with_own(told: Sequence[Slide], every: Sequence[Slide], source: ConceptMap, story: Story) -> list[Slide]:
    """Return the slides that a story tells, of `every` one, with those of an author's own where they belong.

    What the story names itself stands there. Of the others, which it names as a whole, some follow another slide, and
    what is kept for questions comes last.
    """
    written = {each.key: each for each in source.slides}
    if not written:
        return [*told]
    slides = [_timed(slide, written.get(slide.key)) for slide in told]
    kept = [slide for slide in slides if slide.key in written and written[slide.key].backup]
    slides = [slide for slide in slides if slide.key not in {each.key for each in kept}]
    wanted = {slide.key: after for slide in slides if (after := _after(slide, written, story))}
    anchors = {key: found for key, after in wanted.items() if (found := _anchor(after.id, slides, every, key))}
    followers: dict[str, list[Slide]] = {}
    for slide in slides:
        if slide.key in anchors and not _leads_back(slide.key, anchors):
            followers.setdefault(anchors[slide.key], []).append(slide)
    moved = {slide.key for some in followers.values() for slide in some}
    rest = [slide for slide in slides if slide.key not in moved]
    return list(_in_sections([*_in_turn(rest, followers), *kept]))


def _beats(story: Story) -> frozenset[str]:
    return frozenset(beat.selector for group in story.groups for beat in group)


def _timed(slide: Slide, own: OwnSlide | None) -> Slide:
    """Return a slide of an author's own with the minutes that it says; one that is hidden takes none."""
    if own is None:
        return slide
    minutes = slide.minutes if own.minutes is None else own.minutes
    return replace(slide, minutes=0.0 if slide.hidden else minutes)


def _after(slide: Slide, written: Mapping[str, OwnSlide], story: Story) -> Ref | None:
    """Return which slide another one follows, None if it stands where the story names it."""
    own = written.get(slide.key)
    return own.after if own and KIND in selectors_of(slide, story) else None


def _anchor(name: str, told: Sequence[Slide], every: Sequence[Slide], key: str) -> str:
    """Return the key of the last slide told that a name means, or is within what it means; empty if there is none."""
    named = [slide for slide in every if name in names_of(slide) and slide.key != key]
    keys = {slide.key for slide in named}
    whole = tuple(f"{slide.key}." for slide in named if slide.kind in WHOLES)
    found = [slide.key for slide in told if slide.key in keys or (whole and slide.key.startswith(whole))]
    return found[-1] if found else ""


def _leads_back(key: str, anchors: Mapping[str, str]) -> bool:
    """Tell whether slides that follow each other go round in a circle from one on."""
    seen = {key}
    while key in anchors:
        key = anchors[key]
        if key in seen:
            return True
        seen.add(key)
    return False


def _in_turn(slides: Iterable[Slide], followers: Mapping[str, Sequence[Slide]]) -> Iterator[Slide]:
    """Yield slides, each before those that follow it."""
    waiting = [*slides][::-1]
    done: set[str] = set()
    while waiting:
        slide = waiting.pop()
        yield slide
        if slide.key not in done:  # one that is told twice is followed once
            done.add(slide.key)
            waiting += reversed(followers.get(slide.key, ()))


def _in_sections(slides: Sequence[Slide]) -> Iterator[Slide]:
    """Yield slides with those of an author's own in the section that they stand in."""
    section = next((slide.section for slide in slides if slide.section), "")
    for slide in slides:
        section = section if slide.kind == KIND else slide.section
        yield replace(slide, section=section) if slide.kind == KIND else slide
