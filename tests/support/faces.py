"""The faces that ship with the themes, and texts to set in them."""

from __future__ import annotations

from conceptdeck.typeset.fonts import Family
from support.decks import ROOT

FONTS = ROOT / "themes" / "fonts"


def family(name: str, folder: str, stem: str) -> Family:
    """Return a family whose faces lie in `folder`."""
    return Family(name, stem, f"{folder}/{stem}-Regular.ttf", f"{folder}/{stem}-Bold.ttf")


FAMILIES = (
    family("Georgia", "gelasio", "Gelasio"),
    family("Calibri", "carlito", "Carlito"),
    family("Arial", "arimo", "Arimo"),
    family("Noto Sans", "noto-sans", "NotoSans"),
    family("Noto Sans Arabic", "noto-sans-arabic", "NotoSansArabic"),
    family("Noto Sans JP", "metrics-jp", "MetricsJP"),
    family("Noto Sans SC", "metrics-sc", "MetricsSC"),
    family("Noto Sans KR", "metrics-kr", "MetricsKR"),
    family("Noto Sans Thai", "noto-sans-thai", "NotoSansThai"),
)


FALLBACKS = ("Noto Sans", "Noto Sans Arabic", "Noto Sans JP", "Noto Sans SC")


def read_font(path: str) -> bytes:
    """Read a font below the font folder."""
    return (FONTS / path).read_bytes()


ENGLISH = "A world model predicts what happens next, so that a robot can try an action before it moves."


GERMAN = "Physische KI verbindet Wahrnehmung, Weltmodell und Handlung zu einem geschlossenen Regelkreis."
