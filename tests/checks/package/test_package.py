"""The checks of written decks: seeded faults are named, sound decks are not blamed, hostile files do no harm."""

import io
import re
import shutil
import subprocess
import zipfile
from pathlib import Path

import pytest
from PIL import Image
from pptx import Presentation
from pptx.chart.data import CategoryChartData
from pptx.enum.chart import XL_CHART_TYPE
from pptx.enum.shapes import MSO_CONNECTOR, MSO_SHAPE
from pptx.util import Inches

from conceptdeck.checks.package.parts import check_package, check_parts
from conceptdeck.cli.rules import every_rule
from conceptdeck.render.powerpoint import package
from conceptdeck.values.diagnostics import OnSlide, Severity
from support.decks import MAPS, SHIPPED, THEMES, build_map, build_sample
from support.defects import ALL
from support.faults import FAULTS, TYPES
from support.work import calls, megabytes

SOUND_WORK = 1_000_000  # calls; the shipped deck takes 140,000
WORDS = ("not-well-formed", "doctype", "illegal-character")
"""Codes of parts that are not read: what leads to them is not judged."""


def codes(findings) -> set[str]:
    return {each.code for each in findings}


def errors(findings) -> list[str]:
    return [str(each) for each in findings if each.severity is Severity.ERROR]


def parts_of(path: Path) -> dict[str, bytes]:
    with zipfile.ZipFile(path) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


@pytest.fixture(scope="module")
def deck(tmp_path_factory) -> dict[str, bytes]:
    """Return the parts of a deck with one slide of each kind."""
    return parts_of(build_sample(tmp_path_factory.mktemp("deck")).path)


# --- sound decks ---------------------------------------------------------------------------------


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize("folder", [SHIPPED.parent, *sorted(path for path in MAPS.iterdir() if path.is_dir())])
def test_decks_of_this_project_are_sound(folder, theme, tmp_path):
    built = build_map(folder / "map.yaml", theme, tmp_path)
    assert check_package(built.path.read_bytes(), "deck.pptx") == ()


def test_a_deck_of_python_pptx_has_no_errors(tmp_path):
    found = check_package(python_pptx_deck(tmp_path).read_bytes(), "foreign.pptx")
    assert errors(found) == []
    assert codes(found) == {"bad-property", "no-alt-text", "no-language", "unlisted-notes-master"}


@pytest.mark.parametrize("source", ["ours", "python-pptx"])
def test_a_deck_saved_by_libreoffice_has_no_errors(source, office, tmp_path):
    path = build_map(SHIPPED, "atlas", tmp_path).path if source == "ours" else python_pptx_deck(tmp_path)
    saved = saved_again(path, tmp_path / "saved")
    assert errors(check_package(saved.read_bytes(), "saved.pptx")) == []


def python_pptx_deck(folder: Path) -> Path:
    """Return a deck with a table, a picture, a group, a chart, links and notes."""
    deck = Presentation()
    first = deck.slides.add_slide(deck.slide_layouts[0])
    first.shapes.title.text, first.placeholders[1].text = "Hello", "World"
    slide = deck.slides.add_slide(deck.slide_layouts[5])
    slide.shapes.title.text = "Everything"
    table = slide.shapes.add_table(3, 3, 0, Inches(1), Inches(5), Inches(2)).table
    table.cell(0, 0).merge(table.cell(1, 1))
    table.cell(2, 2).text = "cell"
    picture = folder / "red.png"
    Image.new("RGB", (20, 20), "red").save(picture)
    slide.shapes.add_picture(str(picture), 0, 0)
    group = slide.shapes.add_group_shape()
    group.shapes.add_shape(MSO_SHAPE.OVAL, 0, 0, Inches(1), Inches(1))
    data = CategoryChartData()
    data.categories = ["a", "b"]
    data.add_series("s", (1, 2))
    slide.shapes.add_chart(XL_CHART_TYPE.COLUMN_CLUSTERED, 0, 0, Inches(3), Inches(3), data)
    one = slide.shapes.add_shape(MSO_SHAPE.RECTANGLE, 0, 0, Inches(1), Inches(1))
    two = slide.shapes.add_shape(MSO_SHAPE.ISOSCELES_TRIANGLE, 0, 0, Inches(1), Inches(1))
    line = slide.shapes.add_connector(MSO_CONNECTOR.CURVE, 0, 0, 1, 1)
    line.begin_connect(one, 2)
    line.end_connect(two, 0)
    one.text = "link"
    one.text_frame.paragraphs[0].runs[0].hyperlink.address = "https://example.org/?a=1&b=2"
    two.click_action.target_slide = first
    slide.notes_slide.notes_text_frame.text = "notes"
    path = folder / "foreign.pptx"
    deck.save(path)
    return path


def saved_again(path: Path, folder: Path) -> Path:
    """Return the deck as LibreOffice saves it."""
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    command = [shutil.which("soffice"), profile, "--headless", "--convert-to", "pptx:Impress MS PowerPoint 2007 XML"]
    subprocess.run([*command, "--outdir", str(folder), str(path)], check=True, capture_output=True, timeout=180)
    return folder / path.name


# --- seeded faults -------------------------------------------------------------------------------


def test_there_are_faults_enough():
    assert len(FAULTS) >= 50
    assert len({each.name for each in FAULTS}) == len(FAULTS)


@pytest.mark.parametrize("fault", FAULTS, ids=lambda fault: fault.name)
def test_a_seeded_fault_is_named_with_its_place(fault, deck):
    parts = dict(deck)
    damaged = fault.damage(parts)
    assert parts != deck
    found = check_parts(parts, "deck.pptx")
    named = [each for each in found if each.code == fault.code]
    assert named, f"found {codes(found)} instead"
    where = f"deck.pptx!/{damaged}" if damaged else "deck.pptx"
    assert where in {each.span.path for each in named}, named


@pytest.mark.parametrize("fault", FAULTS, ids=lambda fault: fault.name)
def test_a_seeded_fault_is_found_in_the_file_too(fault, deck):
    parts = dict(deck)
    fault.damage(parts)
    assert fault.code in codes(check_package(package.pack(parts), "deck.pptx"))


def test_every_rule_on_packages_has_a_fault_here():
    tested = {each.code for each in ALL}
    elsewhere = {"too-large-package", "too-large-part", "damaged-part", "duplicate-part", "bad-part-name"}
    elsewhere |= {"stray-bytes", "folder-entry", "packed-otherwise"}  # of the zip: see test_defects
    package = {code for code, rule in every_rule().items() if rule.area == "package"}
    assert package - tested - elsewhere == set()


def test_a_finding_has_slide_shape_line_and_column(deck):
    parts = dict(deck)
    text = parts["ppt/slides/slide4.xml"].decode()
    parts["ppt/slides/slide4.xml"] = re.sub(r'algn="[^"]*"', 'algn="center"', text, count=1).encode()
    [finding] = check_parts(parts, "deck.pptx")
    line = text.encode().split(b"\n")[finding.span.line - 1]
    assert line[finding.span.column - 1 :].startswith(b"<a:pPr")
    name = re.findall(r'<p:cNvPr id="\d+" name="([^"]*)"', text[: text.index("algn=")])[-1]
    assert finding.place == OnSlide(4, item=name)
    assert finding.message.startswith(f"slide 4: `{name}` ")


def test_findings_in_one_part_are_capped(deck):
    parts = dict(deck)
    many = '<p:sp><p:nvSpPr><p:cNvPr id="0" name=""/><p:cNvSpPr/><p:nvPr/></p:nvSpPr><p:spPr/></p:sp>' * 500
    parts["ppt/slides/slide2.xml"] = parts["ppt/slides/slide2.xml"].replace(
        b"</p:spTree>", many.encode() + b"</p:spTree>"
    )
    assert 10 < len(check_parts(parts, "deck.pptx")) < 200


# --- decks of others -----------------------------------------------------------------------------


def test_what_only_makes_a_deck_worse_is_a_warning_in_decks_of_others(deck):
    parts = dict(deck)
    parts["docProps/app.xml"] = parts["docProps/app.xml"].replace(b"conceptdeck", b"Other")
    text = parts["ppt/slides/slide2.xml"].decode()
    parts["ppt/slides/slide2.xml"] = text.replace(' lang="en-US"', "", 1).replace("accent1", "accent2").encode()
    assert {(each.code, each.severity) for each in check_parts(parts, "deck.pptx")} == {
        ("no-language", Severity.WARNING)
    }


def test_a_repeated_index_is_a_warning_in_decks_of_others(tmp_path):
    deck = Presentation()
    text = deck.slide_layouts[1].placeholders[1]
    assert text.placeholder_format.idx == 1
    text._element.ph.idx = 0
    deck.save(tmp_path / "other.pptx")
    found = check_package((tmp_path / "other.pptx").read_bytes(), "other.pptx")
    assert [(each.code, each.severity) for each in found] == [("duplicate-placeholder", Severity.WARNING)]


# --- hostile files -------------------------------------------------------------------------------


def zipped(parts: dict[str, bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", method) as archive:
        for name, data in parts.items():
            archive.writestr(name, data)
    return buffer.getvalue()


def quickly(data: bytes, work: int = SOUND_WORK):
    """Check what is no sound deck, with little work."""
    found = []
    assert calls(lambda: found.extend(check_package(data, "bad.pptx"))) < work
    assert found
    return found


@pytest.mark.parametrize("data", [b"", b"PK", b"\0" * 1000, b"not a zip", bytes.fromhex("d0cf11e0a1b11ae1") * 99])
def test_what_is_no_zip_is_refused(data):
    assert codes(quickly(data)) == {"not-a-package"}


def test_an_empty_zip_is_refused():
    assert quickly(zipped({"readme.txt": b"hello"}))


def test_a_truncated_file_is_refused(deck):
    data = package.pack(deck)
    for length in range(0, len(data), len(data) // 40):
        assert codes(quickly(data[:length])) == {"not-a-package"}


def test_damaged_bytes_end_in_findings(deck):
    data = bytearray(package.pack(deck))
    for at in range(100, len(data), len(data) // 25):
        broken = bytes(data[:at]) + bytes([data[at] ^ 0xFF]) + bytes(data[at + 1 :])
        check_package(broken, "bad.pptx")


def test_a_wrong_checksum_is_named(deck):
    data = zipped({TYPES: deck[TYPES], "ppt/presProps.xml": deck["ppt/presProps.xml"]}, zipfile.ZIP_STORED)
    at = data.index(deck["ppt/presProps.xml"]) + 60
    assert "damaged-part" in codes(quickly(data[:at] + bytes([data[at] ^ 1]) + data[at + 1 :]))


def test_a_zip_bomb_is_refused_unopened(deck):
    data = zipped({**deck, "ppt/media/a.png": b"\0" * 200_000_000})
    assert codes(quickly(data)) == {"too-large-package"}
    assert megabytes(lambda: check_package(data, "bad.pptx")) < 10


def test_a_bomb_of_entities_is_refused(deck):
    lines = [f'<!ENTITY e{n} "{f"&e{n - 1};" * 10 if n else "ha"}">' for n in range(12)]
    bomb = f"<!DOCTYPE p:sld [{''.join(lines)}]><p:sld>&e11;</p:sld>"
    for name in ("ppt/slides/slide2.xml", TYPES, "ppt/presentation.xml", "ppt/_rels/presentation.xml.rels"):
        for encoding in ("utf-8", "utf-16"):
            data = f'<?xml version="1.0" encoding="{encoding}"?>{bomb}'.encode(encoding)
            assert "doctype" in codes(quickly(zipped({**deck, name: data})))


def test_a_part_with_too_many_elements_is_refused(deck):
    many = b"<p:sld xmlns:p='x'>" + b"<p:a/>" * 1_500_000 + b"</p:sld>"
    assert "too-large-part" in codes(quickly(zipped({**deck, "ppt/slides/slide2.xml": many}, zipfile.ZIP_STORED)))


def test_deep_nesting_is_refused(deck):
    deep = b"<a>" * 100_000 + b"</a>" * 100_000
    data = zipped({**deck, "ppt/slides/slide2.xml": deep}, zipfile.ZIP_STORED)
    assert "not-well-formed" in codes(quickly(data))


def test_a_hundred_thousand_parts_are_refused(deck):
    data = zipped({f"ppt/{n}.bin": b"" for n in range(100_000)}, zipfile.ZIP_STORED)
    assert codes(quickly(data, work=40 * 100_000)) == {"too-large-package"}


@pytest.mark.parametrize(
    "name", ["../evil.xml", "/etc/passwd", "ppt\\slide.xml", "c:evil.xml", "ppt//a.xml", "a\u202eb.xml"]
)
def test_unsafe_names_are_named(name, deck):
    assert "bad-part-name" in codes(quickly(zipped({**deck, name: b"<a/>"})))


@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_a_part_twice_is_named(deck):
    buffer = io.BytesIO(package.pack(deck))
    with zipfile.ZipFile(buffer, "a") as archive:
        archive.writestr("ppt/presProps.xml", deck["ppt/presProps.xml"])
    assert "duplicate-part" in codes(quickly(buffer.getvalue()))


def test_an_old_or_locked_file_is_explained():
    [finding] = quickly(bytes.fromhex("d0cf11e0a1b11ae1") + bytes(512))
    assert "password" in finding.message


# --- work ----------------------------------------------------------------------------------------


def test_a_check_takes_a_fraction_of_a_build(deck, tmp_path):
    building = calls(lambda: build_map(SHIPPED, "atlas", tmp_path))
    assert calls(lambda: check_parts(deck, "deck.pptx")) < building / 3
