"""Media: the images of a deck as parts of its package, each once, and the content types of their files."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from conceptdeck.values.image import Image, Media
from conceptdeck.values.value import frozen

__all__ = ["Medium", "declared", "media_of"]

EXTENSIONS = {Media.PNG: "png", Media.JPEG: "jpeg", Media.SVG: "svg"}


@frozen
class Medium:
    """An image as parts: one in pixels, and one of vectors if the image is. Parts, by the id of the relation to them.

    `id` is that of the one in pixels, which every program shows; `vectors` is empty if there are none.
    """

    id: str
    vectors: str
    parts: Mapping[str, tuple[str, Image]]

    @property
    def relations(self) -> dict[str, tuple[str, str]]:
        """Return the relations of a slide to the parts: ids, each with a type and a target."""
        return {id_: ("image", f"../media/{name}") for id_, (name, _) in self.parts.items()}


def media_of(images: Iterable[Image]) -> dict[Image, Medium]:
    """Return the parts of images, numbered in the order in which they come first."""
    return {image: _medium(image, number) for number, image in enumerate(dict.fromkeys(images), start=1)}


def _medium(image: Image, number: int) -> Medium:
    id_ = f"image{number}"
    name = f"{id_}.{EXTENSIONS[image.media]}"
    if image.media is not Media.SVG:
        return Medium(id_, "", {id_: (name, image)})
    from conceptdeck.render.raster import raster_of  # decks without vectors need no resvg

    vectors = f"{id_}v"
    return Medium(id_, vectors, {id_: (f"{id_}.{EXTENSIONS[Media.PNG]}", raster_of(image)), vectors: (name, image)})


def declared(types: str, media: Iterable[Media]) -> tuple[str, list[tuple[str, str]]]:
    """Return the content types of a package (the XML of its part) with those of `media`, and which of them are new."""
    new = [(EXTENSIONS[each], str(each)) for each in dict.fromkeys(media)]
    new = [(extension, type_) for extension, type_ in new if f'Extension="{extension}"' not in types]
    head, mark, tail = types.partition("<Default")
    added = "".join(f'<Default Extension="{extension}" ContentType="{type_}"/>' for extension, type_ in reversed(new))
    return f"{head}{added}{mark}{tail}", new
