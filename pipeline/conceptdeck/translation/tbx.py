"""The names of a map in all its languages as a glossary for translators' tools, in TBX-Basic."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from lxml import etree

from conceptdeck.translation.catalog import Catalog, State, state_of
from conceptdeck.translation.names import is_proper, proper_names
from conceptdeck.values.model import ConceptMap
from conceptdeck.values.regex import regex
from conceptdeck.values.text import Text, texts
from conceptdeck.values.value import frozen

__all__ = ["write_tbx"]

NAMESPACE = "urn:iso:std:iso:30042:ed-2"
XML_LANG = "{http://www.w3.org/XML/1998/namespace}lang"
OF_CODE = regex(r"[<>{}=@]|://")  # addresses and code are no terms
NAME, MEANINGS = "name", ("description", "summary", "does", "meaning")


@frozen
class _Form:
    """What an edition of the standard calls the parts of a file."""

    header: str
    entry: str
    language: str
    term: str


FORMS = {
    3: _Form("tbxHeader", "conceptEntry", "langSec", "termSec"),
    2: _Form("martifHeader", "termEntry", "langSet", "tig"),
}


def write_tbx(source: ConceptMap, catalogs: Sequence[Catalog], edition: int = 3) -> bytes:
    """Return the names of a map with what they mean, each in the languages that have them, without marks.

    Edition 3 is ISO 30042:2019, edition 2 that of 2008, which older tools read.
    """
    form = FORMS[edition]
    root = (
        etree.fromstring(f'<tbx xmlns="{NAMESPACE}" style="dca" type="TBX-Basic"/>')
        if edition == max(FORMS)
        else etree.fromstring('<martif type="TBX-Basic"/>')
    )
    root.set(XML_LANG, source.language)
    described = _add(_add(root, form.header), "fileDesc")
    _add(_add(described, "titleStmt"), "title", source.title.value)
    _add(_add(described, "sourceDesc"), "p", f"{source.id}/map.yaml")
    body = _add(_add(root, "text"), "body")
    known = {text.key: text for text in texts(source)}
    kept = frozenset(proper_names(source))
    for name in known.values():
        if name.id == NAME and "." in name.key and not OF_CODE.search(name.value):
            entry = _add(body, form.entry)
            entry.set("id", name.key.removesuffix(f".{NAME}"))
            meaning = next(_meanings(name, known), None)
            for language, term, told in _said(name, meaning, source.language, catalogs):
                _add_language(entry, form, language, term, told, proper=name.value in kept and is_proper(name.value))
    etree.indent(root)
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8") + b"\n"


def _meanings(name: Text, known: dict[str, Text]) -> Iterator[Text]:
    """Yield what says the meaning of the thing with a name, the best first."""
    element = name.key.removesuffix(NAME)
    yield from (known[key] for field in MEANINGS if (key := f"{element}{field}") in known)


def _said(
    name: Text, meaning: Text | None, language: str, catalogs: Sequence[Catalog]
) -> Iterator[tuple[str, str, str]]:
    """Yield each language with the name and its meaning in it, as far as they are translated."""
    yield language, name.value, meaning.value if meaning else ""
    for catalog in catalogs:
        if term := _translated(name, catalog):
            yield catalog.language, term, _translated(meaning, catalog) if meaning else ""


def _translated(text: Text, catalog: Catalog) -> str:
    entry = catalog.by_key.get(text.key)
    return entry.text if entry and state_of(entry, text.value) is State.DONE else ""


def _add_language(entry: etree._Element, form: _Form, language: str, term: str, meaning: str, *, proper: bool) -> None:
    """Add a language with its term and the definition, without the marks of either."""
    from conceptdeck.reading.marks import unmarked

    part = _add(entry, form.language)
    part.set(XML_LANG, language)
    if meaning:
        _add(part, "descrip", unmarked(meaning)).set("type", "definition")
    said = _add(part, form.term)
    _add(said, "term", unmarked(term))
    if proper:
        _add(said, "termNote", "properNoun").set("type", "partOfSpeech")


def _add(parent: etree._Element, name: str, text: str = "") -> etree._Element:
    space = etree.QName(parent).namespace
    made = etree.SubElement(parent, f"{{{space}}}{name}" if space else name)
    made.text = text or None
    return made
