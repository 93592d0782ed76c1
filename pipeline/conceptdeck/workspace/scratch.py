"""A folder of this process for what it needs for a while: it is gone when the process ends.

What a killed process left behind is swept away by the next one.
"""

from __future__ import annotations

import atexit
import os
import shutil
import tempfile
from functools import partial
from pathlib import Path, PurePosixPath

from conceptdeck.workspace.leftovers import named, swept

__all__ = ["cleared", "is_within", "put", "removed", "scratch"]

NAME = "conceptdeck-fleet-"

_folders: dict[int, Path] = {}  # by process: a forked one has its own


def scratch() -> Path:
    """Return the folder of this process."""
    if os.getpid() not in _folders:
        swept(Path(tempfile.gettempdir()), NAME)
        made = Path(tempfile.mkdtemp(prefix=named(NAME))).resolve()
        _folders[os.getpid()] = made
        atexit.register(partial(_leave, os.getpid(), made))
    return _folders[os.getpid()]


def put(path: Path, data: bytes) -> None:
    """Write a file, with the folders that it is in."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data)


def removed(folder: Path) -> None:
    """Remove a folder with all that is in it, as far as that can be done."""
    shutil.rmtree(folder, ignore_errors=True)


def cleared(folder: Path, kept: str) -> None:
    """Remove the folders in a folder but for the one of a name."""
    for path in folder.iterdir() if folder.is_dir() else ():
        if path.name != kept:
            removed(path)


def is_within(name: str) -> bool:
    """Tell whether a path that a store tells stays in the folder that it is put into."""
    path = PurePosixPath(name)
    return not path.is_absolute() and ".." not in path.parts and "\\" not in name and ":" not in name


def _leave(pid: int, folder: Path) -> None:
    if pid == os.getpid():
        removed(folder)
