"""Time what is large or dense: maps of 10,000 concepts, the densest graphs that Graphviz gets, long texts, bombs.

The tests hold the same work to counted calls, since seconds depend on the machine; this program tells the seconds.
"""

from __future__ import annotations

import random
import resource
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from measure import ROOT, machine

from maps import layered_map, related_map

sys.path.insert(0, str(ROOT / "pipeline"))

from conceptdeck.building.deck import DeckJob, plan_deck
from conceptdeck.building.diagrams import DiagramsJob, plan_diagrams
from conceptdeck.layout.graph import ranks
from conceptdeck.reading import source
from conceptdeck.reading.map import read_map
from conceptdeck.values.graph import Diagram, Edge, Node
from conceptdeck.values.units import Size, inches
from conceptdeck.workspace.loading import arranger


def main() -> None:
    """Print a line for each piece of work; planning comes last, for its memory is that of the whole process."""
    print(machine())
    for layers, concepts in ((6, 1_667), (100, 100), (2_500, 4)):
        text = layered_map(layers, concepts, notes=False)
        told(f"read {layers} layers of {concepts}", lambda text=text: read(text))
        wrong = text.replace("tagline:", "tagllne:")
        told(f"read {layers} layers of {concepts}, all wrong", lambda text=wrong: read(text))
    for nodes, edges in ((ranks.MAX_NODES, ranks.MAX_EDGES), (20, ranks.MAX_EDGES), (800, 3_000)):
        dense = graph(nodes, edges)
        arrange = ranks.bounded(arranger(), lambda warning: None)
        told(f"rank {nodes} nodes, {edges} edges", lambda arrange=arrange, dense=dense: arrange(dense))
    told("refuse a million items", lambda: source.parse("[" + "a," * 1_000_000, "map.yaml"))
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "big", "map.yaml")
        path.parent.mkdir()
        path.write_text(layered_map(6, 1_667), encoding="utf-8")
        options = DeckJob(map_file=path, out=Path(folder, "out"))
        told("plan 10,000 concepts", lambda: plan_deck(options))
        for nodes, edges in ((800, 3_000), (2_000, 2_300), (401, 400), (600, 300)):
            path = Path(folder, f"related-{nodes}", "map.yaml")
            path.parent.mkdir()
            path.write_text(related_map(nodes, edges), encoding="utf-8")
            about = f"{nodes} concepts, {edges} relations"
            told(f"plan {about}", lambda path=path: plan_deck(DeckJob(map_file=path, out=Path(folder, "out"))))
            told(f"draw {about}", lambda path=path: plan_diagrams(DiagramsJob(map_file=path, out=Path(folder, "out"))))
    unit = 1 << 20 if sys.platform == "darwin" else 1 << 10
    print(f"{'most memory, all in all':44} {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / unit:8.0f} MiB")


def told(name: str, work: Callable[[], object]) -> None:
    """Do a piece of work, and print the processor seconds that it and the engine take."""
    before = _seconds()
    work()
    print(f"{name:44} {_seconds() - before:8.2f} s", flush=True)


def _seconds() -> float:
    children = resource.getrusage(resource.RUSAGE_CHILDREN)
    return time.process_time() + children.ru_utime + children.ru_stime


def read(text: str) -> object:
    """Return what the reader makes of a map."""
    return read_map(source.parse(text, "map.yaml")[0], "big")


def graph(nodes: int, edges: int) -> Diagram:
    """Return a graph with cycles, loops and edges that occur twice, the same each time."""
    choose = random.Random(nodes * edges)
    names = [f"node-{number}" for number in range(nodes)]
    ends = [(choose.choice(names), choose.choice(names)) for _ in range(edges)]
    return Diagram(
        tuple(Node(name, Size(inches(1), inches(0.5))) for name in names), tuple(Edge(*each) for each in ends)
    )


if __name__ == "__main__":
    main()
