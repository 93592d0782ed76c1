"""The template: theme, master, layouts and notes master hold together before any slide is written."""

from pathlib import Path
from xml.etree import ElementTree

import pytest

from conceptdeck.reading.theme import load_theme
from conceptdeck.render.powerpoint.template import make_template
from conceptdeck.workspace import places
from support.decks import THEMES


@pytest.mark.parametrize("language", ["en", "ja", "pt-BR"])
@pytest.mark.parametrize("theme", THEMES)
def test_the_template_is_well_formed_and_names_every_part(theme, language):
    parts = make_template(load_theme(theme, places.find_theme), language)
    assert list(parts) == sorted(parts)
    for name, xml in parts.items():
        if xml:  # the document properties are written with the slides
            ElementTree.fromstring(xml)
        else:
            assert name == "docProps/custom.xml"
    named = {each.get("PartName") for each in ElementTree.fromstring(parts["[Content_Types].xml"])} - {None}
    assert named == {f"/{name}" for name in parts if not name.endswith((".rels", "[Content_Types].xml"))}


@pytest.mark.parametrize("theme", THEMES)
def test_every_relationship_of_the_template_leads_to_a_part(theme):
    parts = make_template(load_theme(theme, places.find_theme), "en")
    for name, xml in parts.items():
        if not name.endswith(".rels"):
            continue
        folder = Path("/") / Path(name).parent.parent
        for each in ElementTree.fromstring(xml):
            target = (folder / each.get("Target")).resolve()
            assert str(target)[1:] in parts, (name, target)


@pytest.mark.parametrize("theme", THEMES)
def test_the_same_theme_makes_the_same_template(theme):
    used = load_theme(theme, places.find_theme)
    assert make_template(used, "en") == make_template(used, "en")


def test_nothing_of_the_default_template_is_left():
    theme = load_theme("atlas", places.find_theme)
    parts = make_template(theme, "en")
    assert not [name for name in parts if "thumbnail" in name or "printerSettings" in name]
    assert b"screen4x3" not in parts["ppt/presentation.xml"]
    assert sum(name.startswith("ppt/slideLayouts/slideLayout") for name in parts) == len(theme.layouts)
