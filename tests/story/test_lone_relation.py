"""A map of one relation stands beside no slide of that relation: one slide shows it, with all that is told."""

from __future__ import annotations

from conceptdeck.building.deck import DeckJob, Plan, plan_deck
from support.decks import write_map


def relations(count: int, **told: str) -> dict:
    items = {
        f"r{n}": {"source": "water", "target": f"p{n}", "phrase": "feeds", "core": "It runs down.", **told}
        for n in range(count)
    }
    return {
        "title": "Garden",
        "core-sentence": "Gardens grow.",
        "concepts": {"water": "Water", **{f"p{n}": f"Plant {n}" for n in range(count)}},
        "relations": {"title": "What feeds what", "notes": "Look at the arrow.", "items": items},
    }


def planned(tmp_path, tree: dict, story: str = "full") -> Plan:
    return plan_deck(DeckJob(write_map(tmp_path / "garden", tree), story=story))


def keys(plan: Plan) -> list[str]:
    return [frame.slide for frame in plan.frames if frame.slide.startswith("relation")]


def test_one_relation_with_a_slide_has_no_map_and_its_notes_say_what_that_would(tmp_path):
    plan = planned(tmp_path, relations(1, adds="Roots drink.", headline="Water feeds all"))
    assert keys(plan) == ["relations.r0"]
    (frame,) = [each for each in plan.frames if each.slide == "relations.r0"]
    assert "What feeds what" in frame.notes
    assert "Look at the arrow." in frame.notes


def test_two_relations_have_a_map(tmp_path):
    assert keys(planned(tmp_path, relations(2, adds="Roots drink."))) == [
        "relation-map",
        "relations.r0",
        "relations.r1",
    ]


def test_a_story_without_slides_of_relations_keeps_the_map(tmp_path):
    assert keys(planned(tmp_path, relations(1, adds="Roots drink."), "lightning")) == ["relation-map"]
