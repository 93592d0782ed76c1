"""Templates of others for a build: the file that a theme names, opened within bounds."""

from __future__ import annotations

from collections.abc import Mapping

from conceptdeck.values.diagnostics import Failure
from conceptdeck.values.rules import ERROR, Rule
from conceptdeck.values.theme import Theme
from conceptdeck.values.value import frozen
from conceptdeck.workspace import disk
from conceptdeck.workspace.house import House, nearest

__all__ = ["Housing", "housing_for"]

BAD_TEMPLATE = Rule("bad-template", "theme and files", ERROR, "no template that decks can be built on").because("""
    A theme names a presentation or a template of PowerPoint. It stands beside the theme, is not locked, and holds a
    slide master and layouts.
""")


@frozen
class Housing:
    """The file of a template: its bytes, and how messages call it."""

    data: bytes
    shown: str

    def parts(self) -> Mapping[str, bytes]:
        """Return all parts; raises Failure if it is no package."""
        from conceptdeck.checks.package.archive import unpacked  # most builds have no such template

        parts, problems = unpacked(self.data, self.shown, whole=True)
        if "[Content_Types].xml" not in parts or "_rels/.rels" not in parts:
            raise Failure(problems or [BAD_TEMPLATE.at(f"`{self.shown}` is not a presentation")])
        return parts


def housing_for(theme: Theme, around: House) -> Housing | None:
    """Return the template that a theme names, None if it names none; raises Failure if it is not there."""
    if theme.template is None:
        return None
    name = theme.template.file
    path = nearest(name, around.own, BAD_TEMPLATE, f"there is no file `{name}`")
    return Housing(disk.read_bytes(path), disk.shown(path))
