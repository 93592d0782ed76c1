"""`conceptdeck publish`: a static site of decks and pictures in every language."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from conceptdeck.building.jobs import DeckJob
from conceptdeck.cli import options
from conceptdeck.cli.completion import complete_map
from conceptdeck.cli.report import failures_reported, plural

__all__ = ["command"]


@click.command("publish")
@click.argument("maps", metavar="[MAP]...", nargs=-1, shell_complete=complete_map)
@click.option(
    "--to", "folder", required=True, type=click.Path(path_type=Path, file_okay=False), help="The folder of the site."
)
@options.address("Where the site will be: for sitemap, previews and codes.")
@click.option("--title", default="", help="The title of the site; that of its only deck if left out.")
@options.locales()
@options.theme()
@options.story()
@options.size()
@click.option("--force", is_flag=True, help="Replace files that somebody has put or changed there.")
@click.option("--quiet", "-q", is_flag=True, help="Print nothing but what is wrong.")
def command(maps: tuple[str, ...], folder: Path, **fields: Any) -> None:
    """Make a site of MAPs that any web server can show: pages of decks, decks to download, and pictures.

    Without MAP, of every map here. Its pages ask nothing of any other server. The first one leads to the reader's
    language; all tell search engines of the others, and links to them show the first slide. The folder is replaced as
    a whole, or not at all. What else lies in it, such as a .git, stays.

    \b
    Examples:
      conceptdeck publish --to site
      conceptdeck publish world-models --to site --address https://talks.example.org/
      conceptdeck publish --to ~/site --theme orbit --locale de --locale en --title "Our talks"
    """  # noqa: D301 - click reads the backspace as a mark
    from conceptdeck.building.publishing import Site, publish
    from conceptdeck.values.diagnostics import told
    from conceptdeck.values.languages import spelled
    from conceptdeck.workspace import places
    from conceptdeck.workspace.disk import shown
    from conceptdeck.workspace.sites import replaced_whole

    quiet = fields["quiet"]
    with failures_reported():
        found = tuple(dict.fromkeys(each for name in maps or (None,) for each in places.find_maps(name)))
        more = {name: fields[name] for name in ("theme", "story", "size")}
        deck = DeckJob(found[0], formats=("pptx", "html"), **more)
        site = Site(found, deck, fields["title"], fields["address"], tuple(map(spelled, fields["locales"])))
        with replaced_whole(folder, fields["force"]) as made:
            published = publish(site, made, lambda stage: None if quiet else click.echo(stage, err=True))
    for text in told(published.findings):
        click.echo(text, err=True)
    if not quiet:
        counts = f"{plural(published.decks, 'deck')} in {plural(published.languages, 'language')}"
        click.echo(f"{shown(folder)}  {counts}, {plural(published.pages, 'page')}")
