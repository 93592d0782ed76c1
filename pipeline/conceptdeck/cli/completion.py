"""`conceptdeck completion`: the script by which a shell completes commands, options, maps, themes and icons."""

from __future__ import annotations

import click
from click.shell_completion import CompletionItem, ShellComplete, get_completion_class

from conceptdeck.workspace import places
from conceptdeck.workspace.house import project_of

__all__ = ["command", "complete_format", "complete_icon", "complete_map", "complete_theme"]

PROGRAM = "conceptdeck"
VARIABLE = "_CONCEPTDECK_COMPLETE"  # click looks for it under this name


def complete_map(ctx: click.Context, param: click.Parameter, incomplete: str) -> list[CompletionItem]:
    """Return the maps whose names start with what is typed, or leave paths to the shell."""
    folders = (project_of() / "data", places.shipped("data"))
    known = sorted({path.parent.name for folder in folders for path in folder.glob(f"*/{places.MAP_FILE}")})
    found = [CompletionItem(name) for name in known if name.startswith(incomplete)]
    return found or [CompletionItem(incomplete, type="file")]


def complete_theme(ctx: click.Context, param: click.Parameter, incomplete: str) -> list[CompletionItem]:
    """Return the themes whose names start with what is typed."""
    found = [CompletionItem(name) for name in places.themes() if name.startswith(incomplete)]
    return found or [CompletionItem(incomplete, type="file")]


def complete_icon(ctx: click.Context, param: click.Parameter, incomplete: str) -> list[CompletionItem]:
    """Return the icons whose names start with what is typed, and the words that they are found by."""
    from conceptdeck.reading.icons import IconSet

    icons = IconSet(places.icon_set())
    known = dict.fromkeys((*icons, *icons.every_word()))
    return [CompletionItem(name) for name in known if name.startswith(incomplete.casefold())]


def complete_format(ctx: click.Context, param: click.Parameter, incomplete: str) -> list[CompletionItem]:
    """Return the formats that can be imported whose names start with what is typed."""
    from conceptdeck.importing.formats import FORMATS

    return [CompletionItem(each.name, help=each.title) for each in FORMATS.values() if each.name.startswith(incomplete)]


@click.command("completion")
@click.argument("shell", type=click.Choice(["bash", "zsh", "fish"]))
@click.pass_context
def command(ctx: click.Context, shell: str) -> None:
    """Print the completion script of SHELL. It completes commands, options, and the names of maps, themes and icons.

    \b
    bash 4.4 or newer, in ~/.bashrc:
      eval "$(conceptdeck completion bash)"
    zsh, in ~/.zshrc after compinit:
      eval "$(conceptdeck completion zsh)"
    fish, once:
      conceptdeck completion fish > ~/.config/fish/completions/conceptdeck.fish

    \b
    Examples:
      conceptdeck completion bash
      conceptdeck completion zsh
      conceptdeck completion fish
    """  # noqa: D301 - click reads the backspace as a mark
    kind = get_completion_class(shell)
    assert kind is not None  # click brings all three
    # BashComplete.source runs bash to learn its version, which need not be the one that will read the script.
    click.echo(ShellComplete.source(kind(ctx.find_root().command, {}, PROGRAM, VARIABLE)))
