"""Words that are wider than their place: where they are broken, with which marks, and how the marks go out again."""

from __future__ import annotations

import random
from importlib.resources import files

import pyphen
import pytest

from conceptdeck.typeset import hyphens
from conceptdeck.typeset.fonts import FontBook
from conceptdeck.typeset.hyphens import OURS, tiers
from conceptdeck.typeset.lines import Look, Style, Typesetter
from conceptdeck.typeset.settings import Setting
from conceptdeck.values.hyphens import CUT_END, SOFT, joined, marked, without_soft
from conceptdeck.values.languages import LEFT_MARK
from conceptdeck.values.units import Length, Size, inches, points
from support.faces import FALLBACKS, FAMILIES, read_font
from support.work import megabytes

SIZES = (24, 20, 16)


@pytest.fixture(scope="module", params=[False, True], ids=["free", "flowing"])
def setter(request: pytest.FixtureRequest) -> Typesetter:
    """Return a typesetter, of text that stays as it is and of text that programs break again."""
    return Typesetter(FontBook(read_font, FAMILIES, FALLBACKS), flowing=request.param)


def broken(setter: Typesetter, text: str, width: Length, lang: str = "de") -> Setting:
    """Return a text set in Calibri in words that may be broken."""
    setting = setter.set(text, Look("Calibri", False, 16, 1.2), width, lang, breaking=True)
    assert setting is not None
    return setting


def seen(setting: Setting) -> list[str]:
    """Return the lines as they are seen."""
    return [line.replace(LEFT_MARK, "") for line in setting.lines]


def test_a_long_word_is_hyphenated_by_the_patterns_of_its_language(setter: Typesetter) -> None:
    assert seen(broken(setter, "Binnenschifffahrtsgesellschaft", points(130))) == [
        "Binnenschifffahrts-",
        "gesellschaft",
    ]
    assert seen(broken(setter, "gouvernementalisation", points(100), "fr"))[0] == "gouvernemen-"


@pytest.mark.parametrize(
    ("lang", "word", "first"),
    [
        ("fi", "ympäristötietoisuus", "ympäristö-"),
        ("tr", "sürdürülebilirlikler", "sürdürüle-"),
        ("ka", "საქართველოსათვის", "საქართვე-"),
        ("cy", "cyfathrebiadau", "cyfathr-"),
    ],
)
def test_languages_that_pyphen_lacks_have_patterns_too(setter: Typesetter, lang: str, word: str, first: str) -> None:
    half = setter.natural_width(word, "Calibri", False, 16) * 0.62
    assert seen(broken(setter, word, Length(round(half)), lang))[0] == first


def test_turkish_capitals_are_as_long_as_their_small_letters(setter: Typesetter) -> None:
    small, large = "istanbullulaştıramadık", "İSTANBULLULAŞTIRAMADIK"
    places = {word: [at for at, _ in tiers(word, (), "tr")[1]] for word in (small, large)}
    assert places[small] == places[large] != []


@pytest.mark.parametrize("name", sorted(set(OURS.values())))
def test_patterns_that_we_bring_say_their_licence_and_hyphenate(name: str) -> None:
    file = files("conceptdeck.typeset") / "patterns" / f"hyph_{name}.dic"
    head = [line for line in file.read_text(encoding="utf-8").splitlines() if line.startswith("%")]
    assert any("licen" in line for line in head)
    assert any("copyright" in line.lower() for line in head)
    table = (files("conceptdeck.typeset") / "patterns" / "README.md").read_text(encoding="utf-8")
    assert f"`hyph_{name}.dic`" in table


def test_no_line_is_wider_than_its_place(setter: Typesetter) -> None:
    setting = broken(setter, "Die Hafenverwaltungsbeamtenversammlung tagt am Donnerstagnachmittag", points(100))
    assert setting.width <= points(100)
    assert setting.split


def test_soft_hyphens_say_where_a_word_is_broken_and_are_not_shown_elsewhere(setter: Typesetter) -> None:
    text = f"Binnen{SOFT}schifffahrts{SOFT}gesellschaft"
    assert seen(broken(setter, text, points(100))) == ["Binnen-", "schifffahrts-", "gesellschaft"]
    assert seen(broken(setter, text, points(400))) == ["Binnenschifffahrtsgesellschaft"]


def test_an_address_breaks_at_its_joints_without_a_hyphen(setter: Typesetter) -> None:
    lines = seen(broken(setter, "https://example.org/tides/harbours/north/table", points(130), "en"))
    assert len(lines) > 1
    assert all(line.endswith(("/", ".")) for line in lines[:-1])
    assert "".join(lines) == "https://example.org/tides/harbours/north/table"


def test_a_word_without_patterns_is_cut_as_the_last_resort_and_says_so(setter: Typesetter) -> None:
    setting = broken(setter, "tusingalikuwatumejikumbukishiana", points(100), "sw")
    assert any(line.endswith(CUT_END) for line in setting.lines[:-1])
    assert setting.width <= points(100)


def test_a_size_at_which_the_word_is_whole_comes_before_a_hyphen(setter: Typesetter) -> None:
    style = Style("Calibri", False, SIZES, 1.2)
    word = "Binnenschifffahrtsgesellschaft"
    width = setter.natural_width(word, "Calibri", False, 20)
    whole = setter.fit(word, style=style, box=Size(width, inches(2)), lang="de")
    narrow = setter.fit(word, style=style, box=Size(Length(width // 2), inches(2)), lang="de")
    assert whole is not None
    assert (whole.size_pt, whole.lines) == (20, (word,))
    assert narrow is not None
    assert (narrow.size_pt, len(narrow.lines)) == (16, 2)


@pytest.mark.parametrize("text", [
    "Die Hafenverwaltungsbeamtenversammlung tagt",
    f"Binnen{SOFT}schifffahrts{SOFT}gesellschaft", "A well-known harbour-master",
    "https://example.org/tides/harbours/north/table", "xqzwvkrtpsmnbvcxlkjhgfdsaqwrtzps",
])  # fmt: skip
def test_what_was_put_into_a_text_comes_out_again(setter: Typesetter, text: str) -> None:
    setting = broken(setter, text, points(70))
    shown = "".join(marked([without_soft(text)], setting.marks))
    assert joined(shown) == without_soft(text)
    assert joined(shown.replace("\n", "\v")) == without_soft(text)


def test_the_hyphen_of_an_author_is_no_mark_of_ours() -> None:
    assert joined("a well-\nknown harbour-\vmaster") == "a well-\nknown harbour-\vmaster"


def test_marks_go_into_the_piece_of_a_text_that_they_follow() -> None:
    assert marked(["Binnen", "schiff"], [(6, "-|")]) == ["Binnen-|", "schiff"]
    assert marked(["Bin", "nenschiff"], [(6, "-|")]) == ["Bin", "nen-|schiff"]


LONG_WORDS = {
    "de": "Robotersimulatoren Schifffahrt Zuckerbäcker größenordnung",
    "en-US": "hyphenation environment representation",
    "fr": "anticonstitutionnellement aujourd’hui",
    "hu": "asszonnyal hosszú meggyőződés",
    "sv": "glassko bildningsverksamhet",
    "ru": "представление",
    "cs": "nejneobhospodařovávatelnějšími",
    "nl": "lettergrepen omaatje reëel",
}


@pytest.mark.parametrize("lang", LONG_WORDS)
def test_patterns_that_are_understood_when_a_word_asks_for_them_are_those_of_pyphen(lang: str) -> None:
    few, whole = hyphens._patterns(lang), pyphen.Pyphen(lang=pyphen.language_fallback(lang))
    assert few
    for word in LONG_WORDS[lang].split():
        assert few.places(word) == [at for at in whole.hd.positions(word) if at.data is None]


def test_a_word_of_thousands_of_letters_asks_for_no_more_than_its_length_does() -> None:
    few, dice = hyphens._patterns("en"), random.Random(1)
    assert few
    word = "".join(dice.choices("abcdefghijklmnopqrstuvwxyz", k=2_000))
    assert megabytes(lambda: few.places(word)) < 10
