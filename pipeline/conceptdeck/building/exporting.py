"""A map becomes a file of another program."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field
from pathlib import Path
from typing import Any

from conceptdeck.building.catalogs import read_catalogs
from conceptdeck.building.jobs import THEME
from conceptdeck.exporting.dress import dress_of
from conceptdeck.exporting.formats import TARGETS, Target, writer
from conceptdeck.exporting.told import outline_of, parts_left_out
from conceptdeck.importing.languages import in_language
from conceptdeck.values.diagnostics import Diagnostic, Failure, Span, has_errors
from conceptdeck.values.outline import Outline
from conceptdeck.values.rules import WARNING, Rule
from conceptdeck.values.value import frozen
from conceptdeck.workspace import disk
from conceptdeck.workspace.house import house
from conceptdeck.workspace.loading import read_map_file, read_theme

__all__ = ["Exported", "export_map"]

MAP = "map"  # the picture of all of it

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
    pictures: Mapping[str, bytes] = field(default_factory=dict)


def export_map(map_file: Path, name: str, locale: str = "", *, theme: str = THEME, pictures: str = "") -> Exported:
    """Return a map in the format called `name`, in a language and the colours of a theme, where the format has any.

    An article shows the map's `pictures` from a folder of that name, which are returned beside it. Raises Failure if
    the map, a catalog or the theme is broken.
    """
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
    more: dict[str, Any] = {}
    if target.dressed:
        more["dress"] = dress_of(read_theme(theme, around=house(map_file)))
    made: Mapping[str, bytes] = {}
    if pictures and target.pictured:
        shown, made = _pictures(map_file, theme, wanted, pictures)
        more["pictures"] = shown
    return Exported(target, source.id, outline.language, writer(target)(outline, **more), findings, made)


def _pictures(
    map_file: Path, theme: str, locale: str, folder: str
) -> tuple[tuple[tuple[str, str, str], ...], dict[str, bytes]]:
    """Return the pictures of a map as articles show them, by title, what is said of them and file; and the files."""
    from conceptdeck.building.diagrams import paint, plan_diagrams  # most exports show none
    from conceptdeck.building.jobs import DiagramsJob

    sheet = plan_diagrams(DiagramsJob(map_file, theme, locale=locale or None))
    if has_errors(sheet.problems):
        raise Failure(sheet.problems)
    shown, files = [], dict[str, bytes]()
    pairs = zip(sheet.portfolio.pictures, sheet.drawings, strict=True)
    for picture, drawing in sorted(pairs, key=lambda pair: pair[1].id != MAP):  # the whole map leads
        made, _ = paint(sheet, picture, drawing, ("svg",))
        files |= made
        shown += [(drawing.title, drawing.description, f"{folder}/{name}") for name in made]
    return tuple(shown), files


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
        "taglines": any(each.tagline for each in nodes),
        "attributes": any(each.traits for each in nodes),
    }
    return [part for part, there in has.items() if there and part not in target.says]
