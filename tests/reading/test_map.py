"""What the reader makes of a map and what it refuses; `hostile/` holds maps with errors beside the lines."""

import re
from pathlib import Path

import pytest

from conceptdeck.reading.findings import MAX_MISTAKES
from conceptdeck.reading.map import read_map
from conceptdeck.reading.short import LONGEST_ID, SLUG, WINDOWS
from conceptdeck.reading.source import parse
from conceptdeck.values.model import Cell, ConceptMap, Line
from conceptdeck.values.text import Ref, Text, texts
from support.work import calls

HOSTILE = sorted((Path(__file__).resolve().parents[2] / "tests" / "hostile").glob("*.yaml"))
EXPECTED = re.compile(r"# error: ([a-z0-9-]+ \d+:\d+)")

MAP = """\
title: A map
core-sentence: It is a map.
language: no
focus: blocks
tags:
  ai: AI
systems:
  minecraft: {name: Minecraft, link: "https://www.minecraft.net"}
concepts:
  alone: {name: Alone}
layers:
  title: The flow
  items:
    past:
      name: Past
      summary: It was so.
      concepts:
        blocks: {name: Blocks, examples: [minecraft]}
steps:
  title: The steps
  items:
    known: {name: Known, headline: We know it.}
tables:
  bridge:
    title: A bridge
    columns: {kind: Kind, shows: Shows}
    rows:
      games: {shows: [minecraft], kind: Games}
    highlight: games
relations:
  title: Relations
  labels: {core: Core, limit: Limit, adds: Adds, evidence: Evidence}
  types:
    uses: {name: uses, line: dashed, directed: no}
  items:
    uses-blocks:
      source: alone
      target: blocks
      type: uses
      phrase: uses
      headline: Alone uses blocks.
      evidence: {value: 3, text: blocks}
"""


def read(text, id="a-map"):
    node, found = parse(text, "map.yaml")
    assert node is not None, found
    result, more = read_map(node, id)
    return result, (*found, *more)


def good(text):
    result, found = read(text)
    assert isinstance(result, ConceptMap), "\n".join(map(str, found))
    return result


def errors(text):
    return read("title: T\ncore-sentence: C\n" + text)[1]


@pytest.mark.parametrize("path", HOSTILE, ids=lambda path: path.stem)
def test_each_mistake_of_a_hostile_map_is_reported_where_it_is(path):
    text = path.read_text(encoding="utf-8")
    result, found = read(text)
    assert result is None
    assert sorted(f"{d.code} {d.span.line}:{d.span.column}" for d in found) == sorted(EXPECTED.findall(text))


@pytest.mark.parametrize("path", HOSTILE, ids=lambda path: path.stem)
def test_each_mistake_comes_with_a_way_out(path):
    assert all(d.hints for d in read(path.read_text(encoding="utf-8"))[1])


def test_texts_are_keyed_by_their_path_without_items():
    keys = {text.key for text in texts(good(MAP))}
    assert keys == {
        "title", "core-sentence", "tags.ai", "systems.minecraft.name", "concepts.alone.name",
        "layers.title", "layers.past.name", "layers.past.summary", "layers.past.concepts.blocks.name",
        "steps.title", "steps.known.name", "steps.known.headline",
        "tables.bridge.title", "tables.bridge.columns.kind", "tables.bridge.columns.shows",
        "tables.bridge.rows.games.kind",
        "relations.title", "relations.labels.core", "relations.labels.limit", "relations.labels.adds",
        "relations.labels.evidence", "relations.types.uses.name", "relations.uses-blocks.phrase",
        "relations.uses-blocks.headline", "relations.uses-blocks.evidence.value",
        "relations.uses-blocks.evidence.text",
    }  # fmt: skip


def test_an_element_knows_its_id_and_its_path():
    layer = good(MAP).layers.items[0]
    assert (layer.id, layer.key) == ("past", "layers.past")
    assert (layer.concepts[0].id, layer.concepts[0].key) == ("blocks", "layers.past.concepts.blocks")


def test_a_text_knows_where_it_was_written():
    span = good(MAP).layers.items[0].name.span
    assert (span.path, span.line, span.column, span.length) == ("map.yaml", 15, 13, 4)


def test_words_that_yaml_takes_for_other_things_stay_text():
    assert good(MAP).language == "no"
    assert good(MAP).relations.items[0].evidence.value.value == "3"


def test_choices_and_flags_become_values():
    kind = good(MAP).relations.types[0]
    assert kind.line is Line.DASHED
    assert kind.directed is False


def test_what_is_left_out_has_its_default():
    result = good("title: T\ncore-sentence: C\n")
    assert (result.language, result.focus, result.systems, result.layers) == ("en", None, (), None)


def test_a_row_has_its_cells_in_the_order_of_the_columns():
    row = good(MAP).tables[0].rows[0]
    assert [name for name, _ in row.cells] == ["kind", "shows"]
    assert isinstance(row.cells[0][1].text, Text)
    assert row.cells[1][1] == Cell(None, (Ref("minecraft", row.cells[1][1].systems[0].span),))


def test_ids_are_unique_across_layers_but_not_across_kinds():
    good(MAP.replace("alone", "minecraft"))


def test_rows_of_two_tables_may_share_an_id():
    table = "{title: T, columns: {a: A}, rows: {one: {a: x}}, highlight: one}"
    assert len(good(f"title: T\ncore-sentence: C\ntables: {{s: {table}, t: {table}}}\n").tables) == 2


def test_a_reference_may_come_before_what_it_names():
    good("focus: one\ntitle: T\ncore-sentence: C\nconcepts: {one: {name: One}}\n")


@pytest.mark.parametrize(
    ("text", "hint"),
    [
        ("subtitel: x", "did you mean `subtitle`?"),
        ("focus: blok\nconcepts: {blocks: {name: B}}", "did you mean `blocks`?"),
        ("tags: {Große Äpfel: x}", "`grosse-apfel` would do"),
        ("tags: {con: x}", "`con-1` would do"),
        ("concepts: {a: {nmae: A}}", "did you mean `name`?"),
        ("concepts: {a: {title: A}}", "did you mean `name`?"),
        ("concepts: [A, B]\nrelations: [{source: A, target: B, verb: is}]", "did you mean `phrase`?"),
    ],
)
def test_a_hint_names_what_was_probably_meant(text, hint):
    assert hint in [each for d in errors(text) for each in d.hints]


def test_all_missing_keys_are_named_at_once():
    found = errors("lenses: {l: {}}")
    assert [d.message for d in found] == ["`l` lacks `name` and `explains`"]


def test_a_duplicate_id_names_both_places():
    layer = "{name: L, summary: S, concepts: {a: {name: B}}}"
    (found,) = errors(f"concepts: {{a: {{name: A}}}}\nlayers: {{title: T, items: {{l: {layer}}}}}")
    assert (found.code, str(found.span)) == ("duplicate-id", "map.yaml:4:64")
    assert found.notes == ("first used at map.yaml:3:12",)


@pytest.mark.parametrize(
    ("folder", "id"),
    [("My Map_2", "my-map-2"), ("Über Maß", "uber-mass"), ("v1.2", "v1-2"), ("../x", "x"), ("A", "a"), ("a--b", "a-b")],
)
def test_the_id_of_a_map_is_made_from_the_name_of_its_folder(folder, id):
    result, found = read("title: T\ncore-sentence: C\n", folder)
    assert found == ()
    assert result.id == id


@pytest.mark.parametrize(
    "folder", ["con", "", ".", "a" * 65, "x\u202e", "地図", "خريطة", "C++", "x" * 63 + " y z", "\udcff"]
)
def test_every_folder_has_an_id_that_can_name_a_file_anywhere(folder):
    result, found = read("title: T\ncore-sentence: C\n", folder)
    assert found == ()
    assert SLUG.fullmatch(result.id)
    assert result.id not in WINDOWS
    assert len(result.id) <= LONGEST_ID


def test_one_name_has_one_id_whether_its_accents_are_taken_apart_or_not():
    ids = {read("title: T\ncore-sentence: C\n", form)[0].id for form in ("карта-й", "карта-и\u0306", "КАРТА-Й")}
    assert len(ids) == 1


@pytest.mark.parametrize("tag", ["en", "no", "pt-BR", "zh-Hans", "es-419", "sl-rozaj-biske", "de-1996", "en-x-a"])
def test_a_language_tag_is_read(tag):
    assert good(f"title: T\ncore-sentence: C\nlanguage: {tag}\n").language == tag


@pytest.mark.parametrize(
    ("said", "tag"), [("pt_BR", "pt-BR"), ("zh_CN", "zh-CN"), ("sr@latin", "sr-Latn"), ("zh_Hant_HK", "zh-Hant-HK")]
)
def test_a_language_may_be_written_as_gettext_writes_it(said, tag):
    assert good(f"title: T\ncore-sentence: C\nlanguage: {said}\n").language == tag


@pytest.mark.parametrize("tag", ["english", "qq_QQ", "sr@loud", "e", "en-", "en--US", "../en", "en US", "ｅｎ", "en-x"])
def test_a_word_that_is_no_language_tag_is_refused(tag):
    assert [d.code for d in errors(f"language: '{tag}'")] == ["bad-language"]


@pytest.mark.parametrize("url", ["https://a.example/ä?b=c#d", "http://x", "mailto:a@b.example", "HTTPS://A.example"])
def test_a_safe_link_is_read_as_it_is(url):
    result = good(f"title: T\ncore-sentence: C\nsystems: {{a: {{name: A, link: '{url}'}}}}\n")
    assert result.systems[0].link.url == url


@pytest.mark.parametrize("text", ["- a\n", "text\n"])
def test_a_map_that_is_no_mapping_is_refused(text):
    result, found = read(text)
    assert result is None
    assert [(d.code, d.span.line, d.span.column) for d in found] == [("wrong-kind", 1, 1)]


def test_endless_mistakes_are_cut_short():
    found = errors("".join(f"k{n}: v\n" for n in range(150_000)))
    assert len(found) == MAX_MISTAKES + 1
    assert found[0].code == "too-many-mistakes"


def countless_columns(count: int) -> str:
    columns = ", ".join(f"c{n}: x" for n in range(count))
    rows = ", ".join(f"r{n}: {{}}" for n in range(count))
    return f"tables: {{t: {{title: T, columns: {{{columns}}}, rows: {{{rows}}}}}}}"


def dangling_references(count: int) -> str:
    return "concepts:\n" + "".join(f"  concept-{n}: {{name: N, examples: [nothing-{n}]}}\n" for n in range(count))


def sound_concepts(count: int) -> str:
    return "title: T\ncore-sentence: C\nsystems: {s: {name: S}}\nconcepts:\n" + "".join(
        f"  concept-{n}:\n    name: Concept {n}\n    description: It is number {n}.\n    examples: [s]\n"
        for n in range(count)
    )


def test_a_table_of_countless_columns_is_refused():
    assert errors(countless_columns(30_000))[0].code == "too-many-mistakes"


def test_dangling_references_of_a_large_map_are_cut_short():
    assert len(errors(dangling_references(10_000))) == MAX_MISTAKES + 1


def test_ten_thousand_concepts_are_read():
    result, _ = read_map(parse(sound_concepts(10_000), "map.yaml")[0], "large")
    assert len(result.every_concept()) == 10_000


@pytest.mark.parametrize("text", [countless_columns, dangling_references, sound_concepts])
def test_the_work_of_reading_grows_with_the_text_and_not_faster(text):
    """Twice the text takes about twice the work; comparing each with each would take four times."""
    one, two = text(1_000), text(2_000)
    assert calls(lambda: errors(two)) < 2.4 * calls(lambda: errors(one))
