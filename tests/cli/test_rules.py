"""Rules are values beside what reports them: each explained once, reported somewhere, and gathered for `--explain`."""

import ast
import re
import subprocess
import sys
from collections import Counter

from conceptdeck.cli.rules import HOMES, every_rule
from support.decks import ROOT

PACKAGE = ROOT / "pipeline" / "conceptdeck"
SOURCES = {path.relative_to(PACKAGE).as_posix(): path.read_text("utf-8") for path in sorted(PACKAGE.rglob("*.py"))}
TREES = {name: ast.parse(text) for name, text in SOURCES.items()}
OTHERWISE = {  # where one finding weighs more or less than its rule
    "values/rules.py",
    "checks/package/deck.py",  # decks of other programs
    "checks/package/contents.py",
    "building/edition.py",  # --strict
}


def declared():
    """Yield module, name and code of each rule that a module declares."""
    rule = re.compile(r'^([A-Z0-9_]+) = Rule\(\s*"([a-z0-9-]+)"', re.MULTILINE)
    for name, text in SOURCES.items():
        yield from ((name, *match.groups()) for match in rule.finditer(text))


def calls(tree, called):
    return [
        node
        for node in ast.walk(tree)
        if isinstance(node, ast.Call) and called in (getattr(node.func, "id", ""), getattr(node.func, "attr", ""))
    ]


def test_every_rule_that_a_module_declares_is_gathered_and_none_twice():
    codes = Counter(code for _, _, code in declared())
    assert [code for code, times in codes.items() if times > 1] == []
    assert set(codes) == set(every_rule())
    named = {name.removesuffix(".py").replace("/", ".") for name, _, _ in declared()}
    assert named == {*HOMES}


def test_every_rule_is_explained():
    for code, rule in every_rule().items():
        assert rule.code == code
        assert rule.title
        assert len(rule.explanation) > 30, code
        assert rule.explanation[-1] in ".,:", code


def test_no_rule_on_slides_and_pictures_tells_an_author_to_place_things():
    wrong = re.compile(r"\b(move (it|them|the|one)|resize|make it smaller|split the slide|use fewer)\b", re.IGNORECASE)
    for code, rule in every_rule().items():
        assert rule.area == "package" or not wrong.search(rule.explanation), code
    said = [text for name, text in SOURCES.items() if not name.startswith(("checks/package/", "preview/"))]
    assert [found[0] for text in said for found in wrong.finditer(text)] == []


def test_every_rule_is_reported_somewhere():
    read = Counter(
        node.id
        for tree in TREES.values()
        for node in ast.walk(tree)
        if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Load)
    )
    silent = {code for _, name, code in declared() if not read[name]}
    assert silent == set()


def test_only_rules_make_findings():
    makers = {name for name, tree in TREES.items() if calls(tree, "Diagnostic")}
    assert makers == {"values/rules.py"}


def test_severity_is_said_by_the_rule_alone():
    said = {
        name
        for name, tree in TREES.items()
        for call in calls(tree, "at")
        if "severity" in {k.arg for k in call.keywords}
    }
    assert said <= OTHERWISE


def test_a_build_does_not_gather_the_rules():
    loaded = "import conceptdeck.building.deck, sys; print('conceptdeck.cli.rules' in sys.modules)"
    assert subprocess.check_output([sys.executable, "-c", loaded], text=True).strip() == "False"
