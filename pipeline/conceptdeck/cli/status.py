"""`conceptdeck status`: what of the output is out of date, and why."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from conceptdeck.cli import options
from conceptdeck.cli.report import failures_reported, plural

if TYPE_CHECKING:
    from conceptdeck.building.records import Record

__all__ = ["command"]


@click.command("status")
@options.out()
@click.option("--strict", is_flag=True, help="End with exit code 1 if anything is out of date.")
def command(out: Path, strict: bool) -> None:
    """Tell what of the output is out of date, and why: which input, option or output has changed since.

    What was built from a map or a catalog that is gone is left over, if it is still there, and else forgotten. Of decks
    it tells how many minutes their stories plan.

    \b
    Examples:
      conceptdeck status
      conceptdeck status --out ~/decks --strict
    """  # noqa: D301 - click reads the backspace as a mark
    from conceptdeck.building import records

    with failures_reported():
        there = [(record, records.gone(record, out)) for record in records.all_records(out)]
        found = [(record, records.out_of_date(record, out)) for record, gone in there if not gone]
    for record, gone in there:
        for name in sorted(record.outputs) if gone else ():
            if (out / name).exists():
                click.echo(f"left over    {out / name}: what it was built from is gone")
    for record, reasons in found:
        click.echo(f"{'out of date' if reasons else 'up to date '}  {_name(record, out)}")
        for reason in reasons:
            click.echo(f"             {reason}")
    stale = sum(bool(reasons) for _, reasons in found)
    click.echo(f"{plural(len(found), 'thing')} built, {stale} out of date" if found else "nothing was built here yet")
    if stale and strict:
        sys.exit(1)


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
