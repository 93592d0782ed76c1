"""A template becomes a theme: what was found and chosen, written as YAML with the template's own words beside it."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import replace
from typing import Any

from conceptdeck.reading.design import Family
from conceptdeck.reading.imported.choosing import KINDS, Choice, Tied, chosen, on_one_line, shown_name, titled
from conceptdeck.reading.imported.faces import Fonts, fonts_of
from conceptdeck.reading.imported.palette import Colours, colours_of, head_of, opposite_of, readable_tints
from conceptdeck.reading.imported.remarks import Draft, remarks_of
from conceptdeck.reading.imported.room import Area, area_of, standing
from conceptdeck.reading.imported.taste import Taste
from conceptdeck.values.diagnostics import Diagnostic
from conceptdeck.values.masters import FoundHolder, FoundTemplate
from conceptdeck.values.regex import regex
from conceptdeck.values.template import SchemeColour
from conceptdeck.values.theme import ACCENTS
from conceptdeck.values.units import EMU_PER_INCH, Box
from conceptdeck.values.value import frozen

__all__ = ["Imported", "Source", "import_theme"]

SIDE, PLACE = 7, 4  # decimals of inches: sizes of slides are exact, as those that have names are
WIDTH = 120  # of a line
SCHEMA = "# yaml-language-server: $schema=theme.schema.json"


@frozen
class Source:
    """A template that becomes a theme: what messages call it, the theme's name, and its path from there on.

    `families` are those that have faces here; `own` are the user's, which need no word in the theme.
    """

    path: str
    name: str
    file: str
    families: Mapping[str, Family]
    own: Collection[str] = ()


@frozen
class Imported:
    """A theme made of a template: its text, what was chosen for it, and what is to be said of it."""

    text: str
    choice: Choice
    colours: Colours
    area: Area
    fonts: Fonts
    remarks: tuple[Diagnostic, ...]


def import_theme(template: FoundTemplate, origin: Source, taste: Taste) -> Imported | None:
    """Return the theme that a template makes, None if none of its layouts can be named."""
    choice = chosen(template, taste)
    if choice is None:
        return None
    choice = replace(choice, others=titled(choice.others, choice.master, template.size, taste))
    layout, _ = standing(choice.others.layout, choice.master, template.size, taste)
    body = next((each for each in choice.master.holders if each.type == "body"), None)
    written = body.colour if body else None
    colours = colours_of(choice.master.scheme, layout.map, layout.ground, written, taste)
    area = area_of(choice.others.layout, choice.master, template.size, taste)
    fonts = fonts_of(choice.master, choice.others.holders.get("title"), body, {*origin.families, *origin.own}, taste)
    remarks = remarks_of(Draft(template, choice, colours, area, fonts), taste, origin.path)
    opposite = opposite_of(colours, taste)
    tree: dict[str, Any] = {
        "extends": "base",
        "name": origin.name,
        "dark": colours.dark,
        "size": [round(side / EMU_PER_INCH, SIDE) for side in template.size],
        "colours": _palette(colours.seen),
        "opposite": _palette(opposite),
        "fonts": {"major": fonts.major, "minor": fonts.minor},
    }
    if fonts.stand_ins:
        tree["families"] = {each: _family(origin.families[by.like], by.width) for each, by in fonts.stand_ins}
    if head := head_of(template.table, choice.master.scheme, layout.map, colours, taste):
        tree["table"] = head
    tints = taste.night_tints
    if colours.dark and readable_tints((colours.seen, opposite), tints, taste.contrasts.text):
        tree["tints"] = dict(tints)
    tree["template"] = {
        "file": origin.file,
        "area": {"title": _place(area.title), "content": _place(area.content)},
        "layouts": {kind: _tie(_sized(kind, choice.ties[kind], taste)) for kind in KINDS if kind in choice.ties},
        "others": _tie(choice.others),
        "scheme": {slot: _scheme(colour) for slot, colour in colours.slots.items()},
    }
    text = "\n".join((SCHEMA, *_head(template, choice, remarks, origin.file), *_lines(tree, _comments(choice)), ""))
    return Imported(text, choice, colours, area, fonts, remarks)


# --- values ----------------------------------------------------------------------------------------


def _palette(seen: Mapping[str, str]) -> dict[str, Any]:
    accents = [seen[f"accent{number}"] for number in range(1, ACCENTS + 1)]
    return {**{slot: seen[slot] for slot in ("page", "card", "ink", "secondary")}, "accents": accents}


def _family(like: Family, width: float) -> dict[str, Any]:
    """Return a family that is measured with the faces of another one."""
    faces = {"regular": like.regular, "bold": like.bold, "italic": like.italic, "bold-italic": like.bold_italic}
    found: dict[str, Any] = {name: file for name, file in faces.items() if file}
    return {
        **found,
        **({"instead": list(like.instead)} if like.instead else {}),
        **({"width": width} if width != 1 else {}),
    }


def _sized(kind: str, tied: Tied, taste: Taste) -> Tied:
    """Return a layout with a size for the title of covers, if it says none."""
    title = tied.holders.get("title")
    if kind != "cover" or title is None or title.size:
        return tied
    return replace(tied, holders={**tied.holders, "title": replace(title, size=taste.cover_title)})


def _tie(tied: Tied) -> dict[str, Any]:
    return {"layout": tied.layout.part, "holders": {name: _holder(each) for name, each in tied.holders.items()}}


def _holder(holder: FoundHolder) -> dict[str, Any]:
    assert holder.box  # those without are not chosen
    return {
        "type": holder.type,
        **({"idx": holder.idx} if holder.idx else {}),
        "box": _place(holder.box),
        **({"anchor": holder.anchor} if holder.anchor != "t" else {}),
        **({"align": holder.align} if holder.align != "l" else {}),
        **({"size": min(holder.size, 400.0)} if holder.size else {}),
        **({"bold": True} if holder.bold else {}),
        **({"added": True} if holder.added else {}),
        **({"margins": [_inches(max(each, 0)) for each in holder.margins]} if any(holder.margins) else {}),
    }


def _scheme(colour: SchemeColour) -> dict[str, Any]:
    changed = {"mod": colour.mod} if colour.mod != 100 else {}
    return {"name": colour.name, **changed, **({"off": colour.off} if colour.off else {})}


def _place(box: Box) -> list[float]:
    return [max(_inches(each), 0.0) for each in (box.x, box.y, box.w, box.h)]


def _inches(length: int) -> float:
    return round(length / EMU_PER_INCH, PLACE)


# --- text ------------------------------------------------------------------------------------------


def _head(template: FoundTemplate, choice: Choice, remarks: Iterable[Diagnostic], file: str) -> Iterator[str]:
    """Yield comments that say what the theme is of, and what could not be taken over."""
    yield f"# Made of the template {on_one_line(file)} by `conceptdeck theme import`; all of it may be changed."
    if len(template.masters) > 1:
        yield f"# It has {len(template.masters)} masters; slides take the most complete one, {choice.master.part}."
    for each in remarks:
        yield from _wrapped(f"{on_one_line(each.message)}.")
    if choice.unused:
        names = ", ".join(shown_name(each) for each in choice.unused)
        yield from _wrapped(f"Layouts that no slide takes: {on_one_line(names)}.")


def _comments(choice: Choice) -> dict[tuple[str, ...], str]:
    """Return the template's own names of the layouts, by where these stand."""
    found = {("template", "layouts", kind): shown_name(each.layout) for kind, each in choice.ties.items()}
    return found | {("template", "others"): shown_name(choice.others.layout)}


def _wrapped(text: str) -> Iterator[str]:
    line = "#"
    for word in text.split():
        if len(line) + len(word) >= WIDTH:
            yield line
            line = "#"
        line += f" {word}"
    yield line


def _lines(tree: Mapping[str, Any], comments: Mapping[tuple[str, ...], str], at: tuple[str, ...] = ()) -> Iterator[str]:
    """Yield the lines of a mapping; what holds no further mapping stands on one."""
    indent = "  " * len(at)
    for key, value in tree.items():
        here = (*at, key)
        beside = f"  # {comments[here]}" if here in comments else ""
        if not at and isinstance(value, dict):
            yield ""
        if isinstance(value, dict) and any(isinstance(each, dict) for each in value.values()):
            yield f"{indent}{_word(key)}:{beside}"
            yield from _lines(value, comments, here)
        else:
            yield f"{indent}{_word(key)}: {_flow(value)}{beside}"


def _flow(value: Any) -> str:
    """Return a value on one line."""
    if isinstance(value, dict):
        return f"{{{', '.join(f'{_word(key)}: {_flow(each)}' for key, each in value.items())}}}"
    if isinstance(value, list):
        return f"[{', '.join(map(_flow, value))}]"
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int | float):
        return f"{value:.{SIDE}f}".rstrip("0").rstrip(".")
    return _word(str(value))


def _word(text: str) -> str:
    """Return a text as YAML, in quotes unless nobody could take it for something else than a word."""
    return text if WORD.fullmatch(text) and not NUMBER.fullmatch(text) else json.dumps(text, ensure_ascii=False)


WORD = regex("[A-Za-z0-9](?:[A-Za-z0-9 ./-]*[A-Za-z0-9])?")
NUMBER = regex("[0-9.]+([eE][0-9]+)?|(?i:true|false|yes|no|on|off|null|[yn])")
