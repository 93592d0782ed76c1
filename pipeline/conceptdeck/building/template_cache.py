"""Templates that are kept for later builds."""

from __future__ import annotations

import hashlib
import io
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path

from conceptdeck.render.powerpoint.package import pack
from conceptdeck.values.diagnostics import Failure
from conceptdeck.values.theme import Theme
from conceptdeck.workspace import disk
from conceptdeck.workspace.places import PACKAGE, library

__all__ = ["MAKERS", "keep_parts", "kept_parts", "new_template", "template_path"]

MAKERS = (
    "__init__.py", "render/__init__.py", "render/escape.py", "render/powerpoint/__init__.py",
    "render/powerpoint/markup.py", "render/powerpoint/template.py", "values/__init__.py", "values/diagnostics.py",
    "values/frame.py", "values/hyphens.py", "values/icons.py", "values/image.py", "values/languages.py",
    "values/paint.py", "values/regex.py", "values/remarks.py", "values/spoken.py", "values/tables.py", "values/text.py",
    "values/theme.py", "values/units.py", "values/value.py",
)  # fmt: skip
"""The modules of this package that making a template runs: a template that others made is not used."""

DIGEST = hashlib.sha256().digest_size


def template_path(out: Path, theme: Theme, language: str, *, relative: bool) -> Path:
    """Return where a template is kept for later builds: the name holds a digest of all that it follows from.

    These are the theme's values, the language, the kind of line spacing, and the sources of what makes it,
    python-pptx's version among them.
    """
    digest = hashlib.sha256(repr((theme, language, relative)).encode())
    for source_file in (*(PACKAGE / name for name in MAKERS), library("pptx")):
        digest.update(disk.read_bytes(source_file))
    return out / ".cache" / f"template-{digest.hexdigest()[:32]}.zip"


def new_template(theme: Theme, language: str, *, relative: bool) -> dict[str, bytes]:
    """Return the parts of the template for decks in a theme and a language."""
    from conceptdeck.render.powerpoint import template  # brings python-pptx, which takes as long as a small build

    return template.make_template(theme, language, relative=relative)


def keep_parts(path: Path, parts: Mapping[str, bytes]) -> None:
    """Keep parts for later, behind a digest that tells whether they are whole; what cannot be kept is made anew."""
    data = pack(parts)
    with suppress(Failure):
        disk.write_atomically(path, hashlib.sha256(data).digest() + data)


def kept_parts(path: Path) -> dict[str, bytes] | None:
    """Return the parts that were kept, None if there are none or they are damaged."""
    import zipfile  # see `pack`

    if not disk.is_file(path):
        return None
    with suppress(Failure):
        data = disk.read_bytes(path)
        if hashlib.sha256(data[DIGEST:]).digest() == data[:DIGEST]:
            with zipfile.ZipFile(io.BytesIO(data[DIGEST:])) as archive:
                return {name: archive.read(name) for name in sorted(archive.namelist())}
    return None
