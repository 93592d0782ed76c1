"""An SVG document becomes what an icon shows, or the reason why it cannot be a sign.

An icon is one shape in one colour, that of its place. So lines and areas are kept, what only looks like them (texts,
pictures, gradients, masks) is refused, and so is all that would make a reader of files run or fetch something.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from itertools import chain
from math import cos, isfinite, radians, sin, sqrt, tan
from typing import NamedTuple

from conceptdeck.reading.areas import areas_of, bounds
from conceptdeck.reading.drawings import SVG, DrawingReader, Unfit
from conceptdeck.reading.paths import BadPath, ellipse, numbers_in, path_segments, polygon, rectangle
from conceptdeck.values.characters import quoted
from conceptdeck.values.icons import GRID, Drawn, Segment
from conceptdeck.values.regex import regex
from conceptdeck.values.value import frozen

__all__ = ["LARGEST", "NotAnIcon", "read_svg"]

LARGEST = 200_000  # bytes of a file
MOST_SEGMENTS = 2_000
DEEPEST = 40
NEAR = 0.02  # share of the side by which a drawing may reach beyond its view box unseen
SHAPES = frozenset({"path", "circle", "ellipse", "rect", "line", "polyline", "polygon"})
SKIPPED = frozenset({"title", "desc", "metadata", "defs"})
SHARED = ("fill", "stroke", "stroke-width", "stroke-linecap", "stroke-linejoin", "fill-rule", "visibility")
FORBIDDEN = ("clip-path", "mask", "filter", "marker", "marker-start", "marker-mid", "marker-end")
CUT, ONE_COLOUR = (
    "in your drawing program, make it a plain path",
    "make all of it black: a sign has the colour of its place",
)
HEX = regex(r"#([0-9a-f])([0-9a-f])([0-9a-f])")
NAMED = {"black": "#000000", "white": "#ffffff"}
OWN = "currentcolor"
TRANSFORM = regex(r"[\s,]*(matrix|translate|scale|rotate|skewX|skewY)\s*\(([^()]*)\)")


class NotAnIcon(Unfit):
    """Tell why a file cannot be a sign."""


Matrix = tuple[float, float, float, float, float, float]
PLAIN: Matrix = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)


@frozen
class _Look:
    """What an element hands on to those in it."""

    matrix: Matrix
    shared: Mapping[str, str]


class _Stroke(NamedTuple):
    segments: tuple[Segment, ...]
    width: float
    round: bool


def read_svg(data: bytes) -> Drawn:
    """Return what an SVG document draws, on the grid of icons; raises NotAnIcon if that is no sign."""
    reader = _Reader()
    reader.read(data, LARGEST, "simplify the drawing")
    return reader.drawn()


class _Reader(DrawingReader):
    """Keeps what is drawn."""

    unfit = NotAnIcon

    def __init__(self) -> None:
        super().__init__()
        self.looks: list[_Look] = []
        self.skipped = 0
        self.strokes: list[_Stroke] = []
        self.areas: list[tuple[Segment, ...]] = []
        self.colours: set[str] = set()
        self.box: tuple[float, ...] = ()
        self.size = 0

    def start(self, full_name: str, given: dict[str, str]) -> None:
        """Take in an element."""
        space, _, name = full_name.rpartition(" ")
        if len(self.looks) + self.skipped >= DEEPEST:
            raise self.refused("is nested too deep", "ungroup the drawing")
        if name == "script":
            raise self.refused("has a script", "delete `<script>`: an icon does nothing")
        if self.skipped or space not in ("", SVG) or name in SKIPPED:
            if not self.looks and not self.skipped:
                raise self.no_svg(name)
            self.skipped += 1
            return
        if not self.looks and name != "svg":
            raise self.no_svg(name)
        if self.looks and name not in SHAPES and name != "g":
            raise self.refused(f"has `<{name}>`, which is neither a line nor an area", CUT)
        attributes = self._attributes(given)
        if not self.looks:
            self._view(attributes)
        look = self._look(attributes)
        self.looks.append(look)
        hidden = attributes.get("display") == "none"
        if hidden:
            self.looks.pop()
            self.skipped = 1
        elif name in SHAPES and look.shared.get("visibility") not in ("hidden", "collapse"):
            self._shape(name, attributes, look)

    def end(self, _: str) -> None:
        """Leave an element."""
        if self.skipped:
            self.skipped -= 1
        else:
            self.looks.pop()

    # Attributes

    def _attributes(self, given: Mapping[str, str]) -> dict[str, str]:
        """Return the attributes of an element, with what its style says; raises NotAnIcon where they lead elsewhere."""
        found = {name: value.strip() for name, value in given.items() if " " not in name}
        styled = (each.partition(":") for each in found.pop("style", "").split(";"))
        found |= {name.strip(): value.strip() for name, mark, value in styled if mark}
        for full_name, value in given.items():
            name = full_name.rpartition(" ")[2]
            if name == "href":
                raise self.refused(f"leads elsewhere, to {quoted(value)}", CUT)
            if name.lower().startswith("on"):
                raise self.refused(f"has an action, `{name}`", f"delete `{name}`: an icon does nothing")
        for name, value in found.items():
            if (name in FORBIDDEN and value != "none") or "url(" in value.lower():
                raise self.refused(f"has `{name}`, which no single shape can have", CUT)
        for name in ("opacity", "fill-opacity", "stroke-opacity"):
            if name in found and self._number(found[name].rstrip("%"), name) not in (1.0, 100.0):
                raise self.refused(f"has `{name}`: a sign is of one full colour", "make it opaque, or delete the part")
        if found.get("stroke-dasharray", "none") not in ("none", "0"):
            raise self.refused("has dashed lines", "draw each dash as a line")
        return found

    def _number(self, text: str, name: str) -> float:
        """Return a number, in units of the drawing."""
        try:
            (value,) = numbers_in(text.removesuffix("px"))
        except (BadPath, ValueError):
            raise self.refused(f"has `{name}` {quoted(text)}, not a number", "save it as plain SVG") from None
        return value

    def _length(self, attributes: Mapping[str, str], name: str, default: float = 0.0) -> float:
        value = attributes.get(name, "")
        return self._number(value, name) if value and value != "auto" else default

    def _view(self, attributes: Mapping[str, str]) -> None:
        """Take in the box that the drawing is seen in, if it says so."""
        text = attributes.get("viewBox", "")
        try:
            box = numbers_in(text)
        except BadPath:
            raise self.refused(f"has `viewBox` {quoted(text)}, not four numbers", "write `0 0 24 24`") from None
        sides = [attributes.get(name, "") for name in ("width", "height")]
        if not box and all(re.fullmatch(r"[0-9.]+(px)?", side) for side in sides):
            box = (0.0, 0.0, *(self._number(side, "width") for side in sides))
        if len(box) == 4 and box[2] > 0 and box[3] > 0:
            self.box = box
        elif text:
            raise self.refused(f"has `viewBox` {quoted(text)}, not a place and a size", "write `0 0 24 24`")

    def _look(self, attributes: Mapping[str, str]) -> _Look:
        """Return what an element hands on: what it says, and what those around it say."""
        around = self.looks[-1] if self.looks else _Look(PLAIN, {"fill": "black", "stroke": "none"})
        own = {name: attributes[name] for name in SHARED if attributes.get(name, "inherit") != "inherit"}
        matrix = around.matrix
        if text := attributes.get("transform", ""):
            matrix = _times(matrix, self._matrix(text))
        return _Look(matrix, {**around.shared, **own})

    def _matrix(self, text: str) -> Matrix:
        """Return what a list of transforms comes to."""
        made, at = PLAIN, 0
        while text[at:].strip(" \t\r\n,"):
            match = TRANSFORM.match(text, at)
            if not match:
                raise self.refused(f"has a `transform` that cannot be read: {quoted(text[at : at + 20])}", CUT)
            try:
                made = _times(made, _transform(match[1], numbers_in(match[2])))
            except (BadPath, ValueError):
                raise self.refused(f"has a `transform` that cannot be read: {quoted(match[0])}", CUT) from None
            at = match.end()
        return made

    # Shapes

    def _shape(self, name: str, attributes: Mapping[str, str], look: _Look) -> None:
        """Keep what a shape draws."""
        try:
            path = self._path(name, attributes)
        except BadPath as error:
            what = f"has a `<{name}>` that cannot be read, at {quoted(str(error))}"
            raise self.refused(what, "save it as plain SVG") from None
        placed = _moved(path, look.matrix)
        width = self._length(look.shared, "stroke-width", 1.0) * _stretch(look.matrix)
        if width < 0:
            raise self.refused("has lines of a width below zero", "give them a width")
        if not all(map(isfinite, (width, *chain(*(values for _, values in placed))))):
            raise self.refused("draws at a place without an end", "save it as plain SVG")
        self.size += len(placed)
        if self.size > MOST_SEGMENTS:
            raise self.refused(f"draws more than {MOST_SEGMENTS:,} lines and curves", "simplify the drawing")
        fill, stroke = (self._colour(look.shared[kind]) for kind in ("fill", "stroke"))
        even_odd = look.shared.get("fill-rule") == "evenodd"
        areas = areas_of(placed, even_odd=even_odd) if fill and name != "line" else ()
        self.areas += areas
        if stroke and width and placed:
            caps = {look.shared.get(name) for name in ("stroke-linecap", "stroke-linejoin")}
            self.strokes.append(_Stroke(placed, width, "round" in caps))
        shown = (fill if areas else "", stroke if placed else "")
        self.colours |= {colour for colour in shown if colour not in ("", OWN)}

    def _path(self, name: str, attributes: Mapping[str, str]) -> tuple[Segment, ...]:
        """Return the way that a shape goes."""

        def length(*names: str) -> list[float]:
            return [self._length(attributes, each) for each in names]

        if name == "path":
            return path_segments(attributes.get("d", ""))
        if name == "circle":
            x, y, r = length("cx", "cy", "r")
            return ellipse(x, y, abs(r), abs(r))
        if name == "ellipse":
            x, y, rx, ry = length("cx", "cy", "rx", "ry")
            return ellipse(x, y, abs(rx), abs(ry))
        if name == "rect":
            x, y, w, h = length("x", "y", "width", "height")
            rx = self._length(attributes, "rx", self._length(attributes, "ry"))
            return rectangle((x, y, abs(w), abs(h)), abs(rx), abs(self._length(attributes, "ry", rx)))
        if name == "line":
            return polygon(tuple(length("x1", "y1", "x2", "y2")), closed=False)
        return polygon(numbers_in(attributes.get("points", "")), closed=name == "polygon")

    def _colour(self, text: str) -> str:
        """Return a colour in one way of writing it, empty if there is none."""
        found = text.lower()
        if found in ("none", "transparent", ""):
            return ""
        if match := HEX.fullmatch(found):
            return "#" + "".join(digit * 2 for digit in match.groups())
        if match := re.fullmatch(r"rgb\(\s*(\d+)[\s,]+(\d+)[\s,]+(\d+)\s*\)", found):
            return "#" + "".join(f"{min(int(part), 255):02x}" for part in match.groups())
        return NAMED.get(found, found)

    # The whole

    def drawn(self) -> Drawn:
        """Return everything on the grid of icons."""
        if not self.strokes and not self.areas:
            raise NotAnIcon("draws nothing", "give its shapes a `stroke` or a `fill`")
        if len(self.colours) > 1:
            raise NotAnIcon(f"has {len(self.colours)} colours: {', '.join(sorted(self.colours))}", ONE_COLOUR)
        widths = sorted({round(each.width, 3) for each in self.strokes})
        if len(widths) > 1:
            shown = ", ".join(f"{width:g}" for width in widths)
            raise NotAnIcon(f"has lines of {len(widths)} widths: {shown}", "make all lines equally wide, or areas")
        x, y, scale = self._fit()
        matrix = (scale, 0.0, 0.0, scale, x, y)

        def put(path: tuple[Segment, ...]) -> tuple[Segment, ...]:
            return tuple((name, tuple(map(_rounded, values))) for name, values in _moved(path, matrix))

        return Drawn(
            lines=put(tuple(segment for each in self.strokes for segment in each.segments)),
            areas=tuple(map(put, self.areas)),
            width=_rounded(widths[0] * scale) if widths else 0.0,
            round=any(each.round for each in self.strokes),
        )

    def _fit(self) -> tuple[float, float, float]:
        """Return where the corner of the drawing comes to, and its scale: in the middle of the grid, all of it seen.

        What is drawn beyond the view box is no part of it in SVG, but would be in a shape, so it needs room too.
        """
        if self.box and self._is_within(self.box):
            return _placed(self.box)
        left, top, right, bottom = bounds([*chain(*self.areas, *(each.segments for each in self.strokes))])
        half = self.strokes[0].width / 2 if self.strokes else 0.0
        if self.box:
            x, y, w, h = self.box
            near = NEAR * max(w, h) + half
            within = x - near <= left and y - near <= top and right <= x + w + near and bottom <= y + h + near
        if not self.box or not within:
            x, y, w, h = left - half, top - half, right - left + 2 * half, bottom - top + 2 * half
        return _placed((x, y, w, h))

    def _is_within(self, box: tuple[float, ...]) -> bool:
        """Tell whether all points that the drawing is made of are within a box; then all of it is."""
        x, y, w, h = box
        paths = chain(self.areas, (each.segments for each in self.strokes))
        return all(
            x <= min(values[::2])
            and max(values[::2]) <= x + w
            and y <= min(values[1::2])
            and max(values[1::2]) <= y + h
            for path in paths
            for _, values in path
            if values
        )


def _placed(box: tuple[float, ...]) -> tuple[float, float, float]:
    """Return how a box comes to the middle of the grid: where its origin comes to, and its scale."""
    x, y, w, h = box
    side = max(w, h)
    if not side or not isfinite(side):
        raise NotAnIcon("draws nothing that has a size", "give its shapes a size")
    scale = GRID / side
    return (GRID - w * scale) / 2 - x * scale, (GRID - h * scale) / 2 - y * scale, scale


def _rounded(value: float) -> float:
    return round(value, 3) + 0.0


def _moved(path: tuple[Segment, ...], matrix: Matrix) -> tuple[Segment, ...]:
    """Return a path as a matrix places it."""
    if matrix == PLAIN:
        return path
    a, b, c, d, e, f = matrix
    return tuple(
        (name, tuple(chain(*((a * x + c * y + e, b * x + d * y + f) for x, y in _pairs(values)))))
        for name, values in path
    )


def _pairs(values: tuple[float, ...]) -> Iterator[tuple[float, float]]:
    return zip(values[::2], values[1::2], strict=True)


def _times(one: Matrix, other: Matrix) -> Matrix:
    """Return what comes of two matrices, of which the other is applied first."""
    a, b, c, d, e, f = one
    p, q, r, s, t, u = other
    return (a * p + c * q, b * p + d * q, a * r + c * s, b * r + d * s, a * t + c * u + e, b * t + d * u + f)


def _transform(name: str, values: tuple[float, ...]) -> Matrix:
    """Return one transform as a matrix; raises ValueError if it has other numbers than it needs."""
    if name == "matrix":
        a, b, c, d, e, f = values
        return a, b, c, d, e, f
    if name == "translate":
        x, y = (*values, 0.0)[:2]
        return (1.0, 0.0, 0.0, 1.0, x, y)
    if name == "scale":
        x, y = (*values, values[0])[:2] if values else ()
        return (x, 0.0, 0.0, y, 0.0, 0.0)
    angle = radians(values[0]) if values else 0.0
    if name == "rotate":
        x, y = (*values[1:], 0.0, 0.0)[:2]
        turn = (cos(angle), sin(angle), -sin(angle), cos(angle), 0.0, 0.0)
        return _times(_times((1.0, 0.0, 0.0, 1.0, x, y), turn), (1.0, 0.0, 0.0, 1.0, -x, -y))
    return (1.0, 0.0, tan(angle), 1.0, 0.0, 0.0) if name == "skewX" else (1.0, tan(angle), 0.0, 1.0, 0.0, 0.0)


def _stretch(matrix: Matrix) -> float:
    """Return by how much a matrix makes lines wider."""
    a, b, c, d, _, _ = matrix
    return sqrt(abs(a * d - b * c))
