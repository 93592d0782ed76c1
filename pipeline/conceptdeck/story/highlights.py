"""What a concept shows in large type, as lines: they go to the notes where its slide has no place for them."""

from __future__ import annotations

from collections.abc import Iterator

from conceptdeck.values import model
from conceptdeck.values.terms import Term, Words
from conceptdeck.values.text import Text, composed

__all__ = ["FIGURE", "SHIFT", "highlights"]

SHIFT, FIGURE = "shift", "figure"  # the compositions that show them


def highlights(concept: model.Concept, words: Words) -> Iterator[tuple[str, Text]]:
    """Yield the change and the figure of a concept as lines, each with the composition that shows it."""
    if shift := concept.shift:
        line = words.chained((shift.from_, shift.to))
        yield SHIFT, composed(line, shift.from_, shift.to, key=f"{concept.key}.shift")
    if figure := concept.evidence:
        if figure.text:
            line = words.say(Term.ABOUT, name=figure.value, text=figure.text)
            yield FIGURE, composed(line, figure.value, figure.text, key=f"{concept.key}.evidence")
        else:
            yield FIGURE, figure.value
