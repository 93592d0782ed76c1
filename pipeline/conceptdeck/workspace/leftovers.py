"""What killed processes leave behind: files and folders named by a word and the number of their process."""

from __future__ import annotations

import os
from pathlib import Path
from threading import Lock

__all__ = ["named", "swept", "umask"]

_ASKING = Lock()  # two threads that ask at once would leave it at 0


def named(word: str) -> str:
    """Return how the names of what this process makes aside begin."""
    return f"{word}{os.getpid()}-"


def swept(folder: Path, word: str) -> None:
    """Remove what is so named in a folder and whose process is gone."""
    for path in folder.glob(f"{word}*"):
        pid = path.name.removeprefix(word).partition("-")[0]
        if pid.isdigit() and not _alive(int(pid)):
            if path.is_dir() and not path.is_symlink():
                import shutil  # few have folders to remove, and it loads what compresses

                shutil.rmtree(path, ignore_errors=True)
            else:
                path.unlink(missing_ok=True)


def umask() -> int:
    """Return the process's umask, which what `tempfile` makes does not honour."""
    with _ASKING:
        mask = os.umask(0)
        os.umask(mask)
    return mask


def _alive(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except OSError:
        return True
    return True
