"""Slides are filled by need: cards in two rows, lists of definitions, examples in the middle, trees as trees."""

from __future__ import annotations

from pathlib import Path

import pytest

from conceptdeck.building.deck import DeckJob, Plan, plan_deck
from conceptdeck.values.frame import Frame, Paragraph, Shape
from conceptdeck.values.story import Density
from conceptdeck.values.units import points
from support.decks import write_map

THINGS = ("Boiler", "Turbine", "Shaft", "Propeller", "Rudder", "Pump", "Valve", "Gauge", "Anchor")
LANGUAGES = ("en", "ar", "ja")


def planned(folder: Path, language: str = "en", theme: str = "atlas", story: str = "full", **parts) -> Plan:
    tree = {"language": language, "title": "Ship", "core-sentence": "Ships move.", **parts}
    return plan_deck(DeckJob(write_map(folder / "ship", tree), theme, story=story, density=Density.READ))


def engine(count: int, **said: str) -> dict:
    """Return layers of one layer with so many concepts, all with the same to say but for their number."""
    about = {key: f"{value} {{}}" for key, value in said.items()}
    concepts = {
        f"c{at}": {"name": THINGS[at], **{key: value.format(at + 1) for key, value in about.items()}}
        for at in range(count)
    }
    return {"title": "Parts", "items": {"room": {"name": "Engine room", "summary": "What moves", "concepts": concepts}}}


def shapes(frame: Frame, part: str) -> list[Shape]:
    return [item for item in frame.items if isinstance(item, Shape) and item.part == part]


def texts(frame: Frame) -> list[Paragraph]:
    found = [item.text for item in frame.items if isinstance(item, Shape) and item.text]
    return [paragraph for body in found for paragraph in body.paragraphs]


@pytest.mark.parametrize("theme", ["atlas", "orbit"])
@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("count", [5, 6, 7, 8])
def test_cards_that_are_low_stand_in_two_rows_of_one_height_and_one_size(tmp_path, count, language, theme):
    layers = engine(count, description="Steam", meaning="Nothing moves without")
    made = planned(tmp_path, language, theme, "talk", layers=layers)
    assert not made.problems
    [frame] = [each for each in made.frames if each.layout == "cards"]
    cards = shapes(frame, "card")
    assert len(cards) == count
    assert len({card.box.y for card in cards}) == 2
    assert len({(card.box.w, card.box.h) for card in cards}) == 1
    for part in ("name", "description", "meaning"):
        assert (
            len({run.size for text in shapes(frame, part) for each in text.text.paragraphs for run in each.runs}) == 1
        )


def test_cards_appear_one_after_the_other_over_both_rows(tmp_path):
    made = planned(tmp_path, story="talk", layers=engine(6, description="Steam"))
    [frame] = [each for each in made.frames if each.layout == "cards"]
    clicks = [card.click for card in shapes(frame, "card")]
    assert clicks == sorted(clicks)
    assert len(set(clicks)) == 6


def test_cards_that_are_high_stay_beside_each_other_on_more_slides(tmp_path):
    long = "Makes steam of water, day and night, and gives it to what turns, for as long as somebody feeds it. " * 2
    made = planned(tmp_path, story="talk", layers=engine(6, description=long, meaning="Nothing moves without"))
    pages = [each for each in made.frames if each.layout == "cards"]
    assert len(pages) > 1
    assert all(len({card.box.y for card in shapes(page, "card")}) == 1 for page in pages)


@pytest.mark.parametrize("language", LANGUAGES)
def test_six_short_definitions_stand_on_one_slide(tmp_path, language):
    concepts = {f"c{at}": {"name": THINGS[at], "description": f"Does work {at}."} for at in range(6)}
    made = planned(tmp_path, language, concepts=concepts)
    assert not made.problems
    assert [len(shapes(frame, "mark")) for frame in made.frames if frame.layout == "entries"] == [6]


def test_what_concepts_are_is_shown_though_relations_name_them_too(tmp_path):
    concepts = {"a": {"name": "Boiler", "description": "Makes steam."}, "b": {"name": "Shaft"}, "c": {"name": "Crew"}}
    made = planned(tmp_path, concepts=concepts, relations=[["a", "turns", "b"]])
    listed = [frame for frame in made.frames if frame.slide == "concept-list"]
    said = {paragraph.text for frame in listed for paragraph in texts(frame)}
    assert {"Boiler", "Makes steam.", "Crew"} <= said
    assert "Shaft" not in said


@pytest.mark.parametrize("count", [1, 20])
def test_examples_without_a_word_beside_them_stand_in_the_middle(tmp_path, count):
    layers = engine(2)
    layers["items"]["room"]["concepts"]["c0"]["examples"] = [f"s{at}" for at in range(count)]
    made = planned(tmp_path, layers=layers, systems={f"s{at}": {"name": f"Steamer {at}"} for at in range(count)})
    [frame] = [each for each in made.frames if each.slide == "layers.room.concepts.c0"]
    shown = [item for item in frame.items if isinstance(item, Shape) and item.place in ("hub", "c0")]
    assert len(shown) >= count
    placed = [item.box for item in shown]
    middle = (min(box.x for box in placed) + max(box.right for box in placed)) // 2
    assert abs(middle - made.theme.column.centre.x) <= points(1)
    assert not shapes(frame, "rule")


def test_a_word_beside_examples_keeps_its_rule_and_its_place(tmp_path):
    layers = engine(2, tagline="Hot")
    layers["items"]["room"]["concepts"]["c0"]["examples"] = ["s"]
    made = planned(tmp_path, layers=layers, systems={"s": {"name": "Steamer"}})
    [frame] = [each for each in made.frames if each.slide == "layers.room.concepts.c0"]
    assert len(shapes(frame, "rule")) == 1


def test_a_tree_that_has_room_is_drawn_from_its_root_on_without_a_crossing(tmp_path):
    ends = [("root", "b1"), ("root", "b2"), ("root", "b3"), *((f"b{at % 3 + 1}", f"l{at}") for at in range(6))]
    made = planned(tmp_path, focus="root", relations=[[tail, "has", head] for tail, head in ends])
    [frame] = [each for each in made.frames if each.layout == "diagram"]
    tops = {text.text.text: text.box for text in shapes(frame, "name")}
    down = all(tops[tail].bottom < tops[head].y for tail, head in ends)
    aside = all(tops[tail].right < tops[head].x for tail, head in ends)
    assert down or aside
    assert not made.problems


def test_a_few_names_that_the_slide_above_shows_make_no_slide_of_their_own(tmp_path):
    sizes = {"a": 4, "b": 8, "c": 12}
    parts = {
        id_: {"name": f"Deck {id_}", "concepts": [f"Cabin {id_}{n}" for n in range(n)]} for id_, n in sizes.items()
    }
    items = {"ship": {"name": "Ship", "groups": parts}, "shore": {"name": "Shore", "concepts": ["Quay"]}}
    made = planned(tmp_path, groups={"title": "Decks", "items": items})
    assert not [frame.key for frame in made.frames if frame.slide.startswith("groups.ship.groups.")]
    assert any("Cabin c11" in paragraph.text for frame in made.frames for paragraph in texts(frame))
