"""Packages: parts as an Open Packaging zip."""

from __future__ import annotations

import struct
import zlib
from collections.abc import Iterable, Iterator, Mapping, MutableMapping
from typing import NamedTuple

from conceptdeck.render.escape import escape

__all__ = ["RELATIONSHIPS", "Packed", "pack", "relationships", "unpack"]

RELATIONSHIPS = "http://schemas.openxmlformats.org/package/2006/relationships"

EXTERNAL = ' TargetMode="External"'
FIRST = ("[Content_Types].xml", "_rels/.rels")
LEVEL, RAW, WINDOW = 6, 8, -15  # of zlib: how hard it tries; how zips say that; no header of its own
VERSION, UNICODE, EARLIEST = 20, 0x800, (0, 33)  # 2.0; names as UTF-8; 1 January 1980, the first date there is
OWN = 0o600 << 16  # what who unpacks it may do with a part, as Unix has it
MOST = 0xFFFF  # parts that the first form of zips can count
LOCAL, CENTRAL, END = struct.Struct("<4s5H3L2H"), struct.Struct("<4s6H3L5H2L"), struct.Struct("<4s4H2LH")
LARGE_END, LOCATOR = struct.Struct("<4sQ2H2L4Q"), struct.Struct("<4sLQL")


def relationships(found: Mapping[str, tuple[str, str, bool]]) -> str:
    """Return relationships by id as elements: each has a type, a target, and may lead out of the package."""
    return "".join(
        f'<Relationship Id="{escape(id_)}" Type="{escape(type_)}" Target="{escape(target)}"{EXTERNAL * external}/>'
        for id_, (type_, target, external) in found.items()
    )


class _Part(NamedTuple):
    """A part as a zip holds it: deflated, with the checksum and the size of what it is made of."""

    data: bytes
    checksum: int
    size: int


class Packed(MutableMapping[str, bytes]):
    """Parts by name. They are deflated when they come in: the XML of slides takes a twentieth of its room then."""

    def __init__(self, parts: Mapping[str, bytes] | None = None) -> None:
        """Begin with some parts."""
        self.held: dict[str, _Part] = dict(parts.held) if isinstance(parts, Packed) else {}
        if parts and not self.held:
            self.update(parts)

    def put(self, name: str, pieces: Iterable[bytes]) -> None:
        """Put in a part that comes in pieces."""
        deflating = zlib.compressobj(LEVEL, zlib.DEFLATED, WINDOW)
        made, checksum, size = [], 0, 0
        for piece in pieces:
            made.append(deflating.compress(piece))
            checksum, size = zlib.crc32(piece, checksum), size + len(piece)
        self.held[name] = _Part(b"".join([*made, deflating.flush()]), checksum, size)

    def __getitem__(self, name: str) -> bytes:
        """Return a part as it came in."""
        return zlib.decompress(self.held[name].data, WINDOW, self.held[name].size)

    def __setitem__(self, name: str, data: bytes) -> None:
        """Put in a part."""
        self.put(name, (data,))

    def __delitem__(self, name: str) -> None:
        """Take out a part."""
        del self.held[name]

    def __contains__(self, name: object) -> bool:
        """Tell whether there is a part."""
        return name in self.held

    def __iter__(self) -> Iterator[str]:
        """Go through the names of the parts."""
        return iter(self.held)

    def __len__(self) -> int:
        """Return how many parts there are."""
        return len(self.held)


def pack(parts: Mapping[str, bytes]) -> bytes:
    """Return the parts as an Open Packaging zip: fixed order and date, so that the same parts give the same bytes."""
    held = (parts if isinstance(parts, Packed) else Packed(parts)).held
    names = [name for name in FIRST if name in held] + sorted(name for name in held if name not in FIRST)
    made, listed, at = [], [], 0
    for name in names:
        data, checksum, size = held[name]
        written = name.encode()
        said = (0 if name.isascii() else UNICODE, RAW, *EARLIEST, checksum, len(data), size, len(written), 0)
        made += [LOCAL.pack(b"PK\3\4", VERSION, *said), written, data]
        listed += [CENTRAL.pack(b"PK\1\2", VERSION, VERSION, *said, 0, 0, 0, OWN, at), written]
        at += LOCAL.size + len(written) + len(data)
    return b"".join([*made, *listed, _end(len(names), sum(map(len, listed)), at)])


def _end(count: int, size: int, at: int) -> bytes:
    """Return the end of a zip whose list of so many parts takes `size` bytes and begins at `at`."""
    known = min(count, MOST)
    end = END.pack(b"PK\5\6", 0, 0, known, known, size, at, 0)
    if count < MOST:
        return end
    large = LARGE_END.pack(b"PK\6\6", LARGE_END.size - 12, 45, 45, 0, 0, count, count, size, at)
    return large + LOCATOR.pack(b"PK\6\7", 0, at + size, 1) + end


def unpack(data: bytes) -> Packed:
    """Return the parts of a zip that `pack` made; others may have what this does not know."""
    found = Packed()
    *_, size, at, _ = END.unpack(data[-END.size :])
    end = at + size
    while at < end:
        *_, checksum, length, whole, letters, _, _, _, _, _, start = CENTRAL.unpack_from(data, at)
        name = data[at + CENTRAL.size : at + CENTRAL.size + letters]
        start += LOCAL.size + letters
        found.held[name.decode()] = _Part(data[start : start + length], checksum, whole)
        at += CENTRAL.size + letters
    return found
