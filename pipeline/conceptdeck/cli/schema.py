"""`conceptdeck schema`: the JSON Schemas of maps, stories and themes."""

from __future__ import annotations

import click

from conceptdeck.cli.report import failures_reported

__all__ = ["command"]


@click.command("schema")
@click.argument("kind", type=click.Choice(["map", "stories", "theme"]), default="map")
def command(kind: str) -> None:
    """Print the JSON Schema of maps, of stories or of themes, by which editors complete and check them.

    An editor with a YAML language server finds it by the first line of a file:

    \b
      # yaml-language-server: $schema=../map.schema.json

    `conceptdeck new` writes that line, and the file beside the map's folder.

    \b
    Examples:
      conceptdeck schema > data/map.schema.json
      conceptdeck schema stories > data/stories.schema.json
      conceptdeck schema theme > themes/theme.schema.json
    """  # noqa: D301 - click reads the backspace as a mark
    from conceptdeck.reading.icons import IconSet
    from conceptdeck.reading.json_schema import map_schema, schema_text, stories_schema, theme_schema
    from conceptdeck.workspace import places

    with failures_reported():
        if kind == "theme":
            schema = theme_schema(places.theme_base())
        else:
            schema = stories_schema() if kind == "stories" else map_schema(IconSet(places.icon_set()))
    click.echo(schema_text(schema).encode(), nl=False)  # as bytes: UTF-8 and plain line ends on every system
