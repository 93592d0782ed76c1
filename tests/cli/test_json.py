"""What commands tell other programs: one JSON value on standard output, in the shape that the documents describe."""

import json
import re
import shutil

import pytest
from click.testing import CliRunner
from jsonschema import Draft202012Validator

from conceptdeck.cli import main
from support.decks import MAPS, ROOT

PAGE = (ROOT / "docs" / "automation.md").read_text(encoding="utf-8")
WORD, WORDS, COUNT = {"type": "string"}, {"type": "array", "items": {"type": "string"}}, {"type": "integer"}
MAYBE = {"type": ["string", "null"]}


def shape(**properties):
    """Return the schema of an object with these keys, all of them, and no others."""
    return {"type": "object", "properties": properties, "required": [*properties], "additionalProperties": False}


FINDING = shape(
    code={"pattern": "^[a-z0-9-]+$"}, severity={"enum": ["error", "warning"]}, message=WORD, path=WORD, line=COUNT,
    column=COUNT, slide={"type": ["integer", "null"]}, slides={"type": "array"}, drawing=MAYBE, item=MAYBE, text=MAYBE,
    notes=WORDS, help=WORDS,
)  # fmt: skip
ABOUT = {"map": WORD, "theme": MAYBE, "locale": MAYBE, "story": MAYBE, "minutes": {"type": ["number", "null"]}}
JOB = shape(
    state={"enum": ["built", "up_to_date", "kept", "failed"]},
    kind={"enum": ["deck", "diagrams", "page"]},
    files=WORDS,
    findings={"type": "array", "items": FINDING},
    **ABOUT,
)
RUN = shape(
    jobs={"type": "array", "items": JOB},
    findings={"type": "array", "items": FINDING},
    errors=COUNT,
    warnings=COUNT,
    exit_code=COUNT,
)
THING = shape(
    state={"enum": ["up_to_date", "out_of_date"]}, kind=WORD, files=WORDS, reasons=WORDS, **ABOUT
)  # fmt: skip
STATUS = shape(things={"type": "array", "items": THING}, left_over=WORDS, out_of_date=COUNT)
DECK = "output/one-sentence/en/one-sentence.en.pptx"


@pytest.fixture
def told(tmp_path, monkeypatch):
    """Return `told(*arguments)`: the JSON value that a command prints, and its exit code; nothing else is printed."""
    shutil.copytree(MAPS / "one-sentence", tmp_path / "data" / "one-sentence")
    monkeypatch.chdir(tmp_path)

    def run(*arguments):
        result = CliRunner().invoke(main, [*arguments, "--json"])
        assert result.stderr == ""
        said = json.loads(result.stdout)
        Draft202012Validator(STATUS if arguments[0] == "status" else RUN).validate(said)
        return said, result.exit_code

    return run


def states(said):
    return [(job["kind"], job["state"]) for job in said["jobs"]]


def test_a_build_tells_its_files_and_then_that_they_are_up_to_date(told):
    said, code = told("build")
    assert (states(said), said["jobs"][0]["files"], code) == ([("deck", "built")], [DECK], 0)
    assert states(told("build")[0]) == [("deck", "up_to_date")]
    standing, _ = told("status")
    assert [(each["state"], each["files"]) for each in standing["things"]] == [("up_to_date", [DECK])]


def test_a_kept_file_is_a_finding(told, tmp_path):
    told("build")
    (tmp_path / DECK).write_bytes(b"mine")
    said, code = told("build")
    assert (states(said), code, said["exit_code"]) == ([("deck", "kept")], 3, 3)
    assert [each["code"] for each in said["jobs"][0]["findings"]] == ["changed-output"]


def test_errors_are_told_as_a_value(told, tmp_path):
    (tmp_path / "data" / "one-sentence" / "map.yaml").write_text("titel: X\n", encoding="utf-8")
    said, code = told("build")
    assert (code, said["exit_code"], states(said)) == (1, 1, [])
    assert [each["code"] for each in said["findings"]] == ["unknown-key"]
    assert said["errors"] == len(said["findings"])


def test_warnings_are_told_again_while_nothing_is_built(told, tmp_path):
    path = tmp_path / "data" / "one-sentence" / "map.yaml"
    path.write_text(path.read_text("utf-8") + "conclusion: {title: One <b>bold</b> word}\n", encoding="utf-8")
    first, again = told("build")[0], told("build")[0]
    assert [each["code"] for each in first["jobs"][0]["findings"]] == ["unknown-mark"]
    assert again["jobs"][0]["findings"] == first["jobs"][0]["findings"]
    assert again["warnings"] == 1


def test_locales_tell_decks_pictures_and_the_page(told):
    said, code = told("locales", "--jobs", "1")
    assert (sorted(states(said)), code) == ([("deck", "built"), ("diagrams", "built"), ("page", "built")], 0)


def test_the_document_names_every_key():
    named = set(re.findall(r"`(\w+)`", PAGE))
    for each in (RUN, JOB, FINDING, STATUS, THING):
        assert set(each["properties"]) <= named
