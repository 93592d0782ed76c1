"""The variables of make: they reach the command as its options, or they are refused."""

import os
import shutil
import subprocess
import sys
import time
from pathlib import Path

import pytest

from support.decks import ROOT

pytestmark = pytest.mark.skipif(shutil.which("make") is None, reason="make is not here")


def made(*arguments: str, folder: Path = ROOT, **environment: str) -> subprocess.CompletedProcess:
    """Return what make would do, without doing it; it knows nothing of a make that runs the tests."""
    own = {name: os.environ[name] for name in ("PATH", "HOME") if name in os.environ}
    command = ["make", "--dry-run", *arguments]
    return subprocess.run(command, cwd=folder, env=own | environment, capture_output=True, text=True, check=False)


def command(*arguments: str, **environment: str) -> list[str]:
    """Return the words of the conceptdeck command that make would run."""
    said = made(*arguments, **environment).stdout.replace("\\\n", " ")
    (line,) = [line for line in said.splitlines() if "/conceptdeck " in line]
    return line.partition("/conceptdeck ")[2].split()


@pytest.mark.parametrize(
    ("given", "run"),
    [
        ("deck", "build world-models --theme atlas"),
        (
            "deck MAP=web-platform THEME=orbit STORY=talk DENSITY=read LOCALE=pt_BR FORMAT=pptx,pdf",
            "build web-platform --theme orbit --story talk --density read --locale pt_BR --format pptx --format pdf",
        ),
        ("deck ARGS=--morph", "build world-models --theme atlas --morph"),
        (
            "diagrams MAP=web-platform LOCALE=de FORMAT=svg,png ONLY=flow,map WIDTH=900",
            "diagrams web-platform --theme atlas --locale de --only flow,map --format svg,png --width 900",
        ),
        (
            "locales STORY=talk LOCALE=de,ja FORMAT=html,pptx ONLY=deck",
            "locales world-models --theme atlas --story talk --locale de --locale ja --format html --format pptx "
            "--only deck",
        ),
    ],
)
def test_variables_become_the_options_of_the_command(given, run):
    assert command(*given.split()) == run.split()


@pytest.mark.parametrize(
    "given",
    [
        "diagrams STORY=talk",
        "locales WIDTH=900",
        "deck ONLY=flow",
        "test STORY=talk",
        "clean MAP=x",
        "lock ARGS=-k",
        "STORY=talk",
        "deck STROY=talk",
        "deck story=talk",
    ],
)
def test_a_variable_without_a_meaning_is_refused(given):
    result = made(*given.split())
    assert result.returncode == 2
    name = next(word for word in given.split() if "=" in word).partition("=")[0]
    assert f"has no use for {name}" in result.stderr
    assert "conceptdeck " not in result.stdout


def test_any_target_takes_the_python_to_run():
    assert made("help", "PYTHON=python3").returncode == 0


def test_what_is_in_the_environment_is_no_option():
    assert command("deck", FORMAT="%h", LOCALE="C") == command("deck")
    assert made("diagrams", STORY="mine").returncode == 0


# --- .venv is prepared once ----------------------------------------------------------------------

MADE_FROM = ("Makefile", "requirements.txt", "requirements-test.txt", "pyproject.toml", "tools/bootstrap.py")


@pytest.fixture
def house(tmp_path):
    """Return a copy of what make looks at, whose `.venv` was prepared for those who build decks."""
    house = tmp_path / "a $house #1"
    for name in MADE_FROM:
        (house / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(ROOT / name, house / name)
    (house / ".venv" / "bin").mkdir(parents=True)
    (house / ".venv" / "bin" / "python").symlink_to(sys.executable)
    subprocess.run([sys.executable, "-c", "import bootstrap; bootstrap.write_stamp('run')"], cwd=house / "tools")
    time.sleep(0.02)  # file systems tell time in ticks
    return house


def prepares(house, group: str = "run") -> bool:
    """Tell whether make would prepare `.venv`, or look whether it has to."""
    done = made(f"ready-{group}", folder=house)
    assert done.returncode == 0, done.stderr
    return "bootstrap.py" in done.stdout


def test_what_was_prepared_is_not_looked_at_again(house):
    assert not prepares(house)
    assert prepares(house, "test"), "it was not prepared for tests"


@pytest.mark.parametrize("name", MADE_FROM[1:])
def test_what_the_environment_was_made_from_makes_it_anew_even_if_an_older_file_is_put_there(house, name):
    shutil.copy2(house / name, house / "aside")
    os.utime(house / "aside", (0, 0))
    (house / "aside").replace(house / name)
    assert prepares(house)


def test_an_environment_that_was_moved_or_lost_its_python_is_made_anew(house):
    moved = house.rename(house.with_name("moved"))
    assert prepares(moved)
    (moved.rename(house) / ".venv" / "bin" / "python").unlink()
    assert prepares(house)


def test_what_is_ready_though_a_file_is_newer_is_found_so_once(house):
    (house / "pyproject.toml").touch()
    assert prepares(house)
    own = {name: value for name, value in os.environ.items() if name not in ("MAKEFLAGS", "MAKEOVERRIDES", "MAKELEVEL")}
    subprocess.run(["make", "ready-run"], cwd=house, env=own, check=True, timeout=60)
    assert not prepares(house)
