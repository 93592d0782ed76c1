"""`conceptdeck schema`: the JSON Schema of maps."""

from __future__ import annotations

import click

__all__ = ["command"]


@click.command("schema")
def command() -> None:
    """Print the JSON Schema of maps, by which editors complete and check them.

    An editor with a YAML language server finds it by the first line of a map:

    \b
      # yaml-language-server: $schema=../map.schema.json

    `conceptdeck new` writes that line, and the file beside the map's folder.

    \b
    Examples:
      conceptdeck schema
      conceptdeck schema > data/map.schema.json
    """  # noqa: D301 - click reads the backspace as a mark
    from conceptdeck.reading.json_schema import schema_text

    click.echo(schema_text().encode(), nl=False)  # as bytes: UTF-8 and plain line ends on every system
