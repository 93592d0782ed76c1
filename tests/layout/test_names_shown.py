"""Each slide names what it is about: a concept's slide its concept, the cover the talk."""

import pytest
from pptx import Presentation

from conceptdeck.building.deck import DeckJob, build_deck
from conceptdeck.values.story import Density
from support.decks import MAPS, THEMES

MAP = """\
title: Glossary
core-sentence: Words have meanings.
layers:
  title: Layers
  items:
    software:
      name: Software
      summary: Six terms
      concepts:
        runtime: {name: Runtime, %s}
"""
TAGLINE, TEXT, MEANING = "tagline: Runs things", "description: It starts programs.", "meaning: Programs need one"


def slides(path) -> list[list[str]]:
    return [
        [text for shape in slide.shapes if shape.has_text_frame and (text := shape.text_frame.text)]
        for slide in Presentation(path).slides
    ]


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize("density", Density)
@pytest.mark.parametrize(
    "said", [(TAGLINE, TEXT, MEANING), (TAGLINE, MEANING), (TEXT, MEANING), (MEANING,), (TAGLINE, TEXT)]
)
def test_the_slide_of_a_concept_names_it(tmp_path, theme, density, said):
    path = tmp_path / "glossary" / "map.yaml"
    path.parent.mkdir()
    path.write_text(MAP % ", ".join(said), encoding="utf-8")
    result = build_deck(DeckJob(path, theme, tmp_path / "out", density=density))
    assert result.findings == ()
    about = [
        texts for texts in slides(result.path) if ("Programs need one" if MEANING in said else "Runtime") == texts[0]
    ]
    assert about
    assert all("Runtime" in texts for texts in about)


@pytest.mark.parametrize("story", ["full", "talk", "lightning"])
@pytest.mark.parametrize("density", Density)
def test_the_cover_has_the_title_of_the_talk(tmp_path, story, density):
    result = build_deck(DeckJob(MAPS / "one-sentence" / "map.yaml", out=tmp_path, story=story, density=density))
    assert slides(result.path)[0][0] == "One sentence"


def test_a_label_on_the_cover_stands_beside_the_title_of_the_talk(tmp_path):
    path = tmp_path / "labelled" / "map.yaml"
    path.parent.mkdir()
    text = (MAPS / "one-sentence" / "map.yaml").read_text(encoding="utf-8")
    path.write_text(f"{text}cover: {{label: Field notes}}\n", encoding="utf-8")
    result = build_deck(DeckJob(path, out=tmp_path / "out"))
    assert result.findings == ()
    assert slides(result.path)[0][:2] == ["One sentence", "Field notes"]
