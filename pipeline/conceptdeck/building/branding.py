"""Brands for a build: what the project says before what the theme says, with the files of the logo looked into."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from conceptdeck.building.settings import read_settings
from conceptdeck.reading.rules import BAD_IMAGE
from conceptdeck.values.brand import Brand
from conceptdeck.values.diagnostics import Failure, Span
from conceptdeck.values.image import Image, ImageFile
from conceptdeck.values.theme import Theme
from conceptdeck.workspace import disk
from conceptdeck.workspace.house import House, nearest

__all__ = ["brand_for"]

NONE = "none"  # says that there is no date, where the theme has one


def brand_for(theme: Theme, around: House) -> Brand:
    """Return the brand of decks in a theme; raises Failure if a file of the logo is of no use, or is not there."""
    said = read_settings(around).brand if disk.is_file(around.settings) else Brand()
    brand = said.over(theme.brand)
    brand = replace(brand, date="") if brand.date == NONE else brand
    if brand.logo is None:
        return brand
    folders = (around.project,) if said.logo else around.own
    logo = brand.logo
    return replace(
        brand, logo=replace(logo, light=_looked_into(logo.light, folders), dark=_looked_into(logo.dark, folders))
    )


def _looked_into(file: ImageFile, folders: tuple[Path, ...]) -> ImageFile:
    """Return a file with the image in it, from the nearest folder that has it."""
    path = nearest(file.path, folders, BAD_IMAGE, f"there is no file `{file.path}` for the logo")
    return replace(file, image=_image(disk.read_bytes(path), path))


def _image(data: bytes, path: Path) -> Image:
    from conceptdeck.reading.vectors import NotAnImage, drawing_of

    shown = disk.shown(path)
    try:
        if path.suffix.lower() == ".svg":
            return drawing_of(data)
        from conceptdeck.reading.photos import photo_of

        return photo_of(data)
    except NotAnImage as error:
        raise Failure(
            [BAD_IMAGE.at(f"the logo {error.what}", Span(shown, error.line, error.column), hints=(error.hint,))]
        ) from None
