"""`conceptdeck status`: what of the output is out of date, and why."""

from __future__ import annotations

import json
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from conceptdeck.cli import options
from conceptdeck.cli.report import failures_reported, plural
from conceptdeck.values.value import frozen

if TYPE_CHECKING:
    from conceptdeck.building.records import Record

__all__ = ["command"]


@frozen
class _Standing:
    """How what was built stands: the reasons why it is out of date by record, and the files that are left over."""

    reasons: Mapping[int, Sequence[str]]
    records: Sequence[Record]
    left_over: Sequence[str]

    @property
    def stale(self) -> int:
        """How many things are out of date."""
        return sum(map(bool, self.reasons.values()))


@click.command("status")
@options.out()
@click.option("--strict", is_flag=True, help="End with exit code 1 if anything is out of date.")
@click.option("--verbose", "-v", is_flag=True, help="Name what is up to date too, all reasons, and what is left over.")
@click.option("--json", "as_json", is_flag=True, help="Print all of it as one JSON value.")
def command(out: Path, strict: bool, verbose: bool, as_json: bool) -> None:
    """Tell what of the output is out of date, and why: which input, option or output has changed since.

    What was built from a map or a catalog that is gone is left over, if it is still there, and else forgotten. With -v
    it names all that was built, and tells how many minutes the stories of decks plan.

    \b
    Examples:
      conceptdeck status
      conceptdeck status -v
      conceptdeck status --out ~/decks --strict
      conceptdeck status --json
    """  # noqa: D301 - click reads the backspace as a mark
    with failures_reported():
        found = _standing(out)
    if as_json:
        click.echo(json.dumps(_plain(found, out), ensure_ascii=False, indent=2))
    else:
        for line in _as_text(found, out, verbose=verbose):
            click.echo(line)
    if found.stale and strict:
        sys.exit(1)


def _standing(out: Path) -> _Standing:
    """Return how the things in an output folder stand."""
    from conceptdeck.building import records

    there = [(record, records.gone(record, out)) for record in records.all_records(out)]
    seen: dict[Path, str | None] = {}
    left = [name for record, gone in there if gone for name in sorted(record.outputs) if (out / name).exists()]
    current = [record for record, gone in there if not gone]
    reasons = {index: records.out_of_date(record, out, seen) for index, record in enumerate(current)}
    return _Standing(reasons, current, [str(out / name) for name in left])


def _as_text(found: _Standing, out: Path, *, verbose: bool) -> list[str]:
    lines = []
    if verbose:
        lines += [f"left over    {name}: what it was built from is gone" for name in found.left_over]
    for index, record in enumerate(found.records):
        reasons = found.reasons[index]
        if reasons or verbose:
            lines.append(f"{'out of date' if reasons else 'up to date '}  {_name(record, out)}")
        lines += [f"             {reason}" for reason in (reasons if verbose else _first(reasons))]
    if not found.records:
        return [*lines, *_left(found, verbose), "nothing was built here yet"]
    return [*lines, *_left(found, verbose), f"{plural(len(found.records), 'thing')} built, {found.stale} out of date"]


def _first(reasons: Sequence[str]) -> list[str]:
    """Return the first of several reasons, and how many more there are."""
    more = f", and {plural(len(reasons) - 1, 'more reason')}: -v tells" if len(reasons) > 1 else ""
    return [f"{reason}{more}" for reason in reasons[:1]]


def _left(found: _Standing, verbose: bool) -> list[str]:
    """Return the line on what is left over."""
    count = len(found.left_over)
    return (
        [f"{plural(count, 'file')} left over from maps that are gone: -v names them"] if count and not verbose else []
    )


def _name(record: Record, out: Path) -> str:
    """Return what a record is about: its first output, how many more there are, its theme, and how long its talk takes.

    Of a talk its story is named.
    """
    names = sorted(record.outputs)
    first = str(out / names[0]) if names else str(record.job.get("map", ""))
    told = [f"{first} and {plural(len(names) - 1, 'more file')}" if len(names) > 1 else first]
    if "theme" in record.job:
        told.append(f"theme {record.job['theme']}")
    if record.minutes:
        told.append(f"story {record.job.get('story', '')}, {record.minutes:g} minutes")
    return ", ".join(told)


def _plain(found: _Standing, out: Path) -> dict[str, Any]:
    """Return all of it as JSON has it."""
    from conceptdeck.building.records import map_of
    from conceptdeck.cli.outcomes import UP_TO_DATE, facts_of

    things = [
        {
            "state": "out_of_date" if found.reasons[index] else UP_TO_DATE,
            **facts_of(record.job, map_of(record, out)),
            "minutes": record.minutes or None,
            "files": [str(out / name) for name in sorted(record.outputs)],
            "reasons": list(found.reasons[index]),
        }
        for index, record in enumerate(found.records)
    ]
    return {"things": things, "left_over": list(found.left_over), "out_of_date": found.stale}
