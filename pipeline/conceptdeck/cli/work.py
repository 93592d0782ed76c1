"""What commands do about jobs: leave out what is up to date, do the rest, and write down what was done."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable

import click

from conceptdeck.building import records
from conceptdeck.building.jobs import Job, PageJob
from conceptdeck.values.diagnostics import Diagnostic, told
from conceptdeck.values.value import frozen

__all__ = ["Came", "Done", "do", "write_page"]


@frozen
class Done:
    """What was done, as one line, the warnings, and how many minutes a talk with it takes."""

    line: str
    found: Iterable[Diagnostic]
    minutes: float = 0.0


@frozen
class Came:
    """What came of a job: whether it had to be done, and whether a file was kept that somebody has changed."""

    done: bool
    kept: bool = False


def do(job: Job, work: Callable[[], Done], *, force: bool, quiet: bool, again: bool = False) -> Came:
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
            done = work()
            warnings = told(done.found)
            session.keep(warnings, done.line, done.minutes)
        said = (*warnings, *map(str, session.warnings))
        kept = bool(session.kept)
        line = f"{done.line}, {time.perf_counter() - started:.1f} s" if done.line else ""
    for text in said:
        click.echo(text, err=True)
    if line and not quiet:
        click.echo(line)
    return Came(record is None, kept)


def write_page(job: PageJob, *, force: bool, quiet: bool, again: bool) -> Came:
    """Write the page that shows the pictures of all languages, unless it is up to date or must be written `again`."""

    def work() -> Done:
        from conceptdeck.building import diagrams

        page, problems, written = diagrams.write_page(job)
        return Done(str(page) if written else "", problems)

    return do(job, work, force=force, quiet=quiet, again=again)
