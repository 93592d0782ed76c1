"""Decks and pictures of languages that are read from the right: the mirror image, down to the last paragraph."""

import io
import re
import zipfile

import pytest
from lxml import etree

from conceptdeck.checks.package.parts import check_parts
from conceptdeck.layout.mirror import mirrored_items
from conceptdeck.reading.theme import load_theme
from conceptdeck.render.powerpoint import package
from conceptdeck.render.powerpoint.template import make_template
from conceptdeck.values.diagnostics import has_errors
from conceptdeck.values.frame import Connector, Route, Shape, Sign, Table
from conceptdeck.values.presets import connection_site
from conceptdeck.values.units import Box, Length
from conceptdeck.workspace import places
from support.audit import audited
from support.decks import A, P
from support.translated import parts_of, planned, planned_from_the_left, shown, shown_from_the_left

THEMES = ("atlas", "beacon", "orbit")
OPPOSITE = {"l": "r", "r": "l", "ctr": "ctr"}


def text_parts(parts):
    """Return the trees of slides and notes by part name."""
    wanted = re.compile(r"ppt/(slides/slide|notesSlides/notesSlide)\d+\.xml")
    return {name: etree.fromstring(data) for name, data in parts.items() if wanted.fullmatch(name)}


def pairs(theme, zooms=False):
    """Yield the items of each slide with those of the same deck as it would be from the left."""
    turned, plain = planned("ar", theme, zooms), planned_from_the_left("ar", theme, zooms)
    for one, other in zip(turned.frames, plain.frames, strict=True):
        yield from ((turned.theme.size.w, *both) for both in zip(one.items, other.items, strict=True))


# --- slides --------------------------------------------------------------------------------------


@pytest.mark.parametrize("theme", THEMES)
def test_every_box_is_mirrored_exactly(theme):
    for width, one, other in pairs(theme):
        assert one.name == other.name
        if isinstance(one, Connector):
            assert (one.start.x, one.end.x) == (width - other.start.x, width - other.end.x)
            assert (one.start.y, one.end.y) == (other.start.y, other.end.y)
        else:
            box = other.box
            assert one.box == Box(Length(width - box.x - box.w), box.y, box.w, box.h), one.name
            if not isinstance(one, Sign) and one.placeholder:
                assert one.placeholder.box.x == width - other.placeholder.box.right


@pytest.mark.parametrize("theme", THEMES)
def test_text_stands_on_the_other_side_in_the_same_lines(theme):
    for _, one, other in pairs(theme):
        for mine, its in zip(bodies(one), bodies(other), strict=True):
            assert mine.margins == (its.margins[2], its.margins[1], its.margins[0], its.margins[3])
            for paragraph, plain in zip(mine.paragraphs, its.paragraphs, strict=True):
                assert paragraph.align == OPPOSITE[plain.align]
                assert paragraph.lines == plain.lines


def bodies(item):
    if isinstance(item, Table):
        return [cell.body for row in item.rows for cell in row.cells]
    return [item.text] if isinstance(item, Shape) and item.text else []


@pytest.mark.parametrize("theme", THEMES)
def test_connectors_end_at_the_sites_that_they_are_glued_to(theme):
    lines = 0
    for frame in planned("ar", theme).frames:
        shapes = {item.name: item for item in frame.items if isinstance(item, Shape)}
        for line in (item for item in frame.items if isinstance(item, Connector)):
            lines += 1
            for place, (name, site) in ((line.start, line.begin), (line.end, line.finish)):
                wanted = connection_site(shapes[name].preset, shapes[name].box, site)
                assert abs(wanted.x - place.x) <= 1 and abs(wanted.y - place.y) <= 1, line.name
    assert lines > 30


def test_steps_descend_to_the_left_and_the_first_column_is_on_the_right():
    items = [item for frame in planned("ar").frames for item in frame.items]
    panels = [item.box for item in items if item.name.startswith("steps.") and item.name.endswith(".panel")]
    assert [box.x for box in panels] == sorted((box.x for box in panels), reverse=True)
    assert [box.y for box in panels] == sorted((box.y for box in panels), reverse=True)
    for table in (item for item in items if isinstance(item, Table)):
        assert table.rtl
        assert list(table.lefts) == sorted(table.lefts, reverse=True)
        assert table.lefts[-1] == table.box.x
        assert table.lefts[0] + table.columns[0][1] == table.box.right


def test_arrows_that_point_to_a_side_point_to_the_other():
    arrow = Shape("arrow", "leftArrow", Box(Length(100), Length(0), Length(50), Length(20)))
    (turned,) = mirrored_items((arrow,), 1000)
    assert (turned.preset, turned.box.x) == ("rightArrow", 850)
    assert mirrored_items((turned,), 1000) == (arrow,)


def test_zooms_stand_on_the_other_side():
    turned, plain = planned("ar", zooms=True), planned_from_the_left("ar", zooms=True)
    assert turned.zooms
    width = turned.theme.size.w
    for one, other in zip(turned.zooms, plain.zooms, strict=True):
        assert one.box.x == width - other.box.right


# --- the file ------------------------------------------------------------------------------------


@pytest.mark.parametrize("theme", THEMES)
def test_every_paragraph_but_latin_ones_runs_from_the_right_and_every_run_says_its_language(theme):
    found = text_parts(parts_of("ar", theme))
    assert len(found) == 2 * len(planned("ar", theme).frames)
    for name, tree in found.items():
        for paragraph in tree.iter(f"{A}p"):
            properties = paragraph.find(f"{A}pPr")
            if properties is None:
                assert not len(paragraph), name  # an empty line of the notes
                continue
            text = "".join(each.text or "" for each in paragraph.iter(f"{A}t"))
            latin = any(char.isascii() and char.isalpha() for char in text)
            arabic = any("\u0600" <= char <= "\u06ff" for char in text)
            assert properties.get("rtl") == ("0" if latin and not arabic else "1"), (name, text)
            assert properties.get("algn") in ("r", "ctr", "l"), name
        for run in (*tree.iter(f"{A}r"), *tree.iter(f"{A}fld")):
            text = run.findtext(f"{A}t") or ""
            other = "en-US" if re.search("[A-Za-z]", text) else "zh-CN" if re.search("[\u4e00-\u9fff]", text) else ""
            said = (run[0].get("lang"), run[0].get("altLang"))
            assert said == ((other, "ar-SA") if other else ("ar-SA", "en-US")), (name, text)
        for body in tree.iter(f"{A}bodyPr"):
            assert body.get("rtlCol") in (None, "1"), name
        for table in tree.iter(f"{A}tblPr"):
            assert table.get("rtl") == "1", name


def test_only_what_stood_on_the_right_is_aligned_to_the_left():
    plain = {(id_, "r") for id_ in aligned(planned_from_the_left("ar"), "r")}
    assert {(id_, "r") for id_ in aligned(planned("ar"), "l")} == plain


def aligned(plan, side):
    """Return slide and name of the texts that are aligned to a side."""
    return [
        (frame.number, item.name)
        for frame in plan.frames
        for item in frame.items
        if any(paragraph.align == side for body in bodies(item) for paragraph in body.paragraphs)
    ]


def test_nothing_invisible_is_added_to_texts_but_the_mark_after_a_comma_between_latin_names():
    controls = re.compile("(?<!،)\u200f|[\u200e\u202a-\u202e\u2066-\u2069]")
    for name, data in parts_of("ar").items():
        if name.endswith(".xml"):
            assert not controls.search(data.decode()), name


@pytest.mark.parametrize("theme", THEMES)
def test_the_template_is_mirrored(theme):
    used = load_theme(theme, places.find_theme)
    turned, plain = make_template(used, "ar"), make_template(used, "en")
    assert list(turned) == list(plain)
    width = used.size.w
    pages = [name for name in plain if re.fullmatch(r"ppt/slide(Master|Layout)s/[^/]+\.xml", name)]
    for name in pages:
        for mine, its in zip(places_of(turned[name]), places_of(plain[name]), strict=True):
            assert mine == (width - its[0] - its[1], its[1]), name
        assert b'rtl="0"' not in turned[name]
        assert b'rtlCol="0"' not in turned[name]
        sides = [re.findall(rb'(?<=algn=")(?:l|r)(?=")', data[name]) for data in (turned, plain)]
        assert [OPPOSITE[side.decode()].encode() for side in sides[0]] == sides[1], name
    assert etree.fromstring(turned["ppt/presentation.xml"]).get("rtl") == "1"
    for name in ("ppt/presentation.xml", "ppt/notesMasters/notesMaster1.xml"):
        for level in (each for each in etree.fromstring(turned[name]).iter() if re.search(r"lvl\dpPr$", str(each.tag))):
            assert (level.get("rtl"), level.get("algn")) in (("1", "r"), ("1", "l"), ("1", "ctr")), name


def places_of(page):
    """Return left edge and width of each placeholder."""
    root = etree.fromstring(page)
    return [
        (int(place.find(f"{A}off").get("x")), int(place.find(f"{A}ext").get("cx")))
        for shape in root.iter(f"{P}sp")
        for place in shape.iter(f"{A}xfrm")
    ]


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize("language", ["ar", "ja", "zh-Hans"])
def test_auditor_and_checks_find_nothing(language, theme, tmp_path):
    plan, parts = planned(language, theme), parts_of(language, theme)
    assert not has_errors(plan.problems)
    assert check_parts(parts, "deck.pptx") == ()
    path = tmp_path / "deck.pptx"
    path.write_bytes(package.pack(parts))
    assert audited(path) == []


def test_a_paragraph_from_the_left_is_found_wherever_it_is():
    for name in ("ppt/slides/slide2.xml", "ppt/notesSlides/notesSlide2.xml"):
        parts = dict(parts_of("ar"))
        parts[name] = parts[name].replace(b' rtl="1"', b"", 1)
        (found,) = check_parts(parts, "deck.pptx")
        assert found.code == "ltr-paragraph"


def test_decks_from_the_left_know_nothing_of_it():
    for language in ("en", "de"):
        for name, data in parts_of(language).items():
            if "theme" not in name and name.endswith(".xml"):
                data = re.sub(rb'lang="zh-CN" altLang="[^"]*"', b"", data)  # a name in Chinese letters
                assert b'rtl="1"' not in data and b"altLang" not in data and b'hangingPunct="0"' not in data, name


def test_two_builds_give_the_same_bytes():
    made = [package.pack(parts_of.__wrapped__("ar")) for _ in range(2)]
    assert made[0] == made[1]
    with zipfile.ZipFile(io.BytesIO(made[0])) as archive:
        assert archive.testzip() is None


# --- pictures ------------------------------------------------------------------------------------


def test_pictures_are_mirrored_exactly():
    turned, plain = shown("ar"), shown_from_the_left("ar")
    routes = 0
    for one, other in zip(turned.drawings, plain.drawings, strict=True):
        assert one.size == other.size
        for mine, its in zip(one.items, other.items, strict=True):
            assert mine.name == its.name
            if isinstance(mine, Route):
                routes += 1
                assert [(one.size.w - x, y) for x, y in mine.points] == [tuple(point) for point in its.points]
                assert (mine.tail, mine.head, mine.arrow) == (its.tail, its.head, its.arrow)
            else:
                assert mine.box.x == one.size.w - its.box.right
                for mine_body, its_body in zip(bodies(mine), bodies(its), strict=True):
                    sides = [paragraph.align for paragraph in its_body.paragraphs]
                    assert [OPPOSITE[paragraph.align] for paragraph in mine_body.paragraphs] == sides
    assert routes > 20


def test_pictures_have_no_errors():
    for language in ("ar", "ja", "zh-Hans"):
        assert not has_errors(shown(language).problems)
