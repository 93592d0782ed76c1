"""What is asked for is what is told: `--only` leaves out what is wrong with other pictures, and knows near names."""

from pathlib import Path

import pytest
from click.testing import CliRunner

from conceptdeck.cli import main
from support.decks import MAPS

LONG = "an-unbreakable-" + "x" * 150


@pytest.fixture
def run(tmp_path, monkeypatch):
    """Return `run(*arguments)`: `conceptdeck diagrams` of a map whose picture `flow` has a word that must be cut."""
    monkeypatch.chdir(tmp_path)
    text = (MAPS / "bare" / "map.yaml").read_text(encoding="utf-8")
    Path("mine").mkdir()
    text = text.replace("name: The second layer", f"name: {LONG}")
    Path("mine/map.yaml").write_text(text, encoding="utf-8")
    return lambda *arguments: CliRunner().invoke(main, ["diagrams", "mine", "--format", "svg", "--quiet", *arguments])


def test_a_fault_of_another_picture_is_not_told_and_stops_nothing(run):
    assert "[broken-word]" in run("--only", "flow").stderr
    result = run("--only", "relations")
    assert (result.exit_code, result.stderr) == (0, "")
    assert sorted(path.name for path in Path("output").rglob("*.svg")) == [
        "flow.svg",
        "relations-narrow.svg",
        "relations.svg",
    ]


@pytest.mark.parametrize(
    ("asked", "meant"), [("relation", "relations"), ("concept:on", "concept:one"), ("flw", "flow")]
)
def test_an_unknown_name_is_refused_with_a_near_one(run, asked, meant):
    result = run("--only", asked)
    assert result.exit_code == 1
    assert f"there is no diagram `{asked}` [unknown-diagram]" in result.stderr
    assert f"did you mean `{meant}`?" in result.stderr
    assert result.stderr.count("error: ") == 1
