"""Sources: two to a line, one alone in the middle of the slide, each title leading to its address."""

from __future__ import annotations

import pytest

from conceptdeck.building.deck import DeckJob, plan_deck
from conceptdeck.values.frame import Shape
from support.decks import write_map


def shapes(tmp_path, count: int) -> list[dict[str, Shape]]:
    """Return the shapes of each slide of so many sources, by their text or their name."""
    items = {
        f"s{n}": {
            "title": f"Book {n}",
            "by": f"Gardener {n}",
            "gives": f"Chapter {n}",
            "link": f"https://example.org/{n}",
        }
        for n in range(count)
    }
    tree = {"title": "Garden", "core-sentence": "Gardens grow.", "sources": {"title": "Books", "items": items}}
    plan = plan_deck(DeckJob(write_map(tmp_path / "garden", tree)))
    frames = [frame for frame in plan.frames if frame.slide == "sources"]
    return [
        {item.text.text if item.text else item.name: item for item in frame.items if isinstance(item, Shape)}
        for frame in frames
    ]


def test_two_sources_stand_side_by_side_on_one_line(tmp_path):
    [found] = shapes(tmp_path, 2)
    one, other = found["Book 0"].box, found["Book 1"].box
    assert one.y == other.y
    assert one.right < other.x
    assert one.y < found["Gardener 0"].box.y < found["Chapter 0"].box.y


@pytest.mark.parametrize("count", [1, 2])
def test_few_sources_stand_in_the_middle_of_the_slide(tmp_path, count):
    [found] = shapes(tmp_path, count)
    top, bottom = found["sources.s0.rule"].box.y, found["Chapter 0"].box.bottom
    assert (top + bottom) / 2 == pytest.approx(4.325 * 914400, abs=0.05 * 914400)


def test_one_source_is_wider_than_a_column(tmp_path):
    [one], [two] = shapes(tmp_path / "one", 1), shapes(tmp_path / "two", 2)
    assert one["Book 0"].box.w > two["Book 0"].box.w


def test_titles_lead_to_addresses_and_nothing_else_does(tmp_path):
    [found] = shapes(tmp_path, 3)
    addresses = {
        text: item.text.paragraphs[0].runs[0].href for text, item in found.items() if item.text and text[-1].isdigit()
    }
    assert addresses["Book 2"] == "https://example.org/2"
    assert {text for text, address in addresses.items() if address} == {"Book 0", "Book 1", "Book 2"}


def test_many_sources_go_on_and_none_is_lost(tmp_path):
    slides = shapes(tmp_path, 20)
    assert len(slides) == 4
    assert {f"Chapter {n}" for n in range(20)} <= {text for found in slides for text in found}
