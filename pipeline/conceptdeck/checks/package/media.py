"""Rules on pictures, films and sounds: whether they are what they say, and what older programs see of them."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice

from conceptdeck.checks.package.compatibility import MISSING_FALLBACK
from conceptdeck.checks.package.contents import MAX_FINDINGS, WRONG_CONTENT_TYPE
from conceptdeck.checks.package.opened import OpenedDeck, Part
from conceptdeck.checks.package.schema import qualified
from conceptdeck.values.diagnostics import Diagnostic, Span
from conceptdeck.values.rules import ERROR, WARNING, Rule

__all__ = ["media_of_another_kind", "pictures"]

SVG = "image/svg+xml"
SVG_BLIP = "{http://schemas.microsoft.com/office/drawing/2016/SVG/main}svgBlip"
EMBED, LINK = qualified("r:embed"), qualified("r:link")
MARKS: dict[str, tuple[tuple[int, bytes], ...]] = {
    "image/png": ((0, b"\x89PNG\r\n\x1a\n"),),
    "image/jpeg": ((0, b"\xff\xd8\xff"),),
    "image/jpg": ((0, b"\xff\xd8\xff"),),
    "image/gif": ((0, b"GIF87a"), (0, b"GIF89a")),
    "image/bmp": ((0, b"BM"),),
    "image/tiff": ((0, b"II*\0"), (0, b"MM\0*"), (0, b"II+\0"), (0, b"MM\0+")),
    "image/x-emf": ((40, b" EMF"),),
    "image/x-wmf": ((0, b"\xd7\xcd\xc6\x9a"), (0, b"\x01\0\x09\0"), (0, b"\x02\0\x09\0")),
    "image/webp": ((8, b"WEBP"),),
    "image/vnd.ms-photo": ((0, b"II\xbc"),),
    "image/x-icon": ((0, b"\0\0\1\0"),),
    "video/mp4": ((4, b"ftyp"), (4, b"moov"), (4, b"mdat"), (4, b"free"), (4, b"wide")),
    "audio/mp4": ((4, b"ftyp"),),
    "audio/x-wav": ((8, b"WAVE"),),
    "audio/wav": ((8, b"WAVE"),),
    "video/x-msvideo": ((8, b"AVI "),),
    "audio/mpeg": ((0, b"ID3"), (0, b"\xff\xfb"), (0, b"\xff\xf3"), (0, b"\xff\xf2"), (0, b"\xff\xfa")),
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": ((0, b"PK"),),
}

Findings = Iterator[Diagnostic]

WRONG_MEDIA = Rule(
    "wrong-media", "package", ERROR, "a picture, film or sound that is not what it says", elsewhere=WARNING
).because("""
    The content type says PNG and the bytes are something else, or nothing. Programs show a red cross, or repair the
    file.
""")


def media_of_another_kind(deck: OpenedDeck) -> Findings:
    """Find media whose first bytes are not those of their type, and pictures that are said to be something else."""
    yield from islice(_by_bytes(deck), MAX_FINDINGS)
    yield from islice(_by_use(deck), MAX_FINDINGS)


def _by_bytes(deck: OpenedDeck) -> Findings:
    for name, data in deck.parts.items():
        type_ = deck.kind(name).lower()
        if type_ == SVG:
            fits = data.lstrip(b"\xef\xbb\xbf \t\r\n").startswith((b"<", b"\xff\xfe", b"\xfe\xff"))
        elif type_ in MARKS:
            fits = any(data[at : at + len(mark)] == mark for at, mark in MARKS[type_])
        else:
            continue
        if not fits:
            found = next((of for of, marks in MARKS.items() if any(data[a : a + len(m)] == m for a, m in marks)), "")
            what = f"is said to be {type_}, but is {found or ('empty' if not data else 'something else')}"
            yield deck.finding(WRONG_MEDIA, f"`{name}` {what}", name)


def _by_use(deck: OpenedDeck) -> Findings:
    for source, relations in deck.relations.items():
        for relation in relations.values():
            type_ = "" if relation.external else deck.kind(relation.target)
            if relation.kind == "image" and type_ and not type_.lower().startswith("image/"):
                what = f"`{relation.target}` is used as a picture, but is said to hold `{type_}`"
                yield WRONG_CONTENT_TYPE.at(what, Span(f"{deck.path}!/{source}"))


def pictures(part: Part) -> Findings:
    """Find pictures that older programs see nothing of."""
    for blip in part.all("a:blip"):
        relation = part.relations.get(blip.get(EMBED, "") or blip.get(LINK, ""))
        if relation is not None and not relation.external and part.deck.kind(relation.target).lower() == SVG:
            what = "shows an SVG picture without one in PNG for programs that cannot draw it"
            yield part.finding(MISSING_FALLBACK, what, blip)
        elif not blip.get(EMBED) and not blip.get(LINK):
            alone = next(blip.iter(SVG_BLIP), None) is not None
            what = "shows an SVG picture without one in PNG" if alone else "shows a picture that names no file"
            yield part.finding(MISSING_FALLBACK, what, blip)
