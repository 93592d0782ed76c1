"""Lines of a program on a card, in the font of code and in the largest letters that hold them on the fewest slides."""

from __future__ import annotations

import math
from collections.abc import Sequence

from conceptdeck.layout.desk import Desk
from conceptdeck.layout.pages import chunks, frames_of, page_title
from conceptdeck.typeset.widths import SAFETY
from conceptdeck.values import deck
from conceptdeck.values.frame import Fill, Frame, Item, Paragraph, Run, Shape, TextBody
from conceptdeck.values.languages import is_rtl
from conceptdeck.values.slides import Token
from conceptdeck.values.text import Text
from conceptdeck.values.theme import Theme
from conceptdeck.values.units import Box, Length, points

__all__ = ["code"]

KEPT = "\N{NO-BREAK SPACE}"  # pages and programs drop spaces at the head of a line
LATIN = "en"  # code runs from the left in every language

Line = tuple[Token, ...]


def code(slide: deck.Code, desk: Desk) -> list[Frame]:
    """Lay out lines of code, on several slides if they are many."""
    layout, area = desk.layout("list"), desk.theme.column
    pad = layout.length("code-pad")
    size, held = _size(slide, desk, Length(area.w - 2 * pad), Length(area.h - 2 * pad))
    parts = max(1, math.ceil(len(slide.lines) / held))
    pages: list[list[Item]] = []
    for number, some in enumerate(chunks(slide.lines, parts), start=1):
        title = desk.placeholder(layout.placeholders["title"], page_title(slide.title, number, parts, desk.words))
        pages.append([title, _listing(slide, desk, some, size, number)])
    return frames_of(slide.key, "list", pages, desk.language, desk.theme.others[0])


def _size(slide: deck.Code, desk: Desk, width: Length, height: Length) -> tuple[float, int]:
    """Return the type size, and how many lines a slide holds at it: the fewest slides first, then large letters."""
    role = desk.theme.roles["code"]
    fitting = [size for size in role.sizes if max(_width(desk, line, size) for line in slide.lines) <= width]
    if not fitting:
        widest = max(slide.lines, key=lambda line: _width(desk, line, role.sizes[-1]))
        said = Text(_said(widest), f"{slide.key}.code", slide.span)
        desk.report(said, lambda value: _width(desk, (Token(value),), role.sizes[-1]) <= width)
        fitting = [role.sizes[-1]]
    held = {size: max(1, int(height // points(round(size * role.leading, 1)))) for size in fitting}
    fewest = min(math.ceil(len(slide.lines) / count) for count in held.values())
    size = next(size for size, count in held.items() if math.ceil(len(slide.lines) / count) == fewest)
    return size, held[size]


def _width(desk: Desk, line: Line, size: float) -> float:
    """Return the width of a line of code, as bold as it may be."""
    return desk.typesetter.natural_width(_said(line), desk.theme.mono, True, size, LATIN) * SAFETY


def _said(line: Line) -> str:
    """Return the text of a line, whose indentation programs keep."""
    text = "".join(token.text for token in line)
    bare = text.lstrip(" ")
    return KEPT * (len(text) - len(bare)) + bare or KEPT


def _listing(slide: deck.Code, desk: Desk, lines: Sequence[Line], size: float, number: int) -> Shape:
    """Return lines of code on a card that is as high as they need."""
    layout, area, role = desk.layout("list"), desk.theme.column, desk.theme.roles["code"]
    pad, pitch = layout.length("code-pad"), round(size * role.leading, 1)
    box = Box(area.x, area.y, area.w, Length(points(pitch) * len(lines) + 2 * pad))
    turned = is_rtl(desk.language)
    paragraphs = tuple(
        Paragraph(
            tuple(_runs(desk.theme, line, size)),
            (_said(line),),
            pitch,
            "r" if turned else "l",
            extent=round(_width(desk, line, size)),
            language=LATIN if turned else "",
        )
        for line in lines
    )
    desk.used[role.name] = size
    body = TextBody(paragraphs, "t", (pad, pad, pad, pad), slide.span, wrap=False)
    name = f"{slide.key}.code" + (f"#{number}" if number > 1 else "")
    return Shape(name, "rect", box, Fill("card"), desk.hairline(), body, of=slide.key, part="code")


def _runs(theme: Theme, line: Line, size: float) -> list[Run]:
    """Return a line of code in runs, each in the colour of what it is."""
    said, start, found = _said(line), 0, list[Run]()
    for token in line or (Token(KEPT),):
        text = said[start : start + len(token.text)]
        start += len(token.text)
        slot, bold = _look(theme, token.kind)
        found.append(Run(text, size, slot, bold, mono=theme.mono))
    return found


def _look(theme: Theme, kind: str) -> tuple[str, bool]:
    """Return the colour of a kind of words, and whether they are bold."""
    others = theme.others
    accents = dict(zip(("keyword", "number", "string"), (others * 3)[:3], strict=True)) | {"name": theme.goal}
    if kind == "comment":
        return "secondary", False
    return (f"accent{accents[kind]}", kind in ("keyword", "name")) if kind in accents else ("ink", False)
