"""Edited decks on the preview's page: what was changed in them is listed, and taken with a click."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner
from playwright.sync_api import Page, expect

from conceptdeck.building.reviewing import Review, review
from conceptdeck.cli import main
from conceptdeck.values.text import texts
from conceptdeck.workspace.loading import read_catalog, read_map_file
from support.edited import shape_of, with_text
from support.previewed import CONTRASTS, DOUBLES, LEAST_CONTRAST, NAMELESS, SECONDS, Desk, at, previewed

SENTENCE = "From AI video to spatial worlds"
DECK = Path("output") / "demo" / "en" / "demo.en.lightning.pptx"
ARABIC = Path("output") / "demo" / "ar" / "demo.ar.lightning.pptx"


@pytest.fixture
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Desk]:
    monkeypatch.chdir(tmp_path)
    with previewed(tmp_path / "data" / "demo", editable=True) as desk:
        yield desk


def build(*options: str) -> None:
    result = CliRunner().invoke(main, ["build", "demo", "--quiet", "--story", "lightning", *options])
    assert result.exit_code == 0, result.output


def value(desk: Desk, key: str) -> str:
    return next(text.value for text in texts(read_map_file(desk.map_file)[0]) if text.key == key)


def wait(page: Page, selector: str, text: str) -> None:
    expect(page.locator(selector).filter(has_text=text).first).to_be_visible(timeout=SECONDS * 1000)


def test_edits_of_a_deck_are_listed_and_taken_and_can_be_undone(desk, page):
    build()
    before = desk.map_file.read_bytes()
    at(desk, page)
    assert not page.locator("#edits").is_visible()
    with_text(DECK, "subtitle", "From here to there")  # the page hears of it
    wait(page, "#edits ins", "From here to there")
    assert page.locator("#edits del").inner_text() == SENTENCE
    assert page.locator("#edits li .key").inner_text() == "subtitle"
    assert desk.map_file.read_bytes() == before
    page.get_by_role("button", name="Take these edits").click()
    page.locator(".desk .sheet text", has_text="From here to there").first.wait_for()
    assert desk.map_file.read_bytes() == before.replace(SENTENCE.encode(), b"From here to there")
    expect(page.locator("#edits")).to_be_hidden(timeout=SECONDS * 1000)
    copy = DECK.with_name("demo.en.lightning.changed-1.pptx")
    assert copy.read_bytes() == DECK.read_bytes()
    page.get_by_role("button", name="Undo", exact=True).click()
    wait(page, "#edits ins", "From here to there")
    assert desk.map_file.read_bytes() == before
    assert not copy.exists()


def test_edits_of_an_arabic_deck_go_into_its_catalog(desk, page):
    build("--locale", "ar")
    own = desk.map_file.read_bytes()
    with_text(ARABIC, "subtitle", "من هنا إلى هناك")
    at(desk, page, "?locale=ar")
    wait(page, "#edits ins", "من هنا إلى هناك")
    assert page.locator("#edits ins").evaluate("each => getComputedStyle(each).direction") == "rtl"
    page.get_by_role("button", name="Take these edits").click()
    page.locator(".desk .sheet text", has_text="من هنا").first.wait_for()
    assert read_catalog(desk.map_file, "ar")[0].by_key["subtitle"].text == "من هنا إلى هناك"
    assert desk.map_file.read_bytes() == own


def test_what_was_changed_on_both_sides_is_taken_only_if_it_is_chosen(desk, page):
    build()
    with_text(DECK, "subtitle", "Theirs")
    desk.change(desk.map_file, SENTENCE, "Ours")
    at(desk, page)
    wait(page, "#edits legend", "Changed on both sides")
    assert page.locator("#edits input:checked").count() == 0
    assert [each for each in page.evaluate(CONTRASTS) if each[0] < LEAST_CONTRAST] == []
    assert page.evaluate(NAMELESS) == page.evaluate(DOUBLES) == []
    page.get_by_role("button", name="Take these edits").click()
    page.get_by_role("status").filter(has_text="Taken: 0").wait_for()
    assert value(desk, "subtitle") == "Ours"
    assert list(desk.folder.glob("*.rej")) == []
    page.locator("#edits label", has_text="Theirs").click()
    page.get_by_role("button", name="Take these edits").click()
    page.get_by_role("status").filter(has_text="Taken: 1").wait_for()
    assert value(desk, "subtitle") == "Theirs"


def test_one_s_own_text_may_be_chosen_too_and_the_deck_is_done_with(desk, page):
    build()
    with_text(DECK, "subtitle", "Theirs")
    desk.change(desk.map_file, SENTENCE, "Ours")
    at(desk, page)
    page.locator("#edits label", has_text="Ours").click()
    page.get_by_role("button", name="Take these edits").click()
    expect(page.locator("#edits")).to_be_hidden(timeout=SECONDS * 1000)
    assert value(desk, "subtitle") == "Ours"


def test_what_cannot_come_home_is_told(desk, page):
    from pptx import Presentation

    build()
    presentation = Presentation(DECK)
    shape, _ = shape_of(presentation, "subtitle")
    shape._element.getparent().remove(shape._element)
    presentation.save(DECK)
    at(desk, page)
    page.locator("#edits summary").click()
    assert "shape deleted" in page.locator("#edits details").inner_text()
    assert page.get_by_role("button", name="Take these edits").is_disabled()


def test_a_deck_that_is_saved_while_it_is_read_is_read_again(desk, monkeypatch):
    build()
    with_text(DECK, "subtitle", "First")
    editor = desk.server.editor

    def disturbed(path: Path, map_file: Path) -> Review:
        found = review(path, map_file)
        with_text(DECK, "subtitle", "Second")
        return found

    with monkeypatch.context() as patched:
        patched.setattr("conceptdeck.preview.editor.review", disturbed)
        assert editor.decks({})[0].proposals[0].texts == ("First",)
    assert editor.decks({})[0].proposals[0].texts == ("Second",)


def test_a_deck_that_is_none_is_told_and_a_name_of_another_file_is_refused(desk):
    build()
    assert desk.ask("/decks")[0] == 403
    assert desk.ask_as_page("/decks")[2] == b"[]"
    DECK.write_bytes(b"no deck")
    assert b"problems" in desk.ask_as_page("/decks")[2]
    editor = desk.server.editor
    assert not editor.take({"deck": "../../etc/passwd"}).done
    assert not editor.take({"deck": str(DECK)}).done
