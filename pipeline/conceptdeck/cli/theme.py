"""`conceptdeck theme`: which designs there are, what is in them, and how to take one into PowerPoint."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import click

from conceptdeck.cli.completion import complete_theme
from conceptdeck.cli.report import failures_reported, plural

if TYPE_CHECKING:
    from conceptdeck.values.theme import Theme

__all__ = ["command"]

GROUNDS = ("page", "card")
DECK_TYPE = b"application/vnd.openxmlformats-officedocument.presentationml.presentation.main+xml"
TEMPLATE_TYPE = b"application/vnd.openxmlformats-officedocument.presentationml.template.main+xml"
PROPERTIES = "docProps/"
EXTENSION = ".potx"


@click.group("theme")
def command() -> None:
    """List the themes, show what is in one, or export one as a PowerPoint template.

    \b
    Examples:
      conceptdeck theme list
      conceptdeck theme show atlas
      conceptdeck theme export orbit orbit.potx
    """  # noqa: D301 - click reads the backspace as a mark


@command.command("list")
def list_themes() -> None:
    """List the themes by the names that --theme takes, and where those are that are not shipped.

    A theme that cannot be read is listed as broken, and what is wrong with it is told besides, with exit code 1.

    \b
    Examples:
      conceptdeck theme list
    """  # noqa: D301 - click reads the backspace as a mark
    from conceptdeck.values.diagnostics import Failure
    from conceptdeck.workspace import disk, places
    from conceptdeck.workspace.loading import read_theme

    broken: list[str] = []
    around = places.house()
    for key in places.themes(around):
        path = places.theme_path(key, around)
        where = "" if path.parent == around.themes[-1] else f"  {disk.shown(path)}"
        try:
            theme = read_theme(key, around=around)
        except Failure as failure:
            broken.append(key)
            for each in failure.diagnostics:
                click.echo(str(each), err=True)
            click.echo(f"{key:12}{'broken':7}{failure.diagnostics[0].message}{where}")
            continue
        fonts = " and ".join(dict.fromkeys((theme.major, theme.minor)))
        click.echo(f"{theme.key:12}{'dark' if theme.dark else 'light':7}{theme.readable:g}:1 or more  {fonts}{where}")
    if broken:
        click.echo(f"conceptdeck: {plural(len(broken), 'theme')} cannot be used: {', '.join(broken)}", err=True)
        sys.exit(1)


@command.command("show")
@click.argument("name", shell_complete=complete_theme)
def show(name: str) -> None:
    """Show the palette, the fonts and the contrasts of the theme called NAME, or of a theme's file.

    \b
    Examples:
      conceptdeck theme show atlas
      conceptdeck theme show ~/house/acme.yaml
    """  # noqa: D301 - click reads the backspace as a mark
    from conceptdeck.workspace.loading import read_theme

    with failures_reported():
        theme = read_theme(name)
    for line in (*_head(theme), "", *_fonts(theme), "", *_contrasts(theme)):
        click.echo(line)


@command.command("export")
@click.argument("name", shell_complete=complete_theme)
@click.argument("file", metavar="FILE.potx", type=click.Path(path_type=Path, dir_okay=False))
def export(name: str, file: Path) -> None:
    """Write the theme called NAME as a PowerPoint template: its palette, fonts, layouts and guides.

    The same theme gives the same bytes. A template that is there is replaced.

    \b
    Examples:
      conceptdeck theme export atlas atlas.potx
    """  # noqa: D301 - click reads the backspace as a mark
    from conceptdeck.render.powerpoint import package
    from conceptdeck.workspace import disk
    from conceptdeck.workspace.loading import read_theme

    if file.suffix.lower() != EXTENSION:
        raise click.BadParameter(f"a template's name ends in {EXTENSION}", param_hint="FILE.potx")
    with failures_reported():
        theme = read_theme(name)
        disk.write_atomically(file, package.pack(_template(theme)))
    click.echo(f"{disk.shown(file)}  {len(theme.layouts)} layouts, theme {theme.key}")


def _head(theme: Theme) -> Iterator[str]:
    yield f"{theme.name} ({theme.key}), {'dark' if theme.dark else 'light'}"
    yield f"  least contrast of text: {theme.readable:g}:1"


def _fonts(theme: Theme) -> Iterator[str]:
    """Return a line for each font: where it is used and which faces measure it."""
    files = {family.name: family for family in theme.families}
    uses = [("headings", theme.major), ("text", theme.minor), *(("fallback", name) for name in theme.fallbacks)]
    yield "Fonts"
    for use, name in uses:
        family = files[name]
        yield f"  {use:10}{name:18}measured with {family.regular}, {family.bold}"


def _contrasts(theme: Theme) -> Iterator[str]:
    """Return the palette, each colour with its contrast on what it may stand on."""
    from conceptdeck.values.colour import contrast

    grounds = "".join(f"{f'on {ground}':>10}" for ground in GROUNDS)
    yield f"{'Palette':12}{'colour':10}{grounds}{'card on it':>12}"
    for slot, value in theme.colours.items():
        line = f"  {slot:10}#{value:9}"
        if slot not in GROUNDS:
            line += "".join(f"{contrast(value, theme.colours[ground]):>8.2f}:1" for ground in GROUNDS)
        if slot.startswith("accent"):
            line += f"{contrast(theme.colours['card'], value):>10.2f}:1"
        yield line.rstrip()


def _template(theme: Theme) -> dict[str, bytes]:
    """Return the parts of a presentation without slides, declared a template, with a deck's document properties."""
    from conceptdeck import __version__
    from conceptdeck.render.powerpoint.deck import Properties, write_deck
    from conceptdeck.render.powerpoint.template import make_template

    about = Properties(
        map_id=theme.key,
        language="en",
        title=theme.name,
        subject=f"Template of the theme {theme.name}",
        keywords=("conceptdeck", "template"),
        theme=theme.key,
        generator=f"conceptdeck {__version__}",
    )
    parts = make_template(theme, about.language)
    deck = write_deck((), theme, parts, about).parts
    types = parts["[Content_Types].xml"]
    assert types.count(DECK_TYPE) == 1, "the template's content types have changed"
    parts["[Content_Types].xml"] = types.replace(DECK_TYPE, TEMPLATE_TYPE)
    return parts | {name: part for name, part in deck.items() if name.startswith(PROPERTIES)}
