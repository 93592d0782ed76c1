"""The shapes of Mermaid's nodes, and what their texts say."""

from __future__ import annotations

from html import unescape
from typing import NamedTuple

from conceptdeck.importing.markup import plain_text
from conceptdeck.values.regex import regex

__all__ = ["Shape", "label_of", "shape_at"]

SHAPES = (
    ("(((", (")))",)),
    ("((", ("))",)),
    ("([", ("])",)),
    ("[[", ("]]",)),
    ("[(", (")]",)),
    ("[/", ("/]", "\\]")),
    ("[\\", ("\\]", "/]")),
    ("{{", ("}}",)),
    ("[", ("]",)),
    ("(", (")",)),
    ("{", ("}",)),
    (">", ("]",)),
)
ENTITY = regex(r"#(\w{1,8});")
ICON = regex(r"\bfa[bsrl]?:fa-[\w-]+\s*")
MARKDOWN = regex(r"(?s)`(.*)`")
STRESS = regex(r"(\*\*|__|\*|_)(?=\S)(.+?)(?<=\S)\1")


class Shape(NamedTuple):
    """A node's shape: the text in it, and where it ends."""

    text: str
    end: int


def shape_at(text: str, at: int) -> Shape | None:
    """Return the shape that begins at a place, None if none does."""
    for opens, closes in SHAPES:
        if not text.startswith(opens, at):
            continue
        inner = _blanks(text, at + len(opens))
        found = _quoted(text, inner, closes) if text.startswith('"', inner) else _bare(text, at + len(opens), closes)
        if found:
            return found
    return None


def _quoted(text: str, start: int, closes: tuple[str, ...]) -> Shape | None:
    """Return a shape whose text is in quotes, which may hold line breaks and brackets."""
    quote = text.find('"', start + 1)
    after = _blanks(text, quote + 1)
    close = next((close for close in closes if quote > 0 and text.startswith(close, after)), "")
    return Shape(text[start : quote + 1], after + len(close)) if close else None


def _bare(text: str, start: int, closes: tuple[str, ...]) -> Shape | None:
    """Return a shape whose text ends where its first bracket closes, on the same line."""
    line_end = text.find("\n", start)
    stop = line_end if line_end >= 0 else len(text)
    ends = [(found, close) for close in closes if (found := text.find(close, start, stop)) >= 0]
    if not ends:
        return None
    found, close = min(ends)
    return Shape(text[start:found], found + len(close))


def _blanks(text: str, at: int) -> int:
    """Return the next place that is no blank."""
    while at < len(text) and text[at].isspace():
        at += 1
    return at


def label_of(text: str) -> str:
    """Return what a text says, without quotes, icons, marks and entities."""
    text = text.strip()
    if len(text) > 1 and text[0] == text[-1] == '"':
        text = text[1:-1].strip()
    if match := MARKDOWN.fullmatch(text):
        text = STRESS.sub(r"\2", match[1])
    text = ICON.sub("", text)
    if "#" in text:
        text = ENTITY.sub(lambda match: unescape(f"&#{match[1]};" if match[1].isdigit() else f"&{match[1]};"), text)
    return " ".join(plain_text(text).split())
