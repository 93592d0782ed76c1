"""A first theme: small, on top of one that exists, and explained part by part, for a house to write over."""

from __future__ import annotations

from conceptdeck.reading.rules import BAD_ID
from conceptdeck.values.characters import quoted
from conceptdeck.values.diagnostics import Diagnostic
from conceptdeck.values.theme import ACCENTS, Theme

__all__ = ["check_theme_name", "first_theme"]


def first_theme(key: str, base: Theme) -> str:
    """Return the text of a theme called `key` that looks as the one that it extends, until it is written over."""
    slots = {slot: f'"#{base.colours[slot]}"' for slot in ("page", "card", "ink", "secondary")}
    accents = ", ".join(f'"#{base.colours[f"accent{number}"]}"' for number in range(1, ACCENTS + 1))
    name = " ".join(part.capitalize() for part in key.split("-"))
    major, minor = base.major, base.minor
    filled = {"key": key, "name": name, "base": base.key, "accents": accents, "major": major, "minor": minor, **slots}
    text = TEMPLATE
    for each, value in filled.items():
        text = text.replace(f"<{each}>", value)
    return text


def check_theme_name(name: str, *, is_plain: bool, slug: str) -> tuple[Diagnostic, ...]:
    """Return what is wrong with the name of a new theme; `slug` is what would do, if anything would."""
    if is_plain:
        return ()
    hint = f"{quoted(slug)} would do" if slug else "write a word or two in a-z, 0-9 and hyphens"
    return (BAD_ID.at(f"{quoted(name)} cannot name a theme: its name becomes that of files", hints=(hint,)),)


TEMPLATE = """\
# yaml-language-server: $schema=theme.schema.json
# A theme for conceptdeck. Build a deck in it with: conceptdeck build MAP --theme <key>
#
# It extends another theme and writes only what differs. `conceptdeck theme show <key>` shows what comes of it, and
# `conceptdeck preview MAP --theme <key>` follows this file while you write. Lines that begin with # say nothing.
extends: <base>
name: <name>

# The palette. A colour with # stands in quotes. Texts need a contrast of 4.5:1 on `page` and `card`: what has less is
# told, with the nearest colour that passes.
#   page: the ground of slides      card: the ground of cards
#   ink: texts                      secondary: texts that matter less
#   accents: the colours of layers, steps and so on; the fifth is that of the goal
colours:
  page: <page>
  card: <card>
  ink: <ink>
  secondary: <secondary>
  accents: [<accents>]

# Accents in which nothing is read need no contrast: name their numbers.
# accents: {decorative: [2]}

# The fonts of headings (major) and of all else (minor). Fonts of your own: conceptdeck font add FILE...
fonts: {major: <major>, minor: <minor>}

# What stands on every slide of your house. The path of the logo starts from the folder of this file.
# logo: {light: logo.svg, dark: logo-dark.svg, alt: <name>}
# footer: <name>
# author: Your name
# event: Where you speak
# date: A fixed date
"""
