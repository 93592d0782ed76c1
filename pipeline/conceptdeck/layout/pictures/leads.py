"""Links of pictures: a concept leads to its address, else to the first one to read about that stands there too."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from conceptdeck.values.frame import Item, Shape
from conceptdeck.values.items import keys_in

__all__ = ["led"]


def led(items: Sequence[Item], addresses: Mapping[str, str], references: Mapping[str, Sequence[str]]) -> Iterator[Item]:
    """Yield the items of a picture, those that show one name with where it leads: an address, or `#` and an item."""
    shown = {item.name: key for item in items if (key := _name_in(item))}
    home = {key: name for name, key in reversed(shown.items())}
    for item in items:
        key = shown.get(item.name, "")
        near = next((f"#{home[other]}" for other in references.get(key, ()) if other in home and other != key), "")
        link = addresses.get(key, "") or near
        yield replace(item, link=link) if link and isinstance(item, Shape) else item


def _name_in(item: Item) -> str:
    """Return the key of the name that an item shows, empty if it shows none or several."""
    names = [key for key in keys_in(item) if key.endswith(".name")] if isinstance(item, Shape) else []
    return names[0] if len(names) == 1 else ""
