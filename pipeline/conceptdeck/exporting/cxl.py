"""A map as a concept map of CmapTools, in CXL."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from xml.sax.saxutils import escape, quoteattr

from conceptdeck.exporting.places import Place, placed
from conceptdeck.values.outline import Node, Outline

__all__ = ["write_cxl"]

HEAD = (
    '<cmap xmlns="http://cmap.ihmc.us/xml/cmap/" xmlns:dc="http://purl.org/dc/elements/1.1/" '
    'xmlns:vcard="http://www.w3.org/2001/vcard-rdf/3.0#">'
)


def write_cxl(outline: Outline) -> bytes:
    """Return the concept map: each relation is a linking phrase of its own, or a plain line."""
    frames = {each.id for each in outline.nodes if each.frame}
    concepts = [each for each in outline.nodes if not each.frame and (not each.parent or each.parent in frames)]
    known = {each.id for each in concepts}
    edges = [each for each in outline.edges if each.source in known and each.target in known]
    phrases, lines, plain = [], [], []
    for number, edge in enumerate(edges, start=1):
        if edge.phrase:
            phrases.append(f'<linking-phrase id="p{number}" label={_quoted(edge.phrase.text)}/>')
            lines.append(_connection(f"c{number}a", edge.source, f"p{number}"))
            lines.append(_connection(f"c{number}b", f"p{number}", edge.target))
        else:
            lines.append(_connection(f"c{number}", edge.source, edge.target))
            plain += [f'<connection-appearance id="c{number}" arrowhead="no"/>'] * (not edge.arrow)
    places = placed(outline, concepts)
    parts = {
        "concept": [_concept(each) for each in concepts],
        "linking-phrase": phrases,
        "connection": lines,
        "resource-group": [line for each in concepts if each.link for line in [_resource(each)]],
        "concept-appearance": [_appearance(each, places) for each in concepts],
        "connection-appearance": plain,
    }
    made = ['<?xml version="1.0" encoding="UTF-8"?>', HEAD, *_about(outline), "  <map>"]
    for name, items in parts.items():
        made += _part(name, items)
    return ("\n".join([*made, "  </map>", "</cmap>"]) + "\n").encode()


def _about(outline: Outline) -> Iterator[str]:
    """Yield what a map says of itself."""
    yield "  <res-meta>"
    said = ("title", outline.title.text), ("description", outline.summary.text), ("language", outline.language)
    for name, text in (*said, ("subject", ", ".join(outline.keywords))):
        if text:
            yield f"    <dc:{name}>{escape(text)}</dc:{name}>"
    if outline.author:
        yield f"    <dc:creator><vcard:FN>{escape(outline.author)}</vcard:FN></dc:creator>"
    yield "  </res-meta>"


def _part(name: str, items: Sequence[str]) -> Iterator[str]:
    if items:
        yield from (f"    <{name}-list>", *(f"      {item}" for item in items), f"    </{name}-list>")


def _concept(node: Node) -> str:
    said = {"label": node.name.text, "short-comment": node.detail.text, "long-comment": node.notes.text}
    return (
        f"<concept id={_quoted(node.id)} {' '.join(f'{key}={_quoted(text)}' for key, text in said.items() if text)}/>"
    )


def _connection(id_: str, start: str, end: str) -> str:
    return f'<connection id="{id_}" from-id={_quoted(start)} to-id={_quoted(end)}/>'


def _resource(node: Node) -> str:
    inner = f'<resource label={_quoted(node.name.text)} mimetype="text/html" resource-url={_quoted(node.link)}/>'
    return f'<resource-group parent-id={_quoted(node.id)} group-type="url">{inner}</resource-group>'


def _appearance(node: Node, places: Mapping[str, Place]) -> str:
    place = places[node.id]
    x, y = place.x + place.width // 2, place.y + place.height // 2
    return f'<concept-appearance id={_quoted(node.id)} x="{x}" y="{y}" width="{place.width}" height="{place.height}"/>'


def _quoted(text: str) -> str:
    return quoteattr(text, {"\n": "&#10;"})
