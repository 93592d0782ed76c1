"""What is large or dense ends soon, in bounded memory: maps of 10,000 concepts, graphs that Graphviz cannot draw."""

import json
import os
import random
import subprocess
import sys
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path

import pytest

from conceptdeck.building.deck import DeckJob, plan_deck
from conceptdeck.building.diagrams import DiagramsJob, plan_diagrams
from conceptdeck.layout.graph import dot, ranks
from conceptdeck.layout.graph.parts import parted
from conceptdeck.layout.graph.relations import Tie, Web, skeleton
from conceptdeck.reading import findings, source
from conceptdeck.reading.map import read_map
from conceptdeck.story.dense import condensed
from conceptdeck.story.graphs import relation_graph
from conceptdeck.values.diagnostics import Failure, Severity
from conceptdeck.values.graph import Diagram, Edge, Node, PlacedDiagram
from conceptdeck.values.items import bodies
from conceptdeck.values.terms import ENGLISH
from conceptdeck.values.units import Size, inches
from conceptdeck.workspace.graphviz import arrange
from conceptdeck.workspace.loading import arranger
from support.decks import ROOT
from support.work import calls, megabytes

sys.path.insert(0, str(ROOT / "benchmarks"))
from maps import WORDS, deck_map, joined_map, layered_map, related_map

CONCEPTS = 10_000
TWICE = 2.4  # how much more work twice the input may take; a quadratic step makes it four times
NODE = Size(inches(1), inches(0.5))


def reading(layers: int, concepts: int, *, wrong: bool = False) -> Callable[[], object]:
    text = layered_map(layers, concepts, notes=False)
    if wrong:
        text = text.replace("tagline:", "tagllne:").replace("system-3]", "nowhere]")
    return lambda: read_map(source.parse(text, "map.yaml")[0], "big")


def planning(folder: Path, slides: int) -> Callable[[], object]:
    path = folder / f"big-{slides}" / "map.yaml"
    path.parent.mkdir()
    path.write_text(deck_map(slides), encoding="utf-8")

    def plan() -> None:
        planned = plan_deck(DeckJob(map_file=path, theme="atlas", out=folder / "out"))
        assert len(planned.frames) >= slides

    return plan


# --- maps --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("layers", "concepts"), [(6, 1_667), (100, 100), (2_500, 4)])
def test_ten_thousand_concepts_are_read_without_a_finding(layers, concepts):
    node, problems = source.parse(layered_map(layers, concepts, notes=False), "map.yaml")
    assert problems == ()
    found, problems = read_map(node, "big")
    assert problems == ()
    assert sum(len(layer.concepts) for layer in found.layers.items) >= CONCEPTS


@pytest.mark.parametrize("wrong", [False, True])
@pytest.mark.parametrize(("one", "two"), [((6, 100), (6, 200)), ((20, 50), (40, 50)), ((100, 4), (200, 4))])
def test_the_work_of_reading_grows_with_the_map_and_not_faster(one, two, wrong):
    assert calls(reading(*two, wrong=wrong)) < TWICE * calls(reading(*one, wrong=wrong))


def test_the_work_and_the_memory_of_planning_grow_with_the_slides_and_not_faster(tmp_path):
    small, large = planning(tmp_path, 100), planning(tmp_path, 200)
    planning(tmp_path, 30)()  # imports and caches are paid for once
    assert calls(large) < TWICE * calls(small)
    assert megabytes(large) < TWICE * megabytes(small)


def test_mistakes_in_ten_thousand_concepts_are_counted_off():
    text = layered_map(100, 100, notes=False).replace("tagline:", "tagllne:").replace("system-3]", "nowhere]")
    node, _ = source.parse(text, "map.yaml")
    found, problems = read_map(node, "big")
    assert found is None
    assert len(problems) == findings.MAX_MISTAKES + 1


# --- graphs ------------------------------------------------------------------------------------------------------


def graph(nodes: int, edges: int) -> Diagram:
    """Return a graph with cycles, loops and edges that occur twice, the same each time."""
    choose = random.Random(nodes * edges)
    names = [f"node-{n}" for n in range(nodes)]
    ends = [(choose.choice(names), choose.choice(names)) for _ in range(edges)]
    return Diagram(tuple(Node(name, NODE) for name in names), tuple(Edge(*each) for each in ends))


def chain(*ids: str) -> Diagram:
    edges = tuple(Edge(tail, head) for tail, head in pairwise(ids))
    return Diagram(tuple(Node(id_, NODE) for id_ in ids), edges)


def by_rank(placed) -> dict[str, int]:
    return {id_: number for number, rank in enumerate(placed.ranks) for id_ in rank}


def untouched(diagram: Diagram) -> PlacedDiagram:
    pytest.fail(f"Graphviz gets a graph of {len(diagram.nodes)} nodes and {len(diagram.edges)} edges")


def test_a_dense_graph_is_drawn_without_graphviz_and_it_is_said():
    told = []
    placed = ranks.bounded(untouched, told.append)(graph(800, 3_000))
    (warning,) = told
    assert (warning.code, warning.severity) == ("diagram-fallback", Severity.WARNING)
    assert "800 nodes" in warning.message
    assert "3000 edges" in warning.message
    assert sorted(by_rank(placed)) == sorted(f"node-{n}" for n in range(800))


def test_the_work_of_simple_ranks_grows_with_the_graph_and_not_faster():
    small, large = graph(800, 3_000), graph(1_600, 6_000)
    assert calls(lambda: ranks.layered(large)) < TWICE * calls(lambda: ranks.layered(small))


@pytest.mark.parametrize("shape", [(ranks.MAX_NODES, ranks.MAX_EDGES), (20, ranks.MAX_EDGES), (ranks.MAX_NODES, 20)])
def test_the_densest_graph_that_graphviz_gets_comes_to_an_end(shape, monkeypatch):
    monkeypatch.setattr(
        "conceptdeck.workspace.graphviz.SECONDS", 600
    )  # how long it takes is told by benchmarks/bounds.py
    told = []
    placed = ranks.bounded(arranger(), told.append)(graph(*shape))
    assert len(placed.centres) == shape[0]
    assert told == []


def test_simple_ranks_follow_the_edges():
    assert ranks.layered(chain("a", "b", "c")).ranks == (("a",), ("b",), ("c",))
    longer_way = chain("a", "b", "c")
    both = Diagram(longer_way.nodes, (*longer_way.edges, Edge("a", "c")))
    assert ranks.layered(both).ranks == (("a",), ("b",), ("c",))


def test_simple_ranks_agree_with_graphviz_on_a_tree():
    tree = Diagram(
        tuple(Node(name, NODE) for name in "abcdefg"),
        tuple(Edge(tail, head) for tail, head in ("ab", "ac", "bd", "be", "cf", "cg")),
    )
    placed = arranger()(tree)
    assert [set(rank) for rank in ranks.layered(tree).ranks] == [set(rank) for rank in placed.ranks]


@pytest.mark.parametrize("diagram", [chain("a"), chain("a", "a"), chain("a", "b", "a"), graph(30, 90), Diagram((), ())])
@pytest.mark.parametrize("rankdir", ["LR", "TB"])
def test_simple_ranks_place_each_node_once_and_apart(diagram, rankdir):
    nodes = tuple({node.id: node for node in diagram.nodes}.values())
    diagram = Diagram(nodes, diagram.edges, rankdir, inches(0.2), inches(0.5))
    placed = ranks.layered(diagram)
    assert [id_ for id_, _ in placed.centres] == [node.id for node in nodes]
    assert sorted(by_rank(placed)) == sorted(node.id for node in nodes)
    centres = [centre for _, centre in placed.centres]
    for index, one in enumerate(centres):
        for other in centres[index + 1 :]:
            assert abs(one.x - other.x) >= NODE.w or abs(one.y - other.y) >= NODE.h


def test_simple_ranks_of_a_long_chain_need_no_recursion():
    placed = ranks.layered(chain(*(f"n{n}" for n in range(20_000))))
    assert len(placed.ranks) == 20_000


# --- relations that are too many to be drawn one by one ----------------------------------------------------------


def written(folder: Path, text: str) -> Path:
    path = folder / "related" / "map.yaml"
    path.parent.mkdir()
    path.write_text(text, encoding="utf-8")
    return path


CLIQUES = [(5 * part + a, 5 * part + b) for part in range(60) for a in range(5) for b in range(a + 1, 5)]


@pytest.mark.parametrize(
    "ends",
    [
        [(a, b) for a in range(30) for b in range(a + 1, 30)],
        CLIQUES,
        [*CLIQUES, *((5 * n, 5 * n + 7) for n in range(50))],
    ],
    ids=["all-with-all", "rounds-apart", "rounds-that-are-joined"],
)
def test_too_many_relations_are_one_finding_and_each_is_drawn_or_told_in_the_notes(ends, tmp_path):
    path = written(tmp_path, joined_map(ends))
    planned = plan_deck(DeckJob(map_file=path, out=tmp_path / "out"))
    (finding,) = planned.problems
    assert (finding.code, finding.severity) == ("dense-relations", Severity.WARNING)
    assert f"{len(ends)} relations" in finding.message
    assert finding.span.line > 0
    related = [frame for frame in planned.frames if frame.key.startswith("relation-map")]
    assert len(related) == len({frame.key for frame in related})
    drawn = {key for frame in related for item in frame.items for key in [item.name.partition(".from")[0]]}
    told = "\n".join(frame.notes for frame in related)
    for at, (tail, head) in enumerate(ends):
        words = [f"{WORDS[n % len(WORDS)]} {n}" for n in (tail, head)]
        assert f"relations.r{at}" in drawn or f"{words[0]} – leads to – {words[1]}" in told


def test_a_picture_of_too_many_relations_is_one_finding_and_an_overview_with_counts(tmp_path):
    path = written(tmp_path, joined_map([*CLIQUES[:160], (0, 5), (1, 6), (10, 15), (15, 20)]))
    sheet = plan_diagrams(DiagramsJob(map_file=path, out=tmp_path / "out", only=("relations",)))
    (finding,) = sheet.problems
    assert finding.code == "dense-relations"
    drawing = next(each for each in sheet.drawings if each.id == "relations")
    lines = [body.paragraphs[0].lines[0] for item in drawing.items for body in bodies(item)]
    assert "1" in lines, "no count"
    assert len(lines) < 30


def test_relations_that_a_picture_can_show_are_all_drawn(tmp_path):
    path = written(tmp_path, joined_map([(0, n) for n in range(1, 41)]))
    sheet = plan_diagrams(DiagramsJob(map_file=path, out=tmp_path / "out", only=("relations",)))
    assert [each.code for each in sheet.problems] == []


@pytest.mark.parametrize("concepts", [400, 1_600])
def test_the_work_of_finding_communities_is_some_hundred_calls_a_relation(concepts):
    found, _ = read_map(source.parse(related_map(concepts, 4 * concepts), "map.yaml")[0], "big")
    nodes, edges = relation_graph(found)
    assert calls(lambda: condensed(nodes, edges, ENGLISH)) < 400 * len(edges)


def test_communities_are_the_same_whatever_the_order_of_sets(tmp_path):
    script = (
        "import sys; from conceptdeck.story.communities import communities; "
        "from conceptdeck.values.network import Edge; from conceptdeck.values.model import Line; "
        "ends = [(n % 40, n * n % 37) for n in range(300)]; "
        "edges = [Edge(key=str(at), tail=f'c{a}', head=f'c{b}', phrase=None, line=Line.SOLID, directed=True) "
        "for at, (a, b) in enumerate(ends)]; print(communities([f'c{n}' for n in range(40)], edges))"
    )
    said = {
        subprocess.run(
            [sys.executable, "-c", script],
            capture_output=True,
            text=True,
            check=True,
            env={**os.environ, "PYTHONHASHSEED": seed},
        ).stdout
        for seed in ("1", "2", "3")
    }
    assert len(said) == 1


def test_parts_are_found_in_few_trials():
    tried = []

    def fits(ways) -> bool:
        tried.append(len(ways))
        return len(ways) <= 8

    pairs = [Edge(f"a{n}", f"b{n}") for n in range(400)]
    assert [len(part) for part in parted(pairs, fits)] == [8] * 50
    assert len(tried) < 2 * len(pairs)
    tried.clear()
    parted([Edge(f"c{n * n % 97}", f"c{n % 89}") for n in range(2_000)], fits)
    assert max(tried[1:]) <= 16, "more is tried than twice what fits"


@pytest.mark.parametrize(
    ("edges", "most", "sizes"), [(4, 3, [2, 2]), (7, 6, [4, 3]), (60, 7, [7, 7, 7, 7, 7, 7, 6, 6, 6])]
)
def test_a_chain_is_parted_alike_and_no_edge_stands_alone(edges, most, sizes):
    chained = [Edge(f"c{n}", f"c{n + 1}") for n in range(edges)]
    assert [len(part) for part in parted(chained, lambda ways: len(ways) <= most)] == sizes


def test_thousands_of_parts_need_no_recursion():
    star = [Edge("hub", f"leaf{n}") for n in range(3_000)]
    assert len(parted(star, lambda ways: len(ways) <= 1)) == 3_000
    chained = [Edge(f"c{n}", f"c{n + 1}") for n in range(3_000)]
    assert sum(len(part) for part in parted(chained, lambda ways: len(ways) <= 2)) == 3_000


def test_the_work_of_leading_lines_grows_with_the_graph_and_not_faster():
    def leading(leaves: int) -> Callable[[], object]:
        ties = [Tie(f"r{n}", "hub", f"leaf{n}", NODE) for n in range(leaves)]
        nodes = {"hub": NODE, **{f"leaf{n}": NODE for n in range(leaves)}}
        gap = inches(0.2)
        web = Web(nodes=nodes, ties=ties, nodesep=gap, ranksep=gap, loop=gap)
        woven = skeleton(nodes, ties, ranks.layered).woven(web, ranks.layered)
        return woven.drawn

    assert calls(leading(400)) < 1.2 * TWICE * calls(leading(200))


# --- the engine --------------------------------------------------------------------------------------------------


def failure(monkeypatch, path: Path, seconds: float = 20) -> Failure:
    """Return how a small graph fails with another program in the engine's place."""
    monkeypatch.setattr("conceptdeck.workspace.graphviz.embedded_engine", lambda: path)
    monkeypatch.setattr("conceptdeck.workspace.graphviz.SECONDS", seconds)
    with pytest.raises(Failure) as caught:
        arranger()(chain("a", "b"))
    return caught.value


def script(folder: Path, text: str) -> Path:
    path = folder / "engine"
    path.write_text(f"#!/bin/sh\n{text}\n")
    path.chmod(0o755)
    return path


@pytest.mark.parametrize("name", ["nowhere", ".", "plain.txt"])
def test_a_missing_engine_is_a_failure_that_says_what_to_do(name, monkeypatch, tmp_path):
    (tmp_path / "plain.txt").write_text("not a program")
    (found,) = failure(monkeypatch, tmp_path / name).diagnostics
    assert found.code == "engine-missing"
    assert "graphviz-pure" in found.hints[0]


def test_an_engine_that_refuses_is_a_failure_with_its_words(monkeypatch, tmp_path):
    (found,) = failure(monkeypatch, script(tmp_path, "echo no such graph >&2; exit 3")).diagnostics
    assert found.code == "engine-failed"
    assert "no such graph" in found.notes[0]


def test_an_engine_that_hangs_is_killed(monkeypatch, tmp_path):
    number = tmp_path / "number"
    hanging = script(tmp_path, f"echo $$ > {number}; exec sleep 100000")
    (found,) = failure(monkeypatch, hanging, seconds=3).diagnostics
    assert found.code == "engine-slow"
    if number.exists():  # on a very busy machine it is killed before it does anything
        with pytest.raises(ProcessLookupError):
            os.kill(int(number.read_text()), 0)


def test_the_same_graph_is_drawn_once(monkeypatch, tmp_path):
    log = tmp_path / "log"
    answer = json.dumps({"bb": "0,0,1,1", "objects": [{"name": "n0", "pos": "1,1"}, {"name": "n1", "pos": "2,1"}]})
    path = script(tmp_path, f"echo run >> {log}; cat > /dev/null; echo '{answer}'")
    monkeypatch.setattr("conceptdeck.workspace.graphviz.embedded_engine", lambda: path)
    for ids in (("a", "b"), ("c", "d")):
        diagram = chain(*ids)
        assert dot.read_places(diagram, arrange(dot.to_dot(diagram))).ranks == ((ids[0],), (ids[1],))
    assert log.read_text().split() == ["run"]
