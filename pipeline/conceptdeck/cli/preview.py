"""`conceptdeck preview`: slides and diagrams on a page that follows the files."""

from __future__ import annotations

import signal
import threading
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import partial
from ipaddress import ip_address
from pathlib import Path
from types import FrameType
from typing import TYPE_CHECKING, Any

import click

from conceptdeck.building.jobs import DeckJob, default
from conceptdeck.cli import options
from conceptdeck.cli.completion import complete_address, complete_catalog
from conceptdeck.cli.report import failures_reported
from conceptdeck.preview.addresses import LOOPBACK
from conceptdeck.values.diagnostics import told

if TYPE_CHECKING:
    from conceptdeck.preview.editor import Editor
    from conceptdeck.preview.serving import Server
    from conceptdeck.preview.studio import Studio
    from conceptdeck.values.diagnostics import Diagnostic

__all__ = ["command"]

WAYS = "say another address of this machine or another port"


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
@click.option("--present", is_flag=True, help="Give the talk: pages of followers go with yours, each in its language.")
@click.option(
    "--listen",
    metavar="ADDRESS",
    shell_complete=complete_address,
    help="Address of this machine that followers in your network reach, with --present; none if left out.",
)
@click.option("--captions", is_flag=True, help="Let followers read the notes as captions, with --present.")
@click.option("--no-open", is_flag=True, help="Do not open the browser.")
def command(
    map_name: str | None,
    port: int,
    out: Path,
    read_only: bool,
    present: bool,
    listen: str | None,
    captions: bool,
    no_open: bool,
    **begin: Any,
) -> None:
    """Show MAP in the browser, and follow its files: a name in ./data, a shipped map, or a path.

    The page shows slides and diagrams in every language and theme, with their texts, notes and findings. It changes as
    you save the map, a catalog, a story or a theme. Click a text to edit it: what you save goes into the map, or into
    the catalog of the language, and can be undone. Without MAP every map can be chosen there. Only this machine can
    open it; Ctrl+C ends it.

    With --present the page is your talk, and a second address is for your audience: their pages go where yours goes,
    each in its reader's language, and can change nothing. Others in your network reach it only if --listen says so.

    \b
    Examples:
      conceptdeck preview
      conceptdeck preview world-models --locale de --theme orbit
      conceptdeck preview ~/maps/my-map --no-open --port 8000
      conceptdeck preview --read-only
      conceptdeck preview my-map --present --listen 192.168.1.5 --captions
    """  # noqa: D301 - click reads the backspace as a mark
    if (listen is not None or captions) and not present:
        raise click.UsageError("--listen and --captions: they go with --present")
    map_files = _maps(map_name, begin["theme"])
    if present:
        if len(map_files) > 1:
            raise click.UsageError("--present: say which map")
        place = listen or LOOPBACK, port
        _present(DeckJob(map_files[0], out=out, **begin), place, captions=captions, launch=not no_open)
    else:
        _edit(map_files, begin, port, None if read_only else out, launch=not no_open)


def _maps(name: str | None, theme: str) -> tuple[Path, ...]:
    """Return the files of the maps that are shown, which know the theme."""
    from conceptdeck.workspace import places

    with failures_reported():
        map_files = places.find_maps(name)
        places.known_theme(theme, places.house(map_files[0]))
    return map_files


def _edit(
    map_files: Sequence[Path], begin: Mapping[str, str | None], port: int, out: Path | None, *, launch: bool
) -> None:
    """Show maps; with an output folder they are edited, too, and so are the decks there."""
    from conceptdeck.preview.editor import Editor
    from conceptdeck.preview.studio import Studio
    from conceptdeck.workspace import places

    theme = begin["theme"]
    with failures_reported():
        studio = Studio(map_files, _tell, [theme] if theme and places.is_theme_path(theme) else [])
    _run(studio, Editor(studio, out) if out else None, port, begin, launch=launch)


def _run(studio: Studio, editor: Editor | None, port: int, begin: Mapping[str, str | None], *, launch: bool) -> None:
    """Serve the page of a studio until it is told to end; `begin` is what it shows at first."""
    from conceptdeck.preview.editor import watched
    from conceptdeck.preview.page import load_page
    from conceptdeck.preview.server import PreviewServer
    from conceptdeck.preview.watch import Bell, watch_folders

    bell, stop = Bell(), threading.Event()
    with _listening(f"port {port}", "leave --port out"):
        server = PreviewServer(studio, bell, load_page(), port, _tell, editor)
    address = server.invitation(_begun(begin))
    folders = partial(watched, studio, editor)
    watcher = threading.Thread(target=watch_folders, args=(folders, bell, stop), daemon=True)

    def end() -> None:
        stop.set()
        bell.end()

    with _serving((server,), end):
        watcher.start()
        click.echo(f"Preview: {address}\nPress Ctrl+C to end it.")
        if launch:
            click.launch(address)
        stop.wait()


def _present(job: DeckJob, place: tuple[str, int], *, captions: bool, launch: bool) -> None:
    """Serve a talk to its speaker on this machine, and to its followers at a place, until it is told to end."""
    from conceptdeck.preview.addresses import address_of, own_address
    from conceptdeck.preview.audience import AudienceServer
    from conceptdeck.preview.podium import PodiumServer
    from conceptdeck.preview.stage import set_stage
    from conceptdeck.preview.talk import Talk

    name, port = place
    with _listening(f"{name}, port {port}" if port else name, WAYS):
        address = address_of(name)
        if ip_address(address).is_unspecified:
            raise click.UsageError(f"--listen {name}: say one address of this machine, such as {own_address()}")
    with failures_reported():
        stage = set_stage(job, _tell_found)
    talk = Talk(stage.tours, stage.language, captions=captions)
    with _listening(f"{name}, port {port}" if port else name, WAYS):
        audience = AudienceServer(talk, stage.pages, (address, port), _tell, name)
    podium = PodiumServer(talk, lambda token: stage.speaker(token, audience.address), _tell)
    speaker = podium.invitation()
    with _serving((audience, podium), talk.end):
        click.echo(f"Speaker:   {speaker}\nFollowers: {audience.address}")
        click.echo(_opened(ip_address(address).is_loopback, audience.hosts[0], own_address()))
        click.echo("Press Ctrl+C to end it.")
        if launch:
            click.launch(speaker)
        threading.Event().wait()


def _opened(alone: bool, host: str, own: str) -> str:
    """Return what is open to whom."""
    if alone:
        way = f"; with --listen {own} all in your network do" if own else ""
        return f"Only this machine reaches the followers' address{way}."
    return (
        f"Whoever reaches {host} in your network and has the followers' address can read the slides, and the\n"
        "notes while captions are on; they change nothing and reach nothing else. It is not encrypted on its way."
    )


@contextmanager
def _listening(where: str, ways: str) -> Iterator[None]:
    """Tell who cannot have a place to listen at what to do."""
    try:
        yield
    except OSError as error:
        raise click.ClickException(f"cannot listen on {where}: {error.strerror or error}; {ways}") from None


@contextmanager
def _serving(servers: Sequence[Server], end: Callable[[], None]) -> Iterator[None]:
    """Run servers until the work inside ends or is told to; `end` lets those go who listen."""
    signal.signal(signal.SIGTERM, _interrupt)
    try:
        for server in servers:
            server.run()
        yield
    except KeyboardInterrupt:
        click.echo("\nThe preview has ended.", err=True)
    finally:
        end()
        for server in servers:
            server.shutdown()
            server.server_close()


def _begun(begin: Mapping[str, str | None]) -> dict[str, str]:
    """Return what the page begins with, but for what is the default."""
    return {name: value for name, value in begin.items() if value and value != default(DeckJob, name)}


def _tell(text: str) -> None:
    click.echo(text, err=True)


def _tell_found(found: Sequence[Diagnostic]) -> None:
    for text in told(found):
        click.echo(text, err=True)


def _interrupt(number: int, frame: FrameType | None) -> None:
    """End as Ctrl+C does."""
    raise KeyboardInterrupt
