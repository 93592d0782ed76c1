"""`conceptdeck completion`: the script by which a shell completes commands, options, maps, themes and icons."""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

import click

from conceptdeck.values.diagnostics import Failure
from conceptdeck.workspace import places
from conceptdeck.workspace.house import project_of

if TYPE_CHECKING:  # of use to shells only
    from click.shell_completion import CompletionItem

__all__ = [
    "command",
    "complete_address",
    "complete_catalog",
    "complete_deck_format",
    "complete_format",
    "complete_icon",
    "complete_map",
    "complete_maps_or_decks",
    "complete_picture",
    "complete_picture_format",
    "complete_rule",
    "complete_size",
    "complete_story",
    "complete_tag",
    "complete_tags",
    "complete_theme",
]

PROGRAM = "conceptdeck"
VARIABLE = "_CONCEPTDECK_COMPLETE"  # click looks for it under this name


def complete_address(ctx: click.Context, param: click.Parameter, incomplete: str) -> list[CompletionItem]:
    """Offer the addresses of this machine."""
    from conceptdeck.preview.addresses import LOOPBACK, own_address

    return _starting(dict.fromkeys(filter(None, (own_address(), LOOPBACK))), incomplete)


def complete_map(ctx: click.Context, param: click.Parameter, incomplete: str) -> list[CompletionItem]:
    """Return the maps whose names start with what is typed, or leave paths to the shell."""
    folders = (project_of() / "data", places.shipped("data"))
    known = sorted({path.parent.name for folder in folders for path in folder.glob(f"*/{places.MAP_FILE}")})
    found = [_item(name) for name in known if name.startswith(incomplete)]
    return found or [_item(incomplete, type="file")]


def complete_theme(ctx: click.Context, param: click.Parameter, incomplete: str) -> list[CompletionItem]:
    """Return the themes whose names start with what is typed."""
    found = [_item(name) for name in places.themes() if name.startswith(incomplete)]
    return found or [_item(incomplete, type="file")]


def complete_icon(ctx: click.Context, param: click.Parameter, incomplete: str) -> list[CompletionItem]:
    """Return the icons whose names start with what is typed, and the words that they are found by."""
    from conceptdeck.reading.icons import IconSet

    icons = IconSet(places.icon_set())
    known = dict.fromkeys((*icons, *icons.every_word()))
    return [_item(name) for name in known if name.startswith(incomplete.casefold())]


def complete_format(ctx: click.Context, param: click.Parameter, incomplete: str) -> list[CompletionItem]:
    """Return the formats that can be imported whose names start with what is typed."""
    from conceptdeck.importing.formats import FORMATS

    return [_item(each.name, help=each.title) for each in FORMATS.values() if each.name.startswith(incomplete)]


def complete_maps_or_decks(ctx: click.Context, param: click.Parameter, incomplete: str) -> list[CompletionItem]:
    """Return the maps whose names start with what is typed; the shell adds files."""
    return [*complete_map(ctx, param, incomplete), _item(incomplete, type="file")]


def complete_story(ctx: click.Context, param: click.Parameter, incomplete: str) -> list[CompletionItem]:
    """Return the stories of the map, or of the project, whose names start with what is typed."""
    from conceptdeck.workspace.house import house
    from conceptdeck.workspace.loading import read_stories_file

    names = []
    for path in house(_map(ctx)).stories():
        with suppress(Failure):
            names += [story.id for story in read_stories_file(path)[0]]
    return _starting(names, incomplete)


def complete_size(ctx: click.Context, param: click.Parameter, incomplete: str) -> list[CompletionItem]:
    """Return the sizes of slides whose names start with what is typed."""
    from conceptdeck.reading.theme import vocabulary

    return _starting(vocabulary(places.theme_base()).get("sizes", ()), incomplete)


def complete_catalog(ctx: click.Context, param: click.Parameter, incomplete: str) -> list[CompletionItem]:
    """Return the languages that the map, or any map of the project, has catalogs for."""
    map_file = _map(ctx)
    files = [map_file] if map_file else sorted((project_of() / "data").glob(f"*/{places.MAP_FILE}"))
    return _starting((tag for path in files for tag in places.catalogs_beside(path)), incomplete)


def complete_tag(ctx: click.Context, param: click.Parameter, incomplete: str) -> list[CompletionItem]:
    """Return the languages that the program has words of its own in."""
    known = sorted(path.stem for path in (places.PACKAGE / "translation" / "terms").glob("*.po"))
    return _starting(["en", *known], incomplete)


def complete_picture(ctx: click.Context, param: click.Parameter, incomplete: str) -> list[CompletionItem]:
    """Return the diagrams of the map, or their kinds; of several with commas the last one is completed."""
    from conceptdeck.values.diagram import DiagramKind

    known = [kind.value for kind in DiagramKind if kind is not DiagramKind.CONCEPT]
    if map_file := _map(ctx):
        from conceptdeck.workspace.loading import read_map_file

        with suppress(Failure):
            source = read_map_file(map_file)[0]
            known = [each.id for each in source.diagrams] or known
            known += [f"concept:{each.id}" for each in source.every_concept()]
    return _last_of_several(known, incomplete)


def complete_picture_format(ctx: click.Context, param: click.Parameter, incomplete: str) -> list[CompletionItem]:
    """Return the formats of diagrams; of several with commas the last one is completed."""
    from conceptdeck.building.jobs import PICTURE_FORMATS

    return _last_of_several(PICTURE_FORMATS, incomplete)


def complete_deck_format(ctx: click.Context, param: click.Parameter, incomplete: str) -> list[CompletionItem]:
    """Return the formats of decks; of several with commas the last one is completed."""
    from conceptdeck.building.jobs import DECK_FORMATS

    return _last_of_several((*DECK_FORMATS, "none"), incomplete)


def complete_tags(ctx: click.Context, param: click.Parameter, incomplete: str) -> list[CompletionItem]:
    """Return the words for languages of maps, and tags; of several with commas the last one is completed."""
    known = (each.value for each in complete_tag(ctx, param, ""))
    return _last_of_several(("all", "own", *known), incomplete)


def complete_rule(ctx: click.Context, param: click.Parameter, incomplete: str) -> list[CompletionItem]:
    """Return the rules whose codes start with what is typed, with what they are about."""
    from conceptdeck.cli.rules import every_rule

    found = sorted(each for each in every_rule() if each.startswith(incomplete))
    return [_item(code, help=every_rule()[code].title) for code in found]


def _map(ctx: click.Context) -> Path | None:
    """Return the file of the map that is named before what is typed."""
    several = ctx.params.get("targets") or ctx.params.get("names") or ctx.args  # an option without its value leaves all
    said = ctx.params.get("map_name") or next(iter(several), None)
    with suppress(Failure):
        return places.find_map(said) if said else None
    return None


def _item(name: str, **more: str) -> CompletionItem:
    """Return what a shell may put in the place of what is typed."""
    from click.shell_completion import CompletionItem

    return CompletionItem(name, **more)


def _starting(names: Iterable[str], incomplete: str) -> list[CompletionItem]:
    """Return the names that start with what is typed, each once."""
    return [_item(name) for name in dict.fromkeys(names) if name.startswith(incomplete)]


def _last_of_several(names: Iterable[str], incomplete: str) -> list[CompletionItem]:
    """Return the names that may follow the last comma of what is typed."""
    before, comma, last = incomplete.rpartition(",")
    said = before.split(",")
    return [_item(f"{before}{comma}{name}") for name in names if name.startswith(last) and name not in said]


@click.command("completion")
@click.argument("shell", type=click.Choice(["bash", "zsh", "fish"]))
@click.pass_context
def command(ctx: click.Context, shell: str) -> None:
    """Print the completion script of SHELL. It completes commands, options and what they take.

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
    from click.shell_completion import ShellComplete, get_completion_class

    kind = get_completion_class(shell)
    assert kind is not None  # click brings all three
    # BashComplete.source runs bash to learn its version, which need not be the one that will read the script.
    click.echo(ShellComplete.source(kind(ctx.find_root().command, {}, PROGRAM, VARIABLE)))
