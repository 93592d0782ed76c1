"""Comments in a saved deck, old ones and threads: who wrote them, when, and beside what."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from conceptdeck.checks.package.opened import Element, OpenedDeck, Part, open_part
from conceptdeck.checks.package.saved_text import paragraphs_in
from conceptdeck.values.memory import Comment, SavedShape

__all__ = ["authors_in", "comments_on", "related"]

MARKERS = "{*}spMk", "{*}picMk", "{*}graphicFrameMk", "{*}cxnSpMk"
UNIT = 914_400 / 576  # EMU: old comments stand at points of which an inch has 576
CLOSED = ("resolved", "closed")


def related(deck: OpenedDeck, source: str, kinds: tuple[str, ...]) -> Iterator[Part]:
    """Yield the parts of some kinds that a part leads to."""
    for relation in deck.relations.get(source, {}).values():
        name = deck.by_lower.get(relation.target.lower(), "")
        if relation.kind in kinds and name and not relation.external:
            part, _ = open_part(deck, name)
            if part is not None:
                yield part


def authors_in(deck: OpenedDeck) -> Iterator[tuple[str, str]]:
    """Yield the ids and names of those who wrote comments, old ones and new ones."""
    for part in related(deck, deck.main, ("commentAuthors", "authors")):
        for each in part.root.iter("{*}cmAuthor", "{*}author"):
            yield each.get("id", ""), each.get("name", "")


def comments_on(
    deck: OpenedDeck, slide: Part, shapes: Sequence[SavedShape], authors: Mapping[str, str]
) -> Iterator[Comment]:
    """Yield the comments on a slide, each before the replies to it."""
    numbers = {str(shape.id): at for at, shape in reversed([*enumerate(shapes)])}
    for part in related(deck, slide.name, ("comments",)):
        for each in part.root.iter("{*}cm"):
            marker = next(each.iter(*MARKERS), None)
            place = -1 if marker is None else numbers.get(marker.get("id", ""), -1)
            point = _point(each)
            is_closed = each.get("status", "") in CLOSED
            for said in (each, *each.iter("{*}reply")):
                who, when = authors.get(said.get("authorId", ""), ""), said.get("dt") or said.get("created") or ""
                yield Comment(who, when, _said(said), place, point, is_closed)


def _said(comment: Element) -> str:
    """Return what a comment says, without the replies to it."""
    bodies = comment.findall("{*}txBody")
    found = (each.text for body in bodies for each in paragraphs_in(body, lambda id_: ""))
    return comment.findtext("{*}text") or "\n".join(found)


def _point(comment: Element) -> tuple[int, int] | None:
    """Return where a comment stands, None if it does not say it."""
    point = comment.find("{*}pos")
    if point is None:
        return None
    x, y = (round(_number(point.get(name, "")) * UNIT) for name in ("x", "y"))
    return x, y


def _number(said: str) -> int:
    return int(said[:9]) if said.isascii() and said.isdigit() else -1
