"""Time whole builds against a plain python-pptx script and PptxGenJS that write the same slides' text.

`conceptdeck` finds the template that its first run kept, as every build but the first does; `no template` makes one.

python benchmarks/decks.py [--slides 30,300,3000] [--runs 5]
"""

from __future__ import annotations

import argparse
import json
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path
from statistics import median

from measure import ROOT, Taken, environment, machine, middle, paired, timed

from maps import deck_map

HERE = Path(__file__).resolve().parent
LONG = 1_000
"""Slides from which one run each is enough."""

sys.path.insert(0, str(ROOT / "pipeline"))


def main() -> None:
    """Print a table: for each size and program processor time, wall time, peak memory and the ratio."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--slides", default="30,300,3000")
    parser.add_argument("--runs", type=int, default=5)
    given = parser.parse_args()
    javascript = has_pptxgenjs()
    print(machine())
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        env = environment(folder / "bytecode")
        startup = {
            "conceptdeck": timed(
                [sys.executable, "-c", "import conceptdeck.cli, conceptdeck.building.deck"], given.runs, env
            ).cpu,
            "python-pptx": timed([sys.executable, "-c", "import pptx"], given.runs, env).cpu,
        }
        for slides in map(int, given.slides.split(",")):
            compare(slides, given.runs if slides < LONG else 1, folder / str(slides), env, startup, javascript)


def compare(
    slides: int, runs: int, folder: Path, env: dict[str, str], startup: dict[str, float], javascript: bool
) -> None:
    """Build one map in each way and print what it took."""
    map_file = folder / "bench" / "map.yaml"
    map_file.parent.mkdir(parents=True)
    map_file.write_text(deck_map(slides), encoding="utf-8")
    content = folder / "slides.json"
    made = write_content(map_file, content)
    build = [sys.executable, "-m", "conceptdeck", "build", map_file, "--quiet", "--force", "--out"]
    afresh = folder / "afresh"
    afresh.mkdir()
    (afresh / ".cache").touch()  # a file where templates would be kept: each run makes its own
    commands: dict[str, list[str | Path]] = {
        "conceptdeck": [*build, folder / "out"],
        "no template": [*build, afresh],
        "python-pptx": [sys.executable, HERE / "plain_deck.py", content, folder / "plain.pptx"],
    }
    if javascript:
        commands["PptxGenJS"] = ["node", HERE / "pptxgen_deck.mjs", content, folder / "pptxgen.pptx"]
    rounds = paired(commands, runs, env)
    found = {name: middle(taken) for name, taken in rounds.items()}
    print(f"\n{made} slides, medians of {runs} runs in turn, and the ratios of single rounds")
    base = rounds["python-pptx"]
    for name, taken in found.items():
        ratios = sorted(one.cpu / other.cpu for one, other in zip(rounds[name], base, strict=True))
        print(line(name, taken, ratios))
    ours, theirs = (found[name].cpu - startup[name] for name in ("conceptdeck", "python-pptx"))
    each = f"{ours / made * 1000:.2f} ms a slide"
    print(f"{'less start-up':14} {ours:7.2f} s against {theirs:.2f} s: {ours / theirs:.2f} x, {each}")


def line(name: str, taken: Taken, ratios: Sequence[float]) -> str:
    """Return one row of the table."""
    times = f"{taken.cpu:7.2f} s processor  {taken.wall:7.2f} s wall"
    spread = f"{median(ratios):5.2f} x ({min(ratios):.2f} to {max(ratios):.2f})"
    return f"{name:14} {times}  {taken.peak:4.0f} MiB  {spread}"


def write_content(map_file: Path, out: Path) -> int:
    """Write what the deck's slides say, for the other programs to write; return how many slides there are."""
    from conceptdeck.building.deck import DeckJob, plan_deck
    from conceptdeck.values.frame import Shape, Table

    plan = plan_deck(DeckJob(map_file=map_file))
    slides = []
    for frame in plan.frames:
        shapes = [item for item in frame.items if isinstance(item, Shape) and item.text]
        texts = [s for s in shapes if not (s.placeholder and s.placeholder.type in ("title", "ctrTitle"))]
        boxes = [
            (
                shape.text.text,
                (shape.box.x, shape.box.y, shape.box.w, shape.box.h),
                shape.text.paragraphs[0].runs[0].size,
            )
            for shape in texts
            if shape.text
        ]
        tables = [item for item in frame.items if isinstance(item, Table)]
        rows = [[cell.body.text for cell in row.cells] for row in tables[0].rows] if tables else []
        slides.append({"title": frame.title, "boxes": boxes, "table": rows, "notes": frame.notes})
    out.write_text(json.dumps(slides), encoding="utf-8")
    return len(slides)


def has_pptxgenjs() -> bool:
    """Tell whether PptxGenJS can run, after installing it where there is none."""
    if not shutil.which("node") or not shutil.which("npm"):
        print("node or npm is missing: PptxGenJS is left out")
        return False
    if not (HERE / "node_modules" / "pptxgenjs").is_dir():
        install = ["npm", "install", "--prefix", HERE, "--no-save", "--no-package-lock", "--silent", "pptxgenjs@4.0.1"]
        if subprocess.run(list(map(str, install)), check=False).returncode:
            print("PptxGenJS could not be installed: it is left out")
            return False
    return True


if __name__ == "__main__":
    main()
