"""`conceptdeck diff`: what somebody has changed in a deck since it was built."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from conceptdeck.cli.completion import complete_map
from conceptdeck.cli.report import failures_reported, plural

if TYPE_CHECKING:
    from conceptdeck.building.revising import Revised
    from conceptdeck.revision.comparison import Change

__all__ = ["command", "lines_of"]


@click.command("diff")
@click.argument("deck", metavar="DECK", type=click.Path(path_type=Path, exists=True, dir_okay=False))
@click.argument("map_name", metavar="[MAP]", required=False, shell_complete=complete_map)
@click.option("--json", "as_json", is_flag=True, help="Print all as JSON.")
def command(deck: Path, map_name: str | None, as_json: bool) -> None:
    """Tell what was changed in DECK since it was built: texts by key and slide, and all else item by item.

    The deck remembers how it was built; only if a program has dropped that, its map is needed.

    \b
    Examples:
      conceptdeck diff output/world-models/en/world-models.en.pptx
      conceptdeck diff reviewed.pptx world-models --json
    """  # noqa: D301 - click reads the backspace as a mark
    from conceptdeck.building.revising import revised
    from conceptdeck.workspace import places

    with failures_reported():
        found = revised(deck, places.find_map(map_name) if map_name else None)
    if as_json:
        click.echo(json.dumps(_plain(found), ensure_ascii=False, indent=2))
        return
    home = {id(change): wish.key for wish in found.edits.wishes for change in wish.changes}
    for change in found.changes:
        for line in lines_of(change):
            click.echo(line)
    keys = list(dict.fromkeys(home.values()))
    told = f"{plural(len(found.changes), 'change')}, {plural(len(keys), 'text')} for the map or its catalog"
    click.echo(told if found.changes else "nothing was changed since it was built")
    if keys:
        click.echo(f"take them home with: conceptdeck pull {deck}")


def lines_of(change: Change) -> Iterator[str]:
    """Yield what is told of a change: where it is, the old and the new text, and why it stays, if it does."""
    where = " ".join(filter(None, (f"slide {change.slide}", f"({change.key})" if change.key else "", change.shape)))
    from conceptdeck.revision.comparison import EMPHASIS
    from conceptdeck.revision.looks import told_marks

    who = ", ".join(filter(None, (change.author, change.date)))
    yield f"{where}: {change.kind}{f' by {_seen(who)}' if who else ''}"
    for sign, text in (("-", "" if change.kind == EMPHASIS else change.old), ("+", change.new)):
        for line in text.replace("\v", "\n").split("\n") if text else ():
            yield f"  {sign} {_seen(line)}"
    for line in told_marks(change.new, change.marks):
        yield f"  {_seen(line)}"
    if change.why:
        yield f"  stays in the deck: {change.why}"


def _seen(text: str) -> str:
    from conceptdeck.values.characters import visible

    return visible(text)


def _plain(found: Revised) -> dict[str, Any]:
    from conceptdeck.revision.comparison import COMMENT

    origin = found.memory.origin
    left = {(each.kind, each.slide, each.shape, each.old, each.new): each.why for each in found.edits.left}
    wanted = [(change, wish) for wish in found.edits.wishes for change in wish.changes]
    return {
        "deck": str(found.path),
        "map": origin.map_id,
        "language": origin.language,
        "changes": [
            {
                "kind": each.kind,
                "slide": each.slide,
                "slide_key": each.key,
                "shape": each.shape,
                "keys": list(each.keys),
                "old": each.old,
                "new": each.new,
                **({"author": each.author, "date": each.date} if each.kind == COMMENT else {}),
                "wants": {wish.key: wish.value for change, wish in wanted if change == each},
                "why": left.get((each.kind, each.slide, each.shape, each.old, each.new), each.why),
            }
            for each in found.changes
        ],
    }
