"""Formulas as they are drawn: an outline in a font for mathematics, and the room it takes; the only door to ziamath.

Texts without formulas never meet the library: its import and its font take longer than a small deck.
"""

from __future__ import annotations

import warnings
from functools import cache, lru_cache
from types import ModuleType
from typing import TYPE_CHECKING

from conceptdeck.typeset.faces import Outline
from conceptdeck.values.formula import Formula
from conceptdeck.values.value import frozen

if TYPE_CHECKING:
    from xml.etree import ElementTree

__all__ = ["DrawnFormula", "drawn"]

EM = 1000.0  # at which formulas are drawn, so that what is rounded does not show
NUMBERS = {"M": 2, "L": 2, "Q": 4, "C": 6, "Z": 0}


@frozen
class DrawnFormula:
    """An outline in ems, y upwards from its baseline; its width, and how far it reaches above and below that line."""

    outline: Outline
    width: float
    above: float
    below: float


@lru_cache(maxsize=1024)
def drawn(formula: Formula) -> DrawnFormula:
    """Return a formula as it is drawn within a line of text."""
    from xml.etree import ElementTree

    made = _library().Math(f'<math display="inline">{formula.mathml}</math>', size=EM)
    canvas = ElementTree.Element("svg")
    made.drawon(canvas, 0, 0)
    commands = tuple(command for element in canvas.iter() for command in _commands(element))
    box = made.node.bbox
    across = (0.0, box.xmin / EM, box.xmax / EM, *(x for _, values in commands for x in values[::2]))
    upwards = (0.0, box.ymin / EM, box.ymax / EM, *(y for _, values in commands for y in values[1::2]))
    start = min(across)
    outline = tuple((name, _moved(values, -start)) for name, values in commands)
    return DrawnFormula(outline, max(across) - start, max(upwards), -min(upwards))


@cache
def _library() -> ModuleType:
    """Return the library, set to write each glyph as a path at its place."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)  # some versions of Python tell of how it finds its font
        import ziamath
        from ziafont.config import config

    config.svg2 = False
    return ziamath


def _moved(values: tuple[float, ...], x: float) -> tuple[float, ...]:
    return tuple(value + x * (at % 2 == 0) for at, value in enumerate(values))


def _commands(element: ElementTree.Element) -> list[tuple[str, tuple[float, ...]]]:
    """Return a path or a rectangle of SVG as commands in ems, y upwards."""
    if element.tag == "rect":
        x, y, w, h = (float(element.attrib[name]) for name in ("x", "y", "width", "height"))
        corners = ((x, y), (x + w, y), (x + w, y + h), (x, y + h))
        return [*(("L" if at else "M", _ems(corner)) for at, corner in enumerate(corners)), ("Z", ())]
    if element.tag != "path":
        return []
    found = []
    words = iter(element.attrib["d"].split())
    for name in words:
        values = tuple(float(next(words)) for _ in range(NUMBERS[name]))
        found.append((name, _ems(values)))
    return found


def _ems(values: tuple[float, ...]) -> tuple[float, ...]:
    return tuple((-value if at % 2 else value) / EM for at, value in enumerate(values))
