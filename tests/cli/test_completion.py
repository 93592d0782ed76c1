"""What shells complete: each option and argument that takes one of things that there are."""

import shutil

import click
import click.shell_completion
import pytest

from conceptdeck.cli import main
from support.decks import SHIPPED

INVENTED = {("new", "name"), ("theme new", "name"), ("theme import", "out")}  # names that nobody has given yet
INVENTED |= {("fleet", "scheduler"), ("fleet", "executor"), ("publish", "address"), ("publish", "title")}
INVENTED |= {("build", "address"), ("locales", "address")}
MEASURES = {"width", "text"}
COMPLETED_BY_CLICK = (click.Choice, click.Path, click.IntRange, click.types.BoolParamType)


def every_parameter(command=main, path=()):
    """Yield each parameter of each command, after the command's name."""
    if isinstance(command, click.Group):
        context = click.Context(command)
        for name in command.list_commands(context):
            yield from every_parameter(command.get_command(context, name), (*path, name))
    yield from ((" ".join(path), each) for each in command.params)


def completes(parameter):
    is_flag = getattr(parameter, "is_flag", False) or getattr(parameter, "flag_value", None) == "json"
    return is_flag or parameter._custom_shell_complete or isinstance(parameter.type, COMPLETED_BY_CLICK)


def test_whatever_can_be_known_is_completed():
    bare = {(command, each.name) for command, each in every_parameter() if not completes(each)}
    assert {each for each in bare if each[1] not in MEASURES} == INVENTED


@pytest.fixture
def typed(tmp_path, monkeypatch):
    """Return `typed(*words)`: what a shell offers for the last word, in a project with one map."""
    shutil.copytree(SHIPPED.parent, tmp_path / "data" / "mine")
    monkeypatch.chdir(tmp_path)

    def offered(*words):
        completion = click.shell_completion.ShellComplete(main, {}, "conceptdeck", "_X")
        return [each.value for each in completion.get_completions(list(words[:-1]), words[-1])]

    return offered


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("build mine --story ta", ["talk"]),
        ("build mine --size a4-", ["a4-portrait"]),
        ("build mine --locale zh", ["zh-Hans"]),
        ("locales --locale d", ["de"]),
        ("diagrams mine --only hierarchy,rel", ["hierarchy,relations"]),
        ("diagrams mine --only concept:metav", ["concept:metaverse"]),
        ("diagrams mine --format svg,p", ["svg,png", "svg,pdf"]),
        ("check --explain orphan-w", ["orphan-word"]),
        ("check mi", ["mine", "mi"]),
        ("i18n new j", ["ja"]),
        ("status --js", ["--json"]),
    ],
)
def test_what_is_typed_is_completed(words, found, typed):
    assert typed(*words.split()) == found
