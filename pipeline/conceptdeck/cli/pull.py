"""`conceptdeck pull`: edits made in a deck come home into its map or its catalog."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from conceptdeck.cli.completion import complete_map
from conceptdeck.cli.diff import lines_of
from conceptdeck.cli.report import KEPT, failures_reported, plural

if TYPE_CHECKING:
    from conceptdeck.building.pulling import Pulled

__all__ = ["command", "report"]


@click.command("pull")
@click.argument("deck", metavar="DECK", type=click.Path(path_type=Path, exists=True, dir_okay=False))
@click.argument("map_name", metavar="[MAP]", required=False, shell_complete=complete_map)
@click.option("--ours", "prefer", flag_value="ours", help="Where both were changed, keep what the map or catalog says.")
@click.option("--theirs", "prefer", flag_value="theirs", help="Where both were changed, take what the deck says.")
@click.option("--ask", is_flag=True, help="Where both were changed, show all texts and ask which one is taken.")
@click.option("--take-slides", "slides", is_flag=True, help="Take new slides as slides of the map's own.")
@click.option("--take-order", "order", is_flag=True, help="Take the order of the slides as a story of the map's own.")
@click.option("--comments", is_flag=True, help="Write comments beside the texts that they are about.")
def command(deck: Path, map_name: str | None, prefer: str | None, ask: bool, **more: bool) -> None:
    """Take the texts that somebody has changed in DECK into its map, or into the catalog of its language.

    Only these texts change in the file: comments, quotes and line ends stay. What was changed there too since the deck
    was built is written beside it, with the ending `.rej`, and not taken, unless you choose. What cannot come home is
    told item by item.

    Exit code: 0 all texts came home, 1 errors, 2 wrong use, 3 some texts were changed on both sides.

    \b
    Examples:
      conceptdeck pull output/world-models/en/world-models.en.pptx
      conceptdeck pull reviewed.pptx world-models --theirs
    """  # noqa: D301 - click reads the backspace as a mark
    from conceptdeck.building.pulling import Wanted, pull
    from conceptdeck.building.revising import map_named

    with failures_reported():
        map_file = map_named(deck, map_name)
        chosen = _choices(deck, map_file) if ask else {}
        found = pull(deck, map_file, Wanted(prefer or "", **more, chosen=chosen))
    report(found)


def _choices(deck: Path, map_file: Path) -> dict[str, str]:
    """Return, by key, what somebody chooses of each text that was changed on both sides; nothing of what is left."""
    from conceptdeck.building.pulling import planned

    chosen: dict[str, str] = {}
    for conflict in planned(deck, map_file).merge.conflicts:
        names = ["deck"] if conflict.theirs else [f"deck{number}" for number, _ in enumerate(conflict.wishes, start=1)]
        found = {"here": conflict.now} | dict(zip(names, (each.value for each in conflict.wishes), strict=True))
        click.echo(f"{conflict.key}: changed on both sides")
        for name, text in {"built": conflict.built, **found}.items():
            click.echo(f"  {name + ':':7} {text}")
        answer = click.prompt("take", type=click.Choice([*found, "later"]), default="later")
        chosen |= {conflict.key: found[answer]} if answer in found else {}
    return chosen


def report(found: Pulled) -> None:
    """Say what came of the edits in a deck; the run ends with an exit code of its own if some are in conflict."""
    from conceptdeck.workspace import disk

    if found.is_nothing:
        click.echo("nothing was changed since the deck was built")
        return
    for each in found.conflicts:
        click.echo(f"{each.key}: changed on both sides", err=True)
        for name, text in (("built", each.built), ("here", each.now), *(("deck", wish.value) for wish in each.wishes)):
            click.echo(f"  {name + ':':6} {text}", err=True)
    for change in found.left:
        for line in lines_of(change):
            click.echo(line, err=True)
    for wish in found.taken:
        click.echo(f"  {wish.key}")
    for id_ in found.slides.ids:
        click.echo(f"  slides.{id_}")
    if found.order and found.order.text:
        click.echo(f"  the order of slides: story `{found.order.story}` in {disk.shown(found.order.path)}")
    if found.remarks.fresh:
        click.echo(f"  {plural(len(found.remarks.fresh), 'comment')} beside the texts")
    taken, there = len(found.taken) + len(found.slides.ids), len(found.there) + len(found.slides.there)
    counts = f"{taken} taken, {there} there already, {len(found.conflicts)} in conflict"
    click.echo(f"{disk.shown(found.path)}  {counts}, {len(found.left)} left in the deck")
    if found.copy:
        click.echo(f"the next build writes the deck anew; a copy of it as it is: {disk.shown(found.copy)}")
    if found.rejected:
        where = disk.shown(found.rejected)
        click.echo(
            f"{where}  {plural(len(found.conflicts), 'text')} to decide on: --ours, --theirs, or --ask", err=True
        )
        sys.exit(KEPT)
