"""Rules on how slides look: text beyond its shape or over other text, shapes off the slide, small or pale text."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import combinations

from conceptdeck.checks.package.holders import FOOT, number
from conceptdeck.checks.package.looks import Looks, Piece, Standing, looks_of
from conceptdeck.checks.package.opened import Element, Part, text_of
from conceptdeck.checks.package.schema import qualified
from conceptdeck.checks.package.setting import set_height
from conceptdeck.checks.package.slides import SMALL_TEXT, SMALLEST
from conceptdeck.checks.rules import OFF_SLIDE
from conceptdeck.reading.rules import LOW_CONTRAST
from conceptdeck.values.colour import contrast
from conceptdeck.values.diagnostics import Diagnostic
from conceptdeck.values.rules import ERROR, WARNING, Rule
from conceptdeck.values.units import Box, Length

__all__ = ["appearance"]

EMU_PER_POINT = 12_700
BEYOND = 0.02  # of a side of the slide: what text may reach over its edge
EXCESS = 0.08  # of a shape's height: what programs set differently
HALF_A_LINE = 0.6
TOUCH = 4 * EMU_PER_POINT  # by which texts may overlap: their boxes have room that letters do not fill
SHARE = 0.25  # of the smaller text
MOST_TEXTS = 150
READABLE, LARGE_READABLE, LARGE, LARGE_BOLD = 4.5, 3.0, 18.0, 14.0  # WCAG 2.2, 1.4.3
TEXT = qualified("p:sp")

Findings = Iterator[Diagnostic]


def appearance(part: Part) -> Findings:
    """Find what is wrong with how a slide looks."""
    looks = looks_of(part)
    for rule in RULES:
        yield from rule(looks)


def off_slide(looks: Looks) -> Findings:
    """Find shapes that stand beside the slide, and texts that reach over its edge."""
    slide = _slide(looks)
    for each in looks.standing if slide else ():
        box = each.box
        assert slide is not None
        out = box.x >= slide.w or box.y >= slide.h or box.right <= 0 or box.bottom <= 0
        over = (
            max(-box.x, box.right - slide.w) > BEYOND * slide.w or max(-box.y, box.bottom - slide.h) > BEYOND * slide.h
        )
        if out and (box.w or box.h):
            yield looks.part.finding(OFF_SLIDE, "stands beside the slide", each.shape, "delete it, or move it back")
        elif over and text_of(each.shape):
            yield looks.part.finding(OFF_SLIDE, "reaches over the edge of the slide", each.shape, "move it back")


def _slide(looks: Looks) -> Box | None:
    found = next(iter(looks.main.all("p:sldSz")), None) if looks.main else None
    return None if found is None else Box(*map(_length, (0, 0, number(found, "cx"), number(found, "cy"))))


TEXT_BEYOND_SHAPE = Rule(
    "text-beyond-shape", "package", ERROR, "more text than its shape holds", elsewhere=WARNING
).because("""
    The text runs over what stands below, or off the slide. Programs shrink a text to fit only when somebody edits it.
""")


def text_beyond_shape(looks: Looks) -> Findings:
    """Find texts that are higher than their shapes."""
    measure = looks.part.deck.measure
    for each in _texts(looks) if measure else ():
        fitting = each.fitting()
        if fitting is not None and fitting.tag.endswith("}spAutoFit"):
            continue
        height = set_height(looks, each)
        room = each.box.h - _margin(each, "tIns", 45_720) - _margin(each, "bIns", 45_720)
        if height and height.whole > room * (1 + EXCESS) + HALF_A_LINE * height.line:
            more = (height.whole - room) / EMU_PER_POINT
            what = f"holds a text that is {more:.0f} pt higher than its shape: “{text_of(each.shape)[:40]}”"
            yield looks.part.finding(TEXT_BEYOND_SHAPE, what, each.shape, "shorten it, or make the shape higher")


TEXT_OVER_TEXT = Rule("text-over-text", "package", ERROR, "a text over another", elsewhere=WARNING).because("""
    Neither can be read. It comes from boxes that grew, and from pasting twice.
""")


def text_over_text(looks: Looks) -> Findings:
    """Find texts that stand over one another."""
    if not looks.part.deck.measure:
        return
    found = [(each, box) for each in _texts(looks)[:MOST_TEXTS] if (box := _extent(looks, each)) is not None]
    for (one, first), (other, second) in combinations(found, 2):
        if _overlap(first, second) and not _hides(other, first):
            below = looks.part.label(one.shape)
            what = f"stands over the text of `{below}`: “{text_of(other.shape)[:40]}”"
            yield looks.part.finding(TEXT_OVER_TEXT, what, other.shape, "move one of the two")


def _overlap(one: Box, other: Box) -> bool:
    across = min(one.right, other.right) - max(one.x, other.x)
    down = min(one.bottom, other.bottom) - max(one.y, other.y)
    return across > TOUCH and down > max(TOUCH, SHARE * min(one.h, other.h))


def _hides(above: Standing, below: Box) -> bool:
    """Tell whether a shape with a fill covers all of the text below, as a card over another does."""
    return bool(above.fill or above.kind) and above.box.holds(below)


def _extent(looks: Looks, standing: Standing) -> Box | None:
    """Return where the letters of a text stand, as high as they are set and as wide as its longest line."""
    height = set_height(looks, standing)
    if height is None:
        return None
    left, right = _margin(standing, "lIns", 91_440), _margin(standing, "rIns", 91_440)
    top, bottom = _margin(standing, "tIns", 45_720), _margin(standing, "bIns", 45_720)
    inner = (standing.box.x + left, standing.box.y + top, standing.box.w - left - right, standing.box.h - top - bottom)
    free_y, free_x = inner[3] - height.whole, inner[2] - height.width
    shift = {"ctr": 0.5, "b": 1.0}
    y = inner[1] + free_y * shift.get(standing.body("anchor", "t"), 0.0)
    x = inner[0] + free_x * {"ctr": 0.5, "r": 1.0}.get(height.align, 0.0)
    return Box(*map(_length, (x, y, height.width, height.whole)))


def low_contrast(looks: Looks) -> Findings:
    """Find texts that can hardly be told from their ground."""
    for each in _texts(looks):
        ground = _ground(looks, each)
        for piece in _pieces(looks, each) if ground else ():
            assert ground is not None
            ratio = contrast(piece.colour, ground) if piece.colour else 21.0
            large = piece.size >= LARGE or (piece.bold and piece.size >= LARGE_BOLD)
            wanted = LARGE_READABLE if large else READABLE
            if ratio < wanted:
                what = f"has a contrast of {ratio:.1f} to 1, {wanted:g} to 1 is needed: “{piece.text.strip()[:40]}”"
                yield looks.part.finding(LOW_CONTRAST, what, piece.at, "darken the text, or lighten its ground")
                break


def _ground(looks: Looks, standing: Standing) -> str | None:
    """Return the colour that a text stands on, None if it is more than a colour or not known."""
    order = [*looks.below, *looks.standing]
    at = order.index(standing)
    for each in (standing, *reversed(order[:at])):
        covers = each is standing or each.box.holds(standing.box)
        if not covers and (each.fill or each.kind or each.shape.tag != TEXT) and each.box.overlaps(standing.box):
            return None
        if covers and (each.kind or each.shape.tag == qualified("p:pic") or _is_clear(each.shape)):
            return None
        if covers and each.fill:
            return looks.digits(each.fill)
    colour, plain = looks.ground
    return colour if plain else None


def _is_clear(shape: Element) -> bool:
    """Tell whether what is below a shape shines through its fill, or changes it."""
    fill = shape.find(f"{qualified('p:spPr')}/{qualified('a:solidFill')}")
    return fill is not None and any(len(each) for each in fill.iterchildren("*") if not _is_plain(each))


def _is_plain(colour: Element) -> bool:
    return all(each.tag in PLAIN for each in colour)


PLAIN = frozenset((qualified("a:lumMod"), qualified("a:lumOff")))


def inherited_sizes(looks: Looks) -> Findings:
    """Find texts below ten points whose size comes from elsewhere, or that were shrunk to fit."""
    for each in _texts(looks):
        if each.type in FOOT:
            continue
        for piece in _pieces(looks, each):
            own = piece.at.find(qualified("a:rPr"))
            said = 0 if own is None else number(own, "sz")
            if piece.size * 100 < SMALLEST - 1 and not 0 < said < SMALLEST:
                what = f"has text of {piece.size:g} pt: “{piece.text.strip()[:40]}”"
                yield looks.part.finding(SMALL_TEXT, what, piece.at)
                break


def _texts(looks: Looks) -> list[Standing]:
    return [each for each in looks.standing if each.shape.tag == TEXT and text_of(each.shape)]


def _pieces(looks: Looks, standing: Standing) -> Iterator[Piece]:
    return (piece for _, pieces in looks.paragraphs(standing) for piece in pieces if piece.text.strip())


def _margin(standing: Standing, name: str, default: int) -> int:
    said = standing.body(name)
    return int(said) if said.lstrip("-").isdigit() and len(said) < 12 else default


def _length(value: float) -> Length:
    return Length(value)


RULES: tuple[Callable[[Looks], Findings], ...] = (
    off_slide, text_beyond_shape, text_over_text, low_contrast, inherited_sizes,
)  # fmt: skip
