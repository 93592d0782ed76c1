"""The site of the documents: it is built without a warning, holds every page, and its search finds keys."""

import functools
import json
import re
import shutil
import subprocess
import sys
import threading
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer

import pytest

from support.decks import ROOT


@pytest.fixture(scope="module")
def site(tmp_path_factory):
    """Return the folder of the site, built from a copy of what it is made of."""
    home = tmp_path_factory.mktemp("site")
    for name in ("docs", "tools", "data", "themes", "tests/cases/every-kind"):
        shutil.copytree(ROOT / name, home / name)
    shutil.copy(ROOT / "zensical.toml", home)
    done = subprocess.run(
        [sys.executable, str(home / "tools" / "site.py")], cwd=home, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    assert "No issues found" in f"{done.stdout}{done.stderr}"
    return home / "output" / "site"


def test_every_page_is_there(site):
    pages = {path.relative_to(ROOT / "docs").with_suffix(".html").as_posix() for path in (ROOT / "docs").rglob("*.md")}
    made = {path.relative_to(site).as_posix() for path in site.rglob("*.html")}
    assert pages | {"gallery.html"} <= made


def test_the_gallery_shows_each_kind_with_its_yaml_beside_it(site):
    text = (site / "gallery.html").read_text(encoding="utf-8")
    pictures = re.findall(r'src="(gallery/[^"]+)"', text)
    assert len(pictures) > 30
    assert all((site / name).stat().st_size > 1000 for name in pictures)
    assert text.count("<pre") == len(pictures)


def test_nothing_is_loaded_from_elsewhere(site):
    for path in site.rglob("*.html"):
        loaded = re.findall(
            r'<(?:script|img|link rel="stylesheet")[^>]+(?:src|href)="(https?:[^"]+)"', path.read_text()
        )
        assert loaded == [], path.name


def test_the_index_of_the_search_has_every_key_of_maps(site):
    index = json.loads((site / "search.json").read_text(encoding="utf-8"))
    titles = {re.sub("<[^>]+>", "", each["title"]) for each in index["items"]}
    assert {"core-sentence", "relations.items.ID.phrase", "conceptdeck build"} <= titles


@pytest.mark.browser
def test_the_search_leads_to_a_key(site, browser):
    handler = functools.partial(_Silent, directory=str(site))
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    page = browser.new_page()
    try:
        page.goto(f"http://127.0.0.1:{server.server_port}/index.html")
        page.keyboard.press("/")
        page.keyboard.type("core-sentence")
        page.locator("a", has_text="core-sentence").first.click()
        page.wait_for_url(re.compile(r"reference/map\.html.*#core-sentence"))
    finally:
        page.close()
        server.shutdown()
        server.server_close()


class _Silent(SimpleHTTPRequestHandler):
    def log_message(self, *_):
        """Print nothing."""
