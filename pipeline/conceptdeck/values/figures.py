"""Figures: which texts are numbers, with their signs and units, so that columns of them can be aligned at their end."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence

__all__ = ["align_of", "is_figure"]

MOSTLY = 0.75  # of a column's cells, from which on it is one of figures
SPACE = "[ \u00a0\u2009\u202f]"
GROUPED = f"\\d{{1,3}}(?:(?:[.,'’\u066c]|{SPACE})\\d{{2,3}})+"  # 1,234 and 12,34,567, by any language's mark
NUMBER = f"(?:{GROUPED}|\\d+)(?:[.,\u066b·]\\d+)?(?:[eE][+\\-\u2212]?\\d+)?"
SIGN = "[+\\-\u2212\u2013±~≈<>≤≥]"
CODES = "USD|EUR|GBP|JPY|CHF|CNY|INR|KRW|RUB|TRY|BRL|SEK|NOK|DKK|PLN|CZK|HUF|AED|SAR|EGP|ILS|MXN|CAD|AUD|ZAR"
MONEY = f"(?:[A-Z]{{0,3}}\\$|{CODES}|[€£¥₹₩₽₺₫₴₪฿¢﷼])"
UNIT = f"(?:[%‰٪°′″]|{MONEY}|[^\\W\\d_](?:[^\\s\\d]|[²³])*\\.?)"
WHOLE = (
    f"\\(?(?:{SIGN}{SPACE}?)?(?:{MONEY}{SPACE}?)?(?:{SIGN}{SPACE}?)?{NUMBER}"
    f"(?:{SPACE}?[–\\-]{SPACE}?{NUMBER})?(?:{SPACE}?{UNIT}){{0,2}}\\)?"
)
NOTHING = frozenset({"", "–", "—", "-", "\u2212", "…", "?", "n/a", "na", "n.a.", "k. a.", "k.a.", "n/d", "s.o.", "./."})
LONGEST = 24  # letters: what is longer tells more than a number


def is_figure(text: str) -> bool:
    """Tell whether a text is one number or a range of two, with sign, currency, percent sign or unit beside it."""
    if len(text) > LONGEST or not re.search(r"\d", text):  # most texts, for which the pattern is not even made
        return False
    return re.fullmatch(WHOLE, _unmarked(text)) is not None


def align_of(cells: Sequence[str]) -> str:
    """Return where the cells of a column are aligned: at their end (`r`) if they are figures, else at their start.

    Signs that stand for nothing are neither; a few words among figures follow them.
    """
    said = [cell for cell in cells if _unmarked(cell).casefold() not in NOTHING]
    return "r" if said and sum(map(is_figure, said)) >= MOSTLY * len(said) else "l"


def _unmarked(text: str) -> str:
    """Return a text without the marks that turn its direction, and without spaces around it."""
    if text.isascii():
        return text.strip()
    return "".join(char for char in text if unicodedata.category(char) != "Cf").strip()
