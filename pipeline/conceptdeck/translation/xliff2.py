"""Catalogs as XLIFF 2.1, with the modules for metadata and for restrictions on size."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from lxml import etree

from conceptdeck.translation.catalog import Catalog, Entry, State, state_of
from conceptdeck.translation.xliff_units import Unit, line_of, text_of
from conceptdeck.values.diagnostics import Span

__all__ = ["NAMESPACES", "read_units", "write_xliff2"]

CORE = "urn:oasis:names:tc:xliff:document:2.0"  # of 2.0 and 2.1
NAMESPACES = (CORE, "urn:oasis:names:tc:xliff:document:2.2")
METADATA = "urn:oasis:names:tc:xliff:metadata:2.0"
SIZES = "urn:oasis:names:tc:xliff:sizerestriction:2.0"
X, MDA, SLR = (f"{{{each}}}" for each in (CORE, METADATA, SIZES))
XML_SPACE = "{http://www.w3.org/XML/1998/namespace}space"
STATES = {State.DONE: "translated", State.STALE: "initial", State.MISSING: "initial"}
INITIAL = "initial"
EXPORTED, EXPORTED_STATE, BEFORE = "exported", "exported-state", "previous-source"  # what metadata tells of a string
PARTS = ("segment", "ignorable")


def write_xliff2(catalog: Catalog, map_id: str, source_language: str) -> bytes:
    """Return the catalog as XLIFF 2.1: key, texts, state, notes and most letters of each string."""
    root = etree.fromstring(f'<xliff xmlns="{CORE}" xmlns:mda="{METADATA}" xmlns:slr="{SIZES}" version="2.1"/>')
    root.set("srcLang", source_language)
    root.set("trgLang", catalog.language)
    file = etree.SubElement(root, f"{X}file", {"id": "map", "original": f"{map_id}/map.yaml"})
    etree.SubElement(file, f"{SLR}profiles", {"generalProfile": "xliff:codepoints"})
    for entry in catalog.by_key.values():
        _add_unit(file, entry)
    etree.indent(root)
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8") + b"\n"


def _add_unit(file: etree._Element, entry: Entry) -> None:
    state = state_of(entry, entry.source)
    about = {"id": entry.key, "name": entry.key} | ({f"{SLR}sizeRestriction": str(entry.most)} if entry.most else {})
    unit = etree.SubElement(file, f"{X}unit", about)
    told = {EXPORTED: entry.text, EXPORTED_STATE: STATES[state] if entry.text else ""}
    told[BEFORE] = entry.previous if state is State.STALE else ""
    if any(told.values()):
        holder = etree.SubElement(unit, f"{MDA}metadata")
        group = etree.SubElement(holder, f"{MDA}metaGroup", {"category": "conceptdeck"})
        for kind, text in told.items():
            if text:
                etree.SubElement(group, f"{MDA}meta", {"type": kind, XML_SPACE: "preserve"}).text = text
    notes = [(who, text) for who, text in (("developer", entry.notes), ("translator", entry.comments)) if text]
    if notes:
        holder = etree.SubElement(unit, f"{X}notes")
        for who, text in notes:
            etree.SubElement(holder, f"{X}note", {"category": who}).text = text
    segment = etree.SubElement(unit, f"{X}segment", {"state": STATES[state]})
    etree.SubElement(segment, f"{X}source", {XML_SPACE: "preserve"}).text = entry.source
    if entry.text:
        etree.SubElement(segment, f"{X}target", {XML_SPACE: "preserve"}).text = entry.text


# --- reading -------------------------------------------------------------------------------------


def read_units(root: etree._Element, path: str) -> tuple[set[str], str, list[Unit]]:
    """Return the language that a file of XLIFF 2 is in, the map that it is of, and its strings."""
    core = f"{{{etree.QName(root).namespace}}}"
    files = root.findall(f"{core}file")
    found = [_unit(unit, core, path) for file in files for unit in file.iter(f"{core}unit")]
    origin = next((file.get("original") or "" for file in files), "")
    return {tag for tag in (root.get("trgLang"),) if tag}, origin.partition("/")[0], found


def _unit(unit: etree._Element, core: str, path: str) -> Unit:
    segments = [part for part in unit if part.tag in {f"{core}{name}" for name in PARTS}]
    text = "".join(_targets(segments, core))
    of = "".join(text_of(each.find(f"{core}source")) for each in segments)
    told = _told(unit)
    was, was_state = told.get(EXPORTED, ""), told.get(EXPORTED_STATE, INITIAL)
    states = [each.get("state", INITIAL) for each in segments if each.tag == f"{core}segment"]
    # As in XLIFF 1.2, not every tool changes the state; and none at all says nothing.
    said = any(each.get("state") for each in segments)
    unfinished = said and INITIAL in states and (text in (was, of) or was_state != INITIAL)
    notes = unit.iterfind(f"{core}notes/{core}note")
    entry = Entry(
        key=unit.get("name") or unit.get("id") or "",
        source=of,
        text=text,
        fuzzy=bool(text) and unfinished,
        previous=told.get(BEFORE, ""),
        comments="\n".join(text_of(note) for note in notes if note.get("category") == "translator"),
        span=Span(path, line_of(unit), 1),
    )
    return Unit(entry, was)


def _targets(segments: list[etree._Element], core: str) -> Iterator[str]:
    """Yield the translations of the segments of a string, nothing if one of them has none; between them is the source.

    Spaces between two segments have no translation of their own.
    """
    found = []
    for each in segments:
        target = each.find(f"{core}target")
        if target is None and each.tag == f"{core}segment":
            return
        found.append(text_of(each.find(f"{core}source") if target is None else target))
    yield from found


def _told(unit: etree._Element) -> Mapping[str, str]:
    """Return what we have told of a string when the file was made."""
    return {
        each.get("type") or "": text_of(each)
        for group in unit.iterfind(f"{MDA}metadata/{MDA}metaGroup[@category='conceptdeck']")
        for each in group.iterfind(f"{MDA}meta")
    }
