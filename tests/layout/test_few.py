"""Slides of a few things fill their place: cards, bare names, an agenda of few layers, tables, groups."""

from __future__ import annotations

from pathlib import Path

import pytest

from conceptdeck.building.deck import DeckJob, plan_deck
from conceptdeck.values.frame import Table
from conceptdeck.values.items import bodies, box_of
from support.decks import write_map

POND = {"name": "Tide pond", "description": "A basin that is shut at ebb.", "meaning": "The pond keeps hours"}


def planned(tmp_path: Path, layers: dict):
    path = write_map(tmp_path, {"title": "Tides", "layers": {"items": layers}})
    path.with_name("stories.yaml").write_text("brief: {density: read, slides: [agenda: 1, cards: 1]}\n", "utf-8")
    return plan_deck(DeckJob(path, story="brief"))


def named(count: int) -> dict:
    return {f"c{n}": {"name": f"Concept {n}"} for n in range(count)}


def shown(plan, key: str):
    """Return the slide of a layer, and the boxes of all that its content area holds."""
    frame = next(each for each in plan.frames if each.key == key)
    column = plan.theme.column
    boxes = [box_of(item) for item in frame.items]
    return frame, [box for box in boxes if box.y >= column.y and box.bottom <= column.bottom]


def words(item) -> list:
    """Return the runs of an item."""
    return [r for body in bodies(item) for p in body.paragraphs for r in p.runs]


def largest(frame) -> float:
    return max(r.size for item in frame.items for r in words(item))


def test_a_single_card_fills_the_content_area(tmp_path):
    plan = planned(tmp_path, {"only": {"name": "Only", "concepts": {"pond": POND}}})
    frame, boxes = shown(plan, "layers.only")
    column = plan.theme.column
    assert plan.problems == ()
    assert (min(box.x for box in boxes), max(box.right for box in boxes)) == (column.x, column.right)
    assert max(box.h for box in boxes) == column.h
    assert "layers.only.concepts.pond.meaning" in [item.name for item in frame.items]


@pytest.mark.parametrize("count", [1, 2, 3, 5, 8, 12])
def test_bare_names_stand_in_the_middle_of_the_content_area(tmp_path, count):
    plan = planned(tmp_path, {"only": {"name": "Only", "concepts": named(count)}})
    _, boxes = shown(plan, "layers.only")
    column = plan.theme.column
    above, below = min(box.y for box in boxes) - column.y, column.bottom - max(box.bottom for box in boxes)
    assert plan.problems == ()
    assert abs(above - below) <= count
    if count > 2:
        assert above < column.h / 8


def test_an_agenda_of_one_or_two_layers_is_large(tmp_path):
    layers = {f"l{n}": {"name": f"Layer {n}", "concepts": {f"c{n}": {"name": f"Concept {n}"}}} for n in range(3)}
    sizes = {}
    for count in (1, 2, 3):
        plan = planned(tmp_path / str(count), dict([*layers.items()][:count]))
        frame, boxes = shown(plan, "layers")
        assert plan.problems == ()
        sizes[count] = largest(frame)
        if count > 1:
            assert sum(box.h for box in {box.y: box for box in boxes}.values()) > plan.theme.column.h * 0.8
    assert sizes[1] == sizes[2] > sizes[3]


def explained(count: int) -> dict:
    said = "The sea comes and goes twice a day, and all that lives here knows when: number"
    about = {"tagline": "Of the shore"}
    return {f"c{n}": {"name": f"Concept {n}", "description": f"{said} {n}.", **about} for n in range(count)}


@pytest.mark.parametrize("count", [5, 6])
def test_more_concepts_than_stand_side_by_side_are_rows_in_letters_that_are_read_from_afar(tmp_path, count):
    plan = planned(tmp_path, {"only": {"name": "Only", "concepts": explained(count)}})
    frames = [each for each in plan.frames if each.key.startswith("layers.only")]
    texts = [item for frame in frames for item in frame.items if item.name.endswith(".description")]
    assert plan.problems == ()
    assert len(texts) == count
    assert min(r.size for item in texts for p in item.text.paragraphs for r in p.runs) >= 15
    (frame,) = frames
    names = [box_of(item) for item in frame.items if "concepts" in item.name and item.name.endswith(".name")]
    assert len({box.x for box in names}) == 1, "one below the other"
    assert all(box_of(text).x > name.right for text, name in zip(texts, names, strict=True))


@pytest.mark.parametrize("count", [1, 4, 9])
def test_the_cover_of_a_map_without_layers_shows_its_concepts_in_orbits(tmp_path, count):
    path = write_map(tmp_path, {"title": "Tides", "concepts": named(count)})
    plan = plan_deck(DeckJob(path))
    discs = [item.name for item in plan.frames[0].items if item.name.endswith(".disc")]
    assert plan.problems == ()
    assert discs == [f"concepts.c{n}.disc" for n in range(count)]


@pytest.mark.parametrize("count", [1, 2, 3])
def test_a_few_definitions_fill_the_content_area_in_large_letters(tmp_path, count):
    about = {f"c{n}": {"name": f"Concept {n}", "description": f"It is the tide number {n}."} for n in range(count)}
    plan = plan_deck(DeckJob(write_map(tmp_path, {"title": "Tides", "concepts": about})))
    (frame,) = [each for each in plan.frames if any("description" in item.name for item in each.items)]
    texts = [item for item in frame.items if item.name.endswith(".description")]
    assert plan.problems == ()
    assert len(texts) == count
    assert min(r.size for item in texts for p in item.text.paragraphs for r in p.runs) >= 24
    boxes = [box_of(item) for item in frame.items if item.name.endswith(".card")]
    column = plan.theme.column
    above, below = min(box.y for box in boxes) - column.y, column.bottom - max(box.bottom for box in boxes)
    assert abs(above - below) <= count


@pytest.mark.parametrize("count", [1, 2, 4])
def test_a_few_concepts_of_a_name_alone_fill_the_content_area(tmp_path, count):
    plan = plan_deck(DeckJob(write_map(tmp_path, {"title": "Tides", "concepts": named(count)})))
    frame, boxes = shown(plan, "concept-list")
    column = plan.theme.column
    assert plan.problems == ()
    assert (min(box.x for box in boxes), max(box.right for box in boxes)) == (column.x, column.right)
    above, below = min(box.y for box in boxes) - column.y, column.bottom - max(box.bottom for box in boxes)
    assert abs(above - below) <= count
    assert largest(frame) >= 30


def test_a_table_of_few_rows_has_larger_letters_and_higher_rows_than_a_long_one(tmp_path):
    sizes, heights = {}, {}
    for count in (3, 9):
        table = {
            "title": "Tides",
            "columns": ["Tide", "Height"],
            "rows": [[f"Tide {n}", f"{n} m"] for n in range(count)],
        }
        path = write_map(tmp_path / str(count), {"title": "Tides", "concepts": ["Tide"], "tables": [table]})
        plan = plan_deck(DeckJob(path))
        (shown_table,) = [item for frame in plan.frames for item in frame.items if isinstance(item, Table)]
        assert plan.problems == ()
        sizes[count] = {
            r.size for row in shown_table.rows[1:] for cell in row.cells for p in cell.body.paragraphs for r in p.runs
        }
        heights[count] = shown_table.rows[1].height
    assert min(sizes[3]) > max(sizes[9])
    assert heights[3] > heights[9]


def test_groups_of_few_concepts_have_larger_chips_than_full_ones(tmp_path):
    sizes = {}
    for count in (3, 24):
        groups = {f"Group {g}": [f"Concept {g}.{n}" for n in range(count)] for g in range(2)}
        path = write_map(tmp_path / str(count), {"title": "Tides", "groups": groups})
        path.with_name("stories.yaml").write_text("brief: {slides: [group-map]}\n", "utf-8")
        plan = plan_deck(DeckJob(path, story="brief"))
        frame, boxes = shown(plan, "group-map")
        chips = [item for item in frame.items if "Concept" in "".join(r.text for r in words(item))]
        assert plan.problems == () and len(chips) == 2 * count
        sizes[count] = {r.size for item in chips for r in words(item)}
        column = plan.theme.column
        assert abs(min(box.y for box in boxes) - column.y - column.bottom + max(box.bottom for box in boxes)) <= 1
    assert min(sizes[3]) > max(sizes[24])


@pytest.mark.parametrize(
    "steps",
    [
        {
            "ask": {"name": "Ask", "detail": "Somebody needs it."},
            "find": {"name": "Find", "detail": "It is known where."},
        },
        {"ask": {"name": "Ask", "headline": "Somebody asks"}, "find": {"name": "Find", "detail": "It is known where."}},
        {"ask": {"name": "Ask", "detail": "Somebody needs it."}, "find": {"name": "Find"}},
    ],
)
def test_each_text_of_a_step_has_the_letters_of_its_kind_whichever_there_are(tmp_path, steps):
    plan = plan_deck(DeckJob(write_map(tmp_path, {"title": "Tides", "steps": steps})))
    frame = next(each for each in plan.frames if each.key == "steps")
    major = {item.name.rpartition(".")[2]: {r.major for r in words(item)} for item in frame.items if words(item)}
    assert plan.problems == ()
    assert major["detail"] == {False}
