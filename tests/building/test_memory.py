"""Memory: a process that builds one thing after another keeps no font of a build that is over."""

import gc
import shutil

import pytest
from click.testing import CliRunner

from conceptdeck import DeckJob, DiagramsJob, build, diagrams
from conceptdeck.cli import main
from conceptdeck.typeset.faces import Face
from conceptdeck.typeset.fonts import FontBook
from support.decks import MAPS, ROOT


def fonts():
    """Return the fonts that are open, of whatever test, by their ids."""
    gc.collect()
    return {id(each): each for each in gc.get_objects() if isinstance(each, Face | FontBook)}


def test_a_build_that_is_over_leaves_no_font_open(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    folder = tmp_path / "data" / "my-map"
    shutil.copytree(MAPS / "one-sentence", folder)
    before = fonts()
    build(DeckJob(folder / "map.yaml", formats=("pptx", "html", "pdf")))
    assert fonts().keys() <= before.keys()
    shutil.copytree(ROOT / "tests" / "cases" / "every-kind", tmp_path / "data" / "kinds")
    diagrams(DiagramsJob(tmp_path / "data" / "kinds" / "map.yaml", formats=("svg", "pdf", "png")))
    assert fonts().keys() <= before.keys()


@pytest.mark.parametrize("command", [["build", "my-map"], ["diagrams", "my-map"], ["i18n", "status", "my-map"]])
def test_a_command_that_is_over_lets_the_collector_work_again(command, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    shutil.copytree(MAPS / "one-sentence", tmp_path / "data" / "my-map")
    assert gc.isenabled()
    CliRunner().invoke(main, command)
    assert gc.isenabled()
