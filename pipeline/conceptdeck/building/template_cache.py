"""Templates that are kept for later builds."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any

from conceptdeck import __version__
from conceptdeck.building.housing import Housing
from conceptdeck.render.powerpoint.deck import Properties, write_deck
from conceptdeck.render.powerpoint.package import Packed, pack, unpack
from conceptdeck.values.diagnostics import Diagnostic, Failure
from conceptdeck.values.facts import Facts, Relation, Written
from conceptdeck.values.theme import Theme
from conceptdeck.workspace import disk
from conceptdeck.workspace.places import PACKAGE, library

__all__ = ["MAKERS", "keep_template", "kept_template", "new_template", "template_path"]

MAKERS = (
    "__init__.py", "checks/__init__.py", "checks/package/__init__.py", "checks/package/archive.py",
    "checks/package/attributes.py", "checks/package/colours.py", "checks/package/compatibility.py",
    "checks/package/contents.py", "checks/package/deck.py", "checks/package/facts.py", "checks/package/geometry.py",
    "checks/package/graphics.py", "checks/package/holders.py", "checks/package/identities.py",
    "checks/package/looks.py", "checks/package/markup.py", "checks/package/media.py", "checks/package/memory.py",
    "checks/package/opened.py", "checks/package/parts.py", "checks/package/presentation.py",
    "checks/package/properties.py", "checks/package/rules.py", "checks/package/schema.py", "checks/package/setting.py",
    "checks/package/sites.py", "checks/package/slides.py", "checks/package/targets.py", "checks/package/ties.py",
    "checks/package/wording.py", "checks/rules.py", "reading/__init__.py", "reading/rules.py", "render/__init__.py",
    "render/escape.py", "render/powerpoint/__init__.py", "render/powerpoint/foreign.py", "render/powerpoint/markup.py",
    "render/powerpoint/package.py", "render/powerpoint/page.py", "render/powerpoint/scheme.py",
    "render/powerpoint/speech.py", "render/powerpoint/template.py", "typeset/__init__.py", "typeset/addresses.py",
    "typeset/breaks.py", "values/__init__.py", "values/brand.py", "values/characters.py", "values/chart.py",
    "values/colour.py", "values/diagnostics.py", "values/facts.py", "values/formula.py", "values/frame.py",
    "values/hyphens.py", "values/icons.py", "values/image.py", "values/languages.py", "values/layouts.py",
    "values/masters.py", "values/memory.py", "values/paint.py", "values/regex.py", "values/remarks.py",
    "values/rules.py", "values/spoken.py", "values/tables.py", "values/template.py", "values/text.py",
    "values/theme.py", "values/units.py", "values/value.py",
)  # fmt: skip
"""The modules of this package that making and judging a template run: a template that others made is not used."""

GENERATOR = f"conceptdeck {__version__}"
FACTS = "facts.json"
DIGEST = hashlib.sha256().digest_size


def template_path(out: Path, theme: Theme, language: str, housing: Housing | None, *, relative: bool) -> Path:
    """Return where a template is kept for later builds: the name holds a digest of all that it follows from.

    These are the theme's values, the language, the kind of line spacing, and the sources of what makes it,
    python-pptx's version among them, and the file of a template of others.
    """
    digest = hashlib.sha256(repr((theme, language, relative)).encode())
    for source_file in (*(PACKAGE / name for name in MAKERS), library("pptx")):
        digest.update(disk.read_bytes(source_file))
    digest.update(housing.data if housing else b"")
    return out / ".cache" / f"template-{digest.hexdigest()[:32]}.zip"


def new_template(
    theme: Theme, language: str, housing: Housing | None = None, *, relative: bool
) -> tuple[Written, tuple[Diagnostic, ...]]:
    """Return the template for decks in a theme and a language, and what is wrong with it: a deck without slides.

    What is wrong with a template of others is told when it is imported, not here.
    """
    from conceptdeck.checks.package.parts import read_parts  # as below
    from conceptdeck.render.powerpoint import template  # brings python-pptx, which takes as long as a small build

    parts = template.make_template(theme, language, relative=relative)
    if housing and theme.template:
        from conceptdeck.render.powerpoint.foreign import housed_parts

        parts = housed_parts(housing.parts(), parts, theme.template)
    about = Properties("template", language, theme.name, "", (), theme.key, GENERATOR)
    facts, found = read_parts(dict(write_deck((), theme, parts, about).parts), "template.pptx")
    return Written(Packed(parts), facts), () if housing else found


def keep_template(path: Path, template: Written) -> None:
    """Keep a template for later, behind a digest that tells whether it is whole; what cannot be kept is made anew."""
    facts = template.facts
    layouts = {name: sorted(holders) for name, holders in facts.layouts.items()}
    said = {"types": facts.types, "relations": facts.relations, "layouts": layouts}
    parts = Packed(template.parts)
    parts[FACTS] = json.dumps(said).encode()
    data = pack(parts)
    with suppress(Failure):
        disk.write_atomically(path, hashlib.sha256(data).digest() + data)


def kept_template(path: Path) -> Written | None:
    """Return the template that was kept, None if there is none or it is damaged."""
    if not disk.is_file(path):
        return None
    with suppress(Failure):
        data = disk.read_bytes(path)
        if hashlib.sha256(data[DIGEST:]).digest() == data[:DIGEST]:
            parts = unpack(data[DIGEST:])
            return Written(parts, _facts(json.loads(parts.pop(FACTS))))
    return None


def _facts(said: Mapping[str, Any]) -> Facts:
    """Return the facts that were kept."""
    return Facts(
        types=[(subject, type_) for subject, type_ in said["types"]],
        relations={name: [Relation(*each) for each in found] for name, found in said["relations"].items()},
        layouts={name: frozenset(map(tuple, holders)) for name, holders in said["layouts"].items()},
    )
