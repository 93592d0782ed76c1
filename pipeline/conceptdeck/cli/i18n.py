"""`conceptdeck i18n`: catalogs of translations, from the first one to what translators send back."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator, Sequence
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from conceptdeck.cli.completion import complete_catalog, complete_map, complete_tag
from conceptdeck.cli.report import failures_reported
from conceptdeck.values.collector import uncollected
from conceptdeck.values.diagnostics import told
from conceptdeck.values.rules import ERROR, Rule

if TYPE_CHECKING:
    from conceptdeck.building.catalogs import Language, Status, Touched

__all__ = ["command"]

DECK = ".pptx"
FORMATS = {"xliff": ".xlf", "xliff2": ".xlf", "yaml": ".yaml", "po": ".po"}
MOST_SHOWN = 20  # strings of one language: a new catalog would fill the screen


@click.group("i18n")
def command() -> None:
    """Start, update and exchange the translations of a map.

    A catalog is a gettext PO file, data/MAP/locales/TAG.po, for editors such as Poedit and Weblate.

    \b
    Examples:
      conceptdeck i18n new pt-BR world-models
      conceptdeck i18n update
      conceptdeck i18n status world-models
      conceptdeck i18n export de world-models --format xliff -o de.xlf
      conceptdeck i18n import de.xlf world-models
    """  # noqa: D301 - click reads the backspace as a mark


@command.command("new")
@click.argument("tag", metavar="TAG", shell_complete=complete_tag)
@click.argument("map_name", metavar="[MAP]", required=False, shell_complete=complete_map)
def new(tag: str, map_name: str | None) -> None:
    """Write an empty catalog for the language TAG, such as de, pt-BR or zh-Hans.

    Nothing is ever overwritten. Without MAP every map gets one. If the program's own words, such as “Relations”, are
    not shipped in the language, data/terms/TAG.po is started for them too.

    \b
    Examples:
      conceptdeck i18n new pt-BR
      conceptdeck i18n new zh-Hant world-models
    """  # noqa: D301 - click reads the backspace as a mark
    from conceptdeck.building import catalogs
    from conceptdeck.workspace import disk, places

    with failures_reported():
        known = catalogs.known_tag(tag)
        paths = [path for map_file in places.find_maps(map_name) for path in catalogs.started(map_file, known)]
    if known != tag:
        click.echo(f"{tag} is {known} in standard form", err=True)
    for path in paths:
        click.echo(f"{disk.shown(path)}  ready for a translator; then: conceptdeck build --locale {known}")


@command.command("update")
@click.argument("names", metavar="[MAP] [TAG]...", nargs=-1, shell_complete=complete_map)
def update(names: tuple[str, ...]) -> None:
    """Bring catalogs up to date with their maps; without MAP those of every map, without TAG every language.

    A changed text makes its translation fuzzy and is kept beside it; texts that are gone become obsolete. Only files
    whose content changes are written.

    \b
    Examples:
      conceptdeck i18n update
      conceptdeck i18n update world-models de ja
    """  # noqa: D301 - click reads the backspace as a mark
    from conceptdeck.building import catalogs
    from conceptdeck.workspace import disk

    written: list[str] = []
    with failures_reported(written=written):
        map_files, tags = _chosen(names)
        catalogs_of_maps = (each for map_file in map_files for each in catalogs.update_catalogs(map_file, tags))
        terms = {each.path: each for map_file in map_files for each in catalogs.update_terms(map_file, tags)}
        for map_file in map_files:
            path, changed = catalogs.write_template(map_file, only_there=True)
            written += [disk.shown(path)] * changed
        for each in chain(terms.values(), catalogs_of_maps):
            counts = ", ".join(f"{count} {state.value}" for state, count in each.counts.items())
            click.echo(f"{disk.shown(each.path)}  {counts}{'' if each.written else ' (unchanged)'}")
            written += [disk.shown(each.path)] * each.written


@command.command("status")
@click.argument("map_name", metavar="[MAP]", required=False, shell_complete=complete_map)
@click.option("--json", "as_json", is_flag=True, help="Print all of it as JSON.")
@click.option("--strict", is_flag=True, help="Exit with 1 if anything is stale or missing.")
@uncollected()  # catalogs make hardly any reference cycles
def status(map_name: str | None, as_json: bool, strict: bool) -> None:
    """Show how far each language is, and on which slides and in which diagrams something is not translated.

    \b
    Examples:
      conceptdeck i18n status
      conceptdeck i18n status world-models --json
      conceptdeck i18n status --strict
    """  # noqa: D301 - click reads the backspace as a mark
    from conceptdeck.building import catalogs
    from conceptdeck.workspace import places

    with failures_reported():
        found = [catalogs.status(map_file) for map_file in places.find_maps(map_name)]
    click.echo(_as_json(found) if as_json else "\n\n".join("\n".join(_as_text(each)) for each in found))
    sys.exit(strict and any(language.touched for each in found for language in each.languages))


@command.command("template")
@click.argument("map_name", metavar="[MAP]", required=False, shell_complete=complete_map)
def template(map_name: str | None) -> None:
    """Write the template of a map's catalogs, data/MAP/locales/MAP.pot, from which Weblate and Poedit start languages.

    Once it is there, `update` keeps it up to date.

    \b
    Examples:
      conceptdeck i18n template world-models
    """  # noqa: D301 - click reads the backspace as a mark
    from conceptdeck.building import catalogs
    from conceptdeck.workspace import disk, places

    with failures_reported():
        for map_file in places.find_maps(map_name):
            path, written = catalogs.write_template(map_file)
            click.echo(f"{disk.shown(path)}{'' if written else '  (unchanged)'}")


@command.command("glossary")
@click.argument("map_name", metavar="[MAP]", required=False, shell_complete=complete_map)
@click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path, dir_okay=False),
    help="File.  [default: MAP.tbx]",
)
@click.option("--tbx", type=click.Choice(["3", "2"]), default="3", show_default=True, help="Edition; Weblate reads 2.")
def glossary(map_name: str | None, output: Path | None, tbx: str) -> None:
    """Write the names of MAP in all its languages as a glossary, TBX-Basic, with what they mean.

    A file that is there is replaced. `conceptdeck check` holds the catalogs to the names of the map.

    \b
    Examples:
      conceptdeck i18n glossary world-models
      conceptdeck i18n glossary world-models --tbx 2 -o for-weblate.tbx
    """  # noqa: D301 - click reads the backspace as a mark
    from conceptdeck.building import catalogs
    from conceptdeck.reading.short import id_of
    from conceptdeck.workspace import disk

    with failures_reported():
        map_file = _one_map(map_name)
        path = output or Path(f"{id_of(map_file.resolve().parent.name)}.tbx")
        data = catalogs.names_as_glossary(map_file, int(tbx))
        disk.write_atomically(path, data)
    click.echo(f"{disk.shown(path)}  {len(data):,} bytes")


FILE_EXISTS = Rule("file-exists", "catalogs", ERROR, "a file of this name is there already").because("""
    `i18n export` overwrites nothing: a translator may have worked in the file.
""")


@command.command("export")
@click.argument("tag", metavar="TAG", shell_complete=complete_catalog)
@click.argument("map_name", metavar="[MAP]", required=False, shell_complete=complete_map)
@click.option("--format", "form", type=click.Choice(list(FORMATS)), default="xliff", show_default=True, help="Form.")
@click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path, dir_okay=False),
    help="File.  [default: MAP.TAG.xlf, .yaml or .po]",
)
@click.option("--force", is_flag=True, help="Replace a file that is there.")
def export(tag: str, map_name: str | None, form: str, output: Path | None, force: bool) -> None:
    """Write the catalog for TAG as XLIFF 1.2 or 2.1, as a YAML map in that language, or as PO, to give it away.

    \b
    Examples:
      conceptdeck i18n export de world-models -o de.xlf
      conceptdeck i18n export ja world-models --format yaml
    """  # noqa: D301 - click reads the backspace as a mark
    from conceptdeck.building import catalogs, imports
    from conceptdeck.reading.short import id_of
    from conceptdeck.values.diagnostics import Failure, Span
    from conceptdeck.workspace import disk

    with failures_reported():
        map_file = _one_map(map_name)
        known = catalogs.known_tag(tag)
        path = output or Path(f"{id_of(map_file.resolve().parent.name)}.{known}{FORMATS[form]}")
        if path.exists() and not force:
            hints = ("a translator may have worked in it: import it first, name another file, or use --force",)
            raise Failure([FILE_EXISTS.at("there is such a file already", Span(str(path)), hints=hints)])
        disk.write_atomically(path, imports.export_catalog(map_file, known, form))
    click.echo(f"{disk.shown(path)}  bring it back with: conceptdeck i18n import {path} {map_name or ''}".rstrip())


@command.command("import")
@click.argument("file", metavar="FILE", type=click.Path(path_type=Path, exists=True, dir_okay=False))
@click.argument("map_name", metavar="[MAP]", required=False, shell_complete=complete_map)
@click.option("--overwrite", is_flag=True, help="Take what comes, also against newer translations.")
@click.option(
    "--locale", metavar="TAG", shell_complete=complete_catalog, help="The language, if the file does not say it."
)
@click.option("--current", is_flag=True, help="What does not say which text it is of is of the text of now.")
def import_(file: Path, map_name: str | None, overwrite: bool, locale: str | None, current: bool) -> None:
    """Take translations from FILE: XLIFF, a YAML map in another language or a part of one, PO, or an edited deck.

    Strings are matched by key. What is right is taken, what is doubtful is marked fuzzy, and what is broken is left
    out; the last two are named. A translation that changed in the catalog since the export is kept, and named.

    \b
    Examples:
      conceptdeck i18n import de.xlf
      conceptdeck i18n import ja.yaml world-models --overwrite
      conceptdeck i18n import world-models.ar.pptx
    """  # noqa: D301 - click reads the backspace as a mark
    from conceptdeck.building import catalogs, imports
    from conceptdeck.workspace import disk

    if file.suffix.lower() == DECK:
        _import_deck(file, map_name, overwrite=overwrite)
        return
    with failures_reported():
        map_file = _one_map(map_name or imports.map_of(file))
        known = catalogs.known_tag(locale) if locale else None
        found = imports.import_file(map_file, file, overwrite=overwrite, locale=known, current=current)
    for text in told(found.warnings):
        click.echo(text, err=True)
    if found.kept:
        click.echo("kept as they are, since they changed here too (--overwrite takes what comes):", err=True)
    for key in found.kept:
        click.echo(f"  {key}", err=True)
    if found.unknown:
        click.echo(f"not strings of this map: {', '.join(found.unknown)}", err=True)
    counts = f"{len(found.taken)} taken, {len(found.kept)} kept, {len(found.unknown)} unknown"
    counts += f", {len(found.refused)} refused" if found.refused else ""
    if found.doubtful:
        counts += f"; of those taken {len(found.doubtful)} marked fuzzy, as they are doubtful"
    if found.stale:
        counts += f"; {len(found.stale)} of those taken are fuzzy, as they are not of the texts of now"
    click.echo(f"{disk.shown(found.path)}  {counts}")


def _import_deck(deck: Path, map_name: str | None, *, overwrite: bool) -> None:
    """Take the translations that somebody has changed in a deck, as `pull` does."""
    from conceptdeck.building.pulling import THEIRS, Wanted, pull
    from conceptdeck.building.revising import map_named
    from conceptdeck.cli.pull import report

    with failures_reported():
        found = pull(deck, map_named(deck, map_name), Wanted(THEIRS if overwrite else ""))
    report(found)


# --- which maps ----------------------------------------------------------------------------------


def _chosen(names: Sequence[str]) -> tuple[tuple[Path, ...], tuple[str, ...]]:
    """Return the maps and the tags that are named; a first name that is no map but a tag is a tag of every map."""
    from conceptdeck.values.diagnostics import Failure
    from conceptdeck.values.languages import standard_tag
    from conceptdeck.workspace import places

    if not names:
        return places.find_maps(None), ()
    try:
        return (places.find_map(names[0]),), tuple(names[1:])
    except Failure:
        if standard_tag(names[0]) is None:
            raise
        return places.find_maps(None), tuple(names)


WHICH_MAP = Rule("which-map", "theme and files", ERROR, "no single map to choose").because("""
    Without a name, the only map there is gets built. Name one.
""")


def _one_map(name: str | None) -> Path:
    """Return the one map that is meant; raises Failure if there are several and none is named."""
    from conceptdeck.values.diagnostics import Failure
    from conceptdeck.workspace import places

    found = places.find_maps(name)
    if len(found) == 1:
        return found[0]
    names = ", ".join(path.resolve().parent.name for path in found)
    raise Failure([WHICH_MAP.at("there are several maps", hints=(f"name one of them: {names}",))])


# --- output --------------------------------------------------------------------------------------


def _as_text(found: Status) -> Iterator[str]:
    words = found.languages[0].words if found.languages else 0
    yield f"{found.map_id}: {found.strings} strings, {words:,} words"
    if not found.languages:
        yield f"  no language yet: conceptdeck i18n new TAG {found.map_id}"
        return
    yield f"  {'language':12}{'translated':>11}{'stale':>7}{'missing':>9}{'words left':>12}"
    for each in found.languages:
        done, stale, missing = each.counts.values()
        yield f"  {each.tag:12}{done:>11}{stale:>7}{missing:>9}{each.words_left:>12,}"
    for each in found.languages:
        yield from _details(each)


def _details(language: Language) -> Iterator[str]:
    """Yield what is not translated, and where, and what leaves the glossary."""
    if language.terms:
        yield ""
        yield f"{language.tag}: other words than the glossary's"
        yield from (f"  {each.span}: {each.statement}; {each.hints[0]}" for each in language.terms)
    if not language.touched:
        return
    slides = _numbers(language.slides) or "none"
    yield ""
    yield f"{language.tag}: slides {slides}; diagrams {', '.join(language.diagrams) or 'none'}"
    for each in language.touched[:MOST_SHOWN]:
        yield f"  {each.state.value:8} {each.key}  {_where(each)}"
    if (rest := len(language.touched) - MOST_SHOWN) > 0:
        yield f"  … and {rest} more; --json has them all"


def _where(touched: Touched) -> str:
    place = touched.place
    parts = [
        ("slides", place.slides and _numbers(place.slides)),
        ("notes of slides", place.notes and _numbers(place.notes)),
        ("diagrams", ", ".join(place.diagrams)),
        ("properties of the file", "" if not place.properties else " "),
    ]
    unseen = "shown nowhere" if place.sought else "of a map with too many texts to look where it shows"
    return "; ".join(f"{what} {which}".rstrip() for what, which in parts if which) or unseen


def _numbers(slides: Sequence[Any]) -> str:
    """Return the numbers of slides, with ranges."""
    runs: list[list[int]] = []
    for number in (slide.number for slide in slides):
        if runs and number == runs[-1][-1] + 1:
            runs[-1].append(number)
        else:
            runs.append([number])
    return ", ".join(f"{run[0]}–{run[-1]}" if len(run) > 1 else str(run[0]) for run in runs)


def _as_json(found: Sequence[Status]) -> str:
    maps = [
        {"map": each.map_id, "strings": each.strings, "languages": [_plain(language) for language in each.languages]}
        for each in found
    ]
    return json.dumps({"maps": maps}, ensure_ascii=False, indent=2)


def _plain(language: Language) -> dict[str, Any]:
    return {
        "language": language.tag,
        **{state.value: count for state, count in language.counts.items()},
        "words": language.words,
        "words_left": language.words_left,
        "slides": [slide.number for slide in language.slides],
        "diagrams": list(language.diagrams),
        "entries": [
            {
                "key": each.key,
                "state": each.state.value,
                "source": each.source,
                "slides": [slide.number for slide in each.place.slides],
                "notes": [slide.number for slide in each.place.notes],
                "diagrams": list(each.place.diagrams),
                "properties": each.place.properties,
            }
            for each in language.touched
        ],
        "terms": [
            {"message": each.message, "path": each.span.path, "line": each.span.line, "help": list(each.hints)}
            for each in language.terms
        ],
    }
