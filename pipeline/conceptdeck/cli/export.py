"""`conceptdeck export`: a map for other programs."""

from __future__ import annotations

from pathlib import Path

import click
from click.shell_completion import CompletionItem

from conceptdeck.cli import options
from conceptdeck.cli.completion import complete_catalog, complete_map
from conceptdeck.cli.report import failures_reported
from conceptdeck.values.rules import ERROR, Rule

__all__ = ["command"]

FILE_EXISTS = Rule("export-exists", "import", ERROR, "a file of this name is there already").because("""
    Somebody may have gone on with it in the other program. Name another file, or use `--force`.
""")


def _complete(ctx: click.Context, param: click.Parameter, incomplete: str) -> list[CompletionItem]:
    from conceptdeck.exporting.formats import TARGETS

    return [CompletionItem(each.name, help=each.title) for each in TARGETS.values() if each.name.startswith(incomplete)]


@click.command("export")
@click.argument("map_name", metavar="MAP", shell_complete=complete_map)
@click.option("--to", "form", metavar="FORMAT", required=True, shell_complete=_complete, help="Format of the file.")
@click.option(
    "--out", "-o", type=click.Path(path_type=Path, dir_okay=False), help="The file.  [default: ID.LANGUAGE.…]"
)
@click.option("--locale", metavar="TAG", shell_complete=complete_catalog, help="Language; the map's own if left out.")
@options.theme("Theme whose look draw.io gets: a name, or the path of its file.")
@click.option("--pictures", is_flag=True, help="Let an article show the pictures of the map, from a folder beside it.")
@click.option("--force", is_flag=True, help="Replace a file that is there.")
def command(
    map_name: str, form: str, out: Path | None, locale: str | None, theme: str, pictures: bool, force: bool
) -> None:
    """Write MAP as a file of another program: its concepts, groups and relations.

    Formats: mermaid, drawio, canvas, opml, csv (triples), skos (Turtle), markdown and cxl (CmapTools). OPML and SKOS
    have all languages of the map in one file. What the format cannot say is told.

    \b
    Examples:
      conceptdeck export world-models --to mermaid
      conceptdeck export world-models --to drawio --locale de --theme orbit -o models.drawio
      conceptdeck export world-models --to markdown --pictures -o article.md
    """  # noqa: D301 - click reads the backspace as a mark
    from conceptdeck.building.catalogs import known_tag
    from conceptdeck.building.exporting import export_map
    from conceptdeck.exporting.formats import TARGETS
    from conceptdeck.values.diagnostics import Failure, told
    from conceptdeck.workspace import disk, places

    if form not in TARGETS:
        raise click.BadParameter(f"{form!r} is none of {', '.join(TARGETS)}", param_hint="--to")
    with failures_reported():
        map_file = places.find_map(map_name)
        folder = f"{out.stem if out else map_file.resolve().parent.name}-pictures" if pictures else ""
        found = export_map(map_file, form, known_tag(locale) if locale else "", theme=theme, pictures=folder)
        path = out or Path(f"{found.map_id}.{found.language}.{found.target.ending}")
        if path.is_symlink() or (path.exists() and not force):
            hints = ("name another file: -o FILE", "--force replaces it")
            raise Failure([FILE_EXISTS.at(f"there is a file {disk.shown(path)} already", hints=hints)])
        disk.write_atomically(path, found.data)
        for name, data in found.pictures.items():
            disk.write_atomically(path.parent / folder / name, data)
    for text in told(found.findings):
        click.echo(text, err=True)
    click.echo(f"{disk.shown(path)}  {found.target.title}, {len(found.data):,} bytes")
