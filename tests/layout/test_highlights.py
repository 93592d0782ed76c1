"""What a concept shows in large type: a change in two words, or a figure; what has no place goes to the notes."""

from __future__ import annotations

from pathlib import Path

import pytest

from conceptdeck.building.deck import DeckJob, plan_deck
from conceptdeck.reading import source
from conceptdeck.reading.map import read_map
from conceptdeck.values.frame import Connector, Frame, Shape
from conceptdeck.values.items import bodies, box_of
from support.decks import write_map

SHIFT = {"from": "clip", "to": "world"}
FIGURE = {"value": "97 %", "text": "of all scenes"}
EXAMPLES = {"first": "First", "second": "Second", "third": "Third"}


def planned(tmp_path: Path, concept: dict, **tree):
    """Return the plan of a map with one concept, called Scenes, in a layer."""
    said = {"name": "Scenes", "meaning": "Scenes answer their users", "description": "What is seen.", **concept}
    said = {key: value for key, value in said.items() if value}
    layers = {"items": {"only": {"name": "Only", "concepts": {"scenes": said}}}}
    systems = {id_: {"name": name} for id_, name in EXAMPLES.items() if id_ in said.get("examples", ())}
    path = write_map(tmp_path, {"title": "Scenes of today", "systems": systems, "layers": layers, **tree})
    return plan_deck(DeckJob(path))


def slide(plan, key="layers.only.concepts.scenes") -> Frame:
    return next(frame for frame in plan.frames if frame.key == key)


def size(frame: Frame, words: str) -> float:
    runs = [r for item in frame.items for body in bodies(item) for p in body.paragraphs for r in p.runs]
    return max(run.size for run in runs if words in run.text)


def item(frame: Frame, name: str):
    return next(each for each in frame.items if each.name == name)


@pytest.mark.parametrize("examples", [[], ["first"], list(EXAMPLES)])
def test_a_change_is_drawn_large_with_an_arrow_from_what_was_to_what_it_becomes(tmp_path, examples):
    plan = planned(tmp_path, {"shift": SHIFT, "examples": examples})
    frame = slide(plan)
    assert plan.problems == ()
    assert frame.layout == "shift"
    assert size(frame, "clip") == size(frame, "world") > 2 * size(frame, "Scenes answer their users")
    before = item(frame, "layers.only.concepts.scenes.shift.from")
    panel = item(frame, "layers.only.concepts.scenes.panel")
    (arrow,) = (each for each in frame.items if isinstance(each, Connector))
    assert (arrow.begin[0], arrow.finish[0], arrow.arrow) == (before.name, panel.name, True)
    assert arrow.alt == "clip \u2192 world"
    for name in (EXAMPLES[example] for example in examples):
        assert size(frame, name)


def test_long_words_of_a_change_take_lines_and_stay_on_the_slide(tmp_path):
    shift = {"from": "Handgezeichnete Landkarten", "to": "automatisch erzeugte Umgebungen"}
    plan = planned(tmp_path, {"shift": shift})
    assert plan.problems == ()
    frame = slide(plan)
    end = item(frame, "layers.only.concepts.scenes.shift.to")
    assert isinstance(end, Shape)
    assert end.text
    assert len(end.text.paragraphs[0].lines) > 1
    assert box_of(end).right <= plan.theme.column.right


def test_a_tagline_that_says_the_change_goes_to_the_notes(tmp_path):
    frame = slide(planned(tmp_path, {"shift": SHIFT, "tagline": "From clip to world"}))
    assert "From clip to world" in frame.notes
    assert not any("tagline" in each.name for each in frame.items)
    frame = slide(planned(tmp_path / "other", {"shift": SHIFT, "tagline": "They go on"}))
    assert size(frame, "They go on")


@pytest.mark.parametrize("examples", [[], list(EXAMPLES)])
def test_a_figure_is_the_largest_text_of_its_slide(tmp_path, examples):
    plan = planned(tmp_path, {"evidence": FIGURE, "examples": examples})
    frame = slide(plan)
    assert plan.problems == ()
    assert frame.layout == "figure"
    assert size(frame, "97 %") > 2 * size(frame, "Scenes answer their users")
    assert size(frame, "of all scenes")
    assert size(frame, "What is seen.")


def test_what_a_slide_has_no_place_for_is_in_its_notes(tmp_path):
    plan = planned(tmp_path, {"shift": SHIFT, "evidence": FIGURE})
    assert slide(plan).layout == "shift"
    assert "97 %: of all scenes" in slide(plan).notes
    frame = slide(planned(tmp_path / "points", {"shift": SHIFT, "evidence": FIGURE, "points": ["One", "Two"]}))
    assert "clip \u2192 world" in frame.notes
    assert "97 %: of all scenes" in frame.notes


def test_a_change_alone_is_worth_a_slide(tmp_path):
    plan = planned(tmp_path, {"shift": SHIFT, "meaning": None, "description": None})
    assert slide(plan).layout == "shift"
    outside = {"pond": {"name": "Pond", "shift": SHIFT}, "scene": {"name": "Scene"}}
    relations = [["Pond", "is no", "Scene"]]
    path = write_map(tmp_path / "outside", {"title": "Ponds", "concepts": outside, "relations": relations})
    assert any("Pond: clip \u2192 world" in frame.notes for frame in plan_deck(DeckJob(path)).frames)


def test_a_change_is_mirrored_where_texts_run_from_the_right(tmp_path):
    frame = slide(planned(tmp_path, {"shift": {"from": "مقطع", "to": "عالم"}}, language="ar"))
    before = item(frame, "layers.only.concepts.scenes.shift.from")
    after = item(frame, "layers.only.concepts.scenes.shift.to")
    assert box_of(before).x > box_of(after).right


@pytest.mark.parametrize(
    ("concept", "code"),
    [
        ({"shift": {"from": "clip"}}, "missing-key"),
        ({"shift": "clip"}, "wrong-kind"),
        ({"shift": {"from": "clip", "too": "world"}}, "unknown-key"),
        ({"evidence": {"text": "of all"}}, "missing-key"),
    ],
)
def test_what_is_wrong_with_them_is_told(concept, code):
    text = f"title: T\nconcepts: {{a: {{name: A, {str(concept)[1:-1]}}}}}\n"
    node, _ = source.parse(text, "map.yaml")
    found, problems = read_map(node, "t")
    assert found is None
    assert code in [each.code for each in problems]
