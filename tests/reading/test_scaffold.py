"""`conceptdeck new`: a first map that builds, explains itself and never overwrites; and what shells complete."""

import re
import shlex
import shutil
import subprocess
from pathlib import Path

import pytest
import yaml
from click.testing import CliRunner
from jsonschema import Draft202012Validator
from pptx import Presentation

from conceptdeck.cli import COMMANDS, main
from conceptdeck.cli.completion import complete_map, complete_theme
from conceptdeck.reading.icons import IconSet
from conceptdeck.reading.json_schema import map_schema, schema_text
from conceptdeck.reading.scaffold import scaffold
from conceptdeck.workspace import places
from support.decks import build_map

MAP = Path("data") / "my-map" / "map.yaml"
THEMES = places.themes()


@pytest.fixture
def run(tmp_path, monkeypatch):
    """Return `run(*arguments)`: the command's result, from an empty folder."""
    monkeypatch.chdir(tmp_path)
    return lambda *arguments: CliRunner().invoke(main, [str(each) for each in arguments])


# --- new -----------------------------------------------------------------------------------------


@pytest.mark.parametrize("theme", THEMES)
def test_a_new_map_builds_without_a_warning(theme, run):
    assert run("new", "my-map").exit_code == 0
    result = run("build", "my-map", "--theme", theme, "--quiet")
    assert (result.exit_code, result.output) == (0, "")


def test_every_slide_of_a_new_map_has_notes(run):
    run("new", "my-map")
    built = build_map(MAP, "atlas", Path("output"))
    assert [frame.key for frame in built.frames if not frame.notes.strip()] == []


def test_a_new_map_says_how_it_is_built(run):
    result = run("new", "my-map")
    assert result.stdout.startswith(str(MAP))
    assert result.stdout.rstrip().endswith("conceptdeck build my-map")
    assert "conceptdeck build my-map" in MAP.read_text(encoding="utf-8")


def test_a_new_map_in_another_folder_is_built_by_its_path(run):
    result = run("new", "my-map", "--in", "maps")
    assert result.exit_code == 0
    command = result.stdout.rpartition("conceptdeck ")[2].split()
    assert run(*command, "--quiet").exit_code == 0


def test_a_new_map_fits_the_schema_that_its_first_line_names(run):
    run("new", "my-map")
    text = MAP.read_text(encoding="utf-8")
    named = re.match(r"# yaml-language-server: \$schema=(\S+)\n", text)
    assert named
    assert (MAP.parent / named[1]).read_text(encoding="utf-8") == schema_text(map_schema(IconSet(places.icon_set())))
    assert Draft202012Validator(map_schema()).is_valid(yaml.safe_load(text))


def test_each_part_of_a_new_map_is_explained_above_it():
    lines = scaffold("my-map").splitlines()
    parts = [i for i, line in enumerate(lines) if re.match(r"[a-z-]+:$", line)]
    assert len(parts) >= 8
    assert [lines[i] for i in parts if not lines[i - 1].startswith("#")] == []


def test_a_map_that_is_there_is_not_overwritten(run):
    run("new", "my-map")
    MAP.write_text("mine", encoding="utf-8")
    result = run("new", "my-map")
    assert result.exit_code == 1
    assert "map-exists" in result.stderr
    assert MAP.read_text(encoding="utf-8") == "mine"


def test_a_schema_that_is_there_is_left_alone(run):
    Path("data").mkdir()
    schema = Path("data") / "map.schema.json"
    schema.write_text("mine", encoding="utf-8")
    assert run("new", "my-map").exit_code == 0
    assert schema.read_text(encoding="utf-8") == "mine"


@pytest.mark.parametrize(
    ("name", "guess"),
    [
        ("con", "con-1"),
        ("nul.txt", "nul-txt"),
        ("../out", "out"),
        ("a/b", "a-b"),
        ("What?", "what"),
        ("a\nb", "a-b"),
        (".hidden", "hidden"),
        ("end.", "end"),
        ("x" * 201, ""),
        ("", ""),
        (" ", ""),
        ("..", ""),
    ],
)
def test_a_bad_name_is_refused_with_one_that_would_do(name, guess, run, tmp_path):
    result = run("new", name)
    assert result.exit_code == 1
    assert "[bad-id]" in result.stderr
    assert f"`{guess}` would do" in result.stderr or not guess
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("name", ["My Map_2", "Über uns", "地図", "a--b", "x" * 65, "v1.2"])
def test_a_new_map_may_have_any_name_that_every_system_keeps(name, run):
    result = run("new", name)
    assert result.exit_code == 0
    told = shlex.split(result.stdout.rpartition(": ")[2])
    assert (Path("data") / name / "map.yaml").is_file()
    result = run(*told[1:], "--quiet")
    assert (result.exit_code, result.output) == (0, "")
    assert len(list(Path("output").glob("*/en/*.en.pptx"))) == 1


def test_a_folder_that_is_a_file_is_refused(run):
    Path("data").write_text("not a folder")
    assert run("new", "my-map").exit_code == 2
    assert Path("data").read_text() == "not a folder"


def test_new_leaves_no_other_file(run, tmp_path):
    run("new", "my-map")
    found = sorted(path.relative_to(tmp_path).as_posix() for path in tmp_path.rglob("*") if path.is_file())
    assert found == ["data/map.schema.json", "data/my-map/map.yaml"]


# --- completion ----------------------------------------------------------------------------------


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_each_shell_gets_its_script(shell, run):
    result = run("completion", shell)
    assert result.exit_code == 0
    assert f"_CONCEPTDECK_COMPLETE={shell}_complete" in result.stdout
    assert shell in run("completion", "--help").stdout


def test_the_script_for_bash_is_bash(run):
    bash = shutil.which("bash")
    assert bash, "the tests run make and bash"
    script = run("completion", "bash").stdout
    done = subprocess.run([bash, "-n"], input=script, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")


def test_maps_complete_by_name_here_and_shipped(run):
    run("new", "my-map")
    assert {item.value for item in complete_map(None, None, "")} >= {"my-map", "world-models", "web-platform"}
    assert [item.value for item in complete_map(None, None, "my")] == ["my-map"]


def test_a_path_is_completed_by_the_shell(run, tmp_path):
    assert [item.type for item in complete_map(None, None, "./elsewhere/")] == ["file"]


def test_themes_complete_by_name():
    assert [item.value for item in complete_theme(None, None, "at")] == ["atlas"]
    assert "base" not in [item.value for item in complete_theme(None, None, "")]


@pytest.mark.parametrize(("words", "found"), [("build world", "world-models"), ("build --theme orb", "orbit")])
def test_the_build_command_completes_maps_and_themes(words, found, monkeypatch, tmp_path):
    monkeypatch.chdir(tmp_path)
    environment = {
        "_CONCEPTDECK_COMPLETE": "bash_complete",
        "COMP_WORDS": f"conceptdeck {words}",
        "COMP_CWORD": str(len(words.split())),
    }
    result = CliRunner().invoke(main, [], prog_name="conceptdeck", env=environment)
    assert f"plain,{found}" in result.stdout


# --- every command explains itself ---------------------------------------------------------------

MINE = ("new", "theme", "schema", "doctor", "completion")
WITH_HELP = [*([name] for name in MINE), *(["theme", name] for name in ("list", "show", "export"))]


@pytest.mark.parametrize("words", WITH_HELP, ids=" ".join)
def test_each_command_shows_examples_a_line_each(words, run):
    said = run(*words, "--help").stdout
    assert "\\b" not in said
    examples = re.findall(r"^    conceptdeck (.+)$", said.partition("Examples:")[2], re.MULTILINE)
    assert examples
    assert [each for each in examples if not each.startswith(" ".join(words))] == []


@pytest.mark.parametrize("words", WITH_HELP, ids=" ".join)
def test_the_examples_of_each_command_are_understood(words, run, monkeypatch, tmp_path):
    monkeypatch.setenv("HOME", str(tmp_path))
    Presentation().save("acme.potx")  # what one of them imports
    said = run(*words, "--help").stdout
    for example in re.findall(r"^    conceptdeck (.+?)(?: > .*)?$", said.partition("Examples:")[2], re.MULTILINE):
        result = run(*shlex.split(example.replace("~", str(tmp_path))))
        assert result.exit_code in (0, 1), (example, result.output)  # 2 is click's code for wrong usage


@pytest.mark.parametrize("name", MINE)
def test_the_overview_lists_each_command(name, run):
    assert re.search(rf"^  {name} +{re.escape(COMMANDS[name])}", run("--help").stdout, re.MULTILINE)
    assert main.get_command(None, name).name == name
