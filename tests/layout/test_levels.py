"""The hierarchy: slabs of the full width from the ground up, signs beside names, arrows with words outside."""

from __future__ import annotations

import pytest

from conceptdeck.building.deck import DeckJob, Plan, plan_deck
from conceptdeck.values.frame import Frame, Shape, Sign
from support.decks import write_map

HEAD = {"title": "Garden", "core-sentence": "Gardens grow."}


def levels(count: int, *, last: dict | None = None, signs: bool = True) -> dict:
    """Return a map with so many levels, of which the second holds the focus; `last` is added to the highest."""
    icon = {"icon": "leaf"} if signs else {}
    items = {
        f"l{n}": {"name": f"Level {n}", "does": f"Feeds what is above {n}", "members": [f"p{n}"]} for n in range(count)
    }
    items[f"l{count - 1}"] |= last or {}
    return {
        **HEAD,
        "focus": f"p{min(1, count - 1)}",
        "concepts": {f"p{n}": {"name": f"Plant {n}", **icon} for n in range(count)},
        "strata": {"title": "What rests on what", "items": items},
    }


def planned(tmp_path, tree: dict) -> Plan:
    return plan_deck(DeckJob(write_map(tmp_path / "garden", tree)))


def slides(plan: Plan) -> list[Frame]:
    return [frame for frame in plan.frames if frame.slide == "strata"]


def shapes(frame: Frame) -> dict[str, Shape]:
    return {item.text.text if item.text else item.name: item for item in frame.items if isinstance(item, Shape)}


def test_slabs_reach_from_margin_to_arrows_and_words_stand_outside_them(tmp_path):
    plan = planned(tmp_path, levels(5))
    found = shapes(slides(plan)[0])
    slab = found["strata.l1.slab"].box
    assert slab.x == found["What rests on what"].box.x
    for word, arrow in (("Supports", "term.supports.arrow"), ("Relies on", "term.relies-on.arrow")):
        assert slab.right < found[arrow].box.x < found[arrow].box.right <= found[word].box.x


def test_arrows_start_at_the_edges_of_the_focus_and_leave_out_what_governs_from_outside(tmp_path):
    found = shapes(slides(planned(tmp_path, levels(5, last={"line": "dashed"})))[0])
    boxes = [found[f"strata.l{n}.slab"].box for n in range(5)]
    up, down = found["term.supports.arrow"].box, found["term.relies-on.arrow"].box
    assert (up.y, up.bottom) == (boxes[3].y, boxes[2].bottom)
    assert (down.y, down.bottom) == (boxes[0].y, boxes[0].bottom)
    assert boxes[3].y - boxes[4].bottom > boxes[2].y - boxes[3].bottom


def test_members_have_their_signs_before_them_and_names_stand_below_each_other(tmp_path):
    frame = slides(planned(tmp_path, levels(4, last={"members": ["p0", "p2"]})))[0]
    signs = [item for item in frame.items if isinstance(item, Sign)]
    assert len(signs) == 5
    found = shapes(frame)
    assert len({found[f"Plant {n}"].box.x for n in (0, 1)}) == 1


def test_a_map_without_signs_keeps_no_room_for_them(tmp_path):
    with_signs = shapes(slides(planned(tmp_path / "one", levels(3)))[0])["Plant 1"].box
    without = shapes(slides(planned(tmp_path / "two", levels(3, signs=False)))[0])["Plant 1"].box
    assert without.x < with_signs.x


@pytest.mark.parametrize(("count", "told"), [(7, True), (8, False), (9, False)])
def test_of_eight_or_nine_levels_one_slide_leaves_what_they_do_to_the_notes(tmp_path, count, told):
    plan = planned(tmp_path, levels(count))
    [frame] = slides(plan)
    on_slide = [text for text in shapes(frame) if text.startswith("Feeds")]
    assert len(on_slide) == (count if told else 0)
    assert all((f"Feeds what is above {n}" in frame.notes) is not told for n in range(count))


@pytest.mark.parametrize("count", [1, 2, 3])
def test_few_levels_stand_in_the_middle_of_the_slide(tmp_path, count):
    found = shapes(slides(planned(tmp_path, levels(count)))[0])
    boxes = [found[f"strata.l{n}.slab"].box for n in range(count)]
    assert (boxes[0].bottom + boxes[-1].y) / 2 == pytest.approx(4.325 * 914400, abs=9144)


def test_more_than_nine_levels_go_on_with_what_they_do(tmp_path):
    found = slides(planned(tmp_path, levels(10)))
    assert len(found) == 2
    told = [text for frame in found for text in shapes(frame) if text.startswith("Feeds")]
    assert len(told) == 10
