"""Write hyphenation patterns of TeX (hyph-utf8) in the form that pyphen reads: `hyphenation_patterns.py FOLDER FILE…`.

The patterns stay as they are, one a line. The head of each file, with its authors and its licence, goes with them.
Exceptions, which pyphen has no word for, become patterns that outdo all others.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

GROUP = re.compile(r"\\(patterns|hyphenation)\s*\{([^}]*)\}")
MADE = "% Made from {name} of hyph-utf8, which is found at CTAN, for pyphen: the same patterns, one a line."


def converted(text: str, name: str) -> str:
    """Return the text of a file of TeX's as one for pyphen."""
    lines = [line.strip() for line in text.splitlines()]
    head = [line for line in lines[: next(at for at, line in enumerate(lines) if line.startswith("\\"))] if line]
    found = [word for kind, words in _groups("\n".join(lines)) for word in map(kind, words)]
    return "\n".join(
        ["UTF-8", MADE.format(name=name), *(line if line.startswith("%") else f"% {line}" for line in head), *found, ""]
    )


def _groups(text: str) -> Iterator[tuple[Callable[[str], str], list[str]]]:
    """Yield what makes patterns of the words of each group, and the words."""
    plain = re.sub(r"%.*", "", text)
    for match in GROUP.finditer(plain):
        yield (_exception if match[1] == "hyphenation" else str), match[2].split()


def _exception(word: str) -> str:
    """Return a word with hyphens as a pattern that allows these and forbids all others."""
    parts = ["8".join(part) for part in word.split("-")]
    return f".{'9'.join(parts)}."


def main(folder: str, *files: str) -> None:
    """Write the patterns of files into a folder."""
    for file in map(Path, files):
        to = Path(folder) / f"{file.stem.replace('-', '_')}.dic"
        to.write_text(converted(file.read_text(encoding="utf-8"), file.name), encoding="utf-8")


if __name__ == "__main__":
    main(*sys.argv[1:])
