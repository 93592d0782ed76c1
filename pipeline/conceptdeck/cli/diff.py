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
@click.argument("other", metavar="[MAP|DECK]", required=False, shell_complete=complete_map)
@click.option("--json", "as_json", is_flag=True, help="Print all as JSON.")
@click.option(
    "--html",
    metavar="FILE",
    type=click.Path(path_type=Path, dir_okay=False),
    help="Write a page with old and new texts side by side.",
)
def command(deck: Path, other: str | None, as_json: bool, html: Path | None) -> None:
    """Tell what was changed in DECK since it was built: texts by key and slide, and all else item by item.

    The deck remembers how it was built; only if a program has dropped that, its map is needed. With a second deck, tell
    what differs in that one from the first.

    \b
    Examples:
      conceptdeck diff output/world-models/en/world-models.en.pptx
      conceptdeck diff reviewed.pptx world-models --json
      conceptdeck diff sent.pptx reviewed.pptx --html changes.html
    """  # noqa: D301 - click reads the backspace as a mark
    from conceptdeck.building.revising import compared, revised
    from conceptdeck.workspace import disk, places

    second = Path(other) if other and other.lower().endswith(ENDING) else None
    with failures_reported():
        map_file = places.find_map(other) if other and not second else None
        found = compared(second, deck) if second else revised(deck, map_file)
        if html:
            from conceptdeck.building.changes_page import save_changes

            save_changes(found, html, deck if second else None)
    if as_json:
        click.echo(json.dumps(_plain(found), ensure_ascii=False, indent=2))
        return
    home = {id(change): wish.key for wish in found.edits.wishes for change in wish.changes}
    for change in () if html else found.changes:
        for line in lines_of(change):
            click.echo(line)
    keys = list(dict.fromkeys(home.values()))
    told = plural(len(found.changes), "change")
    told += "" if second else f", {plural(len(keys), 'text')} for the map or its catalog"
    nothing = "the two decks say and show the same" if second else "nothing was changed since it was built"
    click.echo(told if found.changes else nothing)
    if html:
        click.echo(disk.shown(html))
    if keys:
        click.echo(f"take them home with: conceptdeck pull {deck}")


ENDING = (".pptx", ".pptm", ".potx")


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
