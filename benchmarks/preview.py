"""Time from a saved file to the changed page of the live preview, in Chromium.

Each run changes one string of a copy of a shipped map and waits until the page shows it; server, watcher and browser
are those of a user. The clock starts before the file is written and stops in the first frame that shows the change.

python benchmarks/preview.py [--map world-models] [--locale de] [--runs 20]
"""

from __future__ import annotations

import argparse
import re
import shutil
import tempfile
import time
from pathlib import Path
from statistics import median

from measure import ROOT, machine, previewed
from playwright.sync_api import Page, sync_playwright

BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
SHOWN = ".desk .sheet"
# The time of the first frame after the picture of the large slide is another one.
WAIT = """
shown => new Promise((done) => {
  const sheet = document.querySelector(shown);
  new MutationObserver((_, own) => { own.disconnect(); requestAnimationFrame(() => done(Date.now())); })
    .observe(sheet, { attributes: true, attributeFilter: ["data-digest"] });
  document.documentElement.dataset.waits = "";
})
"""


def main() -> None:
    """Print the times for a string of the map, one of a catalog, and one that all slides show."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--map", default="world-models")
    parser.add_argument("--locale", default="de")
    parser.add_argument("--runs", type=int, default=20)
    given = parser.parse_args()
    print(machine())
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name) / "data" / given.map
        shutil.copytree(ROOT / "data" / given.map, folder)
        with previewed(name, given.map) as (address,):
            measure(address, folder, given.locale, given.runs)


def measure(address: str, folder: Path, locale: str, runs: int) -> None:
    """Time the changes in one browser."""
    program = next(filter(None, map(shutil.which, BROWSERS)), None)
    map_file, catalog = folder / "map.yaml", folder / "locales" / f"{locale}.po"
    with sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=program)
        page = browser.new_page(viewport={"width": 1440, "height": 900})
        # the catalog comes first: once its source text is another one, a translation is stale and not shown
        entry = re.search(r'msgctxt "subtitle"\nmsgid (?:".*"\n)+msgstr "', catalog.read_text(encoding="utf-8"))
        assert entry
        german = f"{address}?locale={locale}"
        report(f"catalog ({locale}), one slide", [changed(page, german, catalog, entry[0], n) for n in range(runs)])
        report("map, one slide", [changed(page, address, map_file, "subtitle: ", n) for n in range(runs)])
        report("map, every slide", [changed(page, address, map_file, "title: ", n) for n in range(runs)])
        both = f"{german}&side=en"
        report("map, two languages", [changed(page, both, map_file, "core-sentence: >-\n  ", n) for n in range(runs)])
        browser.close()


def changed(page: Page, address: str, path: Path, before: str, run: int) -> float:
    """Return the seconds from saving another text behind `before` to the page that shows it."""
    if page.url.partition("#")[0] != address:
        page.goto(address)
    page.locator("html[data-version]:not([data-busy])").wait_for(state="attached")
    time.sleep(0.3)  # nobody saves twice within the quiet time of the watcher
    text = path.read_text(encoding="utf-8")
    at = text.index(before) + len(before)
    made = re.sub(r"^(?:Run \d+ )?", f"Run {run} ", text[at:], count=1)
    page.evaluate("delete document.documentElement.dataset.waits")
    page.evaluate(f"window.shown = ({WAIT})({SHOWN!r}); undefined")
    started = time.time()
    path.write_text(text[:at] + made, encoding="utf-8")
    return float(page.evaluate("window.shown")) / 1000 - started


def report(name: str, seconds: list[float]) -> None:
    """Print the median and the slowest of the runs after the first, which fills caches."""
    rest = sorted(seconds[1:] or seconds)
    print(f"{name:32} median {median(rest) * 1000:4.0f} ms, slowest {rest[-1] * 1000:4.0f} ms, {len(rest)} runs")


if __name__ == "__main__":
    main()
