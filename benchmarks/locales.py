"""Every language's deck in one command, against one process a language."""

from __future__ import annotations

import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
MAP = "world-models"
LANGUAGES = ("en", "ar", "de", "es", "fr", "ja", "zh-Hans")
RUNS = 3


def main() -> None:
    """Time both ways in turn, and print the fastest of each and their ratio."""
    together, apart = [], []
    with tempfile.TemporaryDirectory() as folder:
        for run in range(RUNS + 1):  # the first run fills the caches of the machine
            one, many = Path(folder, f"one-{run}"), Path(folder, f"many-{run}")
            times = (
                _timed([["locales", MAP, "--only", "deck", "--quiet", "--out", str(one)]]),
                _timed([["build", MAP, "--locale", tag, "--quiet", "--out", str(many)] for tag in LANGUAGES]),
            )
            if run:
                together.append(times[0])
                apart.append(times[1])
    print(f"{len(LANGUAGES)} languages in one command      {min(together):6.2f} s")
    print(f"{len(LANGUAGES)} processes, one after another  {min(apart):6.2f} s")
    print(f"ratio                              {min(together) / min(apart):6.2f}")


def _timed(commands: Sequence[Sequence[str]]) -> float:
    """Return how many seconds commands take, one after another."""
    started = time.perf_counter()
    for arguments in commands:
        subprocess.run(
            [sys.executable, "-m", "conceptdeck", *arguments], cwd=ROOT, check=True, stderr=subprocess.DEVNULL
        )
    return time.perf_counter() - started


if __name__ == "__main__":
    main()
