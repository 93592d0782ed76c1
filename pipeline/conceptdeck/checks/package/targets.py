"""Rules on how parts are named, what they are said to hold and what they lead to, as it is written."""

from __future__ import annotations

import re
from collections.abc import Iterator
from urllib.parse import urlsplit

from conceptdeck.checks.package.opened import RELATIONSHIP, OpenedDeck, Part
from conceptdeck.checks.package.schema import NAMESPACES
from conceptdeck.values.diagnostics import Diagnostic, Span
from conceptdeck.values.rules import ERROR, WARNING, Rule

__all__ = ["MAIN_TYPES", "main_type", "written_relations", "written_types"]

NAME = re.compile(r"[^\W\d][\w.\-]*")
LOOSE = re.compile(r"%(?![0-9A-Fa-f]{2})")
FORBIDDEN = re.compile(r"""[\x00-\x20\x7f<>"{}|\\^`]""")
MEDIA_TYPE = re.compile(r"[A-Za-z0-9!#$&^_.+\-]+/[A-Za-z0-9!#$&^_.+\-]+(;.*)?")
MAIN = "application/vnd.openxmlformats-officedocument.presentationml."
MACROS = "application/vnd.ms-powerpoint."
MAIN_TYPES = {
    ".pptx": f"{MAIN}presentation.main+xml",
    ".potx": f"{MAIN}template.main+xml",
    ".ppsx": f"{MAIN}slideshow.main+xml",
    ".pptm": f"{MACROS}presentation.macroEnabled.main+xml",
    ".potm": f"{MACROS}template.macroEnabled.main+xml",
    ".ppsm": f"{MACROS}slideshow.macroEnabled.main+xml",
}

Findings = Iterator[Diagnostic]

MALFORMED_TARGET = Rule(
    "malformed-target",
    "package",
    ERROR,
    "a target that is not a URI",
    elsewhere=WARNING,
).because("""
    Targets of relationships are URIs: without spaces, with %20 in their place. PowerPoint and the libraries of
    Microsoft refuse files with others.
""")
BAD_RELATION = Rule("malformed-relationship", "package", ERROR, "a relationship whose id or type is none").because("""
    An id begins with a letter and has no spaces, a type is a URI, and the mode is `Internal` or `External`.
    PowerPoint refuses files with others.
""")


def written_relations(part: Part) -> Findings:
    """Find relationships whose parts are not written as they must be."""
    for element in part.root.iter(RELATIONSHIP):
        id_, type_, target = element.get("Id", ""), element.get("Type", ""), element.get("Target", "")
        mode = element.get("TargetMode", "Internal")
        if id_ and not NAME.fullmatch(id_):
            yield part.finding(BAD_RELATION, f"the id `{id_[:40]}` of a relationship is none", element)
        if type_ and not urlsplit_safe(type_).startswith(("http://", "https://", "urn:")):
            yield part.finding(BAD_RELATION, f"the type `{type_[:60]}` of a relationship is no URI", element)
        if mode not in ("Internal", "External"):
            yield part.finding(BAD_RELATION, f"the mode `{mode[:40]}` of a relationship is none", element)
        if target and (fault := _fault(target, external=mode == "External")):
            what = f"`{id_[:40]}` leads to `{target[:80]}`, which {fault}"
            yield part.finding(MALFORMED_TARGET, what, element, "write it as a URI, with %20 for a space")


def urlsplit_safe(uri: str) -> str:
    """Return a URI as it is, nothing if it is none."""
    try:
        return uri if urlsplit(uri).scheme else ""
    except ValueError:
        return ""


def _fault(target: str, *, external: bool) -> str:
    """Return what keeps a target from being a URI."""
    if FORBIDDEN.search(target):
        return "holds a space" if " " in target else "holds a character that no URI may have"
    if LOOSE.search(target):
        return "holds a `%` that begins nothing"
    try:
        found = urlsplit(target)
        _ = found.port
    except ValueError:
        return "is no URI"
    if external and found.scheme in ("http", "https", "ftp") and not found.netloc:
        return "names no host"
    return ""


BAD_CONTENT_TYPE = Rule("bad-content-type", "package", ERROR, "a content type that is none").because("""
    A type has two words and a slash between, as in `image/png`; an extension has neither dot nor space. PowerPoint
    refuses files with others.
""")


def written_types(part: Part) -> Findings:
    """Find content types that are none, and extensions and names of parts that none can have."""
    for element in part.root.iterchildren(f"{{{NAMESPACES['ct']}}}*"):
        type_, extension, name = (element.get(key) for key in ("ContentType", "Extension", "PartName"))
        if not MEDIA_TYPE.fullmatch(type_ or ""):
            yield part.finding(BAD_CONTENT_TYPE, f"the content type `{(type_ or '')[:60]}` is none", element)
        if extension is not None and (not extension or re.search(r"[.\s/\\]", extension)):
            yield part.finding(BAD_CONTENT_TYPE, f"the extension `{extension[:40]}` is none", element)
        if name is not None and (not name.startswith("/") or FORBIDDEN.search(name) or LOOSE.search(name)):
            yield part.finding(BAD_CONTENT_TYPE, f"the name `{name[:60]}` is not one of a part", element)


WRONG_MAIN_TYPE = Rule("wrong-main-type", "package", ERROR, "a file of another kind than its name says").because("""
    A .pptx is a presentation, a .potx a template, a .ppsx a show, and those that end in m may have macros; the
    content type of the main part says the same, or PowerPoint does not open the file.
""")


def main_type(deck: OpenedDeck) -> Findings:
    """Find a file whose main part is of another kind than the file's name says."""
    wanted = MAIN_TYPES.get(deck.path[-5:].lower())
    type_ = deck.kind(deck.main)
    if wanted and type_ in MAIN_TYPES.values() and type_ != wanted:
        kind = next(ending for ending, each in MAIN_TYPES.items() if each == type_)
        what = f"the file's main part says that it is a {kind} file"
        hint = f"name it `{kind}`, or save it as `{deck.path[-5:].lower()}`"
        yield WRONG_MAIN_TYPE.at(what, Span(deck.path), hints=(hint,))
