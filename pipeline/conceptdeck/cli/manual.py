"""The manual page, made of what `--help` says."""

from __future__ import annotations

import inspect
from collections.abc import Iterable, Iterator

import click

from conceptdeck import __version__
from conceptdeck.cli.reference_pages import every_command

__all__ = ["manual"]

VERBATIM = "\b"  # click's mark for lines that stay as they are


def manual(program: click.Command) -> str:
    """Return the manual page of the program in roff."""
    return "\n".join(_lines(program)) + "\n"


def _lines(program: click.Command) -> Iterator[str]:
    yield f'.TH CONCEPTDECK 1 "" "conceptdeck {__version__}" "User Commands"'
    yield from (".SH NAME", r"conceptdeck \- turn a concept map into slides and diagrams")
    yield from (".SH SYNOPSIS", ".B conceptdeck", r"\fICOMMAND\fR [\fIOPTION\fR]... [\fIARGUMENT\fR]...")
    yield ".SH DESCRIPTION"
    yield from _paragraphs(program.help or "")
    yield ".SH COMMANDS"
    for path, context in every_command(program, ("conceptdeck",)):
        if len(path) > 1:
            yield from _command(path, context)
    yield ".SH FILES"
    for where, what in FILES_READ:
        yield from (".TP", rf".I {_escaped(where)}", _escaped(what))


FILES_READ = (
    ("data/NAME/map.yaml", "a concept map; its translations are beside it in locales/TAG.po"),
    ("themes/NAME.yaml", "a theme"),
    ("conceptdeck.toml", "what holds for every command in the project"),
    ("output", "what was built"),
)


def _command(path: tuple[str, ...], context: click.Context) -> Iterator[str]:
    """Yield what is told of one command."""
    usage = " ".join(context.command.collect_usage_pieces(context))
    yield from (f'.SS "{_escaped(" ".join(path))}"', rf"\fB{_escaped(' '.join(path))}\fR {_escaped(usage)}", ".PP")
    yield from _paragraphs(context.command.help or "")
    yield from _paragraphs(context.command.epilog or "")
    for parameter in context.command.get_params(context):
        record = parameter.get_help_record(context)
        if record and record[1]:
            yield from (".TP", rf"\fB{_escaped(record[0])}\fR", _escaped(record[1]))


def _paragraphs(text: str) -> Iterator[str]:
    """Yield the paragraphs of a help text; those that are marked keep their lines."""
    for block in inspect.cleandoc(text).split("\n\n"):
        if block.startswith(VERBATIM):
            lines = block.removeprefix(VERBATIM).strip("\n").split("\n")
            yield from (".PP", ".nf", *_texts(lines), ".fi")
        else:
            yield from (".PP", *_texts([" ".join(block.split())]))


def _texts(lines: Iterable[str]) -> Iterator[str]:
    """Yield lines that roff takes as text, never as requests."""
    for line in lines:
        said = _escaped(line)
        yield rf"\&{said}" if said.startswith((".", "'")) else said


def _escaped(text: str) -> str:
    return text.replace("\\", r"\e").replace("-", r"\-")
