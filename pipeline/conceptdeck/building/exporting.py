"""A map becomes a file of another program."""

from __future__ import annotations

from pathlib import Path

from conceptdeck.building.catalogs import read_catalogs
from conceptdeck.exporting.formats import TARGETS, Target, writer
from conceptdeck.exporting.told import outline_of, parts_left_out
from conceptdeck.importing.languages import in_language
from conceptdeck.values.diagnostics import Diagnostic, Span
from conceptdeck.values.outline import Outline
from conceptdeck.values.rules import WARNING, Rule
from conceptdeck.values.value import frozen
from conceptdeck.workspace import disk
from conceptdeck.workspace.loading import read_map_file

__all__ = ["Exported", "export_map"]

NOT_EXPORTED = Rule("not-exported", "import", WARNING, "something of a map that a format cannot say").because("""
    Other formats say less than a map does. The file has the rest; the map stays as it is.
""")


@frozen
class Exported:
    """A file of another program, and what of the map is not in it."""

    target: Target
    map_id: str
    language: str
    data: bytes
    findings: tuple[Diagnostic, ...]


def export_map(map_file: Path, name: str, locale: str = "") -> Exported:
    """Return a map in the format called `name`, in a language; raises Failure if the map or a catalog is broken."""
    target = TARGETS[name]
    source, _ = read_map_file(map_file)
    wanted = locale if locale and locale != source.language else ""
    tags = () if target.speaks else (wanted,)
    catalogs = read_catalogs(map_file, tags) if target.speaks or wanted else []
    outline = outline_of(source, catalogs, marked=target.marked)
    outline = in_language(outline, wanted) if wanted else outline
    lost = [*_lost(outline, target), *parts_left_out(source)]
    at = Span(disk.shown(map_file))
    what = f"{target.title} has no place for {', '.join(lost)} of the map"
    findings = (NOT_EXPORTED.at(what, at),) if lost else ()
    return Exported(target, source.id, outline.language, writer(target)(outline), findings)


def _lost(outline: Outline, target: Target) -> list[str]:
    """Return what the map has and the format cannot say."""
    nodes = outline.nodes
    concepts = {each.id for each in nodes if not each.frame}
    points = any(each.parent in concepts for each in nodes)
    has = {
        "groups": any(each.frame for each in nodes),
        "relations": bool(outline.edges),
        "links": any(each.link for each in nodes),
        "notes": any(each.notes for each in nodes),
        "texts": points or any(each.detail for each in nodes),
        "attributes": any(each.traits for each in nodes),
    }
    return [part for part, there in has.items() if there and part not in target.says]
