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
from conceptdeck.values.rules import ERROR, WARNING, Rule

__all__ = ["MAX_SHOWN", "has_xml", "unpacked"]

MAX_PARTS = 80_000
MAX_TOTAL = 1 << 30  # bytes, unpacked
MAX_XML = 1 << 28  # bytes of XML, unpacked
MAX_PART = 1 << 26  # bytes of one XML part
MAX_RATIO = 300
SMALL = 1 << 22  # bytes below which a ratio says nothing
CHUNK = 1 << 20
TRASH = "[trash]/"  # where Office keeps what it no longer needs
HEAD = 64  # bytes by which media are known
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

    Of parts without XML the first bytes are kept, unless the `whole` package is asked for.
    """
    if data.startswith(OLE):
        hint = "save it as .pptx without a password"
        return {}, (_refusal(NOT_A_PACKAGE, "is an old .ppt file, or is locked by a password", path, hint),)
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            parts, problems = _read(archive, path, whole=whole)
            return parts, (*problems, *_strays(archive, data, path))
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
    members = [info for info in archive.infolist() if not info.is_dir() and not info.filename.startswith(TRASH)]
    if not members:
        return {}, (_refusal(NOT_A_PACKAGE, "is a zip archive with nothing in it", path),)
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


STRAY_BYTES = Rule("stray-bytes", "package", WARNING, "bytes beside the zip").because("""
    What stands before the first part or after the list of parts belongs to no part. PowerPoint calls such a file
    damaged, and it may hide something.
""")
FOLDER_ENTRY = Rule("folder-entry", "package", WARNING, "an entry for a folder").because("""
    Packages hold parts, not folders. Tools that zip a folder write such entries, and strict readers refuse them.
""")
PACKED_OTHERWISE = Rule(
    "packed-otherwise", "package", ERROR, "a part packed in a way that Office does not know"
).because("""
    Office files are deflated or not packed at all.
""")
METHODS = frozenset({zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED})
END = b"PK\x05\x06"
END_LENGTH = 22


def _strays(archive: zipfile.ZipFile, data: bytes, path: str) -> Iterator[Diagnostic]:
    """Yield what is in the file that is no part."""
    infos = archive.infolist()
    first = min((info.header_offset for info in infos), default=0)
    end = data.rfind(END)
    after = len(data) - end - END_LENGTH
    if first:
        yield STRAY_BYTES.at(f"{first:,} bytes stand before the zip", Span(path))
    if end >= 0 and after:
        yield STRAY_BYTES.at(f"{after:,} bytes stand after the zip", Span(path))
    folders = [info.filename for info in infos if info.is_dir()]
    if folders:
        count = f"{len(folders)} entries for folders" if len(folders) > 1 else "an entry for a folder"
        yield FOLDER_ENTRY.at(f"the zip holds {count}, such as `{_printable(folders[0])}`", Span(path))
    for info in infos:
        if info.compress_type not in METHODS:
            yield PACKED_OTHERWISE.at(
                f"`{_printable(info.filename)}` is packed by method {info.compress_type}", Span(path)
            )


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
        or any(step in ("", ".", "..") or step.endswith(".") for step in steps)
        or any(unicodedata.category(char) in ("Cc", "Cf") for char in name)
    )


def _printable(name: str) -> str:
    return "".join(char if char.isprintable() else "\N{REPLACEMENT CHARACTER}" for char in name)[:MAX_SHOWN]


def _content(archive: zipfile.ZipFile, info: zipfile.ZipInfo, *, whole: bool) -> bytes:
    """Return the bytes of an XML part, or of any if the `whole` is asked for; of others, which are read, a few."""
    with archive.open(info) as file:
        if whole and not has_xml(info.filename):
            return file.read()
        if has_xml(info.filename):
            return file.read(MAX_PART)
        head = file.read(HEAD)
        while file.read(CHUNK):
            pass
    return head


def has_xml(name: str) -> bool:
    """Tell whether a part of this name holds XML."""
    return name.lower().endswith((".xml", ".rels"))
