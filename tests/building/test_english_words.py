"""A language without words of the program says so, until a file has them."""

from __future__ import annotations

import pytest

from conceptdeck.building.catalogs import started
from conceptdeck.building.edition import read_edition
from support.decks import write_map

TREE = {"title": "Garður", "core-sentence": "Garðar vaxa."}


def codes(path) -> list[str]:
    return [each.code for each in read_edition(path).told(())]


def test_a_language_without_words_is_told_once_with_the_command_that_starts_a_file(tmp_path):
    path = write_map(tmp_path / "data" / "garden", TREE | {"language": "is"})
    [finding] = read_edition(path).told(())
    assert finding.code == "english-words"
    assert "i18n new is" in finding.hints[0]


@pytest.mark.parametrize("language", ["en", "en-GB", "de", "de-AT", "zh-Hans", "ar", "pt-PT", "no"])
def test_languages_that_have_words_are_not(tmp_path, language):
    assert codes(write_map(tmp_path / "data" / "garden", TREE | {"language": language})) == []


def test_a_file_that_was_started_is_the_end_of_the_warning(tmp_path):
    path = write_map(tmp_path / "data" / "garden", TREE | {"language": "is"})
    assert started(path, "is")
    assert "english-words" not in codes(path)
