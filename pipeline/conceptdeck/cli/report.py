"""What commands print: progress, diagnostics and the end of a failed run."""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING

import click

from conceptdeck.values.diagnostics import Failure, told
from conceptdeck.workspace.stops import Stopped, stoppable

if TYPE_CHECKING:
    from conceptdeck.cli.outcomes import Outcomes

__all__ = ["KEPT", "Countdown", "Progress", "failures_reported", "plural"]

KEPT = 3  # something was not written, since somebody has changed the file; 2 is click's, for wrong use
BY_SIGNAL, INTERRUPT = 128, 2  # exit codes of what a signal ended, as shells count; the number of Ctrl+C
MOST_NAMED = 5  # files that a message names
MINUTE = 60  # seconds
HERE = "\r\033[K"  # takes a changing line off a terminal


class Progress:
    """Show the stages of a run: as one changing line on a terminal, as plain lines otherwise."""

    def __init__(self, stages: int, *, quiet: bool, verbose: bool = False) -> None:
        """Expect `stages` stages; say nothing if `quiet`, and how long each takes if `verbose`."""
        self._stages = stages
        self._quiet = quiet
        self._verbose = verbose
        self._live = _is_terminal() and not verbose
        self._done = 0
        self._since = time.perf_counter()

    def tell(self, stage: str) -> None:
        """Say that `stage` starts."""
        self._took()
        self._done += 1
        if self._quiet:
            return
        line = f"[{self._done}/{self._stages}] {stage} …"
        click.echo(f"{HERE}{line}" if self._live else line, nl=not self._live, err=True)

    def clear(self) -> None:
        """Take the changing line off the terminal, and start counting anew."""
        self._took()
        self._done = 0
        if self._live and not self._quiet:
            click.echo(HERE, nl=False, err=True)

    def _took(self) -> None:
        """Say how long the last stage took, if that is wanted."""
        now = time.perf_counter()
        if self._verbose and self._done and not self._quiet:
            click.echo(f"      {now - self._since:.2f} s", err=True)
        self._since = now


class Countdown:
    """Show on a terminal how many of many jobs are done, and about how much time is left."""

    def __init__(self, total: int, *, quiet: bool) -> None:
        """Expect `total` jobs; say nothing if `quiet`, or if nobody can see a line change."""
        self._total, self._done = total, 0
        self._live = not quiet and total > 1 and _is_terminal()
        self._started = time.perf_counter()

    def show(self) -> None:
        """Show how far it is."""
        if self._live and self._done < self._total:
            click.echo(f"{HERE}{self.line(time.perf_counter() - self._started)}", nl=False, err=True)

    def line(self, elapsed: float) -> str:
        """Return how far it is after so many seconds: jobs that are left take as long as those that are done."""
        if not self._done:
            return f"[0/{self._total}] …"
        return f"[{self._done}/{self._total}] {_lasting(elapsed / self._done * (self._total - self._done))} left …"

    def step(self) -> None:
        """Count a job that is done, and make room for what is said of it."""
        self._done += 1
        self.clear()

    def clear(self) -> None:
        """Take the changing line off the terminal."""
        if self._live:
            click.echo(HERE, nl=False, err=True)


def _lasting(seconds: float) -> str:
    """Return a time as one plans by it."""
    if seconds < MINUTE:
        return f"about {max(1, round(seconds))} s"
    minutes, rest = divmod(round(seconds), MINUTE)
    return (
        f"about {minutes} min {rest} s" if minutes < MINUTE else f"about {minutes // MINUTE} h {minutes % MINUTE} min"
    )


def _is_terminal() -> bool:
    """Tell whether the error stream is a terminal that can change a line."""
    return sys.stderr.isatty() and os.environ.get("TERM") != "dumb"


@contextmanager
def failures_reported(
    progress: Progress | Countdown | None = None, *, written: Sequence[str] = (), outcomes: Outcomes | None = None
) -> Iterator[None]:
    """Print what is wrong and leave with an exit code, if the work inside fails or is stopped.

    The work adds to `written` what it has written, for commands that write one thing after another. With `outcomes`
    that are wanted as JSON, what is wrong is told there.
    """
    try:
        with stoppable():
            yield
    except KeyboardInterrupt as stop:
        _clear(progress)
        click.echo(f"conceptdeck: stopped; {_named(written) or 'what was there before is untouched'}", err=True)
        code = BY_SIGNAL + (stop.number if isinstance(stop, Stopped) else INTERRUPT)
        if outcomes:
            outcomes.end(code)
        sys.exit(code)
    except Failure as failure:
        _clear(progress)
        if outcomes and outcomes.json:
            outcomes.failed(failure.diagnostics)
            outcomes.end(1)
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


def _clear(progress: Progress | Countdown | None) -> None:
    if progress:
        progress.clear()
