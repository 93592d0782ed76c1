"""The formats that a map can be exported to: what they are called, and what they can say of it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from importlib import import_module

from conceptdeck.values.value import frozen

__all__ = ["TARGETS", "Target", "writer"]


@frozen(kw_only=True)
class Target:
    """A format by the name that `--to` takes: its title, its module and function, and the ending of its files.

    `says` are the things that it can say besides concepts; one of several languages has all of them in one file. What
    is `dressed` has the look of a theme, an article that is `pictured` may show the pictures of the map.
    """

    name: str
    title: str
    write: str
    ending: str
    says: frozenset[str]
    marked: bool = False
    dressed: bool = False
    pictured: bool = False

    @property
    def speaks(self) -> bool:
        """Tell whether a file of the format holds several languages."""
        return "languages" in self.says


def _target(name: str, title: str, write: str, ending: str, says: str) -> Target:
    words, ways = frozenset(says.split()), frozenset({"marks", "dress", "pictures"})
    return Target(
        name=name,
        title=title,
        write=write,
        ending=ending,
        says=words - ways,
        marked="marks" in words,
        dressed="dress" in words,
        pictured="pictures" in words,
    )


TARGETS: Mapping[str, Target] = {
    each.name: each
    for each in (
        _target("mermaid", "Mermaid", "mermaid.write_mermaid", "mmd", "groups relations links"),
        _target(
            "drawio", "draw.io", "drawio.write_drawio", "drawio", "groups relations links notes texts attributes dress"
        ),
        _target("canvas", "JSON Canvas", "canvas.write_canvas", "canvas", "groups relations texts marks"),
        _target("opml", "OPML", "opml.write_opml", "opml", "groups links notes texts attributes languages"),
        _target("csv", "CSV", "triples.write_triples", "csv", "relations"),
        _target("skos", "SKOS", "skos.write_skos", "ttl", "groups links notes texts languages"),
        _target(
            "markdown",
            "Markdown",
            "markdown.write_markdown",
            "md",
            "groups relations links notes texts taglines marks pictures",
        ),
        _target("cxl", "CmapTools", "cxl.write_cxl", "cxl", "relations links notes texts"),
    )
}


def writer(target: Target) -> Callable[..., bytes]:
    """Return what writes a format; its module is imported for it."""
    module, _, function = target.write.partition(".")
    found: Callable[..., bytes] = getattr(import_module(f"conceptdeck.exporting.{module}"), function)
    return found
