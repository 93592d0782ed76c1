"""Outlines in OPML, as outliners, feed readers and mind-mapping programs exchange them."""

from __future__ import annotations

from conceptdeck.importing.decoding import refusal
from conceptdeck.importing.gathering import Gathered, worded
from conceptdeck.importing.links import is_address
from conceptdeck.importing.markup import Element, attribute, children, line_of, local, parsed, plain_text
from conceptdeck.values.languages import standard_tag
from conceptdeck.values.outline import Node, Outline, Wording
from conceptdeck.values.regex import regex

__all__ = ["read_opml"]

OTHER = regex(r"(text|title|name|_note|note)[-_.:]([A-Za-z]{2,3}(?:[-_][A-Za-z0-9]{2,8})*)")
CONCEPT = "concept"  # the type that our own exports give to concepts
ADDRESSES = ("htmlUrl", "url", "link", "href", "xmlUrl")
KNOWN = frozenset(
    {"text", "title", "_note", "note", "type", "created", "isComment", "structure", "isBreakpoint", "category",
     "language", "lang", "id", "expanded", "collapsed", "version", "description", *ADDRESSES}
)  # fmt: skip


def read_opml(data: bytes, path: str) -> Outline:
    """Return what an outline says; raises Failure if it cannot be read."""
    root = parsed(data, path)
    body = next(children(root, "body"), None)
    if local(root) != "opml" or body is None:
        raise refusal("it is not OPML: it has no <body> in <opml>", path, line_of(root))
    head = {local(each): (each.text or "") for part in children(root, "head") for each in children(part)}
    found = Gathered(path)
    waiting = [(each, "") for each in children(body, "outline")][::-1]
    while waiting:
        element, parent = waiting.pop()
        id_ = _node(element, parent, found)
        waiting += [(each, id_) for each in children(element, "outline")][::-1]
    language = head.get("language", "") or attribute(root, "lang") or attribute(body, "lang")
    return found.outline(
        title=worded(head.get("title", "")), author=head.get("ownerName", ""), language=standard_tag(language) or ""
    )


def _node(element: Element, parent: str, found: Gathered) -> str:
    """Keep an outline's line with its attributes; return its id."""
    text = plain_text(attribute(element, "text") or attribute(element, "title"))
    notes = plain_text(attribute(element, "_note") or attribute(element, "note"))
    link = next((said for name in ADDRESSES if is_address(said := attribute(element, name))), "")
    names, remarks = _others(element, ("text", "title", "name")), _others(element, ("_note", "note"))
    traits = [(str(name), str(value)) for name, value in element.attrib.items() if _is_trait(str(name))]
    made = found.add(
        Node(
            id=attribute(element, "id") or f"#{len(found.nodes)}",
            name=Wording(text, names),
            parent=parent,
            detail=worded(plain_text(attribute(element, "description"))),
            notes=Wording(notes, remarks),
            link=link,
            traits=tuple(traits),
            whole=attribute(element, "type") == CONCEPT,
            line=line_of(element),
        )
    )
    return made.id


def _others(element: Element, stems: tuple[str, ...]) -> tuple[tuple[str, str], ...]:
    """Return a text in other languages, as attributes such as `text-de` or `text_fr` have it."""
    matches = [(OTHER.fullmatch(str(name)), str(value)) for name, value in element.attrib.items()]
    told = [(standard_tag(match[2]), value) for match, value in matches if match and match[1] in stems]
    return tuple((tag, plain_text(value)) for tag, value in told if tag)


def _is_trait(name: str) -> bool:
    """Tell whether an attribute says something of its line that is not of the format."""
    return name not in KNOWN and not name.startswith(("{", "_")) and not OTHER.fullmatch(name)
