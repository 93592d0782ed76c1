"""Catalogs as XLIFF 1.2, the form that most translators' tools exchange; XLIFF 2 is read here, too."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence

from lxml import etree

from conceptdeck.reading.xml import parser
from conceptdeck.translation.catalog import Catalog, Entry, Exchange, State, state_of
from conceptdeck.translation.xliff2 import NAMESPACES, read_units
from conceptdeck.translation.xliff_units import Unit, few, line_of, refused, text_of, unit_problems
from conceptdeck.values.collector import uncollected
from conceptdeck.values.diagnostics import Diagnostic, Span

__all__ = ["read_xliff", "write_xliff"]

NAMESPACE = "urn:oasis:names:tc:xliff:document:1.2"
XML_LANG = "{http://www.w3.org/XML/1998/namespace}lang"
XML_SPACE = "{http://www.w3.org/XML/1998/namespace}space"
X = f"{{{NAMESPACE}}}"
SOURCE, TARGET, NOTE, EARLIER = (f"{X}{name}" for name in ("source", "target", "note", "alt-trans"))
STATES = {State.DONE: "translated", State.STALE: "needs-review-translation", State.MISSING: "needs-translation"}
UNFINISHED = frozenset(
    {"new", "needs-translation", "needs-adaptation", "needs-l10n", "needs-review-translation", "needs-review-l10n",
     "needs-review-adaptation"}
)  # fmt: skip
YES = "yes"
EXPORTED = "conceptdeck-exported"  # names the translation as it was when the file was made
BEFORE = "conceptdeck-previous"  # names the source text that a stale translation is of


def write_xliff(catalog: Catalog, map_id: str, source_language: str) -> bytes:
    """Return the catalog as XLIFF: key, texts, state and notes of each string, and its translation as it is now."""
    root = etree.fromstring(f'<xliff xmlns="{NAMESPACE}" version="1.2"/>')
    file = etree.SubElement(
        root,
        f"{X}file",
        {
            "original": f"{map_id}/map.yaml",
            "source-language": source_language,
            "target-language": catalog.language,
            "datatype": "plaintext",
        },
    )
    body = etree.SubElement(file, f"{X}body")
    for entry in catalog.by_key.values():
        _add_unit(body, entry, source_language, catalog.language)
    etree.indent(root)
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8") + b"\n"


def _add_unit(body: etree._Element, entry: Entry, source_language: str, language: str) -> None:
    state = state_of(entry, entry.source)
    about = {"id": entry.key, "resname": entry.key, XML_SPACE: "preserve"}
    about |= {"approved": YES if state is State.DONE else "no"} if entry.text else {}
    about |= {"maxwidth": str(entry.most), "size-unit": "char"} if entry.most else {}
    unit = etree.SubElement(body, f"{X}trans-unit", about)
    _add(unit, "source", entry.source, {XML_LANG: source_language})
    _add(unit, "target", entry.text, {XML_LANG: language, "state": STATES[state]})
    for author, text in (("developer", entry.notes), ("translator", entry.comments)):
        if text:
            _add(unit, "note", text, {"from": author})
    if entry.text:
        _add_earlier(unit, EXPORTED, "reference", None, entry.text, STATES[state])
    if state is State.STALE and entry.previous:
        _add_earlier(unit, BEFORE, "previous-version", entry.previous, entry.text, STATES[State.DONE])


def _add_earlier(unit: etree._Element, origin: str, kind: str, source: str | None, text: str, state: str) -> None:
    earlier = etree.SubElement(unit, f"{X}alt-trans", {"origin": origin, "alttranstype": kind})
    if source is not None:
        _add(earlier, "source", source, {})
    _add(earlier, "target", text, {"state": state})


def _add(parent: etree._Element, name: str, text: str, attributes: Mapping[str, str]) -> None:
    etree.SubElement(parent, f"{X}{name}", dict(attributes)).text = text


# --- reading -------------------------------------------------------------------------------------


def read_xliff(data: bytes, path: str) -> tuple[Exchange | None, tuple[Diagnostic, ...]]:
    """Return the translations in an XLIFF file and what is wrong with single ones, which are left out.

    If the file as a whole is none, there is nothing but what is wrong with it. Its language may be missing. Entities
    and document types are refused: nothing but the file itself is ever read.
    """
    try:
        root = etree.fromstring(data, parser())
    except etree.XMLSyntaxError as error:
        line, column = error.position
        return None, (refused(f"it is not XML from here on: {error.msg}", path, line or 0, column),)
    if root.getroottree().docinfo.internalDTD is not None:
        return None, (refused("it has a document type declaration, which XLIFF does not need", path, 1),)
    if root.tag != f"{X}xliff" and etree.QName(root).namespace not in NAMESPACES:
        return None, (refused(f"it is not XLIFF 1.2 or 2.1 but <{_shown(root)}>", path, line_of(root)),)
    with uncollected():
        languages, origin, units = _units(root, path) if root.tag == f"{X}xliff" else read_units(root, path)
    if len(languages) != 1:
        return None, (refused("it does not say one target language", path, line_of(root)),)
    problems = tuple(few(unit_problems(units, path), path))
    times = Counter(unit.key for unit in units)
    sound = [unit for unit in units if unit.key and times[unit.key] == 1]
    base = {unit.key: unit.before for unit in sound}
    return Exchange(Catalog(languages.pop(), tuple(unit.entry for unit in sound)), base, origin), problems


def _units(root: etree._Element, path: str) -> tuple[set[str], str, list[Unit]]:
    """Return the languages that a file of XLIFF 1.2 is in, the map that it is of, and its strings."""
    files = root.findall(f"{X}file")
    found = [_unit(unit, path) for file in files for unit in file.iter(f"{X}trans-unit")]
    origin = next((file.get("original") or "" for file in files), "")
    return {file.get("target-language") or "" for file in files}, origin.partition("/")[0], found


def _unit(unit: etree._Element, path: str) -> Unit:
    children = _children(unit)
    target = _first(children, TARGET)
    text, of = text_of(target), text_of(_first(children, SOURCE))
    state = "" if target is None else target.get("state", "")
    was, was_state = _exported(children)
    # Not every tool changes the state, and some put the source text where no translation is yet.
    unfinished = state in UNFINISHED and (text in (was, of) or state != was_state)
    if approved := unit.get("approved"):
        unsaid = approved != YES and was_state == STATES[State.DONE] and text == was
        unfinished = unsaid or (unfinished and approved != YES)
    earlier = _earlier(children, BEFORE)
    comments = "\n".join(text_of(note) for note in children.get(NOTE, ()) if note.get("from") == "translator")
    entry = Entry(
        key=unit.get("resname") or unit.get("id") or "",
        source=of,
        text=text,
        fuzzy=bool(text) and unfinished,
        previous=text_of(earlier.find(SOURCE)) if earlier is not None else "",
        comments=comments,
        span=Span(path, line_of(unit), 1),
    )
    return Unit(entry, was)


Children = Mapping[str, Sequence[etree._Element]]


def _children(unit: etree._Element) -> Children:
    """Return what a unit holds, by name: a unit is looked through once."""
    found: dict[str, list[etree._Element]] = {}
    for child in unit:
        found.setdefault(child.tag, []).append(child)
    return found


def _first(children: Children, name: str) -> etree._Element | None:
    return next(iter(children.get(name, ())), None)


def _exported(children: Children) -> tuple[str, str]:
    """Return the translation as it was exported, and its state; an empty one if there was none."""
    earlier = _earlier(children, EXPORTED)
    target = None if earlier is None else earlier.find(TARGET)
    return text_of(target), STATES[State.MISSING] if target is None else target.get("state", "")


def _earlier(children: Children, origin: str) -> etree._Element | None:
    return next((each for each in children.get(EARLIER, ()) if each.get("origin") == origin), None)


def _shown(root: etree._Element) -> str:
    name = etree.QName(root)
    version = root.get("version", "")
    return f"{name.localname} version={version}"[:60] if version else name.localname[:60]
