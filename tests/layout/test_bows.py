"""Bows: relations as one curve with the phrase beside it, and those whose phrases have no room there."""

from itertools import pairwise

import pytest

from conceptdeck.layout.graph.bows import Rooms, bows
from conceptdeck.layout.graph.relations import Tie, Web, skeleton
from conceptdeck.values.units import Length, Size, pixels
from conceptdeck.workspace.loading import arranger

NODE, PHRASE = Size(pixels(120), pixels(50)), Size(pixels(80), pixels(18))
ROOMS = Rooms(beside=pixels(7), clear=pixels(4), run=pixels(9), width=pixels(700))


def made(ties, *, level=False, rooms=ROOMS, phrase=PHRASE):
    """Return a graph and its bows; ties are pairs of ids."""
    nodes = dict.fromkeys([id_ for pair in ties for id_ in pair], NODE)
    all_ties = [Tie(f"{tail}>{head}", tail, head, phrase) for tail, head in ties]
    gap = pixels(30)
    web = Web(nodes=nodes, ties=all_ties, nodesep=gap, ranksep=gap, loop=gap, level=level)
    plan = skeleton(nodes, all_ties, arranger()).woven(web, arranger()).drawn()
    return plan, bows(plan, all_ties, rooms, level=level)


@pytest.mark.parametrize("level", [False, True])
def test_a_star_is_all_bows_from_edge_to_edge(level):
    plan, found = made([("a", "hub"), ("b", "hub"), ("hub", "c"), ("hub", "d"), ("hub", "e")], level=level)
    assert len(found) == 5
    for key, bow in found.items():
        tail, head = (plan.boxes[id_] for id_ in key.split(">"))
        start, end = bow.points[0], bow.points[-1]
        assert (start.x == tail.right and end.x == head.x) if level else (start.y == tail.bottom and end.y == head.y)


def test_lines_that_meet_at_a_box_end_apart_from_each_other():
    _, found = made([("a", "hub"), ("b", "hub"), ("c", "hub")])
    ends = sorted(bow.points[-1].x for bow in found.values())
    assert all(other - one > pixels(20) for one, other in pairwise(ends))


def test_a_phrase_stands_beside_its_curve_and_touches_nothing():
    plan, found = made([("a", "hub"), ("b", "hub"), ("hub", "c")])
    boxes = [*(bow.phrase for bow in found.values()), *(plan.boxes[id_] for id_ in ("a", "b", "c", "hub"))]
    assert len(boxes) == 7
    assert not any(one.overlaps(other) for at, one in enumerate(boxes) for other in boxes[:at])


def test_a_relation_of_a_concept_to_itself_keeps_its_loop():
    _, found = made([("a", "a"), ("a", "b")])
    assert {*found} == {"a>b"}


def test_a_phrase_that_has_no_room_beside_its_curve_stays_within_its_line():
    narrow = Rooms(beside=ROOMS.beside, clear=ROOMS.clear, run=ROOMS.run, width=Length(0))
    wide = Size(pixels(115), pixels(18))
    assert made([("a", "b")], rooms=narrow, phrase=wide)[1] == {}
    assert {*made([("a", "b")], phrase=wide)[1]} == {"a>b"}
