"""Short forms of a map: names instead of mappings, relations as lists, and concepts that only relations name."""

import pytest

from conceptdeck.reading import source
from conceptdeck.reading.map import read_map
from conceptdeck.reading.short import LONGEST_ID, SLUG, id_of
from conceptdeck.translation.catalog import Catalog, Entry, sources
from conceptdeck.translation.yaml_copy import write_replica
from conceptdeck.values.text import texts
from support.work import calls

HEAD = "title: Soil\ncore-sentence: Soil lives.\n"


def read(text):
    node, problems = source.parse(HEAD + text, "map.yaml")
    found, more = read_map(node, "soil")
    return found, [*problems, *more]


def good(text):
    found, problems = read(text)
    assert problems == []
    return found


def propositions(found):
    names = {concept.id: concept.name.value for concept in found.every_concept()}
    return [(names[r.source.id], r.phrase and r.phrase.value, names[r.target.id]) for r in found.relations.items]


def keys(found):
    return [relation.key for relation in found.relations.items]


# --- names ---------------------------------------------------------------------------------------


@pytest.mark.parametrize("written", ["{worm: Worm, leaf: {name: Leaf}}", "[Worm, Leaf]"])
def test_a_concept_needs_nothing_but_its_name(written):
    found = good(f"concepts: {written}")
    assert [(text.key, text.value) for text in texts(found.concepts)] == [
        ("concepts.worm.name", "Worm"),
        ("concepts.leaf.name", "Leaf"),
    ]


def test_layers_and_systems_take_lists_of_names_too():
    found = good("systems: [Compost bin]\nlayers: {title: L, items: {top: {name: T, summary: S, concepts: [Leaf]}}}")
    assert [each.id for each in found.systems] == ["compost-bin"]
    assert [concept.id for concept in found.every_concept()] == ["leaf"]


@pytest.mark.parametrize(
    ("name", "id"),
    [
        ("Tidy data", "tidy-data"),
        ("  Tidy   DATA ", "tidy-data"),
        ("Écologie (générale)", "ecologie-generale"),
        ("Rock'n'roll, live", "rock-n-roll-live"),
    ],
)
def test_an_id_is_the_letters_of_its_name(name, id):
    assert id_of(name) == id


def test_names_that_differ_have_ids_that_differ():
    names = [
        "C",
        "C++",
        "C#",
        "F#",
        "データ",
        "変数",
        "Данные",
        "a > b",
        "a < b",
        "con",
        "x" * 80,
        "x" * 81,
        "X線",
        "X",
    ]
    ids = [id_of(name) for name in names]
    assert len(set(ids)) == len(names)
    assert all(SLUG.fullmatch(each) and len(each) <= LONGEST_ID and each != "con" for each in ids)


def test_an_id_does_not_change_from_run_to_run():
    assert id_of("変数") == "1d1ef987"


# --- relations -----------------------------------------------------------------------------------


def test_relations_may_be_lists_of_two_or_three_beside_the_long_form():
    found = good(
        "concepts: [Worm, Leaf, Soil]\n"
        "relations:\n"
        "  - [worm, eats, leaf]\n"
        "  - [worm, soil]\n"
        "  - {source: leaf, target: soil, phrase: becomes, core: Old leaves.}\n"
    )
    assert propositions(found) == [("Worm", "eats", "Leaf"), ("Worm", None, "Soil"), ("Leaf", "becomes", "Soil")]
    assert keys(found) == ["relations.worm-leaf", "relations.worm-soil", "relations.leaf-soil"]
    assert found.relations.items[0].phrase.key == "relations.worm-leaf.phrase"
    assert found.relations.items[2].core.value == "Old leaves."


def test_relations_between_the_same_concepts_are_counted():
    found = good("relations: [[worm, eats, leaf], [worm, turns, leaf], [leaf, feeds, worm], [worm, hides in, leaf]]")
    assert keys(found) == [
        "relations.worm-leaf",
        "relations.worm-leaf-2",
        "relations.leaf-worm",
        "relations.worm-leaf-3",
    ]


def test_a_concept_may_relate_to_itself():
    assert propositions(good("concepts: [Worm]\nrelations: [[worm, meets, worm]]")) == [("Worm", "meets", "Worm")]


def test_a_relation_names_its_concepts_by_id_or_by_name():
    found = good("focus: Earth worm\nconcepts: {w: Earth worm, l: Leaf}\nrelations: [[Earth worm, eats, l], [w, Leaf]]")
    assert [(r.source.id, r.target.id) for r in found.relations.items] == [("w", "l"), ("w", "l")]
    assert found.focus.id == "w"


def test_without_declared_concepts_those_of_the_relations_are_the_maps():
    found = good("focus: leaf\nrelations: [[Earth worm, eats, Leaf], [leaf, falls from, 木]]")
    assert propositions(found) == [("Earth worm", "eats", "Leaf"), ("Leaf", "falls from", "木")]
    assert found.concepts[0].name.key == "concepts.earth-worm.name"
    assert found.focus.id == "leaf"


@pytest.mark.parametrize(
    "declared",
    ["concepts: [Worm, Leaf]", "layers: {title: L, items: {a: {name: A, summary: S, concepts: [Worm, Leaf]}}}"],
)
def test_where_concepts_are_declared_a_name_that_is_none_of_them_is_told_with_the_nearest(declared):
    found, (problem,) = read(f"{declared}\nrelations: [[worm, eats, laef]]")
    assert found is None
    assert problem.code == "dangling-reference"
    assert problem.hints == ("did you mean `leaf`?",)
    assert (problem.span.line, problem.span.column) == (4, 26)


def test_relations_with_ids_of_their_own_name_concepts_too():
    found = good("relations: {items: {own: {source: Earth worm, target: Leaf}}}")
    assert propositions(found) == [("Earth worm", None, "Leaf")]
    assert keys(found) == ["relations.own"]


def test_concepts_that_are_none_yet_leave_room_for_those_of_relations():
    for nothing in ("", "concepts: {}\n"):
        found = good(f"{nothing}relations:\n  - [Worm, eats, Leaf]\n")
        assert [concept.id for concept in found.concepts] == ["worm", "leaf"]


@pytest.mark.parametrize("declared", [True, False])
def test_the_work_of_finding_names_grows_with_the_map_and_not_faster(declared):
    def text(count):
        names = ", ".join(f"Number {n} of many" for n in range(count))
        ends = ", ".join(f"[Number {n} of many, Number {count - n - 1} of many]" for n in range(count))
        return f"concepts: [{names}]\nrelations: [{ends}]" if declared else f"relations: [{ends}]"

    assert calls(lambda: good(text(400))) < 2.4 * calls(lambda: good(text(200)))


def test_the_name_of_two_concepts_stands_for_none_of_them():
    _, problems = read("concepts: {a: Twin, b: Twin}\nrelations: [[Twin, a]]")
    assert [problem.code for problem in problems] == ["dangling-reference"]


def test_a_text_that_a_comma_cuts_off_is_told_how_to_be_whole():
    _, (problem,) = read("concepts: {worm: {name: Red, white and brown worm}}\n")
    assert problem.code == "unknown-key"
    assert "quotation marks" in problem.hints[0]
    _, (problem,) = read("concepts: {worm: {name: Worm, colour of skin: red}}\n")
    assert not any("quotation marks" in hint for hint in problem.hints)


def test_what_is_no_relation_is_told_with_the_way_to_write_one():
    _, (problem,) = read("concepts: [Worm]\nrelations: [[worm, eats, many, leaves]]")
    assert problem.code == "wrong-kind"
    assert problem.hints == ("write a relation as [source, phrase, target] or as [source, target]",)


def test_relations_keep_their_long_form():
    found = good("concepts: {a: A, b: B}\nrelations: {title: T, items: {own: {source: a, target: b}}}")
    assert keys(found) == ["relations.own"]


# --- translation ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "text",
    [
        "focus: leaf\nrelations: [[worm, eats, leaf], [leaf, worm]]",
        "relations:\n- - worm\n  - eats\n  - leaf\n- source: leaf\n  target: worm\n  core: leaf\n",
        "concepts: [worm, leaf]\nsystems: [bin]\nrelations: {items: [[leaf, feeds, worm]]}",
    ],
)
def test_a_copy_for_translators_reads_back_as_the_same_map_in_other_words(text):
    found = good(text)
    node, _ = source.parse(HEAD + text, "map.yaml")
    told = Catalog("de", tuple(Entry(each.key, each.value, f"{each.value} auf Deutsch") for each in sources(found)))
    copy, problems = source.parse(write_replica(node, found, told), "copy.yaml")
    assert problems == ()
    back, problems = read_map(copy, "soil")
    assert problems == ()
    assert back.language == "de"
    assert [(each.key, each.value) for each in texts(back)] == [
        (each.key, f"{each.value} auf Deutsch") for each in texts(found)
    ]
    assert [(r.key, r.source.id, r.target.id) for r in back.relations.items] == [
        (r.key, r.source.id, r.target.id) for r in found.relations.items
    ]


@pytest.mark.parametrize(
    ("written", "parts"),
    [
        ("rain -> soil", ("rain", None, "soil")),
        ("Rain → Soil", ("rain", None, "soil")),
        ("rain => soil: wets", ("rain", "wets", "soil")),
        ("rain -[wets]-> soil", ("rain", "wets", "soil")),
        ("rain --wets--> soil", ("rain", "wets", "soil")),
        ("rain -wets-> soil", ("rain", "wets", "soil")),
        ("acid-rain ---> soil", ("acid-rain", None, "soil")),
        ("{from: rain, to: soil, label: wets}", ("rain", "wets", "soil")),
        ("Acid rain slowly wets soil.", ("acid-rain", "slowly wets", "soil")),
        ("Rain soil", ("rain", None, "soil")),
    ],
)
def test_a_relation_may_be_an_arrow_or_have_the_words_of_those_who_draw_graphs(written, parts):
    found = good(f"concepts: [Rain, Acid rain, Soil]\nrelations:\n  - {written}\n")
    (one,) = found.relations.items
    assert (one.source.id, one.phrase and one.phrase.value, one.target.id) == parts


def test_a_text_that_is_no_arrow_is_told_where_it_is():
    _, problems = read("concepts: [Rain, Soil]\nrelations:\n  - Rain wets stones\n")
    assert [(each.code, each.span.line) for each in problems] == [("wrong-kind", 5)]
