"""Diagrams of draw.io (diagrams.net): plain, compressed, or inside an SVG picture."""

from __future__ import annotations

import base64
import binascii
import zlib
from collections.abc import Iterator, Mapping
from urllib.parse import unquote

from conceptdeck.importing.decoding import MAX_CHARACTERS, refusal
from conceptdeck.importing.gathering import MAX_EDGES, MAX_NODES, Gathered, worded
from conceptdeck.importing.links import is_address
from conceptdeck.importing.markup import Element, attribute, children, line_of, local, parsed, plain_text
from conceptdeck.importing.rules import TOO_MANY_TO_IMPORT
from conceptdeck.values.diagnostics import Failure, Span
from conceptdeck.values.outline import Edge, Node, Outline
from conceptdeck.values.value import frozen

__all__ = ["read_drawio"]

OWN = frozenset({"label", "id", "link", "tooltip", "placeholders", "placeholder", "tags"})


@frozen(kw_only=True)
class _Cell:
    """A cell of a page: what it says, how it looks, and what it stands in or leads to."""

    id: str
    parent: str
    text: str
    headed: bool  # its text begins with a line in bold
    style: Mapping[str, str]
    is_edge: bool
    is_vertex: bool
    source: str
    target: str
    link: str
    tooltip: str
    traits: tuple[tuple[str, str], ...]
    line: int


def read_drawio(data: bytes, path: str) -> Outline:
    """Return what a diagram says; raises Failure if it cannot be read."""
    root = parsed(data, path)
    if local(root) == "svg":
        inner = attribute(root, "content")
        if not inner:
            raise refusal("it is a picture without a diagram inside", path, 1)
        root = parsed(inner.encode(), path)
    pages = list(_pages(root, path))
    if not pages:
        raise refusal("it has no diagram", path, 1)
    found = Gathered(path)
    for number, (name, model) in enumerate(pages, start=1):
        home = ""
        if len(pages) > 1:
            home = found.add(Node(id=f"page:{number}", name=worded(name), frame=True)).id
        _page(list(_cells(model, f"{number}:", path)), home, found)
    return found.outline(title=worded(pages[0][0] if len(pages) == 1 and not _is_default(pages[0][0]) else ""))


def _is_default(name: str) -> bool:
    """Tell whether a page has the name that the program gave it: `Page-1`, `Seite-1`."""
    return name.rpartition("-")[2].isdigit() or not name


def _pages(root: Element, path: str) -> Iterator[tuple[str, Element]]:
    """Yield the pages of a file with their names."""
    if local(root) == "mxGraphModel":
        yield "", root
    for page in children(root, "diagram"):
        model = next(children(page, "mxGraphModel"), None)
        packed = (page.text or "").strip()
        if model is None and packed:
            model = parsed(_unpacked(packed, path, line_of(page)), path)
        if model is not None:
            yield attribute(page, "name"), model


def _unpacked(packed: str, path: str, line: int) -> bytes:
    """Return the XML of a compressed page, under a cap."""
    try:
        tool = zlib.decompressobj(-zlib.MAX_WBITS)
        data = tool.decompress(base64.b64decode(packed), MAX_CHARACTERS)
    except (binascii.Error, ValueError, zlib.error) as error:
        raise refusal("its compressed page cannot be unpacked", path, line) from error
    if tool.unconsumed_tail:
        raise Failure(
            [TOO_MANY_TO_IMPORT.at(f"a page has more than {MAX_CHARACTERS:,} characters", Span(path, line, 1))]
        )
    return unquote(data.decode("utf-8", "replace")).encode()


def _cells(model: Element, page: str, path: str) -> Iterator[_Cell]:
    """Yield the cells of a page; those with data of their own stand in an object."""
    for part in children(model, "root"):
        if len(part) > MAX_NODES + MAX_EDGES:
            raise Failure([TOO_MANY_TO_IMPORT.at(f"a page has more than {MAX_NODES + MAX_EDGES:,} cells", Span(path))])
        for each in children(part):
            inner = each if local(each) == "mxCell" else next(children(each, "mxCell"), None)
            if inner is not None:
                yield _cell(each, inner, page)


def _cell(outer: Element, inner: Element, page: str) -> _Cell:
    style = dict(_style(attribute(inner, "style")))
    text = outer.get("label") if outer is not inner else inner.get("value")
    own = [] if outer is inner else [(str(name), str(value)) for name, value in outer.attrib.items()]
    ends = {key: page + value if (value := attribute(inner, key)) else "" for key in ("parent", "source", "target")}
    link = str(outer.get("link") or style.get("link", ""))
    return _Cell(
        id=page + (outer.get("id") or attribute(inner, "id")),
        text=plain_text(str(text or "")),
        headed=str(text or "").lstrip().casefold().startswith(("<b>", "<strong>", "<h")),
        style=style,
        is_edge=inner.get("edge") == "1",
        is_vertex=inner.get("vertex") == "1",
        link=link if is_address(link) else "",
        tooltip=plain_text(str(outer.get("tooltip") or "")),
        traits=tuple((name, value) for name, value in own if name not in OWN),
        line=line_of(outer),
        **ends,
    )


def _style(style: str) -> Iterator[tuple[str, str]]:
    for number, part in enumerate(style.split(";")):
        name, _, value = part.partition("=")
        if name:
            yield (name.strip(), value.strip()) if value or number else ("#", name.strip())


def _page(cells: list[_Cell], home: str, found: Gathered) -> None:
    """Keep the shapes of a page as nodes and its lines as edges."""
    edges = {each.id: each for each in cells if each.is_edge}
    ends = {end for each in edges.values() for end in (each.source, each.target)}
    vertices = {each.id: each for each in cells if each.is_vertex}
    holders = {each.parent for each in vertices.values()}
    labels: dict[str, list[str]] = {}
    for each in vertices.values():
        if each.parent in edges:
            labels.setdefault(each.parent, []).append(each.text)
        elif each.style.get("#") == "text" and each.id not in ends:
            found.leave("text beside the shapes", each.text, line=each.line)
        else:
            _shape(each, each.parent if each.parent in vertices else home, each.id in holders, found)
    for each in edges.values():
        _line(each, " ".join([each.text, *labels.get(each.id, [])]), found)


def _shape(cell: _Cell, parent: str, is_frame: bool, found: Gathered) -> None:
    """Keep a shape: the first paragraph of its text is its name."""
    name, _, more = cell.text.partition("\n")
    if not name and "image" in cell.style:
        found.leave("picture", cell.style["image"], line=cell.line)
    detail = " ".join(more.split())
    if not cell.headed and len(name) + len(detail) < 60:  # line breaks that only make a label fit
        name, detail = f"{name} {detail}", ""
    node = Node(
        id=cell.id,
        name=worded(name),
        parent=parent,
        detail=worded(detail),
        notes=worded(cell.tooltip),
        link=cell.link,
        traits=cell.traits,
        frame=is_frame,
        line=cell.line,
    )
    found.add(node)


def _line(cell: _Cell, text: str, found: Gathered) -> None:
    """Keep a line between two shapes, turned round if it has its arrow at its start."""
    source, target = cell.source, cell.target
    if not (source and target):
        found.leave("line without two ends", text or "without words", line=cell.line)
        return
    starts = cell.style.get("startArrow", "none") not in ("none", "")
    points = cell.style.get("endArrow", "classic") not in ("none", "")
    if starts and not points:
        source, target = target, source
    dashed = cell.style.get("dashed") == "1"
    found.join(
        Edge(source=source, target=target, phrase=worded(text), arrow=starts or points, dashed=dashed, line=cell.line)
    )
