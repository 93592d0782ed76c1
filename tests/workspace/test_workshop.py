"""What a process made of files is kept for as long as they say the same: never stale, and heard of by every log."""

import random
import shutil
from dataclasses import replace

import pytest

from conceptdeck.building.edition import read_edition
from conceptdeck.building.theme_cache import read_theme
from conceptdeck.values.diagnostics import Failure
from conceptdeck.workspace import disk, places, workshop
from conceptdeck.workspace.loading import read_map_file, read_stories_file, setter
from support.decks import ROOT


@pytest.fixture
def place(tmp_path, monkeypatch):
    """Return a folder to work in, with a copy of a map that has signs and stories of its own, and of the themes."""
    monkeypatch.chdir(tmp_path)
    shutil.copytree(ROOT / "tests" / "cases" / "every-kind", tmp_path / "data" / "mills")
    shutil.copytree(ROOT / "themes", tmp_path / "themes", ignore=shutil.ignore_patterns("fonts"))
    stories = ROOT / "data" / "stories.yaml"
    shutil.copy(stories, tmp_path / "data" / "mills" / "stories.yaml")
    return tmp_path


def seen(place):
    """Return what is read of a map, of its stories and of a theme, or what is wrong with them."""
    folder = place / "data" / "mills"
    return [
        told(lambda: read_map_file(folder / "map.yaml")),
        told(lambda: read_edition(folder / "map.yaml").map),
        told(lambda: read_stories_file(folder / "stories.yaml")),
        told(lambda: read_theme(place / "output", "orbit").theme),
    ]


def told(read):
    try:
        return read()
    except Failure as failure:
        return failure.diagnostics


def changed(place, draw):
    """Change a file as people do: a word in it, an end that breaks it; take it away, or bring it back."""
    path = draw.choice(["data/mills/map.yaml", "data/mills/stories.yaml", "themes/orbit.yaml", "themes/base.yaml"])
    file, original = place / path, (ROOT / path if "themes" in path else ROOT / "tests/cases/every-kind/map.yaml")
    original = ROOT / "data" / "stories.yaml" if "stories" in path else original
    way = draw.randrange(4)
    if way == 0 and file.exists():
        file.unlink()
    elif way == 1 and file.exists():
        file.write_text(file.read_text(encoding="utf-8") + "\nunknown: [", encoding="utf-8")
    else:
        text = original.read_text(encoding="utf-8")
        file.write_text(text.replace("name: ", f"name: {draw.choice('ABC')}", way - 1), encoding="utf-8")


def test_whatever_is_changed_what_is_kept_is_what_would_be_read_anew(place):
    draw = random.Random(7)
    for _ in range(25):
        changed(place, draw)
        kept = seen(place)
        workshop._made.clear()
        assert kept == seen(place)


def test_what_is_read_again_is_made_once_and_is_in_every_log(place, monkeypatch):
    def logged():
        log = disk.Log(lambda path, data: True)
        with disk.logged(log):
            return seen(place), log.read

    workshop._made.clear()
    first, read = logged()
    monkeypatch.setattr("conceptdeck.workspace.loading.read_map_text", None)
    monkeypatch.setattr("conceptdeck.building.theme_cache._read_theme", None)
    again, known = logged()
    assert again == first and known == read
    assert {path.name for path in read} >= {"map.yaml", "stories.yaml", "orbit.yaml", "base.yaml"}


def test_whoever_is_given_texts_may_change_them(place):
    file = place / "data" / "mills" / "map.yaml"
    _, texts = read_map_file(file)
    texts.clear()
    assert read_map_file(file)[1]


def test_what_a_file_is_only_supposed_to_hold_is_not_kept(place):
    file = place / "data" / "mills" / "map.yaml"
    before, _ = read_map_file(file)
    text = file.read_text(encoding="utf-8")
    with disk.supposed({file: text.replace(f"title: {before.title.value}", "title: Another").encode()}):
        assert read_map_file(file)[0].title.value == "Another"
    assert read_map_file(file)[0] == before


def test_many_maps_after_each_other_are_not_all_kept_but_what_is_of_use_is(place):
    workshop._made.clear()
    for number in range(3 * workshop.MOST):
        copy = place / "data" / f"mills-{number}"
        shutil.copytree(place / "data" / "mills", copy)
        read_map_file(copy / "map.yaml")
        kept = read_theme(place / "output", "orbit").theme
    assert len(workshop._made) == workshop.MOST
    assert read_theme(place / "output", "orbit").theme is kept


def widths(place, theme):
    """Return how wide the theme's fonts, that stand beside the map, are, and which of them the log heard of."""
    log = disk.Log(lambda path, data: True)
    with disk.logged(log), workshop.staying():
        _, typesetter = setter(theme, places.house(place / "data" / "mills" / "map.yaml"))
        found = [typesetter.measured("Mill", each.name, bold=False, italic=False) for each in theme.families]
    return found, {path for path in log.read if path.suffix == ".ttf"}


def test_what_was_measured_is_kept_for_as_long_as_the_fonts_are_what_they_were(place):
    """A font of the project is put in the place of another one, is taken away, and comes back, in any order."""
    shipped = read_theme(place / "output", "atlas").theme
    faces = sorted({each.regular for each in shipped.families})
    theme = replace(shipped, families=shipped.families[:3], fallbacks=())
    own = place / "data" / "mills" / "themes" / "fonts"
    draw = random.Random(3)
    for _ in range(12):
        path = own / draw.choice(theme.families).regular
        path.parent.mkdir(parents=True, exist_ok=True)
        if draw.random() < 0.3:
            path.unlink(missing_ok=True)
        else:
            shutil.copy(ROOT / "themes" / "fonts" / draw.choice(faces), path)
        kept = widths(place, theme)
        assert widths(place, theme) == kept
        workshop._made.clear()
        assert kept == widths(place, theme)
