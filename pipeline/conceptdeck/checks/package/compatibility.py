"""Rules on what is beyond the basic schema: prefixes, extensions, alternatives, markup that no program knows."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from lxml import etree

from conceptdeck.checks.package.opened import Element, Part
from conceptdeck.checks.package.schema import NAMESPACES, qualified, shown
from conceptdeck.values.diagnostics import Diagnostic
from conceptdeck.values.rules import ERROR, WARNING, Rule

__all__ = ["COMPATIBILITY_RULES"]

JUDGED = (NAMESPACES["a"], NAMESPACES["p"])
BASIC = frozenset((*JUDGED, NAMESPACES["r"], NAMESPACES["mc"], "http://www.w3.org/XML/1998/namespace", ""))
MC = NAMESPACES["mc"]
ALTERNATES, CHOICE, FALLBACK = (qualified(f"mc:{name}") for name in ("AlternateContent", "Choice", "Fallback"))
OPEN = frozenset((CHOICE, FALLBACK, qualified("a:graphicData"), qualified("a:ext"), qualified("p:ext")))
EXTENSIONS = ("a:ext", "p:ext")
PREFIX_LISTS = tuple(f"{{{MC}}}{name}" for name in ("Ignorable", "MustUnderstand"))
NAMESPACED = re.compile(rb"""xmlns(?::([A-Za-z_][\w.-]*))?\s*=\s*["']([^"']*)["']""")
OF_OTHERS = etree.XPath("//@*[namespace-uri() = $uri]")
GUID = re.compile(r"\{[0-9A-Fa-f]{8}(-[0-9A-Fa-f]{4}){3}-[0-9A-Fa-f]{12}\}")
WEB = re.compile(r"(https?://|urn:)\S+")
MAKERS = (
    "http://schemas.microsoft.com/",
    "http://schemas.openxmlformats.org/",
    "http://customooxmlschemas.google.com/",
    "http://purl.oclc.org/ooxml/",
    "urn:schemas-microsoft-com:",
    "http://www.w3.org/",
)
P14 = NAMESPACES["p14"]
A16 = "http://schemas.microsoft.com/office/drawing/2014/main"
HOMES = {
    f"{{{P14}}}creationId": "{BB962C8B-B14F-4D97-AF65-F5344CB8AC3E}",
    f"{{{P14}}}modId": "{D42A27DB-BD31-4B8C-83A1-F6EECF244321}",
    f"{{{P14}}}media": "{DAA4B4D4-6D71-4841-9C94-3DE7FCFB9230}",
    f"{{{A16}}}creationId": "{FF2B5EF4-FFF2-40B4-BE49-F238E27FC236}",
    f"{{{A16}}}rowId": "{0D108BD9-81ED-4DB2-BD59-A6C34878D82A}",
    f"{{{A16}}}colId": "{9D8B030D-6E8A-4147-A177-3AD203B41FA5}",
    qualified("adec:decorative"): "{C183D7F6-B498-43B3-948B-1728B52AA6E4}",
    "{http://schemas.microsoft.com/office/drawing/2016/SVG/main}svgBlip": "{96DAC541-7B7A-43D3-8B79-37D633B846F1}",
}

Findings = Iterator[Diagnostic]

UNDECLARED_PREFIX = Rule("undeclared-prefix", "package", ERROR, "a prefix that is not declared").because("""
    `Ignorable`, `MustUnderstand` and `Requires` name namespaces by their prefixes, which the part declares. With one
    that it does not, PowerPoint calls the file damaged.
""")


def prefixes(part: Part) -> Findings:
    """Find lists of prefixes that name one which is not declared."""
    if MC.encode() not in part.data:
        return
    said = [(node, name, node.get(name)) for node in part.root.iter("*") for name in PREFIX_LISTS if node.get(name)]
    said += [(choice, "Requires", choice.get("Requires")) for choice in part.root.iter(CHOICE)]
    for element, name, value in said:
        for prefix in (value or "").split():
            if prefix not in element.nsmap:
                what = f"{shown(name)} names the prefix `{prefix[:40]}`, which is not declared"
                yield part.finding(UNDECLARED_PREFIX, what, element)


MISSING_FALLBACK = Rule(
    "missing-fallback", "package", ERROR, "something that older programs see nothing of", elsewhere=WARNING
).because("""
    Morphs, zooms, models and SVG pictures carry what programs without them show: a second alternative, or a picture
    in PNG. Without it there is a gap, or a red cross.
""")


def alternatives(part: Part) -> Findings:
    """Find alternatives that older programs have none of."""
    for element in part.root.iter(ALTERNATES):
        if element.find(CHOICE) is None:
            yield part.finding(MISSING_FALLBACK, "a set of alternatives has no choice", element)
        elif element.find(FALLBACK) is None:
            what = "a set of alternatives has none for programs that do not know the first"
            yield part.finding(MISSING_FALLBACK, what, element)


WRONG_EXTENSION = Rule("wrong-extension", "package", ERROR, "an extension under another's id").because("""
    Programs find an extension by its id. Under another they drop it or repair the file.
""")
UNKNOWN_EXTENSION = Rule("unknown-extension", "package", WARNING, "an extension that no program knows").because("""
    An extension has an id, most often a GUID in braces, and something in a namespace of who made it. What no program
    knows is lost at the next save, and may keep a file from being opened.
""")


def extensions(part: Part) -> Findings:
    """Find extensions without an id, under another's, or of a maker that nobody knows."""
    if part.root.tag.startswith("{") and etree.QName(part.root).namespace not in JUDGED:
        return
    for element in part.all(*EXTENSIONS):
        parent = element.getparent()
        if parent is None or not str(parent.tag).endswith("}extLst"):
            continue
        uri = element.get("uri", "")
        if not GUID.fullmatch(uri) and not WEB.fullmatch(uri):
            yield part.finding(UNKNOWN_EXTENSION, f"an extension has the id `{uri[:60]}`, which is none", element)
            continue
        for child in element.iterchildren("*"):
            home = HOMES.get(str(child.tag))
            if home and uri.upper() != home:
                what = f"{shown(str(child.tag))} is kept under `{uri[:60]}`, not under {home}"
                yield part.finding(WRONG_EXTENSION, what, element)
            elif not (etree.QName(child).namespace or "").startswith(MAKERS):
                what = f"an extension holds `{str(child.tag)[:80]}`, which no program knows"
                yield part.finding(UNKNOWN_EXTENSION, what, element)


UNKNOWN_MARKUP = Rule("unknown-markup", "package", ERROR, "markup in a namespace that may not be there").because("""
    A part says in `Ignorable` which namespaces a program may pass over. With others, outside of extensions and
    alternatives, PowerPoint calls the file damaged.
""")


def foreign_markup(part: Part) -> Findings:
    """Find elements and attributes in namespaces of others that the part does not let programs pass over."""
    if etree.QName(part.root).namespace not in JUDGED:
        return
    passed = {part.root.nsmap.get(prefix) for prefix in part.root.get(PREFIX_LISTS[0], "").split()}
    declared = {uri.decode("utf-8", "replace") for _, uri in NAMESPACED.findall(part.data)}
    for uri in sorted(declared - BASIC - passed):
        if not uri.startswith(MAKERS):
            yield from _of_namespace(part, uri)


def _of_namespace(part: Part, uri: str) -> Findings:
    for tag, elements in part.tags.items():
        if str(tag).startswith(f"{{{uri}}}"):
            for element in elements:
                if not _is_open(element.getparent()):
                    yield part.finding(UNKNOWN_MARKUP, f"holds `{tag[:80]}`, which may not be there", element)
                    return
    found = OF_OTHERS(part.root, uri=uri)
    for value in found if isinstance(found, list) else ():
        holder = value.getparent()  # type: ignore[union-attr]  # each is an attribute, which knows its element
        if holder is not None and not _is_open(holder):
            yield part.finding(UNKNOWN_MARKUP, f"has an attribute of `{uri[:80]}`, which may not be there", holder)
            return


def _is_open(element: Element | None) -> bool:
    """Tell whether something is in an extension, in alternatives or in what a graphic shows."""
    at = element
    while at is not None:
        if at.tag in OPEN and (at.tag not in EXTENSION_TAGS or at.get("uri") is not None):
            return True
        at = at.getparent()
    return False


EXTENSION_TAGS = frozenset(map(qualified, EXTENSIONS))
COMPATIBILITY_RULES: tuple[Callable[[Part], Findings], ...] = (prefixes, alternatives, extensions, foreign_markup)
