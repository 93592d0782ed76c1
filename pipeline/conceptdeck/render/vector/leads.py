"""Ids of pictures and of what is in them, and the links of pictures."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import NamedTuple

from conceptdeck.values.frame import Drawing
from conceptdeck.values.items import link_of, said
from conceptdeck.values.regex import regex

__all__ = ["NOWHERE", "PREFIX", "Leads", "element_id", "picture_leads"]

PREFIX = "cd"  # ids and classes of a page that the picture is put into begin otherwise
PLAIN_ID = regex(r"[^A-Za-z0-9-]")


def element_id(*names: str) -> str:
    """Return an id made of names; other names give another id."""
    return "--".join([PREFIX, *map(plain_id, names)])


def plain_id(name: str) -> str:
    """Return a name in characters that an id may have; other names give another one."""
    return PLAIN_ID.sub(lambda found: f"_{ord(found[0]):x}_", name)


class Leads(NamedTuple):
    """Where items of a picture lead, as address and title, and the ids of those that others lead to; both by name."""

    links: Mapping[str, tuple[str, str]] = MappingProxyType({})
    ids: Mapping[str, str] = MappingProxyType({})


NOWHERE = Leads()


def picture_leads(drawing: Drawing, id_: str) -> Leads:
    """Return the links of a drawing: to addresses, and from one of its items to another."""
    leading = {item.name: link for item in drawing.items if (link := link_of(item))}
    names = {item.name: " ".join(said(item).split()) for item in drawing.items}
    met = dict.fromkeys(link[1:] for link in leading.values() if link.startswith("#"))
    ids = {name: f"{id_}--{plain_id(name)}" for name in met}
    links = {}
    for name, link in leading.items():
        inner = link.startswith("#")
        address, what = (f"#{ids[link[1:]]}", names[link[1:]]) if inner else (link, link)
        links[name] = address, f"{names[name]} – {what}"
    return Leads(links, ids)
