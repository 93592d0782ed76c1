"""Connection sites: where connectors can be glued to shapes."""

from __future__ import annotations

from collections.abc import Mapping

__all__ = ["SITES"]

SITES: Mapping[str, int] = {
    "rect": 4,
    "roundRect": 4,
    "round1Rect": 4,
    "round2SameRect": 4,
    "round2DiagRect": 4,
    "snip1Rect": 4,
    "snip2SameRect": 4,
    "snip2DiagRect": 4,
    "snipRoundRect": 4,
    "diamond": 4,
    "plus": 4,
    "ellipse": 8,
    "triangle": 6,
    "hexagon": 6,
    "octagon": 8,
    "flowChartProcess": 4,
    "flowChartDecision": 4,
    "flowChartTerminator": 4,
    "flowChartConnector": 8,
}
"""How many connection sites a preset shape has, for the presets that connectors usually end at."""
