"""Options that commands share. Their defaults and choices are those of the jobs' fields."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from enum import Enum
from functools import reduce
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar, cast

import click
from click.core import ParameterSource

from conceptdeck.building.jobs import DeckJob, DiagramsJob, Job, choices, default
from conceptdeck.cli.completion import complete_catalog, complete_map, complete_size, complete_story, complete_theme
from conceptdeck.workspace.disk import is_file
from conceptdeck.workspace.house import house, project_of
from conceptdeck.workspace.links import MAP_FILE, PROJECT_FILE

if TYPE_CHECKING:
    from conceptdeck.building.settings import Settings

__all__ = [
    "address",
    "density",
    "embed_fonts",
    "field",
    "formats",
    "kept",
    "language",
    "locales",
    "map_name",
    "out",
    "program",
    "running",
    "second_language",
    "settings_here",
    "size",
    "story",
    "telling",
    "theme",
]

SETTINGS = "conceptdeck.settings"
Command = TypeVar("Command", bound=Callable[..., Any])
Option = Callable[[Command], Command]


def field(job: type[Job], name: str, *flags: str, **settings: Any) -> Option[Any]:
    """Return the option that sets a field of a job; what the field says of default and choices is not said again."""
    value, known = default(job, name), choices(job, name)
    given: dict[str, Any] = {"default": value}
    if isinstance(value, bool):
        given |= {"is_flag": True, "show_default": value}
    elif isinstance(value, tuple):
        given = {"multiple": True, "type": click.Choice(known) if known else None}
    elif known:
        given |= {"type": click.Choice(known), "show_default": value is not None}
    elif isinstance(value, Path):
        given |= {"type": click.Path(path_type=Path), "show_default": True}
    elif value is not None:
        given |= {"show_default": True}
    return click.option(*flags, name, cls=kept(job, name), **(given | settings))


def kept(job: type[Job], field_name: str) -> type[click.Option]:
    """Return the kind of option that takes what the project's file says of a job's field, if nobody says otherwise."""

    class Kept(click.Option):
        """An option that comes before the project's file, which comes before the default."""

        def consume_value(self, ctx: click.Context, opts: Mapping[str, Any]) -> tuple[Any, ParameterSource]:
            """Return the value, and where it is from."""
            value, source = super().consume_value(ctx, opts)
            if source is ParameterSource.DEFAULT and not ctx.resilient_parsing and (settings := _settings(ctx)):
                found = settings.value(job, field_name)
                if found is not None:
                    return _as_said(found), ParameterSource.DEFAULT_MAP
            return value, source

    return Kept


def _as_said(found: Any) -> Any:
    """Return a setting as an option says it."""
    return found.value if isinstance(found, Enum) else found


def settings_here() -> Settings | None:
    """Return what the project's file says in the command that runs, None if there is none."""
    return _settings(click.get_current_context())


def _settings(ctx: click.Context) -> Settings | None:
    """Return what the project's file says, None if there is none; one that is wrong ends the run with its findings."""
    if SETTINGS not in ctx.meta:
        found = None
        map_file = _map_file(ctx)
        if is_file(project_of(map_file) / PROJECT_FILE):
            from conceptdeck.building.settings import read_settings  # most have no such file
            from conceptdeck.cli.report import failures_reported

            with failures_reported():
                found = read_settings(house(map_file))
        ctx.meta[SETTINGS] = found
    return cast("Settings | None", ctx.meta[SETTINGS])


def _map_file(ctx: click.Context) -> Path | None:
    """Return the file of the map that a command is about, if a path names it."""
    targets = ctx.params.get("targets")
    named = targets[0] if isinstance(targets, tuple) and targets else ctx.params.get("map_name")
    path = Path(named) if isinstance(named, str) and named else None  # click marks what is not given
    if path is None:
        return None
    beside = path / MAP_FILE
    return beside if is_file(beside) else path if is_file(path) else None


def together(*options: Option[Any]) -> Option[Any]:
    """Return one decorator for several options, in the order in which the help lists them."""
    return lambda command: reduce(lambda made, option: option(made), reversed(options), command)


map_name = click.argument(  # eager: it leads to the project's file
    "map_name", metavar="[MAP]", required=False, shell_complete=complete_map, is_eager=True
)


def theme(about: str = "Name of a theme, or the path of its file.") -> Option[Any]:
    """Return the option for the theme."""
    return field(DeckJob, "theme", "--theme", shell_complete=complete_theme, help=about)


def out(about: str = "Output folder.") -> Option[Any]:
    """Return the option for the output folder."""
    return field(DeckJob, "out", "--out", help=about)


def story(about: str = "Name of a story: full, talk, lightning or your own.") -> Option[Any]:
    """Return the option for the story."""
    return field(DeckJob, "story", "--story", shell_complete=complete_story, help=about)


def density(about: str) -> Option[Any]:
    """Return the option for how much slides show."""
    return field(DeckJob, "density", "--density", help=about)


def size() -> Option[Any]:
    """Return the option for the size of slides."""
    about = "Size of slides: 16:9, 16:10, 4:3, a4, a4-portrait, letter, square, or another that the theme names."
    return field(DeckJob, "size", "--size", shell_complete=complete_size, show_default=False, help=about)


def formats(about: str) -> Option[Any]:
    """Return the option for the formats of decks."""
    return field(DeckJob, "formats", "--format", help=f"{about}  [default: {', '.join(DeckJob(Path()).formats)}]")


def program(about: str) -> Option[Any]:
    """Return the option for the program that shall open decks."""
    return field(DeckJob, "program", "--for", help=f"{about}: Google Slides shows exact line spacing too high.")


def embed_fonts(about: str = "Let decks name the open fonts that measured them, and carry them along.") -> Option[Any]:
    """Return the option for decks and diagrams that bring their fonts along."""
    return field(DeckJob, "embed_fonts", "--embed-fonts/--no-embed-fonts", help=about)


def language() -> Option[Any]:
    """Return the options for the language, and for what is not translated to it."""
    about = "Language; the map's own if left out. `conceptdeck locales` builds all."
    return together(
        field(DiagramsJob, "locale", "--locale", metavar="TAG", shell_complete=complete_catalog, help=about),
        field(DiagramsJob, "strict", "--strict", help="Refuse strings that are not translated."),
    )


def second_language() -> Option[Any]:
    """Return the option for a second language on the same slides."""
    about = "A second language: titles, names and labels have a smaller line in it below the first."
    return field(DeckJob, "with_locale", "--with-locale", metavar="TAG", shell_complete=complete_catalog, help=about)


def address(about: str = "Where the site of the deck is, for a code that leads to the deck itself.") -> Option[Any]:
    """Return the option for the address of a site."""
    return field(DeckJob, "address", "--address", callback=_address, show_default=False, metavar="URL", help=about)


def _address(ctx: click.Context, param: click.Parameter, value: str) -> str:
    """Return the address of a site with a slash at its end."""
    if not value:
        return ""
    from urllib.parse import urlsplit  # most say none

    try:
        found = urlsplit(value)
        sound = found.scheme in ("http", "https") and found.hostname and not found.query and not found.fragment
    except ValueError:
        sound = False
    if not sound or not value.isprintable() or {*value} & {*" \"'<>\\"}:
        raise click.BadParameter(f"{value!r} is no address such as https://talks.example.org/")
    return f"{value.rstrip('/')}/"


def locales() -> Option[Any]:
    """Return the option for the languages of what is made in several."""
    about = "Only these languages; all if left out."
    kind = kept(DeckJob, "locales")
    more = {"multiple": True, "metavar": "TAG", "shell_complete": complete_catalog, "help": about}
    return click.option("--locale", "locales", cls=kind, **more)


def running(verb: str = "Build") -> Option[Any]:
    """Return the options for what is up to date, for files that somebody changed, and for what is printed."""
    about = f"{verb} what is up to date too, and replace files that somebody changed."
    return together(
        click.option("--force", is_flag=True, help=about),
        click.option("--quiet", "-q", is_flag=True, help="Print nothing but what is wrong."),
    )


def telling() -> Option[Any]:
    """Return the options for how much is told, and for telling it to other programs."""
    return together(
        click.option(
            "--verbose", "-v", is_flag=True, help="Tell why something is done, how long it takes, and all files."
        ),
        click.option("--json", "as_json", is_flag=True, help="Print one JSON value that tells what came of it."),
    )
