"""Tables too wide or too high for a slide: columns and rows go on, and nothing of them is lost."""

from __future__ import annotations

from conceptdeck.building.deck import DeckJob, plan_deck
from conceptdeck.values.frame import Table
from support.decks import write_map

SENTENCE = "Nobody can say in advance how long a kettle takes, but a watched one takes longer than any other. "


def tables(tmp_path, table, **more):
    tree = {"title": "Kettles", "core-sentence": "Water boils.", **more, "tables": {"t": {"title": "Times", **table}}}
    plan = plan_deck(DeckJob(write_map(tmp_path / "kettles", tree)))
    assert [str(each) for each in plan.problems if each.severity.value == "error"] == []
    frames = [frame for frame in plan.frames if frame.slide == "tables.t"]
    return [item for frame in frames for item in frame.items if isinstance(item, Table)]


def said(table):
    return [[cell.body.text for cell in row.cells] for row in table.rows]


def test_a_table_of_many_columns_goes_on_with_its_first_column(tmp_path):
    columns = {f"c{n}": f"Measure {n}" for n in range(25)}
    rows = {f"r{m}": {f"c{n}": f"{n * m}.5 %" if n else f"Kettle {m}" for n in range(25)} for m in range(3)}
    found = tables(tmp_path, {"columns": columns, "rows": rows})
    assert len(found) > 1
    assert all(said(table)[1][0] == "Kettle 0" for table in found)
    heads = [head for table in found for head in said(table)[0][1:]]
    assert heads == [f"Measure {n}" for n in range(1, 25)]
    widths = [len(table.columns) for table in found]
    assert max(widths) - min(widths) <= 1


def test_a_row_higher_than_a_slide_goes_on_at_ends_of_sentences(tmp_path):
    rows = {
        "blue": {"name": "Blue", "story": "Short."},
        "red": {"name": "Red", "story": (SENTENCE * 40).strip()},
        "last": {"name": "Last", "story": "Short."},
    }
    found = tables(tmp_path, {"columns": {"name": "Kettle", "story": "Story"}, "rows": rows})
    red = [row[1] for table in found for row in said(table) if row[0] == "Red"]
    assert len(red) > 1
    assert all(each.endswith("other.") for each in red)
    assert " ".join(red) == (SENTENCE * 40).strip()
    keys = [row.key for table in found for row in table.rows[1:]]
    assert len({*keys}) == len(keys)


def test_a_cell_with_many_systems_goes_on_between_names(tmp_path):
    names = [f"Kettle number {n}" for n in range(150)]
    systems = {f"s{n}": {"name": name} for n, name in enumerate(names)}
    columns = {"a": "Kind", "b": "Kettles", "c": "Made", "d": "Sold"}
    row = {"a": "Many", "b": [*systems], "c": "here", "d": "there"}
    found = tables(tmp_path, {"columns": columns, "rows": {"r": row}}, systems=systems)
    cells = [row[1] for table in found for row in said(table)[1:]]
    assert len(cells) > 1
    assert [name for cell in cells for name in cell.rstrip(", ").split(", ")] == names
    assert [row[2] for table in found for row in said(table)[1:]] == ["here", *[""] * (len(cells) - 1)]


def test_a_table_that_fits_stands_on_one_slide(tmp_path):
    columns = {f"c{n}": f"C{n}" for n in range(15)}
    rows = {f"r{m}": {f"c{n}": str(n * m) for n in range(15)} for m in range(6)}
    assert len(tables(tmp_path, {"columns": columns, "rows": rows})) == 1
