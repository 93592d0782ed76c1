"""The template that a build keeps for the next one: it changes nothing but the time, and is never a stale one."""

import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from conceptdeck.building.deck import DeckJob, build_deck, plan_deck
from conceptdeck.building.template_cache import MAKERS, kept_template, new_template, template_path
from conceptdeck.render.powerpoint import template
from conceptdeck.values.diagnostics import Failure
from conceptdeck.workspace import disk, places
from support.decks import MAPS, ROOT, SHIPPED

MAP = MAPS / "one-sentence" / "map.yaml"


@pytest.fixture
def made(monkeypatch):
    """Return a list that tells how often a template was made."""
    real, calls = template.make_template, []

    def make(theme, language, *, relative=False):
        calls.append((theme.key, language, *(["relative"] if relative else [])))
        return real(theme, language, relative=relative)

    monkeypatch.setattr(template, "make_template", make)
    return calls


def kept(out: Path) -> Path:
    """Return the one template that is kept."""
    (found,) = (out / ".cache").glob("template-*")
    return found


@pytest.mark.parametrize("theme", ["atlas", "orbit"])
def test_a_kept_template_gives_the_same_bytes(theme, tmp_path, made):
    first = build_deck(DeckJob(SHIPPED, theme, tmp_path)).path.read_bytes()
    again = build_deck(DeckJob(SHIPPED, theme, tmp_path)).path.read_bytes()
    elsewhere = build_deck(DeckJob(SHIPPED, theme, tmp_path / "elsewhere")).path.read_bytes()
    assert first == again == elsewhere
    assert len(made) == 2, "once for each output folder"


def test_a_deck_for_google_slides_has_a_template_of_its_own(tmp_path, made):
    plain = build_deck(DeckJob(MAP, out=tmp_path)).path.read_bytes()
    assert build_deck(DeckJob(MAP, out=tmp_path, program="google-slides")).path.read_bytes() != plain
    assert build_deck(DeckJob(MAP, out=tmp_path)).path.read_bytes() == plain
    assert made == [("atlas", "en"), ("atlas", "en", "relative")]


def test_a_build_with_a_kept_template_imports_neither_pptx_nor_a_parser_of_xml(tmp_path):
    assert imported(tmp_path) >= {"pptx", "lxml", "lxml.etree"}, "the first build makes the template"
    assert imported(tmp_path) == set()


def imported(out: Path) -> set[str]:
    """Build in a process of its own; return the modules of python-pptx, and those that parse XML, which it imported."""
    code = "import sys; from pathlib import Path; from conceptdeck.building.deck import DeckJob, build_deck; "
    code += "build_deck(DeckJob(Path(sys.argv[1]), out=Path(sys.argv[2]))); print(*sys.modules)"
    done = subprocess.run([sys.executable, "-c", code, MAP, out], cwd=ROOT, capture_output=True, text=True, check=True)
    return {name for name in done.stdout.split() if name.startswith(("pptx", "lxml", "xml", "pyexpat"))}


@pytest.mark.parametrize(
    "damage",
    [
        lambda data: b"",
        lambda data: data[:-1],
        lambda data: data[:20],
        lambda data: data[:1000] + bytes([data[1000] ^ 1]) + data[1001:],
        lambda data: b"PK" + data,
    ],
    ids=["empty", "cut", "digest-cut", "one-bit", "shifted"],
)
def test_a_damaged_template_is_made_anew(damage, tmp_path, made):
    deck = build_deck(DeckJob(MAP, out=tmp_path)).path
    whole, path = deck.read_bytes(), kept(tmp_path)
    sound = path.read_bytes()
    path.write_bytes(damage(sound))
    assert build_deck(DeckJob(MAP, out=tmp_path)).path.read_bytes() == whole
    assert len(made) == 2
    assert path.read_bytes() == sound, "mended"


def test_what_follows_from_other_values_is_another_template(tmp_path, monkeypatch):
    plan = plan_deck(DeckJob(MAP))
    options = DeckJob(MAP, out=tmp_path)
    usual = template_path(options.out, plan.theme, plan.deck.language, None, relative=False)
    assert template_path(options.out, plan_deck(DeckJob(MAP)).theme, "en", None, relative=False) == usual
    inks = {**plan.theme.colours, "ink": "000001"}
    others = [
        replace(plan, theme=replace(plan.theme, colours=inks)),
        replace(plan, theme=replace(plan.theme, goal=plan.theme.goal % 6 + 1)),
        replace(plan, deck=replace(plan.deck, language="ja")),
    ]
    paths = {template_path(options.out, each.theme, each.deck.language, None, relative=False) for each in others}
    real = disk.read_bytes
    for changed in ("powerpoint/template.py", "pptx/__init__.py"):
        monkeypatch.setattr(
            disk, "read_bytes", lambda path, end=changed: real(path) + b"#" * path.as_posix().endswith(end)
        )
        paths.add(template_path(options.out, plan.theme, plan.deck.language, None, relative=False))
    assert len(paths | {usual}) == 6


def test_a_changed_theme_is_built_as_if_nothing_was_kept(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    folder = tmp_path / "themes"
    folder.mkdir()
    decks = []
    for ink in ("111111", "222222"):
        (folder / "mine.yaml").write_text(f"extends: atlas\nname: Mine\ncolours: {{ink: '{ink}'}}\n", encoding="utf-8")
        decks.append(build_deck(DeckJob(MAP, "mine", tmp_path / "out")).path.read_bytes())
        assert build_deck(DeckJob(MAP, "mine", tmp_path / ink)).path.read_bytes() == decks[-1]
    assert decks[0] != decks[1]


def test_a_template_that_cannot_be_kept_is_no_mistake(tmp_path):
    (tmp_path / ".cache").write_text("in the way", encoding="utf-8")
    assert build_deck(DeckJob(MAP, out=tmp_path)).path.is_file()


def test_a_deck_that_fails_leaves_no_template(tmp_path, monkeypatch):
    def fail(path, data):
        raise Failure(())

    monkeypatch.setattr(disk, "write_atomically", fail)
    with pytest.raises(Failure):
        build_deck(DeckJob(MAP, out=tmp_path))
    assert not list(tmp_path.iterdir())


def test_the_digest_covers_every_module_that_makes_or_judges_the_template():
    code = "import sys, conceptdeck.render.powerpoint.template, conceptdeck.checks.package.parts; "
    code += "import conceptdeck.render.powerpoint.foreign; "
    code += "print(*(found.__file__ for name, found in sys.modules.items() if name.startswith('conceptdeck')))"
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    loaded = {Path(each).relative_to(places.PACKAGE).as_posix() for each in done.stdout.split()}
    assert loaded == set(MAKERS)


def test_a_template_with_a_fault_is_told_and_not_kept(tmp_path, monkeypatch):
    real = template.make_template

    def faulty(theme, language, *, relative=False):
        parts = real(theme, language, relative=relative)
        layout = parts["ppt/slideLayouts/slideLayout3.xml"]
        return parts | {"ppt/slideLayouts/slideLayout3.xml": layout.replace(b'<p:cNvPr id="3"', b'<p:cNvPr id="2"')}

    monkeypatch.setattr(template, "make_template", faulty)
    with pytest.raises(Failure) as raised:
        build_deck(DeckJob(MAP, out=tmp_path))
    assert {(each.code, each.fault) for each in raised.value.diagnostics} == {("layout-shape-id", True)}
    assert not list(tmp_path.iterdir())


def test_the_facts_of_a_template_are_kept_with_it(tmp_path):
    build_deck(DeckJob(MAP, out=tmp_path))
    plan = plan_deck(DeckJob(MAP))
    made, _ = new_template(plan.theme, "en", None, relative=False)
    assert kept_template(kept(tmp_path)) == made
