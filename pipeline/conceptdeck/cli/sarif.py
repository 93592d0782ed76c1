"""Findings as SARIF 2.1.0, which code hosts and editors show beside the lines that they are about."""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any
from urllib.parse import quote

from conceptdeck import __version__
from conceptdeck.cli.rules import every_rule
from conceptdeck.values.diagnostics import NOWHERE, Diagnostic, Failure, Span
from conceptdeck.workspace import places

__all__ = ["sarif"]

VERSION = "2.1.0"
SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
PART = "!/"  # between a package and the part of it that a finding is in
ROOT = "%SRCROOT%"  # the folder that addresses start from: the one that the command runs in


def sarif(targets: Iterable[tuple[str, Sequence[Diagnostic]]]) -> dict[str, Any]:
    """Return the findings of each target as one run."""
    found = [(_home(target), finding) for target, findings in targets for finding in findings]
    codes = sorted({finding.code for _, finding in found})
    driver = {
        "name": "conceptdeck",
        "version": __version__,
        "rules": [_rule(code) for code in codes],
    }
    run = {
        "tool": {"driver": driver},
        "columnKind": "unicodeCodePoints",
        "results": [_result(finding, home, codes.index(finding.code)) for home, finding in found],
    }
    return {"$schema": SCHEMA, "version": VERSION, "runs": [run]}


def _rule(code: str) -> dict[str, Any]:
    """Return what is known of a rule."""
    rule = every_rule()[code]
    return {
        "id": code,
        "shortDescription": {"text": rule.title},
        "fullDescription": {"text": rule.explanation},
        "help": {"text": rule.explanation},
        "defaultConfiguration": {"level": rule.severity.value},
        "properties": {"tags": [rule.area]},
    }


def _result(finding: Diagnostic, home: str, index: int) -> dict[str, Any]:
    """Return a finding; one without a file of its own is in the file that was judged."""
    text = "\n".join([finding.message, *finding.facts, *finding.hints])
    path, part, inside = (finding.span.path or home).partition(PART)
    location: dict[str, Any] = {"physicalLocation": _physical(path, NOWHERE if part else finding.span)} if path else {}
    if names := [name for name in (inside, str(finding.place or "")) if name]:
        location["logicalLocations"] = [{"fullyQualifiedName": name} for name in names]
    made: dict[str, Any] = {
        "ruleId": finding.code,
        "ruleIndex": index,
        "level": finding.severity.value,
        "message": {"text": text},
    }
    return made | ({"locations": [location]} if location else {})


def _physical(path: str, span: Span) -> dict[str, Any]:
    """Return a place in a file."""
    made: dict[str, Any] = {"artifactLocation": {"uri": _address(path), "uriBaseId": ROOT}}
    if span.line:
        made["region"] = _region(span)
    return made


def _region(span: Span) -> Mapping[str, int]:
    """Return lines and columns, both from 1."""
    if not span.column:
        return {"startLine": span.line}
    return {"startLine": span.line, "startColumn": span.column, "endColumn": span.column + max(1, span.length)}


def _address(path: str) -> str:
    """Return the address of a file from the working folder on."""
    return quote(Path(os.path.relpath(path)).as_posix())


def _home(target: str) -> str:
    """Return the file that a target of `check` stands for; empty if there is none."""
    if Path(target).is_file():
        return target
    try:
        return str(places.find_map(target))
    except Failure:
        return ""
