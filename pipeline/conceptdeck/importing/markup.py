"""XML and HTML of other programs, read safely: nothing outside the file, no entity that grows, no more than a cap."""

from __future__ import annotations

from collections.abc import Iterator
from typing import cast

from lxml import etree

from conceptdeck.importing.decoding import MAX_CHARACTERS, clean, refusal
from conceptdeck.importing.rules import TOO_MANY_TO_IMPORT
from conceptdeck.reading.xml import parser
from conceptdeck.values.diagnostics import Failure, Span
from conceptdeck.values.regex import regex

__all__ = ["Element", "attribute", "children", "line_of", "local", "parsed", "plain_text", "text_below"]

Element = etree._Element
MAX_ELEMENTS = 400_000
ENTITY = regex(rb"<!\s*ENTITY|<\x00!\x00E|\x00<\x00!\x00E")
BLOCKS = frozenset(
    {"p", "div", "br", "li", "tr", "td", "th", "ul", "ol", "h1", "h2", "h3", "h4", "h5", "h6", "table", "hr"}
)
SILENT = frozenset({"script", "style", "head", "title"})
TAG = regex(  # of HTML: other words in angle brackets are words
    r"</?(?i:html|body|head|p|div|span|font|a|b|i|u|s|br|em|strong|code|pre|su[bp]|h[1-6r]|[uo]l|li|img|table|tbody|t[rdh])"
    r"(?:\s[^<>]*)?/?>|&(?:#\d+|#x[0-9a-fA-F]+|nbsp|amp|lt|gt|quot|apos);"
)
EMPTY_LINES = regex(r"[ \t]*\n[ \t]*(?:\n[ \t]*)+")
SPACES = regex(r"[ \t\r\n\xa0]+")


def parsed(data: bytes, path: str) -> Element:
    """Return the root of an XML file; raises Failure if it is none, or declares entities, or is too large."""
    if data.count(b"<") > MAX_ELEMENTS * 2 or len(data) > MAX_CHARACTERS * 2:
        message = f"the file has more than {MAX_ELEMENTS:,} elements"
        raise Failure([TOO_MANY_TO_IMPORT.at(message, Span(path))])
    if ENTITY.search(data):
        raise refusal("it declares entities of its own, which are never expanded", path, 1)
    try:
        root = etree.fromstring(data, parser())
    except (etree.XMLSyntaxError, LookupError, ValueError) as error:
        line = getattr(error, "lineno", 0) or 0
        raise refusal(f"it is not XML from here on: {getattr(error, 'msg', '') or error}", path, line) from error
    return root


def local(element: Element) -> str:
    """Return the name of an element without its namespace."""
    return str(element.tag).rpartition("}")[2]  # comments and instructions are not kept


def attribute(element: Element, name: str) -> str:
    """Return an attribute whatever its namespace and the case of its letters, empty if there is none."""
    if (found := element.get(name)) is not None:
        return str(found)
    wanted = name.casefold()
    items = element.attrib.items()
    return next((str(value) for key, value in items if str(key).rpartition("}")[2].casefold() == wanted), "")


def children(element: Element, *names: str) -> Iterator[Element]:
    """Yield the elements right below one, of these names if any are told."""
    for each in element:
        if not names or local(each) in names:
            yield each


def line_of(element: Element) -> int:
    """Return the line that an element begins in."""
    return cast("int | None", element.sourceline) or 0


def text_below(element: Element | None) -> str:
    """Return all text in an element, its blocks on lines of their own."""
    return clean(_tidy("".join(_pieces(element)))) if element is not None else ""


def plain_text(text: str) -> str:
    """Return what a text says that may be HTML, as labels of other programs are."""
    if not TAG.search(text):
        return clean(text)
    try:
        root = etree.fromstring(
            f"<div>{text}</div>", etree.HTMLParser(no_network=True, remove_comments=True, remove_pis=True)
        )
    except (etree.XMLSyntaxError, ValueError):
        return clean(TAG.sub(" ", text))
    return text_below(root)


def _pieces(root: Element) -> Iterator[str]:
    """Yield the text of an element piece by piece, line breaks around blocks."""
    waiting: list[tuple[Element, bool]] = [(root, False)]
    while waiting:
        element, is_done = waiting.pop()
        is_block = local(element).casefold() in BLOCKS
        if is_done:
            yield "\n" * is_block
            yield SPACES.sub(" ", element.tail or "") if element is not root else ""
            continue
        if element is not root and local(element).casefold() in SILENT:
            yield SPACES.sub(" ", element.tail or "")
            continue
        yield "\n" * is_block
        yield SPACES.sub(" ", element.text or "")
        waiting.append((element, True))
        waiting += [(each, False) for each in reversed(element)]


def _tidy(text: str) -> str:
    """Return text with single spaces, and no more than one empty line at once."""
    lines = "\n".join(SPACES.sub(" ", line).strip() for line in text.split("\n"))
    return EMPTY_LINES.sub("\n", lines)
