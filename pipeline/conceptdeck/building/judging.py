"""Judging: every rule on a map and on the deck that it would become, or on the file of a deck from any program."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from os import PathLike, fspath
from pathlib import Path
from typing import Any

from conceptdeck.building.jobs import DeckJob, DiagramsJob
from conceptdeck.values.diagnostics import Diagnostic, Failure, has_errors, sort_diagnostics
from conceptdeck.workspace import disk, places

__all__ = ["judge", "judge_deck", "judge_map", "measure"]

DECK = ".pptx"
NARROW = "Calibri"  # measures fonts that are not known: rather a finding too few than one too many
PACKAGES = (DECK, ".potx", ".ppsx", ".pptm", ".potm", ".ppsm")


def judge(target: DeckJob | str | PathLike[str], **options: Any) -> tuple[Diagnostic, ...]:
    """Return what is wrong with a target, sorted: a job or a map, told as `options` say, or a deck by its file's name.

    What keeps it from being read is returned, too.
    """
    try:
        return sort_diagnostics(_found(target, options))
    except Failure as failure:
        return failure.diagnostics


def _found(target: DeckJob | str | PathLike[str], options: dict[str, Any]) -> tuple[Diagnostic, ...]:
    if isinstance(target, DeckJob):
        return judge_map(replace(target, **options))
    name = fspath(target)
    is_deck = name.lower().endswith(PACKAGES)
    return judge_deck(Path(name)) if is_deck else judge_map(DeckJob(places.find_map(name), **options))


def judge_deck(path: Path) -> tuple[Diagnostic, ...]:
    """Return what is wrong with the file of a deck; raises Failure if it cannot be read."""
    from conceptdeck.checks.package.parts import check_package

    return check_package(disk.read_bytes(path), disk.shown(path), measure())


def measure() -> Callable[..., float]:
    """Return how wide a text is in ems: in the face that stands in for its font, or in a narrow one."""
    from conceptdeck.building.jobs import default
    from conceptdeck.workspace.loading import font_book, read_theme

    book = font_book(read_theme(default(DeckJob, "theme")))

    def measured(text: str, font: str, *, bold: bool) -> float:
        return book.shape(text, font if font in book.families else NARROW, bold).width

    return measured


def judge_map(job: DeckJob) -> tuple[Diagnostic, ...]:
    """Return what is wrong with a map, its translations, its slides, its diagrams, and the deck that it would become.

    What is wrong with slides and diagrams alike is one finding. Raises Failure if the map, its stories or the theme
    cannot be read.
    """
    from conceptdeck.building.catalogs import check_catalogs
    from conceptdeck.building.deck import deck_faults, plan_deck
    from conceptdeck.building.diagrams import plan_diagrams
    from conceptdeck.building.shown import check_shown
    from conceptdeck.checks.causes import one_of_each

    plan = plan_deck(job)
    sheet = plan_diagrams(DiagramsJob(job.map_file, job.theme, locale=job.locale, strict=job.strict))
    found = (*one_of_each(sort_diagnostics((*plan.problems, *sheet.problems))), *check_catalogs(job.map_file))
    if has_errors(plan.problems):
        return found
    written = deck_faults(plan, f"{plan.deck.id}.{plan.deck.language}{DECK}")
    return (*found, *check_shown(job.map_file, plan, sheet), *written)
