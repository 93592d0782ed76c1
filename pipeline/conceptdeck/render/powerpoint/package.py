"""Packages: parts as an Open Packaging zip."""

from __future__ import annotations

import io
from collections.abc import Mapping

__all__ = ["pack"]

EPOCH = (1980, 1, 1, 0, 0, 0)  # the earliest date that a zip can hold


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
