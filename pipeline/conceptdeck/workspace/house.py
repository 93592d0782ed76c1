"""The house: where themes, fonts, icons, stories, words and settings are sought, the nearest place first.

The nearest place is the folder of the map, then come the project, the user's configuration, and what is shipped. The
project is the folder of the nearest `conceptdeck.toml`, from the working folder up, then from the map up; without one
it is the working folder.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from functools import cache
from pathlib import Path

from conceptdeck.values.diagnostics import Failure
from conceptdeck.values.rules import Rule
from conceptdeck.values.value import frozen
from conceptdeck.workspace.disk import is_file, names, shown
from conceptdeck.workspace.links import DATA, PACKAGE, PROJECT_FILE

__all__ = [
    "FONTS",
    "ICONS",
    "STORIES_FILE",
    "TERMS",
    "THEMES",
    "House",
    "house",
    "nearest",
    "project_of",
    "shipped",
    "standing",
]

PROGRAM = "conceptdeck"  # the folder below that of the user's configuration
THEMES = "themes"
FONTS, ICONS = "fonts", "icons"  # below themes
STORIES_FILE = "stories.yaml"
TERMS = "terms"  # below data


@cache
def shipped(folder: str) -> Path:
    """Return the shipped `data` or `themes` folder: inside an installed wheel, or beside the package in a checkout."""
    inside = PACKAGE / "shipped" / folder
    return inside if inside.is_dir() else PACKAGE.parent.parent / folder


@frozen
class House:
    """Folders with themes and folders with data, the nearest first, the shipped ones last; and where the project is."""

    project: Path
    themes: tuple[Path, ...]
    data: tuple[Path, ...]

    @property
    def own(self) -> tuple[Path, ...]:
        """Return the folders with themes that are not the shipped one."""
        return self.themes[:-1]

    @property
    def settings(self) -> Path:
        """Return where the project's file is, or would be."""
        return self.project / PROJECT_FILE

    def beside(self, theme_file: Path) -> House:
        """Return the house with the folder of a theme as its nearest one, for what that theme needs."""
        return House(self.project, _each_once((theme_file.parent, *self.themes)), self.data)

    def theme(self, name: str) -> Path | None:
        """Return the file of a theme, None if there is none."""
        return next((path for folder in self.themes if is_file(path := folder / f"{name}.yaml")), None)

    def font(self, name: str) -> Path:
        """Return the file of a font by its path below the folders of fonts; the shipped one if it is nowhere."""
        return self.fonts().get(name, self.themes[-1] / FONTS / name)

    def fonts(self) -> dict[str, Path]:
        """Return the files of own fonts by their path below the folders of fonts, in order."""
        found: dict[str, Path] = {}
        for folder in self.own:
            for name, path in _files(folder / FONTS):
                if name.lower().endswith((".ttf", ".otf")):
                    found.setdefault(name, path)
        return found

    def icons(self) -> dict[str, Path]:
        """Return the files of own icons by name."""
        found: dict[str, Path] = {}
        for folder in self.own:
            for name in sorted(names(folder / ICONS)):
                if name.lower().endswith(".svg") and not name.startswith("."):
                    found.setdefault(name[: -len(".svg")], folder / ICONS / name)
        return found

    def stories(self) -> tuple[Path, ...]:
        """Return the files of stories, the shipped one first: those that come later have the last word."""
        return tuple(path for folder in reversed(self.data) if is_file(path := folder / STORIES_FILE))


def house(map_file: Path | None = None) -> House:
    """Return where things are sought for a map, or for none."""
    project = project_of(map_file)
    beside = () if map_file is None else (map_file.parent,)
    own = configuration(os.environ)
    roots = (*beside, project, *(() if own is None else (own,)))
    data = (*beside, *(root / DATA for root in roots[len(beside) :]), shipped(DATA))
    return House(project, _each_once((*(root / THEMES for root in roots), shipped(THEMES))), _each_once(data))


def nearest(name: str, folders: Sequence[Path], rule: Rule, message: str) -> Path:
    """Return a file from the nearest folder that has it; raises Failure by a rule, with a message, if none has."""
    path = next((path for folder in folders if is_file(path := folder / name)), None)
    if path is None:
        sought = ", ".join(dict.fromkeys(shown(folder) for folder in folders))
        raise Failure([rule.at(message, hints=(f"it is sought in {sought}",))])
    return path


def configuration(environment: Mapping[str, str]) -> Path | None:
    """Return the folder of the user's configuration, as the system has it; None if the user has no home.

    It is that of the XDG Base Directory Specification, of Apple's file system, or of Windows' roaming data.
    """
    name, fallback = "XDG_CONFIG_HOME", ".config"
    if os.name == "nt":
        name, fallback = "APPDATA", "AppData/Roaming"
    elif sys.platform == "darwin":
        name, fallback = "", "Library/Application Support"
    said = environment.get(name, "")
    if said and Path(said).is_absolute():
        return Path(said) / PROGRAM
    try:
        return Path.home() / fallback / PROGRAM
    except RuntimeError:
        return None


_stands: ContextVar[str] = ContextVar("stands", default="")


@contextmanager
def standing(folder: str) -> Iterator[None]:
    """Seek projects inside as if a folder were the working one: work is done for somebody who stands elsewhere."""
    token = _stands.set(folder)
    try:
        yield
    finally:
        _stands.reset(token)


def project_of(map_file: Path | None = None) -> Path:
    """Return the folder of the project; the working folder goes by no name, so that paths below it stay short.

    What is asked of the folders above is not noted: records know the project itself.
    """
    stands = _stands.get()
    here = stands or os.getcwd()  # noqa: PTH109 - each run asks this a few times, and texts are much cheaper
    starts = (here,) if map_file is None else (here, os.path.join(here, map_file.parent))  # noqa: PTH118
    for start in starts:
        folder, below = start, ""
        while folder != below:
            if os.path.isfile(f"{folder}{os.sep}{PROJECT_FILE}"):  # noqa: PTH113
                return Path() if folder == here and not stands else Path(folder)
            folder, below = os.path.dirname(folder), folder  # noqa: PTH120
    return Path(stands)


def _each_once(folders: tuple[Path, ...]) -> tuple[Path, ...]:
    """Return folders without those that come again later: shipped ones are always the last."""
    kept: dict[Path, Path] = {}
    for folder in reversed(folders):
        kept.setdefault(folder.absolute(), folder)
    return tuple(reversed(kept.values()))


def _files(folder: Path, depth: int = 2) -> Iterator[tuple[str, Path]]:
    """Yield the files in a folder and in folders within it, by their path from there, in order."""
    for name in sorted(names(folder)):
        if name.startswith("."):
            continue
        if depth > 1 and (folder / name).is_dir():
            yield from ((f"{name}/{below}", path) for below, path in _files(folder / name, depth - 1))
        else:
            yield name, folder / name
