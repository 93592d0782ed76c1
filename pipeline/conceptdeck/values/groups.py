"""Groups of concepts in no order, and attributes that concepts have: a part of the model.

Groups hold references only: a concept that is written in a group is declared among the concepts of the map, and may be
in as many groups as it belongs to.
"""

from __future__ import annotations

from conceptdeck.values.icons import Icon
from conceptdeck.values.text import Ref, Text, about
from conceptdeck.values.value import frozen

__all__ = ["Attribute", "Group", "Groups", "Property", "Subgroup"]


@frozen(kw_only=True)
class Attribute:
    """Something that concepts may have, such as a status or a score."""

    id: str
    key: str
    name: Text = about("What the attribute is called.")
    values: tuple[Text, ...] = about(
        "Value id to label, for an attribute with a few known values; concepts then have these ids.", default=()
    )


@frozen
class Property:
    """What a concept has of one attribute: ids of its known values, else words, or a figure for all languages."""

    id: str
    key: str
    value: tuple[Ref, ...] | Text | str


@frozen(kw_only=True)
class Subgroup:
    """A part of a group, with its concepts."""

    id: str
    key: str
    name: Text = about("The group's name.")
    summary: Text | None = about("What its concepts have in common, as one short sentence.", default=None)
    notes: Text | None = about("What the speaker says.", default=None)
    concepts: tuple[Ref, ...] = about(
        "Ids or names of concepts, or the concepts themselves, as a mapping.", to="concepts", default=()
    )
    icon: Icon | None = about("Its sign beside its name: an icon by name, or the path of an SVG file.", default=None)


@frozen(kw_only=True)
class Group(Subgroup):
    """Concepts that belong together, in no order; what can be said of its parts can be said of it."""

    groups: tuple[Subgroup, ...] = about("The parts of the group, one level deep.", default=())

    def members(self) -> tuple[Ref, ...]:
        """Return the concepts of the group and of its parts."""
        return (*self.concepts, *(ref for part in self.groups for ref in part.concepts))


@frozen(kw_only=True)
class Groups:
    """Groups of concepts, none before another: one slide shows all of them, then there is one for each."""

    title: Text | None = about("The message of the slide that shows all groups.", default=None)
    notes: Text | None = about("What the speaker says on that slide.", default=None)
    items: tuple[Group, ...] = about("The groups.")
