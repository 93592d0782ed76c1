"""Building decks in other formats: which files there are, that none is written if one fails, and what is imported."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from unittest import mock

import pypdfium2
import pytest
from click.testing import CliRunner

from conceptdeck.building import outputs
from conceptdeck.building.deck import DeckJob, build_deck, font_book, plan_deck
from conceptdeck.building.jobs import DECK_FORMATS
from conceptdeck.cli import main
from conceptdeck.values.diagnostics import Failure
from support.decks import MAPS, ROOT, SHIPPED

NAMES = {each: f"world-models.en.{each}" for each in DECK_FORMATS}


def made(out: Path) -> list[str]:
    return sorted(path.name for path in out.rglob("world-models.*") if path.suffix != ".json")  # but for records


def test_each_format_is_a_file_beside_the_others(tmp_path):
    result = build_deck(DeckJob(SHIPPED, out=tmp_path, formats=("pdf", "html", "pptx")))
    assert made(tmp_path) == sorted(NAMES.values())
    assert {result.path, *result.others} == {tmp_path / "world-models" / "en" / name for name in NAMES.values()}


def test_a_story_is_named_in_every_file_and_in_the_links_between_languages(tmp_path):
    options = DeckJob(SHIPPED, out=tmp_path, story="lightning", formats=("html", "pdf"), languages=("en", "de"))
    build_deck(options)
    assert made(tmp_path) == ["world-models.en.lightning.html", "world-models.en.lightning.pdf"]
    page = (tmp_path / "world-models" / "en" / "world-models.en.lightning.html").read_text(encoding="utf-8")
    assert 'href="../de/world-models.de.lightning.html" lang="de" dir="ltr" hreflang="de">Deutsch</a>' in page


def test_the_deck_is_the_same_alone_and_with_others(tmp_path):
    alone = build_deck(DeckJob(SHIPPED, out=tmp_path / "a")).path.read_bytes()
    build_deck(DeckJob(SHIPPED, out=tmp_path / "b", formats=("html", "pptx")))
    assert (tmp_path / "b" / "world-models" / "en" / NAMES["pptx"]).read_bytes() == alone


@pytest.mark.parametrize("failing", ["web_page", "handout"])
def test_nothing_is_written_if_one_format_fails(failing, tmp_path):
    options = DeckJob(SHIPPED, out=tmp_path, formats=DECK_FORMATS)
    with mock.patch.object(outputs, failing, side_effect=Failure([])), pytest.raises(Failure):
        build_deck(options)
    assert made(tmp_path) == []


def test_nothing_is_written_if_the_deck_itself_is_refused(tmp_path):
    options = DeckJob(SHIPPED, out=tmp_path, formats=DECK_FORMATS)
    with mock.patch("conceptdeck.building.deck.write_deck", side_effect=Failure([])), pytest.raises(Failure):
        build_deck(options)
    assert made(tmp_path) == []


def test_a_handout_is_a_pdf_with_notes(tmp_path):
    result = CliRunner().invoke(main, ["build", str(SHIPPED), "--out", str(tmp_path), "--handout"])
    assert result.exit_code == 0, result.output
    assert made(tmp_path) == [NAMES["pdf"]]
    page = pypdfium2.PdfDocument(tmp_path / "world-models" / "en" / NAMES["pdf"])[0]
    assert page.get_height() > page.get_width()


def test_formats_may_be_said_several_times(tmp_path):
    words = ["build", str(SHIPPED), "--out", str(tmp_path), "--format", "pptx", "--format", "html", "--format", "html"]
    result = CliRunner().invoke(main, words)
    assert result.exit_code == 0, result.output
    assert made(tmp_path) == [NAMES["html"], NAMES["pptx"]]
    assert str(tmp_path / "world-models" / "en" / NAMES["html"]) in result.output


@pytest.mark.parametrize("path", sorted(MAPS.glob("*/map.yaml")), ids=lambda path: path.parent.name)
def test_every_map_of_the_tests_that_is_a_deck_is_a_page_and_a_handout(path, tmp_path):
    try:
        plan = plan_deck(DeckJob(path))
    except Failure:
        pytest.skip("is refused, as it should be")
    page = outputs.web_page(plan.deck, plan.theme, plan.frames, plan.book, ())
    assert page.count(b'<section class="slide"') == len(plan.frames)
    data, _ = outputs.handout(plan.deck, plan.theme, plan.frames, font_book(plan.theme), notes=True)
    assert len(pypdfium2.PdfDocument(data)) >= len(plan.frames) / 2  # two slides a page, fewer beside long notes


def test_a_deck_alone_imports_nothing_of_the_other_formats(tmp_path):
    code = (
        "import sys; from pathlib import Path; from conceptdeck.building.deck import DeckJob, build_deck;"
        f"build_deck(DeckJob(Path({str(SHIPPED)!r}), out=Path({str(tmp_path)!r})));"
        "others = {'pikepdf', 'resvg_py', 'segno', 'conceptdeck.building.outputs', 'conceptdeck.render.web.deck'};"
        "print(*others & {*sys.modules})"
    )
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    assert done.stdout.strip() == ""
