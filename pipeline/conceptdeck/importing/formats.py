"""The formats that can be imported: what they are called, and how a file tells that it is of one."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from importlib import import_module

from conceptdeck.importing.rules import UNKNOWN_FORMAT
from conceptdeck.values.diagnostics import Failure, Span
from conceptdeck.values.outline import Outline
from conceptdeck.values.regex import regex
from conceptdeck.values.value import frozen

__all__ = ["FORMATS", "Format", "format_of", "reader"]

START = 20_000  # bytes that tell the format


@frozen
class Format:
    """A format by the name that `--from` takes: what it is called, its module and function, endings of its files.

    What is read `by_graphviz` comes to its reader as the JSON that Graphviz makes of it.
    """

    name: str
    title: str
    read: str
    endings: tuple[str, ...]
    by_graphviz: bool = False


FORMATS: Mapping[str, Format] = {
    each.name: each
    for each in (
        Format("cxl", "CmapTools", "cxl.read_cxl", ("cxl",)),
        Format("freemind", "FreeMind", "freemind.read_freemind", ("mm",)),
        Format("opml", "OPML", "opml.read_opml", ("opml",)),
        Format("canvas", "JSON Canvas", "canvas.read_canvas", ("canvas",)),
        Format("mermaid", "Mermaid", "mermaid.read_mermaid", ("mmd", "mermaid")),
        Format("drawio", "draw.io", "drawio.read_drawio", ("drawio", "dio")),
        Format("dot", "DOT", "dot.read_dot", ("dot", "gv"), by_graphviz=True),
        Format("skos", "SKOS", "skos.read_skos", ("ttl", "turtle", "rdf", "owl", "nt", "jsonld")),
        Format("pptx", "PowerPoint", "slides.read_slides", ("pptx", "potx", "pptm")),
        Format("markdown", "Markdown", "markdown.read_markdown", ("md", "markdown", "mdown", "txt")),
        Format("csv", "CSV", "tables.read_table", ("csv", "tsv", "tab")),
    )
}


def reader(form: Format) -> Callable[[bytes, str], Outline]:
    """Return what reads a format; its module is imported for it."""
    module, _, function = form.read.partition(".")
    found: Callable[[bytes, str], Outline] = getattr(import_module(f"conceptdeck.importing.{module}"), function)
    return found


ROOTS = {
    "map": "freemind",
    "opml": "opml",
    "cmap": "cxl",
    "mxfile": "drawio",
    "mxGraphModel": "drawio",
    "svg": "drawio",
    "RDF": "skos",
}
TURTLE = regex(
    r"(?:\s++|\#[^\n]*+)*+(?:@prefix|@base|(?i:prefix|base)\s|<[^<>\s:]*:[^<>\s]*>\s+(?:a\s|<[^<>\s]*>|\w*:\w))"
)
MERMAID = regex(r"(?:graph|flowchart(?:-elk)?)[ \t]+(?:TB|TD|BT|RL|LR)\b|(?:graph|flowchart|mindmap)[ \t]*(?:\n|;|\Z)")
BEFORE_MERMAID = regex(
    r"(?s)(?:\s++|---[ \t]*\n.*?\n---[ \t]*\n|%%\{.*?\}%%|%%[^\n]*+|(?:```|~~~)\s*mermaid[^\n]*+\n)*+"
)
DOT = regex(r"(?is)(?:\s++|/\*.*?\*/|//[^\n]*+|\#[^\n]*+)*+(?:strict\s+)?(?:di)?graph\b[^\[;{\n]*+\{")
ROOT = regex(r"<(?:[\w.-]+:)?([A-Za-z][\w.-]*)[\s>/]")
HEAD = regex(r"(?s)(?:\s++|<\?.*?\?>|<!--.*?-->|<!DOCTYPE[^>\[]*+(?:\[.*?\])?\s*>)*+")
HEADING = regex(r"(?m)^(?:#{1,6}\s+\S|\s*[-*+]\s+\S|\s*\d{1,3}[.)]\s+\S)")
INDENT = regex(r"(?m)^(?:\t+| {2,})\S")


def format_of(data: bytes, file: str, path: str) -> Format:
    """Return the format of a file by what is in it, or else by its ending; raises Failure if neither tells it."""
    name = _by_content(data) or _by_ending(file) or _by_look(data)
    if name:
        return FORMATS[name]
    known = ", ".join(FORMATS)
    hints = (f"say it: --from {next(iter(FORMATS))}", f"what can be imported: {known}")
    raise Failure([UNKNOWN_FORMAT.at("nothing tells what format it is of", Span(path), hints=hints)])


def _start(data: bytes) -> str:
    """Return the beginning of a file as text, whatever its encoding."""
    head = data[:START]
    for encoding, mark in (("utf-16", b"\xff\xfe"), ("utf-16", b"\xfe\xff"), ("utf-8-sig", b"\xef\xbb\xbf")):
        if head.startswith(mark):
            return head.decode(encoding, "replace")
    if head[1:2] == b"\0":
        return head.decode("utf-16-le", "replace")
    return head.decode("utf-8", "replace")


def _by_content(data: bytes) -> str:
    """Return the format that a file's first signs tell for certain, empty if they do not."""
    if data.startswith(b"PK\3\4"):
        return "pptx" if b"ppt/presentation.xml" in data else ""
    text = _start(data)
    if TURTLE.match(text):
        return "skos"
    if text.lstrip().startswith("<"):
        match = ROOT.match(text, HEAD.match(text).end())  # type: ignore[union-attr]
        return ROOTS.get(match[1], "") if match else ""
    if MERMAID.match(text, BEFORE_MERMAID.match(text).end()):  # type: ignore[union-attr]
        return "mermaid"
    if DOT.match(text):
        return "dot"
    if text.lstrip()[:1] in "{[" and '"@context"' in text:
        return "skos"
    if text.lstrip().startswith("{") and '"nodes"' in text:
        return "canvas"
    return ""


def _by_ending(file: str) -> str:
    ending = file.rpartition(".")[2].casefold() if "." in file else ""
    if ending == "txt":
        return ""
    return next((each.name for each in FORMATS.values() if ending in each.endings), "")


def _by_look(data: bytes) -> str:
    """Return the format that plain text seems to be of."""
    text = _start(data)
    lines = [line for line in text.splitlines() if line.strip()]
    if "\0" in text or not lines or lines[0].lstrip().startswith("<"):
        return ""
    if HEADING.search(text):
        return "markdown"
    if all("\t" in line.strip() for line in lines[:20]):
        return "csv"
    if INDENT.search(text):
        return "markdown"
    if all(";" in line or "," in line for line in lines[:20]):
        return "csv"
    return ""
