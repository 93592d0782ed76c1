"""Functions, modules and signatures stay small enough to be read at once."""

import ast

from support.decks import ROOT

LONGEST_FUNCTION, LONGEST_MODULE, MOST_PARAMETERS = 46, 400, 6
SOURCES = sorted(path for folder in ("pipeline", "tools", "benchmarks") for path in (ROOT / folder).rglob("*.py"))
TREES = {path.relative_to(ROOT).as_posix(): ast.parse(path.read_text("utf-8")) for path in SOURCES}


def functions(tree):
    return [node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)]


def parameters(function):
    """Return how many values a caller may give: neither `self` nor `cls`."""
    said = function.args
    names = [each.arg for each in (*said.posonlyargs, *said.args, *said.kwonlyargs)]
    return len([name for name in names if name not in ("self", "cls")]) + bool(said.vararg) + bool(said.kwarg)


def named(too_large):
    return {f"{path}:{each.name}" for path, tree in TREES.items() for each in functions(tree) if too_large(path, each)}


def test_no_function_is_longer_than_a_page():
    long = named(lambda _, each: each.end_lineno - each.lineno + 1 > LONGEST_FUNCTION)
    assert long == set()


def test_no_module_holds_more_than_one_can_keep_in_mind():
    long = {name for name, path in zip(TREES, SOURCES, strict=True) if lines(path) > LONGEST_MODULE}
    assert long == set()


def lines(path):
    return len(path.read_text("utf-8").splitlines())


def test_no_function_takes_more_than_six_values_but_those_of_the_command_line():
    many = named(lambda path, each: "/cli/" not in path and parameters(each) > MOST_PARAMETERS)
    assert many == set()
