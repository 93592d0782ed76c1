"""Make the set of icons of Lucide's npm package: `python tools/icon_set.py PACKAGE > themes/icons/lucide.txt`.

PACKAGE is the folder of an unpacked `lucide-static`. Each line has a name, the words that it is found by, and what is
drawn, as it was published; or a name and, after `=`, the one that it is another name of.
"""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Iterator
from pathlib import Path

HEAD = "# Lucide {version}, ISC licence (see LICENSE-lucide.txt), from the npm package lucide-static.\n"


def main() -> None:
    """Print the set of the package in the folder that is named."""
    package = Path(sys.argv[1])
    version = json.loads((package / "package.json").read_text("utf-8"))["version"]
    sys.stdout.write(HEAD.format(version=version) + "".join(f"{line}\n" for line in _lines(package)))


def _lines(package: Path) -> Iterator[str]:
    """Yield a line for each name, in order."""
    words = json.loads((package / "tags.json").read_text("utf-8"))
    drawn = {path.stem: _inside(path.read_text("utf-8")) for path in (package / "icons").glob("*.svg")}
    first = {markup: name for name, markup in reversed([(name, drawn[name]) for name in sorted(words)])}
    for name, markup in sorted(drawn.items()):
        yield f"{name}\t{','.join(words[name])}\t{markup}" if name in words else f"{name}\t={first[markup]}"


def _inside(svg: str) -> str:
    """Return the elements of an SVG document, on one line."""
    content = re.sub(r"<!--.*?-->|</?svg\b[^>]*>", "", svg, flags=re.DOTALL)
    return re.sub(r"\s*/>", "/>", re.sub(r"\s+", " ", content)).replace("> <", "><").strip()


if __name__ == "__main__":
    main()
