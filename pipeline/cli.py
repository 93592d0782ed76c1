"""The command line: options in, diagnostics and exit code out."""

from __future__ import annotations

import os
import sys
import time
from pathlib import Path
from typing import Any

import click

from pipeline import __version__

__all__ = ["main"]

STAGES = 4


class _Commands(click.Group):
    """Commands whose unforeseen faults end in a plain message, not in a traceback."""

    def invoke(self, ctx: click.Context) -> Any:
        """Run the command; with CONCEPTDECK_DEBUG set, faults of the program itself show their traceback."""
        try:
            return super().invoke(ctx)
        except (click.ClickException, click.exceptions.Exit, click.Abort):
            raise
        except Exception as error:
            if os.environ.get("CONCEPTDECK_DEBUG"):
                raise
            click.echo(f"conceptdeck: a fault of the program: {type(error).__name__}: {error}", err=True)
            click.echo(
                "  help: nothing was written; run again with CONCEPTDECK_DEBUG=1 and report what it shows",
                err=True,
            )
            sys.exit(70)


@click.group(cls=_Commands, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(__version__, prog_name="conceptdeck")
def main() -> None:
    """Turn a concept map, kept as YAML, into an editable PowerPoint deck."""


@main.command()
@click.argument("map_name", metavar="[MAP]", required=False)
@click.option("--theme", default="atlas", show_default=True, help="Name of a theme.")
@click.option(
    "--out", type=click.Path(path_type=Path), default=Path("output"), show_default=True, help="Output folder."
)
@click.option("--quiet", "-q", is_flag=True, help="Print nothing but what is wrong.")
def build(map_name: str | None, theme: str, out: Path, quiet: bool) -> None:
    r"""Build the deck of MAP: a name in ./data, a shipped map, or a path to a map's folder or file.

    \b
    Examples:
      conceptdeck build
      conceptdeck build world-models --theme orbit
      conceptdeck build ~/maps/my-map --out ~/decks
    """
    from pipeline import build as line
    from pipeline import files
    from pipeline.diagnostics import Failure

    started = time.perf_counter()
    progress = _Progress(quiet)
    try:
        options = line.Options(files.find_map(map_name), theme, out)
        result = line.build_deck(options, progress.tell)
    except KeyboardInterrupt:
        progress.clear()
        click.echo("conceptdeck: stopped; what was there before is untouched", err=True)
        sys.exit(130)
    except Failure as failure:
        progress.clear()
        for diagnostic in failure.diagnostics:
            click.echo(str(diagnostic), err=True)
        count = len(failure.diagnostics)
        click.echo(f"conceptdeck: {count} problem{'s' * (count != 1)}, nothing was written", err=True)
        sys.exit(1)
    progress.clear()
    for warning in result.warnings:
        click.echo(str(warning), err=True)
    if not quiet:
        seconds = time.perf_counter() - started
        click.echo(f"{result.path}  {result.slides} slides, theme {theme}, {seconds:.1f} s")


class _Progress:
    """Show the stages: as one changing line on a terminal, as plain lines otherwise."""

    def __init__(self, quiet: bool) -> None:
        self.quiet = quiet
        self.live = sys.stderr.isatty()
        self.done = 0

    def tell(self, stage: str) -> None:
        """Say that `stage` starts."""
        self.done += 1
        if self.quiet:
            return
        line = f"[{self.done}/{STAGES}] {stage} …"
        if self.live:
            click.echo(f"\r\033[K{line}", nl=False, err=True)
        else:
            click.echo(line, err=True)

    def clear(self) -> None:
        """Take the changing line off the terminal."""
        if self.live and not self.quiet:
            click.echo("\r\033[K", nl=False, err=True)
