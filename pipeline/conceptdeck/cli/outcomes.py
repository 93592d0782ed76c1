"""What came of the jobs of a run: told line by line while it goes on, or at its end as one JSON value."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable, Mapping
from dataclasses import field
from typing import TYPE_CHECKING, Any

import click

from conceptdeck.building.jobs import Job, as_json
from conceptdeck.values.diagnostics import Diagnostic, plain
from conceptdeck.values.value import mutable
from conceptdeck.workspace.disk import shown

if TYPE_CHECKING:
    from conceptdeck.building.records import Record

__all__ = ["BUILT", "FAILED", "KEPT_FILES", "UP_TO_DATE", "Outcomes", "facts_of", "files_of"]

BUILT, UP_TO_DATE, KEPT_FILES, FAILED = "built", "up_to_date", "kept", "failed"


@mutable
class Outcomes:
    """What came of jobs: with `json` nothing is printed until the run ends, with `verbose` more is told meanwhile."""

    quiet: bool = False
    verbose: bool = False
    json: bool = False
    jobs: list[dict[str, Any]] = field(default_factory=list)
    findings: list[dict[str, Any]] = field(default_factory=list)  # what ended the run

    @property
    def silent(self) -> bool:
        """Tell whether stages and results are not printed."""
        return self.quiet or self.json

    def say(self, said: Iterable[str], line: str = "") -> None:
        """Print what was found, and what was done."""
        if self.json:
            return
        for text in said:
            click.echo(text, err=True)
        if line and not self.quiet:
            click.echo(line)

    def explain(self, job: Job) -> None:
        """Print why a job has to be done, if more is to be told."""
        if self.verbose and not self.silent:
            from conceptdeck.building import records

            for reason in records.reasons(job):
                click.echo(f"{job.kind}: {reason}", err=True)

    def add(self, job: Job, state: str, record: Record | None, more: Iterable[Mapping[str, Any]] = ()) -> None:
        """Note what came of a job: `more` are findings that its record does not hold."""
        findings = [*(record.findings if record else ()), *more]
        files = files_of(record, job) if record else []
        minutes = record.minutes if record else 0.0
        told = {"state": state, **facts_of(as_json(job), shown(job.map_file)), "minutes": minutes or None}
        self.jobs.append({**told, "files": files, "findings": findings})
        if self.verbose and not self.silent and state != FAILED:
            for name in files[1:]:
                click.echo(f"  {name}", err=True)

    def failed(self, diagnostics: Iterable[Diagnostic]) -> None:
        """Note what ended the run."""
        self.findings.extend(map(plain, diagnostics))

    def end(self, code: int) -> None:
        """Print the JSON value, if it is wanted, and leave with an exit code if that is not 0."""
        if self.json:
            found = [each for job in self.jobs for each in job["findings"]] + self.findings
            whole = {
                "jobs": self.jobs,
                "findings": self.findings,
                "errors": sum(each["severity"] == "error" for each in found),
                "warnings": sum(each["severity"] == "warning" for each in found),
                "exit_code": code,
            }
            click.echo(json.dumps(whole, ensure_ascii=False, indent=2))
        if code:
            sys.exit(code)


def facts_of(job: Mapping[str, Any], map_file: str) -> dict[str, Any]:
    """Return what tells one job from others: its kind, map, theme, language and story."""
    return {
        "kind": job.get("kind", ""),
        "map": map_file,
        "theme": job.get("theme"),
        "locale": job.get("locale"),
        "story": job.get("story"),
    }


def files_of(record: Record, job: Job) -> list[str]:
    """Return the files that a job wrote, as messages show them."""
    return [shown(job.out / name) for name in sorted(record.outputs)]
