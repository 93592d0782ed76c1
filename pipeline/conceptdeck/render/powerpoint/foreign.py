"""The package of somebody else's template, as decks are built on it: its masters, layouts, theme and media.

What belongs to its own slides, and what only its maker needs, is left out: slides, sections, comments, custom shows,
signatures, macros, printer settings, thumbnails, hand-outs. Parts are found by relationships alone, never by their names.
"""

from __future__ import annotations

import posixpath
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from lxml import etree

from conceptdeck.render.escape import escape
from conceptdeck.render.powerpoint.markup import DECLARATION, NAMESPACES
from conceptdeck.render.powerpoint.package import RELATIONSHIPS, relationships
from conceptdeck.render.powerpoint.scheme import recoloured
from conceptdeck.values.template import Holder, Template
from conceptdeck.values.value import mutable

__all__ = ["housed_parts"]

A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
P = "{http://schemas.openxmlformats.org/presentationml/2006/main}"
R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
TYPES = "http://schemas.openxmlformats.org/package/2006/content-types"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PRESENTATION = "ppt/presentation.xml"
PRESENTATION_TYPE = "application/vnd.openxmlformats-officedocument.presentationml.presentation.main+xml"
KEPT = ("slideMaster", "theme", "presProps", "tableStyles", "font")  # of what a presentation relates to
LEFT_OUT = ("slide", "comments", "tags", "notesSlide", "handoutMaster", "vbaProject")  # of what other parts relate to
CHILDREN = ("sldSz", "notesSz", "embeddedFontLst", "kinsoku", "defaultTextStyle")  # of p:presentation, in their order
NOTES = "ppt/notesMasters/notesMaster1.xml"
LAYOUTS, LAYOUT_TYPE = "ppt/slideLayouts", "slideLayout+xml"
LARGEST_ID = 2**31  # ids of masters and layouts begin there (ST_SlideMasterId)


def housed_parts(theirs: Mapping[str, bytes], ours: Mapping[str, bytes], template: Template) -> dict[str, bytes]:
    """Return the parts of a template without slides: `theirs`, with `ours` where a deck needs what they lack.

    Ours are those of a template of our own: the notes master, the table style, and the properties.
    """
    package = _Package(theirs)
    parts: dict[str, bytes] = {}
    types: dict[str, str] = {}
    start = package.start()
    related = package.relations(start)
    roots = {id_: each for id_, each in related.items() if each.kind in KEPT}
    found = package.reached(each.target for each in roots.values())
    package.house(found)
    for name in found:
        home = package.home(name)
        parts[home], types[home] = _titled(package.cleaned(name), home, template), package.type_of(name)
        if rels := package.written_relations(name):
            parts[_rels(home)] = rels
    notes = _own_notes(ours)
    parts |= notes
    parts["ppt/tableStyles.xml"] = _table_styles(
        theirs, roots.values(), recoloured(ours["ppt/tableStyles.xml"].decode(), template).encode()
    )
    roots = {id_: each for id_, each in roots.items() if each.kind != "tableStyles"}
    parts[PRESENTATION] = _presentation(package, start, roots)
    parts[_rels(PRESENTATION)] = _presentation_relations(roots)
    parts["_rels/.rels"] = ours["_rels/.rels"]
    parts |= {name: data for name, data in ours.items() if name.startswith("docProps/")}
    parts["[Content_Types].xml"] = _content_types(parts, types, ours, package)
    return dict(sorted(parts.items()))


# -- reading a package --------------------------------------------------------------------------------------------------


@mutable
class _Relation:
    kind: str
    type: str
    target: str
    external: bool = False


class _Package:
    """A template as it came, read by its relationships."""

    def __init__(self, parts: Mapping[str, bytes]) -> None:
        """Read the content types."""
        self.parts = parts
        root = _parsed(parts["[Content_Types].xml"])
        self.defaults: dict[str, str] = {
            each.get("Extension", "").lower(): each.get("ContentType", "") for each in root.iter(f"{{{TYPES}}}Default")
        }
        self.overrides: dict[str, str] = {
            each.get("PartName", "").lstrip("/"): each.get("ContentType", "")
            for each in root.iter(f"{{{TYPES}}}Override")
        }
        self.known: dict[str, dict[str, _Relation]] = {}
        self.homes: dict[str, str] = {}

    def start(self) -> str:
        """Return the part that is the presentation."""
        return next(each.target for each in self.relations("").values() if each.kind == "officeDocument")

    def type_of(self, name: str) -> str:
        """Return what a part holds."""
        return self.overrides.get(name) or self.defaults.get(name.rpartition(".")[2].lower(), "application/xml")

    def relations(self, source: str) -> dict[str, _Relation]:
        """Return what a part relates to, by id."""
        if source not in self.known:
            folder = posixpath.dirname(source)
            data = self.parts.get(_rels(source))
            found = {}
            for each in _parsed(data).iter(f"{{{RELATIONSHIPS}}}Relationship") if data else ():
                kind, external = each.get("Type", ""), each.get("TargetMode") == "External"
                target = each.get("Target", "")
                if not external:
                    target = posixpath.normpath(posixpath.join("/" + folder, target)).lstrip("/")
                found[each.get("Id", "")] = _Relation(kind.rpartition("/")[2], kind, target, external)
            self.known[source] = found
        return self.known[source]

    def kept(self, source: str) -> dict[str, _Relation]:
        """Return the relations of a part that a deck keeps: to parts that are there, and to addresses."""
        return {
            id_: each
            for id_, each in self.relations(source).items()
            if each.kind not in LEFT_OUT and (each.external or each.target in self.parts)
        }

    def reached(self, roots: Iterator[str] | Any) -> list[str]:
        """Return the parts that are reached from some, these first."""
        found: dict[str, None] = {}
        waiting = list(roots)
        while waiting:
            name = waiting.pop(0)
            if name in found or name not in self.parts:
                continue
            found[name] = None
            waiting += [each.target for each in self.kept(name).values() if not each.external]
        return list(found)

    def house(self, names: Iterable[str]) -> None:
        """Give layouts the folder that slides look for them in; they keep the names of their files."""
        taken = set(self.parts)
        for name in names:
            home = f"{LAYOUTS}/{posixpath.basename(name)}"
            if self.type_of(name).endswith(LAYOUT_TYPE) and name != home and home not in taken:
                self.homes[name] = home
                taken.add(home)

    def home(self, name: str) -> str:
        """Return the name that a part has in a deck."""
        return self.homes.get(name, name)

    def cleaned(self, name: str) -> bytes:
        """Return a part without what refers to relations that are not kept."""
        gone = self.relations(name).keys() - self.kept(name).keys()
        if not gone:
            return self.parts[name]
        root = _parsed(self.parts[name])
        for element in list(root.iter()):
            if any(value in gone for key, value in element.attrib.items() if key.startswith(R)):
                parent = element.getparent()
                if parent is not None:
                    parent.remove(element)
        for empty in list(root.iter(f"{P}custDataLst")):
            if not len(empty) and empty.getparent() is not None:
                empty.getparent().remove(empty)
        data: bytes = etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)
        return data

    def _from(self, source: str, target: str) -> str:
        """Return how a part of a deck names another one."""
        return _relative(self.home(target), self.home(source))

    def written_relations(self, name: str) -> bytes:
        """Return the relations of a part that are kept, as a part; nothing if there are none."""
        return _relations(
            {
                id_: (each.type, each.target if each.external else self._from(name, each.target), each.external)
                for id_, each in self.kept(name).items()
            }
        )


def _parsed(data: bytes) -> Any:
    parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=False, remove_comments=True)
    return etree.fromstring(data, parser)


def _rels(name: str) -> str:
    folder, _, file = name.rpartition("/")
    return f"{folder}/_rels/{file}.rels" if folder else f"_rels/{file}.rels"


def _relative(target: str, source: str) -> str:
    return posixpath.relpath(target, posixpath.dirname(source))


def _titled(data: bytes, home: str, template: Template) -> bytes:
    """Return a layout with the placeholders that the theme adds to it; other parts as they are."""
    ties = (*template.ties.values(), template.others)
    added = {
        (each.type, each.idx): each
        for tie in ties
        for each in tie.holders.values()
        if each.added and home == f"{LAYOUTS}/{tie.layout}.xml"
    }
    if not added:
        return data
    root = _parsed(data)
    tree = root.find(f"{P}cSld/{P}spTree")
    for shape in list(root.iter(f"{P}sp")):
        there = shape.find(f"{P}nvSpPr/{P}nvPr/{P}ph")
        if there is not None and (there.get("type", "obj"), int(there.get("idx", "0"))) in added:
            shape.getparent().remove(shape)
    numbers = [int(each.get("id", "0")) for each in root.iter(f"{P}cNvPr") if each.get("id", "").isdigit()]
    for number, holder in enumerate(added.values(), start=max(numbers, default=1) + 1):
        tree.insert(2, etree.fromstring(_added(number, holder)))
    written: bytes = etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)
    return written


def _added(number: int, holder: Holder) -> str:
    """Return a placeholder that a layout lacks (CT_Shape)."""
    box, (left, top, right, bottom) = holder.box, holder.margins
    index = f' idx="{holder.idx}"' if holder.idx else ""
    return (
        f'<p:sp {NAMESPACES}><p:nvSpPr><p:cNvPr id="{number}" name="{holder.type}"/><p:cNvSpPr><a:spLocks noGrp="1"/>'
        f'</p:cNvSpPr><p:nvPr><p:ph type="{holder.type}"{index}/></p:nvPr></p:nvSpPr><p:spPr><a:xfrm>'
        f'<a:off x="{box.x}" y="{box.y}"/><a:ext cx="{box.w}" cy="{box.h}"/></a:xfrm></p:spPr><p:txBody>'
        f'<a:bodyPr lIns="{left}" tIns="{top}" rIns="{right}" bIns="{bottom}" anchor="{holder.anchor}"/><a:lstStyle/>'
        f'<a:p><a:endParaRPr lang="en-US"/></a:p></p:txBody></p:sp>'
    )


# -- writing it ---------------------------------------------------------------------------------------------------------


def _relations(found: Mapping[str, tuple[str, str, bool]]) -> bytes:
    """Return a part with relationships, nothing if there are none."""
    said = relationships(found)
    return f'{DECLARATION}<Relationships xmlns="{RELATIONSHIPS}">{said}</Relationships>'.encode() if said else b""


def _own_notes(ours: Mapping[str, bytes]) -> dict[str, bytes]:
    """Return our notes master and its theme, under a name that no template has for a theme of its own."""
    theme = "ppt/theme/themeOfNotes.xml"
    source = next(name for name in ours if name.startswith("ppt/theme/") and name.endswith("2.xml"))
    relation = {"rId1": (f"{OFFICE}/theme", _relative(theme, NOTES), False)}
    return {NOTES: ours[NOTES], _rels(NOTES): _relations(relation), theme: ours[source]}


def _presentation(package: _Package, start: str, roots: Mapping[str, _Relation]) -> bytes:
    """Return the presentation: its masters, the notes master, sizes and default text (CT_Presentation)."""
    root = _parsed(package.parts[start])
    masters = "".join(
        f'<p:sldMasterId id="{each.get("id") or LARGEST_ID}" r:id="{escape(each.get(f"{R}id"))}"/>'
        for each in root.iter(f"{P}sldMasterId")
        if each.get(f"{R}id") in roots
    )
    kept = {}
    for name in CHILDREN:
        child = root.find(f"{P}{name}")
        if child is not None:
            child.tail = None
            if name == "sldSz" and "type" in child.attrib:
                del child.attrib["type"]
            kept[name] = etree.tostring(child).decode()
    sizes = "".join(kept.pop(name, "") for name in ("sldSz", "notesSz"))
    return (
        f'{DECLARATION}<p:presentation {NAMESPACES} saveSubsetFonts="1"><p:sldMasterIdLst>{masters}</p:sldMasterIdLst>'
        f'<p:notesMasterIdLst><p:notesMasterId r:id="notes"/></p:notesMasterIdLst>{sizes}'
        f"{''.join(kept.values())}</p:presentation>"
    ).encode()


def _presentation_relations(roots: Mapping[str, _Relation]) -> bytes:
    found = {id_: (each.type, _relative(each.target, PRESENTATION), False) for id_, each in roots.items()}
    found["notes"] = (f"{OFFICE}/notesMaster", _relative(NOTES, PRESENTATION), False)
    found["tables"] = (f"{OFFICE}/tableStyles", "tableStyles.xml", False)
    return _relations(found)


def _table_styles(theirs: Mapping[str, bytes], roots: Any, ours: bytes) -> bytes:
    """Return the table styles of a template, with ours beside them."""
    source = next((each.target for each in roots if each.kind == "tableStyles" and each.target in theirs), None)
    if source is None:
        return ours
    root, own = _parsed(theirs[source]), _parsed(ours)
    known = {each.get("styleId") for each in root}
    for style in own:
        if style.get("styleId") not in known:
            root.append(style)
    data: bytes = etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)
    return data


def _content_types(
    parts: Mapping[str, bytes], types: Mapping[str, str], ours: Mapping[str, bytes], package: _Package
) -> bytes:
    """Return what each part holds: media by their endings, all else by name."""
    own = _Package(ours)
    endings = {"rels": "application/vnd.openxmlformats-package.relationships+xml", "xml": "application/xml"}
    named: dict[str, str] = {}
    for name in sorted(parts):
        ending = name.rpartition(".")[2].lower()
        if ending == "rels" or name.startswith("["):
            continue
        type_ = PRESENTATION_TYPE if name == PRESENTATION else types.get(name) or own.type_of(_named_by_us(name))
        if ending != "xml" and endings.setdefault(ending, type_) == type_:
            continue
        named[name] = type_
    said = "".join(
        f'<Default Extension="{key}" ContentType="{escape(value)}"/>' for key, value in sorted(endings.items())
    )
    said += "".join(
        f'<Override PartName="/{escape(key)}" ContentType="{escape(value)}"/>' for key, value in named.items()
    )
    return f'{DECLARATION}<Types xmlns="{TYPES}">{said}</Types>'.encode()


def _named_by_us(name: str) -> str:
    """Return the name that a part has in a template of ours."""
    return "ppt/theme/theme1.xml" if name.startswith("ppt/theme/") else name
