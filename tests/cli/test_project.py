"""The file of a project says what holds for its commands; an option says otherwise for one run."""

from pathlib import Path

import pytest
from click.testing import CliRunner

from conceptdeck.building.jobs import DECK_FORMATS, PICTURE_FORMATS, DeckJob, choices
from conceptdeck.building.settings import Settings, read_settings
from conceptdeck.cli import main
from conceptdeck.values.diagnostics import Failure
from conceptdeck.workspace.house import house
from conceptdeck.workspace.links import PROJECT_FILE
from support.pictures import FONTS

MAP = """\
language: en
title: Bread
core-sentence: Bread is time.
concepts: {dough: {name: Dough, description: Flour and water}}
"""
SAID = """\
theme = "orbit"
story = "lightning"
out = "decks"
formats = ["html", "pdf"]
locale = "en-XA"
locales = ["en"]
diagrams = {formats = ["gv"], width = 500}
"""


@pytest.fixture
def run(tmp_path, monkeypatch):
    """Return what runs a command in an empty folder with one map."""
    monkeypatch.chdir(tmp_path)
    path = tmp_path / "data" / "bread" / "map.yaml"
    path.parent.mkdir(parents=True)
    path.write_text(MAP, encoding="utf-8")
    return lambda *arguments: CliRunner().invoke(main, list(arguments))


def say(text: str) -> None:
    Path(PROJECT_FILE).write_text(text, encoding="utf-8")


def made(folder: str) -> set[str]:
    return {path.name for path in Path(folder).rglob("bread.*") if ".cache" not in path.parts}


def wrong(text: str) -> dict[str, tuple[str, ...]]:
    """Return the places and codes of what is wrong with a file, and the hints."""
    say(text)
    with pytest.raises(Failure) as refused:
        read_settings(house())
    return {
        f"{each.span.line}:{each.span.column} {each.code}": (each.message, *each.hints)
        for each in refused.value.diagnostics
    }


def test_without_a_file_nothing_is_said(run):
    assert read_settings(house()) == Settings()


def test_all_commands_take_what_the_project_says(run):
    say(SAID)
    result = run("build", "bread")
    assert result.exit_code == 0 and "theme orbit" in result.output
    assert made("decks") == {"bread.en-XA.lightning.html", "bread.en-XA.lightning.pdf"}
    assert run("diagrams", "bread", "--locale", "en").exit_code == 0
    drawn = {path.suffix for path in Path("decks/bread/en/diagrams").iterdir()}
    assert drawn == {".gv", ".json"}
    assert "2 jobs, 2 done" in run("locales", "bread", "--force").stdout
    assert {path.suffix for path in Path("decks/bread/en/diagrams").iterdir()} == drawn
    assert "up to date   decks" in run("status", "-v").stdout
    assert "decks can be written" in run("doctor").stdout
    assert not Path("output").exists()


def test_an_option_comes_before_the_project_which_comes_before_the_default(run):
    say(SAID)
    result = run("build", "bread", "--theme", "atlas", "--locale", "en", "--format", "pptx", "--out", "elsewhere")
    assert "theme atlas" in result.output
    assert made("elsewhere") == {"bread.en.lightning.pptx"}


@pytest.mark.parametrize("folder", ["data", "data/bread", "deep/er"])
def test_the_file_is_found_from_a_folder_below_and_its_paths_start_from_it(folder, run, tmp_path, monkeypatch):
    say('out = "decks"\ntheme = "look/acme.yaml"\n')
    Path("look").mkdir()
    Path("look/acme.yaml").write_text("extends: atlas\nname: Acme\n", encoding="utf-8")
    Path(folder).mkdir(parents=True, exist_ok=True)
    monkeypatch.chdir(folder)
    assert "theme " in run("build", "bread").output
    assert made(str(tmp_path / "decks")) == {"bread.en.pptx"}


def test_the_file_of_the_map_s_project_is_taken_where_the_working_folder_has_none(run, tmp_path, monkeypatch):
    say('out = "decks"\n')
    (tmp_path / "elsewhere").mkdir()
    monkeypatch.chdir("/")
    assert run("build", str(tmp_path / "data" / "bread")).exit_code == 0
    assert made(str(tmp_path / "decks")) == {"bread.en.pptx"}


def test_every_mistake_is_told_at_its_place_with_a_way_out(run):
    found = wrong(
        'theme = 5\nstroy = "talk"\nout = ["x"]\nformats = ["html", "ppt"]\nbuilds = "yes"\n[diagrams]\nwidth = 1\n'
    )
    assert {*found} == {
        "1:9 wrong-kind", "2:1 unknown-key", "3:7 wrong-kind", "4:11 bad-choice", "5:10 wrong-kind", "7:9 bad-number",
    }  # fmt: skip
    assert found["1:9 wrong-kind"] == ("`theme` must be text, but is a number", "put it in quotes")
    assert found["2:1 unknown-key"][1] == "did you mean `story`?"
    assert found["4:11 bad-choice"][1] == "did you mean `pptx`?"


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ('theme = "x\n', "1:11 toml-syntax"),
        ("a = 1\na = 2\n", "2:6 toml-syntax"),
        ('story = "a\\u0007b"', "1:9 forbidden-character"),
        ('footer = "a\\u202eb"', "1:10 forbidden-character"),
        ("x = " + "[" * 5000, "1:1 toml-syntax"),
        ('logo = {light = "../x.png", alt = "x"}', "1:17 bad-image"),
        ('[logo]\nlight = "x.png"\n', "1:2 missing-key"),
        ('theme = ""', "1:9 empty-text"),
        ('locale = "../x"', "1:10 bad-language"),
    ],
)
def test_what_is_no_setting_is_refused(text, place, run):
    assert place in wrong(text)


def test_a_file_with_a_mistake_ends_the_run_and_writes_nothing(run):
    say("theem = 'orbit'\n")
    for command in (["build"], ["status"], ["locales"], ["check"], ["diagrams"]):
        result = run(*command)
        assert result.exit_code == 1 and "did you mean `theme`?" in result.output
    assert not Path("output").exists()
    assert run("build", "--help").exit_code == 0


def test_the_words_of_formats_and_programs_are_those_of_the_jobs(run):
    for name in ("formats", "program", "density"):
        for word in choices(DeckJob, name):
            say(f'{name} = ["{word}"]' if name == "formats" else f'{name} = "{word}"')
            found = read_settings(house()).value(DeckJob, name)
            assert word in (found if name == "formats" else (getattr(found, "value", found),))
    assert DECK_FORMATS and PICTURE_FORMATS and FONTS


def test_a_script_takes_no_options_from_the_file(run):
    say(SAID)
    assert DeckJob(Path("data/bread/map.yaml")).theme == "atlas"
