"""Decks are judged as strictly as maps: each of many seeded defects is named with the right kind and place."""

import io
import zipfile

import pytest

from conceptdeck.building.judging import measure
from conceptdeck.checks.package.parts import check_package
from conceptdeck.render.powerpoint import package
from support.decks import build_sample
from support.defects import ALL, DEFECTS


@pytest.fixture(scope="module")
def deck(tmp_path_factory) -> dict[str, bytes]:
    """Return the parts of a deck with one slide of each kind."""
    path = build_sample(tmp_path_factory.mktemp("deck")).path
    with zipfile.ZipFile(path) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def codes(found) -> set[str]:
    return {each.code for each in found}


def test_there_are_more_than_a_hundred_defects():
    assert len({each.name for each in ALL}) == len(ALL) >= 108


@pytest.mark.parametrize("defect", DEFECTS, ids=lambda each: each.name)
def test_a_seeded_defect_is_named_with_its_place(defect, deck):
    parts = dict(deck)
    damaged = defect.damage(parts)
    assert parts != deck
    found = check_package(package.pack(parts), "deck.pptx", measure())
    named = [each for each in found if each.code == defect.code]
    assert named, f"found {codes(found)} instead"
    assert (f"deck.pptx!/{damaged}" if damaged else "deck.pptx") in {each.span.path for each in named}, named


# --- the zip -------------------------------------------------------------------------------------


def test_a_zip_without_parts_is_an_error():
    data = b"PK\x05\x06" + bytes(18)
    assert codes(check_package(data, "deck.pptx")) == {"not-a-package"}


def test_a_zip_of_folders_alone_is_an_error():
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.mkdir("ppt")
    assert codes(check_package(buffer.getvalue(), "deck.pptx")) >= {"not-a-package"}


def test_bytes_before_and_after_the_zip_are_named(deck):
    data = package.pack(deck)
    assert codes(check_package(data + b"more", "deck.pptx")) == {"stray-bytes"}
    assert codes(check_package(b"before" + data, "deck.pptx")) == {"stray-bytes"}


def test_entries_for_folders_are_named(deck):
    buffer = io.BytesIO(package.pack(deck))
    with zipfile.ZipFile(buffer, "a") as archive:
        archive.mkdir("ppt/slides")
    assert codes(check_package(buffer.getvalue(), "deck.pptx")) == {"folder-entry"}


def test_a_part_packed_otherwise_is_named(deck):
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_BZIP2) as archive:
        for name, data in deck.items():
            archive.writestr(name, data)
    assert codes(check_package(buffer.getvalue(), "deck.pptx")) == {"packed-otherwise"}


@pytest.mark.parametrize("name", ["ppt/slides/end.", "ppt/slides./slide.xml"])
def test_a_name_with_a_dot_at_its_end_is_named(name, deck):
    assert "bad-part-name" in codes(check_package(package.pack({**deck, name: b"<a/>"}), "deck.pptx"))
