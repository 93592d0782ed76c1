"""How long `conceptdeck --help` takes, against importing click alone: at most twice as long is wanted.

python benchmarks/start.py
"""

import sys
import tempfile
from pathlib import Path

from measure import environment, machine, timed

RUNS = 15
COMMANDS = {
    "python -c pass": ["-c", "pass"],
    "python -c 'import click'": ["-c", "import click"],
    "conceptdeck --help": ["-m", "conceptdeck", "--help"],
    "conceptdeck --version": ["-m", "conceptdeck", "--version"],
}


def main() -> None:
    """Print what each command takes, as a multiple of importing click."""
    print(machine())
    with tempfile.TemporaryDirectory() as folder:
        env = environment(Path(folder))
        found = {name: timed([sys.executable, *rest], RUNS, env) for name, rest in COMMANDS.items()}
    base = found["python -c 'import click'"].cpu
    for name, taken in found.items():
        times = f"{taken.cpu * 1000:6.0f} ms processor  {taken.wall * 1000:6.0f} ms wall"
        print(f"{name:26} {times}  {taken.cpu / base:5.2f} x")


if __name__ == "__main__":
    main()
