"""The gate of a build: what is wrong with a deck that was just written, told from facts. Nothing is parsed for it."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice

from conceptdeck.checks.package.contents import (
    MAX_FINDINGS,
    TYPES,
    content_types,
    foundation,
    relationships,
    unreferenced,
)
from conceptdeck.checks.package.deck import Deck, Page
from conceptdeck.checks.package.ties import PAGE_TIES, PART_TIES, SLIDE_TIES
from conceptdeck.values.diagnostics import Diagnostic, sort_diagnostics
from conceptdeck.values.facts import Facts, Written

__all__ = ["check_written"]

NOTES_RULES = (*PART_TIES, *PAGE_TIES)
SLIDE_RULES = (*NOTES_RULES, *SLIDE_TIES)


def check_written(written: Written, template: Facts, path: str) -> tuple[Diagnostic, ...]:
    """Return what is wrong with a deck of our own, given the facts of the template that it was written into.

    How markup is nested and what its attributes may say does not depend on a map, and is judged where it is parsed.
    """
    slides, marks = written.facts.slides, written.facts.marks
    deck = Deck(path, written.parts, True, slide_parts=slides, slide_ids=frozenset(slides), marks=marks)
    deck.holders = template.layouts
    return sort_diagnostics(_findings(deck, template, written.facts))


def _findings(deck: Deck, template: Facts, facts: Facts) -> Iterator[Diagnostic]:
    types = ((subject, type_, None) for subject, type_ in (*template.types, *facts.types))
    yield from islice(content_types(Page(TYPES, deck), types), MAX_FINDINGS)
    for name in template.relations | facts.relations:
        said = (*template.relations.get(name, ()), *facts.relations.get(name, ()))
        yield from islice(relationships(Page(name, deck), ((each, None) for each in said)), MAX_FINDINGS)
    numbers = {name: number for number, name in enumerate(facts.slides.values(), start=1)}
    for name, found in facts.pages.items():
        page = Page(name, deck, numbers.get(name, 0), found)
        yield from foundation(page, "slide" if page.number else "notesSlide")
        for rule in SLIDE_RULES if page.number else NOTES_RULES:
            yield from islice(rule(page), MAX_FINDINGS)
    yield from unreferenced(deck)
