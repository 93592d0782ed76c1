"""Aims: two fields that overlap where an aim is on both sides, else a list; one has its own form, many go on."""

from __future__ import annotations

import pytest

from conceptdeck.building.deck import DeckJob, plan_deck
from conceptdeck.values.frame import Frame, Shape
from conceptdeck.values.units import Box
from support.decks import write_map

HEAD = {"title": "Garden", "core-sentence": "Gardens grow.", "focus": "p0"}
SIDES = {"left": "Indoors", "right": "Outdoors"}


def aims(sides: list[str] | int, *, named: bool = True, wants: str = "More light") -> dict:
    """Return a map with an aim for each of the sides, or without sides with so many."""
    every = sides if isinstance(sides, list) else [""] * sides
    items = {
        f"a{n}": {"concept": f"p{n}", "wants": f"{wants} {n}", **({"side": side} if side else {})}
        for n, side in enumerate(every)
    }
    return {
        **HEAD,
        "concepts": {f"p{n}": {"name": f"Plant {n}", "icon": "leaf"} for n in range(len(every))},
        "aims": {"title": "What plants want", "items": items, **({"sides": SIDES} if named and every[0] else {})},
    }


def frames(tmp_path, tree: dict) -> list[Frame]:
    plan = plan_deck(DeckJob(write_map(tmp_path / "garden", tree)))
    return [frame for frame in plan.frames if frame.slide == "aims"]


def boxes(frame: Frame) -> dict[str, Box]:
    """Return the boxes of a slide's texts, and of what is drawn behind them by its name."""
    shapes = [item for item in frame.items if isinstance(item, Shape)]
    return {item.text.text if item.text else item.name: item.box for item in shapes}


def test_each_aim_is_in_its_field_and_those_on_both_sides_where_they_overlap(tmp_path):
    [frame] = frames(tmp_path, aims(["both", "left", "right"]))
    found = boxes(frame)
    left, right = found["aims.sides.left.field"], found["aims.sides.right.field"]
    assert left.x < right.x < left.right < right.right
    assert found["More light 1"].right <= right.x
    assert right.x <= found["More light 0"].x < found["More light 0"].right <= left.right
    assert found["More light 2"].x >= left.right
    assert found["Indoors"].right <= right.x
    assert found["Outdoors"].x >= left.right


def test_fields_stand_apart_if_nothing_is_on_both_sides(tmp_path):
    [frame] = frames(tmp_path, aims(["left", "right", "right"]))
    found = boxes(frame)
    assert found["aims.sides.left.field"].right < found["aims.sides.right.field"].x


def test_the_focus_is_the_only_aim_on_an_accent(tmp_path):
    [frame] = frames(tmp_path, aims(["both", "left", "both"]))
    assert [name for name in boxes(frame) if name.endswith(".panel")] == ["aims.a0.wants.panel"]


@pytest.mark.parametrize("missing", ["names", "a side"])
def test_aims_are_listed_if_sides_are_not_complete(tmp_path, missing):
    tree = aims(["both", "left", "right"], named=missing != "names")
    if missing == "a side":
        del tree["aims"]["items"]["a1"]["side"]
    [frame] = frames(tmp_path, tree)
    found = boxes(frame)
    assert not any(name.endswith(".field") for name in found)
    assert found["More light 0"].x == found["More light 1"].x > found["Plant 0"].right


def test_aims_that_two_fields_do_not_hold_are_listed_on_as_many_slides_as_they_need(tmp_path):
    found = frames(tmp_path, aims(["both", "left"] * 11))
    assert len(found) == 3
    told = [text for frame in found for text in boxes(frame)]
    assert {f"More light {n}" for n in range(22)} <= set(told)


@pytest.mark.parametrize("count", [1, 2, 8])
def test_a_list_of_aims_stands_in_the_middle_of_the_slide(tmp_path, count):
    [frame] = frames(tmp_path, aims(count))
    found = boxes(frame)
    rows = [box for name, box in found.items() if name.endswith((".rule", ".row"))]
    wants = [found[f"More light {n}"] for n in range(count)]
    assert len(rows) == count
    assert len({box.h for box in wants}) == 1
    top, bottom = wants[0].y, wants[-1].bottom
    centre = (top + bottom) / 2
    assert centre == pytest.approx(4.325 * 914400, abs=9144)
