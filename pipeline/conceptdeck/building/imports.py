"""Translations on their way out and back: exports to translators, and imports of what they made."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from conceptdeck.building.catalogs import empty_catalog, extracted, glossary_of, read_catalogs, save_changed
from conceptdeck.checks.rules import TRANSLATION_CHARACTER
from conceptdeck.checks.translations import check_catalog
from conceptdeck.reading import source
from conceptdeck.translation.catalog import Catalog, Exchange, merged, updated
from conceptdeck.translation.po import read_po, write_po
from conceptdeck.translation.pseudo import PSEUDO_TAGS
from conceptdeck.translation.rules import FOREIGN_FILE
from conceptdeck.translation.xliff import read_xliff, write_xliff
from conceptdeck.translation.yaml_copy import read_base, replica_entries, write_replica
from conceptdeck.values.diagnostics import Diagnostic, Failure, Severity, Span, has_errors
from conceptdeck.values.languages import standard_tag
from conceptdeck.values.model import ConceptMap
from conceptdeck.values.rules import WARNING, Rule
from conceptdeck.workspace import disk, places
from conceptdeck.workspace.loading import decoded_file, judged, parsed_file, read_map_file

__all__ = ["Import", "export_catalog", "import_file", "map_of"]

MOST_NAMED = 5  # keys that a warning names
ENDINGS = {"xliff": ".xlf", "yaml": ".yaml", "po": ".po"}
FORMATS = {".xlf": "xliff", ".xliff": "xliff", ".xml": "xliff", ".yaml": "yaml", ".yml": "yaml", ".po": "po"}
LANGUAGE_FIELD = re.compile(r'^"Language:\s*([\w@.-]+)', re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Import:
    """What became of an imported file: keys taken, kept against it, and unknown to the map; findings on what came.

    `stale` has those of the taken keys whose translation is of an earlier text.
    """

    path: Path
    language: str
    taken: tuple[str, ...]
    stale: tuple[str, ...]
    kept: tuple[str, ...]
    unknown: tuple[str, ...]
    warnings: tuple[Diagnostic, ...]


def export_catalog(map_file: Path, tag: str, form: str) -> bytes:
    """Return a map's catalog for a language, brought up to date, as `xliff`, `yaml` or `po`."""
    tree, _ = parsed_file(map_file)
    concept_map, _ = read_map_file(map_file)
    (catalog,) = read_catalogs(map_file, [tag])
    catalog = updated(catalog, *extracted(map_file))
    if unseen := [each for each in check_catalog(catalog, concept_map) if each.code == TRANSLATION_CHARACTER.code]:
        raise Failure(unseen)
    if form == "xliff":
        return write_xliff(catalog, concept_map.id, concept_map.language)
    text = write_po(catalog) if form == "po" else write_replica(tree, concept_map, catalog)
    return text.encode()


def map_of(path: Path) -> str | None:
    """Return the map that a file with translations says it is of, if it says so."""
    if _form(path) != "xliff":
        return None
    found, problems = read_xliff(disk.read_bytes(path), disk.shown(path))
    if found is None:
        raise Failure(problems)
    return found.map_id or None


def import_file(map_file: Path, path: Path, *, overwrite: bool = False) -> Import:
    """Take the translations of a file into a map's catalog, which is made if there is none.

    What was changed in the catalog since the export is kept, unless to `overwrite` it. Raises Failure, with nothing
    written, if the file is not what it should be or breaks a translation.
    """
    concept_map, _ = read_map_file(map_file)
    tag = _tag_in(path, concept_map)
    if tag in places.catalogs_beside(map_file):
        read_catalogs(map_file, [tag])  # what is wrong with it is said before the longer work
    strings, notes = extracted(map_file)
    glossary, found = glossary_of(map_file, tag), list[Import]()

    def take(old: Catalog) -> Catalog:
        catalog = updated(old if old.entries or old.header else empty_catalog(concept_map, tag), strings, notes)
        incoming = _incoming(path, concept_map, catalog, _earlier(old))
        problems = check_catalog(_news(incoming.catalog, catalog), concept_map, glossary)
        if has_errors(problems):
            raise Failure(each for each in problems if each.severity is Severity.ERROR)
        result = merged(catalog, incoming.catalog, incoming.base, overwrite=overwrite)
        stale = tuple(key for key in result.taken if result.catalog.by_key[key].fuzzy)
        unknown = tuple(key for key in incoming.catalog.by_key if key not in catalog.by_key)
        problems += _unsure([key for key in stale if key in incoming.unsure], disk.shown(path))
        target = places.catalog_path(map_file, tag)
        found.append(Import(target, tag, result.taken, stale, result.kept, unknown, problems))
        return result.catalog if result.taken else old

    save_changed(map_file, tag, take)
    return found[-1]


def _earlier(catalog: Catalog) -> dict[str, tuple[str, ...]]:
    """Return the source texts that a catalog knows of each key, from before an update."""
    return {entry.key: (entry.source, entry.previous) for entry in catalog.entries}


UNKNOWN_SOURCE = Rule(
    "unknown-source",
    "catalogs",
    WARNING,
    "translations that do not say which text they are of",
).because("""
    A YAML file without its last lines, or one that an earlier version exported, does not tell whether a text has
    changed since it was translated. Such translations are taken as ones of an earlier text.
""")


def _unsure(keys: Sequence[str], shown: str) -> tuple[Diagnostic, ...]:
    """Return a warning about translations that do not say which text they are of."""
    if not keys:
        return ()
    message = f"it does not say which texts {len(keys)} of its translations are of; they come in marked fuzzy"
    named = ", ".join(keys[:MOST_NAMED]) + (", …" if len(keys) > MOST_NAMED else "")
    hints = (
        "look at each in the catalog, and take the mark `fuzzy` off",
        "if all are of the texts of now: copy the lines with #| from a new export to its end, and import again",
    )
    return (UNKNOWN_SOURCE.at(message, Span(shown), notes=(named,), hints=hints),)


def _news(incoming: Catalog, catalog: Catalog) -> Catalog:
    """Return the incoming entries of strings that the catalog has, with another translation than there."""
    known = catalog.by_key
    return replace(
        incoming,
        entries=tuple(
            each for each in incoming.entries if each.key in known and each.text and each.text != known[each.key].text
        ),
    )


def _form(path: Path) -> str:
    if found := FORMATS.get(path.suffix.lower()):
        return found
    hints = (f"its name should end in {', '.join(ENDINGS.values())}",)
    raise Failure([FOREIGN_FILE.at("it is neither XLIFF nor YAML nor PO", Span(disk.shown(path)), hints=hints)])


def _tag_in(path: Path, concept_map: ConceptMap) -> str:
    """Return the language that a file with translations is in."""
    shown, form = disk.shown(path), _form(path)
    if form == "xliff":
        found, problems = read_xliff(disk.read_bytes(path), shown)
        if found is None:
            raise Failure(problems)
        said = found.catalog.language
    elif form == "yaml":
        tree, _ = parsed_file(path)
        said = _language_of(tree) or ""
    else:
        ((_, text),) = decoded_file(path).items()
        match = LANGUAGE_FIELD.search(text)
        said = match[1] if match else ""
    tag = standard_tag(said) if said else None
    if tag is None or tag == concept_map.language or tag in PSEUDO_TAGS:
        message = f"it says that it is in `{said}`" if said else "it does not say which language it is in"
        hints = ("name the language of the translation, such as `de` or `zh-Hans`",)
        raise Failure([FOREIGN_FILE.at(message, Span(shown), hints=hints)])
    return tag


def _language_of(tree: source.Node) -> str | None:
    entries = tree.entries if isinstance(tree, source.Mapping) else ()
    found = [value.value for key, value in entries if key.value == "language" and isinstance(value, source.Scalar)]
    return found[0] if found else None


def _incoming(
    path: Path, concept_map: ConceptMap, catalog: Catalog, earlier: Mapping[str, tuple[str, ...]]
) -> Exchange:
    """Return the translations in a file, with those that they started from as far as the file says so."""
    shown, form = disk.shown(path), _form(path)
    if form == "xliff":
        found, problems = read_xliff(disk.read_bytes(path), shown)
        if found is None:
            raise Failure(problems)
        return found
    if form == "yaml":
        translated, texts = read_map_file(path, concept_map.id)
        ((_, text),) = texts.items()
        replica = replica_entries(translated, read_base(text), catalog, earlier)
        return Exchange(replica.catalog, replica.before, unsure=replica.unsure)
    texts = decoded_file(path)
    ((_, text),) = texts.items()
    found_po, po_problems = read_po(text, shown, catalog.language)
    judged(po_problems, texts)
    assert found_po is not None  # a file without findings is a catalog
    return Exchange(found_po)
