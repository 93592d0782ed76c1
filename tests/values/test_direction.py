"""The direction of languages and of texts: one answer in PowerPoint, SVG, PDF and pages."""

from __future__ import annotations

import io
import re
import subprocess
import sys
import unicodedata
import zipfile
from collections import defaultdict
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import fontTools.unicodedata
import pypdfium2
import pytest
from click.testing import CliRunner
from langcodes import Language
from langcodes.data_dicts import LIKELY_SUBTAGS
from langcodes.registry_parser import parse_registry
from lxml import etree, html

from conceptdeck.checks.package.parts import check_parts
from conceptdeck.cli import main
from conceptdeck.render.powerpoint import speech
from conceptdeck.render.vector.marks import Words
from conceptdeck.render.vector.scene import slide_scene
from conceptdeck.render.vector.svg import slide_svg
from conceptdeck.render.web.deck import WebDeck, write_webdeck
from conceptdeck.render.web.page import Page
from conceptdeck.typeset.glyphs import Span, draw_line
from conceptdeck.values.frame import Frame, Paragraph, Run, Shape, TextBody
from conceptdeck.values.languages import RTL_SCRIPTS, direction, is_rtl, runs_rtl, script
from conceptdeck.workspace import places
from support.decks import A
from support.pictures import book, box, theme

SVG = "{http://www.w3.org/2000/svg}"
NUMBER, LATIN, HEBREW, MIXED = "42 %", "Yes (ok)", "שלום (כן)", "שלום yes"
GREEK = "grc"  # CLDR takes it to be written in Cypriot syllables


def known_tags() -> list[str]:
    """Return every language that langcodes knows, alone and with the scripts and territories that it has words on."""
    registered = {each["Subtag"] for each in parse_registry() if each.get("Type") == "language"}
    languages = {tag for tag in registered if ".." not in tag}
    scripts = {f"{tag.partition('-')[0]}-{each}" for tag in LIKELY_SUBTAGS for each in ("Arab", "Latn")}
    return sorted(languages | set(LIKELY_SUBTAGS) | scripts)


def likely(tag: str) -> bool:
    """Tell whether a language is written from right to left, by langcodes and fontTools alone."""
    written = Language.get(tag).maximize().script
    return bool(written) and fontTools.unicodedata.script_horizontal_direction(written, "LTR") == "RTL"


def slide(text: str, language: str) -> Frame:
    paragraph = Paragraph((Run(text, 12.0, "ink", False),), (text,), 15.0, "l")
    return Frame(
        "only", "content", text, language, (Shape("n", "rect", box(0, 0, 300, 40), text=TextBody((paragraph,))),)
    )


def words_on(frame: Frame) -> Words:
    """Return the words that SVG, PNG and PDF draw."""
    marks = (mark for group in slide_scene(frame, theme()).groups for mark in group.marks)
    (words,) = (mark for mark in marks if isinstance(mark, Words))
    return words


# --- languages -----------------------------------------------------------------------------------


def test_every_known_language_has_one_direction_in_all_outputs():
    tags, differing = known_tags(), {}
    assert len(tags) > 9000 and {"ks", "sd", "rhg", "az-IR"} <= set(tags)
    for tag in tags:
        words = words_on(slide(NUMBER, tag))
        line = draw_line((Span(NUMBER, "Calibri", False, 12.0),), book(), rtl=words.rtl)
        answers = {
            "PowerPoint": speech.direction(tag, NUMBER) == ' rtl="1"',
            "mirrored slides": is_rtl(tag),
            "SVG": words.rtl,
            "PDF": "".join(cluster.text for cluster in line.clusters) == "% 42",
            "page": direction(tag) == "rtl",
        }
        if set(answers.values()) != {likely(tag) and tag != GREEK}:
            differing[tag] = answers
    assert differing == {}


ASSETS = Page(*places.page_assets("deck"))


@pytest.mark.parametrize("tag", ["ks", "ks-Deva", "pa", "pa-PK", "ku", "ku-Arab", "he", "en", "und", "zh-Hans", GREEK])
def test_the_page_and_the_picture_say_the_direction(tag):
    frame = slide(NUMBER, tag)
    page = html.fromstring(write_webdeck(WebDeck("d", "1", tag, (frame,), {}), theme(), ASSETS).encode())
    texts = etree.fromstring(slide_svg(frame, theme()).encode()).iter(f"{SVG}text")
    turned = tag in ("ks", "pa-PK", "ku-Arab", "he")
    assert {page.get("dir"), *(each.get("dir") for each in page.xpath("//section[@class='slide']"))} == {
        "rtl" if turned else "ltr"
    }
    assert [each.get("direction") for each in texts] == ["rtl" if turned else None]


def test_the_scripts_from_right_to_left_are_those_of_unicode():
    kinds = defaultdict(set)
    for char in map(chr, range(sys.maxunicode + 1)):
        if unicodedata.category(char).startswith("L"):
            kinds[fontTools.unicodedata.script(char)].add(unicodedata.bidirectional(char))
    turned = {name for name, found in kinds.items() if found <= {"R", "AL"}}
    assert turned <= RTL_SCRIPTS
    assert RTL_SCRIPTS - turned - fontTools.unicodedata.RTL_SCRIPTS == {
        "Aran",
        "Phlv",
        "Syre",
        "Syrj",
        "Syrn",
    }  # styles


def test_a_script_in_the_tag_comes_first_and_nothing_else_is_taken_for_one():
    assert script("ar-Latn") == "Latn" and not is_rtl("ar-Latn")
    assert is_rtl("en-Arab") and not is_rtl("en-x-arab") and not is_rtl("en-u-ca-islamic")
    assert is_rtl("AR") and is_rtl("ar_EG") and is_rtl("iw")
    assert (script("grc"), script("grc-GR"), script("grc-Cprt")) == ("Grek", "Grek", "Cprt")


@pytest.mark.parametrize("tag", ["", "no language", "$", "a" * 40, "en-", "mul", "zxx"])
def test_what_names_no_language_runs_from_the_left(tag):
    assert not is_rtl(tag) and not runs_rtl(NUMBER, tag) and runs_rtl(HEBREW, tag)


@pytest.mark.parametrize("tag", ["en", "en-GB", "de-Latn", "zh-Hans", "az-Arab", "ar-Arab-EG"])
def test_what_a_tag_says_is_known_without_the_library(tag):
    code = f"import sys; from conceptdeck.values.languages import runs_rtl; runs_rtl('1', {tag!r}); print(*sys.modules)"
    loaded = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout
    assert "conceptdeck.values.languages" in loaded and "langcodes" not in loaded


def test_a_kashmiri_deck_its_page_and_its_pictures_are_all_read_from_the_right(projects, monkeypatch):
    folder = projects / "Kashmiri"
    folder.mkdir()
    monkeypatch.chdir(folder)
    made = built(folder, "ks", "دنیا چُھ بۆڈ!", drawable=True)
    page = html.fromstring(made.page.encode(), parser=html.HTMLParser(encoding="utf-8"))
    turned = [
        text.get("direction") for svg in made.pictures for text in etree.fromstring(svg.encode()).iter(f"{SVG}text")
    ]
    assert page.get("dir") == "rtl" and set(turned) == {"rtl"}
    assert etree.fromstring(made.parts["ppt/presentation.xml"]).get("rtl") == "1"
    slide = etree.fromstring(made.parts["ppt/slides/slide1.xml"])
    assert {each.get("rtl") for each in slide.iter(f"{A}pPr")} == {"1"}
    assert set(made.pdf_marks()) == {True}


# --- texts ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "language", "rtl"),
    [
        ("World", "en", False),
        ("نموذج World", "en", False),
        ("نموذج", "en", True),
        ("World نموذج", "ar", True),
        ("World", "ar", False),
        ("querySelector()", "ar", False),
        ('<a href="…">', "he", False),
        ("", "ar", True),
        ("42 %", "ar", True),
        ("42 %", "he-IL", True),
        ("42 %", "az-Arab", True),
        ("42 %", "de", False),
    ],
)
def test_direction_is_that_of_the_language_unless_all_letters_differ(text: str, language: str, rtl: bool) -> None:
    assert runs_rtl(text, language) is rtl


@dataclass(frozen=True)
class Built:
    """What a map in one language becomes, all outputs."""

    parts: dict[str, bytes]
    page: str
    pictures: tuple[str, ...]
    pdf: bytes

    def pdf_marks(self) -> list[bool]:
        """Return for each exclamation mark of the PDF whether it stands left of the letters in its line."""
        found = []
        for page in pypdfium2.PdfDocument(io.BytesIO(self.pdf)):
            text = page.get_textpage()
            chars = [(text.get_text_range(at, 1), text.get_charbox(at)) for at in range(text.count_chars())]
            for char, (left, bottom, *_) in chars:
                line = [other for letter, other in chars if letter.isalpha() and abs(other[1] - bottom) < 4]
                found += [left < other[0] for other in line if char == "!" and abs(other[0] - left) < 300]
        return found


@cache
def built(folder: Path, language: str, sentence: str, *, drawable: bool) -> Built:
    """Return the outputs of a small map whose core sentence, description and notes are `sentence`."""
    named = "Mill" if language == "en" else "طاحونة"
    home = folder / "data" / "mill"
    home.mkdir(parents=True)
    (home / "map.yaml").write_text(
        f"language: {language}\ntitle: {named}\ncore-sentence: {sentence}\nfocus: mill\n"
        f"concepts:\n  mill: {{name: {named} A, notes: {sentence}}}\n"
        f"layers:\n  title: {named} B\n  items:\n    sea:\n      name: {named} C\n      summary: {named} E\n"
        f"      concepts: {{tide: {{name: {named} D, description: {sentence}, meaning: {named} F}}}}\n",
        encoding="utf-8",
    )
    formats = [part for name in ("pptx", "html", *["pdf"] * drawable) for part in ("--format", name)]
    for arguments in (["build", "mill", *formats], ["diagrams", "mill", "--format", "svg"]):
        result = CliRunner().invoke(main, arguments)
        assert result.exit_code == 0, result.output
    output = folder / "output"
    (deck,), (page,) = output.rglob("mill*.pptx"), output.rglob(f"mill.{language}.html")
    with zipfile.ZipFile(deck) as file:
        parts = {name: file.read(name) for name in file.namelist()}
    pictures = tuple(path.read_text(encoding="utf-8") for path in sorted(output.rglob("*.svg")))
    pdf = next((path.read_bytes() for path in output.rglob("mill*.pdf")), b"")
    return Built(parts, page.read_text(encoding="utf-8"), pictures, pdf)


@pytest.fixture(scope="module")
def projects(tmp_path_factory):
    return tmp_path_factory.mktemp("directions")


SENTENCES = {
    "Hebrew in an English map": ("en", "שלום לעולם!", False),  # no theme brings a face for PDF
    "Arabic in an English map": ("en", "مرحبا بالعالم!", True),
    "Latin in an Arabic map": ("ar", "Hello dear world!", True),
}


@pytest.fixture(params=SENTENCES, ids=lambda name: name.replace(" ", "-"))
def case(request, projects, monkeypatch):
    """Return what was built, the sentence, and whether it runs from the right."""
    language, sentence, drawable = SENTENCES[request.param]
    folder = projects / request.param.partition(" ")[0]
    folder.mkdir(exist_ok=True)
    monkeypatch.chdir(folder)
    return built(folder, language, sentence, drawable=drawable), sentence, language != "ar"


def test_powerpoint_turns_each_paragraph_of_the_sentence(case):
    made, sentence, turned = case
    found = []
    for name, data in made.parts.items():
        if not re.fullmatch(r"ppt/(slides|notesSlides)/\w+\.xml", name):
            continue
        for paragraph in etree.fromstring(data).iter(f"{A}p"):
            if sentence in "".join(each.text or "" for each in paragraph.iter(f"{A}t")):
                found.append((name.partition("/")[2].partition("/")[0], paragraph.find(f"{A}pPr").get("rtl")))
    exact = {("slides", str(int(turned)))}
    assert exact <= set(found)
    assert {value for _, value in found} == {str(int(turned))}


def test_a_paragraph_that_lost_its_direction_is_found(case):
    made, sentence, turned = case
    wrong = {name: re.sub(rb' rtl="1"', b"", data) for name, data in made.parts.items()}
    for parts, expected in ((made.parts, False), (wrong, turned)):
        found = [each for each in check_parts(parts, "mill.pptx") if each.code == "ltr-paragraph"]
        assert any(sentence in each.message for each in found) is expected


def test_pictures_turn_the_sentence(case):
    made, sentence, turned = case
    found = [
        text.get("direction")
        for svg in made.pictures
        for text in etree.fromstring(svg.encode()).iter(f"{SVG}text")
        if "".join(text.itertext()).strip() == sentence
    ]
    assert found and set(found) == {"rtl" if turned else None}


def test_the_page_turns_the_sentence_on_slides_and_in_notes(case):
    made, sentence, turned = case
    tree = html.fromstring(made.page.encode(), parser=html.HTMLParser(encoding="utf-8"))
    drawn = [each for each in tree.iter("text") if "".join(each.itertext()).strip() == sentence]
    assert drawn and {each.get("direction") for each in drawn} == {"rtl" if turned else None}
    written = [
        each for each in tree.iter("p", "a") if each.text_content().endswith(sentence) and each.get("class") != "part"
    ]
    apart = [each for each in tree.iter("bdi") if each.text_content() == sentence]
    assert written and len(apart) == len([each for each in written if each.find("bdi") is not None])
    assert {each.get("dir") for each in apart} == {"rtl" if turned else "ltr"}


@pytest.mark.parametrize("case", [name for name, (*_, drawable) in SENTENCES.items() if drawable], indirect=True)
def test_the_pdf_ends_the_sentence_on_its_own_side(case):
    made, _, turned = case
    marks = made.pdf_marks()
    assert len(marks) > 3 and set(marks) == {turned}
