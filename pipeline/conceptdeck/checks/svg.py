"""Rules on SVG files: well-formed, named, described, in a language, and nothing in them that runs or reaches out."""

from __future__ import annotations

import re
from collections.abc import Iterator

from lxml import etree

from conceptdeck.values.diagnostics import Diagnostic, Span

__all__ = ["FONT_FACE", "check_svg"]

SVG = "{http://www.w3.org/2000/svg}"
XML_LANG = "{http://www.w3.org/XML/1998/namespace}lang"
ELEMENTS = frozenset({"svg", "title", "desc", "style", "g", "rect", "ellipse", "path", "text", "tspan"})
REACHES_OUT = re.compile(r"url\s*\(|@import|javascript:|expression\s*\(|https?:|file:|data:", re.IGNORECASE)
FONT_FACE = re.compile(
    r"@font-face\{font-family:[a-z0-9-]+;font-weight:(?:normal|bold);"
    r"src:url\(data:font/woff;base64,[A-Za-z0-9+/]+=*\)\}"
)
"""A font that the file brings along: the one thing of its style sheet that has an address, which leads to itself."""


def check_svg(text: str, path: str) -> tuple[Diagnostic, ...]:
    """Return what is wrong with an SVG file of ours."""
    parser = etree.XMLParser(resolve_entities=False, no_network=True)
    try:
        root = etree.fromstring(text.encode(), parser)
    except etree.XMLSyntaxError as error:
        return (Diagnostic("svg-malformed", f"it is not well-formed: {error.msg}", Span(path)),)
    doctype = [("svg-doctype", "it has a document type")] if "<!DOCTYPE" in text else []
    found = [*doctype, *_unsafe(root), *_unnamed(root), *_doubled(root)]
    return tuple(Diagnostic(code, message, Span(path)) for code, message in found)


def _unsafe(root: etree._Element) -> Iterator[tuple[str, str]]:
    """Yield elements and attributes that could run something, or fetch something from elsewhere."""
    for element in root.iter():
        name = str(element.tag).removeprefix(SVG)  # the tag of a comment is no text
        if name not in ELEMENTS:
            yield "svg-foreign-element", f"<{name}> does not belong into a picture"
        if name == "style" and REACHES_OUT.search(FONT_FACE.sub("", element.text or "")):
            yield "svg-external", "its style sheet reaches out of the file"
        for attribute, value in ((str(key), str(value)) for key, value in element.attrib.items()):
            if attribute.startswith("on"):
                yield "svg-handler", f"<{name}> has the handler `{attribute}`"
            elif attribute.rpartition("}")[2] in ("href", "src", "style") or (
                attribute != "data-key" and REACHES_OUT.search(value)
            ):
                yield "svg-external", f"<{name}> reaches out of the file by `{attribute}`"


def _unnamed(root: etree._Element) -> Iterator[tuple[str, str]]:
    """Yield what a screen reader would miss."""
    if root.get("role") != "img":
        yield "svg-role", "it does not say that it is an image"
    if not root.get("lang") or root.get(XML_LANG) != root.get("lang"):
        yield "svg-language", "it does not say in which language it is"
    named = set((root.get("aria-labelledby") or "").split())
    for part in ("title", "desc"):
        element = root.find(f"{SVG}{part}")
        if element is None or not (element.text or "").strip() or element.get("id") not in named:
            yield f"svg-{part}", f"it has no <{part}> that names it"


def _doubled(root: etree._Element) -> Iterator[tuple[str, str]]:
    """Yield ids that several elements have."""
    ids = [element.get("id") for element in root.iter() if element.get("id")]
    yield from (("svg-double-id", f"the id `{id_}` is there twice") for id_ in dict.fromkeys(ids) if ids.count(id_) > 1)
