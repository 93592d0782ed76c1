"""A map as an article in Markdown: groups are headings, concepts below them, relations a table."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from urllib.parse import quote

from conceptdeck.values.outline import Edge, Node, Outline

__all__ = ["write_markdown"]

DEEPEST = 6


def write_markdown(outline: Outline, pictures: Sequence[tuple[str, str, str]] = ()) -> bytes:
    """Return the article, with pictures by title, what is said of them and file: the first one leads."""
    below: dict[str, list[Node]] = {}
    for each in outline.nodes:
        below.setdefault(each.parent, []).append(each)
    lines = ["---", f"lang: {outline.language}"]
    lines += [f"tags: [{', '.join(outline.keywords)}]"] if outline.keywords else []
    lines += ["---", "", f"# {outline.title.text}", ""]
    lines += (line for text in (outline.subtitle.text, outline.summary.text) if text for line in (text, ""))
    lines += _shown(pictures[:1])
    lines += _listed("", below, 2)
    lines += _related(outline.edges, {each.id: each.name.text for each in outline.nodes})
    lines += ["", *_shown(pictures[1:])] if pictures[1:] else []
    return ("\n".join(lines).rstrip() + "\n").encode()


def _shown(pictures: Iterable[tuple[str, str, str]]) -> Iterator[str]:
    """Yield pictures, each with its title below it and what it shows in words for who cannot see it."""
    for title, description, file in pictures:
        said = " ".join(description.split()).replace("[", "(").replace("]", ")")
        yield from (f"![{said}]({quote(file)})", "", f"*{title.replace('*', '')}*", "")


def _listed(home: str, below: Mapping[str, Sequence[Node]], level: int) -> Iterator[str]:
    """Yield the sections of what stands below something."""
    for each in below.get(home, ()):
        name = f"[{each.name.text}]({each.link})" if each.link else each.name.text
        yield from (f"{'#' * min(level, DEEPEST)} {name}", "")
        if each.tagline:
            yield from (f"**{' '.join(each.tagline.text.split())}**", "")
        if each.detail:
            yield from (" ".join(each.detail.text.split()), "")
        points = below.get(each.id, ()) if not each.frame else ()
        yield from (f"- {point.name.text}" for point in points)
        yield from [""] * bool(points)
        for paragraph in filter(None, each.notes.text.split("\n")):
            yield from (f"> {paragraph}", "")
        if each.frame:
            yield from _listed(each.id, below, level + 1)


def _related(edges: Sequence[Edge], names: Mapping[str, str]) -> Iterator[str]:
    """Yield the relations as a table."""
    if edges:
        yield from ("| | | |", "| --- | --- | --- |")
    for each in edges:
        cells = (
            names.get(each.source, ""),
            each.phrase.text or ("→" if each.arrow else "–"),
            names.get(each.target, ""),
        )
        yield f"| {' | '.join(cell.replace('|', chr(92) + '|') for cell in cells)} |"
