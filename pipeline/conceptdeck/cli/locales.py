"""`conceptdeck locales`: the deck and the pictures of a map in every language."""

from __future__ import annotations

import os
import time
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from conceptdeck.building.jobs import DeckJob, DiagramsJob, LanguagesJob, PageJob
from conceptdeck.cli import options
from conceptdeck.cli.outcomes import BUILT, FAILED, KEPT_FILES, UP_TO_DATE, Outcomes
from conceptdeck.cli.report import KEPT, Countdown, failures_reported, plural
from conceptdeck.cli.work import write_page
from conceptdeck.values.collector import uncollected
from conceptdeck.values.languages import spelled
from conceptdeck.values.value import frozen

if TYPE_CHECKING:
    from conceptdeck.building.batch import BatchJob

__all__ = ["command"]


@click.command("locales")
@options.map_name
@options.locales()
@options.theme()
@options.out()
@options.story()
@options.size()
@options.formats("Formats of the decks; pages for browsers lead to each other.")
@options.program("The program that shall open the decks")
@options.embed_fonts()
@options.address()
@click.option("--only", type=click.Choice(["deck", "diagrams"]), help="Only the decks, or only the diagrams.")
@options.field(DeckJob, "strict", "--strict", help="Refuse a language with strings that are not translated.")
@click.option("--jobs", type=click.IntRange(1), help="How many languages at a time.  [default: one a processor]")
@options.running()
@options.telling()
@uncollected()  # as for one deck, also in the processes that build side by side
def command(
    map_name: str | None,
    locales: tuple[str, ...],
    only: str | None,
    jobs: int | None,
    force: bool,
    quiet: bool,
    verbose: bool,
    as_json: bool,
    **fields: Any,
) -> None:
    """Build the deck and the diagrams of MAP in every language that it is translated to.

    Languages are built side by side. One that fails is told at the end; the others are built all the same.
    Exit code: 0 all is built, 1 errors, 2 wrong use, 3 a file was kept that somebody has edited since it was built.

    \b
    Examples:
      conceptdeck locales
      conceptdeck locales world-models --locale de --locale ja
      conceptdeck locales world-models --only deck --story talk --strict
    """  # noqa: D301 - click reads the backspace as a mark
    from conceptdeck.workspace import places

    failed = kept = False
    written: list[str] = []
    outcomes = Outcomes(quiet, verbose, as_json)
    with failures_reported(written=written, outcomes=outcomes):
        for map_file in places.find_maps(map_name):
            tags = tuple(dict.fromkeys(map(spelled, locales or _languages(map_file, fields["out"]))))
            decks, pictures, page = _jobs(map_file, tags, fields)
            wanted = {"deck": decks, "diagrams": pictures}.get(only or "", [*decks, *pictures])
            came = _run(wanted, jobs or os.cpu_count() or 1, written, outcomes, force=force)
            failed, kept = failed or bool(came.failed), kept or bool(came.kept)
            if only != "deck":
                kept |= write_page(page, outcomes, force=force, again=bool(came.done)).kept
    outcomes.end(1 if failed else KEPT if kept else 0)


def _jobs(
    map_file: Path, tags: tuple[str, ...], given: dict[str, Any]
) -> tuple[list[BatchJob], list[BatchJob], PageJob]:
    """Return the jobs of a map's decks and pictures in languages, and of the page of pictures."""
    siblings = tags if "html" in given["formats"] else ()  # pages of decks lead to each other
    common = {name: given[name] for name in ("theme", "out", "strict", "embed_fonts")}
    decks: list[BatchJob] = [DeckJob(map_file, locale=tag, languages=siblings, **given) for tag in tags]
    said = options.settings_here()
    drawn = {name: found for name in ("formats", "width") if said and (found := said.value(DiagramsJob, name))}
    pictures: list[BatchJob] = [DiagramsJob(map_file, locale=tag, **common, **drawn) for tag in tags]
    return decks, pictures, PageJob(map_file, given["theme"], given["out"])


@frozen
class _Ran:
    """How many jobs were done, how many of them failed, and how many kept a file that somebody has changed."""

    done: int
    failed: int
    kept: int


def _languages(map_file: Path, out: Path) -> tuple[str, ...]:
    """Return the languages of a map; reading the map to know its own one is left out while nothing has changed."""
    from conceptdeck.building import records

    job = LanguagesJob(map_file, out)
    if record := records.up_to_date(job):
        return tuple(record.value)
    from conceptdeck.workspace import loading

    with records.session(job) as session:
        found = loading.languages_of(map_file)
    session.keep((), found)
    return found


def _run(jobs: Sequence[BatchJob], workers: int, written: list[str], outcomes: Outcomes, *, force: bool) -> _Ran:
    """Do what is not up to date, saying what came of it; names of files are added to `written` as they are there."""
    from conceptdeck.building import records

    started = time.perf_counter()
    waiting, told = [], set[str]()
    seen: dict[Path, str | None] = {}
    for job in jobs:
        record = None if force else records.up_to_date(job, seen)
        if record is None:
            outcomes.explain(job)
            waiting.append(job)
            continue
        outcomes.say(_new(record.said, told), f"{record.line}, up to date")
        outcomes.add(job, UP_TO_DATE, record)
    failed, kept = _done(waiting, workers, written, (outcomes, told), force=force) if waiting else ([], 0)
    if failed:
        count = plural(len(failed), "job")
        outcomes.say([f"conceptdeck: {count} failed: {', '.join(failed)}; the others are done"])
    else:
        done = f"{len(waiting) - kept} done" + (f", {kept} with files kept" if kept else "")
        outcomes.say([], f"{plural(len(jobs), 'job')}, {done}, {time.perf_counter() - started:.1f} s")
    return _Ran(len(waiting), len(failed), kept)


def _done(
    jobs: Sequence[BatchJob], workers: int, written: list[str], telling: tuple[Outcomes, set[str]], *, force: bool
) -> tuple[list[str], int]:
    """Do jobs side by side; return the names of those that failed, and how many kept a file."""
    from contextlib import closing

    from conceptdeck.building.batch import run_batch

    outcomes, told = telling
    failed: list[str] = []
    kept = 0
    countdown = Countdown(len(jobs), quiet=outcomes.silent)
    countdown.show()
    with closing(run_batch(jobs, workers, force=force, wrote=written.append)) as results:
        try:
            for result in results:
                countdown.step()
                outcomes.say(_new(result.said, told), result.line)
                state = FAILED if result.failed else KEPT_FILES if result.kept else BUILT
                outcomes.add(result.job, state, result.record, result.findings)
                kept += result.kept
                if result.failed:
                    failed.append(f"{result.job.kind} in {result.job.locale}")
                countdown.show()
        finally:
            countdown.clear()
    return failed, kept


def _new(said: Sequence[str], told: set[str]) -> Sequence[str]:
    """Return what was not said before: deck and diagrams of one language may find the same."""
    new = [text for text in said if text not in told]
    told.update(new)
    return new
