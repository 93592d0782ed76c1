"""The zip of a package: its parts, unpacked within bounds, whatever it is."""

from __future__ import annotations

import io
import struct
import unicodedata
import zipfile
import zlib
from collections.abc import Iterator

from conceptdeck.checks.package.rules import NOT_A_PACKAGE
from conceptdeck.values.diagnostics import Diagnostic, Span
from conceptdeck.values.rules import ERROR, Rule

__all__ = ["MAX_SHOWN", "has_xml", "unpacked"]

MAX_PARTS = 80_000
MAX_TOTAL = 1 << 30  # bytes, unpacked
MAX_XML = 1 << 28  # bytes of XML, unpacked
MAX_PART = 1 << 26  # bytes of one XML part
MAX_RATIO = 300
SMALL = 1 << 22  # bytes below which a ratio says nothing
CHUNK = 1 << 20
MAX_SHOWN = 60
OLE = bytes.fromhex("d0cf11e0a1b11ae1")
UNREADABLE = (
    zipfile.BadZipFile,
    zlib.error,
    struct.error,
    EOFError,
    NotImplementedError,
    OSError,
    OverflowError,
    RuntimeError,
    ValueError,
)
Unpacked = tuple[dict[str, bytes], tuple[Diagnostic, ...]]


def unpacked(data: bytes, path: str, *, whole: bool = False) -> Unpacked:
    """Return the parts of a package by name, and what is wrong with the zip.

    Parts without XML are empty bytes, unless the `whole` package is asked for.
    """
    if data.startswith(OLE):
        hint = "save it as .pptx without a password"
        return {}, (_refusal(NOT_A_PACKAGE, "is an old .ppt file, or is locked by a password", path, hint),)
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            return _read(archive, path, whole=whole)
    except UNREADABLE as error:
        return {}, (_refusal(NOT_A_PACKAGE, f"is not a whole zip archive: {error}", path),)


def _refusal(rule: Rule, what: str, path: str, hint: str = "") -> Diagnostic:
    return rule.at(f"the file {what}", Span(path), hints=(hint,) if hint else ())


TOO_LARGE_PACKAGE = Rule("too-large-package", "package", ERROR, "more than is looked at").because("""
    A file that unpacks to a multiple of its size could fill memory and disk, so it is not unpacked.
""")
DAMAGED_PART = Rule("damaged-part", "package", ERROR, "a part that cannot be unpacked").because("""
    Its checksum is wrong, or it is encrypted or packed in an unknown way. PowerPoint refuses such a file.
""")


def _read(archive: zipfile.ZipFile, path: str, *, whole: bool) -> Unpacked:
    members = [info for info in archive.infolist() if not info.is_dir()]
    if excess := _excess(members):
        return {}, (_refusal(TOO_LARGE_PACKAGE, excess, path),)
    problems = list(_name_problems(members, path))
    parts: dict[str, bytes] = {}
    for info in members:
        try:
            parts.setdefault(info.filename, _content(archive, info, whole=whole))
        except UNREADABLE as error:
            what = f"the part cannot be unpacked: {error}"
            problems.append(DAMAGED_PART.at(what, Span(f"{path}!/{info.filename}")))
    return parts, tuple(problems)


def _excess(members: list[zipfile.ZipInfo]) -> str:
    """Return which cap the members break, before anything is unpacked."""
    total = sum(info.file_size for info in members)
    packed = sum(info.compress_size for info in members)
    xml = [info.file_size for info in members if has_xml(info.filename)]
    if len(members) > MAX_PARTS:
        return f"has {len(members):,} parts, more than {MAX_PARTS:,}"
    if total > MAX_TOTAL or sum(xml) > MAX_XML or max(xml, default=0) > MAX_PART:
        return f"unpacks to {total:,} bytes, more than is looked at"
    if any(info.file_size > SMALL and info.file_size > MAX_RATIO * info.compress_size for info in members):
        return f"unpacks from {packed:,} bytes to {total:,}: it looks like a zip bomb"
    return ""


DUPLICATE_PART = Rule("duplicate-part", "package", ERROR, "two parts of one name").because("""
    Which of the two is read depends on the program; PowerPoint calls the file damaged.
""")
BAD_PART_NAME = Rule("bad-part-name", "package", ERROR, "a name that no part may have").because("""
    Names with `..`, backslashes, colons or control characters could lead out of the folder that the file is
    unpacked in.
""")


def _name_problems(members: list[zipfile.ZipInfo], path: str) -> Iterator[Diagnostic]:
    seen: set[str] = set()
    for info in members:
        name = info.orig_filename
        if name.lower() in seen:
            yield DUPLICATE_PART.at(f"the zip holds `{_printable(name)}` twice", Span(path))
        seen.add(name.lower())
        if _is_unsafe(name):
            yield BAD_PART_NAME.at(f"`{_printable(name)}` is not a name for a part", Span(path))


def _is_unsafe(name: str) -> bool:
    """Tell whether a name could lead out of the package, or is no name of a part."""
    steps = name.split("/")
    return (
        name.startswith("/")
        or "\\" in name
        or ":" in name
        or any(step in ("", ".", "..") for step in steps)
        or any(unicodedata.category(char) in ("Cc", "Cf") for char in name)
    )


def _printable(name: str) -> str:
    return "".join(char if char.isprintable() else "\N{REPLACEMENT CHARACTER}" for char in name)[:MAX_SHOWN]


def _content(archive: zipfile.ZipFile, info: zipfile.ZipInfo, *, whole: bool) -> bytes:
    """Return the bytes of an XML part, or of any if the `whole` is asked for; read others to see that nothing lacks."""
    with archive.open(info) as file:
        if whole and not has_xml(info.filename):
            return file.read()
        if has_xml(info.filename):
            return file.read(MAX_PART)
        while file.read(CHUNK):
            pass
    return b""


def has_xml(name: str) -> bool:
    """Tell whether a part of this name holds XML."""
    return name.lower().endswith((".xml", ".rels", ".vml"))
