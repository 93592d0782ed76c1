"""Lists for mappings from ids, and parts without `items`: what people write who have not read how maps are written."""

import pytest

from conceptdeck.reading import source
from conceptdeck.reading.map import read_map
from conceptdeck.reading.short import id_of

HEAD = "title: Garden\ncore-sentence: It grows.\n"
LONG = "concepts: {soil: {name: Soil}, worm: {name: Worm}, leaf: {name: Leaf}}\n"
FORMS = {
    "concepts with ids": ("concepts: [{id: soil, name: Soil}, {id: worm, name: Worm}, {id: leaf, name: Leaf}]", LONG),
    "concepts with names": ("concepts: [{name: Soil}, Worm, {leaf: {name: Leaf}}]", LONG),
    "names as references": (
        f"{LONG}strata: {{items: {{a: {{name: A, members: [Soil, Worm]}}}}}}",
        f"{LONG}strata: {{items: {{a: {{name: A, members: [soil, worm]}}}}}}",
    ),
    "one word for a list": (
        f"{LONG}strata: {{items: {{a: {{name: A, members: soil}}}}}}",
        f"{LONG}strata: {{items: {{a: {{name: A, members: [soil]}}}}}}",
    ),
    "steps of a walk as ids, lists and mappings": (
        f"{LONG}relations: {{walk: [Soil, [worm, leaf]], items: [[soil, worm]]}}",
        f"{LONG}relations: {{walk: {{soil: {{show: [soil]}}, worm: {{show: [worm, leaf]}}}}, items: [[soil, worm]]}}",
    ),
    "levels as a list": (
        f"{LONG}strata: [{{name: Low, members: [soil]}}, {{name: High, members: [leaf]}}]",
        f"{LONG}strata: {{items: {{low: {{name: Low, members: [soil]}}, high: {{name: High, members: [leaf]}}}}}}",
    ),
    "levels without a wrapper": (
        f"{LONG}strata: {{low: {{name: Low, members: [soil]}}}}",
        f"{LONG}strata: {{items: {{low: {{name: Low, members: [soil]}}}}}}",
    ),
    "layers as a list": (
        "layers: [{id: past, name: Past, concepts: [Soil]}, {name: Now, concepts: [Leaf]}]",
        "layers: {items: {past: {name: Past, concepts: {soil: Soil}}, now: {name: Now, concepts: {leaf: Leaf}}}}",
    ),
    "layers that are their concepts": (
        "layers: {Long ago: [Soil, Worm]}",
        "layers: {items: {long-ago: {name: Long ago, concepts: {soil: Soil, worm: Worm}}}}",
    ),
    "layers that name concepts": (
        "concepts: {soil: {name: Soil, notes: N.}, leaf: {name: Leaf}}\nlayers: [{name: Past, concepts: [Soil]}]",
        "concepts: {leaf: {name: Leaf}}\n"
        "layers: {items: {past: {name: Past, concepts: {soil: {name: Soil, notes: N.}}}}}",
    ),
    "groups that are their concepts": (
        f"{LONG}groups: {{Below: [Soil, Worm], Above: [leaf]}}",
        f"{LONG}groups: {{items: {{below: {{name: Below, concepts: [soil, worm]}}, "
        "above: {name: Above, concepts: [leaf]}}}",
    ),
    "groups with concepts of their own": (
        "groups: [{name: Below, concepts: [{name: Soil, notes: N.}]}]",
        "concepts: {soil: {name: Soil, notes: N.}}\ngroups: {items: {below: {name: Below, concepts: [soil]}}}",
    ),
    "steps as a list": ("steps: [See, {name: Feed}]", "steps: {items: {see: {name: See}, feed: {name: Feed}}}"),
    "a table of lists": (
        "tables: [{id: t, title: T, columns: [Who, What], rows: [[Worm, digs], [Leaf]]}]",
        "tables: {t: {title: T, columns: {who: Who, what: What}, "
        "rows: {worm: {who: Worm, what: digs}, leaf: {who: Leaf}}}}",
    ),
    "kinds of relation without a list of them": (
        f"{LONG}relations: [{{source: worm, target: soil, type: loosens}}]",
        f"{LONG}relations: [{{source: worm, target: soil, phrase: loosens}}]",
    ),
    "sources as a list": ("sources: [{title: A book}]", "sources: {items: {a-book: {title: A book}}}"),
    "an id as the name": (
        "concepts: {tidy-data: {description: D}}",
        "concepts: {tidy-data: {name: Tidy data, description: D}}",
    ),
    "a name as the id": (
        "concepts: {Tidy data: {description: D}}",
        "concepts: {tidy-data: {name: Tidy data, description: D}}",
    ),
    "a name and what is said of it": (
        "steps: {Look up: Find it.}",
        "steps: {items: {look-up: {name: Look up, detail: Find it.}}}",
    ),
    "a list of names and what is said of them": (
        "steps: [Look up: Find it.]",
        "steps: {items: {look-up: {name: Look up, detail: Find it.}}}",
    ),
    "an id that Windows keeps": (
        "systems: {con: {name: Console}}",
        f"systems: {{{id_of('con')}: {{name: Console}}}}",
    ),
    "categories that are their members": (
        "concepts: [Rain, Sun]\ncategories: {Wet: [rain], Dry: [sun]}",
        "concepts: [Rain, Sun]\n"
        "categories: {items: {wet: {name: Wet, members: [rain]}, dry: {name: Dry, members: [sun]}}}",
    ),
    "a table called by its title": (
        "tables: {Who digs: {columns: [Who], rows: [[Worm]]}}",
        "tables: {who-digs: {title: Who digs, columns: [Who], rows: [[Worm]]}}",
    ),
    "a source as a text": ("sources: [A book]", "sources: {items: {a-book: {title: A book}}}"),
    "a table without a name": (
        "tables: [{columns: [Who, Tells], rows: [[Worm, digs]]}]",
        "tables: {who: {columns: {who: Who, tells: Tells}, rows: {worm: {who: Worm, tells: digs}}}}",
    ),
    "a conclusion as a text": ("conclusion: All is soil.", "conclusion: {title: All is soil.}"),
    "a closing as a text": ("closing: Thank you", "closing: {text: Thank you}"),
    "columns of an own slide as texts": (
        "slides: {two: {title: T, two-columns: {left: Rain, right: Sun}}}",
        "slides: {two: {title: T, two-columns: {left: {text: Rain}, right: {text: Sun}}}}",
    ),
}


def read(text):
    node, problems = source.parse(HEAD + text, "map.yaml")
    found, more = read_map(node, "garden")
    assert [*problems, *more] == []
    return found


def told(value):
    """Return a value without places."""
    if isinstance(value, tuple):
        return tuple(told(each) for each in value)
    if hasattr(value, "__match_args__"):
        return type(value).__name__, {
            name: told(getattr(value, name)) for name in value.__match_args__ if name not in ("span", "passages")
        }
    return value


@pytest.mark.parametrize("form", FORMS)
def test_a_form_that_people_write_is_read_as_the_long_one(form):
    written, long = FORMS[form]
    assert told(read(written)) == told(read(long))


def test_things_of_other_names_and_rows_are_told_apart():
    assert [each.id for each in read("steps: [See, See!]").steps.items] == ["see", "see-2"]
    (table,) = read("tables: [{title: T, columns: [Who, What], rows: [[Worm, digs], [Worm, eats]]}]").tables
    assert [row.id for row in table.rows] == ["worm", "worm-2"]
    tables = read("tables: [{columns: [Who, Eats], rows: [[Worm, soil]]}, {columns: [Who], rows: [[Sun]]}]").tables
    assert [table.id for table in tables] == ["who", "who-2"]


@pytest.mark.parametrize("text", ["concepts: [{id: a, name: A}, {id: a, name: B}]", "steps: [See, {name: See}]"])
def test_an_id_or_a_name_that_is_taken_is_told(text):
    node, _ = source.parse(HEAD + text, "map.yaml")
    assert [each.code for each in read_map(node, "garden")[1]] == ["duplicate-id"]


@pytest.mark.parametrize("text", ["concepts: [[a], {b: c, d: e}]", "steps: [{detail: [[]]}]", "layers: [1, {}]"])
def test_a_list_of_what_cannot_be_called_anything_is_told_where_it_is(text):
    node, _ = source.parse(HEAD + text, "map.yaml")
    found, problems = read_map(node, "garden")
    assert found is None and all(each.span.line == 3 for each in problems)


def test_a_key_may_have_underscores_for_hyphens_unless_both_are_there():
    found, problems = read_map(source.parse("title: T\ncore_sentence: It grows.\n", "map.yaml")[0], "garden")
    assert problems == () and found.core_sentence.value == "It grows."
    _, problems = read_map(source.parse(f"{HEAD}core_sentence: It is.\n", "map.yaml")[0], "garden")
    assert [(each.code, each.span.line) for each in problems] == [("unknown-key", 3)]


def test_a_misspelt_key_is_told_rather_than_a_name_made_up():
    _, problems = read_map(source.parse(f"{HEAD}concepts: {{a: {{nmae: A}}}}", "map.yaml")[0], "garden")
    assert [each.code for each in problems] == ["unknown-key"]
