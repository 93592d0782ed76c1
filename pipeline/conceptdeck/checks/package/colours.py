"""Colours of masters: the scheme of their theme, the map that leads to it, and what slides stand on."""

from __future__ import annotations

from conceptdeck.checks.package.opened import Element, Part
from conceptdeck.checks.package.schema import qualified
from conceptdeck.values.masters import Ground, Shade

__all__ = ["background", "fill_of", "map_of", "override_of", "scheme_of", "shade_of"]

MAP = ("bg1", "tx1", "bg2", "tx2", *(f"accent{each}" for each in range(1, 7)), "hlink", "folHlink")
STANDARD = dict(zip(MAP, ("lt1", "dk1", "lt2", "dk2", *MAP[4:]), strict=True))
FILLS = {"solidFill": "", "gradFill": "gradient", "blipFill": "picture", "pattFill": "gradient"}
FIRST_FILL = 1001  # ST_StyleMatrixColumnIndex of the first background
OFF_COLOUR = "phClr"  # the colour of who refers to a style
SIXES = frozenset("0123456789abcdefABCDEF")
THOUSANDTHS = 1000  # of a percent


def scheme_of(theme: Part) -> dict[str, str]:
    """Return the colours of a theme by name, as six digits; what is no such colour is left out."""
    scheme = next(iter(theme.all("a:clrScheme")), None)
    found = {} if scheme is None else {each.tag.rpartition("}")[2]: _digits(each) for each in scheme.iterchildren("*")}
    return {name: digits for name, digits in found.items() if digits}


def _digits(element: Element) -> str:
    """Return the colour in an element as six digits."""
    for each in element.iterchildren("*"):
        value = each.get("lastClr") or each.get("val") or ""
        if len(value) == 6 and SIXES.issuperset(value):
            return value.upper()
    return ""


def map_of(master: Part) -> dict[str, str]:
    """Return the colour map of a master; what it leaves out is as usual."""
    return {**STANDARD, **_mapped(next(iter(master.all("p:clrMap")), None))}


def override_of(layout: Part) -> dict[str, str]:
    """Return what a layout maps in another way than its master."""
    return _mapped(next(iter(layout.all("a:overrideClrMapping")), None))


def _mapped(element: Element | None) -> dict[str, str]:
    return {} if element is None else {name: value for name in MAP if (value := element.get(name))}


def background(page: Part, theme: Part | None) -> Ground | None:
    """Return what a page says that it stands on, None if it says nothing."""
    own = page.root.find(f"{qualified('p:cSld')}/{qualified('p:bg')}")
    if own is None:
        return None
    drawn, named = own.find(qualified("p:bgPr")), own.find(qualified("p:bgRef"))
    if drawn is not None:
        return _ground(drawn)
    return None if named is None else _styled(named, theme)


def _styled(named: Element, theme: Part | None) -> Ground:
    """Return the ground that a reference to the theme's styles means."""
    shade = shade_of(named) or Shade("bg1")
    styles = [] if theme is None else [list(each) for each in theme.all("a:bgFillStyleLst")]
    text = named.get("idx", "")
    at = int(text) - FIRST_FILL if text.isascii() and text.isdigit() and len(text) < 6 else -1
    fill = styles[0][at] if styles and 0 <= at < len(styles[0]) else None
    kind = "" if fill is None else FILLS.get(str(fill.tag).rpartition("}")[2], "")
    own = None if fill is None or kind else shade_of(fill)
    if own is None or (own.name == OFF_COLOUR and (own.mod, own.off) == (100, 0)):
        return Ground(shade, kind)
    if own.name == OFF_COLOUR:
        return Ground(Shade(shade.name, own.mod, own.off, shade.fixed), kind)
    return Ground(own, kind)


def _ground(properties: Element) -> Ground:
    for child in properties.iterchildren("*"):
        kind = FILLS.get(child.tag.rpartition("}")[2])
        if kind is not None:
            return Ground(shade_of(child) or _first_stop(child) or Shade("bg1"), kind)
    return Ground()


def _first_stop(fill: Element) -> Shade | None:
    """Return the first colour of a gradient."""
    stop = fill.find(f"{qualified('a:gsLst')}/{qualified('a:gs')}")
    return None if stop is None else shade_of(stop)


def shade_of(element: Element) -> Shade | None:
    """Return the colour that an element holds, None if it is of a kind that is not read."""
    for each in element.iterchildren("*"):
        if each.tag == qualified("a:schemeClr"):
            mod, off = _percent(each, "lumMod", 100.0), _percent(each, "lumOff", 0.0)
            return Shade(each.get("val", ""), mod, off)
    digits = _digits(element)
    return Shade(fixed=digits) if digits else None


def _percent(colour: Element, name: str, default: float) -> float:
    """Return what luminance is multiplied or shifted by."""
    found = colour.find(qualified(f"a:{name}"))
    text = "" if found is None else found.get("val", "")
    return int(text) / THOUSANDTHS if text.isascii() and text.isdigit() and len(text) < 8 else default


def fill_of(shape: Element) -> tuple[Shade | None, str]:
    """Return the colour that a shape is filled with, if it is, and whether a picture or a gradient fills it."""
    properties = shape.find(qualified("p:spPr"))
    for child in () if properties is None else properties.iterchildren("*"):
        kind = FILLS.get(child.tag.rpartition("}")[2])
        if kind is not None:
            return shade_of(child) or _first_stop(child), kind
        if child.tag == qualified("a:noFill"):
            return None, ""
    style = shape.find(f"{qualified('p:style')}/{qualified('a:fillRef')}")
    return (shade_of(style), "") if style is not None and style.get("idx") != "0" else (None, "")
