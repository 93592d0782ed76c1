"""Texts of a saved deck: their paragraphs in stretches of one look, as far as the file says how they look."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from conceptdeck.checks.package.equations import plain_equation
from conceptdeck.checks.package.opened import Element
from conceptdeck.checks.package.schema import qualified
from conceptdeck.values.memory import Look, SavedParagraph, Stretch

__all__ = ["paragraphs_in"]

PARAGRAPH, RUN, BREAK, FIELD = (qualified(f"a:{tag}") for tag in ("p", "r", "br", "fld"))
TEXT, SETTING, LOOK, FILL, FACE, CLICK = (
    qualified(f"a:{tag}") for tag in ("t", "pPr", "rPr", "solidFill", "latin", "hlinkClick")
)
TARGET = qualified("r:id")
ALTERNATE, FALLBACK, FORMULA = qualified("mc:AlternateContent"), qualified("mc:Fallback"), qualified("a14:m")
MOST_LEVELS = 8
YES, NO = ("1", "true"), ("0", "false")


def paragraphs_in(element: Element, address: Callable[[str], str]) -> tuple[SavedParagraph, ...]:
    """Return the paragraphs below an element; `address` says where a relationship leads to."""
    return tuple(_paragraph(each, address) for each in element.iter(PARAGRAPH))


def _paragraph(element: Element, address: Callable[[str], str]) -> SavedParagraph:
    said = element.find(SETTING)
    level, align = ("0", "") if said is None else (said.get("lvl", "0"), said.get("algn", ""))
    stretches = tuple(_stretches(element, address, align[:8]))
    return SavedParagraph(stretches, min(_number(level), MOST_LEVELS))


def _stretches(paragraph: Element, address: Callable[[str], str], align: str) -> Iterator[Stretch]:
    """Yield the runs of a paragraph, a line break as one; the number of the slide is left out."""
    for child in paragraph:
        if child.tag == BREAK:
            yield Stretch("\n")
        elif child.tag == RUN or (child.tag == FIELD and child.get("type") != "slidenum"):
            text = "".join(each.text or "" for each in child.findall(TEXT))
            if text:
                said = child.find(LOOK)
                yield Stretch(text, Look(align=align) if said is None else _look(said, align), _link(said, address))
        elif child.tag in (ALTERNATE, FORMULA):
            yield from _formula(child, address, align)


def _formula(element: Element, address: Callable[[str], str], align: str) -> Iterator[Stretch]:
    """Yield a formula as plain text: that which stands there for programs that know none, if there is one."""
    plain = [each for fallback in element.findall(FALLBACK) for each in _stretches(fallback, address, align)]
    yield from plain or [Stretch(plain_equation(element))]


def _look(said: Element, align: str) -> Look:
    fill, face = said.find(FILL), said.find(FACE)
    is_plain = said.find(CLICK) is None  # programs give links the colour that the theme has for them
    colour = fill[0].get("val", "") if fill is not None and len(fill) and is_plain else ""
    return Look(
        _flag(said.get("b", "")),
        _flag(said.get("i", "")),
        _number(said.get("sz", "0")),
        colour[:40],
        "" if face is None else face.get("typeface", "")[:100],
        align,
    )


def _flag(said: str) -> bool | None:
    return True if said in YES else False if said in NO else None


def _number(said: str) -> int:
    return int(said[:9]) if said.isascii() and said.isdigit() else 0


def _link(said: Element | None, address: Callable[[str], str]) -> str:
    click = None if said is None else said.find(CLICK)
    return "" if click is None else address(click.get(TARGET, ""))
