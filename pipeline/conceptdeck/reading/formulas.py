"""Formulas as LaTeX writes them, and what in them is not understood; the only door to the library that reads them.

Texts without formulas never meet the library, whose import takes longer than a small map.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from itertools import groupby
from typing import TYPE_CHECKING

from conceptdeck.values.formula import ACCENTS, MODULO, Formula, Kind, Node, row
from conceptdeck.values.regex import regex

if TYPE_CHECKING:
    from xml.etree import ElementTree

__all__ = ["FORMULA", "formula_of"]

FORMULA = regex(r"(?<![A-Za-z0-9$])\$(?=[^\s$])((?:\\[^\n]|[^$\\\n])+)(?<=\S)\$(?!\d)")
"""A dollar sign before something and one after something; not after a letter or a figure, not before a figure."""
LONGEST, DEEPEST = 500, 12  # characters, and brackets within each other
ONE_UPRIGHT = regex(r"\\mathrm\{([A-Za-z])\}")  # which the library takes for an ordinary letter
ESCAPED = regex(r"\\.")
BARS = "\u2015\u00af\u203e_"
PLACED = {"msub": Kind.LOW, "msup": Kind.HIGH, "msubsup": Kind.BOTH, "munder": Kind.BELOW, "mover": Kind.ABOVE,
          "munderover": Kind.AROUND, "mroot": Kind.ROOT}  # fmt: skip
COUNTS = {"mfrac": 2, "msub": 2, "msup": 2, "msubsup": 3, "munder": 2, "mover": 2, "munderover": 3, "mroot": 2}
ROWS = ("mrow", "mstyle", "mtd", "math")
STYLES = {"bold": "BOLD", "italic": "ITALIC", "bold-italic": "BOLD ITALIC"}
SPACES, QUARTER = regex(r"-?[0-2](?:\.\d{1,3})?"), "0.25"  # of an em
UNDRAWN = "it has something that is not drawn here, such as a box, a colour or a line break"
FENCES = "()[]{}|⟨⟩⌊⌋⌈⌉‖∥"
WIDTHS = {"negativethinmathspace": "-0.167", "negativemediummathspace": "-0.222", "negativethickmathspace": "-0.278"}


class _Unknown(Exception):
    """What in a formula is not understood."""


@lru_cache(maxsize=512)
def formula_of(latex: str) -> Formula | str:
    """Return a formula, or what of it is not understood."""
    depth = most = 0
    for char in ESCAPED.sub("", latex):
        depth += {"{": 1, "}": -1}.get(char, 0)
        most = max(most, depth)
    if len(latex) > LONGEST or most > DEEPEST:
        return "it is too long" if len(latex) > LONGEST else "it has too many brackets within each other"
    if depth:
        return "a brace has no partner"
    try:
        root = _row(_parsed(latex))
    except _Unknown as found:
        return str(found)
    made = Formula(latex, root)
    return made if made.plain else "it shows nothing"


def _parsed(latex: str) -> ElementTree.Element:
    """Return a formula as the library understands it."""
    from latex2mathml.converter import convert_to_element

    try:
        made: ElementTree.Element = convert_to_element(ONE_UPRIGHT.sub(r"\\text{\1}", latex))
    except Exception as found:  # it has one for each mistake, and lets others out
        raise _Unknown(MISTAKES.get(type(found).__name__, "something is missing in it")) from None
    return made


MISTAKES = {
    "NumeratorNotFoundError": "a fraction has nothing above its line",
    "DenominatorNotFoundError": "a fraction has nothing below its line",
    "ExtraLeftOrMissingRightError": "`\\left` and `\\right` do not come in pairs",
    "MissingSuperScriptOrSubscriptError": "nothing follows a `_` or a `^`",
    "DoubleSubscriptsError": "two `_` follow each other",
    "DoubleSuperscriptsError": "two `^` follow each other",
    "MissingEndError": "a `\\begin` has no `\\end`",
}


def _node(element: ElementTree.Element) -> Node:
    """Return an element of MathML as a node."""
    tag, children = element.tag, list(element)
    if tag in ROWS and set(element.attrib) <= {"displaystyle", "scriptlevel", "columnalign", "xmlns", "display"}:
        return _row(element)
    if tag in COUNTS and len(children) != COUNTS[tag]:
        raise _Unknown("something is missing in it")
    if tag == "mfrac":
        kind = Kind.STACK if element.get("linethickness") == "0" else Kind.FRACTION
        return Node(kind, parts=tuple(map(_node, children)))
    if tag == "msqrt":
        return Node(Kind.ROOT, parts=(_row(element),))
    if tag == "mtable":
        lines = [Node(Kind.LINE, parts=tuple(map(_row, line))) for line in children]
        return Node(Kind.TABLE, parts=tuple(lines))
    if tag in ("mover", "munder") and (made := _barred(tag, children)):
        return made
    if tag in PLACED:
        return Node(PLACED[tag], parts=tuple(map(_node, children)))
    return _leaf(element)


def _barred(tag: str, children: Sequence[ElementTree.Element]) -> Node | None:
    """Return a base with an accent or a bar, None if what stands beside it is neither."""
    base, sign = children
    text = _unescaped(sign.text or "") if sign.tag == "mo" else ""
    over = tag == "mover"
    if text and text in BARS and not (over and text == "\u00af"):
        return Node(Kind.BAR if over else Kind.UNDERBAR, parts=(_node(base),))
    return Node(Kind.ACCENT, text, (_node(base),)) if over and text in ACCENTS else None


def _leaf(element: ElementTree.Element) -> Node:
    """Return an element with a text as a node."""
    raw = (element.text or "").strip(" \n\t")
    text = _unescaped(raw)
    if raw == "&" or text.startswith("\\") or (text in "{}" and raw == text and text):
        raise _Unknown(f"`{text}` is not known here" if len(text) > 1 else f"`{text}` stands alone")
    if len(element) or text in ("\u23de", "\u23df"):
        raise _Unknown(UNDRAWN)
    if element.tag == "mspace" and "width" in element.attrib:
        width = WIDTHS.get(element.attrib["width"], element.attrib["width"]).removesuffix("em")
        return Node(Kind.SPACE, width if SPACES.fullmatch(width) else QUARTER)
    if element.tag == "mtext" or (element.tag == "mi" and not text.isascii() and unicodedata.category(text[0]) == "Lo"):
        return Node(Kind.TEXT, text) if text.strip("\u00a0 ") else Node(Kind.SPACE, QUARTER)
    if element.tag == "mn":
        return Node(Kind.NUMBER, text)
    if element.tag == "mo":
        return Node(Kind.NAME if text.isalpha() and len(text) > 1 and text != MODULO else Kind.SIGN, text)
    if element.tag == "mi" and text:
        return _letter(text, element.get("mathvariant", ""))
    raise _Unknown(UNDRAWN)


def _letter(text: str, variant: str) -> Node:
    if not text.isalpha() or len(text) > 1:
        return Node(Kind.NAME if text.isalpha() else Kind.SIGN, text)
    if variant in ("bold", "bold-italic"):
        name = unicodedata.name(text, "").replace("LATIN ", "").replace("GREEK ", "").replace("LETTER ", "")
        try:
            return Node(Kind.LETTER, unicodedata.lookup(f"MATHEMATICAL {STYLES[variant]} {name}"))
        except KeyError:
            return Node(Kind.LETTER, text)
    return Node(Kind.NAME if variant == "normal" else Kind.LETTER, text)


def _row(element: ElementTree.Element) -> Node:
    """Return what stands beside each other in an element, with brackets around what they hold."""
    children = list(element)
    if len(children) > 1 and children[0].get("form") == "prefix" and children[0].get("fence"):
        closed = children[-1].get("form") == "postfix"
        inner = row(list(_joined(map(_node, children[1 : -1 if closed else None]))))
        signs = [_unescaped(each.text or " ") for each in (children[0], *children[-1:] * closed)]
        return Node(Kind.FENCE, "".join(signs).ljust(2), (inner,))
    return row(list(_fenced(list(_joined(map(_node, children))))))


def _joined(nodes: Iterable[Node]) -> Iterator[Node]:
    """Yield nodes, upright letters beside each other as one name, and what is a text as one text."""
    for kind, some in groupby(nodes, key=lambda each: each.kind):
        if kind is Kind.TEXT or kind is Kind.NAME:
            run = list(some)
            singles = kind is Kind.TEXT or all(len(each.text) == 1 for each in run)
            yield from [Node(kind, "".join(each.text for each in run))] if singles else run
        else:
            yield from some


def _fenced(nodes: Sequence[Node]) -> Iterator[Node]:
    """Yield nodes; brackets around a table or a stack are as high as it is."""
    at = 0
    while at < len(nodes):
        held = nodes[at : at + 3]
        high = len(held) == 3 and held[1].kind in (Kind.TABLE, Kind.STACK)
        if high and all(each.kind is Kind.SIGN and each.text in FENCES for each in (held[0], held[2])):
            yield Node(Kind.FENCE, held[0].text + held[2].text, (held[1],))
            at += 3
        else:
            yield nodes[at]
            at += 1


def _unescaped(text: str) -> str:
    """Return a text with the characters that its entities stand for."""
    from html import unescape  # brings a list of all entities

    return unescape(text)
