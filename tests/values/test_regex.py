"""Regular expressions are compiled when they are first used, and are then what `re` makes of them."""

import ast
import pkgutil
import re
from importlib import import_module
from pathlib import Path

import pytest

import conceptdeck
from conceptdeck.values.regex import regex


def test_nothing_is_compiled_until_it_is_used(monkeypatch):
    compiled = []
    monkeypatch.setattr(re, "compile", lambda *asked, make=re.compile: compiled.append(asked) or make(*asked))
    digits = regex(r"\d+", re.ASCII)
    assert digits.pattern == r"\d+" and not compiled
    assert digits.fullmatch("12") and not digits.fullmatch("٣")
    assert digits.fullmatch("7") and compiled == [(r"\d+", re.ASCII)]
    assert digits.sub("#", "a1b22") == "a#b#" and digits.flags == re.ASCII and digits.groups == 0


def test_bytes_are_searched_by_expressions_of_bytes():
    assert regex(rb"a(b+)").search(b"xabb")[1] == b"bb"


def test_what_is_wrong_in_an_expression_is_told_when_it_is_used():
    broken = regex("(")
    with pytest.raises(re.error, match="unterminated"):
        broken.search("")


def test_no_module_compiles_an_expression_for_all_runs():
    for path in Path(conceptdeck.__path__[0]).rglob("*.py"):
        if path.parent.name == "package":  # what checks packages needs all of its own
            continue
        at_import = [each for each in ast.parse(path.read_text("utf-8")).body if isinstance(each, ast.Assign)]
        assert not [path for each in at_import if "re.compile(" in ast.unparse(each)], path


def test_all_expressions_of_the_package_are_sound():
    found = []
    for each in pkgutil.walk_packages(conceptdeck.__path__, "conceptdeck."):
        if not each.name.endswith("__main__"):
            for held in vars(import_module(each.name)).values():
                found += [*held.values()] if isinstance(held, dict) else [held]
    found = [each for each in found if type(each) is type(regex(""))]
    assert len(found) > 80
    assert all(re.compile(each.pattern, each.asked).groups == each.groups for each in found)
