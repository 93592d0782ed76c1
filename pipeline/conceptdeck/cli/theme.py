"""`conceptdeck theme`: which designs there are, what is in them, and how to take one into PowerPoint."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import click

from conceptdeck.building.jobs import DeckJob, default
from conceptdeck.cli import templates
from conceptdeck.cli.completion import complete_theme
from conceptdeck.cli.report import failures_reported, plural
from conceptdeck.values.rules import ERROR, Rule

if TYPE_CHECKING:
    from conceptdeck.values.theme import Theme

__all__ = ["command"]

GROUNDS = ("page", "card")
DECK_TYPE = b"application/vnd.openxmlformats-officedocument.presentationml.presentation.main+xml"
TEMPLATE_TYPE = b"application/vnd.openxmlformats-officedocument.presentationml.template.main+xml"
PROPERTIES = "docProps/"
EXTENSION = ".potx"
SCHEMA_FILE = "theme.schema.json"


@click.group("theme")
def command() -> None:
    """Start, import, check, list or show themes, or export one as a PowerPoint template.

    \b
    Examples:
      conceptdeck theme new acme
      conceptdeck theme import acme.potx
      conceptdeck theme list
      conceptdeck theme show atlas
      conceptdeck theme export orbit orbit.potx
    """  # noqa: D301 - click reads the backspace as a mark


THEME_EXISTS = Rule("theme-exists", "theme and files", ERROR, "a theme of this name is there already").because("""
    A new theme never overwrites one, nor takes its place. Choose another name.
""")


@command.command("new")
@click.argument("name")
@click.option(
    "--extends",
    "base",
    default=default(DeckJob, "theme"),
    show_default=True,
    shell_complete=complete_theme,
    help="Its start.",
)
@click.option(
    "--in",
    "folder",
    type=click.Path(path_type=Path, file_okay=False),
    help="Folder of themes.  [default: themes of the project]",
)
def new(name: str, base: str, folder: Path | None) -> None:
    """Write a small theme called NAME that explains itself, ready to be built in and written over.

    It looks as the theme that it extends, until you change it. Nothing is ever overwritten. Beside it comes
    theme.schema.json, by which editors complete and check themes, unless it is there.

    \b
    Examples:
      conceptdeck theme new acme
      conceptdeck theme new acme-dark --extends orbit
    """  # noqa: D301 - click reads the backspace as a mark
    from conceptdeck.reading.first_theme import check_theme_name, first_theme
    from conceptdeck.reading.json_schema import schema_text, theme_schema
    from conceptdeck.reading.short import slugified
    from conceptdeck.values.diagnostics import Failure
    from conceptdeck.workspace import disk, places
    from conceptdeck.workspace.house import THEMES, project_of
    from conceptdeck.workspace.loading import read_theme

    if places.is_theme_path(base):
        raise click.BadParameter("name a theme: what a theme extends goes by name", param_hint="--extends")
    folder = folder or project_of() / THEMES
    path = folder / f"{name}.yaml"
    with failures_reported():
        is_plain = bool(places.THEME_NAME.fullmatch(name)) and name != places.THEME_BASE
        if problems := check_theme_name(name, is_plain=is_plain, slug=slugified(name)):
            raise Failure(problems)
        if name in places.themes() or path.exists() or path.is_symlink():
            raise Failure([THEME_EXISTS.at(f"there is a theme `{name}` already", hints=("choose another name",))])
        disk.write_atomically(path, first_theme(name, read_theme(base)).encode())
        schema = folder / SCHEMA_FILE
        if not schema.exists():
            disk.write_atomically(schema, schema_text(theme_schema(places.theme_base())).encode())
    known = project_of() / THEMES == folder
    click.echo(f"{disk.shown(path)}  write over it, then: conceptdeck build --theme {name if known else path}")


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


command.add_command(templates.import_)
command.add_command(templates.check)
