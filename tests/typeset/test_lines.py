"""The breaking of lines and the search for sizes, with the faces that ship with the themes."""

from __future__ import annotations

import subprocess
import sys
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import pytest

from conceptdeck.typeset.breaks import break_units
from conceptdeck.typeset.fonts import FontBook
from conceptdeck.typeset.lines import Look, Sibling, Style, Typesetter
from conceptdeck.typeset.settings import Setting, has_orphan
from conceptdeck.values.units import Length, Size, inches, points
from support.faces import ENGLISH, FALLBACKS, FAMILIES, GERMAN, read_font

ROOT = Path(__file__).resolve().parents[2]
BODY = Style("Calibri", False, (20, 19, 18, 17, 16), 1.25)
TITLE = Style("Georgia", False, (30, 29, 28, 27, 26, 25, 24, 23, 22), 0.95, avoid_orphan=True)
JAPANESE = "概念マップは、知識の構造を「図」として（わかりやすく）表現するツールであり、コンピューターでも使える。"
CHINESE = "概念图（Concept Map）用于表示知识的结构，和“世界模型”之间的关系、以及更多内容。"
THAI = "แผนผังมโนทัศน์แสดงโครงสร้างความรู้และความสัมพันธ์ระหว่างแนวคิด"
ARABIC = "تعرض خريطة المفاهيم بنية المعرفة والعلاقات بين المفاهيم المختلفة"
TEXTS = {
    "en": ENGLISH,
    "de": GERMAN,
    "ja": JAPANESE,
    "zh": CHINESE,
    "zh-Hant": CHINESE,
    "ar": ARABIC,
    "th": THAI,
}


@pytest.fixture(scope="module")
def setter() -> Typesetter:
    """Return a typesetter with all families."""
    return Typesetter(FontBook(read_font, FAMILIES, FALLBACKS))


def pieces(text: str, lang: str, *, phrases: bool = True) -> list[str]:
    """Return what lies between the breaks of `text`."""
    bounds = (0, *break_units(text, lang, phrases=phrases), len(text))
    return [text[start:end] for start, end in pairwise(bounds)]


def set_calibri(setter: Typesetter, text: str, width: Length, lang: str = "en", size: float = 20) -> Setting | None:
    """Set `text` in Calibri."""
    return setter.set(text, Look("Calibri", False, size, 1.25), width, lang)


def test_words_break_after_spaces_and_hyphens_but_not_after_slashes() -> None:
    assert pieces("a well-known state/event", "en") == ["a ", "well-", "known ", "state/event"]


def test_no_break_spaces_and_word_joiners_hold_text_together() -> None:
    assert pieces("in 3\u00a0kg or 10\u202f000 a\u2060b", "en") == [
        "in ",
        "3\u00a0kg ",
        "or ",
        "10\u202f000 ",
        "a\u2060b",
    ]
    assert pieces("a \u00a0b", "en") == ["a \u00a0b"]


def test_a_soft_hyphen_is_no_break() -> None:
    assert pieces("Donau\u00addampf", "de") == ["Donau\u00addampf"]


def test_a_line_feed_always_breaks() -> None:
    assert pieces("one\n\u00a0two", "en") == ["one\n", "\u00a0two"]
    assert pieces("概念\n图", "zh") == ["概念\n", "图"]


def test_an_empty_text_has_no_breaks() -> None:
    assert [break_units("", lang) for lang in ("en", "ja", "zh", "th")] == [()] * 4


def test_offsets_count_code_points_after_an_emoji() -> None:
    assert pieces("👩‍👩‍👧 x e\u0301 y", "en") == ["👩‍👩‍👧 ", "x ", "e\u0301 ", "y"]


def test_japanese_breaks_between_phrases() -> None:
    text = "概念マップは、知識の構造を「図」として表現する"
    assert pieces(text, "ja") == ["概念マップは、", "知識の", "構造を", "「図」と", "して", "表現する"]
    assert len(pieces(text, "ja", phrases=False)) > 10


def test_latin_words_within_chinese_stay_whole() -> None:
    assert "（Concept " in pieces(CHINESE, "zh-CN")
    assert "Map）" in pieces(CHINESE, "zh-CN")


@pytest.mark.parametrize("lang", ["zh", "zh-Hant", "zh_TW", "ja", "ja-JP"])
def test_phrase_breaks_are_among_all_breaks(lang: str) -> None:
    assert set(break_units(CHINESE, lang)) < set(break_units(CHINESE, lang, phrases=False))


def test_thai_breaks_between_words() -> None:
    assert pieces("แผนผังมโนทัศน์แสดง Concept Map", "th") == ["แผน", "ผังมโนทัศน์", "แสดง ", "Concept ", "Map"]
    assert pieces(THAI, "en") == [THAI]


@pytest.mark.parametrize("lang", ["ja", "zh", "zh-Hant"])
@pytest.mark.parametrize("width", [1.4, 1.7, 2.0, 2.3, 3.1, 4.2, 5.5])
def test_no_line_begins_or_ends_with_the_wrong_punctuation(setter: Typesetter, lang: str, width: float) -> None:
    setting = set_calibri(setter, TEXTS[lang], inches(width), lang)
    assert setting is not None
    assert not any(line[0] in "。、，）」』ッーュ”" for line in setting.lines)
    assert not any(line[-1] in "（「『" for line in setting.lines)


def test_a_phrase_wider_than_the_box_breaks_anywhere(setter: Typesetter) -> None:
    setting = set_calibri(setter, "コンピューターでも使える", points(4.5 * 20), "ja")
    assert setting is not None
    assert "".join(setting.lines) == "コンピューターでも使える"
    assert max(map(len, setting.lines)) == 4


@pytest.mark.parametrize("lang", TEXTS)
@pytest.mark.parametrize("width", [2.0, 2.7, 3.9, 6.0])
def test_lines_fit_the_width_and_hold_the_whole_text(setter: Typesetter, lang: str, width: float) -> None:
    text = TEXTS[lang]
    setting = set_calibri(setter, text, inches(width), lang)
    assert setting is not None
    assert "".join("".join(setting.lines).split()) == "".join(text.split())
    assert all(setter.natural_width(line, "Calibri", False, 20) <= inches(width) + 1 for line in setting.lines)
    assert setting.width <= 0.98 * inches(width) + 1


@pytest.mark.parametrize("width", [1.8, 2.2, 3.3])
def test_a_word_is_never_split(setter: Typesetter, width: float) -> None:
    for text in (ENGLISH, GERMAN):
        setting = set_calibri(setter, text, inches(width))
        assert setting is not None
        assert " ".join(setting.lines) == text


def test_a_word_wider_than_the_box_cannot_be_set(setter: Typesetter) -> None:
    assert set_calibri(setter, "ein Donaudampfschifffahrtsgesellschaftskapitän", inches(2)) is None
    assert set_calibri(setter, "Elsa\u00a0Maria\u00a0Johansson", inches(1)) is None


def test_spaces_at_the_end_of_a_line_take_no_room(setter: Typesetter) -> None:
    width = setter.natural_width("world model", "Calibri", False, 20)
    setting = set_calibri(setter, "world model     world model   ", width)
    assert setting is not None
    assert setting.lines == ("world model", "world model")


def test_the_natural_width_is_the_least_that_does_not_wrap(setter: Typesetter) -> None:
    width = setter.natural_width(ENGLISH, "Calibri", False, 20)
    wide, narrow = (set_calibri(setter, ENGLISH, Length(width - less)) for less in (0, 3))
    assert wide is not None
    assert narrow is not None
    assert (len(wide.lines), len(narrow.lines)) == (1, 2)
    assert wide.width == pytest.approx(0.98 * width, abs=2)


def test_paragraphs_keep_their_lines(setter: Typesetter) -> None:
    setting = set_calibri(setter, "one\n\ntwo", inches(3))
    assert setting is not None
    assert setting.lines == ("one", "", "two")
    assert setting.height == 3 * points(25)


def test_an_empty_text_takes_no_room(setter: Typesetter) -> None:
    setting = setter.fit("", style=TITLE, box=Size(inches(1), inches(1)), lang="en")
    assert setting == Setting(30, points(28.5), (), Length(0), Length(0))


def test_the_line_pitch_is_rounded_to_a_tenth_of_a_point(setter: Typesetter) -> None:
    setting = setter.set("x", Look("Calibri", False, 12.5, 1.25), inches(1), "en")
    assert setting is not None
    assert setting.leading == points(15.6)


def test_fit_takes_the_largest_size_that_fits(setter: Typesetter) -> None:
    box = Size(inches(3.2), points(90))
    setting = setter.fit(ENGLISH, style=BODY, box=box, lang="en")
    assert setting is not None
    assert 16 < setting.size_pt < 20
    larger = set_calibri(setter, ENGLISH, box.w, "en", setting.size_pt + 1)
    assert larger is not None
    assert larger.height > box.h >= setting.height


def test_fit_starts_with_the_first_size(setter: Typesetter) -> None:
    setting = setter.fit(ENGLISH, style=BODY, box=Size(inches(6), inches(2)), lang="en")
    assert setting is not None
    assert setting.size_pt == 20


def test_what_does_not_fit_at_the_floor_does_not_fit(setter: Typesetter) -> None:
    assert setter.fit(ENGLISH, style=BODY, box=Size(inches(3.2), points(19)), lang="en") is None


def test_fit_shrinks_until_the_widest_word_fits(setter: Typesetter) -> None:
    width = setter.natural_width("Regelkreis", "Calibri", False, 18)
    setting = setter.fit("ein Regelkreis", style=BODY, box=Size(width, inches(3)), lang="de")
    assert setting is not None
    assert setting.size_pt == 18


def test_fit_keeps_to_the_number_of_lines(setter: Typesetter) -> None:
    width = setter.natural_width(ENGLISH, "Calibri", False, 17)
    setting = setter.fit(ENGLISH, style=BODY, box=Size(width, inches(3)), lang="en", max_lines=1)
    assert setting is not None
    assert (setting.size_pt, len(setting.lines)) == (17, 1)


def test_siblings_share_the_size_of_the_one_that_needs_most_room(setter: Typesetter) -> None:
    box = Size(inches(3), points(4 * 21.3 + 0.5))
    texts = ("Kurz.", GERMAN, "Ein Satz.")
    settings = setter.fit_together([Sibling(text, box, "de", BODY.leading) for text in texts], style=BODY)
    assert settings is not None
    alone = [setter.fit(text, style=BODY, box=box, lang="de") for text in texts]
    assert {setting.size_pt for setting in settings} == {min(one.size_pt for one in alone if one)}
    assert settings[0].size_pt < 20


def test_siblings_fail_together(setter: Typesetter) -> None:
    box = Size(inches(2), points(40))
    siblings = [Sibling(text, box, "de", BODY.leading) for text in ("Kurz.", GERMAN)]
    assert setter.fit_together(siblings, style=BODY) is None
    assert setter.fit_together([], style=BODY) == ()


def orphan_box(setter: Typesetter, text: str, size: float) -> Size:
    """Return a box in which `text` in title type fits on one line at `size` and not above."""
    return Size(setter.natural_width(text, "Georgia", False, size), inches(2))


def test_a_title_shrinks_to_spare_an_orphan(setter: Typesetter) -> None:
    text = "Vermögenszuordnung bei"
    box = orphan_box(setter, text, 28)
    plain = setter.fit(text, style=TITLE._replace(avoid_orphan=False), box=box, lang="de")
    setting = setter.fit(text, style=TITLE, box=box, lang="de")
    assert plain is not None
    assert setting is not None
    assert (plain.size_pt, plain.lines[-1]) == (30, "bei")
    assert has_orphan(plain, box.w, "de")
    assert (setting.size_pt, len(setting.lines)) == (28, 1)


def test_a_title_shrinks_to_keep_an_article_beside_its_name(setter: Typesetter) -> None:
    text = "Die Vermögenszuordnung"
    box = orphan_box(setter, text, 28)
    plain = setter.fit(text, style=TITLE._replace(avoid_orphan=False), box=box, lang="de")
    setting = setter.fit(text, style=TITLE, box=box, lang="de")
    assert plain is not None
    assert setting is not None
    assert (plain.size_pt, plain.lines[0]) == (30, "Die")
    assert (setting.size_pt, len(setting.lines)) == (28, 1)


def test_an_orphan_stays_if_three_points_do_not_help(setter: Typesetter) -> None:
    text = "Vermögenszuordnung bei"
    box = orphan_box(setter, text, 26)
    setting = setter.fit(text, style=TITLE, box=box, lang="de")
    assert setting is not None
    assert setting.size_pt == 30


@pytest.mark.parametrize("flowing", [False, True])
@pytest.mark.parametrize("text", [
    "The bridge stood for sixty years before anybody thought of painting it",
    "Die Brücke stand sechzig Jahre, bevor jemand daran dachte, sie zu streichen",
    "بقي الجسر ستين عاما قبل أن يفكر أحد في طلائه من جديد بلون آخر",
])  # fmt: skip
def test_the_lines_of_a_heading_are_about_as_long_as_each_other(flowing: bool, text: str) -> None:
    setter = Typesetter(FontBook(read_font, FAMILIES, FALLBACKS), flowing=flowing)
    width = Length(round(setter.natural_width(text, "Georgia", False, 30) * 0.75))
    greedy = setter.set(text, Look("Georgia", False, 30, 1.1), width, "de")
    even = setter.set(text, Look("Georgia", False, 30, 1.1, heading=True), width, "de")
    assert greedy is not None
    assert even is not None
    assert len(greedy.lines) == len(even.lines) == 2
    longest, shortest = (pick(map(len, even.lines)) for pick in (max, min))
    assert shortest > 0.65 * longest
    assert even.width < greedy.width


@pytest.mark.parametrize("flowing", [False, True])
def test_running_text_does_not_end_in_one_short_word_if_its_lines_can_spare_another(flowing: bool) -> None:
    setter = Typesetter(FontBook(read_font, FAMILIES, FALLBACKS), flowing=flowing)
    text = "The river carries sand from the hills down to the wide bay where it at last settles, so"
    width = Length(setter.natural_width(text[:-4], "Calibri", False, 20) // 2 + points(40))
    setting = setter.set(text, Look("Calibri", False, 20, 1.25), width, "en")
    assert setting is not None
    assert len(setting.lines) > 1
    assert " " in setting.lines[-1]


def test_a_single_last_character_is_an_orphan_in_japanese(setter: Typesetter) -> None:
    width = points(4.5 * 30)
    setting = setter.set("知識知識図。", Look("Georgia", False, 30, 1), width, "ja")
    assert setting is not None
    assert setting.lines[-1] == "図。"
    assert has_orphan(setting, width, "ja")


def test_two_last_characters_are_no_orphan_in_chinese(setter: Typesetter) -> None:
    width = points(14 * 30)
    setting = setter.set("关系" * 8, Look("Georgia", False, 30, 1), width, "zh")
    assert setting is not None
    short = replace(setting, lines=(*setting.lines[:-1], "关系"))
    assert not has_orphan(short, width, "zh")
    assert has_orphan(replace(short, lines=(*setting.lines[:-1], "系")), width, "zh")


def test_a_short_line_of_its_own_is_no_orphan(setter: Typesetter) -> None:
    setting = setter.fit("A rather long first line\nof", style=TITLE, box=Size(inches(8), inches(2)), lang="en")
    assert setting is not None
    assert (setting.size_pt, has_orphan(setting, inches(8), "en")) == (30, False)


def test_phrase_models_load_only_for_languages_that_need_them() -> None:
    script = (
        "import sys; from conceptdeck.typeset.breaks import break_units; break_units('a b', 'en');"
        " assert 'budoux' not in sys.modules; break_units('概念', 'ja'); assert 'budoux' in sys.modules"
    )
    subprocess.run([sys.executable, "-c", script], check=True, cwd=ROOT)
