"""What is shipped: the wheel, the source archive, the locks, and the pip that installs them."""

from __future__ import annotations

import hashlib
import os
import re
import subprocess
import sys
import sysconfig
import tarfile
import tomllib
import venv
import zipfile
from configparser import ConfigParser
from email.message import Message
from email.parser import Parser
from pathlib import Path

import pytest

import conceptdeck
from conceptdeck.cli import COMMANDS

ROOT = Path(__file__).resolve().parents[1]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
LOCKS = ["requirements.txt", "requirements-test.txt"]
NOT_SHIPPED = {"__pycache__", ".DS_Store"}


def build(kind: str, folder: Path, source: Path = ROOT) -> Path:
    """Build the wheel or the source archive into a folder, and return it."""
    subprocess.run(
        [sys.executable, "-m", "hatchling", "build", "--target", kind, "--directory", str(folder)],
        cwd=source,
        env={**os.environ, "SOURCE_DATE_EPOCH": "1767225600"},
        check=True,
        capture_output=True,
    )
    [made] = folder.iterdir()
    return made


@pytest.fixture(scope="session")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return build("wheel", tmp_path_factory.mktemp("wheel"))


@pytest.fixture(scope="session")
def sdist(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return build("sdist", tmp_path_factory.mktemp("sdist"))


def names_in(wheel: Path) -> set[str]:
    with zipfile.ZipFile(wheel) as archive:
        return set(archive.namelist())


def files_under(folder: str) -> set[str]:
    """Return the files of one of the repository's folders, relative to the repository."""
    found = (path for path in (ROOT / folder).rglob("*") if path.is_file())
    return {path.relative_to(ROOT).as_posix() for path in found if not NOT_SHIPPED & {*path.parts}}


def metadata(wheel: Path) -> Message:
    with zipfile.ZipFile(wheel) as archive:
        [name] = [name for name in archive.namelist() if name.endswith(".dist-info/METADATA")]
        return Parser().parsestr(archive.read(name).decode("utf-8"))


# --- wheel and source archive --------------------------------------------------------------------


@pytest.mark.parametrize("folder", ["data", "themes"])
def test_wheel_carries_all_maps_and_themes(wheel: Path, folder: str) -> None:
    expected = {f"conceptdeck/shipped/{name}" for name in files_under(folder)}
    shipped = {name for name in names_in(wheel) if name.startswith(f"conceptdeck/shipped/{folder}/")}
    assert expected, f"{folder}/ is empty"
    assert shipped == expected


def test_wheel_carries_the_package_and_nothing_else(wheel: Path) -> None:
    assert {name.split("/")[0] for name in names_in(wheel) if ".dist-info/" not in name} == {"conceptdeck"}
    modules = {name.removeprefix("pipeline/") for name in files_under("pipeline") if name.endswith(".py")}
    assert {name for name in names_in(wheel) if name.endswith(".py")} == modules
    assert "conceptdeck/py.typed" in names_in(wheel)  # without it, types of the interface are not looked at


def test_wheel_says_what_it_is(wheel: Path) -> None:
    said = metadata(wheel)
    assert said["Name"] == "conceptdeck"
    assert said["Version"] == conceptdeck.__version__
    assert said["License-Expression"] == "MIT"
    assert said["Requires-Python"] == ">=3.11"
    assert any(name.endswith(".dist-info/licenses/LICENSE") for name in names_in(wheel))


def test_wheel_installs_the_command(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        [name] = [name for name in archive.namelist() if name.endswith(".dist-info/entry_points.txt")]
        entries = ConfigParser()
        entries.read_string(archive.read(name).decode("utf-8"))
    assert dict(entries["console_scripts"]) == {"conceptdeck": "conceptdeck.cli:main"}


def test_two_builds_are_the_same_bytes(wheel: Path, sdist: Path, tmp_path: Path) -> None:
    again, archive = build("wheel", tmp_path / "wheel"), build("sdist", tmp_path / "sdist")
    assert again.read_bytes() == wheel.read_bytes()
    assert archive.read_bytes() == sdist.read_bytes()


def test_source_archive_can_build_and_test_itself(sdist: Path) -> None:
    with tarfile.open(sdist) as archive:
        names = {name.partition("/")[2] for name in archive.getnames()}
    folders = ("pipeline", "data", "docs", "themes", "tests", "tools")
    expected = set().union(*map(files_under, folders), LOCKS, ["LICENSE", "Makefile", "pyproject.toml"])
    assert sorted(expected - names) == []


def test_source_archive_makes_the_same_wheel(sdist: Path, wheel: Path, tmp_path: Path) -> None:
    with tarfile.open(sdist) as archive:
        archive.extractall(tmp_path, filter="data")
    [source] = tmp_path.iterdir()
    assert build("wheel", tmp_path / "wheel", source).read_bytes() == wheel.read_bytes()


# --- beside others that are called pipeline ------------------------------------------------------

WRONG = "raise ImportError('this is the pipeline of somebody else')\n"


def test_the_page_of_the_registry_leads_to_nothing_that_is_not_there(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        [name] = [each for each in archive.namelist() if each.endswith(".dist-info/METADATA")]
        about = Parser().parsestr(archive.read(name).decode())
    text = about.get_payload()
    assert about["Description-Content-Type"] == "text/markdown"
    assert text.startswith("# conceptdeck\n") and "make deck" in text
    assert re.findall(r"\]\((?!https?:|#)[^)]*\)", text) == []  # neither pictures nor links
    assert re.findall(r":\n\n\n|:\n\n#", text) == []  # nor words that lead to a picture


PROGRAMS = {"conceptdeck": ["conceptdeck"], "python -m conceptdeck": ["python", "-m", "conceptdeck"]}
MAP = ROOT / "tests" / "maps" / "one-sentence"


def other_pipeline(folder: Path) -> Path:
    """Write a package `pipeline` below a folder that cannot be imported unnoticed; return the folder."""
    (folder / "pipeline").mkdir(parents=True)
    (folder / "pipeline" / "__init__.py").write_text(WRONG, encoding="utf-8")
    return folder


@pytest.fixture(scope="session")
def programs(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the folder of programs of a fresh environment with the wheel and a distribution `pipeline` beside it.

    What they stand on is taken from this environment, whose editable install is not seen from there.
    """
    home = tmp_path_factory.mktemp("environment")
    venv.EnvBuilder(with_pip=False, symlinks=os.name != "nt").create(home)
    bin_ = home / ("Scripts" if os.name == "nt" else "bin")
    [pip] = (ROOT / "tools" / "vendor").glob("pip-*.whl")
    other = tmp_path_factory.mktemp("other") / "pipeline-0.1.0-py3-none-any.whl"
    with zipfile.ZipFile(other, "w") as archive:
        about = "pipeline-0.1.0.dist-info"
        archive.writestr("pipeline/__init__.py", WRONG)
        archive.writestr(f"{about}/METADATA", "Metadata-Version: 2.1\nName: pipeline\nVersion: 0.1.0\n")
        archive.writestr(f"{about}/WHEEL", "Wheel-Version: 1.0\nRoot-Is-Purelib: true\nTag: py3-none-any\n")
        archive.writestr(f"{about}/RECORD", "")
    install = [str(bin_ / "python"), str(pip / "pip"), "install", "--quiet", "--no-index", "--no-deps"]
    subprocess.run([*install, str(wheel), str(other)], check=True, capture_output=True)
    [site] = home.rglob("site-packages")
    (site / "dependencies.pth").write_text(f"{sysconfig.get_path('purelib')}\n", encoding="utf-8")
    return bin_


@pytest.fixture
def installed(programs: Path, tmp_path: Path):
    """Return `installed(program, *words, cwd=…, path=…)`: the result of an installed program."""

    def run(program: str, *words: object, cwd: Path = tmp_path, path: Path | None = None):
        first, *rest = PROGRAMS[program]
        environment = {name: value for name, value in os.environ.items() if name != "PYTHONPATH"}
        environment |= {"PYTHONPATH": str(path)} if path else {}
        command = [str(programs / first), *rest, *map(str, words)]
        return subprocess.run(command, cwd=cwd, env=environment, capture_output=True, text=True, check=False)

    return run


def test_the_other_package_is_there_and_wins(programs: Path, tmp_path: Path) -> None:
    done = subprocess.run([programs / "python", "-c", "import pipeline"], cwd=tmp_path, capture_output=True, text=True)
    assert "this is the pipeline of somebody else" in done.stderr


def test_the_fresh_environment_runs_what_the_wheel_installed(programs: Path, tmp_path: Path) -> None:
    code = "import conceptdeck; print(conceptdeck.__file__); print(conceptdeck.load('world-models').language)"
    done = subprocess.run([programs / "python", "-c", code], cwd=tmp_path, capture_output=True, text=True, check=True)
    place, language = done.stdout.splitlines()
    assert Path(place).is_relative_to(programs.parent)
    assert language == "en"


@pytest.mark.parametrize("program", PROGRAMS)
def test_every_command_works_among_other_packages_called_pipeline(program: str, installed, tmp_path: Path) -> None:
    around = {"cwd": other_pipeline(tmp_path / "here"), "path": other_pipeline(tmp_path / "there")}
    for command in COMMANDS:
        done = installed(program, command, "--help", **around)
        assert (done.returncode, done.stderr) == (0, ""), command
        assert done.stdout.startswith(f"Usage: conceptdeck {command}")


@pytest.mark.parametrize("program", PROGRAMS)
@pytest.mark.parametrize("where", ["installed beside", "in the folder", "on PYTHONPATH"])
def test_a_map_is_built_beside_another_pipeline(where: str, program: str, installed, tmp_path: Path) -> None:
    cwd, path = tmp_path / "here", None
    if where == "in the folder":
        other_pipeline(cwd)
    else:
        cwd.mkdir()
    if where == "on PYTHONPATH":
        path = other_pipeline(tmp_path / "there")
    done = installed(program, "build", MAP, "--quiet", cwd=cwd, path=path)
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
    assert zipfile.is_zipfile(cwd / "output" / "one-sentence" / "en" / "one-sentence.en.pptx")


# --- locks ---------------------------------------------------------------------------------------


def normal(name: str) -> str:
    """Return a package's name as indexes compare it."""
    return re.sub(r"[-_.]+", "-", name).lower()


def locked(lock: str) -> dict[str, str]:
    """Return the block of each package that a lock pins: the pin, its marker and its hashes."""
    lines = (ROOT / lock).read_text(encoding="utf-8").splitlines()
    text = "\n".join(line for line in lines if not line.lstrip().startswith("#"))
    blocks = [block for block in re.split(r"\n(?=\S)", text) if block.strip()]
    return {normal(re.split(r"[^\w.-]", block, maxsplit=1)[0]): block for block in blocks}


@pytest.mark.parametrize("lock", LOCKS)
def test_lock_names_no_address_and_no_place_on_a_disk(lock: str) -> None:
    text = (ROOT / lock).read_text(encoding="utf-8")
    assert not re.search(r"http|file:|://|(?:^|\s)-(?:[a-z]\b|-(?!hash=))|(?:^|\s)/", text, re.MULTILINE)


@pytest.mark.parametrize("lock", LOCKS)
def test_lock_pins_every_package_with_hashes(lock: str) -> None:
    loose = [
        name
        for name, block in locked(lock).items()
        if not re.match(r"[\w.-]+==[\w.!+]+(?: ; [^\\]+)?(?: \\\n    --hash=sha256:[0-9a-f]{64})+$", block)
    ]
    assert loose == []


@pytest.mark.parametrize("lock", LOCKS)
def test_lock_holds_every_dependency(lock: str) -> None:
    dependencies = {normal(re.split(r"[^\w.-]", text, maxsplit=1)[0]) for text in PROJECT["dependencies"]}
    assert sorted(dependencies - locked(lock).keys()) == []


def test_test_lock_holds_all_of_the_other_at_the_same_versions() -> None:
    run, test = (locked(lock) for lock in LOCKS)
    assert {name: test.get(name) for name in run} == run


# --- the vendored pip ----------------------------------------------------------------------------


def test_vendored_pip_is_the_one_described() -> None:
    [wheel] = (ROOT / "tools" / "vendor").glob("*.whl")
    described = (ROOT / "tools" / "vendor" / "README.md").read_text(encoding="utf-8")
    assert wheel.name in described
    assert hashlib.sha256(wheel.read_bytes()).hexdigest() in described


# --- bootstrap -----------------------------------------------------------------------------------


@pytest.mark.parametrize("arguments", [["deploy"], ["run", "test"]])
def test_bootstrap_refuses_what_it_does_not_know(arguments: list[str]) -> None:
    command = [sys.executable, str(ROOT / "tools" / "bootstrap.py"), *arguments]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 2
    assert done.stderr.startswith("bootstrap: usage:")
