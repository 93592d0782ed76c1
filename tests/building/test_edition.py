"""Editions: a map in a language, from a catalog under any name, whole or not."""

import re
from pathlib import Path

import pytest

from conceptdeck.building import catalogs, imports
from conceptdeck.building.edition import read_edition
from conceptdeck.values.diagnostics import Failure, has_errors

SMALL = """\
language: {tag}
title: How bread rises
core-sentence: Yeast makes gas, see www.example.org/yeast.
concepts:
  yeast: {{name: Yeast, description: It eats sugar.}}
"""
HEAD = 'msgid ""\nmsgstr ""\n"Language: {}\\n"\n"Content-Type: text/plain; charset=UTF-8\\n"\n\n'


@pytest.fixture
def small(tmp_path, monkeypatch):
    """Return what writes a small map with a catalog: its file, from entries of (key, source, translation)."""
    monkeypatch.chdir(tmp_path)

    def write(name: str, *entries: str, tag: str = "en") -> Path:
        (tmp_path / "bread" / "locales").mkdir(parents=True, exist_ok=True)
        (tmp_path / "bread" / "map.yaml").write_text(SMALL.format(tag=tag), encoding="utf-8")
        text = HEAD.format(name.removesuffix(".po")) + "\n".join(entries)
        (tmp_path / "bread" / "locales" / name).write_text(text, encoding="utf-8")
        return tmp_path / "bread" / "map.yaml"

    return write


def po(key: str, source: str, text: str) -> str:
    return f'msgctxt "{key}"\nmsgid "{source}"\nmsgstr "{text}"\n'


TITLE = po("title", "How bread rises", "Wie Brot aufgeht")
NAME = po("concepts.yeast.name", "Yeast", "Hefe")
SENTENCE_OF = "Yeast makes gas, see www.example.org/yeast."


@pytest.mark.parametrize(
    ("entries", "code"),
    [
        ((TITLE, po("core-sentence", SENTENCE_OF, "Hefe macht Gas: www.example.org/hefe."), NAME), "translation-url"),
        ((TITLE, 'msgctxt "core-sentence"\nmsgid "x"\n', NAME), "bad-catalog"),
        ((TITLE, po("core-sentence", SENTENCE_OF, 'Hefe "macht Gas'), NAME), "bad-catalog"),
        (
            (TITLE, po("core-sentence", SENTENCE_OF, "A"), po("core-sentence", SENTENCE_OF, "B"), NAME),
            "duplicate-entry",
        ),
        ((TITLE, 'msgid "x"\nmsgstr "y"\n', NAME), "missing-context"),
        ((TITLE, "here somebody wrote a line\n", NAME), "bad-catalog"),
        ((TITLE, '<<<<<<< ours\nmsgctxt "a"\n=======\nmsgctxt "b"\n>>>>>>> theirs\n', NAME), "conflict-marker"),
        ((TITLE, NAME, 'msgctxt "core-sentence"\nmsgid "x"\nmsgstr "cut o'), "bad-catalog"),
    ],
)
def test_what_is_broken_in_a_catalog_falls_back_and_the_rest_is_shown(small, entries, code):
    edition = read_edition(small("de.po", *entries), "de")
    assert edition.map.title.value == "Wie Brot aufgeht"
    assert edition.map.concepts[0].name.value == "Hefe"
    assert edition.map.core_sentence.value == SENTENCE_OF
    assert code in [each.code for each in edition.problems]
    assert not has_errors(edition.problems)
    with pytest.raises(Failure) as caught:
        if not has_errors(read_edition(small("de.po", *entries), "de", strict=True).problems):
            pytest.fail("a strict build passes over it")
        raise Failure(read_edition(small("de.po", *entries), "de", strict=True).problems)
    assert code in [each.code for each in caught.value.diagnostics]


@pytest.mark.parametrize("name", ["de_AT.po", "de-AT.po"])
@pytest.mark.parametrize("locale", ["de_AT", "de-AT", "de-at"])
def test_files_and_options_name_languages_as_gettext_or_as_the_web_does(small, name, locale):
    assert read_edition(small(name, TITLE), locale).map.title.value == "Wie Brot aufgeht"


@pytest.mark.parametrize(
    ("name", "locale"), [("zh_CN.po", "zh-Hans"), ("zh-Hans.po", "zh_CN"), ("sr@latin.po", "sr-Latn")]
)
def test_one_language_under_two_names_is_one_at_every_door(small, name, locale):
    map_file = small(name, po("title", "How bread rises", "Zašto"))
    assert read_edition(map_file, locale).map.title.value == "Zašto"
    (catalog,) = catalogs.read_catalogs(map_file, [locale])
    assert catalog.by_key["title"].text == "Zašto"
    with pytest.raises(Failure, match="catalog-exists"):
        catalogs.new_catalog(map_file, catalogs.known_tag(locale))
    exported = imports.export_catalog(map_file, catalogs.known_tag(locale), "xliff").decode()
    changed = re.sub('target-language="[^"]+"', f'target-language="{locale}"', exported).replace("Zašto", "Kako", 1)
    Path("back.xlf").write_text(changed, encoding="utf-8")
    imports.import_file(map_file, Path("back.xlf"))
    assert [path.name for path in (map_file.parent / "locales").iterdir()] == [name]
    assert read_edition(map_file, locale).map.title.value == "Kako"


def test_a_region_that_is_asked_for_without_itself_is_guessed(small):
    with pytest.raises(Failure, match="did you mean `de-AT`"):
        read_edition(small("de_AT.po", TITLE), "de")


def test_a_mark_in_a_made_up_language_has_no_place_and_is_no_fault(small):
    map_file = small("de.po", TITLE)
    map_file.write_text(SMALL.format(tag="en").replace("name: Yeast", "name: '<img> of yeast'"), encoding="utf-8")
    assert "unknown-mark" in [each.code for each in read_edition(map_file, "en-XA").problems]
