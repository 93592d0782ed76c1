"""Translations on their way out and back: exports to translators, and imports of what they made."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import NamedTuple

from conceptdeck.building.catalogs import (
    catalog_tag,
    empty_catalog,
    glossary_of,
    read_catalogs,
    save_changed,
)
from conceptdeck.building.edition import keys_of_errors
from conceptdeck.building.extracts import extracted
from conceptdeck.checks.rules import TRANSLATION_CHARACTER
from conceptdeck.checks.translations import check_catalog
from conceptdeck.reading import source
from conceptdeck.translation.catalog import Catalog, Exchange, merged, without_plurals
from conceptdeck.translation.po import write_po
from conceptdeck.translation.pseudo import PSEUDO_TAGS
from conceptdeck.translation.reflow import unwrapped
from conceptdeck.translation.rules import FOREIGN_FILE
from conceptdeck.translation.salvage import salvaged_po
from conceptdeck.translation.xliff import read_xliff, write_xliff
from conceptdeck.translation.xliff2 import write_xliff2
from conceptdeck.translation.yaml_copy import read_base, replica_entries, replica_texts, write_replica
from conceptdeck.values.diagnostics import Diagnostic, Failure, Severity, Span
from conceptdeck.values.languages import is_same, standard_tag
from conceptdeck.values.model import ConceptMap
from conceptdeck.values.regex import regex
from conceptdeck.values.rules import WARNING, Rule
from conceptdeck.values.value import frozen
from conceptdeck.workspace import disk, places
from conceptdeck.workspace.loading import decoded_file, parsed_file, read_map_file

__all__ = ["Import", "export_catalog", "import_file", "map_of"]

MOST_NAMED = 5  # keys that a warning names
WRITERS = {"xliff": write_xliff, "xliff2": write_xliff2}
ENDINGS = {"xliff": ".xlf", "yaml": ".yaml", "po": ".po"}
FORMATS = {".xlf": "xliff", ".xliff": "xliff", ".xml": "xliff", ".yaml": "yaml", ".yml": "yaml", ".po": "po"}
TAG_IN_NAME = regex(r"[a-z]{2}(?:[-_][A-Z][a-z]{3})?(?:[-_](?:[A-Z]{2}|[0-9]{3}))?(?:@[a-z]+)?")
LANGUAGE_FIELD = regex(r'^"Language:\s*([\w@.-]+)', re.MULTILINE)


@frozen
class Import:
    """What became of an imported file: keys taken, kept against it, and unknown to the map; findings on what came.

    `stale` has those of the taken keys whose translation is of an earlier text, `doubtful` those taken as fuzzy because
    of what the findings say; `refused` keys are not taken.
    """

    path: Path
    language: str
    taken: tuple[str, ...]
    stale: tuple[str, ...]
    kept: tuple[str, ...]
    unknown: tuple[str, ...]
    warnings: tuple[Diagnostic, ...]
    doubtful: tuple[str, ...] = ()
    refused: tuple[str, ...] = ()


def export_catalog(map_file: Path, tag: str, form: str) -> bytes:
    """Return a map's catalog for a language, brought up to date, as `xliff`, `xliff2`, `yaml` or `po`."""
    tree, _ = parsed_file(map_file)
    concept_map, _ = read_map_file(map_file)
    (catalog,) = read_catalogs(map_file, [tag])
    found = extracted(map_file)
    catalog = found.brought_up_to_date(catalog)
    if unseen := [each for each in check_catalog(catalog, concept_map) if each.code == TRANSLATION_CHARACTER.code]:
        raise Failure(unseen)
    if form in WRITERS:
        return WRITERS[form](catalog, concept_map.id, concept_map.language)
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


def import_file(
    map_file: Path, path: Path, *, overwrite: bool = False, locale: str | None = None, current: bool = False
) -> Import:
    """Take the translations of a file into a map's catalog, which is made if there is none.

    What is right is taken, what is doubtful is taken as fuzzy, what is broken is left out; findings name the last two.
    What was changed in the catalog since the export is kept, unless to `overwrite` it. A file that does not say its
    language is in `locale`, or in the one that its name says. Translations that do not say which text they are of are
    fuzzy, unless they are said to be `current`. Raises Failure, with nothing written, if the file as a
    whole is not what it should be.
    """
    concept_map, _ = read_map_file(map_file)
    tag, told = _tag_in(path, concept_map, locale)
    tag = catalog_tag(map_file, tag)
    if tag in places.catalogs_beside(map_file):
        read_catalogs(map_file, [tag])  # what is wrong with it is said before the longer work
    about = extracted(map_file)
    glossary, found = glossary_of(map_file, tag), list[Import]()

    def take(old: Catalog) -> Catalog:
        catalog = about.brought_up_to_date(old if old.entries or old.header else empty_catalog(concept_map, tag))
        incoming, problems = _incoming(path, map_file, concept_map, catalog, _earlier(old))
        incoming = _made_current(incoming, catalog) if current else incoming
        judgements = check_catalog(_news(incoming.catalog, catalog), concept_map, glossary)
        judged = _judged(incoming.catalog, judgements)
        if not judged.catalog.entries and (problems or judged.refused):
            raise Failure(each for each in (*problems, *judgements) if each.severity is Severity.ERROR)
        result = merged(catalog, judged.catalog, incoming.base, overwrite=overwrite)
        stale = tuple(key for key in result.taken if result.catalog.by_key[key].fuzzy and key not in judged.doubtful)
        doubtful = tuple(key for key in result.taken if key in judged.doubtful)
        unknown = tuple(key for key in incoming.catalog.by_key if key not in catalog.by_key)
        unsure = _unsure([key for key in stale if key in incoming.unsure], disk.shown(path))
        warnings = (*told, *(each.eased(NOT_TAKEN) for each in problems), *judged.warnings, *unsure)
        target = places.catalog_path(map_file, tag)
        more = (result.kept, unknown, warnings, doubtful, judged.refused)
        found.append(Import(target, tag, result.taken, stale, *more))
        return result.catalog if result.taken else old

    save_changed(map_file, tag, take)
    return found[-1]


def _made_current(incoming: Exchange, catalog: Catalog) -> Exchange:
    """Return translations of which those that do not say it are of the texts of now."""
    known = catalog.by_key
    entries = tuple(
        replace(each, source=known[each.key].source, fuzzy=False) if each.key in incoming.unsure else each
        for each in incoming.catalog.entries
    )
    return replace(incoming, catalog=replace(incoming.catalog, entries=entries), unsure=frozenset())


class _Judged(NamedTuple):
    """Incoming translations without those that are refused, the doubtful ones marked fuzzy; and warnings on both."""

    catalog: Catalog
    doubtful: frozenset[str]
    refused: tuple[str, ...]
    warnings: tuple[Diagnostic, ...]


def _judged(incoming: Catalog, problems: Sequence[Diagnostic]) -> _Judged:
    """Return incoming translations as findings on them leave them: errors make a translation doubtful at least."""
    refused = keys_of_errors(each for each in problems if each.code == TRANSLATION_CHARACTER.code)
    doubtful = keys_of_errors(problems) - refused
    entries = tuple(
        replace(each, fuzzy=True) if each.key in doubtful else each
        for each in incoming.entries
        if each.key not in refused
    )
    warnings = tuple(
        each.eased(NOT_TAKEN if keys_of_errors([each]) & refused else MARKED)
        if each.severity is Severity.ERROR
        else each
        for each in problems
    )
    return _Judged(replace(incoming, entries=entries), doubtful, tuple(sorted(refused)), warnings)


NOT_TAKEN = "it is not taken"
MARKED = "it is taken as fuzzy, and shown once it is mended and the mark is off"


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
        "if all are of the texts of now: import it again with --current",
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


LANGUAGE_BY_NAME = Rule("language-by-name", "catalogs", WARNING, "a file that does not say its language").because("""
    Translations say which language they are in: PO in its header, XLIFF in `target-language`, YAML in `language:`. If
    they do not, the name of the file tells.
""")


def _tag_in(path: Path, concept_map: ConceptMap, locale: str | None) -> tuple[str, tuple[Diagnostic, ...]]:
    """Return the language that a file with translations is in, and a warning if only its name says so.

    A `locale` says it of a file that does not.
    """
    shown, said = disk.shown(path), _said_in(path)
    told: tuple[Diagnostic, ...] = ()
    if not said and not locale and (named := _tag_of_name(path.name.partition(".")[0], path.stem, concept_map)):
        said = named
        message = f"it does not say which language it is in; by its name it is `{named}`"
        told = (LANGUAGE_BY_NAME.at(message, Span(shown)),)
    tag = standard_tag(said or locale or "")
    differs = bool(said and locale) and not is_same(said, str(locale))
    if tag is None or tag == concept_map.language or tag in PSEUDO_TAGS or differs:
        message = f"it says that it is in `{said}`" if said else "it does not say which language it is in"
        hints = (
            "name the language of the translation, such as `de` or `zh-Hans`, in the file",
            "or say it: conceptdeck i18n import FILE --locale TAG",
        )
        raise Failure([FOREIGN_FILE.at(message, Span(shown), hints=hints)])
    return tag, told


def _said_in(path: Path) -> str:
    """Return the language that a file says it is in, as it is written there."""
    form = _form(path)
    if form == "xliff":
        found, problems = read_xliff(disk.read_bytes(path), disk.shown(path))
        if found is None:
            raise Failure(problems)
        return found.catalog.language
    if form == "yaml":
        return _language_of(parsed_file(path)[0]) or ""
    ((_, text),) = decoded_file(path).items()
    match = LANGUAGE_FIELD.search(text)
    return match[1] if match else ""


def _tag_of_name(first: str, stem: str, concept_map: ConceptMap) -> str | None:
    """Return the language that a file's name tells: `de.yaml`, `bread.pt_BR.po` or `fr-second-try.yaml`."""
    start = re.match("[a-z]{2}(?=[-_ ])", first)
    for guess in (stem.rpartition(".")[2], *([start[0]] if start else [])):
        tag = standard_tag(guess) if TAG_IN_NAME.fullmatch(guess) else None
        if tag and tag != concept_map.language and tag not in PSEUDO_TAGS:
            return tag
    return None


def _language_of(tree: source.Node) -> str | None:
    entries = tree.entries if isinstance(tree, source.Mapping) else ()
    found = [value.value for key, value in entries if key.value == "language" and isinstance(value, source.Scalar)]
    return found[0] if found else None


def _incoming(
    path: Path, map_file: Path, concept_map: ConceptMap, catalog: Catalog, earlier: Mapping[str, tuple[str, ...]]
) -> tuple[Exchange, tuple[Diagnostic, ...]]:
    """Return the translations in a file, with those that they started from as far as the file says so.

    Findings tell what is left out, since it cannot be read. Raises Failure if nothing can.
    """
    shown, form = disk.shown(path), _form(path)
    if form == "yaml":
        ((_, text),) = decoded_file(path).items()
        found = replica_texts(parsed_file(map_file)[0], parsed_file(path)[0], concept_map)
        replica = replica_entries(found, read_base(text), catalog, earlier)
        return Exchange(replica.catalog, replica.before, unsure=replica.unsure), ()
    if form == "xliff":
        exchange, problems = read_xliff(disk.read_bytes(path), shown)
        exchange = exchange and unwrapped(exchange, catalog.by_key)
    else:
        ((_, text),) = decoded_file(path).items()
        sound, problems = salvaged_po(text, shown, catalog.language)
        exchange = None if sound is None else Exchange(without_plurals(sound, catalog.by_key))
    if exchange is None:
        raise Failure(problems)
    return exchange, problems
