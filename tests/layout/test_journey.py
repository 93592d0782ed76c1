"""A table that leads to a row: names in large letters, an arrow, and in bold ones what they become."""

from __future__ import annotations

import pytest

from conceptdeck.building.deck import DeckJob, plan_deck
from conceptdeck.values.frame import Frame, Table
from conceptdeck.values.story import Density
from support.decks import write_map


def table(rows: int = 4, columns: int = 4, *, leads: bool = True, cell: str = "Grows in row {n}") -> dict:
    """Return a map with a table, which leads to its first row if it `leads`."""
    items = {
        f"r{n}": {f"c{m}": f"Plant {n}" if m == 0 else f"{cell.format(n=n)} {chr(97 + m)}" for m in range(columns)}
        for n in range(rows)
    }
    heads = {f"c{m}": f"Column {chr(65 + m)}" for m in range(columns)}
    highlight = {"highlight": "r0"} if leads else {}
    return {
        "title": "Garden",
        "core-sentence": "Gardens grow.",
        "tables": {"t": {"title": "What becomes of plants", "columns": heads, "rows": items, **highlight}},
    }


def frames(tmp_path, tree: dict, locale: str = "en", density: Density = Density.READ) -> list[Frame]:
    path = write_map(tmp_path / "garden", tree | {"language": locale})
    (path.parent / "stories.yaml").write_text("full: {slides: [cover: 1, tables: 1]}\n", encoding="utf-8")
    plan = plan_deck(DeckJob(path, density=density))
    assert [str(each) for each in plan.problems if each.severity.value == "error"] == []
    return [frame for frame in plan.frames if frame.slide == "tables.t"]


def shown(frame: Frame) -> list[list[str]]:
    """Return the texts of a slide's table, row by row."""
    (found,) = (item for item in frame.items if isinstance(item, Table))
    return [[cell.body.text for cell in row.cells] for row in found.rows]


def sizes(frame: Frame) -> list[float]:
    (found,) = (item for item in frame.items if isinstance(item, Table))
    return [cell.body.paragraphs[0].runs[0].size for cell in found.rows[1].cells]


def test_each_row_leads_by_an_arrow_to_its_last_cell_and_the_table_to_its_row(tmp_path):
    [frame] = frames(tmp_path, table())
    rows = shown(frame)
    assert [row[-2] for row in rows] == ["", "→", "→", "→", "→"]
    assert [row[0] for row in rows] == ["Column A", "Plant 1", "Plant 2", "Plant 3", "Plant 0"]
    name, middle, _, arrow, end = sizes(frame)
    assert name > end > middle
    assert arrow > middle


def test_the_arrow_points_to_where_reading_goes(tmp_path):
    [frame] = frames(tmp_path, table(), "ar")
    assert {row[-2] for row in shown(frame)[1:]} == {"←"}


@pytest.mark.parametrize("tree", [table(leads=False), table(columns=6), table(rows=12), table(cell="{n}")])
def test_a_table_that_leads_nowhere_or_is_large_is_drawn_as_it_is(tmp_path, tree):
    assert all("→" not in row for frame in frames(tmp_path, tree) for row in shown(frame))


def test_columns_without_room_are_told_in_the_notes(tmp_path):
    long = (
        "Grows in row {n} of a bed that was dug long ago by people whom nobody remembers, and is watered every evening"
    )
    [frame] = frames(tmp_path, table(rows=6, cell=long))
    kept = shown(frame)[0]
    assert kept[0] == "Column A"
    assert kept[-1] == "Column D"
    assert len(kept) < 5
    assert all(f"{long.format(n=n)} c" in frame.notes for n in range(6))


def test_a_talk_shows_one_column_between_and_tells_the_others(tmp_path):
    [frame] = frames(tmp_path, table(), density=Density.TALK)
    assert shown(frame)[0] == ["Column A", "Column B", "", "Column D"]
    assert "Grows in row 2 c" in frame.notes
