"""Make the set of icons of Lucide's npm package: `python tools/icon_set.py PACKAGE > themes/icons/lucide.txt`.

PACKAGE is the folder of an unpacked `lucide-static`. Each line has a name, the words that it is found by, the path of
its lines and those of its areas; or a name and, after `=`, the one that it is another name of. Paths are written as
`conceptdeck.reading.icons` reads them: shapes and arcs as curves, all places absolute.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path

from conceptdeck.reading.icons import WIDTH
from conceptdeck.reading.svg import read_svg
from conceptdeck.values.icons import Segment

HEAD = "# Lucide {version}, ISC licence (see LICENSE-lucide.txt), from the npm package lucide-static.\n"


def main() -> None:
    """Print the set of the package in the folder that is named."""
    package = Path(sys.argv[1])
    version = json.loads((package / "package.json").read_text("utf-8"))["version"]
    sys.stdout.write(HEAD.format(version=version) + "".join(f"{line}\n" for line in _lines(package)))


def _lines(package: Path) -> Iterator[str]:
    """Yield a line for each name, in order."""
    words = json.loads((package / "tags.json").read_text("utf-8"))
    drawn = {path.stem: _paths(path.read_bytes()) for path in (package / "icons").glob("*.svg")}
    first = {paths: name for name, paths in reversed([(name, drawn[name]) for name in sorted(words)])}
    for name, paths in sorted(drawn.items()):
        yield f"{name}\t{','.join(words[name])}\t{paths}" if name in words else f"{name}\t={first[paths]}"


def _paths(svg: bytes) -> str:
    """Return what an SVG document draws, as paths with tabs between; all icons of a set have lines of one width."""
    drawn = read_svg(svg)
    assert (drawn.width, drawn.round) == (WIDTH, True)
    return "\t".join(map(_path, (drawn.lines, *drawn.areas)))


def _path(segments: Iterable[Segment]) -> str:
    return "".join(name + " ".join(f"{value:g}" for value in values) for name, values in segments)


if __name__ == "__main__":
    main()
