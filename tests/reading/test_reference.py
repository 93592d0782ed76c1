"""The reference: every key that can be written is told, with an example that the program takes."""

import shutil

import pytest
from click.testing import CliRunner
from jsonschema import Draft202012Validator

from conceptdeck.building.settings import read_settings
from conceptdeck.cli import main
from conceptdeck.cli.files import FILES, WORDS, example, examples_of, keys_of, schema_of
from conceptdeck.reading.reference import IN_LISTS, every_key, excerpt, near, with_path
from conceptdeck.reading.source import parse
from conceptdeck.reading.toml import parse_toml
from conceptdeck.workspace.house import house
from support.decks import ROOT
from support.templates import made

CASE = ROOT / "tests" / "cases" / "every-kind"
KINDS = [kind for kind in FILES if kind != WORDS]
PART = {"description": "A part.", "$ref": "#/$defs/Part"}
REQUESTS = {".TH", ".SH", ".SS", ".PP", ".TP", ".B", ".I", ".nf", ".fi"}
SMALL = {
    "properties": {
        "name": {"description": "Its name.", "$ref": "#/$defs/text"},
        "parts": {"description": "Its parts.", "propertyNames": {}, "additionalProperties": PART},
        "whole": PART,
    },
    "required": ["name"],
    "$defs": {
        "text": {"type": "string"},
        "Part": {"properties": {"size": {"description": "How large.", "type": "number", "default": 2.0}}},
    },
}


def run(*arguments):
    return CliRunner().invoke(main, arguments)


# --- keys out of a schema ------------------------------------------------------------------------


def test_keys_are_told_where_they_are_reached_first_and_where_else_they_stand():
    name, parts, whole, size = every_key(SMALL)
    assert (name.dotted, name.required, name.kind) == ("name", True, "a text")
    assert (parts.kind, whole.kind) == ("a mapping from ids to a mapping", "a mapping")
    assert (size.dotted, size.default, size.also) == ("parts.ID.size", "2", (("whole", "size"),))


def test_a_key_is_found_by_its_path_by_its_end_and_nearly():
    keys = every_key(SMALL)
    assert [key.dotted for key in with_path(keys, "whole.size")] == ["parts.ID.size"]
    assert [key.dotted for key in with_path(keys, "size")] == ["parts.ID.size"]
    assert with_path(keys, "sise") == ()
    assert near(keys, "sise") == ("size",)


def test_an_example_is_cut_out_with_the_keys_around_it():
    text = "name: N\nparts:\n  one:\n    # not this\n    size: 3\n    more: x\n  two: {size: 4}\n"
    tree, _ = parse(text, "")
    assert excerpt(tree, text, every_key(SMALL)[3]) == "parts:\n  one:\n    size: 3"


# --- every key -----------------------------------------------------------------------------------


@pytest.mark.parametrize("kind", FILES)
def test_every_key_is_told_with_an_example_that_has_it(kind):
    keys = keys_of(kind)
    assert keys
    read = parse_toml if FILES[kind].syntax == "toml" else parse
    for key in keys:
        shown = example(kind, key)
        assert key.path[-1] in shown, key.dotted
        assert key.meaning, key.dotted
        if kind != WORDS:
            tree, wrong = read(shown, "")
            assert tree is not None and not wrong, f"{key.dotted}\n{shown}"


@pytest.mark.parametrize("kind", KINDS)
def test_the_keys_are_those_of_the_schema(kind):
    """Look for each key of each definition by another way."""
    told = {key.path[-1] for key in keys_of(kind)}

    def names(schema):
        for name, inner in schema.get("properties", {}).items():
            if inner.get("properties") != {} and name != IN_LISTS:
                yield name
        for inner in schema.values():
            for each in inner if isinstance(inner, list) else inner.values() if isinstance(inner, dict) else ():
                if isinstance(each, dict):
                    yield from names(each)

    assert {*names(schema_of(kind))} <= told


# --- the examples run ----------------------------------------------------------------------------


def test_the_map_of_the_examples_builds_without_a_finding(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    folder = tmp_path / "data" / "tide-mill"
    shutil.copytree(CASE, folder)
    (folder / "map.yaml").write_text(examples_of("map")[0], encoding="utf-8")
    (folder / "stories.yaml").write_text(examples_of("stories")[0], encoding="utf-8")
    (folder / "glossary").mkdir()
    (folder / "glossary" / "de.yaml").write_text(examples_of("glossary")[0], encoding="utf-8")
    (tmp_path / "themes").mkdir()
    own, _, foreign = examples_of("theme")
    for name, text in {"harbour": own, "acme": foreign}.items():
        (tmp_path / "themes" / f"{name}.yaml").write_text(text, encoding="utf-8")
    (tmp_path / "themes" / "acme.pptx").write_bytes(made("furnished.pptx"))
    for name in ("logo.svg", "logo-dark.svg"):
        shutil.copy(CASE / "mill.svg", tmp_path / "themes" / name)
    for options in ((), ("--story", "visit"), ("--theme", "harbour"), ("--theme", "acme", "--story", "visit")):
        result = run("check", "tide-mill", *options)
        assert result.exit_code == 0, result.output


def test_the_project_of_the_examples_is_read(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "conceptdeck.toml").write_text(examples_of("project")[0], encoding="utf-8")
    for name in ("logo.svg", "logo-dark.svg"):
        shutil.copy(CASE / "mill.svg", tmp_path / name)
    said = read_settings(house())
    assert (said.theme, said.locale, said.diagrams.width) == ("atlas", "de", 700)


@pytest.mark.parametrize("kind", KINDS)
def test_the_examples_fit_their_schemas(kind, plain):
    for name, text in zip(FILES[kind].examples, examples_of(kind), strict=True):
        if name == "base.yaml":  # no theme by itself
            continue
        Draft202012Validator(schema_of(kind)).validate(plain(text, name))


@pytest.fixture
def plain():
    """Return `plain(text, name)`: what a file says, as JSON has it."""
    import tomllib

    import yaml

    return lambda text, name: tomllib.loads(text) if name.endswith(".toml") else yaml.safe_load(text)


# --- the command and the pages -------------------------------------------------------------------


def test_a_key_is_told_with_its_type_and_an_example():
    result = run("reference", "relations.items.phrase")
    assert result.exit_code == 0
    assert "The linking phrase on the edge" in result.stdout
    assert "It is a text." in result.stdout
    assert "          phrase: drives" in result.stdout


def test_what_may_be_meant_is_told():
    result = run("reference", "core-sentense")
    assert result.exit_code == 2
    assert "did you mean `core-sentence`" in result.stderr


def test_all_files_are_listed_without_a_key():
    said = run("reference").stdout
    assert all(file.where in said for file in FILES.values())


def test_the_manual_page_tells_every_command_and_sets_no_text_as_a_request():
    lines = run("reference", "--man").stdout.splitlines()
    assert lines[0].startswith(".TH CONCEPTDECK 1")
    assert {line.split()[0] for line in lines if line.startswith((".", "'"))} <= REQUESTS
    assert all(any(f'.SS "conceptdeck {name}"' == line for line in lines) for name in ("build", "check", "diff"))
