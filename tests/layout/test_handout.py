"""Pages of hand-outs as values: where slides and notes stand, and how long notes go on."""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from itertools import pairwise

import pytest

from conceptdeck.building.deck import DeckJob, Plan, plan_deck
from conceptdeck.layout.handout import Wording, pages_of_slides, pages_with_notes
from conceptdeck.values.frame import Frame
from conceptdeck.values.handout import Handout, Sheet
from conceptdeck.values.units import points
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
    """Return the lines of the notes on a page, without the footer."""
    *notes, _, _ = sheet.notes
    return [line.text for note in notes for line in note.lines]


def test_without_notes_a_page_is_its_slide():
    plan = planned()
    made = pages_of_slides(plan.frames, plan.theme)
    assert made.size == plan.theme.size
    assert [sheet.frame for sheet in made.sheets] == list(plan.frames)
    assert {(sheet.place.x, sheet.place.y, sheet.place.w, sheet.place.h, sheet.notes) for sheet in made.sheets} == {
        (0, 0, *plan.theme.size, ())
    }
    assert made.edge is None


def test_the_slide_keeps_its_shape_between_the_margins():
    theme = planned().theme
    margin = points(theme.handout.numbers["margin"])
    (sheet,) = paged(noted("Short.")).sheets
    place = sheet.place
    assert (place.x, place.y, place.right) == (margin, margin, paged(noted("")).size.w - margin)
    assert place.w / place.h == pytest.approx(theme.size.w / theme.size.h, abs=1e-6)


def test_long_notes_go_on_below_a_heading_and_keep_each_line():
    made = paged(noted(LONG), noted("Short."))
    *parts, last = made.sheets
    assert len(parts) > 2
    assert [sheet.place is not None for sheet in made.sheets] == [True, *[False] * (len(parts) - 1), True]
    title = noted("").title
    assert [texts(sheet)[0] for sheet in parts[1:]] == [
        f"{title} ({part}\N{NO-BREAK SPACE}of\N{NO-BREAK SPACE}{len(parts)})" for part in range(2, len(parts) + 1)
    ]
    shown = [text for at, sheet in enumerate(parts) for text in texts(sheet)[bool(at) :]]
    assert " ".join(" ".join(shown).split()) == " ".join(LONG.split())
    assert texts(last) == ["Short."]


@pytest.mark.parametrize("case", ["every-kind", "right-to-left"])
def test_no_line_stands_on_another_nor_leaves_the_page(case):
    made = paged(noted(LONG, case), case=case)
    margin = points(planned(case).theme.handout.numbers["margin"])
    for sheet in made.sheets:
        *notes, title, number = sheet.notes
        rows = [(line.top, line.top + points(note.role.sizes[0] * note.role.leading))
                for note in notes for line in note.lines]  # fmt: skip
        assert all(below >= bottom for (_, bottom), (below, _) in pairwise(rows))
        assert rows[0][0] >= (sheet.place.bottom if sheet.place else margin)
        assert rows[-1][1] <= title.lines[0].top == number.lines[0].top


@pytest.mark.parametrize(("case", "near", "far"), [("every-kind", "l", "r"), ("right-to-left", "r", "l")])
def test_notes_begin_at_the_side_where_the_language_begins(case, near, far):
    (sheet,) = paged(noted("Short.", case), case=case).sheets
    edges = {"l": sheet.place.x, "r": sheet.place.right}
    *notes, number = sheet.notes
    assert {(note.x, note.align) for note in notes} == {(edges[near], near)}
    assert (number.x, number.align) == (edges[far], far)
    assert number.lines[0].text == str(sheet.frame.number)


def test_the_planned_minutes_have_a_look_of_their_own():
    looks = [note.role.name for note in paged(noted("0:00 to 1:00\nWhat is said."), timed=True).sheets[0].notes]
    assert looks == ["handout-time", "handout-notes", "handout-footer", "handout-footer"]
    looks = [note.role.name for note in paged(noted("What is said.")).sheets[0].notes]
    assert looks == ["handout-notes", "handout-footer", "handout-footer"]
