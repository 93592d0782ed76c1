"""`conceptdeck reference`: every key of the files that people write, with what it says and an example."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import click
from click.shell_completion import CompletionItem

from conceptdeck.cli.files import FILES, example, keys_of
from conceptdeck.cli.report import failures_reported

if TYPE_CHECKING:
    from conceptdeck.reading.reference import Key

__all__ = ["command"]

WIDTH = 100
MOST = 6  # keys of one name that are told in full
MOST_PLACES = 4  # other places that are named


def _complete(ctx: click.Context, param: click.Parameter, incomplete: str) -> list[CompletionItem]:
    """Return the keys whose path starts with what is typed."""
    names = dict.fromkeys(_short(key) for _, key in _every(ctx.params.get("kind")))
    return [CompletionItem(name) for name in names if name.startswith(incomplete)]


@click.command("reference")
@click.argument("asked", metavar="[KEY]", required=False, shell_complete=_complete)
@click.option("--in", "kind", type=click.Choice(list(FILES)), is_eager=True, help="Look in this kind of file only.")
@click.option(
    "--pages", type=click.Path(path_type=Path, file_okay=False), help="Write all of it to a folder, as Markdown."
)
@click.option("--man", "as_man", is_flag=True, help="Print the manual page of the program, for `man`.")
@click.pass_context
def command(ctx: click.Context, asked: str | None, kind: str | None, pages: Path | None, as_man: bool) -> None:
    """Tell what may be written in maps, stories, themes, glossaries, conceptdeck.toml and files of words.

    KEY is the name of a key, or its path with or without the ids in it. Without KEY all keys of a file's first level
    are listed. What is told is made from what the program reads, and each example is a part of a file that builds.

    \b
    Examples:
      conceptdeck reference
      conceptdeck reference core-sentence
      conceptdeck reference relations.items.phrase
      conceptdeck reference --in theme roles.body
      conceptdeck reference --man > conceptdeck.1
    """  # noqa: D301 - click reads the backspace as a mark
    if pages:
        from conceptdeck.cli.reference_pages import written

        with failures_reported():
            for path in written(pages, ctx.find_root().command):
                click.echo(str(path))
        return
    if as_man:
        from conceptdeck.cli.manual import manual

        click.echo(manual(ctx.find_root().command), nl=False)
        return
    lines = _told(asked, kind) if asked else _overview(kind)
    click.echo("\n".join(lines))


def _every(kind: str | None) -> Iterator[tuple[str, Key]]:
    """Yield each key after the kind of its file."""
    for each in [kind] if kind else FILES:
        yield from ((each, key) for key in keys_of(each))


def _short(key: Key) -> str:
    """Return a path without the names that an author gives."""
    from conceptdeck.reading.reference import ID, NAME

    return ".".join(step for step in key.path if step not in (ID, NAME))


def _overview(kind: str | None) -> Iterator[str]:
    """Yield the keys of the first level of each file, or all keys of one."""
    for name in [kind] if kind else FILES:
        file = FILES[name]
        yield f"{file.title}, {file.where}: {file.about}"
        keys = [key for key in keys_of(name) if kind or len(key.path) <= 1 + (key.path[0] == "NAME")]
        if name == "words" and not kind:
            yield f"  {len(keys)} words: conceptdeck reference --in words"
        else:
            longest = max(len(_short(key)) for key in keys)
            yield from (f"  {_short(key):<{longest}}  {_line(key.meaning, WIDTH - longest - 4)}" for key in keys)
        yield ""
    yield "More of a key, with an example: conceptdeck reference KEY"


def _line(text: str, width: int) -> str:
    """Return the beginning of a text that fits on a line."""
    return text if len(text) <= width else f"{text[: width - 2].rpartition(' ')[0]} …"


def _told(asked: str, kind: str | None) -> Iterator[str]:
    """Yield what is known of a key; of many with one name their paths."""
    from conceptdeck.reading.reference import near, with_path

    found = [(each, key) for each in ([kind] if kind else FILES) for key in with_path(keys_of(each), asked)]
    if not found:
        close = near([key for _, key in _every(kind)], asked)
        hint = f"; did you mean {' or '.join(f'`{each}`' for each in close)}?" if close else ""
        raise click.BadParameter(f"there is no key `{asked}`{hint}", param_hint="KEY")
    for each, key in found[:MOST]:
        yield from _entry(each, key)
    if rest := found[MOST:]:
        yield f"There are {len(rest)} more of that name; one is told by its path:"
        yield from (f"  {_short(key)}  ({FILES[each].where})" for each, key in rest)


def _entry(kind: str, key: Key) -> Iterator[str]:
    """Yield all that is known of a key."""
    from conceptdeck.reading.reference import children

    yield f"{key.dotted}  ({FILES[kind].where})"
    yield from _wrapped(key.meaning)
    yield from _wrapped(f"It is {key.kind}{'; it must be there' if key.required else ''}.")
    if key.default:
        yield from _wrapped(f"Default: {key.default}")
    if inner := children(keys_of(kind), key):
        yield from _wrapped(f"Its keys: {', '.join(inner)}")
    if key.also:
        more = f" and {len(key.also) - MOST_PLACES} more" if len(key.also) > MOST_PLACES else ""
        yield from _wrapped(f"Also at {', '.join('.'.join(path) for path in key.also[:MOST_PLACES])}{more}")
    if text := example(kind, key):
        yield ""
        yield from (f"    {line}" for line in text.splitlines())
    yield ""


def _wrapped(text: str) -> Iterable[str]:
    """Return a text as lines of a terminal."""
    return click.wrap_text(text, WIDTH, "  ", "  ").splitlines() if text else ()
