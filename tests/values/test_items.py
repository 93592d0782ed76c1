"""Every kind of item answers every question that is asked of all of them."""

from typing import get_args

import pytest

from conceptdeck.layout.mirror import mirrored_items
from conceptdeck.values import items
from conceptdeck.values.chart import ChartData, ChartKind
from conceptdeck.values.frame import Cell, Chart, Connector, Item, Stroke, Table, TableRow
from conceptdeck.values.units import Box, Length, Point, points
from support.imaged import slide, titled
from support.signed import signs

TEXT = titled().text
ROW = TableRow("row", points(40), (Cell(TEXT),))
BOX = Box(points(10), points(10), points(50), points(40))
NUMBERS = ChartData(
    ChartKind.BAR, BOX, "Place", ("Old", "New"), (), 0.0, 1.0, 0.5, points(9), 18.0, 0, "", Stroke("ink", points(1))
)
ALL = (
    *slide().items,
    *signs()[:1],
    Connector("line", "straight", Point(Length(0), Length(5)), Point(Length(90), Length(5)), ("title", 3), ("title", 1),
              Stroke("ink", points(1))),
    Chart("chart", BOX, NUMBERS, slide().items),
    Table("table", BOX, (("column", points(50)),), (ROW,)),
)  # fmt: skip
QUESTIONS = [items.box_of, items.ends_of, items.is_title, items.link_of, items.click_of, items.said]


def test_there_is_an_item_of_every_kind():
    assert {type(item) for item in ALL} == set(get_args(Item))


@pytest.mark.parametrize("item", ALL, ids=lambda item: item.name)
def test_no_kind_of_item_is_skipped(item):
    for question in QUESTIONS:
        question(item)
    texts = list(items.bodies(item))
    assert list(items.bodies(items.with_bodies(item, lambda body: body))) == texts


@pytest.mark.parametrize("item", ALL, ids=lambda item: item.name)
def test_an_item_moves_with_its_ends_and_takes_its_names_along(item):
    moved = items.moved(item, 100, 200, "part/")
    assert items.box_of(moved) == items.box_of(item).moved(100, 200)
    assert moved.name == f"part/{item.name}"
    assert items.ends_of(moved) == tuple(f"part/{name}" for name in items.ends_of(item))


@pytest.mark.parametrize("item", ALL, ids=lambda item: item.name)
def test_an_item_mirrored_twice_is_as_it_was(item):
    width = points(960)
    (once,) = mirrored_items((item,), width)
    assert items.box_of(once) == items.box_of(item).mirrored(width)
    (twice,) = mirrored_items((once,), width)
    assert twice == item


def test_a_thing_that_is_no_item_is_refused():
    with pytest.raises(AssertionError):
        items.box_of("a text")  # type: ignore[arg-type]
