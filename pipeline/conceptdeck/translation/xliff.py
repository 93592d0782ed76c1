"""Catalogs as XLIFF 1.2, the form that most translators' tools exchange."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from itertools import islice
from typing import cast

from lxml import etree

from conceptdeck.translation.catalog import Catalog, Entry, Exchange, State, state_of
from conceptdeck.translation.rules import DUPLICATE_ENTRY, FOREIGN_FILE
from conceptdeck.values.collector import uncollected
from conceptdeck.values.diagnostics import Diagnostic, OfText, Span

__all__ = ["read_xliff", "write_xliff"]

NAMESPACE = "urn:oasis:names:tc:xliff:document:1.2"
XML_LANG = "{http://www.w3.org/XML/1998/namespace}lang"
XML_SPACE = "{http://www.w3.org/XML/1998/namespace}space"
X = f"{{{NAMESPACE}}}"
SOURCE, TARGET, NOTE, EARLIER = (f"{X}{name}" for name in ("source", "target", "note", "alt-trans"))
STATES = {State.DONE: "translated", State.STALE: "needs-review-translation", State.MISSING: "needs-translation"}
MOST_PROBLEMS = 200  # that are told one by one
UNFINISHED = frozenset(
    {"new", "needs-translation", "needs-adaptation", "needs-l10n", "needs-review-translation", "needs-review-l10n",
     "needs-review-adaptation"}
)  # fmt: skip
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
    unit = etree.SubElement(body, f"{X}trans-unit", {"id": entry.key, "resname": entry.key, XML_SPACE: "preserve"})
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
        root = etree.fromstring(data, _parser())
    except etree.XMLSyntaxError as error:
        line, column = error.position
        return None, (_refused(f"it is not XML from here on: {error.msg}", path, line or 0, column),)
    if root.getroottree().docinfo.internalDTD is not None:
        return None, (_refused("it has a document type declaration, which XLIFF does not need", path, 1),)
    if root.tag != f"{X}xliff":
        return None, (_refused(f"it is not XLIFF 1.2 but <{_shown(root)}>", path, _line(root)),)
    files = root.findall(f"{X}file")
    languages = sorted({file.get("target-language") or "" for file in files})
    if len(languages) != 1:
        return None, (_refused("it does not say one target-language", path, _line(root)),)
    units = [unit for file in files for unit in file.iter(f"{X}trans-unit")]
    problems = tuple(_few(_unit_problems(units, path), path))
    times = Counter(map(_key, units))
    units = [unit for unit in units if _key(unit) and times[_key(unit)] == 1]
    with uncollected():
        entries = tuple(_entry(unit, path) for unit in units)
    base = {_key(unit): _exported(_children(unit))[0] for unit in units}
    origin = (files[0].get("original") or "").partition("/")[0]
    return Exchange(Catalog(languages[0], entries), base, origin), problems


def _parser() -> etree.XMLParser:
    return etree.XMLParser(
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
    )


def _line(element: etree._Element) -> int:
    return cast(int | None, element.sourceline) or 0


def _few(problems: Iterator[Diagnostic], path: str) -> Iterator[Diagnostic]:
    """Yield what is wrong with single strings; of very many the first, and how many there are."""
    yield from islice(problems, MOST_PROBLEMS)
    if more := sum(1 for _ in problems):
        yield _refused(f"{more:,} more strings have no key, or that of another", path, 0)


def _unit_problems(units: list[etree._Element], path: str) -> Iterator[Diagnostic]:
    """Yield strings without a key and keys that occur twice."""
    seen: dict[str, int] = {}
    for unit in units:
        key, line = _key(unit), _line(unit)
        if not key:
            yield _refused("a trans-unit has neither id nor resname", path, line)
        elif key in seen:
            notes = (f"first at {Span(path, seen[key], 1)}",)
            yield DUPLICATE_ENTRY.at("is there twice", Span(path, line, 1), notes=notes).on(OfText(key))
        seen.setdefault(key, line)


def _key(unit: etree._Element) -> str:
    return unit.get("resname") or unit.get("id") or ""


def _entry(unit: etree._Element, path: str) -> Entry:
    children = _children(unit)
    target = _first(children, TARGET)
    text, of = _text(target), _text(_first(children, SOURCE))
    state = "" if target is None else target.get("state", "")
    was, was_state = _exported(children)
    # Not every tool changes the state, and some put the source text where no translation is yet.
    unfinished = state in UNFINISHED and (text in (was, of) or state != was_state)
    earlier = _earlier(children, BEFORE)
    comments = "\n".join(_text(note) for note in children.get(NOTE, ()) if note.get("from") == "translator")
    return Entry(
        key=_key(unit),
        source=of,
        text=text,
        fuzzy=bool(text) and unfinished,
        previous=_text(earlier.find(SOURCE)) if earlier is not None else "",
        comments=comments,
        span=Span(path, _line(unit), 1),
    )


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
    return _text(target), STATES[State.MISSING] if target is None else target.get("state", "")


def _earlier(children: Children, origin: str) -> etree._Element | None:
    return next((each for each in children.get(EARLIER, ()) if each.get("origin") == origin), None)


def _text(element: etree._Element | None) -> str:
    """Return the text of an element; what tools mark inside it (segments, terms) is text like the rest."""
    if element is None:
        return ""
    return "".join(str(part) for part in element.itertext()) if len(element) else element.text or ""


def _shown(root: etree._Element) -> str:
    name = etree.QName(root)
    version = root.get("version", "")
    return f"{name.localname} version={version}"[:60] if version else name.localname[:60]


def _refused(message: str, path: str, line: int, column: int = 1) -> Diagnostic:
    hints = ("start from a file of `conceptdeck i18n export --format xliff`, and save it as XLIFF 1.2",)
    return FOREIGN_FILE.at(message, Span(path, line, max(1, column)), hints=hints)
