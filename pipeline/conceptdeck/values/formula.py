"""Formulas: what stands within a text between dollar signs, as a tree, in one line of plain text, and as MathML."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from enum import StrEnum
from functools import cached_property

from conceptdeck.values.value import frozen

__all__ = ["ACCENTS", "BIG", "MODULO", "Formula", "Kind", "Node", "in_italics", "row"]

ACCENTS = {  # signs that stand above a letter, and the marks that programs combine with it
    "^": "\u0302", "~": "\u0303", "\u00af": "\u0304", "\u02d9": "\u0307", "\u00a8": "\u0308", "\u2192": "\u20d7",
}  # fmt: skip
ARROW, BAR = "\u2192", "\u2015"
BIG = "∑∏∐∫∬∭∮⋃⋂⨁⨂⋁⋀"
SPACED = "+−-*±∓×÷·∗∘=<>≠≤≥≪≫≈≡∼~≅∝∣→←↔⇒⇐⇔↦∈∉∋⊂⊆⊃⊇∪∩∖∧∨⊕⊗∥⊥⊢⊨"  # signs that stand between two things
MODULO, GIVEN = "mod", "∣"
OPENING, CLOSING = "([{⟨⌊⌈", ")]}⟩⌋⌉"
RAISED = dict(zip("0123456789+−=()n", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁼⁽⁾ⁿ", strict=True)) | {"∘": "°", "′": "′", "″": "″", "‴": "‴"}
LOWERED = dict(zip("0123456789+−=()aehijklmnoprstuvx", "₀₁₂₃₄₅₆₇₈₉₊₋₌₍₎ₐₑₕᵢⱼₖₗₘₙₒₚᵣₛₜᵤᵥₓ", strict=True))


class Kind(StrEnum):
    """What a node is: first those with a text, then those with parts."""

    LETTER = "letter"  # in italics
    NAME = "name"  # letters that stand upright
    NUMBER = "number"
    SIGN = "sign"
    TEXT = "text"
    SPACE = "space"  # its text is its width in ems
    ROW = "row"
    FRACTION = "fraction"
    STACK = "stack"  # a fraction without its line
    ROOT = "root"  # what it is taken of, and its degree if that is not two
    LOW = "low"  # its base, and what stands low beside it
    HIGH = "high"
    BOTH = "both"  # its base, what stands low and what stands high beside it
    BELOW = "below"
    ABOVE = "above"
    AROUND = "around"  # its base, what stands below and what stands above it
    ACCENT = "accent"  # its base, and the sign above it as its text
    BAR = "bar"
    UNDERBAR = "underbar"
    FENCE = "fence"  # a row between two signs, its text, that are as high as it is
    TABLE = "table"  # of lines
    LINE = "line"  # of a table, of cells


@frozen
class Node:
    """A thing in a formula: what it is, its text if it has one, or its parts."""

    kind: Kind
    text: str = ""
    parts: tuple[Node, ...] = ()


@frozen(cached=True)
class Formula:
    """A formula as it was typed, without its dollar signs, and as it is understood."""

    latex: str
    root: Node

    @cached_property
    def plain(self) -> str:
        """Return the formula in one line of plain text, as it is read out and compared."""
        return " ".join(_plain(self.root).split())

    @cached_property
    def mathml(self) -> str:
        """Return what stands within the element `math`."""
        return _mathml(self.root)


def row(parts: Sequence[Node]) -> Node:
    """Return parts that stand beside each other as one node."""
    return parts[0] if len(parts) == 1 else Node(Kind.ROW, parts=tuple(parts))


def in_italics(letter: str) -> str:
    """Return the letter that mathematics has for a letter in italics; what has none stays."""
    if letter == "h":
        return "\u210e"  # the constant of Planck has its place
    name = unicodedata.name(letter, "")
    words = name.replace("LATIN ", "").replace("GREEK ", "").replace("LETTER ", "")
    if not name.startswith(("LATIN ", "GREEK ")):
        return letter
    try:
        return unicodedata.lookup(f"MATHEMATICAL ITALIC {words}")
    except KeyError:
        return letter


# --- plain text ----------------------------------------------------------------------------------


def _plain(node: Node) -> str:
    texts = [_plain(part) for part in node.parts]
    match node.kind:
        case Kind.SPACE:
            return " " if float(node.text) > 0 else ""
        case Kind.ROW:
            return _beside(node.parts, texts)
        case Kind.FRACTION | Kind.STACK:
            sign = "/" if node.kind is Kind.FRACTION else " over "
            return sign.join(map(_held, node.parts, texts))
        case Kind.ROOT:
            degree = _moved(texts[1], RAISED, "") if len(texts) > 1 else ""
            return f"{degree}√{_held(node.parts[0], texts[0])}"
        case Kind.LOW | Kind.BELOW:
            return _base(node, texts) + _moved(texts[1], LOWERED, "_")
        case Kind.HIGH | Kind.ABOVE:
            return _base(node, texts) + _moved(texts[1], RAISED, "^")
        case Kind.BOTH | Kind.AROUND:
            return _base(node, texts) + _moved(texts[1], LOWERED, "_") + _moved(texts[2], RAISED, "^")
        case Kind.ACCENT:
            return _held(node.parts[0], texts[0]) + ACCENTS.get(node.text, node.text)
        case Kind.BAR:
            return _held(node.parts[0], texts[0]) + "\u0305"
        case Kind.UNDERBAR:
            return _held(node.parts[0], texts[0]) + "\u0332"
        case Kind.FENCE:
            return node.text[:1].strip() + texts[0] + node.text[1:].strip()
        case Kind.TABLE:
            return "; ".join(texts)
        case Kind.LINE:
            return ", ".join(texts)
        case _:
            return "|" if node.text == GIVEN else node.text


def _held(node: Node, text: str) -> str:
    """Return the text of a node in brackets, unless it is one thing."""
    return f"({text})" if node.kind in (Kind.ROW, Kind.FRACTION, Kind.STACK, Kind.TABLE) and node.parts else text


def _base(node: Node, texts: Sequence[str]) -> str:
    """Return what something is raised or lowered beside, in brackets if it has such a thing itself."""
    base = node.parts[0]
    return f"({texts[0]})" if base.kind in SCRIPTED else _held(base, texts[0])


def _moved(text: str, signs: dict[str, str], mark: str) -> str:
    """Return a text as raised or lowered signs, or after a mark if not all of it has such."""
    if all(char in signs for char in text.replace(" ", "")):
        return "".join(signs[char] for char in text if char != " ")
    return f"{mark}{text}" if len(text) == 1 else f"{mark}({text})"


def _beside(parts: Sequence[Node], texts: Sequence[str]) -> str:
    """Return texts beside each other, with spaces around what stands between two things, and after names."""
    made = ""
    for part, text in zip(parts, texts, strict=True):
        last = made.rstrip()[-1:]
        if part.kind is Kind.SIGN and (part.text in SPACED or text == MODULO) and last not in SPACED + OPENING + ",":
            made += f" {text} "
        elif part.kind is Kind.SIGN and text in (",", ";"):
            made += f"{text} "
        else:
            made = made.rstrip() if text[:1] in OPENING and made.rstrip()[-1:].isalpha() else made
            made += text + " " * _needs_space(part, text)
    for sign in CLOSING + ",;":
        made = made.replace(f" {sign}", sign)
    return made


def _needs_space(part: Node, text: str) -> bool:
    """Tell whether what follows stands apart: after the name of a function, and after a sum."""
    base = part.parts[0] if part.parts and part.kind in SCRIPTED else part
    return (base.kind is Kind.NAME and len(base.text) > 1) or (
        base is not part and base.text != "" and base.text in BIG
    )


SCRIPTED = (Kind.LOW, Kind.HIGH, Kind.BOTH, Kind.BELOW, Kind.ABOVE, Kind.AROUND)


# --- MathML --------------------------------------------------------------------------------------

TAGS = {
    Kind.ROW: "mrow", Kind.FRACTION: "mfrac", Kind.LOW: "msub", Kind.HIGH: "msup", Kind.BOTH: "msubsup",
    Kind.BELOW: "munder", Kind.ABOVE: "mover", Kind.AROUND: "munderover", Kind.TABLE: "mtable", Kind.LINE: "mtr",
}  # fmt: skip
SIGNS = {Kind.LETTER: "mi", Kind.NUMBER: "mn", Kind.TEXT: "mtext"}


def _mathml(node: Node) -> str:
    inner, text = [_mathml(part) for part in node.parts], _escaped(node.text)
    match node.kind:
        case Kind.NAME:
            return f'<mi mathvariant="normal">{text}</mi>' if len(node.text) == 1 else f"<mi>{text}</mi>"
        case Kind.SIGN:
            still = ' stretchy="false"' if node.text in OPENING + CLOSING + "|∣∥" else ""
            return f"<mo{still}>{text}</mo>"
        case Kind.SPACE:
            return f'<mspace width="{text}em"/>'
        case Kind.STACK:
            return f'<mfrac linethickness="0">{"".join(inner)}</mfrac>'
        case Kind.ROOT:
            return f"<mroot>{''.join(inner)}</mroot>" if len(inner) > 1 else f"<msqrt>{inner[0]}</msqrt>"
        case Kind.ACCENT:
            stretched = "true" if node.text == ARROW else "false"
            return f'<mover accent="true">{inner[0]}<mo stretchy="{stretched}">{text}</mo></mover>'
        case Kind.BAR:
            return f'<mover accent="true">{inner[0]}<mo stretchy="true">{BAR}</mo></mover>'
        case Kind.UNDERBAR:
            return f'<munder accentunder="true">{inner[0]}<mo stretchy="true">{BAR}</mo></munder>'
        case Kind.FENCE:
            return f"<mrow>{_fence(node.text[:1], 'prefix')}{inner[0]}{_fence(node.text[1:], 'postfix')}</mrow>"
        case Kind.LINE:
            return f"<mtr>{''.join(f'<mtd>{each}</mtd>' for each in inner)}</mtr>"
        case Kind.LETTER | Kind.NUMBER | Kind.TEXT:
            return f"<{SIGNS[node.kind]}>{text}</{SIGNS[node.kind]}>"
        case _:
            return f"<{TAGS[node.kind]}>{''.join(inner)}</{TAGS[node.kind]}>"


def _fence(sign: str, form: str) -> str:
    return f'<mo fence="true" stretchy="true" form="{form}">{_escaped(sign)}</mo>' if sign.strip() else ""


def _escaped(text: str) -> str:
    """Return a text as an element holds it."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
