"""The JSON Schema: it is current, the shipped maps fit it, and it refuses what the reader refuses."""

import json
import re

import pytest
import yaml
from click.testing import CliRunner
from jsonschema import Draft202012Validator

from conceptdeck.cli import main
from conceptdeck.reading import source
from conceptdeck.reading.json_schema import map_schema, schema_text
from conceptdeck.reading.map import read_map
from support.decks import MAPS, ROOT

SHIPPED_SCHEMA = ROOT / "data" / "map.schema.json"
SHIPPED_MAPS = sorted((ROOT / "data").glob("*/map.yaml"))
GOOD_MAPS = [*SHIPPED_MAPS, *sorted(MAPS.glob("*/map.yaml"))]
LOADERS = {"as texts": yaml.CBaseLoader, "as editors read them": yaml.CSafeLoader}
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


def test_the_shipped_schema_is_what_the_model_makes_now(request):
    if request.config.getoption("--accept"):
        SHIPPED_SCHEMA.write_text(schema_text(), encoding="utf-8", newline="\n")
    now = "run: conceptdeck schema > data/map.schema.json"
    assert SHIPPED_SCHEMA.read_bytes().decode("utf-8") == schema_text(), now


def test_the_command_prints_the_schema_and_nothing_else():
    result = CliRunner().invoke(main, ["schema"])
    assert (result.exit_code, result.stderr) == (0, "")
    assert result.stdout == schema_text()
    assert json.loads(result.stdout)["$schema"] == "https://json-schema.org/draft/2020-12/schema"


def test_every_key_is_described_and_closed():
    schema = map_schema()
    for owner, each in [("the map", schema), *schema["$defs"].items()]:
        for key, value in each.get("properties", {}).items():
            assert value["description"], f"{key} of {owner}"
        if "properties" in each:
            assert each["additionalProperties"] is False, owner


def test_keys_are_written_with_hyphens():
    schema = map_schema()
    keys = {key for each in (schema, *schema["$defs"].values()) for key in each.get("properties", {})}
    assert "core-sentence" in keys
    assert not [key for key in keys if "_" in key]
    assert not keys & {"id", "key", "cells"}


# --- it accepts ----------------------------------------------------------------------------------


@pytest.mark.parametrize("loader", LOADERS.values(), ids=LOADERS)
@pytest.mark.parametrize("path", GOOD_MAPS, ids=name)
def test_good_maps_fit_the_schema(path, loader, validator):
    tree = yaml.load(path.read_text(encoding="utf-8"), loader)
    assert [f"{error.json_path}: {error.message}" for error in validator.iter_errors(tree)] == []


@pytest.mark.parametrize("path", SHIPPED_MAPS, ids=name)
def test_the_first_line_of_a_shipped_map_leads_to_the_schema(path):
    line = path.read_text(encoding="utf-8").splitlines()[0]
    found = re.fullmatch(r"# yaml-language-server: \$schema=(\S+)", line)
    assert found, line
    assert (path.parent / found[1]).resolve() == SHIPPED_SCHEMA


@pytest.mark.parametrize("flag", ["true", "false", "yes", "No", "TRUE", "'false'"])
def test_flags_of_the_reader_are_flags_of_the_schema(flag, validator):
    text = SMALL + RELATIONS.replace("DIRECTED", flag).replace("LINE", "dashed")
    assert read_by_reader(text) == []
    for loader in LOADERS.values():
        assert validator.is_valid(yaml.load(text, loader)), loader


@pytest.mark.parametrize("tag", ["en", "pt-BR", "zh-Hans", "zh-hant-TW", "de-CH-1996", "en-x-plain", "es-419"])
def test_language_tags_of_the_reader_are_tags_of_the_schema(tag, validator):
    text = f"language: {tag}{SMALL}"
    assert read_by_reader(text) == []
    assert validator.is_valid(yaml.load(text, yaml.CBaseLoader))


@pytest.mark.parametrize("link", ["https://a.b/c?d#e", "HTTP://a", "mailto:me@example.org"])
def test_links_of_the_reader_are_links_of_the_schema(link, validator):
    text = f"{SMALL}\nsystems: {{s: {{name: S, link: '{link}'}}}}"
    assert read_by_reader(text) == []
    assert validator.is_valid(yaml.load(text, yaml.CBaseLoader))


def test_a_number_where_text_is_meant_is_text(validator):
    text = SMALL.replace("title: Map", "title: 2024")
    assert read_by_reader(text) == []
    assert validator.is_valid(yaml.load(text, yaml.CSafeLoader))


# --- it refuses ----------------------------------------------------------------------------------

BAD = {
    "missing-key": SMALL.replace("core-sentence: It is.", ""),
    "unknown-key": SMALL + "steeps: {}",
    "empty-text": SMALL.replace("It is.", "' '"),
    "wrong-kind: a list where text is meant": SMALL.replace("It is.", "[It, is]"),
    "wrong-kind: a list where a mapping is meant": SMALL.replace("{a: {name: A}, b: {name: B}}", "[a, b]"),
    "wrong-kind: a text where a list is meant": SMALL.replace("{name: A}", "{name: A, examples: a}"),
    "empty-collection": SMALL.replace("{c: {name: C}}", "{}"),
    "bad-id: capitals": SMALL.replace("{a: {", "{A: {"),
    "bad-id: two hyphens": SMALL.replace("{a: {", "{a--b: {"),
    "bad-id: a device of Windows": SMALL.replace("{a: {", "{con: {"),
    "bad-id: too long": SMALL.replace("{a: {", "{%s: {" % ("a" * 65)),
    "reserved-id": SMALL.replace("one: {", "title: {"),
    "duplicate-reference": SMALL.replace("{name: A}", "{name: A, examples: [s, s]}") + "systems: {s: {name: S}}",
    "bad-choice": SMALL + RELATIONS.replace("DIRECTED", "true").replace("LINE", "dotted"),
    "bad-flag": SMALL + RELATIONS.replace("DIRECTED", "perhaps").replace("LINE", "solid"),
    "bad-link: script": SMALL + "systems: {s: {name: S, link: 'javascript:alert(1)'}}",
    "bad-link: spaces": SMALL + "systems: {s: {name: S, link: 'https://a b'}}",
    "bad-link: nobody": SMALL + "systems: {s: {name: S, link: 'mailto:nobody'}}",
    "bad-language": "language: en_US" + SMALL,
}


def test_the_small_map_is_good(validator):
    assert read_by_reader(SMALL) == []
    assert validator.is_valid(yaml.load(SMALL, yaml.CSafeLoader))


@pytest.mark.parametrize("case", BAD)
def test_what_the_reader_refuses_the_schema_refuses(case, validator):
    assert case.partition(":")[0] in read_by_reader(BAD[case])
    assert not validator.is_valid(yaml.load(BAD[case], yaml.CBaseLoader))
