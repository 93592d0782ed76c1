"""Files: the only module that opens them. Reads the shipped and the user's data, packs and writes atomically."""

from __future__ import annotations

import hashlib
import importlib.util
import io
import os
import re
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from contextvars import ContextVar
from dataclasses import dataclass, field
from importlib.util import find_spec
from pathlib import Path

from conceptdeck.values.diagnostics import Diagnostic, Failure, Span
from conceptdeck.values.languages import spelled
from conceptdeck.workspace.exchange import exchanged, locked

__all__ = [
    "Log",
    "catalog_path",
    "catalogs_beside",
    "copy",
    "digest_of",
    "file_digest",
    "find_map",
    "find_maps",
    "find_theme",
    "glossaries_beside",
    "keep_parts",
    "kept_parts",
    "known_theme",
    "libraries",
    "library",
    "logged",
    "pack",
    "packaged_font",
    "page_asset",
    "read_bytes",
    "replace_read",
    "shipped",
    "shown",
    "stories_beside",
    "terms_path",
    "themes",
    "write_atomically",
]

PACKAGE = Path(__file__).parent
MAP_FILE = "map.yaml"
STORIES_FILE = "stories.yaml"
CATALOGS, CATALOG = "locales", ".po"  # the folder beside a map, and how its files end
GLOSSARIES, GLOSSARY = "glossary", ".yaml"  # as above
THEME_BASE = "base"  # what the other themes extend
THEME_NAME = re.compile(r"(?!(?:con|prn|aux|nul|(?:com|lpt)[1-9])$)[a-z0-9]+(?:-[a-z0-9]+)*")  # not a device of Windows
LARGEST = 40_000_000  # bytes: no map is as large, and few fonts
EPOCH = (1980, 1, 1, 0, 0, 0)  # the earliest date that a zip can hold
TEMPORARY = ".conceptdeck-"
DIGEST = hashlib.sha256().digest_size


@dataclass(slots=True)
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


def digest_of(path: Path) -> str | None:
    """Return the digest of a file's bytes or of a folder's names as a log has it; None if there is neither."""
    try:
        return _digest(path.read_bytes()) if path.is_file() else _names_digest(path)
    except (OSError, ValueError):
        return None


def file_digest(path: Path) -> str | None:
    """Return the digest of a file's bytes, None if it is no file or cannot be read."""
    try:
        return _digest(path.read_bytes()) if path.is_file() else None
    except (OSError, ValueError):
        return None


def _digest(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def _names_digest(folder: Path) -> str | None:
    return _digest("\0".join(sorted(path.name for path in folder.iterdir())).encode()) if folder.is_dir() else None


def _note(path: Path, digest: str | None) -> None:
    """Write into the log, if there is one."""
    if log := _log.get():
        log.read[path.absolute()] = digest


def shipped(folder: str) -> Path:
    """Return the shipped `data` or `themes` folder: inside an installed wheel, or beside the package in a checkout."""
    inside = PACKAGE / "shipped" / folder
    return inside if inside.is_dir() else PACKAGE.parent.parent / folder


def find_maps(name: str | None) -> tuple[Path, ...]:
    """Return the file of the map called `name`, or of every map there is.

    Raises Failure if there is none.
    """
    if name is not None:
        return (find_map(name),)
    if found := tuple(find_map(each) for each in _maps()):
        return found
    raise Failure([Diagnostic("no-map", "there is no map here", hints=(f"write data/<name>/{MAP_FILE}",))])


def find_map(name: str) -> Path:
    """Return the file of the map called `name`: a path, or a folder of `./data`, or a shipped one.

    Raises Failure if there is no such map.
    """
    for path in (Path(name), Path("data") / name, shipped("data") / name) if name else ():
        if _is_file(path):
            return path
        if _is_file(path / MAP_FILE):
            return path / MAP_FILE
    hint = f"the maps here: {', '.join(_maps()) or 'none'}"
    raise Failure([Diagnostic("unknown-map", f"there is no map {_quoted(name)}", hints=(hint,))])


def stories_beside(map_file: Path) -> tuple[Path, ...]:
    """Return the files of stories that a map can use: the shipped one, and the map's own if there is one."""
    own = map_file.parent / STORIES_FILE
    return (shipped("data") / STORIES_FILE, *([own] if _is_file(own) else []))


def catalog_path(map_file: Path, tag: str) -> Path:
    """Return where the map's catalog for a language is, or would be; its name may spell the tag as gettext does.

    Raises Failure if there are two.
    """
    folder = map_file.parent / CATALOGS
    found = _catalogs(map_file).get(tag, (f"{tag}{CATALOG}",))
    if len(found) > 1:
        message = f"there are two catalogs for `{tag}`: {' and '.join(found)}"
        hints = ("keep one of them: move what only the other has into it, and delete that one",)
        raise Failure([Diagnostic("duplicate-catalog", message, Span(shown(folder)), hints=hints)])
    return folder / found[0]


def catalogs_beside(map_file: Path) -> tuple[str, ...]:
    """Return the languages that a map has catalogs for, their tags in standard form."""
    return tuple(sorted(_catalogs(map_file)))


def _catalogs(map_file: Path) -> dict[str, tuple[str, ...]]:
    """Return the names of the map's catalogs by the tag that they are for: `pt_BR.po` is for `pt-BR`.

    Names that start with a dot are those of editors and systems: locks of Emacs, resource forks of macOS.
    """
    found: dict[str, tuple[str, ...]] = {}
    for name in sorted(names(map_file.parent / CATALOGS)):
        if name.endswith(CATALOG) and not name.startswith("."):
            tag = spelled(name.removesuffix(CATALOG))
            found[tag] = (*found.get(tag, ()), name)
    return found


def glossaries_beside(map_file: Path) -> dict[str, Path]:
    """Return the files of a map's glossaries by the tag that they are for, as those of its catalogs."""
    folder = map_file.parent / GLOSSARIES
    found = sorted(name for name in names(folder) if name.endswith(GLOSSARY) and not name.startswith("."))
    return {spelled(name.removesuffix(GLOSSARY)): folder / name for name in found}


def terms_path(tag: str) -> Path | None:
    """Return the catalog of the program's own words in a language, None if there is none."""
    path = PACKAGE / "terms" / f"{tag}{CATALOG}"
    return path if _is_file(path) else None


def known_theme(name: str) -> str:
    """Return `name` if a deck can be built in the theme of that name; raises Failure if not."""
    if name in themes():
        return name
    hint = f"the themes here: {', '.join(themes())}"
    raise Failure([Diagnostic("unknown-theme", f"there is no theme {_quoted(name)}", hints=(hint,))])


def find_theme(name: str) -> str:
    """Return the text of a theme file: from `./themes`, or from the shipped themes.

    Raises Failure if there is none, naming the themes that there are.
    """
    stem = name.removesuffix(".yaml")
    for folder in (Path("themes"), shipped("themes")) if THEME_NAME.fullmatch(stem) else ():
        if _is_file(folder / name):
            return read_bytes(folder / name).decode("utf-8", "replace")
    hint = f"the themes here: {', '.join(themes())}"
    raise Failure([Diagnostic("unknown-theme", f"there is no theme {_quoted(stem)}", hints=(hint,))])


def page_asset(name: str, package: str = "render") -> str:
    """Return the text of a style sheet or a script that a page of ours carries, from beside the code that uses it."""
    return read_bytes(PACKAGE / package / name).decode("utf-8")


def themes() -> list[str]:
    """Return the names of the themes that a deck can be built in."""
    folders = (Path("themes"), shipped("themes"))
    return sorted({path.stem for folder in folders for path in folder.glob("*.yaml") if path.stem != THEME_BASE})


def _maps() -> list[str]:
    folder = Path("data") if Path("data").is_dir() else shipped("data")
    return sorted(path.parent.name for path in folder.glob(f"*/{MAP_FILE}"))


def names(folder: Path) -> frozenset[str]:
    """Return the names of the files in a folder; none if there is no such folder."""
    try:
        found = frozenset(path.name for path in folder.iterdir())
    except OSError:
        _note(folder, None)
        return frozenset()
    _note(folder, _digest("\0".join(sorted(found)).encode()))
    return found


def read_bytes(path: Path) -> bytes:
    """Return the bytes of a file; raises Failure if it cannot be read or is larger than anything meant to be read."""
    try:
        with path.open("rb") as file:
            data = file.read(LARGEST + 1)
    except OSError as error:
        raise Failure([Diagnostic("cannot-read", f"cannot read it: {error.strerror}", Span(shown(path)))]) from error
    if len(data) > LARGEST:
        message = f"the file has more than {LARGEST:,} bytes"
        raise Failure([Diagnostic("too-large", message, Span(shown(path)), hints=("is it the right file?",))])
    _note(path, _digest(data))
    return data


def packaged_font(name: str) -> bytes | None:
    """Return the font `package/file`, None if no such package is installed; its code is not run."""
    package, _, file = name.partition("/")
    spec = importlib.util.find_spec(package)
    folders = [Path(folder) for folder in spec.submodule_search_locations or ()] if spec else []
    return next((read_bytes(folder / file) for folder in folders if _is_file(folder / file)), None)


def _quoted(text: str) -> str:
    """Return a text as messages show it."""
    from conceptdeck.reading.source import (  # brings the reader of YAML, of no use to builds that find nothing to do
        quoted,
    )

    return quoted(text)


def _is_file(path: Path) -> bool:
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


def library(name: str) -> Path:
    """Return the file that an installed library starts from, without running it; it says the library's version."""
    found = find_spec(name)
    assert found and found.origin  # a library that the package requires
    return Path(found.origin)


def libraries() -> Path:
    """Return the folder of the installed libraries."""
    return library("click").parent.parent


def pack(parts: Mapping[str, bytes]) -> bytes:
    """Return the parts as an Open Packaging zip: fixed order and date, so that the same parts give the same bytes."""
    import zipfile  # builds that find nothing to do need none

    buffer = io.BytesIO()
    first = ("[Content_Types].xml", "_rels/.rels")
    names = [name for name in first if name in parts] + sorted(name for name in parts if name not in first)
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED, compresslevel=6) as archive:
        for name in names:
            info = zipfile.ZipInfo(name, EPOCH)
            info.compress_type = zipfile.ZIP_DEFLATED
            info.create_system = 0
            info.external_attr = 0
            archive.writestr(info, parts[name])
    return buffer.getvalue()


def keep_parts(path: Path, parts: Mapping[str, bytes]) -> None:
    """Keep parts for later, behind a digest that tells whether they are whole; what cannot be kept is made anew."""
    data = pack(parts)
    with suppress(Failure):
        write_atomically(path, hashlib.sha256(data).digest() + data)


def kept_parts(path: Path) -> dict[str, bytes] | None:
    """Return the parts that were kept, None if there are none or they are damaged."""
    import zipfile  # see `pack`

    if not _is_file(path):
        return None
    with suppress(Failure):
        data = read_bytes(path)
        if hashlib.sha256(data[DIGEST:]).digest() == data[:DIGEST]:
            with zipfile.ZipFile(io.BytesIO(data[DIGEST:])) as archive:
                return {name: archive.read(name) for name in sorted(archive.namelist())}
    return None


def write_atomically(path: Path, data: bytes) -> bool:
    """Replace the file at `path` by `data`, whole or not at all; return whether it holds them now.

    The bytes reach the disk under another name first; a crash leaves the old file. Nothing is written if the log that
    is kept does not allow it. Raises Failure if writing fails.
    """
    log = _log.get()
    if log and not log.may_write(path, data):
        return False
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        _sweep(path.parent)
        _replace(path, data)
    except OSError as error:
        raise _cannot_write(path, error) from error
    if log:
        log.written.append(path.absolute())
        if log.wrote:
            log.wrote(path)
    return True


def _cannot_write(path: Path, error: OSError) -> Failure:
    message = f"cannot write it: {error.strerror or error}; what was there before is untouched"
    return Failure([Diagnostic("cannot-write", message, Span(shown(path)))])


def replace_read(path: Path, was: bytes | None, data: bytes) -> bool:
    """Replace what was read of a file by `data`, whole or not at all; return False if it is not what is there now.

    For files that people save too: `was` is None where there was none. A symbolic link stays one, and so does who may
    read the file. Raises Failure if writing fails.
    """
    path = path.resolve()
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        _sweep(path.parent)
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
        raise Failure(
            [Diagnostic("cannot-write", f"cannot copy it: {error.strerror or error}", Span(shown(to)))]
        ) from error


def _replace(path: Path, data: bytes) -> None:
    with _aside(path.parent, data, 0o666 & ~_umask()) as made:
        made.replace(path)
    _sync_folder(path.parent)


def _swap(path: Path, was: bytes | None, data: bytes) -> bool:
    """Put `data` in place of `was`; what somebody else has saved there meanwhile stays, or is put back."""
    mode = 0o666 & ~_umask() if was is None else path.stat().st_mode & 0o777
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

    handle, name = tempfile.mkstemp(prefix=f"{TEMPORARY}{os.getpid()}-", dir=folder)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        Path(name).chmod(mode)
        yield Path(name)
    finally:
        Path(name).unlink(missing_ok=True)


def _umask() -> int:
    """Return the process's umask, which mkstemp does not honour."""
    mask = os.umask(0)
    os.umask(mask)
    return mask


def _sync_folder(folder: Path) -> None:
    """Make the new name durable, where the system lets a folder be opened."""
    if os.name == "nt":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _sweep(folder: Path) -> None:
    """Remove what a killed build left behind: temporary files whose process is gone."""
    for path in folder.glob(f"{TEMPORARY}*"):
        pid = path.name.removeprefix(TEMPORARY).partition("-")[0]
        if pid.isdigit() and not _alive(int(pid)):
            path.unlink(missing_ok=True)


def _alive(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except OSError:
        return True
    return True
