"""Folders that are replaced as a whole: a site is made aside and put in its place in one step, or not at all.

A list in the folder says which files were put there. What else lies there, such as a `.git`, comes along; what was put
there and changed by somebody is not replaced unless that is asked for.
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path

from conceptdeck.values.diagnostics import Failure, Span
from conceptdeck.values.rules import ERROR, Rule
from conceptdeck.workspace.disk import file_digest, read_bytes, shown
from conceptdeck.workspace.exchange import exchanged
from conceptdeck.workspace.leftovers import named, swept, umask
from conceptdeck.workspace.places import PACKAGE, PAGES
from conceptdeck.workspace.stops import held

__all__ = ["LIST", "page_script", "replaced_whole", "version_of"]

LIST = ".conceptdeck-site.json"
SCRATCH = ".cache"  # what is kept for later builds, and is no part of a site
ASIDE = ".conceptdeck-site-"
USUAL = ("CNAME",)  # what a host of sites wants to lie in a folder before anything is published there
MOST_NAMED = 5
VERSION = 16  # hexadecimal digits

SITE_CHANGED = Rule("site-changed", "theme and files", ERROR, "a site with files that somebody has changed").because("""
    A site is replaced as a whole. Files in its folder that were published and changed since, or that lie where a file
    of the site shall be, would be lost. Nothing was written: publish into another folder, or use `--force`.
""")
SITE_FAILED = Rule("site-failed", "theme and files", ERROR, "a site that cannot be put in its place").because("""
    The operating system gives the reason that is shown. What was published before is untouched.
""")


@contextmanager
def replaced_whole(folder: Path, force: bool) -> Iterator[Path]:
    """Give an empty folder to make a site in; at the end it takes the place of `folder`, if all went well.

    Raises Failure if that cannot be done, or if what somebody has changed would be lost without `force`.
    """
    place = Path(os.path.realpath(folder))
    if place.exists() and not place.is_dir():
        raise _failed(folder, "there is a file of this name")
    _unchanged(place, force)
    with _failures(folder):
        place.parent.mkdir(parents=True, exist_ok=True)
        swept(place.parent, ASIDE)
        made = Path(tempfile.mkdtemp(prefix=named(ASIDE), dir=place.parent))
    try:
        yield made
        with _failures(folder):
            shutil.rmtree(made / SCRATCH, ignore_errors=True)
            files = {path.relative_to(made).as_posix(): path for path in sorted(made.rglob("*")) if path.is_file()}
            known = json.dumps({name: file_digest(path) for name, path in files.items()}, indent=1, sort_keys=True)
            (made / LIST).write_text(f"{known}\n", encoding="utf-8")
            _bring_along(place, made, set(files), force)
            made.chmod(place.stat().st_mode & 0o777 if place.exists() else 0o777 & ~umask())
            with held():
                _put(made, place)
    finally:
        shutil.rmtree(made, ignore_errors=True)


def page_script(name: str) -> str:
    """Return a script of the pages of a site, as it is shipped."""
    return read_bytes(PACKAGE / PAGES / f"{name}.js").decode()


def version_of(folder: Path) -> str:
    """Return what tells the files of a site in a folder from those of any other."""
    files = sorted(path for path in folder.rglob("*") if path.is_file() and SCRATCH not in path.parts)
    told = "".join(f"{path.relative_to(folder).as_posix()} {file_digest(path)}\n" for path in files)
    return hashlib.sha256(told.encode()).hexdigest()[:VERSION]


def _unchanged(place: Path, force: bool) -> None:
    """Raise Failure if somebody has changed what was published, or if a folder is for something else."""
    if Path.cwd().resolve().is_relative_to(place):
        raise _failed(place, "it holds the folder that you are in")
    if place.is_dir() and not (place / LIST).exists() and not force:
        own = [path.name for path in place.iterdir() if not path.name.startswith(".") and path.name not in USUAL]
        if own:
            raise _changed(place, own)
    changed = [name for name, digest in _listed(place).items() if file_digest(place / name) not in (digest, None)]
    if changed and not force:
        raise _changed(place, changed)


def _bring_along(place: Path, made: Path, files: set[str], force: bool) -> None:
    """Link what else lies in the old site into the new one."""
    ours = {*_listed(place), LIST}
    lost = []
    for root, folders, names in os.walk(place):
        below = Path(root).relative_to(place)
        linked = [each for each in folders if (Path(root) / each).is_symlink()]
        for name in (*names, *linked):
            each = (below / name).as_posix()
            if each in ours:
                continue
            if each in files or (made / each).exists():
                lost.append(each)
                continue
            try:
                (made / each).parent.mkdir(parents=True, exist_ok=True)
            except (FileExistsError, NotADirectoryError):
                lost.append(each)
                continue
            _link(place / each, made / each)
    if lost and not force:
        raise _changed(place, lost)


def _link(old: Path, new: Path) -> None:
    """Give a file a second name, or copy it where that cannot be."""
    try:
        os.link(old, new, follow_symlinks=False)
    except OSError:
        shutil.copy2(old, new, follow_symlinks=False)


def _put(made: Path, place: Path) -> None:
    """Put a site in its place; the old one is then where the new one was made."""
    if not place.exists():
        made.rename(place)
    elif not exchanged(made, place):
        old = made.with_name(f"{made.name}-old")
        place.rename(old)
        try:
            made.rename(place)
        except OSError:
            old.rename(place)
            raise
        old.rename(made)


def _listed(place: Path) -> Mapping[str, str]:
    """Return the files that were published, with their digests; none if there is no list of them."""
    with suppress(OSError, ValueError, AttributeError):
        found = json.loads((place / LIST).read_text(encoding="utf-8"))
        return {name: digest for name, digest in found.items() if isinstance(digest, str)}
    return {}


@contextmanager
def _failures(folder: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise _failed(folder, error.strerror or str(error)) from error


def _failed(folder: Path, why: str) -> Failure:
    message = f"it cannot be put in its place: {why}; what was published before is untouched"
    return Failure([SITE_FAILED.at(message, Span(shown(folder)))])


def _changed(place: Path, names: list[str]) -> Failure:
    more = f" and {len(names) - MOST_NAMED} more" if len(names) > MOST_NAMED else ""
    message = f"somebody has put or changed files there: {', '.join(sorted(names)[:MOST_NAMED])}{more}"
    hints = ("publish into another folder: --to FOLDER", "--force replaces them")
    return Failure([SITE_CHANGED.at(message, Span(shown(place)), hints=hints)])
