"""Texts carry their keys to where they are shown: nobody looks into names of shapes, or plans a deck again."""

from __future__ import annotations

import cProfile
import shutil
from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from functools import cache
from pathlib import Path

import pytest

from conceptdeck.building.appearances import appearances
from conceptdeck.building.catalogs import status
from conceptdeck.building.deck import Plan, plan_deck
from conceptdeck.building.diagrams import Sheet, plan_diagrams
from conceptdeck.building.extracts import extracted
from conceptdeck.building.jobs import DeckJob, DiagramsJob
from conceptdeck.layout.links import linked
from conceptdeck.layout.zooms import zoomed
from conceptdeck.preview.board import drawing_board, slide_board
from conceptdeck.values.frame import Connector, Frame, Item, Route
from conceptdeck.values.story import Density
from conceptdeck.values.text import texts
from support.decks import ROOT

CASE = Path(__file__).resolve().parents[1] / "cases" / "every-kind" / "map.yaml"
SHIPPED = ROOT / "data" / "web-platform" / "map.yaml"
WITH_GLOSSARY = ROOT / "data" / "world-models" / "map.yaml"
TABLE = """\
title: Two
core-sentence: One is not two.
systems:
  first: {name: Erstes, by: Maker}
tables:
  pairs:
    title: Pairs
    columns: {what: What, seen: Seen in}
    rows:
      one: {what: One, seen: [first]}
"""
CATALOG = """\
msgid ""
msgstr ""
"Language: de\\n"
"Content-Type: text/plain; charset=UTF-8\\n"
"""


@cache
def planned(density: Density | None = None) -> Plan:
    return plan_deck(DeckJob(CASE, density=density))


@cache
def drawn() -> Sheet:
    return plan_diagrams(DiagramsJob(CASE))


def renamed(items: tuple[Item, ...]) -> tuple[Item, ...]:
    """Return the items with names that say nothing; lines lead to the same shapes as before."""
    names = {item.name: f"x{number}" for number, item in enumerate(items)}

    def changed(item: Item) -> Item:
        if isinstance(item, Connector):
            begin, finish = ((names[name], site) for name, site in (item.begin, item.finish))
            item = replace(item, begin=begin, finish=finish)
        if isinstance(item, Route):
            item = replace(item, tail=names[item.tail], head=names[item.head])
        return replace(item, name=names[item.name])

    return tuple(map(changed, items))


def without_names(frame: Frame) -> Frame:
    return replace(frame, items=renamed(frame.items))


def functions(work: Callable[[], object]) -> Counter[str]:
    """Return how often a piece of work calls each function of Python's, by name."""
    profile = cProfile.Profile()
    profile.enable()
    try:
        work()
    finally:
        profile.disable()
    found: Counter[str] = Counter()
    for each in profile.getstats():
        found[each.code if isinstance(each.code, str) else each.code.co_name] += each.callcount
    return found


def test_where_texts_appear_does_not_depend_on_the_names_of_shapes():
    plan, sheet = planned(), drawn()
    source, properties = plan.edition.source, plan.deck.properties
    frames = tuple(map(without_names, plan.frames))
    drawings = tuple(replace(each, items=renamed(each.items)) for each in sheet.drawings)
    found = appearances(source, plan.frames, sheet.drawings, properties)
    assert sum(bool(each.slides) for each in found.values()) > 50
    assert appearances(source, frames, drawings, properties) == found


def test_the_boards_of_the_preview_do_not_depend_on_the_names_of_shapes():
    plan, sheet = planned(), drawn()
    known = frozenset(text.key for text in texts(plan.edition.source))

    def keys(boards) -> list[list[tuple[str, ...]]]:
        return [[spot.keys for spot in board.spots] for board, _ in boards]

    slides = keys(slide_board(frame, plan.theme, known) for frame in plan.frames)
    assert slides == keys(slide_board(without_names(frame), plan.theme, known) for frame in plan.frames)
    pictures = keys(drawing_board(each, sheet.theme, 1, known) for each in sheet.drawings)
    nameless = (replace(each, items=renamed(each.items)) for each in sheet.drawings)
    assert pictures == keys(drawing_board(each, sheet.theme, 1, known) for each in nameless)


def test_links_and_zooms_do_not_depend_on_the_names_of_shapes():
    plan = planned()
    frames = tuple(map(without_names, plan.frames))
    addresses = dict(plan.deck.links)

    def links(some) -> list[list[str]]:
        return [[getattr(item, "link", "") for item in frame.items] for frame in linked(some, addresses)]

    def places(some) -> list[object]:
        left, zooms, _ = zoomed(some, plan.theme)
        return [[(zoom.of, zoom.target, zoom.box) for zoom in zooms], [len(frame.items) for frame in left]]

    assert any("https" in link for each in links(plan.frames) for link in each)
    assert links(frames) == links(plan.frames)
    assert len(places(plan.frames)[0]) > 1
    assert places(frames) == places(plan.frames)


def test_a_text_is_said_in_the_notes_of_the_deck_that_is_shown_not_of_another_one():
    read, talk = (
        appearances(planned(density).edition.source, planned(density).frames, ())
        for density in (Density.READ, Density.TALK)
    )
    moved = [key for key in read if read[key].slides and not read[key].notes and talk[key].notes]
    assert any(key.endswith(".description") for key in moved)
    assert all(len(talk[key].slides) <= len(read[key].slides) for key in moved)


def test_a_picture_tells_which_texts_its_description_is_made_of():
    sheet = drawn()
    for each, drawing in zip(sheet.portfolio.pictures, sheet.drawings, strict=True):
        by_key = {text.key: text.value for text in texts(planned().edition.source)}
        said = [by_key[key] for key in drawing.said if key in by_key]
        assert len(said) > 1, each.id
        assert all(text in f"{drawing.title} {drawing.description} {drawing.caption}" for text in said), each.id


def test_the_properties_of_a_file_are_texts_with_keys():
    properties = planned().deck.properties
    assert {"title", "core-sentence"} < {text.key for text in properties}
    found = appearances(planned().edition.source, (), (), properties)
    assert {key for key, each in found.items() if each.properties} == {text.key for text in properties}


def test_notes_name_the_untranslated_systems_in_a_table_and_in_an_aside(tmp_path):
    path = tmp_path / "two" / "map.yaml"
    (path.parent / "locales").mkdir(parents=True)
    path.write_text(TABLE, encoding="utf-8")
    (path.parent / "locales" / "de.po").write_text(CATALOG, encoding="utf-8")
    frames = plan_deck(DeckJob(path, locale="de")).frames
    [notes] = [frame.notes for frame in frames if frame.key == "tables.pairs"]
    for key in ("systems.first.name", "systems.first.by", "tables.pairs.rows.one.what", "tables.pairs.columns.seen"):
        assert key in notes.splitlines()[-1], key


def test_translators_get_their_notes_from_one_deck_and_one_portfolio():
    called = functions(lambda: [*map(extracted(SHIPPED).notes, ("de", "ja"))])
    assert (called["story_deck"], called["lay_out"], called["map_portfolio"]) == (1, 1, 1)


@pytest.mark.parametrize(("stale", "plans"), [(True, 1), (False, 0)])
def test_the_status_plans_slides_only_to_tell_where_something_is_not_translated(tmp_path, stale, plans):
    folder = SHIPPED.parent
    if stale:
        folder = tmp_path / "mine"
        shutil.copytree(SHIPPED.parent, folder)
        catalog = folder / "locales" / "de.po"
        text = catalog.read_text(encoding="utf-8")
        catalog.write_text(text.replace('msgctxt "title"', '#, fuzzy\nmsgctxt "title"'), encoding="utf-8")
    called = functions(lambda: status(folder / "map.yaml"))
    assert (called["story_deck"], called["lay_out"], called["map_portfolio"]) == (plans, plans, plans)


def test_the_status_of_translations_judges_nothing_but_the_words_of_the_glossary():
    called = functions(lambda: status(WITH_GLOSSARY))
    assert called["departures"] > 0
    assert called["differing_numbers"] == called["protected_names"] == called["scripts"] == 0
