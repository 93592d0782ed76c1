"""What decks say for other programs than LibreOffice: languages of words, borders, fills, places and spacing."""

import io
import re
from collections import Counter, defaultdict
from itertools import pairwise

import pypdfium2
import pytest
from click.testing import CliRunner
from lxml import etree
from PIL import ImageChops
from pptx import Presentation

from conceptdeck.building.deck import DeckJob, deck_parts, plan_deck
from conceptdeck.checks.package.archive import unpacked
from conceptdeck.checks.package.parts import check_parts
from conceptdeck.cli import main
from conceptdeck.render.powerpoint import package
from conceptdeck.values.frame import Shape
from conceptdeck.values.languages import culture, stretches
from conceptdeck.values.presets import text_area
from conceptdeck.values.story import Density
from support.audit import audited
from support.decks import MAPS, SHIPPED, A, P
from support.translated import parts_of, planned

EVERY = (("en", "atlas"), ("en", "orbit"), ("ar", "orbit"), ("ar", "atlas"), ("ja", "atlas"), ("zh-Hans", "beacon"))
LATIN = re.compile(r"[A-Za-z]")
REGION = re.compile(r"[a-z]{2,3}(-[A-Z][a-z]{3})?-([A-Z]{2}|\d{3})")
LEAST_SPARE = 1.08  # of a text of one line, as a multiple of its width
FAINT = 40  # a difference of grey that comes from rounding
SINGLE = 1.2  # a line by itself in PowerPoint and Google Slides, as a multiple of the size


@pytest.fixture(params=EVERY, ids=lambda each: "-".join(each))
def parts(request):
    return parts_of(*request.param)


def trees(parts, pattern=r"ppt/slides/slide\d+\.xml"):
    """Return the trees of parts in the order of their numbers."""
    found = {name: etree.fromstring(data) for name, data in parts.items() if re.fullmatch(pattern, name)}
    return dict(sorted(found.items(), key=lambda pair: (len(pair[0]), pair[0])))


def placeholder(shape):
    return next(shape.iter(f"{P}ph"), None)


# --- languages of words --------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("language", "text", "foreign"),
    [
        ("ja", "Unreal Engine 5.3、GPT-4を使う（AI）3Dで。", ["Unreal Engine 5.3", "GPT-4", "AI", "3D"]),
        ("ja", "TCP/IP・HTTP/2", ["TCP/IP", "HTTP/2"]),
        ("ja", "Vision Pro — 空間", ["Vision Pro"]),
        ("ja", "ＡＢＣ ﾜｰﾙﾄﾞ ー長い 100 %", []),
        ("zh-Hans", "“Minecraft” 和 “Roblox” 2023 年", ["Minecraft", "Roblox"]),
        ("ar", "لعبة Minecraft، Roblox و Unity (2023) مع C++ و .NET", ["Minecraft", "Roblox", "Unity", "C++", ".NET"]),
        ("ar", "\u2068Roblox\u2069، \u2068Minecraft\u2069", ["Roblox", "Minecraft"]),
        ("ar", "في ٢٠٢٣ و 2023", []),
        ("he", "עולם Minecraft", ["Minecraft"]),
        ("th", "โลก Minecraft", ["Minecraft"]),
        ("ru", "Мир Minecraft 2 и C#", ["Minecraft 2", "C#"]),
        ("ko", "세계 世界 world", ["world"]),
        ("en", "The word 世界 and ワールド世界 models", ["世界", "ワールド世界"]),
        ("de", "Die Welt (العالم) und мир", ["العالم", "мир"]),
        ("fr", "e\u0301te\u0301 – ça, œuvre", []),
    ],
)
def test_words_of_another_script_are_of_another_language(language, text, foreign):
    pieces = list(stretches(text, language))
    assert "".join(piece for piece, _ in pieces) == text
    assert [piece for piece, found in pieces if found != culture(language)] == foreign
    assert all(one[1] != other[1] for one, other in pairwise(pieces))


@pytest.mark.parametrize(
    ("language", "text", "found"),
    [
        ("en", "世界", "zh-CN"),
        ("en", "世界モデル", "ja-JP"),
        ("en", "세계", "ko-KR"),
        ("en", "عالم", "ar-SA"),
        ("de", "мир", "ru-RU"),
        ("ja", "world", "en-US"),
        ("zh-Hans", "ゲーム", "ja-JP"),
    ],
)
def test_the_other_language_is_the_one_that_most_write_the_script_in(language, text, found):
    assert list(stretches(text, language)) == [(text, found)]


@pytest.mark.parametrize("language", ["ar", "ja", "zh-Hans"])
def test_latin_words_are_english_runs_with_the_language_of_the_deck_beside(language):
    latin, words = Counter(), 0
    for tree in trees(parts_of(language), r"ppt/(slides|notesSlides|slideLayouts)/[a-zA-Z]+\d+\.xml").values():
        for run in tree.iter(f"{A}r"):
            text, properties = run.find(f"{A}t").text or "", run.find(f"{A}rPr")
            said = properties.get("lang"), properties.get("altLang")
            if LATIN.search(text):
                latin[said] += 1
                assert not re.search(r"[\u0590-\u06ff\u3040-\u9fff]", text), text
            elif language == "ar" and re.search(r"[\u4e00-\u9fff]", text):
                assert said == ("zh-CN", "ar-SA"), text
            else:
                words += 1
                assert said == (culture(language), "en-US"), text
    assert set(latin) == {("en-US", culture(language))}
    assert latin.total() > 100 and words > 500


def test_numerals_by_themselves_name_one_font_for_every_script():
    """Programs set them in the font of the language's script, such as Arial in a deck whose numerals are Calibri."""
    named = defaultdict(set)
    for tree in trees(parts_of("ar", "atlas")).values():
        for run in tree.iter(f"{A}r"):
            text = run.find(f"{A}t").text or ""
            latin, cs = (run.find(f"{A}rPr/{A}{slot}") for slot in ("latin", "cs"))
            if latin is not None:
                named[text.isdecimal() and text.isascii()].add((latin.get("typeface"), cs.get("typeface")))
    assert named[True]
    assert named[True] <= {("+mj-lt", "+mj-lt"), ("+mn-lt", "+mn-lt")}
    assert {("+mj-lt", "+mj-cs"), ("+mn-lt", "+mn-cs")} <= named[False]


def test_runs_joined_are_the_texts_that_were_laid_out(parts, request):
    plan = planned(*request.node.callspec.params["parts"])
    texts = {
        (frame.key, item.name): item.text.text
        for frame in plan.frames
        for item in frame.items
        if getattr(item, "text", None)
    }
    deck = Presentation(io.BytesIO(package.pack(parts)))
    for frame, slide in zip(plan.frames, deck.slides, strict=True):
        for shape in slide.shapes:
            if shape.has_text_frame and (frame.key, shape.name) in texts:
                found = shape.text_frame.text.replace("\v", "\n")
                assert found == texts[frame.key, shape.name], shape.name


def test_every_language_has_a_region(parts):
    said = Counter()
    for tree in trees(parts, r"ppt/(?!theme).*\.xml").values():
        for element in tree.iter():
            said.update(value for key, value in element.attrib.items() if key in ("lang", "altLang"))
    assert len(said) >= 1
    assert [each for each in said if not REGION.fullmatch(each)] == []


# --- tables --------------------------------------------------------------------------------------


def test_the_table_style_says_where_no_line_is(parts):
    style = etree.fromstring(parts["ppt/tableStyles.xml"]).find(f"{A}tblStyle")
    borders = style.find(f"{A}wholeTbl/{A}tcStyle/{A}tcBdr")
    drawn = {each.tag.rpartition("}")[2]: each.find(f"{A}ln/{A}noFill") is None for each in borders}
    assert list(drawn) == ["left", "right", "top", "bottom", "insideH", "insideV"], "the order of the schema"
    assert {side for side, line in drawn.items() if line} == {"bottom", "insideH"}
    assert style.find(f"{A}wholeTbl/{A}tcStyle/{A}fill/{A}noFill") is not None


def test_the_lit_row_says_its_fill_beside_the_colour_of_its_text(parts):
    lit = 0
    for tree in trees(parts).values():
        for table in tree.iter(f"{A}tbl"):
            rows = table.findall(f"{A}tr")
            for number, row in enumerate(rows):
                last = number == len(rows) - 1 and table.find(f"{A}tblPr").get("lastRow") == "1"
                for cell in row.iter(f"{A}tc"):
                    fill = cell.find(f"{A}tcPr/{A}solidFill/{A}schemeClr")
                    colours = {each.get("val") for each in cell.iterfind(f".//{A}rPr/{A}solidFill/{A}schemeClr")}
                    assert (fill is not None) == last
                    if last:
                        lit += 1
                        assert (fill.get("val"), colours) == ("accent5", {"bg1"})
    assert lit > 2


# --- placeholders --------------------------------------------------------------------------------


def test_only_the_first_placeholder_of_its_type_takes_its_look_from_the_layout(parts):
    """Viewers that look for the type alone give every text the look of the first one."""
    deck = Presentation(io.BytesIO(package.pack(parts)))
    explicit = Counter()
    for slide in deck.slides:
        first = {}
        for each in slide.slide_layout.placeholders:
            first.setdefault(placeholder(each._element).get("type"), each.placeholder_format.idx)
        for shape in slide.placeholders:
            kind = placeholder(shape._element).get("type")
            if first[kind] == shape.placeholder_format.idx or not shape.has_text_frame:
                continue
            explicit[slide.slide_layout.name] += 1
            assert shape._element.spPr.find(f"{A}xfrm") is not None, shape.name
            body = shape._element.txBody.find(f"{A}bodyPr")
            assert body.get("anchor") and body.get("lIns") is not None
            for run in shape._element.iter(f"{A}r"):
                said = run.find(f"{A}rPr")
                assert said.get("sz") and said.get("b")
                assert said.find(f"{A}latin") is not None and said.find(f"{A}solidFill") is not None
    assert {"Section", "Concept on a Panel"} <= set(explicit)


def test_the_first_text_of_a_layout_reads_as_running_text(parts):
    for tree in trees(parts, r"ppt/slideLayouts/slideLayout\d+\.xml").values():
        name = tree.find(f"{P}cSld").get("name")
        bodies = [shape for shape in tree.iter(f"{P}sp") if placeholder(shape).get("type") == "body"]
        sizes = [int(next(shape.iter(f"{A}defRPr")).get("sz")) for shape in bodies]
        if name != "Cover" and sizes:
            assert sizes[0] <= 2400, (name, sizes)


def test_no_two_placeholders_of_a_slide_overlap(parts, request):
    plan = planned(*request.node.callspec.params["parts"])
    for frame in plan.frames:
        boxes = [(item.name, item.box) for item in frame.items if getattr(item, "placeholder", None)]
        for index, (name, box) in enumerate(boxes):
            for other, place in boxes[index + 1 :]:
                apart = box.right <= place.x or place.right <= box.x or box.bottom <= place.y or place.bottom <= box.y
                assert apart, (frame.key, name, other)


# --- one line by design --------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("language", "theme", "density"),
    [
        ("en", "atlas", "read"),
        ("fr", "atlas", "talk"),
        ("de", "orbit", "talk"),
        ("ar", "orbit", "read"),
        ("ja", "beacon", "read"),
    ],
)
def test_texts_of_one_line_do_not_wrap_and_have_room_to_spare(language, theme, density):
    """Where another font stands in, it is often some per cent wider; Google Slides wraps whatever the file says."""
    plan = plan_deck(DeckJob(SHIPPED, theme, locale=language, density=Density(density)))
    kinds, tight = Counter(), []
    for frame in plan.frames:
        for item in frame.items:
            if not isinstance(item, Shape) or not item.text or item.text.wrap:
                continue
            radius = round(dict(item.adjust).get("adj", 0) * min(item.box.w, item.box.h) / 100_000)
            room = text_area(item.preset, item.box, radius).w - item.text.margins[0] - item.text.margins[2]
            (paragraph,) = item.text.paragraphs
            assert len(paragraph.lines) == 1
            kinds[kind_of(item, frame)] += 1
            if room < LEAST_SPARE * paragraph.extent:
                tight.append((frame.key, item.name, room / paragraph.extent))
    assert tight == []
    assert {"chip", "tracker", "edge", "number"} <= set(kinds), kinds


def kind_of(item, frame):
    if "@tracker" in item.name or item.link:
        return "tracker"
    if frame.layout == "diagram":
        return "edge"
    return "number" if re.fullmatch(r"\d+", item.text.text) else "chip"


@pytest.mark.parametrize(("language", "theme"), [("en", "atlas"), ("ar", "orbit")])
def test_every_chip_pill_and_number_of_one_line_is_written_so(language, theme):
    plan = planned(language, theme)
    written = trees(parts_of(language, theme)).values()
    for frame, tree in zip(plan.frames, written, strict=True):
        shapes = {each.find(f"{P}nvSpPr/{P}cNvPr").get("name"): each for each in tree.iter(f"{P}sp")}
        for item in frame.items:
            if isinstance(item, Shape) and item.text and not (item.placeholder and item.placeholder.first):
                body = shapes[item.name].find(f"{P}txBody/{A}bodyPr")
                assert body.get("wrap") == ("square" if item.text.wrap else "none"), item.name


@pytest.mark.parametrize(("language", "theme"), [("en", "atlas"), ("ar", "orbit")])
def test_text_that_does_not_wrap_stands_where_it_would_stand_otherwise(language, theme, office, tmp_path):
    pictures = []
    parts = parts_of(language, theme)
    for wrap in ("none", "square"):
        path = tmp_path / f"{wrap}.pptx"
        path.write_bytes(
            package.pack(
                {name: data.replace(b'wrap="none"', f'wrap="{wrap}"'.encode()) for name, data in parts.items()}
            )
        )
        with pypdfium2.PdfDocument(office(path)) as document:
            pictures.append([page.render(scale=1).to_pil().convert("L") for page in document])
    moved = [
        number
        for number, pair in enumerate(zip(*pictures, strict=True), start=1)
        if ImageChops.difference(*pair).getextrema()[1] > FAINT
    ]
    assert moved == []


# --- Google Slides -------------------------------------------------------------------------------


def spacings(parts):
    """Return size and line spacing of each paragraph of slides, in the order of the file: points, or shares."""
    found = []
    for tree in trees(parts).values():
        for paragraph in tree.iter(f"{A}p"):
            spacing = paragraph.find(f"{A}pPr/{A}lnSpc")
            if spacing is not None:
                run = paragraph.find(f"{A}r/{A}rPr")
                size = (run if run is not None else paragraph.find(f"{A}fld/{A}rPr")).get("sz")
                found.append((size and int(size) / 100, spacing[0].tag.rpartition("}")[2], int(spacing[0].get("val"))))
    return found


def test_for_google_slides_every_line_is_as_high_as_for_powerpoint():
    exact = spacings(parts_of("ar", "orbit"))
    google = deck_parts(plan_deck(DeckJob(SHIPPED, "orbit", locale="ar", program="google-slides")))
    relative = spacings(google)
    assert len(exact) == len(relative) > 400
    for (size, kind, points), (same, other, share) in zip(exact, relative, strict=True):
        assert (kind, other, size) == ("spcPts", "spcPct", same)
        if size:
            assert share / 100_000 * SINGLE * size == pytest.approx(points / 100, abs=0.002)
    assert check_parts(google, "deck.pptx") == ()


def test_for_google_slides_the_layouts_say_shares_too():
    google = deck_parts(plan_deck(DeckJob(MAPS / "bare" / "map.yaml", program="google-slides")))
    pages = r"ppt/(slideLayouts|slideMasters|slides)/[a-zA-Z]+\d+\.xml"
    kinds = defaultdict(set)
    for name, tree in trees(google, pages).items():
        for spacing in tree.iter(f"{A}lnSpc"):
            kinds[spacing[0].tag.rpartition("}")[2]].add(name)
    assert set(kinds) == {"spcPct"}
    assert len(kinds["spcPct"]) > 13


def test_the_program_that_opens_the_deck_is_an_option_that_records_know(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    map_file, out = str(MAPS / "bare"), str(tmp_path / "out")

    def built(*options):
        result = CliRunner().invoke(main, ["build", map_file, "--out", out, *options])
        assert result.exit_code == 0, result.output
        (path,) = (tmp_path / "out").rglob("*.pptx")
        return path.read_bytes(), "up to date" in result.output

    plain, _ = built()
    google, kept = built("--for", "google-slides")
    assert google != plain and not kept
    assert built("--for", "google-slides") == (google, True)
    again, kept = built("--for", "powerpoint")
    assert again == plain and not kept


def test_locales_build_for_google_slides_too(tmp_path):
    command = ["locales", str(MAPS / "bare"), "--out", str(tmp_path), "--only", "deck", "--for", "google-slides"]
    result = CliRunner().invoke(main, command)
    assert result.exit_code == 0, result.output
    (path,) = tmp_path.rglob("*.pptx")
    kinds = {kind for _, kind, _ in spacings(unpacked(path.read_bytes(), path.name)[0])}
    assert kinds == {"spcPct"}


# --- the whole -----------------------------------------------------------------------------------


def test_an_auditor_finds_nothing(parts, tmp_path):
    path = tmp_path / "deck.pptx"
    path.write_bytes(package.pack(parts))
    assert audited(path) == []
    assert check_parts(parts, "deck.pptx") == ()
