"""The theme of a saved deck: the colours and faces that its texts name."""

from __future__ import annotations

from collections.abc import Iterator

from conceptdeck.checks.package.opened import Element, OpenedDeck
from conceptdeck.checks.package.saved_comments import related

__all__ = ["palette_of"]

FACES = {"+mj-lt": "{*}majorFont/{*}latin", "+mn-lt": "{*}minorFont/{*}latin"}
MOST = 64


def palette_of(deck: OpenedDeck) -> dict[str, str]:
    """Return the colours and faces of a deck's first master by the names that texts have for them."""
    for master in related(deck, deck.main, ("slideMaster",)):
        mapping = master.root.find("{*}clrMap")
        for theme in related(deck, master.name, ("theme",)):
            scheme = theme.root.find(".//{*}clrScheme")
            colours = dict(_colours(scheme)) if scheme is not None else {}
            named = {} if mapping is None else {str(name): colours.get(str(to), "") for name, to in mapping.items()}
            faces = {name: theme.root.find(f".//{path}") for name, path in FACES.items()}
            found = {name: each.get("typeface", "") for name, each in faces.items() if each is not None}
            return colours | {name: each for name, each in named.items() if each} | found
    return {}


def _colours(scheme: Element) -> Iterator[tuple[str, str]]:
    for each in list(scheme)[:MOST]:
        said = each[0] if len(each) else None
        if said is not None:
            yield str(each.tag).rpartition("}")[2], str(said.get("lastClr") or said.get("val") or "").lower()[:6]
