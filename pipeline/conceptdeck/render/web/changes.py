"""The changes of a deck on one page: old and new texts side by side, slide by slide, with what differs marked."""

from __future__ import annotations

from collections.abc import Mapping

from conceptdeck.render.web.page import Page, write_page
from conceptdeck.values.theme import Theme
from conceptdeck.values.value import frozen

__all__ = ["ChangedSlide", "Changes", "Difference", "scheme_colours", "write_changes"]

Pieces = tuple[tuple[str, bool], ...]


@frozen
class Difference:
    """One change: of which kind and group, where, the old and the new text in pieces, and what else is told of it.

    Comments have an author and a date.
    """

    kind: str
    group: str
    place: str
    old: Pieces = ()
    new: Pieces = ()
    told: tuple[str, ...] = ()
    author: str = ""
    date: str = ""


@frozen
class ChangedSlide:
    """A slide with changes: its number, its title, and what was changed on it."""

    number: int
    title: str
    differences: tuple[Difference, ...]


@frozen
class Changes:
    """What was changed in a deck: its name, what it is compared with, the language of its texts, and its slides."""

    name: str
    about: str
    language: str
    slides: tuple[ChangedSlide, ...]
    groups: tuple[tuple[str, str, int], ...]


def write_changes(changes: Changes, theme: Theme, page: Page) -> str:
    """Return the page as HTML that needs nothing else; it is in English, its texts in the language of the deck."""
    values: dict[str, object] = {"changes": changes}
    whole = page.with_style(f"{scheme_colours(theme)}\n{page.style.strip()}\n{_filters(changes)}\n")
    return write_page(whole, "en", {}, values, "ltr")[0]


def scheme_colours(theme: Theme) -> str:
    """Return the theme's colours as variables, for a page in both schemes."""
    light, dark = (_variables(theme.palette(dark=each), theme.goal) for each in (False, True))
    return (
        f':root {{ --major: "{theme.major}"; {light} }}\n'
        f"@media screen and (prefers-color-scheme: dark) {{ :root {{ {dark} }} }}"
    )


def _variables(palette: Mapping[str, str], goal: int) -> str:
    slots = {"page": "page", "card": "card", "ink": "ink", "secondary": "secondary", "accent": f"accent{goal}"}
    return " ".join(f"--{name}: #{palette[slot]};" for name, slot in slots.items())


def _filters(changes: Changes) -> str:
    """Return the rules that show one group of changes only; they work without a script."""
    return "\n".join(
        f'body:has([value="{group}"]:checked) [data-group]:not([data-group="{group}"]),\n'
        f'body:has([value="{group}"]:checked) section:not(:has([data-group="{group}"])) {{ display: none; }}'
        for group, _, _ in changes.groups
    )
