"""Packages: parts as an Open Packaging zip."""

from __future__ import annotations

import io
from collections.abc import Mapping

from conceptdeck.render.escape import escape

__all__ = ["RELATIONSHIPS", "pack", "relationships"]

RELATIONSHIPS = "http://schemas.openxmlformats.org/package/2006/relationships"

EXTERNAL = ' TargetMode="External"'
EPOCH = (1980, 1, 1, 0, 0, 0)  # the earliest date that a zip can hold


def relationships(found: Mapping[str, tuple[str, str, bool]]) -> str:
    """Return relationships by id as elements: each has a type, a target, and may lead out of the package."""
    return "".join(
        f'<Relationship Id="{escape(id_)}" Type="{escape(type_)}" Target="{escape(target)}"{EXTERNAL * external}/>'
        for id_, (type_, target, external) in found.items()
    )


def pack(parts: Mapping[str, bytes]) -> bytes:
    """Return the parts as an Open Packaging zip: fixed order and date, so that the same parts give the same bytes."""
    import zipfile  # builds that find nothing to do need none

    buffer = io.BytesIO()
    first = ("[Content_Types].xml", "_rels/.rels")
    names = [name for name in first if name in parts] + sorted(name for name in parts if name not in first)
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED, compresslevel=6) as archive:
        for name in names:
            info = zipfile.ZipInfo(name, EPOCH)
            info.compress_type = zipfile.ZIP_DEFLATED
            info.create_system = 0
            info.external_attr = 0
            archive.writestr(info, parts[name])
    return buffer.getvalue()
