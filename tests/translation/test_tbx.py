"""The names of a map as a glossary: valid TBX, read by translators' tools."""

import pytest
from click.testing import CliRunner
from lxml import etree
from translate.storage.tbx import tbxfile

from conceptdeck.building.catalogs import names_as_glossary
from conceptdeck.cli import main
from support.decks import ROOT

MAP = ROOT / "data" / "web-platform" / "map.yaml"
LANGUAGES = ["en", "ar", "de", "es", "fr", "ja", "zh-Hans"]
X = "{urn:iso:std:iso:30042:ed-2}"
XML_LANG = "{http://www.w3.org/XML/1998/namespace}lang"
GRAMMAR = """\
<grammar xmlns="http://relaxng.org/ns/structure/1.0" ns="urn:iso:std:iso:30042:ed-2"
  datatypeLibrary="http://www.w3.org/2001/XMLSchema-datatypes">
 <start><element name="tbx"><attribute name="style"><value>dca</value></attribute>
  <attribute name="type"><value>TBX-Basic</value></attribute><ref name="lang"/>
  <element name="tbxHeader"><element name="fileDesc">
   <element name="titleStmt"><element name="title"><text/></element></element>
   <element name="sourceDesc"><element name="p"><text/></element></element></element></element>
  <element name="text"><element name="body"><oneOrMore><element name="conceptEntry">
   <attribute name="id"><data type="ID"/></attribute>
   <oneOrMore><element name="langSec"><ref name="lang"/>
    <optional><element name="descrip"><attribute name="type"><value>definition</value></attribute><text/></element>
    </optional>
    <oneOrMore><element name="termSec"><element name="term"><text/></element>
     <zeroOrMore><element name="termNote"><attribute name="type"><value>partOfSpeech</value></attribute>
      <choice><value>noun</value><value>properNoun</value><value>verb</value><value>other</value></choice></element></zeroOrMore>
    </element></oneOrMore></element></oneOrMore></element></oneOrMore></element></element></element></start>
 <define name="lang"><attribute name="xml:lang"><data type="language"/></attribute></define>
</grammar>"""


@pytest.fixture(scope="module")
def root():
    return etree.fromstring(names_as_glossary(MAP, 3))


def test_the_glossary_keeps_the_structure_of_tbx_basic(root):
    schema = etree.RelaxNG(etree.fromstring(GRAMMAR))
    assert schema.validate(root), schema.error_log


def test_each_name_stands_in_all_languages_with_what_it_means(root):
    entries = {each.get("id"): each for each in root.iter(f"{X}conceptEntry")}
    url = entries["layers.network.concepts.url"]
    assert [each.get(XML_LANG) for each in url] == LANGUAGES
    german = next(each for each in url if each.get(XML_LANG) == "de")
    assert german.findtext(f".//{X}term") == "URL"
    assert len(german.findtext(f"{X}descrip")) > 20
    assert not any("://" in term.text for term in root.iter(f"{X}term"))


def test_translate_toolkit_reads_the_edition_that_it_knows():
    found = tbxfile.parsestring(names_as_glossary(MAP, 2), sourcelanguage="en", targetlanguage="de")
    said = {unit.source: unit.target for unit in found.units}
    assert said["The browser"] == "Der Browser"
    assert len(said) > 30


def test_the_command_writes_the_file(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    made = CliRunner().invoke(main, ["i18n", "glossary", str(MAP), "-o", "names.tbx"])
    assert made.exit_code == 0, made.output
    assert (tmp_path / "names.tbx").read_bytes() == names_as_glossary(MAP, 3)
