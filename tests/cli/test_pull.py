"""Edits made in PowerPoint come home: into the map or its catalog, where only the changed texts change."""

from __future__ import annotations

import json
import random
import re
import zipfile
from pathlib import Path

import pytest
from click.testing import CliRunner
from pptx import Presentation
from pptx.util import Pt

from conceptdeck.building.pulling import pull
from conceptdeck.cli import main
from conceptdeck.revision.tokens import normal
from conceptdeck.values.text import texts
from conceptdeck.workspace.loading import read_map_file
from support.edited import DECK, MAP, copy_slide, paragraphs_of, split, typed, with_a_deck, with_text

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
      notes: |
        The first line.
        - a point
        - another point
      concepts:
        first: {name: First thing, tagline: The one, meaning: It is the first of all}
        second:
          name: Second thing
          tagline: The other
          meaning: It is the second
            of all
"""
PO = MAP.parent / "locales" / "de.po"
GERMAN = Path("output") / "m" / "de" / "m.de.pptx"


@pytest.fixture
def run(tmp_path, monkeypatch):
    """Return `run(*arguments)`: the command's result, from a folder with a map and its deck."""
    monkeypatch.chdir(tmp_path)
    return with_a_deck(TEXT)


@pytest.fixture
def german(run):
    """Return `run` with a German catalog that has a translation of everything, and its deck."""
    assert run("i18n", "new", "de", "m").exit_code == 0
    text = PO.read_text("utf-8")
    strings = {text.key: text.value for text in texts(read_map_file(MAP)[0])}
    lines, key = [], ""
    for line in text.split("\n"):
        key = line[9:-1] if line.startswith("msgctxt") else key
        if line == 'msgstr ""' and key:
            line = f"msgstr {json.dumps(strings[key].replace('It', 'Es'), ensure_ascii=False)}"
        lines.append(line)
    PO.write_text("\n".join(lines), encoding="utf-8")
    assert run("build", "m", "--locale", "de", "--quiet").exit_code == 0
    return run


def change(deck: Path, old: str, new: str) -> None:
    """Type a new text over each paragraph that shows the old one."""
    presentation = Presentation(deck)
    found = [paragraph for _, _, paragraph in paragraphs_of(presentation) if normal(paragraph.text) == old]
    assert found, old
    for paragraph in found:
        typed(paragraph, new)
    presentation.save(deck)


def lines_changed(before: str, after: str) -> list[tuple[str, str]]:
    old, new = before.split("\n"), after.split("\n")
    assert len(old) == len(new)
    return [pair for pair in zip(old, new, strict=True) if pair[0] != pair[1]]


def everything() -> dict[str, bytes]:
    return {str(path): path.read_bytes() for path in sorted(Path().rglob("*")) if path.is_file()}


# --- into the map --------------------------------------------------------------------------------


def test_an_untouched_deck_changes_nothing(run):
    before = everything()
    for command in ("diff", "pull"):
        result = run(command, DECK)
        assert (result.exit_code, result.stderr) == (0, "")
        assert "nothing was changed" in result.stdout
    assert everything() == before


@pytest.mark.parametrize(
    ("old", "new", "line"),
    [
        ("A map's title", "A map's other title", "title: 'A map''s other title'   # quoted"),
        ("Layers \u2014 all", "Layers \u2014 all of them", 'title: "Layers \u2014 all of them"'),
        ("Second thing", "Second: thing", 'name: "Second: thing"'),
        ("The other", "# other", "tagline: "),
    ],
)
def test_a_pulled_text_changes_its_line_only(old, new, line, run):
    change(DECK, old, new)
    result = run("pull", DECK)
    assert result.exit_code == 0, result.output
    [(_, now)] = lines_changed(TEXT, MAP.read_text("utf-8"))
    assert line in now
    assert new in {each.value for each in texts(read_map_file(MAP)[0])}


def test_a_text_in_brackets_stays_there(run):
    change(DECK, "It is the first of all", "It is the first, of all")
    assert run("pull", DECK).exit_code == 0
    [(_, now)] = lines_changed(TEXT, MAP.read_text("utf-8"))
    assert now.strip() == 'first: {name: First thing, tagline: The one, meaning: "It is the first, of all"}'


def test_texts_over_several_lines_stay_so(run):
    change(DECK, "It is the second of all", "It is the second of almost all")
    assert run("pull", DECK).exit_code == 0
    text = MAP.read_text("utf-8")
    assert "meaning: It is the second\n            of almost all\n" in text or "of almost all\n" in text
    assert text.count("\n") in (TEXT.count("\n"), TEXT.count("\n") - 1)


def test_line_ends_and_a_byte_order_mark_stay(run):
    MAP.write_bytes(b"\xef\xbb\xbf" + TEXT.replace("\n", "\r\n").encode())
    assert run("build", "m", "--quiet", "--force").exit_code == 0
    change(DECK, "The other", "Another one")
    assert run("pull", DECK).exit_code == 0
    assert MAP.read_bytes() == b"\xef\xbb\xbf" + TEXT.replace("The other", "Another one").replace("\n", "\r\n").encode()


def test_in_a_map_of_twenty_thousand_lines_a_pulled_text_changes_its_lines_only(run):
    forms = [
        "'it''s number {0}'",
        '"number \\u2014 {0}"',
        "number {0}   # plain",
        ">-\n            number\n            {0}",
    ]
    more = [
        f"        # Thing {number}.\n        thing-{number}:\n          name: Thing {number}\n"
        f"          tagline: {forms[number % 4].format(number)}\n"
        "          meaning: |\n            Line\n            after line.\n"
        for number in range(2_900)
    ]
    long = (TEXT + "".join(more)).replace("\n", "\r\n").encode()
    assert long.count(b"\n") > 20_000
    change(DECK, "The other", "Another: one")
    MAP.write_bytes(long)
    assert run("pull", DECK).exit_code == 0
    assert MAP.read_bytes() == long.replace(b"tagline: The other", b'tagline: "Another: one"')


def test_marks_stay_where_they_were(run):
    change(DECK, "One layer, strongly said", "One layer, strongly spoken of")
    assert run("pull", DECK).exit_code == 0
    assert "summary: One layer, **strongly** spoken of   # with a mark" in MAP.read_text("utf-8")


def test_signs_that_are_no_marks_are_told_from_those_that_are(run):
    change(DECK, "The other", "The *other* one")
    assert run("pull", DECK).exit_code == 0
    assert r"tagline: The \*other\* one" in MAP.read_text("utf-8")


def test_notes_keep_their_lines_and_points(run):
    presentation = Presentation(DECK)
    for slide in presentation.slides:
        for paragraph in slide.notes_slide.notes_text_frame.paragraphs:
            if paragraph.text == "another point":
                typed(paragraph, "another one")
    presentation.save(DECK)
    assert run("pull", DECK).exit_code == 0
    [(_, now)] = lines_changed(TEXT, MAP.read_text("utf-8"))
    assert now == "        - another one"


def test_a_second_pull_does_nothing(run):
    change(DECK, "The other", "Another one")
    assert "1 taken" in run("pull", DECK).stdout
    before = everything()
    assert "0 taken, 1 there already" in run("pull", DECK).stdout
    assert everything() == before


def test_after_a_pull_the_deck_that_is_built_says_the_same(run):
    change(DECK, "The other", "Another one")
    edited = [normal(paragraph.text) for _, _, paragraph in paragraphs_of(Presentation(DECK))]
    assert run("pull", DECK).exit_code == 0
    assert run("build", "m", "--quiet", "--force").exit_code == 0
    assert [normal(paragraph.text) for _, _, paragraph in paragraphs_of(Presentation(DECK))] == edited


# --- both sides ----------------------------------------------------------------------------------


def on_both_sides(run):
    change(DECK, "The other", "The deck's")
    MAP.write_text(TEXT.replace("tagline: The other", "tagline: The map's"), encoding="utf-8")


def test_after_a_pull_of_all_edits_the_next_build_replaces_the_deck_of_which_there_is_a_copy(run):
    change(DECK, "The other", "Another one")
    edited = DECK.read_bytes()
    said = run("pull", DECK, "m").output
    copy = DECK.with_name("m.en.changed-1.pptx")
    assert str(copy) in said
    assert copy.read_bytes() == edited
    assert run("build", "m").exit_code == 0
    assert run("diff", DECK, "m").exit_code == 0
    assert "tagline: Another one" in MAP.read_text("utf-8")
    assert run("build", "m").exit_code == 0


def test_a_text_that_was_changed_on_both_sides_is_shown_with_all_three_texts_and_not_taken(run):
    on_both_sides(run)
    before = MAP.read_bytes()
    result = run("pull", DECK)
    assert result.exit_code == 3
    assert MAP.read_bytes() == before
    told = MAP.with_name("map.yaml.rej").read_text("utf-8")
    for text in ("The other", "The map's", "The deck's"):
        assert text in result.stderr
        assert text in told


@pytest.mark.parametrize(("side", "text"), [("--ours", "The map's"), ("--theirs", "The deck's")])
def test_a_side_can_be_taken(side, text, run):
    on_both_sides(run)
    result = run("pull", DECK, side)
    assert (result.exit_code, MAP.with_name("map.yaml.rej").exists()) == (0, False)
    assert f"tagline: {text}" in MAP.read_text("utf-8")


@pytest.mark.parametrize(
    ("answer", "text", "code"), [("deck", "The deck's", 0), ("here", "The map's", 0), ("later", "The map's", 3)]
)
def test_who_is_asked_sees_all_three_texts_and_chooses_one(answer, text, code, run):
    on_both_sides(run)
    result = CliRunner().invoke(main, ["pull", str(DECK), "--ask"], input=f"{answer}\n")
    assert result.exit_code == code, result.output
    for each in ("The other", "The map's", "The deck's"):
        assert each in result.stdout
    assert f"tagline: {text}" in MAP.read_text("utf-8")
    assert MAP.with_name("map.yaml.rej").exists() == (code == 3)


def test_one_of_two_ways_can_be_chosen(run):
    presentation = Presentation(DECK)
    found = [each for _, _, each in paragraphs_of(presentation) if normal(each.text) == "A map's title"]
    for number, paragraph in enumerate(found[:2]):
        typed(paragraph, f"Title {number}")
    presentation.save(DECK)
    assert CliRunner().invoke(main, ["pull", str(DECK), "--ask"], input="deck2\n").exit_code == 0
    assert "title: 'Title 1'   # quoted" in MAP.read_text("utf-8")


def test_one_text_edited_in_two_ways_in_the_deck_is_in_conflict(run):
    presentation = Presentation(DECK)
    found = [each for _, _, each in paragraphs_of(presentation) if normal(each.text) == "A map's title"]
    assert len(found) > 1
    for number, paragraph in enumerate(found[:2]):
        typed(paragraph, f"Title {number}")
    presentation.save(DECK)
    assert run("pull", DECK, "--theirs").exit_code == 3
    assert MAP.read_text("utf-8") == TEXT


# --- into a catalog ------------------------------------------------------------------------------


@pytest.mark.parametrize("command", [("pull",), ("i18n", "import")])
def test_a_translation_comes_into_its_entry_and_says_where_it_is_from(command, german):
    before = PO.read_text("utf-8")
    change(GERMAN, "Es is the first of all", "Es ist das erste")
    result = german(*command, GERMAN)
    assert result.exit_code == 0, result.output
    after = PO.read_text("utf-8")
    assert MAP.read_text("utf-8") == TEXT
    assert [line for line in before.split("\n") if line not in after.split("\n")] == ['msgstr "Es is the first of all"']
    added = [line for line in after.split("\n") if line not in before.split("\n")]
    assert added == ["# from m.de.pptx", 'msgstr "Es ist das erste"']


def test_a_newer_translation_is_kept(german):
    change(GERMAN, "Es is the first of all", "Es ist das erste")
    PO.write_text(PO.read_text("utf-8").replace("Es is the first of all", "Das erste von allen"), encoding="utf-8")
    before = PO.read_bytes()
    assert german("pull", GERMAN).exit_code == 3
    assert PO.read_bytes() == before


def test_a_translation_of_an_earlier_text_is_not_taken(german):
    change(GERMAN, "Es is the first of all", "Es ist das erste")
    MAP.write_text(TEXT.replace("It is the first of all", "It was the first"), encoding="utf-8")
    before = PO.read_bytes()
    result = german("pull", GERMAN)
    assert PO.read_bytes() == before
    assert "Es ist das erste" in result.stderr


# --- the deck stays what it is -------------------------------------------------------------------


def test_a_build_keeps_an_edited_deck_and_names_the_ways_out(run):
    change(DECK, "The other", "Another one")
    edited = DECK.read_bytes()
    MAP.write_text(TEXT.replace("One layer", "A layer"), encoding="utf-8")
    result = run("build", "m")
    assert (result.exit_code, DECK.read_bytes()) == (3, edited)
    assert "kept: edited since it was built" in result.stderr
    for way in ("conceptdeck diff", "conceptdeck pull", "--force"):
        assert way in result.stderr
    assert "edited since it was built" in run("status").stdout


def test_the_differences_as_json_have_keys_and_both_texts(run):
    change(DECK, "The other", "Another one")
    [found] = json.loads(run("diff", DECK, "--json").stdout)["changes"]
    assert (found["old"], found["new"]) == ("The other", "Another one")
    assert found["wants"] == {"layers.one.concepts.second.tagline": "Another one"}


# --- decks of others -----------------------------------------------------------------------------


def of_another_program(path: Path) -> None:
    presentation = Presentation()
    presentation.slides.add_slide(presentation.slide_layouts[0]).shapes.title.text = "Mine"
    presentation.save(path)


def no_zip(path: Path) -> None:
    path.write_bytes(b"nothing of the kind")


def with_a_doctype(path: Path) -> None:
    with zipfile.ZipFile(DECK) as old, zipfile.ZipFile(path, "w") as new:
        for name in old.namelist():
            data = old.read(name)
            data = data.replace(b"<p:sld ", b"<!DOCTYPE a><p:sld ", 1) if name == "ppt/slides/slide1.xml" else data
            new.writestr(name, data)


def with_another_memory(path: Path) -> None:
    with zipfile.ZipFile(DECK) as old, zipfile.ZipFile(path, "w") as new:
        for name in old.namelist():
            data = old.read(name)
            new.writestr(name, data.replace(b"The other", b"The evil") if name == "customXml/item1.xml" else data)


@pytest.mark.parametrize("make", [of_another_program, no_zip, with_a_doctype])
def test_a_deck_that_is_not_ours_or_not_sound_is_refused_with_a_finding(make, run):
    make(Path("other.pptx"))
    before = everything()
    for command in ("diff", "pull"):
        result = run(command, "other.pptx")
        assert isinstance(result.exception, SystemExit), "a traceback"
        assert (result.exit_code, result.stdout) == (1, "")
        assert "error: " in result.stderr
    assert everything() == before


def test_a_deck_whose_memory_was_changed_is_compared_with_what_can_be_built(run):
    with_another_memory(Path("other.pptx"))
    assert "nothing was changed" in run("pull", "other.pptx", "m").stdout
    MAP.write_text(TEXT.replace("One layer", "A layer"), encoding="utf-8")
    result = run("pull", "other.pptx", "m")
    assert (result.exit_code, "forgotten-deck" in result.stderr) == (1, True)


def test_a_deck_of_another_map_is_refused(run):
    other = Path("data") / "n" / "map.yaml"
    other.parent.mkdir()
    other.write_text(TEXT, encoding="utf-8")
    result = run("pull", DECK, "n")
    assert (result.exit_code, "foreign-deck" in result.stderr) == (1, True)
    assert other.read_text("utf-8") == TEXT


# --- any edits -----------------------------------------------------------------------------------


@pytest.mark.parametrize("turn", range(20))
def test_random_edits_are_each_applied_at_their_key_or_told(turn, run):
    chance = random.Random(turn)
    presentation = Presentation(DECK)
    mark = f"edit{turn}x"
    done = [an_edit(presentation, chance, f"{mark}{number}z") for number in range(12)]
    presentation.save(DECK)
    was = {each.key: each.value for each in texts(read_map_file(MAP)[0])}
    told = run("diff", DECK).stdout
    result = pull(DECK, MAP)
    now = {each.key: each.value for each in texts(read_map_file(MAP)[0])}
    there = all_said(presentation)
    for sign, old in ((sign, old) for sign, old in filter(None, done) if sign in there):  # what was not deleted again
        keys = [key for key, value in now.items() if sign in value]
        assert keys or sign in told, f"{sign} on `{old}` is lost"
        for key in keys:
            assert share(old, was[key]), f"{sign} of `{old}` is at {key}: `{was[key]}`"
    changed = {key for key in now if now[key] != was[key]}
    assert changed == {wish.key for wish in result.taken}
    assert now.keys() == was.keys()


def all_said(presentation) -> str:
    """Return all texts and notes of a deck."""
    notes = [slide.notes_slide.notes_text_frame.text for slide in presentation.slides if slide.has_notes_slide]
    return "\n".join([*(paragraph.text for _, _, paragraph in paragraphs_of(presentation)), *notes])


def share(old: str, value: str) -> bool:
    """Tell whether a paragraph showed a string, or a part of it."""
    one, other = normal(re.sub(r"edit\d+x\d+z", "", old)), normal(value.replace("*", ""))
    return one in other or other in one or any(line and line in one for line in other.split(" - "))


def an_edit(presentation, chance: random.Random, sign: str) -> tuple[str, str] | None:
    """Edit a deck in some way; return the sign that was typed, and over which text."""
    slides = list(presentation.slides)
    slide = chance.choice(slides)
    found = list(paragraphs_of(presentation))
    _, shape, paragraph = chance.choice(found)
    old = paragraph.text
    match chance.randrange(10):
        case 0 | 1 | 2:
            words = old.split()
            words.insert(chance.randrange(len(words) + 1), sign)
            typed(paragraph, " ".join(words))
            return sign, old
        case 3:
            split(paragraph)
        case 4:
            noted = slide.notes_slide.notes_text_frame.paragraphs if slide.has_notes_slide else ()
            lines = [each for each in noted if each.runs]
            if lines:
                line = chance.choice(lines)
                old = line.text
                typed(line, f"{old} {sign}")
                return sign, old
        case 5:
            if shape.has_text_frame:
                pasted = shape.text_frame.add_paragraph().add_run()
                pasted.text, pasted.font.name, pasted.font.size = sign, "Times New Roman", Pt(11)
                return sign, old
        case 6:
            copy_slide(presentation, slide)
        case 7:
            listed = presentation.slides._sldIdLst
            listed.insert(chance.randrange(len(listed)), listed[chance.randrange(len(listed))])
        case 8:
            if not shape.is_placeholder and not shape.has_table:
                shape._element.getparent().remove(shape._element)
        case 9:
            split(paragraph)
            paragraph.runs[0].font.bold = True
    return None


def test_a_text_may_be_typed_by_the_name_of_its_shape(run):
    presentation = Presentation(DECK)
    name = next(shape.name for _, shape, each in paragraphs_of(presentation) if normal(each.text) == "The other")
    with_text(DECK, name, "Another one")
    assert "1 taken" in run("pull", DECK).stdout
