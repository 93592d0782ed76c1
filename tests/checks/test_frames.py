"""The rules on frames: a hand-made slide breaks each, its neighbour and the shipped map keep all of them."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path

import pytest

from conceptdeck.building.deck import DeckJob, plan_deck
from conceptdeck.checks.frames import RULES, check_frames
from conceptdeck.reading.theme import load_theme
from conceptdeck.typeset.fonts import Family, FontBook
from conceptdeck.values.colour import blend, contrast
from conceptdeck.values.diagnostics import Diagnostic, OnSlide, Severity, Span
from conceptdeck.values.frame import (
    Cell,
    Connector,
    Fill,
    Frame,
    Item,
    Paragraph,
    Placeholder,
    Run,
    Shape,
    Stroke,
    Table,
    TableRow,
    TextBody,
)
from conceptdeck.values.hyphens import CUT, HYPHEN
from conceptdeck.values.presets import connection_site
from conceptdeck.values.theme import Theme
from conceptdeck.values.units import Box, Length, Point, points
from conceptdeck.workspace import places
from support.imaged import PICTURES, titled
from support.imaged import slide as pictured

ROOT = Path(__file__).resolve().parents[2]
MAP = ROOT / "data" / "world-models" / "map.yaml"
THEMES = ("atlas", "orbit", "beacon")
SPAN = Span("map.yaml", 7, 3)
LINE = Stroke("secondary", points(1))
UGARITIC = "\N{UGARITIC LETTER ALPA}"


def theme_called(key: str) -> Theme:
    """Return a shipped theme."""
    return load_theme(key, places.find_theme)


def book_of(theme: Theme) -> FontBook:
    """Return the faces of a theme."""
    families = [Family(each.name, each.name, each.regular, each.bold) for each in theme.families]
    folder = ROOT / "themes" / "fonts"
    return FontBook(lambda name: (folder / name).read_bytes(), families, theme.fallbacks)


@pytest.fixture(scope="module")
def atlas() -> Theme:
    return theme_called("atlas")


@pytest.fixture(scope="module")
def book(atlas: Theme) -> FontBook:
    return book_of(atlas)


# --- slides by hand ------------------------------------------------------------------------------


def box(x: float, y: float, w: float, h: float) -> Box:
    """Return a box from points."""
    return Box(points(x), points(y), points(w), points(h))


def words(
    *lines: str,
    size: float = 20,
    slot: str = "ink",
    bold: bool = False,
    align: str = "l",
    anchor: str = "t",
    margins: tuple[int, int, int, int] = (0, 0, 0, 0),
) -> TextBody:
    """Return a text of one paragraph that breaks into `lines`."""
    run = Run(" ".join(lines), size, slot, bold)
    return TextBody((Paragraph((run,), lines, size * 1.2, align),), anchor, margins, SPAN)


def title(*lines: str, name: str = "title", width: float = 850) -> Shape:
    """Return a slide's title, 30 pt."""
    place = box(54, 58, width, 80)
    holder = Placeholder("title", "title", 0, place, 30, False, "ink")
    return Shape(name, "rect", place, text=words(*(lines or ("A title",)), size=30), placeholder=holder)


def label(name: str, place: Box, text: TextBody | None = None) -> Shape:
    """Return a free-standing text."""
    return Shape(name, "rect", place, text=text or words("Label"))


def node(name: str, place: Box, text: TextBody | None = None, preset: str = "rect", fill: str = "card") -> Shape:
    """Return a shape with a fill, an outline and a text in its middle."""
    return Shape(name, preset, place, Fill(fill), LINE, text or words("Node", align="ctr", anchor="ctr"))


def panel(name: str, place: Box, fill: Fill | None = None, preset: str = "rect") -> Shape:
    """Return decoration."""
    return Shape(name, preset, place, fill or Fill("card"), LINE, decorative=True)


def joined(one: Shape, other: Shape, sites: tuple[int, int] = (3, 1), kind: str = "straight") -> Connector:
    """Return a connector glued to two shapes, from right to left unless `sites` say otherwise."""
    start, end = (connection_site(each.preset, each.box, site) for each, site in zip((one, other), sites, strict=True))
    ends = (one.name, sites[0]), (other.name, sites[1])
    return Connector(f"{one.name} to {other.name}", kind, start, end, *ends, LINE, alt="One leads to the other")


def grid(place: Box, *texts: TextBody, alt: str = "A table", last: bool = False) -> Table:
    """Return a table of one column, its rows as high as its box allows."""
    height = Length(place.h // len(texts))
    grounds = [Fill("accent5") if last and text is texts[-1] else None for text in texts]
    rows = tuple(
        TableRow(f"row{i}", height, (Cell(text),), fill)
        for i, (text, fill) in enumerate(zip(texts, grounds, strict=True))
    )
    return Table("table", place, (("column", place.w),), rows, alt=alt)


def slide(*items: Item, titled: bool = True, number: int = 1) -> Frame:
    """Return a slide with a title in front unless `titled` says no."""
    items = (title(f"Title {number}"), *items) if titled else items
    return Frame(f"slide{number}", "list", "", "en", items, number=number)


@dataclass(frozen=True)
class Case:
    """Slides that break one rule, and slides close to them that break none."""

    code: str
    about: str
    broken: tuple[Frame, ...]
    sound: tuple[Frame, ...]
    name: str = ""

    def __str__(self) -> str:
        return f"{self.code}: {self.about}"


def case(code: str, about: str, broken: Frame, sound: Frame, name: str = "") -> Case:
    """Return a case of one slide each."""
    return Case(code, about, (broken,), (sound,), name)


LEFT, RIGHT, FAR = box(100, 200, 120, 60), box(500, 200, 120, 60), box(500, 380, 120, 60)
MIDDLE = box(300, 200, 120, 60)
BELOW = box(300, 400, 120, 60)
ROUND = ("ellipse", box(300, 200, 140, 140))
WIDE = words("Some words", size=22, align="ctr", anchor="ctr")


def linked(*more: Item, kind: str = "straight", right: Box = RIGHT, line: Connector | None = None) -> Frame:
    """Return a slide with two nodes and a line between them, and more items."""
    one, other = node("one", LEFT), node("other", right)
    return slide(line or joined(one, other, kind=kind), one, other, *more)


def reglued(**changes: object) -> Connector:
    """Return the line between the two nodes of `linked`, changed."""
    return replace(joined(node("one", LEFT), node("other", RIGHT)), **changes)  # type: ignore[arg-type]


def moved(by: int) -> Point:
    """Return the start of that line, `by` EMU lower."""
    start = connection_site("rect", LEFT, 3)
    return Point(start.x, Length(start.y + by))


def tinted(size: float, bold: bool = False) -> Frame:
    """Return a slide with text on a tint of its own colour: 4.5 > contrast > 3."""
    panels = panel("panel", box(80, 180, 300, 200), Fill("accent2", 0.3))
    return slide(
        panels,
        label("label", MIDDLE.moved(points(-100)), words("Text", size=size, bold=bold, slot="accent2")),
    )


def cards(*tops: float) -> tuple[Shape, ...]:
    """Return cards beside each other, with these tops."""
    return tuple(
        replace(panel(f"{name}.card", box(100 + 250 * i, y, 200, 150)), part="card")
        for i, (name, y) in enumerate(zip("abc", tops, strict=True))
    )


def ranks(*lefts: float) -> tuple[Item, ...]:
    """Return a node that leads to others of one rank, which stand a little off its own height."""
    places = [LEFT, *(RIGHT.moved(points(x), points(4 + 90 * i)) for i, x in enumerate(lefts))]
    first, *rank = (
        replace(node(f"{name}.name@map", place), part="name", place="map")
        for name, place in zip("acd", places, strict=True)
    )
    return (*(joined(first, each) for each in rank), first, *rank)


def slabs(place: Box) -> tuple[Shape, ...]:
    """Return a slab, and another one at a place."""
    return tuple(replace(panel(f"{name}.slab", at), part="slab") for name, at in (("a", LEFT), ("b", place)))


CASES = (
    case("empty-title", "no title", slide(label("text", LEFT), titled=False), slide(label("text", LEFT))),
    case("empty-title", "blank title", slide(title(" "), titled=False), slide(title("x"), titled=False)),
    Case(
        "duplicate-title",
        "twice the same",
        (slide(title("Same  words"), titled=False), slide(title("same words"), titled=False, number=2)),
        (slide(title("Same words"), titled=False), slide(title("Other words"), titled=False, number=2)),
        "title",
    ),
    case(
        "duplicate-name",
        "two labels",
        slide(label("text", LEFT), label("text", RIGHT)),
        slide(label("text", LEFT), label("text@right", RIGHT)),
        "text",
    ),
    case(
        "reading-order",
        "text before the title",
        slide(label("text", LEFT), title(), titled=False),
        slide(panel("panel", LEFT), title(), label("text", LEFT), titled=False),
        "title",
    ),
    case(
        "no-alt-text",
        "a picture",
        slide(replace(panel("art", LEFT), decorative=False)),
        slide(replace(panel("art", LEFT), decorative=False, alt="What it shows")),
        "art",
    ),
    case("no-alt-text", "a line", linked(line=reglued(alt="")), linked(), "one to other"),
    case(
        "no-alt-text",
        "a table",
        slide(grid(LEFT, words("Cell"), alt=" ")),
        slide(grid(LEFT, words("Cell"))),
        "table",
    ),
    case(
        "off-slide",
        "text",
        slide(label("text", box(900, 200, 70, 60))),
        slide(label("text", box(880, 200, 70, 60)), panel("art", box(900, 300, 200, 200))),
        "text",
    ),
    case(
        "off-slide",
        "a table",
        slide(grid(box(100, 480, 100, 70), words("Cell"))),
        slide(grid(box(100, 460, 100, 70), words("Cell"))),
        "table",
    ),
    case(
        "off-slide",
        "a line",
        slide(
            joined(panel("a", LEFT), panel("b", box(990, 200, 9, 60))),
            panel("a", LEFT),
            panel("b", box(990, 200, 9, 60)),
        ),
        slide(
            joined(panel("a", LEFT), panel("b", box(950, 200, 99, 60))),
            panel("a", LEFT),
            panel("b", box(950, 200, 99, 60)),
        ),
        "a to b",
    ),
    case(
        "text-overflow",
        "too high",
        slide(label("text", LEFT, words("One", "two", "three"))),
        slide(label("text", LEFT, words("One", "two"))),
        "text",
    ),
    case(
        "text-overflow",
        "too wide",
        slide(label("text", LEFT, words("Words as wide as this"))),
        slide(label("text", LEFT, words("Words as", "wide as this"))),
        "text",
    ),
    case(
        "text-overflow",
        "margins",
        slide(label("text", LEFT, words("Some words", size=24, margins=(points(10), 0, points(10), 0)))),
        slide(label("text", LEFT, words("Some words", size=24))),
        "text",
    ),
    case(
        "text-overflow",
        "ellipse",
        slide(node("hub", ROUND[1], words("Some words in it", align="ctr", anchor="ctr"), "ellipse")),
        slide(node("hub", ROUND[1], words("Some words in it", align="ctr", anchor="ctr"))),
        "hub",
    ),
    case(
        "text-overflow",
        "round corners",
        slide(replace(node("pill", LEFT, WIDE, "roundRect"), adjust=(("adj", 50_000),))),
        slide(replace(node("pill", LEFT, WIDE, "roundRect"), adjust=(("adj", 10_000),))),
        "pill",
    ),
    case(
        "text-overflow",
        "a cell",
        slide(grid(LEFT, words("Cell"), words("Cell", "of two lines"))),
        slide(grid(LEFT, words("Cell"), words("Cell"))),
        "table [row1, column]",
    ),
    case(
        "text-too-small",
        "below every floor",
        slide(label("text", LEFT, words("Text", size=10.5))),
        slide(label("text", LEFT, words("Text", size=11))),
        "text",
    ),
    case(
        "broken-word",
        "cut anywhere",
        slide(label("text", LEFT, words(f"Tuk{CUT.strip()}", "holma"))),
        slide(label("text", LEFT, words(f"Tuk{HYPHEN.strip()}", "holma"))),
        "text",
    ),
    case(
        "missing-glyph",
        "Ugaritic",
        slide(label("text", LEFT, words(f"A{UGARITIC}"))),
        slide(label("text", LEFT, words("Aж界"))),
        "text",
    ),
    case(
        "orphan-word",
        "one short word",
        slide(title("A title that is quite long", "so", width=400), titled=False),
        slide(title("A title that is quite", "long and so on", width=400), titled=False),
        "title",
    ),
    case("low-contrast", "normal text", tinted(17.5), tinted(18), "label"),
    case("low-contrast", "bold text", tinted(13.5, bold=True), tinted(14, bold=True), "label"),
    case(
        "low-contrast",
        "on its own fill",
        slide(node("node", LEFT, words("Node"), fill="ink")),
        slide(node("node", LEFT, words("Node", slot="page"), fill="ink")),
        "node",
    ),
    case(
        "low-contrast",
        "the lit row",
        slide(grid(LEFT, words("Cell"), words("Cell", slot="secondary"), last=True)),
        slide(grid(LEFT, words("Cell"), words("Cell", slot="card"), last=True)),
        "table [row1, column]",
    ),
    case(
        "low-contrast",
        "outside a circle's curve but in its box",
        slide(
            panel("disc", ROUND[1], Fill("page"), "ellipse"),
            label("text", box(300, 200, 20, 20), words("i", size=11, slot="card")),
        ),
        slide(
            panel("disc", box(200, 100, 400, 400), Fill("ink"), "ellipse"),
            label("text", MIDDLE, words("in", slot="card")),
        ),
        "text",
    ),
    case(
        "text-overlap",
        "two labels",
        slide(label("one", LEFT), label("other", LEFT.moved(points(10), points(5)))),
        slide(label("one", LEFT), label("other", LEFT, words("Label", align="r", anchor="b"))),
        "one",
    ),
    case(
        "text-overlap",
        "a cell and a label",
        slide(grid(LEFT, words("Cell")), label("text", LEFT)),
        slide(grid(LEFT, words("Cell")), label("text", LEFT.moved(points(130)))),
        "table [row0, column]",
    ),
    case(
        "text-overlap",
        "beside a short line",
        slide(label("one", LEFT, words("Longer line", "x")), label("other", LEFT, words("Label", align="r"))),
        slide(
            label("one", LEFT, words("Longer line", "x")),
            label("other", LEFT, words("Label", align="r", anchor="b")),
        ),
        "one",
    ),
    case(
        "text-across-edge",
        "half on a panel",
        slide(panel("panel", MIDDLE), label("text", MIDDLE.moved(points(-20)))),
        slide(panel("panel", MIDDLE), label("text", MIDDLE)),
        "text",
    ),
    case(
        "text-across-edge",
        "half on a disc",
        slide(panel("disc", ROUND[1], preset="ellipse"), label("text", box(290, 258, 60, 24))),
        slide(panel("disc", ROUND[1], preset="ellipse"), label("text", box(340, 258, 60, 24))),
        "text",
    ),
    case(
        "text-across-edge",
        "a pill on a ring stands on its own fill",
        slide(
            replace(panel("ring", ROUND[1], preset="ellipse"), fill=None, decorative=False, alt="A ring"),
            label("text", box(340, 190, 60, 24)),
        ),
        slide(
            replace(panel("ring", ROUND[1], preset="ellipse"), fill=None, decorative=False, alt="A ring"),
            node("text", box(340, 190, 60, 24)),
        ),
        "text",
    ),
    case(
        "text-across-edge",
        "faint rings are art",
        slide(
            panel("ring", ROUND[1], Fill("card"), "ellipse"),
            label("text", box(290, 258, 60, 24)),
        ),
        slide(panel("ring", ROUND[1], Fill("card", 0.5), "ellipse"), label("text", box(290, 258, 60, 24))),
        "text",
    ),
    case(
        "label-on-line",
        "straight",
        linked(label("text", box(300, 220, 80, 24))),
        linked(label("text", box(300, 200, 80, 24))),
        "text",
    ),
    case(
        "label-on-line",
        "a curve is not its chord",
        linked(label("text", box(322, 300, 80, 24)), kind="curved", right=FAR),
        linked(label("text", box(240, 250, 40, 16), words("Text", size=11)), kind="curved", right=FAR),
        "text",
    ),
    case(
        "edge-through-node",
        "a node between",
        linked(node("between", MIDDLE)),
        linked(node("between", BELOW)),
        "one to other",
    ),
    case(
        "edge-through-node",
        "past the corner of an ellipse's box",
        linked(node("between", box(300, 200, 120, 90)), right=FAR),
        linked(node("between", box(300, 200, 120, 90), preset="ellipse"), right=FAR),
        "one to other",
    ),
    case(
        "overlapping-nodes",
        "by a corner",
        slide(node("one", LEFT), node("other", LEFT.moved(points(110), points(50)))),
        slide(node("one", LEFT), node("other", LEFT.moved(points(120), points(50)))),
        "one",
    ),
    case(
        "loose-connector",
        "no such shape",
        linked(line=reglued(finish=("nobody", 1))),
        linked(),
        "one to other",
    ),
    case("loose-connector", "no such site", linked(line=reglued(finish=("other", 4))), linked(), "one to other"),
    case(
        "misaligned-siblings",
        "a card a little lower than the others",
        slide(*cards(200, 203, 200)),
        slide(*cards(200, 200, 200)),
        "b.card",
    ),
    case(
        "misaligned-siblings",
        "steps of a staircase are meant",
        slide(*cards(200, 208, 216)[:2]),
        slide(*cards(200, 210, 220)),
        "b.card",
    ),
    case(
        "misaligned-siblings",
        "a slab a little to the right",
        slide(*slabs(LEFT.moved(points(4), points(90)))),
        slide(*slabs(box(104, 290, 90, 60))),
        "b.slab",
    ),
    case(
        "misaligned-siblings",
        "nodes of a rank; ranks are centred each by itself",
        slide(*ranks(0, 5)),
        slide(*ranks(0, 0)),
        "d.name@map",
    ),
    case(
        "loose-connector",
        "off its site",
        linked(line=reglued(start=moved(9526))),
        linked(line=reglued(start=moved(9525))),
        "one to other",
    ),
)


def codes(found: tuple[Diagnostic, ...]) -> list[str]:
    return [each.code for each in found]


@pytest.mark.parametrize("each", CASES, ids=str)
def test_a_broken_slide_breaks_its_rule_only(each: Case, atlas: Theme, book: FontBook) -> None:
    found = check_frames(each.broken, atlas, book)
    assert codes(found) == [each.code], found
    number = len(each.broken)
    assert found[0].place == OnSlide(number, f"slide{number}", each.name)
    assert found[0].message.startswith(f"slide {number} (slide{number})" + (f": `{each.name}` " if each.name else " "))
    assert found[0].hints


@pytest.mark.parametrize("each", CASES, ids=str)
def test_its_neighbour_breaks_no_rule(each: Case, atlas: Theme, book: FontBook) -> None:
    assert check_frames(each.sound, atlas, book) == ()


def test_each_rule_has_a_case() -> None:
    assert len({each.code for each in CASES}) == len(RULES)


def test_findings_point_at_the_text(atlas: Theme, book: FontBook) -> None:
    (found,) = check_frames([slide(label("text", LEFT, words("One", "two", "three")))], atlas, book)
    assert found.span == SPAN
    assert str(found).startswith("map.yaml:7:3: error: slide 1 (slide1): `text` holds text that is too high for it")


@pytest.mark.parametrize("code", ["missing-glyph", "orphan-word", "misaligned-siblings"])
def test_what_can_be_shown_all_the_same_is_a_warning(code: str, atlas: Theme, book: FontBook) -> None:
    found = [check_frames(each.broken, atlas, book)[0] for each in CASES if each.code == code]
    assert {each.severity for each in found} == {Severity.WARNING}


@pytest.mark.parametrize(("size", "least"), [(17.5, 7.0), (18, 4.5)])
def test_a_theme_that_promises_more_contrast_is_held_to_it(size: float, least: float) -> None:
    beacon = theme_called("beacon")
    for alpha in (0.3, 0.4, 0.5, 0.6):
        frame = slide(
            panel("panel", box(80, 180, 300, 200), Fill("secondary", alpha)),
            label("text", LEFT, words("Text", size=size)),
        )
        ground = blend(beacon.colours["secondary"], beacon.colours["page"], alpha)
        found = codes(check_frames([frame], beacon, book_of(beacon)))
        assert found == (["low-contrast"] if contrast(beacon.colours["ink"], ground) < least else []), alpha


def test_missing_characters_are_listed_once_with_their_code_points(atlas: Theme, book: FontBook) -> None:
    (found,) = check_frames([slide(label("text", LEFT, words(UGARITIC * 2)))], atlas, book)
    assert found.message.endswith(f"no font of the theme covers: {UGARITIC} (U+10380)")


def test_runs_of_one_line_are_measured_each_in_its_own_look(atlas: Theme, book: FontBook) -> None:
    runs = (Run("Small ", 11, "ink"), Run("LARGE", 40, "ink", bold=True))
    body = TextBody((Paragraph(runs, ("Small LARGE",), 48.0),))
    wanted = book.shape("Small ", "Calibri").width * 11 + book.shape("LARGE", "Calibri", True).width * 40
    fits, tight = (label("text", box(100, 200, wanted + by, 60), body) for by in (0, -2))
    assert check_frames([slide(fits)], atlas, book) == ()
    assert codes(check_frames([slide(tight)], atlas, book)) == ["text-overflow"]


# --- the shipped map -----------------------------------------------------------------------------


@pytest.mark.parametrize("key", THEMES)
def test_the_shipped_map_has_no_errors(key: str) -> None:
    assert plan_deck(DeckJob(MAP, theme=key)).problems == ()


# --- pictures and curves -------------------------------------------------------------------------


def found_on(*items: Item) -> list[tuple[str, str]]:
    """Return the code of each finding on a slide with a title and more items, and what it says."""
    theme = theme_called("atlas")
    frame = Frame("pictures", "list", "Pictures", "en", (titled(), *items), number=1)
    return [(each.code, each.message) for each in check_frames([frame], theme, book_of(theme))]


PHOTO = PICTURES[0]


def on_photo(dx: float) -> Shape:
    """Return a text that stands on the photo, or `dx` points beside its middle."""
    middle = PHOTO.seen.box.centre
    run = Run("Here", 20.0, "ink")
    body = TextBody((Paragraph((run,), ("Here",), 24.0, extent=points(45)),))
    return Shape("caption", "rect", Box(Length(middle.x + points(dx)), middle.y, points(60), points(24)), text=body)


def test_pictures_with_words_keep_all_rules():
    assert found_on(*pictured().items[1:]) == []


def test_a_picture_without_words_is_reported_unless_it_is_decoration():
    assert [code for code, _ in found_on(replace(PHOTO, alt=" "))] == ["no-alt-text"]
    assert found_on(replace(PHOTO, alt="", decorative=True)) == []


def test_a_picture_beyond_the_slide_is_reported():
    (code, message), *_ = found_on(replace(PHOTO, box=PHOTO.box.moved(points(-100))))
    assert (code, "reaches beyond the slide" in message) == ("off-slide", True)


def test_a_text_across_the_edge_of_a_picture_is_reported():
    assert ("text-across-edge", True) in [(code, "photo.png" in said) for code, said in found_on(PHOTO, on_photo(80))]
    assert found_on(PHOTO, on_photo(120)) == []


def test_the_contrast_of_a_text_on_a_picture_cannot_be_told_unless_something_solid_lies_between():
    ((code, message),) = found_on(PHOTO, on_photo(-20))
    assert (code, "photo.png" in message) == ("text-on-picture", True)
    ground = Shape("ground", "rect", PHOTO.box.inset(points(20)), fill=Fill("card"), decorative=True)
    assert found_on(PHOTO, ground, on_photo(-20)) == []


def test_a_curve_that_ends_nowhere_or_runs_through_a_picture_is_reported():
    items = pictured().items[1:]
    away = [replace(each, tail="nothing") if each.name == "way" else each for each in items]
    assert [code for code, _ in found_on(*away)][-1:] == ["loose-connector"]
    (way,) = (each for each in items if each.name == "way")
    across = replace(way, points=(way.points[0], way.points[0], way.points[3], way.points[3]))
    assert {code for code, _ in found_on(*items[:-1], across)} == {"edge-through-node"}
