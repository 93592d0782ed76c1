"""The Python interface: the four functions, their jobs, findings as values, and an import that costs nothing."""

import importlib
import json
import pkgutil
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner

import conceptdeck
from conceptdeck import DeckJob, DiagramsJob, Failure
from conceptdeck.building.deck import plan_deck
from conceptdeck.cli import main
from support.decks import MAPS, ROOT

DOCUMENT = (ROOT / "docs" / "python.md").read_text(encoding="utf-8")
EXAMPLES = re.findall(r"^```python\n(.*?)^```$", DOCUMENT, re.MULTILINE | re.DOTALL)
WRONG = "title: x\ncolour: red\n"


@pytest.fixture
def place(tmp_path, monkeypatch):
    """Return a folder to work in, with a map `my-map` in its `data`."""
    monkeypatch.chdir(tmp_path)
    shutil.copytree(MAPS / "one-sentence", tmp_path / "data" / "my-map")
    return tmp_path


def run(*words):
    return CliRunner().invoke(main, [str(word) for word in words])


# --- building ------------------------------------------------------------------------------------


def test_a_deck_built_from_python_is_the_one_of_the_command(place):
    built = conceptdeck.build("my-map", theme="orbit", out="mine")
    assert run("build", "my-map", "--theme", "orbit", "--out", "theirs", "--quiet").exit_code == 0
    assert built.path == Path("mine", "my-map", "en", "my-map.en.pptx")
    assert built.path.read_bytes() == Path("theirs", *built.path.parts[1:]).read_bytes()
    assert built.findings == ()


def test_a_job_and_its_fields_by_name_build_the_same(place):
    job = DeckJob(Path("data/my-map/map.yaml"), theme="orbit", out=Path("a"))
    one, other = conceptdeck.build(job), conceptdeck.build(Path("data") / "my-map", theme="orbit", out=Path("b"))
    again = conceptdeck.build(job, out=Path("c"))
    assert one.path.read_bytes() == other.path.read_bytes() == again.path.read_bytes()
    assert (one.path.parts[0], again.path.parts[0]) == ("a", "c")


def test_the_command_finds_what_python_built_up_to_date(place):
    conceptdeck.build("my-map")
    conceptdeck.diagrams("my-map", formats=("svg",))
    assert "up to date" in run("build", "my-map").stdout
    assert "up to date" in run("diagrams", "my-map", "--format", "svg").stdout
    assert "3 things built, 0 out of date" in run("status").stdout


def test_diagrams_are_drawn_with_the_page_that_shows_them(place):
    drawn = conceptdeck.diagrams(DiagramsJob(Path("data/my-map/map.yaml"), formats=("svg",)))
    assert drawn.page == Path("output", "my-map", "index.html")
    assert len(list(drawn.folder.glob("*.svg"))) == drawn.count == drawn.files
    assert drawn.page.read_text(encoding="utf-8").count("<img ") >= drawn.count


def test_an_edited_deck_is_kept_until_it_is_forced(place):
    path = conceptdeck.build("my-map").path
    made = path.read_bytes()
    path.write_bytes(made + b"mine")
    kept = conceptdeck.build("my-map")
    assert ([each.code for each in kept.findings], kept.kept) == (["changed-output"], {path})
    assert path.read_bytes() == made + b"mine"
    assert conceptdeck.build("my-map", force=True).findings == ()
    assert path.read_bytes() == made
    assert (path.parent / "my-map.en.changed-1.pptx").read_bytes() == made + b"mine"


# --- what is wrong -------------------------------------------------------------------------------


def test_what_keeps_a_deck_from_being_built_is_raised_and_earlier_output_stays(place):
    path = conceptdeck.build("my-map").path
    made = path.read_bytes()
    Path("data/my-map/map.yaml").write_text(WRONG, encoding="utf-8")
    with pytest.raises(Failure) as caught:
        conceptdeck.build("my-map")
    assert "unknown-key" in {each.code for each in caught.value.diagnostics}
    assert all(each.span.path.endswith("map.yaml") for each in caught.value.diagnostics)
    assert path.read_bytes() == made


def test_checks_return_what_the_command_reports(place):
    for target in ("my-map", conceptdeck.build("my-map").path):
        said = json.loads(run("check", target, "--json").stdout)
        checked = conceptdeck.check(target)
        assert [each.code for each in checked.findings] == [each["code"] for each in said["targets"][0]["findings"]]
        assert checked.passed
    assert conceptdeck.check(DeckJob(Path("data/my-map/map.yaml")), theme="orbit").passed


def test_a_map_that_cannot_be_read_is_a_finding_of_its_check(place):
    Path("data/my-map/map.yaml").write_text(WRONG, encoding="utf-8")
    checked = conceptdeck.check("my-map")
    assert not checked.passed
    assert "unknown-key" in {each.code for each in checked.findings}
    assert [each.code for each in conceptdeck.check("no-map-of-mine").findings] == ["unknown-map"]


def test_a_map_is_loaded_as_a_value_in_any_of_its_languages():
    assert conceptdeck.load("world-models").language == "en"
    assert conceptdeck.load("world-models", locale="de").language == "de"
    with pytest.raises(Failure, match="no-catalog"):
        conceptdeck.load("world-models", locale="pl")


def test_options_that_jobs_do_not_know_are_refused(place):
    with pytest.raises(TypeError, match="colour"):
        conceptdeck.build("my-map", colour="red")
    with pytest.raises(ValueError, match="docx"):
        conceptdeck.build("my-map", formats=("docx",))
    with pytest.raises(TypeError):
        conceptdeck.build(DiagramsJob(Path("data/my-map/map.yaml")))
    assert not Path("output").exists()


def test_nothing_is_printed(place, capfd):
    conceptdeck.build("my-map")
    conceptdeck.diagrams("my-map", formats=("svg",))
    conceptdeck.check("my-map")
    assert capfd.readouterr() == ("", "")


# --- names ---------------------------------------------------------------------------------------


def test_no_room_has_the_name_of_a_function_of_the_interface():
    rooms = {each.name for each in pkgutil.iter_modules(conceptdeck.__path__)}
    assert "building" in rooms
    assert rooms.isdisjoint(conceptdeck.__all__)


def test_functions_stay_functions_whatever_is_imported():
    assert plan_deck is importlib.import_module("conceptdeck.building.deck").plan_deck
    for room in pkgutil.iter_modules(conceptdeck.__path__):
        if room.name != "__main__":
            importlib.import_module(f"conceptdeck.{room.name}")
    for name in ("build", "diagrams", "check", "load"):
        assert callable(getattr(conceptdeck, name)), name
        assert (getattr(conceptdeck, name).__doc__ or "").strip(), name


def test_every_name_of_the_interface_is_there_and_others_are_not():
    assert {*conceptdeck.__all__} <= {*dir(conceptdeck)}
    for name in conceptdeck.__all__:
        assert getattr(conceptdeck, name) is not None, name
    with pytest.raises(AttributeError, match="no attribute 'paint'"):
        conceptdeck.paint  # noqa: B018 - looking at it is the point


def test_the_interface_is_the_same_where_types_are_checked():
    shown = (ROOT / "pipeline" / "conceptdeck" / "__init__.py").read_text(encoding="utf-8")
    typed = re.search(r"import \((.*?)\)", shown, re.DOTALL)[1]
    home = importlib.import_module("conceptdeck.building.interface")
    assert {*re.findall(r"\w+", typed)} == {*home.__all__} == {*conceptdeck.__all__} - {"__version__"}


def test_importing_the_package_imports_nothing_of_the_builder():
    code = "import sys; before = {*sys.modules}; import conceptdeck; print(*sorted({*sys.modules} - before))"
    folder = ROOT / "pipeline"
    done = subprocess.run([sys.executable, "-c", code], cwd=folder, capture_output=True, text=True, check=True)
    assert done.stdout.split() == ["conceptdeck"]


# --- the page about it ---------------------------------------------------------------------------


@pytest.mark.parametrize("number", range(len(EXAMPLES)))
def test_the_examples_of_the_page_run(number, place, capsys):
    exec(compile(EXAMPLES[number], f"example {number}", "exec"), {})
    assert capsys.readouterr().out


def test_the_page_names_the_whole_interface():
    named = {*re.findall(r"\b\w+\b", DOCUMENT)}
    assert {*conceptdeck.__all__} - {"Severity", "Span", "__version__"} <= named
