"""Processes that kill themselves at a counted moment, which is the same on a busy machine and on an idle one."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Iterator, Sequence

from support.decks import ROOT

__all__ = ["killed_at", "moments"]

# What the interpreter audits (files opened, renamed and removed, modules imported, …) is the clock.
CLOCK = """
import atexit, os, runpy, signal, sys
moment, seen = int(sys.argv[1]), 0
def tick(event, arguments):
    global seen
    seen += 1
    if seen == moment:
        os.kill(os.getpid(), signal.SIGKILL)
atexit.register(lambda: print("ticks", seen, file=sys.stderr))
sys.argv = ["conceptdeck", *sys.argv[2:]]
sys.addaudithook(tick)
runpy.run_module("conceptdeck", run_name="__main__")
"""


def killed_at(moment: int, arguments: Sequence[object]) -> bool:
    """Run `conceptdeck` until that moment; tell whether it was killed, not done before."""
    done = _run(moment, arguments)
    assert done.returncode in (0, -signal.SIGKILL), done.stderr
    return done.returncode != 0


def moments(count: int, arguments: Sequence[object]) -> Iterator[int]:
    """Run `conceptdeck` to its end; return so many moments of it, evenly from the first to the last."""
    done = _run(0, arguments)
    assert done.returncode == 0, done.stderr
    ticks = int(done.stderr.split()[-1])
    assert ticks > count
    return (1 + (ticks - 1) * step // (count - 1) for step in range(count))


def _run(moment: int, arguments: Sequence[object]) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-c", CLOCK, str(moment), *map(str, arguments)]
    environment = {**os.environ, "PYTHONPATH": str(ROOT / "pipeline"), "PYTHONUTF8": "1"}
    return subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
