"""`conceptdeck check`: what it prints, and how it ends."""

import json
import shutil
import zipfile
from pathlib import Path

import pytest
from click.testing import CliRunner

from conceptdeck.cli import main
from conceptdeck.cli.rules import every_rule
from conceptdeck.render.powerpoint import package
from support.decks import MAPS, SHIPPED, build_map, shipped_tree, write_map
from support.faults import replace


@pytest.fixture
def run(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    return lambda *arguments: CliRunner().invoke(main, ["check", *map(str, arguments)])


@pytest.fixture(scope="module")
def deck(tmp_path_factory) -> Path:
    return build_map(SHIPPED, "atlas", tmp_path_factory.mktemp("deck")).path


def damaged(deck: Path, path: Path, pattern: str, by: str, name: str = "ppt/slides/slide2.xml") -> Path:
    with zipfile.ZipFile(deck) as archive:
        parts = {each: archive.read(each) for each in archive.namelist()}
    replace(parts, name, pattern, by)
    path.write_bytes(package.pack(parts))
    return path


@pytest.fixture
def faulty(deck, tmp_path) -> Path:
    """Return a deck with one error, on slide 2."""
    return damaged(deck, tmp_path / "faulty.pptx", r'<p:cNvPr id="3"', '<p:cNvPr id="2"')


@pytest.fixture
def poor(deck, tmp_path) -> Path:
    """Return a deck with one warning, on slide 2."""
    return damaged(deck, tmp_path / "poor.pptx", '<a:schemeClr val="accent5"/>', '<a:srgbClr val="FF0000"/>')


@pytest.mark.parametrize("theme", ["atlas", "orbit"])
def test_the_shipped_map_is_sound(theme, run, tmp_path):
    result = run("world-models", "--theme", theme, "--strict")
    assert (result.exit_code, result.stdout) == (0, "world-models: 0 errors, 0 warnings\n")
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("density", ["talk", "read"])
def test_a_map_is_judged_as_a_story_tells_it(density, run):
    result = run("world-models", "--story", "lightning", "--density", density, "--theme", "beacon", "--strict")
    assert (result.exit_code, result.stdout) == (0, "world-models: 0 errors, 0 warnings\n")


def test_what_only_one_story_shows_is_found_in_that_story_only(run, tmp_path):
    tree = shipped_tree()
    tree["closing"]["text"] = "Unpronounceable " * 400
    write_map(tmp_path / "mine", tree)
    (tmp_path / "mine" / "stories.yaml").write_text("short:\n  slides:\n    - cover: 1\n")
    assert "closing.text" in run("mine/map.yaml").stdout
    result = run("mine/map.yaml", "--story", "short")
    assert result.exit_code == 0, result.output


def test_a_story_that_is_not_there_is_named(run):
    result = run("world-models", "--story", "nowhere")
    assert result.exit_code == 1
    assert "unknown-story" in result.stdout
    assert "full, talk, lightning" in result.stdout


def test_without_a_target_every_map_of_the_project_is_judged(run, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    shutil.copytree(MAPS / "one-sentence", Path("data") / "mine")
    result = run()
    assert (result.exit_code, result.stdout) == (0, f"{Path('data/mine/map.yaml')}: 0 errors, 0 warnings\n")


def test_a_sound_deck_is_sound(deck, run):
    result = run(deck, "--strict")
    assert result.exit_code == 0, result.output
    assert result.stdout.endswith(": 0 errors, 0 warnings\n")


def test_an_error_in_a_deck_is_printed_with_its_place(faulty, run):
    result = run("faulty.pptx")
    assert result.exit_code == 1
    first, *_, last = result.stdout.splitlines()
    assert first.startswith("faulty.pptx!/ppt/slides/slide2.xml:2:")
    assert ": error: slide 2: `" in first
    assert first.endswith("[duplicate-shape-id]")
    assert last == "faulty.pptx: 1 error, 0 warnings"


def test_warnings_count_if_asked(poor, run):
    assert run(poor).exit_code == 0
    assert run(poor, "--strict").exit_code == 1


@pytest.mark.parametrize(("allowed", "code"), [("fixed-colour", 0), ("fixed-colour:2", 0), ("fixed-colour:3", 1)])
def test_a_rule_can_be_allowed_everywhere_or_on_a_slide(allowed, code, poor, run):
    result = run(poor, "--strict", "--allow", allowed)
    assert result.exit_code == code, result.output
    assert ("1 allowed" in result.stdout) is (code == 0)


@pytest.mark.parametrize("allowed", ["no-such-rule", "fixed-colour:0", "fixed-colour:x", "", "syntax"])
def test_what_cannot_be_allowed_is_wrong_use(allowed, poor, run):
    assert run(poor, "--allow", allowed).exit_code == 2


def test_findings_as_json(faulty, deck, run):
    result = run(faulty, deck, "--json")
    assert result.exit_code == 1
    said = json.loads(result.stdout)
    assert (said["errors"], said["warnings"]) == (1, 0)
    [finding] = said["targets"][0]["findings"]
    assert finding["code"] == "duplicate-shape-id"
    assert finding["slide"] == 2
    assert finding["message"] == f"slide 2: `{finding['item']}` {finding['message'].partition('` ')[2]}"
    assert (finding["drawing"], finding["text"]) == (None, None)
    assert finding["path"].endswith("faulty.pptx!/ppt/slides/slide2.xml")
    assert finding["line"] == 2
    assert said["targets"][1]["findings"] == []


def test_one_bad_target_does_not_hide_the_others(faulty, run):
    result = run("nowhere.pptx", "atlantis", faulty)
    assert result.exit_code == 1
    for code in ("cannot-read", "unknown-map", "duplicate-shape-id"):
        assert f"[{code}]" in result.stdout


def test_a_map_that_cannot_be_read_is_reported(run, tmp_path):
    (tmp_path / "map.yaml").write_text("title: [\n", encoding="utf-8")
    result = run("map.yaml")
    assert result.exit_code == 1
    assert "map.yaml:" in result.stdout
    assert isinstance(result.exception, SystemExit)


def test_odd_content_is_a_warning_that_a_comment_excuses(run, tmp_path):
    tree = shipped_tree()
    tree["systems"]["unseen"] = {"name": "Unseen"}
    path = write_map(tmp_path / "mine", tree)
    assert "[unused-system]" in run(path).stdout
    assert run(path, "--strict").exit_code == 1
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace("name: Unseen", "name: Unseen  # conceptdeck: allow unused-system"), encoding="utf-8")
    assert run(path, "--strict").exit_code == 0


@pytest.mark.parametrize("code", sorted(every_rule()))
def test_every_rule_can_be_explained(code, run):
    result = run("--explain", code)
    assert result.exit_code == 0
    assert result.stdout.startswith(f"{code} (")
    assert len(result.stdout.splitlines()) >= 3


def test_a_rule_that_is_not_there_is_wrong_use(run):
    result = run("--explain", "orphan-wrd")
    assert result.exit_code == 2
    assert "orphan-word" in result.stderr


def test_help_has_examples(run):
    result = run("--help")
    assert "\n    conceptdeck check talk.pptx --allow" in result.stdout


@pytest.mark.parametrize("folder", sorted(path for path in MAPS.iterdir() if path.is_dir()))
def test_other_maps_have_no_errors(folder, run):
    result = run(folder)
    assert result.exit_code == 0, result.output


# --- SARIF ---------------------------------------------------------------------------------------


def test_findings_as_sarif_lie_in_files_below_the_working_folder(faulty, run, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    path = tmp_path / "data" / "größer als" / "map.yaml"
    path.parent.mkdir(parents=True)
    path.write_text("title: X\nlayers: {items: {a: {name: A, concpts: {}}}}\n", encoding="utf-8")
    result = run("größer als", str(faulty), "--format", "sarif")
    assert result.exit_code == 1
    said = json.loads(result.stdout)
    (one,) = said["runs"]
    rules = [rule["id"] for rule in one["tool"]["driver"]["rules"]]
    assert said["version"] == "2.1.0"
    found = {each["ruleId"]: each for each in one["results"]}
    assert all(rules[each["ruleIndex"]] == code for code, each in found.items())
    place = found["unknown-key"]["locations"][0]["physicalLocation"]
    assert place["artifactLocation"] == {"uri": "data/gr%C3%B6%C3%9Fer%20als/map.yaml", "uriBaseId": "%SRCROOT%"}
    assert place["region"] == {"startLine": 2, "startColumn": 31, "endColumn": 38}
    of_deck = found["duplicate-shape-id"]["locations"][0]
    assert of_deck["physicalLocation"]["artifactLocation"]["uri"].endswith("faulty.pptx")
    assert "region" not in of_deck["physicalLocation"], "its line is one of a part in the package"
    assert of_deck["logicalLocations"][0] == {"fullyQualifiedName": "ppt/slides/slide2.xml"}
