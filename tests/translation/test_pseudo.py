"""Pseudo-languages: as long as the longest translations, or in another script, with all that no language changes."""

from __future__ import annotations

import re
import unicodedata

import pytest

from conceptdeck.checks.translations import check_catalog
from conceptdeck.translation.catalog import sources
from conceptdeck.translation.names import is_proper, names_in, proper_names
from conceptdeck.translation.pseudo import PSEUDO_TAGS, pseudo_catalog
from conceptdeck.values.languages import is_rtl
from conceptdeck.values.text import Text
from conceptdeck.workspace.loading import read_map_file
from support.decks import ROOT

MAPS = {name: read_map_file(ROOT / "data" / name / "map.yaml")[0] for name in ("world-models", "web-platform")}
BUDGET = ((10, 2.0), (20, 1.6), (50, 1.5), (10_000, 1.4))


def said(tag: str, text: str, *names: str) -> str:
    return pseudo_catalog(tag, [Text(text, "key")], names).entries[0].text


@pytest.mark.parametrize("name", MAPS)
def test_accented_texts_grow_by_the_budget_and_no_further(name):
    for entry in pseudo_catalog("en-XA", sources(MAPS[name])).entries:
        length = len(entry.source)
        budget = next(factor for limit, factor in BUDGET if length <= limit) * length
        assert entry.text.startswith("[") and entry.text.endswith("]")
        assert budget - 1.5 <= len(entry.text) <= max(budget + 0.5, length + 2), entry


def test_accented_words_stay_apart_so_that_lines_can_break():
    text = said("en-XA", "Persistence and social space")
    assert len(text.split()) >= len(["Persistence", "and", "social", "space"])
    assert max(map(len, text.split())) <= len("[Persistence")


@pytest.mark.parametrize("tag", PSEUDO_TAGS)
def test_names_numbers_addresses_and_placeholders_stay(tag):
    text = "Genie\xa03 by Ada Bee: {count} of 1,500 at https://example.org/a, NeRF and <h1>"
    found = said(tag, text, "Genie\xa03", "Ada Bee")
    for kept in ("Genie\xa03", "Ada Bee", "{count}", "1,500", "https://example.org/a", "NeRF", "<h1>"):
        assert kept in found
    assert "by" not in re.split(r"\W+", found)


def test_the_mirrored_language_is_arabic_without_control_characters():
    found = said("ar-XB", "Are pages, lists; and more there?")
    assert is_rtl("ar-XB")
    assert not re.search("[A-Za-z,;?]", found)
    assert {unicodedata.bidirectional(char) for char in found if char.isalpha()} == {"AL"}
    assert not any(unicodedata.category(char) in ("Cc", "Cf") for char in found)


@pytest.mark.parametrize("tag", PSEUDO_TAGS)
@pytest.mark.parametrize("name", MAPS)
def test_pseudo_catalogs_are_complete_and_keep_the_rules(name, tag):
    strings = sources(MAPS[name])
    catalog = pseudo_catalog(tag, strings, proper_names(MAPS[name]))
    assert [entry.key for entry in catalog.entries] == [text.key for text in strings]
    assert check_catalog(catalog, MAPS[name]) == ()
    assert catalog == pseudo_catalog(tag, strings, proper_names(MAPS[name]))


# --- proper names --------------------------------------------------------------------------------


def test_names_with_a_maker_a_link_or_digits_are_proper():
    names = proper_names(MAPS["world-models"])
    assert {"Minecraft", "Genie\xa03", "Wan2.7-Video", "NVIDIA Omniverse", "LingBot-Map", "51World"} <= {*names}
    assert not {"Roblox avatar", "Voxel worlds", "Maps", "3D interfaces", "Niantic spatial AI"} & {*names}
    assert [len(name) for name in names] == sorted(map(len, names), reverse=True)


@pytest.mark.parametrize(
    ("text", "proper"), [("Meta Quest", True), ("Social worlds", False), ("querySelector()", True)]
)
def test_plain_words_make_no_proper_name(text, proper):
    assert is_proper(text) == proper


def test_names_are_found_as_words_and_the_longest_first():
    names = ("Genie\xa03 Pro", "Genie\xa03", "Ray")
    assert names_in("Genie 3 Pro beats X-rays", names) == ["Genie\xa03 Pro"]
    assert names_in("Ray and Genie\xa03", names) == ["Genie\xa03", "Ray"]
    assert names_in("Rayon", names) == []
