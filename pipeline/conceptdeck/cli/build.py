"""`conceptdeck build`: from a map to a deck."""

from __future__ import annotations

from functools import partial
from typing import Any

import click

from conceptdeck.building.jobs import DeckJob
from conceptdeck.cli import options
from conceptdeck.cli.outcomes import Outcomes
from conceptdeck.cli.report import KEPT, Progress, failures_reported
from conceptdeck.cli.work import Done, do
from conceptdeck.values.collector import uncollected

__all__ = ["command"]

STAGES = 4


@click.command("build")
@options.map_name
@options.theme()
@options.out()
@options.story()
@options.density("Show less on the slides and more in the notes, or everything; the story says which otherwise.")
@options.field(DeckJob, "builds", "--builds/--no-builds", help="Let things appear click by click.")
@options.field(DeckJob, "morph", "--morph", help="Let dividers morph into each other, where PowerPoint can.")
@options.field(DeckJob, "zooms", "--zooms", help="Let the agenda zoom into the layers, where PowerPoint can.")
@options.size()
@options.language()
@options.second_language()
@options.address()
@options.formats("A PowerPoint deck, a page for browsers, or a PDF; may be said several times.")
@options.program("The program that shall open the deck")
@options.embed_fonts()
@options.field(DeckJob, "handout", "--handout", help="Set two slides a page of the PDF, each beside its notes.")
@click.option("--verify", is_flag=True, help="Build in any case, parse what was written, and judge all of it.")
@options.running()
@options.telling()
@uncollected()  # a deck makes hardly any reference cycles; looking for them takes a third of a large build
def command(
    map_name: str | None, verify: bool, force: bool, quiet: bool, verbose: bool, as_json: bool, **fields: Any
) -> None:
    """Build the deck of MAP: a name in ./data, a shipped map, or a path to a map's folder or file.

    Without MAP every map is built. Exit code: 0 all is built, 1 errors, 2 wrong use, 3 a file was kept that somebody
    has edited since it was built.

    \b
    Examples:
      conceptdeck build
      conceptdeck build world-models --theme orbit
      conceptdeck build world-models --story talk --no-builds
      conceptdeck build world-models --locale de
      conceptdeck build world-models --with-locale ar
      conceptdeck build world-models --format html --format pdf --handout
      conceptdeck build world-models --size 4:3
      conceptdeck build world-models --embed-fonts
      conceptdeck build ~/maps/my-map --out ~/decks
      conceptdeck build world-models --json
    """  # noqa: D301 - click reads the backspace as a mark
    from conceptdeck.workspace import places

    outcomes = Outcomes(quiet, verbose, as_json)
    progress = Progress(STAGES, quiet=outcomes.silent, verbose=verbose)
    kept = False
    with failures_reported(progress, outcomes=outcomes):
        for map_file in places.find_maps(map_name):
            job = DeckJob(map_file, **fields)
            kept |= do(job, partial(_built, job, progress, verify), outcomes, force=force, again=verify).kept
    outcomes.end(KEPT if kept else 0)


def _built(job: DeckJob, progress: Progress, verify: bool) -> Done:
    """Build a deck; return what was built, and what was found."""
    from conceptdeck.building.deck import build_deck

    result = build_deck(job, progress.tell, verify=verify)
    progress.clear()
    return Done(result.told(f"{result.summary}, theme {job.theme}"), result.findings, result.minutes)
