"""Zooms on the agenda: pictures of the layers' first slides, in place of the numbers, that a click goes into."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import TypeGuard

from conceptdeck.values.diagnostics import Diagnostic
from conceptdeck.values.frame import Frame, Item, Shape, Zoom
from conceptdeck.values.languages import is_rtl
from conceptdeck.values.rules import WARNING, Rule
from conceptdeck.values.theme import Theme
from conceptdeck.values.units import Box, Length

__all__ = ["zoomed"]


NO_ZOOM = Rule("no-zoom", "frames", WARNING, "zooms were asked for, and there is none to make").because("""
    Zooms stand on the agenda, one for each layer that has slides of its own in the story.
""")


def zoomed(frames: Sequence[Frame], theme: Theme) -> tuple[tuple[Frame, ...], tuple[Zoom, ...], tuple[Diagnostic, ...]]:
    """Return the frames without the numbers that zooms stand for, the zooms, and a warning if there can be none."""
    titles = {frame.key: frame.title for frame in frames}
    zooms = tuple(zoom for frame in frames if frame.layout == "agenda" for zoom in _zooms(frame, theme, titles))
    if not zooms:
        why = "no slide shows the layers beside each other with a slide to each"
        return tuple(frames), (), (NO_ZOOM.at(f"there are no zooms: {why}"),)
    places = {(zoom.slide, zoom.of): zoom.box for zoom in zooms}
    return tuple(_without_numbers(frame, places) for frame in frames), zooms, ()


def _zooms(frame: Frame, theme: Theme, titles: Mapping[str, str]) -> list[Zoom]:
    """Return a zoom for each layer of an agenda that leads to a slide."""
    found = []
    for ground in (item for item in frame.items if isinstance(item, Shape) and item.part == "row"):
        leading = [item for item in frame.items if _is_of(item, ground.of) and getattr(item, "link", "") in titles]
        if leading:
            target = leading[0].link
            box = _place(ground.box, theme, from_right=is_rtl(frame.language))
            found.append(Zoom(f"{ground.of}.zoom", frame.key, target, box, titles[target], ground.of))
    return found


def _is_of(item: Item, layer: str) -> TypeGuard[Shape]:
    """Tell whether an item of an agenda is drawn for a layer itself."""
    return isinstance(item, Shape) and item.of == layer


def _place(row: Box, theme: Theme, *, from_right: bool) -> Box:
    """Return the place of a zoom: where the number stands, at the start of a row, in the middle of its height."""
    layout = theme.layouts["agenda"]
    width = layout.length("bar") + layout.length("pad") + layout.length("number-w")
    wide = min(width, round(row.h * theme.size.w / theme.size.h))
    high = round(wide * theme.size.h / theme.size.w)
    left = row.right - wide if from_right else row.x
    return Box(Length(left), Length(row.y + (row.h - high) // 2), Length(wide), Length(high))


def _without_numbers(frame: Frame, places: Mapping[tuple[str, str], Box]) -> Frame:
    """Return an agenda without what zooms stand in place of, another frame as it is."""
    kept = tuple(
        item for item in frame.items if not _is_covered(item, places.get((frame.key, getattr(item, "of", ""))))
    )
    return frame if len(kept) == len(frame.items) else replace(frame, items=kept)


def _is_covered(item: Item, place: Box | None) -> bool:
    """Tell whether an item of a layer stands where its zoom does: the bar and the number, not the ground of the row."""
    if place is None or not isinstance(item, Shape) or item.part == "row":
        return False
    return item.box.x < place.right and place.x < item.box.right
