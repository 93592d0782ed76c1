"""Filled paths become areas that every program fills alike: each a way around, with its holes the other way round."""

from __future__ import annotations

from collections.abc import Sequence

from conceptdeck.values.icons import Segment

__all__ = ["areas_of", "bounds", "points_on"]

STEPS = 12  # of a curve, to tell where it runs

Point = tuple[float, float]
Part = tuple[Segment, ...]
Bounds = tuple[float, float, float, float]


def areas_of(path: Sequence[Segment], *, even_odd: bool) -> tuple[Part, ...]:
    """Return the areas that a path fills, by the rule `evenodd` or by `nonzero`.

    What lies within another part of the path is a hole of it: by the one rule in any case, by the other if it runs the
    other way round. Parts of which neither lies within the other are areas of their own.
    """
    parts = [part for part in _parts(path) if len(part) > 2]
    frames = [bounds(part) for part in parts]
    turns = [_turn(part) for part in parts]
    around = [[j for j in range(len(parts)) if j != i and _within(frames[i], frames[j])] for i in range(len(parts))]
    if even_odd:
        holes = [len(each) % 2 == 1 for each in around]
    else:
        holes = [(turns[i] + sum(turns[j] for j in around[i])) == 0 for i in range(len(parts))]
    areas = {i: [parts[i]] for i, is_hole in enumerate(holes) if not is_hole}
    for i, is_hole in enumerate(holes):
        outer = min((j for j in around[i] if not holes[j]), key=lambda j: _size(frames[j]), default=None)
        if is_hole and outer is not None:
            areas[outer].append(parts[i] if turns[i] != turns[outer] else reversed_part(parts[i]))
    return tuple(tuple(segment for part in area for segment in part) for area in areas.values())


def bounds(path: Sequence[Segment]) -> Bounds:
    """Return the least and the largest x and y that a path comes to: left, top, right, bottom."""
    ends = [values[-2:] for _, values in path if values]
    left, right = min(x for x, _ in ends), max(x for x, _ in ends)
    top, bottom = min(y for _, y in ends), max(y for _, y in ends)
    at: Sequence[float] = ()
    for name, values in path:
        if name == "C" and not _inside(values, (left, top, right, bottom)):
            for step in range(1, STEPS):
                x, y = _on_curve((at[0], at[1]), values, step / STEPS)
                left, top, right, bottom = min(left, x), min(top, y), max(right, x), max(bottom, y)
        at = values[-2:] or at
    return left, top, right, bottom


def _inside(values: Sequence[float], frame: Bounds) -> bool:
    """Tell whether all points of a curve are within a frame; then the curve is."""
    left, top, right, bottom = frame
    return (
        left <= min(values[::2])
        and max(values[::2]) <= right
        and top <= min(values[1::2])
        and max(values[1::2]) <= bottom
    )


def points_on(path: Sequence[Segment]) -> list[Point]:
    """Return points along a path, close enough to tell where it runs."""
    found: list[Point] = []
    at = (0.0, 0.0)
    for name, values in path:
        if name == "C":
            found += [_on_curve(at, values, step / STEPS) for step in range(1, STEPS + 1)]
        elif values:
            found.append((values[0], values[1]))
        at = (values[-2], values[-1]) if values else at
    return found


def _on_curve(at: Point, values: Sequence[float], t: float) -> Point:
    weights = ((1 - t) ** 3, 3 * (1 - t) ** 2 * t, 3 * (1 - t) * t**2, t**3)
    points = (at, *zip(values[::2], values[1::2], strict=True))
    return (
        sum(w * x for w, (x, _) in zip(weights, points, strict=True)),
        sum(w * y for w, (_, y) in zip(weights, points, strict=True)),
    )


def _parts(path: Sequence[Segment]) -> list[Part]:
    """Return a path in parts that start with a move."""
    found: list[list[Segment]] = []
    for segment in path:
        if segment[0] == "M":
            found.append([])
        found[-1].append(segment)
    return [tuple(part) for part in found]


def _turn(part: Part) -> int:
    """Return which way round a part runs: 1 or -1."""
    points = points_on(part)
    twice = sum(x0 * y1 - x1 * y0 for (x0, y0), (x1, y1) in zip(points, [*points[1:], points[0]], strict=True))
    return 1 if twice >= 0 else -1


def _within(inner: Bounds, outer: Bounds) -> bool:
    return (
        outer[0] <= inner[0] and outer[1] <= inner[1] and inner[2] <= outer[2] and inner[3] <= outer[3]
    ) and inner != outer


def _size(frame: Bounds) -> float:
    return (frame[2] - frame[0]) * (frame[3] - frame[1])


def reversed_part(part: Part) -> Part:
    """Return a part that runs the other way round."""
    ends = [values[-2:] for name, values in part if values]
    made: list[Segment] = [("M", ends[-1])]
    drawn = [segment for segment in part if segment[1]]
    for at in range(len(drawn) - 1, 0, -1):
        name, values = drawn[at]
        if name == "C":
            made.append(("C", (*values[2:4], *values[0:2], *ends[at - 1])))
        else:
            made.append(("L", ends[at - 1]))
    return (*made, ("Z", ()))
