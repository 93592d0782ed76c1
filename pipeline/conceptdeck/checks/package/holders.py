"""Placeholders of layouts with what they take from their master: place, anchor, margins and the look of their text."""

from __future__ import annotations

from collections.abc import Iterable

from conceptdeck.checks.package.colours import shade_of
from conceptdeck.checks.package.opened import Element, Part, type_of
from conceptdeck.checks.package.schema import qualified
from conceptdeck.values.masters import FoundHolder
from conceptdeck.values.units import Box, Length

__all__ = ["Styles", "box_of", "found_holders", "number"]

TITLES = frozenset({"title", "ctrTitle"})
FOOT = frozenset({"dt", "ftr", "sldNum"})
HEIRS = {"ctrTitle": "title", "title": "title", **{each: each for each in FOOT}}  # all others take from the body
STYLES = {"title": "titleStyle", "body": "bodyStyle"}
ANCHORS = {"t": "t", "ctr": "ctr", "b": "b", "just": "t", "dist": "t"}
ALIGNS = {"l": "l", "ctr": "ctr", "r": "r", "just": "l", "justLow": "l", "dist": "ctr", "thaiDist": "l"}
MARGINS = {"lIns": 91_440, "tIns": 45_720, "rIns": 91_440, "bIns": 45_720}  # EMU: what CT_TextBodyProperties says
MOST = 2**31
FIRST, DEFAULTS = qualified("a:lvl1pPr"), qualified("a:defRPr")
DEGREE = 60_000
PLACES = (
    f"{qualified('p:spPr')}/{qualified('a:xfrm')}",
    f"{qualified('p:grpSpPr')}/{qualified('a:xfrm')}",
    qualified("p:xfrm"),
)


class Styles:
    """What a master hands down to the placeholders of its layouts."""

    def __init__(self, master: Part, texts: Element | None) -> None:
        """Take a master, and the text style of the presentation."""
        self._shapes: dict[str, Element] = {}
        for shape, holder in master.holders.items():
            self._shapes.setdefault(type_of(holder), shape)
        self._styles = master.root.find(qualified("p:txStyles"))
        self._texts = texts

    def shape(self, type_: str) -> Element | None:
        """Return the master's placeholder that one of this type takes from."""
        return self._shapes.get(HEIRS.get(type_, "body"))

    def levels(self, type_: str, *, general: bool = True) -> list[Element]:
        """Return the first levels of the styles that a placeholder of this type takes from, the nearest first.

        The last one is that of the presentation, for texts in `general`.
        """
        name = "otherStyle" if type_ in FOOT else STYLES["title" if type_ in TITLES else "body"]
        lists = [None if self._styles is None else self._styles.find(qualified(f"p:{name}")), self._texts]
        lists = lists if general else lists[:1]
        return [level for each in lists if each is not None and (level := each.find(FIRST)) is not None]


def found_holders(part: Part, styles: Styles) -> tuple[FoundHolder, ...]:
    """Return the placeholders of a layout or a master, in their order; those set in columns upright are left out."""
    pairs = ((shape, holder) for shape, holder in part.holders.items() if holder.get("orient") != "vert")
    return tuple(_holder(shape, type_of(holder), number(holder, "idx"), styles) for shape, holder in pairs)


def _holder(shape: Element, type_: str, idx: int, styles: Styles) -> FoundHolder:
    above = styles.shape(type_)
    line = [shape] if above is None or above is shape else [shape, above]
    bodies = [
        body for each in line if (body := each.find(f"{qualified('p:txBody')}/{qualified('a:bodyPr')}")) is not None
    ]
    lists = [
        level
        for each in line
        if (level := each.find(f"{qualified('p:txBody')}/{qualified('a:lstStyle')}/{FIRST}")) is not None
    ]
    levels = [*lists, *styles.levels(type_)]
    runs = [run for each in levels if (run := each.find(DEFAULTS)) is not None]
    sized = [run for each in (*lists, *styles.levels(type_, general=False)) if (run := each.find(DEFAULTS)) is not None]
    latin = (font.get("typeface", "") for run in runs if (font := run.find(qualified("a:latin"))) is not None)
    left, top, right, bottom = (Length(_first(bodies, name, default)) for name, default in MARGINS.items())
    return FoundHolder(
        type_,
        idx,
        next((box for each in line if (box := box_of(each)) is not None), None),
        ANCHORS.get(_said(bodies, "anchor"), "t"),
        ALIGNS.get(_said(levels, "algn"), "l"),
        _first(sized, "sz", 0) / 100,
        _said(runs, "b") in ("1", "true"),
        _said(runs, "cap") == "all",
        next(latin, "+mj-lt" if type_ in TITLES else "+mn-lt"),
        (left, top, right, bottom),
        next((shade_of(fill) for run in runs if (fill := run.find(qualified("a:solidFill"))) is not None), None),
    )


def _said(elements: Iterable[Element], name: str) -> str:
    """Return what the nearest element says that says anything."""
    return next((value for each in elements if (value := each.get(name))), "")


def _first(elements: Iterable[Element], name: str, default: int) -> int:
    """Return the number that the nearest element says that says anything."""
    return next((number(each, name) for each in elements if each.get(name)), default)


def number(element: Element, name: str) -> int:
    """Return a whole number that an element has, 0 if it has none."""
    text = element.get(name, "").strip()
    digits = text.removeprefix("-")
    if not digits.isascii() or not digits.isdigit() or len(digits) > len(str(MOST)):
        return 0
    return max(-MOST, min(MOST, int(text)))


def box_of(shape: Element) -> Box | None:
    """Return where a shape stands, turned as it is; None if it does not say."""
    places = (shape.find(path) for path in PLACES)
    place = next((each for each in places if each is not None), None)
    offset, extent = (None, None) if place is None else (place.find(qualified("a:off")), place.find(qualified("a:ext")))
    if place is None or offset is None or extent is None:
        return None
    x, y, w, h = number(offset, "x"), number(offset, "y"), number(extent, "cx"), number(extent, "cy")
    if 45 <= number(place, "rot") / DEGREE % 180 < 135:
        x, y, w, h = x + (w - h) // 2, y + (h - w) // 2, h, w
    return Box(Length(x), Length(y), Length(w), Length(h))
