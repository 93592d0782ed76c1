"""Links that lead out of a project: nothing is read through them unless who runs the program says so.

A project that somebody else wrote may hold links to files of this machine, which a deck or a finding would show.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path

__all__ = [
    "DATA",
    "FOLLOW_LINKS",
    "MAP_FILE",
    "PACKAGE",
    "PROJECT_FILE",
    "follow_links",
    "leads_out",
    "links_are_followed",
]

PACKAGE = Path(__file__).parent.parent
PROJECT_FILE = "conceptdeck.toml"
MAP_FILE, DATA = "map.yaml", "data"
FOLLOW_LINKS = "CONCEPTDECK_FOLLOW_LINKS"  # in the environment, so that workers know it too


def follow_links() -> None:
    """Read through links that lead out of projects from now on, also in processes that this one starts."""
    os.environ[FOLLOW_LINKS] = "1"


def links_are_followed() -> bool:
    """Tell whether links that lead out of projects are read through."""
    return os.environ.get(FOLLOW_LINKS, "") not in ("", "0")


def leads_out(path: Path, start: Path | None = None) -> bool:
    """Tell whether a path in a project leads to a place out of it, by a link; or from a folder `start`, also by `..`.

    What is in no project, and what belongs to the program itself, may be linked as its owner likes.
    """
    named = os.path.abspath(path)  # noqa: PTH100 - a Path would follow no link either, and costs more
    real = os.path.realpath(path)
    if (named == real and start is None) or _is_below(named, sys.prefix) or _is_below(named, str(PACKAGE)):
        return False
    project = _project_around(named if start is None else os.path.abspath(start / MAP_FILE))  # noqa: PTH100
    return project is not None and _leaves(real, project)


def _project_around(named: str) -> str | None:
    """Return the folder of the project that a path is in, None if it is in none.

    It is that of the first project file from the top, or of the first map with the `data` that it is in: who works in a
    folder above, such as a home, has not said that all of it may be shown. Else it is the working folder.
    """
    here = os.getcwd()  # noqa: PTH109
    above = [str(folder) for folder in reversed(Path(named).parents)]
    for folder in above:
        project = _marked(folder)
        if project and not (_is_below(folder, here) and _leaves(folder, here)):
            return project
    return here if _is_below(named, here) else None


def _marked(folder: str) -> str | None:
    """Return the folder of a project that has its file, or its map, in a folder; None if that has neither."""
    if os.path.lexists(os.path.join(folder, MAP_FILE)):  # noqa: PTH118
        data = Path(folder).parent
        return str(data.parent) if data.name == DATA else folder
    return folder if os.path.lexists(os.path.join(folder, PROJECT_FILE)) else None  # noqa: PTH118


def _leaves(path: str, folder: str) -> bool:
    """Tell whether a path is not in a folder once links are followed."""
    return not _is_below(os.path.realpath(path), os.path.realpath(folder))


def _is_below(path: str, folder: str) -> bool:
    return path == folder or path.startswith(folder.rstrip(os.sep) + os.sep)
