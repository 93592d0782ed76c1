"""The reference as Markdown: a page for each kind of file, and one for the commands."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import click

from conceptdeck.cli.files import FILES, example, keys_of
from conceptdeck.reading.reference import Key, children
from conceptdeck.workspace import disk

__all__ = ["every_command", "pages", "written"]

MADE = "<!-- Made by `make reference`: change what it is made of instead. -->"
WIDTH = 100
MOST_PLACES = 4
MOST_KEYS = 30  # more are in the table below


def written(folder: Path, program: click.Command) -> Iterator[Path]:
    """Write the pages to a folder; yield each file."""
    for name, text in pages(program).items():
        disk.write_atomically(folder / name, text.encode())
        yield folder / name


def pages(program: click.Command) -> dict[str, str]:
    """Return the pages by the names of their files."""
    made = {f"{kind}.md": "\n".join(_page(kind)) + "\n" for kind in FILES}
    return made | {"commands.md": "\n".join(_commands(program)) + "\n"}


def _page(kind: str) -> Iterator[str]:
    """Yield the lines of the page of a kind of file."""
    file, keys = FILES[kind], keys_of(kind)
    yield from (MADE, "", f"# {file.title}", "", f"`{file.where}`: {file.about}.", "")
    if all(len(key.path) == 1 and kind == "words" for key in keys):
        yield from _table(kind, keys)
        return
    yield from (f"`conceptdeck reference --in {kind} KEY` tells the same of one key.", "")
    for key in keys:
        if not key.named:
            yield from _entry(kind, key)
            if inner := [each for each in keys if each.named and each.path[:-1] == key.path]:
                yield from _table(kind, inner)
        elif nested := [each for each in keys if each.named and each.path[:-1] == key.path]:
            yield from (f"### {key.dotted}", "", *_table(kind, nested))


def _entry(kind: str, key: Key) -> Iterator[str]:
    """Yield what is known of a key."""
    yield from (f"{'#' * min(4, 1 + len(key.path))} {key.dotted}", "", key.meaning, "")
    yield f"- It is {key.kind}{'; it must be there' if key.required else ''}."
    if key.default:
        yield f"- Default: `{key.default}`"
    if (inner := [f"`{name}`" for name in children(keys_of(kind), key)]) and len(inner) <= MOST_KEYS:
        yield f"- Its keys: {', '.join(inner)}"
    if key.also:
        rest = f" and {len(key.also) - MOST_PLACES} more" if len(key.also) > MOST_PLACES else ""
        places = ", ".join(f"`{'.'.join(path)}`" for path in key.also[:MOST_PLACES])
        yield f"- Also at {places}{rest}"
    yield from ("", f"```{FILES[kind].syntax}", example(kind, key), "```", "")


def _table(kind: str, keys: list[Key] | tuple[Key, ...]) -> Iterator[str]:
    """Yield keys that need no more than a row each."""
    yield from ("| Key | What it says | For example |", "| --- | --- | --- |")
    for key in keys:
        shown = example(kind, key).splitlines()
        said = shown[-1 if kind == "words" else min(len(shown), len(key.path)) - 1].strip() if shown else ""
        yield f"| `{key.path[-1]}` | {_cell(key.meaning or key.kind)} | `{_cell(said)}` |"
    yield ""


def _cell(text: str) -> str:
    """Return a text as a cell holds it."""
    return text.replace("|", "\\|")


# Commands ---------------------------------------------------------------------------------------------------


def every_command(
    command: click.Command, path: tuple[str, ...], parent: click.Context | None = None
) -> Iterator[tuple[tuple[str, ...], click.Context]]:
    """Yield a command and those below it, with the words that name each, and the context for its help."""
    settings: dict[str, Any] = {**command.context_settings, "max_content_width": WIDTH, "terminal_width": WIDTH}
    context = click.Context(command, parent, path[-1], **settings)
    yield path, context
    if isinstance(command, click.Group):
        for name in command.list_commands(context):
            inner = command.get_command(context, name)
            assert inner is not None  # it was listed
            yield from every_command(inner, (*path, name), context)


def _commands(program: click.Command) -> Iterator[str]:
    """Yield the lines of the page of commands."""
    yield from (MADE, "", "# Commands", "", "What `--help` says of each command.", "")
    for path, context in every_command(program, ("conceptdeck",)):
        yield from (f"## {' '.join(path)}", "", "```text", context.get_help(), "```", "")
