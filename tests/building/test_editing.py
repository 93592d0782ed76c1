"""Strings edited one by one: drafts, saved into the map or a catalog where nothing else changes, and taken back."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from conceptdeck.building.catalogs import new_catalog
from conceptdeck.building.editing import Edit, Meanwhile, drafted, saved, taken_back
from conceptdeck.reading.source import BYTE_ORDER_MARK
from conceptdeck.values.diagnostics import Failure
from conceptdeck.values.text import texts
from conceptdeck.workspace import disk
from conceptdeck.workspace.loading import read_catalog, read_map_file
from support.decks import ROOT

TEXT = """\
# A map with texts of all forms.
language: en
title: 'A map''s title'   # quoted
core-sentence: >-
  It is said
  in two lines.
layers:
  title: "Layers \\u2014 all"
  items:
    one:
      name: One
      summary: One layer, **strongly** said   # with a mark
      concepts:
        second: Second thing
        first: {name: First thing, tagline: The one, meaning: 'It is {count} of all'}
relations:
  - [First thing, is like, Second thing]
"""
SUMMARY = "layers.one.summary"


@pytest.fixture
def map_file(tmp_path: Path) -> Path:
    path = tmp_path / "m" / "map.yaml"
    path.parent.mkdir()
    path.write_text(TEXT, encoding="utf-8")
    return path


@pytest.fixture
def arabic(tmp_path: Path) -> Path:
    """Return a copy of a shipped map, which has an Arabic catalog."""
    shutil.copytree(ROOT / "data" / "world-models", tmp_path / "wm")
    return tmp_path / "wm" / "map.yaml"


def lines_changed(before: bytes, after: bytes) -> list[tuple[bytes, bytes]]:
    old, new = before.split(b"\n"), after.split(b"\n")
    assert len(old) == len(new)
    return [pair for pair in zip(old, new, strict=True) if pair[0] != pair[1]]


def value(map_file: Path, key: str) -> str:
    return next(text.value for text in texts(read_map_file(map_file)[0]) if text.key == key)


def translation(map_file: Path, key: str, text: str, tag: str = "ar") -> Edit:
    """Return an edit that begins with the translation of now."""
    return Edit(key, tag, text, read_catalog(map_file, tag)[0].by_key[key].text, value(map_file, key))


def codes(failure: pytest.ExceptionInfo[Failure]) -> list[str]:
    return [each.code for each in failure.value.diagnostics]


# --- into the map --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("key", "text", "line"),
    [
        ("title", "Its other title", b"title: 'Its other title'   # quoted"),
        (SUMMARY, "One *layer*: said", b'      summary: "One *layer*: said"   # with a mark'),
        ("layers.one.concepts.first.tagline", "The only one", b"tagline: The only one,"),
    ],
)
def test_a_saved_text_changes_its_own_letters_and_nothing_else(key, text, line, map_file):
    before = map_file.read_bytes()
    saved(map_file, Edit(key, "", text, value(map_file, key)))
    ((_, new),) = lines_changed(before, map_file.read_bytes())
    assert line in new
    assert value(map_file, key) == text


def test_line_ends_and_the_mark_at_the_begin_stay(map_file):
    before = (BYTE_ORDER_MARK + TEXT.replace("\n", "\r\n")).encode()
    map_file.write_bytes(before)
    saved(map_file, Edit("title", "", "Other", "A map's title"))
    assert map_file.read_bytes() == before.replace(b"'A map''s title'", b"'Other'")


def test_a_draft_writes_nothing_and_can_be_read_as_if_it_were_there(map_file):
    before = map_file.read_bytes()
    patch = drafted(map_file, Edit("title", "", "Other", "A map's title"))
    with disk.supposed({patch.path: patch.after}):
        assert value(map_file, "title") == "Other"
    assert value(map_file, "title") == "A map's title"
    assert map_file.read_bytes() == before


def test_a_text_that_has_changed_meanwhile_is_not_replaced(map_file):
    mine = Edit(SUMMARY, "", "Mine", value(map_file, SUMMARY))
    saved(map_file, Edit(SUMMARY, "", "Theirs", mine.was))
    before = map_file.read_bytes()
    with pytest.raises(Meanwhile) as failure:
        saved(map_file, mine)
    assert (failure.value.now, codes(failure)) == ("Theirs", ["text-changed"])
    assert map_file.read_bytes() == before


def test_what_else_has_changed_in_the_file_meanwhile_stays(map_file):
    mine = Edit(SUMMARY, "", "Mine", value(map_file, SUMMARY))
    map_file.write_text(f"# a line more\n{TEXT}".replace("The one", "The two"), encoding="utf-8")
    saved(map_file, mine)
    text = map_file.read_text("utf-8")
    assert text.startswith("# a line more\n")
    assert ("The two" in text, "Mine" in text) == (True, True)


def test_a_file_that_is_saved_at_the_same_moment_loses_nothing(map_file, monkeypatch):
    replace_read, others = disk.replace_read, [b"# first\n", b"# second\n"]

    def disturbed(path: Path, was: bytes | None, data: bytes) -> bool:
        if others:
            path.write_bytes(others.pop(0) + path.read_bytes())
        return replace_read(path, was, data)

    monkeypatch.setattr(disk, "replace_read", disturbed)
    saved(map_file, Edit(SUMMARY, "", "Mine", value(map_file, SUMMARY)))
    text = map_file.read_text("utf-8")
    assert text.startswith("# second\n# first\n")
    assert value(map_file, SUMMARY) == "Mine"


@pytest.mark.parametrize(
    ("key", "text", "code"),
    [
        ("title", "", "empty-text"),
        ("title", "a\u0007b", "not-saved"),
        ("relations.0.phrase", "resembles", "not-saved"),
        ("no.such.text", "x", "not-saved"),
    ],
)
def test_what_cannot_be_written_is_refused_with_a_reason(key, text, code, map_file):
    before = map_file.read_bytes()
    known = {each.key: each.value for each in texts(read_map_file(map_file)[0])}
    with pytest.raises(Failure) as failure:
        saved(map_file, Edit(key, "", text, known.get(key, "")))
    assert codes(failure) == [code], [str(each) for each in failure.value.diagnostics]
    assert map_file.read_bytes() == before


# --- into a catalog ------------------------------------------------------------------------------


def test_a_saved_translation_changes_its_entry_only(arabic):
    path, before = arabic.parent / "locales" / "ar.po", (arabic.parent / "locales" / "ar.po").read_bytes()
    own = arabic.read_bytes()
    saved(arabic, translation(arabic, "subtitle", "من هنا إلى هناك"))
    assert [new.decode() for _, new in lines_changed(before, path.read_bytes())] == ['msgstr "من هنا إلى هناك"']
    assert arabic.read_bytes() == own


def test_an_outdated_translation_that_is_saved_is_one_of_now(arabic):
    edit = Edit("subtitle", "", "From here to there", value(arabic, "subtitle"))
    saved(arabic, edit)
    with pytest.raises(Failure) as failure:  # the catalog knows the text of before
        saved(arabic, translation(arabic, "subtitle", "من هنا إلى هناك"))
    assert codes(failure) == ["not-saved"]
    assert "i18n update ar" in str(failure.value.diagnostics[0])


def test_a_translation_of_a_text_that_has_changed_meanwhile_is_not_taken(arabic):
    edit = translation(arabic, "subtitle", "من هنا إلى هناك")
    saved(arabic, Edit("subtitle", "", "From here to there", edit.source))
    with pytest.raises(Meanwhile) as failure:
        saved(arabic, edit)
    assert failure.value.source == "From here to there"


def test_a_translation_that_breaks_what_it_must_keep_is_refused_with_the_finding(map_file):
    new_catalog(map_file, "de")
    key = "layers.one.concepts.first.meaning"
    with pytest.raises(Failure) as failure:
        saved(map_file, translation(map_file, key, "Es ist eines von allen", "de"))
    assert "{count}" in str(failure.value.diagnostics[0])
    assert codes(failure) != ["not-saved"]


# --- taken back ----------------------------------------------------------------------------------


@pytest.mark.parametrize("tag", ["", "ar"])
def test_what_is_taken_back_leaves_the_file_as_it_was(tag, arabic):
    path = arabic.parent / "locales" / "ar.po" if tag else arabic
    before = path.read_bytes()
    edit = translation(arabic, "subtitle", "من هنا") if tag else Edit("subtitle", "", "x", value(arabic, "subtitle"))
    patch = saved(arabic, edit)
    assert path.read_bytes() != before
    taken_back(patch)
    assert path.read_bytes() == before


@pytest.mark.parametrize("tag", ["", "ar"])
def test_what_is_taken_back_leaves_later_changes_of_others(tag, arabic):
    path = arabic.parent / "locales" / "ar.po" if tag else arabic
    before = path.read_bytes()
    edits = [
        translation(arabic, key, "جديد") if tag else Edit(key, "", "new", value(arabic, key))
        for key in ("subtitle", "core-sentence")
    ]
    first, second = (saved(arabic, edit) for edit in edits)
    taken_back(first)
    assert path.read_bytes() not in (before, second.after)
    taken_back(second)
    assert path.read_bytes() == before


@pytest.mark.parametrize("tag", ["", "ar"])
def test_a_text_that_has_changed_again_is_not_taken_back(tag, arabic):
    edit = translation(arabic, "subtitle", "أول") if tag else Edit("subtitle", "", "first", value(arabic, "subtitle"))
    patch = saved(arabic, edit)
    saved(arabic, Edit(edit.key, tag, "second" if not tag else "ثان", edit.text, edit.source))
    now = patch.path.read_bytes()
    with pytest.raises(Failure) as failure:
        taken_back(patch)
    assert codes(failure) == ["text-changed"]
    assert patch.path.read_bytes() == now
