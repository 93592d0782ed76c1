"""Every field of a map is shown somewhere, or `check` names the text that is not."""

from __future__ import annotations

import json
import shutil
from dataclasses import fields, is_dataclass
from pathlib import Path
from typing import get_args, get_type_hints

import pytest
import yaml
from click.testing import CliRunner

from conceptdeck.building.deck import deck_parts, plan_deck
from conceptdeck.building.jobs import DeckJob
from conceptdeck.cli import main
from conceptdeck.values import model
from conceptdeck.values.icons import Icon
from conceptdeck.values.model import ConceptMap
from conceptdeck.values.text import Link, Ref, Text
from support.decks import ROOT, write_map

EVERY_KIND = ROOT / "tests" / "cases" / "every-kind" / "map.yaml"
FILLED_IN = ("id", "key", "span")


def tree() -> dict:
    return yaml.load(EVERY_KIND.read_text(encoding="utf-8"), yaml.BaseLoader)


def write_mill(folder: Path, own: dict) -> Path:
    """Write a map like the first case, with its files beside it."""
    path = write_map(folder, own)
    for name in ("mill.svg", "mills.csv"):
        shutil.copy(EVERY_KIND.parent / name, folder)
    return path


def found(map_file: Path, *options: str) -> list[dict]:
    """Return what `check` says is shown nowhere."""
    result = CliRunner().invoke(main, ["check", str(map_file), "--json", *options])
    assert result.exit_code in (0, 1), result.output
    findings = json.loads(result.stdout)["targets"][0]["findings"]
    assert [each for each in findings if each["severity"] == "error"] == []
    return [each for each in findings if each["code"] in ("shown-nowhere", "unused-system", "orphan-concept")]


def named(findings: list[dict]) -> list[tuple[str, str]]:
    return [(each["code"], each["message"].split("`")[1]) for each in findings]


def records(kind: object) -> set[type]:
    """Return the classes of the model that a type hint names."""
    inner = {each for part in get_args(kind) for each in records(part)}
    return inner | ({kind} if isinstance(kind, type) and is_dataclass(kind) else set())


def unfilled(value: object, missing: dict[tuple[type, str], bool]) -> None:
    """Note for each field of each class whether some element of the map fills it."""
    if isinstance(value, tuple):
        for each in value:
            unfilled(each, missing)
    elif is_dataclass(value) and not isinstance(value, (Text, Ref, Link, Icon)):
        for each in fields(value):
            held = getattr(value, each.name)
            key = (type(value), each.name)
            missing[key] = missing.get(key, True) and held in (None, ())
            unfilled(held, missing)


def test_the_first_case_fills_every_field_of_the_model():
    waiting, known = [ConceptMap], set()
    while waiting:
        record = waiting.pop()
        if record not in known and record.__module__ == model.__name__:
            known.add(record)
            waiting += [each for hint in get_type_hints(record).values() for each in records(hint)]
    missing = {
        (record, each.name): True
        for record in known - {Text, Ref, Link, Icon}
        for each in fields(record)
        if each.name not in FILLED_IN
    }
    unfilled(plan_deck(DeckJob(EVERY_KIND)).edition.map, missing)
    assert [f"{record.__name__}.{name}" for (record, name), empty in missing.items() if empty] == []


def test_nothing_of_a_map_with_every_field_is_shown_nowhere():
    assert found(EVERY_KIND) == []


@pytest.mark.parametrize("name", ["world-models", "web-platform"])
def test_nothing_of_a_shipped_map_or_of_its_catalogs_is_shown_nowhere(name):
    assert found(ROOT / "data" / name / "map.yaml") == []


def test_each_address_of_a_map_leads_somewhere_from_its_deck():
    plan = plan_deck(DeckJob(EVERY_KIND))
    rels = b"".join(data for name, data in deck_parts(plan).items() if name.endswith(".rels")).decode()
    own = plan.edition.map
    links = [each.link.url for each in (*own.systems, *own.every_concept(), *own.sources.items) if each.link]
    assert len(links) == 3
    assert [url for url in links if url not in rels] == []


def test_a_text_that_nothing_shows_is_found_on_its_line_with_a_way_out(tmp_path):
    own = tree()
    for part in ("core", "limit", "adds", "evidence"):
        del own["relations"]["items"]["tide-to-mill"][part]
    path = write_mill(tmp_path / "mill", own)
    said = found(path)
    labels = own["relations"]["labels"]
    assert named(said) == [("shown-nowhere", f"relations.labels.{name}") for name in labels]
    lines = path.read_text(encoding="utf-8").splitlines()
    for finding, (name, text) in zip(said, labels.items(), strict=True):
        assert lines[finding["line"] - 1].strip() == f"{name}: {text}"
        assert (finding["severity"], finding["help"]) == ("warning", ["delete it, or write what it belongs to"])


def test_headings_over_nothing_can_be_deleted(tmp_path):
    own = tree()
    for part in ("core", "limit", "adds", "evidence"):
        del own["relations"]["items"]["tide-to-mill"][part]
    del own["relations"]["labels"]
    assert found(write_mill(tmp_path / "mill", own)) == []


def test_parts_of_a_relation_do_without_their_headings(tmp_path):
    own = tree()
    del own["relations"]["labels"]
    path = write_mill(tmp_path / "mill", own)
    frame = next(each for each in plan_deck(DeckJob(path)).frames if each.key == "relations.tide-to-mill")
    shown = [item.text.text for item in frame.items if getattr(item, "text", None)]
    relation = own["relations"]["items"]["tide-to-mill"]
    assert [relation[name] for name in ("core", "limit", "adds") if relation[name] not in shown] == []
    assert found(path) == []


def test_what_a_story_leaves_out_but_another_tells_is_not_found(tmp_path):
    path = write_mill(tmp_path / "mill", tree())
    stories = "full:\n  slides:\n    - cover: 1\nlong:\n  slides:\n    - {%s}\n"
    names = (
        "lenses, steps, agenda, dividers, cards, concepts, group-map, groups, subgroups, members, tables, categories, "
        "relation-map, relations, strata, aims"
    )
    rest = ", ".join(f"{name}: 1" for name in (*names.split(", "), "conclusion", "closing", "sources"))
    (path.parent / "stories.yaml").write_text(stories % rest, encoding="utf-8")
    assert found(path) == []
    (path.parent / "stories.yaml").write_text(
        stories % "steps: 1" + "talk: {slides: [cover: 1]}\nlightning: {slides: [cover: 1]}\n", encoding="utf-8"
    )
    assert ("shown-nowhere", "aims.title") in named(found(path))


def test_a_role_that_the_diagram_has_no_room_for_is_found(tmp_path):
    ends = {"one": ("a", "b"), "two": ("c", "d"), "three": ("b", "c")}
    own = {
        "title": "Three",
        "core-sentence": "One sentence.",
        "concepts": {id_: {"name": f"Thing {id_}"} for id_ in "abcd"},
        "relations": {
            "title": "Each leads on",
            "types": {"gives": {"name": "gives"}},
            "items": {
                id_: {
                    "source": tail,
                    "target": head,
                    "type": "gives",
                    "phrase": "gives",
                    "role": f"Role {id_}",
                    "headline": f"Line {id_}",
                }
                for id_, (tail, head) in ends.items()
            },
        },
    }
    assert named(found(write_mill(tmp_path / "three", own))) == [("shown-nowhere", "relations.three.role")]


def test_an_element_that_nothing_refers_to_is_found_once_not_text_by_text(tmp_path):
    own = tree()
    own["systems"]["lost"] = {"name": "Lost mill", "by": "Nobody"}
    own["concepts"]["ghost"] = {"name": "Ghost", "tagline": "Unseen", "description": "Nobody asks for it."}
    assert named(found(write_mill(tmp_path / "mill", own))) == [("unused-system", "lost"), ("orphan-concept", "ghost")]


def test_a_focus_that_nothing_else_names_is_found(tmp_path):
    path = write_map(
        tmp_path / "bare",
        {
            "title": "Bare",
            "core-sentence": "One sentence.",
            "focus": "alone",
            "concepts": {"alone": {"name": "Alone", "tagline": "By itself"}},
            "groups": {"items": {"others": {"name": "Others", "concepts": {"one": "One"}}}},
        },
    )
    assert named(found(path)) == [("shown-nowhere", "concepts.alone.name"), ("shown-nowhere", "concepts.alone.tagline")]


def test_examples_without_makers_of_a_concept_outside_the_layers_are_said(tmp_path):
    own = tree()
    own["systems"]["new"] = {"name": "Swansea lagoon"}
    own["concepts"]["tide-mill"]["examples"] = ["new"]
    path = write_mill(tmp_path / "mill", own)
    assert found(path) == []
    assert any("Swansea lagoon" in frame.notes for frame in plan_deck(DeckJob(path)).frames)


def test_one_place_is_excused_by_a_comment(tmp_path):
    path = tmp_path / "bare" / "map.yaml"
    path.parent.mkdir()
    path.write_text(
        "title: Bare\ncore-sentence: One sentence.\nfocus: alone\nconcepts:\n  alone:\n"
        "    name: Alone  # conceptdeck: allow shown-nowhere\n",
        encoding="utf-8",
    )
    assert found(path) == []


CATALOG = """msgid ""
msgstr ""
"Language: de\\n"
"Content-Type: text/plain; charset=UTF-8\\n"

msgctxt "concepts.alone.name"
msgid "Alone"
msgstr "Allein"

{}msgctxt "concepts.alone.tagline"
msgid "By itself"
msgstr "Für sich"
"""


@pytest.mark.parametrize(("comment", "lines"), [("", [6, 10]), ("# conceptdeck: allow shown-nowhere\n", [6])])
def test_translations_of_what_nothing_shows_are_found_in_their_catalog(tmp_path, comment, lines):
    path = write_map(
        tmp_path / "bare",
        {
            "title": "Bare",
            "core-sentence": "One sentence.",
            "focus": "alone",
            "concepts": {"alone": {"name": "Alone", "tagline": "By itself"}},
            "groups": {"items": {"others": {"name": "Others", "concepts": {"one": "One"}}}},
        },
    )
    catalog = path.parent / "locales" / "de.po"
    catalog.parent.mkdir()
    catalog.write_text(CATALOG.format(comment), encoding="utf-8")
    of_catalog = [each for each in found(path) if each["path"].endswith("de.po")]
    assert [each["line"] for each in of_catalog] == lines
    assert {each["code"] for each in of_catalog} == {"shown-nowhere"}
    assert all(each["help"] for each in of_catalog)
