"""Characters that no text may hold, and texts as messages show them."""

from __future__ import annotations

import unicodedata

from conceptdeck.values.regex import regex

__all__ = [
    "BYTE_ORDER_MARK",
    "DIRECTION",
    "FORBIDDEN",
    "MAX_DIRECTIONS",
    "OPENS",
    "REPLACEMENT",
    "ends_wide",
    "is_blank",
    "named",
    "quoted",
    "visible",
]

_MAX_QUOTED = 60


BYTE_ORDER_MARK = "\ufeff"


REPLACEMENT = "\ufffd"


_PLANE_ENDS = "".join(chr(plane * 0x10000 + low) for plane in range(17) for low in (0xFFFE, 0xFFFF))


# U+0085, U+2028 and U+2029 count as line breaks in YAML and as characters in editors: places would be wrong.
_CONTROLS = "\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028\u2029\ufeff"


FORBIDDEN = regex(f"[{_CONTROLS}\ud800-\udfff\ufdd0-\ufdef{_PLANE_ENDS}]")


_POP_EMBEDDING, _POP_ISOLATE = "\u202c\u2069"


OPENS = {
    **dict.fromkeys("\u202a\u202b\u202d\u202e", _POP_EMBEDDING),
    **dict.fromkeys("\u2066\u2067\u2068", _POP_ISOLATE),
}


MAX_DIRECTIONS = 125  # deeper ones have no effect: Unicode Standard Annex 9, BD2


DIRECTION = regex("[\u202a-\u202e\u2066-\u2069]")


_UNSEEN = regex(f"{FORBIDDEN.pattern}|{DIRECTION.pattern}|[\r\n]")


def is_blank(text: str) -> bool:
    """Tell whether `text` has no visible character: spaces, controls and zero-width characters only."""
    if text[:1].isalnum():  # as most texts start, so that nothing else is looked at
        return False
    return all(unicodedata.category(c) in ("Zs", "Zl", "Zp", "Cc", "Cf") for c in text)


def quoted(text: str) -> str:
    """Return `text` in backticks, shortened and without characters that would upset a terminal."""
    short = text if len(text) <= _MAX_QUOTED else text[: _MAX_QUOTED - 1] + "…"
    return f"`{visible(short)}`"


def visible(text: str) -> str:
    """Return `text`, as long as before, with a dot for each control character."""
    return text if text.isprintable() else _UNSEEN.sub("·", text.replace("\t", " "))


def named(char: str) -> str:
    """Return the code point of `char`, with its name or kind."""
    code = ord(char)
    kind = "noncharacter" if 0xFDD0 <= code <= 0xFDEF or code & 0xFFFE == 0xFFFE else "control character"
    kind = "half of a surrogate pair" if 0xD800 <= code <= 0xDFFF else kind
    return f"U+{code:04X} ({unicodedata.name(char, kind).lower()})"


def ends_wide(text: str) -> bool:
    """Tell whether the last character of a text takes a full square, with its own space after it."""
    return unicodedata.east_asian_width(text[-1:] or " ") in "WF"
