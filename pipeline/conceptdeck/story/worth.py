"""What is worth a slide of its own: what says no more than its siblings' slide does gets none."""

from __future__ import annotations

from conceptdeck.values import model

__all__ = ["concept_fills", "relation_fills"]


def concept_fills(concept: model.Concept) -> bool:
    """Tell whether a concept says more than its name and its place, so that it fills a slide of its own."""
    said = concept.description or concept.meaning or concept.points or concept.examples
    return bool(said or concept.shift or concept.evidence or concept.image)


def relation_fills(relation: model.Relation) -> bool:
    """Tell whether a relation says more than its proposition."""
    evidence = relation.evidence and (relation.evidence.value or relation.evidence.text or relation.evidence.image)
    return bool(relation.core or relation.limit or relation.adds or evidence)
