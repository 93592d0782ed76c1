"""What a job asks of pictures beyond their content: paper, title and source line, and how they are printed."""

from __future__ import annotations

from dataclasses import replace

from conceptdeck.building.edition import Edition
from conceptdeck.building.jobs import DiagramsJob
from conceptdeck.story.graphs import sources_told
from conceptdeck.story.portfolio import is_asked
from conceptdeck.story.prose import Prose
from conceptdeck.values import picture
from conceptdeck.values.diagnostics import Diagnostic
from conceptdeck.values.diagram import Paper
from conceptdeck.values.picture import Picture, Portfolio
from conceptdeck.values.printing import Print, Shades
from conceptdeck.values.rules import WARNING, Rule
from conceptdeck.values.theme import Theme
from conceptdeck.values.units import Length, inches, pixels

__all__ = ["as_asked", "folder_of", "is_wanted", "printed", "width_of"]

SCREEN, PRESS = "diagrams", "print"  # the folders of pictures
DPI, DPI_OF_LINES = 300, 600  # what printers ask for: of pictures, and of what is black on white
UNITS = {"mm": inches(1 / 25.4), "cm": inches(1 / 2.54), "in": inches(1), "pt": inches(1 / 72)}


def printed(job: DiagramsJob, theme: Theme) -> Print | None:
    """Return how a job's pictures are printed, None if they are for screens."""
    if not job.is_printed:
        return None
    shades = Shades.MONO if job.mono else Shades.GREY if job.grey else Shades.COLOUR
    text = job.text or theme.pictures.numbers["print-text"]
    return Print(text, job.dpi or (DPI_OF_LINES if job.mono else DPI), shades)


def folder_of(job: DiagramsJob) -> str:
    """Return the folder of a language that a job's pictures stand in: what is printed replaces nothing on a page."""
    return PRESS if job.is_printed else SCREEN


def width_of(job: DiagramsJob, theme: Theme) -> Length:
    """Return how wide pictures shall be where they stand."""
    width = job.width or int(theme.pictures.numbers["width"])
    if isinstance(width, int):
        return pixels(width)
    return Length(round(float(width[:-2]) * UNITS[width[-2:]]))


NO_CREDIT = Rule("no-credit", "pictures", WARNING, "a picture that has no source line to show").because("""
    A picture shows its own `credit`, else what the map says of its sources. Neither is there.
""")


def as_asked(portfolio: Portfolio, edition: Edition, job: DiagramsJob) -> tuple[Portfolio, tuple[Diagnostic, ...]]:
    """Return pictures on the paper that a job asks for, with title and source line as it asks, and what is missing."""
    sources = sources_told(edition.map, edition.words) if job.credit else None
    prose = Prose(edition.words)
    made: list[Picture] = []
    bare: list[str] = []
    for shown in portfolio.pictures:
        paged = _on_paper(shown, job)
        if job.title and not isinstance(paged, picture.Poster):  # which shows it in any case
            paged = replace(paged, headline=paged.title)
        if sources and not paged.credit:
            paged = prose.credited(paged, sources)
        bare += [paged.id] if job.credit and not paged.credit and is_wanted(paged, job) else []
        made.append(paged)
    found = [_bare(bare)] if bare else []
    return replace(portfolio, pictures=tuple(made)), tuple(found)


def is_wanted(shown: Picture, job: DiagramsJob) -> bool:
    """Tell whether a picture is one of those that a job asks for."""
    return is_asked(shown.id, job.only) or (job.every_concept and isinstance(shown, picture.Concept))


def _on_paper(shown: Picture, job: DiagramsJob) -> Picture:
    """Return a picture on the sheet that is asked for; one in a column that is as wide as asked for has none."""
    if not isinstance(shown, picture.Poster) or not (job.paper or job.width):
        return shown
    return replace(shown, paper=Paper(job.paper) if job.paper else None)


def _bare(ids: list[str]) -> Diagnostic:
    """Return the warning that pictures have no source line."""
    named = ", ".join(f"`{each}`" for each in ids)
    hints = ("write `credit:` below the diagram, or add `sources` to the map",)
    return NO_CREDIT.at(f"no source line for {named}", hints=hints)
