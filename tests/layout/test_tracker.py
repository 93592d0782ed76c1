"""The tracker: the map in small on the slides of a layer, whose cells lead to concepts."""

from __future__ import annotations

import pytest

from conceptdeck.building.deck import DeckJob, Plan, plan_deck
from conceptdeck.values.frame import Frame, Shape
from support.decks import write_map


def layers(count: int, concepts: int = 2) -> dict:
    """Return a map with so many layers, each with so many concepts that have slides of their own."""
    items = {
        f"l{n}": {
            "name": f"Bed {n}",
            "concepts": {f"p{n}-{m}": _concept(n, m) for m in range(concepts)},
        }
        for n in range(count)
    }
    return {"title": "Garden", "core-sentence": "Gardens grow.", "layers": {"title": "Beds", "items": items}}


def _concept(bed: int, row: int) -> dict:
    said = f"It grows in bed {bed}, in row {row}."
    return {"name": f"Plant {bed}-{row}", "description": said, "meaning": f"Row {row} of {bed}"}


def planned(tmp_path, tree: dict, locale: str = "en") -> Plan:
    return plan_deck(DeckJob(write_map(tmp_path / "garden", tree | {"language": locale})))


def frame_of(plan: Plan, key: str) -> Frame:
    return next(frame for frame in plan.frames if frame.slide == key)


def cells(frame: Frame) -> list[Shape]:
    return [item for item in frame.items if isinstance(item, Shape) and item.name.startswith("tracker.")]


def label(frame: Frame) -> Shape:
    return next(item for item in frame.items if isinstance(item, Shape) and item.place == "tracker")


def test_the_concept_of_a_slide_is_solid_its_row_fainter_and_the_rest_faint(tmp_path):
    plan = planned(tmp_path, layers(3))
    found = cells(frame_of(plan, "layers.l1.concepts.p1-0"))
    assert len(found) == 6
    own, beside, *_ = (cell.fill.alpha for cell in found[2:])
    assert own == 1 > beside > found[0].fill.alpha
    assert {cell.fill.alpha for cell in (*found[:2], *found[4:])} == {found[0].fill.alpha}
    assert label(frame_of(plan, "layers.l1.concepts.p1-0")).text.text == "2 · Bed 1"


def test_cells_lead_to_concepts_with_their_names_and_the_name_to_its_layer(tmp_path):
    frame = frame_of(planned(tmp_path, layers(3)), "layers.l1.concepts.p1-0")
    leading = {cell.alt: cell.link for cell in cells(frame) if cell.link}
    assert leading["Plant 1-1"] == "layers.l1.concepts.p1-1"
    assert leading["Plant 0-0"] == "layers.l0.concepts.p0-0"
    assert "Plant 1-0" not in leading
    assert label(frame).link == "layers.l1"
    assert [cell.name for cell in cells(frame) if cell.decorative] == ["tracker.row2.cell1"]


def test_the_tracker_stands_at_the_end_where_reading_ends(tmp_path):
    found = {locale: planned(tmp_path / f"{locale}-2", layers(3), locale) for locale in ("en", "ar")}
    for locale, plan in found.items():
        frame = next(each for each in plan.frames if cells(each) and each.layout != "bleed")
        boxes = [cell.box for cell in cells(frame)]
        text = label(frame).box
        assert (text.right <= min(box.x for box in boxes)) is (locale == "en")
        assert (text.x >= max(box.right for box in boxes)) is (locale == "ar")


@pytest.mark.parametrize(("count", "concepts"), [(12, 2), (3, 14)])
def test_of_many_layers_or_concepts_some_are_shown_and_the_one_of_the_slide_among_them(tmp_path, count, concepts):
    plan = planned(tmp_path, layers(count, concepts))
    frames = [frame for frame in plan.frames if cells(frame)]
    assert frames
    for frame in frames:
        assert len(cells(frame)) <= 7 * 6
        assert any(cell.fill.alpha == 1 for cell in cells(frame))


def test_a_map_of_one_layer_needs_no_tracker(tmp_path):
    assert not any(cells(frame) for frame in planned(tmp_path, layers(1)).frames)
