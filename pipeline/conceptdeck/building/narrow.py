"""Pictures for phones: each once more, as narrow as the column of an article is there."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace

from conceptdeck.checks.drawings import check_drawings
from conceptdeck.layout.graph import ranks
from conceptdeck.layout.graph.network import Arrange
from conceptdeck.layout.pictures import draw_pictures
from conceptdeck.typeset.lines import Typesetter
from conceptdeck.values import picture
from conceptdeck.values.diagnostics import has_errors
from conceptdeck.values.frame import Drawing
from conceptdeck.values.picture import Portfolio
from conceptdeck.values.theme import Theme

__all__ = ["NARROW", "narrow_drawings"]

NARROW = "-narrow"  # ends the names of such files


Setters = tuple[Typesetter, Arrange]
"""What sets texts and what places the nodes of graphs."""


def narrow_drawings(
    portfolio: Portfolio, drawings: Sequence[Drawing], wanted: Collection[str], theme: Theme, set_by: Setters
) -> Mapping[str, Drawing]:
    """Return narrow drawings of the pictures that are wanted, by id, as far as they are of use.

    The whole map has none: its parts are pictures. Nor has what is no wider anyway, finds no room so narrow, or has
    words there that are not whole.
    """
    typesetter, arrange = set_by
    width = theme.pictures.length("narrow")
    some = [
        shown
        for shown, drawing in zip(portfolio.pictures, drawings, strict=True)
        if shown.id in wanted and drawing.size.w > width and not isinstance(shown, picture.Poster)
    ]
    made = {}
    for shown in some:
        alone = replace(portfolio, pictures=(shown,))
        (drawing,), problems = draw_pictures(alone, theme, typesetter, ranks.bounded(arrange, lambda _: None), width)
        if drawing.size.w <= width and not has_errors(problems) and not check_drawings((drawing,)):
            made[shown.id] = replace(drawing, id=f"{shown.id}{NARROW}")
    return made
