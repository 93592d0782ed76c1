"""Slides are filled by need: a long text touches its own slide, and the slides of a part share sizes where all can."""

from __future__ import annotations

import pytest

from conceptdeck.building.deck import DeckJob, plan_deck
from conceptdeck.layout.desk import Desk
from conceptdeck.layout.pages import paginate
from conceptdeck.typeset.lines import Typesetter
from conceptdeck.values.frame import Shape
from conceptdeck.values.remarks import Way
from conceptdeck.values.text import Text
from conceptdeck.values.units import Box, Length, inches
from conceptdeck.workspace.loading import font_book, read_theme
from support.decks import write_map

LONG = "Nobody can say in advance how long a kettle takes, but a watched one takes longer than any other. " * 6


@pytest.fixture(scope="module")
def desk():
    theme = read_theme("atlas")
    return Desk(theme, Typesetter(font_book(theme)), "en")


def pages(desk, heights, limit=9, most=0):
    """Return the things of each slide where a slide is 10 high, and things are as high as their number says."""
    title = Text("Title", "title")

    def draft(trial, some, _):
        if sum(some) > 10:
            trial.report(Text("too high", "thing"))
        return [Shape(str(each), "rect", Box(Length(0), Length(0), Length(0), Length(0))) for each in some]

    trial = desk.fresh()
    found = [[int(item.name) for item in page] for page in paginate(trial, title, heights, limit, draft, most)]
    assert [each for page in found for each in page] == list(heights)
    return found, trial.problems


def test_what_fits_one_slide_stands_on_one(desk):
    assert pages(desk, [1] * 9) == ([[1] * 9], [])


def test_slides_hold_about_the_same_where_that_fits(desk):
    found, _ = pages(desk, [1] * 20)
    assert [len(page) for page in found] == [7, 7, 6]


def test_a_long_thing_takes_room_on_its_own_slide_only(desk):
    found, problems = pages(desk, [*[1] * 8, 9, *[1] * 8], limit=8)
    assert [len(page) for page in found] == [8, 2, 7]
    assert problems == []


def test_only_the_thing_that_is_too_high_alone_is_a_problem(desk):
    found, problems = pages(desk, [1, 1, 11, 1, 1])
    assert found == [[1, 1], [11], [1, 1]]
    assert [str(each.place) for each in problems] == ["`thing`"]


def test_no_slide_holds_a_single_rest_where_the_one_before_can_give(desk):
    found, _ = pages(desk, [2] * 6, limit=5)
    assert [len(page) for page in found] == [3, 3]
    found, _ = pages(desk, [1, 1, 1, 1, 1, 5, 4, 2], limit=8)
    assert [len(page) for page in found] == [6, 2]


def test_a_title_that_is_too_long_does_not_scatter_what_stands_below_it(desk):
    title = Text("Title", "title")

    def draft(trial, some, shown):
        trial.report(shown)
        return []

    trial = desk.fresh()
    assert len(paginate(trial, title, range(6), 6, draft)) == 1
    assert len(trial.problems) == 1


def test_more_than_usual_stand_on_a_slide_if_texts_keep_nearly_their_size(desk):
    role = desk.theme.roles["aim-text"]

    def sizes(width):
        drawn = []

        def draft(trial, some, _):
            text = Text("A text of several words that wraps where it must", "text")
            setting = trial.fit(text, trial.theme.roles["aim-text"], Box(*[inches(0)] * 2, width, inches(0.8)))
            drawn.append(trial.paragraph(text, setting, role))
            return []

        count = len(paginate(desk.fresh(), Text("Title", "title"), range(12), 9, draft, 12))
        return count, min(each.runs[0].size for each in drawn[-count:])

    assert sizes(inches(4)) == (1, role.sizes[0])
    count, size = sizes(inches(1.6))
    assert count == 2
    assert size < role.sizes[0] * desk.theme.ease


def sizes_by_slide(tmp_path, wants):
    """Return the sizes of aims' texts on each of their slides."""
    tree = {
        "title": "Kettles",
        "core-sentence": "Water boils.",
        "concepts": {f"c{n}": {"name": f"Kettle {n}"} for n in range(len(wants))},
        "aims": {
            "title": "What they want",
            "items": {f"a{n}": {"concept": f"c{n}", "wants": each} for n, each in enumerate(wants)},
        },
    }
    plan = plan_deck(DeckJob(write_map(tmp_path / "kettles", tree)))
    assert [each for each in plan.problems if each.severity.value == "error"] == []
    return [
        {p.runs[0].size for item in frame.items if item.name.endswith(".wants") for p in item.text.paragraphs}
        for frame in plan.frames
        if frame.slide == "aims"
    ]


def test_one_long_text_leaves_the_sizes_of_other_slides_alone(tmp_path):
    short = sizes_by_slide(tmp_path, ["To boil soon."] * 24)
    long = sizes_by_slide(tmp_path, [*["To boil soon."] * 24, LONG[:400]])
    assert len(short) == 3, "eight aims a slide"
    assert short[0] == short[1] == short[2]
    assert max(short[0]) in long[0]
    assert max(max(each) for each in long) > max(long[-1])


def test_slides_of_one_part_share_a_size_where_their_sizes_are_near(tmp_path):
    middle = "To boil a little sooner than others"
    found = sizes_by_slide(tmp_path, [*["To boil."] * 9, *[middle] * 9])
    assert len(found) > 1
    assert all(each == found[0] for each in found), found


def problems_of(tmp_path, tree):
    plan = plan_deck(
        DeckJob(write_map(tmp_path / "kettles", {"title": "Kettles", "core-sentence": "Water boils.", **tree}))
    )
    return plan, [each.code for each in plan.problems if each.severity.value == "error"]


@pytest.mark.parametrize(
    "tree",
    [
        {"conclusion": {"title": LONG[:899]}},
        {"conclusion": {"title": "In short.", "text": LONG[:899]}},
        {"sources": {"title": LONG[:400], "items": {"a": {"title": LONG[:500], "gives": LONG}}}},
        {"steps": {"title": "Steps", "items": {s: {"name": s, "headline": s, "detail": LONG} for s in "ab"}}},
        {"lenses": {"a": {"name": "Kettle", "explains": LONG}, "b": {"name": "Pot", "explains": "Soup"}}},
        {"core-sentence": LONG[:300]},
    ],
    ids=["statement", "text below a statement", "title and source", "steps", "lens", "core sentence"],
)  # fmt: skip
def test_what_has_a_place_to_itself_is_set_smaller_before_it_is_refused(tmp_path, tree):
    plan, errors = problems_of(tmp_path, tree)
    assert errors == []
    sizes = [
        paragraph.runs[0].size
        for frame in plan.frames
        for item in frame.items
        if isinstance(item, Shape) and item.text and len(item.text.text) > 200
        for paragraph in item.text.paragraphs
    ]
    assert min(sizes) >= plan.theme.least


def test_what_is_set_smaller_is_told_in_the_summary_and_leaves_other_slides_alone(tmp_path):
    def steps(detail):
        items = {f"s{n}": {"name": f"S{n}", "headline": f"H{n}", "detail": "Soon."} for n in range(3)}
        items["s3"] = {"name": "S3", "headline": "H3", "detail": detail}
        plan, errors = problems_of(tmp_path / detail[:4], {"steps": {"title": "Steps", "items": items}})
        assert errors == []
        first = next(frame for frame in plan.frames if frame.slide == "steps")
        sizes = [item.text.paragraphs[0].runs[0].size for item in first.items if item.name == "steps.s0.detail"]
        return sizes, {remark.way for remark in plan.remarks}

    usual, ways = steps("Now.")
    beside, more = steps(LONG + LONG[:200])
    assert beside == usual
    assert Way.SMALL in more - ways


def test_what_no_size_holds_is_refused_at_its_own_text(tmp_path):
    plan, errors = problems_of(tmp_path, {"conclusion": {"title": LONG * 12}})
    assert errors == ["text-overflow"]
    assert [str(each.place) for each in plan.problems if each.code == "text-overflow"] == ["`conclusion.title`"]
