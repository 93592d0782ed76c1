"""Comments on a deck, old ones and threads: listed with author, date and place, and written beside the texts."""

from __future__ import annotations

import json
import zipfile
from pathlib import Path

import pytest
from pptx import Presentation

from conceptdeck.values.text import texts
from conceptdeck.workspace.loading import read_map_file
from support.edited import DECK, MAP, with_a_deck

TEXT = """\
language: en
title: A small map
core-sentence: It is small.
layers:
  items:
    one:
      name: One
      summary: One layer   # of one
      concepts:
        first: {name: First thing, tagline: The one, meaning: It is the first of all}
        second: {name: Second thing,
                 tagline: The other, meaning: It is the second
                 of all}
"""
RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
MODERN = "http://schemas.microsoft.com/office/2018/10/relationships"
P188 = "http://schemas.microsoft.com/office/powerpoint/2018/8/main"
AC, A = (
    "http://schemas.microsoft.com/office/drawing/2013/main/command",
    "http://schemas.openxmlformats.org/drawingml/2006/main",
)
PC = "http://schemas.microsoft.com/office/powerpoint/2013/main/command"
P = "http://schemas.openxmlformats.org/presentationml/2006/main"


@pytest.fixture
def run(tmp_path, monkeypatch):
    """Return `run(*arguments)`: the command's result, from a folder with a map and its deck."""
    monkeypatch.chdir(tmp_path)
    return with_a_deck(TEXT)


def place(name: str) -> tuple[str, int, tuple[int, int]]:
    """Return the part of the slide that has a shape of a name, the shape's id, and its middle in EMU."""
    for slide in Presentation(DECK).slides:
        for shape in slide.shapes:
            if shape.name == name and shape.has_text_frame:
                middle = shape.left + shape.width // 2, shape.top + shape.height // 2
                return slide.part.partname.lstrip("/"), shape.shape_id, middle
    raise AssertionError(name)


def with_parts(deck: Path, slide: str, kind: str, comments: str, authors: str) -> None:
    """Add the parts of comments and of their authors to a deck, as PowerPoint does."""
    base = MODERN if kind == "modern" else RELATIONS
    names = ("authors", "authors") if kind == "modern" else ("commentAuthors", "commentAuthors")
    files = {"ppt/comments/c1.xml": comments, f"ppt/{names[1]}.xml": authors}
    relation = '<Relationship Id="rIdC" Type="{}/{}" Target="{}"/>'
    links = {
        slide.replace("slides/", "slides/_rels/") + ".rels": relation.format(base, "comments", "../comments/c1.xml"),
        "ppt/_rels/presentation.xml.rels": relation.format(base, names[0], f"{names[1]}.xml"),
    }
    held = zipfile.ZipFile(deck)
    parts = {name: held.read(name) for name in held.namelist()}
    held.close()
    for name, link in links.items():
        parts[name] = parts[name].replace(b"</Relationships>", link.encode() + b"</Relationships>")
    types = "".join(f'<Override PartName="/{name}" ContentType="application/xml"/>' for name in files)
    parts["[Content_Types].xml"] = parts["[Content_Types].xml"].replace(b"</Types>", types.encode() + b"</Types>")
    with zipfile.ZipFile(deck, "w") as new:
        for name, data in (parts | {name: text.encode() for name, text in files.items()}).items():
            new.writestr(name, data)


def a_thread(name: str) -> None:
    """Write a thread of two beside a shape, as PowerPoint does today."""
    slide, number, _ = place(name)
    said = "<p188:txBody><a:bodyPr/><a:p><a:r><a:t>{}</a:t></a:r></a:p></p188:txBody>"
    spaces = f'xmlns:p188="{P188}" xmlns:a="{A}" xmlns:ac="{AC}" xmlns:pc="{PC}"'
    about = f'<pc:docMk/><pc:sldMk cId="1" sldId="256"/><ac:spMk id="{number}" creationId="{{2}}"/>'
    reply = f'<p188:reply id="{{3}}" authorId="{{B}}" created="2026-03-05T11:00:00.000">{said.format("So it is")}'
    comments = (
        f'<p188:cmLst {spaces}><p188:cm id="{{1}}" authorId="{{A}}" created="2026-03-04T10:20:30.000">'
        f"<ac:deMkLst>{about}</ac:deMkLst><p188:replyLst>{reply}</p188:reply></p188:replyLst>"
        f"{said.format('Is that so?')}</p188:cm></p188:cmLst>"
    )
    authors = (
        f'<p188:authorLst xmlns:p188="{P188}"><p188:author id="{{A}}" name="Ada"/>'
        '<p188:author id="{B}" name="Ben Bo"/></p188:authorLst>'
    )
    with_parts(DECK, slide, "modern", comments, authors)


def an_old_one(name: str) -> None:
    """Write a comment at the middle of a shape, as PowerPoint did."""
    slide, _, (x, y) = place(name)
    comments = (
        f'<p:cmLst xmlns:p="{P}"><p:cm authorId="0" dt="2020-01-02T03:04:05.000" idx="1">'
        f'<p:pos x="{x * 576 // 914_400}" y="{y * 576 // 914_400}"/><p:text>Shorter\nplease</p:text></p:cm></p:cmLst>'
    )
    author = '<p:cmAuthor id="0" name="Cy" initials="C" lastIdx="1" clrIdx="0"/>'
    authors = f'<p:cmAuthorLst xmlns:p="{P}">{author}</p:cmAuthorLst>'
    with_parts(DECK, slide, "old", comments, authors)


NAME = "layers.one.concepts.second.meaning"


def comments(run) -> list[dict]:
    return [each for each in json.loads(run("diff", DECK, "--json").stdout)["changes"] if each["kind"] == "comment"]


def test_a_thread_is_listed_with_authors_dates_and_the_text_that_it_is_about(run):
    a_thread(NAME)
    first, reply = comments(run)
    assert (first["author"], first["date"], first["new"]) == ("Ada", "2026-03-04T10:20:30.000", "Is that so?")
    assert (reply["author"], reply["new"]) == ("Ben Bo", "So it is")
    assert first["keys"] == reply["keys"] == [NAME]
    assert "comment by Ada, 2026-03-04" in run("diff", DECK).stdout


def test_an_old_comment_is_listed_with_the_text_below_it(run):
    an_old_one(NAME)
    [found] = comments(run)
    assert (found["author"], found["new"], found["keys"]) == ("Cy", "Shorter\nplease", [NAME])


@pytest.mark.parametrize(
    ("write", "lines"),
    [
        (a_thread, ["# review: Ada, 2026-03-04: Is that so?", "# review: Ben Bo, 2026-03-05: So it is"]),
        (an_old_one, ["# review: Cy, 2020-01-02: Shorter / please"]),
    ],
)
def test_comments_are_written_above_the_line_that_they_are_about_and_once_only(write, lines, run):
    write("layers.one.concepts.first.meaning")
    was = [(each.key, each.value) for each in texts(read_map_file(MAP)[0])]
    result = run("pull", DECK, "--comments")
    assert result.exit_code == 0, result.output
    after = MAP.read_text("utf-8")
    assert after == TEXT.replace("        first:", "".join(f"        {line}\n" for line in lines) + "        first:")
    assert [(each.key, each.value) for each in texts(read_map_file(MAP)[0])] == was
    run("pull", DECK, "--comments")
    assert MAP.read_text("utf-8") == after
    assert run("build", "m", "--quiet").exit_code == 0


def test_a_comment_never_breaks_a_text_that_goes_on_over_lines(run):
    a_thread(NAME)
    was = [(each.key, each.value) for each in texts(read_map_file(MAP)[0])]
    assert run("pull", DECK, "--comments").exit_code == 0
    assert "# review: Ada" in MAP.read_text("utf-8")
    assert [(each.key, each.value) for each in texts(read_map_file(MAP)[0])] == was


def test_without_being_asked_for_comments_are_told_and_not_written(run):
    a_thread(NAME)
    assert "--comments" in run("pull", DECK).stderr
    assert MAP.read_text("utf-8") == TEXT


def test_in_a_catalog_they_are_remarks_of_the_entry(run):
    assert run("i18n", "new", "de", "m").exit_code == 0
    assert run("build", "m", "--locale", "de", "--quiet").exit_code == 0
    german = Path("output") / "m" / "de" / "m.de.pptx"
    DECK.write_bytes(german.read_bytes())
    a_thread(NAME)
    po = MAP.parent / "locales" / "de.po"
    before = po.read_text("utf-8")
    assert run("pull", DECK, "--comments").exit_code == 0
    after = po.read_text("utf-8")
    added = [line for line in after.split("\n") if line not in before.split("\n")]
    assert added == ["# review: Ada, 2026-03-04: Is that so?", "# review: Ben Bo, 2026-03-05: So it is"]
    assert after.index(added[1]) < after.index(f'msgctxt "{NAME}"')
    run("pull", DECK, "--comments")
    assert po.read_text("utf-8") == after
    assert run("i18n", "update", "m").exit_code == 0
    assert added[0] in po.read_text("utf-8")
