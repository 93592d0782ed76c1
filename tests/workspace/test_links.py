"""Links: nothing is read through one that leads out of a project, unless that is asked for; nothing there is quoted."""

from pathlib import Path

import pytest
from click.testing import CliRunner

from conceptdeck.cli import main
from conceptdeck.values import diagnostics
from conceptdeck.workspace import links

SECRET = "hunter2"
MAP = """language: en
title: Map
core-sentence: It is.
concepts:
  one:
    name: One
"""
ELSEWHERE = {
    "map.yaml": f"{MAP}{SECRET}: {SECRET}\n",
    "de.po": f'msgid "{SECRET}"\nmsgstr "{SECRET}\n',
    "sign.svg": f"<svg><{SECRET}/></svg>",
    "stories.yaml": f"{SECRET}: {SECRET}\n",
    "conceptdeck.toml": f"{SECRET} = {SECRET}\n",
    "theme.yaml": f"{SECRET}: {SECRET}\n",
    "rows.csv": f"{SECRET}\n",
}
LINKED = {
    "a map": ("data/m/map.yaml", "map.yaml", ["build", "m"]),
    "the folder of a map": ("data/m", "", ["build", "m"]),
    "the folder of all maps": ("data", "maps", ["check", "m"]),
    "a catalog": ("data/m/locales/de.po", "de.po", ["build", "m", "--locale", "de"]),
    "the folder of catalogs": ("data/m/locales", "", ["build", "m", "--locale", "de"]),
    "stories": ("data/m/stories.yaml", "stories.yaml", ["build", "m"]),
    "a project file": ("conceptdeck.toml", "conceptdeck.toml", ["build", "m"]),
    "a theme": ("themes/own.yaml", "theme.yaml", ["build", "m", "--theme", "own"]),
    "a sign": ("data/m/sign.svg", "sign.svg", ["build", "m"]),
    "an image": ("data/m/picture.svg", "sign.svg", ["check", "m"]),
}


@pytest.fixture
def elsewhere(tmp_path, monkeypatch):
    """Return a folder beside the project that the test runs in; the project has a map."""
    monkeypatch.setattr(diagnostics, "_unquoted", set())
    monkeypatch.delenv(links.FOLLOW_LINKS, raising=False)
    there = tmp_path / "elsewhere"
    for name, text in ELSEWHERE.items():
        for path in (there / name, there / "maps" / "m" / name):
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, "utf-8")
    project = tmp_path / "project"
    project.mkdir()
    monkeypatch.chdir(project)
    write("data/m/map.yaml", MAP)
    return there


def write(path: str, text: str) -> None:
    Path(path).parent.mkdir(parents=True, exist_ok=True)
    Path(path).write_text(text, "utf-8")


def link(path: str, to: Path) -> None:
    """Put a link at a path of the project, also where a file or a folder is."""
    here = Path(path)
    here.parent.mkdir(parents=True, exist_ok=True)
    if here.exists():
        here.rename(f"{here}-before")
    here.symlink_to(to)


def run(*arguments: str):
    return CliRunner().invoke(main, arguments)


@pytest.mark.parametrize("what", LINKED)
def test_nothing_behind_a_link_out_of_the_project_is_read_or_quoted(what, elsewhere):
    path, target, command = LINKED[what]
    named = {"a sign": "    icon: ./sign.svg\n", "an image": "    image: {file: picture.svg, alt: A picture}\n"}
    write("data/m/map.yaml", MAP + named.get(what, ""))
    link(path, elsewhere / target)
    refused = run(*command)
    assert refused.exit_code == 1
    assert "leads out of the project" in refused.output
    assert "--follow-links" in refused.output
    followed = run(*command, "--follow-links")
    assert followed.exit_code in (0, 1)
    assert "leads out of the project" not in followed.output
    assert SECRET not in refused.output + followed.output
    assert not list(Path().glob("output/*.pptx"))


def test_a_finding_in_a_file_behind_a_link_says_where_and_of_what_kind_it_is(elsewhere):
    link("data/m/map.yaml", elsewhere / "map.yaml")
    said = run("build", "m", "--follow-links").output
    assert "data/m/map.yaml:7:1: error: a key that its mapping does not have [unknown-key]" in said


def test_links_within_a_project_and_to_a_whole_project_are_read(elsewhere, monkeypatch):
    write("shared/map.yaml", MAP)
    link("data/m/map.yaml", Path("shared/map.yaml").absolute())
    assert run("check", "m").exit_code == 0
    alias = elsewhere / "alias"
    alias.symlink_to(Path.cwd())
    monkeypatch.chdir(alias)
    assert run("check", "m").exit_code == 0


@pytest.mark.parametrize("marker", ["data/m/map.yaml", "conceptdeck.toml"])
def test_a_project_that_is_not_the_working_folder_is_one_too(marker, elsewhere, tmp_path, monkeypatch):
    write(marker, MAP if marker.endswith(".yaml") else "")
    link("data/m/sign.svg", elsewhere / "sign.svg")
    write("data/m/map.yaml", f"{MAP}    icon: ./sign.svg\n")
    monkeypatch.chdir(tmp_path.parent)
    assert "leads out of the project" in run("check", str(tmp_path / "project" / "data" / "m")).output


def test_a_path_with_dots_stays_in_the_project_as_a_link_does(elsewhere):
    write("data/m/map.yaml", f"{MAP}    icon: ../../../elsewhere/sign.svg\n")
    said = run("check", "m").output
    assert "`../../../elsewhere/sign.svg` is of no use: this path leads out of the project [bad-icon]" in said
    assert SECRET not in said


def test_what_is_in_no_project_may_be_linked_as_its_owner_likes(elsewhere, tmp_path):
    write("data/m/map.yaml", MAP)
    own = tmp_path / "mine"
    own.symlink_to(elsewhere / "de.po")
    assert not links.leads_out(own)
