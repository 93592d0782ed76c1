"""`conceptdeck icons`: what a word finds, as a list and drawn on a sheet; and what shells and editors complete."""

from __future__ import annotations

import io

import click
import pytest
from click.testing import CliRunner
from jsonschema import Draft202012Validator
from lxml import etree
from PIL import Image as Pixels

from conceptdeck.cli import main
from conceptdeck.cli.completion import complete_icon
from conceptdeck.reading.icons import IconSet
from conceptdeck.reading.json_schema import map_schema
from conceptdeck.render.raster import raster
from conceptdeck.workspace import places

SVG = "{http://www.w3.org/2000/svg}"


@pytest.fixture
def run(tmp_path, monkeypatch):
    """Return `run(*arguments)`: the command's result, from an empty folder."""
    monkeypatch.chdir(tmp_path)
    return lambda *arguments: CliRunner().invoke(main, ["icons", *arguments])


def names(listed: str) -> list[str]:
    return [line.split()[0] for line in listed.splitlines()]


def test_icons_are_listed_with_the_words_that_they_are_found_by(run):
    result = run("world")
    assert result.exit_code == 0
    assert "globe" in names(result.stdout)
    (globe,) = (line for line in result.stdout.splitlines() if line.startswith("globe "))
    assert "world" in globe and "language" in globe


def test_several_words_find_what_any_of_them_finds_each_icon_once(run):
    found = names(run("brain", "mind").stdout)
    assert {*names(run("brain").stdout), *names(run("mind").stdout)} == {*found}
    assert len(found) == len({*found})


def test_without_a_word_all_icons_are_listed(run):
    found = names(run().stdout)
    assert len(found) > 1_900
    assert found == sorted(found)


def test_a_word_that_finds_nothing_is_a_finding_that_names_a_near_one(run):
    result = run("wrold")
    assert (result.exit_code, result.stdout) == (1, "")
    assert "no icon for `wrold` [unknown-icon]" in result.stderr
    assert "did you mean `world`?" in result.stderr


def test_a_sheet_shows_each_icon_above_its_name(run):
    listed, sheet = names(run("brain").stdout), run("brain", "--format", "svg").stdout
    root = etree.fromstring(sheet.encode())
    assert ["".join(text.itertext()) for text in root.iter(f"{SVG}text")] == listed
    groups = list(root.iter(f"{SVG}g"))
    assert all(each[0].tag == f"{SVG}path" for each in groups)
    seen = Pixels.open(io.BytesIO(raster(sheet.replace("currentColor", "#000"), round(float(root.get("width"))))))
    alpha = seen.getchannel("A")
    for at in range(len(listed)):
        column, row = at % 8, at // 8
        assert alpha.crop((column * 132 + 50, row * 84 + 12, column * 132 + 82, row * 84 + 44)).getextrema()[1] == 255


def complete(typed: str) -> list[str]:
    return [each.value for each in complete_icon(click.Context(main), click.Option(["--icon"]), typed)]


def test_shells_complete_names_and_words():
    assert "globe" in complete("glo")
    assert "planet" in complete("plan")
    assert complete("no such icon") == []


def test_the_schema_lets_editors_complete_names_and_takes_files_too():
    schema = map_schema(IconSet(places.icon_set()))
    judge = Draft202012Validator(schema)

    def fits(icon: str) -> bool:
        return judge.is_valid({"title": "Bread", "concepts": {"yeast": {"name": "Yeast", "icon": icon}}})

    assert [fits(icon) for icon in ("globe", "home", "./own.svg", "golbe", "own.png")] == [
        True,
        True,
        True,
        False,
        False,
    ]
