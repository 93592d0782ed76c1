"""Drawings that the tests of painters share, made by hand: no layout has a part in them."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

from conceptdeck.reading.theme import load_theme
from conceptdeck.typeset.fonts import Family, FontBook
from conceptdeck.typeset.lines import Look, Typesetter
from conceptdeck.values.frame import Drawing, Fill, Paragraph, Route, Run, Shape, Stroke, TextBody
from conceptdeck.values.hyphens import marked, without_soft
from conceptdeck.values.theme import Theme
from conceptdeck.values.units import Box, Point, Size, pixels
from conceptdeck.workspace import places

FONTS = places.shipped("themes") / "fonts"
AWKWARD = {  # of promises.md: text to survive
    "backslashes": r"C:\ \N \G",
    "markup": "<lambda> <map> &copy; R&D ]]>",
    "quotes": "\"quoted\" 'single' a:b {count} _x000D_",
    "tab": "before\tafter  two spaces",
    "no-break": "10\u00a0km soft\u00adhyphen",
    "emoji": "👩\u200d🚀 ok ❤\ufe0f",
    "marks": "e\u0301a\u0308 naïve",
    "arabic": "نموذج العالم (World Model 2) يتعلّم 42% من الفيديو",
    "hebrew": "מודל World 3.0, עולם",
    "thai": "แบบจำลองโลกเรียนรู้",
    "japanese": "「世界モデル」は、（映像）を学ぶ。",
    "chinese": "世界模型（World Model）",
    "combined": "офис ffi fl — “x” → y… 1½",
}


@cache
def theme(name: str = "atlas") -> Theme:
    return load_theme(name, places.find_theme)


@cache
def book(name: str = "atlas") -> FontBook:
    """Return the faces of the repository, without those of packages that may be installed or not."""
    families = [Family(each.name, each.name, each.regular, each.bold) for each in theme(name).families]
    return FontBook(lambda path: (FONTS / path).read_bytes(), families, theme(name).fallbacks)


def paragraph(
    text: str,
    *,
    size: float = 12.0,
    slot: str = "ink",
    bold: bool = False,
    align: str = "l",
    width: float = 600,
    language: str = "en",
) -> Paragraph:
    """Return a paragraph broken by the project's own typesetter."""
    setting = Typesetter(book()).set(text, Look("Calibri", bold, size, 1.25), pixels(width), language)
    assert setting, f"a word of {text!r} is wider than {width} px"
    (shown,) = marked([without_soft(text)], setting.marks)
    return Paragraph((Run(shown, size, slot, bold),), setting.lines, setting.leading.pt, align)


def centred(text: str, language: str, *, width: float = 180, slot: str = "ink", bold: bool = False) -> Paragraph:
    return paragraph(text, align="ctr", language=language, width=width, slot=slot, bold=bold)


def box(x: float, y: float, w: float, h: float) -> Box:
    return Box(pixels(x), pixels(y), pixels(w), pixels(h))


def at(x: float, y: float) -> Point:
    return Point(pixels(x), pixels(y))


def drawing(
    items: Sequence[Shape | Route], *, id: str = "sample", language: str = "en", size: tuple[float, float] = (700, 300)
) -> Drawing:
    return Drawing(
        id=id,
        map_id="world-models",
        title="Title <of> the “picture”",
        description="A relies on B & C.",
        caption="",
        language=language,
        size=Size(pixels(size[0]), pixels(size[1])),
        items=tuple(items),
    )


def node(
    name: str, place: Box, *paragraphs: Paragraph, preset: str = "roundRect", slot: str = "card", anchor: str = "ctr"
) -> Shape:
    text = TextBody(paragraphs, anchor, (pixels(8), pixels(4), pixels(8), pixels(4))) if paragraphs else None
    adjust = (("adj", 12_000),) if preset == "roundRect" else ()
    return Shape(name, preset, place, Fill(slot), Stroke("secondary", pixels(1)), text, adjust=adjust)


def sample(language: str = "en", id: str = "sample") -> Drawing:
    """Return a picture with shapes of several kinds and edges with and without arrowheads."""
    line = Stroke("accent2", pixels(1.75))
    dashed = Stroke("secondary", pixels(1.75), 0.8, dashed=True)
    core = centred("Core", language, slot="card", width=120)
    office = centred("Naïve “ffi” office & co", language, width=200)
    name = centred("World models", language, bold=True)
    role = centred("They learn how a world behaves", language, slot="secondary")
    bend = [at(570, 110), at(570, 160), at(540, 200), at(510, 215), at(490, 225), at(470, 235), at(450, 235)]
    items = (
        node("a", box(20, 30, 200, 80), name, role),
        node("b", box(460, 30, 220, 80), office, preset="rect"),
        node("c", box(250, 190, 200, 90), core, preset="ellipse", slot="accent5"),
        Route("a-b", (at(220, 70), at(300, 70), at(380, 70), at(460, 70)), "a", "b", line, arrow=True),
        Route("a-c", (at(120, 110), at(120, 200), at(160, 235), at(250, 235)), "a", "c", dashed, arrow=True),
        Route("b-c", tuple(bend), "b", "c", line),
    )
    return drawing(items, id=id, language=language)


def awkward(language: str = "en", align: str = "l") -> Drawing:
    """Return a picture with the awkward strings, one a shape."""
    items = []
    for row, (name, text) in enumerate(AWKWARD.items()):
        words = paragraph(text, align=align, width=640, language=language)
        items.append(node(name, box(20, 10 + 46 * row, 660, 40), words, preset="rect"))
    return drawing(items, id="awkward", language=language, size=(700, 20 + 46 * len(AWKWARD)))
