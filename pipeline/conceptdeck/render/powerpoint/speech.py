"""What DrawingML says of the language of runs and paragraphs: which it is, which way it runs, how its lines end."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

from conceptdeck.values.languages import culture, is_rtl, is_western, runs_rtl, script, stretches

__all__ = ["breaking", "direction", "manner", "spoken", "voices"]


@cache
def spoken(language: str, found: str = "") -> str:
    """Return the attributes that say a run's language: the deck's, or the culture `found` with the deck's beside it.

    In languages that are not written in what Office calls the Latin font, English is the other language.
    """
    own = culture(language)
    if found and found != own:
        return f'lang="{found}" altLang="{own}"'
    return f'lang="{own}"' + ("" if is_western(language) else ' altLang="en-US"')


def voices(text: str, language: str, own: str = "") -> Iterator[tuple[str, str]]:
    """Yield a text in pieces of one language each, with the attributes that say which; its `own` may be another one."""
    for piece, found in stretches(text, own or language):
        yield piece, spoken(language, found)


def direction(language: str, text: str = "", own: str = "") -> str:
    """Return the attribute that turns a paragraph of `text`, nothing if it and its language are read from the left.

    The text may be in another language of its `own`.
    """
    turned = runs_rtl(text, own or language)
    return f' rtl="{int(turned)}"' if turned or is_rtl(language) else ""


def manner(language: str, text: str = "", own: str = "") -> str:
    """Return the attributes of a paragraph that follow from its language: no punctuation hangs beyond a line's end."""
    return direction(language, text, own) + breaking(own or language)


def breaking(tongue: str) -> str:
    """Return how the lines of a language end."""
    hanging = "" if is_western(tongue) or is_rtl(tongue) else ' hangingPunct="0"'
    return hanging + (' eaLnBrk="0"' if script(tongue) == "Kore" else "")  # Korean words stay whole
