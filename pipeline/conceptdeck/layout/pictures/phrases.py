"""Linking phrases of pictures: set as narrow as they are, and placed as labels."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from conceptdeck.layout.pictures.canvas import Block, Canvas, Line
from conceptdeck.layout.pictures.network import phrase_id
from conceptdeck.values import network
from conceptdeck.values.frame import Shape
from conceptdeck.values.units import Box

__all__ = ["phrase_blocks", "phrase_label"]


def phrase_blocks(canvas: Canvas, edges: Sequence[network.Edge]) -> dict[str, Block]:
    """Return the linking phrase of each edge, set as narrow as it is."""
    room = canvas.length("phrase-w")
    return {
        phrase_id(edge): canvas.block([Line(edge.phrase, "picture-phrase")], room, tight=True)
        for edge in edges
        if edge.phrase
    }


def phrase_label(canvas: Canvas, edge: network.Edge, block: Block, box: Box, align: str) -> Shape:
    """Return a linking phrase as a label, that would be wider for a longer one."""
    most = int(canvas.length("phrase-w") / canvas.theme.pictures.numbers["tight-slack"])
    return replace(canvas.label(block, box, align=align, anchor="ctr", name=phrase_id(edge)), most=most)
