"""Where lines break: words of letters and signs stay whole, and each break is one that other programs make too."""

from __future__ import annotations

from itertools import accumulate, pairwise

import pytest

from conceptdeck.building.deck import DeckJob, plan_deck
from conceptdeck.typeset.breaks import break_units, possible_breaks, sure_breaks
from conceptdeck.typeset.fonts import FontBook
from conceptdeck.typeset.lines import Look, Style, Typesetter
from conceptdeck.typeset.settings import Setting
from conceptdeck.values.frame import Shape, Table
from conceptdeck.values.units import Size, points
from support.decks import ROOT, SHIPPED, THEMES
from support.faces import ENGLISH, FALLBACKS, FAMILIES, GERMAN, read_font

WEB = ROOT / "data" / "web-platform" / "map.yaml"
LANGUAGES = ("en", "ar", "de", "es", "fr", "ja", "zh-Hans")
WHOLE = [
    "C++", "C#", "F#", "A/B", "TCP/IP", "n++", "I/O", "$5", "#1", "10%", "−5", "@name", "e.g.", "--flag", "-v",
    "C++17", "C++/CLI", "(C++)", "C++,", "R&D", "AT&T", "a|b", "a->b", "x!=y", "==", "50°C", "10€", "100%+", "++i",
    "foo_bar", "*p", "C\N{NUMBER SIGN},",
]  # fmt: skip
SENTENCE = "A compiler for C, C++, C#, F#, .NET and A/B tests has to keep C++ whole wherever a line may end, also C++."
LEAST_WINDOW = 0.005


@pytest.fixture(scope="module")
def setter() -> Typesetter:
    """Return a typesetter of text that other programs break again."""
    return Typesetter(FontBook(read_font, FAMILIES, FALLBACKS), flowing=True)


def set_in(setter: Typesetter, text: str, width: float, lang: str = "en", size: float = 16, **more) -> Setting:
    found = setter.set(text, Look("Calibri", False, size, 1.2, **more), points(width), lang)
    assert found is not None
    return found


def pieces(text: str, offsets) -> list[str]:
    return [text[start:end] for start, end in pairwise((0, *offsets, len(text)))]


@pytest.mark.parametrize("lang", ["en", "de", "ar", "ja", "zh-Hans"])
@pytest.mark.parametrize("word", WHOLE)
def test_a_word_of_letters_and_signs_is_never_broken(word, lang):
    assert pieces(f"so {word} is", break_units(f"so {word} is", lang, phrases=False)) == ["so ", f"{word} ", "is"]


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("see § 4 now", ["see ", "§ 4 ", "now"]),
        ("um 10 % mehr", ["um ", "10 % ", "mehr"]),
        ("a C++-like tool", ["a ", "C++-", "like ", "tool"]),
        ("a well-known co-op", ["a ", "well-", "known ", "co-", "op"]),
        ("one—two", ["one", "—", "two"]),
    ],
)
def test_numbers_stay_with_their_signs_and_hyphens_still_break(text, parts):
    assert pieces(text, break_units(text, "en")) == parts


def test_a_full_stop_before_a_word_stays_with_it_though_some_program_breaks_before_it():
    assert not {6, 7, 8} & {*break_units("C# or .NET, so", "en")}
    assert ".NET" not in pieces("C# or .NET", break_units("C# or .NET", "en"))
    assert pieces("C# or .NET", possible_breaks("C# or .NET", "en"))[-1] == ".NET"


def test_words_of_signs_stay_whole_among_chinese_and_japanese():
    assert "C++は、" in pieces("世界のC++は、速い", break_units("世界のC++は、速い", "ja", phrases=False))
    assert "TCP/IP" in pieces("使用TCP/IP协议", break_units("使用TCP/IP协议", "zh-Hans", phrases=False))


@pytest.mark.parametrize("lang", ["en", "ja", "zh-Hans", "th"])
@pytest.mark.parametrize("text", [SENTENCE, "世界モデルは、C++とA/Bテストを「図」で示す。", "see -- a/b, 10% of C++"])
def test_what_some_program_breaks_holds_what_is_broken_here(text, lang):
    assert set(break_units(text, lang)) <= set(possible_breaks(text, lang))
    assert set(possible_breaks(text, lang)) <= set(possible_breaks(text, lang, hanging=True))
    assert set(sure_breaks(text, lang)) <= set(break_units(text, lang, phrases=False))


def test_no_line_is_sure_to_break_between_a_wide_comma_and_a_latin_word():
    text = "人物、Robloxと、1つ"
    assert [piece for piece in pieces(text, sure_breaks(text, "ja")) if "、" in piece] == ["物、Roblox", "と、1"]


def test_an_unsure_break_is_held_by_a_width_in_which_not_even_the_next_letter_fits(setter):
    text = "空のファイルでも、html、head、bodyを備えたツリーになる。"
    setting = set_in(setter, text, 228, "ja", size=22)
    at = text.index("html")
    assert setting.lines[0] == text[:at]
    room = setter._shaped(text[: at + 1], "Calibri", False, "ja").width * 22 * 12_700
    assert setting.reach <= room + 1


@pytest.mark.parametrize("width", range(90, 420, 7))
def test_a_program_that_breaks_at_signs_makes_the_same_lines(setter, width):
    """Filled word by word as UAX #14 allows, the text breaks at the middle of the window as it was set."""
    setting = set_in(setter, SENTENCE, width)
    if setting.loose or setting.reach is None:
        return
    middle = (setting.width + setting.reach) / 2
    assert filled(setter, SENTENCE, middle, "en") == list(setting.lines)
    assert not any(line.endswith(("C+", "/")) for line in setting.lines)


def test_a_smaller_size_makes_signs_sure(setter):
    style = Style("Calibri", False, (16, 15, 14, 13), 1.2)
    boxes = [Size(points(width), points(400)) for width in range(90, 420, 3)]
    settings = [setter.fit(SENTENCE, style=style, box=box, lang="en") for box in boxes]
    assert {setting.size_pt for setting in settings} > {16}
    assert sum(setting.loose for setting in settings) <= 0.02 * len(settings)


@pytest.mark.parametrize(
    ("lang", "text"),
    [
        ("ja", "合成されたシーンは、いまや見るのも変えるのも共有するのも簡単だが、どれも短いクリップのままだ。"),
        ("ja", "コンピューターグラフィックスを使う人々は、次に何が起こるかを予測する世界モデルを学んでいる。"),
        ("zh-Hans", "合成场景如今易看、易改、易分享，但每一个仍然只像一段短片，需要有人从头到尾把它看完。"),
    ],
)
@pytest.mark.parametrize("width", range(110, 400, 10))
def test_lines_of_east_asia_are_those_that_programs_fill(setter, lang, text, width):
    setting = set_in(setter, text, width, lang, size=13)
    if setting.reach is None:
        return
    assert setting.reach > setting.width
    middle = (setting.width + setting.reach) / 2
    assert filled(setter, text, middle, lang, size=13, breaks=sure_breaks) == list(setting.lines)
    assert len(setting.lines[-1].strip("。、")) > 1, "a last line of one character"


def test_hardly_any_lines_of_east_asia_depend_on_what_programs_do_with_small_kana(setter):
    text = "コンピューターグラフィックスを使う人々は、次に何が起こるかを予測する世界モデルを学んでいる。"
    settings = [set_in(setter, text, width, "ja", size=13) for width in range(110, 400, 5)]
    wrapped = [each for each in settings if each.reach]
    middles = [(each.width + each.reach) / 2 for each in wrapped]
    found = [filled(setter, text, middle, "ja", size=13) for middle in middles]
    same = sum(made == list(each.lines) for made, each in zip(found, wrapped, strict=True))
    assert same >= 0.8 * len(wrapped)


def filled(
    setter: Typesetter, text: str, width: float, lang: str, size: float = 16, breaks=possible_breaks
) -> list[str]:
    """Return the lines that a program makes in a box of `width` EMU: as many units as there is room for, no more."""
    room = width / (size * 12_700)
    lines = [""]
    for unit in pieces(text, breaks(text, lang)):
        if lines[-1] and setter._shaped((lines[-1] + unit).rstrip(), "Calibri", False, lang).width > room:
            lines.append("")
        lines[-1] += unit
    return [line.rstrip() for line in lines]


def test_a_heading_that_no_width_holds_has_breaks_of_its_own(setter):
    text = "過去のインターフェース"
    free = set_in(setter, text, 150, "ja", heading=False)
    heading = set_in(setter, text, 150, "ja", heading=True)
    assert not free.forced
    assert (heading.forced, heading.lines) == (True, ("過去の", "インターフェース"))


def test_a_window_of_less_than_a_percent_is_left_for_a_smaller_width_or_size(setter):
    before = Typesetter(FontBook(read_font, FAMILIES, FALLBACKS))
    tried = [(text, step / 4) for text in (ENGLISH, GERMAN, SENTENCE) for step in range(600, 1700)]
    narrow = [each for each in tried if window(set_in(before, *each)) < 2 * LEAST_WINDOW]
    assert len(narrow) > 5, "too few widths to prove anything with"
    found = [set_in(setter, *each) for each in narrow]
    assert all(setting.loose or window(setting) >= 2 * LEAST_WINDOW for setting in found)
    assert sum(setting.loose for setting in found) < len(found) / 2


def test_a_heading_is_less_even_where_its_most_even_lines_are_held_by_too_narrow_a_window(setter):
    text = "لا تصل الخصائص الجديدة إلى كل المتصفّحات في يوم واحد."
    heading = set_in(setter, text, 272, "ar", 24, heading=True)
    assert heading.lines == ("لا تصل الخصائص الجديدة", "إلى كل المتصفّحات في", "يوم واحد.")
    assert window(heading) > 4 * LEAST_WINDOW  # that of lines with the first word of the second moved down is less


def window(setting: Setting) -> float:
    return 1.0 if setting.reach is None else (setting.reach - setting.width) / setting.width


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_text_of_the_shipped_decks_has_a_window_in_which_its_lines_hold(language):
    unsure = []
    for map_file in (SHIPPED, WEB):
        for theme in THEMES:
            for frame in plan_deck(DeckJob(map_file, theme, locale=language)).frames:
                for name, body in bodies(frame):
                    reaches = [each.reach for each in body.paragraphs if each.reach is not None]
                    longest = max((each.extent for each in body.paragraphs), default=0)
                    forced = any("\n" in each.text for each in body.paragraphs)
                    if reaches and not forced and min(reaches) < longest * (1 + LEAST_WINDOW):
                        unsure.append((map_file.parent.name, theme, frame.number, name))
    assert unsure == []


def bodies(frame):
    for item in frame.items:
        if isinstance(item, Table):
            yield from ((row.key, cell.body) for row in item.rows for cell in row.cells)
        elif isinstance(item, Shape) and item.text:
            yield item.name, item.text


def test_korean_breaks_between_words_where_programs_might_break_anywhere() -> None:
    text = "효모가 가스를 만든다"
    assert break_units(text, "ko") == (4, 8)
    assert {1, 2, 4, 5, 6, 8} <= {*possible_breaks(text, "ko")}
    assert break_units("이산화탄소(CO₂)로", "ko") == ()


@pytest.mark.parametrize(
    ("language", "pieces"),
    [
        ("km", "មេ|នំ|ស៊ីស្ករ |ហើយ"),
        ("lo", "ສ້າງອາຍ|ແກັສທີ່|ເຮັດ|ໃຫ້ |ແປ້ງຟູຂຶ້ນ"),
        ("my", "မုန့်|နှစ်|ကို |ဖောင်း|စေ|သော"),
    ],
)
def test_languages_without_spaces_break_where_a_syllable_is_sure_to_begin(language: str, pieces: str) -> None:
    lengths = [len(piece) for piece in pieces.split("|")]
    assert break_units(pieces.replace("|", ""), language) == tuple(accumulate(lengths[:-1]))
