"""What commands do about jobs: leave out what is up to date, do the rest, and write down what was done."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable

from conceptdeck.building import records
from conceptdeck.building.jobs import Job, PageJob
from conceptdeck.cli.outcomes import BUILT, KEPT_FILES, UP_TO_DATE, Outcomes
from conceptdeck.values.diagnostics import Diagnostic, plain
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


def do(job: Job, work: Callable[[], Done], outcomes: Outcomes, *, force: bool, again: bool = False) -> Came:
    """Do a job unless it is up to date, and say what came of it.

    Warnings are said again if nothing had to be done. With `again` it is done in any case, with `force` it also
    replaces files that somebody has changed.
    """
    started = time.perf_counter()
    record = None if force or again else records.up_to_date(job)
    if record:
        outcomes.say(record.said, f"{record.line}, up to date")
        outcomes.add(job, UP_TO_DATE, record)
        return Came(False)
    outcomes.explain(job)
    with records.session(job, force=force) as session:
        done = work()
        made = session.keep(done.found, done.line, done.minutes)
    line = f"{done.line}, {time.perf_counter() - started:.1f} s" if done.line else ""
    outcomes.say((*made.said, *map(str, session.warnings)), line)
    outcomes.add(job, KEPT_FILES if session.kept else BUILT, made, map(plain, session.warnings))
    return Came(True, bool(session.kept))


def write_page(job: PageJob, outcomes: Outcomes, *, force: bool, again: bool) -> Came:
    """Write the page that shows the pictures of all languages, unless it is up to date or must be written `again`."""

    def work() -> Done:
        from conceptdeck.building import diagrams

        page, problems, written = diagrams.write_page(job)
        return Done(str(page) if written else "", problems)

    return do(job, work, outcomes, force=force, again=again)
