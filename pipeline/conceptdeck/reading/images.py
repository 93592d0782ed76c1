"""The images that a map names: files beside it, looked into where they are named."""

from __future__ import annotations

import re

from conceptdeck.reading.fields import At, FieldReader
from conceptdeck.reading.icons import Shelf
from conceptdeck.reading.rules import BAD_IMAGE, BAD_NUMBER
from conceptdeck.reading.schema import NUMBER
from conceptdeck.reading.source import Node, Scalar, Sequence
from conceptdeck.values.characters import is_blank, quoted
from conceptdeck.values.diagnostics import Failure, Span
from conceptdeck.values.image import Focus, Image, ImageFile

__all__ = ["ENDINGS", "focus_of", "image_of"]

ENDINGS = ("png", "jpg", "jpeg", "webp", "gif", "svg")
SHARES = "two numbers from 0 to 1, such as [0.5, 0.3]"


def image_of(node: Node, at: At, reader: FieldReader, shelf: Shelf | None) -> ImageFile | None:
    """Return the image that a map names, looked into if there is a shelf; what is wrong with it is reported."""
    if not isinstance(node, Scalar) or is_blank(node.value):
        reader.not_text(node, at, "the path of an image's file")
        return None
    if wrong := _wrong_path(node.value):
        hint = "write its path from the folder of the map on, with `/`, such as `./photo.jpg`"
        reader.findings.error(BAD_IMAGE, f"{quoted(node.value)} {wrong}", node.span, hints=[hint])
        return None
    return ImageFile(node.value, node.span, _looked_into(node, reader, shelf) if shelf else None)


def _wrong_path(path: str) -> str:
    """Return what is wrong with a path, nothing if it may name a file beside the map."""
    if path.startswith(("/", "~")) or "\\" in path or ":" in path:
        return "is not the path of a file beside the map"
    if ".." in path.split("/"):
        return "leads out of the folder of the map"
    if path.lower().rpartition(".")[2] not in ENDINGS or "." not in path:
        return f"does not end in {', '.join(ENDINGS[:-1])} or {ENDINGS[-1]}"
    return ""


def _looked_into(node: Scalar, reader: FieldReader, shelf: Shelf) -> Image | None:
    """Return the image in a file."""
    from conceptdeck.reading.vectors import NotAnImage, drawing_of  # most maps have no images

    place = node.span
    try:
        file = shelf.own(node.value)
        if file is None:
            message = f"there is no file {quoted(node.value)}"
            hint = "write its path from the folder of the map on"
            reader.findings.error(BAD_IMAGE, message, node.span, hints=[hint])
            return None
        if not node.value.lower().endswith(".svg"):
            from conceptdeck.reading.photos import photo_of

            return photo_of(file.data)
        place = Span(file.shown)
        return drawing_of(file.data)
    except Failure as failure:
        told = failure.diagnostics[0]
        message = f"{quoted(node.value)} is of no use: {told.message}"
        reader.findings.error(BAD_IMAGE, message, node.span, hints=list(told.hints) or ["look at the file"])
    except NotAnImage as error:
        note = f"it is the image at {node.span}" if error.line else ""
        span = Span(place.path, error.line, error.column) if error.line else node.span
        reader.findings.error(BAD_IMAGE, f"the image {error.what}", span, note=note, hints=[error.hint])
    return None


def focus_of(node: Node, at: At, reader: FieldReader) -> Focus | None:
    """Return the point of an image that stays in sight."""
    if not isinstance(node, Sequence) or len(node.items) != 2:
        reader.wrong_kind(node, at, SHARES, f"write {SHARES}")
        return None
    words = [each.value if isinstance(each, Scalar) else "" for each in node.items]
    shares = [float(word) if re.fullmatch(NUMBER, word) else -1.0 for word in words]
    if not all(0 <= share <= 1 for share in shares):
        reader.findings.error(
            BAD_NUMBER, f"{quoted(at.key.value)} must be {SHARES}", node.span, hints=[f"write {SHARES}"]
        )
        return None
    return Focus(*shares)
