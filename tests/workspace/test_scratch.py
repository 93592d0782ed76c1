"""The folder of a process for what it needs for a while: gone at its end, and never left by a name out of a store."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from conceptdeck.workspace import scratch as scratches
from support.decks import ROOT

ASK = "from conceptdeck.workspace.scratch import put, scratch; put(scratch() / 'a' / 'b', b'x'); print(scratch())"


@pytest.mark.parametrize("name", ["a.yaml", "a/b..c.yaml"])
def test_a_name_of_a_file_in_a_folder_is_one(name):
    assert scratches.is_within(name)


@pytest.mark.parametrize("name", ["../a", "a/../../b", "/etc/x", "a\\..\\b", "C:x"])
def test_a_name_that_leads_out_of_its_folder_is_known(name):
    assert not scratches.is_within(name)


def test_a_process_leaves_no_folder_behind():
    environment = {**os.environ, "PYTHONPATH": str(ROOT / "pipeline")}
    done = subprocess.run([sys.executable, "-c", ASK], capture_output=True, text=True, env=environment, check=True)
    assert done.stdout.strip() and not Path(done.stdout.strip()).exists()


def test_what_is_kept_stays_when_the_rest_is_cleared(tmp_path):
    for name in ("one/x", "kept/x"):
        scratches.put(tmp_path / name, b"")
    scratches.cleared(tmp_path, "kept")
    assert [path.name for path in tmp_path.iterdir()] == ["kept"]
