"""`conceptdeck fleet` says what it does, writes down what came of each job, and ends with a code that tells."""

import json
import re

import pytest
from click.testing import CliRunner

from conceptdeck.cli import main
from support.fleets import results, write_maps


@pytest.fixture
def place(tmp_path, monkeypatch):
    """Return a folder with three small maps, as the current one; one of them has a mistake."""
    monkeypatch.chdir(tmp_path)
    write_maps(tmp_path / "talks", "one", "two", "three")
    (tmp_path / "talks" / "two" / "map.yaml").write_text("title: <b>\ncore: x\n", encoding="utf-8")
    return tmp_path


def fleet(*arguments, **more):
    return CliRunner().invoke(main, ["fleet", *map(str, arguments)], **more)


def lines(place):
    return [json.loads(line) for line in (place / "output" / "fleet.jsonl").read_text("utf-8").splitlines()]


def test_what_came_of_each_job_is_a_line_and_what_failed_is_on_a_page(place):
    result = fleet("talks")
    assert result.exit_code == 1
    assert "3 maps, 5 jobs: 4 built, 1 failed" in result.stdout
    assert "talks/two/map.yaml:2:1: error" in result.stderr
    assert sorted((each["source"], each["state"]) for each in lines(place)) == [
        *[("talks/one/map.yaml", "built")] * 2,
        *[("talks/three/map.yaml", "built")] * 2,
        ("talks/two/map.yaml", "failed"),
    ]
    page = (place / "output" / "fleet.html").read_text(encoding="utf-8")
    assert "talks/two/map.yaml" in page
    assert "unknown-key" in page
    assert "default-src 'none'" in page
    assert not re.search(r"(src|href)=", page), "the page asks for nothing else"


def test_the_options_of_decks_and_the_standard_input_are_heeded(place):
    given = ("-", "--locales", "own", "--theme", "orbit,beacon", "--formats", "pptx,html", "--quiet")
    result = fleet(*given, input="talks/one\n")
    assert (result.exit_code, result.output) == (0, "")
    made = sorted(path.relative_to(place / "output").as_posix() for path in (place / "output").rglob("one.*"))
    assert made == [f"talks/one/{theme}/en/one.en.{end}" for theme in ("beacon", "orbit") for end in ("html", "pptx")]


def test_a_second_run_says_that_all_is_up_to_date_and_builds_nothing(place, monkeypatch):
    assert fleet("talks/one", "talks/three", "--locales", "de").exit_code == 0
    before = results(place / "output")
    monkeypatch.setattr("conceptdeck.building.fleet.working.make", None)
    result = fleet("talks/one", "talks/three", "--locales", "de")
    assert result.exit_code == 0
    assert "2 maps, 2 jobs: 2 current" in result.stdout
    assert results(place / "output") == before


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("nowhere",), "there is no map"),
        (("talks", "--formats", "docx"), "choose from pptx, html, pdf, none"),
        (("talks", "--formats", "none"), "nothing is left to be built"),
        (("talks", "--workers", "2", "--executor", "a:b"), "take one of them"),
        (("talks", "--executor", "a:b"), "no-executor"),
        (("talks", "--out", "nothing://there"), "no-store"),
    ],
)
def test_what_cannot_be_done_is_told_before_anything_is_written(place, arguments, said):
    result = fleet(*arguments)
    assert result.exit_code in (1, 2)
    assert said in result.output
    assert not list(place.rglob("*.pptx"))
