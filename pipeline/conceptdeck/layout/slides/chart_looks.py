"""How series of a chart look: one stands out in the accent and the others stand back, or each has its accent."""

from __future__ import annotations

from conceptdeck.values.chart import Series
from conceptdeck.values.frame import Fill, Stroke
from conceptdeck.values.slides import OwnChart
from conceptdeck.values.theme import Theme

__all__ = ["looks"]

TINTS = ("near", "far", "hairline", "faint")  # of what stands back, so that neighbours differ


def looks(theme: Theme, chart: OwnChart, count: int) -> list[Series]:
    """Return the look of each series, still without name and numbers."""
    wanted = chart.highlight
    if wanted and wanted.category is not None:
        fill, back = Fill(f"accent{theme.others[0]}"), Fill("secondary", theme.tints["near"])
        rest = tuple((at, back) for at in range(len(chart.rows.items if chart.rows else ())) if at != wanted.category)
        return [Series("", (), fill, "ink", grounds=rest, inner="ink")]
    if wanted:
        return [_accent(theme, theme.others[0]) if at == wanted.series else _back(theme, at) for at in range(count)]
    accents = tuple(dict.fromkeys((*theme.others, theme.goal)))
    return [_accent(theme, accents[at % len(accents)]) for at in range(count)]


def _accent(theme: Theme, number: int) -> Series:
    slot = f"accent{number}"
    return Series("", (), Fill(slot), slot, Stroke(slot, theme.stroke("path"), round=True), inner="card")


def _back(theme: Theme, at: int) -> Series:
    fill = Fill("secondary", theme.tints[TINTS[at % len(TINTS)]])
    stroke = Stroke("secondary", theme.stroke("connector"), theme.tints["ring"], round=True)
    return Series("", (), fill, "secondary", stroke, inner="ink")
