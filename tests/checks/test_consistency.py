"""A name that a catalog says in two ways is found; inflection, compounds and verbs that look like it are let be."""

import pytest

from conceptdeck.building.catalogs import glossary_of, read_catalogs
from conceptdeck.checks.consistency import check_names
from conceptdeck.translation.catalog import Catalog, Entry
from conceptdeck.translation.glossary import Headword
from support.decks import ROOT

NAMES = (
    Entry("concepts.worlds.name", "Sandbox worlds", "Sandkastenwelten"),
    Entry("concepts.twin.name", "Digital twin", "Digitaler Zwilling"),
    Entry("concepts.fetch.name", "Fetch", "Fetch"),
    Entry("concepts.storage.name", "Storage", "Speicher"),
    Entry("systems.cache.name", "Cache Storage", "Cache Storage"),
)
LET_BE = {
    "inflected": ("It needs a digital twin.", "Es braucht einen digitalen Zwilling."),
    "in the plural": ("Digital twins", "Digitale Zwillinge"),
    "in a compound": ("All sandbox worlds end.", "Alle Sandkastenwelten-Server enden."),
    "a verb that looks like it": ("Fetch the page and read it.", "Die Seite holen und lesen."),
    "a part of a longer name": ("It has Cache Storage inside.", "Es hat Cache Storage."),
    "a word that is no name": ("The storage of cheese", "Die Lagerung von Käse"),
}
FOUND = {
    "another word": ("A digital twin learns.", "Ein digitales Abbild lernt."),
    "a part of it": ("Avatars and sandbox worlds", "Avatare und Sandkästen"),
    "a name of one word": ("It keeps Storage full.", "Es hält die Ablage voll."),
}


def told(catalog: Catalog, glossary=()) -> list[str]:
    return [str(each.place.key) for each in check_names(catalog, glossary)]


@pytest.mark.parametrize("name", LET_BE)
def test_a_name_in_its_other_forms_is_let_be(name):
    assert told(Catalog("de", (*NAMES, Entry("title", *LET_BE[name])))) == []


@pytest.mark.parametrize("name", FOUND)
def test_a_name_in_other_words_is_found(name):
    assert told(Catalog("de", (*NAMES, Entry("title", *FOUND[name])))) == ["title"]


def test_one_name_for_two_things_has_one_translation():
    again = Entry("steps.twin.name", "Digital twin", "Digitales Double")
    assert told(Catalog("de", (*NAMES, again))) == ["steps.twin.name"]


def test_in_languages_without_spaces_a_particle_may_stand_within_a_name():
    name = Entry("systems.avatar.name", "Roblox avatar", "Robloxアバター")
    kept, left = (
        Entry(key, "Think of a Roblox avatar.", text)
        for key, text in (("a", "Robloxのアバターを思い浮かべる。"), ("b", "Robloxの人形。"))
    )
    assert told(Catalog("ja", (name, kept, left))) == ["b"]


def test_arabic_prefixes_are_no_other_word():
    name = Entry("concepts.twin.name", "Digital twin", "التوأم الرقمي")
    assert told(Catalog("ar", (name, Entry("a", "It has a digital twin.", "له توأم رقمي.")))) == []
    assert told(Catalog("ar", (name, Entry("a", "It has a digital twin.", "له نسخة أخرى.")))) == ["a"]


def test_a_glossary_and_a_comment_of_the_translator_go_before():
    said = Entry("title", *FOUND["another word"])
    assert told(Catalog("de", (*NAMES, said)), [Headword(("digital twin*",), ("Abbild",))]) == []
    excused = Entry("title", *FOUND["another word"], comments="conceptdeck: allow translation-varies")
    assert told(Catalog("de", (*NAMES, excused))) == []


@pytest.mark.parametrize("name", ["world-models", "web-platform"])
def test_shipped_catalogs_say_each_name_in_one_way(name):
    map_file = ROOT / "data" / name / "map.yaml"
    found = [
        each
        for catalog in read_catalogs(map_file, ())
        for each in check_names(catalog, glossary_of(map_file, catalog.language))
    ]
    assert [str(each) for each in found] == []
