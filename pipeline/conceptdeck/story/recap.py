"""Recaps: cards beside the slides of their concepts say again only what stays in mind."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from conceptdeck.values import deck, model
from conceptdeck.values.deck import Slide

__all__ = ["with_recaps"]


def with_recaps(slides: Sequence[Slide]) -> list[Slide]:
    """Return the slides with nothing told twice: cards beside the slides of their concepts say only what to keep.

    Below a divider they come after these slides, else they open the layer. With a single concept they are left out.
    What a story tells elsewhere stays as it is.
    """
    found: list[Slide] = []
    at = 0
    while at < len(slides):
        slide = slides[at]
        at += 1
        if not isinstance(slide, deck.Cards):
            found.append(slide)
            continue
        run = _told_next(slide, slides[at:])
        before = {each.concept.key for each in found if isinstance(each, deck.Concept)}
        own = {concept.key for concept in slide.layer.concepts}
        if not own <= before and not own <= {each.concept.key for each in run}:
            found.append(slide)
            continue
        recap = [_recap(slide)] if len(own) > 1 else []
        divided = bool(found) and isinstance(found[-1], deck.Section)
        found += [*run, *recap] if divided else [*recap, *run]
        at += len(run)
    return found


def _told_next(cards: deck.Cards, following: Sequence[Slide]) -> list[deck.Concept]:
    """Return the slides of concepts of a layer that follow its cards at once."""
    run: list[deck.Concept] = []
    for slide in following:
        if not isinstance(slide, deck.Concept) or slide.position != cards.position:
            break
        run.append(slide)
    return run


def _recap(slide: deck.Cards) -> deck.Cards:
    bare = tuple(_kept(concept) for concept in slide.layer.concepts)
    none = tuple(() for _ in bare)
    return replace(slide, layer=replace(slide.layer, concepts=bare), examples=none, tags=none, recap=True)


def _kept(concept: model.Concept) -> model.Concept:
    return replace(concept, description=None, tagline=None if concept.meaning else concept.tagline)
