"""A site: the same bytes each time, whole or not at all, known to search engines, and asking for nothing else."""

import os
import re
import shutil
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from urllib.parse import unquote, urljoin, urlsplit

import pytest
from axe_playwright_python.sync_playwright import Axe
from click.testing import CliRunner
from lxml import etree, html

from conceptdeck.cli import main
from conceptdeck.workspace.sites import LIST
from support.fleets import write_maps

ADDRESS = "https://talks.example.org/our/"
SITEMAP = {"s": "http://www.sitemaps.org/schemas/sitemap/0.9", "x": "http://www.w3.org/1999/xhtml"}


def publish(folder, *more):
    return CliRunner().invoke(main, ["publish", "--to", str(folder), "--quiet", *map(str, more)])


def files(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


@pytest.fixture(scope="module")
def project(tmp_path_factory):
    """Return a folder with two small maps in English and German, and a site of them."""
    here = tmp_path_factory.mktemp("project")
    write_maps(here / "data", "one", "two")
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(here)
        result = publish("site", "--address", ADDRESS, "--title", "Our <talks>")
    assert result.exit_code == 0, result.output
    return here


@pytest.fixture
def here(project, monkeypatch):
    """Return the project as the current folder."""
    monkeypatch.chdir(project)
    return project


def pages(site: Path) -> dict[str, html.HtmlElement]:
    return {name: html.fromstring(data) for name, data in files(site).items() if name.endswith(".html")}


def file_at(site: Path, address: str) -> Path:
    """Return the file that a web server gives for an address of the site."""
    assert address.startswith(ADDRESS), address
    path = site / unquote(address.removeprefix(ADDRESS))
    return path / "index.html" if path.is_dir() else path


# --- what is on a site ---------------------------------------------------------------------------


def test_a_site_has_pages_decks_pictures_and_contents_in_every_language(project):
    found = files(project / "site")
    for name in ("one", "two"):
        for tag in ("de", "en"):
            assert {f"{name}/{tag}/{name}.{tag}.{end}" for end in ("html", "pptx")} < found.keys()
            assert found[f"{name}/{tag}/cover.png"].startswith(b"\x89PNG")
    assert {
        "index.html",
        "de/index.html",
        "en/index.html",
        "one/index.html",
        "two/index.html",
        "sitemap.xml",
    } < found.keys()
    assert not [name for name in found if ".cache" in name]
    contents = pages(project / "site")["de/index.html"]
    assert [each.text for each in contents.iter("h2") for each in each.iter("a")] == ["Die Karte One", "Die Karte Two"]
    assert contents.find(".//title").text == "Our <talks>"


def test_the_same_site_is_made_of_the_same_bytes(here, tmp_path):
    assert publish(tmp_path / "again", "--address", ADDRESS, "--title", "Our <talks>").exit_code == 0
    assert files(tmp_path / "again") == files(here / "site")


def test_every_link_and_picture_of_the_contents_and_previews_leads_to_a_file(project):
    site = project / "site"
    for name, page in pages(site).items():
        base = (site / name).as_uri()
        for link in (*page.xpath("//a/@href"), *page.xpath("//img/@src")):
            if not link.startswith("#"):
                assert Path(unquote(urlsplit(urljoin(base, link)).path)).exists(), (name, link)
        for address in page.xpath("//meta[@property='og:image' or @property='og:url']/@content"):
            assert file_at(site, address).is_file(), (name, address)


def test_pages_name_each_other_as_the_same_in_other_languages(project):
    site = project / "site"
    found = 0
    for name, page in pages(site).items():
        links = dict(zip(page.xpath("//link/@hreflang"), page.xpath("//link[@hreflang]/@href"), strict=True))
        for tag, address in links.items():
            other = html.fromstring(file_at(site, address).read_bytes())
            back = other.xpath("//link[@hreflang]/@href")
            assert tag == "x-default" or other.get("lang") == tag
            assert {*back} == {*links.values()}, (name, address)
            found += 1
    assert found == 3 * 7, "contents in three places, and two decks in two languages"


def test_the_sitemap_names_every_page_once_with_its_languages(project):
    site = project / "site"
    tree = etree.fromstring((site / "sitemap.xml").read_bytes())
    named = [file_at(site, each.text).relative_to(site).as_posix() for each in tree.iterfind("s:url/s:loc", SITEMAP)]
    lead_on = {"one/deck.html", "two/deck.html"}
    assert sorted(named) == sorted(pages(site).keys() - lead_on)
    assert {name for name, page in pages(site).items() if page.xpath("//meta[@name='robots']")} == lead_on
    for url in tree.iterfind("s:url", SITEMAP):
        page = html.fromstring(file_at(site, url.find("s:loc", SITEMAP).text).read_bytes())
        assert [each.get("href") for each in url.iterfind("x:link", SITEMAP)] == page.xpath("//link[@hreflang]/@href")


def test_links_to_a_deck_are_previewed_with_its_title_its_sentence_and_its_cover(project):
    page = pages(project / "site")["two/de/two.de.html"]
    said = dict(zip(page.xpath("//meta/@property"), page.xpath("//meta[@property]/@content"), strict=True))
    assert said["og:title"] == "Die Karte Two"
    assert said["og:description"] == "Eine Karte kann ein einziger Satz sein."
    assert said["og:image"] == f"{ADDRESS}two/de/cover.png"
    assert (said["og:image:width"], said["og:image:height"]) == ("1200", "675")


def test_a_site_without_an_address_says_so_and_has_no_sitemap(here, tmp_path):
    result = publish(tmp_path / "site", "two", "--locale", "de")
    assert result.exit_code == 0
    assert "[no-address]" in result.stderr
    found = files(tmp_path / "site")
    assert "sitemap.xml" not in found
    assert b"https://" not in found["de/index.html"]
    assert b"hreflang=" not in found["two/de/two.de.html"], "it is in one language only"


@pytest.mark.parametrize(
    "address", ["talks.example.org", "ftp://x.org/", 'https://x.org/"', "https://x.org/?a=b", "https://"]
)
def test_what_is_no_address_is_refused(here, tmp_path, address):
    assert publish(tmp_path / "site", "two", "--address", address).exit_code == 2
    assert not (tmp_path / "site").exists()


# --- whole or not at all -------------------------------------------------------------------------


@pytest.fixture
def site(tmp_path, monkeypatch):
    """Return a small site in a folder of its own, with something that somebody put there before."""
    monkeypatch.chdir(tmp_path)
    write_maps(tmp_path / "data", "one")
    (tmp_path / "site" / ".git").mkdir(parents=True)
    (tmp_path / "site" / ".git" / "HEAD").write_text("ref", encoding="utf-8")
    (tmp_path / "site" / "CNAME").write_text("talks.example.org", encoding="utf-8")
    assert publish("site", "--locale", "en").exit_code == 0
    return tmp_path / "site"


def test_what_else_lies_in_the_folder_stays_and_what_is_gone_from_the_site_goes(site):
    (site.parent / "data" / "one").rename(site.parent / "data" / "other")
    (site / "notes").mkdir()
    (site / "notes" / "mine.txt").write_text("mine", encoding="utf-8")
    assert publish("site", "--locale", "en").exit_code == 0
    found = files(site)
    assert (found[".git/HEAD"], found["CNAME"], found["notes/mine.txt"]) == (b"ref", b"talks.example.org", b"mine")
    assert "other/en/other.en.html" in found
    assert not [name for name in found if name.startswith("one/")]
    assert sorted(path.name for path in site.parent.iterdir()) == ["data", "site"]


def test_a_map_with_a_mistake_leaves_the_site_as_it_was(site):
    before = files(site)
    (site.parent / "data" / "one" / "map.yaml").write_text("title: x\nfoo: y\n", encoding="utf-8")
    result = publish("site")
    assert result.exit_code == 1
    assert "data/one/map.yaml:2:1: error" in result.stderr.replace(os.sep, "/")
    assert files(site) == before
    assert sorted(path.name for path in site.parent.iterdir()) == ["data", "site"]


def test_what_somebody_has_changed_is_not_lost(site):
    page = site / "en" / "index.html"
    page.write_text("mine", encoding="utf-8")
    result = publish("site", "--locale", "en")
    assert result.exit_code == 1
    assert "en/index.html [site-changed]" in result.stderr
    assert page.read_text(encoding="utf-8") == "mine"
    assert publish("site", "--locale", "en", "--force").exit_code == 0
    assert "<h1>" in page.read_text(encoding="utf-8")


def test_a_folder_of_other_things_is_left_alone(site):
    other = site.parent / "other"
    other.mkdir()
    (other / "thesis.doc").write_text("mine", encoding="utf-8")
    assert "[site-changed]" in publish("other").stderr
    assert files(other) == {"thesis.doc": b"mine"}
    assert "[site-failed]" in publish(".").stderr
    (site.parent / "file").touch()
    assert publish("file").exit_code == 2


def test_a_list_that_names_files_elsewhere_is_of_no_use(site):
    outside = site.parent / "outside.txt"
    outside.write_text("mine", encoding="utf-8")
    (site / LIST).write_text('{"../outside.txt": "0"}', encoding="utf-8")
    assert publish("site", "--locale", "en", "--force").exit_code == 0
    assert outside.read_text(encoding="utf-8") == "mine"


def test_a_map_that_is_called_as_a_language_is_told(site):
    (site.parent / "data" / "one").rename(site.parent / "data" / "en")
    assert "[same-name]" in publish("site", "--locale", "en").stderr


# --- in a browser --------------------------------------------------------------------------------


@pytest.fixture
def opened(browser, project):
    """Return `opened(name, **settings)`: a page of the site, offline; what it asks of others fails the test."""
    faults, contexts = [], []

    def open_(name, **settings):
        context = browser.new_context(offline=True, **settings)
        contexts.append(context)
        page = context.new_page()
        page.on("console", lambda message: faults.append(message.text) if message.type == "error" else None)
        page.on("pageerror", lambda error: faults.append(str(error)))
        page.on("request", lambda asked: None if asked.url.startswith("file:") else faults.append(asked.url))
        page.goto((project / "site" / name).as_uri())
        return page

    yield open_
    for context in contexts:
        context.close()
    assert faults == []


@pytest.mark.parametrize(("reader", "tag"), [("de-AT", "de"), ("en-GB", "en"), ("ja-JP", "")])
def test_the_first_page_leads_to_the_readers_language(opened, reader, tag):
    page = opened("index.html", locale=reader)
    page.wait_for_url(re.compile(rf"/site/{tag}/?index\.html$"))
    page.get_by_role("link", name="English").first.click()
    page.wait_for_url("**/en/index.html")
    assert page.locator("html").get_attribute("lang") == "en"


def test_a_reader_comes_from_the_contents_to_slides_and_on_to_another_language(opened):
    page = opened("de/index.html", locale="ja-JP")
    assert page.evaluate("[...document.images].every(each => each.complete && each.naturalWidth === 1200)")
    page.get_by_role("link", name="Die Karte One").click()
    page.wait_for_url("**/one/de/one.de.html*")
    page.locator(".languages summary").click()
    page.get_by_role("link", name="English").click()
    page.wait_for_url("**/one/en/one.en.html*")
    assert page.title() == "One"


@pytest.fixture
def served(project, tmp_path):
    """Yield the address of a copy of the site on a server of this machine, its folder, and what stops the server."""
    copy = shutil.copytree(project / "site", tmp_path / "site")
    handler = partial(Quiet, directory=str(copy))
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}/", copy, server.shutdown
        server.shutdown()


class Quiet(SimpleHTTPRequestHandler):
    def log_message(self, *_):
        pass


KEPT = """async (before) => {
  for (let turn = 0; turn < 400; turn += 1) {
    const [name, more] = await caches.keys();
    const kept = name ? await (await caches.open(name)).keys() : [];
    if (name !== before && !more && kept.length === 2) return [name, ...kept.map((each) => new URL(each.url).pathname)];
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}"""


def test_a_code_leads_to_the_readers_language_and_what_was_opened_is_there_without_a_network(browser, served):
    address, site, stop = served
    context = browser.new_context(locale="de-AT")
    faults = []
    page = context.new_page()
    page.on("pageerror", lambda error: faults.append(str(error)))
    page.goto(f"{address}one/deck.html#closing")
    page.wait_for_url("**/one/de/one.de.html#closing")
    name, *kept = page.evaluate(KEPT)
    assert sorted(kept) == ["/one/de/one.de.html", "/one/en/one.en.html"]

    worker = site / "offline.js"  # of the site as it is published anew
    worker.write_text(worker.read_text("utf-8").replace('VERSION = "', 'VERSION = "new'), "utf-8")
    page.reload()
    assert sorted(page.evaluate(KEPT, name)[1:]) == sorted(kept)

    context.set_offline(True)
    stop()
    page.reload()
    assert page.locator(".slide.current").get_attribute("id") == "closing"
    page.locator(".languages summary").click()
    page.get_by_role("link", name="English").click()
    page.wait_for_url("**/one/en/one.en.html#closing")
    assert page.locator(".slide.current").get_attribute("id") == "closing"
    assert faults == []
    context.close()


def test_a_choice_of_language_is_kept_and_nobody_is_led_in_circles(opened):
    page = opened("one/deck.html", locale="de-AT")
    page.wait_for_url("**/one/de/one.de.html*")
    page.locator(".languages summary").click()
    page.get_by_role("link", name="English").click()
    page.wait_for_url("**/one/en/one.en.html*")
    again = page.context.new_page()
    site = page.url.partition("/one/")[0]
    again.goto(f"{site}/one/deck.html")
    again.wait_for_url("**/one/en/one.en.html*")
    again.goto(f"{site}/index.html")
    assert again.url.endswith("/site/index.html"), "this visit was led already"
    plain = page.context.browser.new_context(java_script_enabled=False, locale="de-AT").new_page()
    plain.goto(f"{site}/one/deck.html")
    assert plain.locator("nav a").all_inner_texts() == ["English", "Deutsch"]
    plain.context.close()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_contents_keep_nobody_out(opened, scheme):
    page = opened("de/index.html", color_scheme=scheme, bypass_csp=True, viewport={"width": 390, "height": 844})
    found = Axe().run(page).response["violations"]
    assert [each["id"] for each in found if each["impact"] in ("serious", "critical")] == []
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
