"""A map as a diagram of draw.io: every box and line can be moved and edited there."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from html import escape
from xml.sax.saxutils import quoteattr

from conceptdeck.exporting.dress import Dress
from conceptdeck.exporting.places import Place, placed
from conceptdeck.reading.short import slugified
from conceptdeck.values.outline import Edge, Node, Outline

__all__ = ["write_drawio"]

FRAME = "swimlane;rounded=1;whiteSpace=wrap;html=1;"
BOX = "rounded=1;whiteSpace=wrap;html=1;"
LINE = "edgeStyle=orthogonalEdgeStyle;rounded=1;html=1;"
CORNERS = "absoluteArcSize=1;arcSize={};"  # twice the radius, in draw.io's words
OWN = frozenset({"label", "id", "link", "tooltip", "placeholders", "placeholder", "tags"})


def write_drawio(outline: Outline, dress: Dress) -> bytes:
    """Return the diagram, uncompressed: groups in the accents of a theme, concepts as its cards, the focus lit."""
    looks = _looks(outline, dress)
    frames = {each.id for each in outline.nodes if each.frame}
    concepts = [each for each in outline.nodes if not each.frame and (not each.parent or each.parent in frames)]
    places = placed(outline, concepts)
    points: dict[str, list[str]] = {}
    for each in outline.nodes:
        points.setdefault(each.parent, []).append(each.name.text)
    known = {each.id for each in concepts}
    lines = [
        '<mxfile host="conceptdeck">',
        f"  <diagram name={quoteattr(outline.title.text)}>",
        f'    <mxGraphModel background="#{dress.page}">',
    ]
    lines += ["      <root>", '        <mxCell id="0"/>', '        <mxCell id="1" parent="0"/>']
    for each in (*(node for node in outline.nodes if node.frame), *concepts):
        lines += _box(each, places, points.get(each.id, []) if not each.frame else [], looks[each.id])
    for number, edge in enumerate(outline.edges, start=1):
        if edge.source in known and edge.target in known:
            lines += _line(number, edge, dress)
    lines += ["      </root>", "    </mxGraphModel>", "  </diagram>", "</mxfile>"]
    return ("\n".join(lines) + "\n").encode()


def _looks(outline: Outline, dress: Dress) -> dict[str, str]:
    """Return the style of each shape: the accent of a concept is that of the group it stands in."""
    colours: dict[str, str] = {}
    looks: dict[str, str] = {}
    font = f"fontFamily={dress.font};" + CORNERS.format(2 * dress.radius) + f"strokeWidth={dress.line:g};"
    for node in outline.nodes:
        known = colours.get(node.parent)
        top = sum(1 for each in looks.values() if each.startswith(FRAME))
        colours[node.id] = accent = known or (dress.accent(top) if node.frame else dress.secondary)
        if node.frame:
            ground = f"fillColor=#{accent};fontColor=#{dress.card};swimlaneFillColor=#{dress.page};fontStyle=1;"
            looks[node.id] = f"{FRAME}{font}{ground}strokeColor=#{accent};"
        elif node.id == outline.focus:
            ground = f"fillColor=#{dress.goal};fontColor=#{dress.card};"
            looks[node.id] = f"{BOX}{font}{ground}strokeColor=#{dress.goal};"
        else:
            looks[node.id] = f"{BOX}{font}fillColor=#{dress.card};fontColor=#{dress.ink};strokeColor=#{accent};"
    return looks


def _box(node: Node, places: Mapping[str, Place], points: list[str], look: str) -> Iterator[str]:
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
    yield f'          <mxCell style={quoteattr(look)} parent={parent} vertex="1">'
    yield f'            <mxGeometry x="{x}" y="{y}" width="{place.width}" height="{place.height}" as="geometry"/>'
    yield from ("          </mxCell>", "        </object>")


def _line(number: int, edge: Edge, dress: Dress) -> Iterator[str]:
    style = LINE + ("" if edge.arrow else "endArrow=none;") + ("dashed=1;" if edge.dashed else "")
    style += f"strokeColor=#{dress.secondary};strokeWidth={dress.line:g};fontFamily={dress.font};"
    style += f"fontColor=#{dress.ink};labelBackgroundColor=#{dress.page};"
    ends = f"source={quoteattr(edge.source)} target={quoteattr(edge.target)}"
    text = quoteattr(escape(edge.phrase.text, quote=False))
    yield f'        <mxCell id="e{number}" value={text} style={quoteattr(style)} parent="1" edge="1" {ends}>'
    yield from ('          <mxGeometry relative="1" as="geometry"/>', "        </mxCell>")
