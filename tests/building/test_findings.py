"""What a map's author is told: each cause once, at its line, by the command that it concerns."""

import re

import pytest
from click.testing import CliRunner

from conceptdeck.cli import main

LONG = "An endless name " * 160
MAP = """\
title: Bread
core-sentence: Dough rises since yeast makes gas.
layers:
  title: Parts of a loaf
  items:
    crumb:
      name: Crumb
      summary: The inside of a loaf
      notes: Show the picture.
      concepts:
        yeast: {name: Yeast, description: It lives., examples: [sourdough]}
        gas: {name: NAME, description: It fills., meaning: Holes}
relations:
  title: What makes what
  items:
    makes: {source: yeast, target: gas, phrase: makes}
systems:
  sourdough: {name: Sourdough}
  forgotten: {name: Forgotten}
"""

TWINS = """\
categories:
  title: Kinds
  items:
    white: {name: Loaf, question: Which?, members: [yeast]}
    rye: {name: Loaf, question: Why?, members: [gas]}
"""


@pytest.fixture
def run(tmp_path, monkeypatch):
    """Return `run(command, ...)`, of a map called `bread` whose texts may be changed."""
    monkeypatch.chdir(tmp_path)

    def command(*arguments: str, **texts: str):
        (tmp_path / "bread").mkdir(exist_ok=True)
        text = MAP.replace("NAME", texts.pop("name", "Gas"))
        (tmp_path / "bread" / "map.yaml").write_text(text + texts.pop("more", ""), encoding="utf-8")
        return CliRunner().invoke(main, list(arguments))

    return command


def told(output: str, code: str) -> list[str]:
    """Return the findings of a rule, each with its notes and hints."""
    parts = re.split(r"(?m)^(?=\S+: (?:error|warning): )", output)
    return [part for part in parts if f"[{code}]" in part]


def test_an_overlong_name_is_one_error_at_its_line_that_names_all_its_slides(run):
    result = run("build", "bread", name=LONG)
    assert result.exit_code == 1
    assert result.stderr.count(": error: ") == 1, result.stderr
    (found,) = told(result.stderr, "text-overflow")
    assert re.match(r"\S*map.yaml:12:21: error: `layers.crumb.concepts.gas.name`", found)
    assert re.search(r"has about \d+ letters too many for its place: “An endless name", found), found
    assert re.search(r"note: on slides \d+(, \d+)* and \d+", found), found


def test_as_many_letters_as_are_told_are_too_many(run):
    (found,) = told(run("build", "bread", name=LONG).stderr, "text-overflow")
    count = int(re.search(r"about (\d+) letters", found)[1])
    shorter = LONG.strip()[:-count].strip()
    assert not told(run("build", "bread", name=shorter).stderr, "text-overflow")
    assert told(run("build", "bread", name=f"{shorter} {LONG[:400]}").stderr, "text-overflow")


def test_no_finding_of_an_overlong_text_speaks_of_shapes(run):
    for command in ("build", "diagrams", "check"):
        told_ = run(command, "bread", name=LONG).output
        assert not re.search(r"\b(move|shape|resize|beyond the slide)\b", told_), told_


def test_diagrams_are_silent_about_what_only_slides_show(run):
    assert told(run("build", "bread").stderr, "unused-system")
    assert told(run("build", "bread").stderr, "missing-notes")
    result = run("diagrams", "bread", "--format", "svg")
    assert (result.exit_code, result.stderr.count("warning")) == (0, 0), result.stderr


def test_a_check_judges_slides_and_diagrams_and_tells_what_both_have_once(run):
    for command in ("build", "diagrams", "check"):
        assert len(told(run(command, "bread", more=TWINS).output, "duplicate-label")) == 1, command
    assert len(told(run("check", "bread", more=TWINS).output, "unused-system")) == 1


def test_slides_without_notes_are_one_finding_with_their_lines(run):
    (found,) = told(run("build", "bread").stderr, "missing-notes")
    assert "note: also in lines" in found


def test_concepts_with_one_description_are_one_finding_that_names_them_all(run):
    result = run(
        "build",
        "bread",
        more="concepts:\n" + "".join(f"  c{n}: {{name: N{n}, description: Same.}}\n" for n in range(5)),
    )
    (found,) = told(result.stderr, "repeated-text")
    assert "5 concepts have the same description: “Same.”: `c0`, `c1`, `c2`, `c3` and `c4`" in found


def test_locales_tell_what_deck_and_diagrams_of_a_language_share_once(run):
    assert run("i18n", "new", "de", "bread", more=TWINS).exit_code == 0
    result = run("locales", "bread", "--locale", "de", "--jobs", "1", more=TWINS)
    assert result.exit_code == 0, result.stderr
    assert len(told(result.stderr, "duplicate-label")) == 1
