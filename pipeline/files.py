"""Files: the only module that opens them. Reads the shipped and the user's data, packs and writes atomically."""

from __future__ import annotations

import io
import os
import re
import tempfile
import zipfile
from collections.abc import Mapping
from pathlib import Path

from pipeline import source
from pipeline.diagnostics import Diagnostic, Failure, Span

__all__ = [
    "find_map",
    "find_maps",
    "find_theme",
    "known_theme",
    "pack",
    "read_bytes",
    "shipped",
    "shown",
    "stories_beside",
    "themes",
    "write_atomically",
]

PACKAGE = Path(__file__).parent
MAP_FILE = "map.yaml"
STORIES_FILE = "stories.yaml"
THEME_BASE = "base"  # what the other themes extend
THEME_NAME = re.compile(r"(?!(?:con|prn|aux|nul|(?:com|lpt)[1-9])$)[a-z0-9]+(?:-[a-z0-9]+)*")  # not a device of Windows
LARGEST = 40_000_000  # bytes: no map is as large, and few fonts
EPOCH = (1980, 1, 1, 0, 0, 0)  # the earliest date that a zip can hold
TEMPORARY = ".conceptdeck-"


def shipped(folder: str) -> Path:
    """Return the shipped `data` or `themes` folder: inside an installed wheel, or beside the package in a checkout."""
    inside = PACKAGE / "shipped" / folder
    return inside if inside.is_dir() else PACKAGE.parent / folder


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
    raise Failure([Diagnostic("unknown-map", f"there is no map {source.quoted(name)}", hints=(hint,))])


def stories_beside(map_file: Path) -> tuple[Path, ...]:
    """Return the files of stories that a map can use: the shipped one, and the map's own if there is one."""
    own = map_file.parent / STORIES_FILE
    return (shipped("data") / STORIES_FILE, *([own] if own.is_file() else []))


def known_theme(name: str) -> str:
    """Return `name` if a deck can be built in the theme of that name; raises Failure if not."""
    if name in themes():
        return name
    hint = f"the themes here: {', '.join(themes())}"
    raise Failure([Diagnostic("unknown-theme", f"there is no theme {source.quoted(name)}", hints=(hint,))])


def find_theme(name: str) -> str:
    """Return the text of a theme file: from `./themes`, or from the shipped themes.

    Raises Failure if there is none, naming the themes that there are.
    """
    stem = name.removesuffix(".yaml")
    for folder in (Path("themes"), shipped("themes")) if THEME_NAME.fullmatch(stem) else ():
        if _is_file(folder / name):
            return read_bytes(folder / name).decode("utf-8", "replace")
    hint = f"the themes here: {', '.join(themes())}"
    raise Failure([Diagnostic("unknown-theme", f"there is no theme {source.quoted(stem)}", hints=(hint,))])


def themes() -> list[str]:
    """Return the names of the themes that a deck can be built in."""
    folders = (Path("themes"), shipped("themes"))
    return sorted({path.stem for folder in folders for path in folder.glob("*.yaml") if path.stem != THEME_BASE})


def _maps() -> list[str]:
    folder = Path("data") if Path("data").is_dir() else shipped("data")
    return sorted(path.parent.name for path in folder.glob(f"*/{MAP_FILE}"))


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
    return data


def _is_file(path: Path) -> bool:
    """Tell whether there is a regular file; what cannot even be asked for is none."""
    try:
        return path.is_file()
    except (OSError, ValueError):
        return False


def shown(path: Path) -> str:
    """Return the path as messages show it: relative to the current folder where it lies below."""
    try:
        return str(path.resolve().relative_to(Path.cwd()))
    except (OSError, RuntimeError, ValueError):  # RuntimeError: a symlink to itself, up to Python 3.12
        return str(path)


def pack(parts: Mapping[str, bytes]) -> bytes:
    """Return the parts as an Open Packaging zip: fixed order and date, so that the same parts give the same bytes."""
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


def write_atomically(path: Path, data: bytes) -> None:
    """Replace the file at `path` by `data`, whole or not at all.

    The bytes reach the disk under another name first; a crash leaves the old file. Raises Failure if that fails.
    """
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        _sweep(path.parent)
        _replace(path, data)
    except OSError as error:
        message = f"cannot write it: {error.strerror or error}; what was there before is untouched"
        raise Failure([Diagnostic("cannot-write", message, Span(shown(path)))]) from error


def _replace(path: Path, data: bytes) -> None:
    handle, name = tempfile.mkstemp(prefix=f"{TEMPORARY}{os.getpid()}-", dir=path.parent)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        Path(name).chmod(0o666 & ~_umask())
        Path(name).replace(path)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise
    _sync_folder(path.parent)


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
