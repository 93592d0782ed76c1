"""Views: what of a map is looked at, and what there is to choose from."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from conceptdeck.building.jobs import DeckJob, default
from conceptdeck.reading.rules import BAD_CHOICE
from conceptdeck.values.diagnostics import Failure
from conceptdeck.values.story import Density
from conceptdeck.values.value import frozen
from conceptdeck.workspace import disk, places
from conceptdeck.workspace.house import FONTS, ICONS, TERMS
from conceptdeck.workspace.loading import read_stories_file

__all__ = [
    "DENSITIES",
    "KINDS",
    "Choices",
    "View",
    "choices_of",
    "content_digest",
    "folders_of",
    "themes_of",
    "view_from",
]

KINDS = ("slides", "diagrams")
DENSITIES = tuple(density.value for density in Density)
THEME, STORY = (str(default(DeckJob, name)) for name in ("theme", "story"))
ENDINGS = (".po", ".yaml", ".toml", ".svg", ".png", ".jpg", ".ttf", ".otf")
LOCALES = "locales"


@frozen
class View:
    """What is looked at; no `locale` is the map's own language, no `density` the story's."""

    map: str
    locale: str = ""
    theme: str = THEME
    story: str = STORY
    density: str = ""
    kind: str = KINDS[0]


@frozen
class Choices:
    """What a map can be looked at in; the first language is the map's own."""

    maps: tuple[str, ...]
    locales: tuple[str, ...]
    themes: tuple[str, ...]
    stories: tuple[str, ...]
    densities: tuple[str, ...] = DENSITIES


def view_from(query: Mapping[str, str], maps: tuple[str, ...], themes: Sequence[str] | None = None) -> View:
    """Return the view that a request asks for.

    Nothing of a request becomes part of a path: maps and `themes` are looked up among those that there are, languages
    among the catalogs beside the map. Raises Failure for others.
    """
    themes = places.themes() if themes is None else themes
    for name, known in (("map", maps), ("theme", themes), ("density", DENSITIES), ("kind", KINDS)):
        if query.get(name) and query[name] not in known:
            hints = (f"there are: {', '.join(known)}",)
            raise Failure([BAD_CHOICE.at(f"the preview knows no such {name}", hints=hints)])
    return View(
        map=query.get("map") or maps[0],
        locale=query.get("locale", ""),
        theme=query.get("theme") or THEME,
        story=query.get("story") or STORY,
        density=query.get("density", ""),
        kind=query.get("kind") or KINDS[0],
    )


def choices_of(map_file: Path, maps: tuple[str, ...], own_language: str, more: Sequence[str] = ()) -> Choices:
    """Return what a map can be looked at in, `more` themes among it; raises Failure if its stories cannot be read."""
    return Choices(
        maps=maps,
        locales=tuple(dict.fromkeys((own_language, *places.catalogs_beside(map_file)))),
        themes=themes_of(map_file, more),
        stories=tuple(dict.fromkeys(_stories(map_file))),
    )


def themes_of(map_file: Path, more: Sequence[str] = ()) -> tuple[str, ...]:
    """Return the themes that a map can be looked at in: those of its house by name, and `more` by their paths."""
    return (*places.themes(places.house(map_file)), *more)


def _stories(map_file: Path) -> Iterator[str]:
    for path in places.stories_beside(map_file):
        found, _ = read_stories_file(path)
        yield from (story.id for story in found)


def folders_of(map_file: Path) -> tuple[Path, ...]:
    """Return the folders whose files the preview of a map is made from; not all need exist."""
    beside = map_file.resolve().parent
    around = places.house(map_file.resolve())
    fonts = {path.parent for path in around.fonts().values()}
    near = [folder / name for folder in around.own for name in ("", FONTS, ICONS)]
    below = [folder / name for folder in around.data for name in ("", TERMS)]
    there = (*near, *sorted(fonts), around.project, around.themes[-1], *below)
    return tuple(dict.fromkeys((beside, beside / LOCALES, *(each.resolve() for each in there))))


def content_digest(map_file: Path, locale: str) -> str:
    """Return a digest of everything that a view of a map in a language is made from, by content.

    Catalogs of languages that begin otherwise are left out: translators of one language do not wait for another.
    """
    beside, catalogs, *others = folders_of(map_file)
    digest = hashlib.sha256()
    language = locale.partition("-")[0]
    paths = [map_file, *(beside / name for name in sorted(disk.names(beside)) if name.startswith("stories."))]
    paths += [catalogs / name for name in sorted(disk.names(catalogs)) if name.partition(".")[0].startswith(language)]
    paths += [folder / name for folder in others for name in sorted(disk.names(folder))]
    for path in (path for path in paths if path.suffix in ENDINGS):
        digest.update(f"{path}\0".encode())
        try:
            digest.update(hashlib.sha256(disk.read_bytes(path)).digest())
        except Failure:  # gone meanwhile, or a folder: planning will tell if it matters
            digest.update(b"?")
    digest.update("\0".join(sorted(disk.names(catalogs))).encode())  # which languages there are
    return digest.hexdigest()
