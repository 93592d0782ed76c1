"""Readers of translations are linear, and take what the largest map makes of its catalog."""

import pytest

from conceptdeck.building.catalogs import empty_catalog
from conceptdeck.building.extracts import MOST_PLACED
from conceptdeck.translation.catalog import updated
from conceptdeck.translation.po import MOST_PROBLEMS, read_po, write_po
from conceptdeck.translation.xliff import read_xliff, write_xliff
from conceptdeck.values.text import Text
from conceptdeck.workspace.loading import CATALOG_BYTES, parsed_catalog
from support.work import calls

HEAD = 'msgid ""\nmsgstr ""\n"Content-Type: text/plain; charset=UTF-8\\n"\n"Language: de\\n"\n\n'
FILE = (
    '<xliff xmlns="urn:oasis:names:tc:xliff:document:1.2" version="1.2"><file original="m/map.yaml" '
    'source-language="en" target-language="de" datatype="plaintext"><body>{}</body></file></xliff>'
)


def po(count: int, key: str) -> str:
    return HEAD + "".join(f'msgctxt "{key.format(n)}"\nmsgid "a"\nmsgstr "b"\n\n' for n in range(count))


def xliff(count: int, key: str) -> bytes:
    unit = '<trans-unit id="{}"><source>a</source><target>b</target></trans-unit>'
    return FILE.format("".join(unit.format(key.format(n)) for n in range(count))).encode()


@pytest.mark.parametrize("key", ["k{}", "k"])
@pytest.mark.parametrize(
    "read", [lambda n, key: read_po(po(n, key), "de.po", "de"), lambda n, key: read_xliff(xliff(n, key), "de.xlf")]
)
def test_twice_the_entries_take_twice_the_work(read, key):
    once, twice = calls(lambda: read(1500, key)), calls(lambda: read(3000, key))
    assert twice < 2.2 * once


@pytest.mark.parametrize("text", [po(1000, "k"), HEAD + 'msgid "a"\nmsgstr "b"\n\n' * 1000])
def test_very_many_faults_of_one_kind_are_told_in_a_line(text):
    _, found = read_po(text, "de.po", "de")
    assert MOST_PROBLEMS < len(found) <= 2 * MOST_PROBLEMS + 2
    assert any("entries more" in each.message for each in found)


def test_a_document_type_is_refused_by_the_word_of_the_parser():
    said = '<?xml version="1.0" encoding="{}"?><!DOCTYPE xliff [<!ENTITY a "b">]>' + FILE.format("")
    for encoding in ("utf-8", "utf-16", "utf-32", "utf-7", "ascii"):
        found, problems = read_xliff(said.format(encoding).encode(encoding), "de.xlf")
        assert found is None and problems
    quoting = FILE.format('<trans-unit id="k"><source><![CDATA[<!DOCTYPE html>]]></source></trans-unit>')
    assert read_xliff(quoting.encode(), "de.xlf")[1] == ()


def test_a_catalog_of_very_many_texts_can_be_read_again():
    strings = [Text("A text of some words " * 20, f"k{number}") for number in range(MOST_PLACED + 1)]
    catalog = updated(empty_catalog(_Map(), "de"), strings, {})
    data = write_po(catalog).encode()
    assert len(data) < CATALOG_BYTES
    assert len(parsed_catalog(data, "de.po", "de")[0].entries) == len(strings)
    assert read_xliff(write_xliff(catalog, "m", "en"), "de.xlf")[1] == ()


class _Map:
    """What a new catalog asks of its map."""

    id = "m"
    language = "en"
