"""What a build did on purpose to find room is counted in its summary, each thing once."""

import re

import pytest
from click.testing import CliRunner

from conceptdeck.building import deck as building
from conceptdeck.building.deck import DeckJob, plan_deck
from conceptdeck.cli import main
from conceptdeck.layout.desk import Desk
from conceptdeck.typeset.lines import Typesetter
from conceptdeck.values.remarks import Remark, Way, splits, summary
from conceptdeck.workspace.loading import font_book, read_theme

ROWS = 40
MAP = f"""
title: Garden birds
core-sentence: Every garden has its birds.
tables:
  seasons:
    title: Who comes when
    columns: {{bird: Bird, month: First seen}}
    rows:
{"".join(f"      b{number}: {{bird: Bird number {number}, month: Week {number}}}{chr(10)}" for number in range(ROWS))}
"""


@pytest.fixture
def birds(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    folder = tmp_path / "garden-birds"
    folder.mkdir()
    (folder / "map.yaml").write_text(MAP, encoding="utf-8")
    return folder


def test_a_build_says_how_many_slides_a_long_table_took(birds):
    frames = plan_deck(DeckJob(birds / "map.yaml")).frames
    pages = sum(frame.slide == "tables.seasons" for frame in frames)
    assert pages > 1
    result = CliRunner().invoke(main, ["build", str(birds)])
    said = rf"\S+  {len(frames)} slides, [\d.]+ minutes \(a part goes on over {pages} slides\), theme atlas, [\d.]+ s\n"
    assert re.fullmatch(said, result.stdout), result.output


def test_what_a_slide_was_made_with_on_purpose_reaches_the_summary(birds, monkeypatch):
    from conceptdeck.layout.slides import opening

    cover = opening.cover

    def noted(slide, desk):
        desk.remark(Way.FREEFORM, "a line of the cover")
        return cover(slide, desk)

    monkeypatch.setattr(opening, "cover", noted)
    assert "a line is drawn as freeform" in building.build_deck(DeckJob(birds / "map.yaml")).summary


def test_only_what_is_kept_of_a_trial_is_remarked():
    theme = read_theme("atlas")
    desk = Desk(theme, Typesetter(font_book(theme)), "en")
    first, second = desk.fresh(), desk.fresh()
    first.remark(Way.NOTES, "dropped")
    second.remark(Way.NOTES, "kept")
    desk.take(second)
    assert desk.remarks == [Remark(Way.NOTES, "kept")]


def test_the_same_thing_is_counted_once_and_ways_keep_their_order():
    notes = [Remark(Way.NOTES, key) for key in ("a", "b", "a")]
    split = splits(["cover", "layers", "layers", "tables.t", "tables.t", "tables.t"])
    assert summary([*notes, *split]) == "2 parts go on over 5 slides; 2 texts are kept in the notes"
    assert summary([]) == ""
