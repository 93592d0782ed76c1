"""The images of a map: what its elements have as theirs, and whose they are."""

from __future__ import annotations

from collections.abc import Iterator

from conceptdeck.values import model
from conceptdeck.values.illustration import Illustration
from conceptdeck.values.model import ConceptMap
from conceptdeck.values.terms import Term, Words
from conceptdeck.values.text import Text, composed

__all__ = ["credit_lines", "credits_of", "images_of"]


def images_of(source: ConceptMap) -> Iterator[tuple[str, Illustration]]:
    """Yield the keys of the elements that have an image, each with that."""
    if source.cover and source.cover.image:
        yield "cover", source.cover.image
    for system in source.systems:
        if system.image:
            yield system.key, system.image
    for concept in source.every_concept():
        if concept.image:
            yield concept.key, concept.image
    for step in source.steps.items if source.steps else ():
        if step.image:
            yield step.key, step.image
    for each in source.relations.items if source.relations else ():
        if each.evidence and each.evidence.image:
            yield f"{each.key}.evidence", each.evidence.image
    for own in source.slides:
        if own.image:
            yield own.key, own.image


def credits_of(source: ConceptMap) -> tuple[model.Source, ...]:
    """Return whose the images are as sources, each called by what it shows."""
    return tuple(
        model.Source(id=key, key=image.key, title=image.alt, by=image.credit)
        for key, image in images_of(source)
        if image.credit
    )


def credit_lines(source: ConceptMap, words: Words) -> Iterator[tuple[tuple[str, ...], Text]]:
    """Yield whose each image is, with the keys of the slides that may say it."""
    for key, image in images_of(source):
        if image.credit:
            line = words.say(Term.ABOUT, name=image.alt, text=image.credit)
            yield _places(source, key), composed(line, image.alt, image.credit, key=image.credit.key)


def _places(source: ConceptMap, key: str) -> tuple[str, ...]:
    """Return the keys of the slides that may show the image of an element."""
    found = {system.id for system in source.systems if system.key == key}
    showing = (each.key for each in source.every_concept() if found & {ref.id for ref in each.examples})
    steps = source.steps.items if source.steps else ()
    return (key, key.removesuffix(".evidence"), *("steps" for step in steps if step.key == key), *showing, "cover")
