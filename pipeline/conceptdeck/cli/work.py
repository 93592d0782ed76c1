"""What commands do about jobs: leave out what is up to date, do the rest, and write down what was done."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import click

from conceptdeck.building import records
from conceptdeck.values.diagnostics import Diagnostic
from conceptdeck.values.languages import spelled

__all__ = ["Came", "Done", "deck_job", "do", "page_job", "pictures_job", "write_page"]

DECK: dict[str, Any] = {
    "theme": "atlas",
    "story": "full",
    "density": None,
    "builds": True,
    "morph": False,
    "zooms": False,
    "locale": None,
    "strict": False,
    "formats": ("pptx",),
    "handout": False,
    "program": "powerpoint",
}
PICTURES: dict[str, Any] = {
    "theme": "atlas",
    "only": (),
    "every_concept": False,
    "formats": ("svg", "png", "pdf", "gv"),
    "width": None,
    "engine": None,
    "embed_fonts": False,
    "locale": None,
    "strict": False,
}

Done = tuple[str, Iterable[Diagnostic]]
"""What was done, as one line, and warnings."""


@dataclass(frozen=True, slots=True)
class Came:
    """What came of a job: whether it had to be done, and whether a file was kept that somebody has changed."""

    done: bool
    kept: bool = False


def deck_job(map_file: Path, out: Path, **options: Any) -> records.Job:
    """Return the job of building a deck; options that are not given are as in `conceptdeck build`."""
    settings = {**DECK, **options}
    settings["locale"] = settings["locale"] and spelled(settings["locale"])
    return records.Job("deck", map_file, tuple(sorted(settings.items())), out)


def pictures_job(map_file: Path, out: Path, **options: Any) -> records.Job:
    """Return the job of drawing pictures in one language; options that are not given are as in `diagrams`."""
    settings = {**PICTURES, **options}
    settings["locale"] = settings["locale"] and spelled(settings["locale"])
    return records.Job("pictures", map_file, tuple(sorted(settings.items())), out)


def page_job(map_file: Path, out: Path, theme: str) -> records.Job:
    """Return the job of writing the page that shows the pictures of all languages."""
    return records.Job("page", map_file, (("theme", theme),), out)


def do(job: records.Job, work: Callable[[], Done], *, force: bool, quiet: bool, again: bool = False) -> Came:
    """Do a job unless it is up to date, and say what came of it.

    Warnings are said again if nothing had to be done. With `again` it is done in any case, with `force` it also
    replaces files that somebody has changed.
    """
    started = time.perf_counter()
    record = None if force or again else records.up_to_date(job)
    kept = False
    if record:
        said, line = record.said, f"{record.line}, up to date"
    else:
        with records.session(job, force=force) as session:
            value, found = work()
            warnings = [str(each) for each in found]
            session.keep(warnings, value)
        said = (*warnings, *map(str, session.warnings))
        kept = bool(session.kept)
        line = f"{value}, {time.perf_counter() - started:.1f} s" if value else ""
    for text in said:
        click.echo(text, err=True)
    if line and not quiet:
        click.echo(line)
    return Came(record is None, kept)


def write_page(map_file: Path, out: Path, theme: str, *, force: bool, quiet: bool, again: bool) -> Came:
    """Write the page that shows the pictures of all languages, unless it is up to date or must be written `again`."""

    def work() -> Done:
        from conceptdeck.building import diagrams

        page, problems, written = diagrams.write_page(diagrams.DiagramsJob(map_file, theme, out))
        return str(page) if written else "", problems

    return do(page_job(map_file, out, theme), work, force=force, quiet=quiet, again=again)
