"""How a deck meets its listeners: no composition three times in a row, and no more words than are read."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path

import pytest

from conceptdeck.building.deck import DeckJob, plan_deck
from conceptdeck.checks.pace import count_words
from conceptdeck.values.story import Density
from support.decks import write_map

SENTENCE = "Every tide that fills the pond turns one wheel for a while. "


def planned(tmp_path: Path, concepts: list[dict], density: Density = Density.READ, **tree):
    """Return the plan of a map with these concepts in one layer."""
    made = {f"c{n}": {"name": f"Concept {n}", **said} for n, said in enumerate(concepts)}
    layers = {"items": {"only": {"name": "Only", "concepts": made}}}
    return plan_deck(DeckJob(write_map(tmp_path, {"title": "Tides", "layers": layers, **tree}), density=density))


def codes(plan) -> list[str]:
    return [each.code for each in plan.problems]


def compositions(plan) -> list[str]:
    return [frame.layout for frame in plan.frames if ".concepts." in frame.key]


@pytest.mark.parametrize("count", [0, 1, 4, 5, 6])
@pytest.mark.parametrize("meaning", [{}, {"meaning": True}])
def test_concepts_in_a_row_take_turns_in_how_they_look(tmp_path, count, meaning):
    systems = {f"s{n}": f"System {n}" for n in range(6)}
    said = [
        {
            "description": f"What no. {n} is.",
            "examples": [*systems][:count],
            **dict.fromkeys(meaning, f"It turns {n}"),
        }
        for n in range(5)
    ]
    plan = planned(tmp_path, said, systems=dict([*systems.items()][:count]))
    assert codes(plan) == []
    assert all(one != other for one, other in pairwise(compositions(plan)))


def test_three_in_a_row_that_can_look_but_one_way_are_told_once(tmp_path):
    points = [{"points": [f"One {n}", f"Two {n}"]} for n in range(4)]
    plan = planned(tmp_path, points)
    assert compositions(plan) == ["concept"] * 4
    [found] = [each for each in plan.problems if each.code == "rhythm"]
    assert "4 slides" in found.what
    assert found.place.key == "layers.only.concepts.c2"
    assert "rhythm" not in codes(planned(tmp_path / "two", points[:2]))


def test_another_slide_between_them_mends_the_rhythm(tmp_path):
    points = [{"points": [f"One {n}", f"Two {n}"]} for n in range(2)]
    change = {"shift": {"from": "clip", "to": "world"}, "meaning": "Clips become worlds"}
    assert codes(planned(tmp_path, [*points, change, *points])) == []


def test_more_words_than_are_read_are_told_by_density(tmp_path):
    said = [{"meaning": "The tide is a clock", "description": SENTENCE * 7}]
    assert codes(planned(tmp_path, said)) == []
    assert codes(planned(tmp_path / "talk", said, Density.TALK)) == []  # the description goes to the notes
    steps = {"title": "On", "items": {"one": {"name": "One", "headline": SENTENCE * 3}, "two": {"name": "Two"}}}
    steps["items"]["two"]["headline"] = SENTENCE * 3
    assert codes(planned(tmp_path / "steps", said, steps=steps)) == []
    plan = planned(tmp_path / "spoken", said, Density.TALK, steps=steps)
    [found] = [each for each in plan.problems if each.code == "wordy-slide"]
    assert found.place.key == "steps"
    assert found.span.line


@pytest.mark.parametrize(
    ("text", "count"),
    [("", 0), ("One two", 2), ("One – two", 2), ("潮が満ちる", 2), ("AI 動画", 2), ("30 million km", 3)],
)
def test_words_are_counted_in_scripts_without_spaces_too(text, count):
    assert count_words(text) == count
