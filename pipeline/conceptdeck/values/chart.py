"""Charts: numbers with all that is needed to draw them the same in programs that draw charts themselves."""

from __future__ import annotations

from enum import Enum

from conceptdeck.values.paint import Fill, Stroke
from conceptdeck.values.units import Box, Length
from conceptdeck.values.value import frozen

__all__ = ["ChartData", "ChartKind", "Series", "SeriesName"]


class ChartKind(Enum):
    """How numbers are drawn."""

    BAR = "bar"
    LINE = "line"
    DOT = "dot"
    STACKED = "stacked"


@frozen
class SeriesName:
    """Where the name of a series stands: at the point `at`, so far from where programs put the label of that point."""

    at: int
    across: int = 0
    down: int = 0


@frozen
class Series:
    """Numbers in one look: the ground of bars or dots, the line between them, and the slot of their labels.

    Single bars may have `grounds` of their own. Numbers stand at the points that are `told`, and beside the
    name; those within bars have the slot `inner`.
    """

    name: str
    values: tuple[float, ...]
    fill: Fill
    slot: str
    stroke: Stroke | None = None
    grounds: tuple[tuple[int, Fill], ...] = ()
    told: tuple[int, ...] = ()
    named: SeriesName | None = None
    inner: str = ""


@frozen
class ChartData:
    """Numbers by category, and where they are drawn.

    Values run from `low` to `high` over the `plot`. Between categories bars leave `gap`, a share of their own width.
    Labels have one `size` in points, dots are as wide as `dot`; numbers are shown with `decimals` and a `unit`. In one
    that is `rtl` categories, or the bars, begin on the right.
    """

    kind: ChartKind
    plot: Box
    heading: str
    categories: tuple[str, ...]
    series: tuple[Series, ...]
    low: float
    high: float
    gap: float
    dot: Length
    size: float
    decimals: int
    unit: str
    axis: Stroke
    rtl: bool = False
