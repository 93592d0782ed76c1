"""Slides as a speaker wants them: short, with what is left out in the notes."""

from __future__ import annotations

from dataclasses import replace

from conceptdeck.story.groups import spoken_groups
from conceptdeck.story.worth import relation_fills
from conceptdeck.values import deck
from conceptdeck.values.deck import Slide
from conceptdeck.values.terms import Term, Words
from conceptdeck.values.text import Text, composed

__all__ = ["spoken"]


def spoken(slide: Slide, words: Words) -> Slide:
    """Return the slide as a speaker wants it: descriptions are left to the notes."""
    if isinstance(slide, deck.Steps):
        details = tuple(step.detail for step in slide.steps if step.detail)
        return replace(slide, steps=tuple(replace(step, detail=None) for step in slide.steps), details=details)
    if isinstance(slide, deck.Cards) and _is_recap(slide):
        return _recapped(slide, words)
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
    if isinstance(slide, deck.Relation):
        return _spoken_relation(slide)
    return slide


def _spoken_relation(slide: deck.Relation) -> deck.Relation:
    """Return the slide of a relation with what the focus adds and the evidence; what the other is goes to the notes."""
    relation = slide.relation
    for short in (replace(relation, core=None, limit=None), replace(relation, limit=None)):
        if (short.adds or short.core) and relation_fills(short):
            left = [text for text in (relation.core, relation.limit) if text and text != short.core]
            return replace(slide, relation=short, details=(*left, *slide.details))
    return slide


def _is_recap(slide: deck.Cards) -> bool:
    """Tell whether the takeaways of cards are enough for listeners."""
    return not any(slide.tags) and all(concept.meaning for concept in slide.layer.concepts)


def _recapped(slide: deck.Cards, words: Words) -> deck.Cards:
    """Return cards that show names and takeaways, and leave to the notes all else that is said of their concepts."""
    details: list[Text] = []
    for concept, examples in zip(slide.layer.concepts, slide.examples, strict=True):
        if tagline := concept.tagline:
            line = words.say(Term.ABOUT, name=concept.name, text=tagline)
            details.append(composed(line, concept.name, tagline, key=tagline.key))
        details += [concept.description] if concept.description else []
        if examples:
            line = words.say(Term.SEEN_IN, concept=concept.name, examples=words.listed(examples))
            details.append(composed(line, concept.name, *examples, key=f"{concept.key}.examples"))
    short = tuple(replace(concept, tagline=None, description=None) for concept in slide.layer.concepts)
    return replace(
        slide,
        layer=replace(slide.layer, concepts=short),
        examples=tuple(() for _ in short),
        tags=(),
        details=(*details, *slide.details),
        recap=True,
    )


def _says_more(slide: deck.Concept) -> bool:
    """Tell whether a concept's slide has enough left without the description."""
    return bool(slide.concept.meaning or slide.concept.points or slide.examples)
