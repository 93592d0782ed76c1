"""Pages of hand-outs as values: where slides and notes stand, and how long notes go on."""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from itertools import pairwise

import pytest

from conceptdeck.building.deck import DeckJob, Plan, plan_deck
from conceptdeck.layout.handout import Wording, pages_of_slides, pages_with_notes
from conceptdeck.values.frame import Frame
from conceptdeck.values.handout import Handout, Note, Sheet
from conceptdeck.values.units import Box, Length, points
from conceptdeck.workspace.loading import font_book
from support.decks import ROOT

CASES = ROOT / "tests" / "cases"
LONG = "\n".join(f"Paragraph {count} of the notes says something worth a line or two. " * 4 for count in range(30))


@cache
def planned(case: str = "every-kind") -> Plan:
    return plan_deck(DeckJob(CASES / case / "map.yaml"))


def paged(*frames: Frame, case: str = "every-kind", timed: bool = False) -> Handout:
    plan = planned(case)
    keys = frozenset(frame.key for frame in frames) if timed else frozenset()
    wording = Wording("A deck", plan.deck.language, plan.deck.words, keys)
    return pages_with_notes(frames, plan.theme, font_book(plan.theme), wording)


def noted(notes: str, case: str = "every-kind") -> Frame:
    return replace(planned(case).frames[2], notes=notes)


def texts(sheet: Sheet) -> list[str]:
    """Return the lines of the notes on a page, without what else it says."""
    return [line.text for part in sheet.parts for note in part.notes for line in note.lines if is_said(note)]


def is_said(note: Note) -> bool:
    return note.role.name in ("handout-notes", "handout-time")


def test_without_notes_a_page_is_its_slide():
    plan = planned()
    made = pages_of_slides(plan.frames, plan.theme)
    assert made.size == plan.theme.size
    assert [part.frame for sheet in made.sheets for part in sheet.parts] == list(plan.frames)
    whole = Box(Length(0), Length(0), *plan.theme.size)
    assert {(part.place, part.notes, sheet.foot) for sheet in made.sheets for part in sheet.parts} == {(whole, (), ())}
    assert made.edge is None


def test_two_slides_stand_on_a_page_in_their_shape_and_a_third_on_the_next():
    theme = planned().theme
    margin = points(theme.handout.numbers["margin"])
    first, second = paged(noted("Short."), noted("Short too."), noted("And a third.")).sheets
    upper, lower = (part.place for part in first.parts)
    assert (upper.x, upper.y) == (margin, margin)
    assert lower.x == upper.x and lower.y > upper.bottom
    assert [part.place for part in second.parts] == [upper]
    for place in (upper, lower):
        assert place.w / place.h == pytest.approx(theme.size.w / theme.size.h, abs=1e-6)


def test_long_notes_go_on_below_a_heading_and_keep_each_line():
    made = paged(noted(LONG), noted("Short."))
    long = [part for sheet in made.sheets for part in sheet.parts if part.frame.notes == LONG]
    assert len(long) > 1
    assert [part.place is not None for part in long] == [True, *[False] * (len(long) - 1)]
    title = noted("").title
    heads = [note.lines[0].text for part in long for note in part.notes if note.role.name == "handout-heading"]
    assert heads == [
        f"{title} ({part}\N{NO-BREAK SPACE}of\N{NO-BREAK SPACE}{len(long)})" for part in range(2, len(long) + 1)
    ]
    shown = [text for sheet in made.sheets for text in texts(sheet)]
    assert " ".join(" ".join(shown).split()) == " ".join(f"{LONG} Short.".split())


@pytest.mark.parametrize("case", ["every-kind", "right-to-left"])
def test_no_line_stands_on_another_nor_leaves_the_page(case):
    made = paged(noted(LONG, case), noted("Short.", case), case=case)
    margin = points(planned(case).theme.handout.numbers["margin"])
    for sheet in made.sheets:
        (foot,) = sheet.foot
        notes = [note for part in sheet.parts for note in part.notes if is_said(note)]
        rows = [(line.top, line.top + points(note.role.sizes[0] * note.role.leading))
                for note in notes for line in note.lines]  # fmt: skip
        assert all(below >= bottom for (_, bottom), (below, _) in pairwise(rows))
        assert rows[0][0] >= margin
        assert rows[-1][1] <= foot.lines[0].top


@pytest.mark.parametrize("case", ["every-kind", "right-to-left"])
def test_notes_stand_beside_their_slide_on_the_side_where_lines_end(case):
    (sheet,) = paged(noted("Short.", case), case=case).sheets
    (part,) = sheet.parts
    turned = case == "right-to-left"
    (said,) = filter(is_said, part.notes)
    assert said.x < part.place.x if turned else said.x > part.place.right
    assert said.align == ("r" if turned else "l")
    (number,) = (note for note in part.notes if not is_said(note))
    assert number.lines[0].text == str(part.frame.number)
    assert number.x == (part.place.right if turned else part.place.x)
    assert number.lines[0].top >= part.place.bottom


def test_the_planned_minutes_have_a_look_of_their_own():
    (timed,) = paged(noted("0:00 to 1:00\nWhat is said."), timed=True).sheets[0].parts
    assert [note.role.name for note in timed.notes if is_said(note)] == ["handout-time", "handout-notes"]
    (plain,) = paged(noted("What is said.")).sheets[0].parts
    assert [note.role.name for note in plain.notes if is_said(note)] == ["handout-notes"]
