"""Run commands as whole processes and tell what they take."""

from __future__ import annotations

import os
import platform
import re
import signal
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from statistics import median

__all__ = ["ROOT", "Taken", "environment", "machine", "middle", "paired", "previewed", "timed"]

ROOT = Path(__file__).resolve().parent.parent


@dataclass(frozen=True)
class Taken:
    """Medians of several runs: processor seconds (user and system), seconds on the wall, peak memory in MiB."""

    cpu: float
    wall: float
    peak: float


def timed(command: Sequence[str | Path], runs: int, env: Mapping[str, str] | None = None) -> Taken:
    """Run a command several times, after one run that fills the caches of the system and of Python's bytecode."""
    return middle([_once(command, env) for _ in range(runs + 1)][1:])


def paired(commands: Mapping[str, Sequence[str | Path]], runs: int, env: Mapping[str, str]) -> dict[str, list[Taken]]:
    """Run commands in turn, so that what else the machine does meets all of them; return the runs of each by name."""
    rounds = [{name: _once(command, env) for name, command in commands.items()} for _ in range(runs + 1)][1:]
    return {name: [each[name] for each in rounds] for name in commands}


def middle(taken: Sequence[Taken]) -> Taken:
    """Return the medians of several runs."""
    return Taken(*(median(getattr(each, name) for each in taken) for name in ("cpu", "wall", "peak")))


def _once(command: Sequence[str | Path], env: Mapping[str, str] | None) -> Taken:
    started = time.perf_counter()
    child = subprocess.Popen(
        [str(part) for part in command], env=env, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE
    )
    assert child.stderr
    said = child.stderr.read()
    _, status, usage = os.wait4(child.pid, 0)
    wall = time.perf_counter() - started
    if status:
        sys.exit(f"{' '.join(map(str, command))} failed:\n{said.decode(errors='replace')[-2_000:]}")
    unit = 1 << 20 if sys.platform == "darwin" else 1 << 10
    return Taken(usage.ru_utime + usage.ru_stime, wall, usage.ru_maxrss / unit)


def environment(cache: Path) -> dict[str, str]:
    """Return the environment of the runs: bytecode is cached, as in an installed program."""
    kept = {
        key: value for key, value in os.environ.items() if key not in ("PYTHONDONTWRITEBYTECODE", "PYTHONUNBUFFERED")
    }
    return kept | {"PYTHONPATH": str(ROOT / "pipeline"), "PYTHONPYCACHEPREFIX": str(cache), "PYTHONHASHSEED": "0"}


def machine() -> str:
    """Describe the machine in general terms."""
    return f"{os.cpu_count()} cores, {platform.system()} {platform.machine()}, Python {platform.python_version()}"


@contextmanager
def previewed(folder: str, *arguments: str, addresses: int = 1) -> Iterator[list[str]]:
    """Run the live preview in a folder; yield the addresses in the first lines that it prints, one a line."""
    program = subprocess.Popen(
        [sys.executable, "-m", "conceptdeck", "preview", *arguments, "--no-open"],
        cwd=folder,
        env={**os.environ, "PYTHONPATH": str(ROOT / "pipeline"), "PYTHONUNBUFFERED": "1"},
        stdout=subprocess.PIPE,
        text=True,
    )
    try:
        assert program.stdout
        lines = [program.stdout.readline() for _ in range(addresses)]
        yield [found[0] for line in lines if (found := re.search(r"http://\S+", line))]
    finally:
        program.send_signal(signal.SIGINT)
        program.wait(60)
