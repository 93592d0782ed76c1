"""Rules on the ids that stay with things: GUIDs, and the numbers by which programs know what was made where."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from conceptdeck.checks.package.opened import SHAPES, Element, Part, named_of
from conceptdeck.checks.package.schema import NAMESPACES, qualified
from conceptdeck.values.diagnostics import Diagnostic
from conceptdeck.values.rules import ERROR, WARNING, Rule

__all__ = ["GUID", "IDENTITY_RULES"]

GUID = re.compile(r"\{[0-9A-Fa-f]{8}(-[0-9A-Fa-f]{4}){3}-[0-9A-Fa-f]{12}\}")
A16 = "{http://schemas.microsoft.com/office/drawing/2014/main}"
P14 = f"{{{NAMESPACES['p14']}}}"
DS = "{http://schemas.openxmlformats.org/officeDocument/2006/customXml}"
GUIDS = {
    qualified("a:fld"): "id",
    qualified("a:tblStyleLst"): "def",
    qualified("a:tblStyle"): "styleId",
    f"{A16}creationId": "id",
    f"{DS}datastoreItem": f"{DS}itemID",
}
STYLE_ID = qualified("a:tableStyleId")
NUMBERS = (f"{P14}creationId", f"{P14}modId", f"{A16}rowId", f"{A16}colId")
MOST = 2**32 - 1

Findings = Iterator[Diagnostic]

BAD_GUID = Rule("bad-guid", "package", ERROR, "an id that is no GUID").because("""
    Fields, styles of tables and what was made once have ids such as `{8F2B5EF4-0000-40B4-BE49-F238E27FC236}`, with
    braces. PowerPoint repairs files with others.
""")


def guids(part: Part) -> Findings:
    """Find ids that should be GUIDs and are none."""
    for tag, name in GUIDS.items():
        for element in part.tags.get(tag, ()):
            value = element.get(name, "")
            if not GUID.fullmatch(value):
                yield part.finding(BAD_GUID, f"the id `{value[:60]}` is not a GUID in braces", element)
    for element in part.tags.get(STYLE_ID, ()):
        if not GUID.fullmatch((element.text or "").strip()):
            what = f"the style of a table, `{(element.text or '')[:60]}`, is not a GUID in braces"
            yield part.finding(BAD_GUID, what, element)


BAD_CREATION_ID = Rule("bad-creation-id", "package", ERROR, "a number of what was made that is none").because("""
    Slides, rows and columns of tables carry a whole number that stays with them. PowerPoint repairs files in which
    it is none, or larger than 4294967295.
""")
DUPLICATE_CREATION_ID = Rule(
    "duplicate-creation-id", "package", ERROR, "two things made once with one id", elsewhere=WARNING
).because("""
    Morphs, zooms, comments and people who edit together know a thing by the id it was made with. With two of one id
    they meet the wrong one.
""")


def creation_ids(part: Part) -> Findings:
    """Find numbers of what was made that are none, or that something else has."""
    for tag in NUMBERS:
        for element in part.tags.get(tag, ()):
            value = element.get("val", "")
            if not (value.isascii() and value.isdigit() and int(value[:12]) <= MOST):
                yield part.finding(BAD_CREATION_ID, f"has the number `{value[:40]}`, which is none", element)
    yield from _same_slides(part)
    yield from _same_shapes(part)
    for table in part.all("a:tbl"):
        for tag in NUMBERS[2:]:
            yield from _repeated(part, [(each.get("val", ""), each) for each in table.iter(tag)])


def _same_slides(part: Part) -> Findings:
    if not part.number:
        return
    for element in part.tags.get(NUMBERS[0], ()):
        earlier = part.deck.made.setdefault(element.get("val", ""), part.number)
        if earlier != part.number:
            yield part.finding(DUPLICATE_CREATION_ID, f"has the number that slide {earlier} was made with", element)


def _same_shapes(part: Part) -> Findings:
    found = []
    for shape in part.all(*SHAPES):
        named = named_of(shape)
        found += [] if named is None else [(each.get("id", ""), each) for each in named.iter(f"{A16}creationId")]
    yield from _repeated(part, found)


def _repeated(part: Part, said: list[tuple[str, Element]]) -> Findings:
    seen: set[str] = set()
    for id_, element in said:
        if id_ and id_.lower() in seen:
            yield part.finding(DUPLICATE_CREATION_ID, f"has the id {id_[:60]}, as something else has", element)
        seen.add(id_.lower())


IDENTITY_RULES: tuple[Callable[[Part], Findings], ...] = (guids, creation_ids)
