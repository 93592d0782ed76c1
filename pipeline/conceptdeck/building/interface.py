"""The Python interface: what scripts call as `conceptdeck.build`, `.diagrams`, `.check` and `.load`.

A map is named as on the command line: a folder of `./data`, a shipped map, or a path to a map's folder or file. Options
are the fields of the jobs. What is wrong is a value: a result has its `findings`, and `Failure` carries those that kept
a result from being made. Nothing is printed, and nothing is written if there is an error.
"""

from __future__ import annotations

from dataclasses import replace
from os import PathLike, fspath
from typing import Any, TypeVar

from conceptdeck.building import records
from conceptdeck.building.deck import BuiltDeck, build_deck
from conceptdeck.building.diagrams import BuiltDiagrams, build_diagrams, write_page
from conceptdeck.building.edition import read_edition
from conceptdeck.building.jobs import DeckJob, DiagramsJob, PageJob
from conceptdeck.building.judging import judge
from conceptdeck.values.diagnostics import Diagnostic, Failure, Severity, Span, has_errors
from conceptdeck.values.model import ConceptMap
from conceptdeck.values.story import Density
from conceptdeck.values.value import frozen
from conceptdeck.workspace import places

__all__ = [
    "BuiltDeck",
    "BuiltDiagrams",
    "Checked",
    "DeckJob",
    "Density",
    "Diagnostic",
    "DiagramsJob",
    "Failure",
    "Severity",
    "Span",
    "build",
    "check",
    "diagrams",
    "load",
]

AnyJob = TypeVar("AnyJob", DeckJob, DiagramsJob)
Name = str | PathLike[str]


@frozen
class Checked:
    """What was found in a map or in a deck."""

    findings: tuple[Diagnostic, ...]

    @property
    def passed(self) -> bool:
        """Tell whether none of the findings is an error."""
        return not has_errors(self.findings)


def build(what: DeckJob | Name, *, force: bool = False, **options: Any) -> BuiltDeck:
    """Build the deck of a map, as `conceptdeck build` does, and return where it is and what was found.

    `what` is a job, or a map's name with the fields of a DeckJob as `options`. A file that somebody has edited since it
    was built is kept, which is a finding; with `force` it is replaced, and a copy of it is kept. Unlike the command, it
    also builds what is up to date.

    Raises Failure with all that is wrong; earlier output is then untouched. Raises ValueError and TypeError for options
    that DeckJob does not know.
    """
    job = _job(DeckJob, what, options)
    with records.session(job, force=force) as session:
        built = build_deck(job)
        session.keep(built.findings, built.told(f"{built.summary}, theme {job.theme}"), built.minutes)
    return replace(built, findings=(*built.findings, *session.warnings))


def diagrams(what: DiagramsJob | Name, *, force: bool = False, **options: Any) -> BuiltDiagrams:
    """Draw the diagrams of a map for articles, as `conceptdeck diagrams` does, and the page that shows them on screens.

    `what` is a job, or a map's name with the fields of a DiagramsJob as `options`. What somebody has edited is kept as
    in `build`, and `force` does the same. Raises as `build` does.
    """
    job = _job(DiagramsJob, what, options)
    with records.session(job, force=force) as session:
        drawn = build_diagrams(job)
        session.keep(drawn.findings, drawn.told(f" in {', '.join(job.formats)}, theme {job.theme}"))
    if job.is_printed:
        return replace(drawn, findings=(*drawn.findings, *session.warnings))
    page = PageJob(job.map_file, job.theme, job.out)
    with records.session(page, force=force) as paging:
        path, found, written = write_page(page)
        paging.keep(found, str(path) if written else "")
    findings = (*drawn.findings, *session.warnings, *found, *paging.warnings)
    return replace(drawn, page=path, findings=findings)


def check(what: DeckJob | Name, **options: Any) -> Checked:
    """Judge a map, its translations and the deck that it would become by every rule, or the file of a deck (`.pptx`).

    `what` is a job, the name of a map with the fields of a DeckJob as `options`, or a file of any program. Nothing is
    written. What cannot be read is a finding, not a Failure.
    """
    return Checked(judge(what, **options))


def load(name: Name, *, locale: str | None = None) -> ConceptMap:
    """Return a map as a value: what its author means, in its own language or in the one of `locale`.

    Raises Failure if the map or its catalog cannot be read.
    """
    return read_edition(places.find_map(fspath(name)), locale).map


def _job(kind: type[AnyJob], what: AnyJob | Name, options: dict[str, Any]) -> AnyJob:
    """Return a job with other options, or the job that a map's name and options make."""
    if isinstance(what, kind):
        return replace(what, **options)
    return kind(places.find_map(fspath(what)), **options)  # type: ignore[arg-type] # a job is replaced above
