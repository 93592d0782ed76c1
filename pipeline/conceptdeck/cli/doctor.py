"""`conceptdeck doctor`: tell whether everything is here that a build needs."""

from __future__ import annotations

import os
import platform
import shutil
import sys
from collections.abc import Callable, Iterator, Mapping
from importlib import metadata
from pathlib import Path
from typing import TYPE_CHECKING

import click

from conceptdeck.cli import options
from conceptdeck.values.value import frozen
from conceptdeck.workspace.house import FONTS

if TYPE_CHECKING:
    from conceptdeck.values.theme import FontFiles
    from conceptdeck.workspace.house import House

__all__ = ["command"]

OLDEST_PYTHON = (3, 11)
NEEDED = {
    "babel": "2.19.0",
    "brotli": "1.2.0",
    "budoux": "0.10.1",
    "click": "8.5.1",
    "fonttools": "4.68.0",
    "graphviz": "0.21",
    "graphviz-pure": "0.2.2",
    "langcodes": "3.5.1",
    "latex2mathml": "3.81.1",
    "lxml": "6.1.3",
    "markdown-it-py": "4.3.0",
    "minijinja": "3.1.0",
    "pikepdf": "10.17.0",
    "pillow": "13.0.0",
    "polib": "1.2.0",
    "pygments": "2.21.0",
    "pyphen": "0.18.1",
    "python-bidi": "0.6.12",
    "python-pptx": "1.0.2",
    "pyyaml": "6.0.3",
    "resvg-py": "0.5.0",
    "segno": "1.6.6",
    "uharfbuzz": "0.57.0",
    "unicode-segmentation-rs": "1.0.0",
    "watchfiles": "1.3.0",
    "ziamath": "0.13",
}
OFFICES = ("soffice", "libreoffice", "/Applications/LibreOffice.app/Contents/MacOS/soffice")
REINSTALL = "install the project's requirements again: pip install -r requirements.txt"


@frozen
class Finding:
    """One line of the report; `hint` is the way out if it is not as it should be."""

    name: str
    fact: str
    fine: bool = True
    needed: bool = True
    hint: str = ""

    def __str__(self) -> str:
        """Return the line, and the way out below it."""
        mark = "ok" if self.fine else "MISSING" if self.needed else "note"
        line = f"{mark:8}{self.name:26}{self.fact}"
        return line if self.fine else f"{line}\n{'':8}help: {self.hint}"


@click.command("doctor")
@options.out("Output folder to check.")
def command(out: Path) -> None:
    """Check Python, packages, fonts, the Graphviz engine, LibreOffice and the output folder.

    Nothing is written. The exit code is 1 if something is missing that a build needs.

    \b
    Examples:
      conceptdeck doctor
      conceptdeck doctor --out ~/decks
    """  # noqa: D301 - click reads the backspace as a mark
    checks: list[Callable[[], Iterator[Finding]]] = [_python, _packages, _sought, _themes, _engine, _office]
    findings = [finding for check in checks for finding in check()] + [_folder(out)]
    for finding in findings:
        click.echo(str(finding))
    missing = sum(1 for finding in findings if finding.needed and not finding.fine)
    click.echo(f"{missing} problem{'s' * (missing != 1)}" if missing else "everything that a build needs is here")
    if missing:
        sys.exit(1)


def _python() -> Iterator[Finding]:
    least = ".".join(map(str, OLDEST_PYTHON))
    fact = f"{platform.python_version()} at {sys.executable}"
    yield Finding("Python", fact, sys.version_info >= OLDEST_PYTHON, hint=f"use Python {least} or newer")


def _packages() -> Iterator[Finding]:
    for name, least in NEEDED.items():
        try:
            version = metadata.version(name)
        except metadata.PackageNotFoundError:
            yield Finding(name, "not installed", fine=False, hint=REINSTALL)
            continue
        fine = _numbers(version) >= _numbers(least)
        yield Finding(name, version if fine else f"{version} is older than {least}", fine, hint=REINSTALL)


def _numbers(version: str) -> tuple[int, ...]:
    """Return the numbers that a version starts with."""
    numbers = []
    for part in version.split("."):
        if not part.isdigit():
            break
        numbers.append(int(part))
    return tuple(numbers)


def _themes() -> Iterator[Finding]:
    """Tell for each theme which faces measure its fonts, and for each face whether it can be read."""
    try:
        from conceptdeck.values.diagnostics import Failure
        from conceptdeck.workspace import places
        from conceptdeck.workspace.loading import own_families, read_theme
    except ImportError as error:
        yield Finding("themes", f"not checked: {error}", fine=False, hint=REINSTALL)
        return
    around = places.house()
    own = own_families(around)
    faces: dict[str, None] = {}
    for key in places.themes(around):
        try:
            theme = read_theme(key, around=around)
        except Failure as failure:
            hint = f"see all with: conceptdeck theme show {key}"
            yield Finding(f"theme {key}", failure.diagnostics[0].message, fine=False, hint=hint)
            continue
        families = {family.name: family for family in theme.families}
        fonts = dict.fromkeys((theme.major, theme.minor))
        fact = ", ".join(f"{name} (measured with {_measured_with(families[name], own)})" for name in fonts)
        yield Finding(f"theme {key}", fact)
        for name in (*fonts, *theme.fallbacks):
            faces |= dict.fromkeys((families[name].regular, families[name].bold))
    if not places.themes(around):
        yield Finding("themes", "none", fine=False, hint="install conceptdeck again, or run it from its folder")
    yield from _faces(list(faces), around)


def _measured_with(family: FontFiles, own: Mapping[str, FontFiles]) -> str:
    return "its own face" if own.get(family.name) == family else family.regular.partition("/")[0]


def _faces(names: list[str], around: House) -> Iterator[Finding]:
    """Tell whether the font files can be opened, one line for each folder if all can; own ones need not be used."""
    from conceptdeck.workspace import disk

    own = around.fonts()
    paths = [around.font(name) for name in names if name not in own]
    folder = around.themes[-1] / FONTS
    broken = [path for path in paths if not _can_measure(path)]
    for path in broken:
        hint = f"put the file back at {path}, or install conceptdeck again"
        yield Finding("font file", f"{path.relative_to(folder)} cannot be read", fine=False, hint=hint)
    if names and not broken:
        yield Finding("font files", f"{len(paths)} in {folder}")
    unread = [path for path in own.values() if not _can_measure(path)]
    for path in unread:
        hint = "take it away, or put a font in its place; conceptdeck does without it"
        yield Finding("own font file", f"{disk.shown(path)} cannot be read", fine=False, needed=False, hint=hint)
    if own and not unread:
        yield Finding("own font files", f"{len(own)} in {', '.join(_folders(own))}")


def _folders(own: Mapping[str, Path]) -> Iterator[str]:
    """Return the folders of fonts that own ones are in."""
    from conceptdeck.workspace import disk

    return iter(dict.fromkeys(disk.shown(path.parents[name.count("/")]) for name, path in own.items()))


def _sought() -> Iterator[Finding]:
    """Tell where themes and fonts are sought, in this order."""
    from conceptdeck.workspace import disk, places

    around = places.house()
    folders = (f"{disk.shown(folder)}{'' if folder.is_dir() else ' (none)'}" for folder in around.themes)
    yield Finding("themes are sought in", ", ".join(folders))


def _can_measure(path: Path) -> bool:
    """Tell whether a file is a font that measures a space, which those of every script have."""
    from conceptdeck.values.diagnostics import Failure
    from conceptdeck.workspace import disk

    try:
        from conceptdeck.typeset.faces import Face

        face = Face(lambda: disk.read_bytes(path))
        return face.units_per_em > 0 and face.has(" ")
    except (Failure, ImportError):
        return False


def _engine() -> Iterator[Finding]:
    name = "Graphviz engine"
    try:
        from conceptdeck.values.diagnostics import Failure
        from conceptdeck.workspace.graphviz import EMBEDDED, arrange, embedded_engine
    except ImportError as error:
        yield Finding(name, f"not checked: {error}", fine=False, hint=REINSTALL)
        return
    path = embedded_engine()
    try:
        arrange("digraph { a -> b }")
        version = metadata.version(EMBEDDED)
    except (Failure, OSError, metadata.PackageNotFoundError) as error:
        fact = error.diagnostics[0].message if isinstance(error, Failure) else str(error)
        yield Finding(name, f"{path} does not work: {fact}", fine=False, hint=REINSTALL)
        return
    yield Finding(name, f"{EMBEDDED} {version} at {path}")


def _office() -> Iterator[Finding]:
    found = next(filter(None, map(shutil.which, OFFICES)), None)
    hint = "only needed to draw decks without PowerPoint, as the tests do: https://www.libreoffice.org"
    yield Finding("LibreOffice (optional)", found or "not found", fine=bool(found), needed=False, hint=hint)


def _folder(out: Path) -> Finding:
    """Tell whether a deck can be written into the folder, or the folder be made."""
    nearest = next(path for path in (out.absolute(), *out.absolute().parents) if path.exists())
    fine = nearest.is_dir() and os.access(nearest, os.W_OK | os.X_OK)
    fact = f"{out} can be written" if fine else f"{nearest} is not a folder that can be written"
    return Finding("output folder", fact, fine, hint="name another folder with --out, or mend its permissions")
