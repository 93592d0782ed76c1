"""What a house puts on every slide: logo, footer, date, who speaks where, and its colours."""

import io
import re
import zipfile
from pathlib import Path

import pikepdf
import pytest
from PIL import Image as Photo
from pptx import Presentation

from conceptdeck.building import records
from conceptdeck.building.deck import build_deck, plan_deck
from conceptdeck.building.diagrams import plan_diagrams
from conceptdeck.building.jobs import DeckJob, DiagramsJob
from conceptdeck.checks.drawings import check_drawings
from conceptdeck.layout.furniture import GROUNDED
from conceptdeck.values.colour import contrast, nearest, plain
from conceptdeck.values.diagnostics import Failure, has_errors
from conceptdeck.values.frame import Picture
from conceptdeck.values.items import bodies, said
from conceptdeck.workspace import loading, places
from conceptdeck.workspace.links import PROJECT_FILE

MAP = places.shipped("data") / "world-models" / "map.yaml"
LOGO = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 240 60"><rect width="240" height="60" fill="{}"/></svg>'
SAID = """\
author = "Ada & Co."
event = "Bread Days"
date = 2026-05-12
footer = "Acme <Confidential>"
logo = {light = "logo.svg", dark = "dark.svg", alt = "Acme"}
"""
BRIGHT = ["#FC0", "FFCC00", "#ffcc00", "0B7268", "1D5FA6", "6A3D9E"]


@pytest.fixture
def home(tmp_path, monkeypatch):
    """Return a project with a logo for light and one for dark grounds."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "logo.svg").write_text(LOGO.format("#111"), encoding="utf-8")
    (tmp_path / "dark.svg").write_text(LOGO.format("#EEE"), encoding="utf-8")
    return tmp_path


def say(text: str = SAID) -> None:
    Path(PROJECT_FILE).write_text(text, encoding="utf-8")


def theme(text: str) -> None:
    Path("themes").mkdir(exist_ok=True)
    Path("themes/acme.yaml").write_text(f"extends: atlas\nname: Acme\n{text}", encoding="utf-8")


def planned(**options):
    plan = plan_deck(DeckJob(MAP, **options))
    assert not has_errors(plan.problems)
    return plan


def logos(frames) -> list[Picture]:
    return [item for frame in frames for item in frame.items if item.name == "logo"]


@pytest.mark.parametrize("look", ["atlas", "orbit", "beacon"])
@pytest.mark.parametrize("language", ["en", "ar", "ja"])
def test_a_brand_is_on_every_slide_of_every_theme_and_language(look, language, home):
    say()
    plan = planned(theme=look, locale=language)
    assert len(logos(plan.frames)) == len(plan.frames)
    cover, *others = plan.frames
    assert "Ada & Co. · Bread Days · 2026-05-12" in "\n".join(map(said, cover.items))
    for frame in others:
        words = [said(item) for item in frame.items]
        assert ("Acme <Confidential>" in words) is ("2026-05-12" in words) is (frame.layout not in GROUNDED)
    assert plan.deck.title.value in [said(item) for item in cover.items]


def test_a_logo_is_told_once_and_is_the_one_for_its_ground(home):
    say()
    plan = planned()
    first, *others = logos(plan.frames)
    assert first.alt == "Acme" and not first.decorative
    assert all(each.decorative and not each.alt for each in others)
    shown = {frame.layout: b"#EEE" in logos([frame])[0].image.data for frame in plan.frames}
    assert shown["cover"] is False and shown["cards" if "cards" in shown else "steps"] is False
    assert shown["section"] is True


def test_the_footer_makes_room_for_the_logo(home):
    plain_deck = planned()
    say()
    branded = planned()
    (logo,) = logos(branded.frames[1:2])

    def footer(plan):
        return next(item for item in plan.frames[1].items if item.name.endswith("@footer"))

    assert footer(plain_deck).box.x < logo.box.right < footer(branded).box.x
    assert footer(branded).box.right == footer(plain_deck).box.right


def test_the_project_says_more_than_the_theme_which_may_have_a_brand_too(home):
    (home / "themes").mkdir()
    (home / "logo.svg").rename(home / "themes" / "logo.svg")
    theme("logo: {light: logo.svg, alt: Acme}\nfooter: Of the theme\ndate: May\nauthor: A house\n")
    plan = planned(theme="acme")
    assert plan.deck.brand.footer == "Of the theme" and logos(plan.frames)
    say('footer = "Of the project"\ndate = "none"\n')
    brand = planned(theme="acme").deck.brand
    assert (brand.footer, brand.date, brand.author) == ("Of the project", "", "A house")
    assert brand.logo and brand.logo.light.image


def test_all_outputs_show_it_and_the_file_names_its_author(home):
    say()
    built = build_deck(DeckJob(MAP, story="lightning", formats=("pptx", "html", "pdf")), verify=True)
    assert not [each for each in built.findings if each.fault]
    deck = Presentation(str(built.path))
    assert deck.core_properties.author == "Ada & Co." and deck.core_properties.comments == "Bread Days"
    texts = [shape.text_frame.text for slide in deck.slides for shape in slide.placeholders]
    assert "Acme <Confidential>" in texts and "2026-05-12" in texts
    page, pdf = (path.read_bytes() for path in built.others)
    assert b"Acme &lt;Confidential&gt;" in page and page.count(b"<use href=") == built.slides
    assert page.count(b"<image") == page.count(b"<symbol") <= 2
    with pikepdf.open(io.BytesIO(pdf)) as found:
        assert str(found.docinfo["/Author"]) == "Ada & Co."


def test_a_deck_with_a_brand_is_the_same_each_time_and_one_without_says_nothing(home):
    plain_deck = build_deck(DeckJob(MAP, story="lightning")).path.read_bytes()
    assert b"creator" not in zipfile.ZipFile(io.BytesIO(plain_deck)).read("docProps/core.xml")
    say()
    first = build_deck(DeckJob(MAP, story="lightning", out=home / "one")).path.read_bytes()
    assert build_deck(DeckJob(MAP, story="lightning", out=home / "two")).path.read_bytes() == first
    assert build_deck(DeckJob(MAP, story="lightning", out=home / "one")).path.read_bytes() == first


def test_pixels_make_a_logo_too(home):
    Photo.new("RGBA", (300, 300), "red").save(home / "logo.png")
    say('logo = {light = "logo.png", alt = "Acme"}')
    (first, *_) = logos(planned(story="lightning").frames)
    assert first.box.w == first.box.h


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ('logo = {light = "gone.svg", alt = "Acme"}', "there is no file `gone.svg`"),
        ('logo = {light = "script.svg", alt = "Acme"}', "script"),
        ('logo = {light = "text.png", alt = "Acme"}', "the logo"),
    ],
)
def test_a_logo_of_no_use_is_refused(text, told, home):
    (home / "script.svg").write_text("<svg><script>1</script></svg>", encoding="utf-8")
    (home / "text.png").write_text("no picture", encoding="utf-8")
    say(text)
    with pytest.raises(Failure, match=re.escape(told)) as refused:
        planned()
    assert refused.value.diagnostics[0].code == "bad-image"


@pytest.mark.parametrize("change", ["logo", "settings", "new"])
def test_a_change_of_the_brand_is_a_cause_to_build_again(change, home):
    if change != "new":
        say()
    job = DeckJob(MAP, story="lightning")
    with records.session(job) as session:
        build_deck(job)
        session.keep(())
    assert records.up_to_date(job)
    (home / "logo.svg").write_text(LOGO.format("#222"), encoding="utf-8")
    say(SAID if change == "logo" else 'footer = "Else"')
    assert not records.up_to_date(job)


# --- colours -------------------------------------------------------------------------------------


def test_colours_are_written_in_any_of_the_usual_ways(home):
    theme("colours: {page: '#fff', ink: '#1b1e27', accents: ['#E4002B', 8A6100, 0b7268, '#1D5FA6', 6A3D9E, A12C5C]}\n")
    colours = loading.read_theme("acme").colours
    assert (colours["page"], colours["ink"], colours["accent1"]) == ("FFFFFF", "1B1E27", "E4002B")
    assert plain("#fC0") == "FFCC00"


def test_a_colour_that_became_a_comment_is_told_of_its_quotes(home):
    theme("colours:\n  page: #FFFFFF\n")
    with pytest.raises(Failure, match="in quotes if it begins with `#`"):
        loading.read_theme("acme")


def test_a_finding_on_contrast_names_the_nearest_colour_that_passes(home):
    theme(f"colours: {{accents: {BRIGHT}}}\n")
    with pytest.raises(Failure) as refused:
        loading.read_theme("acme")
    hints = [hint for each in refused.value.diagnostics for hint in each.hints if "nearest" in hint]
    found = {hint.rpartition("#")[2] for hint in hints}
    colours = loading.read_theme("atlas").colours
    assert found and all(contrast(each, colours[on]) >= 4.5 for each in found for on in ("page", "card"))


@pytest.mark.parametrize("colour", ["FFCC00", "808080", "000000", "E4002B"])
def test_the_nearest_colour_passes_and_one_that_passes_is_near_itself(colour):
    found = nearest(colour, ("FFFFFF", "F7F3EA"), 4.5)
    assert found and contrast(found, "FFFFFF") >= 4.5 and contrast(found, "F7F3EA") >= 4.5
    again = nearest(found, ("FFFFFF", "F7F3EA"), 4.5)
    assert again and all(abs(int(found[i : i + 2], 16) - int(again[i : i + 2], 16)) <= 2 for i in (0, 2, 4))
    assert nearest("FFFFFF", ("FFFFFF", "000000"), 7) is None


@pytest.mark.parametrize("story", ["full", "talk"])
def test_nothing_is_read_in_an_accent_for_decoration(story, home):
    theme(f"colours: {{accents: {BRIGHT}}}\naccents: {{decorative: [1, 2, 3]}}\n")
    plan = planned(theme="acme", story=story)
    slots = {run.slot for f in plan.frames for i in f.items for b in bodies(i) for p in b.paragraphs for run in p.runs}
    assert not slots & {"accent1", "accent2", "accent3"} and "accent4" in slots
    fills = {item.fill.slot for frame in plan.frames for item in frame.items if getattr(item, "fill", None)}
    assert {"accent1", "accent2"} <= fills


def test_pictures_are_legible_by_day_and_by_night(home):
    theme(f"colours: {{accents: {BRIGHT}}}\naccents: {{decorative: [1, 2, 3]}}\n")
    sheet = plan_diagrams(DiagramsJob(MAP, "acme"))
    assert not has_errors(sheet.problems) and not check_drawings(sheet.drawings)
    runs = [run for d in sheet.drawings for i in d.items for b in bodies(i) for p in b.paragraphs for run in p.runs]
    assert not {run.slot for run in runs} & {"accent1", "accent2", "accent3"}
