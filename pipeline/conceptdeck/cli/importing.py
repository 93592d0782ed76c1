"""`conceptdeck import`: a map of what another program wrote."""

from __future__ import annotations

import shlex
from pathlib import Path
from typing import TYPE_CHECKING

import click

from conceptdeck.cli.completion import complete_format, complete_tag
from conceptdeck.cli.report import failures_reported, plural

if TYPE_CHECKING:
    from conceptdeck.building.importing import ImportedMap

__all__ = ["command"]

DATA = Path("data")
SCHEMA_FILE = "map.schema.json"


@click.command("import")
@click.argument("file", metavar="FILE", type=click.Path(path_type=Path, dir_okay=False, exists=True))
@click.option(
    "--out",
    "-o",
    type=click.Path(path_type=Path, file_okay=False),
    help="Folder of the map.  [default: data/NAME of FILE]",
)
@click.option(
    "--from", "form", metavar="FORMAT", shell_complete=complete_format, help="Format of FILE, if not found out."
)
@click.option(
    "--language", metavar="TAG", shell_complete=complete_tag, help="Language of FILE, if it does not tell it."
)
@click.option("--force", is_flag=True, help="Replace a map that is there.")
def command(file: Path, out: Path | None, form: str | None, language: str | None, force: bool) -> None:
    """Write the map that FILE makes, ready to be built: a mind map, a concept map, an outline, a graph or a table.

    The format is found out: CmapTools (CXL, or its propositions as text), FreeMind and Freeplane, OPML, JSON Canvas,
    Mermaid (mind maps, flowcharts), draw.io, DOT, SKOS (Turtle, RDF/XML), PowerPoint, Markdown outlines, CSV and TSV.
    What is in several languages in FILE becomes catalogs. What no part of a map can say stands as a comment in it, and
    is told.

    \b
    Examples:
      conceptdeck import forest.mm
      conceptdeck import notes.md -o data/forest --language de
      conceptdeck import thesaurus.ttl --language de
      conceptdeck import triples.txt --from csv
    """  # noqa: D301 - click reads the backspace as a mark
    from conceptdeck.building.catalogs import known_tag
    from conceptdeck.building.importing import import_map
    from conceptdeck.importing.formats import FORMATS
    from conceptdeck.reading.icons import IconSet
    from conceptdeck.reading.json_schema import map_schema, schema_text
    from conceptdeck.values.diagnostics import told
    from conceptdeck.workspace import disk, places

    if form and form not in FORMATS:
        raise click.BadParameter(f"{form!r} is none of {', '.join(FORMATS)}", param_hint="--from")
    with failures_reported():
        folder = out or DATA / _folder_name(file)
        path = folder / places.MAP_FILE
        _free(path, folder, force)
        found = import_map(file, path, form or "", known_tag(language) if language else "")
        for target, data in found.files.items():
            disk.write_atomically(target, data)
        schema = folder.parent / SCHEMA_FILE
        if not schema.exists():
            disk.write_atomically(schema, schema_text(map_schema(IconSet(places.icon_set()))).encode())
    for text in told(found.findings):
        click.echo(text, err=True)
    name = shlex.quote(folder.name if folder.parent == DATA else str(folder))
    click.echo(f"{disk.shown(path)}  {_counts(found)}; now: conceptdeck build {name}")


def _folder_name(file: Path) -> str:
    """Return the name of the map's folder: that of its file, as an id."""
    from conceptdeck.reading.short import id_of

    return id_of(file.name.partition(".")[0] or file.stem)


def _free(path: Path, folder: Path, force: bool) -> None:
    """Raise Failure if no map can be written there, or if there is one that may not be replaced."""
    from conceptdeck.cli.new import MAP_EXISTS
    from conceptdeck.reading.scaffold import check_name
    from conceptdeck.values.diagnostics import Failure
    from conceptdeck.workspace import disk

    if problems := check_name(folder.resolve().name):
        raise Failure(problems)
    if path.is_symlink() or (path.exists() and not force):
        hints = ("choose another folder: -o data/NAME", "--force replaces it")
        raise Failure([MAP_EXISTS.at(f"there is a map {disk.shown(path)} already", hints=hints)])


def _counts(found: ImportedMap) -> str:
    """Say what is in the map, and what it was made of."""
    planned = found.planned
    groups = sum(1 + len(each.parts) for each in planned.groups)
    parts = [plural(len(planned.concepts), "concept")]
    parts += [plural(groups, "group")] if groups else []
    parts += [plural(len(planned.relations), "relation")] if planned.relations else []
    also = f", also in {', '.join(found.languages)}" if found.languages else ""
    return f"{', '.join(parts)} from {found.form.title}{also}"
