"""What came of a fleet: a line of JSON for each job as it is done, and a page of what failed, why and where."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import field, fields

from conceptdeck.building.fleet.tasks import BUILT, CURRENT, FAILED, KEPT, Row
from conceptdeck.building.jobs import THEME
from conceptdeck.render.web.fleet import Fleet, Group, Trouble, write_fleet
from conceptdeck.render.web.page import Page
from conceptdeck.values.value import mutable
from conceptdeck.workspace import places
from conceptdeck.workspace.loading import read_theme
from conceptdeck.workspace.scratch import scratch
from conceptdeck.workspace.stores import Store

__all__ = ["LINES", "PAGE", "Summary", "summed_up"]

LINES, PAGE = "fleet.jsonl", "fleet.html"
STATES = (BUILT, CURRENT, KEPT, FAILED)
MOST_SHOWN = 1000  # jobs that the page tells of; the lines have all


@mutable
class Summary:
    """How many jobs came to which end, what they cost, and those that somebody must look at."""

    states: Counter[str] = field(default_factory=Counter)
    maps: int = 0
    cost: float = 0.0
    troubles: list[Row] = field(default_factory=list)
    codes: Counter[str] = field(default_factory=Counter)
    last: str = ""

    def add(self, row: Row) -> None:
        """Count what came of a job; those of one map come one after the other."""
        self.states[row.state] += 1
        self.maps += row.source != self.last
        self.last = row.source
        self.cost += row.cost
        if row.state in (FAILED, KEPT):
            self.codes.update(set(row.codes))
            if len(self.troubles) < MOST_SHOWN:
                self.troubles.append(row)

    @property
    def jobs(self) -> int:
        """Return how many jobs there were."""
        return sum(self.states.values())

    def page(self) -> str:
        """Return the page."""
        groups = tuple(Group(code, count) for code, count in sorted(self.codes.items(), key=lambda each: -each[1]))
        troubles = sorted(map(_trouble, self.troubles), key=lambda each: (each.source, each.what))
        counts = tuple((state, self.states[state]) for state in STATES)
        left = sum(self.states[state] for state in (FAILED, KEPT)) - len(troubles)
        shown = Fleet(self.maps, self.jobs, counts, groups, tuple(troubles), left, LINES)
        return write_fleet(shown, read_theme(THEME), Page(*places.page_assets("fleet", parts=places.REPORT)))


@contextmanager
def summed_up(store: Store) -> Iterator[Callable[[Row], Summary]]:
    """Give what adds a row and writes it down at once; at the end, lines and page are in the store."""
    path, summary = scratch() / LINES, Summary()
    try:
        with path.open("w", encoding="utf-8", newline="\n") as file:

            def add(row: Row) -> Summary:
                file.write(_line(row))
                summary.add(row)
                return summary

            yield add
    finally:
        store.take(LINES, path)
    store.write(PAGE, summary.page().encode())


def _trouble(row: Row) -> Trouble:
    what = " ".join(
        filter(None, (row.kind, f"in {row.locale}" if row.locale else "", f"({row.theme})" * bool(row.theme)))
    )
    return Trouble(row.source, what, row.state, tuple(dict.fromkeys(row.codes)), row.said)


def _line(row: Row) -> str:
    """Return a row as a line of JSON, without what is empty."""
    found = {each.name: getattr(row, each.name) for each in fields(row)}
    said = {name: value for name, value in found.items() if value or name in ("source", "state")}
    said |= {"cost": round(row.cost, 3)} if row.cost else {}
    return json.dumps(said, ensure_ascii=False, sort_keys=True, default=dict) + "\n"
