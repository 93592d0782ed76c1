"""`conceptdeck font`: fonts of your own, added to a project and listed by their families."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

import click

from conceptdeck.cli.report import failures_reported

if TYPE_CHECKING:
    from conceptdeck.building.fonts import Added
    from conceptdeck.typeset.nametable import FontFacts

__all__ = ["command"]

LONGEST = 100  # characters of a licence that are shown


@click.group("font")
def command() -> None:
    """Add fonts of your own, or list those that are there.

    \b
    Examples:
      conceptdeck font add ~/Downloads/AcmeSans*.ttf
      conceptdeck font list
    """  # noqa: D301 - click reads the backspace as a mark


@command.command("add")
@click.argument("files", metavar="FILE...", nargs=-1, required=True, type=click.Path(path_type=Path, exists=True))
@click.option(
    "--in",
    "folder",
    type=click.Path(path_type=Path, file_okay=False),
    help="Folder of fonts.  [default: themes/fonts of the project]",
)
def add(files: tuple[Path, ...], folder: Path | None) -> None:
    """Copy the faces in each FILE to where themes find them: TTF, OTF, TTC or WOFF, whatever the file is called.

    Faces are known by the names that they have for themselves. Of a variable font each face that it names is added.
    The licence that a font names is shown; whether it allows your use is yours to judge. Nothing is ever overwritten.

    \b
    Examples:
      conceptdeck font add AcmeSans-Regular.ttf AcmeSans-Bold.ttf
      conceptdeck font add "Acme Text[wght].ttf" --in ~/.config/conceptdeck/themes/fonts
    """  # noqa: D301 - click reads the backspace as a mark
    from conceptdeck.building.fonts import add_fonts
    from conceptdeck.values.diagnostics import told
    from conceptdeck.workspace.house import FONTS, THEMES, project_of

    with failures_reported():
        added, warnings = add_fonts(files, folder or project_of() / THEMES / FONTS)
    for text in told(warnings):
        click.echo(text, err=True)
    for line in _lines(added):
        click.echo(line)


@command.command("list")
def list_fonts() -> None:
    """List the families of your own fonts by the names that themes give them, with faces, files and licence.

    \b
    Examples:
      conceptdeck font list
    """  # noqa: D301 - click reads the backspace as a mark
    from conceptdeck.building.fonts import Added
    from conceptdeck.typeset.nametable import facts_of
    from conceptdeck.workspace import disk, places

    with failures_reported():
        files = places.house().fonts().values()
        known = [(path, facts_of(disk.read_bytes(path))) for path in files]
    for line in _lines([Added(path, facts, True) for path, facts in known if facts]):
        click.echo(line)
    if not any(facts for _, facts in known):
        click.echo("no fonts of your own; conceptdeck font add FILE... adds some")


def _lines(added: Iterable[Added]) -> Iterable[str]:
    """Yield for each family its name, its licence, and a line for each face."""
    from conceptdeck.workspace import disk

    families: dict[str, list[Added]] = {}
    for each in added:
        families.setdefault(each.facts.family, []).append(each)
    for family, faces in families.items():
        yield f"{family}  in a theme: fonts: {{major: {family}, minor: {family}}}"
        yield f"  licence: {_licence(faces[0].facts)}"
        for each in faces:
            yield f"  {each.facts.style or 'Regular':14}{disk.shown(each.path)}{'' if each.new else '  (is there)'}"


def _licence(facts: FontFacts) -> str:
    """Return what a font says of its licence, or of its copyright if it says nothing else."""
    said = facts.licence or facts.copyright
    short = f"{said[: LONGEST - 1]}…" if len(said) > LONGEST else said
    address = facts.address if facts.address and facts.address not in short else ""
    return "  ".join(filter(None, (short, address))) or "it says none: ask its maker"
