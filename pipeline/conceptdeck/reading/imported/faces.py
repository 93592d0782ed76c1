"""The fonts of a template: which faces measure them, and what stands in where there are none."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping

from conceptdeck.reading import source
from conceptdeck.reading.design import FONT_NAME, Family
from conceptdeck.reading.excerpts import SourceText
from conceptdeck.reading.fields import FieldReader
from conceptdeck.reading.findings import Findings
from conceptdeck.reading.imported.taste import StandIn, Taste
from conceptdeck.values.masters import FoundHolder, FoundMaster
from conceptdeck.values.value import frozen

__all__ = ["Fonts", "families_in", "fonts_of"]


@frozen
class Fonts:
    """The fonts of headings and of all else, and what stands in for those without faces, by name.

    `unnamed` are fonts whose names a theme cannot write; the family that stands in is named instead.
    """

    major: str
    minor: str
    stand_ins: tuple[tuple[str, StandIn], ...]
    unnamed: tuple[str, ...]


def families_in(base: SourceText) -> Mapping[str, Family]:
    """Return the families that the shipped base has faces for."""
    node, _ = source.parse(base.text, base.path)
    parts = node.entries if isinstance(node, source.Mapping) else ()
    families = next((value for key, value in parts if key.value == "families"), None)
    assert isinstance(families, source.Mapping)  # the base has them
    reader = FieldReader(Findings(base.path))
    entries = ((key, value) for key, value in families.entries if isinstance(value, source.Mapping))
    found = {key.value: reader.record(value, Family, "", key) for key, value in entries}
    return {name: family for name, family in found.items() if family is not None}


def fonts_of(
    master: FoundMaster, title: FoundHolder | None, text: FoundHolder | None, known: Collection[str], taste: Taste
) -> Fonts:
    """Return the fonts that titles and texts of a master resolve to; those of `known` families have faces."""
    asked = [
        master.font(title.font if title else "+mj-lt") or master.major,
        master.font(text.font if text else "+mn-lt") or master.minor,
    ]
    named = [_named(each, known, taste) for each in asked]
    stand_ins = {name: taste.stand_ins.get(name, taste.other) for name in named if name not in known}
    return Fonts(named[0], named[1], tuple(stand_ins.items()), tuple(_unnamed(asked, named)))


def _named(font: str, known: Collection[str], taste: Taste) -> str:
    """Return the name of a font as a theme writes it, spelt as families and stand-ins are."""
    spelt = {each.casefold(): each for each in (*taste.stand_ins, *known)}
    name = spelt.get(font.strip().casefold(), font.strip())
    return name if re.fullmatch(FONT_NAME.written, name) else taste.other.like


def _unnamed(asked: list[str], named: list[str]) -> Iterator[str]:
    """Yield the fonts that are not named as they are, each once."""
    pairs = dict.fromkeys(zip(asked, named, strict=True))
    return (one for one, other in pairs if one.strip().casefold() != other.casefold())
