"""What translators send back meets a map that has moved on, and other programs that save at the same moment."""

from __future__ import annotations

import hashlib
import os
import re
import subprocess
import sys
from pathlib import Path

import polib
import pytest
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from conceptdeck.building import catalogs
from conceptdeck.cli import main
from conceptdeck.translation.yaml_copy import read_base
from conceptdeck.workspace import disk, exchange
from support.decks import ROOT

TEXT = """\
language: en
title: Map
core-sentence: It is.
layers:
  title: Layers
  items:
    one:
      name: One
      summary: One layer
      concepts:
        first: {name: First, tagline: The one, meaning: It is first}
        second: {name: Second, tagline: The other, meaning: It is second}
"""
MAP = Path("data") / "m" / "map.yaml"
PO = MAP.parent / "locales" / "de.po"
X = "{urn:oasis:names:tc:xliff:document:1.2}"
FORMS = {"xliff": "de.xlf", "yaml": "de.yaml", "po": "sent.po"}


@pytest.fixture
def run(tmp_path, monkeypatch):
    """Return `run(*arguments)`: the result of `conceptdeck i18n`, from a folder with a small map and an empty de.po."""
    monkeypatch.chdir(tmp_path)
    MAP.parent.mkdir(parents=True)
    MAP.write_text(TEXT, encoding="utf-8")

    def run(*arguments):
        return CliRunner().invoke(main, ["i18n", *map(str, arguments)])

    passed(run("new", "de"))
    return run


def passed(result) -> str:
    assert result.exit_code == 0, result.output
    return result.stdout


def changed(path: Path, old: str, new: str) -> None:
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")


def entry(key: str):
    """Return the translation of a string, whether it is fuzzy, and the earlier source text beside it."""
    found = next(each for each in polib.pofile(str(PO)) if each.msgctxt == key and not each.obsolete)
    return found.msgstr, found.fuzzy, found.previous_msgid


def translate(path: Path, texts: dict[str, str]) -> None:
    """Translate source texts in an exported file, as a translator does."""
    if path.suffix == ".xlf":
        tree = etree.parse(path)
        for unit in tree.iter(f"{X}trans-unit"):
            if new := texts.get(unit.findtext(f"{X}source")):
                unit.find(f"{X}target").text = new
        tree.write(path, encoding="utf-8", xml_declaration=True)
    elif path.suffix == ".po":
        file = polib.pofile(str(path))
        for each in file:
            each.msgstr = texts.get(each.msgid, each.msgstr)
        file.save()
    else:
        for old, new in texts.items():
            changed(path, f'"{old}"', f'"{new}"')  # everywhere, as “replace all” of an editor does


def sent(run, form: str, texts: dict[str, str]) -> Path:
    path = Path(FORMS[form])
    passed(run("export", "de", "--format", form, "-o", path))
    translate(path, texts)
    return path


AUTHOR = {
    "as it was exported": lambda run: None,
    "brought up to date": lambda run: passed(run("update")),
    "deleted": lambda run: PO.unlink(),
    "begun anew": lambda run: (PO.unlink(), passed(run("new", "de"))),
}
"""What becomes of the catalog while the translator works."""


# --- translations of earlier texts ---------------------------------------------------------------


@pytest.mark.parametrize("catalog", AUTHOR)
@pytest.mark.parametrize("form", FORMS)
def test_a_translation_of_an_earlier_text_comes_in_fuzzy_with_that_text_beside_it(form, catalog, run):
    path = sent(run, form, {"It is.": "So ist es.", "One": "Eins"})
    changed(MAP, "core-sentence: It is.\n", "core-sentence: It is not.\n")
    AUTHOR[catalog](run)
    assert "2 taken, 0 kept, 0 unknown; 1 of those taken" in passed(run("import", path, "m"))
    assert entry("core-sentence") == ("So ist es.", True, "It is.")
    assert entry("layers.one.name") == ("Eins", False, None)
    before = PO.read_bytes()
    assert "0 taken" in passed(run("import", path, "m"))
    assert PO.read_bytes() == before


@pytest.mark.parametrize("catalog", AUTHOR)
def test_an_untouched_source_text_is_never_the_translation_of_a_new_one(catalog, run):
    path = sent(run, "yaml", {"One": "Eins"})
    changed(MAP, "title: Map", "title: All about bread")
    AUTHOR[catalog](run)
    passed(run("import", path, "m"))
    assert entry("title") == ("Map", True, "Map")
    assert entry("layers.title") == ("", False, None)
    changed(MAP, "title: All about bread", "title: Map")
    assert "1 translated, 1 stale" in passed(run("update"))


@pytest.mark.parametrize("form", FORMS)
def test_a_finished_translation_of_an_earlier_text_does_not_replace_that_of_the_new_one(form, run):
    path = sent(run, form, {"It is.": "So ist es."})
    changed(MAP, "core-sentence: It is.\n", "core-sentence: It is not.\n")
    passed(run("update"))
    changed(PO, 'msgid "It is not."\nmsgstr ""', 'msgid "It is not."\nmsgstr "So ist es nicht."')
    result = run("import", path, "m")
    assert "0 taken, 1 kept" in passed(result)
    assert "  core-sentence\n" in result.stderr
    assert entry("core-sentence") == ("So ist es nicht.", False, None)


@pytest.mark.parametrize("form", FORMS)
def test_a_stale_translation_that_was_mended_is_of_the_text_it_was_mended_for(form, run):
    changed(PO, 'msgid "It is."\nmsgstr ""', 'msgid "It is."\nmsgstr "So ist es."')
    changed(MAP, "core-sentence: It is.\n", "core-sentence: It was.\n")
    passed(run("update"))
    path = sent(run, form, {})
    if form == "po":
        said = re.sub(r'#, fuzzy(.*)\n#\| msgid "It is."\n', r"#\1\n", path.read_text("utf-8"))
        path.write_text(said, encoding="utf-8")
    translate(path, {"It was.": "So war es."})
    changed(MAP, "core-sentence: It was.\n", "core-sentence: It was not.\n")
    passed(run("import", path, "m", "--overwrite"))
    assert entry("core-sentence") == ("So war es.", True, "It was.")


def test_source_texts_that_a_tool_put_into_empty_targets_are_no_translations(run):
    path = sent(run, "xliff", {"It is.": "It is.", "One": "Eins"})
    passed(run("import", path, "m"))
    assert entry("core-sentence")[1]
    assert entry("layers.one.name") == ("Eins", False, None)


def test_an_exported_translation_that_nobody_touched_starts_a_new_catalog_but_changes_no_old_one(run):
    changed(PO, 'msgid "It is."\nmsgstr ""', 'msgid "It is."\nmsgstr "So ist es."')
    path = sent(run, "yaml", {})
    changed(PO, 'msgstr "So ist es."', 'msgstr "Es ist so."')
    assert "0 taken, 0 kept" in passed(run("import", path, "m"))
    PO.unlink()
    assert "1 taken, 0 kept" in passed(run("import", path, "m"))
    assert entry("core-sentence") == ("So ist es.", False, None)


# --- files that do not say what they were made from ----------------------------------------------


def without_marks(path: Path, marks: str = "") -> None:
    text = re.sub(r"^#\| .*\n", "", path.read_text("utf-8"), flags=re.MULTILINE)
    path.write_text(text + marks, encoding="utf-8")


def test_an_export_of_an_earlier_version_is_taken_by_its_digests(run):
    def digest(text: str) -> str:
        return hashlib.sha256(text.encode()).hexdigest()[:12]

    path = sent(run, "yaml", {"It is.": "So ist es.", "One": "Eins", "Layers": "Schichten"})
    old = {"title": "Map", "core-sentence": "It is.", "layers.one.name": "One", "layers.title": "Layers"}
    without_marks(path, "".join(f"#= {key} {digest(text)} {digest(text)}\n" for key, text in old.items()))
    changed(MAP, "core-sentence: It is.\n", "core-sentence: It is not.\n")
    changed(MAP, "title: Layers", "title: The layers")
    passed(run("import", path, "m"))
    assert entry("layers.one.name") == ("Eins", False, None)
    assert entry("title") == ("", False, None)
    assert entry("core-sentence") == ("So ist es.", True, "It is."), "the catalog still knew the text"
    PO.unlink()
    result = run("import", path, "m")
    passed(result)
    assert "[unknown-source]" in result.stderr
    assert "layers.title" in result.stderr
    assert entry("layers.title") == ("Schichten", True, None)
    assert entry("layers.one.name") == ("Eins", False, None)


@pytest.mark.parametrize("edit", ["away", "garbled"])
def test_without_its_last_lines_a_yaml_file_is_taken_as_one_of_earlier_texts_and_that_is_said(edit, run):
    path = sent(run, "yaml", {"It is.": "So ist es.", "One": "Eins"})
    lines = path.read_text("utf-8")
    garbled = re.sub(r"(?m)^(#\| \S+) \S+", r"\1 /w==", lines)
    path.write_text(garbled, encoding="utf-8") if edit == "garbled" else without_marks(path)
    changed(MAP, "core-sentence: It is.\n", "core-sentence: It is not.\n")
    result = run("import", path, "m")
    assert "2 taken" in passed(result)
    assert "de.yaml: warning: it does not say which texts 2 of its translations are of" in result.stderr
    assert entry("core-sentence") == ("So ist es.", True, None)
    changed(MAP, "core-sentence: It is not.\n", "core-sentence: It never is.\n")
    passed(run("update"))
    changed(MAP, "core-sentence: It never is.\n", "core-sentence: It is not.\n")
    passed(run("update"))
    assert entry("core-sentence") == ("So ist es.", True, None), "nobody has said which text it is of"


@given(st.text(st.characters(codec="utf-8", exclude_characters="\r\n"), min_size=1), st.text())
def test_no_last_lines_make_the_reader_stumble(word, rest):
    read_base(f"#| {word} {rest} -\n#= {rest}\n#| title TWFw -\r\n{rest}")
    assert read_base("#| title TWFw -\r\n")["title"].source == "Map"


# --- saves at the same moment --------------------------------------------------------------------


def save(text: str) -> None:
    """Save a translation of `layers.title` as translators' editors do: whole, under another name first."""
    catalog = re.sub(r'(msgid "Layers"\nmsgstr )".*"', rf'\1"{text}"', PO.read_text("utf-8"))
    aside = PO.with_name("de.po~")
    aside.write_text(catalog, encoding="utf-8")
    aside.replace(PO)


def work(run, name: str):
    """Return the arguments of a command that has something to write into the catalog."""
    path = sent(run, "xliff", {"It is.": "So ist es."})
    changed(MAP, "title: Map", "title: A map")
    return ("update",) if name == "update" else ("import", path, "m")


def was_done(name: str) -> bool:
    return 'msgid "A map"' in PO.read_text("utf-8") and (name == "update" or entry("core-sentence")[0] == "So ist es.")


WORKS = ["update", "import"]


@pytest.mark.parametrize("name", WORKS)
def test_a_save_while_a_command_works_is_in_what_it_writes(name, run, monkeypatch):
    arguments, saves, real = work(run, name), iter(["Lagen", "Schichten"]), disk.replace_read

    def replace_read(path, was, data):
        if text := next(saves, None):
            save(text)
        return real(path, was, data)

    monkeypatch.setattr(disk, "replace_read", replace_read)
    passed(run(*arguments))
    assert entry("layers.title") == ("Schichten", False, None)
    assert was_done(name)


@pytest.mark.parametrize("count", [1, 2, 3])
@pytest.mark.parametrize("name", WORKS)
def test_a_save_between_the_last_look_and_the_replacement_is_put_back(name, count, run, monkeypatch):
    arguments, saves, real = work(run, name), iter(["eins", "zwei", "drei"][:count]), exchange.exchanged

    def exchanged(one, other):
        if text := next(saves, None):
            save(text)
        return real(one, other)

    assert exchange.exchanged(*map(made, ("a", "b"))), "this file system can swap files"
    monkeypatch.setattr(disk, "exchanged", exchanged)
    passed(run(*arguments))
    assert entry("layers.title")[0] == ["eins", "zwei", "drei"][count - 1]
    assert was_done(name)
    assert sorted(path.name for path in PO.parent.iterdir()) == ["de.po"]


def made(name: str) -> Path:
    path = Path(name)
    path.write_text(name, encoding="utf-8")
    return path


def test_where_files_cannot_be_swapped_they_are_replaced_all_the_same(run, monkeypatch):
    arguments = work(run, "import")
    monkeypatch.setattr(disk, "exchanged", lambda one, other: False)
    passed(run(*arguments))
    assert was_done("import")


@pytest.mark.parametrize("name", WORKS)
def test_a_file_that_is_saved_without_end_is_left_as_it_was_saved_and_named(name, run, monkeypatch):
    passed(run("new", "fr"))
    arguments, saves, real = work(run, name), iter(range(1_000)), disk.replace_read

    def replace_read(path, was, data):
        if path.name == "de.po":
            save(f"Stand {next(saves)}")
        return real(path, was, data)

    monkeypatch.setattr(disk, "replace_read", replace_read)
    monkeypatch.setattr(catalogs, "PAUSE", 0)
    result = run(*arguments)
    assert result.exit_code == 1
    assert f"{PO}: error: another program saves this file again and again" in result.stderr
    assert entry("layers.title")[0] == f"Stand {next(saves) - 1}"
    said = f"written before that: {PO.with_name('fr.po')}" if name == "update" else "nothing was written"
    assert said in result.stderr.splitlines()[-1]


def test_a_save_that_is_not_whole_yet_is_waited_for(run, monkeypatch):
    arguments, whole, real = work(run, "update"), [], disk.read_bytes

    def read_bytes(path):
        if path.name == "de.po" and len(whole) < 2:
            whole.append(real(path))
            return whole[0][: len(whole[0]) - 9] if len(whole) == 2 else whole[0]
        return real(path)

    monkeypatch.setattr(disk, "read_bytes", read_bytes)
    passed(run(*arguments))
    assert was_done("update")


def test_two_that_start_the_same_catalog_do_not_overwrite_each_other(run, monkeypatch):
    real = disk.replace_read

    def replace_read(path, was, data):
        path.write_bytes(b"work of somebody else")
        return real(path, was, data)

    monkeypatch.setattr(disk, "replace_read", replace_read)
    result = run("new", "fr")
    assert (result.exit_code, "[catalog-exists]" in result.stderr) == (1, True)
    assert PO.with_name("fr.po").read_bytes() == b"work of somebody else"


SAVER = """
import os, re, sys, time
from pathlib import Path
path, aside, count = Path(sys.argv[1]), Path(sys.argv[1] + "~"), 0

def stands(text):
    return not count or f'msgstr "Stand {count}"' in text

print("ready", flush=True)
while not Path("enough").exists():
    for _ in range(100):
        if stands(path.read_text("utf-8")):
            break
        time.sleep(0.1)  # it may be about to be put back
    else:
        sys.exit(f"the save of Stand {count} is lost")
    was = path.read_text("utf-8")
    if stands(was):
        count += 1
        aside.write_text(re.sub(r'(msgid "Layers"\\nmsgstr )".*"', rf'\\1"Stand {count}"', was), encoding="utf-8")
        os.replace(aside, path)
print(count)
"""
OURS = """
import sys
from pathlib import Path
from conceptdeck.workspace import disk
path = Path(sys.argv[1])
for number in range(300):
    was = path.read_bytes()
    disk.replace_read(path, was, was.replace(b'"X-Number: %d' % number, b'"X-Number: %d' % (number + 1)))
"""


def test_no_save_is_lost_between_two_processes(run):
    changed(PO, '"Language: de', '"X-Number: 0\\n"\n"Language: de')
    environment = {**os.environ, "PYTHONPATH": str(ROOT / "pipeline")}
    pipes = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE, "text": True}
    with subprocess.Popen([sys.executable, "-c", SAVER, str(PO)], **pipes) as saver:
        assert saver.stdout.readline() == "ready\n"
        ours = subprocess.run([sys.executable, "-c", OURS, str(PO)], env=environment, check=False)
        Path("enough").touch()
        said, wrong = saver.communicate()
    assert (ours.returncode, saver.returncode, wrong) == (0, 0, "")
    assert int(said) > 20


def test_two_imports_at_once_both_come_in(run):
    one, other = sent(run, "xliff", {"It is.": "So ist es."}), sent(run, "yaml", {"One": "Eins"})
    environment = {**os.environ, "PYTHONPATH": str(ROOT / "pipeline")}
    command = [sys.executable, "-m", "conceptdeck", "i18n", "import"]
    running = [subprocess.Popen([*command, path, "m"], env=environment) for path in (one, other)]
    assert [each.wait() for each in running] == [0, 0]
    assert (entry("core-sentence")[0], entry("layers.one.name")[0]) == ("So ist es.", "Eins")


@pytest.mark.parametrize("name", WORKS)
def test_a_linked_catalog_stays_a_link_and_who_may_read_it_stays_so(name, run):
    arguments = work(run, name)
    real = PO.rename("real.po")
    real.chmod(0o660)
    PO.symlink_to(real.absolute())
    passed(run(*arguments))
    assert PO.is_symlink()
    assert real.stat().st_mode & 0o777 == 0o660
    assert was_done(name)


@pytest.mark.parametrize("name", [".#de.po", "._de.po", ".de.po.swp"])
def test_what_editors_and_systems_leave_beside_a_catalog_is_no_catalog(name, run):
    stray = PO.with_name(name)
    if "#" in name:
        stray.symlink_to("user@host.1234:99")
    else:
        stray.write_bytes(b"\0\5\x16\7")
    assert passed(run("status", "m")).count("  de ") == 1
    assert passed(run("update", "m")).count(".po") == 1
