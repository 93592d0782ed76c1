"""What commands print: progress, diagnostics and the end of a failed run."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager

import click

from pipeline.diagnostics import Failure

__all__ = ["KEPT", "Progress", "failures_reported", "plural"]

KEPT = 3  # something was not written, since somebody has changed the file; 2 is click's, for wrong use
INTERRUPTED = 130  # 128 + SIGINT, as shells count


class Progress:
    """Show the stages of a run: as one changing line on a terminal, as plain lines otherwise."""

    def __init__(self, stages: int, *, quiet: bool) -> None:
        """Expect `stages` stages; say nothing if `quiet`."""
        self._stages = stages
        self._quiet = quiet
        self._live = sys.stderr.isatty()
        self._done = 0

    def tell(self, stage: str) -> None:
        """Say that `stage` starts."""
        self._done += 1
        if self._quiet:
            return
        line = f"[{self._done}/{self._stages}] {stage} …"
        click.echo(f"\r\033[K{line}" if self._live else line, nl=not self._live, err=True)

    def clear(self) -> None:
        """Take the changing line off the terminal, and start counting anew."""
        self._done = 0
        if self._live and not self._quiet:
            click.echo("\r\033[K", nl=False, err=True)


@contextmanager
def failures_reported(progress: Progress | None = None) -> Iterator[None]:
    """Print what is wrong and leave with an exit code, if the work inside fails or is interrupted."""
    try:
        yield
    except KeyboardInterrupt:
        _clear(progress)
        click.echo("conceptdeck: stopped; what was there before is untouched", err=True)
        sys.exit(INTERRUPTED)
    except Failure as failure:
        _clear(progress)
        for diagnostic in failure.diagnostics:
            click.echo(str(diagnostic), err=True)
        count = plural(len(failure.diagnostics), "problem")
        click.echo(f"conceptdeck: {count}, nothing was written", err=True)
        sys.exit(1)


def plural(count: int, noun: str) -> str:
    """Return a number of things, `1 slide` or `2 slides`."""
    return f"{count} {noun}{'s' * (count != 1)}"


def _clear(progress: Progress | None) -> None:
    if progress:
        progress.clear()
