"""A slide and a drawing with pictures, made by hand: no field of a map shows any yet."""

from __future__ import annotations

import io

from PIL import Image as Pixels

from conceptdeck.values.frame import (
    Drawing,
    Frame,
    Paragraph,
    Picture,
    Placeholder,
    Route,
    Run,
    Shape,
    Stroke,
    TextBody,
)
from conceptdeck.values.image import Crop, Fit, Focus, Image, Media
from conceptdeck.values.units import Box, Length, Point, Size, points

__all__ = [
    "BLUE", "CLEAR", "GREEN", "JPEG", "PICTURES", "PNG", "RED", "VECTORS", "YELLOW",
    "box", "drawing", "pictured", "quarters", "slide", "titled",
]  # fmt: skip

RED, GREEN, BLUE, YELLOW = (220, 30, 30), (30, 160, 60), (30, 60, 200), (240, 200, 30)


def quarters(kind: str = "PNG", mode: str = "RGB") -> bytes:
    """Return an image 400 pixels wide and 200 high: above red and green, below blue and yellow."""
    made = Pixels.new("RGB", (400, 200))
    for colour, place in ((RED, (0, 0)), (GREEN, (200, 0)), (BLUE, (0, 100)), (YELLOW, (200, 100))):
        made.paste(colour, (*place, place[0] + 200, place[1] + 100))
    file = io.BytesIO()
    converted = made.quantize(4) if mode == "P" else made.convert(mode)
    converted.save(file, kind, **({"quality": 95} if kind == "JPEG" else {}))
    return file.getvalue()


def _clear() -> bytes:
    """Return an image of a red square in the middle of nothing."""
    made = Pixels.new("RGBA", (100, 100))
    made.paste((*RED, 255), (25, 25, 75, 75))
    file = io.BytesIO()
    made.save(file, "PNG")
    return file.getvalue()


PNG = Image(Media.PNG, quarters(), 400, 200)
JPEG = Image(Media.JPEG, quarters("JPEG"), 400, 200)
CLEAR = Image(Media.PNG, _clear(), 100, 100)
VECTORS = Image(
    Media.SVG,
    b'<svg xmlns="http://www.w3.org/2000/svg" width="40" height="20" viewBox="0 0 40 20">'
    b'<rect width="40" height="20" fill="#1e3cc8"/><rect width="20" height="20" fill="#dc1e1e"/></svg>',
    40,
    20,
)


def box(x: float, y: float, w: float, h: float) -> Box:
    return Box(points(x), points(y), points(w), points(h))


PICTURES = (
    Picture("photo.png", PNG, box(60, 120, 200, 200), "Four coloured fields", fit=Fit.CONTAIN),
    Picture("photo.jpeg", JPEG, box(280, 120, 100, 100), "A blue and a red field", crop=Focus(0.0), fit=Fit.COVER),
    Picture(
        "photo.cut", PNG, box(400, 120, 100, 100), "The green field", crop=Crop(left=0.5, bottom=0.5), fit=Fit.COVER
    ),
    Picture(
        "drawing.svg", VECTORS, box(520, 120, 200, 100), "Red beside blue", link="https://example.org/more", click=1
    ),
    Picture("ornament", CLEAR, box(520, 260, 100, 100), decorative=True),
)


def titled(text: str = "Pictures") -> Shape:
    """Return a title."""
    run = Run(text, 28.0, "ink", bold=True, major=True)
    body = TextBody((Paragraph((run,), (text,), 34.0, extent=points(200)),))
    place = box(60, 40, 600, 40)
    holder = Placeholder("Title", "title", 0, place, 28.0, bold=True, slot="ink")
    return Shape("title", "rect", place, text=body, placeholder=holder)


def pictured(*pictures: Picture, language: str = "en") -> Frame:
    """Return a slide with a title and pictures."""
    return Frame("pictures", "list", "Pictures", language, (titled(), *pictures), number=1)


def slide(language: str = "en") -> Frame:
    """Return a slide with a picture of each kind, and a curve from one to another."""
    one, other = PICTURES[0].seen.box, PICTURES[3].box
    start, end = Point(one.right, one.centre.y), Point(other.x, Length(other.bottom - points(4)))
    bend = Length((start.x + end.x) // 2)
    curve = (start, Point(bend, Length(start.y + points(80))), Point(bend, Length(end.y + points(120))), end)
    stroke = Stroke("secondary", points(1.5))
    route = Route("way", curve, "photo.png", "drawing.svg", stroke, arrow=True, alt="leads to", click=1)
    return pictured(*PICTURES, route, language=language)


def drawing() -> Drawing:
    """Return the same pictures as a drawing."""
    size = Size(points(780), points(420))
    return Drawing("pictures", "map", "Pictures", "A page of pictures.", "", "en", size, (titled(), *PICTURES))
