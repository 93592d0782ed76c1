"""Count the work of four fixed commands, and fail if one takes more than was accepted: by a twentieth or more.

Calls of functions are counted everywhere: they are the same on every machine with one version of Python. Where valgrind
is there, so are the instructions of the processor, which tell of loops and libraries too; they are compared only with
those of the same build of Python. What there is nothing to compare with is said, and fails nothing.

python benchmarks/instructions.py            # a minute or two where valgrind is there, else some seconds
python benchmarks/instructions.py --quick    # calls alone
python benchmarks/instructions.py --accept   # keep what is counted now, in instructions.json
"""

from __future__ import annotations

import argparse
import json
import platform
import pstats
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Mapping
from pathlib import Path

from measure import ROOT, environment

from maps import deck_map

KEPT = Path(__file__).with_suffix(".json")
MOST = 1.05  # times what was accepted
CASES = ROOT / "tests" / "cases"
VALGRIND = ("valgrind", "--tool=cachegrind", "--cache-sim=no", "--cachegrind-out-file=/dev/null")
Env = Mapping[str, str]
Count = Callable[[list[str], Env], int]


def main() -> None:
    """Print a line for each command and way of counting; the exit code is 1 if one takes more than was accepted."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--quick", action="store_true", help="count calls alone")
    parser.add_argument("--accept", action="store_true", help="keep what is counted now")
    given = parser.parse_args()
    ways: dict[str, Count] = {f"calls, Python {sys.version_info.major}.{sys.version_info.minor}": calls}
    if not given.quick and shutil.which("valgrind"):
        ways[f"instructions, {build()}"] = instructions
    elif not given.quick:
        print("valgrind is not there: calls are counted, instructions are not")
    kept: dict[str, dict[str, int]] = json.loads(KEPT.read_text(encoding="utf-8"))
    with tempfile.TemporaryDirectory() as name:
        found = counted(Path(name), ways)
    if given.accept:
        KEPT.write_text(f"{json.dumps(kept | found, indent=1, sort_keys=True)}\n", encoding="utf-8")
    worse = [told(way, command, count, kept) for way, counts in found.items() for command, count in counts.items()]
    if any(worse) and not given.accept:
        sys.exit("more work than was accepted: mend it, or accept it with `python benchmarks/instructions.py --accept`")


def counted(folder: Path, ways: Mapping[str, Count]) -> dict[str, dict[str, int]]:
    """Return by way of counting what each command takes, after a run that fills the caches."""
    large = folder / "large" / "map.yaml"
    large.parent.mkdir()
    large.write_text(deck_map(35), encoding="utf-8")
    commands = {
        "build, 35 slides": ["build", str(large), "--force"],
        "build, nothing to do": ["build", str(large)],
        "build, in Chinese": ["build", str(CASES / "chinese" / "map.yaml"), "--force"],
        "diagrams, of every kind": ["diagrams", str(CASES / "every-kind" / "map.yaml"), "--format", "svg", "--force"],
    }
    env = environment(folder / "bytecode") | {"HOME": str(folder)}
    found: dict[str, dict[str, int]] = {way: {} for way in ways}
    for name, rest in commands.items():
        command = ["-m", "conceptdeck", *rest, "--quiet", "--out", str(folder / "out")]
        run([sys.executable, *command], env)
        for way, count in ways.items():
            found[way][name] = count(command, env)
    return found


def calls(command: list[str], env: Env) -> int:
    """Return how many calls of functions, in Python and in C, a command takes."""
    profile = Path(env["HOME"], "profile")
    run([sys.executable, "-m", "cProfile", "-o", str(profile), *command], env)
    return int(pstats.Stats(str(profile)).total_calls)  # type: ignore[attr-defined]


def instructions(command: list[str], env: Env) -> int:
    """Return how many instructions of the processor a command takes, as valgrind counts them."""
    said = run([*VALGRIND, sys.executable, *command], env)
    found = re.search(r"I\s+refs:\s+([\d,]+)", said)
    assert found, said
    return int(found[1].replace(",", ""))


def run(command: list[str], env: Env) -> str:
    """Run a command and return what it says on its standard error; end the program if it fails."""
    done = subprocess.run(command, env=env, cwd=ROOT, capture_output=True, text=True, check=False)
    if done.returncode:
        sys.exit(f"{' '.join(command)} failed:\n{done.stderr[-2_000:]}")
    return done.stderr


def build() -> str:
    """Return what tells one build of Python from another: others take other instructions for the same."""
    name, date = platform.python_build()
    return f"Python {platform.python_version()} ({name}, {date}), {platform.python_compiler()}, {platform.machine()}"


def told(way: str, command: str, count: int, kept: Mapping[str, Mapping[str, int]]) -> bool:
    """Print what a command takes beside what was accepted, and tell whether it is too much."""
    before = kept.get(way, {}).get(command)
    beside = f"{count / before:6.3f} x what was accepted" if before else f"nothing to compare with: {way}"
    print(f"{command:24} {count:14,} {way.partition(',')[0]:13} {beside}", flush=True)
    return before is not None and count > before * MOST


if __name__ == "__main__":
    main()
