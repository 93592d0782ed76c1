"""`conceptdeck build`: from a map to a deck."""

from __future__ import annotations

import gc
import sys
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import click

from conceptdeck.cli.completion import complete_map, complete_theme
from conceptdeck.cli.report import KEPT, Progress, failures_reported
from conceptdeck.cli.work import Done, deck_job, do

if TYPE_CHECKING:
    from conceptdeck.building.records import Job

__all__ = ["command"]

STAGES = 4


@click.command("build")
@click.argument("map_name", metavar="[MAP]", required=False, shell_complete=complete_map)
@click.option("--theme", default="atlas", show_default=True, shell_complete=complete_theme, help="Name of a theme.")
@click.option(
    "--out", type=click.Path(path_type=Path), default=Path("output"), show_default=True, help="Output folder."
)
@click.option("--story", default="full", show_default=True, help="Name of a story: full, talk, lightning or your own.")
@click.option(
    "--density",
    type=click.Choice(["talk", "read"]),
    help="Show less on the slides and more in the notes, or everything; the story says which otherwise.",
)
@click.option("--builds/--no-builds", default=True, show_default=True, help="Let things appear click by click.")
@click.option("--morph", is_flag=True, help="Let the rings morph from slide to slide, where PowerPoint can.")
@click.option("--zooms", is_flag=True, help="Let the agenda zoom into the layers, where PowerPoint can.")
@click.option("--locale", metavar="TAG", help="Language; the map's own if left out. `conceptdeck locales` builds all.")
@click.option("--strict", is_flag=True, help="Refuse strings that are not translated.")
@click.option(
    "--format",
    "formats",
    type=click.Choice(["pptx", "html", "pdf"]),
    multiple=True,
    help="A PowerPoint deck, a page for browsers, or a PDF; may be said several times.  [default: pptx]",
)
@click.option(
    "--for",
    "program",
    type=click.Choice(["powerpoint", "google-slides"]),
    default="powerpoint",
    show_default=True,
    help="The program that shall open the deck: Google Slides shows exact line spacing too high.",
)
@click.option("--handout", is_flag=True, help="Set the notes below each slide of the PDF.")
@click.option("--force", is_flag=True, help="Build what is up to date too, and replace files that somebody changed.")
@click.option("--quiet", "-q", is_flag=True, help="Print nothing but what is wrong.")
def command(
    map_name: str | None,
    theme: str,
    out: Path,
    story: str,
    density: str | None,
    builds: bool,
    morph: bool,
    zooms: bool,
    locale: str | None,
    strict: bool,
    formats: tuple[str, ...],
    program: str,
    handout: bool,
    force: bool,
    quiet: bool,
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
      conceptdeck build world-models --format html --format pdf --handout
      conceptdeck build ~/maps/my-map --out ~/decks
    """  # noqa: D301 - click reads the backspace as a mark
    gc.disable()  # a deck makes hardly any reference cycles; looking for them takes a third of a large build
    from conceptdeck.workspace import places

    progress = Progress(STAGES, quiet=quiet)
    kept = False
    with failures_reported(progress):
        for map_file in places.find_maps(map_name):
            job = deck_job(
                map_file,
                out,
                theme=theme,
                story=story,
                density=density,
                builds=builds,
                morph=morph,
                zooms=zooms,
                locale=locale,
                strict=strict,
                formats=tuple(dict.fromkeys(formats)) or (("pdf",) if handout else ("pptx",)),
                handout=handout,
                program=program,
            )
            kept |= do(job, partial(_built, job, progress), force=force, quiet=quiet).kept
    if kept:
        sys.exit(KEPT)


def _built(job: Job, progress: Progress) -> Done:
    """Build a deck; return what was built, and warnings."""
    from conceptdeck.building import batch
    from conceptdeck.building.deck import build_deck

    options = batch.deck_options(job)
    result = build_deck(options, progress.tell)
    progress.clear()
    return result.told(f"{result.slides} slides, theme {options.theme}"), result.warnings
