"""`conceptdeck schema`: the JSON Schemas of the files that people write."""

from __future__ import annotations

import click

from conceptdeck.cli.files import FILES, WORDS
from conceptdeck.cli.report import failures_reported

__all__ = ["command"]


@click.command("schema")
@click.argument("kind", type=click.Choice([name for name in FILES if name != WORDS]), default="map")
def command(kind: str) -> None:
    """Print the JSON Schema of maps, stories, themes, glossaries or conceptdeck.toml, by which editors complete them.

    An editor with a YAML language server finds it by the first line of a file:

    \b
      # yaml-language-server: $schema=../map.schema.json

    `conceptdeck new` writes that line, and the file beside the map's folder. For conceptdeck.toml the line is:

    \b
      #:schema data/conceptdeck.schema.json

    \b
    Examples:
      conceptdeck schema > data/map.schema.json
      conceptdeck schema stories > data/stories.schema.json
      conceptdeck schema theme > themes/theme.schema.json
      conceptdeck schema glossary > data/glossary.schema.json
      conceptdeck schema project > data/conceptdeck.schema.json
    """  # noqa: D301 - click reads the backspace as a mark
    from conceptdeck.cli.files import schema_of
    from conceptdeck.reading.icons import IconSet
    from conceptdeck.reading.json_schema import map_schema, schema_text
    from conceptdeck.workspace import places

    with failures_reported():
        schema = map_schema(IconSet(places.icon_set())) if kind == "map" else schema_of(kind)
    click.echo(schema_text(schema).encode(), nl=False)  # as bytes: UTF-8 and plain line ends on every system
