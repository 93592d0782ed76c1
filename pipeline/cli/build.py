"""`conceptdeck build`: from a map to a deck."""

from __future__ import annotations

import time
from pathlib import Path

import click

from pipeline.cli.report import Progress, failures_reported

__all__ = ["command"]

STAGES = 4


@click.command("build")
@click.argument("map_name", metavar="[MAP]", required=False)
@click.option("--theme", default="atlas", show_default=True, help="Name of a theme.")
@click.option(
    "--out", type=click.Path(path_type=Path), default=Path("output"), show_default=True, help="Output folder."
)
@click.option("--quiet", "-q", is_flag=True, help="Print nothing but what is wrong.")
def command(map_name: str | None, theme: str, out: Path, quiet: bool) -> None:
    r"""Build the deck of MAP: a name in ./data, a shipped map, or a path to a map's folder or file.

    \b
    Examples:
      conceptdeck build
      conceptdeck build world-models --theme orbit
      conceptdeck build ~/maps/my-map --out ~/decks
    """
    from pipeline import build, files

    started = time.perf_counter()
    progress = Progress(STAGES, quiet=quiet)
    with failures_reported(progress):
        result = build.build_deck(build.Options(files.find_map(map_name), theme, out), progress.tell)
    progress.clear()
    for warning in result.warnings:
        click.echo(str(warning), err=True)
    if not quiet:
        seconds = time.perf_counter() - started
        click.echo(f"{result.path}  {result.slides} slides, theme {theme}, {seconds:.1f} s")
