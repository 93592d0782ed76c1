"""The documents say what the program does: commands, targets, the tutorial, its mistake, modules and links."""

import re
from pathlib import Path
from urllib.parse import unquote

import click
import pytest
from click.testing import CliRunner

from conceptdeck.cli import main
from conceptdeck.cli.reference_pages import pages
from support.decks import ROOT

DOCUMENTS = ("README.md", "ARCHITECTURE.md", "CONTRIBUTING.md", "CHANGELOG.md")
PAGES = tuple(sorted(path.relative_to(ROOT).as_posix() for path in (ROOT / "docs").rglob("*.md")))
PACKAGE = ROOT / "pipeline" / "conceptdeck"
MOST_LINES = 150  # of ARCHITECTURE.md, so that it stays a map
MAP = Path("data") / "my-map" / "map.yaml"
CODE = re.compile(r"^```\w*\n(.*?)^```$|(?<!`)`([^`\n]+)`(?!`)", re.MULTILINE | re.DOTALL)
FOREIGN = re.compile(r"[a-z]+:")  # an address, or the concept of a map
LINK = re.compile(r"\]\(([^)\s]+)\)")


def text_of(name: str) -> str:
    return (ROOT / name).read_text(encoding="utf-8")


def blocks(language: str) -> list[str]:
    """Return the blocks of the README in that language."""
    return re.findall(rf"^```{language}\n(.*?)^```$", text_of("README.md"), re.MULTILINE | re.DOTALL)


def block(language: str) -> str:
    """Return the first block of the README in that language."""
    return blocks(language)[0]


def lines_of_code(name: str, program: str) -> list[list[str]]:
    """Return the words after `program` of each line of code in a document that begins with it."""
    code = "\n".join(fenced or inline for fenced, inline in CODE.findall(text_of(name)))
    return [line.split()[1:] for line in code.splitlines() if line.split()[:1] == [program]]


@pytest.fixture
def run(tmp_path, monkeypatch):
    """Return `run(*arguments)`: the command's result, from a folder with the tutorial's map."""
    monkeypatch.chdir(tmp_path)
    MAP.parent.mkdir(parents=True)
    MAP.write_text(block("yaml"), encoding="utf-8")
    return lambda *arguments: CliRunner().invoke(main, arguments)


# --- the tutorial --------------------------------------------------------------------------------


@pytest.mark.parametrize("theme", ["atlas", "orbit", "beacon"])
def test_the_map_of_the_tutorial_builds_without_findings(theme, run):
    result = run("build", "my-map", "--quiet", "--theme", theme)
    assert (result.exit_code, result.output) == (0, "")


@pytest.mark.parametrize("written", blocks("yaml")[1:])
def test_each_other_map_of_the_readme_builds_without_findings(written, run):
    MAP.write_text(written, encoding="utf-8")
    result = run("build", "my-map", "--quiet")
    assert (result.exit_code, result.output) == (0, "")


def test_the_tutorial_counts_its_slides(run):
    result = run("build", "my-map")
    path = Path("output") / "my-map" / "en" / "my-map.en.pptx"
    assert result.stdout.startswith(f"{path}  11 slides")
    assert f"eleven slides in `{path.as_posix()}`" in text_of("README.md")


def test_the_mistake_in_the_tutorial_is_told_as_it_is_shown(run):
    right, wrong = "examples: [strong-flour]", "examples: [strong-flower]"
    text = MAP.read_text(encoding="utf-8")
    assert text.count(right) == 1
    MAP.write_text(text.replace(right, wrong), encoding="utf-8")
    result = run("build", "my-map", "--quiet")
    assert (result.exit_code, result.stderr) == (1, block("text"))


# --- commands and targets ------------------------------------------------------------------------


@pytest.mark.parametrize("document", (*DOCUMENTS, *PAGES))
def test_every_command_exists_with_its_options(document):
    for words in lines_of_code(document, "conceptdeck"):
        command: click.Command = main
        context = click.Context(command)
        while isinstance(command, click.Group) and words:
            found = command.get_command(context, words[0])
            assert found is not None, f"{document}: conceptdeck {' '.join(words)}"
            command, words = found, words[1:]
        options = {name for each in command.params for name in (*each.opts, *each.secondary_opts)} | {"--help"}
        unknown = {word.partition("=")[0] for word in words if word.startswith("--")} - options
        assert not unknown, f"{document}: {unknown}"


@pytest.mark.parametrize("document", DOCUMENTS)
def test_every_target_and_variable_is_in_the_makefile(document):
    makefile = text_of("Makefile")
    targets = set(re.findall(r"^([a-z-]+):.*## ", makefile, re.MULTILINE))
    for words in lines_of_code(document, "make"):
        for word in words[:1]:
            assert word in targets, f"{document}: make {word}"
        for variable in re.findall(r"\b([A-Z]+)=", " ".join(words[1:])):
            assert re.search(rf"\$\({variable}[):]", makefile), f"{document}: {variable}"


def test_the_readme_begins_with_the_two_commands():
    assert lines_of_code("README.md", "make")[:2] == [["deck"], ["test"]]


# --- the reference -------------------------------------------------------------------------------


def test_the_pages_are_what_the_program_says_now():
    folder = ROOT / "docs" / "reference"
    made_now = pages(main)
    assert {path.name for path in folder.glob("*.md")} == {*made_now}
    old = [name for name, text in made_now.items() if (folder / name).read_text(encoding="utf-8") != text]
    assert old == [], "run `make reference`"
    bare = [name for name, text in made_now.items() if re.search(r"^```\w+\n\n```$", text, re.MULTILINE)]
    assert bare == [], "a key lacks an example in reading/examples"


def test_every_page_is_in_the_menu_of_the_site():
    named = {f"docs/{page}" for page in re.findall(r'"([\w/-]+\.md)"', text_of("zensical.toml"))}
    assert set(PAGES) - named == set(), "name it in zensical.toml"
    assert named - set(PAGES) == {"docs/gallery.md"}, "it is drawn by `make site`"


# --- the map of the code -------------------------------------------------------------------------


def rooms() -> dict[str, str]:
    """Return what the code map says of each room."""
    return dict(re.findall(r"^\| `([a-z]+)/` \| ([^|]+) \|", text_of("ARCHITECTURE.md"), re.MULTILINE))


def test_the_architecture_names_every_room():
    assert sorted(rooms()) == sorted(path.parent.name for path in PACKAGE.glob("*/__init__.py"))


def test_the_architecture_names_only_modules_that_there_are():
    for room, said in rooms().items():
        there = {path.stem for path in (PACKAGE / room).rglob("*") if path.name != "__pycache__"}
        assert {name.strip("/") for name in re.findall(r"`([a-z_/]+)`", said)} <= there, room


def test_the_architecture_names_only_tests_that_there_are():
    named = re.findall(r"`(tests/[^`]+)`", text_of("ARCHITECTURE.md"))
    assert [name for name in named if not (ROOT / name).exists()] == []


def test_the_architecture_stays_short():
    assert len(text_of("ARCHITECTURE.md").splitlines()) <= MOST_LINES


# --- links ---------------------------------------------------------------------------------------


@pytest.mark.parametrize("document", (*DOCUMENTS, *PAGES))
def test_links_and_pictures_lead_to_files(document):
    targets = [unquote(link.partition("#")[0]) for link in LINK.findall(text_of(document)) if not FOREIGN.match(link)]
    home = (ROOT / document).parent
    assert [target for target in targets if target and not (home / target).exists()] == []


def test_the_readme_shows_pictures_with_a_description():
    pictures = re.findall(r"!\[([^\]]*)\]\(([^)]+)\)", text_of("README.md"))
    assert pictures
    assert all(description for description, _ in pictures)
