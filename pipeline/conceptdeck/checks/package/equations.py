"""Equations of Office in one line of plain text, as formulas of a map say it (OMML, shared-math.xsd of ECMA-376)."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator
from itertools import groupby

from conceptdeck.checks.package.opened import Element
from conceptdeck.checks.package.schema import qualified
from conceptdeck.values.formula import ACCENTS, MODULO, Formula, Kind, Node, row

__all__ = ["plain_equation"]

DEEPEST = 40
PARTS = {  # of each element, what it is and where its parts are
    "f": (Kind.FRACTION, ("num", "den")), "rad": (Kind.ROOT, ("e", "deg")), "sSub": (Kind.LOW, ("e", "sub")),
    "sSup": (Kind.HIGH, ("e", "sup")), "sSubSup": (Kind.BOTH, ("e", "sub", "sup")),
    "limLow": (Kind.BELOW, ("e", "lim")), "limUpp": (Kind.ABOVE, ("e", "lim")), "mr": (Kind.LINE, ()),
}  # fmt: skip
OF_MATH = qualified("m:")
SIGNS = {mark: sign for sign, mark in ACCENTS.items()}
SPACES = "\u2003\u2002\u2005\u2009\u00a0 "
RUN, TEXT, NORMAL, STYLE, VALUE = (qualified(f"m:{name}") for name in ("r", "t", "nor", "sty", "val"))


def plain_equation(element: Element) -> str:
    """Return what an element that holds equations says."""
    return Formula("", _inside(element)).plain


def _inside(element: Element, depth: int = 0) -> Node:
    """Return what stands in an element."""
    if depth > DEEPEST:
        return Node(Kind.TEXT, "…")
    return row([node for child in element for node in _nodes(child, depth + 1)])


def _nodes(element: Element, depth: int) -> Iterator[Node]:
    name = str(element.tag).removeprefix(OF_MATH)
    if element.tag == RUN:
        yield from _texts(element)
    elif name in ("acc", "bar", "d", "m", "nary"):
        yield from _special(name, element, depth)
    elif name in PARTS:
        kind, names = PARTS[name]
        parts = [_part(element, each, depth) for each in names] if names else [_inside(e, depth) for e in element]
        if kind is Kind.ROOT and parts[-1] == row([]):
            parts.pop()
        if _says(element, "fPr", "type") == "noBar":
            kind = Kind.STACK
        if kind is Kind.ABOVE and parts[0].kind is Kind.BELOW:
            kind, parts = Kind.AROUND, [*parts[0].parts, parts[1]]
        yield Node(kind, parts=tuple(parts))
    elif not name.endswith("Pr"):
        yield from (node for child in element for node in _nodes(child, depth + 1) if depth < DEEPEST)


def _special(name: str, element: Element, depth: int) -> Iterator[Node]:
    """Yield what has more than parts."""
    inner = _part(element, "e", depth)
    if name == "acc":
        yield Node(Kind.ACCENT, SIGNS.get(_says(element, "accPr", "chr", "\u0302"), "^"), (inner,))
    elif name == "bar":
        yield Node(Kind.BAR if _says(element, "barPr", "pos", "bot") == "top" else Kind.UNDERBAR, parts=(inner,))
    elif name == "d":
        ends = [_says(element, "dPr", end, sign) or " " for end, sign in (("begChr", "("), ("endChr", ")"))]
        yield Node(Kind.FENCE, "".join(ends), (inner,))
    elif name == "m":
        lines = [row_ for row_ in element if row_.tag == qualified("m:mr")]
        parts = (Node(Kind.LINE, parts=tuple(_inside(cell, depth) for cell in line)) for line in lines)
        yield Node(Kind.TABLE, parts=tuple(parts))
    else:
        sign = Node(Kind.SIGN, _says(element, "naryPr", "chr", "∫"))
        limits = [_part(element, each, depth) for each in ("sub", "sup")]
        there = [kind for kind, part in zip((Kind.LOW, Kind.HIGH), limits, strict=True) if part != row([])]
        kind = Kind.BOTH if len(there) > 1 else there[0] if there else None
        yield Node(kind, parts=(sign, *(each for each in limits if each != row([])))) if kind else sign
        yield inner


def _part(element: Element, name: str, depth: int) -> Node:
    found = element.find(qualified(f"m:{name}"))
    return row([]) if found is None else _inside(found, depth + 1)


def _says(element: Element, properties: str, name: str, default: str = "") -> str:
    """Return the value of a property."""
    found = element.find(f"{qualified(f'm:{properties}')}/{qualified(f'm:{name}')}")
    return default if found is None else found.get(VALUE, default)


def _texts(run: Element) -> Iterator[Node]:
    """Yield what a run says, sign by sign; letters of mathematics as the letters that they are."""
    text = "".join(each.text or "" for each in run.findall(TEXT))
    if next(run.iter(NORMAL), None) is not None:
        yield Node(Kind.TEXT, text)
        return
    style = next(run.iter(STYLE), None)
    upright = style is not None and style.get(VALUE) == "p"
    for kind, some in groupby(map(_letter, text), key=lambda char: _kind(char, upright=upright)):
        yield from _grouped(kind, "".join(some))


def _grouped(kind: Kind, text: str) -> Iterable[Node]:
    if kind is Kind.SPACE:
        return [Node(kind, "0.25")]
    if text == MODULO:
        return [Node(Kind.SIGN, text)]
    return [Node(kind, text)] if kind in (Kind.NAME, Kind.NUMBER) else [Node(kind, char) for char in text]


def _letter(char: str) -> str:
    """Return the letter that a letter in italics stands for; those in other styles stay."""
    italic = char == "\u210e" or unicodedata.name(char, "").startswith("MATHEMATICAL ITALIC ")
    return unicodedata.normalize("NFKC", char) if italic else char


def _kind(char: str, *, upright: bool) -> Kind:
    if char in SPACES:
        return Kind.SPACE
    if char.isdigit() or char == ".":
        return Kind.NUMBER
    if char.isalpha():
        return Kind.NAME if upright else Kind.LETTER
    return Kind.SIGN
