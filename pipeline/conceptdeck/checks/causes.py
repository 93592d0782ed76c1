"""One finding for each cause: what follows from another finding is dropped, and what has one cause is told once."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Sequence
from dataclasses import replace
from itertools import chain

from conceptdeck.values.diagnostics import NOWHERE, Diagnostic, OfText, OnDrawing, OnSlide, Place

__all__ = ["one_of_each", "without_consequences"]


def without_consequences(found: Iterable[Diagnostic]) -> tuple[Diagnostic, ...]:
    """Return the findings without the faults on slides and drawings where a text is too long.

    Such a text is set over whatever stands beside it: nothing else can be told of that slide before it is shorter.
    """
    every = tuple(found)
    spoilt = {_whole(place) for each in every if isinstance(each.place, OfText) for place in each.where}
    return tuple(each for each in every if not (each.fault and {*map(_whole, each.places)} & spoilt))


def one_of_each(found: Iterable[Diagnostic]) -> tuple[Diagnostic, ...]:
    """Return one finding for each cause, in the order of the first; it names all places where it is so."""
    causes: dict[Hashable, list[Diagnostic]] = {}
    for each in found:
        causes.setdefault(_cause(each), []).append(each)
    return tuple(_together(some) if len(some) > 1 else some[0] for some in causes.values())


def _cause(finding: Diagnostic) -> Hashable:
    """Return what two findings of one cause share; what names no cause is the same text with the same fault."""
    if finding.cause:
        return finding.code, finding.severity, finding.cause
    text = finding.place if isinstance(finding.place, OfText) else None
    return finding.code, finding.severity, finding.span, finding.what if finding.span.line else finding, text


def _together(found: Sequence[Diagnostic]) -> Diagnostic:
    """Return the finding that weighs most, or the first, for all of them."""
    first = max(found, key=lambda each: each.excess)
    places = dict.fromkeys(chain.from_iterable(each.places for each in found))
    spans = dict.fromkeys(span for each in found for span in (each.span, *each.also))
    also = () if first.fault else tuple(span for span in spans if span not in (first.span, NOWHERE))
    return replace(first, where=tuple(places), also=also, count=_things(found))


def _things(found: Sequence[Diagnostic]) -> int:
    """Return how many things the findings are about: a text that stands on several slides is one."""
    things: dict[Hashable, int] = {}
    for each in found:
        of_text = isinstance(each.place, OfText)
        thing = each.place if of_text else each.span if each.span != NOWHERE and not each.fault else each
        things[thing] = max(things.get(thing, 1), each.count)
    return sum(things.values())


def _whole(place: Place) -> Place:
    """Return the slide or the drawing of a place."""
    match place:
        case OnSlide() | OnDrawing():
            return replace(place, item="")
        case OfText():
            return place
