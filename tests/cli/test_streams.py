"""What is done does not depend on whether it can be told, and exit codes say what was done."""

import os
import shutil
import subprocess
import sys

import pytest

from conceptdeck.values.diagnostics import Diagnostic, Span
from support.decks import MAPS, ROOT

RUN = f'"{sys.executable}" -m conceptdeck'


@pytest.fixture
def shell(tmp_path):
    """Return a way to run the program in a shell, in a folder with a map."""
    shutil.copytree(MAPS / "one-sentence", tmp_path / "data" / "one-sentence")

    def run(line: str):
        env = {**os.environ, "PYTHONPATH": str(ROOT / "pipeline")}
        return subprocess.run(["sh", "-c", line], cwd=tmp_path, env=env, capture_output=True, text=True, check=False)

    return run


@pytest.mark.parametrize(
    ("where", "code"),
    [
        ("> /dev/full", 74),
        ("2> /dev/full", 74),
        ("> /dev/full 2>&1", 74),
        (">&-", 0),
        ("2>&-", 0),
        ("<&- >&- 2>&-", 0),
    ],
)
def test_a_deck_is_built_whether_or_not_it_can_be_told(where, code, shell, tmp_path):
    done = shell(f"{RUN} build one-sentence {where}")
    assert done.returncode == code
    [deck] = tmp_path.rglob("*.pptx")
    assert deck.read_bytes().startswith(b"PK")
    assert deck.read_bytes().endswith(b"\0\0"), "nothing was printed into it"


def test_what_cannot_be_printed_is_no_success(shell):
    assert shell(f"{RUN} schema > /dev/full").returncode == 74
    assert shell(f"{RUN} --help > /dev/full").returncode == 74


def test_errors_are_errors_wherever_they_are_told(shell):
    assert shell(f"{RUN} build atlantis 2> /dev/full").returncode == 1
    assert shell(f"{RUN} build --colour red 2>&-").returncode == 2


def test_a_folder_that_is_gone_is_told(shell):
    done = shell(f"mkdir gone; cd gone; rmdir ../gone; {RUN} check")
    assert done.returncode == 1
    assert "no longer there" in done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize("sign", ["\x1b[2J", "\x9b2J", "\u202e", "\u2066", "\u2028", "\r", "\n", "\udc80"])
def test_what_files_are_called_never_steers_a_terminal(sign):
    said = str(
        Diagnostic("a-code", f"has the name `a{sign}b`", Span(f"{sign}.yaml", 1, 1), notes=(sign,), hints=(sign,))
    )
    assert sign not in said.replace("\n  ", "|")


def test_names_of_files_are_printed_without_their_signs(shell, tmp_path):
    (tmp_path / "data" / "x\x1b[2J\u202ey").mkdir()
    (tmp_path / "data" / "x\x1b[2J\u202ey" / "map.yaml").write_text("language: en\n", encoding="utf-8")
    done = shell(f"{RUN} check")
    assert "\x1b" not in done.stdout + done.stderr
    assert "\u202e" not in done.stdout + done.stderr
