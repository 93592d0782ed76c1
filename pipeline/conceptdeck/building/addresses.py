"""Where codes lead that lead to the deck itself: to its page on the site, which is in the language of who reads it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from conceptdeck.values import deck
from conceptdeck.values.deck import Deck, Slide
from conceptdeck.values.diagnostics import Diagnostic
from conceptdeck.values.rules import WARNING, Rule
from conceptdeck.workspace import disk
from conceptdeck.workspace.house import House

__all__ = ["GATE", "led_home", "site_address"]

GATE = "deck.html"  # the page of a deck that leads to it in the reader's language

UNKNOWN_ADDRESS = Rule(
    "qr-without-address", "theme and files", WARNING, "a code for a deck without an address"
).because(
    """
    `qr: true` leads to the page of the deck on its site, and nobody has said where that is. Until somebody does, the
    slide has no code: say `address` in `conceptdeck.toml`, give `publish` an `--address`, or write the whole address
    in place of `true`.
"""
)


def led_home(source: Deck, site: str) -> tuple[Deck, tuple[Diagnostic, ...]]:
    """Return a deck whose codes know where they lead, and a finding for each that nobody can know of."""
    home = f"{site.rstrip('/')}/{source.id}/{GATE}" if site else ""
    found: list[Diagnostic] = []
    return replace(source, slides=tuple(_led(source.slides, home, found))), tuple(found)


def _led(slides: Iterable[Slide], home: str, found: list[Diagnostic]) -> Iterable[Slide]:
    for slide in slides:
        if isinstance(slide, deck.Cover | deck.Statement) and slide.qr and not slide.qr.url:
            if not home:
                hints = ('say `address = "https://talks.example.org/"` in conceptdeck.toml, or write one in its place',)
                what = f"the code of `{slide.key}` shall lead to the deck itself, whose address nobody has said"
                found.append(UNKNOWN_ADDRESS.at(what, slide.qr.span, hints=hints))
            yield _with_home(slide, home)
        else:
            yield slide


def _with_home(slide: deck.Cover | deck.Statement, home: str) -> Slide:
    assert slide.qr is not None
    return replace(slide, qr=replace(slide.qr, url=home) if home else None)


def site_address(asked: str, around: House) -> str:
    """Return the address of the site: the one that is asked for, or what the project says; empty if nobody says one.

    Raises Failure if the project's file is wrong.
    """
    if asked or not disk.is_file(around.settings):
        return asked
    from conceptdeck.building.settings import read_settings  # most have no such file

    return read_settings(around).address or ""
