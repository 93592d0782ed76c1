"""The line from a map to its catalogs, and back: what translators get, how far they are, and what they return."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from difflib import get_close_matches
from pathlib import Path
from typing import TYPE_CHECKING

from conceptdeck.building.extracts import extracted, places_of
from conceptdeck.building.rules import NO_CATALOG, UNKNOWN_LANGUAGE
from conceptdeck.checks.vocabulary import check_terms
from conceptdeck.translation.catalog import SOURCE_LANGUAGE, Catalog, State, sources, state_of, updated
from conceptdeck.translation.glossary import Headword, read_glossary
from conceptdeck.translation.po import write_po
from conceptdeck.translation.pseudo import PSEUDO_TAGS
from conceptdeck.translation.rules import BAD_CATALOG
from conceptdeck.translation.words import term_states, updated_terms
from conceptdeck.values import characters
from conceptdeck.values.diagnostics import Diagnostic, Failure, Span
from conceptdeck.values.languages import chain, is_same, standard_tag
from conceptdeck.values.model import ConceptMap
from conceptdeck.values.rules import ERROR, Rule
from conceptdeck.values.terms import ENGLISH
from conceptdeck.values.text import Text
from conceptdeck.values.value import frozen
from conceptdeck.workspace import disk, places
from conceptdeck.workspace.loading import judged, parsed_catalog, parsed_file, read_catalog, read_map_file

if TYPE_CHECKING:
    from conceptdeck.building.appearances import Appearance, SlideName

__all__ = [
    "Language",
    "Status",
    "Touched",
    "Updated",
    "catalog_tag",
    "check_catalogs",
    "empty_catalog",
    "glossary_of",
    "known_tag",
    "names_as_glossary",
    "new_catalog",
    "read_catalogs",
    "save_changed",
    "started",
    "status",
    "update_catalogs",
    "update_terms",
    "write_template",
]

EXAMPLES = {
    "arabic": "ar", "chinese": "zh-Hans", "dutch": "nl", "farsi": "fa", "french": "fr", "german": "de", "hebrew": "he",
    "hindi": "hi", "indonesian": "id", "italian": "it", "japanese": "ja", "korean": "ko", "persian": "fa",
    "polish": "pl", "portuguese": "pt-BR", "russian": "ru", "serbian": "sr-Latn", "spanish": "es", "swedish": "sv",
    "thai": "th", "turkish": "tr", "ukrainian": "uk", "urdu": "ur", "vietnamese": "vi",
}  # fmt: skip
"""Languages by their English names, for those who do not know the tag."""
TRIES, PAUSE = 8, 0.05  # seconds: a save that is not whole at once takes a moment


@frozen
class Updated:
    """A catalog's file, whether it was written, and how far it is translated now."""

    path: Path
    language: str
    written: bool
    counts: Mapping[State, int]


@frozen
class Touched:
    """A string that is not translated, and where that shows."""

    key: str
    state: State
    source: str
    place: Appearance


@frozen
class Language:
    """How far one language is: strings by state, words still to translate, and the strings that are not translated.

    `terms` tell where its translations leave the glossary.
    """

    tag: str
    counts: Mapping[State, int]
    words: int
    words_left: int
    touched: tuple[Touched, ...]
    terms: tuple[Diagnostic, ...]

    @property
    def slides(self) -> tuple[SlideName, ...]:
        """Return the slides, and the notes of slides, that show a string which is not translated."""
        found = {name for each in self.touched for name in (*each.place.slides, *each.place.notes)}
        return tuple(sorted(found, key=lambda name: name.number))

    @property
    def diagrams(self) -> tuple[str, ...]:
        """Return the diagrams that show a string which is not translated."""
        return tuple(dict.fromkeys(id_ for each in self.touched for id_ in each.place.diagrams))


@frozen
class Status:
    """How far a map is translated into each of its languages."""

    map_id: str
    strings: int
    languages: tuple[Language, ...]


# --- new, update, status -------------------------------------------------------------------------


def known_tag(tag: str) -> str:
    """Return a language tag in its standard form; raises Failure with near ones if it names no language."""
    if found := standard_tag(tag):
        return found
    named = EXAMPLES.get(tag.lower())
    near = get_close_matches(tag.replace("_", "-"), sorted({*EXAMPLES.values()}), n=3, cutoff=0.5)
    guess = [f"did you mean `{named}`?"] if named else [f"near ones: {', '.join(near)}"] if near else []
    hints = (*guess, "write a tag of BCP 47, such as `de`, `pt-BR`, `zh-Hans` or `sr-Latn`")
    raise Failure([UNKNOWN_LANGUAGE.at(f"{characters.quoted(tag)} is no language", hints=hints)])


def catalog_tag(map_file: Path, tag: str) -> str:
    """Return the tag of the catalog of a map that is for a language: `zh-CN` for `zh-Hans`, if that is there."""
    there = places.catalogs_beside(map_file)
    return tag if tag in there else next((each for each in there if is_same(each, tag)), tag)


CATALOG_EXISTS = Rule("catalog-exists", "catalogs", ERROR, "a catalog of this language is there already").because("""
    `i18n new` overwrites nothing; `i18n update` brings a catalog up to date.
""")


def new_catalog(map_file: Path, tag: str) -> Path:
    """Write an empty catalog of a map for a language, in its standard form; raises Failure if there is one."""
    concept_map, _ = read_map_file(map_file)
    tag = catalog_tag(map_file, tag)
    path = places.catalog_path(map_file, tag)
    if tag in PSEUDO_TAGS or tag == concept_map.language:
        why = "is made up by the program" if tag in PSEUDO_TAGS else "is the language of the map itself"
        raise Failure([BAD_CATALOG.at(f"`{tag}` {why}: it has no catalog")])
    if tag not in places.catalogs_beside(map_file):
        found = extracted(map_file)
        new = found.brought_up_to_date(empty_catalog(concept_map, tag))
        data = write_po(new).encode()
        if disk.replace_read(path, None, data):
            return path
    hints = (f"conceptdeck i18n update {concept_map.id} {tag} brings it up to date",)
    raise Failure([CATALOG_EXISTS.at("there is such a catalog already", Span(disk.shown(path)), hints=hints)])


def started(map_file: Path, tag: str) -> tuple[Path, ...]:
    """Write an empty catalog of a map for a language, and one of the program's own words if none are shipped in it.

    Returns what was written. A map in this very language, or one that has the catalog, gets the words alone. Raises
    Failure if there is nothing to start.
    """
    wanted = not (tag in places.own_terms_beside(map_file) or _shipped(tag))
    alone = {BAD_CATALOG.code, CATALOG_EXISTS.code} if wanted else {""}
    made: tuple[Path, ...] = ()
    try:
        made = (new_catalog(map_file, tag),)
    except Failure as failure:
        if not {each.code for each in failure.diagnostics} <= alone:
            raise
    return (*made, _terms(map_file, tag).path) if wanted else made


def _shipped(tag: str) -> bool:
    """Tell whether the program's own words are shipped in a language, or in a broader one, or are made up in it."""
    return tag in PSEUDO_TAGS or tag == ENGLISH.language or any(places.terms_path(each) for each in chain(tag))


def _terms(map_file: Path, tag: str) -> Updated:
    """Bring the user's catalog of the program's own words up to date, which may be a new one."""
    path = places.own_terms_path(map_file, tag)
    was = disk.read_bytes(path) if tag in places.own_terms_beside(map_file) else None
    old = Catalog(tag) if was is None else parsed_catalog(was, disk.shown(path), tag)[0]
    new = updated_terms(old)
    data = write_po(new).encode()
    return Updated(path, tag, data != was and disk.replace_read(path, was, data), term_states(new))


def update_terms(map_file: Path, tags: Sequence[str] = ()) -> Iterator[Updated]:
    """Bring the user's catalogs of the program's own words up to date, all or those for `tags`."""
    there = places.own_terms_beside(map_file)
    for tag in [known_tag(tag) for tag in tags] or there:
        if tag in there:
            yield _terms(map_file, tag)


def update_catalogs(map_file: Path, tags: Sequence[str] = ()) -> Iterator[Updated]:
    """Bring the catalogs of a map up to date with it, all of them or those for `tags`; write only what changes.

    Yields each one when it is done. Raises Failure, with nothing written, if one of them cannot be read; and at the
    end if somebody saved one of them again and again.
    """
    wanted = [catalog.language for catalog in read_catalogs(map_file, tags)]
    found = extracted(map_file)
    strings = found.strings
    problems: list[Diagnostic] = []
    for tag in wanted:
        try:
            new, written = save_changed(map_file, tag, found.brought_up_to_date)
        except Failure as failure:
            problems += failure.diagnostics
        else:
            yield Updated(places.catalog_path(map_file, tag), tag, written, _counts(new, strings))
    if problems:
        raise Failure(problems)


def write_template(map_file: Path, *, only_there: bool = False) -> tuple[Path, bool]:
    """Bring the template of a map's catalogs up to date, a new one unless `only_there`; return it, and if it changed.

    It says no limits: they are those of a language.
    """
    concept_map, _ = read_map_file(map_file)
    path = places.template_path(map_file, concept_map.id)
    was = disk.read_bytes(path) if disk.is_file(path) else None
    if was is None and only_there:
        return path, False
    found = extracted(map_file)
    catalog = updated(empty_catalog(concept_map, ""), found.strings, found.notes(concept_map.language))
    data = write_po(catalog).encode()
    return path, data != was and disk.replace_read(path, was, data)


BUSY_FILE = Rule("busy-file", "catalogs", ERROR, "a catalog that another program keeps saving").because("""
    A catalog is replaced only while it is what was read, so that nobody's work is lost. Save it there and run the
    command again.
""")


def save_changed(map_file: Path, tag: str, change: Callable[[Catalog], Catalog]) -> tuple[Catalog, bool]:
    """Change a catalog, which may be a new one; return it, and whether its file was written.

    If somebody saves the file between reading and writing, all of it starts over. Raises Failure if that happens again
    and again, or if the file cannot be read.
    """
    path = places.catalog_path(map_file, tag)
    for left in reversed(range(TRIES)):
        was = disk.read_bytes(path) if tag in places.catalogs_beside(map_file) else None
        try:
            old = Catalog(tag) if was is None else parsed_catalog(was, disk.shown(path), tag)[0]
        except Failure:
            if not left:
                raise
        else:
            new = change(old)
            if new is old or (data := write_po(new).encode()) == was:
                return new, False
            if disk.replace_read(path, was, data):
                return new, True
        time.sleep(PAUSE)
    message = "another program saves this file again and again; it is left as that program saved it"
    hints = ("save it there, and run the command again",)
    raise Failure([BUSY_FILE.at(message, Span(disk.shown(path)), hints=hints)])


def status(map_file: Path, tags: Sequence[str] = ()) -> Status:
    """Return how far a map is translated into each of its languages, by its strings as they are now.

    Only where a string is not translated, slides and diagrams are planned, to tell where it shows.
    """
    concept_map, _ = read_map_file(map_file)
    catalogs = read_catalogs(map_file, tags)
    strings = sources(concept_map)
    complete = all(_counts(each, strings)[State.DONE] == len(strings) for each in catalogs)
    places = {} if complete else places_of(map_file, concept_map)
    languages = [
        _language(each, strings, places, check_terms(each, glossary_of(map_file, each.language))) for each in catalogs
    ]
    return Status(concept_map.id, len(strings), tuple(languages))


def _language(
    catalog: Catalog, strings: Sequence[Text], places: Mapping[str, Appearance], terms: tuple[Diagnostic, ...]
) -> Language:
    from conceptdeck.building.appearances import Appearance

    nowhere = Appearance(sought=False)
    states = [(text, state_of(catalog.by_key.get(text.key), text.value)) for text in strings]
    touched = tuple(
        Touched(text.key, state, text.value, places.get(text.key, nowhere))
        for text, state in states
        if state is not State.DONE
    )
    return Language(
        catalog.language,
        _counts(catalog, strings),
        sum(len(text.value.split()) for text in strings),
        sum(len(each.source.split()) for each in touched),
        touched,
        terms,
    )


def _counts(catalog: Catalog, strings: Sequence[Text]) -> dict[State, int]:
    states = [state_of(catalog.by_key.get(text.key), text.value) for text in strings]
    return {state: states.count(state) for state in State}


def empty_catalog(concept_map: ConceptMap, tag: str) -> Catalog:
    """Return a catalog of a map without entries."""
    return Catalog(tag, header=(("Project-Id-Version", concept_map.id), (SOURCE_LANGUAGE, concept_map.language)))


def read_catalogs(map_file: Path, tags: Sequence[str]) -> list[Catalog]:
    """Return the catalogs of a map; raises Failure with what is wrong with any of them."""
    there = places.catalogs_beside(map_file)
    wanted = [catalog_tag(map_file, known_tag(tag)) for tag in tags] or there
    for tag in wanted:
        if tag not in there:
            hints = (f"conceptdeck i18n new {tag} starts one", *([f"there are: {', '.join(there)}"] if there else []))
            raise Failure([NO_CATALOG.at(f"the map has no catalog for `{tag}`", hints=hints)])
    catalogs, problems = [], list[Diagnostic]()
    for tag in wanted:
        try:
            catalogs.append(read_catalog(map_file, tag)[0])
        except Failure as failure:
            problems += failure.diagnostics
    if problems:
        raise Failure(problems)
    return catalogs


def names_as_glossary(map_file: Path, edition: int) -> bytes:
    """Return the names of a map in all its languages as TBX, of an edition of its standard."""
    from conceptdeck.translation.tbx import write_tbx

    concept_map, _ = read_map_file(map_file)
    return write_tbx(concept_map, read_catalogs(map_file, ()), edition)


def glossary_of(map_file: Path, tag: str) -> tuple[Headword, ...]:
    """Return a map's glossary for a language: its own, then what broader ones add, `de` to `de-AT`.

    Raises Failure with what is wrong with any of them.
    """
    there = places.glossaries_beside(map_file)
    alike = [each for each in there if each.partition("-")[0] == tag.partition("-")[0]]
    found: dict[str, Headword] = {}
    for each in chain(tag) if alike not in ([], [tag]) else alike:  # a chain takes long to load
        if path := there.get(each):
            node, texts = parsed_file(path)
            headwords, problems = read_glossary(node)
            judged(problems, texts)
            for headword in headwords:
                found.setdefault(headword.terms[0].casefold(), headword)
    return tuple(found.values())


def check_catalogs(map_file: Path) -> tuple[Diagnostic, ...]:
    """Return what is wrong or odd about the catalogs of a map, those that cannot be read among them."""
    from conceptdeck.checks.consistency import check_names
    from conceptdeck.checks.translations import check_catalog  # most commands have no use for these rules

    concept_map, _ = read_map_file(map_file)
    found: list[Diagnostic] = []
    for tag in places.catalogs_beside(map_file):
        try:
            catalog, glossary = read_catalog(map_file, tag)[0], glossary_of(map_file, tag)
            found += (*check_catalog(catalog, concept_map, glossary), *check_names(catalog, glossary))
        except Failure as failure:
            found += failure.diagnostics
    return tuple(found)
