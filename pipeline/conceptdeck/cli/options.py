"""Options that commands share. Their defaults and choices are those of the jobs' fields."""

from __future__ import annotations

from collections.abc import Callable
from functools import reduce
from pathlib import Path
from typing import Any, TypeVar

import click

from conceptdeck.building.jobs import DeckJob, DiagramsJob, Job, choices, default
from conceptdeck.cli.completion import complete_map, complete_theme

__all__ = ["density", "field", "formats", "language", "map_name", "out", "program", "running", "story", "theme"]

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
    return click.option(*flags, name, **(given | settings))


def together(*options: Option[Any]) -> Option[Any]:
    """Return one decorator for several options, in the order in which the help lists them."""
    return lambda command: reduce(lambda made, option: option(made), reversed(options), command)


map_name = click.argument("map_name", metavar="[MAP]", required=False, shell_complete=complete_map)


def theme(about: str = "Name of a theme, or the path of its file.") -> Option[Any]:
    """Return the option for the theme."""
    return field(DeckJob, "theme", "--theme", shell_complete=complete_theme, help=about)


def out(about: str = "Output folder.") -> Option[Any]:
    """Return the option for the output folder."""
    return field(DeckJob, "out", "--out", help=about)


def story(about: str = "Name of a story: full, talk, lightning or your own.") -> Option[Any]:
    """Return the option for the story."""
    return field(DeckJob, "story", "--story", help=about)


def density(about: str) -> Option[Any]:
    """Return the option for how much slides show."""
    return field(DeckJob, "density", "--density", help=about)


def formats(about: str) -> Option[Any]:
    """Return the option for the formats of decks."""
    return field(DeckJob, "formats", "--format", help=f"{about}  [default: {', '.join(DeckJob(Path()).formats)}]")


def program(about: str) -> Option[Any]:
    """Return the option for the program that shall open decks."""
    return field(DeckJob, "program", "--for", help=f"{about}: Google Slides shows exact line spacing too high.")


def language() -> Option[Any]:
    """Return the options for the language, and for what is not translated to it."""
    about = "Language; the map's own if left out. `conceptdeck locales` builds all."
    return together(
        field(DiagramsJob, "locale", "--locale", metavar="TAG", help=about),
        field(DiagramsJob, "strict", "--strict", help="Refuse strings that are not translated."),
    )


def running(verb: str = "Build") -> Option[Any]:
    """Return the options for what is up to date, for files that somebody changed, and for what is printed."""
    about = f"{verb} what is up to date too, and replace files that somebody changed."
    return together(
        click.option("--force", is_flag=True, help=about),
        click.option("--quiet", "-q", is_flag=True, help="Print nothing but what is wrong."),
    )
