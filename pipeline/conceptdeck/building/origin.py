"""What a deck remembers of the map and the catalogs that it is built of."""

from __future__ import annotations

import hashlib

from conceptdeck.building.edition import Edition
from conceptdeck.values.memory import Origin
from conceptdeck.values.text import texts

__all__ = ["origin_of"]


def origin_of(edition: Edition, theme: str, story: str) -> Origin:
    """Return what a deck of an edition is of: its strings as they are typed, and digests of the files they are in."""
    own, source = edition.written or edition.source, edition.source
    values = {text.key: text.value for text in texts(own)}
    sources = {text.key: text.value for text in texts(source)} if own is not source else {}
    digests = {"map": _digest(repr(sorted(sources.items() or values.items())))}
    if sources:
        digests["translation"] = _digest(repr(sorted(values.items())))
    return Origin(source.id, edition.map.language, theme, story, digests, values, sources)


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:32]
