"""Jobs: each option stands once, and the record's key, the JSON form and the command line follow from it."""

import ast
import dataclasses
import json
from importlib import import_module
from pathlib import Path

import pytest
from click.testing import CliRunner

from conceptdeck.building import program, records
from conceptdeck.building.jobs import DeckJob, DiagramsJob, LanguagesJob, PageJob, as_json, choices, default
from conceptdeck.cli import main
from conceptdeck.values.story import Density
from support.decks import MAPS, ROOT

MAP = MAPS / "one-sentence" / "map.yaml"
OUT = Path("made")
OTHER = {  # a value for each field that is not its default
    "map_file": Path("other", "map.yaml"),
    "theme": "orbit",
    "story": "talk",
    "density": Density.TALK,
    "builds": False,
    "morph": True,
    "zooms": True,
    "locale": "de",
    "strict": True,
    "handout": True,
    "languages": ("en", "de"),
    "program": "google-slides",
    "only": ("bridge",),
    "every_concept": True,
    "size": "4:3",
    "width": 1000,
    "paper": "a2",
    "title": True,
    "credit": True,
    "steps": True,
    "dpi": 600,
    "text": 7.0,
    "grey": True,
    "mono": True,
    "engine": Path("dot"),
    "embed_fonts": True,
    "with_locale": "de",
    "address": "https://talks.example.org/",
}
FORMATS = {DeckJob: ("html", "pdf"), DiagramsJob: ("svg",)}
WORDS = {  # how the command line says that value
    "density": ["--density", "talk"],
    "builds": ["--no-builds"],
    "program": ["--for", "google-slides"],
    "only": ["--only", "bridge"],
    "every_concept": ["--all"],
    "embed_fonts": ["--embed-fonts"],
    "with_locale": ["--with-locale", "de"],
}
FIELDS = [
    pytest.param(job, each.name, id=f"{job.__name__}-{each.name}")
    for job in (DeckJob, DiagramsJob)
    for each in dataclasses.fields(job)
    if each.name != "out"
]


def other(job, name):
    return FORMATS[job] if name == "formats" else OTHER[name]


@pytest.fixture
def asked(monkeypatch):
    """Return `asked(*words)`: the job that a command line asks for; nothing is built."""

    def run(command, *words):
        jobs = []

        def do(job, work, outcomes, **how):
            jobs.append(job)
            return import_module("conceptdeck.cli.work").Came(done=False)

        monkeypatch.setattr(f"conceptdeck.cli.{command}.do", do)
        monkeypatch.setattr("conceptdeck.cli.work.do", do)
        result = CliRunner().invoke(main, [command, str(MAP), *words], catch_exceptions=False)
        assert result.exit_code == 0, result.output
        return jobs

    return run


# --- records and JSON ----------------------------------------------------------------------------


@pytest.mark.parametrize(("job", "name"), FIELDS)
def test_another_value_of_any_field_is_another_record(job, name):
    one = job(MAP, out=OUT)
    changed = dataclasses.replace(one, **{name: other(job, name)})
    assert records.record_path(changed) != records.record_path(one)
    assert as_json(changed) != as_json(one)


@pytest.mark.parametrize(("job", "name"), FIELDS)
def test_the_json_form_holds_every_field_and_makes_the_same_job_again(job, name):
    made = dataclasses.replace(job(MAP, out=OUT), **{name: other(job, name)})
    form = json.loads(json.dumps(as_json(made)))
    kind, place = form.pop("kind"), form.pop("map")
    assert kind == job.kind
    assert {*form} == {each.name for each in dataclasses.fields(job)} - {"map_file", "out"}
    assert job(made.map_file, out=OUT, **form) == made
    assert (OUT / place).resolve() == made.map_file.resolve()


def test_a_project_that_moves_keeps_its_records(tmp_path):
    here, there = (DeckJob(tmp_path / each / "data" / "m" / "map.yaml", out=tmp_path / each / "out") for each in "ab")
    assert records.record_path(here).name == records.record_path(there).name


def test_jobs_of_different_kinds_have_different_records():
    jobs = [job(MAP, out=OUT) for job in (DeckJob, DiagramsJob, PageJob, LanguagesJob)]
    assert len({records.record_path(job) for job in jobs}) == len(jobs)


def test_records_know_every_kind_of_file_of_the_program():
    files = [path for path in (ROOT / "pipeline").rglob("*") if path.is_file() and path.parent.name != "examples"]
    kinds = {path.suffix for path in files}  # no build takes anything from examples
    assert kinds - {".pyc", ".typed", ".md"} == {*program.CODE}


# --- values --------------------------------------------------------------------------------------


def test_values_take_the_one_form_that_records_have():
    job = DeckJob(str(MAP), out="made", density="talk", locale="de_AT", formats=["pdf", "pptx", "pdf"])
    assert job == DeckJob(MAP, out=OUT, density=Density.TALK, locale="de-AT", formats=("pdf", "pptx"))


def test_a_hand_out_alone_is_a_pdf():
    assert DeckJob(MAP, handout=True).formats == ("pdf",)
    assert DeckJob(MAP, handout=True, formats=("pptx", "pdf")).formats == ("pptx", "pdf")


def test_one_format_need_not_be_put_into_a_tuple():
    assert DiagramsJob(MAP, formats="svg").formats == ("svg",)


@pytest.mark.parametrize(
    ("job", "field", "value"),
    [
        (DeckJob, "formats", ("docx",)),
        (DeckJob, "program", "keynote"),
        (DeckJob, "density", "dense"),
        (DiagramsJob, "formats", ("svg", "gif")),
    ],
)
def test_a_value_that_a_field_does_not_know_is_refused(job, field, value):
    with pytest.raises(ValueError, match=r"docx|keynote|dense|gif"):
        job(MAP, **{field: value})


# --- the command line ----------------------------------------------------------------------------


@pytest.mark.parametrize(("command", "job"), [("build", DeckJob), ("diagrams", DiagramsJob)])
def test_a_command_without_options_asks_for_the_plain_job(command, job, asked):
    assert asked(command)[0] == job(MAP)


def test_the_page_is_asked_for_with_the_diagrams(asked):
    assert asked("diagrams", "--theme", "orbit")[1] == PageJob(MAP, "orbit")


@pytest.mark.parametrize(("job", "name"), [each for each in FIELDS if each.values[1] not in ("map_file", "languages")])
def test_every_field_is_an_option(job, name, asked, tmp_path):
    value = other(job, name)
    if name == "engine":
        value = tmp_path / "dot"
        value.touch()
        words = ["--dot", str(value)]
    elif name == "formats":
        words = [word for each in value for word in ("--format", each)]
    else:
        words = WORDS.get(name, [f"--{name}"] if value is True else [f"--{name}", str(value)])
    command = {DeckJob: "build", DiagramsJob: "diagrams"}[job]
    assert asked(command, *words)[0] == job(MAP, **{name: value})


def test_choices_follow_from_the_types_of_fields():
    assert choices(DeckJob, "formats") == ("pptx", "html", "pdf")
    assert choices(DeckJob, "density") == ("read", "talk")
    assert choices(DeckJob, "program") == ("powerpoint", "google-slides")
    assert choices(DeckJob, "theme") == ()


def test_the_default_theme_and_program_are_said_once():
    for word in (default(DeckJob, "theme"), default(DeckJob, "program")):
        homes = [
            path.relative_to(ROOT).as_posix()
            for folder in ("pipeline", "benchmarks")
            for path in (ROOT / folder).rglob("*.py")
            for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
            if isinstance(node, ast.Constant) and node.value == word
        ]
        assert {*homes} == {"pipeline/conceptdeck/building/jobs.py"}
        assert len(homes) <= 1 + (word in choices(DeckJob, "program"))
    assert {default(job, "theme") for job in (DeckJob, DiagramsJob, PageJob)} == {default(DeckJob, "theme")}
