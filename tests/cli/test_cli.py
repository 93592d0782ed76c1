"""The command line: what it prints, where, and how it ends."""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner

from conceptdeck import __version__
from conceptdeck.cli import COMMANDS, SECTIONS, main
from conceptdeck.cli.report import Countdown
from support.decks import MAPS, ROOT, SHIPPED, THEMES

DECK = Path("world-models") / "en" / "world-models.en.pptx"
BAD = "title: Map\ncore-sentence: It is.\nlayers:\n  title: [Layers\n"


@pytest.fixture
def run(tmp_path, monkeypatch):
    """Return `run(*arguments)`: the command's result, from an empty folder."""
    monkeypatch.chdir(tmp_path)
    return lambda *arguments: CliRunner().invoke(main, [str(each) for each in arguments])


def module(*arguments, cwd, **kwargs):
    command = [sys.executable, "-m", "conceptdeck", *map(str, arguments)]
    environment = {**os.environ, "PYTHONPATH": str(ROOT / "pipeline"), "PYTHONUTF8": "1"}
    return subprocess.run(command, cwd=cwd, env=environment, capture_output=True, text=True, check=False, **kwargs)


def refused(result):
    """Return what a refused command said; it ended with code 1 and no traceback."""
    assert result.exit_code == 1, result.output
    assert isinstance(result.exception, SystemExit), "a traceback"
    assert result.stdout == ""
    return result.stderr


def written(folder, text):
    """Write the map called `mine` and return its file."""
    (folder / "mine").mkdir()
    path = folder / "mine" / "map.yaml"
    path.write_text(text, encoding="utf-8")
    return path


def test_time_that_is_left_follows_from_what_is_done(monkeypatch):
    monkeypatch.setattr(sys.stderr, "isatty", lambda: True, raising=False)
    countdown = Countdown(4, quiet=False)
    assert countdown.line(3.0) == "[0/4] …"
    countdown.step()
    assert countdown.line(30.0) == "[1/4] about 1 min 30 s left …"
    countdown.step()
    assert countdown.line(30.0) == "[2/4] about 30 s left …"


# --- it builds -----------------------------------------------------------------------------------


def test_a_build_ends_with_path_slides_minutes_and_seconds(run):
    result = run("build", "world-models", "--out", "made")
    assert result.exit_code == 0, result.output
    summary = re.fullmatch(r"(\S+\.pptx)  (\d+) slides, \d+ minutes, theme atlas, (\d+\.\d) s\n", result.stdout)
    assert summary, result.stdout
    assert Path(summary[1]) == Path("made") / DECK
    assert Path(summary[1]).is_file()
    assert int(summary[2]) > 20


def test_a_build_tells_its_stages_on_the_error_stream(run):
    stages = re.findall(r"^\[(\d+)/(\d+)\] \w+", run("build", "world-models").stderr, re.MULTILINE)
    assert len(stages) > 2
    assert stages == [(str(number), str(len(stages))) for number in range(1, len(stages) + 1)]


def test_the_only_map_needs_no_name(run, tmp_path):
    shutil.copytree(SHIPPED.parent, tmp_path / "data" / "world-models")
    assert run("build").exit_code == 0
    assert (Path("output") / DECK).is_file()


@pytest.mark.parametrize("command", ["build", "diagrams", "locales", "check", "preview", "i18n status"])
def test_an_empty_folder_is_answered_with_how_to_start(command, run, tmp_path):
    said = refused(run(*command.split()))
    assert "there is no map here yet [no-map]" in said
    assert "conceptdeck new my-map" in said
    assert "conceptdeck import FILE" in said
    assert list(tmp_path.iterdir()) == []


def test_without_a_name_every_map_is_built(run, tmp_path):
    for name in ("mine", "yours"):
        shutil.copytree(MAPS / "one-sentence", tmp_path / "data" / name)
    assert run("build").exit_code == 0
    assert sorted(path.name for path in Path("output").rglob("*.pptx")) == ["mine.en.pptx", "yours.en.pptx"]


def test_a_quiet_build_prints_nothing(run):
    result = run("build", MAPS / "one-sentence", "--quiet")
    assert (result.exit_code, result.stdout, result.stderr) == (0, "", "")
    assert list(Path("output").rglob("*.pptx"))


@pytest.mark.parametrize("theme", THEMES)
def test_the_shipped_map_builds_without_a_warning(theme, run):
    assert run("build", "world-models", "--theme", theme, "--quiet").stderr == ""


@pytest.mark.parametrize("given", ["folder", "file", "name"])
def test_a_map_is_found_by_folder_file_or_name(given, run, tmp_path):
    folder = tmp_path / "data" / "mine"
    shutil.copytree(SHIPPED.parent, folder)
    result = run("build", {"folder": folder, "file": folder / "map.yaml", "name": "mine"}[given])
    assert result.exit_code == 0, result.output
    assert (tmp_path / "output" / "mine" / "en" / "mine.en.pptx").is_file()


def test_the_module_builds_from_any_folder(tmp_path):
    done = module("build", "world-models", "--theme", "orbit", "--out", "made", cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    assert done.stdout.startswith(str(Path("made") / DECK))
    assert [path.name for path in tmp_path.iterdir()] == ["made"]


# --- it refuses ----------------------------------------------------------------------------------


def test_an_unknown_map_is_refused_with_the_known_ones(run):
    said = refused(run("build", "atlantis"))
    assert "atlantis" in said
    assert "world-models" in said
    assert not Path("output").exists()


@pytest.mark.parametrize("theme", ["neon", "../themes/atlas", "base"])
def test_an_unknown_theme_is_refused_with_the_known_ones(theme, run):
    said = refused(run("build", "world-models", "--theme", theme))
    assert theme in said
    assert "atlas" in said
    assert "orbit" in said
    assert not Path("output").exists()


def test_broken_yaml_is_refused_with_its_place_and_harms_no_earlier_deck(run, tmp_path):
    folder = tmp_path / "data" / "mine"
    shutil.copytree(SHIPPED.parent, folder)
    assert run("build", "mine").exit_code == 0
    (deck,) = tmp_path.rglob("*.pptx")
    before = deck.read_bytes(), deck.stat().st_mtime_ns
    (folder / "map.yaml").write_text(BAD, encoding="utf-8")
    said = refused(run("build", "mine"))
    assert re.search(rf"^{re.escape(str(Path('data/mine/map.yaml')))}:\d+:\d+: error: ", said, re.MULTILINE), said
    assert (deck.read_bytes(), deck.stat().st_mtime_ns) == before
    assert list(deck.parent.iterdir()) == [deck]


def test_every_mistake_in_a_map_is_told_with_its_line(run, tmp_path):
    text = SHIPPED.read_text(encoding="utf-8")
    text = text.replace("focus: world-models", "focus: nowhere", 1).replace("\nsteps:", "\nsteeps:", 1)
    said = refused(run("build", written(tmp_path, text)))
    places = [int(line) for line in re.findall(r"map\.yaml:(\d+):\d+: error", said)]
    assert [text.splitlines()[line - 1].split(":")[0] for line in places] == ["focus", "steeps"]
    assert "did you mean" in said or "steps" in said
    assert "2 problems" in said


def test_a_text_too_long_for_its_place_is_refused_by_key_and_place(run, tmp_path):
    text = SHIPPED.read_text(encoding="utf-8").replace("phrase: may power", f"phrase: {'may power ' * 400}", 1)
    said = refused(run("build", written(tmp_path, text)))
    assert "[text-overflow]" in said
    assert "relations.metaverse.phrase" in said
    assert re.search(r"about [\d,]+ letters too many", said)


def test_an_output_folder_that_is_a_file_is_refused(run):
    Path("made").write_text("not a folder")
    assert "cannot write" in refused(run("build", "world-models", "--out", "made"))
    assert Path("made").read_text() == "not a folder"


def test_the_module_refuses_without_a_traceback(tmp_path):
    done = module("build", written(tmp_path, BAD), cwd=tmp_path)
    assert (done.returncode, done.stdout) == (1, "")
    assert "Traceback" not in done.stderr
    assert re.search(r"map\.yaml:\d+:\d+: error", done.stderr), done.stderr


# --- it explains itself --------------------------------------------------------------------------


def test_every_command_stands_in_one_section_of_the_overview():
    assert sorted(name for names in SECTIONS.values() for name in names) == sorted(COMMANDS)


def test_help_names_the_command_and_build_shows_examples(run):
    assert "build" in run("--help").stdout
    said = run("build", "--help").stdout
    assert "Examples:" in said
    examples = re.findall(r"^\s+conceptdeck (.+)$", said, re.MULTILINE)
    assert len(examples) >= 3
    for option in ("--theme", "--out", "--quiet"):
        assert option in said


def test_the_examples_of_the_help_are_understood(run):
    said = run("build", "--help").stdout
    for example in re.findall(r"^\s+conceptdeck (.+)$", said, re.MULTILINE):
        result = run(*example.split())
        assert result.exit_code in (0, 1), (example, result.output)  # 2 is click's code for wrong usage


def test_the_module_tells_its_version(tmp_path):
    done = module("--version", cwd=tmp_path)
    assert (done.returncode, done.stderr) == (0, "")
    assert __version__ in done.stdout
    assert "conceptdeck" in done.stdout


@pytest.mark.parametrize(
    "arguments",
    [
        "theme show atlas",
        "theme list",
        "schema",
        "--help",
        "build --help",
        "check --explain orphan-word",
        "check one-sentence",
        "i18n status one-sentence",
        "completion bash",
        "status",
        "build one-sentence --force",
        "build atlantis",
        "--colour red",
    ],
)
@pytest.mark.parametrize("closed", ["out", "both"])
def test_a_reader_who_goes_away_is_left_in_silence(arguments, closed, tmp_path):
    shutil.copytree(MAPS / "one-sentence", tmp_path / "data" / "one-sentence")
    reader, writer = os.pipe()
    os.close(reader)
    done = subprocess.run(
        [sys.executable, "-m", "conceptdeck", *arguments.split()],
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": str(ROOT / "pipeline")},
        stdout=writer,
        stderr=writer if closed == "both" else subprocess.PIPE,
        check=False,
    )
    os.close(writer)
    said = (done.stderr or b"").decode()
    assert "Traceback" not in said
    assert "fault" not in said
    assert "BrokenPipe" not in said
    wrong = {"build atlantis": 1, "--colour red": 2}
    assert done.returncode == wrong.get(arguments, 141)
    assert any(tmp_path.rglob("*.pptx")) == arguments.startswith("build one-sentence")


def test_a_broken_theme_is_a_finding_and_the_good_ones_are_listed(run, tmp_path):
    whole = [line.split()[0] for line in run("theme", "list").stdout.splitlines()]
    (tmp_path / "themes").mkdir()
    (tmp_path / "themes" / "broken.yaml").write_text("extends: base\ncolours:\n  ink: [red\n", encoding="utf-8")
    result = run("theme", "list")
    lines = {line.split()[0]: line for line in result.stdout.splitlines()}
    assert [*lines] == sorted([*whole, "broken"])
    assert {"atlas", "beacon", "orbit"} <= {*whole}
    assert lines["broken"].split()[1] == "broken" and lines["broken"].endswith("themes/broken.yaml")
    assert re.search(r"^themes/broken\.yaml:\d+:\d+: error: ", result.stderr, re.MULTILINE)
    assert "1 theme cannot be used: broken" in result.stderr
    assert result.exit_code == 1


def test_a_wrong_option_is_a_usage_error(run):
    assert run("build", "--colour", "red").exit_code == 2
