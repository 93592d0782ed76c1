"""Files: the only module that opens them. Reads the shipped and the user's data, packs and writes atomically."""

from __future__ import annotations

import io
import os
import tempfile
import zipfile
from collections.abc import Mapping
from pathlib import Path

from pipeline.diagnostics import Diagnostic, Failure, Span

__all__ = [
    "find_map",
    "find_theme",
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
EPOCH = (1980, 1, 1, 0, 0, 0)  # the earliest date that a zip can hold
TEMPORARY = ".conceptdeck-"


def shipped(folder: str) -> Path:
    """Return the shipped `data` or `themes` folder: inside an installed wheel, or beside the package in a checkout."""
    inside = PACKAGE / "shipped" / folder
    return inside if inside.is_dir() else PACKAGE.parent / folder


def find_map(name: str | None) -> Path:
    """Return the file of the map called `name`: a path, or a folder of `./data`, or a shipped one.

    Without a name it is the only map there is. Raises Failure if there is no such map, or more than one.
    """
    if name:
        for path in (Path(name), Path("data") / name, shipped("data") / name):
            if path.is_file():
                return path
            if (path / MAP_FILE).is_file():
                return path / MAP_FILE
        known = ", ".join(_maps()) or "none"
        raise Failure([Diagnostic("unknown-map", f"there is no map `{name}`", hints=(f"the maps here: {known}",))])
    maps = _maps()
    if len(maps) != 1:
        hint = f"name one: {', '.join(maps)}" if maps else f"write data/<name>/{MAP_FILE}"
        raise Failure([Diagnostic("which-map", f"there are {len(maps)} maps to choose from", hints=(hint,))])
    return find_map(maps[0])


def stories_beside(map_file: Path) -> tuple[Path, ...]:
    """Return the files of stories that a map can use: the shipped one, and the map's own if there is one."""
    own = map_file.parent / STORIES_FILE
    return (shipped("data") / STORIES_FILE, *([own] if own.is_file() else []))


def find_theme(name: str) -> str:
    """Return the text of a theme file: from `./themes`, or from the shipped themes.

    Raises Failure if there is none, naming the themes that there are.
    """
    for folder in (Path("themes"), shipped("themes")):
        if (folder / name).is_file():
            return read_bytes(folder / name).decode("utf-8", "replace")
    stem = name.removesuffix(".yaml")
    known = ", ".join(themes())
    raise Failure([Diagnostic("unknown-theme", f"there is no theme `{stem}`", hints=(f"the themes here: {known}",))])


def themes() -> list[str]:
    """Return the names of the themes that a deck can be built in."""
    folders = (Path("themes"), shipped("themes"))
    return sorted({path.stem for folder in folders for path in folder.glob("*.yaml") if path.stem != THEME_BASE})


def _maps() -> list[str]:
    folder = Path("data") if Path("data").is_dir() else shipped("data")
    return sorted(path.parent.name for path in folder.glob(f"*/{MAP_FILE}"))


def read_bytes(path: Path) -> bytes:
    """Return the bytes of a file; raises Failure if it cannot be read."""
    try:
        return path.read_bytes()
    except OSError as error:
        raise Failure([Diagnostic("cannot-read", f"cannot read it: {error.strerror}", Span(shown(path)))]) from error


def shown(path: Path) -> str:
    """Return the path as messages show it: relative to the current folder where it lies below."""
    try:
        return str(path.resolve().relative_to(Path.cwd()))
    except ValueError:
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
