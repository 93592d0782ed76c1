"""The instruments of layout: the faces that measure texts, and the engine that places the nodes of graphs."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from conceptdeck.typeset.fonts import Family, FontBook
from conceptdeck.values.graph import Diagram, PlacedDiagram
from conceptdeck.values.theme import Theme
from conceptdeck.workspace import disk as files

__all__ = ["arranger", "font_book"]


def font_book(theme: Theme) -> FontBook:
    """Return the faces that measure the theme's fonts, opened when first used."""
    folder = files.shipped("themes") / "fonts"
    families = [
        Family(each.name, each.regular.partition("/")[0], each.regular, each.bold, each.outlines)
        for each in theme.families
    ]
    return FontBook(lambda name: files.read_bytes(folder / name), families, theme.fallbacks, files.packaged_font)


def arranger(program: Path | None = None) -> Callable[[Diagram], PlacedDiagram]:
    """Return what places the nodes of graphs: the embedded Graphviz, or another `dot` program."""

    def arrange(diagram: Diagram) -> PlacedDiagram:
        from conceptdeck.layout.graph import dot  # most decks have no diagram
        from conceptdeck.workspace import graphviz as engine  # most decks have no diagram

        return dot.read_places(diagram, engine.arrange(dot.to_dot(diagram), program))

    return arrange
