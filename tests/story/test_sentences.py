"""Sentences and lists that the program makes: built as each language builds them, in the order that it is read in."""

import re
import subprocess
import sys
from pathlib import Path

import pypdfium2
import pytest
from babel import Locale
from bidi import get_display

from conceptdeck.building.deck import DeckJob, build_deck, font_book, plan_deck
from conceptdeck.building.diagrams import DiagramsJob, build_diagrams, plan_diagrams
from conceptdeck.building.edition import read_edition
from conceptdeck.render.vector.outlines import place_lines
from conceptdeck.render.vector.scene import slide_scene
from conceptdeck.values.cldr import ENGLISH_LISTS
from conceptdeck.values.languages import in_order
from conceptdeck.values.terms import ENGLISH, Term
from conceptdeck.workspace.loading import words_of as shipped_words
from support.decks import ROOT, SHIPPED

LANGUAGES = ("ar", "de", "en", "es", "fr", "ja", "zh-Hans")
TRANSLATED = ["en", *sorted(path.stem for path in (ROOT / "pipeline/conceptdeck/translation/terms").glob("*.po"))]
FROM_THE_RIGHT = ("ar", "fa", "he", "ur")
FEW = ("Roblox", "Minecraft", "Genie 3")
ROMANS = ("Roblox", "Minecraft", "Genie", "Marble", "Omniverse")

IN_ARABIC = """\
language: ar
title: أسماء
core-sentence: الأسماء اللاتينية تبقى في ترتيبها.
systems:
  roblox: {name: Roblox}
  minecraft: {name: Minecraft}
concepts:
  one: {name: مفهوم}
tables:
  names:
    title: جدول الأسماء
    columns: {first: أول, second: ثانٍ}
    rows:
      made: {first: صف, second: [roblox, minecraft]}
      written: {first: صف, second: "Genie، Marble، Omniverse"}
"""


def words_of(tag: str, folder: Path):
    """Return the program's words for a map that is in a language itself, whether it is one of ours or not."""
    path = folder / "one" / "map.yaml"
    path.parent.mkdir(exist_ok=True)
    path.write_text(f"language: {tag}\ntitle: One\ncore-sentence: Two.\n", encoding="utf-8")
    return read_edition(path).words


def seen_from_the_right(text: str) -> str:
    """Return a line as it is seen, from left to right, in a paragraph that runs from the right."""
    return get_display(text, base_dir="R")


# --- lists ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("tag", "two", "three", "label"),
    [
        ("en", "a and b", "a, b, and c", "a, b, c"),
        ("en-GB", "a and b", "a, b and c", "a, b, c"),
        ("de", "a und b", "a, b und c", "a, b, c"),
        ("de-AT", "a und b", "a, b und c", "a, b, c"),
        ("es", "a y b", "a, b y c", "a, b, c"),
        ("fr", "a et b", "a, b et c", "a, b, c"),
        ("pt-BR", "a e b", "a, b e c", "a, b, c"),
        ("ja", "a、b", "a、b、c", "a、b、c"),
        ("zh-Hans", "a和b", "a、b和c", "a、b、c"),
        ("zh-Hant-TW", "a和b", "a、b和c", "a、b、c"),
        ("ar", "a وb", "a وb وc", "a،\u200f b،\u200f c"),
        ("fa", "a و b", "a،\u200f b، و c", "a،\u200f b،\u200f c"),
        ("ti", "aን bን", "a፣ bን cን", "a፣ b፣ c"),
        ("qaa", "a and b", "a, b, and c", "a, b, c"),
    ],
)
def test_lists_are_made_as_each_language_makes_them(tag, two, three, label, tmp_path):
    words = words_of(tag, tmp_path)
    assert words.listed("ab") == two
    assert words.listed("abc") == three
    assert words.separated("abc") == label
    assert words.listed("a") == words.separated("a") == "a"
    assert words.listed(()) == words.separated(()) == ""


def test_english_lists_are_those_of_the_library():
    assert dict(Locale("en").list_patterns["standard"]) == ENGLISH_LISTS


def test_spanish_and_hebrew_join_by_the_sound_and_the_script_of_what_follows(tmp_path):
    spanish = words_of("es", tmp_path)
    assert spanish.listed(["Metaverso", "IA física"]) == "Metaverso e IA física"
    assert spanish.listed(["agua", "hielo"]) == "agua y hielo"
    assert spanish.listed(["padres", "hijos"]) == "padres e hijos"
    hebrew = words_of("he", tmp_path)
    assert hebrew.listed(["אחד", "שניים"]) == "אחד ושניים"
    assert hebrew.listed(["אחד", "Roblox"]) == "אחד ו-Roblox"


def test_a_deck_in_english_does_without_the_library_of_languages():
    code = (
        "import sys; from pathlib import Path; from conceptdeck.building.deck import DeckJob, plan_deck;"
        "from conceptdeck.building.diagrams import DiagramsJob, plan_diagrams;"
        "plan_deck(DeckJob(Path(sys.argv[1]))); plan_diagrams(DiagramsJob(Path(sys.argv[1])));"
        "sys.exit('babel' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", code, SHIPPED], check=False).returncode == 0


# --- sentences -----------------------------------------------------------------------------------


@pytest.mark.parametrize("language", LANGUAGES)
def test_sentences_of_east_asia_follow_each_other_without_a_space(language):
    shown = plan_diagrams(DiagramsJob(SHIPPED, locale=language))
    said = "\n".join(drawing.description for drawing in shown.drawings)
    wide = language in ("ja", "zh-Hans")
    assert not re.search(r"[。！？] ", said)
    assert ("（" in said) is wide
    assert (re.search(r"[\u3040-\u9fff] \(", said) is None) if wide else " (" in said


def test_a_sentence_in_hindi_ends_once(tmp_path):
    path = tmp_path / "garden" / "map.yaml"
    path.parent.mkdir()
    path.write_text("language: hi\ntitle: बगीचा\ncore-sentence: बगीचे बढ़ते हैं।\n", encoding="utf-8")
    said = " ".join(drawing.description for drawing in plan_diagrams(DiagramsJob(path)).drawings)
    assert "बगीचा। बगीचे बढ़ते हैं।" in said
    assert "।।" not in said


def test_a_sentence_that_is_not_translated_keeps_its_space(tmp_path):
    words = words_of("ja", tmp_path)
    assert words.told(["これは文。", "One.", "Two.", "次の文。", "終わり。"]) == "これは文。One. Two. 次の文。終わり。"


@pytest.mark.parametrize("language", TRANSLATED)
def test_names_stand_in_sentences_as_they_are_and_as_labels(language):
    """No verb agrees with a name, no article or preposition stands before one without marks around it."""
    words = shipped_words(language, {})
    for term in (Term.EXAMPLE, Term.SEEN_IN, Term.RISES):
        text = words.say(term, concept="[", example="]", examples="]", tail="[", head="]")
        assert re.search("[:：]|[“”‘„«»「]", text), text
    said = words.say(Term.RELATION, tail="T", phrase="P", head="H")
    assert not re.search("[:：].*[:：]", said)


def test_a_table_of_one_row_is_described_rightly():
    assert ENGLISH.say(Term.TABLE, rows=1, columns="a") == "Table; rows: 1; columns: a"


# --- from the right ------------------------------------------------------------------------------


@pytest.mark.parametrize("tag", FROM_THE_RIGHT)
def test_neighbouring_latin_names_keep_their_order_in_lists_from_the_right(tag, tmp_path):
    words = words_of(tag, tmp_path)
    for text in (words.listed(FEW), words.separated(FEW), words.chained(FEW)):
        seen = seen_from_the_right(text)
        assert seen.index("Genie 3") < seen.index("Minecraft") < seen.index("Roblox"), text


@pytest.mark.parametrize("tag", FROM_THE_RIGHT)
def test_signs_of_a_latin_name_stay_with_it_in_lists_from_the_right(tag, tmp_path):
    words = words_of(tag, tmp_path)
    for text in (words.listed(["C++", ".NET", "F#"]), words.separated(["C++", ".NET", "F#"])):
        seen = seen_from_the_right(text)
        assert "C++" in seen and ".NET" in seen and "F#" in seen, text


def test_a_text_from_the_right_gets_marks_only_between_latin_names():
    assert in_order("VR، Horizon Worlds، الهوية", "ar") == "VR،\u200f Horizon Worlds، الهوية"
    assert in_order("VR،\u200f AR", "ar") == "VR،\u200f AR"
    assert in_order("أ، ب، VR", "ar") == "أ، ب، VR"
    assert in_order("في 2، 3", "ar") == "في 2، 3"
    assert in_order("VR، AR", "de") == "VR، AR"


@pytest.mark.parametrize("tag", ("fa", "ur", "yi"))
def test_an_english_counter_stays_whole_in_a_title_from_the_right(tag, tmp_path):
    said = words_of(tag, tmp_path).say(Term.CONTINUED, title="תקציב (2026)", part=1, parts=2)
    assert seen_from_the_right(said).startswith("\u200e(1\xa0of\xa02)\u200e")


@pytest.mark.parametrize("tag", FROM_THE_RIGHT)
def test_arrows_point_to_what_follows_in_descriptions_from_the_right(tag, tmp_path):
    chained = words_of(tag, tmp_path).chained(["אב", "בית"])
    assert "←" in chained
    assert "→" not in chained


def test_no_arrow_in_an_arabic_picture_points_back():
    shown = plan_diagrams(DiagramsJob(SHIPPED, locale="ar"))
    assert "→" not in " ".join(drawing.description for drawing in shown.drawings)


@pytest.fixture
def arabic(tmp_path):
    path = tmp_path / "names" / "map.yaml"
    path.parent.mkdir()
    path.write_text(IN_ARABIC, encoding="utf-8")
    return DeckJob(path, out=tmp_path / "out")


def descending(places: dict[str, float]) -> bool:
    """Tell whether the names of each cell stand from right to left in the order that they were written in."""
    return places["Roblox"] > places["Minecraft"] and places["Genie"] > places["Marble"] > places["Omniverse"]


@pytest.mark.office
def test_libreoffice_shows_neighbouring_latin_names_in_order(arabic, office):
    with pypdfium2.PdfDocument(office(build_deck(arabic).path)) as document:
        places = {}
        for page in document:
            text = page.get_textpage()
            for name in ROMANS:
                if found := text.search(name).get_next():
                    places[name] = text.get_charbox(found[0])[0]
            assert not set(text.get_text_range()) & set("\u25a1\ufffd")
    assert descending(places)


def test_outlines_of_neighbouring_latin_names_stand_in_order(arabic):
    plan = plan_deck(arabic)
    book = font_book(plan.theme)
    places = {}
    for frame in plan.frames:
        for line in place_lines(slide_scene(frame, plan.theme).groups, plan.theme, book):
            text = "".join(piece.text for piece in line.line.pieces)
            seen = "".join(cluster.text for cluster in line.drawn.clusters)
            places |= {name: seen.index(name) for name in ROMANS if name in text}
            assert not line.drawn.missing
    assert descending(places)


START_OF_NAMES = """(names) => Object.fromEntries([...document.querySelectorAll("text, tspan")].flatMap((text) =>
  names.filter((name) => text.textContent.includes(name)).map((name) =>
    [name, text.getStartPositionOfChar(text.textContent.indexOf(name)).matrixTransform?.(text.getScreenCTM()).x])))"""


@pytest.mark.browser
def test_browsers_show_neighbouring_latin_names_in_order(arabic, browser):
    made = build_diagrams(DiagramsJob(arabic.map_file, out=arabic.out, only=("bridge",), formats=("svg",)))
    [path] = {path for path in arabic.out.rglob("*.svg") if "bridge" in path.name and "narrow" not in path.name}
    assert made
    page = browser.new_page()
    page.goto(path.as_uri())
    assert descending(page.evaluate(START_OF_NAMES, list(ROMANS)))
    page.close()
