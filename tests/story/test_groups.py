"""Groups: which slides show them, in which form, and what attributes say of their concepts."""

from copy import deepcopy

import pytest
import yaml

from conceptdeck.building.deck import plan_deck
from conceptdeck.building.diagrams import plan_diagrams
from conceptdeck.building.jobs import DeckJob, DiagramsJob
from conceptdeck.building.shown import check_shown
from conceptdeck.reading.map import read_map
from conceptdeck.reading.source import parse
from conceptdeck.values.frame import Route, Shape, Table
from conceptdeck.values.items import said
from support.landscapes import glossary, landscape, radar

HEAD = "title: Kitchen\ncore-sentence: Everything has its place.\n"


@pytest.fixture
def plan(tmp_path):
    """Return `plan(text or tree, **options)`: a deck of a map, before it is written."""

    def planned(content, **options):
        path = tmp_path / "kitchen" / "map.yaml"
        path.parent.mkdir(exist_ok=True)
        text = content if isinstance(content, str) else yaml.safe_dump(content, sort_keys=False, allow_unicode=True)
        path.write_text(text, encoding="utf-8")
        return plan_deck(DeckJob(path, **options))

    return planned


def kinds(made):
    return [type(slide).__name__ for slide in made.deck.slides][1:-1]


def texts(frame):
    return [said(item) for item in frame.items if isinstance(item, Shape) and item.text]


def read(text):
    node, problems = parse(HEAD + text, "map.yaml")
    found, more = read_map(node, "kitchen")
    return found, [*problems, *more]


# --- how groups are written ----------------------------------------------------------------------


def test_a_concept_written_in_a_group_is_one_of_the_map_and_may_be_in_other_groups():
    found, problems = read("""
groups:
  items:
    pots: {name: Pots, concepts: {pan: {name: Pan}, wok: Wok}}
    hot: {name: Hot things, concepts: [pan, Wok, Oven glove]}
""")
    assert problems == []
    assert [(each.id, each.key, each.name.value) for each in found.concepts] == [
        ("pan", "concepts.pan", "Pan"),
        ("wok", "concepts.wok", "Wok"),
        ("oven-glove", "concepts.oven-glove", "Oven glove"),
    ]
    assert [[ref.id for ref in group.concepts] for group in found.groups.items] == [
        ["pan", "wok"],
        ["pan", "wok", "oven-glove"],
    ]


def test_a_mistake_in_the_list_of_concepts_is_told_beside_groups_too():
    found, problems = read("""
concepts: [Anvil, [Bellows]]
groups: {items: {tools: {name: Tools, concepts: {tongs: Tongs}}}}
""")
    assert found is None
    assert "wrong-kind" in {problem.code for problem in problems}


def test_a_slip_in_the_list_of_a_group_is_found():
    _, (problem,) = read("""
groups:
  items:
    pots: {name: Pots, concepts: {saucepan: {name: Saucepan}}}
    hot: {name: Hot things, concepts: [saucpan]}
""")
    assert (problem.code, problem.span.line) == ("dangling-reference", 7)
    assert problem.hints == ("did you mean `saucepan`?",)


ATTRIBUTES = """
attributes:
  state: {name: State, values: {clean: Clean, broken: Broken}}
  weight: {name: Weight}
concepts:
  pan: {name: Pan, attributes: {state: STATE, weight: 1.2}}
"""


def test_a_value_that_is_not_declared_is_found_with_the_one_that_was_meant():
    _, (problem,) = read(ATTRIBUTES.replace("STATE", "clan"))
    assert problem.code == "dangling-reference"
    assert problem.message == "`clan` is not among the values of `state`"
    assert problem.hints == ("did you mean `clean`?",)


def test_an_attribute_that_is_not_declared_is_found_with_the_one_that_was_meant():
    _, (problem,) = read(ATTRIBUTES.replace("STATE", "clean").replace("weight: 1.2", "wight: 1.2"))
    assert problem.message == "`wight` is not among the attributes of the map"
    assert problem.hints == ("did you mean `weight`?",)


def test_figures_are_no_texts_to_translate_but_words_are():
    found, _ = read(ATTRIBUTES.replace("STATE", "clean").replace("1.2", "rather heavy"))
    words = found.concepts[0].attributes[1].value
    assert (words.value, words.key) == ("rather heavy", "concepts.pan.attributes.weight")
    found, _ = read(ATTRIBUTES.replace("STATE", "clean"))
    assert found.concepts[0].attributes[1].value == "1.2"


# --- which slides ---------------------------------------------------------------------------------

NESTED = f"""{HEAD}
groups:
  title: Two places hold it all
  items:
    shelf:
      name: The shelf
      groups:
        jars: {{name: Jars, concepts: {{salt: Salt, sugar: Sugar}}}}
        books: {{name: Books, concepts: {{{", ".join(f"book-{each}: Book {each}" for each in range(200))}}}}}
    drawer: {{name: The drawer, summary: It sticks, concepts: {{knife: Knife, fork: Fork}}}}
"""


def test_an_overview_leads_to_each_group_a_group_to_its_parts_and_each_slide_back(plan):
    frames = {frame.key: frame for frame in plan(NESTED).frames}
    shelf = "groups.shelf"
    assert list(frames)[1:4] == ["group-map", shelf, f"{shelf}.groups.books"]

    def links(key):
        return {said(item): item.link for item in frames[key].items if isinstance(item, Shape) and item.link}

    assert links("group-map")["The shelf"] == "groups.shelf"
    assert links("group-map")["Books"] == "groups.shelf.groups.books"
    assert links("groups.shelf")["Books"] == "groups.shelf.groups.books"
    assert links("groups.shelf")["Overview"] == "group-map"
    assert links("groups.shelf.groups.books#2") == {"Overview": "group-map", "The shelf": "groups.shelf"}


def test_a_part_of_a_few_names_is_shown_whole_and_makes_no_slide(plan):
    frames = {frame.key: frame for frame in plan(NESTED).frames}
    assert {"Salt", "Sugar"} <= set(texts(frames["groups.shelf"]))
    assert {"It sticks", "Knife", "Fork"} <= set(texts(frames["group-map"]))
    assert not any("more" in text for text in texts(frames["group-map"])[-4:])


def test_what_a_card_has_no_room_for_is_counted(plan):
    (shown,) = [frame for frame in plan(NESTED).frames if frame.key == "groups.shelf"]
    names = [text for text in texts(shown) if text.startswith("Book ")]
    assert f"and {200 - len(names)} more" in texts(shown)


@pytest.mark.parametrize(
    ("concept", "kind"),
    [
        ("{name: NAME, notes: Say it.}", "Tiles"),
        ("{name: NAME, description: It does something.}", "Entries"),
        ("{name: NAME, tagline: A thing}", "Cards"),
        ("{name: NAME, attributes: {size: 3, use: Daily}}", "Table"),
    ],
)
def test_what_concepts_say_decides_how_they_are_shown(concept, kind, plan):
    names = ("Pan", "Pot", "Lid", "Wok")
    concepts = "".join(f"        {name.lower()}: {concept.replace('NAME', name)}\n" for name in names)
    size = "attributes: {size: Size, use: Use}\n" if "size" in concept else ""
    made = plan(f"{HEAD}{size}groups:\n  items:\n    a:\n      name: All\n      concepts:\n{concepts}")
    assert kinds(made) == ["Groups", kind]
    assert {code for each in made.problems if (code := each.code) != "repeated-text"} == set()


def test_a_few_bare_concepts_join_the_form_of_the_others(plan):
    made = plan(f"""{HEAD}
groups:
  items:
    a:
      name: All
      concepts: {{pan: {{name: Pan, description: It is flat.}}, pot: {{name: Pot, description: It is deep.}}, lid: Lid}}
""")
    assert kinds(made) == ["Groups", "Entries"]


def test_a_talk_leaves_definitions_to_the_notes(plan):
    made = plan(
        f"{HEAD}groups: {{items: {{a: {{name: All, concepts: {{pan: {{name: Pan, description: It is flat.}}}}}}}}}}\n",
        story="talk",
    )
    (shown,) = [frame for frame in made.frames if frame.key == "groups.a"]
    assert kinds(made) == ["Groups", "Tiles"]
    assert "It is flat." not in texts(shown)
    assert "It is flat." in shown.notes


def test_concepts_of_a_map_with_nothing_else_are_listed(plan):
    made = plan(f"{HEAD}concepts: {{pan: {{name: Pan, description: Flat.}}, pot: {{name: Pot, description: Deep.}}}}\n")
    assert kinds(made) == ["Entries"]
    assert [each.code for each in made.problems] == []


def test_attributes_of_concepts_outside_groups_make_a_table(plan):
    made = plan(f"""{HEAD}
attributes: {{state: {{name: State, values: {{clean: Clean}}}}, weight: Weight}}
concepts: {{pan: {{name: Pan, attributes: {{weight: 1.2}}}}, lid: {{name: Lid, attributes: {{state: clean}}}}}}
relations: [[Pan, needs, Lid]]
""")
    (shown,) = [frame for frame in made.frames if frame.key == "attributes"]
    (table,) = [item for item in shown.items if isinstance(item, Table)]
    cells = [[cell.body.text for cell in row.cells] for row in table.rows]
    assert shown.title == "State and Weight"
    assert cells == [["Concepts", "State", "Weight"], ["Pan", "–", "1.2"], ["Lid", "Clean", "–"]]
    assert [row.cells[2].body.paragraphs[0].align for row in table.rows] == ["r", "r", "r"]


def test_the_legend_names_only_the_values_that_the_slide_shows(plan):
    made = plan(radar())
    legends = [
        {said(item) for item in frame.items if isinstance(item, Shape) and item.place == "legend"}
        for frame in made.frames
        if frame.layout == "tiles"
    ]
    tags = [
        {said(item) for item in frame.items if isinstance(item, Shape) and item.place == "tile"}
        for frame in made.frames
        if frame.layout == "tiles"
    ]
    assert legends
    assert [each - {"Ring"} for each in legends] == tags


def test_every_text_of_groups_is_shown_somewhere(tmp_path):
    path = tmp_path / "kitchen" / "map.yaml"
    path.parent.mkdir()
    path.write_text(
        f"""{HEAD}
attributes: {{state: {{name: State, values: {{clean: Clean}}}}, kind: Kind}}
groups:
  title: All of it
  notes: Say all.
  items:
    a:
      name: A shelf
      summary: It holds things
      notes: Say it.
      concepts:
        pan:
          {{name: Pan, tagline: Flat, description: Fries, meaning: It is hot, notes: Hot, attributes: {{state: clean}}}}
        pot: {{name: Pot, description: It boils., notes: Careful, attributes: {{kind: Old iron}}}}
      groups:
        b: {{name: Hooks, summary: On the wall, notes: Look up, concepts: {{ladle: Ladle}}}}
""",
        encoding="utf-8",
    )
    assert [
        each.message for each in check_shown(path, plan_deck(DeckJob(path)), plan_diagrams(DiagramsJob(path)))
    ] == []


# --- size -----------------------------------------------------------------------------------------


def test_a_landscape_of_thousands_becomes_a_deck_that_one_can_browse(tmp_path, plan):
    made = plan(landscape())
    shown = {text.partition(": ")[0] for frame in made.frames for text in texts(frame)}  # a chip names its tag, too
    names = {
        each["name"]
        for group in landscape()["groups"]["items"].values()
        for part in group["groups"].values()
        for each in part["concepts"].values()
    }
    assert len(names) == 2413
    assert names <= shown
    assert [each.code for each in made.problems if each.severity.value == "error"] == []
    assert len(made.frames) <= 180
    assert sum(frame.slide == "group-map" for frame in made.frames) == 1


def test_a_glossary_has_as_many_terms_on_a_slide_as_can_be_read(plan):
    for made in (plan(glossary()), plan(glossary(alphabetical=True))):
        pages = [frame for frame in made.frames if frame.layout == "entries"]
        counts = [
            sum(item.part in ("mark", "bar") for item in frame.items if isinstance(item, Shape)) for frame in pages
        ]
        assert sum(counts) == 77
        assert max(counts) <= 7
    assert min(counts) >= 1


@pytest.mark.parametrize("theme", ["atlas", "orbit", "beacon"])
@pytest.mark.parametrize("count", [1, 2, 3, 7, 20, 41])
def test_any_number_of_groups_fits_in_every_theme(theme, count, plan):
    items = {
        f"g{at}": {
            "name": f"Group number {at} of them",
            "summary": "They do the same work",
            "concepts": [f"Thing {at}"],
        }
        for at in range(count)
    }
    made = plan({"title": "Many", "core-sentence": "Many.", "groups": {"items": items}}, theme=theme)
    assert [each.message for each in made.problems if each.severity.value == "error"] == []


# --- pictures -------------------------------------------------------------------------------------


@pytest.fixture
def drawn(tmp_path):
    """Return `drawn(text or tree)`: the picture of a map's groups, and its drawing."""

    def draw(content):
        path = tmp_path / "kitchen" / "map.yaml"
        path.parent.mkdir(exist_ok=True)
        text = content if isinstance(content, str) else yaml.safe_dump(content, sort_keys=False, allow_unicode=True)
        path.write_text(text, encoding="utf-8")
        sheet = plan_diagrams(DiagramsJob(path, only=("groups",)))
        assert [each.message for each in sheet.problems if each.severity.value == "error"] == []
        (pair,) = [
            pair for pair in zip(sheet.portfolio.pictures, sheet.drawings, strict=True) if pair[1].id == "groups"
        ]
        return pair

    return draw


def test_the_picture_of_groups_has_no_line_and_every_name(drawn):
    _, drawing = drawn(NESTED.replace("range(200)", "range(9)"))
    assert not [item for item in drawing.items if isinstance(item, Route)]
    shown = {said(item) for item in drawing.items}
    assert {"The shelf", "Jars", "Salt", "Sugar", "Books", "The drawer\nIt sticks", "Knife", "Fork"} <= shown
    assert "The shelf: Jars and Books." in drawing.description
    assert "Jars: Salt and Sugar." in drawing.description


def test_the_legend_of_the_picture_names_only_what_occurs(drawn):
    _, drawing = drawn("""
title: Kitchen
core-sentence: Everything has its place.
attributes: {state: {name: State, values: {clean: Clean, broken: Broken}}}
groups: {items: {a: {name: Pots, concepts: {pan: {name: Pan, attributes: {state: broken}}}}}}
""")
    legend = [said(item) for item in drawing.items if item.name.endswith("@legend")]
    assert legend == ["State", "Broken"]
    assert "Pots: Pan (State: Broken)." in drawing.description


def test_the_picture_of_a_landscape_names_some_of_each_part_and_counts_the_rest(drawn):
    shown, drawing = drawn(landscape())
    parts = [part for group in shown.groups for part in group.parts]
    assert len(parts) == 80
    assert sum(len(part.entries) + part.rest for part in parts) == 2413
    assert sum(len(part.entries) for part in parts) <= 240
    assert any(said(item) == f"and {parts[0].rest} more" for item in drawing.items)


def test_a_picture_shows_only_the_elements_that_are_asked_for(drawn):
    asked = "diagrams: {groups: {kind: groups, elements: [jars, knife]}}\n"
    shown, _ = drawn(NESTED + asked)
    assert [group.name.value for group in shown.groups] == ["The shelf", "The drawer"]
    assert [[part.name.value for part in group.parts] for group in shown.groups] == [["Jars"], []]
    assert [entry.concept.name.value for entry in shown.groups[1].entries] == ["Knife"]


# --- languages, and cards of layers ---------------------------------------------------------------

LONG = {
    "de": "Kraftfahrzeug-Haftpflichtversicherung",
    "ar": "خدمة تخزين البيانات",
    "ja": "データ保管サービス基盤",
    "zh-Hans": "数据存储服务平台",
}


@pytest.mark.parametrize("story", ["full", "talk"])
@pytest.mark.parametrize("language", LONG)
def test_groups_with_long_names_fit_in_every_language(language, story, plan):
    name = LONG[language]

    def concepts(group, count, more):
        return {f"c{group}-{at}": {"name": f"{name} {group}.{at}"} | deepcopy(more) for at in range(count)}

    items = {
        "told": {"name": f"{name} 1", "concepts": concepts(1, 5, {"description": f"{name}. " * 3})},
        "tagged": {"name": f"{name} 2", "concepts": concepts(2, 30, {"attributes": {"state": "good"}})},
        "parted": {
            "name": f"{name} 3",
            "groups": {f"p{at}": {"name": f"{name} 3{at}", "concepts": concepts(f"3{at}", 12, {})} for at in range(4)},
        },
    }
    tree = {"language": language, "title": name, "core-sentence": f"{name} !", "groups": {"items": items}}
    tree["attributes"] = {"state": {"name": name, "values": {"good": name}}}
    made = plan(tree, theme="beacon", story=story)
    assert [each.message for each in made.problems if each.severity.value == "error"] == []


def test_attributes_are_tags_on_the_cards_and_the_slides_of_layers(plan):
    made = plan(f"""{HEAD}
attributes: {{state: {{name: State, values: {{clean: Clean}}}}}}
layers:
  items:
    a:
      name: Pots
      concepts: {{pan: {{name: Pan, description: It fries., attributes: {{state: clean}}}}, lid: Lid}}
""")
    shown = {frame.key: texts(frame) for frame in made.frames}
    assert "State: Clean" in shown["layers.a"]
    assert "State: Clean" in shown["layers.a.concepts.pan"]


def test_a_concept_beside_the_parts_of_its_group_has_the_group_in_its_trail_once(plan):
    made = plan(f"""{HEAD}groups:
  items:
    pots:
      name: Pots
      concepts:
        pan: {{name: Pan, points: [flat, heavy], notes: Show it.}}
      groups:
        deep: {{name: Deep ones, concepts: {{wok: Wok, stockpot: Stockpot}}}}
""")
    trails = {frame.key: [item.name for item in frame.items if "@trail" in item.name] for frame in made.frames}
    assert all(len(names) == len(set(names)) for names in trails.values())
    assert any("groups.pots.name@trail" in names for names in trails.values())
