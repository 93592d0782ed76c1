"""Build the site of the documents: a copy of docs/, a gallery of kinds with their YAML beside them, and a search.

python tools/site.py          # output/site, by the generator of the group `docs` in pyproject.toml
python tools/site.py source   # only what the generator takes, output/site-source
"""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

from conceptdeck import diagrams
from conceptdeck.building.deck import plan_deck
from conceptdeck.building.jobs import DeckJob
from conceptdeck.cli.files import examples_of
from conceptdeck.reading.reference import Key, excerpt
from conceptdeck.reading.source import Mapping, parse
from conceptdeck.render.vector.png import slide_png

ROOT = Path(__file__).resolve().parents[1]
SOURCE = ROOT / "output" / "site-source"
CASE = ROOT / "tests" / "cases" / "every-kind"  # has the image and the table that the example shows
PIXELS = 1280  # the width of a slide
PARTS = ("cover", "lenses", "steps", "layers", "groups", "tables", "categories", "relations", "strata", "aims")
LAST = ("conclusion", "closing", "sources")


def main() -> None:
    """Write what the generator takes, then let it build the site."""
    shutil.rmtree(SOURCE, ignore_errors=True)
    shutil.copytree(ROOT / "docs", SOURCE)
    for page in SOURCE.rglob("*.md"):
        page.write_text(_inside(page.read_text(encoding="utf-8")), encoding="utf-8")
    _gallery()
    if sys.argv[1:] != ["source"]:
        subprocess.run([sys.executable, "-m", "zensical", "build", "--clean"], cwd=ROOT, check=True)


def _inside(text: str) -> str:
    """Return a page without links to files that are not on the site."""
    return re.sub(r"\[([^\]]+)\]\((?:\.\./)+(?:[A-Z]+\.md|themes|data)[^)]*\)", r"\1", text)


def _gallery() -> None:
    """Draw the example that has each kind, and write the page that shows it."""
    text = examples_of("map")[0]
    home = SOURCE / "gallery"
    work = ROOT / "output" / "site-work"
    shutil.rmtree(work, ignore_errors=True)
    shutil.copytree(CASE, work / "tide-mill")
    map_file = work / "tide-mill" / "map.yaml"
    map_file.write_text(text, encoding="utf-8")
    home.mkdir()
    plan = plan_deck(DeckJob(map_file))
    for frame in plan.frames:
        (home / f"{frame.key}.png").write_bytes(slide_png(frame, plan.theme, plan.book, PIXELS))
    drawn = diagrams(map_file, formats=("svg",), out=work / "out")
    for path in sorted(drawn.folder.glob("*.svg")):
        shutil.copy(path, home / path.name)
    slides = [frame.key for frame in plan.frames]
    (SOURCE / "gallery.md").write_text("\n".join(_page(text, slides)) + "\n", encoding="utf-8")


def _page(text: str, slides: Sequence[str]) -> Iterator[str]:
    """Yield the lines of the page."""
    tree, _ = parse(text, "")
    assert isinstance(tree, Mapping)
    yield from ("# Gallery", "", "Each kind of slide and of diagram, with what a map says for it.", "", "## Slides", "")
    for path in (*((part,) for part in (*PARTS, *LAST)), *(("slides", name) for name in _names(tree, "slides"))):
        shown = _first(".".join(path), slides)
        if shown:
            yield from (f"### {' '.join(path)}", "", f"![{shown}](gallery/{shown}.png)", "")
            yield from ("```yaml", excerpt(tree, text, Key(path, "", "")), "```", "")
    yield from ("## Diagrams", "")
    for name in _names(tree, "diagrams"):
        yield from (f"### diagrams {name}", "", f"![{name}](gallery/{name}.svg)", "")
        yield from ("```yaml", excerpt(tree, text, Key(("diagrams", name), "", "")), "```", "")


def _first(key: str, slides: Sequence[str]) -> str:
    """Return the slide of a part, else the first one of what is in it; empty if it has none."""
    return key if key in slides else next((each for each in slides if each.startswith(f"{key}.")), "")


def _names(tree: Mapping, part: str) -> list[str]:
    """Return the ids in a part of the example."""
    (found,) = [value for name, value in tree.entries if name.value == part]
    assert isinstance(found, Mapping)
    return [name.value for name, _ in found.entries]


if __name__ == "__main__":
    main()
