"""Batches: the decks and pictures of a map in many languages, side by side; one that fails leaves the others alone."""

from __future__ import annotations

from collections.abc import Callable, Generator, Iterable, Mapping, Sequence
from contextlib import closing
from functools import partial
from typing import Any, TypeAlias, assert_never

from conceptdeck.building import records
from conceptdeck.building.deck import build_deck
from conceptdeck.building.jobs import DeckJob, DiagramsJob
from conceptdeck.building.rules import PROGRAM_FAULT
from conceptdeck.values.collector import uncollected
from conceptdeck.values.diagnostics import Diagnostic, Failure, plain, told
from conceptdeck.values.rules import ERROR, Rule
from conceptdeck.values.value import frozen
from conceptdeck.workspace.workers import Ended, side_by_side

__all__ = ["BatchJob", "Outcome", "run_batch", "run_job"]

BatchJob: TypeAlias = DeckJob | DiagramsJob


def _ignore(path: str) -> None:
    """Take no note of what is written."""


@frozen
class Outcome:
    """What came of a job: what was built, and what is wrong; if it `failed`, `said` tells what was written anyway.

    `kept` tells that a file was not replaced, since somebody has changed it. The `record` is what was written down of a
    job that was done, `findings` are those that it ended with or that no record holds, as JSON has them.
    """

    job: BatchJob
    line: str = ""
    said: tuple[str, ...] = ()
    failed: bool = False
    kept: bool = False
    record: records.Record | None = None
    findings: tuple[Mapping[str, Any], ...] = ()


def run_batch(
    jobs: Sequence[BatchJob], workers: int, *, force: bool = False, wrote: Callable[[str], None] = _ignore
) -> Generator[Outcome, None, None]:
    """Yield the outcome of each job as it ends, `workers` of them at a time; `wrote` gets each file when it is there.

    Close the iterator to stop the jobs that are not done.
    """
    if workers < 2 or len(jobs) < 2:
        yield from (run_job(job, force, wrote) for job in jobs)
        return
    written: dict[BatchJob, list[str]] = {job: [] for job in jobs}

    def told(job: BatchJob, path: str) -> None:
        written[job].append(path)
        wrote(path)

    with closing(side_by_side(partial(_work, force), jobs, workers, told)) as results:
        for job, result in results:
            yield _killed(job, result, written[job]) if isinstance(result, Ended) else result


@uncollected()  # as in the process that started this one
def _work(force: bool, job: BatchJob, tell: Callable[[str], None]) -> Outcome:
    return run_job(job, force, tell)


JOB_KILLED = Rule("job-killed", "catalogs", ERROR, "a process that ended before its work did").because("""
    `locales` builds languages in processes of their own. One of them was killed, most often since the memory was
    full. The other languages are built; run the command again for this one.
""")


def _killed(job: BatchJob, end: Ended, written: Sequence[str]) -> Outcome:
    """Return the outcome of a job whose process has ended before it did."""
    name = f"{job.map_file.resolve().parent.name} in {job.locale or 'its own language'}, theme {job.theme}"
    notes = (f"written before that: {', '.join(dict.fromkeys(written))}",) if written else ()
    hints = ("if the memory was full: --jobs 1 needs least", "run it again: what is done is not done twice")
    said = JOB_KILLED.at(f"the process that made the {job.kind} of {name} {end}", notes=notes, hints=hints)
    return Outcome(job, said=(str(said),), failed=True, findings=(plain(said),))


def run_job(job: BatchJob, force: bool = False, wrote: Callable[[str], None] = _ignore) -> Outcome:
    """Build a deck or draw pictures; a failure is an outcome, not an exception."""
    try:
        with records.session(job, force=force, wrote=wrote) as session:
            line, found, minutes = _done(job)
            record = session.keep(found, line, minutes)
    except Failure as failure:
        findings = tuple(map(plain, failure.diagnostics))
        return Outcome(job, said=told(failure.diagnostics), failed=True, findings=findings)
    except Exception as error:  # a fault of ours in one language must not take the others with it
        what = f"a fault of the program: {type(error).__name__}: {error}"
        return Outcome(job, said=(f"conceptdeck: {what}",), failed=True, findings=(plain(PROGRAM_FAULT.at(what)),))
    said, findings = (*record.said, *map(str, session.warnings)), tuple(map(plain, session.warnings))
    return Outcome(job, line, said, kept=bool(session.kept), record=record, findings=findings)


def _done(job: BatchJob) -> tuple[str, Iterable[Diagnostic], float]:
    """Do a job; return what was built as one line, what was found, and how many minutes a talk with it takes."""
    match job:
        case DeckJob():
            deck = build_deck(job)
            return deck.told(deck.summary), deck.findings, deck.minutes
        case DiagramsJob():
            from conceptdeck.building.diagrams import build_diagrams  # of no use to decks

            drawn = build_diagrams(job)
            return drawn.told(), drawn.findings, 0.0
        case _:
            assert_never(job)
