"""The pictures of a map against Graphviz's own SVG of the same graphs, and a large layered graph against its layout.

python benchmarks/diagrams.py [--map world-models] [--runs 9]
"""

from __future__ import annotations

import argparse
import json
import shlex
import shutil
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from itertools import pairwise
from pathlib import Path
from statistics import median

from measure import ROOT, Taken, environment, machine, timed

sys.path.insert(0, str(ROOT / "pipeline"))

from conceptdeck.building.jobs import DiagramsJob, default
from conceptdeck.layout.graph import dot
from conceptdeck.render.vector.svg import write_svg
from conceptdeck.typeset.lines import Look, Typesetter
from conceptdeck.values.frame import Drawing, Fill, Paragraph, Route, Run, Shape, Stroke, TextBody
from conceptdeck.values.graph import Diagram, Edge, Node
from conceptdeck.values.units import Box, Length, Point, Size, pixels, points
from conceptdeck.workspace.graphviz import _arrange, arrange, embedded_engine
from conceptdeck.workspace.loading import arranger, font_book, read_theme

SET = ("hierarchy", "relations", "categories", "flow", "bridge", "map", "concept:metaverse")
LAYERS, BREADTH = 40, 50


def programs() -> Iterator[tuple[str, Path]]:
    """Yield the `dot` programs to compare with: the embedded one, and the machine's if there is one."""
    yield "embedded dot", embedded_engine()
    if found := shutil.which("dot"):
        yield "system dot", Path(found)


def measure_set(map_name: str, runs: int, folder: Path) -> None:
    """Print what the set takes in SVG as one process, and what one `dot -Tsvg` process a graph takes."""
    env = environment(folder / "bytecode")
    start = [sys.executable, "-m", "conceptdeck", "diagrams", str(ROOT / "data" / map_name), "--quiet", "--force"]
    chosen = ["--only", ",".join(SET), "--out", str(folder / "out")]
    timed([*start, *chosen, "--format", "gv"], 1, env)
    graphs = sorted((folder / "out").rglob("*.gv"))
    print(f"\n{len(graphs)} pictures of {map_name} in SVG, medians of {runs} runs")
    ours = timed([*start, *chosen, "--format", "svg"], runs, env)
    bare = timed([sys.executable, "-c", "import click"], runs, env)
    report("conceptdeck diagrams", ours, ours)
    report("python, click imported", bare, ours)
    for name, program in programs():
        lines = [f"{shlex.quote(str(program))} -Tsvg {shlex.quote(str(path))} >/dev/null" for path in graphs]
        report(f"{len(graphs)} x {name}", timed(["/bin/sh", "-ec", "\n".join(lines)], runs, env), ours)


def report(name: str, taken: Taken, ours: Taken) -> None:
    """Print a line: what a command takes, and how many times as long ours takes."""
    ratios = f"ratio {ours.cpu / taken.cpu:5.2f} processor {ours.wall / taken.wall:5.2f} wall"
    print(f"{name:24} {taken.cpu * 1000:6.0f} ms processor  {taken.wall * 1000:6.0f} ms wall  {ratios}")


def layered() -> tuple[Diagram, dict[str, str]]:
    """Return a graph of layers, each node leading to one or two of the next layer, and a label for each node."""
    size = Size(points(60), points(24))
    ids = [[f"{layer}.{n}" for n in range(BREADTH)] for layer in range(LAYERS)]
    edges = [
        Edge(tail, head)
        for upper, lower in pairwise(ids)
        for n, tail in enumerate(upper)
        for head in {lower[n], lower[(n * 7 + 3) % BREADTH] if n % 10 == 0 else lower[n]}
    ]
    nodes = tuple(Node(id_, size) for row in ids for id_ in row)
    edges.sort(key=lambda edge: (edge.tail, edge.head))
    gap = points(12)
    diagram = Diagram(nodes, tuple(edges), "TB", gap, points(24), routed=True)
    return diagram, {node.id: f"Node {node.id}" for node in nodes}


def draw(diagram: Diagram, labels: dict[str, str]) -> str:
    """Return the graph as SVG: measured, laid out by the embedded engine, drawn by the project's painter."""
    theme = read_theme(default(DiagramsJob, "theme"))
    typesetter = Typesetter(font_book(theme))
    placed = arranger()(diagram)
    sizes = {node.id: node.size for node in diagram.nodes}
    stroke = Stroke("secondary", pixels(1))
    items: list[Shape | Route] = [
        Route(f"e{index}", path, edge.tail, edge.head, stroke, arrow=True)
        for index, (edge, path) in enumerate(zip(diagram.edges, placed.routes, strict=True))
    ]
    for id_, (x, y) in placed.centres:
        w, h = sizes[id_]
        text = labels[id_]
        setting = typesetter.set(text, Look(theme.minor, False, 9.75, 1.2), w, "en")
        assert setting
        line = Paragraph((Run(text, 9.75, "ink"),), setting.lines, setting.leading.pt, "ctr", 0, setting.width)
        box = Box(Length(x - w // 2), Length(y - h // 2), w, h)
        items.append(Shape(id_, "roundRect", box, Fill("card"), stroke, TextBody((line,), "ctr")))
    far = Point(
        Length(max(x for _, (x, _) in placed.centres) + points(60)),
        Length(max(y for _, (_, y) in placed.centres) + points(60)),
    )
    drawing = Drawing("large", "benchmark", "Large", "A large graph.", "", "en", Size(*far), tuple(items))
    return write_svg(drawing, theme)


def measure_large(runs: int) -> None:
    """Print what layout and SVG of the large graph take, and what `dot -Tjson` of the same graph takes."""
    diagram, labels = layered()
    source = dot.to_dot(diagram)
    print(f"\na layered graph of {len(diagram.nodes)} nodes and {len(diagram.edges)} edges, medians of {runs} runs")

    def ours() -> None:
        _arrange.cache_clear()
        assert draw(diagram, labels).count("<text") == len(diagram.nodes)

    def theirs() -> None:
        _arrange.cache_clear()
        assert json.loads(arrange(source))["objects"]

    alone = _wall(theirs, runs)
    whole = _wall(ours, runs)
    print(f"dot -Tjson               {alone:6.2f} s")
    print(f"layout, SVG              {whole:6.2f} s  ratio {whole / alone:5.2f}")


def _wall(work: Callable[[], None], runs: int) -> float:
    """Return the median of the seconds that some work takes, after a first time that is not counted."""
    work()
    found = []
    for _ in range(runs):
        started = time.perf_counter()
        work()
        found.append(time.perf_counter() - started)
    return median(found)


def main() -> None:
    """Print both measurements."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--map", default="world-models")
    parser.add_argument("--runs", type=int, default=9)
    options = parser.parse_args()
    print(machine())
    with tempfile.TemporaryDirectory() as folder:
        measure_set(options.map, options.runs, Path(folder))
    measure_large(max(3, options.runs // 3))


if __name__ == "__main__":
    main()
