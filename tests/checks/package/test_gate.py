"""The gate of a build judges facts that writers noted: here they are held to the XML that was written.

Two parsers of XML read what was written; the program itself parses nothing of it.
"""

from collections import Counter, deque
from dataclasses import dataclass, fields, replace
from functools import cache, partial
from unittest import mock
from xml.parsers import expat

import pytest
from hypothesis import Phase, given, seed, settings
from hypothesis import strategies as st

from conceptdeck.building.deck import DeckJob, deck_parts, plan_deck
from conceptdeck.building.template_cache import GENERATOR, new_template
from conceptdeck.checks.package import contents, facts, parts, ties
from conceptdeck.checks.package.archive import has_xml
from conceptdeck.checks.package.gate import check_written
from conceptdeck.checks.package.parts import check_parts, read_parts
from conceptdeck.reading.formulas import formula_of
from conceptdeck.render import escape
from conceptdeck.render.powerpoint import (
    charts,
    deck,
    fonts,
    formulas,
    lines,
    markup,
    media,
    memory,
    motion,
    notes,
    page,
    pictures,
    properties,
    scheme,
    signs,
    speech,
    workbook,
    zoom,
)
from conceptdeck.render.powerpoint.deck import Properties, write_deck
from conceptdeck.values.chart import ChartData, ChartKind, Series, SeriesName
from conceptdeck.values.embedded import EmbeddedFont
from conceptdeck.values.facts import Facts, PageFacts, Written
from conceptdeck.values.frame import (
    Cell,
    Chart,
    Connector,
    Fill,
    Frame,
    Paragraph,
    Placeholder,
    Run,
    Shape,
    Sign,
    Stroke,
    Table,
    TableRow,
    TextBody,
    Zoom,
)
from conceptdeck.values.icons import Drawn
from conceptdeck.values.memory import Origin
from conceptdeck.values.rules import Rule
from conceptdeck.values.theme import FIRST_INDEX, Theme
from conceptdeck.values.units import Box, Length, Point
from conceptdeck.workspace.loading import read_theme
from support.decks import SHIPPED
from support.faults import FAULTS
from support.housed import housed
from support.imaged import PNG
from support.ways import Ways
from support.wild import HOSTILE, HOUSED, LANGUAGES, TEXT, frames, zooms

WRITERS = (
    charts,
    deck,
    escape,
    fonts,
    formulas,
    lines,
    markup,
    media,
    memory,
    motion,
    notes,
    page,
    pictures,
    properties,
    scheme,
    signs,
    speech,
    workbook,
    zoom,
)
BEFORE = frozenset(
    {
        "empty-title",
        "duplicate-title",
        "reading-order",
        "no-alt-text",
        "ltr-paragraph",
        "empty-run",
        "duplicate-creation-id",
        "low-contrast",
        "off-slide",
        "text-over-text",
    }
)
"""What is judged in frames before anything is written: here, titles, descriptions, texts and keys may be anything.

Which way paragraphs run is tested in `test_direction`; XML does not say the language of one whose words have several.
"""
FONTS = (
    EmbeddedFont("One", "0" * 20, {"regular": b"face"}, {"licence": "free"}),
    EmbeddedFont("Two", "0" * 20, {"regular": b"face", "bold": b"face"}, {}),
)
MOST_TURNS = 5  # of fifty decks each: most often one is enough to meet every branch
ORIGIN = Origin("map", "en", "atlas", "full", {"map": "0"}, {"title": "Title & <more>"})
ABOUT = Properties("map", "en", "Title", "", (), "atlas", GENERATOR, origin=ORIGIN)


# --- tools ---------------------------------------------------------------------------------------


@cache
def template(language: str) -> tuple[Written, Theme]:
    """Return a template and its theme."""
    theme, housing = housed() if language in HOUSED else (read_theme("orbit" if language == "ja" else "atlas"), None)
    theme = theme.set_in(language)
    made, found = new_template(theme, language, housing, relative=language == "de")
    assert found == ()
    return made, theme


def codes(found) -> Counter[str]:
    """Return what was found by code, but for what is judged before anything is written."""
    return Counter(each.code for each in found if each.code not in BEFORE)


def read(made: dict[str, bytes]) -> tuple[Facts, dict[str, PageFacts]]:
    """Return the facts that a parser reads out of parts, and those of each page."""
    pages = {}

    def keep(part):
        pages[part.name] = facts.facts_of(part)
        return pages[part.name]

    with mock.patch.object(parts, "facts_of", keep):
        return read_parts(made, "deck.pptx")[0], pages


def assert_facts_are_those_of_the_xml(written: Written, base: Facts) -> None:
    """Assert that what writers noted, and what was kept of the template, is what a parser reads out of the parts."""
    whole, pages = read(written.parts)
    noted = written.facts
    assert Counter(whole.types) == Counter([*base.types, *noted.types])
    assert whole.relations.keys() == base.relations.keys() | noted.relations.keys()
    for name, found in whole.relations.items():
        assert Counter(found) == Counter([*base.relations.get(name, ()), *noted.relations.get(name, ())]), name
    assert (whole.slides, whole.layouts) == (noted.slides, base.layouts)
    for name, page_facts in noted.pages.items():
        assert said(page_facts) == said(pages[name]), name


def said(page_facts: PageFacts) -> dict[str, object]:
    """Return the facts of a page without their places."""
    plain = {each.name: Counter(fact[:-1] for fact in getattr(page_facts, each.name)) for each in fields(page_facts)}
    repeated = ("effects", "clicks", "uses")  # noted once, and written in several places
    return plain | {name: set(plain[name]) for name in repeated}


# --- whatever texts say --------------------------------------------------------------------------


@dataclass(frozen=True)
class Wanted:
    """What a deck is written from; too long to be shown, but for its language and its zooms."""

    language: str
    slides: tuple[Frame, ...]
    zooms: tuple[Zoom, ...]
    about: Properties

    def _repr_pretty_(self, printer, cycle) -> None:
        printer.text(f"Wanted({self.language!r}, zooms={self.zooms!r}, …)")

    def written(self) -> Written:
        made, theme = template(self.language)
        speech.spoken.cache_clear()  # so that it is seen at work
        return write_deck(self.slides, theme, made.parts, self.about, dict.fromkeys(self.zooms, PNG.data))


@st.composite
def decks(draw: st.DrawFn) -> Wanted:
    """Return decks with any texts, in any form."""
    language = draw(st.sampled_from(LANGUAGES))
    slides = draw(frames(template(language)[1], language))
    zoomed = draw(zooms([each.key for each in slides]))
    words = st.lists(TEXT, max_size=2).map(tuple)
    of_house = [draw(TEXT) if draw(st.booleans()) else "" for _ in range(2)]
    about = Properties(
        draw(TEXT),
        language,
        draw(TEXT),
        draw(TEXT),
        draw(words),
        draw(TEXT),
        GENERATOR,
        *of_house,
        draw(st.sampled_from([None, ORIGIN])),
    )
    return Wanted(language, slides, zoomed, about)


def test_whatever_texts_say_every_branch_of_the_writers_is_sound_and_its_facts_are_true():
    ways = Ways(*WRITERS)

    @settings(max_examples=50, database=None, phases=[Phase.generate])
    def hold(wanted):
        assert_sound(ways.during(wanted.written), wanted.language)

    for frame in BY_HAND:
        assert_sound(ways.during(partial(a_deck, frame)), "en")
    assert_sound(ways.during(partial(a_deck, slide(), fonts=FONTS)), "en")
    ways.during(a_deck_with_fonts_on_one_that_has_some)
    ways.during(decks_with_charts_on_templates_of_others)
    ways.during(refuse_what_no_map_leads_to)
    for turn in range(MOST_TURNS):
        seed(turn)(given(decks())(hold))()
        if not ways.missed:
            break
    assert not ways.missed, f"conditions that went one way only: {ways.missed}"


def assert_sound(written: Written, language: str) -> None:
    """Assert that a deck has no fault, in XML as in facts, and that the facts are true."""
    base = template(language)[0].facts
    assert codes(check_parts(written.parts, "deck.pptx")) == Counter()
    assert codes(check_written(written, base, "deck.pptx")) == Counter()
    for name in filter(has_xml, written.parts):
        expat.ParserCreate().Parse(written.parts[name], True)
    assert_facts_are_those_of_the_xml(written, base)


def refuse_what_no_map_leads_to():
    """Let the writers refuse what only a fault of the program could bring to them."""
    a_deck(FAULTY["empty-placeholder"])
    with pytest.raises(ValueError, match="XML cannot hold"):
        escape.escape("a\x00")
    with pytest.raises(ValueError, match="the template's a has no <b"):
        deck._insert({"a": b"<a/>"}, "a", "<b", "")
    assert not motion._built(table(cells=2)), "tables are there from the start"
    assert not motion._built(chart(ChartKind.BAR)), "charts are, too"
    for work in (motion._built, memory._more, lambda item: deck._slide(replace(slide(), items=(item,)), None, None)):
        with pytest.raises(AssertionError):
            work(template)


@pytest.mark.parametrize("text", [each for each in HOSTILE if each.strip()])
def test_a_text_comes_out_of_the_file_as_it_was(text):
    written = a_deck(slide(shape("words", text=text), title=text))
    found = []
    parser = expat.ParserCreate()
    parser.CharacterDataHandler = found.append
    parser.Parse(written.parts["ppt/slides/slide1.xml"], True)
    assert "".join(found) == text.replace("\n", "") * 2


# --- faults of frames ----------------------------------------------------------------------------

BOX = Box(Length(0), Length(0), Length(900), Length(900))
TITLE = Placeholder("title", "title", 0, BOX, 32.0, True, "ink")
STRANGE = Placeholder("text", "body", 99, BOX, 18.0, False, "ink")
HELD = replace(STRANGE, idx=FIRST_INDEX + 1)


def body(text: str, href: str = "") -> TextBody:
    return TextBody((Paragraph((Run(text, 18.0, "ink", href=href),), (text,), 20.0),))


def shape(name: str, text: str = "words", holder: Placeholder | None = None, href: str = "") -> Shape:
    return Shape(name, "rect", BOX, text=body(text, href) if text else None, placeholder=holder)


def number_of_the_slide() -> Shape:
    """Return a text with the number of its slide as a field, which stands in no placeholder."""
    return replace(shape("number"), text=TextBody((Paragraph((Run("7", 12.0, "ink", numbered=True),), ("7",), 14.0),)))


def in_another_language(text: str, language: str) -> Shape:
    """Return a text in a placeholder whose lines end otherwise than those of the deck."""
    [paragraph] = body(text).paragraphs
    return replace(shape("foreign", holder=HELD), text=TextBody((replace(paragraph, language=language),)))


def line(begin: tuple[str, int], finish: tuple[str, int]) -> Connector:
    start, end = Point(Length(0), Length(0)), Point(Length(9), Length(9))
    return Connector("line", "straight", start, end, begin, finish, Stroke("ink", Length(9)), alt="leads to")


def with_formulas(*latex: str) -> Shape:
    runs = []
    for each in latex:
        made = formula_of(each)
        runs.append(Run(made.plain, 18.0, "ink", formula=made))
    text = "".join(run.text for run in runs)
    return replace(shape("formulas"), text=TextBody((Paragraph(tuple(runs), (text,), 20.0),)))


def table(cells: int, height: int = 9) -> Table:
    empty = Cell(TextBody(()), size=18.0)
    rows = (TableRow("row", Length(height), (empty, *(Cell(body("a")),) * (cells - 1))),)
    return Table("table", BOX, (("one", Length(9)), ("two", Length(9))), rows, alt="A table")


def chart(kind: ChartKind, *, rtl: bool = False, unit: str = "", decimals: int = 0, across: int = 0) -> Chart:
    """Return a chart of two series, one of which is named beside its last point."""
    stroke = Stroke("ink", Length(9))
    name = SeriesName(1, across, 9) if unit else SeriesName(1)
    told = Series("One", (1.0, -2.5), Fill("accent1"), "ink", stroke, ((0, Fill("accent2")),), (0,), name, "card")
    series = (told, Series("Two", (3.0, 4.0), Fill("accent1", 0.5), "ink", stroke))
    about = ("Place", ("Old", "New"), series, -3.0, 5.0, 0.5, Length(120_000), 18.0, decimals, unit, stroke, rtl)
    return Chart(f"chart {kind} {rtl} {across}", BOX, ChartData(kind, BOX, *about), (), alt="A chart")


def slide(*items, title: str = "Title", key: str = "slide") -> Frame:
    return Frame(key, "list", title, "en", (shape("title", title, TITLE), *items))


def a_deck(*slides: Frame, zooms: tuple[Zoom, ...] = (), fonts: tuple[EmbeddedFont, ...] = ()) -> Written:
    made, theme = template("en")
    return write_deck(deque(slides), theme, made.parts, ABOUT, dict.fromkeys(zooms, PNG.data), fonts)


def a_deck_with_fonts_on_one_that_has_some() -> Written:
    """Return a deck whose template carries one of its fonts already."""
    _, theme = template("en")
    return write_deck((), theme, a_deck(fonts=FONTS[:1]).parts, ABOUT, fonts=FONTS)


def decks_with_charts_on_templates_of_others():
    """Write charts into a deck that has some, and in the colours of a house."""
    _, theme = template("en")
    first = slide(chart(ChartKind.BAR))
    write_deck((first,), theme, a_deck(first).parts, ABOUT)
    made, house = template("it")
    write_deck((first,), house, made.parts, ABOUT)


def gate(written: Written):
    return check_written(written, template("en")[0].facts, "deck.pptx")


FORMULAS = (
    r"\hat{x}\overline{ab}\underline{a}", r"\max_x \frac{f'}{x^2}", r"\sum_{i=1}^n x_i^2\int\prod_i x\sum^n y\sum",
    r"\sqrt[3]{x}\sqrt{x}", r"\max\limits_a^b",
    r"\sum\limits_{i}^{n}i\lim\limits_{x\to0}f", r"\begin{pmatrix}1&0\\0\end{pmatrix}\binom{n}{k}\overset{a}{=}",
    r"a\bmod b\!c\,\text{if}", r"\left|x\right|",
)  # fmt: skip
SQUARE = (("M", (0.0, 0.0)), ("L", (9.0, 0.0)), ("L", (9.0, 9.0)), ("Z", ()))
CODE = Sign(
    "code", Drawn((), (SQUARE,)), Box(Length(9), Length(9), Length(99), Length(99)), "ink",
    alt="QR code", link="https://talks.example.org/",
)  # fmt: skip
BY_HAND = (
    replace(
        slide(replace(table(cells=2), placeholder=replace(STRANGE, type="tbl", idx=FIRST_INDEX + 1))), layout="table"
    ),
    slide(shape("a"), replace(line(("a", 0), ("a", 1)), click=1)),
    slide(shape("number", "7", replace(STRANGE, type="sldNum", idx=12))),
    slide(shape("text", "\u0646\u0645", HELD)),
    slide(number_of_the_slide()),
    slide(in_another_language("\u4e16\u754c", "ja")),
    replace(slide(), hidden=True),
    slide(CODE),
    slide(with_formulas(*FORMULAS)),
    *(slide(chart(kind, rtl=True, unit="m", decimals=2)) for kind in ChartKind),
    *(
        slide(chart(kind), chart(kind, rtl=True, unit="kg", decimals=1, across=9), chart(kind, unit="kg", across=8))
        for kind in ChartKind
    ),
    replace(slide(), notes="- one\n- two\n\nنم"),
)
FAULTY = {
    "duplicate-shape-id": slide(shape("same"), shape("same")),
    "bad-connection-site": slide(shape("a"), shape("b"), line(("a", 0), ("b", 4))),
    "unknown-placeholder": slide(shape("text", holder=STRANGE)),
    "duplicate-placeholder": slide(shape("again", holder=TITLE)),
    "empty-placeholder": slide(shape("text", "", HELD)),
    "table-cells": slide(table(cells=1)),
    "row-height": slide(table(cells=2, height=-9)),
    "unsafe-target": slide(shape("link", href="javascript:alert(1)")),
}


@pytest.mark.parametrize("code", FAULTY)
def test_a_fault_of_a_slide_is_found_from_facts_as_in_the_xml(code):
    written = a_deck(FAULTY[code])
    [found] = gate(written)
    assert code in codes([found])
    assert {(each.code, each.message) for each in check_parts(written.parts, "deck.pptx")} >= {(code, found.message)}


def test_a_sound_slide_has_no_fault():
    zoomed = (Zoom("zoom", "one", "two", BOX, "The second slide"),)
    items = (shape("a"), shape("b", href="two"), line(("a", 0), ("b", 3)), table(cells=2))
    written = a_deck(slide(*items, key="one"), slide(title="Another", key="two"), zooms=zoomed)
    assert gate(written) == check_parts(written.parts, "deck.pptx") == ()


# --- faults of packages --------------------------------------------------------------------------

JUDGED = {value.code for module in (contents, ties) for value in vars(module).values() if isinstance(value, Rule)}
OF_TEMPLATES = ("ppt/slideMasters/", "ppt/slideLayouts/")


@cache
def whole_deck() -> Written:
    plan = plan_deck(DeckJob(SHIPPED))
    return Written(deck_parts(plan), Facts())


@pytest.mark.parametrize("fault", [each for each in FAULTS if each.code in JUDGED], ids=lambda fault: fault.name)
def test_what_is_told_of_a_damaged_deck_is_found_from_its_facts_alone(fault):
    damaged = dict(whole_deck().parts)
    place = fault.damage(damaged)
    if place.startswith(OF_TEMPLATES):  # these are parsed when they are made
        assert fault.code in codes(check_parts(damaged, "deck.pptx"))
        return
    told, pages = read(damaged)
    told.pages = {name: each for name, each in pages.items() if name.startswith(("ppt/slides/", "ppt/notesSlides/"))}
    found = check_written(Written(damaged, told), Facts(layouts=told.layouts), "deck.pptx")
    assert fault.code in codes(found)
