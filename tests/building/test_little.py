"""A map that says little makes a good deck: what is left out is completed or makes no slide; the rest is shown."""

from __future__ import annotations

import pytest
import yaml

from conceptdeck.building.appearances import appearances
from conceptdeck.building.deck import plan_deck
from conceptdeck.building.diagrams import plan_diagrams
from conceptdeck.building.jobs import DeckJob, DiagramsJob
from conceptdeck.building.rooms import Letters, room_in
from conceptdeck.values.cldr import specimen
from conceptdeck.values.diagnostics import Severity
from conceptdeck.values.frame import Shape, Table
from conceptdeck.values.items import said
from conceptdeck.values.story import Density
from conceptdeck.workspace.loading import font_book
from support.decks import ROOT, write_map


@pytest.fixture
def plan(tmp_path):
    """Return `plan(text)`: the plan of the deck of a map."""

    def made(text: str, **options):
        path = write_map(tmp_path / "soil", yaml.load(text, yaml.BaseLoader))
        return plan_deck(DeckJob(path, **options))

    return made


def titles(plan) -> list[str]:
    return [frame.title for frame in plan.frames]


def shown(frame) -> list[str]:
    return [said(item) for item in frame.items if isinstance(item, Shape) and item.text]


def frame_of(plan, key):
    return next(frame for frame in plan.frames if frame.key == key)


def links(frame) -> dict[str, str]:
    return {said(item): item.link for item in frame.items if isinstance(item, Shape) and item.link and item.text}


# --- maps of little more than names --------------------------------------------------------------


def test_a_title_and_relations_make_a_deck_and_pictures(tmp_path):
    path = write_map(tmp_path / "soil", {"title": "Soil", "relations": [["Worm", "eats", "Leaf"], ["Leaf", "Soil"]]})
    plan = plan_deck(DeckJob(path))
    assert plan.problems == ()
    assert titles(plan) == ["Soil", "Relations"]
    assert {"Worm", "eats", "Leaf", "Soil"} <= set(shown(plan.frames[1]))
    drawn = plan_diagrams(DiagramsJob(path))
    assert drawn.problems == ()
    assert [each.id for each in drawn.drawings] == ["relations", "map"]


PARTS = """
title: Soil
steps: {items: {one: Dig, two: Plant}}
concepts: {worm: Worm, leaf: Leaf}
layers: {items: {life: {name: Life, concepts: [Root, Seed]}}}
tables: {t: {columns: {what: What, where: Where}, rows: {r: {what: Worm, where: Below}}}}
categories: {items: {small: {name: Small, members: [worm]}}}
relations: [[worm, eats, leaf]]
strata: {items: {low: Ground, high: {name: Air, members: [leaf]}}}
aims: {items: {w: {concept: worm, wants: Food}}}
sources: {items: {s: {title: A book}}}
"""


def test_parts_without_titles_are_called_by_the_programs_own_words(plan):
    made = plan(PARTS)
    assert made.problems == ()
    assert titles(made) == [
        "Soil", "Step by step", "Overview", "Life", "What, Where", "Categories", "Relations", "Levels",
        "What each one wants", "Sources",
    ]  # fmt: skip


@pytest.mark.parametrize("tag", ["de", "fr", "es", "ja", "zh-Hans", "ar"])
def test_the_programs_own_titles_are_in_the_language_of_the_map(plan, tag):
    same = {"Soil", "Life", "What, Where"} | ({"Sources", "Relations"} if tag == "fr" else set())
    assert set(titles(plan(PARTS))) & set(titles(plan(f"language: {tag}\n{PARTS}"))) <= same


def test_a_map_without_a_core_sentence_has_its_title_large_and_no_closing_slide(plan):
    cover = plan("title: Soil\nconcepts: [Worm]\nrelations: [[worm, worm]]").frames[0]
    (title,) = [item for item in cover.items if isinstance(item, Shape) and said(item) == "Soil"]
    beside = plan("title: Soil\ncore-sentence: Soil lives.").frames[0]
    (sentence,) = [item for item in beside.items if isinstance(item, Shape) and said(item) == "Soil lives."]
    assert title.text.paragraphs[0].runs[0].size == sentence.text.paragraphs[0].runs[0].size
    assert title.placeholder.type == "ctrTitle"


@pytest.mark.parametrize("line", ["label: Notes", "meta: Today", "notes: Say hello."])
def test_a_large_title_is_read_before_the_small_lines_of_its_cover(plan, line):
    made = plan(f"title: Soil\nsubtitle: What lives there\ncover: {{{line}}}")
    assert made.problems == ()


def test_a_closing_line_alone_closes_the_deck(plan):
    made = plan("title: Soil\nclosing: {text: Go and dig.}")
    assert titles(made) == ["Soil", "Go and dig."]


def test_an_empty_cell_of_a_table_shows_a_dash(plan):
    made = plan("title: Soil\ntables: {t: {columns: {a: What, b: Weight}, rows: {r: {a: Worm}, s: {b: 3 g}}}}")
    assert made.problems == ()
    (table,) = [item for item in made.frames[1].items if isinstance(item, Table)]
    assert [[cell.body.text for cell in row.cells] for row in table.rows] == [
        ["What", "Weight"],
        ["Worm", "–"],
        ["–", "3 g"],
    ]


def test_steps_that_are_names_only_show_them_large(plan):
    sizes = {}
    for name, steps in (("names", "{a: Dig}"), ("headlines", "{a: {name: One, headline: Dig}}")):
        frame = plan(f"title: Soil\nsteps: {{items: {steps}}}").frames[1]
        (shape,) = [item for item in frame.items if isinstance(item, Shape) and item.text and said(item) == "Dig"]
        sizes[name] = shape.text.paragraphs[0].runs[0].size
    assert sizes["names"] == sizes["headlines"]


# --- what has nothing to say ---------------------------------------------------------------------

LAYER = """
title: Soil
core-sentence: Soil lives.
layers:
  items:
    life:
      name: Life
      concepts:
        worm: {name: Worm, tagline: A digger, notes: Show one., see: [leaf], link: "https://example.org/worm"}
        root: Root
        leaf: {name: Leaf, description: It falls in autumn.}
"""


def test_a_concept_that_says_nothing_stands_among_its_siblings_only(plan):
    made = plan(LAYER)
    assert made.problems == ()
    assert titles(made) == ["Soil", "Overview", "Life", "Leaf", "Soil lives."]
    cards = frame_of(made, "layers.life")
    assert {"Worm", "A digger", "Root", "Leaf", "It falls in autumn."} <= set(shown(cards))
    assert links(cards)["Worm"] == "https://example.org/worm"
    assert "Worm: Show one." in cards.notes
    assert "Worm: See also: Leaf" in cards.notes


def test_a_layer_with_a_line_of_its_own_keeps_its_divider(plan):
    made = plan(LAYER.replace("name: Life\n", "name: Life\n      lead: Small and many.\n"))
    assert titles(made)[2:4] == ["Life", "Life: Overview"]


def test_each_slide_of_a_concept_names_it(plan):
    made = plan(LAYER.replace("It falls in autumn.", "It falls in autumn., meaning: Leaves feed what eats them"))
    assert {"Leaves feed what eats them", "Leaf", "It falls in autumn."} <= set(
        shown(frame_of(made, "layers.life.concepts.leaf"))
    )


def test_a_name_that_is_the_title_is_not_said_twice(plan):
    assert shown(frame_of(plan(LAYER), "layers.life.concepts.leaf")).count("Leaf") == 1


def test_in_a_talk_a_description_stays_where_nothing_else_is_left(plan):
    assert "It falls in autumn." in shown(frame_of(plan(LAYER, density=Density.TALK), "layers.life.concepts.leaf"))


@pytest.mark.parametrize(("count", "slides"), [(3, 1), (12, 1), (13, 2), (40, 4)])
def test_many_bare_concepts_share_few_slides(plan, count, slides):
    names = [f"Kind {n} of moss" for n in range(1, count + 1)]
    made = plan(f"title: Moss\nlayers: {{items: {{all: {{name: All, concepts: {names}}}}}}}")
    assert made.problems == ()
    frames = [frame for frame in made.frames if frame.slide == "layers.all"]
    assert len(frames) == slides
    assert [text for frame in frames for text in shown(frame) if text in names] == names


RELATION = "title: Soil\nconcepts: [Worm, Leaf]\nrelations: [{source: worm, target: leaf, %s}]"


def test_a_relation_that_says_nothing_has_no_slide_and_its_message_is_told(plan):
    made = plan(RELATION % "headline: Worms love leaves.")
    assert [frame.key for frame in made.frames] == ["cover", "relation-map"]
    assert "Worms love leaves." in made.frames[1].notes


@pytest.mark.parametrize(
    ("parts", "title"),
    [
        ("phrase: eats, core: A plant.", "Worm – eats – Leaf"),
        ("core: A plant.", "Worm → Leaf"),
        ("headline: Worms love leaves., core: A plant.", "Worms love leaves."),
    ],
)
def test_the_slide_of_a_relation_is_called_by_its_message_or_its_proposition(plan, parts, title):
    assert frame_of(plan(RELATION % parts), "relations.worm-leaf").title == title


@pytest.mark.parametrize(
    "parts", ["core: A plant.", "core: A plant., adds: Air.", "core: A plant., adds: Air., evidence: {value: 3}"]
)
def test_the_cards_of_a_relation_share_the_whole_width(plan, parts):
    made = plan(RELATION % parts)
    items = [item for item in frame_of(made, "relations.worm-leaf").items if isinstance(item, Shape)]
    title = next(item for item in items if item.placeholder and item.placeholder.type == "title")
    below = [item for item in items if not item.placeholder]
    assert max(item.box.right for item in below) >= title.box.right - title.box.w // 20


@pytest.mark.parametrize("theme", ["atlas", "orbit", "beacon"])
def test_in_a_talk_every_kind_of_slide_has_the_room_that_its_larger_letters_need(theme):
    path = ROOT / "tests" / "cases" / "every-kind" / "map.yaml"
    problems = plan_deck(DeckJob(path, density=Density.TALK, theme=theme)).problems
    assert [each for each in problems if each.severity is Severity.ERROR] == []


def test_in_a_talk_a_relation_keeps_what_it_says_if_that_is_all(plan):
    made = plan(RELATION % "limit: It cannot fly.", density=Density.TALK)
    assert "It cannot fly." in shown(frame_of(made, "relations.worm-leaf"))


# --- points, links, references and concepts as examples -------------------------------------------

CONCEPT = """
title: Soil
layers:
  items:
    life:
      name: Life
      concepts:
        worm:
          name: Worm
          meaning: Worms make soil
          points: [They dig, They eat, They leave air behind]
          examples: [leaf]
          see: [leaf, stone]
          link: https://www.example.org/worm?x=1
        leaf: {name: Leaf, description: It falls.}
concepts: {stone: {name: Stone, points: [Hard, Old], see: [leaf], link: "https://example.org/stone"}}
relations: [[worm, avoids, stone]]
"""


def test_a_concept_shows_its_points_its_address_and_what_to_see_next(plan):
    made = plan(CONCEPT)
    assert made.problems == ()
    frame = frame_of(made, "layers.life.concepts.worm")
    assert {"They dig", "They eat", "They leave air behind", "example.org", "See also", "Leaf", "Stone"} <= set(
        shown(frame)
    )
    dots = [item for item in frame.items if getattr(item, "part", "") == "dot"]
    assert len(dots) == 3
    (address,) = [item for item in frame.items if isinstance(item, Shape) and item.text and said(item) == "example.org"]
    assert address.text.paragraphs[0].runs[0].href == "https://www.example.org/worm?x=1"


def test_references_and_examples_lead_to_the_slides_of_their_concepts(plan):
    made = plan(CONCEPT)
    found = links(frame_of(made, "layers.life.concepts.worm"))
    assert found["Leaf"] == "layers.life.concepts.leaf"
    assert found["Stone"] == "https://example.org/stone"
    assert links(frame_of(made, "layers.life"))["Leaf"] == "layers.life.concepts.leaf"


def test_a_reference_to_a_concept_without_a_slide_leads_to_its_siblings(plan):
    made = plan(CONCEPT.replace(", description: It falls.", ""))
    assert links(frame_of(made, "layers.life.concepts.worm"))["Leaf"] == "layers.life"


def test_what_a_concept_without_a_slide_says_is_in_the_notes(plan):
    notes = frame_of(plan(CONCEPT), "relation-map").notes
    for line in ("Stone: Hard", "Old", "Stone: See also: Leaf", "Stone: https://example.org/stone"):
        assert line in notes.splitlines()


def test_many_points_go_on_further_slides(plan):
    points = ", ".join(f"The {n}th thing that a worm does in one long and busy night" for n in range(1, 25))
    made = plan(CONCEPT.replace("[They dig, They eat, They leave air behind]", f"[{points}]"))
    assert made.problems == ()
    frames = [frame for frame in made.frames if frame.slide == "layers.life.concepts.worm"]
    assert len(frames) > 1
    told = [text for frame in frames for text in shown(frame) if text.startswith("The ")]
    assert len(told) == len(set(told)) == 24
    assert all("Worm" in shown(frame) for frame in frames)


def test_a_pill_that_names_a_concept_says_nothing_of_the_room_that_its_name_has(plan):
    rooms = []
    for text in (CONCEPT, CONCEPT.replace("see: [leaf, stone]", "see: [stone]").replace("examples: [leaf]", "")):
        made = plan(text)
        found = appearances(made.edition.map, made.frames, ())
        letters = Letters("de", made.theme, font_book(made.theme), specimen("de"))
        rooms.append(room_in(found["layers.life.concepts.leaf.name"].spaces, letters))
    assert rooms[0] is not None
    assert rooms[0].letters * 2 > rooms[1].letters


def test_texts_of_a_list_are_called_by_their_numbers(plan):
    own = plan(CONCEPT).edition.map
    (worm, _) = own.layers.items[0].concepts
    assert [text.key for text in worm.points] == [f"layers.life.concepts.worm.points.{n}" for n in (1, 2, 3)]
