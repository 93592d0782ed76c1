"""Two texts side by side, in pieces: which of them both have, and which only one."""

from __future__ import annotations

from difflib import SequenceMatcher

from conceptdeck.revision.tokens import tokens

__all__ = ["Side", "sides_of"]

Side = tuple[tuple[str, bool], ...]
"""A text in pieces, each with whether only this text has it."""
LONGEST = 4000  # pieces that are compared; longer texts are told as they are


def sides_of(old: str, new: str) -> tuple[Side, Side]:
    """Return two texts in pieces, those that differ told from those that do not."""
    pieces = tokens(old), tokens(new)
    if not all(pieces) or max(map(len, pieces)) > LONGEST:
        whole = tuple(((text, True),) if text else () for text in (old, new))
        return whole[0], whole[1]
    before, after = ([each.norm for each in some] for some in pieces)
    found: tuple[list[tuple[int, int, bool]], list[tuple[int, int, bool]]] = ([], [])
    for tag, i1, i2, j1, j2 in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        for some, side, first, end in ((pieces[0], 0, i1, i2), (pieces[1], 1, j1, j2)):
            is_spaced = end - first > 1 and tag != "equal" and some[first].norm == " "
            start = first + 1 if is_spaced else first
            if end > start:
                found[side].append((some[start].start, some[end - 1].end, tag != "equal"))
    return _cut(old, found[0]), _cut(new, found[1])


def _cut(text: str, spans: list[tuple[int, int, bool]]) -> Side:
    """Return a text cut at spans; what stands between them is what both texts have."""
    found: list[tuple[str, bool]] = []
    at = 0
    for start, end, differs in spans:
        found += [(text[at:start], False)] if start > at else []
        found.append((text[start:end], differs))
        at = end
    return (*found, (text[at:], False)) if at < len(text) else tuple(found)
