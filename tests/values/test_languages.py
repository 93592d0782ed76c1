"""Language tags as gettext spells them: at every door, in the names of catalogs, and along the chains of fallback."""

import subprocess
import sys
from pathlib import Path

import polib
import pytest
from bidi import get_display
from click.testing import CliRunner

from conceptdeck.cli import main
from conceptdeck.values.languages import LEFT_MARK, in_order, is_same, runs_rtl, spelled, standard_tag
from conceptdeck.workspace import places

MAP = """\
title: How bread rises
core-sentence: Bread rises because yeast makes gas.
"""
TITLES = {
    "pt_BR": "Como o pão cresce",
    "zh_CN": "面包如何发酵",
    "de_AT": "Wie Germ aufgeht",
    "sr@latin": "Kako hleb raste",
}


def catalog(tag: str, title: str, language: str = "") -> str:
    header = f'msgid ""\nmsgstr ""\n"Language: {language or tag}\\n"\n"Content-Type: text/plain; charset=UTF-8\\n"\n'
    return f'{header}\nmsgctxt "title"\nmsgid "How bread rises"\nmsgstr "{title}"\n'


@pytest.fixture
def locales(tmp_path, monkeypatch):
    """Return the folder of the catalogs of the map `bread`, from whose project the program is run."""
    monkeypatch.chdir(tmp_path)
    folder = tmp_path / "data" / "bread" / "locales"
    folder.mkdir(parents=True)
    (folder.parent / "map.yaml").write_text(MAP, encoding="utf-8")
    return folder


def write(folder: Path, name: str, title: str, language: str = "") -> Path:
    path = folder / f"{name}.po"
    path.write_text(catalog(name, title, language), encoding="utf-8")
    return path


def run(*arguments: str):
    return CliRunner().invoke(main, arguments)


def pages() -> dict[str, str]:
    """Return the title of each page that was built, by the folder of its language."""
    found = sorted(Path("output").rglob("*.html"))
    return {
        path.parent.name: path.read_text(encoding="utf-8").partition("<title>")[2].partition("<")[0] for path in found
    }


@pytest.mark.parametrize("name", TITLES)
@pytest.mark.parametrize("asked", ["as it is", "standard"])
def test_a_catalog_named_as_gettext_names_it_is_built(locales, name, asked):
    write(locales, name, TITLES[name])
    tag = standard_tag(name)
    result = run("build", "bread", "--format", "html", "--locale", name if asked == "as it is" else tag)
    assert result.exit_code == 0, result.output
    assert pages() == {tag: TITLES[name]}


def test_one_tag_in_two_spellings_is_one_job(locales):
    write(locales, "pt_BR", TITLES["pt_BR"])
    run("build", "bread", "--locale", "pt_BR", "--quiet")
    assert run("build", "bread", "--locale", "pt-BR").stdout.rstrip().endswith("up to date")
    assert run("status").stdout.endswith("1 thing built, 0 out of date\n")


def test_every_door_takes_a_tag_as_gettext_spells_it(locales):
    path = write(locales, "de_AT", TITLES["de_AT"])
    assert "de-AT" in run("i18n", "status", "bread").stdout
    assert run("i18n", "update", "bread", "de_AT").stdout.startswith(str(Path("data/bread/locales/de_AT.po")))
    assert polib.pofile(str(path)).metadata["Language"] == "de_AT", "others may need it as they spell it"
    for form in ("po", "xliff", "yaml"):
        assert run("i18n", "export", "de_AT", "bread", "--format", form, "-o", f"back.{form[:3]}").exit_code == 0
    Path("back.po").write_text(Path("back.po").read_text(encoding="utf-8").replace("Germ", "Brot"), encoding="utf-8")
    assert run("i18n", "import", "back.po", "bread", "--overwrite").exit_code == 0
    assert "Wie Brot aufgeht" in path.read_text(encoding="utf-8")
    assert run("i18n", "new", "de_AT", "bread").exit_code == 1
    assert run("i18n", "new", "zh_CN", "bread").exit_code == 0
    assert sorted(each.name for each in locales.iterdir()) == ["de_AT.po", "zh-CN.po"]
    assert (
        run("locales", "bread", "--locale", "de_AT", "--locale", "de-AT", "--only", "deck").stdout.count(".pptx") == 1
    )
    assert "1 job" in run("locales", "bread", "--locale", "de_AT", "--only", "deck").stdout
    assert run("diagrams", "bread", "--locale", "de_AT", "--format", "svg").exit_code == 0


def test_all_languages_are_built_each_once(locales):
    for name in ("pt_BR", "zh_CN"):
        write(locales, name, TITLES[name])
    assert run("locales", "bread", "--only", "deck", "--format", "html").exit_code == 0
    assert pages() == {"en": "How bread rises", "pt-BR": TITLES["pt_BR"], "zh-CN": TITLES["zh_CN"]}


@pytest.mark.parametrize(
    ("there", "asked"),
    [
        ("zh-Hans", "zh_CN"),
        ("zh_Hans", "zh-CN"),
        ("zh_CN", "zh-Hans"),
        ("de", "de_AT"),
        ("de_DE", "de"),
        ("zh_TW", "zh-Hant"),
    ],
)
def test_a_near_catalog_stands_in(locales, there, asked):
    write(locales, there, "A title of its own")
    result = run("build", "bread", "--format", "html", "--locale", asked)
    assert result.exit_code == 0, result.output
    assert [*pages().values()] == ["A title of its own"]


def test_the_nearest_of_several_catalogs_comes_first(locales):
    write(locales, "de", "Deutsch")
    write(locales, "de_AT", "Österreichisch")
    run("build", "bread", "--format", "html", "--locale", "de_AT")
    assert pages() == {"de-AT": "Österreichisch"}


@pytest.mark.parametrize(
    "command", ["build bread --locale pt_BR", "i18n status bread", "i18n update bread", "check bread"]
)
def test_two_files_of_one_tag_are_a_finding(locales, command):
    paths = [write(locales, name, "Um título") for name in ("pt_BR", "pt-BR")]
    before = [path.read_bytes() for path in paths]
    result = run(*command.split())
    assert result.exit_code == 1
    assert "there are two catalogs for `pt-BR`: pt-BR.po and pt_BR.po [duplicate-catalog]" in result.output
    assert [path.read_bytes() for path in paths] == before


def test_two_files_of_one_tag_do_no_harm_to_another_language(locales):
    for name in ("pt_BR", "pt-BR", "de"):
        write(locales, name, "Titel")
    assert run("build", "bread", "--locale", "de").exit_code == 0


@pytest.mark.parametrize("said", ["de_DE", "de-DE", "DE", "de", "de_DE.UTF-8"])
def test_a_header_that_says_the_same_in_other_words_is_right(locales, said):
    write(locales, "de", "Wie Brot aufgeht", said)
    assert "catalog-header" not in run("build", "bread", "--locale", "de").stderr


def test_a_header_of_another_language_is_not(locales):
    write(locales, "de", "Wie Brot aufgeht", "fr")
    assert "catalog-header" in run("build", "bread", "--locale", "de").stderr


@pytest.mark.parametrize(
    ("written", "tag"),
    [("pt_BR", "pt-BR"), ("sr@latin", "sr-Latn"), ("sr_RS@latin", "sr-Latn-RS"), ("de_DE.UTF-8", "de-DE"),
     ("de_DE@euro", "de-DE"), ("zh_Hant_TW", "zh-Hant-TW"), ("iw", "he"), ("messages", None), ("ca@unheard", None)],
)  # fmt: skip
def test_tags_have_one_standard_form(written, tag):
    assert standard_tag(written) == tag
    assert spelled(written) == (tag or written)


def test_what_goes_without_saying_makes_no_other_language():
    assert is_same("zh_CN", "zh-Hans")
    assert is_same("de", "de_DE")
    assert not is_same("de", "de-AT")
    assert not is_same("messages", "messages.po")


# --- plurals -------------------------------------------------------------------------------------

PLURAL = 'msgid "One slide"\nmsgid_plural "%d slides"\nmsgstr[0] "Eine Folie"\nmsgstr[1] "%d Folien"\n'


@pytest.mark.parametrize(
    "entry", [f'\nmsgctxt "some.key"\n{PLURAL}', "\n" + "".join(f"#~ {line}\n" for line in PLURAL.splitlines())]
)
def test_an_entry_with_plurals_is_kept_as_obsolete(locales, entry):
    path = write(locales, "de", "Wie Brot aufgeht")
    path.write_text(path.read_text(encoding="utf-8") + entry, encoding="utf-8")
    assert run("build", "bread", "--locale", "de").exit_code == 0
    assert run("i18n", "update", "bread", "de").exit_code == 0
    (kept,) = [each for each in polib.pofile(str(path)) if each.msgid_plural]
    assert (kept.obsolete, kept.msgstr_plural) == (1, {0: "Eine Folie", 1: "%d Folien"})
    assert "(unchanged)" in run("i18n", "update", "bread", "de").stdout
    assert places.catalog_path(Path("data/bread/map.yaml"), "de") == Path("data/bread/locales/de.po")


# --- signs in lines from the right ---------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "seen"),
    [
        ("-5%", "-5%"),
        ("+2.5%", "+2.5%"),
        ("−0.3 … +0.3", "−0.3 … +0.3"),
        ("ירדו -5% ועוד", "דועו -5% ודרי"),
        ("ב-5%", "5%-ב"),  # a prefix with its hyphen, no sign
        ("-$5", "-$5"),
        ("טוב C++!", "!C++ בוט"),
        ("C# ו-F#", "F#-ו C#"),
        (".NET טוב", "בוט .NET"),
        ("גיל 18+", "18+ ליג"),
        ("10-20", "10-20"),
        ("א-ב", "ב-א"),
    ],
)
def test_signs_stand_in_a_line_from_the_right_where_they_are_read(text, seen):
    ordered = in_order(text, "he")
    assert get_display(ordered, base_dir="R").replace(LEFT_MARK, "") == seen
    assert in_order(ordered, "he") == ordered
    assert in_order(text, "de") == text


def test_a_number_with_a_mark_before_its_sign_runs_as_its_language_does():
    assert runs_rtl(in_order("-5%", "ar"), "ar")
    assert not runs_rtl("-5%", "de")


def test_the_writers_of_a_script_that_are_known_by_heart_are_those_of_the_register():
    from langcodes import Language

    from conceptdeck.values.languages import WRITERS, culture

    for written, known in WRITERS.items():
        assert culture(str(Language.make(script=written).maximize().language)) == known


@pytest.mark.parametrize("format", ["pptx", "html"])
def test_an_english_deck_with_a_greek_and_a_chinese_word_loads_no_register_of_languages(tmp_path, format):
    folder = tmp_path / "words"
    folder.mkdir()
    (folder / "map.yaml").write_text("title: On λόγος\ncore-sentence: The word is 道.\n", encoding="utf-8")
    code = (
        "import sys; from conceptdeck.cli import main\n"
        f"main(['build', {str(folder)!r}, '--format', {format!r}, '--out', {str(tmp_path / 'out')!r}],"
        " standalone_mode=False)\n"
        "print('langcodes' in sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.splitlines()[-1] == "False"
