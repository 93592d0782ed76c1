"""Pictures for articles: what each shows, that nothing is in the way of anything else, and what authors may ask."""

import re
from functools import cache
from itertools import combinations, pairwise
from math import atan2, degrees, hypot

import pytest
from lxml import etree

from conceptdeck.building.diagrams import Sheet, paint
from conceptdeck.building.jobs import PICTURE_FORMATS
from conceptdeck.values.diagnostics import Failure
from conceptdeck.values.frame import Sign
from conceptdeck.values.hyphens import joined
from support.decks import MAPS, shipped_tree, write_map
from support.drawn import (
    DESIGNS,
    WEB,
    WORLD,
    crossings,
    faults,
    named,
    path_of,
    rect,
    routes_of,
    shapes_of,
    sheet_of,
    texts_of,
)

SVG = "{http://www.w3.org/2000/svg}"
NAMED = ["hierarchy", "relations", "categories", "flow", "bridge", "map"]
WIDTH = 700
LEAST = 13  # px
SHIPPED = [(map_file, theme) for map_file in (WORLD, WEB) for theme in DESIGNS]
each_shipped = pytest.mark.parametrize(
    ("map_file", "theme"), SHIPPED, ids=[f"{path.parent.name}-{theme}" for path, theme in SHIPPED]
)


@cache
def shipped(map_file=WORLD, theme="atlas") -> Sheet:
    return sheet_of(map_file, theme)


@cache
def svgs(map_file, theme) -> dict[str, etree._Element]:
    """Return every picture of a shipped map as SVG, none of them with a finding."""
    sheet, found = shipped(map_file, theme), {}
    for shown, drawing in zip(sheet.portfolio.pictures, sheet.drawings, strict=True):
        files, problems = paint(sheet, shown, drawing, ("svg",))
        assert problems == (), drawing.id
        found[drawing.id] = etree.fromstring(files[f"{drawing.id}.svg"])
    return found


# --- nothing is in the way of anything ---------------------------------------------------------------


@each_shipped
def test_a_shipped_map_makes_its_pictures_and_one_of_each_concept_without_a_finding(map_file, theme):
    sheet = shipped(map_file, theme)
    assert [str(problem) for problem in sheet.problems] == []
    assert len(sheet.drawings) > 10
    assert {drawing.id for drawing in sheet.drawings} > {"hierarchy", "relations", "flow", "map"}


@each_shipped
def test_no_node_text_or_edge_of_a_shipped_picture_is_in_the_way_of_another(map_file, theme):
    sheet = shipped(map_file, theme)
    assert [f"{drawing.id}: {fault}" for drawing in sheet.drawings for fault in faults(drawing, sheet.theme)] == []


@each_shipped
def test_no_edge_of_a_shipped_picture_crosses_another(map_file, theme):
    assert [(drawing.id, pair) for drawing in shipped(map_file, theme).drawings for pair in crossings(drawing)] == []


@each_shipped
def test_a_shipped_picture_is_as_wide_as_the_column_of_an_article_and_of_a_balanced_shape(map_file, theme):
    for drawing in shipped(map_file, theme).drawings:
        if drawing.id != "map":
            assert round(drawing.size.w.px) == WIDTH, drawing.id
            assert 0.08 <= drawing.size.h / drawing.size.w <= 1.5, drawing.id


@each_shipped
def test_a_shipped_picture_is_drawn_as_svg_that_can_be_read_at_its_width(map_file, theme):
    for id_, root in svgs(map_file, theme).items():
        assert id_ == "map" or root.get("viewBox").split()[2] == str(WIDTH)
        sizes = [float(each.get("font-size")) for each in root.iter() if each.get("font-size")]
        assert min(sizes) >= LEAST, id_
        linked = root.find(f".//{SVG}a") is not None
        assert root.get("role") == ("group" if linked else "img"), id_  # links inside an image are out of reach
        assert root.findtext(f"{SVG}title").strip()
        assert root.findtext(f"{SVG}desc").strip()


@each_shipped
def test_the_svg_says_what_the_drawing_says_in_the_same_order(map_file, theme):
    roots = svgs(map_file, theme)
    for drawing in shipped(map_file, theme).drawings:
        written = ["".join(text.itertext()) for text in roots[drawing.id].iter(f"{SVG}text")]
        assert written == texts_of(drawing), drawing.id


@each_shipped
def test_no_two_pictures_share_an_id(map_file, theme):
    ids = [each.get("id") for root in svgs(map_file, theme).values() for each in root.iter() if each.get("id")]
    assert len(ids) == len(set(ids))


@each_shipped
def test_nodes_of_one_size_that_stand_nearly_in_line_stand_exactly_in_line(map_file, theme):
    for drawing in shipped(map_file, theme).drawings:
        nodes = [rect(s) for s in shapes_of(drawing) if s.fill and not s.decorative and drawing.id != "map"]
        for one, other in combinations(nodes, 2):
            if (round(one.right - one.left), round(one.bottom - one.top)) == (
                round(other.right - other.left),
                round(other.bottom - other.top),
            ):
                assert not 0.7 < abs(one.left - other.left) < 3, drawing.id
                assert not 0.7 < abs(one.top - other.top) < 3, drawing.id


# --- what each picture shows -------------------------------------------------------------------------


def names(tree: dict) -> dict[str, str]:
    """Return the names of all concepts by id."""
    inside = [layer["concepts"] for layer in tree["layers"]["items"].values()]
    return {id_: each["name"] for group in (*inside, tree["concepts"]) for id_, each in group.items()}


def texts_in(shape) -> list[str]:
    return [paragraph.text for paragraph in shape.text.paragraphs]


def shape_with(drawing, text: str):
    """Return the one shape that shows a paragraph."""
    (found,) = [s for s in shapes_of(drawing) if s.text and text in [p.text for p in s.text.paragraphs]]
    return found


def ground_of(drawing, shape):
    """Return the smallest ground that a shape stands on."""
    around = [s for s in shapes_of(drawing) if s.decorative and rect(shape).within(rect(s))]
    return min(around, key=lambda s: s.box.w * s.box.h)


def links(drawing) -> set[tuple[str, str]]:
    """Return what leads to what, by the first paragraph of each shape."""
    said = {s.name: s.text.paragraphs[0].text if s.text else s.name for s in shapes_of(drawing)}
    return {(said[route.tail], said[route.head]) for route in routes_of(drawing)}


def test_the_shipped_map_has_a_picture_of_each_kind():
    sheet = sheet_of(WORLD, every_concept=False)
    assert [drawing.id for drawing in sheet.drawings] == NAMED
    assert all(drawing.caption for drawing in sheet.drawings)
    assert len({drawing.title for drawing in sheet.drawings}) == len(NAMED)


def test_the_hierarchy_shows_the_six_strata_from_the_ground_up_with_their_members_inside():
    tree, drawing = shipped_tree(), named(shipped(), "hierarchy")
    called, found = names(tree), texts_of(drawing)
    strata = list(tree["strata"]["items"].values())
    assert len(strata) == 6
    bands = []
    for stratum in strata:
        assert found.count(stratum["name"]) == 1
        assert found.count(stratum["does"]) == 1
        band = ground_of(drawing, shape_with(drawing, stratum["name"]))
        bands.append(rect(band))
        for member in stratum.get("members", ()):
            assert found.count(called[member]) == 1
            assert rect(shape_with(drawing, called[member])).within(rect(band))
    assert [band.top for band in bands] == sorted((band.top for band in bands), reverse=True)
    assert len({(band.left, band.right) for band in bands}) == 1


def test_the_hierarchy_says_what_world_models_rely_on_and_what_they_support():
    tree, drawing = shipped_tree(), named(shipped(), "hierarchy")
    strata = list(tree["strata"]["items"])
    (own,) = [i for i, id_ in enumerate(strata) if "world-models" in tree["strata"]["items"][id_].get("members", ())]
    solid = [id_ for id_ in strata if tree["strata"]["items"][id_].get("line") != "dashed"]
    reached = {route.head: rect_centre(drawing, route.head) for route in routes_of(drawing)}
    assert {name.split("@")[0].rpartition(".")[2] for name in reached} == {*solid} - {strata[own]}
    home = {route.tail for route in routes_of(drawing)}
    assert [name.split("@")[0].rpartition(".")[2] for name in home] == [strata[own]]
    relies, supports = shape_with(drawing, "Relies on"), shape_with(drawing, "Supports")
    assert rect(supports).bottom < rect(relies).top
    below = [tree["strata"]["items"][id_]["name"] for id_ in solid if strata.index(id_) < own]
    above = [tree["strata"]["items"][id_]["name"] for id_ in solid if strata.index(id_) > own]
    for phrase, others in (("Relies on", below), ("Supports", above)):
        (sentence,) = re.findall(rf"World models[^.]*{phrase}[^.]*\.", drawing.description, re.IGNORECASE)
        assert all(other in sentence for other in others)


def rect_centre(drawing, name):
    (found,) = [rect(s) for s in shapes_of(drawing) if s.name == name]
    return (found.top + found.bottom) / 2


def apart(route, shape) -> float:
    """Return how far a shape's box is from the nearest place of an edge, in pixels."""
    at = rect(shape)
    return min(max(at.left - x, x - at.right, 0.0) + max(at.top - y, y - at.bottom, 0.0) for x, y in path_of(route))


def turns(route) -> list[float]:
    """Return by how much an edge changes its direction from each place to the next, in degrees."""
    steps = [(c - a, d - b) for (a, b), (c, d) in pairwise(path_of(route)) if hypot(c - a, d - b) > 0.05]
    ways = [degrees(atan2(dy, dx)) for dx, dy in steps]
    return [abs((other - one + 180) % 360 - 180) for one, other in pairwise(ways)]


def test_the_relations_lead_from_concept_to_concept_with_their_phrases_beside_them():
    tree, drawing = shipped_tree(), named(shipped(), "relations")
    called, found = names(tree), texts_of(drawing)
    relations = tree["relations"]["items"].values()
    assert len(relations) == 5
    for relation in relations:
        tail, phrase, head = called[relation["source"]], relation["phrase"], called[relation["target"]]
        assert (found.count(tail), found.count(head)) == (1, 1)
        assert found.count(phrase) == sum(1 for each in relations if each["phrase"] == phrase)
        assert (tail, head) in links(drawing)
        said = {s.name: s.text.paragraphs[0].text for s in shapes_of(drawing) if s.text}
        (route,) = [r for r in routes_of(drawing) if (said[r.tail], said[r.head]) == (tail, head)]
        gaps = [apart(route, s) for s in shapes_of(drawing) if s.text and texts_in(s) == [phrase]]
        assert 3 < min(gaps) < 16
        assert re.search(rf"{tail}[^.]*{phrase}[^.]*{re.escape(head)}", drawing.description)
    assert len(routes_of(drawing)) == len(relations)


@each_shipped
def test_each_relation_is_one_curve_without_a_kink(map_file, theme):
    drawing = named(shipped(map_file, theme), "relations")
    assert len({route.name for route in routes_of(drawing)}) == len(routes_of(drawing))
    assert max(turn for route in routes_of(drawing) for turn in turns(route)) < 20


def test_concepts_of_one_rank_stand_on_one_line_and_are_equally_high():
    drawing = named(shipped(), "relations")
    said = {s.text.paragraphs[0].text: rect(s) for s in shapes_of(drawing) if s.text}
    for rank in (("Simulation data platforms", "Digital twins"), ("Metaverse", "Web3.0", "Physical AI")):
        assert len({(said[name].top, said[name].bottom) for name in rank}) == 1


def test_what_dashed_lines_mean_is_told_unless_the_lines_say_it(drawn):
    assert "Belongs to another layer" in texts_of(named(shipped(), "relations"))

    def without_phrase(tree):
        del tree["relations"]["items"]["web3"]["phrase"]

    sheet = drawn(without_phrase)
    assert texts_of(named(sheet, "relations")).count("Belongs to another layer") == 1


def test_relations_are_a_list_where_they_have_no_room_beside_each_other(drawn):
    drawing = only(drawn(entry("relations"), width=360))
    assert round(drawing.size.w.px) == 360
    branches = routes_of(drawing)
    assert len(branches) == 5
    assert max(turn for route in branches for turn in turns(route)) < 20
    said = {s.name: s.text.paragraphs[0].text for s in shapes_of(drawing) if s.text}
    assert {("World models", "Metaverse"), ("Digital twins", "World models")} <= links(drawing)
    boxes = [rect(s) for s in shapes_of(drawing) if s.fill and said[s.name] != "World models"]
    assert len({(box.left, box.right) for box in boxes}) == 1


def test_undirected_relations_have_no_arrowhead_and_other_layers_are_dashed():
    tree, drawing = shipped_tree(), named(shipped(), "relations")
    types = tree["relations"]["types"]
    for id_, relation in tree["relations"]["items"].items():
        kind = types[relation["type"]]
        (own,) = [route for route in routes_of(drawing) if route.name == f"relations.{id_}"]
        assert own.arrow == (kind.get("directed", "true") == "true")
        assert own.stroke.dashed == (kind.get("line") == "dashed")


def test_the_categories_show_three_questions_and_the_members_beside_them():
    tree, drawing = shipped_tree(), named(shipped(), "categories")
    called, found = names(tree), texts_of(drawing)
    items = tree["categories"]["items"].values()
    assert len(items) == 3
    for category in items:
        panel = rect(ground_of(drawing, shape_with(drawing, category["name"])))
        assert found.count(category["name"]) == found.count(category["question"]) == 1
        assert category["question"] in drawing.description
        for member in category["members"]:
            assert found.count(called[member]) == 1
            assert rect(shape_with(drawing, called[member])).within(panel)


def test_the_flow_leads_through_five_layers_with_fifteen_concepts():
    tree, drawing = shipped_tree(), named(shipped(), "flow")
    found, layers = texts_of(drawing), list(tree["layers"]["items"].values())
    tops, concepts = [], []
    for layer in layers:
        (head,) = [s for s in shapes_of(drawing) if s.text and not s.fill and layer["name"] in texts_in(s)]
        assert layer["role"] in "".join(texts_in(head))
        band = rect(ground_of(drawing, head))
        tops.append(band.top)
        for concept in layer["concepts"].values():
            concepts.append(concept["name"])
            assert found.count(concept["name"]) == 1
            assert rect(shape_with(drawing, concept["name"])).within(band)
            assert concept["name"] in drawing.description
    assert (len(layers), len(concepts)) == (5, 15)
    assert tops == sorted(tops)
    (solid,) = [s for s in shapes_of(drawing) if s.decorative and s.fill.alpha == 1]
    assert rect(shape_with(drawing, layers[-1]["name"])).within(rect(solid))  # it is called as the focus is
    assert found.count(names(tree)[tree["focus"]]) == 1
    assert len(routes_of(drawing)) == 4
    assert all(path_of(route)[0][1] < path_of(route)[-1][1] for route in routes_of(drawing))
    assert [route.arrow for route in routes_of(drawing)] == [False, False, False, True]


def test_the_flow_ends_at_the_focus_if_no_layer_is_called_so(drawn):
    def other_name(tree):
        tree["layers"]["items"]["core"]["name"] = "Models that generate worlds"

    drawing = named(drawn(other_name), "flow")
    (goal,) = [s for s in shapes_of(drawing) if s.fill and s.fill.slot.startswith("accent") and not s.decorative]
    assert goal.text.paragraphs[0].text == names(shipped_tree())[shipped_tree()["focus"]]
    assert len(routes_of(drawing)) == 5
    assert faults(drawing, shipped().theme) == []


def test_taglines_of_the_flow_stand_beside_the_names_of_their_concepts():
    tree, drawing = shipped_tree(), named(shipped(), "flow")
    for layer in tree["layers"]["items"].values():
        for concept in layer["concepts"].values():
            name, tagline = (rect(shape_with(drawing, concept[key])) for key in ("name", "tagline"))
            assert (name.top, name.bottom) == (tagline.top, tagline.bottom)
            assert name.right < tagline.left


def test_a_table_is_drawn_in_rows_and_arrows_lead_to_its_last_column():
    tree, drawing = shipped_tree(), named(shipped(), "bridge")
    table, found = tree["tables"]["bridge"], texts_of(drawing)
    columns = ("entry", "form", "meaning")
    assert found[:3] == [table["columns"][column] for column in columns]
    for row in table["rows"].values():
        cells = [shape_with(drawing, row[column]) for column in columns]
        boxes = [rect(cell) for cell in cells]
        assert len({(box.top, box.bottom) for box in boxes}) == 1
        assert boxes[0].right < boxes[1].left < boxes[1].right < boxes[2].left
        assert f"{row['entry']}: {row['form']}, {row['meaning']}" in drawing.description
        assert (row["form"], row["meaning"]) in links(drawing)
    assert len(routes_of(drawing)) == len(table["rows"])


def test_a_table_that_leads_to_no_row_has_no_arrows(drawn):
    sheet = drawn(lambda tree: tree["tables"]["bridge"].pop("highlight"))
    assert routes_of(named(sheet, "bridge")) == []


def test_a_concept_shows_its_layer_its_examples_and_its_relations():
    tree, drawing = shipped_tree(), named(shipped(), "concept-metaverse")
    found, layer = texts_of(drawing), tree["layers"]["items"]["past"]
    concept = layer["concepts"]["metaverse"]
    assert found.count(concept["name"]) == 1
    assert layer["role"] in found
    for system in concept["examples"]:
        assert found.count(tree["systems"][system]["name"]) == 1
        assert tree["systems"][system]["name"] in drawing.description
    assert tree["relations"]["items"]["metaverse"]["phrase"] in found
    assert "World models" in found
    assert drawing.title == concept["name"]
    assert concept["description"] in found
    (phrase,) = [s for s in shapes_of(drawing) if s.text and texts_in(s) == ["may power"]]
    (line,) = [route for route in routes_of(drawing) if route.name == "relations.metaverse"]
    assert len({round(y, 1) for _, y in path_of(line)}) == 1
    assert 3 < apart(line, phrase) < 16
    examples, name = shape_with(drawing, "Examples"), shape_with(drawing, concept["name"])
    assert rect(examples).right < rect(name).left < rect(name).right < rect(shape_with(drawing, "World models")).left


def test_there_is_a_picture_of_every_concept():
    tree = shipped_tree()
    assert {f"concept-{id_}" for id_ in names(tree)} == {d.id for d in shipped().drawings} - {*NAMED}


A3 = 420 / 297


@each_shipped
def test_the_whole_map_is_one_landscape_sheet(map_file, theme):
    drawing = named(shipped(map_file, theme), "map")
    assert drawing.size.w / drawing.size.h == pytest.approx(A3, rel=0.002)


def test_the_sheet_shows_every_concept_of_the_layers_once_with_its_sign_and_its_examples():
    tree, sheet = shipped_tree(), shipped()
    drawing = named(sheet, "map")
    found = texts_of(drawing)
    assert found.count(tree["core-sentence"]) == 1
    for step in tree["steps"]["items"].values():
        assert found.count(step["headline"]) == 1
    in_levels = [member for level in tree["strata"]["items"].values() for member in level.get("members", ())]
    entries = [row["entry"] for row in tree["tables"]["bridge"]["rows"].values()]
    signs = {sign.of for sign in drawing.items if isinstance(sign, Sign)}
    for layer_id, layer in tree["layers"]["items"].items():
        for id_, concept in layer["concepts"].items():
            again = in_levels.count(id_) + entries.count(concept["name"])
            assert found.count(concept["name"]) == 1 + again
            card = ground_of(drawing, next(s for s in shapes_of(drawing) if s.text and concept["name"] in texts_in(s)))
            inside = " ".join(
                t for s in shapes_of(drawing) if rect(s).within(rect(card)) and s.text for t in texts_in(s)
            )
            assert all(tree["systems"][system]["name"] in inside for system in concept["examples"])
            assert f"layers.{layer_id}.concepts.{id_}" in signs


def test_the_sheet_shows_the_stack_the_bridge_and_the_sources():
    tree, drawing = shipped_tree(), named(shipped(), "map")
    found = " | ".join(texts_of(drawing))
    for level in tree["strata"]["items"].values():
        assert level["name"] in found
    for row in tree["tables"]["bridge"]["rows"].values():
        assert row["meaning"] in found
    assert all(source["title"] in found for source in tree["sources"]["items"].values())


def test_a_map_in_a_column_shows_everything_below_each_other():
    sheet = sheet_of(WORLD, width=WIDTH)
    drawing = named(sheet, "map")
    assert round(drawing.size.w.px) == WIDTH
    found = texts_of(drawing)
    for name in NAMED[:-1]:
        part = named(sheet, name)
        assert found.count(part.title) == 1
        assert part.description in drawing.description
        missing = [text for text in texts_of(part) if text not in found]
        assert missing == [], name


@pytest.mark.parametrize(("paper", "shape"), [("a3", A3), ("a2", A3), ("square", 1)])
def test_the_sheet_is_of_the_paper_that_is_asked_for(drawn, paper, shape):
    asked = only(drawn(entry("map"), paper=paper))
    assert asked.size.w / asked.size.h == pytest.approx(shape, rel=0.002)
    assert only(drawn(entry("map", paper=paper))).size == asked.size


def test_a_sheet_grows_higher_for_many_layers(drawn):
    def many(tree):
        items = tree["layers"]["items"]
        for n in range(14):
            items[f"more-{n}"] = {"name": f"Layer {n}", "concepts": {f"one-{n}": {"name": f"One {n}"}}}

    drawing = named(drawn(many), "map")
    assert drawing.size.h / drawing.size.w > 1 / A3 + 0.05
    assert faults(drawing, shipped().theme) == []


# --- what authors may ask ----------------------------------------------------------------------------


@pytest.fixture
def drawn(tmp_path):
    """Return `drawn(change, ...)`: the pictures of the shipped map, changed."""

    def draw(change, **options) -> Sheet:
        tree = shipped_tree()
        change(tree)
        return sheet_of(write_map(tmp_path / "mine", tree), **{"every_concept": False} | options)

    return draw


def entry(id_: str, **fields):
    """Return a change that leaves one entry of `diagrams`."""

    def change(tree: dict) -> None:
        tree["diagrams"] = {id_: {"kind": id_} | fields}

    return change


def only(sheet: Sheet):
    (drawing,) = sheet.drawings
    assert [str(problem) for problem in sheet.problems] == []
    assert faults(drawing, sheet.theme) == []
    return drawing


def test_an_entry_is_dropped(drawn):
    sheet = drawn(lambda tree: tree["diagrams"].pop("bridge"))
    assert [drawing.id for drawing in sheet.drawings] == [name for name in NAMED if name != "bridge"]


def test_an_entry_is_added_under_a_name_of_its_own(drawn):
    two = {"kind": "relations", "title": "Two of them", "elements": ["world-models", "metaverse", "digital-twins"]}
    sheet = drawn(lambda tree: tree["diagrams"].update({"two-of-five": two}))
    drawing = named(sheet, "two-of-five")
    assert drawing.title == "Two of them"
    assert {"World models", "Metaverse", "Digital twins"} <= {*texts_of(drawing)}
    assert not {"Physical AI", "Web3.0"} & {*texts_of(drawing)}
    assert len(routes_of(drawing)) == 2


def test_a_title_and_a_caption_are_changed(drawn):
    drawing = only(drawn(entry("flow", title="Another title", caption="Another caption.")))
    assert (drawing.title, drawing.caption) == ("Another title", "Another caption.")
    assert drawing.description.startswith("Another title.")


def test_a_title_that_is_left_out_is_that_of_the_part(drawn):
    assert only(drawn(entry("flow"))).title == shipped_tree()["layers"]["title"]


@pytest.mark.parametrize(
    ("kind", "elements", "there", "gone"),
    [
        ("hierarchy", ["cognitive", "metaverse"], ["World models", "Metaverse"], ["Physical AI", "Web3.0"]),
        ("categories", ["metaverse", "web3"], ["Metaverse", "Web3.0"], ["Digital twins", "World models"]),
        ("flow", ["past", "core"], ["Metaverse", "Agent environments"], ["Digital twins"]),
        ("flow", ["metaverse", "digital-twins"], ["Metaverse", "Digital twins"], ["Sandbox worlds", "Physical AI"]),
        ("bridge", ["metaverse"], ["Metaverse"], ["Blocky avatars"]),
    ],
)
def test_elements_narrow_a_picture_down(drawn, kind, elements, there, gone):
    tree = shipped_tree()
    known = {**tree["strata"]["items"], **tree["categories"]["items"], **tree["layers"]["items"], **names(tree)}
    assert {*elements} <= {*known, *tree["tables"]["bridge"]["rows"]}
    drawing = only(drawn(entry(kind, elements=elements)))
    found = " | ".join(texts_of(drawing))
    assert all(text in found for text in there), found
    assert not any(text in found for text in gone), found


def test_types_narrow_the_relations_down(drawn):
    tree = shipped_tree()
    for kind in tree["relations"]["types"]:
        own = [each for each in tree["relations"]["items"].values() if each["type"] == kind]
        if own:
            drawing = only(drawn(entry("relations", types=[kind])))
            assert len(routes_of(drawing)) == len(own)


@pytest.mark.parametrize(
    ("kind", "direction"), [("hierarchy", "down"), ("relations", "right"), ("flow", "right"), ("bridge", "right")]
)
def test_a_picture_leads_where_it_is_told(drawn, kind, direction):
    sheet = drawn(entry(kind, direction=direction))
    (drawing,) = sheet.drawings
    assert {problem.code for problem in sheet.problems} <= {"diagram-too-wide"}
    assert faults(drawing, sheet.theme) == []
    plain = only(drawn(entry(kind)))
    assert {*joined(" ".join(texts_of(drawing))).split()} == {*joined(" ".join(texts_of(plain))).split()}
    if kind == "hierarchy":
        tops = [
            rect_centre(drawing, name) for name in dict.fromkeys(s.name for s in shapes_of(drawing) if s.decorative)
        ]
        assert tops == sorted(tops)
    elif kind == "flow":
        assert all(path_of(route)[0][0] < path_of(route)[-1][0] for route in routes_of(drawing))


def test_columns_of_a_table_are_chosen_and_ordered(drawn):
    drawing = only(drawn(entry("bridge", table="bridge", columns=["meaning", "entry"])))
    heads = shipped_tree()["tables"]["bridge"]["columns"]
    assert texts_of(drawing)[:2] == [heads["meaning"], heads["entry"]]
    assert heads["form"] not in texts_of(drawing)


def test_a_concept_has_an_entry_of_its_own(drawn):
    drawing = only(drawn(entry("concept", concept="digital-twins")))
    assert drawing.id == "concept"
    assert "Digital twins" in texts_of(drawing)


def test_a_concept_is_drawn_on_request(drawn):
    sheet = drawn(lambda tree: None, only=("concept:metaverse",))
    assert named(sheet, "concept-metaverse").title == "Metaverse"


def test_a_poster_shows_the_pictures_that_it_names(drawn):
    def change(tree):
        tree["diagrams"]["map"]["elements"] = ["bridge", "flow"]

    sheet = drawn(change)
    found, tree = texts_of(named(sheet, "map")), shipped_tree()["diagrams"]
    assert tree["flow"]["title"] in found
    assert tree["bridge"]["title"] in found
    assert tree["relations"]["title"] not in found


def test_a_map_without_entries_has_a_picture_of_each_part(drawn):
    assert [drawing.id for drawing in drawn(lambda tree: tree.pop("diagrams")).drawings] == NAMED


@pytest.mark.parametrize(
    ("part", "picture"),
    [("strata", "hierarchy"), ("relations", "relations"), ("categories", "categories"), ("tables", "bridge")],
)
def test_a_map_without_a_part_has_no_picture_of_it(drawn, part, picture):
    def change(tree):
        del tree["diagrams"], tree[part]

    sheet = drawn(change)
    assert [drawing.id for drawing in sheet.drawings] == [name for name in NAMED if name != picture]
    assert "empty-diagram" not in {problem.code for problem in sheet.problems}


@pytest.mark.parametrize("name", ["bare", "chinese", "japanese", "one-sentence"])
def test_a_small_map_has_clean_pictures(name):
    sheet = sheet_of(MAPS / name / "map.yaml")
    assert [str(problem) for problem in sheet.problems] == []
    assert "map" in {drawing.id for drawing in sheet.drawings}
    assert [fault for drawing in sheet.drawings for fault in faults(drawing, sheet.theme)] == []


BAD = {
    "element": (entry("flow", elements=["metavers"]), "dangling-reference", "metavers", "`metaverse`"),
    "far element": (entry("categories", elements=["zzz"]), "dangling-reference", "zzz", "valid here"),
    "row": (entry("bridge", elements=["metavers"]), "dangling-reference", "metavers", "`metaverse`"),
    "part of a poster": (entry("map", elements=["flows"]), "dangling-reference", "flows", ""),
    "column": (entry("bridge", columns=["entry", "meanin"]), "dangling-reference", "meanin", "`meaning`"),
    "type": (entry("relations", types=["power"]), "dangling-reference", "power", ""),
    "table": (entry("bridge", table="bridges"), "dangling-reference", "bridges", "`bridge`"),
    "no concept": (entry("concept", title="One"), "missing-key", "", "concept:"),
    "unknown concept": (entry("concept", concept="metavers"), "dangling-reference", "metavers", "`metaverse`"),
    "unknown kind": (lambda tree: tree["diagrams"].update(x={"kind": "flows"}), "", "flows", "flow"),
    "unknown key": (entry("flow", element=["past"]), "unknown-key", "element", "`elements`"),
    "direction": (entry("categories", title="Kinds", direction="up"), "bad-direction", "", "right"),
    "no direction": (entry("flow", direction="left"), "", "left", ""),
    "empty": (entry("relations", elements=["metaverse"]), "empty-diagram", "relations", "name more"),
}


@pytest.mark.parametrize("case", BAD)
def test_a_wrong_entry_is_told_with_its_place_and_a_way_out(drawn, case):
    change, code, quoted, hint = BAD[case]
    try:
        problems = drawn(change).problems
    except Failure as failure:
        problems = failure.diagnostics
    (problem,) = [each for each in problems if each.code not in ("unused-system", "orphan-concept")]
    assert not code or problem.code == code
    assert problem.span.path.endswith("map.yaml")
    assert problem.span.line > 0
    excerpt = str(problem)
    assert quoted in excerpt
    assert hint in " ".join(problem.hints)
    assert problem.hints


def test_a_picture_that_is_called_like_a_path_has_a_plain_name(drawn):
    sheet = drawn(lambda tree: tree.update(diagrams={"../x": {"kind": "flow"}}))
    assert [drawing.id for drawing in sheet.drawings] == ["x"]


@pytest.mark.parametrize("part", ["strata", "relations", "categories", "tables", "layers"])
def test_an_entry_for_a_part_that_the_map_lacks_is_told_with_its_place(tmp_path, part):
    kind = {"strata": "hierarchy", "tables": "bridge", "layers": "flow"}.get(part, part)
    tree = {
        "language": "en",
        "title": "Little",
        "core-sentence": "It is.",
        "diagrams": {kind: {"kind": kind}},
    }
    sheet = sheet_of(write_map(tmp_path / "mine", tree))
    (problem,) = sheet.problems
    assert problem.code == "empty-diagram"
    assert problem.span.line > 0, "no place"
    assert problem.hints


def test_what_is_asked_for_in_vain_is_told_with_the_nearest_name():
    sheet = sheet_of(WORLD, every_concept=False, only=("hierachy", "concept:nothing"))
    assert {problem.code for problem in sheet.problems} == {"unknown-diagram"}
    assert "`hierarchy`" in str(sheet.problems)


# --- the source for Graphviz -------------------------------------------------------------------------


@each_shipped
def test_every_picture_has_a_source_for_graphviz_with_its_texts(map_file, theme):
    assert "gv" in PICTURE_FORMATS
    sheet = shipped(map_file, theme)
    for shown, drawing in zip(sheet.portfolio.pictures, sheet.drawings, strict=True):
        files, problems = paint(sheet, shown, drawing, ("gv",))
        assert problems == ()
        source = files[f"{drawing.id}.gv"].decode()
        assert source.count("{") == source.count("}")
        assert drawing.title in source
