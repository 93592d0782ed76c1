"""Maps as files of other programs: what a format can say comes back from it as it was."""

from __future__ import annotations

import csv
import json
import re
import xml.etree.ElementTree as ElementTree
from io import StringIO
from pathlib import Path

import pytest
from click.testing import CliRunner
from pyoxigraph import RdfFormat, parse

from conceptdeck.building.catalogs import new_catalog
from conceptdeck.building.exporting import export_map
from conceptdeck.building.importing import import_map
from conceptdeck.cli import main
from conceptdeck.exporting.formats import TARGETS
from conceptdeck.values.colour import contrast
from conceptdeck.values.diagnostics import Failure
from conceptdeck.workspace.loading import read_theme

MAP = """\
language: en
title: Pond & "stream" <life>
core-sentence: Water holds more life than meets the eye.
focus: pond
tags: [water, life]
cover: {meta: By Ada}
concepts:
  pond:
    name: Pond
    description: "Still water: small, and *full* of life."
    points: [warm in summer, freezes | cracks]
    link: https://example.org/pond?a=1&b=2
    notes: Show a glass of it.
  mist: Mist
attributes:
  depth: Depth
groups:
  items:
    plants:
      name: Plants
      summary: What makes the oxygen
      concepts:
        algae: {name: "Algae #1", attributes: {depth: 2 m}}
        reeds: Reeds
    animals:
      name: Animals
      concepts:
        flea: Water flea
        newt: Newt
relations:
  types:
    together: {name: Lives with, directed: false}
    loose: {name: Maybe, line: dashed}
  items:
    - [algae, "feed; \\"well\\"", flea]
    - [flea, is food for, newt]
    - {source: reeds, target: newt, type: together}
    - {source: pond, phrase: may hold, target: algae, type: loose}
    - [pond, reeds]
"""
CONCEPTS = ["Pond", "Mist", "Algae #1", "Reeds", "Water flea", "Newt"]
RELATIONS = {
    ("Algae #1", 'feed; "well"', "Water flea", True),
    ("Water flea", "is food for", "Newt", True),
    ("Reeds", "", "Newt", False),
    ("Pond", "may hold", "Algae #1", True),
    ("Pond", "", "Reeds", True),
}


@pytest.fixture
def there(tmp_path, monkeypatch):
    """Return the file of a small map in an empty folder."""
    monkeypatch.chdir(tmp_path)
    path = Path("data/pond/map.yaml")
    path.parent.mkdir(parents=True)
    path.write_text(MAP, encoding="utf-8")
    return path


def returned(there, name):
    """Return what an import makes of an export, and the export."""
    made = export_map(there, name)
    file = Path(f"back.{made.target.ending}")
    file.write_bytes(made.data)
    return import_map(file, Path("data/back/map.yaml")), made


def names(found):
    return {each.id: each.name.text for each in found.planned.concepts}


def relations(found):
    said = names(found)
    return {(said[each.source], each.phrase.text, said[each.target], each.arrow) for each in found.planned.relations}


@pytest.mark.parametrize("name", TARGETS)
def test_every_concept_comes_back(name, there):
    found, _ = returned(there, name)
    points = {point.text for each in found.planned.concepts for point in each.points}
    told = {*names(found).values(), *points, *(each.name.text for each in found.planned.groups)}
    assert set(CONCEPTS) <= {text.partition("](")[0].lstrip("[") for text in told}


@pytest.mark.parametrize(
    "name", [name for name, each in TARGETS.items() if "relations" in each.says and not each.marked]
)
def test_every_relation_comes_back_with_its_words_and_its_direction(name, there):
    found, _ = returned(there, name)
    undirected = {} if name != "csv" else {("Reeds", "", "Newt", True)}
    assert relations(found) - set(undirected) == {each for each in RELATIONS if each[3] or not undirected}


@pytest.mark.parametrize("name", [name for name, each in TARGETS.items() if "groups" in each.says])
def test_every_group_comes_back_with_its_concepts(name, there):
    found, _ = returned(there, name)
    said = names(found)
    groups = {each.name.text: {said[id_] for id_ in each.concepts} for each in found.planned.groups}
    assert groups["Animals"] == {"Water flea", "Newt"}
    assert {each.replace("\\", "") for each in groups["Plants"]} == {"Algae #1", "Reeds"}


@pytest.mark.parametrize("name", ["mermaid", "drawio"])
def test_dashed_lines_stay_dashed(name, there):
    found, _ = returned(there, name)
    assert [each.phrase.text for each in found.planned.relations if each.dashed] == ["may hold"]


@pytest.mark.parametrize("name", ["opml", "skos", "drawio", "cxl"])
def test_texts_notes_and_links_come_back(name, there):
    found, _ = returned(there, name)
    pond = next(each for each in found.planned.concepts if each.name.text == "Pond")
    assert pond.description.text.replace("*", "").startswith("Still water: small, and full of life.")
    assert (pond.notes.text, pond.link) == ("Show a glass of it.", "https://example.org/pond?a=1&b=2")


def test_title_author_and_language_come_back_where_the_format_has_them(there):
    found, _ = returned(there, "cxl")
    assert (found.planned.title.text, found.planned.cover_meta) == ('Pond & "stream" <life>', "By Ada")
    assert "language: en\n" in next(iter(found.files.values())).decode() and not found.findings


@pytest.mark.parametrize("name", [name for name, each in TARGETS.items() if each.speaks])
def test_a_format_of_several_languages_has_all_of_them(name, there):
    path = new_catalog(there, "de")
    path.write_text(
        path.read_text().replace('msgid "Newt"\nmsgstr ""', 'msgid "Newt"\nmsgstr "Molch"'), encoding="utf-8"
    )
    found, _ = returned(there, name)
    assert found.languages == ("de",)
    newt = next(each for each in found.planned.concepts if each.name.text == "Newt")
    assert newt.name.others == (("de", "Molch"),)


def test_a_format_of_one_language_has_the_one_that_is_asked_for(there):
    path = new_catalog(there, "de")
    path.write_text(
        path.read_text().replace('msgid "Newt"\nmsgstr ""', 'msgid "Newt"\nmsgstr "Molch"'), encoding="utf-8"
    )
    assert "Molch" in export_map(there, "mermaid", "de").data.decode()
    assert "Molch" not in export_map(there, "mermaid").data.decode()
    with pytest.raises(Failure, match="no-catalog"):
        export_map(there, "mermaid", "fr")


def test_what_a_format_cannot_say_is_told(there):
    (told,) = export_map(there, "csv").findings
    assert told.message == "CSV has no place for groups, links, notes, texts, attributes of the map"
    assert export_map(there, "drawio").findings == ()


def test_files_are_what_their_formats_ask_for(there):
    made = {name: export_map(there, name).data.decode("utf-8-sig") for name in TARGETS}
    assert {each["type"] for each in json.loads(made["canvas"])["nodes"]} == {"group", "text"}
    assert len(list(csv.reader(StringIO(made["csv"])))) == 1 + len(RELATIONS) + 1
    for name in ("drawio", "opml", "cxl"):
        ElementTree.fromstring(made[name])
    assert made["mermaid"].count("subgraph") == made["mermaid"].count("\n    end\n") == 2


def test_a_file_that_is_there_is_replaced_only_by_force(there):
    run = CliRunner()
    told = run.invoke(main, ["export", "pond", "--to", "mermaid"])
    assert told.exit_code == 0 and told.stdout.startswith("pond.en.mmd  Mermaid, ")
    Path("pond.en.mmd").write_text("mine")
    refused = run.invoke(main, ["export", "pond", "--to", "mermaid"])
    assert refused.exit_code == 1 and "[export-exists]" in refused.output and Path("pond.en.mmd").read_text() == "mine"
    assert run.invoke(main, ["export", "pond", "--to", "mermaid", "--force"]).exit_code == 0
    assert run.invoke(main, ["export", "pond", "--to", "visio"]).exit_code == 2


def test_a_shipped_map_is_exported_to_every_format(there):
    for name in TARGETS:
        result = CliRunner().invoke(main, ["export", "world-models", "--to", name, "-o", f"out.{name}"])
        assert result.exit_code == 0 and "Traceback" not in result.output


# --- how it looks, and what tools say ------------------------------------------------------------


def styles(data: bytes) -> dict[str, dict[str, str]]:
    """Return the style of each shape and line by its id."""
    found = {}
    for cell in ElementTree.fromstring(data).iter():
        if cell.tag == "object" or cell.get("edge"):
            style = (cell if cell.get("edge") else cell.find("mxCell")).get("style")
            found[cell.get("id")] = dict(each.partition("=")[::2] for each in style.split(";") if each)
    return found


@pytest.mark.parametrize("theme", ["atlas", "orbit", "beacon"])
def test_a_drawing_for_draw_io_has_the_colours_and_the_font_of_the_theme(theme, there):
    colours = read_theme(theme).colours
    found = styles(export_map(there, "drawio", theme=theme).data)
    assert found["group:plants"]["fillColor"] == f"#{colours['accent1']}"
    assert found["algae"]["strokeColor"] == found["group:plants"]["strokeColor"] != found["flea"]["strokeColor"]
    assert found["algae"]["fillColor"] == f"#{colours['card']}"
    assert found["pond"]["fillColor"] == f"#{colours[f'accent{read_theme(theme).goal}']}"
    assert {each["fontFamily"] for each in found.values()} == {read_theme(theme).minor}
    for each in found.values():
        ground = each.get("fillColor") or each["labelBackgroundColor"]
        assert contrast(each["fontColor"].lstrip("#"), ground.lstrip("#")) >= 4.5


def test_an_article_shows_the_pictures_of_the_map_and_what_they_show_in_words(there):
    there.write_text(MAP.replace("    points:", "    tagline: Still and deep\n    points:"), encoding="utf-8")
    made = CliRunner().invoke(main, ["export", str(there), "--to", "markdown", "--pictures", "-o", "pond.md"])
    assert made.exit_code == 0, made.output
    article = Path("pond.md").read_text("utf-8")
    shown = re.findall(r"^!\[(.+)\]\((.+)\)$", article, re.MULTILINE)
    assert shown and all(len(said) > 20 and Path(file).read_bytes().startswith(b"<svg") for said, file in shown)
    assert {Path(file).name for _, file in shown} == {path.name for path in Path("pond-pictures").iterdir()}
    assert shown[0][1] == "pond-pictures/map.svg"
    assert "\n**Still and deep**\n" in article
    assert "taglines" not in made.stderr


def test_a_reader_of_turtle_understands_the_thesaurus(there):
    name = "http://www.w3.org/2004/02/skos/core#"
    graph = {
        (str(each.subject), each.predicate.value, each.object.value)
        for each in parse(export_map(there, "skos").data, format=RdfFormat.TURTLE, base_iri="https://example.org/")
    }
    assert {text for _, kind, text in graph if kind == f"{name}prefLabel"} == {*CONCEPTS, "Plants", "Animals"}
    assert sum(kind == f"{name}member" for _, kind, _ in graph) == 4
