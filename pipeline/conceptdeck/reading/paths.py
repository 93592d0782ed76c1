"""Path data of SVG becomes absolute moves, lines and cubic curves (SVG 2, chapter 9)."""

from __future__ import annotations

import cmath
import math
from collections.abc import Iterator

from conceptdeck.values.icons import Segment
from conceptdeck.values.regex import regex

__all__ = ["BadPath", "ellipse", "numbers_in", "path_segments", "polygon", "rectangle"]

COUNTS = {"M": 2, "L": 2, "H": 1, "V": 1, "C": 6, "S": 4, "Q": 4, "T": 2, "A": 7, "Z": 0}
NUMBER = regex(r"[\s,]*([+-]?(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE][+-]?[0-9]{1,3})?)")
FLAG = regex(r"[\s,]*([01])")
COMMAND = regex(r"[\s,]*([MmLlHhVvCcSsQqTtAaZz])")
LARGEST = 1e6  # a number; a drawing has no use for more, and its square must be one too
LEAST = 1e-6  # a radius, below which an arc is a line
FLAGS = (3, 4)  # places of an arc's flags among its numbers; they need no space around them
QUARTER = math.pi / 2
THIRDS = 2 / 3


class BadPath(ValueError):
    """Tell that a text is no path data, or no list of numbers."""


def path_segments(data: str) -> tuple[Segment, ...]:
    """Return path data as M, L, C and Z with absolute coordinates; raises BadPath if it is none."""
    pen = _Pen()
    for command, values in _commands(data):
        pen.draw(command, values)
    return tuple(pen.made)


def numbers_in(text: str) -> tuple[float, ...]:
    """Return the numbers of a list, with spaces or commas between them; raises BadPath if there is anything else."""
    at, found = 0, []
    while text[at:].strip(" \t\r\n,"):
        match = NUMBER.match(text, at)
        if not match:
            raise BadPath(text[at : at + 20])
        found.append(_number(match[1]))
        at = match.end()
    return tuple(found)


def _number(text: str) -> float:
    """Return a number; raises BadPath if it is larger than a drawing can have."""
    value = float(text)
    if abs(value) > LARGEST:
        raise BadPath(text)
    return value


def _commands(data: str) -> Iterator[tuple[str, list[float]]]:
    """Yield each command with its numbers, once for each set of them."""
    at, rest = 0, data.rstrip(" \t\r\n,")
    while at < len(rest):
        match = COMMAND.match(rest, at)
        if not match:
            raise BadPath(rest[at : at + 20])
        command, at = match[1], match.end()
        count = COUNTS[command.upper()]
        values, at = _numbers(rest, at, command)
        yield command, values
        while count and at < len(rest) and not COMMAND.match(rest, at):
            command = {"M": "L", "m": "l"}.get(command, command)  # further points of a move are lines
            values, at = _numbers(rest, at, command)
            yield command, values


def _numbers(data: str, at: int, command: str) -> tuple[list[float], int]:
    """Return the numbers of a command from a place on, and where they end."""
    found = []
    for place in range(COUNTS[command.upper()]):
        is_flag = command in "Aa" and place in FLAGS
        match = (FLAG if is_flag else NUMBER).match(data, at)
        if not match:
            raise BadPath(data[at : at + 20] or command)
        found.append(_number(match[1]))
        at = match.end()
    return found, at


class _Pen:
    """Draws commands; places are complex numbers, x + iy."""

    def __init__(self) -> None:
        self.made: list[Segment] = []
        self.at = self.start = 0j
        self.cubic: complex | None = None  # the last control point, if the last command was a curve of that kind
        self.quadratic: complex | None = None

    def draw(self, command: str, values: list[float]) -> None:
        """Draw one command."""
        name, base = command.upper(), self.at if command.islower() else 0j
        if not self.made and name != "M":
            raise BadPath(command)
        cubic, quadratic, self.cubic, self.quadratic = self.cubic, self.quadratic, None, None
        if name == "Z":
            self.made.append(("Z", ()))
            self.at = self.start
        elif name in "HV":
            self.line(complex(base.real + values[0], self.at.imag) if name == "H" else self.above(base, values[0]))
        elif name == "A":
            self.arc(values, base + complex(values[5], values[6]))
        else:
            points = [base + complex(x, y) for x, y in zip(values[::2], values[1::2], strict=True)]
            self.through(name, points, cubic, quadratic)

    def above(self, base: complex, y: float) -> complex:
        """Return the place at a height, above or below where the pen is."""
        return complex(self.at.real, base.imag + y)

    def through(self, name: str, points: list[complex], cubic: complex | None, quadratic: complex | None) -> None:
        """Draw what is given by points; smooth curves mirror the last control point."""
        if name == "M":
            self.at = self.start = points[0]
            self.made.append(("M", (self.at.real, self.at.imag)))
        elif name == "L":
            self.line(points[0])
        elif name in "CS":
            first = points[0] if name == "C" else self.mirrored(cubic)
            self.curve(first, *points[-2:])
            self.cubic = points[-2]
        else:
            control = points[0] if name == "Q" else self.mirrored(quadratic)
            end = points[-1]
            self.curve(self.at + (control - self.at) * THIRDS, end + (control - end) * THIRDS, end)
            self.quadratic = control

    def mirrored(self, control: complex | None) -> complex:
        return self.at if control is None else 2 * self.at - control

    def line(self, to: complex) -> None:
        self.begin()
        self.made.append(("L", (to.real, to.imag)))
        self.at = to

    def curve(self, first: complex, second: complex, to: complex) -> None:
        self.begin()
        self.made.append(("C", (first.real, first.imag, second.real, second.imag, to.real, to.imag)))
        self.at = to

    def begin(self) -> None:
        """Begin a new part where the last one was closed."""
        if self.made[-1][0] == "Z":
            self.made.append(("M", (self.at.real, self.at.imag)))

    def arc(self, values: list[float], to: complex) -> None:
        """Draw an arc of an ellipse as curves of at most a quarter each (SVG 2, appendix B.2)."""
        rx, ry = abs(values[0]), abs(values[1])
        if rx < LEAST or ry < LEAST:
            return self.line(to)
        if to == self.at:
            return None
        turn = cmath.exp(1j * math.radians(values[2]))
        half = (self.at - to) / 2 / turn
        stretch = math.hypot(half.real / rx, half.imag / ry)
        if stretch > 1:
            rx, ry = rx * stretch, ry * stretch
        middle, first, sweep = _centre(half, (rx, ry), bool(values[3]), bool(values[4]))
        centre = middle * turn + (self.at + to) / 2
        count = max(1, math.ceil(abs(sweep) / QUARTER - 1e-9))
        step = sweep / count
        reach = 4 / 3 * math.tan(step / 4)

        def point(angle: float, out: float = 0.0) -> complex:
            x, y = math.cos(angle) - out * math.sin(angle), math.sin(angle) + out * math.cos(angle)
            return centre + complex(rx * x, ry * y) * turn

        for number in range(count):
            start, end = first + number * step, first + (number + 1) * step
            last = to if number == count - 1 else point(end)
            self.curve(point(start, reach), point(end, -reach), last)
        return None


def _centre(half: complex, radii: tuple[float, float], large: bool, positive: bool) -> tuple[complex, float, float]:
    """Return the centre of an arc, the angle at which it starts, and how far it goes."""
    rx, ry = radii
    x, y = half.real, half.imag
    square = (rx * y) ** 2 + (ry * x) ** 2
    factor = math.sqrt(max(0.0, ((rx * ry) ** 2 - square) / square))
    if large is positive:
        factor = -factor
    centre = complex(factor * rx * y / ry, -factor * ry * x / rx)
    first, last = (
        cmath.phase(complex((end.real - centre.real) / rx, (end.imag - centre.imag) / ry)) for end in (half, -half)
    )
    sweep = last - first
    if positive and sweep < 0:
        sweep += 2 * math.pi
    elif not positive and sweep > 0:
        sweep -= 2 * math.pi
    return centre, first, sweep


# -- elements that are no paths ---------------------------------------------------------------------------------------


def ellipse(x: float, y: float, rx: float, ry: float) -> tuple[Segment, ...]:
    """Return an ellipse around (x, y)."""
    half = f"{rx} {ry} 0 0 1"
    return path_segments(f"M{x - rx} {y}A{half} {x + rx} {y}A{half} {x - rx} {y}Z") if rx and ry else ()


def rectangle(box: tuple[float, float, float, float], rx: float, ry: float) -> tuple[Segment, ...]:
    """Return a rectangle with corners of an ellipse; `box` is left, top, width and height."""
    x, y, w, h = box
    if not w or not h:
        return ()
    rx, ry = min(rx, w / 2), min(ry, h / 2)
    if not rx or not ry:
        return path_segments(f"M{x} {y}H{x + w}V{y + h}H{x}Z")
    corner = f"{rx} {ry} 0 0 1"
    return path_segments(
        f"M{x + rx} {y}H{x + w - rx}A{corner} {x + w} {y + ry}V{y + h - ry}A{corner} {x + w - rx} {y + h}"
        f"H{x + rx}A{corner} {x} {y + h - ry}V{y + ry}A{corner} {x + rx} {y}Z"
    )


def polygon(values: tuple[float, ...], *, closed: bool) -> tuple[Segment, ...]:
    """Return lines through points, given as x and y in turn; raises BadPath if a y is missing."""
    if len(values) % 2:
        raise BadPath(f"{values[-1]:g}")
    points = tuple(zip(values[::2], values[1::2], strict=True))
    made = tuple(("L" if at else "M", point) for at, point in enumerate(points))
    return (*made, ("Z", ())) if closed and made else made
