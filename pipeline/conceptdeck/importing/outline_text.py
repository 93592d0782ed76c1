"""Lines of Markdown as nodes: a name, what follows it, and lists below it."""

from __future__ import annotations

from conceptdeck.importing.gathering import Gathered, worded
from conceptdeck.importing.links import is_address
from conceptdeck.values.outline import Node
from conceptdeck.values.regex import regex

__all__ = ["Told", "inline", "lines_of_card", "told"]

HEADING = regex(r"\s{0,3}#{1,6}\s+(.*?)\s*#*\s*$")
ITEM = regex(r"(\s*)(?:[-*+]|\d{1,4}[.)])\s+(.*)$")
TASK = regex(r"\[[ xX/-]\]\s+")
WHOLE_LINK = regex(r"\[([^\[\]]+)\]\(<?([^\s()<>]+)>?(?:\s+\"[^\"]*\")?\)")
WIKI = regex(r"!?\[\[([^\[\]|#]*)(?:#[^\[\]|]*)?(?:\|([^\[\]]*))?\]\]")
PICTURE = regex(r"!\[([^\[\]]*)\]\(<?([^\s()<>]+)>?(?:\s+\"[^\"]*\")?\)")
TAG = regex(r"</?[A-Za-z][^<>]*>|<!--.*?-->")
STRONG = regex(r"(?:\*\*|__)(.+?)(?:\*\*|__)")
TERM = regex(r"(?:\*\*|__)([^*_]{1,80}?):?(?:\*\*|__)\s*(?::|[-–—]|\s)\s*(\S.*)$")
PLAIN_TERM = regex(r"([^\s:*_`\[\]().,;!?][^:*_`\[\]().;!?]{0,39}):\s+(\S.{19,})$")


class Told:
    """What a line says: a name, what is said of it, and where to read more."""

    def __init__(self, name: str, detail: str = "", link: str = "") -> None:
        """Hold all three."""
        self.name, self.detail, self.link = name, detail, link


def told(text: str, found: Gathered, line: int = 0) -> Told:
    """Return what a line says; pictures in it are left over."""
    text = inline(TASK.sub("", text, count=1) if TASK.match(text) else text, found, line)
    if (match := WHOLE_LINK.fullmatch(text)) and is_address(match[2]):
        return Told(_unmarked(match[1]), "", match[2])
    if match := TERM.match(text):
        return Told(match[1].strip(), match[2])
    if match := PLAIN_TERM.match(text):
        return Told(match[1].strip(), match[2])
    return Told(_unmarked(text))


def inline(text: str, found: Gathered, line: int = 0) -> str:
    """Return a text whose marks are those of a map; pictures in it are left over."""
    for picture in PICTURE.finditer(text):
        found.leave("picture", picture[2], picture[1], line)
    only = PICTURE.fullmatch(text.strip())
    text = "" if only else WIKI.sub(lambda match: match[2] or match[1], PICTURE.sub(lambda match: match[1], text))
    return TAG.sub(" ", text).strip() if "<" in text else text.strip()


def _unmarked(text: str) -> str:
    """Return a name without marks around all of it."""
    match = STRONG.fullmatch(text)
    return match[1] if match else text


def lines_of_card(text: str, id_: str, home: str, found: Gathered) -> None:
    """Keep the text of a card: its first line is the name, lists are below it, all else is what is said of it."""
    lines = [line for line in text.splitlines() if line.strip()]
    if not lines:
        found.add(Node(id=id_, name=worded(""), parent=home))
        return
    first = HEADING.match(lines[0]) or ITEM.match(lines[0])
    said = told(first[first.lastindex or 1] if first else lines[0], found)
    node = found.add(Node(id=id_, name=worded(said.name), parent=home, link=said.link))
    detail = [said.detail] if said.detail else []
    levels = [(-1, node.id)]
    for line in lines[1:]:
        if not (item := ITEM.match(line)):
            detail.append(inline((HEADING.match(line) or [line, line])[1], found))
            continue
        depth = len(item[1].expandtabs(4))
        while levels[-1][0] >= depth:
            levels.pop()
        below = told(item[2], found)
        made = Node(id="", name=worded(below.name), parent=levels[-1][1], detail=worded(below.detail), link=below.link)
        levels.append((depth, found.add(made).id))
    found.change(node.id, detail=worded("\n".join(filter(None, detail))))
