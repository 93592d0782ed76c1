"""Two languages on one slide: a second line below the first, smaller, never at the cost of what is there."""

import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner

from conceptdeck.building.deck import plan_deck
from conceptdeck.building.jobs import DeckJob
from conceptdeck.cli import main
from conceptdeck.translation.catalog import Catalog, Entry
from conceptdeck.translation.po import write_po
from conceptdeck.values.diagnostics import has_errors
from conceptdeck.values.items import bodies, keys_in
from support.decks import ROOT

MAP = """\
title: How bread rises
core-sentence: Bread rises because yeast makes gas and dough holds it.
concepts:
  yeast: {name: Yeast, description: It eats sugar and gives off gas.}
  dough: {name: Dough, description: It holds the gas.}
  salt: {name: NaCl, description: It slows the yeast.}
relations: [[yeast, feeds on, dough]]
"""
SAID = {
    "title": ("How bread rises", "Wie Brot aufgeht", "كيف يرتفع الخبز؟"),
    "core-sentence": (
        "Bread rises because yeast makes gas and dough holds it.",
        "Brot geht auf, weil Hefe Gas bildet und Teig es hält.",
        "يرتفع الخبز لأن الخميرة تصنع الغاز والعجين يحفظه.",
    ),
    "concepts.yeast.name": ("Yeast", "Hefe", "الخميرة"),
    "concepts.dough.name": ("Dough", "Teig", "العجين"),
    "concepts.dough.description": ("It holds the gas.", "Er hält das Gas.", "يحفظ الغاز."),
    "concepts.salt.name": ("NaCl", "NaCl", "NaCl"),
}
TAGS = ("de", "ar")


@pytest.fixture(scope="module")
def bread(tmp_path_factory) -> Path:
    """Return a small map with catalogs in German and Arabic."""
    path = tmp_path_factory.mktemp("place") / "bread" / "map.yaml"
    (path.parent / "locales").mkdir(parents=True)
    path.write_text(MAP, encoding="utf-8")
    for at, tag in enumerate(TAGS, start=1):
        entries = tuple(Entry(key, texts[0], texts[at]) for key, texts in SAID.items())
        (path.parent / "locales" / f"{tag}.po").write_text(write_po(Catalog(tag, entries)), encoding="utf-8")
    return path


def paragraphs(plan, key: str):
    """Return the paragraphs of each text that shows a key alone, by its first words."""
    return [
        [each for each in body.paragraphs if each.keys == (key,)]
        for frame in plan.frames
        for item in frame.items
        for body in bodies(item)
        if body.keys == (key,)
    ]


def shown(plan) -> set[str]:
    return {key for frame in plan.frames for item in frame.items for key in keys_in(item)}


@pytest.mark.parametrize("tag", TAGS)
def test_names_and_titles_have_a_smaller_second_line_and_sentences_none(tag, bread):
    plan = plan_deck(DeckJob(bread, with_locale=tag))
    assert not has_errors(plan.problems)
    doubled = [each for each in paragraphs(plan, "concepts.yeast.name") if len(each) > 1]
    assert doubled
    for first, second in doubled:
        assert (first.text, second.text.strip("\u200f")) == ("Yeast", SAID["concepts.yeast.name"][1 + TAGS.index(tag)])
        assert second.language == tag
        assert second.runs[0].size < first.runs[0].size
        assert second.leading < first.leading
    assert all(len(each) == 1 for each in paragraphs(plan, "concepts.dough.description"))
    assert all(len(each) == 1 for each in paragraphs(plan, "concepts.salt.name"))


def test_a_line_that_runs_the_other_way_keeps_its_signs_in_place(bread):
    plan = plan_deck(DeckJob(bread, with_locale="ar"))
    (second,) = {each[1].text for each in paragraphs(plan, "title") if len(each) > 1}
    assert second == f"\u200f{SAID['title'][2]}\u200f"
    other = plan_deck(DeckJob(bread, locale="ar", with_locale="en"))
    (second,) = {each[1].text for each in paragraphs(other, "title") if len(each) > 1}
    assert second == f"\u200e{SAID['title'][0]}\u200e"


@pytest.mark.parametrize("tag", ["de", "ar"])
def test_the_second_language_costs_no_text_and_no_slide_and_what_has_none_is_told(tag):
    job = DeckJob(ROOT / "data" / "web-platform" / "map.yaml", theme="orbit", story="talk")
    alone = plan_deck(job)
    both = plan_deck(DeckJob(job.map_file, theme="orbit", story="talk", with_locale=tag))
    assert not has_errors(both.problems)
    assert [frame.key for frame in both.frames] == [frame.key for frame in alone.frames]
    assert shown(alone) <= shown(both)
    seconds = sum(len(body.paragraphs) for frame in both.frames for item in frame.items for body in bodies(item))
    firsts = sum(len(body.paragraphs) for frame in alone.frames for item in frame.items for body in bodies(item))
    assert seconds > firsts + 2 * len(both.frames)
    left = {each.key for each in both.remarks if each.way.name == "ONE_LANGUAGE"}
    told = [each for each in both.problems if each.code == "one-language"]
    assert bool(left) == bool(told)


def test_a_language_is_no_second_one_beside_itself(bread, tmp_path):
    said = CliRunner().invoke(main, ["build", str(bread), "--with-locale", "en", "--out", str(tmp_path)])
    assert said.exit_code == 0
    assert "[same-language]" in said.stderr
    assert [path.name for path in (tmp_path / "bread" / "en").iterdir()] == ["bread.en.pptx"]


def test_the_deck_is_a_file_beside_that_in_one_language_and_is_not_pulled_from(bread, tmp_path):
    made = CliRunner().invoke(main, ["build", str(bread), "--with-locale", "de", "--out", str(tmp_path), "--verify"])
    assert made.exit_code == 0, made.stderr
    deck = tmp_path / "bread" / "en" / "bread.en+de.pptx"
    assert deck.exists()
    pulled = CliRunner().invoke(main, ["pull", str(deck), str(bread)])
    assert pulled.exit_code != 0
    assert bread.read_text("utf-8") == MAP
    assert "fault of the program" not in pulled.output


def test_a_project_may_say_the_second_language_of_all_its_decks(bread, tmp_path, monkeypatch):
    project = tmp_path / "project"
    shutil.copytree(bread.parent, project / "data" / "bread")
    (project / "conceptdeck.toml").write_text('with-locale = "de"\n', "utf-8")
    monkeypatch.chdir(project)
    assert CliRunner().invoke(main, ["build", "bread"]).exit_code == 0
    assert (project / "output" / "bread" / "en" / "bread.en+de.pptx").exists()
