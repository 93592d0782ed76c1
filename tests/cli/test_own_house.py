"""A theme and fonts of one's own, made and added as a user does it: in an empty folder, with commands alone."""

import io
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner
from fontTools.fontBuilder import FontBuilder
from fontTools.pens.ttGlyphPen import TTGlyphPen
from fontTools.ttLib import TTCollection, TTFont
from fontTools.ttLib.tables.TupleVariation import TupleVariation

from conceptdeck.cli import main
from conceptdeck.typeset.nametable import facts_of
from conceptdeck.workspace import loading, places
from support.pictures import FONTS

CARLITO = [FONTS / "carlito" / f"Carlito-{style}.ttf" for style in ("Regular", "Bold")]
STYLES = {"Light": 300, "Regular": 400, "Bold": 700}


@pytest.fixture
def run(tmp_path, monkeypatch):
    """Return what runs a command in an empty folder."""
    monkeypatch.chdir(tmp_path)
    return lambda *arguments: CliRunner().invoke(main, list(map(str, arguments)))


def refused(result) -> str:
    assert result.exit_code == 1
    return result.output


def box(width: int):
    pen = TTGlyphPen(None)
    for step, at in enumerate([(0, 0), (0, 700), (width, 700), (width, 0)]):
        (pen.lineTo if step else pen.moveTo)(at)
    pen.closePath()
    return pen.glyph()


def variable(family: str = "Acme Var", permissions: int = 0) -> bytes:
    """Return a variable font with three named instances, whose letters are as wide as it is heavy."""
    made = FontBuilder(1000, isTTF=True)
    made.setupGlyphOrder([".notdef", "space", "a"])
    made.setupCharacterMap({32: "space", 97: "a"})
    made.setupGlyf({".notdef": box(500), "space": TTGlyphPen(None).glyph(), "a": box(500)})
    made.setupHorizontalMetrics(dict.fromkeys((".notdef", "space", "a"), (600, 0)))
    made.setupHorizontalHeader(ascent=800, descent=-200)
    made.setupNameTable({"familyName": family, "styleName": "Regular", "licenseDescription": "Free to use"})
    made.setupOS2(usWeightClass=400, fsType=permissions)
    made.setupPost()
    instances = [{"location": {"wght": weight}, "stylename": style} for style, weight in STYLES.items()]
    made.setupFvar([("wght", 300, 400, 700, "Weight")], instances)
    wider = [(0, 0), (0, 0), (90, 0), (90, 0), (0, 0), (90, 0), (0, 0), (0, 0)]
    made.setupGvar({"a": [TupleVariation({"wght": (0, 1, 1)}, wider)]})
    file = io.BytesIO()
    made.save(file)
    return file.getvalue()


# --- themes --------------------------------------------------------------------------------------


@pytest.mark.parametrize("base", ["atlas", "orbit", "beacon"])
def test_a_new_theme_looks_as_the_one_that_it_extends_and_builds_at_once(base, run):
    assert run("new", "bread").exit_code == 0
    result = run("theme", "new", "acme-corp", "--extends", base)
    assert result.exit_code == 0 and "conceptdeck build --theme acme-corp" in result.stdout
    theme, extended = loading.read_theme("acme-corp"), loading.read_theme(base)
    assert theme.name == "Acme Corp" and theme.colours == extended.colours and theme.major == extended.major
    assert Path("themes/theme.schema.json").is_file()
    assert run("build", "bread", "--theme", "acme-corp", "--verify").exit_code == 0
    assert "acme-corp" in run("theme", "list").stdout


def test_every_line_that_says_nothing_yet_may_be_taken_in(run):
    run("theme", "new", "acme")
    path = Path("themes/acme.yaml")
    path.write_text(path.read_text("utf-8").replace("# accents: {", "accents: {"), encoding="utf-8")
    text = path.read_text("utf-8")
    for key in ("logo", "footer", "author", "event", "date"):
        text = text.replace(f"# {key}:", f"{key}:")
    path.write_text(text, encoding="utf-8")
    theme = loading.read_theme("acme")
    assert theme.decorative == ("accent2",) and theme.brand.author == "Your name" and theme.brand.logo


@pytest.mark.parametrize("name", ["atlas", "base", "Acme Corp", "../acme", "con", "acme.yaml", ""])
def test_a_name_that_is_taken_or_no_name_of_files_is_refused(name, run):
    assert "help: " in refused(run("theme", "new", name))
    assert not Path("themes").exists()


def test_a_new_theme_overwrites_nothing_and_extends_by_name(run):
    run("theme", "new", "acme")
    before = Path("themes/acme.yaml").read_bytes()
    assert "theme-exists" in refused(run("theme", "new", "acme", "--extends", "orbit"))
    assert Path("themes/acme.yaml").read_bytes() == before
    assert run("theme", "new", "other", "--extends", "themes/acme.yaml").exit_code == 2
    assert run("theme", "new", "other", "--extends", "acme").exit_code == 0
    assert "did you mean `acme`?" in refused(run("theme", "new", "third", "--extends", "acne"))


# --- fonts ---------------------------------------------------------------------------------------


def test_a_font_that_is_added_is_named_in_a_theme_and_measures_its_texts(run, tmp_path):
    for number, font in enumerate(CARLITO):
        shutil.copy(font, tmp_path / f"Download ({number}).data")
    result = run("font", "add", *tmp_path.glob("*.data"))
    assert result.exit_code == 0
    assert "Carlito  in a theme: fonts: {major: Carlito, minor: Carlito}" in result.stdout
    assert "licence: This Font Software is licensed under the SIL Open Font License" in result.stdout
    assert {path.name for path in Path("themes/fonts/carlito").iterdir()} == {font.name for font in CARLITO}
    Path("themes/acme.yaml").write_text("extends: atlas\nname: A\nfonts: {major: Carlito, minor: Carlito}\n", "utf-8")
    run("new", "bread")
    assert run("build", "bread", "--theme", "acme", "--format", "pptx", "--format", "html").exit_code == 0
    assert "Carlito (measured with its own face)" in run("doctor").stdout
    assert "Carlito " in run("font", "list").stdout


def test_a_variable_font_becomes_the_faces_that_it_names(run, tmp_path):
    (tmp_path / "Acme[wght].ttf").write_bytes(variable())
    result = run("font", "add", "Acme[wght].ttf")
    assert result.exit_code == 0 and "licence: Free to use" in result.stdout
    faces = {path.name: facts_of(path.read_bytes()) for path in Path("themes/fonts").rglob("*.ttf")}
    said = {name: (face.family, face.style, face.weight, face.bold, face.axes) for name, face in faces.items()}
    assert said == {
        "AcmeVarLight-Regular.ttf": ("Acme Var Light", "Regular", 300, False, ()),
        "AcmeVar-Regular.ttf": ("Acme Var", "Regular", 400, False, ()),
        "AcmeVar-Bold.ttf": ("Acme Var", "Bold", 700, True, ()),
    }
    widths = {
        name: TTFont(path)["glyf"]["a"].xMax for path in Path("themes/fonts").rglob("*.ttf") for name in [path.name]
    }
    assert widths["AcmeVar-Bold.ttf"] == 590 > widths["AcmeVar-Regular.ttf"] == 500
    family = loading.own_families(places.house())["Acme Var"]
    assert (family.regular, family.bold) == ("acme-var/AcmeVar-Regular.ttf", "acme-var/AcmeVar-Bold.ttf")
    assert "(is there)" in run("font", "add", "Acme[wght].ttf").stdout


def test_a_collection_and_a_web_font_are_taken_apart(run, tmp_path):
    both = TTCollection()
    both.fonts = [TTFont(font) for font in CARLITO]
    both.save(tmp_path / "both.ttc")
    font = TTFont(FONTS / "arimo" / "Arimo-Regular.ttf")
    font.flavor = "woff"
    font.save(tmp_path / "web.woff")
    assert run("font", "add", "both.ttc", "web.woff").exit_code == 0
    assert {*loading.own_families(places.house())} == {"Carlito", "Arimo"}


def test_a_font_that_must_not_be_embedded_is_added_with_a_warning_and_is_in_no_page(run, tmp_path):
    font = TTFont(CARLITO[0])
    font["OS/2"].fsType = 2
    for id_, said in ((1, "Acme Closed"), (16, None), (17, None)):
        font["name"].removeNames(nameID=id_)
        if said:
            font["name"].setName(said, id_, 3, 1, 0x409)
    font.save(tmp_path / "closed.ttf")
    result = run("font", "add", "closed.ttf")
    assert result.exit_code == 0 and "restricted-font" in result.stderr
    Path("themes/acme.yaml").write_text("extends: atlas\nname: A\nfonts: {major: Acme Closed}\n", "utf-8")
    run("new", "bread")
    assert run("build", "bread", "--theme", "acme", "--format", "html").exit_code == 0
    page = Path("output/bread/en/bread.en.html").read_text("utf-8")
    run("build", "bread", "--format", "html")
    assert page.count("@font-face") < Path("output/bread/en/bread.en.html").read_text("utf-8").count("@font-face")


def test_a_family_that_no_theme_can_name_is_told(run, tmp_path):
    (tmp_path / "odd.ttf").write_bytes(variable("Acme's & Co"))
    assert "unnamable-font" in run("font", "add", "odd.ttf").stderr


@pytest.mark.parametrize(
    "content",
    [b"", b"text", b"OTTO", b"ttcf\0\1\0\0\0\0\0\2", b"wOFF", b"wOF2" + b"\0" * 60, b"\0\1\0\0" + b"\xff" * 99],
)
def test_what_is_no_font_is_refused_and_nothing_is_added(content, run, tmp_path):
    (tmp_path / "bad.ttf").write_bytes(content)
    assert "bad.ttf: error: the file " in refused(run("font", "add", CARLITO[0], "bad.ttf"))
    assert not Path("themes").exists()


def test_another_file_of_a_face_is_never_overwritten(run):
    run("font", "add", CARLITO[0])
    there = Path("themes/fonts/carlito/Carlito-Regular.ttf")
    there.write_bytes(there.read_bytes() + b"\0")
    before = there.read_bytes()
    assert "other-font" in refused(run("font", "add", *CARLITO))
    assert there.read_bytes() == before and not there.with_name("Carlito-Bold.ttf").exists()


def test_the_same_variable_font_gives_the_same_bytes(run, tmp_path):
    (tmp_path / "var.ttf").write_bytes(variable())
    run("font", "add", "var.ttf", "--in", "one")
    run("font", "add", "var.ttf", "--in", "two")
    one, two = ({path.name: path.read_bytes() for path in Path(name).rglob("*.ttf")} for name in ("one", "two"))
    assert one == two and len(one) == 3


def test_a_build_without_own_things_loads_nothing_for_them(tmp_path):
    code = (
        "import sys; from click.testing import CliRunner; from conceptdeck.cli import main\n"
        f"assert CliRunner().invoke(main, ['build', 'web-platform', '--out', {str(tmp_path)!r}]).exit_code == 0\n"
        "late = ('tomllib', 'conceptdeck.building.settings', 'conceptdeck.building.branding',\n"
        "        'conceptdeck.typeset.nametable', 'conceptdeck.typeset.instances', 'conceptdeck.building.fonts')\n"
        "print(*[name for name in late if name in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], cwd=tmp_path, capture_output=True, text=True, check=True)
    assert done.stdout.strip() == ""
