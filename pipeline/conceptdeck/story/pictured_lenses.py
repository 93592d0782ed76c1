"""The bridge from familiar things to what each explains, as a picture."""

from __future__ import annotations

from conceptdeck.story.prose import Prose, lenses_title
from conceptdeck.values import picture
from conceptdeck.values.diagram import Direction
from conceptdeck.values.model import ConceptMap
from conceptdeck.values.picture import Picture
from conceptdeck.values.terms import Term, Words

__all__ = ["lenses_bridge"]


def lenses_bridge(source: ConceptMap, prose: Prose, words: Words) -> tuple[Picture, ...]:
    """Return familiar things and what each explains as a bridge, nothing if the map has none."""
    if not source.lenses:
        return ()
    title = lenses_title(words)
    facts = [prose.said(Term.ABOUT, name=each.name, text=each.explains) for each in source.lenses]
    bridge = picture.Bridge(
        id="lenses",
        title=title,
        description=prose.told(title, facts),
        headings=(),
        rows=tuple((each.name, each.explains) for each in source.lenses),
        highlight=None,
        direction=Direction.RIGHT,
    )
    return (bridge,)
