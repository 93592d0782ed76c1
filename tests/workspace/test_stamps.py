"""Stamps tell that a file was not changed, and never that of one that was."""

from __future__ import annotations

import os

import pytest

from conceptdeck.workspace import disk
from conceptdeck.workspace.stamps import LARGE, TICK, remembered, still_stands

pytestmark = pytest.mark.skipif(os.name == "nt", reason="no time of changes is kept there")


@pytest.fixture
def read(tmp_path):
    """Return a large file that was read, its stamp as a record has it, and a time long after."""
    path = tmp_path / "face.ttf"
    path.write_bytes(b"a" * LARGE)
    disk.read_bytes(path)
    stamp = remembered(path, disk.digest_of(path))
    return path, list(stamp), path.stat().st_ctime_ns + TICK


def test_a_file_that_was_not_changed_still_stands(read):
    path, stamp, later = read
    assert still_stands(path, stamp, later)
    assert not still_stands(path, stamp, later - 1)


def test_a_file_of_the_same_size_and_time_does_not_stand_if_it_was_written(read):
    path, stamp, later = read
    times = path.stat().st_atime_ns, path.stat().st_mtime_ns
    path.write_bytes(b"b" * LARGE)
    os.utime(path, ns=times)
    assert not still_stands(path, stamp, later + 10 * TICK)


def test_another_file_in_its_place_does_not_stand(read):
    path, stamp, later = read
    other = path.with_name("other.ttf")
    other.write_bytes(b"b" * LARGE)
    os.utime(other, ns=(path.stat().st_atime_ns, path.stat().st_mtime_ns))
    other.replace(path)
    assert not still_stands(path, stamp, later + 10 * TICK)


@pytest.mark.parametrize("stamp", [None, [], "1", [1, 2, 3, 4], {"a": 1}])
def test_what_is_no_stamp_tells_nothing(read, stamp):
    path, _, later = read
    assert not still_stands(path, stamp, later)
    path.unlink()
    assert not still_stands(path, [1, 2, 3, 4], later)


def test_only_the_digest_of_what_was_read_has_a_stamp(read):
    path, _, _ = read
    assert remembered(path, "another") is None
    small = path.with_name("small.yaml")
    small.write_bytes(b"a")
    disk.read_bytes(small)
    assert remembered(small, disk.digest_of(small)) is None
