"""`conceptdeck diagrams`: from a map to pictures for articles."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import Any

import click

from conceptdeck.building.jobs import PICTURE_FORMATS, DiagramsJob, PageJob, width_asked
from conceptdeck.cli import options
from conceptdeck.cli.completion import complete_picture, complete_picture_format
from conceptdeck.cli.outcomes import Outcomes
from conceptdeck.cli.report import KEPT, Progress, failures_reported
from conceptdeck.cli.work import Done, do, write_page
from conceptdeck.values.collector import uncollected
from conceptdeck.values.diagram import Paper

__all__ = ["command"]

STAGES = 5
SMALLEST, LARGEST = 4, 24  # points, of the smallest text on paper


def _listed(ctx: click.Context, param: click.Parameter, value: tuple[str, ...]) -> tuple[str, ...]:
    """Return values that were given one by one or with commas between them, each once."""
    return tuple(dict.fromkeys(part.strip() for each in value for part in each.split(",") if part.strip()))


def _formats(ctx: click.Context, param: click.Parameter, value: tuple[str, ...]) -> tuple[str, ...]:
    """Return the formats asked for, none if all are to be made."""
    asked = _listed(ctx, param, value)
    if unknown := [name for name in asked if name not in PICTURE_FORMATS]:
        raise click.BadParameter(f"{', '.join(unknown)}: choose from {', '.join(PICTURE_FORMATS)}")
    return asked


def _width(ctx: click.Context, param: click.Parameter, value: str | int | None) -> str | int | None:
    """Return a width in pixels or on paper."""
    try:
        return width_asked(value)
    except ValueError as problem:
        raise click.BadParameter(str(problem)) from problem


def _points(ctx: click.Context, param: click.Parameter, value: str | None) -> float | None:
    """Return a size of type in points."""
    if value is None:
        return None
    try:
        size = float(str(value).removesuffix("pt"))
    except ValueError:
        size = 0.0
    if not SMALLEST <= size <= LARGEST:
        raise click.BadParameter(f"{value!r} is no size from {SMALLEST} to {LARGEST} points, such as 7pt")
    return size


@click.command("diagrams")
@options.map_name
@options.theme()
@options.out()
@options.field(
    DiagramsJob,
    "only",
    "--only",
    callback=_listed,
    metavar="NAME",
    shell_complete=complete_picture,
    help="Only these diagrams; concept:ID for one concept.",
)
@options.field(DiagramsJob, "every_concept", "--all", help="A diagram of each concept besides.")
@options.field(
    DiagramsJob,
    "formats",
    "--format",
    type=str,
    callback=_formats,
    metavar="FORMAT",
    shell_complete=complete_picture_format,
    help=f"{', '.join(PICTURE_FORMATS)}; all if left out.",
)
@options.field(
    DiagramsJob,
    "width",
    "--width",
    callback=_width,
    metavar="PIXELS|LENGTH",
    help="Width of the column where the picture will stand: pixels, or a length on paper such as 85mm.  [default: 700]",
)
@options.field(
    DiagramsJob,
    "paper",
    "--paper",
    type=click.Choice([each.value for each in Paper]),
    help="The sheet that the whole map is laid out on.  [default: a3]",
)
@options.field(DiagramsJob, "title", "--title", help="Show the title in the picture.")
@options.field(DiagramsJob, "credit", "--credit", help="Show a source line in the picture: its own, or the map's.")
@options.field(DiagramsJob, "steps", "--steps", help="A file for each step of a walk besides: NAME-1, NAME-2 …")
@options.field(
    DiagramsJob, "text", "--text", callback=_points, metavar="POINTS", help="Print: the smallest text.  [default: 8pt]"
)
@options.field(
    DiagramsJob,
    "dpi",
    "--dpi",
    type=click.IntRange(72, 2400),
    help="Print: pixels of PNG to the inch.  [default: 300; 600 in black]",
)
@options.field(DiagramsJob, "grey", "--grey", help="Print: in shades of grey, told apart by tint and line.")
@options.field(DiagramsJob, "mono", "--mono", help="Print: in black alone.")
@options.field(
    DiagramsJob,
    "engine",
    "--dot",
    type=click.Path(path_type=Path, exists=True, dir_okay=False),
    help="Lay out with this `dot` program, not with the embedded one.",
)
@options.embed_fonts("Put the fonts that measured the texts into SVG, as far as each picture needs them.")
@options.language()
@options.running("Draw")
@options.telling()
@uncollected()  # as for a deck: pictures make hardly any reference cycles
def command(map_name: str | None, force: bool, quiet: bool, verbose: bool, as_json: bool, **fields: Any) -> None:
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
      conceptdeck diagrams world-models --width 85mm --text 7pt --grey --dpi 600
    """  # noqa: D301 - click reads the backspace as a mark
    from conceptdeck.workspace import places

    outcomes = Outcomes(quiet, verbose, as_json)
    progress = Progress(STAGES, quiet=outcomes.silent, verbose=verbose)
    kept = False
    if fields["grey"] and fields["mono"]:
        raise click.UsageError("--grey and --mono: take one of them")
    with failures_reported(progress, outcomes=outcomes):
        for map_file in places.find_maps(map_name):
            job = DiagramsJob(map_file, **fields)
            drawn = do(job, partial(_drawn, job, progress), outcomes, force=force)
            kept |= drawn.kept
            if not job.is_printed:  # the page shows pictures for screens
                page = write_page(PageJob(map_file, job.theme, job.out), outcomes, force=force, again=drawn.done)
                kept |= page.kept
    outcomes.end(KEPT if kept else 0)


def _drawn(job: DiagramsJob, progress: Progress) -> Done:
    """Draw the pictures of one language; return what was drawn, by what, and what was found."""
    from conceptdeck.building.diagrams import build_diagrams

    result = build_diagrams(job, progress.tell)
    progress.clear()
    by = f"laid out by {job.engine or 'the embedded Graphviz'}"
    return Done(result.told(f" in {', '.join(job.formats)}, theme {job.theme}, {by}"), result.findings)
