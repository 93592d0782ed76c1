"""`conceptdeck icons`: the icons that a map can name as signs, by word."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from conceptdeck.cli.completion import complete_icon
from conceptdeck.cli.report import failures_reported

if TYPE_CHECKING:
    from conceptdeck.reading.icons import IconSet

__all__ = ["command"]

FORMATS = ("list", "svg")


@click.command("icons")
@click.argument("words", metavar="[WORD]...", nargs=-1, shell_complete=complete_icon)
@click.option(
    "--format", "form", type=click.Choice(FORMATS), default="list", show_default=True, help="A list, or a sheet."
)
def command(words: tuple[str, ...], form: str) -> None:
    """List the icons that WORD finds, by their names and by what they are about; all icons without a word.

    A map names one as the sign of a concept, a layer, a step, a group or a system: `icon: globe`. With `--format svg`
    they are drawn on a sheet, each above its name, for a browser. Several words find what any of them finds.

    \b
    Examples:
      conceptdeck icons world
      conceptdeck icons brain robot
      conceptdeck icons travel --format svg > icons.svg
    """  # noqa: D301 - click reads the backspace as a mark
    from conceptdeck.reading.icons import IconSet, Shelf
    from conceptdeck.workspace import places

    with failures_reported():
        text = places.icon_set()
        icons = IconSet(text)
        found = list(dict.fromkeys(name for word in words or ("",) for name in _found(icons, word)))
    if form == "list":
        click.echo("".join(f"{name:28} {', '.join(icons.words(name))}".rstrip() + "\n" for name in found), nl=False)
        return
    from conceptdeck.render.vector.sheet import icon_sheet

    shelf = Shelf(lambda: text, lambda _: None)
    click.echo(icon_sheet([(name, drawn) for name in found if (drawn := shelf.drawn(name))]), nl=False)


def _found(icons: IconSet, word: str) -> tuple[str, ...]:
    """Return the names of the icons that a word finds; raises Failure if there is none."""
    from difflib import get_close_matches

    from conceptdeck.reading.rules import UNKNOWN_ICON
    from conceptdeck.values.characters import quoted
    from conceptdeck.values.diagnostics import Failure

    if found := icons.found(word):
        return found
    near = get_close_matches(word.casefold()[:64], [*icons, *icons.every_word()], n=1)
    hints = [f"did you mean {quoted(each)}?" for each in near] or ["try a more general word, in English"]
    raise Failure([UNKNOWN_ICON.at(f"there is no icon for {quoted(word)}", hints=hints)])
