"""The colours of a template: what they are on its slides, and which of them carry text and tell things apart."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from functools import cache

from conceptdeck.reading.imported.taste import Lights, Taste
from conceptdeck.values.colour import blend, contrast, distance, nearest, relit, shaded
from conceptdeck.values.masters import ColourMap, FoundTable, Ground, Shade
from conceptdeck.values.template import SchemeColour
from conceptdeck.values.theme import ACCENTS
from conceptdeck.values.value import frozen

__all__ = ["Colours", "colours_of", "head_of", "opposite_of", "readable_tints", "seen_in"]

ACCENT_NAMES = tuple(f"accent{number}" for number in range(1, ACCENTS + 1))
MORE = ("tx2", "bg2", "tx1")  # where further accents come from
FILLING = ("active", "soft", "panel")  # the tints that areas are filled with
WHITE, BLACK = "F" * 6, "0" * 6


@frozen
class Colours:
    """The palette of a template: what each slot is in the scheme, and as it is seen.

    `faint` are the numbers of accents that were made darker or lighter, `alike` those that others took the place of.
    """

    slots: Mapping[str, SchemeColour]
    seen: Mapping[str, str]
    dark: bool
    faint: tuple[int, ...]
    alike: tuple[int, ...]


def seen_in(scheme: Mapping[str, str], map_: ColourMap, shade: Shade) -> str:
    """Return a colour as it is seen through a colour map; what a scheme lacks is black or white, as Office has it."""
    there = scheme.get(map_.get(shade.name, shade.name))
    return shaded(shade.fixed or there or (WHITE if shade.name.startswith("bg") else BLACK), shade.mod, shade.off)


class _Scheme:
    """A scheme through a colour map, and the shades that each of its colours may take."""

    def __init__(self, scheme: Mapping[str, str], map_: ColourMap, taste: Taste) -> None:
        self.taste = taste.contrasts
        self._scheme = scheme
        self._map = map_
        self.shades = cache(self._shades)

    def hex(self, name: str) -> str:
        """Return a colour of the scheme."""
        return self.seen(Shade(name))

    def seen(self, shade: Shade) -> str:
        """Return a colour as it is seen."""
        return seen_in(self._scheme, self._map, shade)

    def _shades(self, name: str) -> tuple[tuple[SchemeColour, str], ...]:
        """Return the shades of a colour, the nearest first: itself, then darker and lighter ones by turns."""
        own, step = self.hex(name), int(self.taste.step)
        steps = range(100 - step, -1, -step)
        found = [SchemeColour(name), *(each for mod in steps for each in (_darker(name, mod), _lighter(name, mod)))]
        return tuple((each, shaded(own, each.mod, each.off)) for each in found)

    def named(self, shade: Shade) -> tuple[SchemeColour, str]:
        """Return a colour as one of the scheme, the nearest if it is none, and as that is seen."""
        if shade.name in self._map and not shade.fixed:
            return SchemeColour(shade.name, shade.mod, shade.off), self.seen(shade)
        found = _alike(self, self.seen(shade))
        return found, shaded(self.hex(found.name), found.mod, found.off)

    def near(self, name: str) -> tuple[tuple[SchemeColour, str], ...]:
        """Return the shades of a colour that are not too far from it."""
        return tuple(each for each in self.shades(name) if each[0].mod >= self.taste.least)


def _darker(name: str, mod: float) -> SchemeColour:
    return SchemeColour(name, mod)


def _lighter(name: str, mod: float) -> SchemeColour:
    return SchemeColour(name, mod, 100 - mod)


def colours_of(scheme: Mapping[str, str], map_: ColourMap, ground: Ground, text: Shade | None, taste: Taste) -> Colours:
    """Return the palette for slides on a ground, where the template sets texts in a colour."""
    there = _Scheme(scheme, map_, taste)
    page = there.seen(ground.shade)
    named = ground.shade.name if ground.shade.name in map_ and not ground.shade.fixed else ""
    slots = {"page": SchemeColour(named, ground.shade.mod, ground.shade.off) if named else _alike(there, page)}
    slots["ink"], ink = _ink(there, page, text)
    seen = {"page": page, "ink": ink}
    slots["card"], seen["card"] = _card(there, slots["page"], page, ink)
    slots["secondary"], seen["secondary"] = _secondary(there, slots["ink"], seen)
    accents, faint, alike = _accents(there, seen)
    for number, (shade, colour) in enumerate(accents, start=1):
        slots[f"accent{number}"], seen[f"accent{number}"] = shade, colour
    order = ("page", "card", "ink", "secondary", *ACCENT_NAMES)
    return Colours(
        {slot: slots[slot] for slot in order},
        {slot: seen[slot] for slot in order},
        contrast(page, WHITE) > contrast(page, BLACK),
        faint,
        alike,
    )


def head_of(
    table: FoundTable, scheme: Mapping[str, str], map_: ColourMap, colours: Colours, taste: Taste
) -> dict[str, str]:
    """Return the slots of ground and text of the first row of tables; none if it has no ground, or one without a slot.

    The text takes the colour that the template has for it, if that is a slot and can be read there, else another.
    """
    if table.ground is None:
        return {}
    there = _Scheme(scheme, map_, taste)
    asked = there.seen(table.ground)
    name = map_.get(table.ground.name, table.ground.name)
    same = {slot for slot, shade in colours.slots.items() if map_.get(shade.name, shade.name) == name}
    near = {slot: 0.0 if slot in same else distance(colour, asked) for slot, colour in colours.seen.items()}
    ground = min(near, key=lambda slot: near[slot])
    if near[ground] >= taste.contrasts.alike:
        return {}
    on = colours.seen[ground]
    wanted = there.seen(table.text) if table.text else on
    texts = [slot for slot in ("page", "card", "ink") if contrast(colours.seen[slot], on) >= taste.contrasts.text]
    if ground == "page" or not texts:
        return {}
    return {"ground": ground, "text": min(texts, key=lambda slot: distance(colours.seen[slot], wanted))}


def _alike(there: _Scheme, colour: str) -> SchemeColour:
    """Return the colour of the scheme that is nearest to one that is not of it."""
    shades = (each for name in ("bg1", "bg2", "tx1", "tx2", *ACCENT_NAMES) for each in there.shades(name))
    return min(shades, key=lambda each: distance(each[1], colour))[0]


def _ink(there: _Scheme, page: str, text: Shade | None) -> tuple[SchemeColour, str]:
    """Return the colour of texts: that which the template means, if it can be read on the page."""
    plain = [(SchemeColour(name), there.hex(name)) for name in ("tx1", "bg1", "tx2", "bg2")]
    if text:
        plain.insert(0, there.named(text))
    for least in (there.taste.ink, there.taste.text):
        for each in plain:
            if contrast(each[1], page) >= least:
                return each
    return max(
        (each for name in ("tx1", "bg1") for each in there.shades(name)), key=lambda each: contrast(each[1], page)
    )


def _card(there: _Scheme, shade: SchemeColour, page: str, ink: str) -> tuple[SchemeColour, str]:
    """Return the ground of cards: a little off the page, and as far from the ink."""
    least, most = there.taste.card
    tones = [
        (SchemeColour(shade.name, mod, off), shaded(there.hex(shade.name), mod, off)) for mod, off in _off(shade, there)
    ]
    for each in ((SchemeColour("bg2"), there.hex("bg2")), *tones):
        if least <= contrast(each[1], page) <= most and contrast(each[1], ink) >= there.taste.ink:
            return each
    return shade, page


def _off(shade: SchemeColour, there: _Scheme) -> Iterator[tuple[float, float]]:
    """Yield shades of a colour that are further and further from it, darker ones first."""
    step = int(there.taste.step)
    for less in range(step, 100 - int(there.taste.least), step):
        mod = shade.mod * (100 - less) / 100
        yield round(mod, 1), shade.off
        yield round(mod, 1), round(shade.off * (100 - less) / 100 + less, 1)


def _secondary(there: _Scheme, ink: SchemeColour, seen: Mapping[str, str]) -> tuple[SchemeColour, str]:
    """Return the colour of texts that matter less: the faintest shade of the ink that reads well."""
    found = [each for each in there.shades(ink.name) if _least(each[1], seen) >= there.taste.secondary]
    faintest = min(found, key=lambda each: _least(each[1], seen), default=None)
    return faintest or (ink, seen["ink"])


def _least(colour: str, seen: Mapping[str, str]) -> float:
    """Return the contrast of a colour with the page or with cards, whichever is less."""
    return min(contrast(colour, seen["page"]), contrast(colour, seen["card"]))


def _accents(
    there: _Scheme, seen: Mapping[str, str]
) -> tuple[list[tuple[SchemeColour, str]], tuple[int, ...], tuple[int, ...]]:
    """Return the accents, the numbers of those that were shaded, and of those that others took the place of."""

    def contrasted(colour: str) -> float:
        return _least(colour, seen)

    found = {"ink": (SchemeColour("tx1"), seen["ink"])}  # accents are unlike it, too
    alike: list[int] = []
    for number, name in enumerate(ACCENT_NAMES, start=1):
        near = (each for each in there.near(name) if contrasted(each[1]) >= there.taste.text)
        fit = next((each for each in near if _apart(each[1], found) >= there.taste.alike), None)
        if fit is None:
            alike.append(number)
        else:
            found[name] = fit
    for number in alike:
        found[f"accent{number}"] = _furthest(there, found, contrasted)
    changed = [number for number, name in enumerate(ACCENT_NAMES, start=1) if found[name][0] != SchemeColour(name)]
    faint = tuple(number for number in changed if number not in alike)
    return [found[name] for name in ACCENT_NAMES], faint, tuple(alike)


def _apart(colour: str, found: Mapping[str, tuple[SchemeColour, str]]) -> float:
    """Return how far a colour is from the nearest of those found."""
    return min((distance(colour, other) for _, other in found.values()), default=1.0)


def _furthest(
    there: _Scheme, found: Mapping[str, tuple[SchemeColour, str]], contrasted: Callable[[str], float]
) -> tuple[SchemeColour, str]:
    """Return the readable shade of the scheme that is furthest from all accents that were found."""
    names = (*ACCENT_NAMES, *MORE)
    near, all_ = ([each for name in names for each in shades(name)] for shades in (there.near, there.shades))
    for pool in (near, all_):
        if readable := [each for each in pool if contrasted(each[1]) >= there.taste.text]:
            return max(readable, key=lambda each: _apart(each[1], found))
    return max(all_, key=lambda each: contrasted(each[1]))


def opposite_of(colours: Colours, taste: Taste) -> dict[str, str]:
    """Return the palette for the other surroundings: of the same hues, made to be read there."""
    lights: Lights = taste.opposite.day if colours.dark else taste.opposite.night
    full, seen = taste.opposite.full, colours.seen
    found = {
        "page": relit(seen["page"] if colours.dark else seen["ink"], lights.page, full),
        "card": relit(seen["page"] if colours.dark else seen["ink"], lights.card, full),
        "ink": relit(seen["ink"] if not colours.dark else seen["page"], lights.ink, full),
        "secondary": relit(seen["secondary"], lights.secondary, full),
    }
    grounds = (found["page"], found["card"])
    texts = {slot: found.get(slot, seen[slot]) for slot in ("ink", "secondary", *ACCENT_NAMES)}
    most = BLACK if colours.dark else WHITE
    read = {slot: nearest(colour, grounds, taste.contrasts.text) or most for slot, colour in texts.items()}
    return found | read


def readable_tints(palettes: tuple[Mapping[str, str], ...], tints: Mapping[str, float], least: float) -> bool:
    """Tell whether the ink of palettes can be read on tints of all their accents."""
    return all(
        contrast(each["ink"], blend(each[name], each[ground], share)) >= least
        for each in palettes
        for name in ACCENT_NAMES
        for ground in ("page", "card")
        for tint, share in tints.items()
        if tint in FILLING and share < 1
    )
