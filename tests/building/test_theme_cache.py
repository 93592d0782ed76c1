"""Themes that are kept as they were read change nothing but the time, and are never stale."""

import hashlib
import json
import random
from dataclasses import fields, is_dataclass
from pathlib import Path

import pytest

from conceptdeck.building import theme_cache
from conceptdeck.building.deck import build_deck
from conceptdeck.building.diagrams import build_diagrams
from conceptdeck.building.jobs import DeckJob, DiagramsJob
from conceptdeck.building.theme_cache import read_theme
from conceptdeck.reading import theme as reader
from conceptdeck.values.diagnostics import Failure
from conceptdeck.workspace import disk, loading, places
from support.decks import MAPS

MAP = MAPS / "one-sentence" / "map.yaml"
MINE = "extends: house\nname: Mine\ncolours: {ink: '112233'}\n"
HOUSE = "extends: atlas\nname: House\ncontrast: 4.6\n"


@pytest.fixture
def own(tmp_path, monkeypatch):
    """Return the folder of one's own themes, in a folder of one's own."""
    monkeypatch.chdir(tmp_path)
    folder = tmp_path / "themes"
    folder.mkdir()
    (folder / "mine.yaml").write_text(MINE, encoding="utf-8")
    (folder / "house.yaml").write_text(HOUSE, encoding="utf-8")
    return folder


def kept(out, key, **asked):
    """Return a theme that was kept; it is not read anew."""
    read = read_theme(out, key, **asked)
    assert not read.content
    return read.theme


def kinds(value):
    """Return the classes of a value and of all that it holds, in order."""
    held = value.values() if isinstance(value, dict) else value if isinstance(value, tuple) else ()
    if is_dataclass(value):
        held = [getattr(value, each.name) for each in fields(value)]
    return [type(value), *map(kinds, held)]


def read_and_keep(key):
    read = read_theme(Path("output"), key)
    read.keep()
    return read.theme


def written(built):
    return built.path, *built.others


def outcome(work, *asked):
    try:
        return repr(work(*asked))
    except Failure as failure:
        return str(failure)


@pytest.mark.parametrize("spacious", [False, True])
@pytest.mark.parametrize("key", places.themes())
def test_a_theme_is_kept_as_it_was_read(key, spacious, tmp_path):
    read_theme(tmp_path, key, spacious=spacious).keep()
    found, anew = kept(tmp_path, key, spacious=spacious), loading.read_theme(key, spacious=spacious)
    assert repr(found) == repr(anew) and kinds(found) == kinds(anew)
    assert read_theme(tmp_path, key, spacious=not spacious).content


def test_a_second_build_reads_no_theme_and_makes_the_same_deck(tmp_path, monkeypatch):
    job = DeckJob(MAP, out=tmp_path, formats=("pptx", "html", "pdf"))
    first = [path.read_bytes() for path in written(build_deck(job))]
    monkeypatch.setattr(reader, "load_theme", None)
    assert [path.read_bytes() for path in written(build_deck(job))] == first and len(first) == 3


def test_pictures_are_drawn_in_the_kept_theme_too(tmp_path, monkeypatch):
    job = DiagramsJob(MAP, out=tmp_path)
    folder = build_diagrams(job).folder
    first = {path.name: path.read_bytes() for path in folder.iterdir()}
    monkeypatch.setattr(reader, "load_theme", None)
    build_diagrams(job)
    assert first and {path.name: path.read_bytes() for path in folder.iterdir()} == first


def test_the_files_of_a_kept_theme_are_inputs_all_the_same(own):
    for content in (True, False):
        log = disk.Log(lambda path, data: True)
        with disk.logged(log):
            read = read_theme(Path("output"), "mine")
            assert bool(read.content) is content
            read.keep()
        assert {own / "mine.yaml", own / "house.yaml"} <= log.read.keys()
        assert log.read[own / "atlas.yaml"] is None and log.read[own / "base.yaml"] is None
        assert log.read[places.base_path().absolute()]


@pytest.mark.parametrize("seed", range(3))
def test_no_edit_of_any_file_leaves_a_stale_theme(seed, own):
    chance = random.Random(seed)
    base = places.base_path().read_text("utf-8")
    edits = {
        "mine.yaml": [MINE, MINE.replace("112233", "221133"), "extends: atlas\nname: Mine\n", "extends: gone\n", None],
        "house.yaml": [HOUSE, HOUSE.replace("4.6", "4.7"), HOUSE.replace("atlas", "orbit"), "name: [", None],
        "atlas.yaml": ["extends: base\nname: Other\n", None],
        "base.yaml": [base.replace("contrast: 4.5", "contrast: 4.4"), base, None],
    }
    for _ in range(9):
        name = chance.choice([*edits])
        text = chance.choice(edits[name])
        (own / name).unlink(missing_ok=True)
        if text is not None:
            (own / name).write_text(text, encoding="utf-8")
        for key in ("mine", "atlas"):
            assert outcome(read_and_keep, key) == outcome(loading.read_theme, key)


def test_a_theme_of_another_program_is_not_used(tmp_path, monkeypatch):
    read_theme(tmp_path, "orbit").keep()
    kept(tmp_path, "orbit")
    monkeypatch.setattr(theme_cache, "program_stamp", lambda: (0, "another"))
    monkeypatch.setattr(theme_cache, "is_this_program", lambda *_: False)
    assert read_theme(tmp_path, "orbit").content


def test_a_damaged_theme_is_read_anew(tmp_path):
    read = read_theme(tmp_path, "orbit")
    for data in (b"", b"\n", read.content[:-1], read.content.replace(b"orbit", b"atlas"), b"\xff" * 99):
        read.path.parent.mkdir(exist_ok=True)
        read.path.write_bytes(data)
        assert read_theme(tmp_path, "orbit") == read


@pytest.mark.parametrize("theme", [
    ["Path", "/"], ["Theme"], ["Box", 1, 2, 3, 4], [], [1], {}, None, "theme", ["Role", ["eval", "1"]], [["Theme"]],
])  # fmt: skip
def test_nothing_but_a_theme_is_made_of_what_somebody_put_there(theme, tmp_path):
    read = read_theme(tmp_path, "orbit")
    content = json.loads(read.content.partition(b"\n")[2]) | {"theme": theme}
    data = json.dumps(content).encode()
    read.path.parent.mkdir()
    read.path.write_bytes(hashlib.sha256(data).hexdigest().encode() + b"\n" + data)
    assert read_theme(tmp_path, "orbit") == read


def test_a_theme_that_cannot_be_kept_is_no_mistake(tmp_path):
    (tmp_path / ".cache").write_text("in the way", encoding="utf-8")
    read = read_theme(tmp_path, "orbit")
    read.keep()
    assert read_theme(tmp_path, "orbit") == read
