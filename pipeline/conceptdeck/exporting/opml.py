"""A map as an outline in OPML, in all its languages."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from xml.sax.saxutils import escape, quoteattr

from conceptdeck.reading.short import slugified
from conceptdeck.values.outline import Node, Outline, Wording
from conceptdeck.values.regex import regex

__all__ = ["write_opml"]

CONCEPT = "concept"  # what is below it is said of it
HTML = regex(r"</?[A-Za-z]|&#?\w+;")
BREAKS = {"\n": "&#10;"}
KNOWN = frozenset({"text", "title", "url", "description", "note", "type", "id", "language"})


def write_opml(outline: Outline) -> bytes:
    """Return the outline: groups, concepts below them, points below these."""
    below: dict[str, list[Node]] = {}
    for each in outline.nodes:
        below.setdefault(each.parent, []).append(each)
    head = ("title", outline.title.text), ("ownerName", outline.author), ("language", outline.language)
    lines = ['<?xml version="1.0" encoding="UTF-8"?>', '<opml version="2.0">', "  <head>"]
    lines += (f"    <{name}>{escape(text)}</{name}>" for name, text in head if text)
    lines += ["  </head>", "  <body>", *_listed("", below, "    "), "  </body>", "</opml>"]
    return ("\n".join(lines) + "\n").encode()


def _listed(home: str, below: Mapping[str, Sequence[Node]], indent: str) -> Iterator[str]:
    for each in below.get(home, ()):
        said = "".join(f" {name}={quoteattr(text, BREAKS)}" for name, text in _attributes(each) if text)
        if each.id in below:
            yield f"{indent}<outline{said}>"
            yield from _listed(each.id, below, indent + "  ")
            yield f"{indent}</outline>"
        else:
            yield f"{indent}<outline{said}/>"


def _attributes(node: Node) -> Iterator[tuple[str, str]]:
    """Yield what is said of a node, each text in every language."""
    yield from _worded("text", node.name)
    yield "type", "" if node.frame or node.id.rpartition(".points.")[1] else CONCEPT
    yield "url", node.link
    yield "description", _literal(node.detail.text)
    yield from _worded("_note", node.notes)
    used = set(KNOWN)
    for name, value in node.traits:
        slug = slugified(name)
        slug = f"a-{slug}" if not slug[:1].isalpha() or slug in used else slug
        if slug not in used:
            used.add(slug)
            yield slug, value


def _worded(name: str, wording: Wording) -> Iterator[tuple[str, str]]:
    yield name, _literal(wording.text)
    yield from ((f"{name}-{tag}", _literal(text)) for tag, text in wording.others)


def _literal(text: str) -> str:
    """Return a text as OPML has it, where a text may be HTML: what looks like that is escaped once more."""
    return escape(text) if HTML.search(text) else text
