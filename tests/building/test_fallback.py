"""Text that falls back follows the rules of its own language: breaks, hyphens, line pitch, direction, and `lang`."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from pikepdf import Pdf

from conceptdeck.building import outputs
from conceptdeck.building.deck import DeckJob, Plan, deck_parts, plan_deck
from conceptdeck.building.diagrams import DiagramsJob, build_diagrams
from conceptdeck.layout.desk import Desk
from conceptdeck.translation.catalog import Catalog, Entry, translated
from conceptdeck.typeset.lines import Typesetter
from conceptdeck.values.frame import Paragraph, Shape
from conceptdeck.values.items import is_title
from conceptdeck.values.languages import LEFT_MARK
from conceptdeck.values.terms import ENGLISH, Term
from conceptdeck.values.text import Text, composed
from conceptdeck.values.theme import Role
from conceptdeck.values.units import Length, Size
from conceptdeck.workspace.loading import font_book, read_map_file, read_theme
from support.decks import write_map

MEANING = "Good tea needs water that has rested, a pot that is warm, and somebody who has the time to wait for both"
NOTES = "Pour slowly. Nobody is in a hurry here."
SIGNED = "Tea made with C++, كتاب and .NET"
ENGLISH_MAP = {
    "language": "en",
    "title": "Tea and time",
    "core-sentence": "Tea takes time.",
    "layers": {
        "title": "Two rooms",
        "items": {
            "kitchen": {
                "name": "Kitchen",
                "summary": "Where water boils",
                "notes": NOTES,
                "concepts": {
                    "pot": {"name": "Pot", "description": "It keeps the warmth.", "meaning": MEANING},
                    "tool": {"name": "Tool", "description": SIGNED, "meaning": "Tools differ"},
                },
            },
        },
    },
    "relations": {"title": "How they hang together", "items": [["Pot", "needs", "Tool"]]},
    "diagrams": {"hub": {"kind": "concept", "concept": "pot"}},
}
JAPANESE_MAP = {
    "language": "ja",
    "title": "お茶と時間",
    "core-sentence": "お茶には時間がかかります。",
    "layers": {
        "title": "二つの部屋",
        "items": {
            "kitchen": {
                "name": "台所",
                "concepts": {
                    "pot": {
                        "name": "急須",
                        "description": "温かさを保ちます。",
                        "meaning": "おいしいお茶には、落ち着いた水と温めた急須と、待つ時間のある人が必要です" * 2,
                    }
                },
            }
        },
    },
}
MADE = {"ja": {"title": "お茶と時間"}, "ar": {"title": "الشاي والوقت"}, "de": {"title": "Tee und Zeit"}}
CULTURES = {"ja": "ja-JP", "ar": "ar-SA", "de": "de-DE"}


def with_catalog(folder: Path, tree: dict, language: str, said: dict[str, str]) -> Path:
    """Return a map with a catalog that has but the strings `said`."""
    path = write_map(folder / "tea", tree)
    catalog = path.parent / "locales" / f"{language}.po"
    catalog.parent.mkdir()
    entries = "".join(f'\nmsgctxt "{key}"\nmsgid "{tree[key]}"\nmsgstr "{text}"\n' for key, text in said.items())
    head = f'msgid ""\nmsgstr ""\n"Language: {language}\\n"\n"Content-Type: text/plain; charset=UTF-8\\n"\n'
    catalog.write_text(head + entries, encoding="utf-8")
    return path


@pytest.fixture(scope="module")
def plans(tmp_path_factory) -> dict[str, Plan]:
    """Return the English map's deck in each language, with all but its title in English."""
    return {
        language: plan_deck(
            DeckJob(with_catalog(tmp_path_factory.mktemp(language), ENGLISH_MAP, language, said), locale=language)
        )
        for language, said in MADE.items()
    }


def title(plan: Plan, text: str) -> Paragraph:
    """Return the paragraph of the slide's title that says a text."""
    shapes = (item for frame in plan.frames for item in frame.items if isinstance(item, Shape) and is_title(item))
    titles = [each for shape in shapes for each in shape.text.paragraphs]
    return next(each for each in titles if each.text.replace("\n", "") == text.replace("\n", ""))


def xml_of(plan: Plan, text: str) -> str:
    """Return the paragraph of a slide's XML that has a text."""
    slides = [data.decode() for name, data in deck_parts(plan).items() if re.fullmatch(r"ppt/slides/[^/]+\.xml", name)]
    return next(each for slide in slides for each in re.findall(r"<a:p>.*?</a:p>", slide) if text in each)


# --- what is in which language -------------------------------------------------------------------


def test_a_string_that_falls_back_says_its_language(tmp_path):
    source, _ = read_map_file(write_map(tmp_path / "tea", ENGLISH_MAP))
    broader = Catalog("fr", (Entry("core-sentence", "Tea takes time.", "Le thé prend son temps."),))
    found = translated(source, "fr-CA", [Catalog("fr-CA", (Entry("title", "Tea and time", "Thé"),)), broader]).map
    assert (found.title.language, found.core_sentence.language, found.layers.title.language) == ("", "fr", "en")


def test_a_catalog_that_spells_its_language_another_way_is_in_no_other_one(tmp_path):
    source, _ = read_map_file(write_map(tmp_path / "tea", ENGLISH_MAP))
    found = translated(source, "zh-Hans", [Catalog("zh-CN", (Entry("title", "Tea and time", "茶"),))]).map
    assert (found.title.value, found.title.language) == ("茶", "")


def test_a_list_of_foreign_texts_is_foreign_and_a_sentence_about_them_is_not():
    tea, pot = Text("tea", "a", language="en"), Text("pot", "b", language="en")
    assert composed("tea、pot", tea, pot).language == "en"
    told = composed("急須 tea を見る", tea)
    assert told.language == ""
    assert [(each.text, each.language) for each in told.passages] == [("急須 ", ""), ("tea", "en"), (" を見る", "")]
    assert composed("Tee (tea)", Text("Tee", "c"), tea).language == ""


def test_words_of_the_program_that_no_translator_knows_are_english():
    assert ENGLISH.text(Term.EXAMPLES, "k") == Text("Examples", "k")
    assert ENGLISH.among("fi").text(Term.EXAMPLES, "k").language == "en"


# --- lines ---------------------------------------------------------------------------------------


def test_an_english_title_in_a_japanese_deck_has_english_lines(plans):
    found = title(plans["ja"], MEANING)
    assert found.language == "en"
    size, role = found.runs[0].size, read_theme("atlas").roles["title"]
    assert found.leading == pytest.approx(round(size * role.leading, 1))
    assert [word for line in found.lines for word in line.split()] == MEANING.split()  # no word is cut
    assert "\n" not in found.text


def test_a_japanese_title_in_an_english_deck_has_japanese_lines(tmp_path):
    plan = plan_deck(DeckJob(with_catalog(tmp_path, JAPANESE_MAP, "en", {"title": "Tea and time"}), locale="en"))
    meaning = JAPANESE_MAP["layers"]["items"]["kitchen"]["concepts"]["pot"]["meaning"]
    found = title(plan, meaning)
    theme = read_theme("atlas")
    assert len(found.lines) > 1
    assert found.leading == pytest.approx(
        round(found.runs[0].size * theme.roles["title"].leading * theme.leading("ja"), 1)
    )
    assert 'lang="ja-JP"' in xml_of(plan, meaning[:4])
    assert 'hangingPunct="0"' in xml_of(plan, "温かさを保ちます。")


def hyphened(desk: Desk, role: Role, text: Text) -> tuple[str, ...]:
    """Return a text's lines in a box that holds little more than a half of it."""
    width = Length(round(desk.natural_width(text, role) * role.sizes[-1] / role.sizes[0] * 0.6))
    setting = desk.set(text, role, role.sizes[-1], width)
    assert setting
    return setting.lines


def test_english_words_in_a_german_deck_are_hyphenated_as_english_ones():
    theme = read_theme("atlas").set_in("de")
    desk = Desk(theme, Typesetter(font_book(theme), flowing=True), "de")
    role = theme.roles["card-text"]
    word = "Phenomenologically"
    german, english = (hyphened(desk, role, Text(word, "w", language=own)) for own in ("", "en"))
    plain = read_theme("atlas")
    own = Desk(plain, Typesetter(font_book(plain), flowing=True), "en")
    assert english == hyphened(own, role, Text(word, "w"))
    assert english != german


def test_siblings_in_two_languages_share_their_size_and_keep_their_pitches():
    theme = read_theme("atlas").set_in("ja")
    desk = Desk(theme, Typesetter(font_book(theme), flowing=True), "ja")
    role = theme.roles["card-name"]
    size = Size(theme.column.w, theme.column.h)
    japanese, english = desk.fit_together([(Text("急須", "a"), size), (Text("Pot", "b", language="en"), size)], role)
    assert japanese.size_pt == english.size_pt
    assert japanese.leading == pytest.approx(english.leading * theme.leading("ja"), rel=0.01)


# --- direction and `lang` ------------------------------------------------------------------------


@pytest.mark.parametrize("language", MADE)
def test_each_run_says_the_language_that_it_is_in(plans, language):
    own = CULTURES[language]
    assert f'lang="en-US" altLang="{own}"' in xml_of(plans[language], "Good tea needs")
    assert f'lang="{own}"' in xml_of(plans[language], MADE[language]["title"])


def test_an_english_text_with_an_arabic_word_runs_from_the_left_among_arabic_ones(plans):
    said = xml_of(plans["ar"], "Tea made with")
    assert ' rtl="0"' in said
    assert LEFT_MARK not in said  # marks are for lines that run from the right
    assert ' rtl="1"' in xml_of(plans["ar"], MADE["ar"]["title"])


@pytest.mark.parametrize("language", MADE)
def test_notes_say_their_language_line_by_line(plans, language):
    notes = "".join(data.decode() for name, data in deck_parts(plans[language]).items() if "/notesSlides/notes" in name)
    (line,) = (each for each in re.findall(r"<a:p>.*?</a:p>", notes) if "Pour slowly." in each)
    assert f'lang="en-US" altLang="{CULTURES[language]}"' in line
    assert (' rtl="0"' in line) == (language == "ar")


@pytest.mark.parametrize("language", MADE)
def test_pages_and_pdf_say_the_language_of_what_fell_back(plans, language, tmp_path):
    plan = plans[language]
    page = outputs.web_page(plan.deck, plan.theme, plan.frames, plan.book, (language,), "").decode()
    assert re.search(r'<text[^>]* lang="en" xml:lang="en"[^>]*>(?:(?!</text>).)*Good tea needs', page)
    assert f'<bdi lang="en" dir="ltr">{MEANING}</bdi>' in page
    assert f'<span lang="en">{NOTES}</span>' in page
    assert '<h1><bdi lang="en"' not in page
    made, _ = outputs.handout(plan.deck, plan.theme, plan.frames, font_book(plan.theme), notes=True)
    path = tmp_path / "deck.pdf"
    path.write_bytes(made)
    with Pdf.open(path) as pdf:
        spoken = {str(each.get("/Lang")) for each in pdf.objects if isinstance(each, type(pdf.Root)) and "/S" in each}
        assert str(pdf.Root.Lang) == language
        assert "en" in spoken
        content = b"".join(page.Contents.read_bytes() for page in pdf.pages)
    assert b"/Span <</Lang (en)>> BDC" in content


@pytest.mark.parametrize("language", MADE)
def test_pictures_say_the_language_of_what_fell_back(language, tmp_path):
    path = with_catalog(tmp_path / "map", ENGLISH_MAP, language, MADE[language])
    build_diagrams(DiagramsJob(path, locale=language, out=tmp_path / "out"))
    (svg,) = (each for each in (tmp_path / "out").rglob("*.svg") if "narrow" not in each.name)
    text = svg.read_text(encoding="utf-8")
    assert re.search(rf'<svg[^>]* lang="{language}" xml:lang="{language}"', text)
    assert re.search(r'<title[^>]* lang="en" xml:lang="en">', text)
    assert re.search(r'<text[^>]* lang="en" xml:lang="en"[^>]*>(?:(?!</text>).)*Pot', text)
