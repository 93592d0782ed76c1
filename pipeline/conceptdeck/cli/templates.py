"""`conceptdeck theme import` and `theme check`: themes of the templates that others have made."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import click

from conceptdeck.cli.report import failures_reported, plural
from conceptdeck.values.rules import ERROR, Rule

if TYPE_CHECKING:
    from conceptdeck.building.templates import ReadTemplate
    from conceptdeck.reading.imported.theme import Imported
    from conceptdeck.values.diagnostics import Diagnostic

__all__ = ["check", "import_"]

SCHEMA_FILE = "theme.schema.json"
TEMPLATE_EXISTS = Rule("template-exists", "theme and files", ERROR, "another template is there already").because("""
    An import copies the template beside its theme, and never overwrites another file. Choose another name, or take the
    file away first.
""")


@click.command("import")
@click.argument("file", metavar="TEMPLATE", type=click.Path(path_type=Path, dir_okay=False, exists=True))
@click.option(
    "--out", "-o", metavar="NAME|FILE", help="Name of the theme, or its file.  [default: the template's own name]"
)
def import_(file: Path, out: str | None) -> None:
    """Write the theme that TEMPLATE makes, a PowerPoint file, and copy the template beside it.

    Decks in this theme are built on the template: its masters, layouts, colours and fonts. What could not be taken over
    is told, and can be set in the theme. Nothing is ever overwritten.

    \b
    Examples:
      conceptdeck theme import acme.potx
      conceptdeck theme import ~/Downloads/Corporate_2024.pptx -o acme
    """  # noqa: D301 - click reads the backspace as a mark
    from conceptdeck.building.templates import made_theme, read_template_file
    from conceptdeck.reading.json_schema import schema_text, theme_schema
    from conceptdeck.values.diagnostics import told
    from conceptdeck.workspace import disk, places

    with failures_reported():
        template, problems = read_template_file(file)
        path = _target(file, out)
        copy = path.with_suffix(file.suffix.lower())
        _free(path, copy, template)
        found = made_theme(template, path.stem, copy.name)
        if not copy.exists():
            disk.write_atomically(copy, template.data)
        disk.write_atomically(path, found.text.encode())
        schema = path.parent / SCHEMA_FILE
        if not schema.exists():
            disk.write_atomically(schema, schema_text(theme_schema(places.theme_base())).encode())
    for text in told((*problems, *found.remarks)):
        click.echo(text, err=True)
    click.echo(f"{disk.shown(path)}  {'dark' if found.colours.dark else 'light'}, {_fonts(found)}, on {copy.name}")
    for line in _layouts(found):
        click.echo(line)


def _target(file: Path, out: str | None) -> Path:
    """Return where the theme goes; raises Failure if it cannot be named so, or if there is one already."""
    from conceptdeck.cli.theme import THEME_EXISTS
    from conceptdeck.reading.first_theme import check_theme_name
    from conceptdeck.reading.short import id_of, slugified
    from conceptdeck.values.diagnostics import Failure
    from conceptdeck.workspace import places
    from conceptdeck.workspace.house import THEMES, project_of

    is_path = out is not None and places.is_theme_path(out)
    path = Path(out) if out and is_path else project_of() / THEMES / f"{out or id_of(file.stem)}{places.THEME}"
    if path.suffix != places.THEME:
        raise click.BadParameter("the file of a theme ends in .yaml", param_hint="-o")
    name = path.stem
    is_plain = bool(places.THEME_NAME.fullmatch(name)) and name != places.THEME_BASE
    if problems := check_theme_name(name, is_plain=is_plain, slug=slugified(name)):
        raise Failure(problems)
    if path.exists() or path.is_symlink() or (not is_path and name in places.themes()):
        hints = (f"choose another name: -o {name}-2",)
        raise Failure([THEME_EXISTS.at(f"there is a theme `{name}` already", hints=hints)])
    return path


def _free(path: Path, copy: Path, template: ReadTemplate) -> None:
    """Raise Failure if another file is where the template is copied to."""
    from conceptdeck.values.diagnostics import Failure, Span
    from conceptdeck.workspace import disk

    if copy.is_symlink() or (copy.exists() and not (disk.is_file(copy) and disk.read_bytes(copy) == template.data)):
        hints = (f"choose another name: -o {path.stem}-2",)
        raise Failure([TEMPLATE_EXISTS.at("another file is there already", Span(disk.shown(copy)), hints=hints)])


@click.command("check")
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False, exists=True))
def check(file: Path) -> None:
    """Tell what the template in FILE lacks, or that of a theme, and what follows for slides.

    FILE is a PowerPoint file, or the YAML of a theme, which is read and compared with its template too. The exit code
    is 1 if a deck cannot be built.

    \b
    Examples:
      conceptdeck theme check acme.potx
      conceptdeck theme check themes/acme.yaml
    """  # noqa: D301 - click reads the backspace as a mark
    from conceptdeck.building.templates import is_template, made_theme, read_template_file
    from conceptdeck.values.diagnostics import has_errors, told

    with failures_reported():
        if is_template(file):
            template, problems = read_template_file(file)
            found = made_theme(template, file.stem, file.name)
            findings: tuple[Diagnostic, ...] = (*problems, *found.remarks)
            lines = list(_layouts(found))
        else:
            findings, lines = _checked_theme(file)
    for text in told(findings):
        click.echo(text, err=True)
    for line in lines:
        click.echo(line)
    click.echo(f"{file.name}  {plural(len(findings), 'finding') if findings else 'sound'}")
    if has_errors(findings):
        sys.exit(1)


def _checked_theme(file: Path) -> tuple[tuple[Diagnostic, ...], list[str]]:
    """Return what is to be said of a theme and of its template; raises Failure if it cannot be read."""
    from conceptdeck.building.templates import compared, made_theme, read_template_file
    from conceptdeck.values.diagnostics import Span
    from conceptdeck.workspace import disk
    from conceptdeck.workspace.loading import read_theme

    theme = read_theme(str(file))
    said = theme.template
    if said is None:
        return (), []
    template, problems = read_template_file(file.parent / said.file)
    wrong = tuple(compared(said, template, Span(disk.shown(file))))
    return (*problems, *wrong, *made_theme(template, file.stem, said.file).remarks), []


def _fonts(found: Imported) -> str:
    return " and ".join(dict.fromkeys((found.fonts.major, found.fonts.minor)))


def _layouts(found: Imported) -> Iterator[str]:
    """Yield a line for each kind of slides with the layout that it takes, and one for those that none takes."""
    from conceptdeck.reading.imported.choosing import shown_name

    for kind, tied in (*found.choice.ties.items(), ("others", found.choice.others)):
        yield f"  {kind:9}{shown_name(tied.layout)} ({', '.join(tied.holders)})"
    if found.choice.unused:
        yield f"  not used {', '.join(map(shown_name, found.choice.unused))}"
