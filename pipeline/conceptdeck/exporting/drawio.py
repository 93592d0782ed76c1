"""A map as a diagram of draw.io: every box and line can be moved and edited there."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from html import escape
from xml.sax.saxutils import quoteattr

from conceptdeck.exporting.places import Place, placed
from conceptdeck.reading.short import slugified
from conceptdeck.values.outline import Edge, Node, Outline

__all__ = ["write_drawio"]

FRAME = "swimlane;rounded=1;whiteSpace=wrap;html=1;"
BOX = "rounded=1;whiteSpace=wrap;html=1;"
LINE = "edgeStyle=orthogonalEdgeStyle;rounded=1;html=1;"
OWN = frozenset({"label", "id", "link", "tooltip", "placeholders", "placeholder", "tags"})


def write_drawio(outline: Outline) -> bytes:
    """Return the diagram, uncompressed."""
    frames = {each.id for each in outline.nodes if each.frame}
    concepts = [each for each in outline.nodes if not each.frame and (not each.parent or each.parent in frames)]
    places = placed(outline, concepts)
    points: dict[str, list[str]] = {}
    for each in outline.nodes:
        points.setdefault(each.parent, []).append(each.name.text)
    known = {each.id for each in concepts}
    lines = ['<mxfile host="conceptdeck">', f"  <diagram name={quoteattr(outline.title.text)}>", "    <mxGraphModel>"]
    lines += ["      <root>", '        <mxCell id="0"/>', '        <mxCell id="1" parent="0"/>']
    for each in (*(node for node in outline.nodes if node.frame), *concepts):
        lines += _box(each, places, points.get(each.id, []) if not each.frame else [])
    for number, edge in enumerate(outline.edges, start=1):
        if edge.source in known and edge.target in known:
            lines += _line(number, edge)
    lines += ["      </root>", "    </mxGraphModel>", "  </diagram>", "</mxfile>"]
    return ("\n".join(lines) + "\n").encode()


def _box(node: Node, places: Mapping[str, Place], points: list[str]) -> Iterator[str]:
    """Yield a shape as an object with data of its own."""
    place, around = places[node.id], places.get(node.parent)
    x, y = (place.x - around.x, place.y - around.y) if around else (place.x, place.y)
    more = [" ".join(node.detail.text.split())] if node.detail else []
    label = escape(node.name.text, quote=False)
    if more or points:
        label = f"<b>{label}</b>" + "".join(f"<div>{escape(text, quote=False)}</div>" for text in (*more, *points))
    said = {"label": label, "tooltip": escape(node.notes.text, quote=False), "link": node.link}
    for name, value in node.traits:
        slug = slugified(name)
        if slug[:1].isalpha() and slug not in OWN:
            said[slug] = value
    shown = " ".join(f"{name}={quoteattr(text, {chr(10): '&#10;'})}" for name, text in said.items() if text)
    yield f"        <object {shown} id={quoteattr(node.id)}>"
    parent = quoteattr(node.parent or "1")
    yield f'          <mxCell style="{FRAME if node.frame else BOX}" parent={parent} vertex="1">'
    yield f'            <mxGeometry x="{x}" y="{y}" width="{place.width}" height="{place.height}" as="geometry"/>'
    yield from ("          </mxCell>", "        </object>")


def _line(number: int, edge: Edge) -> Iterator[str]:
    style = LINE + ("" if edge.arrow else "endArrow=none;") + ("dashed=1;" if edge.dashed else "")
    ends = f"source={quoteattr(edge.source)} target={quoteattr(edge.target)}"
    text = quoteattr(escape(edge.phrase.text, quote=False))
    yield f'        <mxCell id="e{number}" value={text} style="{style}" parent="1" edge="1" {ends}>'
    yield from ('          <mxGeometry relative="1" as="geometry"/>', "        </mxCell>")
