"""Rules on SVG files: well-formed, named, described, in a language, and nothing in them that runs or reaches out."""

from __future__ import annotations

import re
from collections.abc import Iterator

from lxml import etree

from conceptdeck.values.diagnostics import Diagnostic, Span
from conceptdeck.values.regex import regex
from conceptdeck.values.rules import ERROR, Rule

__all__ = ["FONT_FACE", "check_svg"]

SVG = "{http://www.w3.org/2000/svg}"
XML_LANG = "{http://www.w3.org/XML/1998/namespace}lang"
ELEMENTS = frozenset(
    {"svg", "title", "desc", "style", "g", "rect", "ellipse", "path", "text", "tspan", "image", "clipPath", "a"}
)
REACHES_OUT = regex(r"url\s*\(|@import|javascript:|expression\s*\(|https?:|file:|data:", re.IGNORECASE)
OWN = {  # addresses that lead to the file itself, or that a reader goes to by a click
    ("a", "href"): regex(r"(?:https?://|mailto:)\S+|#[A-Za-z0-9_-]+"),
    ("image", "href"): regex(r"data:image/(?:png|jpeg|svg\+xml);base64,[A-Za-z0-9+/]+=*"),
    ("image", "clip-path"): regex(r"url\(#[A-Za-z0-9_-]+\)"),
}
FONT_FACE = regex(
    r"@font-face\{font-family:[a-z0-9-]+;font-weight:(?:normal|bold);(?:font-style:italic;)?"
    r"src:url\(data:font/woff2?;base64,[A-Za-z0-9+/]+=*\)\}"
)
"""A font that the file brings along: the one thing of its style sheet that has an address, which leads to itself."""


SVG_MALFORMED = Rule("svg-malformed", "pictures", ERROR, "an SVG that is not well-formed").because("""
    No program opens it; the message says where the reader of XML gave up.
""")
SVG_DOCTYPE = Rule("svg-doctype", "pictures", ERROR, "an SVG with a document type").because("""
    A document type can load files and grow without bounds; a picture needs none.
""")


def check_svg(text: str, path: str) -> tuple[Diagnostic, ...]:
    """Return what is wrong with an SVG file of ours."""
    parser = etree.XMLParser(resolve_entities=False, no_network=True)
    try:
        root = etree.fromstring(text.encode(), parser)
    except etree.XMLSyntaxError as error:
        return (SVG_MALFORMED.at(f"it is not well-formed: {error.msg}", Span(path)),)
    doctype = [(SVG_DOCTYPE, "it has a document type")] if "<!DOCTYPE" in text else []
    found = [*doctype, *_unsafe(root), *_unnamed(root), *_doubled(root)]
    return tuple(rule.at(message, Span(path)) for rule, message in found)


SVG_FOREIGN_ELEMENT = Rule(
    "svg-foreign-element", "pictures", ERROR, "an element that does not belong into a picture"
).because("""
    Scripts, frames, images and the like run something, or load something from elsewhere.
""")
SVG_HANDLER = Rule("svg-handler", "pictures", ERROR, "an attribute that runs a script").because("""
    A picture runs nothing: pages that inline it trust it with everything that is theirs.
""")
SVG_EXTERNAL = Rule("svg-external", "pictures", ERROR, "a reference out of the file").because("""
    A picture loads nothing: no style sheet, no font, no image. Only links that a reader clicks lead elsewhere.
""")


def _unsafe(root: etree._Element) -> Iterator[tuple[Rule, str]]:
    """Yield elements and attributes that could run something, or fetch something from elsewhere."""
    for element in root.iter():
        name = str(element.tag).removeprefix(SVG)  # the tag of a comment is no text
        if name not in ELEMENTS:
            yield SVG_FOREIGN_ELEMENT, f"<{name}> does not belong into a picture"
        if name == "style" and REACHES_OUT.search(FONT_FACE.sub("", element.text or "")):
            yield SVG_EXTERNAL, "its style sheet reaches out of the file"
        for attribute, value in ((str(key), str(value)) for key, value in element.attrib.items()):
            if attribute.startswith("on"):
                yield SVG_HANDLER, f"<{name}> has the handler `{attribute}`"
            elif (name, attribute) in OWN and OWN[name, attribute].fullmatch(value):
                continue
            elif attribute.rpartition("}")[2] in ("href", "src", "style") or (
                attribute != "data-key" and REACHES_OUT.search(value)
            ):
                yield SVG_EXTERNAL, f"<{name}> reaches out of the file by `{attribute}`"


SVG_ROLE = Rule("svg-role", "pictures", ERROR, "an SVG that does not say that it is an image").because("""
    Screen readers read out its parts one by one without `role="img"`. One with links is a group, so that they reach
    those.
""")
SVG_LANGUAGE = Rule("svg-language", "pictures", ERROR, "an SVG without a language").because("""
    Screen readers need it to choose a voice: `lang` and `xml:lang`, both alike.
""")
SVG_TITLE = Rule("svg-title", "pictures", ERROR, "an SVG without a title").because("""
    The title is what screen readers say first; `aria-labelledby` names it.
""")
SVG_DESC = Rule("svg-desc", "pictures", ERROR, "an SVG without a description").because("""
    The description says in words what the picture shows; `aria-labelledby` names it.
""")


def _unnamed(root: etree._Element) -> Iterator[tuple[Rule, str]]:
    """Yield what a screen reader would miss."""
    if root.get("role") != ("img" if root.find(f".//{SVG}a") is None else "group"):
        yield SVG_ROLE, "it does not say that it is an image"
    if not root.get("lang") or root.get(XML_LANG) != root.get("lang"):
        yield SVG_LANGUAGE, "it does not say in which language it is"
    named = set((root.get("aria-labelledby") or "").split())
    for part, rule in (("title", SVG_TITLE), ("desc", SVG_DESC)):
        element = root.find(f"{SVG}{part}")
        if element is None or not (element.text or "").strip() or element.get("id") not in named:
            yield rule, f"it has no <{part}> that names it"


SVG_DOUBLE_ID = Rule("svg-double-id", "pictures", ERROR, "an id that is there twice").because("""
    Two elements with one id are one for programs.
""")


def _doubled(root: etree._Element) -> Iterator[tuple[Rule, str]]:
    """Yield ids that several elements have."""
    ids = [element.get("id") for element in root.iter() if element.get("id")]
    yield from ((SVG_DOUBLE_ID, f"the id `{id_}` is there twice") for id_ in dict.fromkeys(ids) if ids.count(id_) > 1)
