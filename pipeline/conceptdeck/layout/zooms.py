"""Zooms on the agenda: pictures of the layers' first slides, in place of the rings, that a click goes into."""

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
    """Return the frames without the rings that zooms stand for, the zooms, and a warning if there can be none."""
    titles = {frame.key: frame.title for frame in frames}
    zooms = tuple(zoom for frame in frames if frame.layout == "agenda" for zoom in _zooms(frame, theme, titles))
    if not zooms:
        why = "no slide shows the layers beside each other with a slide to each"
        return tuple(frames), (), (NO_ZOOM.at(f"there are no zooms: {why}"),)
    replaced = {zoom.of for zoom in zooms}
    return tuple(replace(frame, items=_without_rings(frame, replaced)) for frame in frames), zooms, ()


def _zooms(frame: Frame, theme: Theme, titles: Mapping[str, str]) -> list[Zoom]:
    """Return a zoom for each layer of an agenda that leads to a slide."""
    found = []
    for layer, places in _rings(frame.items).items():
        labels = [item for item in frame.items if isinstance(item, Shape) and item.of == layer and item.text]
        linked = [item for item in labels if item.link in titles]
        if linked:
            target = linked[0].link
            box = _place(places[0], linked[0].box.w, theme, from_right=is_rtl(frame.language))
            found.append(Zoom(f"{layer}.zoom", frame.key, target, box, titles[target], layer))
    return found


def _rings(items: Sequence[Item]) -> dict[str, list[Box]]:
    """Return where the rings of each layer stand, the outermost first."""
    found: dict[str, list[Box]] = {}
    for item in items:
        if _is_ring(item):
            found.setdefault(item.of, []).append(item.box)
    return found


def _is_ring(item: Item) -> TypeGuard[Shape]:
    """Tell whether an item of an agenda is drawn for a layer: what has no text there."""
    return isinstance(item, Shape) and bool(item.of) and not item.text


def _place(rings: Box, width: int, theme: Theme, *, from_right: bool) -> Box:
    """Return the place of a zoom: as wide as its column, or as high as the rings, in the middle of their height."""
    high = min(round(width * theme.size.h / theme.size.w), rings.h)
    wide = round(high * theme.size.w / theme.size.h)
    left = rings.right - wide if from_right else rings.x
    return Box(Length(left), Length(rings.y + (rings.h - high) // 2), Length(wide), Length(high))


def _without_rings(frame: Frame, layers: set[str]) -> tuple[Item, ...]:
    """Return what an agenda still shows."""
    if frame.layout != "agenda":
        return frame.items
    return tuple(item for item in frame.items if not (_is_ring(item) and item.of in layers))
