"""Translators' tools take what is written for them, and what they make of it is taken back."""

import json
import re
import shutil
import subprocess
from dataclasses import replace
from pathlib import Path
from xml.dom import minidom

import polib
import pytest
from click.testing import CliRunner
from lxml import etree
from translate.filters import pofilter
from translate.storage.poxliff import PoXliffFile
from translate.storage.xliff2 import Xliff2File

from conceptdeck.cli import main
from conceptdeck.translation.catalog import Catalog, Entry, without_plurals
from conceptdeck.translation.po import read_po
from conceptdeck.translation.reflow import unwrapped
from conceptdeck.translation.xliff import read_xliff, write_xliff
from conceptdeck.translation.xliff2 import write_xliff2
from conceptdeck.values.diagnostics import Span
from conceptdeck.workspace.places import template_path
from support.decks import ROOT

DONE = Entry("layers.past.name", "The past", "Die Vergangenheit", notes="Room", flags=("max-length:30",))
STALE = Entry("title", "A <new> title", "Ein alter Titel", fuzzy=True, previous="An old title", comments="by Ada")
CATALOG = Catalog("de", (DONE, STALE, Entry("subtitle", "Not yet\n in German")))
WRITERS = {"1.2": write_xliff, "2.1": write_xliff2}
SHIPPED = sorted(ROOT.glob("data/*/locales/*.po"))
FORMAL = ("escapes", "newlines", "tabs", "printf", "xmltags", "doublespacing", "startwhitespace", "endwhitespace")
SMALL = """\
title: How bread rises
subtitle: A short talk for bakers
concepts:
  yeast: {name: Yeast, description: It eats sugar and gives off gas.}
  dough: {name: Dough, description: It holds the gas.}
"""
PO = """\
msgid ""
msgstr ""
"Content-Type: text/plain; charset=UTF-8\\n"
"Language: de_DE\\n"

msgctxt "concepts.yeast.name"
msgid "Yeast"
msgid_plural "Yeasts"
msgstr[0] "Hefe"
msgstr[1] "Hefe"

#~ msgctxt "concepts.water.name"
#~ msgid "Water"
#~ msgstr "Wasser"
"""


@pytest.fixture(scope="module")
def bread(tmp_path_factory):
    """A small map whose German catalog came from a file in de-DE with plurals and obsolete entries."""
    place = tmp_path_factory.mktemp("place") / "bread"
    place.mkdir()
    (place / "map.yaml").write_text(SMALL, encoding="utf-8")
    (place / "back.po").write_text(PO, encoding="utf-8")
    new = CliRunner().invoke(main, ["i18n", "new", "de", str(place / "map.yaml")])
    assert new.exit_code == 0, new.output
    said = CliRunner().invoke(main, ["i18n", "import", str(place / "back.po"), str(place / "map.yaml")])
    assert said.exit_code == 0, said.output
    return place, said.output


def bare(catalog: Catalog) -> list[Entry]:
    """Return what a file tells of each entry: limits and notes are ours, not the translator's."""
    return [replace(each, notes="", flags=(), span=Span()) for each in catalog.entries]


@pytest.mark.parametrize("version", WRITERS)
def test_xliff_gives_back_states_earlier_texts_and_comments(version):
    found, problems = read_xliff(WRITERS[version](CATALOG, "bread", "en"), "de.xlf")
    assert problems == ()
    assert bare(found.catalog) == bare(CATALOG)
    assert (found.map_id, found.base["title"], found.catalog.language) == ("bread", "Ein alter Titel", "de")


def test_xliff_says_how_many_letters_a_translation_may_have():
    old, new = (etree.fromstring(write(CATALOG, "bread", "en")) for write in WRITERS.values())
    unit = old.find(".//{*}trans-unit")
    assert (unit.get("maxwidth"), unit.get("size-unit"), unit.get("approved")) == ("30", "char", "yes")
    assert [each.get("approved") for each in old.iterfind(".//{*}trans-unit")] == ["yes", "no", None]
    sizes = "{urn:oasis:names:tc:xliff:sizerestriction:2.0}"
    assert new.find(".//{*}unit").get(f"{sizes}sizeRestriction") == "30"
    assert new.find(f".//{sizes}profiles").get("generalProfile") == "xliff:codepoints"


def test_translate_toolkit_reads_both_forms_of_xliff():
    old = PoXliffFile.parsestring(write_xliff(CATALOG, "bread", "en"))
    new = Xliff2File.parsestring(write_xliff2(CATALOG, "bread", "en"))
    for found in (old, new):
        texts = [(unit.source, unit.target or "") for unit in found.units]
        assert texts == [(each.source, each.text) for each in CATALOG.entries]
    assert [unit.isfuzzy() for unit in old.units][:2] == [False, True]


APPROVALS = [
    ("yes", 'state="needs-review-translation"', "Ein alter Titel", False),
    ("no", 'state="needs-review-translation"', "Ein alter Titel", True),
    ("no", 'state="translated"', "Ein neuer Titel", False),
    ("no", 'state="final"', "Ein alter Titel", False),
]


@pytest.mark.parametrize(("approved", "state", "text", "fuzzy"), APPROVALS)
def test_what_a_reviewer_approves_is_whole(approved, state, text, fuzzy):
    unit = f'<trans-unit id="title" approved="{approved}"><source>A title</source><target {state}>{text}</target>'
    unit += '<alt-trans origin="conceptdeck-exported"><target state="needs-review-translation">Ein alter Titel'
    unit += "</target></alt-trans></trans-unit>"
    head = '<xliff version="1.2" xmlns="urn:oasis:names:tc:xliff:document:1.2"><file target-language="de"><body>'
    found, problems = read_xliff(f"{head}{unit}</body></file></xliff>".encode(), "de.xlf")
    assert problems == ()
    assert found.catalog.by_key["title"].fuzzy is fuzzy


def test_an_approval_that_was_taken_back_makes_a_translation_fuzzy():
    data = write_xliff(Catalog("de", (DONE,)), "bread", "en").replace(b'approved="yes"', b'approved="no"')
    assert read_xliff(data, "de.xlf")[0].catalog.by_key[DONE.key].fuzzy


def test_segments_and_what_stands_between_them_are_one_text_in_xliff_2():
    data = b"""<xliff xmlns="urn:oasis:names:tc:xliff:document:2.2" version="2.2" srcLang="en" trgLang="de">
    <file id="f"><unit id="title"><segment state="final"><source>One.</source><target>Eins.</target></segment>
    <ignorable><source> </source></ignorable>
    <segment state="reviewed"><source>Two <pc id="1">bold</pc>.</source><target>Zwei <pc id="1">fett</pc>.</target>
    </segment></unit></file></xliff>"""
    (entry,) = read_xliff(data, "de.xlf")[0].catalog.entries
    assert (entry.key, entry.source, entry.text, entry.fuzzy) == ("title", "One. Two bold.", "Eins. Zwei fett.", False)


@pytest.mark.parametrize("version", WRITERS)
def test_xliff_that_a_tool_has_printed_prettily_says_the_same(version):
    long = Entry("core-sentence", "Bread rises because yeast makes gas", "Brot geht auf, weil Hefe gärt")
    catalog = Catalog("de", (DONE, STALE, long))
    printed = re.sub(r"(<(?:\w+:)?(?:source|target)[^>]*>)([^<]+)", r"\1\n        \2\n      ", pretty(version, catalog))
    printed = printed.replace("because yeast", "because\n          yeast").replace("weil Hefe", "weil\n          Hefe")
    found, problems = read_xliff(printed.encode(), "de.xlf")
    assert problems == ()
    assert bare(unwrapped(found, catalog.by_key).catalog)[2] == bare(catalog)[2]
    assert unwrapped(found, catalog.by_key).catalog.by_key[DONE.key].text == DONE.text


def pretty(version: str, catalog: Catalog) -> str:
    return minidom.parseString(WRITERS[version](catalog, "bread", "en")).toxml()


def test_forms_for_numbers_that_a_map_does_not_have_are_one_text():
    catalog, problems = read_po(PO, "de.po", "de")
    assert problems == ()
    made = without_plurals(catalog, {"concepts.yeast.name": Entry("concepts.yeast.name", "Yeast")})
    assert made.by_key["concepts.yeast.name"].text == "Hefe"


def test_a_file_for_a_region_with_plurals_and_obsolete_entries_comes_into_the_catalog_of_its_language(bread):
    place, said = bread
    made = polib.pofile(str(place / "locales" / "de.po"))
    assert "1 taken, 0 kept, 0 unknown" in said
    assert {each.msgctxt: each.msgstr for each in made if each.msgstr} == {"concepts.yeast.name": "Hefe"}
    assert made.metadata["X-Source-Language"] == "en"
    assert made.metadata["Plural-Forms"].startswith("nplurals=2")


def test_a_template_has_every_text_and_starts_a_catalog_in_gettext(bread, gettext):
    place, _ = bread
    said = CliRunner().invoke(main, ["i18n", "template", str(place / "map.yaml")])
    path = place / "locales" / "bread.pot"
    assert said.exit_code == 0, said.output
    started = gettext("msginit", "--no-translator", "-l", "fr", "-i", path, "-o", place / "fr.po")
    assert started.returncode == 0, started.stderr
    assert gettext("msgfmt", "--check-format", "-o", place / "fr.mo", place / "fr.po").returncode == 0
    assert {each.msgctxt for each in polib.pofile(str(place / "fr.po"))} >= {"title", "concepts.dough.description"}
    again = CliRunner().invoke(main, ["i18n", "template", str(place / "map.yaml")])
    assert "(unchanged)" in again.output


@pytest.mark.parametrize("path", SHIPPED, ids=lambda path: f"{path.parts[-3]}-{path.stem}")
def test_shipped_translations_keep_the_most_letters_that_their_flags_say(path):
    limits = [(each, most) for each in polib.pofile(str(path)) if (most := limit(each))]
    assert len(limits) > 100
    assert [each.msgctxt for each, most in limits if len(each.msgstr) > most] == []


def limit(entry: polib.POEntry) -> int:
    return next((int(flag.partition(":")[2]) for flag in entry.flags if flag.startswith("max-length:")), 0)


def test_translate_toolkit_finds_no_fault_of_form_in_what_is_written(tmp_path, monkeypatch):
    source = ROOT / "data" / "web-platform" / "locales" / "de.po"
    tests = [part for name in FORMAL for part in ("-t", name)]
    command = ["pofilter", "--progress=none", *tests, str(source), str(tmp_path / "faults.po")]
    monkeypatch.setattr("sys.argv", command)
    pofilter.main()
    assert not (tmp_path / "faults.po").exists() or len(polib.pofile(str(tmp_path / "faults.po"))) == 0


def test_xliff2po_makes_a_catalog_of_what_is_exported(tmp_path, gettext):
    tool = Path(shutil.which("xliff2po") or ROOT / ".venv" / "bin" / "xliff2po")
    (tmp_path / "de.xlf").write_bytes(write_xliff(CATALOG, "bread", "en"))
    subprocess.run([tool, "--progress=none", tmp_path / "de.xlf", tmp_path / "de.po"], check=True, capture_output=True)
    assert gettext("msgfmt", "-o", tmp_path / "de.mo", tmp_path / "de.po").returncode == 0
    found = {each.msgid: each for each in polib.pofile(str(tmp_path / "de.po"))}
    assert (found[DONE.source].msgstr, found[STALE.source].fuzzy) == (DONE.text, True)


def test_the_weblate_component_in_the_documents_finds_catalogs_and_template():
    said = (ROOT / "docs" / "translators.md").read_text("utf-8")
    component = json.loads(re.search(r"```json\n(.*?)```", said, re.DOTALL)[1])
    assert {path.stem for path in ROOT.glob(component["filemask"])} == {"ar", "de", "es", "fr", "ja", "zh-Hans"}
    map_file = ROOT / "data" / component["slug"] / "map.yaml"
    assert ROOT / component["new_base"] == template_path(map_file, component["slug"])
