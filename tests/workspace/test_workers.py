"""Runs that are ended from outside: no process stays, no half a file, and what is said about it is true."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import time
from contextlib import closing
from pathlib import Path

import pytest

from conceptdeck.building import batch
from conceptdeck.building.jobs import DeckJob
from conceptdeck.workspace.workers import Ended, side_by_side
from support.decks import ROOT

PATIENCE = 60  # seconds after which a test gives up; nothing is measured
STOPS = [signal.SIGTERM, signal.SIGHUP, signal.SIGINT]
pytestmark = pytest.mark.skipif(not Path("/proc").is_dir(), reason="looks for processes in /proc")


def processes(mark: str) -> list[int]:
    """Return the processes that were started with `mark` in their environment, and have not ended."""
    found = []
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            state = (folder / "stat").read_text().rpartition(")")[2].split()[0]
            if state != "Z" and mark.encode() in (folder / "environ").read_bytes():
                found.append(int(folder.name))
        except OSError:
            continue
    return found


def becomes(condition) -> bool:
    until = time.monotonic() + PATIENCE
    while not condition():
        if time.monotonic() > until:
            return False
        time.sleep(0.02)
    return True


def started(folder: Path, code: str, *arguments: str) -> tuple[subprocess.Popen, str]:
    """Start Python code in a folder; return the process and the mark of it and its children."""
    mark = f"CONCEPTDECK_TEST={folder.name}-{len(list(folder.iterdir()))}"
    name, _, value = mark.partition("=")
    environment = {**os.environ, "PYTHONPATH": str(ROOT / "pipeline"), "PYTHONUTF8": "1", name: value}
    pipes = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE, "text": True}
    command = [sys.executable, "-c", code, *arguments]
    alone = {"start_new_session": True, "preexec_fn": listen}
    return subprocess.Popen(command, cwd=folder, env=environment, **alone, **pipes), mark


def listen() -> None:
    """Let signals end the process that follows, also where the tests were started by what ignores them."""
    for number in STOPS:
        signal.signal(number, signal.SIG_DFL if number != signal.SIGINT else signal.default_int_handler)


# --- workers -------------------------------------------------------------------------------------

CREW = """
import sys, time
from contextlib import closing
from pathlib import Path
from conceptdeck.workspace.stops import stoppable
from conceptdeck.workspace.workers import side_by_side

def work(item, tell):
    aside = Path(f"aside-{item}")
    aside.touch()
    try:
        tell(item)
        while True:
            time.sleep(0.01)
    finally:
        aside.unlink()

def told(item, thing):
    Path(f"told-{thing}").touch()

with stoppable(), closing(side_by_side(work, [1, 2, 3], 3, told)) as results:
    list(results)
"""


@pytest.mark.parametrize("number", [*STOPS, signal.SIGKILL], ids=lambda number: number.name)
def test_workers_end_and_clean_up_whatever_ends_their_parent(number, tmp_path):
    process, mark = started(tmp_path, CREW)
    with process:
        assert becomes(lambda: len(list(tmp_path.glob("told-*"))) == 3)
        assert len(processes(mark)) == 4
        process.send_signal(number)
        process.wait()
        assert becomes(lambda: not processes(mark))
        assert "Fork" not in process.communicate()[1], "a worker is not to talk about its end"
    assert list(tmp_path.glob("aside-*")) == []


def test_a_worker_that_does_not_listen_is_ended_with_its_parent(tmp_path):
    deaf = "import signal\n" + CREW.replace(
        "    aside.touch()\n", "    signal.signal(signal.SIGTERM, signal.SIG_IGN); aside.touch()\n"
    )
    process, mark = started(tmp_path, deaf)
    with process:
        assert becomes(lambda: len(list(tmp_path.glob("told-*"))) == 3)
        process.kill()
        process.wait()
        assert becomes(lambda: not processes(mark))


def test_nohup_is_heeded(tmp_path):
    process, mark = started(tmp_path, "import signal; signal.signal(signal.SIGHUP, signal.SIG_IGN)\n" + CREW)
    with process:
        assert becomes(lambda: len(list(tmp_path.glob("told-*"))) == 3)
        process.send_signal(signal.SIGHUP)
        time.sleep(0.3)
        assert len(processes(mark)) == 4
        process.send_signal(signal.SIGTERM)
        process.wait()
        assert becomes(lambda: not processes(mark))


def half(item, tell):
    """Do some work, unless the item is a signal, which kills the worker, or an exit code, which ends it."""
    tell(f"began {item}")
    if isinstance(item, signal.Signals):
        os.kill(os.getpid(), item)
    if item < 0:
        os._exit(-item)
    return item * 2


def test_a_worker_that_is_killed_is_told_with_its_work_and_the_rest_is_done():
    items, heard = [1, signal.SIGKILL, 2, -3, signal.SIGTERM, 4], []
    with closing(side_by_side(half, items, 2, lambda item, what: heard.append(what))) as results:
        found = dict(results)
    ends = {item: found.pop(item) for item in (signal.SIGKILL, signal.SIGTERM, -3)}
    assert found == {1: 2, 2: 4, 4: 8}
    assert ends == {signal.SIGKILL: Ended(-9), signal.SIGTERM: Ended(-15), -3: Ended(3)}
    assert [str(ends[item]) for item in ends] == [
        "was killed by SIGKILL",
        "was killed by SIGTERM",
        "ended with exit code 3",
    ]
    assert sorted(heard) == sorted(f"began {item}" for item in items)


EARLY = """
from contextlib import closing
from conceptdeck.workspace.workers import side_by_side

def work(item, tell):
    return item

for _ in range(100):
    with closing(side_by_side(work, range(6), 3, print)) as results:
        next(results)
"""


def test_workers_that_are_ended_as_soon_as_they_start_say_nothing(tmp_path):
    process, mark = started(tmp_path, EARLY)
    assert (process.communicate(), process.returncode) == (("", ""), 0)
    assert becomes(lambda: not processes(mark))


# --- locales -------------------------------------------------------------------------------------


@pytest.fixture
def place(tmp_path, monkeypatch):
    """Return a folder with a shipped map, as the current one."""
    shutil.copytree(ROOT / "data" / "web-platform", tmp_path / "data" / "web-platform")
    monkeypatch.chdir(tmp_path)
    return tmp_path


LOCALES = "from conceptdeck.cli import main\nmain()"
ARGUMENTS = ("locales", "web-platform", "--only", "deck", "--jobs", "2")


@pytest.mark.parametrize("number", [*STOPS, signal.SIGKILL], ids=lambda number: number.name)
def test_locales_that_is_ended_leaves_no_process_and_says_what_is_written(number, place):
    process, mark = started(place, LOCALES, *ARGUMENTS)
    decks = place / "output"
    with process:
        assert becomes(lambda: list(decks.rglob("*.pptx")))
        process.send_signal(number)
        assert becomes(lambda: not processes(mark))
        _, said = process.communicate()
    there = {str(path.relative_to(place)) for path in decks.rglob("*.pptx")}
    assert there
    assert not list(decks.rglob(".conceptdeck-*"))
    if number is signal.SIGKILL:
        assert process.returncode == -number
        return
    assert process.returncode == 128 + number
    assert said.count("\n") == 1
    assert said.startswith("conceptdeck: stopped; written before that: ")
    assert all(name in said for name in there)


def test_what_was_there_is_untouched_if_nothing_was_written(place):
    slow = "import time\nfrom conceptdeck.building import batch\nbatch.build_deck = lambda job: time.sleep(600)\n"
    process, mark = started(place, slow + LOCALES, *ARGUMENTS)
    with process:
        assert becomes(lambda: len(processes(mark)) == 3)
        process.terminate()
        _, said = process.communicate()
    assert (process.returncode, said) == (143, "conceptdeck: stopped; what was there before is untouched\n")
    assert becomes(lambda: not processes(mark))


def test_a_killed_job_is_named_with_what_it_had_written_and_the_others_are_done(place, monkeypatch):
    real = batch.build_deck

    def build_deck(options):
        built = real(options)
        if options.locale == "de":
            os.kill(os.getpid(), signal.SIGKILL)
        return built

    monkeypatch.setattr(batch, "build_deck", build_deck)
    out = Path("output")
    jobs = [DeckJob(place / "data" / "web-platform" / "map.yaml", out=out, locale=tag) for tag in ("de", "fr", "ja")]
    wrote: list[str] = []
    found = {each.job.locale: each for each in batch.run_batch(jobs, 2, wrote=wrote.append)}
    assert {tag: each.failed for tag, each in found.items()} == {"de": True, "fr": False, "ja": False}
    (said,) = found["de"].said
    assert "the deck of web-platform in de, theme atlas was killed by SIGKILL [job-killed]" in said
    assert f"written before that: {out / 'web-platform' / 'de' / 'web-platform.de.pptx'}" in said
    assert sorted(wrote) == sorted(str(path) for path in out.rglob("*.pptx"))
