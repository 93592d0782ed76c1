"""The tutorial and the pages for each kind of user: their commands run, one after the other."""

import re

import pytest
from click.testing import CliRunner

from conceptdeck.cli import main
from support.decks import ROOT

DOCS = ROOT / "docs"
LESSONS = [DOCS / "tutorial.md", *sorted((DOCS / "how-to").glob("*.md"))]


@pytest.mark.parametrize("page", LESSONS, ids=lambda page: page.stem)
def test_the_commands_of_lessons_run_one_after_the_other(page, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    code = re.findall(r"^```console\n(.*?)^```$", page.read_text(encoding="utf-8"), re.MULTILINE | re.DOTALL)
    lines = [line for block in code for line in block.splitlines()]
    first = [] if "conceptdeck new my-map" in lines else ["conceptdeck new my-map"]
    assert lines
    for line in [*first, *lines]:
        program, *words = line.split()
        result = CliRunner().invoke(main, words)
        assert (program, result.exit_code) == ("conceptdeck", 0), f"{line}\n{result.output}"
