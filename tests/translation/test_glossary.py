"""Glossaries: which words of a translation they accept, and what is said where it has others."""

import json
import shutil

import pytest
from click.testing import CliRunner

from conceptdeck.building.catalogs import glossary_of
from conceptdeck.checks.translations import check_catalog
from conceptdeck.checks.vocabulary import departures, sought
from conceptdeck.cli import main
from conceptdeck.reading.source import parse
from conceptdeck.translation.catalog import Catalog, Entry
from conceptdeck.translation.glossary import Headword, read_glossary
from conceptdeck.workspace import places
from conceptdeck.workspace.loading import read_catalog, read_map_file
from support.decks import ROOT

MAP = """\
title: Edge cases
core-sentence: An edge case is rare, and edge cases are dear.
"""
DE = """\
msgid ""
msgstr ""
"Language: de\\n"
"Content-Type: text/plain; charset=UTF-8\\n"

msgctxt "title"
msgid "Edge cases"
msgstr "Grenzfälle"

msgctxt "core-sentence"
msgid "An edge case is rare, and edge cases are dear."
msgstr "Ein Edge Case ist selten und teuer."
"""
GLOSSARY = """\
edge case*:
  use: Edge Case*
  avoid: Grenzfall*
  note: the trade says so
"""


def headwords(text: str) -> tuple[Headword, ...]:
    node, problems = parse(text, "de.yaml")
    found, more = read_glossary(node)
    assert (*problems, *more) == ()
    return found


def run(*arguments: object):
    return CliRunner().invoke(main, [str(each) for each in arguments])


@pytest.fixture
def place(tmp_path, monkeypatch):
    """Return the folder of a map with a German catalog and a glossary."""
    monkeypatch.chdir(tmp_path)
    folder = tmp_path / "data" / "cases"
    for name, text in {"map.yaml": MAP, "locales/de.po": DE, "glossary/de.yaml": GLOSSARY}.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return folder


# --- which words are meant -----------------------------------------------------------------------

KEPT = [
    ("world model*: Weltmodell*", "World models grow", "Die Weltmodelle wachsen"),
    ("world model*: Weltmodell*", "Our world model", "unseres Weltmodells"),
    ("world model: Weltmodell", "Two world models", "Zwei Modelle"),  # without a star the word is whole
    ("agent*: Agent*", "A reagent", "Ein Reagenz"),
    ("physical AI: physische* KI", "in physical\xa0AI", "in der physischen\u202fKI"),
    ("web: Netz*", "Web3 and the webs", "Web3"),
    ("digital twin*: Digital* Zwilling*", "Digital twins", "der digitalen Zwillinge"),
    ("to emote: s'émouvoir", "to emote", "S’émouvoir"),
    ("model*: [Modell*, Muster*]", "A model", "Ein Muster"),
    ("mind: 頭の中", "In the mind", "AIの頭の中で"),
    ("physical AI: 物理AI", "Physical AI", "属于物理AI的"),
    ("agent*: 智能体", "AI agents", "未来AI智能体的土壤"),
    ('platform*: "*منصّ*"', "The platforms", "والمنصّات"),
    ("café: café", "the cafe\u0301", "das cafe\u0301"),
    ("edge case*: Edge Case*", "Edge cases", "Edge\xad Cases"),
    ("world foundation model*: Weltbasis*\nfoundation model*: Basismodell*", "World foundation model", "Weltbasis"),
    ("Web3.0: {use: Web3.0, avoid: Web3*}", "Web3.0", "Das Web3.0"),
    ("dear: {avoid: teuer}", "It is cheap", "Es ist teuer"),
]
LEFT = [
    ("world model*: Weltmodell*", "World models grow", "Die Modelle der Welt wachsen", ""),
    ("world model*: Weltmodell", "World models", "Weltmodelle", ""),
    ("clip*: {use: 视频, avoid: 短片}", "One clip", "一段短片", "短片"),
    ("clip*: {use: 视频, avoid: 短片}", "Two clips", "视频和短片", "短片"),
    ("edge case*: {avoid: Grenzfall*}", "Edge cases", "Viele Grenzfalls", "Grenzfalls"),
    ("model*: {also: pattern*, use: Modell*}", "A pattern", "Ein Muster", ""),
    ('platform*: {use: "*منصّ*", avoid: "*منصات"}', "Platforms", "والمنصات", "والمنصات"),
    ("twin*: Zwilling*\ndigital twin*: digital* Zwilling*", "A twin and a digital twin", "Ein digital Zwei", ""),
]


@pytest.mark.parametrize(("glossary", "source", "text"), KEPT)
def test_what_keeps_to_a_glossary_is_let_be(glossary, source, text):
    assert list(departures(sought(headwords(glossary)), source, text)) == []


@pytest.mark.parametrize(("glossary", "source", "text", "word"), LEFT)
def test_another_word_than_the_glossarys_is_found(glossary, source, text, word):
    found = list(departures(sought(headwords(glossary)), source, text))
    assert found
    assert {avoided for _, avoided in found} == {word}


def test_no_glossary_keeps_the_search_busy():
    glossary = headwords('"*a*a*b": "*a*a*c"\n')
    assert list(departures(sought(glossary), "a" * 2000, "a" * 2000)) == []


# --- what is said --------------------------------------------------------------------------------


def test_check_names_key_term_and_what_the_glossary_wants(place):
    said = run("check", "cases").output
    [line] = [line for line in said.splitlines() if "translation-term" in line]
    assert "data/cases/locales/de.po:6" in line
    assert "`title`" in line and "“Grenzfälle”" not in line
    assert "“edge case…”" in line or "“edge case”" in line
    assert "“Edge Case…” (data/cases/glossary/de.yaml:1:1)" in said
    assert "why: the trade says so" in said
    assert "0 errors, 1 warning" in said


def test_a_comment_of_the_translator_excuses_a_term(place):
    path = place / "locales" / "de.po"
    text = path.read_text("utf-8").replace('msgctxt "title"', '# conceptdeck: allow translation-term\nmsgctxt "title"')
    path.write_text(text, encoding="utf-8")
    assert "0 errors, 0 warnings" in run("check", "cases").output


def test_status_tells_which_translations_leave_the_glossary(place):
    said = run("i18n", "status", "cases").output
    assert "de: other words than the glossary's" in said
    assert "`title`" in said
    [language] = json.loads(run("i18n", "status", "cases", "--json").output)["maps"][0]["languages"]
    [term] = language["terms"]
    assert term["line"] == 6
    assert "Edge Case" in term["help"][0]


def test_an_import_that_leaves_the_glossary_is_told(place):
    told = place.parent / "new.po"
    told.write_text(DE.replace("Grenzfälle", "Grenzfall"), encoding="utf-8")
    found = run("i18n", "import", told, "cases", "--overwrite")
    assert found.exit_code == 0
    assert "Edge Case" in found.output


def test_a_region_is_held_to_the_glossary_of_its_language(place):
    shutil.move(place / "locales" / "de.po", place / "locales" / "de-AT.po")
    path = place / "locales" / "de-AT.po"
    path.write_text(path.read_text("utf-8").replace("Language: de", "Language: de-AT"), encoding="utf-8")
    assert "translation-term" in run("check", "cases").output
    (place / "glossary" / "de_AT.yaml").write_text("edge case*: Grenz*\nEdge*: Grenz*\n", encoding="utf-8")
    assert [each.use for each in glossary_of(place / "map.yaml", "de-AT")] == [("Grenz*",), ("Grenz*",)]


@pytest.mark.parametrize(
    ("text", "code", "line"),
    [
        ("- a\n", "wrong-kind", 1),
        ("a: {b: c}\n", "unknown-key", 1),
        ("a: b\nc: {note: d}\n", "empty-collection", 2),
        ("a:\n  use: {b: c}\n", "wrong-kind", 2),
        ('a: "*"\n', "empty-text", 1),
        ("a: b*c*d*e*f\n", "wrong-kind", 1),
        ("a: b\na: c\n", "duplicate-key", 2),
        ("a: [b\n", "syntax", 1),
    ],
)
def test_a_broken_glossary_is_refused_with_its_place(place, text, code, line):
    (place / "glossary" / "de.yaml").write_text(text, encoding="utf-8")
    for command in (("check", "cases"), ("i18n", "status", "cases")):
        found = run(*command)
        assert found.exit_code == 1
        assert f"glossary/de.yaml:{line}:" in found.output
        assert f"[{code}]" in found.output
    assert run("build", "cases", "--locale", "de").exit_code == 0  # a deck does without


# --- shipped glossaries --------------------------------------------------------------------------


@pytest.mark.parametrize("path", sorted(ROOT.glob("data/*/glossary/*.yaml")), ids=lambda path: path.stem)
def test_the_shipped_catalogs_keep_to_their_glossaries_and_use_each_term(path):
    map_file = path.parent.parent / places.MAP_FILE
    concept_map, _ = read_map_file(map_file)
    catalog, _ = read_catalog(map_file, path.stem)
    glossary = glossary_of(map_file, path.stem)
    assert [str(each) for each in check_catalog(catalog, concept_map, glossary)] == []
    for headword in glossary:
        bare = (Headword(headword.terms, ("no such word",)),)
        assert any(list(departures(sought(bare), entry.source, "")) for entry in catalog.by_key.values()), (
            headword.terms
        )


def test_a_glossary_finds_what_was_not_yet_read_twice():
    map_file = ROOT / "data" / "world-models" / places.MAP_FILE
    concept_map, _ = read_map_file(map_file)
    for tag, source, text in (
        ("de", "Cheap edge cases", "Günstige Grenzfälle"),
        ("fr", "World models may power it", "Les modèles de monde peuvent l’animer"),
        ("ar", "An underlying layer", "الطبقة الكامنة"),
        ("ja", "A world in its mind", "心の中の世界"),
        ("zh-Hans", "One clip", "一段短片"),
        ("es", "Industrial arms", "Brazos industriales"),
    ):
        found = check_catalog(Catalog(tag, (Entry("subtitle", source, text),)), concept_map, glossary_of(map_file, tag))
        assert [each.code for each in found] == ["translation-term"], tag


def test_every_mistake_of_a_glossary_is_told_at_once_with_a_way_out():
    node, _ = parse("a: [b, '*']\nc: {uze: d, avoid: e}\nf: {note: g}\nh: [[i]]\n", "glossary/de.yaml")
    headwords, problems = read_glossary(node)
    assert headwords == ()
    assert [f"{each.span} {each.code}" for each in problems] == [
        "glossary/de.yaml:1:8 empty-text",
        "glossary/de.yaml:2:5 unknown-key",
        "glossary/de.yaml:3:1 empty-collection",
        "glossary/de.yaml:4:4 wrong-kind",
    ]
    assert "did you mean `use`?" in problems[1].hints
    assert all(each.hints for each in problems)
