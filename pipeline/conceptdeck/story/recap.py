"""Recaps: cards after the slides of their concepts say again only what stays in mind."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from conceptdeck.values import deck, model
from conceptdeck.values.deck import Slide

__all__ = ["with_recaps"]


def with_recaps(slides: Sequence[Slide]) -> list[Slide]:
    """Return the slides with nothing told twice: cards of concepts that have had their own slides become recaps.

    A recap of a single concept is left out.
    """
    told: set[str] = set()
    found: list[Slide] = []
    for slide in slides:
        if isinstance(slide, deck.Concept):
            told.add(slide.concept.key)
        if isinstance(slide, deck.Cards) and told.issuperset(concept.key for concept in slide.layer.concepts):
            if len(slide.layer.concepts) > 1:
                found.append(_recap(slide))
            continue
        found.append(slide)
    return found


def _recap(slide: deck.Cards) -> deck.Cards:
    bare = tuple(_kept(concept) for concept in slide.layer.concepts)
    none = tuple(() for _ in bare)
    return replace(slide, layer=replace(slide.layer, concepts=bare), examples=none, tags=none, recap=True)


def _kept(concept: model.Concept) -> model.Concept:
    return replace(concept, description=None, tagline=None if concept.meaning else concept.tagline)
