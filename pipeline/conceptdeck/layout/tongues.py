"""What the languages of a text say of how it is set: its line pitch, and the look of a second language."""

from __future__ import annotations

from conceptdeck.values.frame import Run
from conceptdeck.values.text import Passage, Text
from conceptdeck.values.theme import Role, Theme

__all__ = ["pitched", "second_run"]


def pitched(text: Text, theme: Theme, language: str) -> float:
    """Return the line pitch that a text needs for its languages, as a multiple of that of `language`."""
    if text.beside:
        tongues = (text.language or language, text.beside.language)
        return max(1.0, max(map(theme.leading, tongues)) / theme.leading(language))
    return theme.leading(text.language) / theme.leading(language) if text.language else 1.0


def second_run(said: Passage, role: Role, size: float, slot: str, theme: Theme) -> Run:
    """Return what says a text of a role and a size in a second language, on a line of its own."""
    share = theme.second_share(role)
    return Run(f"\n{said.text}", size * share, slot, major=role.major, language=said.language, share=share)
