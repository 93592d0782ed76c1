"""`conceptdeck build`: from a map to a deck."""

from __future__ import annotations

import gc
import time
from pathlib import Path

import click

from pipeline.cli.completion import complete_map, complete_theme
from pipeline.cli.report import Progress, failures_reported

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
@click.option("--quiet", "-q", is_flag=True, help="Print nothing but what is wrong.")
def command(
    map_name: str | None,
    theme: str,
    out: Path,
    story: str,
    density: str | None,
    builds: bool,
    morph: bool,
    quiet: bool,
) -> None:
    """Build the deck of MAP: a name in ./data, a shipped map, or a path to a map's folder or file.

    Without MAP every map is built.

    \b
    Examples:
      conceptdeck build
      conceptdeck build world-models --theme orbit
      conceptdeck build world-models --story talk --no-builds
      conceptdeck build ~/maps/my-map --out ~/decks
    """  # noqa: D301 - click reads the backspace as a mark
    from pipeline import build, files
    from pipeline.deck import Density

    gc.disable()  # a deck makes hardly any reference cycles; looking for them takes a third of a large build
    progress = Progress(STAGES, quiet=quiet)
    with failures_reported(progress):
        for map_file in files.find_maps(map_name):
            started = time.perf_counter()
            options = build.Options(
                map_file=map_file,
                theme=theme,
                out=out,
                story=story,
                density=Density(density) if density else None,
                builds=builds,
                morph=morph,
            )
            result = build.build_deck(options, progress.tell)
            progress.clear()
            for warning in result.warnings:
                click.echo(str(warning), err=True)
            if not quiet:
                seconds = time.perf_counter() - started
                click.echo(f"{result.path}  {result.slides} slides, theme {theme}, {seconds:.1f} s")
