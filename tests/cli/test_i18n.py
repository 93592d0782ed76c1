"""The command line for translators: catalogs start, follow their map, tell how far they are, go out and come back."""

from __future__ import annotations

import json
import re
import shutil
from pathlib import Path

import polib
import pytest
import yaml
from click.testing import CliRunner
from lxml import etree

from conceptdeck.cli import main
from conceptdeck.translation.pseudo import PSEUDO_TAGS
from support.decks import ROOT

MAP = Path("data") / "web-platform" / "map.yaml"
LOCALES = MAP.parent / "locales"
LANGUAGES = ("ar", "de", "es", "fr", "ja", "zh-Hans")
X = "{urn:oasis:names:tc:xliff:document:1.2}"
NAME = "layers.network.concepts.url.name"


@pytest.fixture
def run(tmp_path, monkeypatch):
    """Return `run(*arguments)`: the result of `conceptdeck i18n`, from a folder with one shipped map."""
    monkeypatch.chdir(tmp_path)
    shutil.copytree(ROOT / MAP.parent, MAP.parent)
    return lambda *arguments: CliRunner().invoke(main, ["i18n", *map(str, arguments)])


def passed(result) -> str:
    assert result.exit_code == 0, result.output
    return result.stdout


def refused(result) -> str:
    assert result.exit_code == 1, result.output
    assert isinstance(result.exception, SystemExit), "a traceback"
    assert result.stdout == ""
    return result.stderr


def replaced(path: Path, old: str, new: str) -> None:
    text = path.read_text("utf-8")
    assert text.count(old) == 1, (old, text.count(old))
    path.write_text(text.replace(old, new), encoding="utf-8")


def everything() -> dict[str, bytes]:
    return {str(path): path.read_bytes() for path in sorted(Path().rglob("*")) if path.is_file()}


def state(run, *arguments) -> dict:
    """Return what `status --json` says, by language."""
    [found] = json.loads(run("status", *arguments, "--json").stdout)["maps"]
    return {language["language"]: language for language in found["languages"]}


# --- new -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("tag", "standard"),
    [("zh_TW", "zh-TW"), ("zh-Hant-TW", "zh-Hant-TW"), ("pt-BR", "pt-BR"), ("sr-Latn", "sr-Latn"), ("he", "he"),
     ("ur", "ur"), ("th", "th")],
)  # fmt: skip
def test_a_new_catalog_has_every_string_and_a_standard_name(tag, standard, run):
    result = run("new", tag)
    path = LOCALES / f"{standard}.po"
    assert passed(result).startswith(str(path))
    assert (f"{tag} is {standard}" in result.stderr) == (tag != standard)
    text = path.read_text("utf-8")
    assert text.count("msgctxt") == (LOCALES / "de.po").read_text("utf-8").count("msgctxt")
    assert f'"Language: {standard}\\n"' in text
    assert state(run)[standard]["translated"] == 0


@pytest.mark.parametrize(
    ("tag", "said"),
    [("xx", "BCP 47"), ("german", "`de`"), ("../x", "BCP 47"), ("de_", "BCP 47"), ("x" * 5_000, "BCP 47"),
     ("de", "i18n update"), ("en", "the map itself"), *((tag, "made up") for tag in PSEUDO_TAGS)],
)  # fmt: skip
def test_a_tag_that_cannot_have_a_catalog_is_refused_with_a_way_out(tag, said, run):
    before = everything()
    assert said in refused(run("new", tag))
    assert everything() == before


# --- update --------------------------------------------------------------------------------------


def test_shipped_catalogs_are_up_to_date(run):
    assert passed(run("update")).count("(unchanged)") == len(LANGUAGES), "please run: conceptdeck i18n update"


def test_an_update_writes_only_what_changes_and_a_second_one_nothing(run):
    replaced(LOCALES / "de.po", '\nmsgctxt "subtitle"', '\n# From the first talk.\nmsgctxt "subtitle"')
    replaced(MAP, "tagline: The name of a resource", "tagline: The name of the resource")
    before = everything()
    assert "1 stale" in passed(run("update", "web-platform", "de"))
    after = everything()
    assert [path for path in after if after[path] != before[path]] == [str(LOCALES / "de.po")]
    text = (LOCALES / "de.po").read_text("utf-8")
    entry = next(each for each in text.split("\n\n") if "The name of the resource" in each)
    assert "#, fuzzy, max-length:" in entry
    assert '#| msgid "The name of a resource"' in entry
    assert "# From the first talk.\n" in text
    assert "(unchanged)" in passed(run("update", "web-platform", "de"))
    assert everything() == after


def test_an_update_undoes_nothing_but_the_form_that_gettext_gives_a_catalog(run, gettext):
    replaced(MAP, "tagline: The name of a resource", "tagline: The name of the resource")
    passed(run("update"))
    before = everything()
    for tag in LANGUAGES:
        saved = gettext("msgcat", "--output-file", LOCALES / f"{tag}.po", LOCALES / f"{tag}.po")
        assert (saved.returncode, saved.stderr) == (0, "")
    assert everything() != before
    passed(run("update"))
    assert everything() == before


def test_texts_that_are_gone_are_kept_as_obsolete(run):
    replaced(MAP, "          tagline: The name of a resource\n", "")
    passed(run("update", "de"))
    assert '#~ msgid "The name of a resource"' in (LOCALES / "de.po").read_text("utf-8")


def test_notes_tell_translators_role_place_room_and_names(run):
    passed(run("update"))
    entries = (LOCALES / "de.po").read_text("utf-8").split("\n\n")
    notes = {}
    for entry in entries[1:]:
        key = re.search('^msgctxt "(.*)"', entry, re.MULTILINE)[1]
        notes[key] = " ".join(re.findall("^#. (.*)", entry, re.MULTILINE))
    assert "The concept's label." in notes[NAME]
    assert re.search(r"Where: slide \d+ “.+; diagrams: .*flow", notes[NAME])
    assert re.search(r"Room: about \d+ letters on \d+ lines?; the longest word: \d+ letters", notes["subtitle"])
    assert "speaker notes of slide 1 “" in notes["cover.notes"]
    assert any("Do not translate: " in note and "SpiderMonkey" in note for note in notes.values())
    assert not [key for key, note in notes.items() if not note.count("Where: ")]


# --- status --------------------------------------------------------------------------------------


def test_a_changed_sentence_names_its_entry_slides_and_diagrams_in_each_language(run):
    assert all(not found["entries"] for found in state(run).values())
    replaced(MAP, "headline: The address says whom to ask", "headline: The address tells whom to ask")
    found = state(run)
    assert tuple(found) == LANGUAGES
    for language in found.values():
        [entry] = language["entries"]
        assert (entry["key"], entry["state"]) == ("steps.address.headline", "stale")
        assert (entry["slides"], entry["notes"], entry["diagrams"]) == ([2], [], ["map"])
        assert (language["slides"], language["diagrams"], language["words_left"]) == ([2], ["map"], 6)
    text = run("status").stdout
    assert text.count("steps.address.headline  slides 2; diagrams map") == len(LANGUAGES)


def test_changed_notes_name_the_slide_that_they_are_said_on(run):
    replaced(MAP, "This is what happens after you press Enter.", "That is what happens after you press Enter.")
    [entry] = state(run)["de"]["entries"]
    assert (entry["key"], entry["slides"], entry["notes"], entry["diagrams"]) == ("steps.notes", [], [2], [])


def test_a_new_text_is_missing_and_shown_with_its_words(run):
    replaced(MAP, "  mailto-link:\n", "  extra:\n    name: One more thing\n\n  mailto-link:\n")
    found = state(run)["ja"]
    assert (found["missing"], found["stale"], found["words_left"]) == (1, 0, 3)
    assert "shown nowhere" in run("status").stdout


def test_only_a_strict_status_ends_with_1(run):
    assert run("status", "--strict").exit_code == 0
    replaced(MAP, "tagline: The name of a resource", "tagline: The name of the resource")
    assert run("status").exit_code == 0
    assert run("status", "--strict").exit_code == 1


def test_status_writes_nothing(run):
    before = everything()
    run("status")
    assert everything() == before


# --- out and back --------------------------------------------------------------------------------


@pytest.mark.parametrize("form", ["xliff", "yaml", "po"])
@pytest.mark.parametrize("tag", ["ja", "ar"])
def test_one_round_changes_nothing(form, tag, run):
    before = everything()
    passed(run("export", tag, "--format", form, "-o", f"out.{form}"))
    made = Path(f"out.{form}")
    made = made.rename(made.with_suffix(".xlf")) if form == "xliff" else made
    assert "0 taken, 0 kept, 0 unknown" in passed(run("import", made, "web-platform"))
    made.unlink()
    assert everything() == before


@pytest.mark.parametrize("form", ["xliff", "yaml"])
def test_one_round_with_stale_missing_and_untranslated_entries_changes_nothing(form, run):
    replaced(LOCALES / "de.po", 'msgstr "Die Webplattform"', 'msgstr ""')
    replaced(MAP, "tagline: The name of a resource", "tagline: The name of the resource")
    passed(run("update"))
    before = everything()
    passed(run("export", "de", "--format", form, "-o", f"out.{'xlf' if form == 'xliff' else form}"))
    [made] = Path().glob("out.*")
    assert "0 taken, 0 kept" in passed(run("import", made))
    made.unlink()
    assert everything() == before


def edited(run, form: str, old: str, new: str) -> Path:
    """Export German, change a text in the file, and return it."""
    path = Path(f"de.{'xlf' if form == 'xliff' else form}")
    passed(run("export", "de", "--format", form, "-o", path))
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    return path


OLD, NEW, NEWER = "Von der Adresse zur lebendigen Seite", "Vom Namen zur Seite", "Von der Adresse zur Seite"


@pytest.fixture
def subtitle():
    """Return `subtitle()`: the German subtitle, and `subtitle(text)`, which changes it."""

    def read_or_write(text: str | None = None) -> str:
        path = LOCALES / "de.po"
        found = re.search('(msgctxt "subtitle"\nmsgid ".*"\nmsgstr ")(.*)"', path.read_text("utf-8"))
        if text is not None:
            replaced(path, found[0], f'{found[1]}{text}"')
        return found[2]

    return read_or_write


@pytest.mark.parametrize("form", ["xliff", "yaml"])
def test_a_translators_change_comes_in(form, run, subtitle):
    path = edited(run, form, subtitle(), NEW)
    assert "1 taken, 0 kept" in passed(run("import", path))
    assert subtitle() == NEW


@pytest.mark.parametrize("form", ["xliff", "yaml"])
def test_a_newer_translation_is_kept_and_named_unless_to_overwrite_it(form, run, subtitle):
    path = edited(run, form, subtitle(), NEW)
    subtitle(NEWER)
    result = run("import", path)
    assert "0 taken, 1 kept" in passed(result)
    assert "  subtitle\n" in result.stderr
    assert subtitle() == NEWER
    assert "1 taken, 0 kept" in passed(run("import", path, "--overwrite"))
    assert subtitle() == NEW


@pytest.mark.parametrize("form", ["xliff", "yaml"])
def test_a_newer_translation_of_what_nobody_touched_elsewhere_is_kept_without_a_word(form, run, subtitle):
    path = edited(run, form, OLD_NAME, OLD_NAME)
    subtitle(NEWER)
    result = run("import", path)
    assert "0 taken, 0 kept" in passed(result)
    assert subtitle() == NEWER


OLD_NAME = "Die Webplattform"


@pytest.mark.parametrize("form", ["xliff", "yaml"])
def test_what_was_untranslated_when_it_went_out_does_not_replace_a_translation_made_since(form, run, subtitle):
    was = subtitle()
    subtitle("")
    path = edited(run, form, OLD_NAME, OLD_NAME)
    subtitle(was)
    assert "0 taken, 0 kept" in passed(run("import", path))
    assert subtitle() == was


def test_a_translation_of_an_older_source_comes_in_fuzzy(run, subtitle):
    subtitle("")
    path = Path("de.xlf")
    passed(run("export", "de", "-o", path))
    tree = etree.parse(path)
    unit = next(each for each in tree.iter(f"{X}trans-unit") if each.get("id") == "subtitle")
    unit.find(f"{X}target").text = NEW
    tree.write(path, encoding="utf-8", xml_declaration=True)
    replaced(MAP, "subtitle: From an address to a living page", "subtitle: From an address to a page")
    assert "1 taken" in passed(run("import", path))
    assert "#, fuzzy" in (LOCALES / "de.po").read_text("utf-8")
    assert state(run)["de"]["stale"] == 1


def test_segments_that_a_tool_marks_are_text(run, subtitle):
    path = edited(
        run, "xliff", f">{subtitle()}</target>", '><mrk mtype="seg" mid="0">Vom Namen</mrk> zur Seite</target>'
    )
    passed(run("import", path))
    assert subtitle() == NEW


def test_xliff_tells_key_state_notes_and_the_earlier_text(run):
    replaced(MAP, "tagline: The name of a resource", "tagline: The name of the resource")
    passed(run("export", "de", "-o", "de.xlf"))
    root = etree.parse("de.xlf").getroot()
    assert (root.tag, root.get("version")) == (f"{X}xliff", "1.2")
    units = {unit.get("resname"): unit for unit in root.iter(f"{X}trans-unit")}
    stale = units[NAME.replace(".name", ".tagline")]
    assert stale.find(f"{X}target").get("state") == "needs-review-translation"
    assert stale.findtext(f"{X}alt-trans/{X}source") == "The name of a resource"
    assert "Where: slide" in stale.findtext(f"{X}note")
    assert units["subtitle"].find(f"{X}target").get("state") == "translated"


def test_the_yaml_form_is_a_map_of_the_same_shape(run):
    passed(run("export", "de", "--format", "yaml"))

    def shape(value):
        if isinstance(value, dict):
            return {key: shape(each) for key, each in value.items()}
        return [shape(each) for each in value] if isinstance(value, list) else "text"

    ours, theirs = (yaml.load(path.read_text("utf-8"), yaml.BaseLoader) for path in (MAP, Path("web-platform.de.yaml")))
    assert shape(ours) == shape(theirs)
    assert theirs["language"] == "de"
    assert theirs["layers"]["items"]["network"]["concepts"]["url"]["examples"] == ["web-address", "mailto-link"]


@pytest.mark.parametrize(
    ("form", "old", "new"),
    [("xliff", 'target-language="de"', 'target-language="nl"'), ("yaml", "language: de", "language: nl")],
)
def test_a_language_without_a_catalog_gets_one_by_an_import(form, old, new, run):
    path = edited(run, form, old, new)
    assert re.search(r"[12]\d\d taken, 0 kept, 0 unknown", passed(run("import", path)))
    assert state(run)["nl"]["translated"] > 150


def test_an_export_never_replaces_a_file_unless_it_must(run):
    Path("de.xlf").write_text("work of a translator", encoding="utf-8")
    assert "[file-exists]" in refused(run("export", "de", "-o", "de.xlf"))
    assert Path("de.xlf").read_text(encoding="utf-8") == "work of a translator"
    passed(run("export", "de", "-o", "de.xlf", "--force"))


UNIT = '<trans-unit id="{}"><source>a</source><target>{}</target></trans-unit>'
SHELL = (
    '<?xml version="1.0"?>\n{}<xliff xmlns="urn:oasis:names:tc:xliff:document:1.2" version="1.2">\n'
    '<file original="web-platform/map.yaml" source-language="en" target-language="de" datatype="plaintext"><body>\n'
    "{}</body></file></xliff>"
)
BOMB = '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>\n'
FILE = '<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]>\n'
HOSTILE = {
    "a bomb": ("a.xlf", SHELL.format(BOMB, UNIT.format("subtitle", "&b;")).encode(), "foreign-file"),
    "a file from outside": ("a.xlf", SHELL.format(FILE, UNIT.format("subtitle", "&a;")).encode(), "foreign-file"),
    "a bomb in UTF-16": ("a.xlf", SHELL.format(BOMB, "").replace('"1.0"?', '"1.0" encoding="UTF-16"?').encode("utf-16"),
                         "foreign-file"),
    "cut off": ("a.xlf", SHELL.format("", UNIT.format("subtitle", "b")).encode()[:-40], "foreign-file"),
    "empty": ("a.xlf", b"", "foreign-file"),
    "XLIFF 2": ("a.xlf", b'<xliff xmlns="urn:oasis:names:tc:xliff:document:2.0" version="2.0"/>', "foreign-file"),
    "a key twice": ("a.xlf", SHELL.format("", UNIT.format("subtitle", "b") * 2).encode(), "duplicate-entry"),
    "no language": ("a.xlf", SHELL.format("", "").replace('target-language="de"', "").encode(), "foreign-file"),
    "a made-up language": ("a.xlf", SHELL.format("", "").replace('"de"', '"../../x"').encode(), "foreign-file"),
    "a control character": ("a.xlf", SHELL.format("", UNIT.format("subtitle", "b&#x202E;c")).encode(),
                            "translation-character"),
    "no map": ("a.yaml", b"language: de\ntitle: [\n", "syntax"),
    "the map itself": ("a.yaml", b"language: en\ntitle: Map\ncore-sentence: It is.\n", "foreign-file"),
    "Latin-1": ("a.yaml", "language: de\ntitle: Grüße\ncore-sentence: x\n".encode("latin-1"), "not-utf-8"),
    "PO in Latin-1": ("a.po", 'msgid ""\nmsgstr ""\n"Language: de\\n"\n# Grüße\n'.encode("latin-1"), "not-utf-8"),
    "PO without a language": ("a.po", b'msgid ""\nmsgstr ""\n"X: y\\n"\n', "foreign-file"),
    "something else": ("a.docx", b"PK", "foreign-file"),
}  # fmt: skip


@pytest.mark.parametrize("name", HOSTILE)
def test_a_bad_import_is_told_with_its_place_and_changes_nothing(name, run):
    file, data, code = HOSTILE[name]
    Path(file).write_bytes(data)
    before = everything()
    said = refused(run("import", file, "web-platform"))
    assert f"[{code}]" in said
    assert said.startswith(file)
    assert "root:" not in said
    assert everything() == before


ONE_BAD_EACH = {
    "xliff": (
        "a.xlf",
        SHELL.format(
            "",
            UNIT.format("subtitle", "Gut")
            + UNIT.format("title", "b&#x202E;c")
            + UNIT.format("layers.title", "x") * 2
            + UNIT.format("systems.web-address.name", "hier").replace("<source>a", "<source>https://example.org/a"),
        ),
    ),
    "po": (
        "a.po",
        'msgid ""\nmsgstr ""\n"Language: de_DE\\n"\n"Content-Type: text/plain; charset=UTF-8\\n"\n\n'
        'msgctxt "subtitle"\nmsgid "a"\nmsgstr "Gut"\n\n'
        'msgctxt "title"\nmsgid "a"\nmsgstr "b\u202ec"\n\n'
        'msgctxt "layers.title"\nmsgid "a"\nmsgstr "offen\n\n'
        'msgctxt "systems.web-address.name"\nmsgid "https://example.org/a"\nmsgstr "hier"\n',
    ),
}


@pytest.mark.parametrize("form", ONE_BAD_EACH)
def test_an_import_takes_what_is_right_marks_what_is_doubtful_and_leaves_out_what_is_broken(form, run):
    name, text = ONE_BAD_EACH[form]
    Path(name).write_text(text, encoding="utf-8")
    before = {entry.msgctxt: entry.msgstr for entry in polib.pofile(str(LOCALES / "de.po"))}
    result = run("import", name, "web-platform", "--overwrite")
    assert result.exit_code == 0, result.stderr
    after = {entry.msgctxt: entry for entry in polib.pofile(str(LOCALES / "de.po")) if not entry.obsolete}
    assert after["subtitle"].msgstr == "Gut"
    assert after["systems.web-address.name"].msgstr == "hier"
    assert after["systems.web-address.name"].fuzzy
    for key in ("title", "layers.title"):
        assert after[key].msgstr == before[key]
        assert not after[key].fuzzy
    assert "2 taken" in result.stdout
    assert "1 refused" in result.stdout
    assert result.stderr.count("note: it is not taken") == 2
    assert "[translation-url]" in result.stderr
    assert "error" not in result.stderr


def test_a_part_of_a_map_in_yaml_is_taken_by_where_its_texts_stand(run):
    Path("nl.yaml").write_text("title: Kaart\nlayers: {title: Lagen}\nnowhere: {name: X}\n", encoding="utf-8")
    result = run("import", "nl.yaml", "web-platform", "--current")
    assert result.exit_code == 0, result.stderr
    assert "by its name it is `nl` [language-by-name]" in result.stderr
    assert "not strings of this map: nowhere.name" in result.stderr
    assert "2 taken, 0 kept, 1 unknown" in result.stdout
    taken = {entry.msgctxt: entry for entry in polib.pofile(str(LOCALES / "nl.po"))}
    assert (taken["title"].msgstr, taken["title"].fuzzy) == ("Kaart", False)


def test_a_part_that_may_be_of_an_earlier_text_is_fuzzy(run):
    Path("part.yaml").write_text("title: Kaart\n", encoding="utf-8")
    assert "[foreign-file]" in refused(run("import", "part.yaml", "web-platform"))
    result = run("import", "part.yaml", "web-platform", "--locale", "nl_NL")
    assert "[unknown-source]" in result.stderr
    assert polib.pofile(str(LOCALES / "nl-NL.po")).find("Kaart", by="msgstr").fuzzy


def damaged(change):
    """Return a change of a catalog's bytes."""
    return lambda path: path.write_bytes(change(path.read_bytes()))


CATALOG = {
    "Latin-1": (damaged(lambda data: data.decode().replace("„", '"').encode("latin-1", "replace")), "not-utf-8"),
    "UTF-16": (damaged(lambda data: data.decode().encode("utf-16")), "not-utf-8"),
    "another charset": (damaged(lambda data: data.replace(b"charset=UTF-8", b"charset=CP1252")), "catalog-header"),
    "another language": (damaged(lambda data: data.replace(b"Language: de", b"Language: fr")), "catalog-header"),
    "conflict markers": (damaged(lambda data: data + b"<<<<<<< ours\n=======\n>>>>>>> theirs\n"), "conflict-marker"),
    "cut off": (damaged(lambda data: data[: data.rindex(b'msgstr "') + 9]), "bad-catalog"),
    "a key twice": (damaged(lambda data: data + data[data.rindex(b"msgctxt") :]), "duplicate-entry"),
    "a device": (damaged(lambda data: b"\0" * 100), "bad-catalog|forbidden|catalog-header"),
}


@pytest.mark.parametrize("name", CATALOG)
@pytest.mark.parametrize("command", ["update", "status", "export"])
def test_a_broken_catalog_is_told_with_its_line_and_nothing_is_written(name, command, run):
    change, codes = CATALOG[name]
    replaced(MAP, "tagline: The name of a resource", "tagline: The name of the resource")
    change(LOCALES / "de.po")
    before = everything()
    said = refused(run(command, *(["de"] if command == "export" else [])))
    assert re.search(rf"^{re.escape(str(LOCALES / 'de.po'))}(:\d+:\d+)?: error: .*\[({codes})\]", said, re.MULTILINE)
    assert everything() == before


def test_several_maps_are_updated_and_an_import_asks_which_one(run):
    shutil.copytree(MAP.parent, Path("data") / "other")
    assert passed(run("update", "de")).count("de.po") == 2
    assert "[which-map]" in refused(run("export", "de"))
    assert "[which-map]" in refused(run("import", Path("data/other/locales/de.po")))
    passed(run("export", "de", "other", "-o", "de.xlf"))
    assert "other" in passed(run("import", "de.xlf"))


def test_help_of_the_group_needs_nothing_but_click():
    assert "conceptdeck i18n export" in CliRunner().invoke(main, ["i18n", "--help"]).stdout
