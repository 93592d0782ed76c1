"""Words of the program that a user supplies in a language that they are not shipped in."""

from pathlib import Path

import polib
import pytest
from click.testing import CliRunner

from conceptdeck.building.edition import read_edition
from conceptdeck.cli import main
from conceptdeck.values.terms import Term

MAP = """\
language: {tag}
title: لغت
core-sentence: ایک جملہ۔
concepts: {{a: {{name: تجرید, description: تفصیل}}}}
"""
OURS = Path("data/terms/ur.po")


@pytest.fixture
def run(tmp_path, monkeypatch):
    """Return what runs a command beside a map in Urdu, and another in English."""
    monkeypatch.chdir(tmp_path)
    for name, tag in (("lughat", "ur"), ("words", "en")):
        Path("data", name).mkdir(parents=True)
        Path("data", name, "map.yaml").write_text(MAP.format(tag=tag), encoding="utf-8")
    return lambda *arguments: CliRunner().invoke(main, list(arguments))


def say(key: str, text: str) -> None:
    """Translate a term in the user's file."""
    file = polib.pofile(str(OURS))
    next(entry for entry in file if entry.msgctxt == key).msgstr = text
    file.save()


def words(name: str = "lughat", locale: str | None = None):
    edition = read_edition(Path("data", name, "map.yaml"), locale)
    return edition.words, edition.problems


def test_words_are_started_with_a_catalog_or_for_a_map_in_that_language(run):
    result = run("i18n", "new", "ur", "lughat")
    assert result.exit_code == 0
    assert result.stdout.startswith(str(OURS))
    assert len(polib.pofile(str(OURS))) == len(Term)
    OURS.unlink()
    result = run("i18n", "new", "ur", "words")
    assert [line.split()[0] for line in result.stdout.splitlines()] == ["data/words/locales/ur.po", str(OURS)]


@pytest.mark.parametrize("tag", ["de", "de-AT", "zh_CN"])
def test_words_that_are_shipped_are_not_started(run, tag):
    assert run("i18n", "new", tag, "words").exit_code == 0
    assert not Path("data/terms").exists()


def test_words_that_are_there_stay(run):
    run("i18n", "new", "ur", "words")
    say("relations", "تعلقات")
    assert "[bad-catalog]" in run("i18n", "new", "ur", "lughat").stderr
    assert "[catalog-exists]" in run("i18n", "new", "ur", "words").stderr
    assert words()[0].say(Term.RELATIONS) == "تعلقات"


def test_what_the_user_says_is_said_and_the_rest_is_english(run):
    run("i18n", "new", "ur", "lughat")
    say("continued", "{title} ({parts} میں سے {part})")
    for found, problems in (words(), words("words", "ur_PK") if run("i18n", "new", "ur", "words") else None):
        assert found.say(Term.CONTINUED, title="لغت", part=1, parts=2) == "لغت (2 میں سے 1)"
        assert found.say(Term.COMPARISON) == "Comparison"
        assert not [each for each in problems if each.span.path.endswith("terms/ur.po")]


def test_a_word_that_lost_a_placeholder_is_named_and_not_said(run):
    run("i18n", "new", "ur", "lughat")
    say("continued", "{title}")
    found, problems = words()
    assert "2" in found.say(Term.CONTINUED, title="لغت", part=1, parts=2)
    assert [(each.code, each.severity.value) for each in problems] == [("translation-placeholder", "warning")]
    assert run("build", "lughat", "--quiet").exit_code == 0


def test_a_region_takes_the_words_of_its_language_and_may_change_some(run):
    Path("data/terms").mkdir()
    Path("data/terms/de_AT.po").write_text(
        'msgid ""\nmsgstr ""\n"Language: de_AT\\n"\n"Content-Type: text/plain; charset=UTF-8\\n"\n\n'
        'msgctxt "comparison"\nmsgid "Comparison"\nmsgstr "Gegenüberstellung"\n',
        encoding="utf-8",
    )
    run("i18n", "new", "de", "words")
    found, _ = words("words", "de-AT")
    assert found.say(Term.COMPARISON) == "Gegenüberstellung"
    assert found.say(Term.RELATIONS) == "Beziehungen"
    assert words("words", "de")[0].say(Term.COMPARISON) == "Vergleich"


def test_words_are_brought_up_to_date_with_the_program(run):
    run("i18n", "new", "ur", "lughat")
    say("comparison", "موازنہ")
    file = polib.pofile(str(OURS))
    file.remove(next(entry for entry in file if entry.msgctxt == "relations"))
    next(entry for entry in file if entry.msgctxt == "comparison").msgid = "Compared"
    file.save()
    result = run("i18n", "update", "lughat")
    assert f"{OURS}  0 translated, 1 stale, {len(Term) - 1} missing" in result.stdout
    assert len(polib.pofile(str(OURS))) == len(Term)
    assert "(unchanged)" in run("i18n", "update", "lughat").stdout
