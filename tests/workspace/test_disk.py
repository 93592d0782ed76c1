"""Files: what was there before survives every failure, and a complete new file replaces it at once."""

import errno
import io
import os
import signal
import subprocess
import sys
import tempfile
import time
import zipfile
from pathlib import Path

import pytest

from conceptdeck.render.powerpoint import package
from conceptdeck.values.diagnostics import Failure
from conceptdeck.workspace import disk
from support.decks import ROOT, SHIPPED
from support.killed import killed_at, moments

OLD, NEW = b"old", b"new" * 1000
STEPS = {
    "mkstemp": (tempfile, "mkstemp"),
    "fdopen": (os, "fdopen"),
    "fsync": (os, "fsync"),
    "chmod": (os, "chmod"),
    "replace": (os, "replace"),
}
"""The calls, by name, that stand between old bytes and new ones; each may fail."""
ATTEMPTS = 20


@pytest.fixture
def target(tmp_path):
    path = tmp_path / "a" / "deck.pptx"
    path.parent.mkdir()
    path.write_bytes(OLD)
    return path


def refuse_call(monkeypatch, module, name, number=1, error=errno.EIO):
    """Let the `number`-th call of a function fail; return the calls as they come."""
    real, calls = getattr(module, name), []

    def fail(*args, **kwargs):
        calls.append(args)
        if len(calls) == number:
            raise OSError(error, os.strerror(error))
        return real(*args, **kwargs)

    monkeypatch.setattr(module, name, fail)
    return calls


def names(folder):
    return sorted(path.name for path in folder.iterdir())


def test_a_file_is_replaced(target):
    disk.write_atomically(target, NEW)
    assert target.read_bytes() == NEW
    assert names(target.parent) == [target.name]


def test_folders_are_made(tmp_path):
    disk.write_atomically(tmp_path / "b" / "c" / "deck.pptx", NEW)
    assert (tmp_path / "b" / "c" / "deck.pptx").read_bytes() == NEW


def test_a_new_file_can_be_read_as_others_can(tmp_path):
    mask = os.umask(0o027)
    try:
        disk.write_atomically(tmp_path / "deck.pptx", NEW)
    finally:
        os.umask(mask)
    assert (tmp_path / "deck.pptx").stat().st_mode & 0o777 == 0o640


@pytest.mark.parametrize("step", STEPS)
def test_a_step_that_fails_leaves_the_old_file_and_no_litter(step, target, monkeypatch):
    module, name = STEPS[step]
    calls = refuse_call(monkeypatch, module, name)
    with pytest.raises(Failure) as caught:
        disk.write_atomically(target, NEW)
    assert calls, f"{step} is not called any more: what stands in its place?"
    assert target.read_bytes() == OLD
    assert names(target.parent) == [target.name]
    (diagnostic,) = caught.value.diagnostics
    assert diagnostic.code == "cannot-write"
    assert diagnostic.span.path.endswith(target.name)
    assert os.strerror(errno.EIO) in diagnostic.message


def test_a_folder_that_cannot_be_synced_leaves_a_complete_file_and_no_litter(target, monkeypatch):
    refuse_call(monkeypatch, os, "fsync", number=2)
    with pytest.raises(Failure):
        disk.write_atomically(target, NEW)
    assert target.read_bytes() in (OLD, NEW)
    assert names(target.parent) == [target.name]


class FullDisk(io.BytesIO):
    """Take some bytes, then say that the disk is full."""

    def __init__(self, handle):
        super().__init__()
        self.handle = handle

    def write(self, data):
        os.write(self.handle, bytes(data)[: len(data) // 2])
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    def close(self):
        if not self.closed:
            os.close(self.handle)
        super().close()


def test_a_full_disk_leaves_the_old_file_and_no_litter(target, monkeypatch):
    monkeypatch.setattr(os, "fdopen", lambda handle, mode: FullDisk(handle))
    with pytest.raises(Failure, match="No space left"):
        disk.write_atomically(target, NEW)
    assert target.read_bytes() == OLD
    assert names(target.parent) == [target.name]


@pytest.mark.parametrize("error", [errno.EACCES, errno.EROFS])
def test_a_folder_that_may_not_be_written_is_named(error, target, monkeypatch):
    refuse_call(monkeypatch, tempfile, "mkstemp", error=error)
    with pytest.raises(Failure, match=f"{target.name}.*{os.strerror(error)}"):
        disk.write_atomically(target, NEW)
    assert target.read_bytes() == OLD


def test_a_folder_that_cannot_be_made_is_refused(tmp_path):
    (tmp_path / "a").write_bytes(b"a file, not a folder")
    with pytest.raises(Failure) as caught:
        disk.write_atomically(tmp_path / "a" / "deck.pptx", NEW)
    assert caught.value.diagnostics[0].code == "cannot-write"
    assert names(tmp_path) == ["a"]


@pytest.mark.parametrize("signal_like", [KeyboardInterrupt, SystemExit])
def test_an_interruption_leaves_no_litter(signal_like, target, monkeypatch):
    def interrupt(*args):
        raise signal_like

    monkeypatch.setattr(os, "fsync", interrupt)
    with pytest.raises(signal_like):
        disk.write_atomically(target, NEW)
    assert target.read_bytes() == OLD
    assert names(target.parent) == [target.name]


def test_what_a_dead_process_left_is_swept_away_and_what_a_living_one_writes_is_not(target):
    dead = subprocess.Popen([sys.executable, "-c", ""])
    dead.wait()
    litter = target.with_name(f"{disk.TEMPORARY}{dead.pid}-abc")
    living = target.with_name(f"{disk.TEMPORARY}{os.getppid()}-abc")
    for path in (litter, living):
        path.write_bytes(b"half")
    disk.write_atomically(target, NEW)
    assert names(target.parent) == sorted([target.name, living.name])


def test_a_file_that_cannot_be_read_is_named(tmp_path):
    with pytest.raises(Failure) as caught:
        disk.read_bytes(tmp_path / "missing.yaml")
    assert "missing.yaml" in str(caught.value)
    assert "No such file" in str(caught.value)


# --- killed in the middle ------------------------------------------------------------------------


def build_once(out: Path, theme: str) -> bytes:
    from conceptdeck.building.deck import DeckJob, build_deck

    return build_deck(DeckJob(SHIPPED, theme, out)).path.read_bytes()


def test_a_build_killed_at_any_moment_leaves_a_complete_deck(tmp_path):
    complete = {build_once(tmp_path / theme, theme) for theme in ("atlas", "orbit")}
    out = tmp_path / "out"
    build_once(out, "atlas")
    (deck,) = out.rglob("*.pptx")
    command = ("build", SHIPPED, "--quiet", "--force", "--theme", "orbit", "--out")
    killed = []
    for moment in moments(ATTEMPTS, (*command, tmp_path / "orbit")):
        killed.append(killed_at(moment, (*command, out)))
        assert deck.read_bytes() in complete
    assert sum(killed) > ATTEMPTS / 2
    build_once(out, "atlas")
    assert names(deck.parent) == [deck.name]


KILLED_WRITE = f"""
import os, signal, sys
sys.path.insert(0, {str(ROOT / "pipeline")!r})
from pathlib import Path
from conceptdeck.workspace import disk
module, name = {{"fsync": (os, "fsync"), "chmod": (os, "chmod"), "replace": (os, "replace")}}[sys.argv[2]]
setattr(module, name, lambda *_, **__: os.kill(os.getpid(), signal.SIGKILL))
disk.write_atomically(Path(sys.argv[1]), b"new" * 1000)
"""


@pytest.mark.parametrize("step", ["fsync", "chmod", "replace"])
def test_a_write_killed_between_two_steps_leaves_the_old_file_and_the_next_one_cleans_up(step, target):
    done = subprocess.run([sys.executable, "-c", KILLED_WRITE, str(target), step], check=False)
    assert done.returncode == -signal.SIGKILL
    assert target.read_bytes() == OLD
    assert len(names(target.parent)) == 2, "the killed process left its temporary file"
    disk.write_atomically(target, NEW)
    assert target.read_bytes() == NEW
    assert names(target.parent) == [target.name]


def test_two_builds_at_once_leave_one_complete_deck(tmp_path):
    complete = {build_once(tmp_path / theme, theme) for theme in ("atlas", "orbit")}
    out = tmp_path / "out"
    commands = [
        [sys.executable, "-m", "conceptdeck", "build", str(SHIPPED), "--theme", theme, "--out", str(out)]
        for theme in ("atlas", "orbit", "atlas", "orbit")
    ]
    running = [subprocess.Popen(each, cwd=ROOT, stderr=subprocess.PIPE, stdout=subprocess.PIPE) for each in commands]
    assert [process.communicate()[1].decode()[-300:] * bool(process.returncode) for process in running] == [""] * 4
    (deck,) = out.rglob("*.pptx")
    assert deck.read_bytes() in complete
    assert names(deck.parent) == [deck.name]


# --- packing -------------------------------------------------------------------------------------


def test_packing_does_not_depend_on_the_order_of_the_parts_or_on_the_clock(monkeypatch):
    parts = {"b.xml": b"<b/>" * 100, "_rels/.rels": b"<r/>", "a.xml": b"<a/>", "[Content_Types].xml": b"<t/>"}
    first = package.pack(parts)
    monkeypatch.setattr(time, "time", lambda: 2_000_000_000.0)
    assert package.pack(dict(reversed(parts.items()))) == first
    with zipfile.ZipFile(io.BytesIO(first)) as archive:
        assert archive.namelist() == ["[Content_Types].xml", "_rels/.rels", "a.xml", "b.xml"]
        assert archive.testzip() is None
        assert {name: archive.read(name) for name in parts} == parts
        assert {info.date_time for info in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        assert {info.compress_type for info in archive.infolist()} == {zipfile.ZIP_DEFLATED}


def test_a_package_is_the_zip_that_the_standard_library_makes_and_its_parts_come_back():
    parts = {f"teile/größe{n}.xml": b"<a/>" * n for n in range(20)} | {"[Content_Types].xml": b""}
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED, compresslevel=6) as archive:
        for name in sorted(parts):  # a bracket comes before small letters
            info = zipfile.ZipInfo(name)
            info.compress_type, info.create_system = zipfile.ZIP_DEFLATED, 0
            archive.writestr(info, parts[name])
    assert package.pack(parts) == buffer.getvalue()
    again = package.unpack(package.pack(parts))
    assert dict(again) == parts and package.pack(again) == buffer.getvalue()
    again.put("more.xml", (b"<more>" * 9_000, b"</more>" * 9_000))
    again["few.xml"] = b"<few/>"
    del again["few.xml"]
    whole = package.pack(parts | {"more.xml": b"<more>" * 9_000 + b"</more>" * 9_000})
    assert package.pack(again) == whole and len(again) == len(parts) + 1 and "few.xml" not in again


def test_a_package_may_have_more_parts_than_the_first_zips_could_count():
    parts = {f"{number}.xml": b"" for number in range(66_000)}
    with zipfile.ZipFile(io.BytesIO(package.pack(parts))) as archive:
        assert sorted(archive.namelist()) == sorted(parts)
