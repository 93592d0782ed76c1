"""What came of a fleet on one page: how many jobs came to which end, and what failed, why and where."""

from __future__ import annotations

from conceptdeck.render.web.changes import scheme_colours
from conceptdeck.render.web.page import Page, write_page
from conceptdeck.values.theme import Theme
from conceptdeck.values.value import frozen

__all__ = ["Fleet", "Group", "Trouble", "write_fleet"]


@frozen
class Group:
    """How many jobs one rule has stopped."""

    code: str
    count: int


@frozen
class Trouble:
    """A job that failed, or that kept a file: of which map, what it was to make, the rules, and what is said of it."""

    source: str
    what: str
    state: str
    codes: tuple[str, ...]
    said: tuple[str, ...]


@frozen
class Fleet:
    """The numbers of maps and jobs, the jobs by their end, and what somebody must look at; `left` are not shown."""

    maps: int
    jobs: int
    states: tuple[tuple[str, int], ...]
    groups: tuple[Group, ...]
    troubles: tuple[Trouble, ...]
    left: int
    lines: str


def write_fleet(fleet: Fleet, theme: Theme, page: Page) -> str:
    """Return the page as HTML that needs nothing else; it is in English, as all that the program says to who runs it."""
    whole = page.with_style(f"{scheme_colours(theme)}\n{page.style.strip()}\n{_filters(fleet)}\n")
    return write_page(whole, "en", {}, {"fleet": fleet}, "ltr")[0]


def _filters(fleet: Fleet) -> str:
    """Return the rules that show the jobs one rule has stopped; they work without a script."""
    return "\n".join(
        f'body:has([value="{each.code}"]:checked) article:not([data-codes~="{each.code}"]) {{ display: none; }}'
        for each in fleet.groups
    )
