"""`conceptdeck diagrams`: from a map to pictures for articles."""

from __future__ import annotations

import sys
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import click

from conceptdeck.cli.completion import complete_map, complete_theme
from conceptdeck.cli.report import KEPT, Progress, failures_reported
from conceptdeck.cli.work import Done, do, pictures_job, write_page

if TYPE_CHECKING:
    from conceptdeck.building.records import Job

__all__ = ["command"]

STAGES = 5
FORMATS = ("svg", "png", "pdf", "gv")
NARROWEST, WIDEST = 320, 4000  # px


def _listed(ctx: click.Context, param: click.Parameter, value: tuple[str, ...]) -> tuple[str, ...]:
    """Return values that were given one by one or with commas between them, each once."""
    return tuple(dict.fromkeys(part.strip() for each in value for part in each.split(",") if part.strip()))


def _formats(ctx: click.Context, param: click.Parameter, value: tuple[str, ...]) -> tuple[str, ...]:
    """Return the formats asked for, all if none is."""
    asked = _listed(ctx, param, value)
    if unknown := [name for name in asked if name not in FORMATS]:
        raise click.BadParameter(f"{', '.join(unknown)}: choose from {', '.join(FORMATS)}")
    return asked or FORMATS


@click.command("diagrams")
@click.argument("map_name", metavar="[MAP]", required=False, shell_complete=complete_map)
@click.option("--theme", default="atlas", show_default=True, shell_complete=complete_theme, help="Name of a theme.")
@click.option(
    "--out", type=click.Path(path_type=Path), default=Path("output"), show_default=True, help="Output folder."
)
@click.option(
    "--only", multiple=True, callback=_listed, metavar="NAME", help="Only these diagrams; concept:ID for one concept."
)
@click.option("--all", "every_concept", is_flag=True, help="A diagram of each concept besides.")
@click.option(
    "--format",
    "formats",
    multiple=True,
    callback=_formats,
    metavar="FORMAT",
    help="svg, png, pdf, gv; all if left out.",
)
@click.option(
    "--width",
    type=click.IntRange(NARROWEST, WIDEST),
    help="Width in pixels of the column where the picture will stand.  [default: 700]",
)
@click.option(
    "--dot",
    "engine",
    type=click.Path(path_type=Path, exists=True, dir_okay=False),
    help="Lay out with this `dot` program, not with the embedded one.",
)
@click.option(
    "--embed-fonts",
    is_flag=True,
    help="Put the fonts that measured the texts into SVG, as far as each picture needs them.",
)
@click.option("--locale", metavar="TAG", help="Language; the map's own if left out. `conceptdeck locales` builds all.")
@click.option("--strict", is_flag=True, help="Refuse strings that are not translated.")
@click.option("--force", is_flag=True, help="Draw what is up to date too, and replace files that somebody changed.")
@click.option("--quiet", "-q", is_flag=True, help="Print nothing but what is wrong.")
def command(
    map_name: str | None,
    theme: str,
    out: Path,
    only: tuple[str, ...],
    every_concept: bool,
    formats: tuple[str, ...],
    width: int | None,
    engine: Path | None,
    embed_fonts: bool,
    locale: str | None,
    strict: bool,
    force: bool,
    quiet: bool,
) -> None:
    """Draw the diagrams of MAP for articles: a name in ./data, a shipped map, or a path to a map's folder or file.

    Without MAP the diagrams of every map are drawn. A page, index.html, shows them all with snippets to copy.
    Exit code: 0 all is drawn, 1 errors, 2 wrong use, 3 a file was kept that somebody has edited since it was built.

    \b
    Examples:
      conceptdeck diagrams
      conceptdeck diagrams world-models --only hierarchy,relations --format svg
      conceptdeck diagrams world-models --only concept:metaverse
      conceptdeck diagrams world-models --theme orbit --width 1000
      conceptdeck diagrams world-models --format svg --embed-fonts
    """  # noqa: D301 - click reads the backspace as a mark
    from conceptdeck.workspace import places

    progress = Progress(STAGES, quiet=quiet)
    kept = False
    with failures_reported(progress):
        for map_file in places.find_maps(map_name):
            job = pictures_job(
                map_file,
                out,
                theme=theme,
                only=only,
                every_concept=every_concept,
                formats=formats,
                width=width,
                engine=str(engine) if engine else None,
                embed_fonts=embed_fonts,
                locale=locale,
                strict=strict,
            )
            drawn = do(job, partial(_drawn, job, progress), force=force, quiet=quiet)
            page = write_page(map_file, out, theme, force=force, quiet=quiet, again=drawn.done)
            kept |= drawn.kept or page.kept
    if kept:
        sys.exit(KEPT)


def _drawn(job: Job, progress: Progress) -> Done:
    """Draw the pictures of one language; return what was drawn, by what, and warnings."""
    from conceptdeck.building import batch
    from conceptdeck.building.diagrams import build_diagrams

    options = batch.picture_options(job)
    result = build_diagrams(options, progress.tell)
    progress.clear()
    by = f"laid out by {options.engine or 'the embedded Graphviz'}"
    formats = ", ".join(options.formats)
    return result.told(f" in {formats}, theme {options.theme}, {by}"), result.warnings
