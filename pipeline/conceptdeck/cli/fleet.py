"""`conceptdeck fleet`: thousands of maps in all their languages, on this machine or on many."""

from __future__ import annotations

import os
import sys
import time
from collections import deque
from collections.abc import Callable, Iterator
from concurrent.futures import Executor
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from conceptdeck.building.jobs import DECK_FORMATS, PICTURE_FORMATS, DeckJob, DiagramsJob
from conceptdeck.cli import options
from conceptdeck.cli.completion import complete_deck_format, complete_picture_format, complete_tags, complete_theme
from conceptdeck.cli.report import KEPT, failures_reported, plural
from conceptdeck.workspace.places import is_theme_path

if TYPE_CHECKING:
    from conceptdeck.building.fleet.summary import Summary
    from conceptdeck.building.fleet.tasks import Order, Task

__all__ = ["command"]

OWN = "own"
A_WORKER = 3  # tasks that are under way for each worker, so that none waits for the next one
STEPS, SECONDS = 0.2, 10.0  # between lines of progress on a terminal, and elsewhere
LOOKED_BACK = 60  # lines of progress that the rate is taken from


def _words(known: tuple[str, ...], ctx: click.Context, param: click.Parameter, value: Any) -> tuple[str, ...]:
    """Return words that were given one by one or with commas between them, each once."""
    given = (value,) if isinstance(value, str) else value or ()
    found = tuple(dict.fromkeys(part.strip() for each in given for part in each.split(",") if part.strip()))
    if unknown := [name for name in found if known and name not in known]:
        raise click.BadParameter(f"{', '.join(unknown)}: choose from {', '.join(known)}")
    return found


@click.command("fleet")
@click.argument("maps", nargs=-1, required=True, type=click.Path(), metavar="MAPS...")
@click.option(
    "--locales",
    cls=options.kept(DeckJob, "locales"),
    multiple=True,
    callback=partial(_words, ()),
    metavar="TAGS",
    shell_complete=complete_tags,
    help="Languages with commas between them, `own` or `all`.  [default: all]",
)
@click.option(
    "--formats",
    cls=options.kept(DeckJob, "formats"),
    multiple=True,
    callback=partial(_words, (*DECK_FORMATS, "none")),
    metavar="FORMATS",
    shell_complete=complete_deck_format,
    help=f"Of decks: {', '.join(DECK_FORMATS)}, or none for no decks.  [default: pptx]",
)
@click.option(
    "--diagrams",
    multiple=True,
    callback=partial(_words, PICTURE_FORMATS),
    metavar="FORMATS",
    shell_complete=complete_picture_format,
    help=f"Draw diagrams, too: {', '.join(PICTURE_FORMATS)}.",
)
@click.option(
    "--theme",
    "themes",
    cls=options.kept(DeckJob, "theme"),
    multiple=True,
    callback=partial(_words, ()),
    metavar="THEMES",
    shell_complete=complete_theme,
    help="Names of themes, or paths of their files.  [default: atlas]",
)
@options.field(
    DeckJob, "out", "--out", type=click.Path(), help="Output folder, or the address of a store such as s3://…."
)
@options.story()
@options.size()
@options.program("The program that shall open the decks")
@options.embed_fonts()
@options.field(DeckJob, "strict", "--strict", help="Refuse a language with strings that are not translated.")
@click.option("--workers", type=click.IntRange(1), help="How many processes of this machine work.  [default: 1]")
@click.option("--scheduler", metavar="ADDRESS", help="Let the workers of this Dask scheduler do it: tcp://….")
@click.option("--executor", metavar="MODULE:NAME", help="Let another executor of concurrent.futures do it.")
@options.running()
def command(maps: tuple[str, ...], **fields: Any) -> None:
    """Build the decks of many maps: of folder trees, of lists of maps, or of the standard input (`-`).

    Each map has a folder in the output, and what is up to date is left alone. Maps and results may be in any store
    that fsspec opens. A map that fails never stops the others: fleet.jsonl has a line for each job, fleet.html tells
    what failed, why and where. Exit code: 0 all is built, 1 something failed, 2 wrong use, 3 a file was kept that
    somebody has edited since it was built.

    \b
    Examples:
      conceptdeck fleet ~/talks --locales all --formats pptx,html --workers 4
      conceptdeck fleet talks.txt --locales de,ja --diagrams svg --out ~/decks
      conceptdeck fleet s3://talks/maps --out s3://talks/decks --scheduler tcp://10.0.0.5:8786
    """  # noqa: D301 - click reads the backspace as a mark
    from conceptdeck.building.fleet.tasks import FAILED
    from conceptdeck.building.fleet.tasks import KEPT as WAS_KEPT

    if sum(fields[name] is not None for name in ("workers", "scheduler", "executor")) > 1:
        raise click.UsageError("--workers, --scheduler and --executor: take one of them")
    written: list[str] = []
    with failures_reported(written=written):
        summary = _run(maps, _order(fields), _hire(fields), written, quiet=fields["quiet"])
    if summary.states[FAILED] or summary.states[WAS_KEPT]:
        sys.exit(1 if summary.states[FAILED] else KEPT)


def _order(fields: dict[str, Any]) -> Order:
    """Return what is wanted of every map."""
    from conceptdeck.building.fleet.tasks import Order, program
    from conceptdeck.workspace.stores import is_local

    common = {name: fields[name] for name in ("embed_fonts", "strict")}
    more = {name: fields[name] for name in ("story", "size", "program")}
    map_file, formats = Path("map.yaml"), fields["formats"]
    deck = None if formats == ("none",) else DeckJob(map_file, formats=formats, **common, **more)
    diagrams = DiagramsJob(map_file, formats=fields["diagrams"], **common) if fields["diagrams"] else None
    if not deck and not diagrams:
        raise click.UsageError("--formats none: nothing is left to be built without --diagrams")
    themes = tuple(str(Path(each).absolute()) if is_theme_path(each) else each for each in fields["themes"])
    locales = () if fields["locales"] == (OWN,) else fields["locales"] or ("all",)
    out = str(fields["out"])
    out = str(Path(out).absolute()) if is_local(out) else out
    here, run = str(Path.cwd()), os.urandom(8).hex()
    usual = (DeckJob(map_file).theme,)
    return Order(out, deck, diagrams, themes or usual, locales, fields["force"], here, program(), run)


def _hire(fields: dict[str, Any]) -> tuple[Callable[[], Executor], int]:
    """Return what gives workers, and how many tasks are under way for them at a time."""
    from conceptdeck.workspace import executors

    if address := fields["scheduler"]:
        return partial(executors.on_dask, address), executors.MOST_UNDER_WAY
    if name := fields["executor"]:
        return partial(executors.named, name), executors.MOST_UNDER_WAY
    if (count := fields["workers"] or 1) > 1:
        return partial(executors.Processes, count), A_WORKER * count
    return executors.Alone, 1


def _run(
    maps: tuple[str, ...],
    order: Order,
    hired: tuple[Callable[[], Executor], int],
    written: list[str],
    *,
    quiet: bool,
) -> Summary:
    """Do the work, and say what comes of it; `written` tells how much is there if the run ends before its time."""
    from contextlib import closing

    from conceptdeck.building.fleet.running import run_fleet
    from conceptdeck.building.fleet.sources import count_of
    from conceptdeck.building.fleet.summary import PAGE, Summary, summed_up
    from conceptdeck.building.fleet.tasks import BUILT, FAILED
    from conceptdeck.workspace.stores import opened

    summary, store = Summary(), opened(order.out)
    pace = _Pace(None if quiet else count_of(maps), quiet=quiet)
    rows = run_fleet(_tasks(maps, order), *hired, heard=pace.say)
    with summed_up(store) as add, closing(rows):
        for row in rows:
            summary = add(row)
            written[:] = [f"{plural(summary.states[BUILT], 'result')} in {order.out}"]
            for text in row.said if row.state == FAILED else ():
                pace.say(text)
            pace.tell(summary)
    pace.clear()
    if not quiet:
        ends = ", ".join(f"{count} {state}" for state, count in sorted(summary.states.items()))
        where = f"{order.out.rstrip('/')}/{PAGE}"
        cost = f", {summary.cost:.1f} s of a processor" if summary.cost else ""
        click.echo(f"{plural(summary.maps, 'map')}, {plural(summary.jobs, 'job')}: {ends}{cost}; {where}")
    return summary


def _tasks(maps: tuple[str, ...], order: Order) -> Iterator[Task]:
    """Yield the tasks, as maps are found."""
    from conceptdeck.building.fleet.sources import found_maps
    from conceptdeck.building.fleet.tasks import Task

    for found in found_maps(maps, sys.stdin):
        yield Task(order, found.source, found.root, found.place)


class _Pace:
    """Progress on the standard error: how many maps are done, how many a minute, and how long it will take."""

    def __init__(self, total: int | None, *, quiet: bool) -> None:
        """Expect so many maps, if that is known; say nothing if `quiet`."""
        self._total, self._quiet = total, quiet
        self._live = sys.stderr.isatty()
        self._told: deque[tuple[float, int]] = deque([(time.monotonic(), 0)], maxlen=LOOKED_BACK)

    def tell(self, summary: Summary) -> None:
        """Say how far it is, now and then."""
        now = time.monotonic()
        if self._quiet or now - self._told[-1][0] < (STEPS if self._live else SECONDS):
            return
        then, before = self._told[0]
        self._told.append((now, summary.maps))
        rate = (summary.maps - before) / (now - then)
        of = f" of {self._total}" if self._total else ""
        left = f", {_clock((self._total - summary.maps) / rate)} left" if self._total and rate else ""
        line = f"{summary.maps}{of} maps, {rate * 60:.0f} a minute{left}"
        click.echo(f"\r\033[K{line}" if self._live else line, nl=not self._live, err=True)

    def say(self, text: str) -> None:
        """Say something that is wrong."""
        self.clear()
        click.echo(text, err=True)

    def clear(self) -> None:
        """Take the changing line off the terminal."""
        if self._live and not self._quiet:
            click.echo("\r\033[K", nl=False, err=True)


def _clock(seconds: float) -> str:
    """Return a time as minutes and seconds, or as hours and minutes."""
    whole = max(0, round(seconds))
    return f"{whole // 3600} h {whole % 3600 // 60:02} min" if whole >= 3600 else f"{whole // 60}:{whole % 60:02}"
