"""Names as people give them: folders of maps in any script, pictures and concepts by what they are called."""

from pathlib import Path

import pytest
from click.testing import CliRunner

from conceptdeck.building import records
from conceptdeck.cli import main

MAP = """\
title: {title}
core-sentence: Herbs want sun.
concepts: [Sweet basil, 薄荷]
relations: [[Sweet basil, 'likes', 薄荷]]
"""


@pytest.fixture
def run(tmp_path, monkeypatch):
    """Return `run(*arguments)`: the command's result, from an empty folder."""
    monkeypatch.chdir(tmp_path)
    return lambda *arguments: CliRunner().invoke(main, list(arguments))


def write(folder: str, title: str = "Herbs") -> Path:
    path = Path(folder, "map.yaml")
    path.parent.mkdir(parents=True)
    path.write_text(MAP.format(title=title), encoding="utf-8")
    return path


@pytest.mark.parametrize(
    ("folder", "name"),
    [("My Map_2", "My Map_2"), ("My Map_2", "my-map-2"), ("Kräuter.neu", "krauter-neu"), ("kräuter", "Kräuter")],
)
def test_a_map_is_found_by_the_name_of_its_folder_and_by_its_id(run, folder, name):
    write(f"data/{folder}")
    result = run("build", name, "--quiet")
    assert (result.exit_code, result.output) == (0, "")
    [deck] = Path("output").glob("*/en/*.pptx")
    assert deck.name == f"{deck.parts[1]}.en.pptx"


def test_a_map_in_any_script_has_files_for_translators_and_is_found_again(run):
    write("data/香草")
    assert run("i18n", "new", "de", "香草").exit_code == 0
    assert run("i18n", "export", "de", "香草").exit_code == 0
    [exported] = Path().glob("*.de.xlf")
    result = run("i18n", "import", str(exported))
    assert result.exit_code == 0, result.output


def test_an_id_that_two_folders_have_names_neither(run):
    write("data/My Map")
    write("data/my_map")
    assert "[unknown-map]" in run("build", "my-map").stderr


@pytest.mark.parametrize("command", ["build", "diagrams"])
def test_a_map_never_replaces_what_another_one_has_built(run, command):
    write("data/My Map", "Herbs of spring")
    write("data/my_map", "Herbs of autumn")
    assert run(command, "My Map").exit_code == 0
    before = {path: path.read_bytes() for path in Path("output").rglob("*.*") if ".cache" not in path.parts}
    for _ in range(2):
        result = run(command, "my_map")
        assert result.exit_code == 3
        assert "kept: it was built from data/My Map/map.yaml" in result.stderr
        assert "[shared-output]" in result.stderr
        assert {path: path.read_bytes() for path in before} == before
    assert run(command, "My Map").exit_code == 0


def test_maps_of_one_name_in_two_places_do_not_replace_each_other_s_files(run):
    run("build", str(write("spring/herbs", "One").parent))
    assert "[shared-output]" in run("build", str(write("autumn/herbs", "Two").parent)).stderr


def test_what_another_map_has_built_is_replaced_by_force_and_when_that_map_is_gone(run):
    write("data/My Map", "Herbs of spring")
    write("data/my_map", "Herbs of autumn")
    run("build", "My Map")
    assert run("build", "my_map", "--force").exit_code == 0
    assert "[shared-output]" in run("build", "My Map").stderr
    Path("data/my_map").rename("data/other")
    assert run("build", "My Map").exit_code == 0


def test_files_that_an_earlier_version_built_are_known_as_built(run):
    path = write("data/herbs")
    run("build", "herbs")
    [made] = Path("output/.cache/made").rglob("*.pptx.json")
    digests, _ = records._made(Path("output"), "herbs/en/herbs.en.pptx")
    made.write_text(str(digests).replace("'", '"'))
    path.write_text(MAP.format(title="Other herbs"), encoding="utf-8")
    result = run("build", "herbs", "--quiet")
    assert (result.exit_code, result.stderr) == (0, "")


@pytest.mark.parametrize("asked", ["concept:Sweet basil", "concept:sweet_basil", "concept:薄荷", "Relations"])
def test_a_picture_is_asked_for_by_name(run, asked):
    write("data/herbs")
    result = run("diagrams", "herbs", "--only", asked, "--format", "svg", "--quiet")
    assert (result.exit_code, result.output) == (0, "")
    assert len([path for path in Path("output").rglob("*.svg") if not path.stem.endswith("-narrow")]) == 1
