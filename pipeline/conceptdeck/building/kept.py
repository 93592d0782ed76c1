"""What is said of output files that a build leaves as they are, since they are not its own any more."""

from __future__ import annotations

from pathlib import Path

from conceptdeck.values.diagnostics import Diagnostic, Span
from conceptdeck.values.rules import WARNING, Rule
from conceptdeck.workspace import disk

__all__ = ["kept_as_changed", "kept_of_another", "kept_outside"]

HOME = ("conceptdeck diff {} tells what was changed", "conceptdeck pull {} takes the changed texts home")

CHANGED_OUTPUT = Rule(
    "changed-output", "theme and files", WARNING, "an output file that is kept, since somebody has changed it"
).because("""
    Somebody has worked on it since it was built, or conceptdeck never built it: it is not replaced, and the
    command ends with exit code 3. `--force` replaces it and keeps a copy; `--out` builds into another folder.
""")


def kept_as_changed(path: Path, map_file: Path | None) -> Diagnostic:
    """Return the finding that a file is kept: edited since it was built from a map, or not known to be ours at all."""
    built = f"edited since it was built from {disk.shown(map_file)}" if map_file else "conceptdeck did not build it"
    message = f"kept: {built}"
    ways = ("--force replaces it, and keeps a copy beside it", "--out builds into another folder")
    edits = map_file is not None and path.suffix == ".pptx"
    hints = (*(each.format(disk.shown(path)) for each in HOME if edits), *ways)
    return CHANGED_OUTPUT.at(message, Span(disk.shown(path)), hints=hints)


OUTSIDE_OUTPUT = Rule(
    "outside-output", "theme and files", WARNING, "an output file that is a link out of the output folder"
).because("""
    A link in the output folder leads out of it. Nothing is written through it, also with `--force`, so that no build
    replaces a file elsewhere, and the command ends with exit code 3. `--out` may name any folder, links too.
""")


def kept_outside(path: Path) -> Diagnostic:
    """Return the finding that a file is left alone, since a link leads to it out of the output folder."""
    hints = ("delete the link", "--out builds into another folder")
    return OUTSIDE_OUTPUT.at("kept: a link leads out of the output folder", Span(disk.shown(path)), hints=hints)


SHARED_OUTPUT = Rule(
    "shared-output", "theme and files", WARNING, "an output file that is kept, since it was built from another map"
).because("""
    Names of output files are made from the names of the maps' folders: `My Map` and `my-map` are one there. The file
    is not replaced, and the command ends with exit code 3. Rename a folder, or build into another one with `--out`.
""")


def kept_of_another(path: Path, map_file: Path) -> Diagnostic:
    """Return the finding that a file is kept since it was built from another map that gives it the same name."""
    message = f"kept: it was built from {disk.shown(map_file)}, whose folder gives files the same names"
    hints = ("rename one of the two folders", "--out builds into another folder", "--force replaces the file")
    return SHARED_OUTPUT.at(message, Span(disk.shown(path)), hints=hints)
