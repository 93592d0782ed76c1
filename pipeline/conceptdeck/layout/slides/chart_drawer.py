"""What all kinds of charts share: texts in the largest letters that fit, axes and bars."""

from __future__ import annotations

from collections.abc import Sequence

from conceptdeck.layout.desk import Desk, TextLook
from conceptdeck.layout.slides.chart_looks import looks
from conceptdeck.typeset.settings import Setting
from conceptdeck.values import deck
from conceptdeck.values.chart import ChartData, Series
from conceptdeck.values.cldr import decimal
from conceptdeck.values.frame import Chart, Route, Shape, TextBody
from conceptdeck.values.text import Text, composed
from conceptdeck.values.units import Box, Length, Point
from conceptdeck.values.value import frozen

__all__ = ["MOST_LINES", "Drawer", "Labels"]

KEPT = "\N{NO-BREAK SPACE}"
ROLE = "chart"
MOST_LINES = 2  # of the name of a category


@frozen
class Labels:
    """Texts of a chart at one size: those of categories, and numbers by series and category."""

    names: tuple[Setting, ...]
    values: tuple[tuple[Setting, ...], ...]

    def widest(self, some: Sequence[Setting]) -> Length:
        """Return the largest width of some texts."""
        return Length(max(each.width for each in some))


class Drawer:
    """Draws a chart: finds the largest letters that fit, then the places."""

    def __init__(self, slide: deck.Chart, desk: Desk) -> None:
        """Draw the chart of a slide at a desk."""
        self.slide, self.desk, self.area = slide, desk, desk.theme.column
        self.chart, self.key = slide.chart, slide.chart.key
        self.role, self.layout = desk.theme.roles[ROLE], desk.layout("list")
        self.gap, self.air = self.layout.length("chart-gap"), self.layout.numbers["chart-air-share"]
        self.ends = self.layout.numbers["chart-ends-share"]
        self.names = tuple(row[0] for row in slide.rows.items if row[0])
        self.heads = self.chart.columns[1:]
        self.numbers = tuple(zip(*slide.rows.numbers, strict=True))  # by series
        self.looks = looks(desk.theme, self.chart, len(self.heads))
        self.stroke = desk.hairline(tint="ring")
        self.low, self.high = self.bounds()

    # -- what kinds of charts differ in

    def bounds(self) -> tuple[float, float]:
        """Return the least and the largest number that the plot shows."""
        raise NotImplementedError

    def named_at(self) -> int:
        """Return the category at which series are named."""
        raise NotImplementedError

    def fits(self, labels: Labels) -> Text | None:
        """Return a text that is too large for its place, None if all fit."""
        raise NotImplementedError

    def placed(self, labels: Labels) -> tuple[ChartData, list[Shape | Route]]:
        """Return the data of the chart with the place of its plot, and what is drawn."""
        raise NotImplementedError

    # -- texts

    def said(self, series: int, category: int) -> Text:
        """Return the number of a category in a series, behind the name of the series where that is named."""
        number, unit = self.number(series, category), self.chart.unit
        key = f"{self.key}.values.{series + 1}.{category + 1}"
        if len(self.heads) > 1 and category == self.named_at():
            return composed(f"{self.heads[series].value} {number}", self.heads[series], unit, key=key)
        return composed(number, unit, key=key) if unit else Text(number, key, self.heads[series].span)

    def number(self, series: int, category: int) -> str:
        """Return a number as it is written in the language of the slide, with its unit."""
        said = decimal(self.numbers[series][category], self.slide.rows.decimals, self.desk.language)
        return f"{said}{KEPT}{self.chart.unit.value}" if self.chart.unit else said

    def labels(self, size: float, width: Length) -> Labels | None:
        """Return all texts at a size, None if the name of a category is too wide."""
        names = [self.desk.set(text, self.role, size, width) for text in self.names]
        if not all(names):
            return None
        values = [
            tuple(self.alone(self.said(series, at), size) for at in range(len(self.names)))
            for series in range(len(self.heads))
        ]
        return Labels(tuple(each for each in names if each), tuple(values))

    def alone(self, text: Text, size: float) -> Setting:
        """Return a text on one line."""
        return self.desk.set(text, self.role, size, self.area.w) or self.desk.at_floor(text, self.role, self.area.w)

    def name_width(self) -> Length:
        """Return the width that the name of a category may take."""
        raise NotImplementedError

    def drawn(self) -> Chart:
        """Return the chart with the largest letters that fit."""
        wrong: Text | None = self.names[0]
        for size in self.role.sizes:
            labels = self.labels(size, self.name_width())
            wrong = self.fits(labels) if labels else max(self.names, key=lambda text: len(text.value))
            if labels and wrong is None:
                break
        else:
            if wrong:
                self.desk.report(wrong)
            floor = self.role.sizes[-1]
            names = tuple(self.desk.at_floor(text, self.role, self.name_width()) for text in self.names)
            values = [
                [self.alone(self.said(i, at), floor) for at in range(len(self.names))] for i in range(len(self.heads))
            ]
            labels = Labels(names, tuple(map(tuple, values)))
        data, items = self.placed(labels)
        told = tuple(key for column in self.chart.columns for key in column.keys)
        return Chart(f"{self.slide.key}.chart", self.area, data, tuple(items), self.alt(), told)

    def alt(self) -> str:
        """Return what the chart says in words: each series with its numbers by category."""
        said = [
            f"{head.value}: "
            + "; ".join(f"{name.value} {self.number(series, at)}" for at, name in enumerate(self.names))
            for series, head in enumerate(self.heads)
        ]
        return f"{self.slide.title.value}. {'. '.join(said)}."

    # -- shapes

    def data(self, plot: Box, labels: Labels, series: Sequence[Series]) -> ChartData:
        """Return the data of the chart."""
        return ChartData(
            self.chart.type,
            plot,
            self.chart.columns[0].value,
            tuple(text.value for text in self.names),
            tuple(series),
            self.low,
            self.high,
            self.air,
            self.layout.length("chart-dot"),
            labels.names[0].size_pt,
            self.slide.rows.decimals,
            self.chart.unit.value if self.chart.unit else "",
            self.stroke,
        )

    def label(self, text: Text, setting: Setting, box: Box, look: TextLook) -> Shape:
        """Return a text in a box."""
        return self.desk.label(text, ROLE, box, setting, look=look)

    def axis(self, start: Point, end: Point) -> Route:
        """Return the line that the bars stand on."""
        return Route(f"{self.key}.axis", (start, start, end, end), "", "", self.stroke)

    def bar(self, series: int, at: int, box: Box, body: TextBody | None = None) -> Shape:
        """Return a bar of a series."""
        look = self.looks[series]
        fill = dict(look.grounds).get(at, look.fill)
        return Shape(f"{self.key}.bars.{series + 1}.{at + 1}", "rect", box, fill, text=body, decorative=body is None)
