"""Slides of other sizes: what a theme writes for its canvas is fitted to the size that its slides have.

Type and all that goes with it (paddings, gaps, heights of lines) keep their share of the slide's area. What spans the
slide keeps its place between the margins, and between the head, the content and the foot.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Mapping
from dataclasses import replace
from math import sqrt

from conceptdeck.reading.counts import SPECIAL
from conceptdeck.reading.design import (
    Design,
    Furniture,
    Grid,
    LayoutForm,
    PlaceholderForm,
    Rail,
    Rings,
    RoleForm,
    Tall,
    TallForm,
    Tracker,
)
from conceptdeck.values.value import frozen

__all__ = ["fitted"]

ALIKE = 0.03  # sizes this close to each other in scale are set in the same type
LEAST_SCALE = 0.6  # of type, where a template leaves little room
TYPE_STEP = 0.5  # points: what type sizes are rounded to, as people type them
NO_LENGTHS = frozenset(name for names, _ in SPECIAL for name in names)
DECIMALS = 7  # of inches: an EMU is a millionth of one, nearly


def fitted(design: Design) -> Design:
    """Return a design whose lengths are those of its size; they were written for its canvas."""
    area = design.template.area if design.template else None
    if design.size == design.canvas and area is None:
        return design
    fit = _Fit.of(design.canvas, design.grid, design.size)
    fit = fit.within(area.content, design.canvas, design.grid) if area else fit
    layouts = {name: fit.layout(form) for name, form in design.layouts.items()}
    wide, high = area.content[2:] if area else design.size
    if wide <= high:
        layouts = _changed(layouts, design.tall, design)
    if area:
        layouts = _changed(layouts, design.framed, design)
    return replace(
        design,
        canvas=design.size,
        grid=fit.grid(design.grid),
        least=fit.points(design.least),
        scale=sorted(set(map(fit.points, design.scale))),
        roles={name: fit.role(form) for name, form in design.roles.items()},
        strokes=_each(design.strokes, lambda value: round(value * fit.scale, 2)),
        signs=_each(design.signs, fit.plain),
        layouts=layouts,
        furniture=fit.furniture(design.furniture),
        rings=Rings(outer=fit.plain(design.rings.outer), inner=fit.plain(design.rings.inner)),
    )


def _changed(layouts: Mapping[str, LayoutForm], own: Tall, design: Design) -> dict[str, LayoutForm]:
    """Return fitted layouts with what differs in some of them, which is written for a canvas of its own."""
    area = design.template.area if design.template else None
    grid = replace(design.grid, margin=own.margin, content=own.content)
    fit = _Fit.of(own.canvas, grid, design.size)
    fit = fit.within(area.content, own.canvas, grid) if area else fit
    return {
        name: _with(form, own.layouts[name], fit) if name in own.layouts else form for name, form in layouts.items()
    }


def _with(form: LayoutForm, tall: TallForm, fit: _Fit) -> LayoutForm:
    """Return a fitted layout with what differs in it."""
    placeholders = {
        name: replace(each, box=fit.box(tall.placeholders[name])) if name in tall.placeholders else each
        for name, each in form.placeholders.items()
    }
    boxes = {**form.boxes, **{name: fit.box(box) for name, box in tall.boxes.items()}}
    lengths = {**form.lengths, **{name: fit.length(name, value) for name, value in tall.lengths.items()}}
    return replace(form, placeholders=placeholders, boxes=boxes, lengths=lengths)


@frozen
class _Axis:
    """One direction of a slide: places on the canvas, and where they are on the slide, both in order."""

    before: tuple[float, ...]
    after: tuple[float, ...]

    def at(self, value: float) -> float:
        """Return where a place of the canvas is on the slide."""
        part = min(max(bisect_right(self.before, value) - 1, 0), len(self.before) - 2)
        start, end = self.before[part : part + 2]
        low, high = self.after[part : part + 2]
        return round(low + (value - start) * (high - low) / (end - start), DECIMALS)


@frozen
class _Fit:
    """How lengths of a canvas become those of a slide."""

    scale: float
    across: _Axis
    down: _Axis
    wide: float  # what is as wide as the content becomes as wide as it is

    @classmethod
    def of(cls, canvas: list[float], grid: Grid, size: list[float]) -> _Fit:
        """Return the fit from a canvas with its grid to a size."""
        scale = sqrt(size[0] * size[1] / (canvas[0] * canvas[1]))
        scale = 1.0 if abs(scale - 1) <= ALIKE else scale
        top, bottom = grid.content
        margin, foot = grid.margin, canvas[1] - bottom
        across = _Axis(
            (0, margin, canvas[0] - margin, canvas[0]), (0, margin * scale, size[0] - margin * scale, size[0])
        )
        down = _Axis((0, top, bottom, canvas[1]), (0, top * scale, size[1] - foot * scale, size[1]))
        return cls(scale, across, down, (size[0] - 2 * margin * scale) / (canvas[0] - 2 * margin))

    def within(self, area: list[float], canvas: list[float], grid: Grid) -> _Fit:
        """Return the fit to a slide of which only an area is free: type gives way where that is small."""
        left, top, width, height = area
        (wide, high), margin, (first, last) = canvas, grid.margin, grid.content
        right, foot = self.across.after[-1], self.down.after[-1]
        share = sqrt(width * height / ((wide - 2 * margin) * (last - first)))
        return _Fit(
            min(self.scale, max(share, LEAST_SCALE)),
            _Axis((0, margin, wide - margin, wide), (0, left, left + width, right)),
            _Axis((0, first, last, high), (0, top, top + height, foot)),
            width / (wide - 2 * margin),
        )

    def plain(self, value: float) -> float:
        """Return a length that goes with the type."""
        return round(value * self.scale, DECIMALS)

    def points(self, value: float) -> float:
        """Return a type size."""
        return value if self.scale == 1 else max(round(value * self.scale / TYPE_STEP) * TYPE_STEP, 1.0)

    def box(self, box: list[float]) -> list[float]:
        """Return a box at its place between the margins, and between head and foot."""
        x, y, w, h = box
        left, top = self.across.at(x), self.down.at(y)
        return [left, top, round(self.across.at(x + w) - left, DECIMALS), round(self.down.at(y + h) - top, DECIMALS)]

    def length(self, name: str, value: float) -> float:
        """Return a length of a layout, by what its name says: where something stands, how wide it is, or how large."""
        if name in NO_LENGTHS:
            return value
        if name.endswith("-size"):
            return self.points(value)
        if name.startswith("at-"):
            return (self.across if name.endswith("-x") else self.down).at(value)
        return round(value * self.wide, DECIMALS) if name.endswith("-w") else self.plain(value)

    def layout(self, form: LayoutForm) -> LayoutForm:
        """Return a layout with everything at its place."""
        placeholders = {name: self.placeholder(each) for name, each in form.placeholders.items()}
        boxes = {name: self.box(box) for name, box in form.boxes.items()}
        lengths = {name: self.length(name, value) for name, value in form.lengths.items()}
        return replace(form, placeholders=placeholders, boxes=boxes, lengths=lengths)

    def placeholder(self, form: PlaceholderForm) -> PlaceholderForm:
        """Return a placeholder at its place."""
        return replace(form, box=self.box(form.box))

    def furniture(self, form: Furniture) -> Furniture:
        """Return what stands on every slide."""
        rail = form.rail
        return Furniture(
            footer=self.placeholder(form.footer),
            date=self.placeholder(form.date),
            number=self.placeholder(form.number),
            rail=Rail(
                x=self.across.at(rail.x),
                y=self.down.at(rail.y),
                h=self.plain(rail.h),
                gap=self.plain(rail.gap),
                pad=self.plain(rail.pad),
            ),
            tracker=self.tracker(form.tracker),
            logo=self.box(form.logo),
        )

    def tracker(self, form: Tracker) -> Tracker:
        """Return the map in small that shows where the talk is."""
        return replace(
            form,
            w=self.plain(form.w),
            h=self.plain(form.h),
            y=self.down.at(form.y),
            gap=self.plain(form.gap),
            cell_gap=self.plain(form.cell_gap),
        )

    def grid(self, grid: Grid) -> Grid:
        """Return the grid of the slide."""
        return replace(
            grid,
            margin=self.plain(grid.margin),
            gutter=self.plain(grid.gutter),
            content=list(map(self.down.at, grid.content)),
            clearance=self.plain(grid.clearance),
        )

    def role(self, form: RoleForm) -> RoleForm:
        """Return a role of text in the sizes of the slide."""
        return replace(form, size=self.points(form.size), floor=self.points(form.floor))


def _each(values: Mapping[str, float], change: Callable[[float], float]) -> dict[str, float]:
    return {name: change(value) for name, value in values.items()}
