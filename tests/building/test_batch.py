"""A map in every language: what falls back, what is marked, and that one language never harms another."""

import json
import re
import shutil
import zipfile
from pathlib import Path

import pytest
from click.testing import CliRunner

from conceptdeck.building import batch, edition
from conceptdeck.building.deck import DeckJob, plan_deck
from conceptdeck.building.diagrams import DiagramsJob, plan_diagrams
from conceptdeck.cli import main
from conceptdeck.translation.catalog import sources
from conceptdeck.values.diagnostics import Failure
from conceptdeck.values.terms import Term
from conceptdeck.workspace import loading
from support.decks import ROOT

MAPS = ("world-models", "web-platform")
LANGUAGES = ("ar", "de", "es", "fr", "ja", "zh-Hans")
SENTENCE = "Video is where the shift is visible today. Beneath it lies a harder problem."
KEY = "layers.surface.lead"


def map_file(name: str) -> Path:
    return ROOT / "data" / name / "map.yaml"


@pytest.fixture
def place(tmp_path, monkeypatch):
    """Return a folder to work in, with a copy of a shipped map and its catalogs."""
    monkeypatch.chdir(tmp_path)
    shutil.copytree(ROOT / "data" / "world-models", tmp_path / "data" / "world-models")
    return tmp_path


def run(*arguments: object):
    return CliRunner().invoke(main, [str(each) for each in arguments])


def replaced(path: Path, old: str, new: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert text.count(old) >= 1, old
    path.write_text(text.replace(old, new), encoding="utf-8")


def notes_of(deck: Path) -> dict[str, str]:
    """Return the text of each notes page, by the name of its part."""
    with zipfile.ZipFile(deck) as package:
        parts = {name: package.read(name).decode() for name in package.namelist() if "/notesSlides/notes" in name}
    return {name: "\n".join(re.findall(r"<a:t>([^<]*)</a:t>", xml)) for name, xml in parts.items()}


# --- shipped languages ---------------------------------------------------------------------------


@pytest.mark.parametrize("name", MAPS)
def test_each_shipped_map_is_translated_to_six_languages(name):
    assert loading.languages_of(map_file(name)) == ("en", *LANGUAGES)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", MAPS)
def test_nothing_of_a_shipped_map_is_left_untranslated(name, language):
    found = edition.read_edition(map_file(name), language)
    assert found.untranslated == frozenset()
    assert found.problems == ()
    assert found.map.language == language
    assert found.words.language == language


@pytest.mark.parametrize("language", LANGUAGES)
def test_an_edition_keeps_the_shape_and_the_keys_of_its_map(language):
    source, _ = loading.read_map_file(map_file("world-models"))
    found = edition.read_edition(map_file("world-models"), language)
    assert [text.key for text in sources(found.map)] == [text.key for text in sources(source)]
    assert sum(a.value != b.value for a, b in zip(sources(found.map), sources(source), strict=True)) > 250


@pytest.mark.parametrize("language", [*LANGUAGES, "en-XA", "ar-XB"])
@pytest.mark.parametrize("name", MAPS)
def test_every_language_fits_slides_and_pictures(name, language):
    plan = plan_deck(DeckJob(map_file(name), locale=language))
    assert [str(each) for each in plan.problems if each.severity.value == "error"] == []
    sheet = plan_diagrams(DiagramsJob(map_file(name), locale=language))
    assert [str(each) for each in sheet.problems if each.code.startswith(("picture", "text"))] == []


def test_the_program_says_its_own_words_in_the_language_of_the_map():
    found = edition.read_edition(map_file("world-models"), "de")
    plan = plan_deck(DeckJob(map_file("world-models"), locale="de"))
    assert found.words.say(Term.SUPPORTS) != Term.SUPPORTS.value
    shown = {shape.text.text for frame in plan.frames for shape in frame.items if getattr(shape, "text", None)}
    assert found.words.say(Term.SUPPORTS) in shown
    assert Term.SUPPORTS.value not in shown
    assert {frame.section for frame in plan.frames} & {found.words.say(Term.OPENING)}


# --- what falls back -----------------------------------------------------------------------------


def test_a_changed_sentence_is_shown_as_it_is_and_marked_on_its_slides_only(place):
    replaced(place / "data" / "world-models" / "map.yaml", SENTENCE, "Video is where it shows. The rest is harder.")
    result = run("build", "world-models", "--locale", "de", "--quiet")
    assert result.exit_code == 0
    assert "1 of" in result.stderr
    assert "1 stale" in result.stderr
    assert KEY in result.stderr
    notes = notes_of(place / "output" / "world-models" / "de" / "world-models.de.pptx")
    marked = [name for name, text in notes.items() if KEY in text]
    assert len(marked) == 1
    assert len(notes) > 30


def test_a_strict_build_refuses_what_is_not_translated_with_its_place(place):
    replaced(place / "data" / "world-models" / "map.yaml", SENTENCE, "Video is where it shows. The rest is harder.")
    result = run("build", "world-models", "--locale", "de", "--strict", "--quiet")
    assert result.exit_code == 1
    assert re.search(
        r"locales/de\.po:\d+:1: error: de: the translation of `layers\.surface\.lead` is stale", result.stderr
    )
    assert not (place / "output").exists()


def test_a_region_falls_back_on_its_language(place):
    result = run("build", "world-models", "--locale", "de_AT", "--quiet")
    assert result.exit_code == 0
    assert "untranslated" not in result.stderr
    assert (place / "output" / "world-models" / "de-AT" / "world-models.de-AT.pptx").exists()


@pytest.mark.parametrize(
    ("tag", "said"),
    [
        ("xx", "is no language"),
        ("../de", "is no language"),
        ("deutsch", "is no language"),
        ("zh_TW", "no catalog for `zh-TW`"),
        ("zh-Hant-TW", "no catalog for `zh-Hant-TW`"),
        ("pt-BR", "no catalog for `pt-BR`"),
        ("sr-Latn", "no catalog for `sr-Latn`"),
        ("he", "no catalog for `he`"),
        ("th", "no catalog for `th`"),
    ],
)
def test_a_language_that_is_not_there_is_told(place, tag, said):
    result = run("build", "world-models", "--locale", tag, "--quiet")
    assert result.exit_code == 1
    assert said in result.stderr
    assert "help:" in result.stderr
    assert not (place / "output").exists()


# --- many languages at once ----------------------------------------------------------------------


def test_a_broken_language_is_told_and_the_others_are_built(place):
    catalogs = place / "data" / "world-models" / "locales"
    replaced(catalogs / "ja.po", "Language: ja", "Language: ko")
    arguments = ("--locale", "de", "--locale", "ja", "--locale", "en", "--only", "deck", "--jobs", "2", "--quiet")
    result = run("locales", "world-models", *arguments)
    assert result.exit_code == 1
    assert "locales/ja.po:1:1: error" in result.stderr
    assert "1 job failed: deck in ja; the others are done" in result.stderr
    built = {path.name for path in (place / "output" / "world-models").iterdir()}
    assert built == {"de", "en"}


def test_languages_built_side_by_side_are_the_same_as_one_by_one(tmp_path):
    decks = {}
    for workers in (1, 2):
        out = tmp_path / str(workers)
        jobs = [DeckJob(map_file("web-platform"), out=out, locale=tag) for tag in ("en", "de", "ar")]
        outcomes = list(batch.run_batch(jobs, workers))
        assert [each.job for each in outcomes if each.failed] == []
        decks[workers] = {path.name: path.read_bytes() for path in out.rglob("*.pptx")}
        assert len(decks[workers]) == 3
    assert decks[1] == decks[2]


def test_a_fault_in_one_language_is_an_outcome(tmp_path, monkeypatch):
    def broken(options):
        raise RuntimeError("boom")

    monkeypatch.setattr("conceptdeck.building.batch.build_deck", broken)
    outcome = batch.run_job(DeckJob(map_file("web-platform"), out=tmp_path, locale="de"))
    assert outcome.failed
    assert "a fault of the program: RuntimeError: boom" in outcome.said[0]


# --- the page of all languages -------------------------------------------------------------------


@pytest.fixture
def drawn(place):
    """Return the folder of a map whose pictures were drawn in two languages, one after the other."""
    for tag in ("en", "ar"):
        options = ("--locale", tag, "--only", "relations", "--format", "svg", "--quiet")
        assert run("diagrams", "world-models", *options).exit_code == 0
    return place / "output" / "world-models"


def test_the_page_shows_the_languages_that_were_built_before(drawn):
    page = (drawn / "index.html").read_text(encoding="utf-8")
    assert "en/diagrams/relations.svg" in page
    assert "ar/diagrams/relations.svg" in page
    assert 'lang="ar" dir="rtl"' in page
    assert "العربية" in page


def test_a_damaged_list_of_pictures_leaves_its_language_out_with_a_warning(drawn):
    (drawn / "ar" / "diagrams" / "pictures.json").write_text('[{"id": 1', encoding="utf-8")
    result = run("diagrams", "world-models", "--only", "relations", "--format", "svg", "--quiet")
    assert result.exit_code == 0
    assert "damaged-list" in result.stderr
    assert "ar/diagrams" not in (drawn / "index.html").read_text(encoding="utf-8")


@pytest.mark.parametrize("fault", ["[1]", "{}", '[{"id": "x"}]', "null", '[{"id": "../x", "files": [["svg", "a"]]}]'])
def test_a_list_of_something_else_is_damaged_too(drawn, fault):
    (drawn / "ar" / "diagrams" / "pictures.json").write_text(fault, encoding="utf-8")
    result = run("diagrams", "world-models", "--only", "relations", "--format", "svg", "--quiet")
    assert result.exit_code == 0, result.output


def test_the_list_of_pictures_says_what_the_page_needs(drawn):
    (entry,) = json.loads((drawn / "en" / "diagrams" / "pictures.json").read_text(encoding="utf-8"))
    assert entry["files"] == [["svg", "relations.svg"], ["svg-narrow", "relations-narrow.svg"]]
    assert entry["language_name"] == "English"


def test_reading_an_edition_without_a_catalog_raises():
    with pytest.raises(Failure):
        edition.read_edition(map_file("world-models"), "pt")
