"""Templates of others: read from their files, made into themes, and compared with the themes that name them."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from conceptdeck.checks.package.masters import read_template
from conceptdeck.reading.imported.faces import families_in
from conceptdeck.reading.imported.rules import MISSING_LAYOUT, MISSING_PLACEHOLDER
from conceptdeck.reading.imported.taste import read_taste
from conceptdeck.reading.imported.theme import Imported, Source, import_theme
from conceptdeck.reading.templates import ENDINGS
from conceptdeck.values.characters import quoted
from conceptdeck.values.diagnostics import Diagnostic, Failure, Span, has_errors
from conceptdeck.values.masters import FoundTemplate
from conceptdeck.values.rules import ERROR, Rule
from conceptdeck.values.template import Template, Tie
from conceptdeck.values.value import frozen
from conceptdeck.workspace import disk, places
from conceptdeck.workspace.loading import own_families

__all__ = ["ReadTemplate", "compared", "is_template", "made_theme", "read_template_file"]

NOT_A_TEMPLATE = Rule("not-a-template", "theme and files", ERROR, "a file that no theme can be made of").because("""
    Templates are PowerPoint files: .potx, .pptx, .potm or .pptm. Save files of other programs as one of these first.
""")
UNNAMED_LAYOUTS = Rule("unnamed-layouts", "theme and files", ERROR, "layouts that a theme cannot name").because("""
    Themes name layouts by their parts in the file, in plain letters, digits, hyphens and dots. Open the template in
    PowerPoint and save it again, which gives its parts plain names.
""")


@frozen
class ReadTemplate:
    """A template that was read: its bytes, and what they say of its masters."""

    path: Path
    data: bytes
    found: FoundTemplate


def is_template(path: Path) -> bool:
    """Tell whether a file is a template by its name."""
    return path.suffix[1:].lower() in ENDINGS


def read_template_file(path: Path) -> tuple[ReadTemplate, tuple[Diagnostic, ...]]:
    """Return a template and warnings on its package; raises Failure if it is none."""
    if not is_template(path):
        hint = f"give a file that ends in {', '.join(f'.{each}' for each in ENDINGS)}"
        raise Failure([NOT_A_TEMPLATE.at(f"{quoted(path.name)} is no template", Span(disk.shown(path)), hints=(hint,))])
    data = disk.read_bytes(path)
    found, problems = read_template(data, disk.shown(path))
    if found is None or has_errors(problems):
        raise Failure(problems)
    return ReadTemplate(path, data, found), problems


def made_theme(template: ReadTemplate, name: str, file: str) -> Imported:
    """Return the theme called `name` that a template makes, whose path from there on is `file`.

    Raises Failure if none of its layouts can be named.
    """
    taste = read_taste(places.import_taste())
    families = families_in(places.theme_base())
    origin = Source(disk.shown(template.path), name, file, families, own_families(places.house()))
    found = import_theme(template.found, origin, taste)
    if found is None:
        hints = ("open it in PowerPoint and save it again",)
        raise Failure([UNNAMED_LAYOUTS.at("no theme can name the layouts", Span(origin.path), hints=hints)])
    return found


def compared(said: Template, template: ReadTemplate, at: Span) -> Iterator[Diagnostic]:
    """Yield what a theme says of a template that is not so, at the place of the theme."""
    layouts = {each.part: each for master in template.found.masters for each in master.layouts}
    ties: dict[str, Tie] = {**said.ties, "others": said.others}
    hint = f"import {disk.shown(template.path)} again, or name one of: {', '.join(layouts)}"
    for kind, tie in ties.items():
        if tie.layout not in layouts:
            what = f"`{kind}` takes the layout {quoted(tie.layout)}, which the template does not have"
            yield MISSING_LAYOUT.at(what, at, hints=(hint,))
            continue
        there = {(each.type, each.idx) for each in layouts[tie.layout].holders}
        for name, holder in tie.holders.items():
            if not holder.added and (holder.type, holder.idx) not in there:
                which = f"`{name}` of type {holder.type} and index {holder.idx}"
                what = f"`{kind}` fills {which}, which its layout does not have"
                yield MISSING_PLACEHOLDER.at(what, at, hints=(f"import {disk.shown(template.path)} again",))
