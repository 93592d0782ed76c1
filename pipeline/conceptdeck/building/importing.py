"""A file of another program becomes the folder of a map: its text, and a catalog for each other language."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from conceptdeck.building.catalogs import empty_catalog
from conceptdeck.importing.decoding import decoded, one_line
from conceptdeck.importing.formats import FORMATS, Format, format_of, reader
from conceptdeck.importing.languages import in_language, likely_language
from conceptdeck.importing.plan import PlannedMap
from conceptdeck.importing.rules import LANGUAGE_ASSUMED, NOT_TAKEN, NOTHING_TO_IMPORT
from conceptdeck.importing.shaping import shaped
from conceptdeck.importing.writing import own_words, translations, write_map
from conceptdeck.translation.catalog import Catalog, Entry, sources, updated
from conceptdeck.translation.po import write_po
from conceptdeck.values.characters import quoted
from conceptdeck.values.diagnostics import Diagnostic, Failure, Span
from conceptdeck.values.model import ConceptMap
from conceptdeck.values.outline import Leftover, Outline, Wording
from conceptdeck.values.value import frozen
from conceptdeck.workspace import disk, graphviz, places
from conceptdeck.workspace.loading import read_map_text

__all__ = ["ImportedMap", "import_map", "read_outline"]

MOST_SHOWN = 6  # leftovers that a finding names


@frozen
class ImportedMap:
    """What came of an import: the files by their paths, and what is to be said of it."""

    form: Format
    files: Mapping[Path, bytes]
    planned: PlannedMap
    languages: tuple[str, ...]
    findings: tuple[Diagnostic, ...]


def read_outline(file: Path, name: str = "") -> tuple[Outline, Format]:
    """Return what a file says, and its format, told by `name` or by the file; raises Failure if it cannot be read."""
    data, shown = disk.read_bytes(file), disk.shown(file)
    form = FORMATS[name] if name else format_of(data, file.name, shown)
    if form.by_graphviz:
        data = graphviz.as_json(decoded(data, shown), shown)
    return reader(form)(data, shown), form


def import_map(file: Path, map_file: Path, name: str = "", language: str = "") -> ImportedMap:
    """Return the map that a file makes, to be written to `map_file`; raises Failure if it makes none."""
    outline, form = read_outline(file, name)
    shown = disk.shown(file)
    outline = in_language(outline, language) if language else outline
    tag = language or outline.language or likely_language(outline)
    planned = shaped(outline, _title(file) or form.title)
    if not planned.concepts:
        hints = ("is it the right file?", f"it was read as {form.title}: say another format with --from")
        raise Failure([NOTHING_TO_IMPORT.at("the file names no concept", Span(shown), hints=hints)])
    text = write_map(planned, tag, f"Imported from {one_line(file.name)} ({form.title}).")
    concept_map = read_map_text(map_file, text)
    wordings = translations(planned)
    files = {map_file: text.encode()}
    tags = tuple(dict.fromkeys(other for each in wordings.values() for other, _ in each.others if other != tag))
    wordings = {**wordings, **own_words(planned, tag, tags)}
    for other in tags:
        files[places.catalog_path(map_file, other)] = write_po(_catalog(concept_map, wordings, other)).encode()
    found = [*_language_told(outline, language, tag, shown), *_not_taken(planned.left, shown)]
    return ImportedMap(form, files, planned, tags, tuple(found))


def _title(file: Path) -> str:
    """Return the name of a file as a title."""
    words = one_line(file.stem.replace("_", " "))
    words = words.replace("-", " ") if " " not in words else words
    return words[:1].upper() + words[1:]


def _catalog(concept_map: ConceptMap, wordings: Mapping[str, Wording], tag: str) -> Catalog:
    """Return the catalog of a map with what its file says in another language."""
    strings = sources(concept_map)
    said = {key: each.in_language(tag) for key, each in wordings.items()}
    entries = tuple(Entry(each.key, each.value, said[each.key]) for each in strings if said.get(each.key))
    return updated(Catalog(tag, entries, empty_catalog(concept_map, tag).header), strings, {})


def _language_told(outline: Outline, asked: str, tag: str, shown: str) -> tuple[Diagnostic, ...]:
    """Return a warning if nobody has said what language a file is in."""
    if asked or outline.language:
        return ()
    message = f"the file does not tell its language; it is taken to be `{tag}`"
    return (LANGUAGE_ASSUMED.at(message, Span(shown), hints=("if it is another: --language TAG",)),)


def _not_taken(left: tuple[Leftover, ...], shown: str) -> tuple[Diagnostic, ...]:
    """Return a warning for each kind of things that no part of the map says."""
    kinds: dict[str, list[Leftover]] = {}
    for each in left:
        kinds.setdefault(each.kind, []).append(each)
    hint = "it stands as a comment at the end of the map"
    return tuple(_told(kind, found, shown, hint) for kind, found in kinds.items())


def _told(kind: str, found: list[Leftover], shown: str, hint: str) -> Diagnostic:
    names = [f"{quoted(each.of)}: {quoted(each.text)}" if each.of else quoted(each.text) for each in found[:MOST_SHOWN]]
    more = f" and {len(found) - MOST_SHOWN} more" if len(found) > MOST_SHOWN else ""
    line = next((each.line for each in found if each.line), 0)
    at = Span(shown, line, 1) if line else Span(shown)
    return NOT_TAKEN.at(f"{kind} has no place in a map: {', '.join(names)}{more}", at, notes=(hint,))
