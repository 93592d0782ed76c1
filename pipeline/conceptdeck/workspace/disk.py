"""Files: the only module that opens them. Reads the shipped and the user's data, packs and writes atomically."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import field
from io import FileIO
from pathlib import Path
from stat import S_ISREG

from conceptdeck.values.diagnostics import Failure, Span, keep_unquoted
from conceptdeck.values.rules import ERROR, Rule
from conceptdeck.values.value import mutable
from conceptdeck.workspace import stamps
from conceptdeck.workspace.exchange import exchanged, locked
from conceptdeck.workspace.leftovers import named, swept, umask
from conceptdeck.workspace.links import leads_out, links_are_followed
from conceptdeck.workspace.stops import held

__all__ = [
    "Log",
    "copy",
    "digest_of",
    "file_digest",
    "files_below",
    "logged",
    "note",
    "overheard",
    "read_bytes",
    "replace_read",
    "shown",
    "stamps_below",
    "supposed",
    "supposes",
    "write_atomically",
]

LARGEST = 40_000_000  # bytes: no map is as large, and few fonts
TEMPORARY = ".conceptdeck-"


@mutable
class Log:
    """What was read and written: files with their digests, None for what was looked for in vain.

    A folder whose names were asked for has a digest of its names. `may_write` is asked before a file is replaced,
    `wrote` told once it is.
    """

    may_write: Callable[[Path, bytes], bool]
    read: dict[Path, str | None] = field(default_factory=dict)
    written: list[Path] = field(default_factory=list)
    wrote: Callable[[Path], None] | None = None


_log: ContextVar[Log | None] = ContextVar("log", default=None)


@contextmanager
def logged(log: Log) -> Iterator[None]:
    """Keep `log` of everything that is read and written inside."""
    token = _log.set(log)
    try:
        yield
    finally:
        _log.reset(token)


_supposed: ContextVar[Mapping[Path, bytes]] = ContextVar("supposed", default={})  # noqa: B039 - never changed


@contextmanager
def supposed(files: Mapping[Path, bytes]) -> Iterator[None]:
    """Read files inside as if they held other bytes, by their paths; they stay as they are."""
    token = _supposed.set({path.resolve(): data for path, data in files.items()})
    try:
        yield
    finally:
        _supposed.reset(token)


def supposes() -> bool:
    """Tell whether some files are read as if they held other bytes."""
    return bool(_supposed.get())


@contextmanager
def overheard() -> Iterator[dict[Path, str | None]]:
    """Give what is read inside, which the log that there is hears of too; nothing is written there."""
    log = Log(lambda path, data: False)
    try:
        with logged(log):
            yield log.read
    finally:
        note(log.read)


def note(read: Mapping[Path, str | None]) -> None:
    """Write into the log, if there is one, what was read."""
    if log := _log.get():
        log.read |= read


def digest_of(path: Path) -> str | None:
    """Return the digest of a file's bytes or of a folder's names as a log has it; None if there is neither."""
    try:
        return _digest(path.read_bytes()) if S_ISREG(path.stat().st_mode) else _names_digest(path)
    except (OSError, ValueError):
        return None


def file_digest(path: Path) -> str | None:
    """Return the digest of a file's bytes, None if it is no file or cannot be read."""
    try:
        return _digest(path.read_bytes()) if path.is_file() else None
    except (OSError, ValueError):
        return None


def _digest(data: bytes) -> str:
    import hashlib  # here: it loads OpenSSL, which reading a file has no use for

    return hashlib.sha256(data).hexdigest()


def _names_digest(folder: Path) -> str | None:
    return _digest("\0".join(sorted(path.name for path in folder.iterdir())).encode()) if folder.is_dir() else None


def _note(path: Path, digest: str | None) -> None:
    note({path.absolute(): digest})


def names(folder: Path) -> frozenset[str]:
    """Return the names of the files in a folder; none if there is no such folder."""
    try:
        found = frozenset(path.name for path in folder.iterdir())
    except OSError:
        _note(folder, None)
        return frozenset()
    _note(folder, _digest("\0".join(sorted(found)).encode()))
    return found


def files_below(folder: Path, endings: tuple[str, ...]) -> Iterator[tuple[str, bytes]]:
    """Yield each file in a folder, and in folders within it, whose name has one of the endings: its path and content.

    Paths start from the folder. Nothing is noted.
    """
    start = len(str(folder))
    for root, _, files in os.walk(folder):
        for name in files:
            if name.endswith(endings):
                path = f"{root}{os.sep}{name}"
                with FileIO(path) as file:
                    yield path[start:], file.readall()


def stamps_below(folder: Path, endings: tuple[str, ...]) -> list[tuple[str, stamps.Stamp]]:
    """Return how each file in a folder, and in folders within it, stands whose name has one of the endings."""
    found, waiting = [], [str(folder)]
    while waiting:
        with os.scandir(waiting.pop()) as there:
            for each in there:
                if each.name.endswith(endings):
                    found.append((each.path, stamps.stamp_of(each.stat())))
                elif "." not in each.name and each.is_dir():
                    waiting.append(each.path)
    return found


CANNOT_READ = Rule("cannot-read", "theme and files", ERROR, "a file that cannot be read").because("""
    The operating system gives the reason that is shown.
""")


OUTSIDE_PROJECT = Rule("outside-project", "theme and files", ERROR, "a file that is outside of the project").because("""
    A link, or a path with `..`, leads from the project to a file elsewhere, which slides or findings would show. It is
    not read: put the file itself into the project, or say `--follow-links` if you know where the path leads. Findings
    never quote what is read that way.
""")


def read_bytes(path: Path, start: Path | None = None) -> bytes:
    """Return the bytes of a file; `start` is the folder of the map that names it, if a map does.

    Raises Failure if it cannot be read, is larger than anything meant to be read, or is outside of its project: behind
    a link, or named so by the map.
    """
    if (others := _supposed.get()) and (supposed := others.get(path.resolve())) is not None:
        return supposed
    if leads_out(path, start):
        _let_through(path)
    try:
        with path.open("rb") as file:
            stood = os.fstat(file.fileno())
            data = file.read(LARGEST + 1)
    except OSError as error:
        raise Failure([CANNOT_READ.at(f"cannot read it: {error.strerror}", Span(shown(path)))]) from error
    if len(data) > LARGEST:
        from conceptdeck.reading.rules import TOO_LARGE  # among many that a run without mistakes has no use for

        message = f"the file has more than {LARGEST:,} bytes"
        raise Failure([TOO_LARGE.at(message, Span(shown(path)), hints=("is it the right file?",))])
    digest = _digest(data)
    stamps.remember(path.absolute(), digest, stood)
    _note(path, digest)
    return data


def _let_through(path: Path) -> None:
    """Let a file behind a link be read, if links are followed, and keep it unquoted; raises Failure if they are not."""
    if not links_are_followed():
        hints = (
            "put the file itself into the project, whose top folder a `conceptdeck.toml` marks",
            "--follow-links reads it",
        )
        raise Failure([OUTSIDE_PROJECT.at("this path leads out of the project", Span(shown(path)), hints=hints)])
    keep_unquoted(shown(path))


def is_file(path: Path) -> bool:
    """Tell whether there is a regular file; what cannot even be asked for is none."""
    try:
        found = path.is_file()
    except (OSError, ValueError):
        found = False
    if not found:
        _note(path, None)
    return found


def shown(path: Path) -> str:
    """Return the path as messages show it: relative to the current folder where it lies below."""
    try:
        return str(path.resolve().relative_to(Path.cwd()))
    except (OSError, RuntimeError, ValueError):  # RuntimeError: a symlink to itself, up to Python 3.12
        return str(path)


def write_atomically(path: Path, data: bytes) -> bool:
    """Replace the file at `path` by `data`, whole or not at all; return whether it holds them now.

    The bytes reach the disk under another name first; a crash leaves the old file. Nothing is written if the log that
    is kept does not allow it. Raises Failure if writing fails.
    """
    log = _log.get()
    if log and not log.may_write(path, data):
        return False
    with held():
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            swept(path.parent, TEMPORARY)
            _replace(path, data)
        except OSError as error:
            raise _cannot_write(path, error) from error
        if log:
            log.written.append(path.absolute())
            if log.wrote:
                log.wrote(path)
    return True


CANNOT_WRITE = Rule("cannot-write", "theme and files", ERROR, "a file that cannot be written").because("""
    What was there before is untouched: new output replaces old only when it is whole.
""")


def _cannot_write(path: Path, error: OSError) -> Failure:
    message = f"cannot write it: {error.strerror or error}; what was there before is untouched"
    return Failure([CANNOT_WRITE.at(message, Span(shown(path)))])


def replace_read(path: Path, was: bytes | None, data: bytes) -> bool:
    """Replace what was read of a file by `data`, whole or not at all; return False if it is not what is there now.

    For files that people save too: `was` is None where there was none. A symbolic link stays one, and so does who may
    read the file. Raises Failure if writing fails.
    """
    path = path.resolve()
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        swept(path.parent, TEMPORARY)
        with locked(path.parent):
            return _swap(path, was, data)
    except FileNotFoundError:  # it was deleted meanwhile
        return False
    except OSError as error:
        raise _cannot_write(path, error) from error


def copy(path: Path, to: Path) -> None:
    """Copy a file, whole or not at all; raises Failure if that fails."""
    try:
        _replace(to, path.read_bytes())
    except OSError as error:
        raise Failure([CANNOT_WRITE.at(f"cannot copy it: {error.strerror or error}", Span(shown(to)))]) from error


def _replace(path: Path, data: bytes) -> None:
    with _aside(path.parent, data, 0o666 & ~umask()) as made:
        made.replace(path)
    _sync_folder(path.parent)


def _swap(path: Path, was: bytes | None, data: bytes) -> bool:
    """Put `data` in place of `was`; what somebody else has saved there meanwhile stays, or is put back."""
    mode = 0o666 & ~umask() if was is None else path.stat().st_mode & 0o777
    with _aside(path.parent, data, mode) as made:
        if _there(path) != was:
            return False
        if was is None:
            return _linked(made, path)
        if not exchanged(made, path):
            made.replace(path)  # between the look and this, another program has a few microseconds
        elif _there(made) != was:
            _put_back(made, path, data)
            return False
    _sync_folder(path.parent)
    return True


def _linked(made: Path, path: Path) -> bool:
    """Give a file the name `path`, unless there is such a file by now."""
    try:
        os.link(made, path)
    except FileExistsError:
        return False
    except OSError:  # a file system without links
        if path.exists():
            return False
        made.replace(path)
    _sync_folder(path.parent)
    return True


def _put_back(held: Path, path: Path, ours: bytes) -> None:
    """Put what was saved meanwhile back in place of ours; if somebody saves again at this moment, the newest stays."""
    there: bytes | None = ours
    newest = _there(held)
    while exchanged(held, path) and (taken := _there(held)) != there:
        there, newest = newest, taken


def _there(path: Path) -> bytes | None:
    try:
        return path.read_bytes()
    except FileNotFoundError:
        return None


@contextmanager
def _aside(folder: Path, data: bytes, mode: int) -> Iterator[Path]:
    """Give a file in a folder that holds `data`, on the disk, under a name of its own; it is gone at the end."""
    import tempfile  # see `pack`

    handle, name = tempfile.mkstemp(prefix=named(TEMPORARY), dir=folder)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        Path(name).chmod(mode)
        yield Path(name)
    finally:
        Path(name).unlink(missing_ok=True)


def _sync_folder(folder: Path) -> None:
    """Make the new name durable, where the system lets a folder be opened."""
    if os.name == "nt":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
