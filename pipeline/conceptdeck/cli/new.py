"""`conceptdeck new`: a first map to write over."""

from __future__ import annotations

import shlex
from pathlib import Path

import click

from conceptdeck.cli.report import failures_reported
from conceptdeck.values.rules import ERROR, Rule

__all__ = ["command"]

SCHEMA_FILE = "map.schema.json"


MAP_EXISTS = Rule("map-exists", "theme and files", ERROR, "a map of this name is there already").because("""
    A new map never overwrites one. Choose another name.
""")


@click.command("new")
@click.argument("name", metavar="NAME")
@click.option(
    "--in",
    "folder",
    type=click.Path(path_type=Path, file_okay=False),
    default=Path("data"),
    show_default=True,
    help="Folder that holds the maps.",
)
def command(name: str, folder: Path) -> None:
    """Write a small map called NAME that explains itself, ready to be built and written over.

    NAME is that of its folder, in any script; names of files that are built are made from it, in a-z, 0-9 and hyphens.
    Nothing is ever overwritten. Beside the map's folder comes map.schema.json, by which editors complete and check
    maps, unless it is there.

    \b
    Examples:
      conceptdeck new my-map
      conceptdeck new "How bread rises"
      conceptdeck new my-map --in ~/maps
    """  # noqa: D301 - click reads the backspace as a mark
    from conceptdeck.reading.icons import IconSet
    from conceptdeck.reading.json_schema import map_schema, schema_text
    from conceptdeck.reading.scaffold import check_name, scaffold
    from conceptdeck.values.diagnostics import Failure
    from conceptdeck.workspace import disk, places

    path = folder / name / places.MAP_FILE
    with failures_reported():
        if problems := check_name(name):
            raise Failure(problems)
        if path.exists() or path.is_symlink():
            hint = f"choose another name, or edit {disk.shown(path)}"
            raise Failure([MAP_EXISTS.at(f"there is a map `{name}` already", hints=(hint,))])
        disk.write_atomically(path, scaffold(name).encode())
        schema = folder / SCHEMA_FILE
        if not schema.exists():
            disk.write_atomically(schema, schema_text(map_schema(IconSet(places.icon_set()))).encode())
    click.echo(f"{disk.shown(path)}  write your own text over it, then: conceptdeck build {_known_as(name, folder)}")


def _known_as(name: str, folder: Path) -> str:
    """Return how `build` is told the map: by name if it is in ./data, else by path; as a shell reads it."""
    return shlex.quote(name if folder == Path("data") else str(folder / name))
