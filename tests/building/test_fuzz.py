"""Every reader gets two thousand mutants of real files between them: what is wrong ends in findings, never in a fault.

The mutants follow from a fixed seed, so that a failure comes again.
"""

import io
import json
import random
import shutil
import zipfile
from collections.abc import Callable
from contextlib import suppress
from functools import partial

import pytest

import conceptdeck
from conceptdeck.building.jobs import DeckJob
from conceptdeck.building.judging import measure
from conceptdeck.building.records import all_records, gone, out_of_date
from conceptdeck.building.settings import read_settings
from conceptdeck.checks.package.masters import read_template
from conceptdeck.checks.package.parts import check_package
from conceptdeck.checks.package.saved import read_saved
from conceptdeck.render.powerpoint import package
from conceptdeck.translation.salvage import salvaged_po
from conceptdeck.translation.xliff import read_xliff
from conceptdeck.translation.yaml_copy import read_base, replica_texts
from conceptdeck.values.diagnostics import Failure
from conceptdeck.workspace.house import house
from conceptdeck.workspace.loading import (
    parsed_catalog,
    parsed_file,
    read_map_file,
    read_stories_file,
    read_theme,
)
from support.decks import MAPS, ROOT, SHIPPED, build_map

SEED = 20_26
MUTANTS = 2_000
SIGNS = (
    b"", b"\0", b"\xff\xfe", b"\xed\xa0\x80", b"\r", b"\t", b"'", b'"', b"\\", b"-1", b"1e999", b"null", b"~", b"{",
    b"[",
    b"[" * 60, b"{a: " * 60, b"<a>" * 300, b"&amp;", b"&#0;", b"]]>", b"<!--", b"%", b"#%", b"http://[/", b"..",
    b"../" * 9,
    b"\xe2\x80\xae", b"\xe2\x80\xa8", b": ", b"- ", b"0x7fffffff", b"99999999999999999999", b"true", b"\\ud800",
    b"id", b"extends: base\n", b"<!DOCTYPE a>",
)  # fmt: skip


def mutant(data: bytes, chance: random.Random) -> bytes:
    """Return data with one to four changes: something cut out, doubled, moved, flipped, or put in."""
    found = bytearray(data)
    for _ in range(chance.randint(1, 4)):
        at = chance.randrange(len(found) + 1)
        to = min(len(found), at + chance.choice((1, 2, 8, 40, 400)))
        match chance.randrange(6):
            case 0:
                del found[at:to]
            case 1:
                found[at:at] = found[at:to] * chance.choice((1, 2, 30))
            case 2:
                found[at:to] = chance.choice(SIGNS)
            case 3:
                found[at:at] = chance.choice(SIGNS)
            case 4 if at < len(found):
                found[at] ^= 1 << chance.randrange(8)
            case _:
                other = chance.randrange(len(found) + 1)
                found[at:to] = found[other : other + to - at]
    return bytes(found)


# --- readers -------------------------------------------------------------------------------------


def reads_text(read: Callable, name: str, data: bytes, tmp_path):
    """Return a way to read what was made of a file."""

    def reader(changed: bytes) -> None:
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(changed)
        read(path)

    return data, reader


def a_map(tmp_path):
    return reads_text(read_map_file, "m/map.yaml", (ROOT / "tests/cases/every-kind/map.yaml").read_bytes(), tmp_path)


def a_story(tmp_path):
    return reads_text(read_stories_file, "stories.yaml", (ROOT / "data/stories.yaml").read_bytes(), tmp_path)


def a_theme(tmp_path):
    data = b"extends: base\n" + (ROOT / "themes/orbit.yaml").read_bytes().partition(b"\n")[2]
    return reads_text(lambda path: read_theme(str(path)), "own.yaml", data, tmp_path)


def a_project(tmp_path):
    shutil.copytree(MAPS / "one-sentence", tmp_path / "m")
    data = b'theme = "orbit"\nlocales = ["de", "ja"]\nout = "o"\n[diagrams]\nformats = ["svg"]\nwidth = 700\n[brand]\n'
    return reads_text(lambda path: read_settings(house(tmp_path / "m/map.yaml")), "conceptdeck.toml", data, tmp_path)


def a_catalog(tmp_path):
    def read(data: bytes) -> None:
        with suppress(Failure):
            parsed_catalog(data, "de.po", "de")
        salvaged_po(data.decode("utf-8", "replace"), "de.po", "de")

    return (SHIPPED.parent / "locales/de.po").read_bytes()[:9000], read


def a_translation(tmp_path):
    unit = '<trans-unit id="{0}"><source>a</source><target state="translated">b</target><note>n</note></trans-unit>'
    units = "".join(unit.format(letter) for letter in "abcdef")
    head = '<xliff xmlns="urn:oasis:names:tc:xliff:document:1.2" version="1.2"><file original="m/map.yaml" '
    data = f'{head}source-language="en" target-language="de"><body>{units}</body></file></xliff>'
    return data.encode(), lambda data: read_xliff(data, "de.xlf")


def a_copy(tmp_path):
    own, _ = parsed_file(MAPS / "one-sentence/map.yaml")
    concept_map, _ = read_map_file(MAPS / "one-sentence/map.yaml")

    def read(path) -> None:
        read_base(path.read_bytes().decode("utf-8", "replace"))
        replica_texts(own, parsed_file(path)[0], concept_map)

    return reads_text(read, "de.yaml", (MAPS / "one-sentence/map.yaml").read_bytes(), tmp_path)


def records(tmp_path):
    out = tmp_path / "o"
    conceptdeck.build(DeckJob(MAPS / "one-sentence/map.yaml", out=out))
    [path] = (out / ".cache/jobs").iterdir()

    def read(_) -> None:
        for record in all_records(out):
            out_of_date(record, out)
            gone(record, out)

    return reads_text(read, str(path.relative_to(tmp_path)), path.read_bytes(), tmp_path)


def a_deck(tmp_path):
    built = build_map(MAPS / "one-sentence/map.yaml", "atlas", tmp_path / "o").path.read_bytes()
    with zipfile.ZipFile(io.BytesIO(built)) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    names = [name for name in parts if name.endswith((".xml", ".rels"))]
    set_text = measure()

    def read(data: bytes) -> None:
        if data.startswith(b"part:"):
            _, number, part = data.split(b":", 2)
            data = package.pack({**parts, names[int(number)]: part})
        check_package(data, "deck.pptx", set_text)
        read_saved(data, "deck.pptx")
        read_template(data, "deck.pptx")

    read.parts = [(number, parts[name]) for number, name in enumerate(names)]
    return built, read


READERS = {
    a_map: 200, a_story: 300, a_theme: 80, a_project: 300, a_catalog: 250, a_translation: 480, a_copy: 220,
    records: 100, a_deck: 70,
}  # fmt: skip
"""How many mutants each reader gets: those that are read in an instant get more."""


def test_there_are_two_thousand_mutants():
    assert sum(READERS.values()) == MUTANTS


@pytest.mark.parametrize("make", READERS, ids=lambda each: each.__name__)
def test_no_mutant_of_a_file_is_a_fault(make, tmp_path):
    data, read = make(tmp_path)
    chance = random.Random(f"{SEED} {make.__name__}")
    parts = getattr(read, "parts", None)
    for _ in range(READERS[make]):
        if parts and chance.random() < 0.8:
            number, part = chance.choice(parts)
            changed = b"part:%d:" % number + mutant(part, chance)
        else:
            changed = mutant(data, chance)
        with suppress(Failure):
            partial(read, changed)()


# --- records, by their structure -----------------------------------------------------------------

KINDS = (None, 5, "x", "\ud800", "\0", [], {}, [[1]], {"a": {"b": 1}}, "../../x", True)


def places_in(tree, at=()):
    """Yield the way to each value of a tree."""
    yield at
    steps = tree.items() if isinstance(tree, dict) else enumerate(tree) if isinstance(tree, list) else ()
    for step, value in steps:
        yield from places_in(value, (*at, step))


def with_other(tree, at, other):
    """Return a tree with another value at a place."""
    if not at:
        return other
    made = dict(tree) if isinstance(tree, dict) else list(tree)
    made[at[0]] = with_other(made[at[0]], at[1:], other)
    return made


def test_what_is_kept_is_made_anew_whatever_became_of_it(tmp_path):
    job = DeckJob(MAPS / "one-sentence/map.yaml", out=tmp_path / "o")
    conceptdeck.build(job)
    kept = {path: json.loads(path.read_bytes()) for path in (tmp_path / "o/.cache").glob("[jm]*/**/*.json")}
    assert len(kept) == 2
    chance = random.Random(SEED)
    for turn in range(40):
        path = sorted(kept)[turn % len(kept)]
        at = chance.choice(list(places_in(kept[path])))
        changed = json.dumps(with_other(kept[path], at, chance.choice(KINDS)))
        path.write_text("[" * 100_000 if turn < len(kept) else changed, encoding="utf-8")
        assert conceptdeck.build(job, force=True).path.read_bytes().startswith(b"PK"), (path, at)
        for record in all_records(job.out):
            out_of_date(record, job.out)
