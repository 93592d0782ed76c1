"""Lists longer than their room: they go on on further slides, or end in how many more there are."""

from __future__ import annotations

import re

import pytest

from conceptdeck.building.deck import DeckJob, build_deck, plan_deck
from conceptdeck.values.frame import Shape
from conceptdeck.values.story import Density
from support.decks import write_map

LANGUAGES = {
    "en": "and {} more",
    "de": "und {} weitere",
    "fr": "et {} autres",
    "es": "y {} más",
    "ja": "ほか{}件",
    "zh-Hans": "另有{}项",
    "ar": "و{} عنصرًا آخر",
}
HEAD = {"title": "Garden", "core-sentence": "Gardens grow."}


def tools(count: int) -> dict:
    """Return a map with a concept that has so many examples, beside one that has one."""
    return {
        **HEAD,
        "systems": {f"t{n}": {"name": f"Tool {n}"} for n in range(count)},
        "layers": {
            "title": "What we need",
            "items": {
                "shed": {
                    "name": "Shed",
                    "summary": "What hangs on the wall",
                    "concepts": {
                        "tools": {"name": "Hand tools", "examples": [f"t{n}" for n in range(count)]},
                        "more": {"name": "Machines", "examples": ["t0"]},
                    },
                }
            },
        },
    }


def kinds(count: int) -> dict:
    """Return a map with a category that has so many members, beside one that has two."""
    members = [f"p{n}" for n in range(count)]
    return {
        **HEAD,
        "concepts": {each: {"name": f"Plant number {each[1:]}"} for each in members},
        "categories": {
            "title": "Kinds",
            "items": {
                "all": {"name": "All plants", "question": "What grows?", "members": members},
                "few": {"name": "Few plants", "question": "What blooms?", "members": members[:2]},
            },
        },
    }


def planned(tmp_path, tree, density=Density.READ, story="full"):
    plan = plan_deck(DeckJob(write_map(tmp_path / "garden", tree), density=density, story=story))
    assert [str(each) for each in plan.problems if each.severity.value == "error"] == []
    return plan


def shown(frames, key):
    """Return the texts on the slides of a key, without titles and footers."""
    return [
        item.text.text
        for frame in frames
        if frame.slide == key
        for item in frame.items
        if isinstance(item, Shape) and item.text and not item.placeholder
    ]


@pytest.mark.parametrize("count", [7, 24, 60, 100])
def test_examples_of_a_concept_go_on_and_each_is_shown_once(tmp_path, count):
    frames = planned(tmp_path, tools(count)).frames
    found = [text for text in shown(frames, "layers.shed.concepts.tools") if text.startswith("Tool ")]
    assert found == [f"Tool {n}" for n in range(count)]
    slides = [frame for frame in frames if frame.slide == "layers.shed.concepts.tools"]
    assert len(slides) == -(-count // 24)


@pytest.mark.parametrize(
    ("density", "story", "key"),
    [(Density.READ, "talk", "layers.shed"), (Density.TALK, "full", "layers.shed.concepts.tools")],
)
def test_a_list_that_is_cut_says_how_many_more_there_are_and_the_notes_say_all(tmp_path, density, story, key):
    plan = planned(tmp_path, tools(100), density, story)
    [frame] = [frame for frame in plan.frames if frame.slide == key]
    texts = shown(plan.frames, key)
    named = [text for text in texts if re.fullmatch(r"Tool \d+", text)]
    [more] = [text for text in texts if text.startswith("and ")]
    rest = int(re.fullmatch(r"and (\d+) more", more)[1])
    assert len(named) - (key == "layers.shed") + rest == 100
    assert rest >= 2
    assert len(named) > 8
    assert all(f"Tool {n}" in frame.notes for n in range(100))
    assert "systems.t99.name" in frame.said


def test_a_list_that_is_cut_is_told_in_the_summary(tmp_path):
    built = build_deck(DeckJob(write_map(tmp_path / "garden", tools(100)), out=tmp_path / "out", story="talk"))
    assert "a list is shortened, its rest is in the notes" in built.summary


def test_few_examples_are_never_cut(tmp_path):
    frames = planned(tmp_path, tools(6)).frames
    assert not [text for text in shown(frames, "layers.shed") if text.startswith("and ")]


@pytest.mark.parametrize("count", [16, 60, 120])
def test_members_of_a_category_stand_side_by_side_or_go_on(tmp_path, count):
    frames = planned(tmp_path, kinds(count)).frames
    texts = shown(frames, "categories")
    assert [text for text in dict.fromkeys(texts) if text.startswith("Plant")] == [
        f"Plant number {n}" for n in range(count)
    ]
    assert (len([frame for frame in frames if frame.slide == "categories"]) == 1) is (count == 16)


def test_members_of_a_category_are_cut_where_slides_are_brief(tmp_path):
    plan = planned(tmp_path, kinds(120), Density.TALK)
    frames = [frame for frame in plan.frames if frame.slide == "categories"]
    [more] = [text for text in shown(frames, "categories") if text.startswith("and ")]
    assert all(f"Plant number {n}" in frames[0].notes for n in range(120))
    assert int(more.split()[1]) >= 2


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_rest_is_said_in_each_language(tmp_path, language):
    plan = planned(tmp_path, {"language": language, **tools(100)}, story="talk")
    pattern = re.escape(LANGUAGES[language]).replace(re.escape("{}"), r"\d+")
    assert [text for text in shown(plan.frames, "layers.shed") if re.fullmatch(pattern, text)]


def levels(count: int) -> dict:
    """Return a map with a level that holds so many concepts below one that holds one."""
    members = [f"p{n}" for n in range(count)]
    return {
        **HEAD,
        "concepts": {each: {"name": f"Plant number {each[1:]}"} for each in members},
        "strata": {
            "title": "Levels",
            "items": {
                "soil": {"name": "Soil", "does": "Feeds", "members": members},
                "sun": {"name": "Sun", "does": "Warms", "members": members[:1]},
            },
        },
    }


def test_a_level_gives_its_members_the_width_that_the_other_column_does_not_need(tmp_path):
    [frame] = [frame for frame in planned(tmp_path, levels(60)).frames if frame.slide == "strata"]
    boxes = {item.text.text: item.box for item in frame.items if isinstance(item, Shape) and item.text}
    held = next(box for text, box in boxes.items() if "Plant number 59" in text)
    assert held.w > 2 * boxes["Feeds"].w
    many = boxes["Feeds"].w
    [few] = [frame for frame in planned(tmp_path / "few", levels(2)).frames if frame.slide == "strata"]
    boxes = {item.text.text: item.box for item in few.items if isinstance(item, Shape) and item.text}
    assert boxes["Feeds"].w > many


@pytest.mark.parametrize(("density", "slides"), [(Density.READ, 2), (Density.TALK, 1)])
def test_a_level_with_more_members_than_a_slide_goes_on_or_is_cut(tmp_path, density, slides):
    plan = planned(tmp_path, levels(240), density)
    frames = [frame for frame in plan.frames if frame.slide == "strata"]
    everything = " ".join(shown(frames, "strata"))
    assert (len(frames) > 2) is (slides == 2)
    assert ("and " in everything) is (density is Density.TALK)
    told = everything if density is Density.READ else frames[0].notes
    assert all(re.search(rf"Plant number {n}\b", told) for n in range(240))


@pytest.mark.parametrize(("count", "slides"), [(6, 1), (8, 1), (12, 1), (30, 2)])
def test_an_agenda_of_many_layers_takes_few_slides(tmp_path, count, slides):
    layers = {
        f"l{n}": {
            "name": f"Bed {n}",
            "role": f"Row {n}",
            "summary": f"What grows in bed {n}",
            "concepts": {f"c{n}": {"name": f"Plant {n}"}},
        }
        for n in range(count)
    }
    plan = planned(tmp_path, {**HEAD, "layers": {"title": "Beds", "items": layers}})
    texts = shown(plan.frames, "layers")
    assert sum(frame.slide == "layers" for frame in plan.frames) == slides
    assert {f"Bed {n}" for n in range(count)} <= {*texts}
    assert ("Row 0" in texts) is (count <= 12)
