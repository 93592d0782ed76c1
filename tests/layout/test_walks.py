"""A picture told step by step: what appears with which click, its numbers, and what the notes say."""

import re

import pytest

from conceptdeck.building.deck import DeckJob, deck_parts, plan_deck
from conceptdeck.building.diagrams import build_diagrams, plan_diagrams
from conceptdeck.building.jobs import DiagramsJob
from conceptdeck.building.outputs import web_page
from conceptdeck.layout.walks import Badge
from conceptdeck.reading import source
from conceptdeck.reading.map import read_map
from conceptdeck.values.diagnostics import Failure
from conceptdeck.values.items import click_of, ends_of, keys_in, said
from conceptdeck.values.units import Box, Length, Point

MAP = """
title: How rain comes back
concepts: {sea: Sea, cloud: Cloud, rain: Rain, river: River, mill: Mill, sun: Sun}
focus: rain
relations:
  title: Water goes round
  notes: Look at the arrows.
  walk:
  - sea
  - {show: [sun, cloud], text: The sun lifts the water.}
  - Rain
  items:
  - [sun, heats, sea]
  - [sea, rises to, cloud]
  - [cloud, falls as, rain]
  - [rain, feeds, river]
  - [river, drives, mill]
"""


@pytest.fixture(scope="module")
def planned(tmp_path_factory):
    """Return `planned(text, **options)`: the plan of a map, and its slide of relations."""

    def make(text=MAP, **options):
        path = tmp_path_factory.mktemp("walk") / "map.yaml"
        path.write_text(text, encoding="utf-8")
        plan = plan_deck(DeckJob(path, **options))
        return plan, next(frame for frame in plan.frames if frame.slide == "relation-map")

    return make


@pytest.fixture(scope="module")
def shown(planned):
    return planned()


def clicks(frame) -> dict[str, int]:
    """Return after how many clicks each text appears."""
    return {key: click_of(item) for item in frame.items for key in keys_in(item)}


def test_the_first_step_is_there_and_each_click_brings_the_next_and_the_last_all_the_rest(shown):
    found = clicks(shown[1])
    names = {name: found[f"concepts.{name}.name"] for name in ("sea", "sun", "cloud", "rain", "river", "mill")}
    assert names == {"sea": 0, "sun": 1, "cloud": 1, "rain": 2, "river": 3, "mill": 3}


def test_a_relation_comes_with_the_later_of_its_ends(shown):
    found = clicks(shown[1])
    shapes = {item.name: item for item in shown[1].items}
    for phrase, click in {"sun-sea": 1, "sea-cloud": 1, "cloud-rain": 2, "rain-river": 3, "river-mill": 3}.items():
        assert found[f"relations.{phrase}.phrase"] == click
        lines = [item for item in shown[1].items if item.name.startswith(f"relations.{phrase}.") and ends_of(item)]
        assert len(lines) >= 2 and {click_of(line) for line in lines} == {click}
        assert all(click_of(shapes[end]) <= click for line in lines for end in ends_of(line))


def test_each_step_has_its_number_at_its_first_element_and_is_read_in_order(shown):
    numbers = [item for item in shown[1].items if item.name.endswith(".number")]
    assert [(said(item), click_of(item)) for item in numbers] == [("1", 0), ("2", 1), ("3", 2)]
    boxes = {item.name: item.box for item in shown[1].items if not ends_of(item)}
    for item, first in zip(numbers, ("sea", "sun", "rain"), strict=True):
        assert item.box.overlaps(boxes[f"concepts.{first}.name"])
    order = [click_of(item) for item in shown[1].items if not item.name.startswith(("title", "slide"))]
    assert order == sorted(order)


def test_the_notes_tell_the_steps_in_order(shown):
    lines = shown[1].notes.splitlines()
    at = lines.index("Look at the arrows.")
    assert lines[at + 1 : at + 4] == ["1. Sea", "2. Sun, Cloud: The sun lifts the water.", "3. Rain"]


def test_on_the_page_each_step_waits_for_its_click(shown):
    plan, frame = shown
    page = web_page(plan.deck, plan.theme, plan.frames, plan.book, ()).decode()
    for key, click in clicks(frame).items():
        if click:
            assert re.search(rf'data-key="{re.escape(key)}" data-click="{click}"', page), key


def test_powerpoint_fades_in_each_step(shown):
    text = next(data.decode() for name, data in deck_parts(shown[0]).items() if b"relations.walk.sun.number" in data)
    assert text.count('nodeType="clickEffect"') == 3


def test_without_builds_the_whole_picture_is_there_with_its_numbers(planned):
    _, frame = planned(builds=False)
    assert {click_of(item) for item in frame.items} == {0}
    assert [said(item) for item in frame.items if item.name.endswith(".number")] == ["1", "2", "3"]


def test_a_step_that_the_slide_does_not_show_is_left_out_with_a_warning(planned):
    plan, frame = planned(MAP.replace("sun: Sun}", "sun: Sun, wind: Wind}").replace("- sea\n", "- wind\n  - sea\n", 1))
    assert [each.code for each in plan.problems] == ["walk-unseen"]
    assert [said(item) for item in frame.items if item.name.endswith(".number")] == ["1", "2", "3"]


@pytest.mark.parametrize(
    ("written", "code", "line"),
    [
        ("- [Rain, sea]", "duplicate-reference", 11),
        ("- Raine", "dangling-reference", 11),
        ("- {text: It falls.}", "missing-key", 11),
        ("- []", "empty-collection", 11),
        ("- {show: rain, says: It falls.}", "unknown-key", 11),
    ],
)
def test_a_mistake_in_a_step_is_told_where_it_is(written, code, line):
    node, _ = source.parse(MAP.replace("- Rain", written), "map.yaml")
    found, problems = read_map(node, "rain")
    assert found is None
    assert [(each.code, each.span.line) for each in problems] == [(code, line)]


def test_the_text_of_a_step_keeps_its_key_where_steps_change_places():
    keys = []
    for text in (MAP, MAP.replace("- sea\n", "- mill\n  - sea\n", 1)):
        found, _ = read_map(source.parse(text, "map.yaml")[0], "rain")
        keys.append([step.text.key for step in found.relations.walk if step.text])
    assert keys == [["relations.walk.sun.text"]] * 2


def test_a_number_stands_on_the_first_corner_that_no_line_is_near():
    badge, box = Badge(Length(20), Length(10), Length(2)), Box(Length(100), Length(100), Length(200), Length(80))
    level = (Point(Length(0), Length(100)), Point(Length(150), Length(100)))
    beside = Box(Length(295), Length(60), Length(40), Length(40))
    assert badge.place(box, [], [box]).centre == (100, 100)
    assert badge.place(box, [level], [box]).centre == (300, 100)
    assert badge.place(box, [level], [box, beside]).centre == (100, 180)


def test_a_number_stands_on_an_edge_if_all_corners_are_taken_and_nowhere_if_edges_are_too():
    badge, box = Badge(Length(20), Length(10), Length(2)), Box(Length(100), Length(100), Length(200), Length(80))
    upright = [[Point(Length(x), Length(0)), Point(Length(x), Length(300))] for x in (100, 300)]
    assert badge.place(box, upright, [box]).centre == (120, 92)
    level = [[Point(Length(0), Length(y)), Point(Length(400), Length(y))] for y in (94, 186)]
    assert badge.place(box, level, [box]) is None


# --- pictures ------------------------------------------------------------------------------------

PICTURED = """
title: How rain comes back
focus: rain
categories: {air: {name: Air, members: [rain]}, ground: {name: Ground, members: [river, sea]}}
layers: {sky: {name: Sky, concepts: {cloud: Cloud, rain: Rain}}, land: {name: Land, concepts: {river: River, sea: Sea}}}
relations:
  title: Water goes round
  walk:
  - sea
  - {show: [river, cloud], text: One feeds it.}
  - Rain
  items:
  - [river, flows to, sea]
  - [cloud, falls as, rain]
  - [rain, feeds, river]
diagrams:
  all: {kind: relations}
  some: {kind: relations, elements: [rain, river]}
  way: {kind: flow, walk: [sky, [river, sea]]}
  kinds: {kind: categories, walk: [rain, river, sea]}
  own: {kind: relations, walk: [rain, {show: [sky, river], text: It runs off.}]}
"""


@pytest.fixture(scope="module")
def pictures(tmp_path_factory):
    """Return `pictures(**options)`: the drawings of that map by id, and what was found."""
    path = tmp_path_factory.mktemp("walk") / "map.yaml"
    path.write_text(PICTURED, encoding="utf-8")

    def make(**options):
        sheet = plan_diagrams(DiagramsJob(path, **options))
        return {drawing.id: drawing for drawing in sheet.drawings}, sheet.problems

    return make


@pytest.fixture(scope="module")
def drawn(pictures):
    return pictures()


def numbers(drawing, end=".number"):
    return [(said(item), item.box) for item in drawing.items if ".walk." in item.name and item.name.endswith(end)]


def box_with(drawing, key):
    return next(item.box for item in drawing.items if key in keys_in(item))


def test_a_picture_has_the_number_of_each_step_at_its_first_element(drawn):
    drawing = drawn[0]["all"]
    found = dict(numbers(drawing))
    assert [*found] == ["1", "2", "3"]
    for number, concept in {"1": "layers.land.concepts.sea", "2": "layers.land.concepts.river"}.items():
        assert found[number].overlaps(box_with(drawing, f"{concept}.name"))


def letters(item):
    """Return the box around the letters of a text that stands at the left."""
    wide = max(paragraph.extent for paragraph in item.text.paragraphs)
    return Box(Length(item.box.x + item.text.margins[0]), item.box.y, Length(wide), item.box.h)


def test_numbers_of_a_picture_cover_no_letters(drawn):
    for drawing in drawn[0].values():
        words = [item for item in drawing.items if said(item) and ".walk." not in item.name]
        for _, place in numbers(drawing):
            assert [item for item in words if place.overlaps(letters(item)) and not (item.fill or item.stroke)] == []


def test_what_is_said_with_the_steps_stands_below_the_picture_and_in_its_description(drawn):
    drawing = drawn[0]["all"]
    told = [said(item) for item in drawing.items if "relations.walk.river.text" in keys_in(item)]
    assert told == ["River, Cloud: One feeds it."]
    assert [text for text, _ in numbers(drawing, "@told")] == ["1", "2", "3"]
    assert "1. Sea. 2. River, Cloud: One feeds it. 3. Rain." in drawing.description


def test_a_walk_without_words_is_its_numbers_alone(drawn):
    drawing = drawn[0]["way"]
    assert [text for text, _ in numbers(drawing)] == ["1", "2"]
    assert numbers(drawing, "@told") == []
    layer = box_with(drawing, "layers.sky.name")
    assert not numbers(drawing)[0][1].overlaps(layer)  # it is on the corner of the panel that holds all of the layer


def test_numbers_that_cannot_all_stand_on_the_same_corner_stand_after_the_names(drawn):
    drawing = drawn[0]["kinds"]
    boxes = [
        box_with(drawing, f"layers.{key}.name")
        for key in ("sky.concepts.rain", "land.concepts.river", "land.concepts.sea")
    ]
    assert all(box.holds(place) for box, (_, place) in zip(boxes, numbers(drawing), strict=True))


def test_a_part_of_the_relations_does_not_take_their_walk(drawn):
    assert numbers(drawn[0]["some"]) == []


def test_a_diagram_has_a_walk_of_its_own_and_a_warning_for_what_it_does_not_show(drawn):
    drawings, problems = drawn
    assert [said(item) for item in drawings["own"].items if item.name.endswith("@told")] == ["1", "2"]
    [finding] = [each for each in problems if each.code == "walk-unseen"]
    assert "the diagram `own` does not show `sky`" in finding.message


def test_a_picture_with_numbers_is_as_wide_as_asked_for(pictures):
    drawings, _ = pictures(width=400)
    assert {round(drawing.size.w.px) for drawing in drawings.values()} == {400}


def test_each_step_of_relations_is_a_file_in_the_places_of_the_whole_picture(tmp_path):
    path = tmp_path / "map.yaml"
    path.write_text(PICTURED, encoding="utf-8")
    built = build_diagrams(DiagramsJob(path, out=tmp_path, only=("all", "way"), formats=("svg",), steps=True))
    names = {each.name for each in built.folder.glob("*.svg") if "-narrow" not in each.name}
    assert names == {"all.svg", "all-1.svg", "all-2.svg", "all-3.svg", "way.svg"}
    steps = [(built.folder / f"all-{number}.svg").read_text(encoding="utf-8") for number in (1, 2, 3)]
    assert [[name in text for name in ("Sea<", "River<", "Cloud<", "Rain<")] for text in steps] == [
        [True, False, False, False],
        [True, True, True, False],
        [True, True, True, True],
    ]
    assert [["flows to" in text.split("</desc>")[1], "falls as" in text.split("</desc>")[1]] for text in steps] == [
        [False, False],
        [True, False],
        [True, True],
    ]
    assert len({re.search(r'viewBox="[^"]*"', text)[0] for text in steps}) == 1
    assert "Water goes round. 1. Sea.</desc>" in steps[0]


def test_a_diagram_with_the_name_of_a_step_is_told(tmp_path):
    path = tmp_path / "map.yaml"
    path.write_text(PICTURED.replace("  way:", "  all-2:"), encoding="utf-8")
    with pytest.raises(Failure) as failure:
        build_diagrams(DiagramsJob(path, out=tmp_path, only=("all",), formats=("svg",), steps=True))
    assert [each.code for each in failure.value.diagnostics] == ["step-name"]
