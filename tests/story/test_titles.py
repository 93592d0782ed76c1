"""Titles of a deck: each slide has one of its own, completed by the program where authors gave the same."""

from __future__ import annotations

import itertools
from pathlib import Path

import pytest

from conceptdeck.building.deck import DeckJob, plan_deck
from conceptdeck.story.titles import with_titles
from conceptdeck.values import deck
from conceptdeck.values.terms import ENGLISH
from conceptdeck.values.text import Text
from support.decks import write_map

HEAD = {"title": "Kitchen", "core-sentence": "Whoever cooks plans ahead."}


def layer(name: str, *concepts: str, **more: str) -> dict:
    """Return a layer with concepts of these names."""
    made = {f"{name}-{n}".lower().replace(" ", "-"): {"name": each} for n, each in enumerate(concepts)}
    for each in made.values():
        each["description"] = f"A thing of {name}."
    return {"name": name, "summary": f"What belongs to {name}", "concepts": made, **more}


def titles_of(tmp_path: Path, tree: dict, **options: object) -> list[str]:
    """Return the titles of a map's slides; each is there once, and nothing is wrong."""
    plan = plan_deck(DeckJob(write_map(tmp_path / "kitchen", {**HEAD, **tree}), **options))
    assert [str(each) for each in plan.problems] == []
    found = [frame.title for frame in plan.frames]
    assert len({each.casefold() for each in found}) == len(found)
    return found


def flow(*layers: dict, title: str = "The way through") -> dict:
    return {"layers": {"title": title, "items": {f"l{n}": each for n, each in enumerate(layers)}}}


def test_concepts_of_one_name_are_told_apart_by_their_layers(tmp_path):
    found = titles_of(tmp_path, flow(layer("Starters", "Cold"), layer("Mains", "Cold")))
    assert "Cold: Starters" in found
    assert "Cold: Mains" in found
    assert "Cold" not in found


def test_a_concept_named_like_its_layer_is_completed_by_what_else_places_it(tmp_path):
    assert "Soup: First course" in titles_of(tmp_path, flow(layer("Soup", "Soup", role="First course")))


def test_a_concept_named_like_a_layer_with_nothing_else_to_say_takes_its_message(tmp_path):
    found = titles_of(tmp_path, flow(layer("Soup", "Soup")))
    assert found.count("Soup") == 1
    assert "Soup: What belongs to Soup" in found


def test_an_agenda_titled_like_the_map_is_the_overview_and_the_cover_keeps_its_title(tmp_path):
    found = titles_of(tmp_path, flow(layer("Soup", "Broth"), title="Kitchen"))
    assert found[:2] == ["Kitchen", "Kitchen: Overview"]


def test_a_conclusion_that_is_the_core_sentence_has_its_place_before_it_and_is_told_as_written_twice(tmp_path):
    tree = {**HEAD, "conclusion": {"title": HEAD["core-sentence"], "text": "So do we."}}
    plan = plan_deck(DeckJob(write_map(tmp_path / "kitchen", tree)))
    assert [frame.title for frame in plan.frames][1:] == [
        "Conclusion: Whoever cooks plans ahead.",
        "Whoever cooks plans ahead.",
    ]
    assert [each.code for each in plan.problems] == ["repeated-title"]


def test_two_layers_of_one_name_and_no_role_are_numbered(tmp_path):
    tree = flow(layer("Soup", "Broth"), layer("Soup", "Stew"))
    tree["layers"]["items"]["l1"]["summary"] = "What else belongs to soup"
    tree["layers"]["items"]["l1"]["concepts"] = {"stew": {"name": "Stew", "description": "Thick."}}
    plan = plan_deck(DeckJob(write_map(tmp_path / "kitchen", {**HEAD, **tree})))
    found = [frame.title for frame in plan.frames]
    assert {"Soup", "Soup (2)"} < {*found}
    assert len({*found}) == len(found)


def test_every_page_of_completed_titles_is_told_apart(tmp_path):
    table = {"columns": {"a": "Dish", "b": "Time"}}
    rows = {f"r{n}": {"a": f"Dish {n}", "b": f"{n} min"} for n in range(1, 30)}
    tree = {"tables": {name: {**table, "title": "Times", "rows": rows} for name in ("home", "work")}}
    plan = plan_deck(DeckJob(write_map(tmp_path / "kitchen", {**HEAD, **tree})))
    found = [frame.title for frame in plan.frames]
    assert len({*found}) == len(found) > 6
    assert {each.severity.value for each in plan.problems} == {"warning"}


@pytest.mark.parametrize("language", ["ar", "de", "es", "fr", "ja", "zh-Hans"])
def test_titles_are_completed_in_each_language_in_its_own_words(tmp_path, language):
    found = titles_of(tmp_path, {"language": language, **flow(layer("Soup", "Broth"), title="Kitchen")})
    assert found[1].startswith("Kitchen")
    assert "Overview" not in found[1]


def test_a_completed_title_keeps_its_key_and_says_whose_words_it_holds():
    place = Text("Mains", "layers.mains.name")
    slides = [
        deck.Statement(key=key, kind="concepts", title=Text("Cold", f"{key}.name"), within=(place,) * within)
        for key, within in (("a", 1), ("b", 0))
    ]
    first, second = with_titles(slides, ENGLISH)
    assert (first.title.value, first.title.key) == ("Cold: Mains", "a.name")
    assert first.title.keys == ("a.name", "layers.mains.name")
    assert second.title.value == "Cold (2)"


def test_titles_stay_apart_whatever_they_stand_in():
    names = ["Cold", "cold ", "Cold: Mains", "Cold (2)"]
    places = [(), (Text("Mains", "m"),), (Text("Cold", "c"), Text("Mains", "m"))]
    kinds = ["cover", "agenda", "concepts", "closing"]
    every = list(itertools.product(names, places, kinds))
    slides = [
        deck.Statement(key=f"s{n}", kind=kind, title=Text(name, f"s{n}.title"), within=within, section="Part")
        for n, (name, within, kind) in enumerate(every)
    ]
    made = [" ".join(slide.title.value.split()).casefold() for slide in with_titles(slides, ENGLISH)]
    assert len({*made}) == len(made) == len(every)
