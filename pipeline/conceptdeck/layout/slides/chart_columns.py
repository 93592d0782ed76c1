"""Lines, dots and stacked columns over the names of categories, with series named at their right ends."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from conceptdeck.layout.desk import TextLook
from conceptdeck.layout.slides.chart_drawer import MOST_LINES, Drawer, Labels
from conceptdeck.values.chart import ChartData, ChartKind, Series, SeriesName
from conceptdeck.values.frame import Fill, Route, Shape
from conceptdeck.values.text import Text
from conceptdeck.values.units import Box, Length, Point

__all__ = ["Columns"]

FROM_ZERO = 0.5  # lines start at zero if their least number is below this share of the largest
HEADROOM = 0.06  # of the range of numbers that lines keep free below and above them


class Columns(Drawer):
    """Draws lines, dots or stacked columns over the names of categories, with series named at their right ends."""

    @property
    def stacked(self) -> bool:
        """Tell whether parts stand on each other."""
        return self.chart.type is ChartKind.STACKED

    def bounds(self) -> tuple[float, float]:
        """Return the least and the largest number that the plot shows."""
        if self.stacked:
            top = max(sum(column) for column in zip(*self.numbers, strict=True))
            return 0.0, top or 1.0
        every = [number for series in self.numbers for number in series]
        low, high = min(every), max(every)
        if 0 <= low < FROM_ZERO * high:
            low = 0.0
        free = (high - low or abs(high) or 1.0) * HEADROOM
        return (low - free if low else low), high + free

    def named_at(self) -> int:
        """Return the category at which series are named."""
        return len(self.names) - 1

    @property
    def pitch(self) -> int:
        """Return the width from one category to the next, before series are named."""
        room = self.area.w * (1 - self.ends * (len(self.heads) > 1)) / len(self.names)
        return int(min(room, self.layout.length("chart-column")) if self.stacked else room)

    def name_width(self) -> Length:
        """Return the width that the name of a category may take."""
        return Length(self.pitch - self.gap)

    def fits(self, labels: Labels) -> Text | None:
        """Return a text that is too large for its place, None if all fit."""
        for text, setting in zip(self.names, labels.names, strict=True):
            if len(setting.lines) > MOST_LINES:
                return text
        ends = [settings[-1] for settings in labels.values]
        if len(self.heads) > 1:
            for head, setting in zip(self.heads, ends, strict=True):
                if setting.width > self.area.w * self.ends:
                    return head
        wide = [
            self.said(series, at)
            for series, settings in enumerate(labels.values)
            for at in self.told(series)
            if settings[at].width > self.pitch - self.gap and at != self.named_at()
        ]
        return wide[0] if wide else None

    def told(self, series: int) -> tuple[int, ...]:
        """Return the categories whose numbers are shown in a series: all of what stands out, or stands alone."""
        wanted = self.chart.highlight.series if self.chart.highlight else None
        if self.chart.type is not ChartKind.LINE or len(self.heads) == 1 or series == wanted:
            return tuple(range(len(self.names)))
        return ()

    def placed(self, labels: Labels) -> tuple[ChartData, list[Shape | Route]]:
        """Return the data of the chart with the place of its plot, and what is drawn."""
        plot = self._plot(labels)
        items: list[Shape | Route] = []
        for at, (text, setting) in enumerate(zip(self.names, labels.names, strict=True)):
            x = plot.x + plot.w * at // len(self.names)
            place = Box(Length(x), Length(plot.bottom + self.gap), Length(plot.w // len(self.names)), setting.height)
            items.append(self.label(text, setting, place, TextLook(align="ctr")))
        base = self.y(max(self.low, min(0.0, self.high)), plot)
        items.append(self.axis(Point(plot.x, base), Point(plot.right, base)))
        draw = self._stacks if self.stacked else self._points
        return self.data(plot, labels, draw(plot, labels, items)), items

    def _plot(self, labels: Labels) -> Box:
        """Return where the numbers are drawn: beside the names of series, above those of categories."""
        count, line = len(self.names), labels.names[0].leading
        above = 0 if self.stacked else line + self.gap
        below = max(each.height for each in labels.names) + self.gap
        ends = labels.widest([each[-1] for each in labels.values]) + 2 * self.gap if len(self.heads) > 1 else 0
        width = self.area.w - ends
        if self.stacked:
            width = min(width, self.layout.length("chart-column") * count)
        top = self.area.y + above
        return Box(self.area.x, Length(top), Length(width // count * count), Length(self.area.bottom - below - top))

    def x(self, at: int, plot: Box) -> int:
        """Return the middle of a category."""
        return plot.x + plot.w * (2 * at + 1) // (2 * len(self.names))

    def y(self, number: float, plot: Box) -> Length:
        """Return the height at which a number stands."""
        return Length(round(plot.bottom - (number - self.low) / (self.high - self.low) * plot.h))

    def _points(self, plot: Box, labels: Labels, items: list[Shape | Route]) -> list[Series]:
        """Draw lines or dots, and return their series."""
        side, found = self.layout.length("chart-dot"), []
        last, line = self.named_at(), labels.names[0].leading
        middles = [int(self.y(numbers[-1], plot)) for numbers in self.numbers]
        spread = _spread(middles, line, self.area.y, plot.bottom)
        for series, (look, head, numbers) in enumerate(zip(self.looks, self.heads, self.numbers, strict=True)):
            places = [Point(Length(self.x(at, plot)), self.y(number, plot)) for at, number in enumerate(numbers)]
            if look.stroke and self.chart.type is ChartKind.LINE and len(places) > 1:
                items.append(Route(f"{self.key}.lines.{series + 1}", _straight(places), "", "", look.stroke))
            named = None
            told = self.told(series)
            for at, place in enumerate(places):
                if self.chart.type is ChartKind.DOT or at in (last, *told):
                    items.append(self._dot(series, at, place, side))
                setting = labels.values[series][at]
                if at == last and len(self.heads) > 1:
                    right = Length(place.x + side // 2 + self.gap)
                    box = Box(right, Length(spread[series] - line // 2), setting.width, setting.height)
                    items.append(self.label(self.said(series, at), setting, box, TextLook(look.slot, "l", "ctr")))
                    named = SeriesName(at, 0, spread[series] - middles[series])
                elif at in told:
                    top = Length(place.y - side // 2 - setting.height)
                    box = Box(Length(place.x - setting.width // 2), top, setting.width, setting.height)
                    items.append(self.label(self.said(series, at), setting, box, TextLook(look.slot, "ctr")))
            found.append(replace(look, name=head.value, values=numbers, told=told, named=named))
        return found

    def _dot(self, series: int, at: int, place: Point, side: Length) -> Shape:
        box = Box(Length(place.x - side // 2), Length(place.y - side // 2), side, side)
        fill = self.looks[series].fill
        name = f"{self.key}.dots.{series + 1}.{at + 1}"
        return Shape(name, "ellipse", box, Fill(self.looks[series].slot, fill.alpha), decorative=True)

    def _stacks(self, plot: Box, labels: Labels, items: list[Shape | Route]) -> list[Series]:
        """Draw parts of columns on each other, and return their series."""
        pitch = plot.w / len(self.names)
        width, last, line = Length(round(pitch / (1 + self.air))), self.named_at(), labels.names[0].leading
        floors, found = [0.0] * len(self.names), list[Series]()
        middles = []
        total = 0.0
        for numbers in self.numbers:
            middles.append((self.y(total, plot) + self.y(total + numbers[-1], plot)) // 2)
            total += numbers[-1]
        spread = _spread(middles, line, self.area.y, plot.bottom)
        for series, (look, head, numbers) in enumerate(zip(self.looks, self.heads, self.numbers, strict=True)):
            told, named = [], None
            for at, number in enumerate(numbers):
                top, foot = self.y(floors[at] + number, plot), self.y(floors[at], plot)
                floors[at] += number
                box = Box(Length(self.x(at, plot) - width // 2), top, width, Length(foot - top))
                setting = labels.values[series][at]
                outside = at == last and len(self.heads) > 1
                inside = not outside and box.h >= setting.leading and setting.width <= width
                told += [at] if inside else []
                text = self.said(series, at)
                body = self.label(text, setting, box, TextLook(look.inner, "ctr", "ctr")).text if inside else None
                items.append(self.bar(series, at, box, body))
                if outside:
                    left = Length(box.right + self.gap)
                    place = Box(left, Length(spread[series] - line // 2), setting.width, setting.height)
                    items.append(self.label(text, setting, place, TextLook(look.slot, "l", "ctr")))
                    across = left + setting.width // 2 - self.x(at, plot)
                    named = SeriesName(at, across, spread[series] - middles[series])
            found.append(replace(look, name=head.value, values=numbers, told=tuple(told), named=named))
        return found


def _straight(places: Sequence[Point]) -> tuple[Point, ...]:
    """Return a way from place to place in straight lines, as curves."""
    points = [places[0]]
    for start, end in pairwise(places):
        points += [start, end, end]
    return tuple(points)


def _spread(middles: Sequence[int], least: int, top: int, bottom: int) -> list[int]:
    """Return places near the given ones that are `least` apart, between `top` and `bottom` if there is room."""
    order = sorted(range(len(middles)), key=lambda at: (middles[at], at))
    found = [*middles]
    edge = top + least // 2
    for at in order:
        found[at] = edge = max(found[at], edge)
        edge += least
    edge = bottom - least // 2
    for at in reversed(order):
        found[at] = edge = min(found[at], edge)
        edge -= least
    return found
