"""Catalogs: what an update keeps, how translations merge, and PO files as translators' tools write and break them."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from conceptdeck.checks.translations import check_catalog
from conceptdeck.translation.catalog import Catalog, Entry, State, merged, state_of, updated
from conceptdeck.translation.po import read_po, write_po
from conceptdeck.translation.words import read_words, term_key
from conceptdeck.translation.xliff import read_xliff, write_xliff
from conceptdeck.values.diagnostics import OfText, Span
from conceptdeck.values.terms import SEVERAL, Term
from conceptdeck.values.text import Text
from conceptdeck.workspace import places
from conceptdeck.workspace.loading import read_map_file
from support.decks import ROOT

CATALOGS = sorted(ROOT.glob("data/*/locales/*.po"))
TERMS = sorted((ROOT / "pipeline/conceptdeck/translation/terms").glob("*.po"))
LANGUAGES = ("ar", "de", "es", "fr", "ja", "zh-Hans")
PLACEHOLDER = re.compile(r"\{\w*\}")
HEAD = 'msgid ""\nmsgstr ""\n"Language: de\\n"\n"Content-Type: text/plain; charset=UTF-8\\n"\n\n'
GOOD = HEAD + 'msgctxt "title"\nmsgid "Map"\nmsgstr "Karte"\n'


def named(path: Path) -> str:
    return f"{path.parent.parent.name}-{path.stem}"


def bare(catalog: Catalog) -> Catalog:
    """Return a catalog without the places of its entries, and its header in no order."""
    entries = tuple(replace(entry, span=Span()) for entry in catalog.entries)
    return replace(catalog, entries=entries, header=tuple(sorted(catalog.header)))


# --- updates -------------------------------------------------------------------------------------


def entry_after(entry: Entry, source: str) -> Entry:
    return updated(Catalog("de", (entry,)), [Text(source, "title")], {"title": "A note."}).entries[0]


def test_a_changed_source_makes_its_translation_fuzzy_and_is_kept_beside_it():
    found = entry_after(Entry("title", "Map", "Karte"), "Maps")
    assert (found.source, found.text, found.fuzzy, found.previous) == ("Maps", "Karte", True, "Map")
    assert (found.notes, state_of(found, "Maps")) == ("A note.", State.STALE)


def test_a_second_change_keeps_the_text_that_was_translated():
    once = entry_after(Entry("title", "Map", "Karte"), "Maps")
    assert entry_after(once, "A map").previous == "Map"


def test_a_source_that_is_changed_back_is_translated_again():
    once = entry_after(Entry("title", "Map", "Karte"), "Maps")
    back = entry_after(once, "Map")
    assert (back.fuzzy, back.previous, state_of(back, "Map")) == (False, "", State.DONE)


def test_what_a_translator_marked_fuzzy_stays_so():
    assert entry_after(Entry("title", "Map", "Karte", fuzzy=True), "Map").fuzzy


def test_an_untranslated_entry_only_takes_over_the_source():
    assert entry_after(Entry("title", "Map"), "Maps") == Entry("title", "Maps", notes="A note.")


def test_texts_that_are_gone_become_obsolete_if_they_were_translated_and_come_back():
    catalog = Catalog("de", (Entry("title", "Map", "Karte"), Entry("subtitle", "Sub")))
    gone = updated(catalog, [], {})
    assert [(each.key, each.obsolete) for each in gone.entries] == [("title", True)]
    assert state_of(gone.by_key.get("title"), "Map") is State.MISSING
    back = updated(gone, [Text("Map", "title")], {})
    assert [(each.text, each.obsolete, each.fuzzy) for each in back.entries] == [("Karte", False, False)]


def test_an_obsolete_entry_never_takes_the_place_of_one_in_use():
    catalog = Catalog("de", (Entry("title", "Map", "Karte"), Entry("title", "Old", "Alt", obsolete=True)))
    found = updated(catalog, [Text("Map", "title")], {})
    assert [(each.text, each.obsolete) for each in found.entries] == [("Karte", False), ("Alt", True)]


# --- merging -------------------------------------------------------------------------------------

# the catalog's translation, the incoming one, what it started from; what becomes of it, and whether that is a conflict
MERGES = [
    ("", "neu", "", "neu", False),
    ("", "neu", None, "neu", False),
    ("", "alt", "alt", "alt", False),
    ("alt", "neu", "alt", "neu", False),
    ("alt", "alt", "alt", "alt", False),
    ("neuer", "alt", "alt", "neuer", False),
    ("neuer", "neu", "alt", "neuer", True),
    ("alt", "neu", None, "alt", True),
    ("alt", "", "alt", "alt", False),
    ("alt", "neu", "", "alt", True),
]


@pytest.mark.parametrize(("here", "coming", "base", "expected", "conflict"), MERGES)
def test_a_merge_takes_what_only_the_translator_changed(here, coming, base, expected, conflict):
    catalog, incoming = Catalog("de", (Entry("a", "A", here),)), Catalog("de", (Entry("a", "A", coming),))
    known = {} if base is None else {"a": base}
    found = merged(catalog, incoming, known)
    assert found.catalog.entries[0].text == expected
    assert found.kept == (("a",) if conflict else ())
    assert found.taken == (("a",) if expected != here else ())
    forced = merged(catalog, incoming, known, overwrite=True)
    assert forced.catalog.entries[0].text == (coming if conflict else expected)


def test_a_translation_of_an_older_source_comes_in_fuzzy_and_never_over_a_complete_one():
    incoming = Catalog("de", (Entry("a", "Old", "neu"),))
    found = merged(Catalog("de", (Entry("a", "New"),)), incoming, {"a": ""}).catalog.entries[0]
    assert (found.text, found.fuzzy, found.previous) == ("neu", True, "Old")
    done = Catalog("de", (Entry("a", "New", "fertig"),))
    assert merged(done, incoming, {"a": "fertig"}).kept == ("a",)


def test_a_stale_translation_is_confirmed_by_the_same_text():
    stale = Catalog("de", (Entry("a", "New", "gut", fuzzy=True, previous="Old"),))
    found = merged(stale, Catalog("de", (Entry("a", "New", "gut"),)), {"a": "gut"})
    assert (found.catalog.entries[0].fuzzy, found.catalog.entries[0].previous, found.taken) == (False, "", ("a",))


# --- PO ------------------------------------------------------------------------------------------

TEXT = st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cs", "Zl", "Zp"]), min_size=1, max_size=200)
AWKWARD = ["C:\\", "\\N \\G", '"quoted"', "#, fuzzy", "msgid", "a\nb", "a\tb", "line ends\n", "<<<<<<< x", "x" * 300]


@given(source=TEXT, text=TEXT, fuzzy=st.booleans(), obsolete=st.booleans())
def test_every_text_comes_back_from_po(source, text, fuzzy, obsolete):
    entry = Entry("a.b", source, text, fuzzy=fuzzy, obsolete=obsolete)
    entry = replace(entry, previous="was") if fuzzy and not obsolete else entry  # PO has no place for it otherwise
    found, problems = read_po(write_po(Catalog("de", (entry,))), "de.po", "de")
    assert problems == ()
    assert bare(found).entries == (entry,)


@pytest.mark.parametrize("text", AWKWARD)
def test_awkward_texts_come_back_from_po(text):
    found, problems = read_po(write_po(Catalog("de", (Entry("a", text, text),))), "de.po", "de")
    assert problems == ()
    assert (found.entries[0].source, found.entries[0].text) == (text, text)


@pytest.mark.parametrize("path", [*CATALOGS, *TERMS], ids=named)
def test_shipped_catalogs_are_written_as_they_are_read(path):
    text = path.read_text("utf-8")
    catalog, problems = read_po(text, str(path), path.stem)
    assert problems == ()
    assert write_po(catalog) == text
    assert not re.search(r"PO-Revision-Date: \d", text), "the clock"


def bare_entry(entry: Entry) -> Entry:
    """Return an entry without what msgcat breaks anew, and without flags, of which it keeps only those it knows."""
    return replace(entry, notes="", flags=(), span=Span())


@pytest.mark.parametrize("path", [*CATALOGS, *TERMS], ids=named)
def test_gettext_accepts_shipped_catalogs_and_gives_them_back(path, gettext, tmp_path):
    checked = gettext("msgfmt", "--check", "-o", tmp_path / "made.mo", path)
    assert (checked.returncode, checked.stderr) == (0, "")
    saved = gettext("msgcat", path)
    assert (saved.returncode, saved.stderr) == (0, "")
    ours, problems = read_po(path.read_text("utf-8"), "a.po", path.stem)
    theirs, more = read_po(saved.stdout, "a.po", path.stem)
    assert (problems, more) == ((), ())
    assert [bare_entry(each) for each in theirs.entries] == [bare_entry(each) for each in ours.entries]
    assert sorted(theirs.header) == sorted(ours.header)


def test_what_translators_write_outside_the_entries_is_kept():
    text = "# German, by Ada\n# and Bea\n" + GOOD.replace(
        "charset=UTF-8\\n", 'charset=UTF-8\\n"\n"X-Generator: Poedit 3\\n'
    )
    catalog, _ = read_po(text.replace('msgctxt "title"', '# A comment\n#, no-wrap\nmsgctxt "title"'), "de.po", "de")
    again = write_po(catalog)
    for kept in ("# German, by Ada\n# and Bea\n", "X-Generator: Poedit 3", "# A comment\n", "#, no-wrap\n"):
        assert kept in again


def test_a_byte_order_mark_is_left_out():
    catalog, problems = read_po("\ufeff" + GOOD, "de.po", "de")
    assert problems == ()
    assert write_po(catalog).startswith("#\nmsgid")


BROKEN = {
    "conflict markers": (GOOD + '<<<<<<< ours\nmsgstr "a"\n=======\n>>>>>>> theirs\n', "conflict-marker", 9),
    "no quotes": (GOOD + "\nmsgctxt title\n", "bad-catalog", 10),
    "half a text": (GOOD + '\nmsgctxt "a"\nmsgid "b"\nmsgstr "c', "bad-catalog", 12),
    "cut after msgid": (GOOD + '\nmsgctxt "a"\nmsgid "b"\n', "bad-catalog", 11),
    "cut after msgctxt": (GOOD + '\nmsgctxt "a"\n', "bad-catalog", 10),
    "no msgstr between": (GOOD + '\nmsgid "a"\n\nmsgid "b"\nmsgstr "c"\n', "bad-catalog", 10),
    "not PO at all": ("title: Karte\n", "bad-catalog", 1),
    "another charset": (GOOD.replace("UTF-8", "ISO-8859-1"), "catalog-header", 1),
    "another language": (GOOD.replace("Language: de", "Language: fr"), "catalog-header", 1),
    "no header": ('msgctxt "a"\nmsgid "b"\nmsgstr "c"\n', "catalog-header", 1),
    "a key twice": (GOOD + '\nmsgctxt "title"\nmsgid "Map"\nmsgstr "Plan"\n', "duplicate-entry", 10),
    "no key": (GOOD + '\nmsgid "Maps"\nmsgstr "Karten"\n', "missing-context", 10),
    "plurals cut off": (GOOD + '\nmsgctxt "a"\nmsgid "b"\nmsgid_plural "c"\n', "bad-catalog", 12),
}


@pytest.mark.parametrize("name", BROKEN)
def test_a_broken_file_is_told_with_its_line(name):
    text, code, line = BROKEN[name]
    _, problems = read_po(text, "de.po", "de")
    assert [each.code for each in problems][:1] == [code]
    assert (problems[0].span.path, problems[0].span.line) == ("de.po", line)


@given(st.text(max_size=300))
def test_no_text_makes_the_reader_stumble(text):
    read_po(text, "de.po", "de")
    read_po(GOOD + text, "de.po", "de")


# --- XLIFF ---------------------------------------------------------------------------------------


@given(source=TEXT, text=TEXT | st.just(""), fuzzy=st.booleans())
def test_every_text_comes_back_from_xliff(source, text, fuzzy):
    fuzzy = fuzzy and bool(text)
    entry = Entry("a.b", source, text, fuzzy, previous="was" if fuzzy else "", comments="A comment.")
    found, problems = read_xliff(write_xliff(Catalog("de", (entry,)), "map", "en"), "de.xlf")
    assert problems == ()
    assert bare(found.catalog) == Catalog("de", (entry,))
    assert (found.base, found.map_id) == ({"a.b": text}, "map")


@pytest.mark.parametrize("text", [*AWKWARD, "<b>&amp;</b>", "]]>", " edges ", "a\rb"])
def test_awkward_texts_come_back_from_xliff(text):
    found, problems = read_xliff(write_xliff(Catalog("de", (Entry("a", text, text),)), "map", "en"), "de.xlf")
    assert problems == ()
    assert (found.catalog.entries[0].source, found.catalog.entries[0].text) == (text, text)


# what a tool does with a stale translation: its text and its state afterwards; whether it counts as confirmed
EDITS = [
    ("alt", "needs-review-translation", False),
    ("alt", "translated", True),
    ("neu", "needs-review-translation", True),  # many tools leave the state as it was
    ("neu", "final", True),
    ("neu", "needs-l10n", False),
]


@pytest.mark.parametrize(("text", "state", "confirmed"), EDITS)
def test_a_state_that_a_tool_sets_counts(text, state, confirmed):
    stale = Catalog("de", (Entry("a", "New", "alt", fuzzy=True, previous="Old"),))
    data = write_xliff(stale, "map", "en").decode()
    target = '<target xml:lang="de" state="needs-review-translation">alt</target>'
    assert target in data
    changed = target.replace("needs-review-translation", state).replace("alt", text)
    found, _ = read_xliff(data.replace(target, changed).encode(), "de.xlf")
    assert found.catalog.entries[0].fuzzy != confirmed


@given(st.binary(max_size=300))
def test_no_bytes_make_the_xliff_reader_stumble(data):
    assert read_xliff(data, "de.xlf")[1]


# --- words of the program itself -----------------------------------------------------------------


def test_the_programs_own_words_are_there_in_every_shipped_language():
    assert {path.stem for path in CATALOGS} == {*LANGUAGES}
    assert {path.stem for path in TERMS} > {*LANGUAGES}


@pytest.mark.parametrize("language", [path.stem for path in TERMS])
def test_every_word_of_the_program_is_translated_with_its_placeholders(language):
    path = places.terms_path(language)
    text = path.read_text("utf-8")
    words, problems = read_words(text, str(path), language)
    assert [str(each) for each in problems] == []
    catalog, _ = read_po(text, str(path), language)
    assert {*catalog.by_key, *catalog.counted} == {term_key(term) for term in Term}
    assert {*catalog.counted} == {term_key(term) for term in SEVERAL}
    for term in Term:
        if term in SEVERAL:
            continue
        entry = catalog.by_key[term_key(term)]
        assert sorted(PLACEHOLDER.findall(entry.text)) == sorted(PLACEHOLDER.findall(term.value)), term
        values = {name.strip("{}"): f"<{name}>" for name in PLACEHOLDER.findall(term.value)}
        assert words.say(term, **values)


@pytest.mark.parametrize("path", TERMS, ids=named)
def test_the_programs_words_keep_the_rules_on_translations(path):
    concept_map, _ = read_map_file(ROOT / "tests" / "maps" / "one-sentence" / "map.yaml")
    catalog, _ = read_po(path.read_text("utf-8"), str(path), path.stem)
    comma = term_key(Term.COMMA)  # needs no space after it in Chinese and Japanese
    entries = tuple(entry for entry in catalog.entries if entry.key != comma)
    assert [str(each) for each in check_catalog(replace(catalog, entries=entries), concept_map)] == []


def test_a_word_that_is_missing_or_broken_is_told_and_said_in_english():
    entries = [Entry(term_key(term), term.value, term.value.upper()) for term in Term if "{" not in term.value]
    text = write_po(Catalog("de", (*entries[1:], Entry("about", Term.ABOUT.value, "{name}: {texte}"))))
    words, problems = read_words(text, "de.po", "de")
    said = {(each.code, each.place) for each in problems}
    assert ("missing-term", OfText(entries[0].key)) in said
    assert ("translation-placeholder", OfText("about")) in said
    assert words.say(Term.ABOUT, name="a", text="b") == "a: b"
    assert words.say(Term.EXAMPLES) == "EXAMPLES"
