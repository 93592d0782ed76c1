"""Stories, densities and motion: what a speaker chooses on the command line."""

from __future__ import annotations

import itertools
import re
from pathlib import Path

import pytest
from pptx import Presentation

from conceptdeck.building.deck import DeckJob, build_deck, deck_parts, plan_deck
from conceptdeck.reading import source
from conceptdeck.reading.map import read_map
from conceptdeck.reading.stories import read_stories
from conceptdeck.values import model
from conceptdeck.values.diagnostics import Failure
from conceptdeck.values.story import Density
from support.decks import shipped_tree, write_map

ROOT = Path(__file__).resolve().parents[2]
MAP = ROOT / "data" / "world-models" / "map.yaml"
STORIES = ("full", "talk", "lightning")
THEMES = ("atlas", "orbit", "beacon")


def plan(**options):
    return plan_deck(DeckJob(MAP, **options))


def concept_map() -> model.ConceptMap:
    """Return the shipped map."""
    node, _ = source.parse(MAP.read_text(encoding="utf-8"), "map.yaml")
    found, _ = read_map(node, "world-models")
    return found


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize("density", list(Density))
@pytest.mark.parametrize("story", STORIES)
def test_every_story_is_clean_in_every_density_and_theme(story, density, theme):
    assert plan(story=story, density=density, theme=theme).problems == ()


@pytest.mark.parametrize(("story", "low", "high"), [("talk", 18, 22), ("lightning", 4, 6)])
def test_a_story_takes_about_the_time_it_promises(story, low, high):
    minutes = sum(slide.minutes for slide in plan(story=story).deck.slides)
    assert low <= minutes <= high


def test_notes_carry_a_clock_without_gaps():
    stamps = [re.match(r"(\d+:\d\d) to (\d+:\d\d) min", frame.notes) for frame in plan(story="talk").frames]
    assert all(stamps)
    assert stamps[0][1] == "0:00"
    assert all(before[2] == after[1] for before, after in itertools.pairwise(stamps))


def test_talk_density_moves_descriptions_into_the_notes():
    read, talk = plan(story="full", density=Density.READ), plan(story="full", density=Density.TALK)
    description = next(s for s in read.deck.slides if s.kind == "concepts").concept.description.value
    shown = {item.text.text for frame in talk.frames for item in frame.items if getattr(item, "text", None)}
    assert description not in shown
    assert any(description in frame.notes for frame in talk.frames)


def concepts_of(node) -> list[model.Concept]:
    return [concept for layer in node.layers.items for concept in layer.concepts]


@pytest.mark.parametrize(("story", "key"), [("full", "concept"), ("talk", "layer")])
def test_notes_name_the_makers_of_the_examples_on_the_slide(story, key):
    shipped = concept_map()
    systems = {system.id: system for system in shipped.systems}
    notes = {frame.key: frame.notes for frame in plan(story=story).frames}
    layer_of = {concept.key: layer.key for layer in shipped.layers.items for concept in layer.concepts}
    made = [(each, systems[ref.id]) for each in concepts_of(shipped) for ref in each.examples if systems[ref.id].by]
    assert len(made) > 20
    for concept, system in made:
        said = notes[concept.key if key == "concept" else layer_of[concept.key]]
        assert f"{system.name} by {system.by}" in said, system.id
        assert said.count(f"Examples of {concept.name}: ") == 1


@pytest.mark.parametrize("story", ["full", "talk", "lightning"])
def test_notes_tell_what_concepts_outside_the_layers_are(story):
    shipped = concept_map()
    frames = {frame.key: frame for frame in plan(story=story).frames}
    for concept in shipped.concepts:
        found = [key for key, frame in frames.items() if concept.description.value in frame.notes]
        own = f"relations.{concept.id}"
        assert found == [own if own in frames else "relation-map"], concept.id


def test_a_maker_that_only_a_table_knows_is_told_there(tmp_path):
    tree = shipped_tree()
    tree["systems"]["only-here"] = {"name": "Only here", "by": "Somebody"}
    tree["tables"]["bridge"]["rows"]["metaverse"]["connects"] = ["only-here"]
    path = write_map(tmp_path / "mine", tree)
    notes = {frame.key: frame.notes for frame in plan_deck(DeckJob(path)).frames}
    assert "Examples: Only here by Somebody" in notes["tables.bridge"]


def test_sections_hold_every_slide_once_and_in_order(tmp_path):
    build_deck(DeckJob(MAP, out=tmp_path))
    (path,) = tmp_path.rglob("*.pptx")
    presentation = Presentation(path)
    listed = [int(i) for i in presentation.part._element.xpath("//*[local-name()='sectionLst']//@id") if i.isdigit()]
    assert listed == [slide.slide_id for slide in presentation.slides]


@pytest.mark.parametrize("story", ["full", "talk"])
def test_the_tracker_and_the_agenda_lead_to_the_first_slide_of_the_layer(tmp_path, story):
    build_deck(DeckJob(MAP, out=tmp_path, story=story))
    (path,) = tmp_path.rglob("*.pptx")
    presentation = Presentation(path)
    jumps = 0
    for slide in presentation.slides:
        for shape in slide.shapes:
            if shape.name.endswith(("@tracker", "@agenda")) and shape.click_action.target_slide is not None:
                layer = shape.name.split(".")[1]
                names = {each.name for each in shape.click_action.target_slide.shapes}
                assert any(name.startswith(f"layers.{layer}.") for name in names), shape.name
                jumps += 1
    assert jumps >= 15


def test_links_of_slides_that_the_story_leaves_out_are_dropped():
    frames = plan(story="lightning").frames
    keys = {frame.key for frame in frames}
    links = [item.link for frame in frames for item in frame.items if getattr(item, "link", "")]
    assert set(links) <= keys


def test_builds_fade_shapes_that_exist_and_can_be_switched_off():
    moving, fixed = deck_parts(plan()), deck_parts(plan(builds=False))
    slides = {name: data.decode() for name, data in moving.items() if re.fullmatch(r"ppt/slides/slide\d+\.xml", name)}
    animated = {name: text for name, text in slides.items() if "<p:timing>" in text}
    assert len(animated) >= 8
    for text in animated.values():
        ids = set(re.findall(r'<p:cNvPr id="(\d+)"', text))
        assert set(re.findall(r'spid="(\d+)"', text)) <= ids
    assert not any(b"<p:timing>" in data for data in fixed.values())


def test_morph_is_asked_for_and_falls_back_to_a_fade():
    parts = deck_parts(plan(morph=True))
    morphs = [data for data in parts.values() if b"p159:morph" in data]
    assert len(morphs) >= 7
    assert all(b'<mc:Fallback><p:transition spd="slow"><p:fade/>' in data for data in morphs)
    assert not any(b"p159:morph" in data for data in deck_parts(plan()).values())


def test_a_map_has_stories_of_its_own_beside_it(tmp_path):
    folder = tmp_path / "mine"
    folder.mkdir()
    (folder / "map.yaml").write_text(MAP.read_text("utf-8"), "utf-8")
    (folder / "stories.yaml").write_text("short:\n  slides:\n    - layers.past: 2\n    - cover: 1\n", "utf-8")
    deck = plan_deck(DeckJob(folder / "map.yaml", story="short")).deck
    assert [slide.key for slide in deck.slides] == ["layers.past", "cover"]


@pytest.mark.parametrize(("may", "codes"), [("2.5", ["over-time"]), ("3", []), ("0", [])])
def test_the_minutes_of_a_story_are_held_against_those_of_its_slides(tmp_path, may, codes):
    folder = tmp_path / "mine"
    folder.mkdir()
    (folder / "map.yaml").write_text(MAP.read_text("utf-8"), "utf-8")
    slides = "    - layers.past: 2\n    - cover: 1\n"
    (folder / "stories.yaml").write_text(f"short:\n  minutes: {may}\n  slides:\n{slides}", "utf-8")
    built = build_deck(DeckJob(folder / "map.yaml", story="short", out=tmp_path / "out"))
    assert [each.code for each in built.findings] == codes
    assert all("take 3 minutes, of 2.5 that" in each.message and each.span.line == 1 for each in built.findings)
    assert built.summary.startswith("2 slides, 3 minutes")


@pytest.mark.parametrize(
    "text",
    ["mine: [cover, strata: 2]", "mine: {slides: [[cover], {strata: 2}]}", "mine: {slides: [cover: 1, strata: 2]}"],
)
def test_a_slide_without_minutes_takes_one_and_a_story_may_be_its_slides(text):
    (story,), problems = read_stories(source.parse(text, "stories.yaml")[0])
    assert problems == ()
    assert [[(beat.selector, beat.minutes) for beat in group] for group in story.groups] == [
        [("cover", 1)],
        [("strata", 2)],
    ]


@pytest.mark.parametrize(
    ("text", "code", "place"),
    [
        ("short:\n  slides:\n    - cver: 1\n", "unknown-slide", (3, 7)),
        ("short:\n  slides:\n    - cover: soon\n", "bad-number", (3, 14)),
        ("short:\n  density: loud\n  slides:\n    - cover: 1\n", "bad-choice", (2, 12)),
        ("short:\n  slide:\n    - cover: 1\n", "unknown-key", (2, 3)),
        ("short:\n  slides: cover\n", "wrong-kind", (2, 11)),
        ("short:\n  slides:\n    - [[cover]]\n", "wrong-kind", (3, 7)),
        ("other:\n  slides:\n    - cover: 1\n", "unknown-story", None),
    ],
)
def test_a_mistake_in_a_story_is_told_with_its_place(tmp_path, text, code, place):
    folder = tmp_path / "mine"
    folder.mkdir()
    (folder / "map.yaml").write_text(MAP.read_text("utf-8"), "utf-8")
    (folder / "stories.yaml").write_text(text, "utf-8")
    with pytest.raises(Failure) as caught:
        plan_deck(DeckJob(folder / "map.yaml", story="short"))
    found = {
        (each.code, (each.span.line, each.span.column) if each.span.line else None) for each in caught.value.diagnostics
    }
    assert (code, place) in found


def test_the_shipped_stories_read_without_findings():
    node, problems = source.parse((ROOT / "data" / "stories.yaml").read_text("utf-8"), "stories.yaml")
    assert not problems
    stories, problems = read_stories(node)
    assert not problems
    assert [story.id for story in stories] == list(STORIES)
