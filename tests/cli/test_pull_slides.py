"""Slides that somebody added to a deck come into its map as slides of one's own, where the deck has them."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from PIL import Image
from pptx import Presentation
from pptx.util import Inches

from support.edited import DECK, MAP, copy_slide, typed, with_a_deck

TEXT = """\
# A small map.
language: en
title: A small map
core-sentence: It is small.
layers:
  items:
    one:
      name: One
      summary: One layer
      concepts:
        first: {name: First thing, tagline: The one, meaning: It is the first of all}
        second: {name: Second thing, tagline: The other, meaning: It is the second of all}
"""
OWN = """
# What is told besides.
slides:
    # The first of them.
    early:
        statement: It was there   # before
    late: {title: Late, bullets: [One, Two]}

# The end.
"""


@pytest.fixture
def run(tmp_path, monkeypatch):
    """Return `run(*arguments)`: the command's result, from a folder with a map and its deck."""
    monkeypatch.chdir(tmp_path)
    return with_a_deck(TEXT)


def added(presentation, title: str, *points: str, at: int | None = None, layout: str = "Title and Text"):
    """Add a slide with a title and points, as the slide at a place from 0."""
    slide = presentation.slides.add_slide(next(each for each in presentation.slide_layouts if each.name == layout))
    slide.shapes.title.text = title
    frame = next((each.text_frame for each in slide.placeholders if each.placeholder_format.idx == 14), None)
    for number, point in enumerate(points):
        paragraph = frame.paragraphs[0] if not number else frame.add_paragraph()
        paragraph.text = point
    listed = presentation.slides._sldIdLst
    listed.insert(len(listed) - 1 if at is None else at, listed[-1])
    return slide


def edited(change) -> None:
    presentation = Presentation(DECK)
    change(presentation)
    presentation.save(DECK)


def titles() -> list[str]:
    return [slide.shapes.title.text for slide in Presentation(DECK).slides if slide.shapes.title is not None]


def lines_added(before: str, after: str) -> list[str]:
    """Return the lines that were added; all others must be there, in their order."""
    rest = after.split("\n")
    for line in before.split("\n"):
        assert line in rest
    old = iter(before.split("\n"))
    waiting, found = next(old), []
    for line in rest:
        if line == waiting:
            waiting = next(old, None)
        else:
            found.append(line)
    assert waiting is None
    return found


def a_picture() -> io.BytesIO:
    data = io.BytesIO()
    Image.new("RGB", (40, 30), "red").save(data, "PNG")
    data.seek(0)
    return data


def test_a_new_slide_comes_where_the_deck_has_it_and_the_next_build_shows_it(run):
    edited(lambda deck: added(deck, "Why now?", "It is time", "It is cheap", at=3))
    shown = titles()
    result = run("pull", DECK, "--take-slides")
    assert (result.exit_code, "slides.why-now" in result.stdout) == (0, True), result.output
    assert lines_added(TEXT, MAP.read_text("utf-8"))[:5] == [
        "slides:",
        "  why-now:",
        "    title: Why now?",
        "    bullets:",
        "      - It is time",
    ]
    assert run("build", "m", "--quiet").exit_code == 0
    assert titles() == shown


def test_a_second_pull_takes_nothing_more(run):
    edited(lambda deck: added(deck, "Why now?", "It is time", "It is cheap", at=3))
    run("pull", DECK, "--take-slides")
    once = MAP.read_bytes()
    assert "0 taken, 1 there already" in run("pull", DECK, "--take-slides").stdout
    assert MAP.read_bytes() == once


def test_without_being_asked_for_it_is_told_and_not_taken(run):
    edited(lambda deck: added(deck, "Why now?", "It is time", at=3))
    result = run("pull", DECK)
    assert "--take-slides" in result.stderr
    assert MAP.read_text("utf-8") == TEXT


def test_slides_of_the_map_s_own_keep_their_lines_and_new_ones_stand_among_them(run):
    MAP.write_bytes((TEXT + OWN).replace("\n", "\r\n").encode())
    assert run("build", "m", "--quiet", "--force").exit_code == 0
    place = titles().index("It was there")
    edited(lambda deck: added(deck, "In between", at=place + 1))
    edited(lambda deck: added(deck, "Before all: it's {new}", at=place))
    shown = titles()
    assert run("pull", DECK, "--take-slides").exit_code == 0
    after = MAP.read_bytes()
    assert after.count(b"\n") == after.count(b"\r\n")
    found = lines_added(TEXT + OWN, after.decode().replace("\r\n", "\n"))
    assert found[0:2] == ["    before-all-it-s-new:", "        statement: 'Before all: it''s {new}'"]
    assert found[3] == "    in-between:"
    assert run("build", "m", "--quiet").exit_code == 0
    assert titles() == shown


def test_emphasis_links_and_notes_come_as_a_map_has_them(run):
    def change(deck):
        slide = added(deck, "Points", "plain", "of *stars*", at=2)
        paragraph = next(each for each in slide.placeholders if each.placeholder_format.idx == 14).text_frame.paragraphs
        bold = paragraph[0].add_run()
        bold.text, bold.font.bold = " and bold ", True
        linked = paragraph[0].add_run()
        linked.text, linked.hyperlink.address = "there", "https://example.org/a"
        slide.notes_slide.notes_text_frame.text = "Say it.\n- slowly\n- loudly"

    edited(change)
    assert run("pull", DECK, "--take-slides").exit_code == 0
    text = MAP.read_text("utf-8")
    assert "- plain **and bold** [there](https://example.org/a)\n" in text
    assert "- of \\*stars\\*\n" in text
    assert "    notes: |\n      Say it.\n      - slowly\n      - loudly\n" in text


def test_points_below_a_point_are_lines_of_it(run):
    def change(deck):
        slide = added(deck, "Levels", "Above", "below", "Beside", at=2)
        frame = next(each for each in slide.placeholders if each.placeholder_format.idx == 14).text_frame
        frame.paragraphs[1].level = 1

    edited(change)
    result = run("pull", DECK, "--take-slides")
    assert (result.exit_code, result.stderr) == (0, ""), result.output
    assert "      - |\n        Above\n        – below\n      - Beside\n" in MAP.read_text("utf-8")
    assert run("build", "m", "--quiet").exit_code == 0


def test_a_picture_is_copied_beside_the_map(run):
    def change(deck):
        slide = added(deck, "A red thing", "What it is", at=2)
        picture = slide.shapes.add_picture(a_picture(), Inches(7), Inches(2))
        picture._element.nvPicPr.cNvPr.set("descr", "All red")
        words = next(each for each in slide.placeholders if each.placeholder_format.idx == 14)
        words.left, words.top, words.width, words.height = Inches(1), Inches(2), Inches(4), Inches(2)

    edited(change)
    assert run("pull", DECK, "--take-slides").exit_code == 0
    assert (MAP.parent / "images" / "a-red-thing.png").read_bytes() == a_picture().getvalue()
    text = MAP.read_text("utf-8")
    assert "      file: ./images/a-red-thing.png\n      alt: All red\n      place: right\n    text: What it is" in text
    assert run("build", "m", "--quiet").exit_code == 0
    assert "A red thing" in titles()


def test_a_table_comes_with_its_cells(run):
    def change(deck):
        slide = added(deck, "Prices", at=2, layout="Table")
        table = slide.shapes.add_table(2, 2, 0, 0, Inches(5), Inches(2)).table
        for at, text in enumerate(["What", "Price", "Bread", "1, 2 or 3"]):
            table.cell(at // 2, at % 2).text = text

    edited(change)
    assert run("pull", DECK, "--take-slides").exit_code == 0
    assert "        - [Bread, '1, 2 or 3']\n" in MAP.read_text("utf-8")
    assert run("build", "m", "--quiet").exit_code == 0


def test_a_copy_of_a_slide_is_told_once_more(run):
    def change(deck):
        made = copy_slide(deck, deck.slides[2])
        typed(made.shapes.title.text_frame.paragraphs[0], "Once more")
        listed = deck.slides._sldIdLst
        listed.insert(4, listed[-1])

    edited(change)
    shown = titles()
    result = run("pull", DECK, "--take-slides")
    assert result.exit_code == 0, result.output
    assert "reuse: " in MAP.read_text("utf-8")
    assert run("build", "m", "--quiet").exit_code == 0
    assert titles() == shown


def test_what_a_slide_of_one_s_own_cannot_show_is_told(run):
    def change(deck):
        slide = added(deck, "Two pictures", at=2)
        for left in (1, 6):
            slide.shapes.add_picture(a_picture(), Inches(left), Inches(2))

    edited(change)
    result = run("pull", DECK, "--take-slides")
    assert "slides.two-pictures" in result.stdout
    assert "a picture more" in result.stderr


def test_a_slide_without_a_title_is_told_and_not_taken(run):
    def change(deck):
        slide = added(deck, "", at=2)
        slide.shapes.add_textbox(0, 0, Inches(3), Inches(1)).text_frame.text = "One\nTwo"

    edited(change)
    assert "it has no title" in run("pull", DECK, "--take-slides").stderr
    assert MAP.read_text("utf-8") == TEXT


def test_slides_in_brackets_are_left_as_they_are(run):
    written = TEXT + "slides: {early: {statement: It was there}}\n"
    MAP.write_text(written, encoding="utf-8")
    assert run("build", "m", "--quiet", "--force").exit_code == 0
    edited(lambda deck: added(deck, "Why now?", at=3))
    assert "in brackets" in run("pull", DECK, "--take-slides").stderr
    assert MAP.read_text("utf-8") == written


def test_a_story_that_does_not_tell_it_is_named(run):
    assert run("build", "m", "--story", "lightning", "--quiet").exit_code == 0
    deck = DECK.with_name("m.lightning.en.pptx") if not DECK.with_name("m.en.lightning.pptx").exists() else None
    deck = deck or DECK.with_name("m.en.lightning.pptx")
    presentation = Presentation(deck)
    added(presentation, "Why now?", at=1)
    presentation.save(deck)
    assert "its story `lightning` does not tell slides of one's own" in run("pull", deck, "--take-slides").stderr


# --- the order of slides -------------------------------------------------------------------------

STORIES = Path("data") / "m" / "stories.yaml"


def moved(start: int, to: int) -> None:
    def change(deck):
        listed = deck.slides._sldIdLst
        listed.insert(to, listed[start])

    edited(change)


def test_another_order_is_told_and_not_taken_without_being_asked_for(run):
    moved(4, 2)
    assert "slide moved" in run("pull", DECK).stderr
    assert not STORIES.exists()


def test_another_order_is_taken_as_the_story_of_the_map_s_own_and_the_next_build_has_it(run):
    moved(4, 2)
    shown = titles()
    result = run("pull", DECK, "--take-order")
    assert (result.exit_code, "story `full`" in result.stdout) == (0, True), result.output
    assert run("build", "m", "--quiet").exit_code == 0
    assert titles() == shown


def test_a_second_pull_of_the_order_writes_nothing(run):
    moved(4, 2)
    run("pull", DECK, "--take-order")
    once = STORIES.read_bytes()
    run("pull", DECK, "--take-order")
    assert STORIES.read_bytes() == once


def test_new_and_deleted_slides_are_part_of_the_order(run):
    moved(4, 2)
    edited(lambda deck: added(deck, "Before all", at=0))
    edited(lambda deck: deck.slides._sldIdLst.remove(deck.slides._sldIdLst[3]))
    shown = titles()
    result = run("pull", DECK, "--take-order", "--take-slides")
    assert (result.exit_code, result.stderr) == (0, ""), result.output
    assert run("build", "m", "--quiet").exit_code == 0
    assert titles() == shown


def test_a_story_of_the_map_s_own_keeps_its_other_lines_and_comments(run):
    own = """\
# Mine.
other: {slides: [{cover: 1}]}
full:   # the usual one
  density: read
  slides:
    # It begins here.
    - cover: 2   # not long
    - layers: 1
    # Then one by one.
    - {dividers: 1, concepts: 2}
    - conclusion: 1

# The end.
last:
  slides:
    - cover: 1
"""
    STORIES.write_bytes(own.replace("\n", "\r\n").encode())
    assert run("build", "m", "--quiet", "--force").exit_code == 0, run("build", "m", "--force").output
    moved(1, 0)
    shown = titles()
    result = run("pull", DECK, "--take-order")
    assert (result.exit_code, result.stderr) == (0, ""), result.output
    text = STORIES.read_bytes().decode()
    assert text.count("\n") == text.count("\r\n")
    text = text.replace("\r\n", "\n")
    head = own.partition("    # It begins here.\n")[0]
    assert text.startswith(head + "    - layers: 1\n    # It begins here.\n    - cover: 2   # not long\n")
    assert text.endswith("\n# The end.\nlast:\n  slides:\n    - cover: 1\n")
    assert "    # Then one by one.\n" in text
    assert run("build", "m", "--quiet").exit_code == 0
    assert titles() == shown
