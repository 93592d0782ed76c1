"""Slides as a speaker wants them: short, with what is left out in the notes."""

from __future__ import annotations

from dataclasses import replace

from conceptdeck.story.groups import spoken_groups
from conceptdeck.story.worth import relation_fills
from conceptdeck.values import deck
from conceptdeck.values.deck import Slide

__all__ = ["spoken"]


def spoken(slide: Slide) -> Slide:
    """Return the slide as a speaker wants it: descriptions are left to the notes."""
    if isinstance(slide, deck.Steps):
        details = tuple(step.detail for step in slide.steps if step.detail)
        return replace(slide, steps=tuple(replace(step, detail=None) for step in slide.steps), details=details)
    if isinstance(slide, deck.Cards):
        bare = tuple(replace(concept, description=None) for concept in slide.layer.concepts)
        details = tuple(concept.description for concept in slide.layer.concepts if concept.description)
        return replace(slide, layer=replace(slide.layer, concepts=bare), details=(*details, *slide.details))
    if isinstance(slide, deck.Concept) and slide.concept.description and _says_more(slide):
        bare_concept = replace(slide.concept, description=None)
        return replace(slide, concept=bare_concept, details=(slide.concept.description,))
    if isinstance(slide, deck.Entries | deck.Groups):
        return spoken_groups(slide)
    if isinstance(slide, deck.Strata):
        return replace(slide, explained=False, details=tuple(level.does for level in slide.strata if level.does))
    if isinstance(slide, deck.Relation) and slide.relation.limit:
        short = replace(slide.relation, limit=None)
        return replace(slide, relation=short, details=(slide.relation.limit,)) if relation_fills(short) else slide
    return slide


def _says_more(slide: deck.Concept) -> bool:
    """Tell whether a concept's slide has enough left without the description."""
    return bool(slide.concept.meaning or slide.concept.points or slide.examples)
