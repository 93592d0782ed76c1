"""What commands print: progress, diagnostics and the end of a failed run."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager

import click

from conceptdeck.values.diagnostics import Failure, told
from conceptdeck.workspace.stops import Stopped, stoppable

__all__ = ["KEPT", "Progress", "failures_reported", "plural"]

KEPT = 3  # something was not written, since somebody has changed the file; 2 is click's, for wrong use
BY_SIGNAL, INTERRUPT = 128, 2  # exit codes of what a signal ended, as shells count; the number of Ctrl+C
MOST_NAMED = 5  # files that a message names


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
def failures_reported(progress: Progress | None = None, *, written: Sequence[str] = ()) -> Iterator[None]:
    """Print what is wrong and leave with an exit code, if the work inside fails or is stopped.

    The work adds to `written` what it has written, for commands that write one thing after another.
    """
    try:
        with stoppable():
            yield
    except KeyboardInterrupt as stop:
        _clear(progress)
        click.echo(f"conceptdeck: stopped; {_named(written) or 'what was there before is untouched'}", err=True)
        sys.exit(BY_SIGNAL + (stop.number if isinstance(stop, Stopped) else INTERRUPT))
    except Failure as failure:
        _clear(progress)
        for text in told(failure.diagnostics):
            click.echo(text, err=True)
        count = plural(len(failure.diagnostics), "problem")
        click.echo(f"conceptdeck: {count}, {_named(written) or 'nothing was written'}", err=True)
        sys.exit(1)


def _named(written: Sequence[str]) -> str:
    """Say what was written, with the first names."""
    names = list(dict.fromkeys(written))
    more = f" and {len(names) - MOST_NAMED} more" if len(names) > MOST_NAMED else ""
    return f"written before that: {', '.join(names[:MOST_NAMED])}{more}; the rest is as it was" if names else ""


def plural(count: int, noun: str) -> str:
    """Return a number of things, `1 slide` or `2 slides`."""
    return f"{count} {noun}{'s' * (count != 1)}"


def _clear(progress: Progress | None) -> None:
    if progress:
        progress.clear()
