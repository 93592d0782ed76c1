"""Templates of pages: what is put into them is escaped, nothing is left out, and only what the page brings runs."""

from __future__ import annotations

import base64
import hashlib
import re
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest
from lxml import html

from conceptdeck.reading.theme import load_theme
from conceptdeck.render.web.gallery import Exhibit, Gallery, write_gallery
from conceptdeck.render.web.page import DOCUMENT, Page, Source, write_page
from conceptdeck.workspace import places

PAGES = (("deck", "render/web"), ("gallery", "render/web"), ("preview", "preview"))
TAG = re.compile(r"</?(?:html|head|body|section|div|span|p|a|ul|ol|li|nav|button|h[1-6]|meta|main|figure|img)\b")


def written(template: str, allowed: dict[str, str] | None = None, language: str = "en", **values: object) -> str:
    """Return a page with a template of its own, and the templates that pages share."""
    shared = [each for each in places.page_assets("deck")[0] if each[0] != DOCUMENT]
    page = Page((*shared, (DOCUMENT, template)), "p { margin: 0 }", "go();")
    return write_page(page, language, allowed or {}, values)[0]


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("<script>alert(1)</script>", "&lt;script&gt;alert(1)&lt;/script&gt;"),
        ('" onload="x', "&quot; onload=&quot;x"),
        ("R&D isn't &amp;", "R&amp;D isn't &amp;amp;"),
        ("a\tb\nc", "a&#9;b&#10;c"),
        ("{{ 7 * 7 }} {% raw %}", "{{ 7 * 7 }} {% raw %}"),
    ],
)
def test_texts_are_escaped_once_as_in_pictures(text, shown):
    assert written("{{ text }}|{% set kept %}{{ text }}{% endset %}{{ kept }}", text=text) == f"{shown}|{shown}"


def test_markup_is_put_in_as_it_is_and_as_a_text_is_escaped():
    assert written("{{ made }} {{ made|source }}", made=Source("<b>1</b>")) == "<b>1</b> &lt;b&gt;1&lt;/b&gt;"


def test_a_character_that_no_page_may_hold_is_refused():
    with pytest.raises(ValueError, match="cannot hold"):
        written("{{ text }}", text="a\x00b")


def test_a_name_that_nothing_is_given_for_is_an_error():
    with pytest.raises(RuntimeError, match="undefined"):
        written("{{ forgotten }}")


@pytest.mark.parametrize(
    ("language", "around", "said"),
    [
        ("en", "", ' lang="en" dir="ltr"'),
        ("ar", "", ' lang="ar" dir="rtl"'),
        ("en", "ltr", ' lang="en"'),
        ("ar", "ltr", ' lang="ar" dir="rtl"'),
        ("en", "rtl", ' lang="en" dir="ltr"'),
    ],
)
def test_a_language_is_said_with_its_direction_where_that_does_not_go_without_saying(language, around, said):
    template = '{% from "language.html" import tongue %}{{ tongue(code, beside) }}'
    assert written(template, code=language, beside=around) == said


def test_a_text_that_runs_against_its_language_says_so():
    template = '{% from "language.html" import directed %}{{ directed(text, "en") }}'
    assert written(template, text="שלום & עולם") == '<bdi dir="rtl">שלום &amp; עולם</bdi>'
    assert written(template, text="Peace & quiet") == "Peace &amp; quiet"


def test_the_policy_allows_the_style_and_the_script_of_the_page_and_what_is_named():
    policy = written("{{ policy }}", {"img-src": "data:"})
    digests = [base64.b64encode(hashlib.sha256(each).digest()).decode() for each in (b"p { margin: 0 }", b"go();")]
    assert policy.split("; ") == [
        "default-src 'none'",
        "img-src data:",
        f"style-src 'sha256-{digests[0]}'",
        f"script-src 'sha256-{digests[1]}'",
        "base-uri 'none'",
        "form-action 'none'",
    ]


@pytest.mark.parametrize(("name", "package"), PAGES)
def test_every_page_stands_in_the_same_frame(name, package):
    templates = dict(places.page_assets(name, package)[0])
    assert templates[DOCUMENT].startswith('{% extends "page.html" %}')
    assert "<html" not in templates[DOCUMENT]
    assert "{{ script }}" not in templates[DOCUMENT]


def test_no_page_is_written_in_python():
    modules = [*places.PACKAGE.glob("render/web/*.py"), *places.PACKAGE.glob("preview/*.py")]
    assert len(modules) > 8
    found = [(path.name, line) for path in modules for line in markup_in(path)]
    assert [each for each in found if each[0] != "slide.py"] == []
    assert {tag for _, line in found for tag in TAG.findall(line)} <= {"<a", "</a"}  # links within SVG


def markup_in(path: Path) -> list[str]:
    return [line for line in path.read_text("utf-8").splitlines() if TAG.search(line)]


def test_an_english_picture_in_an_arabic_gallery_runs_from_the_left():
    arabic = Exhibit("a", "صورة", "شرح", "وصف", "ar", "العربية", 70, 30, (("svg", "ar/a.svg"),))
    english = replace(arabic, title="A picture", caption="What it shows.", alt="A box.", language="en",
                      language_name="English", files=(("svg", "en/a.svg"),))  # fmt: skip
    theme = load_theme("atlas", places.find_theme)
    page = write_gallery(Gallery("خريطة", "ar", (arabic, english)), theme, Page(*places.page_assets("gallery")))
    tree = html.fromstring(page.encode(), parser=html.HTMLParser(encoding="utf-8"))
    directions = {(each.get("lang"), each.get("dir")) for each in tree.iter() if each.get("lang")}
    assert directions == {("ar", "rtl"), ("en", "ltr")}
    assert next(each.text for each in tree.iter("textarea") if "A box." in each.text).startswith('<figure lang="en">')


def test_only_those_who_want_a_page_load_what_fills_templates():
    code = "import sys, conceptdeck.render.web.deck, conceptdeck.render.web.gallery, conceptdeck.preview.page; "
    code += "sys.exit('minijinja' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
