"""The JSON Schemas: they are current, the shipped files fit them, and they refuse what the readers refuse."""

import json
import re

import pytest
import yaml
from click.testing import CliRunner
from jsonschema import Draft202012Validator

from conceptdeck.building.settings import settings_schema
from conceptdeck.cli import main
from conceptdeck.reading import source
from conceptdeck.reading.excerpts import SourceText
from conceptdeck.reading.icons import IconSet
from conceptdeck.reading.json_schema import map_schema, schema_text, stories_schema, theme_schema
from conceptdeck.reading.map import read_map
from conceptdeck.reading.stories import read_stories
from conceptdeck.reading.theme import load_theme
from conceptdeck.translation.glossary import glossary_schema
from conceptdeck.values.diagnostics import Failure
from conceptdeck.workspace import places
from support.decks import MAPS, ROOT

SHIPPED = {
    "map": ROOT / "data" / "map.schema.json",
    "stories": ROOT / "data" / "stories.schema.json",
    "theme": ROOT / "themes" / "theme.schema.json",
    "glossary": ROOT / "data" / "glossary.schema.json",
    "project": ROOT / "data" / "conceptdeck.schema.json",
}
SCHEMAS = {
    "map": map_schema(IconSet(places.icon_set())),
    "stories": stories_schema(),
    "theme": theme_schema(places.theme_base()),
    "glossary": glossary_schema(),
    "project": settings_schema(),
}
SHIPPED_THEMES = sorted((ROOT / "themes").glob("*.yaml"))
SHIPPED_STORIES = ROOT / "data" / "stories.yaml"
SHIPPED_MAPS = sorted((ROOT / "data").glob("*/map.yaml"))
GOOD_MAPS = [*SHIPPED_MAPS, *sorted(MAPS.glob("*/map.yaml"))]
LOADERS = {"as texts": yaml.CBaseLoader, "as editors read them": yaml.CSafeLoader}


def relation(id_: str) -> str:
    """Return a relation with an id, as YAML."""
    return f"relations: {{items: {{{id_}: {{source: a, target: b}}}}}}\n"


SMALL = """
title: Map
core-sentence: It is.
concepts: {a: {name: A}, b: {name: B}}
layers:
  title: Layers
  items:
    one: {name: One, summary: Sum, concepts: {c: {name: C}}}
"""
RELATIONS = """
relations:
  title: R
  labels: {core: a, limit: b, adds: c, evidence: d}
  types: {kind: {name: K, directed: DIRECTED, line: LINE}}
  items: {r: {source: a, target: b, type: kind, phrase: p, headline: h}}
"""


@pytest.fixture(scope="module")
def validator():
    Draft202012Validator.check_schema(map_schema())
    return Draft202012Validator(map_schema())


def read_by_reader(text):
    """Return the codes of what the reader finds wrong."""
    node, problems = source.parse(text, "map.yaml")
    return [each.code for each in (*problems, *read_map(node, "mine")[1])]


def name(path):
    return path.parent.name


# --- it is current -------------------------------------------------------------------------------


@pytest.mark.parametrize("kind", SHIPPED)
def test_the_shipped_schema_is_what_the_dataclasses_make_now(kind, request):
    path, text = SHIPPED[kind], schema_text(SCHEMAS[kind])
    if request.config.getoption("--accept"):
        path.write_text(text, encoding="utf-8", newline="\n")
    now = f"run: conceptdeck schema {kind} > {path.relative_to(ROOT).as_posix()}"
    assert path.read_bytes().decode("utf-8") == text, now


@pytest.mark.parametrize("kind", [None, *SHIPPED])
def test_the_command_prints_the_schema_and_nothing_else(kind):
    result = CliRunner().invoke(main, ["schema", *([kind] if kind else [])])
    assert (result.exit_code, result.stderr) == (0, "")
    assert result.stdout == schema_text(SCHEMAS[kind or "map"])
    assert json.loads(result.stdout)["$schema"] == "https://json-schema.org/draft/2020-12/schema"


@pytest.mark.parametrize("kind", SHIPPED)
def test_every_key_is_described_and_closed(kind):
    schema = SCHEMAS[kind]
    Draft202012Validator.check_schema(schema)
    for owner, each in [("the file", schema), *schema["$defs"].items()]:
        for key, value in each.get("properties", {}).items():
            assert value["description"], f"{key} of {owner}"
        if "properties" in each:
            assert each["additionalProperties"] is False, owner


def test_keys_are_written_with_hyphens():
    schema = map_schema()
    keys = {key for each in (schema, *schema["$defs"].values()) for key in each.get("properties", {})}
    assert "core-sentence" in keys
    assert not [key for key in keys if "_" in key]
    assert not keys & {"key", "cells"}


# --- it accepts ----------------------------------------------------------------------------------


@pytest.mark.parametrize("loader", LOADERS.values(), ids=LOADERS)
@pytest.mark.parametrize("path", GOOD_MAPS, ids=name)
def test_good_maps_fit_the_schema(path, loader, validator):
    tree = yaml.load(path.read_text(encoding="utf-8"), loader)
    assert [f"{error.json_path}: {error.message}" for error in validator.iter_errors(tree)] == []


@pytest.mark.parametrize("loader", LOADERS.values(), ids=LOADERS)
@pytest.mark.parametrize("path", [*SHIPPED_THEMES, SHIPPED_STORIES], ids=lambda path: path.name)
def test_shipped_themes_and_stories_fit_their_schemas(path, loader):
    tree = yaml.load(path.read_text(encoding="utf-8"), loader)
    schema = SCHEMAS["stories" if path == SHIPPED_STORIES else "theme"]
    if path.stem == "base":  # what themes share is no theme: it lacks what makes one
        assert not Draft202012Validator(schema).is_valid(tree)
        schema = {key: value for key, value in schema.items() if key != "anyOf"}
    errors = Draft202012Validator(schema).iter_errors(tree)
    assert [f"{error.json_path}: {error.message}" for error in errors] == []


@pytest.mark.parametrize(
    ("path", "kind"),
    [
        *((path, "map") for path in SHIPPED_MAPS),
        *((path, "theme") for path in SHIPPED_THEMES),
        (SHIPPED_STORIES, "stories"),
    ],
    ids=str,
)
def test_the_first_line_of_a_shipped_file_leads_to_its_schema(path, kind):
    line = path.read_text(encoding="utf-8").splitlines()[0]
    found = re.fullmatch(r"# yaml-language-server: \$schema=(\S+)", line)
    assert found, line
    assert (path.parent / found[1]).resolve() == SHIPPED[kind]


@pytest.mark.parametrize("flag", ["true", "false", "yes", "No", "TRUE", "'false'"])
def test_flags_of_the_reader_are_flags_of_the_schema(flag, validator):
    text = SMALL + RELATIONS.replace("DIRECTED", flag).replace("LINE", "dashed")
    assert read_by_reader(text) == []
    for loader in LOADERS.values():
        assert validator.is_valid(yaml.load(text, loader)), loader


@pytest.mark.parametrize(
    "tag", ["en", "pt-BR", "zh-Hans", "zh-hant-TW", "de-CH-1996", "en-x-plain", "es-419", "pt_BR", "sr@latin"]
)
def test_language_tags_of_the_reader_are_tags_of_the_schema(tag, validator):
    text = f"language: {tag}{SMALL}"
    assert read_by_reader(text) == []
    assert validator.is_valid(yaml.load(text, yaml.CBaseLoader))


@pytest.mark.parametrize("link", ["https://a.b/c?d#e", "HTTP://a", "mailto:me@example.org"])
def test_links_of_the_reader_are_links_of_the_schema(link, validator):
    text = f"{SMALL}\nsystems: {{s: {{name: S, link: '{link}'}}}}"
    assert read_by_reader(text) == []
    assert validator.is_valid(yaml.load(text, yaml.CBaseLoader))


LISTED = "title: Map\ncore-sentence: It is.\nconcepts: [Alpha]\n"
SHORT = {
    "a list of names": SMALL.replace("{a: {name: A}, b: {name: B}}", "[Alpha, Beta]"),
    "names only": SMALL.replace("{a: {name: A}, b: {name: B}}", "{a: Alpha, b: Beta}"),
    "a list of systems": SMALL + "systems: [Go, C++]",
    "relations as a list": SMALL + "relations: [[a, can be, b], [b, a], {source: a, target: a}]",
    "texts as a list": SMALL.replace("{name: A}", "{name: A, points: [One, Two]}") + "tags: [One]\nconnects: [Two]",
    "a map without a sentence": SMALL.replace("core-sentence: It is.", ""),
    "a concept as an example": SMALL.replace("{name: A}", "{name: A, examples: [b], see: [b], link: 'https://a.b'}"),
    "relations with a title": SMALL + "relations: {title: R, items: [[A, is, A]]}",
    "a word where a list is meant": SMALL.replace("{name: A}", "{name: A, examples: b}"),
    "concepts as a list": SMALL.replace("{a: {name: A}, b: {name: B}}", "[{id: a, name: A}, {name: B}, C d]"),
    "names where ids are meant": SMALL.replace("{name: A}", "{name: A, see: [B]}"),
    "layers as a list": LISTED + "layers: [{name: One, concepts: [C]}]",
    "layers that are their concepts": LISTED + "layers: {Long ago: [C, D]}",
    "groups that are their concepts": LISTED + "groups: {Long ago: [Alpha, C]}",
    "levels without a wrapper": LISTED + "strata: {low: {name: Low, members: [Alpha]}}",
    "a table of lists": LISTED + "tables: [{title: T, columns: [What, How], rows: [[One, two], [Three, four]]}]",
    "a name as the focus": SMALL + "focus: Alpha\nrelations: [[a, b]]".replace("Alpha", "A"),
}


@pytest.mark.parametrize("case", SHORT)
def test_short_forms_of_the_reader_are_forms_of_the_schema(case, validator):
    assert read_by_reader(SHORT[case]) == []
    for loader in LOADERS.values():
        assert validator.is_valid(yaml.load(SHORT[case], loader)), loader


def test_a_number_where_text_is_meant_is_text(validator):
    text = SMALL.replace("title: Map", "title: 2024")
    assert read_by_reader(text) == []
    assert validator.is_valid(yaml.load(text, yaml.CSafeLoader))


# --- it refuses ----------------------------------------------------------------------------------

BAD = {
    "missing-key": SMALL.replace("title: Map", ""),
    "unknown-key": SMALL + "steeps: {}",
    "empty-text": SMALL.replace("It is.", "' '"),
    "wrong-kind: a list where text is meant": SMALL.replace("It is.", "[It, is]"),
    "wrong-kind: a list where a mapping is meant": SMALL + "lenses: [a, b]",
    "wrong-kind: a relation of four words": SMALL + "relations: [[a, is, not, b]]",
    "wrong-kind: relations of words": SMALL + "relations: [a, b]",
    "empty-collection: no relation": SMALL + "relations: []",
    "wrong-kind: a mapping where a list is meant": SMALL.replace("{name: A}", "{name: A, examples: {a: b}}"),
    "empty-collection": SMALL.replace("{c: {name: C}}", "{}"),
    "bad-id: capitals": SMALL + relation("A"),
    "bad-id: two hyphens": SMALL + relation("a--b"),
    "bad-id: a device of Windows": SMALL + relation("con"),
    "bad-id: too long": SMALL + relation("a" * 65),
    "reserved-id": SMALL.replace("one: {", "title: {"),
    "duplicate-reference": SMALL.replace("{name: A}", "{name: A, examples: [s, s]}") + "systems: {s: {name: S}}",
    "bad-choice": SMALL + RELATIONS.replace("DIRECTED", "true").replace("LINE", "dotted"),
    "bad-flag": SMALL + RELATIONS.replace("DIRECTED", "perhaps").replace("LINE", "solid"),
    "bad-link: script": SMALL + "systems: {s: {name: S, link: 'javascript:alert(1)'}}",
    "bad-link: spaces": SMALL + "systems: {s: {name: S, link: 'https://a b'}}",
    "bad-link: nobody": SMALL + "systems: {s: {name: S, link: 'mailto:nobody'}}",
    "bad-language": "language: en US" + SMALL,
}


def test_the_small_map_is_good(validator):
    assert read_by_reader(SMALL) == []
    assert validator.is_valid(yaml.load(SMALL, yaml.CSafeLoader))


@pytest.mark.parametrize("case", BAD)
def test_what_the_reader_refuses_the_schema_refuses(case, validator):
    assert case.partition(":")[0] in read_by_reader(BAD[case])
    assert not validator.is_valid(yaml.load(BAD[case], yaml.CBaseLoader))


BAD_STORIES = {
    "wrong-kind: a list of stories": "[short]",
    "wrong-kind: a story that is a text": "short: cover",
    "wrong-kind: slides that are a text": "short: {slides: cover}",
    "wrong-kind: an entry of lists": "short: {slides: [[[cover]]]}",
    "missing-key": "short: {density: read}",
    "unknown-key": "short: {slide: [], slides: [{cover: 1}]}",
    "empty-collection": "short: {slides: []}",
    "empty-text": "short: {slides: [{cover: }]}",
    "bad-choice": "short: {density: loud, slides: [{cover: 1}]}",
    "bad-number: a word": "short: {slides: [{cover: soon}]}",
    "bad-number: below nothing": "short: {slides: [{cover: -1}]}",
    "bad-number: days": "short: {slides: [{cover: 601}]}",
}


@pytest.mark.parametrize("case", BAD_STORIES)
def test_stories_that_the_reader_refuses_the_schema_refuses(case):
    node, problems = source.parse(BAD_STORIES[case], "stories.yaml")
    assert case.partition(":")[0] in [each.code for each in (*problems, *read_stories(node)[1])]
    tree = yaml.load(BAD_STORIES[case], yaml.CSafeLoader)
    assert not Draft202012Validator(SCHEMAS["stories"]).is_valid(tree)


BAD_THEMES = {
    "unknown-key": "colour: {ink: '000000'}",
    "unknown-key: a role": "roles: {titel: {size: 20}}",
    "unknown-key: in a role": "roles: {title: {sise: 20}}",
    "unknown-key: in the grid": "grid: {margins: 1}",
    "unknown-key: a layout": "layouts: {cvr: {name: Cover}}",
    "unknown-key: a length": "layouts: {cards: {lengths: {barr: 1}}}",
    "unknown-key: a box": "layouts: {cards: {boxes: {hub: [0, 0, 1, 1]}}}",
    "unknown-key: for talks": "talk: {layouts: {cards: {lengths: {barr: 1}}}}",
    "unknown-key: a script": "scripts: {jpan: {slot: ea}}",
    "wrong-kind: accents that are a text": "colours: {accents: B2452B}",
    "wrong-kind: five accents": "colours: {accents: [B2452B, 8A6100, 0B7268, 1D5FA6, 6A3D9E]}",
    "wrong-kind: a box of three numbers": "layouts: {cover: {boxes: {label: [0, 0, 1]}}}",
    "wrong-kind: roles that are nothing": "roles:",
    "empty-collection": "scale: []",
    "empty-text": "strokes: {rule: ''}",
    "bad-colour": "colours: {ink: red}",
    "bad-flag": "dark: perhaps",
    "bad-choice: a face": "roles: {title: {face: middle}}",
    "bad-choice: a colour": "roles: {title: {colour: mauve}}",
    "bad-choice: a role": "layouts: {cover: {placeholders: {core: {role: mauve}}}}",
    "bad-number: a size below nothing": "roles: {title: {size: -3}}",
    "bad-number: no columns": "grid: {columns: 0}",
    "bad-number: half a column": "grid: {columns: 2.5}",
    "bad-number: a word": "strokes: {rule: thick}",
    "bad-number: half a slide": "layouts: {cards: {lengths: {per-slide: 0.5}}}",
    "bad-number: a tint": "tints: {soft: 2}",
    "bad-accent": "accents: {goal: 7}",
    "bad-contrast": "contrast: 3",
    "bad-font-name": "fonts: {major: 'Arial\"'}",
    "bad-font-file": "families: {Mine: {regular: /etc/passwd, bold: a/B.ttf}}",
}


@pytest.mark.parametrize("case", BAD_THEMES)
def test_themes_that_the_reader_refuses_the_schema_refuses(case):
    text = f"extends: atlas\n{BAD_THEMES[case]}\n"
    mine = {"mine.yaml": SourceText(text, "themes/mine.yaml")}
    with pytest.raises(Failure) as refused:
        load_theme("mine", lambda name: mine.get(name) or places.find_theme(name))
    assert case.partition(":")[0] in {each.code for each in refused.value.diagnostics}
    assert not Draft202012Validator(SCHEMAS["theme"]).is_valid(yaml.load(text, yaml.CSafeLoader))


def test_a_theme_that_stands_alone_lacks_what_it_does_not_extend():
    validator = Draft202012Validator(SCHEMAS["theme"])
    assert validator.is_valid({"extends": "base"})
    assert not validator.is_valid({"name": "Alone"})
