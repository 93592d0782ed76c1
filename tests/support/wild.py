"""Frames with whatever text: what no map should lead to, in every form that the writers of slides know."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from hypothesis import strategies as st

from conceptdeck.values.frame import (
    Cell,
    Connector,
    Fill,
    Frame,
    Item,
    Paragraph,
    Picture,
    Placeholder,
    Route,
    Run,
    Shape,
    Sign,
    Stroke,
    Table,
    TableRow,
    TextBody,
    Zoom,
)  # fmt: skip
from conceptdeck.values.icons import Drawn
from conceptdeck.values.image import WHOLE, Crop
from conceptdeck.values.text import Passage
from conceptdeck.values.theme import Theme
from conceptdeck.values.units import Box, Length, Point
from support.imaged import JPEG, PNG, VECTORS

HOUSED = ("it", "he")  # languages of decks on a template of others
LANGUAGES = ("en", "de", "ar", "ja", "ko", "fa", *HOUSED)
TAGS = ("<a:t>", "</p:sld>", "]]>", "<!--", "-->", "<?xml?>", "<!DOCTYPE a>")
SIGNS = ("a & b", "&amp;", "&#x0;", "&lt", '"', "'", '" x="1', "{0}", "%s", "\\")
SPACES = ("", " ", "a\tb", "a\nb", "a\r\nb", "\u2028", "\ufeff", "\u202e")
LETTERS = ("\ufdd0", "\U0010fffd", "☃", "\U0001f469\u200d\U0001f467", "\u0646\u0645", "漢字", "한국어 a", "e\u0301")
HOSTILE = (*TAGS, *SIGNS, *SPACES, *LETTERS, "x" * 300)
ILLEGAL = "".join(chr(code) for code in (*range(9), 11, 12, *range(14, 32), 0xFFFE, 0xFFFF))
LEGAL = st.characters(exclude_categories=["Cs"], exclude_characters=ILLEGAL)
TEXT = st.one_of(st.sampled_from(HOSTILE), st.text(LEGAL, max_size=12))
KEYS = ('one & "all"', "<two>", "three\u2028")  # of slides
LINKS = st.one_of(
    st.just(""), st.just("mailto:a@b.example"), st.sampled_from(KEYS), TEXT.map("https://a.example/?a=1&".__add__)
)
YES, CLICKS, LEVELS = st.booleans(), st.integers(0, 2), st.sampled_from((-1, 0, 1))
OWN = st.sampled_from(("", "", "fi", "ko", "he"))  # language of a text that is not the deck's
LENGTH = st.integers(0, 9_000_000).map(Length)
BOX = st.builds(Box, LENGTH, LENGTH, LENGTH, LENGTH)
SLOT = st.sampled_from(("page", "card", "ink", "secondary", "accent1", "accent6"))
ALPHA = st.sampled_from((1.0, 0.35))
STROKE = st.builds(Stroke, SLOT, st.integers(0, 90_000).map(Length), ALPHA, YES, YES)
FILL = st.none() | st.builds(Fill, SLOT, ALPHA)
SIZE = st.sampled_from((12.0, 18.0, 40.5))
RUN = st.builds(Run, TEXT, SIZE, SLOT, YES, YES, LINKS, YES, st.just("") | TEXT, LEVELS, YES, OWN)
RUNS = st.lists(RUN, min_size=1, max_size=2).map(tuple)
LEADING, BEFORE = st.sampled_from((14.0, 21.5)), st.sampled_from((0.0, 6.0))
ALIGN, ANCHOR = st.sampled_from(("l", "ctr", "r")), st.sampled_from(("t", "ctr", "b"))
PARAGRAPH = st.builds(Paragraph, RUNS, st.just(()), LEADING, ALIGN, BEFORE, relative=YES, language=OWN)
MARGINS = st.sampled_from(((0, 0, 0, 0), (9, 8, 7, 6), (0, 0, 5, 0)))
BODY = st.builds(TextBody, st.lists(PARAGRAPH, max_size=2).map(tuple), ANCHOR, MARGINS, wrap=YES)
PRESET, ADJUST = st.sampled_from(("rect", "roundRect", "ellipse")), st.sampled_from(((), (("adj", 9),)))
SHAPE = st.builds(
    Shape, TEXT, PRESET, BOX, FILL, st.none() | STROKE, st.none() | BODY, st.none(), TEXT, YES, ADJUST, LINKS, CLICKS
)
NEAR = st.sampled_from((0, 5, 900_000)).map(Length)
POINT = st.builds(Point, NEAR, NEAR)
KIND, SITE = st.sampled_from(("straight", "curved", "quarter")), st.integers(0, 3)
END = st.tuples(st.just(""), SITE)
CONNECTOR = st.builds(Connector, TEXT, KIND, POINT, POINT, END, END, STROKE, YES, TEXT, CLICKS, YES)
ROUTE = st.builds(Route, TEXT, st.tuples(*[POINT] * 4), st.just(""), st.just(""), STROKE, YES, TEXT, CLICKS)
CROP, IMAGE = st.sampled_from((WHOLE, Crop(0.1, 0.2, 0.0, 0.3))), st.sampled_from((PNG, JPEG, VECTORS))
PICTURE = st.builds(Picture, TEXT, IMAGE, BOX, TEXT, YES, CROP, link=LINKS, click=CLICKS)
PATH = st.sampled_from(((), (("M", (0.0, 1.5)), ("L", (3.0, 4.0)), ("C", (1.0, 2.0, 3.0, 4.0, 5.0, 6.0)), ("Z", ()))))
DRAWN = st.builds(Drawn, PATH, st.lists(PATH, max_size=2).map(tuple), st.just(2.0), YES)
SIGN = st.builds(Sign, TEXT, DRAWN, BOX, SLOT, click=CLICKS)
ROW = st.builds(TableRow, TEXT, LENGTH, st.tuples(st.builds(Cell, BODY), st.builds(Cell, BODY)), FILL)
COLUMNS = st.tuples(TEXT, TEXT).map(lambda keys: tuple((key + str(at), Length(9)) for at, key in enumerate(keys)))
TABLE = st.builds(Table, TEXT, BOX, COLUMNS, st.lists(ROW, min_size=1, max_size=2).map(tuple), alt=TEXT, rtl=YES)
PASSAGES = st.lists(st.builds(Passage, TEXT, YES, YES, YES, LEVELS, LINKS, OWN), max_size=3).map(tuple)
NOTES = st.just("- a\n- b\n1. c\n2. d\n") | TEXT


def holders(theme: Theme, layout: str) -> list[Placeholder]:
    """Return the placeholders of a layout, those at the foot among them."""
    held = theme.furniture_of(layout)
    furniture = () if layout == "cover" else (held[name] for name in ("footer", "number") if name in held)
    return [
        Placeholder(each.name, each.type, each.idx, each.box, 18.0, each.role.bold, each.colour, margins=each.margins)
        for each in (*theme.layouts[layout].placeholders.values(), *furniture)
        if each.type
    ]


@st.composite
def items(draw: st.DrawFn, held: Sequence[Placeholder]) -> tuple[Item, ...]:
    """Return the items of a slide: names differ, lines join shapes that are there, no placeholder is filled twice."""
    free = list(held)
    shapes: list[Item] = []
    for shape in draw(st.lists(SHAPE, min_size=2, max_size=4)):
        holder = draw(st.none() | st.sampled_from(free)) if free else None
        if holder and shape.text and shape.text.text.strip():
            free.remove(holder)
            box = holder.box if draw(YES) else shape.box
            shape = replace(shape, placeholder=replace(holder, first=draw(YES)), box=box)
        shapes.append(shape)
    others = [draw(each) for each in (CONNECTOR, ROUTE, TABLE, PICTURE, SIGN)]
    made = [replace(each, name=f"{each.name}{at}") for at, each in enumerate((*shapes, *others))]
    ends = st.sampled_from([each.name for each in made[: len(shapes)]])
    line = made[len(shapes)]
    made[len(shapes)] = replace(line, begin=(draw(ends), line.begin[1]), finish=(draw(ends), line.finish[1]))
    return tuple(draw(st.permutations(made)))


@st.composite
def frames(draw: st.DrawFn, theme: Theme, language: str) -> tuple[Frame, ...]:
    """Return the slides of a deck, which lead to addresses and to one another."""
    made = []
    for key in KEYS[: draw(st.integers(1, 3))]:
        layout, passages = draw(st.sampled_from(sorted(theme.layouts))), draw(PASSAGES)
        said = "".join(each.text for each in passages) or draw(NOTES)
        shown = draw(items(holders(theme, layout)))
        accent, moved = draw(st.integers(0, 3)), draw(st.sampled_from(("fade", "morph")))
        frame = Frame(key, layout, "", language, shown, said, accent=accent, section=draw(TEXT), transition=moved)
        made.append(replace(frame, note_passages=passages))
    return tuple(made)


def zooms(keys: Sequence[str]) -> st.SearchStrategy[tuple[Zoom, ...]]:
    """Return zooms from slides to slides."""
    key = st.sampled_from(keys)
    zoom = st.builds(Zoom, TEXT.map("zoom ".__add__), key, key, BOX, TEXT)
    return st.lists(zoom, max_size=3, unique_by=lambda each: (each.slide, each.name)).map(tuple)
