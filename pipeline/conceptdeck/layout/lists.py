"""Lists that are longer than their room: as many of their items as fit, then how many more there are."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from conceptdeck.layout.desk import Desk
from conceptdeck.values.remarks import Way
from conceptdeck.values.terms import Term
from conceptdeck.values.text import Text

__all__ = ["cut", "shortened"]

LEAST_LEFT = 2  # one more is as long as its name


def cut(desk: Desk, items: Sequence[Text], count: int, key: str) -> list[Text]:
    """Return the first `count` items of the list called `key`, then how many more there are."""
    rest = len(items) - count
    return [*items[:count], Text(desk.words.counted(Term.AND_MORE, rest), f"{key}.more")] if rest else [*items]


def shortened(desk: Desk, items: Sequence[Text], told: Text, fits: Callable[[Sequence[Text]], bool]) -> list[Text]:
    """Return items that fit, the last of them how many more there are if not all do; then the notes say what is `told`.

    At least two are left out, and one stays.
    """
    if len(items) <= LEAST_LEFT or fits(items):
        return [*items]
    low, high = 1, len(items) - LEAST_LEFT
    while low < high:
        middle = (low + high + 1) // 2
        low, high = (middle, high) if fits(cut(desk, items, middle, told.key)) else (low, middle - 1)
    desk.remark(Way.SHORTENED, told.key)
    desk.left.append(told)
    return cut(desk, items, low, told.key)
