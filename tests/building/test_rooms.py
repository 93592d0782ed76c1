"""The room that notes state to translators is true: what fills it builds without a finding, and not much more does."""

import shutil
from functools import cache
from pathlib import Path
from tempfile import mkdtemp

import pytest

from conceptdeck.building.extracts import extracted
from conceptdeck.building.rooms import NARROW_TEXT, Letters, Space, room_in
from conceptdeck.values.cldr import specimen
from conceptdeck.values.frame import Run, Shape, Table
from conceptdeck.workspace.loading import font_book, read_theme
from support.decks import ROOT
from support.filled import filled, granted

SAID = ("english-words", "rhythm", "wordy-slide")  # what is told of texts that fit
ALL_THERE_IS = 1000  # letters: a text with a place to itself, which others share once they are long
LANGUAGES = ("fr", "de", "ja", "ar", "th", "ru")
BREAD = """\
title: How bread rises
subtitle: A short talk for new bakers
core-sentence: Bread rises because yeast makes gas and dough holds it.
focus: rising
concepts:
  rising: {name: Rising, tagline: Gas held by dough}
systems:
  fresh: {name: Fresh yeast}
  starter: {name: Sourdough starter, by: Bakers of old}
steps:
  title: Two steps lead from flour to a loaf
  items:
    mix: {name: Mix, headline: Wet flour becomes dough}
    wait: {name: Wait, headline: Yeast fills the dough with gas}
layers:
  title: Two layers make bread rise
  items:
    lift:
      role: The lift
      name: What makes the gas
      summary: Yeast turns sugar into gas
      concepts:
        yeast:
          name: Yeast
          tagline: A living fungus
          description: It eats sugar and gives off carbon dioxide.
          examples: [fresh, starter]
          meaning: Yeast is the engine of the rise
    hold:
      role: The hold
      name: What keeps the gas
      summary: Gluten keeps the gas inside
      concepts:
        gluten:
          name: Gluten
          tagline: A stretchy net
          description: Wet flour forms a net of protein that stretches like a balloon.
          meaning: Without a net the gas would escape
relations:
  title: Rising needs both at once
  labels: {core: What it is, limit: What it cannot do alone, adds: What rising adds}
  types: {needs: {name: Needs}}
  items:
    yeast: {source: rising, target: yeast, type: needs, phrase: needs, headline: Yeast alone makes foam,
            core: A living fungus that makes gas., limit: It cannot keep the gas., adds: A net that holds all.}
    gluten: {source: rising, target: gluten, type: needs, phrase: cannot do without, headline: Gluten stays flat}
"""
GARDEN = """\
title: What a garden needs
core-sentence: A garden needs light, water and somebody who comes back.
concepts:
  light: {name: Light, description: Most herbs want six hours of it.}
  water: {name: Water}
  care: {name: Care, description: "Weeding, cutting, tying up."}
groups:
  title: Three needs and who meets them
  items:
    sky: {name: From the sky, summary: What comes by itself, concepts: [light, water]}
    hand: {name: From a hand, concepts: [care, water]}
tables:
  beds:
    title: Two beds through the year
    columns: {bed: Bed, spring: Spring, autumn: Autumn}
    rows:
      herbs: {bed: Herbs, spring: Sow, autumn: Dry them}
      beans: {bed: Beans, spring: Wait until May, autumn: Keep the best for seed}
relations: [[light, dries, water], [care, brings, water]]
"""
MAPS = {"bread": BREAD, "garden": GARDEN}


@cache
def fill(name: str, language: str, times: float = 1):
    path = Path(mkdtemp()) / name / "map.yaml"
    path.parent.mkdir()
    path.write_text(MAPS[name], encoding="utf-8")
    return filled(path, language, times)


@pytest.mark.parametrize("name", MAPS)
@pytest.mark.parametrize("language", LANGUAGES)
def test_texts_that_fill_their_room_build_without_a_finding(name, language):
    made = fill(name, language)
    assert len(made.granted) > 15
    found = [str(each) for each in made.problems if each.code not in SAID]
    assert [each for each in found if "bridge: `" not in each] == [], "rooms are those of slides; a picture is narrower"


@pytest.mark.parametrize(("name", "language"), [("bread", "de"), ("bread", "ja"), ("garden", "ar"), ("garden", "fr")])
def test_texts_with_much_more_than_their_room_are_set_smaller_take_more_lines_or_are_told(name, language):
    usual, full = shown(fill(name, language)), shown(made := fill(name, language, 2.5))
    told = "\n".join(map(str, made.problems))
    for key in made.granted:
        pairs = [(full[at], usual[at]) for at in full if at in usual and at[-1] == key]
        pressed = any(size < least or lines > most for (size, lines), (least, most) in pairs)
        assert pressed or f"`{key}`" in told or not pairs, key


@pytest.mark.parametrize(("name", "language"), [("bread", "de"), ("garden", "ar")])
def test_a_text_may_have_nearly_as_many_letters_as_its_flag_says_if_they_are_usual_ones(name, language):
    limits = {key: most for key, most in fill(name, language).limits.items() if most < ALL_THERE_IS}
    path = Path(mkdtemp()) / name / "map.yaml"
    path.parent.mkdir()
    path.write_text(MAPS[name], encoding="utf-8")
    made = filled(path, language, lengths={key: int(most * NARROW_TEXT) for key, most in limits.items()})
    told = "\n".join(map(str, made.problems))
    assert len(limits) > 10
    assert [key for key in limits if f"`{key}`" in told] == []


def shown(made) -> dict[tuple[str, str, str], tuple[float, int]]:
    """Return the size and the lines of each text by the slide or picture, the shape and the key."""
    found: dict[tuple[str, str, str], tuple[float, int]] = {}
    for place in (*made.plan.frames, *made.sheet.drawings):
        for item in place.items:
            bodies = [cell.body for row in item.rows for cell in row.cells] if isinstance(item, Table) else []
            bodies += [item.text] if isinstance(item, Shape) and item.text else []
            for paragraph in (each for body in bodies for each in body.paragraphs):
                for key in paragraph.keys:
                    at = (getattr(place, "key", ""), item.name, key)
                    found[at] = (paragraph.runs[0].size, len(paragraph.lines))
    return found


@pytest.mark.parametrize(("name", "language"), [("web-platform", "de"), ("world-models", "ja"), ("web-platform", "ar")])
def test_the_room_of_shipped_maps_is_true(name, language, tmp_path):
    shutil.copytree(ROOT / "data" / name, tmp_path / name, ignore=shutil.ignore_patterns("locales"))
    made = filled(tmp_path / name / "map.yaml", language)
    assert len(made.granted) > 150
    assert [str(each) for each in made.problems if each.code not in SAID] == []


def test_the_longest_word_is_named_where_it_is_shorter_than_the_room(tmp_path):
    path = tmp_path / "bread" / "map.yaml"
    path.parent.mkdir()
    path.write_text(BREAD, encoding="utf-8")
    extract = extracted(path)
    german, japanese = extract.notes("de"), extract.notes("ja")
    letters, lines, word = granted(german["layers.lift.concepts.yeast.name"])
    assert word < letters <= 60
    assert lines > 1
    assert "; the longest word: " in german["layers.lift.concepts.yeast.name"]
    assert "longest word" not in "\n".join(japanese.values())  # lines break between any two of its letters


def test_room_is_stated_in_letters_of_the_language(tmp_path):
    path = tmp_path / "bread" / "map.yaml"
    path.parent.mkdir()
    path.write_text(BREAD, encoding="utf-8")
    extract = extracted(path)
    german, japanese = (granted(extract.notes(tag)["steps.mix.headline"])[0] for tag in ("de", "ja"))
    assert 1.5 < german / japanese < 3


def test_the_tightest_of_several_spaces_wins_and_the_narrowest_says_the_longest_word():
    theme = read_theme("atlas")
    letters = Letters("de", theme, font_book(theme), specimen("de"))
    run = Run("", 12, "ink")
    wide, high = Space(3_000_000, 15, 14, run), Space(1_000_000, 80, 14, run)
    rooms = [room_in([space], letters) for space in (wide, high, Space(1_000_000, 80, 14, run, share=0.5))]
    assert room_in([wide, high], letters).letters == min(rooms[0].letters, rooms[1].letters)
    assert room_in([wide, high], letters).word == rooms[1].word < rooms[0].word
    assert rooms[2].letters == rooms[1].letters // 2
    assert room_in([], letters) is None
