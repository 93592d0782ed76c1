"""What systems offer so that no program loses what another one saves: swaps of files, locks of folders."""

from __future__ import annotations

import errno
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

__all__ = ["exchanged", "locked"]

HERE = -100  # AT_FDCWD of fcntl.h: names are relative to the current folder
SWAP = 2  # RENAME_EXCHANGE of Linux, RENAME_SWAP of macOS
UNKNOWN = {errno.EINVAL, errno.ENOSYS, errno.ENOTSUP, errno.EOPNOTSUPP}  # the file system or the system has no swap


def exchanged(one: Path, other: Path) -> bool:
    """Let two files change places in one step; return False where the system cannot.

    Raises OSError if one of them is gone or may not be moved.
    """
    import ctypes  # of no use to builds

    if os.name == "nt":
        return False
    library = ctypes.CDLL(None, use_errno=True)
    names = os.fsencode(one), os.fsencode(other)
    if sys.platform == "darwin":
        swap, arguments = getattr(library, "renamex_np", None), (*names, SWAP)
    else:
        swap, arguments = getattr(library, "renameat2", None), (HERE, names[0], HERE, names[1], SWAP)
    if swap is None:
        return False
    if swap(*arguments) == 0:
        return True
    if (number := ctypes.get_errno()) in UNKNOWN:
        return False
    raise OSError(number, os.strerror(number), str(other))


@contextmanager
def locked(folder: Path) -> Iterator[None]:
    """Keep other runs of this program out of a folder, where the system has such locks; nothing is left behind."""
    if os.name == "nt":
        yield
        return
    import fcntl

    handle = os.open(folder, os.O_RDONLY)
    try:
        with suppress(OSError):  # some network file systems have no locks
            fcntl.flock(handle, fcntl.LOCK_EX)
        yield
    finally:
        os.close(handle)
