"""The instruments of layout: the faces that measure texts, and the engine that places the nodes of graphs."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from conceptdeck.reading import excerpts, source
from conceptdeck.reading.icons import OwnFile, Shelf
from conceptdeck.reading.map import read_map
from conceptdeck.translation.catalog import Catalog
from conceptdeck.translation.po import read_po
from conceptdeck.translation.pseudo import PSEUDO_TAGS
from conceptdeck.translation.salvage import salvaged_po
from conceptdeck.translation.words import MISSING_TERM, english_words, read_words, term_strings
from conceptdeck.values.diagnostics import Diagnostic, Failure, has_errors
from conceptdeck.values.languages import chain
from conceptdeck.values.model import ConceptMap
from conceptdeck.values.terms import ENGLISH, Term, Words
from conceptdeck.workspace import disk, places
from conceptdeck.workspace.house import FONTS
from conceptdeck.workspace.workshop import lasting, once

if TYPE_CHECKING:  # commands on catalogs have no use for themes, fonts and graphs
    from conceptdeck.typeset.fonts import FontBook
    from conceptdeck.typeset.lines import Typesetter
    from conceptdeck.values.graph import Diagram, PlacedDiagram
    from conceptdeck.values.story import Story
    from conceptdeck.values.theme import FontFiles, Theme
    from conceptdeck.workspace.house import House

CATALOG_BYTES = 5 * source.MAX_BYTES  # a catalog of the largest map: each text in two languages, with notes

__all__ = [
    "arranger",
    "decoded_file",
    "font_book",
    "judged",
    "language_name",
    "languages_of",
    "named_language",
    "own_families",
    "own_words",
    "parsed_catalog",
    "parsed_file",
    "read_catalog",
    "read_map_file",
    "read_map_text",
    "read_stories_file",
    "read_theme",
    "setter",
    "usable_catalog",
    "words_of",
]


def font_book(theme: Theme, around: House | None = None) -> FontBook:
    """Return the faces that measure the theme's fonts, sought in a house, opened when first used."""
    return setter(theme, around)[0]


def setter(theme: Theme, around: House | None = None, *, flowing: bool = False) -> tuple[FontBook, Typesetter]:
    """Return the faces that measure the theme's fonts, and what sets texts in them: both know what they measured."""
    from conceptdeck.typeset.fonts import Family, FontBook
    from conceptdeck.typeset.lines import Typesetter

    around = around or places.house()
    own, shipped = around.fonts(), around.themes[-1] / FONTS
    families = tuple(
        Family(
            each.name,
            each.regular.partition("/")[0],
            each.regular,
            each.bold,
            each.outlines,
            each.italic,
            each.bold_italic,
            theme.made_for(each),
            each.width,
        )
        for each in theme.families
    )

    def made(read: Callable[[Path], bytes]) -> tuple[FontBook, Typesetter]:
        book = FontBook(
            lambda name: read(own.get(name, shipped / name)), families, theme.fallbacks, places.packaged_font
        )
        return book, Typesetter(book, flowing=flowing)

    return lasting(("setter", families, tuple(theme.fallbacks), tuple(own.items()), shipped, flowing), made)


def own_families(around: House) -> Mapping[str, FontFiles]:
    """Return the families of the fonts in a house that are not shipped, by the names that they have for themselves.

    What is no font makes none.
    """
    files = around.fonts()
    if not files:
        return {}
    from conceptdeck.typeset.nametable import facts_of, families_of  # few have fonts of their own

    known = ((name, facts_of(disk.read_bytes(path))) for name, path in files.items())
    return families_of((name, facts) for name, facts in known if facts)


def arranger(program: Path | None = None) -> Callable[[Diagram], PlacedDiagram]:
    """Return what places the nodes of graphs: the embedded Graphviz, or another `dot` program."""

    def arrange(diagram: Diagram) -> PlacedDiagram:
        from conceptdeck.layout.graph import dot  # most decks have no diagram
        from conceptdeck.workspace import graphviz

        return dot.read_places(diagram, graphviz.arrange(dot.to_dot(diagram), program))

    return arrange


def language_name(tag: str) -> str:
    """Return the name of a language in that language, its tag if the program does not know it."""
    return named_language(tag, words_of(tag, {}))


def languages_of(map_file: Path) -> tuple[str, ...]:
    """Return the languages that a map can be built in: its own first, then those that it has catalogs for."""
    concept_map, _ = read_map_file(map_file)
    return (concept_map.language, *places.catalogs_beside(map_file))


def read_catalog(map_file: Path, tag: str) -> tuple[Catalog, dict[str, str]]:
    """Return a map's catalog for `tag`, and its text by the path that messages show.

    Raises Failure with all that is wrong with it.
    """
    path = places.catalog_path(map_file, tag)
    return parsed_catalog(disk.read_bytes(path), disk.shown(path), tag)


def parsed_catalog(data: bytes, shown: str, tag: str) -> tuple[Catalog, dict[str, str]]:
    """Return the catalog for `tag` in the bytes of a file, and its text; raises Failure with all that is wrong."""
    texts = _decoded(data, shown, CATALOG_BYTES)
    catalog, problems = read_po(texts[shown], shown, tag)
    judged(problems, texts)
    assert catalog is not None  # a file without findings is a catalog
    return catalog, texts


def usable_catalog(map_file: Path, tag: str) -> tuple[Catalog, dict[str, str], tuple[Diagnostic, ...]]:
    """Return what can be used of a map's catalog for `tag`, its text, and warnings about the entries left out.

    Raises Failure if nothing can be used, with all that is wrong with it.
    """
    path = places.catalog_path(map_file, tag)
    texts = _decoded(disk.read_bytes(path), disk.shown(path), CATALOG_BYTES)
    catalog, problems = salvaged_po(texts[disk.shown(path)], disk.shown(path), tag)
    if catalog is None:
        raise Failure(excerpts.with_excerpts(problems, texts))
    return catalog, texts, tuple(each.eased(LEFT_OUT) for each in problems)


LEFT_OUT = "this entry is left out: its text falls back, as if it were not translated"


def read_map_file(path: Path, name: str | None = None) -> tuple[ConceptMap, dict[str, str]]:
    """Return the map in a file, and the file's text to quote from; all that is wrong with it is raised at once.

    Without a `name` the map has that of its folder.
    """

    def read() -> tuple[ConceptMap, dict[str, str]]:
        texts = decoded_file(path)
        ((_, text),) = texts.items()
        return read_map_text(path, text, name), texts

    found, texts = once(("map", path, name), read)
    return found, dict(texts)


def read_map_text(
    path: Path, text: str, name: str | None = None, beside: Mapping[str, bytes] | None = None
) -> ConceptMap:
    """Return the map in a text that is, or is to be, in a file; all that is wrong with it is raised at once.

    `beside` are files by the names that the map has for them, which are to be written.
    """
    shown = disk.shown(path)
    texts = {shown: text}
    node, problems = source.parse(text, shown)
    if node is None:
        raise Failure(excerpts.with_excerpts(problems, texts))
    own: dict[str, str] = {}
    held = {each: OwnFile(each, data) for each, data in (beside or {}).items()}
    find = partial(_held_file, path.parent, own, held)
    shelf = Shelf(places.icon_set, find, lambda: _icons(path, own))
    concept_map, more = read_map(node, path.resolve().parent.name if name is None else name, shelf)
    judged((*problems, *more), texts | own)
    assert concept_map is not None  # a map without findings is a map
    return concept_map


TEXTS = (".svg", ".csv", ".tsv")  # endings of files that findings quote


def _held_file(folder: Path, texts: dict[str, str], held: Mapping[str, OwnFile], name: str) -> OwnFile | None:
    return held[name] if name in held else _own_file(folder / name, texts, folder)


def _own_file(path: Path, texts: dict[str, str], start: Path | None = None) -> OwnFile | None:
    """Return a file that a map names, None if there is none; if it is text, that is added to those to quote from."""
    if not disk.is_file(path):
        return None
    data, shown = disk.read_bytes(path, start), disk.shown(path)
    if path.suffix.lower() in TEXTS:
        texts[shown] = data.decode("utf-8", "replace")
    return OwnFile(shown, data)


def _icons(map_file: Path, texts: dict[str, str]) -> Mapping[str, Callable[[], OwnFile | None]]:
    """Return what opens each of the icons in a map's house that are not of the set, by name."""
    return {name: partial(_own_file, path, texts) for name, path in places.house(map_file).icons().items()}


def read_stories_file(path: Path) -> tuple[tuple[Story, ...], dict[str, str]]:
    """Return the stories in a file, and its text to quote from; all that is wrong is raised at once."""
    from conceptdeck.reading.stories import read_stories

    def read() -> tuple[tuple[Story, ...], dict[str, str]]:
        texts = decoded_file(path)
        ((shown, text),) = texts.items()
        node, problems = source.parse(text, shown)
        stories, more = read_stories(node) if node else ((), ())
        judged((*problems, *more), texts)
        return stories, texts

    found, texts = once(("stories", path), read)
    return found, dict(texts)


def read_theme(key: str, *, spacious: bool = False, size: str = "", around: House | None = None) -> Theme:
    """Return the theme called `key`, or in a file of that path; raises Failure if there is none.

    The failure has all that is wrong with it.
    """
    from conceptdeck.reading.theme import load_theme

    asked = places.asked_theme(key, around)
    own = own_families(asked.house)
    find = partial(places.find_theme, around=asked.house)
    return load_theme(asked.name, find, places.theme_base(), spacious=spacious, own=own, size=size)


def parsed_file(path: Path) -> tuple[source.Node, dict[str, str]]:
    """Return a YAML file's tree and its text; raises Failure if anything is wrong with it."""
    texts = decoded_file(path)
    ((shown, text),) = texts.items()
    node, problems = source.parse(text, shown)
    judged(problems, texts)
    assert node is not None  # a text without findings has a root
    return node, texts


def judged(problems: Iterable[Diagnostic], texts: Mapping[str, str]) -> tuple[Diagnostic, ...]:
    """Return the problems with the lines they point at; raises Failure if one of them is an error."""
    found = tuple(excerpts.with_excerpts(tuple(problems), texts))
    if has_errors(found):
        raise Failure(found)
    return found


def decoded_file(path: Path) -> dict[str, str]:
    """Return a file's text by the path that messages show; raises Failure if it is not text."""
    return _decoded(disk.read_bytes(path), disk.shown(path))


def _decoded(data: bytes, shown: str, most: int = source.MAX_BYTES) -> dict[str, str]:
    text, problems = source.decode(data, shown, most)
    texts = {shown: text or ""}
    judged(problems, texts)
    return texts


def named_language(tag: str, words: Words) -> str:
    """Return the name of a language as `words` say it, its tag if they are of another language."""
    known = words.language == tag or words.language in chain(tag)  # a chain takes long to load
    return words.say(Term.LANGUAGE_NAME) if known else tag


def words_of(tag: str, texts: dict[str, str]) -> Words:
    """Return the program's own words in a language, or in the nearest one that they are shipped in.

    They make lists as the language does in either case.
    """
    if tag in (ENGLISH.language, *PSEUDO_TAGS):
        return ENGLISH
    for each in chain(tag):
        if path := places.terms_path(each):
            decoded = decoded_file(path)
            ((shown, text),) = decoded.items()
            words, problems = read_words(text, shown, each)
            judged(problems, decoded)
            return words.among(tag)
    return ENGLISH.among(tag)


def own_words(map_file: Path, tag: str, texts: dict[str, str]) -> tuple[Words, tuple[Diagnostic, ...]]:
    """Return the program's own words in a language: those that the user supplies, else those that are shipped.

    Those that the user leaves out are said in English, as are all of a language that has none, which is a warning.
    Others tell what is wrong; their text is added to `texts`. Raises Failure if the file is none.
    """
    shipped, there = words_of(tag, texts), places.own_terms_beside(map_file)
    found = next((each for each in chain(tag) if each in there), None) if there else None  # a chain takes long to load
    if found is None:
        foreign = tag.partition("-")[0] != ENGLISH.language and tag not in PSEUDO_TAGS
        lacking = foreign and shipped.language == ENGLISH.language
        return shipped, (english_words(tag, disk.shown(map_file)),) if lacking else ()
    path = places.own_terms_path(map_file, found)
    decoded = decoded_file(path)
    ((shown, text),) = decoded.items()
    catalog, problems = salvaged_po(text, shown, found)
    if catalog is None:
        raise Failure(excerpts.with_excerpts(problems, decoded))
    texts |= decoded
    strings, lacks = term_strings(catalog, shown)
    wrong = [each.eased(SAID_IN_ENGLISH) for each in (*problems, *lacks) if each.code != MISSING_TERM.code]
    return shipped.with_words(found, strings).among(tag), tuple(wrong)


SAID_IN_ENGLISH = "it is not said so, but as the program does without it"
