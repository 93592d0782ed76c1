"""`conceptdeck icons`: the icons that a map can name as signs, by word."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

import click

from conceptdeck.cli.completion import complete_icon
from conceptdeck.cli.report import failures_reported

if TYPE_CHECKING:
    from conceptdeck.reading.icons import IconSet
    from conceptdeck.values.icons import Drawn

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
    they are drawn on a sheet, each above its name, for a browser. Several words find what any of them finds. Own icons
    are SVG files in `themes/icons`, called by their names.

    \b
    Examples:
      conceptdeck icons world
      conceptdeck icons brain robot
      conceptdeck icons travel --format svg > icons.svg
    """  # noqa: D301 - click reads the backspace as a mark
    from conceptdeck.reading.icons import IconSet
    from conceptdeck.workspace import disk, places

    own = places.house().icons()
    with failures_reported():
        text = places.icon_set()
        icons = IconSet(text)
        found = list(dict.fromkeys(name for word in words or ("",) for name in _found(icons, word, own)))
    if form == "list":
        about = {name: disk.shown(own[name]) if name in own else ", ".join(icons.words(name)) for name in found}
        click.echo("".join(f"{name:28} {words}".rstrip() + "\n" for name, words in about.items()), nl=False)
        return
    from conceptdeck.render.vector.sheet import icon_sheet

    with failures_reported():
        drawn = [(name, _drawn(name, icons, own)) for name in found]
    click.echo(icon_sheet([(name, shown) for name, shown in drawn if shown]), nl=False)


def _drawn(name: str, icons: IconSet, own: Mapping[str, Path]) -> Drawn | None:
    """Return what an icon shows; raises Failure if an own file is none."""
    if name not in own:
        return icons.drawn(name)
    from conceptdeck.reading.rules import BAD_ICON
    from conceptdeck.reading.svg import NotAnIcon, read_svg
    from conceptdeck.values.diagnostics import Failure, Span
    from conceptdeck.workspace import disk

    try:
        return read_svg(disk.read_bytes(own[name]))
    except NotAnIcon as error:
        place = Span(disk.shown(own[name]), error.line, error.column)
        raise Failure([BAD_ICON.at(f"the icon {error.what}", place, hints=[error.hint])]) from None


def _found(icons: IconSet, word: str, own: Collection[str]) -> tuple[str, ...]:
    """Return the names of the icons that a word finds, own ones first; raises Failure if there is none."""
    from difflib import get_close_matches

    from conceptdeck.reading.rules import UNKNOWN_ICON
    from conceptdeck.values.characters import quoted
    from conceptdeck.values.diagnostics import Failure

    if found := (*(name for name in own if word.casefold() in name.casefold()), *icons.found(word)):
        return found
    near = get_close_matches(word.casefold()[:64], [*own, *icons, *icons.every_word()], n=1)
    hints = [f"did you mean {quoted(each)}?" for each in near] or ["try a more general word, in English"]
    raise Failure([UNKNOWN_ICON.at(f"there is no icon for {quoted(word)}", hints=hints)])
