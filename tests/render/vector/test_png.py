import io
import random
from collections.abc import Callable

import pytest
from bidi import get_display
from PIL import Image, ImageChops, ImageOps

from conceptdeck.building.deck import DeckJob, plan_deck
from conceptdeck.render.vector import outlines
from conceptdeck.render.vector.png import slide_png, write_png
from conceptdeck.render.vector.scene import slide_scene
from conceptdeck.typeset.fonts import Family, FontBook
from conceptdeck.typeset.glyphs import Span, _visual, draw_line
from conceptdeck.values.frame import Drawing
from conceptdeck.workspace import places
from support.decks import SHIPPED, THEMES
from support.drawn import sheet_of
from support.pictures import AWKWARD, FONTS, book, box, drawing, node, paragraph, sample, theme

M = 8  # px that the margin is wider than in SVG
DRAWN = ("backslashes", "markup", "quotes", "tab", "no-break", "marks", "arabic", "combined")


def pixels_of(data: bytes) -> Image.Image:
    image = Image.open(io.BytesIO(data))
    image.load()
    return image.convert("RGB")


def colour(code: str) -> tuple[int, ...]:
    return tuple(bytes.fromhex(code))


@pytest.mark.parametrize("name", THEMES)
@pytest.mark.parametrize("dark", [False, True])
def test_a_picture_has_the_ground_and_the_colours_of_its_surroundings(name: str, dark: bool) -> None:
    whole = pixels_of(write_png(sample(), theme(name), book(name), dark))
    palette = theme(name).palette(dark=dark)
    assert whole.size == (1400 + 4 * M, 600 + 4 * M)
    assert whole.getpixel((5, 5)) == colour(palette["page"])
    image = whole.crop((2 * M, 2 * M, 1400 + 2 * M, 600 + 2 * M))
    assert image.getpixel((60, 200)) == colour(palette["card"])
    assert image.getpixel((560, 470)) == colour(palette["accent5"])
    assert image.getpixel((600, 140)) == colour(palette["accent2"])
    assert image.getpixel((910, 140)) == colour(palette["accent2"])  # the arrowhead


def test_scale_counts_pixels() -> None:
    assert pixels_of(write_png(sample(), theme(), book(), False, scale=1)).size == (700 + 2 * M, 300 + 2 * M)


@pytest.mark.parametrize("scale", [1, 2, 3])
def test_a_picture_says_how_large_it_is_so_that_text_programs_place_it_so(scale: int) -> None:
    image = Image.open(io.BytesIO(write_png(sample(), theme(), book(), False, scale=scale)))
    across, down = image.info["dpi"]
    assert (image.width / across, image.height / down) == pytest.approx((716 / 96, 316 / 96), rel=1e-3)


def test_a_picture_with_its_density_is_a_whole_png() -> None:
    data = write_png(sample(), theme(), book(), False)
    image = Image.open(io.BytesIO(data))
    image.verify()  # reads every chunk and its checksum
    assert data.index(b"IHDR") < data.index(b"pHYs") < data.index(b"IDAT")
    assert data.count(b"pHYs") == 1


@pytest.mark.parametrize("name", THEMES)
def test_what_is_drawn_keeps_16_pixels_from_the_edge_on_every_side(name: str) -> None:
    for shown in sheet_of(SHIPPED, name, only=("hierarchy", "relations")).drawings:
        image = pixels_of(write_png(shown, theme(name), book(name), False, scale=1))
        around = ImageChops.difference(image, Image.new("RGB", image.size, image.getpixel((0, 0)))).getbbox()
        left, top, right, bottom = around
        assert min(left, top, image.width - right, image.height - bottom) >= 15, shown.id  # a line reaches 1 px out


def test_two_drawings_give_the_same_bytes() -> None:
    assert write_png(sample(), theme(), book(), True) == write_png(sample(), theme(), book.__wrapped__(), True)


def test_a_picture_needs_no_font_of_the_system(monkeypatch: pytest.MonkeyPatch) -> None:
    before = write_png(sample(), theme(), book(), False)
    monkeypatch.setenv("FONTCONFIG_FILE", "/nowhere")
    assert write_png(sample(), theme(), book(), False) == before


# --- outlines ------------------------------------------------------------------------------------


def spans(text: str, size: float = 1.0, bold: bool = False) -> tuple[Span, ...]:
    return (Span(text, "Calibri", bold, size),)


def ink(drawn) -> tuple[float, float]:
    edges = [
        cluster.x + (dx + value) * cluster.size
        for cluster in drawn.clusters
        for outline, dx, _ in cluster.outlines
        for _, values in outline
        for value in values[::2]
    ]
    return min(edges), max(edges)


@pytest.mark.parametrize("text", AWKWARD.values(), ids=AWKWARD)
@pytest.mark.parametrize("rtl", [False, True])
def test_a_line_is_drawn_as_wide_as_it_was_measured(text: str, rtl: bool) -> None:
    drawn = draw_line(spans(text), book(), rtl=rtl)
    assert drawn.width == pytest.approx(book().shape(text, "Calibri").width, abs=0.002)
    left, right = ink(drawn)
    assert left >= -0.15
    assert right <= drawn.width + 0.15
    assert sorted("".join(cluster.text for cluster in drawn.clusters)) == sorted(text)


@pytest.mark.parametrize("name", DRAWN)
def test_what_the_faces_cover_is_drawn(name: str) -> None:
    drawn = draw_line(spans(AWKWARD[name]), book())
    assert drawn.missing == ()
    assert all(cluster.outlines for cluster in drawn.clusters if cluster.text.strip(" \t\u00a0\u00ad"))


def test_a_character_without_an_outline_is_told_and_never_blank() -> None:
    for text, missing in (("概念 Map", ("概", "念")), ("Ꮳ ok", ("Ꮳ",)), ("བོ", ("བ", "ོ"))):
        drawn = draw_line(spans(text), book())
        assert drawn.missing == missing
        assert all(cluster.outlines for cluster in drawn.clusters if set(cluster.text) & set(missing))


def test_the_missing_characters_of_a_drawing_are_told_once() -> None:
    picture = drawing([node(n, box(0, 0, 300, 90), paragraph("概念概念", width=280)) for n in ("a", "b")])
    assert outlines.missing_outlines(picture, theme(), book()) == ("概", "念")
    assert outlines.missing_outlines(sample(), theme(), book()) == ()


@pytest.mark.parametrize(
    ("text", "rtl", "seen"),
    [
        ("abc נמל", False, "abc למנ"),
        ("נמל abc", True, "abc למנ"),
        ("נמל (abc) 12", True, "12 )abc( למנ"),
        ("abc (נמל) 12", False, "abc (למנ) 12"),
        ("נמל 3.5%", True, "3.5% למנ"),
        ("abc", True, "abc"),
    ],
)
def test_mixed_directions_stand_as_readers_expect_them(text: str, rtl: bool, seen: str) -> None:
    assert "".join(cluster.text for cluster in draw_line(spans(text), book(), rtl=rtl).clusters) == seen


def test_arabic_letters_are_joined_and_a_line_of_several_looks_keeps_its_order() -> None:
    apart = sum(draw_line(spans(char), book()).width for char in "نموذج")
    assert draw_line(spans("نموذج"), book(), rtl=True).width < 0.9 * apart
    mixed = (Span("נמל ", "Calibri", True, 10.0), Span("abc", "Calibri", False, 20.0))
    drawn = draw_line(mixed, book(), rtl=True)
    assert [(cluster.text, cluster.span) for cluster in drawn.clusters][:3] == [("a", 1), ("b", 1), ("c", 1)]
    assert drawn.clusters[-1].size == 10.0
    assert [cluster.x for cluster in drawn.clusters] == sorted(cluster.x for cluster in drawn.clusters)


def test_any_text_can_be_drawn() -> None:
    chance = random.Random(4)
    alphabet = "".join(AWKWARD.values()) + "\u200e\u200f\u202b\u202c\u2067\u2069\u0301\u00ad\ufe0f\u200d"
    for _ in range(300):
        text = "".join(chance.choices(alphabet, k=chance.randint(0, 12)))
        for rtl in (False, True):
            drawn = draw_line(spans(text), book(), rtl=rtl)
            assert sorted("".join(cluster.text for cluster in drawn.clusters)) == sorted(text)
            assert drawn.width == pytest.approx(book().shape(text, "Calibri").width, abs=1.0)  # runs are cut otherwise


def test_a_line_is_turned_as_the_library_turns_it() -> None:
    chance = random.Random(5)
    alphabet = "abc אבגעם نموذج 0123456789 ()[]<> .,:-+%/\u00a0 e\u0301 لّ"
    for _ in range(300):
        text = "".join(chance.choices(alphabet, k=chance.randint(1, 30)))
        for rtl in (False, True):
            places, _ = _visual(text, rtl)
            assert sorted(places) == list(range(len(text)))
            seen = "".join(char for _, char in sorted(zip(places, text, strict=True)))
            assert seen == get_display(text, base_dir="R" if rtl else "L")


def test_ink_stands_where_the_text_was_placed() -> None:
    def edges(align: str, language: str, text: str) -> tuple[int, int]:
        picture: Drawing = drawing(
            [node("n", box(100, 50, 500, 60), paragraph(text, align=align, width=480), preset="rect")],
            language=language,
        )
        whole = pixels_of(write_png(picture, theme(), book(), False))
        image = ImageOps.crop(whole, 2 * M).crop((206, 106, 1194, 214)).convert("L")
        found = image.point(lambda value: 255 if value < 128 else 0).getbbox()
        assert found
        return found[0] + 206, found[2] + 206

    arabic = "نموذج العالم"
    for language, text in (("en", "World models"), ("ar", arabic)):
        assert edges("l", language, text)[0] == pytest.approx(216, abs=6)
        assert edges("r", language, text)[1] == pytest.approx(1184, abs=6)
        assert sum(edges("ctr", language, text)) / 2 == pytest.approx(700, abs=6)


# --- slides --------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", THEMES)
def test_every_slide_can_be_painted(name: str) -> None:
    plan = plan_deck(DeckJob(SHIPPED, name))
    for frame in plan.frames:
        image = pixels_of(slide_png(frame, plan.theme, book(name), 320))
        assert image.size == (320, 180)
        on_page = image.getpixel((1, 178)) == colour(plan.theme.colours["page"])
        assert on_page is (frame.layout not in ("section", "statement")), frame.key
        assert len(image.getcolors(100_000) or []) > 20
        lines = outlines.place_lines(slide_scene(frame, plan.theme).groups, plan.theme, book(name))
        assert {char for line in lines for char in line.drawn.missing} <= {"桔", "子"}  # a name among the sources


# --- outlines from a package -----------------------------------------------------------------------


def packaged(read) -> FontBook:
    families = [Family(each.name, each.name, each.regular, each.bold, each.outlines) for each in theme().families]
    return FontBook(lambda path: (FONTS / path).read_bytes(), families, theme().fallbacks, read)


def test_a_package_draws_what_the_measuring_faces_cannot() -> None:
    asked = []

    def found(name: str) -> Callable[[], bytes]:
        asked.append(name)
        return (FONTS / "gelasio" / "Gelasio-Regular.ttf").read_bytes

    with_package = packaged(found)
    draw_line(spans("World models"), with_package)
    assert asked == []
    draw_line(spans("概念"), with_package)
    assert asked == ["noto_cjk_sans_otc/NotoSansCJK-Regular.ttc"]
    assert draw_line(spans("概念"), packaged(lambda name: None)).missing == ("概", "念")


def test_a_package_is_read_only_to_draw() -> None:
    def read() -> bytes:
        raise AssertionError

    assert [run.text for run in packaged(lambda name: read).runs("概念", "Calibri")] == ["概念"]


def test_chinese_and_japanese_are_drawn_each_in_its_own_way() -> None:
    if places.packaged_font("noto_cjk_sans_otc/NotoSansCJK-Regular.ttc") is None:
        pytest.skip("needs the extra `cjk`")
    with_package = packaged(places.packaged_font)
    for text in (AWKWARD["japanese"], AWKWARD["chinese"]):
        for bold in (False, True):
            drawn = draw_line(spans(text, bold=bold), with_package)
            assert drawn.missing == ()
            assert drawn.width == pytest.approx(with_package.shape(text, "Calibri", bold).width, abs=0.002)
    shapes = {
        language: draw_line(spans("直"), with_package, language=language).clusters[0].outlines
        for language in ("ja", "zh-Hans", "zh-Hant")
    }
    assert shapes["ja"] != shapes["zh-Hans"]


def test_no_package_is_no_font() -> None:
    assert places.packaged_font("no_such_package/Font.ttf") is None
    assert places.packaged_font("pipeline/NoFont.ttf") is None
