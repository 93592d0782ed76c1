"""The variables of make: they reach the command as its options, or they are refused."""

import os
import shutil
import subprocess

import pytest

from support.decks import ROOT

pytestmark = pytest.mark.skipif(shutil.which("make") is None, reason="make is not here")


def made(*arguments: str, **environment: str) -> subprocess.CompletedProcess:
    """Return what make would do, without doing it."""
    return subprocess.run(
        ["make", "--dry-run", *arguments],
        cwd=ROOT,
        env={**{name: os.environ[name] for name in ("PATH", "HOME") if name in os.environ}, **environment},
        capture_output=True,
        text=True,
        check=False,
    )


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
    ],
)
def test_a_variable_without_a_meaning_is_refused(given):
    result = made(*given.split())
    assert result.returncode == 2
    name = next(word for word in given.split() if "=" in word).partition("=")[0]
    assert f"has no use for {name}" in result.stderr
    assert "conceptdeck " not in result.stdout


def test_what_is_in_the_environment_is_no_option():
    assert command("deck", FORMAT="%h", LOCALE="C") == command("deck")
    assert made("diagrams", STORY="mine").returncode == 0
