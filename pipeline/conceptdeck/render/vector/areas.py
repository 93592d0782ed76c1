"""Areas and windows as elements of SVG, with their fills, lines and places."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Iterable, Mapping
from typing import assert_never

from conceptdeck.render.vector.leads import PREFIX
from conceptdeck.render.vector.marks import Area, Ellipse, Path, Rectangle, Segment, Window
from conceptdeck.values.frame import Fill, Stroke

__all__ = ["DASH", "area_element", "class_of", "number", "path_data", "placed", "places_of", "window_element"]

DECIMALS = 2
DASH = (4, 3)  # DrawingML's `dash`, in widths of the line


def number(value: float) -> str:
    """Return a coordinate as short as it can be written."""
    text = f"{value:.{DECIMALS}f}".rstrip("0").rstrip(".")
    return "0" if text == "-0" else text


def path_data(segments: Iterable[Segment]) -> str:
    """Return the `d` of a path."""
    return "".join(name + " ".join(map(number, values)) for name, values in segments)


def area_element(area: Area, palette: Mapping[str, str], *, classes: bool = False) -> str:
    """Return an area as an element with literal colours, and with classes if a style sheet follows them."""
    names = [class_of(kind, paint.slot) for kind, paint in (("fill", area.fill), ("stroke", area.stroke)) if paint]
    marked = f' class="{" ".join(names)}"' if classes and names else ""
    paint = f"{marked}{_fill(area.fill, palette)}{_stroke(area.stroke, palette)}/>"
    match area.outline:
        case Path(segments):
            return f'<path d="{path_data(segments)}"{paint}'
        case Ellipse(x, y, rx, ry):
            return f"<ellipse{placed({'cx': x, 'cy': y, 'rx': rx, 'ry': ry})}{paint}"
        case Rectangle() as outline:
            corner = {"rx": outline.radius} if outline.radius else {}
            return f"<rect{placed(_rectangle(outline) | corner)}{paint}"
        case _:
            assert_never(area.outline)


def window_element(window: Window, clip: str) -> str:
    """Return what is seen of an image, brought along as a data URI; what is not seen is cut off by the path `clip`."""
    image = window.image
    href = f"data:{image.media};base64,{b64encode(image.data).decode()}"
    content = f'{placed(_rectangle(window.whole))} preserveAspectRatio="none" href="{href}"'
    if window.seen == window.whole:
        return f"<image{content}/>"
    edge = f'<clipPath id="{clip}"><rect{placed(_rectangle(window.seen))}/></clipPath>'
    return f'{edge}<image{content} clip-path="url(#{clip})"/>'


def places_of(outline: Rectangle) -> str:
    """Return where a rectangle stands, as attributes."""
    return placed(_rectangle(outline))


def _rectangle(outline: Rectangle) -> dict[str, float]:
    return {"x": outline.x, "y": outline.y, "width": outline.w, "height": outline.h}


def placed(places: Mapping[str, float]) -> str:
    """Return places and lengths as attributes."""
    return "".join(f' {name}="{number(value)}"' for name, value in places.items())


def _fill(fill: Fill | None, palette: Mapping[str, str]) -> str:
    if fill is None:
        return ' fill="none"'
    return f' fill="#{palette[fill.slot]}"{_opacity("fill", fill.alpha)}'


def _stroke(stroke: Stroke | None, palette: Mapping[str, str]) -> str:
    if stroke is None:
        return ""
    width = stroke.width.px
    dashes = " ".join(number(width * part) for part in DASH)
    dashed = f' stroke-dasharray="{dashes}"' if stroke.dashed else ""
    ends = ' stroke-linecap="round" stroke-linejoin="round"' if stroke.round else ""
    opacity = _opacity("stroke", stroke.alpha)
    return f' stroke="#{palette[stroke.slot]}" stroke-width="{number(width)}"{opacity}{dashed}{ends}'


def _opacity(kind: str, alpha: float) -> str:
    return f' {kind}-opacity="{number(alpha)}"' if alpha < 1 else ""


def class_of(kind: str, slot: str) -> str:
    """Return the class of what is filled, or drawn, in a colour."""
    return f"{PREFIX}-{kind}-{slot}"
