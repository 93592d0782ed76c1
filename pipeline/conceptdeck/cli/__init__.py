"""The command line: options in, diagnostics and exit code out. Each command is a module, imported when it is used."""

from __future__ import annotations

import os
import sys
from importlib import import_module
from pathlib import Path
from typing import Any

import click

from conceptdeck import __version__
from conceptdeck.cli.streams import streams
from conceptdeck.workspace.links import follow_links

__all__ = ["main"]

# command name -> its line in the overview; the module of that name holds a click command called `command`
COMMANDS = {
    "new": "Write a first map that explains itself.",
    "import": "Make a map of what another program wrote.",
    "export": "Write a map for other programs.",
    "build": "Build the deck of a map.",
    "diagrams": "Draw the diagrams of a map, for articles.",
    "locales": "Build deck and diagrams of a map in every language.",
    "fleet": "Build the decks of thousands of maps, on one machine or on many.",
    "publish": "Make a web site of decks and diagrams in every language.",
    "status": "Tell what of the output is out of date, and why.",
    "diff": "Tell what was changed in a deck since it was built.",
    "pull": "Take edits of a deck into its map or its catalog.",
    "preview": "Show slides and diagrams in the browser while you write.",
    "check": "Judge maps and decks by every rule.",
    "i18n": "Start, update and exchange translations.",
    "theme": "Start, import, check, list, show or export themes.",
    "font": "Add fonts of your own, or list them.",
    "icons": "Find icons for the signs of a map.",
    "reference": "Tell what may be written in maps, themes and other files.",
    "schema": "Print the JSON Schema of maps and other files.",
    "doctor": "Check that everything a build needs is here.",
    "completion": "Print a completion script for your shell.",
}
SECTIONS = {
    "Maps": ("new", "import", "export"),
    "Decks and diagrams": ("build", "diagrams", "locales", "fleet", "publish", "status"),
    "While you write": ("preview", "check"),
    "Edits in PowerPoint": ("diff", "pull"),
    "Other languages": ("i18n",),
    "Your own house": ("theme", "font", "icons"),
    "This program": ("reference", "schema", "doctor", "completion"),
}
MODULES = {"import": "importing"}  # of commands whose names Python keeps for itself
FAULT = 70  # EX_SOFTWARE of sysexits.h


def _follow(_: click.Context, __: click.Parameter, said: bool) -> None:
    if said:
        follow_links()


FOLLOWING = click.Option(
    ["--follow-links"],
    is_flag=True,
    is_eager=True,
    expose_value=False,
    callback=_follow,
    help="Read files of the project that are links out of it.",
)


class _Commands(click.Group):
    """Commands that load when used, and whose unforeseen faults end in a plain message, not in a traceback."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Return the commands' names, in the order in which people meet them."""
        return [name for names in SECTIONS.values() for name in names]

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Return the command called `cmd_name`."""
        if cmd_name not in COMMANDS:
            return None
        found = import_module(f"conceptdeck.cli.{MODULES.get(cmd_name, cmd_name)}").command
        assert isinstance(found, click.Command)
        for command in found.commands.values() if isinstance(found, click.Group) else (found,):
            if FOLLOWING not in command.params:  # a command may be asked for more than once
                command.params.append(FOLLOWING)
        return found

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the overview without importing the commands."""
        longest = max(map(len, COMMANDS))
        for section, names in SECTIONS.items():
            with formatter.section(section):
                formatter.write_dl([(name.ljust(longest), COMMANDS[name]) for name in names])

    def main(self, *args: Any, **kwargs: Any) -> Any:
        """Run the program; who reads what it prints may go away, as `head` does: it does its work all the same."""
        with streams():
            return super().main(*args, **kwargs)

    def invoke(self, ctx: click.Context) -> Any:
        """Run the command; with CONCEPTDECK_DEBUG set, faults of the program itself show their traceback."""
        if not _is_somewhere():
            raise click.ClickException("the folder that you are in is no longer there; change to another one")
        try:
            return super().invoke(ctx)
        except (click.ClickException, click.exceptions.Exit, click.Abort):
            raise
        except Exception as error:
            if os.environ.get("CONCEPTDECK_DEBUG"):
                raise
            click.echo(f"conceptdeck: a fault of the program: {type(error).__name__}: {error}", err=True)
            hint = "files are written whole or not at all; run again with CONCEPTDECK_DEBUG=1 and report what it shows"
            click.echo(f"  help: {hint}", err=True)
            sys.exit(FAULT)


def _is_somewhere() -> bool:
    """Tell whether the folder that the program runs in still has a name."""
    try:
        Path.cwd()
    except FileNotFoundError:
        return False
    return True


@click.group(cls=_Commands, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(__version__, prog_name="conceptdeck")
def main() -> None:
    """Turn a concept map, kept as YAML, into an editable PowerPoint deck."""
