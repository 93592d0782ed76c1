"""What is aimed at when a template becomes a theme: `themes/templates/import.yaml`."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress
from typing import Annotated

from conceptdeck.reading import source
from conceptdeck.reading.counts import SHARE
from conceptdeck.reading.design import FONT_NAME, WIDTH
from conceptdeck.reading.excerpts import SourceText, with_excerpts
from conceptdeck.reading.fields import FieldReader
from conceptdeck.reading.findings import Findings, TooManyMistakes
from conceptdeck.reading.schema import Count, Names, Number
from conceptdeck.reading.source import Scalar
from conceptdeck.values.diagnostics import Failure, Span
from conceptdeck.values.text import about
from conceptdeck.values.value import frozen

__all__ = ["Contrasts", "Lights", "Opposite", "Room", "StandIn", "Taste", "read_taste"]

Ratio = Annotated[float, Number("a contrast from 1 to 21", 1, 21)]
Share = Annotated[float, SHARE]
Percent = Annotated[float, Number("a number of percent from 0 to 100", 0, 100)]
Inches = Annotated[float, Number("a number of inches from 0 to 10", 0, 10)]
FontName = Annotated[str, FONT_NAME]


@frozen(kw_only=True)
class Contrasts:
    """How far colours are apart."""

    text: Ratio = about("What accents and texts keep to page and cards.")
    ink: Ratio = about("What inks keep to the page, if the scheme has one that does.")
    secondary: Ratio = about("What texts that matter less keep.")
    seen: Ratio = about("What a title has at least that can be seen at all.")
    card: Annotated[list[Ratio], Count("a list of two contrasts", 2)] = about("How far cards are from the page.")
    alike: Share = about("The distance in Oklab below which two accents are alike.")
    step: Percent = about("By how much luminance changes at a time.")
    least: Percent = about("Down to what luminance is multiplied.")


@frozen(kw_only=True)
class Lights:
    """The lightness of the colours of a palette."""

    page: Share = about("That of the page.")
    card: Share = about("That of cards.")
    ink: Share = about("That of texts.")
    secondary: Share = about("That of texts that matter less.")


@frozen(kw_only=True)
class Opposite:
    """The palette for the other surroundings."""

    night: Lights = about("That of a light theme.")
    day: Lights = about("That of a dark theme.")
    full: Share = about("How full its grounds and texts are at most.")


@frozen(kw_only=True)
class Room:
    """What stays free on slides."""

    air: Inches = about("Around logos, bars, footers and titles.")
    edge: Inches = about("At the edges.")
    least_width: Share = about("What share of the width slides need.")
    least_height: Share = about("What share of the height slides need.")
    panel: Share = about("What share of a slide a shape has that slides stand on.")
    art: Share = about("What share of the room for texts must be free, or things that lie there are taken for art.")
    few: Share = about("What share of the height a body has less of that holds a line or two.")


@frozen(kw_only=True)
class StandIn:
    """The family whose faces stand in for a font."""

    like: FontName = about("The family.")
    width: Annotated[float, WIDTH] = about("How much wider the font may run.", default=1.0)
    exact: bool = about("Have its letters the same widths?", default=False)


@frozen(kw_only=True)
class Taste:
    """What is aimed at when a template becomes a theme."""

    contrasts: Contrasts = about("How far colours are apart.")
    opposite: Opposite = about("The palette for the other surroundings.")
    night_tints: Annotated[Mapping[str, Share], Names("a mapping from names to shares")] = about("Tints if it is dark.")
    room: Room = about("What stays free.")
    cover_title: Annotated[float, Number("a type size from 1 to 400", 1, 400)] = about(
        "The size of the title of covers, if the template says none."
    )
    other: StandIn = about("What stands in for a font that is not listed.")
    stand_ins: Annotated[Mapping[str, StandIn], Names("a mapping from fonts to stand-ins", pattern=FONT_NAME)] = about(
        "What stands in for fonts."
    )


def read_taste(text: SourceText) -> Taste:
    """Return what a file says is aimed at; raises Failure with all that is wrong with it."""
    node, problems = source.parse(text.text, text.path)
    findings = Findings(text.path, [*problems])
    found = None
    if isinstance(node, source.Mapping):
        with suppress(TooManyMistakes):
            found = FieldReader(findings).record(node, Taste, "", Scalar("the import", Span(text.path)))
    if findings.found or found is None:
        raise Failure(with_excerpts(findings.sorted(), {text.path: text.text}))
    taste: Taste = found
    return taste
