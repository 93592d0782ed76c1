"""What makes a PDF one for archives and printers: PDF/A-2u (ISO 19005-2), whose colours are those of sRGB."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from struct import pack

from pikepdf import Array, Dictionary, Name, Pdf, String

__all__ = ["archival"]

PART, CONFORMANCE = "2", "U"
SPACE = "sRGB IEC61966-2.1"
WHITE = (0.9642, 1.0, 0.8249)  # D50, to which profiles adapt their colours (ICC.1, 7.2.16)
PRIMARIES = {  # of sRGB, adapted to D50 (IEC 61966-2-1)
    "r": (0.43607, 0.22249, 0.01392),
    "g": (0.38515, 0.71687, 0.09708),
    "b": (0.14307, 0.06061, 0.71410),
}
STEPS = 1024  # of the curve
VERSION = 0x02100000
HEADER, ENTRY = 128, 12  # bytes
XMP = {"Author": "dc:creator", "Subject": "dc:description", "Keywords": "pdf:Keywords", "Producer": "pdf:Producer"}


def archival(pdf: Pdf, info: Mapping[str, str], language: str) -> None:
    """Say in a file that it is for archives, what it says of itself, and what its colours mean.

    `info` is what the file's information dictionary says: both must be the same.
    """
    profile = pdf.make_stream(_profile(), N=3, Alternate=Name.DeviceRGB)
    intent = Dictionary(
        Type=Name.OutputIntent, S=Name.GTS_PDFA1, OutputConditionIdentifier=String(SPACE), Info=String(SPACE),
        RegistryName=String("http://www.color.org"), DestOutputProfile=profile,
    )  # fmt: skip
    pdf.Root.OutputIntents = Array([pdf.make_indirect(intent)])
    with pdf.open_metadata(set_pikepdf_as_editor=False, update_docinfo=False) as said:
        said["pdfaid:part"], said["pdfaid:conformance"] = PART, CONFORMANCE
        said["dc:title"], said["dc:language"] = info["Title"], {language}
        for name, value in info.items():
            if name in XMP:
                said[XMP[name]] = [value] if name == "Author" else value


@cache
def _profile() -> bytes:
    """Return the ICC profile of sRGB: a matrix and a curve (ICC.1:2001-04, 6.3.1.2)."""
    curve = b"curv" + pack(">II", 0, STEPS) + b"".join(pack(">H", round(_linear(at) * 0xFFFF)) for at in range(STEPS))
    parts = {"desc": _description(), "cprt": b"text\0\0\0\0No copyright, use freely\0", "wtpt": _xyz(WHITE)}
    parts |= {f"{name}XYZ": _xyz(place) for name, place in PRIMARIES.items()}
    parts |= {f"{name}TRC": curve for name in PRIMARIES}
    start = HEADER + 4 + ENTRY * len(parts)
    table, body, known = b"", b"", {}
    for tag, data in parts.items():
        if data not in known:
            known[data] = start + len(body)
            body += data + b"\0" * (-len(data) % 4)
        table += tag.encode("ascii") + pack(">II", known[data], len(data))
    head = pack(">I4sI4s4s4s12x4s", start + len(body), b"none", VERSION, b"mntr", b"RGB ", b"XYZ ", b"acsp")
    head = head.ljust(68, b"\0") + _xyz(WHITE)[8:]
    return head.ljust(HEADER, b"\0") + pack(">I", len(parts)) + table + body


def _linear(step: int) -> float:
    """Return how much light a value of sRGB stands for."""
    value = step / (STEPS - 1)
    return value / 12.92 if value <= 0.04045 else ((value + 0.055) / 1.055) ** 2.4


def _xyz(place: tuple[float, float, float]) -> bytes:
    return b"XYZ \0\0\0\0" + b"".join(pack(">i", round(each * 0x10000)) for each in place)


def _description() -> bytes:
    """Return the name of the profile; it has none in Unicode or in the script of the Macintosh."""
    name = SPACE.encode("ascii") + b"\0"
    return b"desc" + pack(">II", 0, len(name)) + name + pack(">IIHB67x", 0, 0, 0, 0)
