"""`conceptdeck doctor`: it finds what is missing, names the way out, and ends with code 1 only if a build needs it."""

import re
import shutil
import tomllib
from importlib import metadata
from pathlib import Path

import pytest
from click.testing import CliRunner

from conceptdeck.cli import doctor, main
from conceptdeck.reading.theme import load_theme
from conceptdeck.workspace import places
from conceptdeck.workspace.graphviz import embedded_engine
from support.decks import ROOT

PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]


@pytest.fixture
def run(tmp_path, monkeypatch):
    """Return `run(*arguments)`: the doctor's result, from an empty folder."""
    monkeypatch.chdir(tmp_path)
    return lambda *arguments: CliRunner().invoke(main, ["doctor", *map(str, arguments)])


def missing(result):
    """Return the lines of what is missing; the doctor ended with code 1, and each line names a way out."""
    assert result.exit_code == 1, result.output
    lines = result.stdout.splitlines()
    found = [i for i, line in enumerate(lines) if line.startswith("MISSING")]
    assert all(lines[i + 1].strip().startswith("help: ") for i in found)
    assert lines[-1] == f"{len(found)} problem{'s' * (len(found) != 1)}"
    return [lines[i] for i in found]


def test_here_everything_is_well(run, tmp_path):
    result = run()
    assert result.exit_code == 0, result.output
    assert "MISSING" not in result.stdout
    assert result.stdout.splitlines()[-1] == "everything that a build needs is here"
    assert list(tmp_path.iterdir()) == [], "the doctor writes nothing"


def test_the_doctor_asks_for_what_the_project_needs():
    declared = dict(re.fullmatch(r"([\w.-]+)>=([\w.]+)", each).groups() for each in PROJECT["dependencies"])
    assert declared == doctor.NEEDED
    assert PROJECT["requires-python"] == ">=" + ".".join(map(str, doctor.OLDEST_PYTHON))


def test_the_report_tells_versions_fonts_and_engine(run):
    said = run().stdout
    for name in doctor.NEEDED:
        assert re.search(rf"^ok +{re.escape(name)} +{re.escape(metadata.version(name))}$", said, re.MULTILINE)
    for key in places.themes():
        theme = load_theme(key, places.find_theme)
        line = next(line for line in said.splitlines() if f"theme {key} " in line)
        assert theme.major in line
        assert theme.minor in line
        assert "measured with" in line
    assert str(embedded_engine()) in said


def test_a_missing_package_is_found(run, monkeypatch):
    version = metadata.version

    def without(name):
        if name == "budoux":
            raise metadata.PackageNotFoundError(name)
        return version(name)

    monkeypatch.setattr(metadata, "version", without)
    (line,) = missing(run())
    assert "budoux" in line


def test_an_old_package_is_found(run, monkeypatch):
    version = metadata.version
    monkeypatch.setattr(metadata, "version", lambda name: "0.0.9" if name == "lxml" else version(name))
    (line,) = missing(run())
    assert "lxml" in line
    assert "0.0.9 is older than" in line


def test_an_old_python_is_found(run, monkeypatch):
    monkeypatch.setattr(doctor, "OLDEST_PYTHON", (9, 9))
    (line,) = missing(run())
    assert "Python" in line


@pytest.mark.parametrize(
    ("version", "numbers"), [("1.2.3", (1, 2, 3)), ("0.21", (0, 21)), ("2.0rc1", (2,)), ("1.10", (1, 10))]
)
def test_versions_compare_by_number(version, numbers):
    assert doctor._numbers(version) == numbers


@pytest.mark.parametrize("harm", ["gone", "broken"])
def test_a_font_file_that_is_gone_or_broken_is_found(harm, run, monkeypatch, tmp_path_factory):
    home = tmp_path_factory.mktemp("shipped")
    shutil.copytree(ROOT / "themes", home / "themes")
    font = home / "themes" / "fonts" / "gelasio" / "Gelasio-Bold.ttf"
    font.unlink() if harm == "gone" else font.write_bytes(b"not a font")
    monkeypatch.setattr("conceptdeck.workspace.house.shipped", lambda folder: home / folder)
    (line,) = missing(run())
    assert "gelasio/Gelasio-Bold.ttf" in line


def test_a_broken_theme_is_found(run):
    Path("themes").mkdir()
    Path("themes/mine.yaml").write_text("extends: atlas\nname: Mine\ncolours: {ink: F0F0F0}\n", encoding="utf-8")
    (line,) = missing(run())
    assert "theme mine" in line
    assert "contrast" in line


def test_a_missing_engine_is_found(run, monkeypatch, tmp_path):
    monkeypatch.setattr(
        "conceptdeck.workspace.graphviz.embedded_engine", lambda: tmp_path / "nowhere" / "graphviz-pure"
    )
    (line,) = missing(run())
    assert "Graphviz engine" in line
    assert "nowhere" in line


def test_a_missing_office_is_only_noted(run, monkeypatch):
    monkeypatch.setattr(shutil, "which", lambda name: None)
    result = run()
    assert result.exit_code == 0, result.output
    assert re.search(r"^note +LibreOffice", result.stdout, re.MULTILINE)


def test_an_output_folder_that_is_a_file_is_found(run):
    Path("made").write_text("not a folder")
    (line,) = missing(run("--out", "made"))
    assert "output folder" in line


def test_an_output_folder_that_cannot_be_written_is_found(run, monkeypatch):
    monkeypatch.setattr(doctor.os, "access", lambda path, mode: False)
    (line,) = missing(run("--out", "deep/below"))
    assert "output folder" in line
