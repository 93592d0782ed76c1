"""Graphs of slides and pictures: one function places them, one says how a relation is drawn, one toolkit sets texts."""

from __future__ import annotations

import pytest

from conceptdeck.layout.desk import Desk
from conceptdeck.layout.graph.network import Graph, Link, place
from conceptdeck.layout.graph.ranks import layered
from conceptdeck.layout.pictures.canvas import Canvas
from conceptdeck.typeset.lines import Typesetter
from conceptdeck.values.text import Text
from conceptdeck.values.units import Size, points
from support.pictures import book, theme

NODE = Size(points(90.5), points(30))
GAP = points(20)


def chain(*links: Link, **options) -> Graph:
    names = dict.fromkeys(end for link in links for end in (link.tail, link.head))
    return Graph(sizes=dict.fromkeys(names, NODE), links=links, nodesep=GAP, ranksep=GAP, **options)


def test_a_graph_starts_at_the_corner_and_holds_all_that_is_drawn():
    found = place(layered, chain(Link("a", "b", "ink"), Link("b", "c", "ink")))
    assert min(box.x for box in found.boxes.values()) == min(box.y for box in found.boxes.values()) == 0
    assert max(box.right for box in found.boxes.values()) == found.size.w == points(91)
    assert found.ranks == (("a",), ("b",), ("c",))


@pytest.mark.parametrize("routed", [True, False])
def test_who_needs_only_the_ranks_of_a_graph_gets_them_without_routes(routed):
    found = place(layered, chain(Link("a", "b", "ink"), rankdir="LR", routed=routed))
    assert found.ranks == (("a",), ("b",))
    assert len(found.routes) == routed


def test_an_edge_that_leads_back_to_an_earlier_band_still_begins_at_its_tail():
    found = place(layered, chain(Link("a", "b", "ink"), Link("b", "a", "ink"), bands=[["a"], ["b"]]))
    for link, path in found.routes:
        assert abs(path[0].y - found.boxes[link.tail].centre.y) < abs(path[0].y - found.boxes[link.head].centre.y)


@pytest.mark.parametrize("tools", [Desk, Canvas])
def test_a_text_that_fits_nowhere_is_reported_alike_on_slides_and_in_pictures(tools):
    typesetter = Typesetter(book())
    more = {Canvas: (points(400), layered)}.get(tools, ())
    kit = tools(theme(), typesetter, "en", *more)
    role = next(iter(kit.theme.roles.values()))
    trial = kit.fresh()
    trial.fit(Text("Incomprehensibilities " * 9, "concepts.a.name"), role, Size(points(60), points(20)))
    assert [each.code for each in trial.problems] == ["text-overflow"]
    assert "concepts.a.name" in str(trial.problems[0])
    assert kit.problems == []
