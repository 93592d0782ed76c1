"""Charts: numbers as bars, lines or dots, named where they stand, without legend and grid."""

from __future__ import annotations

from conceptdeck.layout.desk import Desk
from conceptdeck.layout.pages import frames_of
from conceptdeck.layout.slides.chart_bars import Bars
from conceptdeck.layout.slides.chart_columns import Columns
from conceptdeck.values import deck
from conceptdeck.values.chart import ChartKind
from conceptdeck.values.frame import Frame

__all__ = ["chart"]


def chart(slide: deck.Chart, desk: Desk) -> list[Frame]:
    """Lay out a chart that fills the slide below its title."""
    layout, accent = desk.layout("list"), desk.theme.others[0]
    title = desk.placeholder(layout.placeholders["title"], slide.title)
    drawer = (Bars if slide.chart.type is ChartKind.BAR else Columns)(slide, desk)
    return frames_of(slide.key, "list", [[title, drawer.drawn()]], desk.language, accent)
