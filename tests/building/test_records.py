"""Builds redo only what a change can reach, and keep what a person has changed."""

import json
import os
import random
import re
import shutil
import time
from pathlib import Path

import pytest
from click.testing import CliRunner

from conceptdeck.building import program, records
from conceptdeck.cli import main
from conceptdeck.workspace import disk
from conceptdeck.workspace.stamps import LARGE, TICK
from support.decks import ROOT
from support.killed import killed_at, moments

DECK = Path("output/web-platform/de/web-platform.de.pptx")


@pytest.fixture
def place(tmp_path, monkeypatch):
    """Return a folder to work in, with a copy of a shipped map, its catalogs, the stories and the themes."""
    monkeypatch.chdir(tmp_path)
    shutil.copytree(ROOT / "data" / "web-platform", tmp_path / "data" / "web-platform")
    shutil.copytree(ROOT / "themes", tmp_path / "themes", ignore=shutil.ignore_patterns("fonts"))
    return tmp_path


def run(*arguments: object):
    return CliRunner().invoke(main, [str(each) for each in arguments])


def build(*more: object):
    return run("build", "web-platform", "--locale", "de", *more)


def changed(path: Path, old: str, new: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


def aged() -> None:
    """Let all that was built be old, so that what stands as it stood then need not be read again."""
    later = time.time_ns() + 10 * TICK
    for path in Path("output/.cache/jobs").iterdir():
        os.utime(path, ns=(later, later))


# --- what is done again --------------------------------------------------------------------------


def test_a_second_build_does_nothing_and_says_the_same_warnings(place):
    first, before = build(), DECK.stat().st_mtime_ns
    second = build()
    assert (first.exit_code, second.exit_code) == (0, 0)
    assert DECK.stat().st_mtime_ns == before
    assert second.stdout.rstrip().endswith("up to date")
    warnings = [line for line in first.stderr.splitlines() if "warning" in line]
    assert [line for line in second.stderr.splitlines() if "warning" in line] == warnings


def test_what_stands_as_it_stood_is_not_read_again(place, monkeypatch):
    build("--quiet")
    aged()
    read = []
    digest_of = disk.digest_of
    monkeypatch.setattr(disk, "digest_of", lambda path: read.append(path) or digest_of(path))
    assert build().stdout.rstrip().endswith("up to date")
    assert read and [path for path in read if path.is_file() and path.stat().st_size >= LARGE] == []


@pytest.mark.parametrize(
    ("path", "old", "new"),
    [
        ("data/web-platform/map.yaml", "title: The web platform", "title: The Web platform"),
        ("data/web-platform/locales/de.po", 'msgstr "Die Web', 'msgstr "Die WEB'),
        ("themes/atlas.yaml", "F7F3EA", "F7F3EB"),
        ("themes/base.yaml", "hairline: 0.5", "hairline: 0.6"),
    ],
)
def test_a_changed_input_is_reason_to_build_again(place, path, old, new):
    assert build("--quiet").exit_code == 0
    changed(place / path, old, new)
    status = run("status")
    assert f"{path} has changed" in status.stdout
    assert "up to date" not in build().stdout
    assert "has changed" not in run("status", "-v").stdout


def test_a_file_that_was_looked_for_in_vain_is_an_input_too(place):
    build("--quiet")
    (place / "data" / "web-platform" / "stories.yaml").write_text("{}\n", encoding="utf-8")
    assert "stories.yaml is new" in run("status", "-v").stdout


def test_a_catalog_of_another_language_is_no_input(place):
    build("--quiet")
    changed(place / "data" / "web-platform" / "locales" / "fr.po", "msgstr", "msgstr")
    (place / "data" / "web-platform" / "locales" / "fr.po").unlink()
    assert run("status").stdout.count("fr.po") == 0


def test_a_missing_output_is_built_again(place):
    build("--quiet")
    data = DECK.read_bytes()
    DECK.unlink()
    assert "is missing" in run("status", "-v").stdout
    build("--quiet")
    assert DECK.read_bytes() == data


def test_another_option_is_another_job(place):
    build("--quiet")
    assert "up to date" not in build("--theme", "orbit").stdout
    assert "was replaced" in run("status").stdout  # the deck in atlas is no longer there
    assert "up to date" not in build().stdout


def test_what_is_built_again_after_any_edit_equals_a_clean_build(place):
    dice = random.Random(6)
    sources = ("data/web-platform/map.yaml", "data/web-platform/locales/de.po", "themes/atlas.yaml")
    build("--quiet")
    for _ in range(8):
        aged()
        path = place / dice.choice(sources)
        lines = path.read_text(encoding="utf-8").split("\n")
        texts = [n for n, line in enumerate(lines) if re.match(r'(msgstr| +(name|summary|title):|  ink:) ?"?\w', line)]
        at = dice.choice(texts)
        word = dice.choice(re.findall(r"\w+", lines[at])[1:])
        lines[at] = lines[at].replace(word, "".join(reversed(word)))
        path.write_text("\n".join(lines), encoding="utf-8")
        ended = build("--quiet").exit_code
        assert build("--quiet", "--out", "clean").exit_code == ended
        if not ended:
            assert DECK.read_bytes() == Path("clean", *DECK.parts[1:]).read_bytes()
        shutil.rmtree("clean", ignore_errors=True)


def test_the_status_says_nothing_was_built(place):
    assert "nothing was built" in run("status", "-v").stdout


def test_the_status_is_short_and_names_what_is_out_of_date_with_its_first_reason(place):
    build("--quiet")
    assert run("status").stdout == "1 thing built, 0 out of date\n"
    changed(place / "data" / "web-platform" / "map.yaml", "title: The web", "title: Web")
    changed(place / "data" / "web-platform" / "locales" / "de.po", 'msgstr "Die Web', 'msgstr "Die WEB')
    first, reason, last = run("status").stdout.splitlines()
    assert first.startswith(f"out of date  {DECK}, theme atlas")
    assert reason.endswith("has changed, and 1 more reason: -v tells")
    assert last == "1 thing built, 1 out of date"


def test_a_build_says_why_if_asked(place):
    assert "deck: it was not built before, in this way" in build("-v").stderr
    DECK.unlink()
    said = build("-v").stderr
    assert f"deck: {DECK} is missing" in said
    assert re.search(r"^ +\d+\.\d\d s$", said, re.MULTILINE), "how long a stage took"


def test_the_status_tells_how_many_minutes_the_story_of_a_deck_plans(place):
    said = re.search(r"\d+ slides, ([\d.]+ minutes)", build().stdout)
    assert said
    assert f"theme atlas, story full, {said[1]}\n" in run("status", "-v").stdout
    assert run("build", "web-platform", "--locale", "fr", "--story", "talk").exit_code == 0
    assert run("diagrams", "web-platform", "--only", "flow", "--format", "svg").exit_code == 0
    lines = run("status", "-v").stdout.splitlines()
    (french,) = [line for line in lines if "/fr/" in line and ".pptx" in line]
    assert re.search(r"story talk, [\d.]+ minutes$", french)
    assert not any("minutes" in line for line in lines if ".svg" in line)


LISTS = '{"job": [], "version": "", "inputs": [], "outputs": [], "said": [], "value": 1, "minutes": 1}'


@pytest.mark.parametrize("fault", ["", "{", "[]", '{"job": 1}', "null", LISTS])
def test_a_damaged_record_is_made_anew(place, fault):
    build("--quiet")
    (record,) = (place / "output" / ".cache" / "jobs").iterdir()
    record.write_text(fault, encoding="utf-8")
    assert run("status").exit_code == 0
    assert "up to date" not in build().stdout
    assert "up to date" in build().stdout


def test_a_project_may_move(place, tmp_path_factory, monkeypatch):
    build("--quiet")
    moved = tmp_path_factory.mktemp("moved") / "project"
    shutil.move(place, moved)
    monkeypatch.chdir(moved)
    assert "up to date" in build().stdout


# --- what a person has changed -------------------------------------------------------------------


@pytest.mark.parametrize("link", ["output/web-platform", "output/web-platform/de", str(DECK)])
@pytest.mark.parametrize("force", [[], ["--force"]])
def test_nothing_is_written_through_a_link_out_of_the_output_folder(link, force, place, tmp_path_factory):
    elsewhere = tmp_path_factory.mktemp("elsewhere")
    target = elsewhere / "theirs" if link.endswith(".pptx") else elsewhere
    if target != elsewhere:
        target.write_bytes(b"theirs")
    (place / link).parent.mkdir(parents=True, exist_ok=True)
    (place / link).symlink_to(target)
    before = sorted(elsewhere.rglob("*"))
    done = build(*force)
    assert done.exit_code == 3
    assert "outside-output" in done.stderr
    assert sorted(elsewhere.rglob("*")) == before
    assert target == elsewhere or target.read_bytes() == b"theirs"


def test_a_deck_that_somebody_changed_is_kept(place):
    build("--quiet")
    DECK.write_bytes(b"worked on")
    changed(place / "data" / "web-platform" / "map.yaml", "title: The web platform", "title: The Web")
    result = build()
    assert result.exit_code == 3
    said = (
        f"{DECK}: warning: kept: edited since it was built from {Path('data/web-platform/map.yaml')} [changed-output]"
    )
    assert result.stderr.splitlines().count(said) == 1
    assert "--force" in result.stderr
    assert result.stdout == "", "nothing was built, so nothing is said to be"
    assert DECK.read_bytes() == b"worked on"
    assert "edited since it was built" in run("status", "-v").stdout
    assert build("--quiet").exit_code == 3, "it is told again each time"


def test_of_several_formats_only_those_that_were_written_are_said_to_be(place):
    formats = ("--format", "pptx", "--format", "html")
    build(*formats)
    DECK.write_bytes(b"worked on")
    changed(place / "data" / "web-platform" / "map.yaml", "title: The web platform", "title: The Web")
    result = build(*formats)
    assert result.exit_code == 3
    assert re.fullmatch(
        rf"{re.escape(str(DECK.with_suffix('.html')))}  \d+ slides, [\d.]+ minutes( \(.+\))?, theme atlas, [\d.]+ s\n",
        result.stdout,
    )


def test_of_several_languages_the_others_are_built_and_the_exit_code_tells_of_the_kept_one(place):
    arguments = ("locales", "web-platform", "--locale", "de", "--locale", "fr", "--only", "deck")
    assert run(*arguments).exit_code == 0
    DECK.write_bytes(b"worked on")
    changed(place / "data" / "web-platform" / "map.yaml", "title: The web platform", "title: The Web")
    result = run(*arguments)
    assert result.exit_code == 3
    assert f"{DECK}: warning: kept: edited since" in result.stderr
    assert [line for line in result.stdout.splitlines() if str(DECK) in line] == []
    assert "2 jobs, 1 done, 1 with files kept" in result.stdout
    assert (place / "output" / "web-platform" / "fr" / "web-platform.fr.pptx").read_bytes() != b"worked on"


def test_what_fails_weighs_more_than_what_is_kept(place):
    arguments = ("locales", "web-platform", "--locale", "de", "--locale", "fr", "--only", "deck", "--jobs", "1")
    run(*arguments)
    DECK.write_bytes(b"worked on")
    (place / "data" / "web-platform" / "locales" / "fr.po").write_text("msgid", encoding="utf-8")
    assert run(*arguments, "--force").exit_code == 1


def test_a_kept_deck_that_is_then_as_it_would_be_built_is_up_to_date(place):
    build("--quiet")
    data = DECK.read_bytes()
    DECK.write_bytes(b"worked on")
    assert build("--quiet").exit_code == 3
    DECK.write_bytes(data)
    result = build()
    assert result.exit_code == 0
    assert re.fullmatch(r"\S+\.pptx\S*, up to date\n", result.stdout)


def test_force_replaces_it_and_keeps_a_copy(place):
    build("--quiet")
    data = DECK.read_bytes()
    DECK.write_bytes(b"worked on")
    assert build("--force").exit_code == 0
    assert DECK.read_bytes() == data
    assert DECK.with_name("web-platform.de.changed-1.pptx").read_bytes() == b"worked on"
    DECK.write_bytes(b"worked on again")
    build("--force")
    assert DECK.with_name("web-platform.de.changed-2.pptx").read_bytes() == b"worked on again"


def test_a_file_of_unknown_origin_is_kept(place):
    DECK.parent.mkdir(parents=True)
    DECK.write_bytes(b"somebody's")
    result = build()
    assert result.exit_code == 3
    assert f"{DECK}: warning: kept: conceptdeck did not build it [changed-output]" in result.stderr
    assert DECK.read_bytes() == b"somebody's"


def test_a_picture_that_somebody_changed_is_kept_and_the_others_are_drawn(place):
    options = ("--only", "relations,flow", "--format", "svg")
    run("diagrams", "web-platform", *options)
    home = place / "output" / "web-platform" / "en" / "diagrams"
    (home / "flow.svg").write_text("<svg/>", encoding="utf-8")
    (home / "relations.svg").unlink()
    result = run("diagrams", "web-platform", *options)
    assert result.exit_code == 3
    assert f"{Path('output/web-platform/en/diagrams/flow.svg')}: warning: kept: edited since" in result.stderr
    assert "3 of 4 files of 2 diagrams" in result.stdout, "each picture has a narrow form"
    assert (home / "flow.svg").read_text(encoding="utf-8") == "<svg/>"
    assert (home / "relations.svg").exists()


def test_a_page_that_somebody_changed_is_kept_and_told(place):
    options = ("--only", "flow", "--format", "svg")
    run("diagrams", "web-platform", *options)
    page = place / "output" / "web-platform" / "index.html"
    page.write_text("mine", encoding="utf-8")
    result = run("diagrams", "web-platform", *options)
    assert (result.exit_code, page.read_text(encoding="utf-8")) == (3, "mine")
    assert "index.html" not in result.stdout
    assert run("diagrams", "web-platform", *options, "--force").exit_code == 0


def test_an_output_folder_that_cannot_hold_records_still_gets_its_deck(place):
    (place / "output").mkdir()
    (place / "output" / ".cache").write_bytes(b"a file, no folder")
    assert build("--quiet").exit_code == 0
    assert DECK.read_bytes()[:2] == b"PK"


# --- languages -----------------------------------------------------------------------------------


def test_one_changed_string_of_one_language_builds_that_language_only(place):
    arguments = ("locales", "web-platform", "--locale", "de", "--locale", "en", "--only", "deck", "--jobs", "1")
    run(*arguments)
    changed(place / "data" / "web-platform" / "locales" / "de.po", 'msgstr "Die Web', 'msgstr "Die WEB')
    result = run(*arguments)
    lines = [line for line in result.stdout.splitlines() if ".pptx" in line]
    assert [line.endswith("up to date") for line in sorted(lines)] == [False, True]


# --- interruptions -------------------------------------------------------------------------------


def test_a_build_killed_at_any_moment_leaves_whole_files_and_the_next_one_is_right(place):
    build("--quiet")
    versions = {DECK.read_bytes()}
    map_file = place / "data" / "web-platform" / "map.yaml"
    changed(map_file, "title: The web platform", "title: The Web")
    build("--quiet", "--out", "clean")
    wanted = Path("clean", *DECK.parts[1:]).read_bytes()
    versions.add(wanted)
    command = ("build", "web-platform", "--locale", "de", "--quiet")
    killed = []
    for moment in moments(30, (*command, "--out", "counted")):
        killed.append(killed_at(moment, command))
        assert DECK.read_bytes() in versions
    assert sum(killed) > 10
    assert "changed-output" not in build().stderr
    assert DECK.read_bytes() == wanted


def test_records_do_not_name_places_outside_the_project(place):
    build("--quiet")
    (record,) = (place / "output" / ".cache" / "jobs").iterdir()
    content = json.loads(record.read_text(encoding="utf-8"))
    assert not any(str(place) in name for name in [*content["inputs"], *content["outputs"]])
    assert "../data/web-platform/map.yaml" in content["inputs"]


def test_the_program_is_part_of_what_a_job_follows_from(place, monkeypatch):
    build("--quiet")
    (record,) = records.all_records(Path("output"))
    assert records.out_of_date(record, Path("output")) == ()
    aged()
    (record,) = records.all_records(Path("output"))
    assert records.out_of_date(record, Path("output")) == ()
    monkeypatch.setattr(program, "_known", {})
    monkeypatch.setattr(disk, "files_below", lambda *_: pytest.fail("its files stand as they did"))
    assert records.out_of_date(record, Path("output")) == ()
    assert program.program() == record.version
    monkeypatch.setattr(program, "program", lambda: "another")
    monkeypatch.setattr(program, "program_stamp", lambda: (0, "another"))
    assert records.out_of_date(record, Path("output")) == ("another version of the program made it",)


# --- what is gone --------------------------------------------------------------------------------


def test_a_language_that_is_gone_with_its_output_is_forgotten(place):
    build("--quiet")
    run("build", "web-platform", "--quiet")
    (place / "data" / "web-platform" / "locales" / "de.po").unlink()
    result = run("status", "--strict", "-v")
    assert f"left over    {DECK}: what it was built from is gone" in result.stdout
    assert run("status").stdout.startswith("1 file left over from maps that are gone: -v names them\n")
    assert result.exit_code == 0, "nothing can be done about it by building"
    shutil.rmtree(DECK.parent)
    result = run("status", "--strict")
    assert (result.exit_code, ".de." in result.stdout) == (0, False)
    assert "1 thing built, 0 out of date" in result.stdout


def test_a_map_that_is_gone_with_its_output_is_forgotten(place):
    build("--quiet")
    shutil.rmtree(place / "data" / "web-platform")
    shutil.rmtree(place / "output" / "web-platform")
    result = run("status", "--strict")
    assert (result.exit_code, result.stdout) == (0, "nothing was built here yet\n")
