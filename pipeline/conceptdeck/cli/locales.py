"""`conceptdeck locales`: the deck and the pictures of a map in every language."""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from conceptdeck.building.jobs import DeckJob, DiagramsJob, LanguagesJob, PageJob
from conceptdeck.cli import options
from conceptdeck.cli.report import KEPT, failures_reported, plural
from conceptdeck.cli.work import write_page
from conceptdeck.values.languages import spelled
from conceptdeck.values.value import frozen

if TYPE_CHECKING:
    from conceptdeck.building.batch import BatchJob

__all__ = ["command"]


@click.command("locales")
@options.map_name
@click.option(
    "--locale",
    "locales",
    cls=options.kept(DeckJob, "locales"),
    multiple=True,
    metavar="TAG",
    help="Only these languages; all if left out.",
)
@options.theme()
@options.out()
@options.story()
@options.size()
@options.formats("Formats of the decks; pages for browsers lead to each other.")
@options.program("The program that shall open the decks")
@options.embed_fonts()
@click.option("--only", type=click.Choice(["deck", "diagrams"]), help="Only the decks, or only the diagrams.")
@options.field(DeckJob, "strict", "--strict", help="Refuse a language with strings that are not translated.")
@click.option("--jobs", type=click.IntRange(1), help="How many languages at a time.  [default: one a processor]")
@options.running()
def command(
    map_name: str | None,
    locales: tuple[str, ...],
    only: str | None,
    jobs: int | None,
    force: bool,
    quiet: bool,
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
    with failures_reported(written=written):
        for map_file in places.find_maps(map_name):
            tags = tuple(dict.fromkeys(map(spelled, locales or _languages(map_file, fields["out"]))))
            decks, pictures, page = _jobs(map_file, tags, fields)
            wanted = {"deck": decks, "diagrams": pictures}.get(only or "", [*decks, *pictures])
            came = _run(wanted, jobs or os.cpu_count() or 1, written, force=force, quiet=quiet)
            failed, kept = failed or bool(came.failed), kept or bool(came.kept)
            if only != "deck":
                kept |= write_page(page, force=force, quiet=quiet, again=bool(came.done)).kept
    if failed or kept:
        sys.exit(1 if failed else KEPT)


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


def _run(jobs: Sequence[BatchJob], workers: int, written: list[str], *, force: bool, quiet: bool) -> _Ran:
    """Do what is not up to date, saying what came of it; names of files are added to `written` as they are there."""
    from contextlib import closing

    from conceptdeck.building import records

    started = time.perf_counter()
    waiting, failed, kept = [], [], 0
    told: set[str] = set()
    seen: dict[Path, str | None] = {}
    for job in jobs:
        record = None if force else records.up_to_date(job, seen)
        if record is None:
            waiting.append(job)
            continue
        _say(_new(record.said, told), f"{record.line}, up to date", quiet=quiet)
    if waiting:
        from conceptdeck.building.batch import run_batch

        with closing(run_batch(waiting, workers, force=force, wrote=written.append)) as outcomes:
            for outcome in outcomes:
                _say(_new(outcome.said, told), outcome.line, quiet=quiet or not outcome.line)
                kept += outcome.kept
                if outcome.failed:
                    failed.append(f"{outcome.job.kind} in {outcome.job.locale}")
    if failed:
        count = plural(len(failed), "job")
        click.echo(f"conceptdeck: {count} failed: {', '.join(failed)}; the others are done", err=True)
    elif not quiet:
        done = f"{len(waiting) - kept} done" + (f", {kept} with files kept" if kept else "")
        click.echo(f"{plural(len(jobs), 'job')}, {done}, {time.perf_counter() - started:.1f} s")
    return _Ran(len(waiting), len(failed), kept)


def _new(said: Sequence[str], told: set[str]) -> Sequence[str]:
    """Return what was not said before: deck and diagrams of one language may find the same."""
    new = [text for text in said if text not in told]
    told.update(new)
    return new


def _say(said: Sequence[str], line: str, *, quiet: bool) -> None:
    for text in said:
        click.echo(text, err=True)
    if not quiet:
        click.echo(line)
