"""Bars from the left, a row for each category, with the numbers at their ends."""

from __future__ import annotations

from dataclasses import replace

from conceptdeck.layout.desk import TextLook
from conceptdeck.layout.slides.chart_drawer import MOST_LINES, Drawer, Labels
from conceptdeck.typeset.settings import Setting
from conceptdeck.values.chart import ChartData, SeriesName
from conceptdeck.values.frame import Route, Shape
from conceptdeck.values.text import Text
from conceptdeck.values.units import Box, Length, Point

__all__ = ["Bars"]


class Bars(Drawer):
    """Draws bars from the left, a row for each category, with the numbers at their ends."""

    def bounds(self) -> tuple[float, float]:
        """Return the least and the largest number that the plot shows."""
        every = [0.0, *(number for series in self.numbers for number in series)]
        return min(every), max(every) if max(every) > min(every) else min(every) + 1

    def named_at(self) -> int:
        """Return the category at which series are named."""
        return 0

    def name_width(self) -> Length:
        """Return the width that the name of a category may take."""
        return Length(round(self.area.w * self.layout.numbers["chart-names-share"]))

    @property
    def row(self) -> int:
        """Return the height of a row."""
        most = self.layout.length("chart-row") * (1 + (len(self.heads) - 1) / 2)
        return int(min(self.area.h / len(self.names), most))

    @property
    def thick(self) -> float:
        """Return the height of a bar."""
        return self.row / (len(self.heads) + self.air)

    def fits(self, labels: Labels) -> Text | None:
        """Return a text that is too large for its place, None if all fit."""
        for text, setting in zip(self.names, labels.names, strict=True):
            if len(setting.lines) > MOST_LINES or setting.height > self.row:
                return text
        for series, settings in enumerate(labels.values):
            for at, setting in enumerate(settings):
                if setting.width > self.area.w * self.ends or setting.leading > self.thick * (1 + self.air):
                    return self.heads[series] if at == self.named_at() else self.said(series, at)
        return None

    def placed(self, labels: Labels) -> tuple[ChartData, list[Shape | Route]]:
        """Return the data of the chart with the place of its plot, and what is drawn."""
        values = [each for settings in labels.values for each in settings]
        beside = labels.widest(values) + 2 * self.gap
        left = labels.widest(labels.names) + self.gap
        height = self.row * len(self.names)
        y = Length(self.area.y + (self.area.h - height) // 2)
        plot = Box(Length(self.area.x + left), y, Length(self.area.w - left - beside), Length(height))
        if self.low < 0:  # numbers of what goes to the left stand within the plot
            self.low -= (self.high - self.low) * beside / (plot.w - beside)
        items: list[Shape | Route] = []
        for at, (text, setting) in enumerate(zip(self.names, labels.names, strict=True)):
            top = plot.y + self.row * at
            width = labels.widest(labels.names)
            place = Box(self.area.x, Length(top), width, Length(self.row))
            items.append(self.label(text, setting, place, TextLook(align="r", anchor="ctr")))
            for series, settings in enumerate(labels.values):
                first = top + self.thick * (series + self.air / 2)
                items += self._bar(series, at, Length(round(first)), plot, settings[at])
        zero = Length(plot.x + round(self.share(0.0) * plot.w))
        items.append(self.axis(Point(zero, plot.y), Point(zero, plot.bottom)))
        named = SeriesName(0) if len(self.heads) > 1 else None
        every = tuple(range(len(self.names)))
        made = [
            replace(look, name=head.value, values=numbers, told=every, named=named)
            for look, head, numbers in zip(self.looks, self.heads, self.numbers, strict=True)
        ]
        return self.data(plot, labels, made), items

    def share(self, number: float) -> float:
        """Return how far across the plot a number is."""
        return (number - self.low) / (self.high - self.low)

    def _bar(self, series: int, at: int, y: Length, plot: Box, setting: Setting) -> list[Shape]:
        """Return a bar with its number."""
        number = self.numbers[series][at]
        ends = sorted(round(plot.x + self.share(each) * plot.w) for each in (0.0, number))
        box = Box(Length(ends[0]), y, Length(ends[1] - ends[0]), Length(round(self.thick)))
        beside = setting.width + self.gap
        x = box.x - beside if number < 0 else box.right + self.gap
        top = Length(box.centre.y - setting.height // 2)
        place = Box(Length(x), top, Length(setting.width), setting.height)
        slot = self.looks[series].slot
        label = self.label(self.said(series, at), setting, place, TextLook(slot, "r" if number < 0 else "l", "ctr"))
        return [self.bar(series, at, box), label]
