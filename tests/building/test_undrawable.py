"""Formats that need outlines are refused where no font here has those of a script; what holds the text is not."""

import re
from pathlib import Path

import pytest
from click.testing import CliRunner

from conceptdeck.cli import main
from conceptdeck.typeset.scripts import lost_scripts, script_name
from conceptdeck.workspace import places

WORDS = {
    "chr": ("ᎦᏚ ᎠᎵᏌᎳᏗᎭ", "ᎠᏥᎸᏍᎩ ᎦᏃᎸᎥᏍᎦ", "ᎠᏥᎸᏍᎩ"),
    "bo": ("བག་ལེབ་སྦོས་པ", "ཕབས་ཀྱིས་རླངས་པ་བཟོ", "ཕབས"),
    "ko": ("빵이 부푸는 까닭", "효모가 가스를 만든다", "효모"),
}
MAP = """\
language: {tag}
title: {0}
core-sentence: {1}.
focus: yeast
concepts:
  yeast: {{name: {2}}}
layers:
  title: {1} A
  items:
    one:
      name: {1} B
      summary: {1} C
      concepts:
        rise: {{name: {0} D}}
relations:
  title: {1} E
  labels: {{core: {2}, limit: {2}, adds: {2}, evidence: {2}}}
  types: {{makes: {{name: {2}}}}}
  items:
    a: {{source: yeast, target: rise, type: makes, phrase: {2}, headline: {1} F, core: {2}}}
"""


@pytest.fixture(params=sorted(WORDS))
def tag(request, tmp_path, monkeypatch):
    """Return the language of the map `mine` of the current folder, whose script no font here can draw."""
    monkeypatch.chdir(tmp_path)
    without_extra(monkeypatch)
    Path("mine").mkdir()
    text = MAP.format(*WORDS[request.param], tag=request.param)
    Path("mine/map.yaml").write_text(text, encoding="utf-8")
    return request.param


def run(*arguments: str):
    return CliRunner().invoke(main, [*arguments, "--quiet"])


def made() -> set[str]:
    return {path.suffix for path in Path("output").rglob("*") if path.is_file() and ".cache" not in path.parts}


def without_extra(monkeypatch):
    """Let no package bring outlines, as in an installation without extras."""
    monkeypatch.setattr(places, "packaged_font", lambda name: None)


SCRIPTS = {"chr": "Cherokee", "bo": "Tibetan", "ko": "Hangul"}


@pytest.mark.parametrize(
    "arguments",
    [
        ("build", "mine", "--format", "pdf"),
        ("build", "mine", "--format", "pptx", "--format", "pdf", "--handout"),
        ("diagrams", "mine"),
        ("diagrams", "mine", "--format", "png"),
        ("diagrams", "mine", "--format", "svg,pdf"),
        ("build", "mine", "--zooms"),
    ],
)
def test_a_script_without_outlines_is_refused_in_one_finding(tag, arguments):
    result = run(*arguments)
    assert result.exit_code == 1
    assert result.stderr.count("error: ") == 1
    assert "warning" not in result.stderr
    assert re.search(
        rf"error: `{tag}`: no font here can draw the script {SCRIPTS[tag]} .*\[undrawable-script\]", result.stderr
    )
    assert "  help: " in result.stderr
    assert ('install what draws it: pip install "conceptdeck[cjk]"' in result.stderr) is (tag == "ko")
    assert made() == set()


def test_what_holds_the_text_itself_is_built(tag):
    assert run("build", "mine", "--format", "pptx", "--format", "html").exit_code == 0
    assert run("diagrams", "mine", "--format", "svg,gv").exit_code == 0
    assert {".pptx", ".html", ".svg", ".gv"} <= made()
    assert WORDS[tag][2] in next(Path("output").rglob("*.svg")).read_text(encoding="utf-8")


def test_the_deck_says_once_if_its_script_is_not_measured(tag):
    result = run("build", "mine")
    assert result.exit_code == 0
    if tag == "ko":  # its letters are measured without outlines
        assert "missing-glyph" not in result.stderr
    else:
        assert result.stderr.count("[missing-glyph]") == 1
        assert re.search(r"note: so it is with \d+ more texts of the deck", result.stderr)


def test_one_sign_that_no_font_has_is_a_warning_and_the_picture_is_drawn(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    Path("mine").mkdir()
    text = MAP.format("How bread rises 🜀", "Yeast makes gas", "Yeast", tag="en")
    Path("mine/map.yaml").write_text(text, encoding="utf-8")
    result = run("build", "mine", "--format", "pdf")
    assert result.exit_code == 0
    assert "warning: no font here can draw 🜀" in result.stderr


def test_a_foreign_word_that_would_be_boxes_is_refused_too(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    without_extra(monkeypatch)
    Path("mine").mkdir()
    text = MAP.format("Seoul is written 서울", "Yeast makes gas", "Yeast", tag="en")
    Path("mine/map.yaml").write_text(text, encoding="utf-8")
    assert "the script Hangul (서 울)" in run("build", "mine", "--format", "pdf").stderr


@pytest.mark.parametrize(
    ("chars", "missing", "lost"),
    [
        ("빵a", "빵", {"Hang": ("빵",)}),
        ("日本𠮷", "𠮷", {}),  # a rare letter of a script that is drawn
        ("かな漢", "漢", {}),  # one script, to those who read it
        ("a🚀→", "🚀→", {}),  # no letters
        ("กaข", "กข", {"Thai": ("ก", "ข")}),
        ("한ก", "한ก", {"Hang": ("한",), "Thai": ("ก",)}),
    ],
)
def test_a_script_is_lost_if_none_of_its_letters_is_there(chars, missing, lost):
    assert lost_scripts(chars, missing) == lost


@pytest.mark.parametrize(
    ("letter", "name"), [("빵", "Hangul"), ("漢", "Han"), ("ก", "Thai"), ("𐰀", "Old Turkic"), ("Ꮳ", "Cherokee")]
)
def test_scripts_are_called_as_unicode_calls_them(letter, name):
    assert script_name(letter) == name
