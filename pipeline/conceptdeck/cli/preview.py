"""`conceptdeck preview`: slides and diagrams on a page that follows the files."""

from __future__ import annotations

import signal
import threading
from collections.abc import Mapping
from functools import partial
from pathlib import Path
from types import FrameType
from typing import TYPE_CHECKING

import click

from conceptdeck.building.jobs import DeckJob, default
from conceptdeck.cli import options
from conceptdeck.cli.completion import complete_catalog
from conceptdeck.cli.report import failures_reported

if TYPE_CHECKING:
    from conceptdeck.preview.editor import Editor
    from conceptdeck.preview.studio import Studio

__all__ = ["command"]


@click.command("preview")
@options.map_name
@options.theme("Theme to begin with.")
@options.story("Story to begin with.")
@options.field(
    DeckJob,
    "locale",
    "--locale",
    metavar="TAG",
    shell_complete=complete_catalog,
    help="Language to begin with; the map's own if left out.",
)
@click.option("--port", type=click.IntRange(0, 65535), default=0, help="Port to listen on; any free one if left out.")
@options.out("Output folder, whose edited decks are shown.")
@click.option("--read-only", is_flag=True, help="Let nothing be edited on the page.")
@click.option("--no-open", is_flag=True, help="Do not open the browser.")
def command(
    map_name: str | None,
    theme: str,
    story: str,
    locale: str | None,
    port: int,
    out: Path,
    read_only: bool,
    no_open: bool,
) -> None:
    """Show MAP in the browser, and follow its files: a name in ./data, a shipped map, or a path.

    The page shows slides and diagrams in every language and theme, with their texts, notes and findings. It changes as
    you save the map, a catalog, a story or a theme. Click a text to edit it: what you save goes into the map, or into
    the catalog of the language, and can be undone. Without MAP every map can be chosen there. Only this machine can
    open it; Ctrl+C ends it.

    \b
    Examples:
      conceptdeck preview
      conceptdeck preview world-models --locale de --theme orbit
      conceptdeck preview ~/maps/my-map --no-open --port 8000
      conceptdeck preview --read-only
    """  # noqa: D301 - click reads the backspace as a mark
    from conceptdeck.preview.editor import Editor
    from conceptdeck.preview.studio import Studio
    from conceptdeck.workspace import places

    with failures_reported():
        map_files = places.find_maps(map_name)
        places.known_theme(theme, places.house(map_files[0]))
        studio = Studio(map_files, _tell, [theme] if places.is_theme_path(theme) else [])
    begin = {"locale": locale, "theme": theme, "story": story}
    editor = None if read_only else Editor(studio, out)
    _run(studio, editor, port, begin, launch=not no_open)


def _run(studio: Studio, editor: Editor | None, port: int, begin: Mapping[str, str | None], *, launch: bool) -> None:
    """Serve the page of a studio until it is told to end; `begin` is what it shows at first."""
    from conceptdeck.preview.editor import watched
    from conceptdeck.preview.page import load_page
    from conceptdeck.preview.server import PreviewServer
    from conceptdeck.preview.watch import Bell, watch_folders

    bell, stop = Bell(), threading.Event()
    try:
        server = PreviewServer(studio, bell, load_page(), port, _tell, editor)
    except OSError as error:
        raise click.ClickException(
            f"cannot listen on port {port}: {error.strerror or error}; leave --port out"
        ) from None
    address = server.invitation(_begun(begin))
    folders = partial(watched, studio, editor)
    watcher = threading.Thread(target=watch_folders, args=(folders, bell, stop), daemon=True)
    signal.signal(signal.SIGTERM, _interrupt)
    try:
        server.run()
        watcher.start()
        click.echo(f"Preview: {address}\nPress Ctrl+C to end it.")
        if launch:
            click.launch(address)
        stop.wait()
    except KeyboardInterrupt:
        click.echo("\nThe preview has ended.", err=True)
    finally:
        stop.set()
        bell.end()
        server.shutdown()
        server.server_close()


def _begun(begin: Mapping[str, str | None]) -> dict[str, str]:
    """Return what the page begins with, but for what is the default."""
    return {name: value for name, value in begin.items() if value and value != default(DeckJob, name)}


def _tell(text: str) -> None:
    click.echo(text, err=True)


def _interrupt(number: int, frame: FrameType | None) -> None:
    """End as Ctrl+C does."""
    raise KeyboardInterrupt
