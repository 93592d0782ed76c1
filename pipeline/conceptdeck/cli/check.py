"""`conceptdeck check`: judge maps and decks by every rule, without writing anything."""

from __future__ import annotations

import json
import sys
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import click

from conceptdeck.cli import options
from conceptdeck.cli.completion import complete_maps_or_decks, complete_rule
from conceptdeck.cli.report import failures_reported
from conceptdeck.values.diagnostics import plain, told
from conceptdeck.values.regex import regex
from conceptdeck.values.value import frozen

if TYPE_CHECKING:
    from conceptdeck.values.diagnostics import Diagnostic
    from conceptdeck.values.rules import Rule

__all__ = ["command"]

CATALOGS = "catalogs"
NEVER_ALLOWED = ("source", "reader")
ALLOWED = regex(r"([a-z0-9-]+)(?::([1-9][0-9]{0,5}))?")
EXAMPLES = """\b
Examples:
  conceptdeck check
  conceptdeck check world-models --theme orbit --strict
  conceptdeck check world-models --story talk --density read
  conceptdeck check talk.pptx --allow no-alt-text:3 --allow small-text
  conceptdeck check --json *.pptx
  conceptdeck check --format sarif > findings.sarif
  conceptdeck check --explain orphan-word

In a map, the comment `# conceptdeck: allow CODE` on a line excuses that line and the one below it.
Exit code: 0 nothing that counts, 1 errors (with --strict, warnings too), 2 wrong use."""


@frozen
class Judged:
    """What was found in one target, and how many findings were allowed."""

    target: str
    findings: tuple[Diagnostic, ...]
    allowed: int


@click.command("check", epilog=EXAMPLES)
@click.argument("targets", metavar="[TARGET]...", nargs=-1, is_eager=True, shell_complete=complete_maps_or_decks)
@options.theme("Theme for maps.")
@options.story("Story for maps: full, talk, lightning or your own.")
@options.size()
@options.density("Density for maps; the story says which otherwise.")
@click.option("--strict", is_flag=True, help="Let warnings count.")
@click.option(
    "--allow",
    "allowed",
    metavar="CODE[:SLIDE]",
    multiple=True,
    shell_complete=complete_rule,
    help="Excuse a rule, everywhere or once.",
)
@click.option(
    "--format",
    "form",
    type=click.Choice(["text", "json", "sarif"]),
    default="text",
    help="Print the findings as text, as JSON, or as SARIF 2.1.0 for code hosts.  [default: text]",
)
@click.option("--json", "form", flag_value="json", help="As --format json.")
@click.option("--explain", metavar="CODE", shell_complete=complete_rule, help="Print what a rule is about, and stop.")
def command(
    targets: tuple[str, ...],
    strict: bool,
    allowed: tuple[str, ...],
    form: str,
    explain: str | None,
    **fields: Any,
) -> None:
    """Judge each TARGET by every rule: a deck (FILE.pptx, from any program), or a map (as `build` finds it).

    Templates and shows (.potx, .ppsx, and those with macros) are judged as decks are.

    Without TARGET every map is judged.
    """
    if explain is not None:
        click.echo(_explained(_rule(explain, "--explain")))
        return
    places = frozenset(map(_place, allowed))
    with failures_reported():
        judged = [_judge(target, fields, places) for target in targets or _every_map()]
    click.echo({"text": _as_text, "json": _as_json, "sarif": _as_sarif}[form](judged))
    sys.exit(any(_count(judged, severity) for severity in ("error", "warning")[: 1 + strict]))


# --- judging -------------------------------------------------------------------------------------


def _every_map() -> tuple[str, ...]:
    from conceptdeck.workspace import disk, places

    return tuple(map(disk.shown, places.find_maps(None)))


def _judge(target: str, fields: dict[str, Any], places: frozenset[tuple[str, str]]) -> Judged:
    from conceptdeck.building.judging import judge

    found = judge(target, **fields)
    kept = tuple(each for each in found if not _is_allowed(each, places))
    return Judged(target, kept, len(found) - len(kept))


# --- rules and places ----------------------------------------------------------------------------


def _rule(code: str, option: str) -> Rule:
    from difflib import get_close_matches

    from conceptdeck.cli.rules import every_rule

    rules = every_rule()
    if code not in rules:
        near = get_close_matches(code, rules, 1)
        hint = f"; did you mean `{near[0]}`?" if near else ""
        raise click.BadParameter(f"there is no rule `{code}`{hint}", param_hint=option)
    return rules[code]


def _place(text: str) -> tuple[str, str]:
    """Return code and slide number of `CODE[:SLIDE]`; no number is every place."""
    match = ALLOWED.fullmatch(text)
    if match is None:
        raise click.BadParameter(f"`{text}` is not CODE or CODE:SLIDE", param_hint="--allow")
    if _rule(match[1], "--allow").area in NEVER_ALLOWED:
        raise click.BadParameter(f"`{match[1]}` cannot be allowed: the map cannot be read", param_hint="--allow")
    return match[1], match[2] or ""


def _is_allowed(finding: Diagnostic, places: frozenset[tuple[str, str]]) -> bool:
    slides = finding.slides
    return (finding.code, "") in places or (
        bool(slides) and all((finding.code, str(each)) in places for each in slides)
    )


def _explained(rule: Rule) -> str:
    weight = rule.severity.value
    if rule.elsewhere:
        weight += f", {rule.elsewhere.value} in decks of other programs"
    lines = [f"{rule.code} ({weight}): {rule.title}", "", rule.explanation]
    if rule.area == CATALOGS:
        comment = f"To excuse one translation, write the comment `# conceptdeck: allow {rule.code}` above its entry."
        return "\n".join([*lines, *(["", comment] if rule.can_be_silenced else [])])
    if rule.can_be_silenced and rule.area != "package":
        lines += ["", f"To excuse one place of a map, write `# conceptdeck: allow {rule.code}` on its line or above."]
    if rule.area == "package":
        lines += ["", "It holds for decks: files of any program, and what `build --verify` reads again."]
    elif rule.elsewhere:
        lines += ["", "It holds for maps and for decks of any program."]
    if rule.area not in NEVER_ALLOWED:
        lines += ["", f"To excuse slide 3: conceptdeck check --allow {rule.code}:3"]
    return "\n".join(lines)


# --- output --------------------------------------------------------------------------------------


def _count(judged: Sequence[Judged], severity: str) -> int:
    return sum(each.severity.value == severity for one in judged for each in one.findings)


def _as_text(judged: Sequence[Judged]) -> str:
    lines = [text for one in judged for text in told(one.findings)]
    counts = (("error", _count(judged, "error")), ("warning", _count(judged, "warning")))
    said = ", ".join(f"{count} {word}{'s' * (count != 1)}" for word, count in counts)
    allowed = sum(one.allowed for one in judged)
    names = ", ".join(one.target for one in judged)
    return "\n".join([*lines, f"{names}: {said}" + (f", {allowed} allowed" if allowed else "")])


def _as_json(judged: Sequence[Judged]) -> str:
    targets = [
        {"target": one.target, "findings": [plain(each) for each in one.findings], "allowed": one.allowed}
        for one in judged
    ]
    whole = {"targets": targets, "errors": _count(judged, "error"), "warnings": _count(judged, "warning")}
    return json.dumps(whole, ensure_ascii=False, indent=2)


def _as_sarif(judged: Sequence[Judged]) -> str:
    from conceptdeck.cli.sarif import sarif

    return json.dumps(sarif((one.target, one.findings) for one in judged), ensure_ascii=False, indent=2)
