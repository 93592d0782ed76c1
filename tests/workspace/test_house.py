"""Themes, fonts, icons, stories and words are sought beside the map, in the project, in the user's folder, at home."""

import os
import shutil
from pathlib import Path

import pytest

from conceptdeck.building import records
from conceptdeck.building.deck import build_deck
from conceptdeck.building.jobs import DeckJob
from conceptdeck.building.theme_cache import read_theme
from conceptdeck.values.diagnostics import Failure
from conceptdeck.workspace import loading, places
from conceptdeck.workspace.house import configuration, house
from conceptdeck.workspace.links import PROJECT_FILE
from conceptdeck.workspace.loading import own_families, read_map_file
from support.pictures import FONTS

THEME = "extends: atlas\nname: {name}\n"
MAP = """\
language: en
title: Bread
core-sentence: Bread is time.
concepts: {dough: {name: Dough, description: Flour and water, icon: oven}}
"""
BOLD = "carlito/Carlito-Bold.ttf"
OVEN = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 24 24"><path d="M2 2H22V22H2Z"/></svg>'


@pytest.fixture
def home(tmp_path, monkeypatch):
    """Return a project's folder with a map, where the work is done; the user's configuration is beside it."""
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    folder = tmp_path / "project"
    write(folder / "data" / "bread" / "map.yaml", MAP.replace(", icon: oven", ""))
    monkeypatch.chdir(folder)
    return folder


def write(path: Path, text: str) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return path


def beside(home: Path) -> Path:
    return home / "data" / "bread" / "map.yaml"


def user(home: Path) -> Path:
    return home.parent / "config" / "conceptdeck"


def test_the_nearest_theme_of_a_name_is_taken(home):
    near = [beside(home).parent / "themes", home / "themes", user(home) / "themes"]
    for folder in reversed(near):
        write(folder / "acme.yaml", THEME.format(name=f"Of {folder.parent.name}"))
        assert loading.read_theme("acme", around=house(beside(home))).name == f"Of {folder.parent.name}"


def test_a_map_elsewhere_has_its_own_project_unless_the_working_folder_has_one(home, monkeypatch, tmp_path):
    write(home / PROJECT_FILE, "")
    monkeypatch.chdir(tmp_path)
    assert house().project == Path()
    assert house(beside(home)).project == home
    write(tmp_path / PROJECT_FILE, "")
    assert house(beside(home)).project == Path()
    monkeypatch.chdir(home / "data" / "bread")
    assert house().project == home
    assert places.find_map("bread") == beside(home)
    monkeypatch.chdir(tmp_path)
    (tmp_path / PROJECT_FILE).unlink()
    assert house(Path("project/data/bread/map.yaml")).project == home


def test_the_shipped_folders_come_last_even_for_a_shipped_map():
    around = house(places.shipped("data") / "world-models" / "map.yaml")
    assert around.themes[-1] == places.shipped("themes") and around.themes.count(places.shipped("themes")) == 1
    assert around.data[-1] == places.shipped("data")


@pytest.mark.parametrize("said", ["", "relative/path"])
def test_configuration_that_is_not_said_is_below_the_home(said):
    assert configuration({"XDG_CONFIG_HOME": said}) == Path.home() / ".config" / "conceptdeck"


@pytest.mark.parametrize("path", ["acme/acme.yaml", "./acme"])
def test_a_theme_is_named_by_a_path_and_finds_what_it_needs_beside_it(path, home):
    write(home / "acme" / "acme.yaml", "extends: base-of-acme\nname: Acme\n")
    (home / "acme" / "fonts").mkdir()
    with pytest.raises(Failure, match="base-of-acme"):
        loading.read_theme(path)
    write(home / "themes" / "base-of-acme.yaml", THEME.format(name="Base"))
    shutil.copy(FONTS / "gelasio" / "Gelasio-Bold.ttf", home / "acme" / "fonts" / "x (1).TTF")
    asked = places.asked_theme(path)
    assert loading.read_theme(path).key == "acme"
    assert own_families(asked.house)["Gelasio"].bold == "x (1).TTF"
    assert own_families(house()) == {}


@pytest.mark.parametrize("path", ["gone.yaml", "acme", "./themes/", "acme/Two Words.yaml", "acme/con.yaml"])
def test_a_path_without_one_theme_is_refused(path, home):
    for name in ("one.yaml", "two.yaml", "Two Words.yaml", "con.yaml"):
        write(home / "acme" / name, THEME.format(name="Acme"))
    with pytest.raises(Failure) as refused:
        loading.read_theme(path)
    assert refused.value.diagnostics[0].code == "unknown-theme"


def test_faces_are_known_by_what_they_say_of_themselves(home):
    folder = home / "themes" / "fonts"
    folder.mkdir(parents=True)
    for number, style in enumerate(("BoldItalic", "Regular", "Bold", "Italic")):
        shutil.copy(FONTS / "carlito" / f"Carlito-{style}.ttf", folder / f"{number}.ttf")
    (folder / "broken.ttf").write_bytes(b"\0\1\0\0no font")
    (family,) = own_families(house()).values()
    assert (family.regular, family.bold, family.italic, family.bold_italic) == ("1.ttf", "2.ttf", "3.ttf", "0.ttf")


def test_an_own_font_stands_before_a_stand_in_and_after_what_the_theme_says(home):
    write(home / "themes" / "acme.yaml", f"{THEME.format(name='Acme')}fonts: {{major: Carlito, minor: Arimo}}\n")
    with pytest.raises(Failure, match="Carlito"):
        loading.read_theme("acme")
    for name in ("carlito", "arimo"):
        shutil.copytree(FONTS / name, home / "themes" / "fonts" / name)
    theme = loading.read_theme("acme")
    assert (theme.major, theme.minor) == ("Carlito", "Arimo")
    write(
        home / "themes" / "acme.yaml",
        f"{THEME.format(name='Acme')}families: {{Arimo: {{regular: {BOLD}, bold: {BOLD}}}}}\n",
    )
    (family,) = (each for each in loading.read_theme("acme").families if each.name == "Arimo")
    assert family.regular == BOLD


def test_stories_of_the_project_are_there_and_those_of_the_map_have_the_last_word(home):
    story = "short: {{slides: [cover: {minutes}]}}\n"
    write(home / "data" / "stories.yaml", story.format(minutes=1))
    write(user(home) / "data" / "stories.yaml", story.format(minutes=2))
    assert build_deck(DeckJob(beside(home), story="short")).minutes == 1
    write(beside(home).parent / "stories.yaml", story.format(minutes=3))
    assert build_deck(DeckJob(beside(home), story="short")).minutes == 3


def test_words_of_the_program_are_sought_beside_the_maps_then_in_the_project_then_in_the_user_s_folder(home, tmp_path):
    folders = [beside(home).parent.parent, home / "data", user(home) / "data"]
    elsewhere = tmp_path / "maps" / "tea" / "map.yaml"
    for folder in reversed(folders):
        own = write(folder / "terms" / "eo.po", "")
        assert places.own_terms_beside(beside(home))["eo"].samefile(own)
    assert places.own_terms_beside(elsewhere)["eo"].samefile(home / "data" / "terms" / "eo.po")
    assert places.own_terms_path(elsewhere, "ia") == tmp_path / "maps" / "terms" / "ia.po"


def test_an_icon_is_named_by_its_file(home):
    write(beside(home), MAP)
    with pytest.raises(Failure, match="oven"):
        read_map_file(beside(home))
    write(home / "themes" / "icons" / "oven.svg", OVEN)
    (concept,) = read_map_file(beside(home))[0].concepts
    assert concept.icon and concept.icon.drawn
    write(home / "themes" / "icons" / "oven.svg", "<svg>")
    with pytest.raises(Failure, match=r"oven\.svg"):
        read_map_file(beside(home))


@pytest.mark.parametrize(
    "name",
    [
        "data/bread/themes/atlas.yaml",
        "themes/atlas.yaml",
        "../config/conceptdeck/themes/atlas.yaml",
        "themes/fonts/new.ttf",
        "../config/conceptdeck/data/stories.yaml",
        "conceptdeck.toml",
    ],
)
def test_what_comes_to_be_where_it_was_sought_is_a_cause_to_build_again(name, home):
    job = DeckJob(Path("data/bread/map.yaml"))
    with records.session(job) as session:
        build_deck(job)
        session.keep(())
    assert records.up_to_date(job)
    write(home / name, "")
    assert not records.up_to_date(job)


def test_what_goes_by_name_is_sought_again_from_another_folder(home, monkeypatch):
    job = DeckJob(beside(home), out=home / "output")
    with records.session(job) as session:
        build_deck(job)
        session.keep(())
    assert records.up_to_date(job)
    (home / "elsewhere").mkdir()
    monkeypatch.chdir(home / "elsewhere")
    assert not records.up_to_date(job)


def test_a_kept_theme_is_never_one_of_fonts_that_are_gone(home):
    write(home / "themes" / "acme.yaml", f"{THEME.format(name='Acme')}fonts: {{major: Arimo, minor: Arimo}}\n")
    shutil.copytree(FONTS / "arimo", home / "themes" / "fonts" / "arimo")
    read = read_theme(Path("output"), "acme")
    read.keep()
    assert not read_theme(Path("output"), "acme").content
    (home / "themes" / "fonts" / "arimo" / "Arimo-Bold.ttf").unlink()
    assert read_theme(Path("output"), "acme").content
    shutil.rmtree(home / "themes" / "fonts")
    with pytest.raises(Failure, match="Arimo"):
        read_theme(Path("output"), "acme")


def test_a_theme_by_its_path_has_a_record_of_its_own_wherever_it_is_named_from(home, monkeypatch):
    theme = write(home / "acme" / "acme.yaml", THEME.format(name="Acme"))
    here = records.record_path(DeckJob(beside(home), theme="acme/acme.yaml", out=home / "output"))
    monkeypatch.chdir(home / "data")
    there = records.record_path(DeckJob(beside(home), theme=os.path.relpath(theme), out=home / "output"))
    other = records.record_path(DeckJob(beside(home), theme="acme/acme.yaml", out=home / "output"))
    assert here == there != other
