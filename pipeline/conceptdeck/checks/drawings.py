"""Rules on drawings: nothing overlaps, no edge runs through a node or a text, all ink is inside, type can be read."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import assert_never

from conceptdeck.checks.frames import BROKEN_WORD
from conceptdeck.values.diagnostics import Diagnostic, OnDrawing
from conceptdeck.values.frame import Drawing, Picture, Route, Shape, Sign
from conceptdeck.values.hyphens import CUT_END
from conceptdeck.values.items import box_of, ends_of
from conceptdeck.values.presets import route_path
from conceptdeck.values.rules import WARNING, Rule
from conceptdeck.values.units import Box, Length, Point, pixels

__all__ = ["MIN_TEXT", "check_drawings"]

MIN_TEXT = pixels(13)
TOLERANCE = pixels(1)
CLEAR = pixels(1)  # how far an edge keeps away from texts that it does not lead to

Solid = Shape | Picture
Found = Iterator[tuple[str, str]]  # the name of an item, and what is wrong with it
Check = Callable[[Drawing], Found]


def check_drawings(drawings: Iterable[Drawing]) -> tuple[Diagnostic, ...]:
    """Return what is wrong with the geometry of drawings: faults of the program, which places all that they show.

    They are warnings, since a picture with a flaw is still a picture. Words that were cut are no such fault.
    """
    seen = tuple(drawings)
    faults = tuple(
        rule.at(what).on(OnDrawing(drawing.id, item)).as_fault()
        for drawing in seen
        for rule, check in RULES
        for item, what in check(drawing)
    )
    return (*faults, *(found for drawing in seen for found in _broken_words(drawing)))


def _broken_words(drawing: Drawing) -> Iterator[Diagnostic]:
    """Yield texts with a word that was broken where no rule allows it."""
    for shape in _shapes(drawing):
        lines = [line for each in (shape.text.paragraphs if shape.text else ()) for line in each.lines]
        cut = next((line for line in lines if line.endswith(CUT_END)), "")
        if cut and shape.text:
            what = f"holds a word that is broken after “{cut.split()[-1].rstrip(CUT_END)}”"
            hints = ("put soft hyphens (U+00AD) into the word, or use a shorter one",)
            yield BROKEN_WORD.at(what, shape.text.span, hints=hints).on(OnDrawing(drawing.id, shape.name))


def _overlaps(drawing: Drawing) -> Found:
    """Yield shapes that overlap, but for grounds below others."""
    open_: list[tuple[Solid, Box]] = []  # those that reach below the top of the next one
    for shape in sorted(_solid(drawing), key=lambda shape: shape.box.y):
        box = shape.box.inset(TOLERANCE // 2)
        open_ = [(other, place) for other, place in open_ if place.bottom > box.y]
        for other, place in open_:
            if place.overlaps(box):
                yield other.name, f"overlaps `{shape.name}`"
        open_.append((shape, box))
    for sign in (item for item in drawing.items if isinstance(item, Sign)):
        box = sign.box.inset(TOLERANCE // 2)
        texts = (shape for shape in _shapes(drawing) if shape.text and box.overlaps(_ink(shape)))
        yield from ((sign.name, f"covers the text of `{shape.name}`") for shape in texts)


def _crossed(drawing: Drawing) -> Found:
    """Yield edges that run through a node or a text that they do not join."""
    shapes = [(shape, _kept_clear(shape)) for shape in _solid(drawing)]
    for route in _routes(drawing):
        path = route_path(route)
        left, right = min(x for x, _ in path), max(x for x, _ in path)
        top, bottom = min(y for _, y in path), max(y for _, y in path)
        for shape, place in shapes:
            if place.x > right or place.right < left or place.y > bottom or place.bottom < top:
                continue
            ends = shape.name in (route.tail, route.head)
            if (not ends and _passes(path, place)) or (ends and _passes(path, shape.box.inset(2 * TOLERANCE))):
                yield route.name, f"runs through `{shape.name}`"


def _kept_clear(item: Solid) -> Box:
    """Return where no foreign edge may run: within a node or a picture, around the words of a text."""
    match item:
        case Shape():
            return item.box.inset(TOLERANCE) if item.fill else _ink(item).inset(-CLEAR)
        case Picture():
            return item.seen.box.inset(TOLERANCE)
        case _:
            assert_never(item)


def _outside(drawing: Drawing) -> Found:
    """Yield items that reach beyond the picture."""
    whole = Box(Length(0), Length(0), drawing.size.w, drawing.size.h)
    for item in drawing.items:
        if not whole.holds(box_of(item)):
            yield item.name, "reaches beyond the picture"


def _small(drawing: Drawing) -> Found:
    """Yield texts that are smaller than readers of an article can read."""
    for shape in _shapes(drawing):
        sizes = [run.size for p in (shape.text.paragraphs if shape.text else ()) for run in p.runs]
        if sizes and min(sizes) < MIN_TEXT.pt - 0.01:
            yield shape.name, f"is set in {min(sizes) / pixels(1).pt:.1f} px, less than {MIN_TEXT.px:.0f}"


def _overfull(drawing: Drawing) -> Found:
    """Yield texts that are higher or wider than their shape."""
    for shape in _shapes(drawing):
        if shape.text and not shape.box.inset(-TOLERANCE).holds(_ink(shape)):
            yield shape.name, "has a text that does not fit it"


def _nowhere(drawing: Drawing) -> Found:
    """Yield edges whose ends are not at what they name."""
    shapes = {item.name: item for item in drawing.items if isinstance(item, (Shape, Picture))}
    for route in _routes(drawing):
        for name, end in ((route.tail, route.points[0]), (route.head, route.points[-1])):
            shape = shapes.get(name)
            if shape is None or not _near(shape.box, end):
                yield route.name, f"does not end at `{name}`"


def _doubled(drawing: Drawing) -> Found:
    """Yield names that several items have, but for edges."""
    names = Counter(item.name for item in drawing.items if not ends_of(item))
    yield from ((name, f"is the name of {count} items") for name, count in names.items() if count > 1)


def _unspoken(drawing: Drawing) -> Found:
    """Yield pictures that say nothing to those who do not see them."""
    for item in drawing.items:
        if isinstance(item, Picture) and not item.decorative and not item.alt.strip():
            yield item.name, "has no alt text"


PICTURE_OVERLAP = Rule("picture-overlap", "pictures", WARNING, "two shapes of a picture overlap").because("""
    Only grounds may lie below other shapes. A fault of the program; please report it.
""")
PICTURE_CROSSING = Rule(
    "picture-crossing", "pictures", WARNING, "an edge of a picture runs through a box or a text"
).because("""
    An edge that passes through a box seems to lead to it, and one that passes through a text cannot be told from
    it. A fault of the program; please report it.
""")
PICTURE_OUTSIDE = Rule("picture-outside", "pictures", WARNING, "something reaches beyond the picture").because("""
    What is outside the view box is cut off. A fault of the program; please report it.
""")
PICTURE_SMALL_TEXT = Rule(
    "picture-small-text",
    "pictures",
    WARNING,
    "a text of a picture that is too small",
).because("""
    Readers of an article need 13 pixels. A fault of the program; please report it.
""")
PICTURE_OVERFULL = Rule("picture-overfull", "pictures", WARNING, "a text that does not fit its shape").because("""
    The text stands out of its box, over what is beside it. A fault of the program; please report it.
""")
PICTURE_LOOSE_EDGE = Rule(
    "picture-loose-edge",
    "pictures",
    WARNING,
    "an edge that does not end where it should",
).because("""
    Each edge begins and ends on the outline of the shapes that it names. A fault of the program; please report it.
""")
PICTURE_DOUBLE_NAME = Rule(
    "picture-double-name",
    "pictures",
    WARNING,
    "two shapes of a picture with one name",
).because("""
    Names tell shapes apart for programs and for edges. A fault of the program; please report it.
""")
PICTURE_UNSPOKEN = Rule("picture-unspoken", "pictures", WARNING, "an image in a picture without alt text").because("""
    Who cannot see the image learns nothing of it. A fault of the program; please report it.
""")

RULES: Sequence[tuple[Rule, Check]] = (
    (PICTURE_OVERLAP, _overlaps),
    (PICTURE_CROSSING, _crossed),
    (PICTURE_OUTSIDE, _outside),
    (PICTURE_SMALL_TEXT, _small),
    (PICTURE_OVERFULL, _overfull),
    (PICTURE_LOOSE_EDGE, _nowhere),
    (PICTURE_DOUBLE_NAME, _doubled),
    (PICTURE_UNSPOKEN, _unspoken),
)


def _shapes(drawing: Drawing) -> list[Shape]:
    return [item for item in drawing.items if isinstance(item, Shape)]


def _solid(drawing: Drawing) -> list[Solid]:
    """Return what may not be covered: all shapes and pictures but grounds."""
    return [item for item in drawing.items if isinstance(item, (Shape, Picture)) and not item.decorative]


def _routes(drawing: Drawing) -> list[Route]:
    return [item for item in drawing.items if isinstance(item, Route)]


def _ink(shape: Shape) -> Box:
    """Return where the text of a shape stands."""
    body = shape.text
    assert body is not None
    left, top, right, bottom = body.margins
    width = max((paragraph.extent for paragraph in body.paragraphs), default=0)
    height = round(body.height * pixels(1) / pixels(1).pt)
    box = shape.box
    align = body.paragraphs[0].align if body.paragraphs else "l"
    x = {"l": box.x + left, "ctr": box.centre.x - width // 2, "r": box.right - right - width}[align]
    y = {"t": box.y + top, "ctr": box.centre.y - height // 2, "b": box.bottom - bottom - height}[body.anchor]
    return Box(Length(x), Length(y), Length(width), Length(height))


def _passes(path: Sequence[Point], box: Box) -> bool:
    return any(box.x < x < box.right and box.y < y < box.bottom for x, y in path)


def _near(box: Box, end: Point) -> bool:
    """Tell whether a point lies on the outline of a box, give or take two pixels."""
    around, inside = box.inset(-2 * TOLERANCE), box.inset(2 * TOLERANCE)
    return around.x <= end.x <= around.right and around.y <= end.y <= around.bottom and not _passes([end], inside)
