"""Codes on the cover and at the end: one shape that a camera reads, whatever the theme, the language and the size."""

from __future__ import annotations

from dataclasses import replace
from io import BytesIO
from pathlib import Path

import pytest
import zxingcpp
from PIL import Image

from conceptdeck.building.deck import Plan, deck_parts, plan_deck
from conceptdeck.building.jobs import DeckJob
from conceptdeck.building.templates import made_theme, read_template_file
from conceptdeck.layout.desk import Desk
from conceptdeck.layout.qr import qr_in_corner
from conceptdeck.render.vector.png import slide_png
from conceptdeck.values.diagnostics import Failure
from conceptdeck.values.frame import Frame, Shape, Sign
from conceptdeck.values.items import box_of, link_of
from conceptdeck.values.text import Qr
from conceptdeck.workspace.loading import setter
from support.decks import write_map
from support.templates import made

SITE, HOME = "https://talks.example.org/", "https://talks.example.org/my-map/deck.html"
WIDE = 640  # pixels: as little as a camera has of a screen that is far away
LONG = "https://talks.example.org/" + "/".join(["a-long-way-down"] * 16)


def planned(folder: Path, qr: str | bool, job: dict | None = None, **more: object) -> Plan:
    return plan_deck(DeckJob(the_map(folder, qr, **more), out=folder / "out", **(job or {})))


def the_map(folder: Path, qr: str | bool, **more: object) -> Path:
    tree = {
        "title": "Tea",
        "core-sentence": "Tea is water that has met a leaf. It takes time.",
        "cover": {"qr": qr, "meta": "Kyoto, in May"},
        "closing": {"qr": qr, "text": "Drink some."},
        "concepts": {"leaf": {"name": "Leaf", "description": "What is steeped."}},
    }
    return write_map(folder / "my-map", tree | more)


def read_off(frame: Frame, plan: Plan) -> list[str]:
    """Return what a camera reads on a slide."""
    picture = Image.open(BytesIO(slide_png(frame, plan.theme, plan.book, WIDE)))
    return [each.text for each in zxingcpp.read_barcodes(picture)]


def coded(plan: Plan) -> list[Frame]:
    return [frame for frame in plan.frames if any(isinstance(each, Sign) and each.link for each in frame.items)]


@pytest.mark.parametrize(
    ("theme", "size", "language"), [("atlas", "", "en"), ("orbit", "square", "ar"), ("beacon", "a4-portrait", "en")]
)
def test_a_camera_reads_the_codes_of_cover_and_end_in_every_theme_and_size(theme, size, language, tmp_path):
    plan = planned(tmp_path, SITE, {"theme": theme, "size": size}, language=language)
    assert [frame.key for frame in coded(plan)] == ["cover", "closing"]
    assert [read_off(frame, plan) for frame in coded(plan)] == [[SITE], [SITE]]


def test_a_code_is_one_shape_that_leads_where_it_says_and_its_address_stands_beside_it(tmp_path):
    xml = deck_parts(planned(tmp_path, SITE))["ppt/slides/slide1.xml"].decode()
    code = xml[xml.index('name="cover.qr"') :].partition("</p:sp>")[0]
    assert code.count("<a:path ") == code.count("<a:hlinkClick ") == 1
    assert 'descr="QR code: https://talks.example.org/"' in xml
    assert ">talks.example.org<" in xml


def test_a_code_leads_to_the_deck_itself_on_the_site_of_the_project(tmp_path):
    said = {"address": "https://talks.example.org"}
    assert {link_of(item) for frame in planned(tmp_path, True, said).frames for item in frame.items} == {"", HOME}
    (tmp_path / "conceptdeck.toml").write_text(f'address = "{SITE}"\n', encoding="utf-8")
    assert len(coded(planned(tmp_path, True))) == 2


def test_without_an_address_a_deck_has_no_code_of_its_own_and_says_so(tmp_path):
    plan = planned(tmp_path, True)
    assert [each.code for each in plan.problems if each.code.startswith("qr")] == ["qr-without-address"] * 2
    assert coded(plan) == []
    assert coded(planned(tmp_path, False)) == []


def test_an_address_that_is_too_long_for_the_last_row_is_refused_by_the_letters(tmp_path):
    plan = planned(tmp_path, LONG)
    found = [each for each in plan.problems if each.code == "qr-too-long"]
    assert [each.place.key for each in found] == ["cover.qr", "closing.qr"]
    fits = LONG[: -found[0].excess]
    assert "qr-too-long" not in {each.code for each in planned(tmp_path, fits).problems if "cover" in str(each.place)}
    assert "qr-too-long" in {each.code for each in planned(tmp_path, fits + "a").problems}
    assert "qr-too-long" in {each.code for each in planned(tmp_path, f"{SITE}{'a' * 3000}").problems}


def test_an_address_that_leads_nowhere_is_refused_as_that_of_a_link(tmp_path):
    with pytest.raises(Failure) as failure:
        planned(tmp_path, "talks.example.org")
    assert {each.code for each in failure.value.diagnostics} == {"bad-link"}


def on_a_template(folder: Path) -> Plan:
    (folder / "house.pptx").write_bytes(made("plain.pptx"))
    theme = folder / "house.yaml"
    theme.write_text(made_theme(read_template_file(folder / "house.pptx")[0], "house", "house.pptx").text, "utf-8")
    return planned(folder, SITE, {"theme": str(theme)})


def test_a_code_on_a_template_of_others_stays_clear_of_its_texts_or_is_refused(tmp_path):
    plan = on_a_template(tmp_path)
    cover = coded(plan)[0]
    code = next(box_of(item) for item in cover.items if isinstance(item, Sign))
    texts = [item for item in cover.items if isinstance(item, Shape) and item.text]
    assert len(texts) == 3
    assert not any(code.overlaps(item.box) for item in texts[1:])
    assert read_off(cover, plan) == [SITE]

    desk = Desk(plan.theme, setter(plan.theme, flowing=True)[1], "en")
    area, body = plan.theme.column, texts[1].text
    everywhere = replace(body, paragraphs=(replace(body.paragraphs[0], extent=area.w),) * 40)
    full = replace(texts[1], box=area, text=everywhere)
    assert [*qr_in_corner(desk, "cover", Qr(SITE), plan.theme.layouts["cover"], [full])] == []
    assert [each.code for each in desk.problems] == ["qr-no-room"]
