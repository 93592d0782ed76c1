"""Bytes of other programs become text, and text becomes what a map may hold."""

from __future__ import annotations

import codecs
import unicodedata

from conceptdeck.importing.rules import CANNOT_IMPORT, TOO_MANY_TO_IMPORT
from conceptdeck.values.characters import FORBIDDEN, OPENS, is_blank
from conceptdeck.values.diagnostics import Failure, Span
from conceptdeck.values.regex import regex

__all__ = ["MAX_CHARACTERS", "clean", "decoded", "one_line", "refusal"]

MAX_CHARACTERS = 8_000_000
MARKS = (
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
SPACES = regex(r"[ \t\r\n\f\v\x85\u2028\u2029]+")
LINE_ENDS = regex("\r\n|[\r\v\f\x85\u2028\u2029]")
CLOSES = frozenset(OPENS.values())


def refusal(message: str, path: str, line: int = 0, hint: str = "") -> Failure:
    """Return the failure of a file that is not what its format asks for."""
    return Failure([CANNOT_IMPORT.at(message, Span(path, line, 1 if line else 0), hints=(hint,) if hint else ())])


def decoded(data: bytes, path: str) -> str:
    """Return the text of a file: by its byte order mark, else UTF-8, UTF-16 by its zero bytes, else Windows-1252.

    Raises Failure if it is too long or no text.
    """
    if len(data) > MAX_CHARACTERS * 2:
        raise _too_long(path)
    encoding = next((name for mark, name in MARKS if data.startswith(mark)), "") or _without_mark(data)
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError as error:
        raise refusal(f"its bytes are not text in {encoding}", path) from error
    if len(text) > MAX_CHARACTERS:
        raise _too_long(path)
    if "\0" in text[:4096]:
        raise refusal("it is not a text file", path)
    return LINE_ENDS.sub("\n", text)


def _too_long(path: str) -> Failure:
    return Failure([TOO_MANY_TO_IMPORT.at(f"the file has more than {MAX_CHARACTERS:,} characters", Span(path))])


def _without_mark(data: bytes) -> str:
    """Return the encoding of a text without a byte order mark."""
    start = data[:400]
    if len(start) > 3 and start[1::2].count(0) > len(start) // 4 > start[::2].count(0):
        return "utf-16-le"
    if len(start) > 3 and start[::2].count(0) > len(start) // 4 > start[1::2].count(0):
        return "utf-16-be"
    try:
        data.decode()
    except UnicodeDecodeError:
        return (
            "latin-1"
            if any(0x80 <= byte < 0xA0 and byte in (0x81, 0x8D, 0x8F, 0x90, 0x9D) for byte in data)
            else "cp1252"
        )
    return "utf-8"


def clean(text: str) -> str:
    """Return a text without characters that no map may hold, its line ends as ours, nothing blank around it."""
    text = FORBIDDEN.sub("", LINE_ENDS.sub("\n", text)) if not text.isascii() or not text.isprintable() else text
    if not text.isascii():
        text = _balanced(unicodedata.normalize("NFC", text))
    return "" if is_blank(text) else text.strip(" \t\n")


def one_line(text: str) -> str:
    """Return a text on one line, without characters that no map may hold."""
    return SPACES.sub(" ", clean(text)).strip()


def _balanced(text: str) -> str:
    """Return a text without its direction marks if one of them is not closed, or is not open."""
    waiting: list[str] = []
    for char in text:
        if char in OPENS:
            waiting.append(OPENS[char])
        elif char in CLOSES and (not waiting or waiting.pop() != char):
            return _undirected(text)
    return _undirected(text) if waiting else text


def _undirected(text: str) -> str:
    return "".join(char for char in text if char not in OPENS and char not in CLOSES)
