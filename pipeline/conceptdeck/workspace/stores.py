"""Stores: where a fleet's maps and results are. A folder of this machine, or what fsspec opens, by its address.

A store that fails now and then is asked again, a few times, each time after a longer wait. What is written is whole or
not there: folders are written as all else is, and object stores take an object whole.
"""

from __future__ import annotations

import hashlib
import os
import random
import shutil
import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import partial
from pathlib import Path
from typing import Any, Protocol, TypeVar

from conceptdeck.values.diagnostics import Failure, Span
from conceptdeck.values.rules import ERROR, Rule
from conceptdeck.workspace import disk

__all__ = [
    "Folder",
    "Missing",
    "Remote",
    "Store",
    "beside",
    "digest",
    "forget",
    "is_local",
    "is_plain",
    "opened",
    "walked",
]

SCHEME = "://"
LOCAL = ("file://", "local://")
TRIES = 6  # of one request; a store that fails so often in a row is down
FIRST_WAIT = 0.1  # seconds; each wait is twice as long as the one before, and half of it is by chance
LASTING = (FileNotFoundError, PermissionError, NotADirectoryError, IsADirectoryError, FileExistsError)
MISTAKES = (ValueError, TypeError, LookupError, AttributeError, NotImplementedError, ImportError)
DIGESTS = ("ETag", "etag", "md5Hash", "contentHash", "checksum")
TIMES = ("LastModified", "last_modified", "mtime", "updated", "modified", "created")
MARKS = DIGESTS + TIMES  # what stores say of a file that changes with it, the most telling one first

T = TypeVar("T")

STORE_FAILED = Rule("store-failed", "theme and files", ERROR, "a store that does not do what it is asked").because("""
    It was asked several times, with a longer wait each time. The job has failed, the others go on; run the command
    again when the store answers: what is done is not done twice.
""")
NO_STORE = Rule("no-store", "theme and files", ERROR, "an address that no store here opens").because("""
    An address such as `s3://bucket/maps` is opened by fsspec and a driver for its kind. Install both:
    `pip install "conceptdeck[fleet]"`, and what the message names.
""")


class Missing(Exception):
    """There is no file of that name in the store."""


class Store(Protocol):
    """Files by name, below one address; names have slashes and lead nowhere else."""

    address: str

    def read(self, name: str) -> bytes:
        """Return the bytes of a file; raises Missing if there is none, Failure if it cannot be read."""

    def write(self, name: str, data: bytes) -> None:
        """Put a file there, whole or not at all; raises Failure if that fails."""

    def token(self, name: str) -> str | None:
        """Return what changes whenever a file does, empty if the store does not tell; None if there is no file."""

    def below(self, name: str) -> dict[str, str]:
        """Return the files below a folder by their names from there, each with its token; none if it has none."""

    def take(self, name: str, path: Path) -> None:
        """Put a file of this machine there, which is gone here afterwards; raises Failure if that fails."""


def is_local(address: str) -> bool:
    """Tell whether an address is a path of this machine."""
    return SCHEME not in address or address.startswith(LOCAL)


def beside(address: str) -> tuple[str, str]:
    """Return the folder of a file and the file's name."""
    folder, _, name = address.rpartition("/")
    return folder or ("/" if address.startswith("/") else "."), name


def opened(address: str) -> Store:
    """Return the store at an address; raises Failure if nothing here opens it."""
    if is_local(address):
        return Folder(Path(address.partition(SCHEME)[2] if SCHEME in address else address))
    return Remote(address)


def walked(address: str, name: str) -> Iterator[str]:
    """Yield each file of a name below a folder, by its path from there, as they are found; hidden folders are left out.

    Raises Failure if the store fails.
    """
    if is_local(address):
        start = address.partition(SCHEME)[2] if SCHEME in address else address
        walk: Iterable[tuple[str, list[str], list[str]]] = os.walk(start)
    else:
        store = Remote(address)
        start, walk = store.start, store.walk()
    for root, folders, files in walk:
        folders[:] = sorted(each for each in folders if not each.startswith("."))
        if name in files:
            below = root[len(start) :].replace(os.sep, "/").strip("/")
            yield f"{below}/{name}" if below else name


def forget() -> None:
    """Ask the stores anew what is there: others may have written meanwhile."""
    for system in _systems.values():
        system.invalidate_cache()


class Folder:
    """A folder of this machine as a store."""

    def __init__(self, path: Path) -> None:
        """Keep the folder; it is made when something is written."""
        self.path = path.absolute()
        self.address = str(path)

    def read(self, name: str) -> bytes:
        """Return the bytes of a file; raises Missing if there is none."""
        try:
            return (self.path / name).read_bytes()
        except (FileNotFoundError, NotADirectoryError):
            raise Missing(name) from None
        except OSError as error:
            raise _failed(self.address, name, error) from error

    def write(self, name: str, data: bytes) -> None:
        """Put a file there, whole or not at all; a link out of the folder is not followed."""
        path = self.path / name
        if not path.resolve().is_relative_to(self.path.resolve()):
            raise _failed(self.address, name, OSError("a link leads out of the folder"))
        disk.write_atomically(path, data)

    def token(self, name: str) -> str | None:
        """Return the size, the time of the last change and the number of a file."""
        try:
            found = (self.path / name).stat()
        except (OSError, ValueError):
            return None
        return f"{found.st_size}-{found.st_mtime_ns}-{found.st_ino}"

    def below(self, name: str) -> dict[str, str]:
        """Return the files below a folder, each with its token."""
        start = self.path / name
        found = (path.relative_to(start).as_posix() for path in sorted(start.rglob("*")) if path.is_file())
        return {each: self.token(f"{name}/{each}" if name else each) or "" for each in found}

    def take(self, name: str, path: Path) -> None:
        """Move a file of this machine there."""
        try:
            (self.path / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.move(path, self.path / name)
        except OSError as error:
            raise _failed(self.address, name, error) from error


class Remote:
    """What fsspec opens as a store."""

    def __init__(self, address: str) -> None:
        """Open it; raises Failure if there is no driver for its kind."""
        self.address = address.rstrip("/")
        kind = address.partition(SCHEME)[0]
        self._system = _system(kind, self.address)
        self.start = str(self._system._strip_protocol(self.address)).rstrip("/")

    def read(self, name: str) -> bytes:
        """Return the bytes of a file; raises Missing if there is none."""
        return bytes(self._asked(self._system.cat_file, name))

    def write(self, name: str, data: bytes) -> None:
        """Put a file there in one request; where the kind of store has folders, they are made."""
        try:
            self._asked(self._system.pipe_file, name, data)
        except Missing:
            self._asked(partial(self._system.makedirs, exist_ok=True), name.rpartition("/")[0])
            self._asked(self._system.pipe_file, name, data)

    def token(self, name: str) -> str | None:
        """Return what the store says of a file that changes with it."""
        try:
            return _token(self._asked(self._system.info, name))
        except Missing:
            return None

    def below(self, name: str) -> dict[str, str]:
        """Return the files below a folder, each with its token; a store without listings has none."""
        path = self._path(name)
        try:
            found: Mapping[str, Mapping[str, Any]] = self._asked(partial(self._system.find, detail=True), name)
        except Missing:
            return {}
        start = f"{path}/"
        files = ((each.removeprefix(start), about) for each, about in sorted(found.items()) if each.startswith(start))
        return {rest: _token(about) for rest, about in files if is_plain(rest)}

    def take(self, name: str, path: Path) -> None:
        """Put a file of this machine there, piece by piece."""

        def put(there: str) -> None:
            self._system.put_file(str(path), there)

        self._asked(put, name)
        path.unlink()

    def walk(self) -> Iterator[tuple[str, list[str], list[str]]]:
        """Yield each folder with the names of folders and files in it; who asks may take folders away."""
        waiting = [self.start]
        while waiting:
            path = waiting.pop()
            listed: list[dict[str, Any]] = self._asked(
                partial(self._system.ls, detail=True), path[len(self.start) + 1 :]
            )
            ends = {each["name"].rstrip("/").rpartition("/")[2]: each["type"] for each in listed}
            folders = [each for each, kind in ends.items() if kind == "directory"]
            yield path, folders, [each for each, kind in ends.items() if kind == "file"]
            waiting += (f"{path}/{each}" for each in reversed(folders))

    def _path(self, name: str) -> str:
        return f"{self.start}/{name}" if name else self.start

    def _asked(self, call: Callable[..., T], name: str, *more: Any) -> T:
        """Return what the store answers, asked again while it fails; raises Missing, or Failure at last."""
        wait = FIRST_WAIT
        for left in reversed(range(TRIES)):
            try:
                return call(self._path(name), *more)
            except FileNotFoundError:
                raise Missing(name) from None
            except Exception as error:
                if not left or isinstance(error, (*LASTING, *MISTAKES)):
                    raise _failed(self.address, name, error) from error
                time.sleep(wait * random.uniform(0.5, 1))  # many workers shall not come back all at once
                wait *= 2
        raise AssertionError("the last try returns or raises")


def is_plain(name: str) -> bool:
    """Tell whether a name of a file leads only down from its folder."""
    return not {*name} & {"\\", "\0", ":"} and all(part not in ("", ".", "..") for part in name.split("/"))


_systems: dict[str, Any] = {}


def _system(kind: str, address: str) -> Any:
    """Return the file system of a kind of address, the same for each."""
    try:
        from fsspec.core import url_to_fs  # in an extra: only those who want stores need it
    except ImportError as error:
        hint = 'pip install "conceptdeck[fleet]"'
        raise Failure([NO_STORE.at("stores are opened by fsspec", Span(address), hints=(hint,))]) from error
    try:
        system, _ = url_to_fs(address)
    except (ImportError, ValueError) as error:
        raise Failure([NO_STORE.at(f"no driver here opens it: {error}", Span(address))]) from error
    return _systems.setdefault(f"{kind} {id(system)}", system)


def _token(about: Mapping[str, Any]) -> str:
    """Return what changes with a file, of what a store says about it; empty if it says nothing of the kind."""
    mark = next((str(about[each]) for each in MARKS if about.get(each)), "")
    return f"{about.get('size')}-{mark}" if mark else ""


def _failed(address: str, name: str, error: Exception) -> Failure:
    message = f"the store says: {type(error).__name__}: {error}"
    return Failure([STORE_FAILED.at(message, Span(f"{address}/{name}"))])


def digest(store: Store, name: str) -> str | None:
    """Return the digest of a file's bytes, None if there is none."""
    try:
        return hashlib.sha256(store.read(name)).hexdigest()
    except Missing:
        return None
