"""Outlines in Markdown, and plain ones by their indents: headings and lists are levels, paragraphs say more."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from markdown_it import MarkdownIt
from markdown_it.token import Token

from conceptdeck.importing.decoding import decoded
from conceptdeck.importing.gathering import MAX_NODES, Gathered, worded
from conceptdeck.importing.outline_text import inline, told
from conceptdeck.importing.rules import TOO_MANY_TO_IMPORT
from conceptdeck.values.diagnostics import Failure, Span
from conceptdeck.values.languages import standard_tag
from conceptdeck.values.outline import Node, Outline
from conceptdeck.values.regex import regex

__all__ = ["read_markdown"]

FRONT = regex(r"(?s)\A\s*---[ \t]*\n(.*?)\n(?:---|\.\.\.)[ \t]*(?:\n|\Z)")
FIELD = regex(r"^([A-Za-z][\w-]*):[ \t]*(.*)$")
STRUCTURE = regex(r"^\s{0,3}(?:#{1,6}\s|[-*+]\s|\d{1,4}[.)]\s)|^[=-]{3,}\s*$|^\s*[-*+]\s|\n\s*\n")
LINES = regex(r"^([ \t]*)(\S.*)$")
LEVEL = regex(r"(?m)^\s*(?:#{1,6}|[-*+]|\d{1,4}[.)])[ \t]")
LONGEST = 2_000_000  # characters: the parser takes seconds for more
ITEM_LEVEL = 10  # lists stand below every heading


def read_markdown(data: bytes, path: str) -> Outline:
    """Return what an outline says; raises Failure if it is too long."""
    text = decoded(data, path).removeprefix("\ufeff")
    front, text = _front(text)
    blank = front.pop("#lines", "")
    if not STRUCTURE.search(text):
        text = "\n".join(_as_list(text))
    if len(text) > LONGEST or sum(1 for _ in LEVEL.finditer(text)) > MAX_NODES:
        raise Failure([TOO_MANY_TO_IMPORT.at(f"the file has more than {MAX_NODES:,} headings and items", Span(path))])
    found = Gathered(path, marked=True)
    parser = MarkdownIt("commonmark", {"maxNesting": 100}).enable("table")
    parser.disable("inline", ignoreInvalid=True)
    reader = _Reader(found, int(blank or 0))
    reader.read(parser.parse(text))
    return found.outline(
        title=worded(front.get("title", "")),
        subtitle=worded(front.get("subtitle", "")),
        summary=worded("\n".join(filter(None, (front.get("description", ""), *reader.intro)))),
        author=front.get("author", ""),
        language=standard_tag(front.get("lang", "") or front.get("language", "")) or "",
        keywords=_words(front.get("tags", "") or front.get("keywords", "")),
    )


def _front(text: str) -> tuple[dict[str, str], str]:
    """Return the fields of the front matter, and the text after it."""
    match = FRONT.match(text)
    if not match:
        return {}, text
    found: dict[str, str] = {"#lines": str(match[0].count("\n"))}
    key = ""
    for line in match[1].splitlines():
        if field := FIELD.match(line):
            key = field[1].casefold()
            found[key] = field[2].strip().strip("\"'")
        elif key and line.strip().startswith("- "):
            found[key] = f"{found[key]}, {line.strip()[2:]}".strip(", ")
    return found, text[match.end() :]


def _words(text: str) -> tuple[str, ...]:
    return tuple(word for each in text.strip("[]").split(",") if (word := each.strip().strip("\"'#")))


def _as_list(text: str) -> Iterator[str]:
    """Yield the lines of a plain outline as a list of Markdown, levels by their indents."""
    levels: list[int] = []
    for line in text.splitlines():
        if not (match := LINES.match(line)):
            continue
        depth = len(match[1].expandtabs(4))
        while levels and levels[-1] >= depth:
            levels.pop()
        yield f"{'  ' * len(levels)}- {match[2]}"
        levels.append(depth)


class _Reader:
    """Goes through the blocks of a text and keeps its headings and list items as nodes."""

    def __init__(self, found: Gathered, lines_before: int) -> None:
        self.found = found
        self.before = lines_before
        self.levels: list[tuple[int, str]] = []
        self.depth = 0  # of lists
        self.waits = False  # for the first words of a list item
        self.quoted = 0
        self.intro: list[str] = []

    def read(self, tokens: Sequence[Token]) -> None:
        """Take all blocks."""
        number = 0
        while number < len(tokens):
            token = tokens[number]
            if token.type == "heading_open":
                self._node(int(token.tag[1]), tokens[number + 1], token)
                number += 1
            elif token.type == "table_open":
                number = self._table(tokens, number)
            else:
                self._block(token)
            number += 1

    def _block(self, token: Token) -> None:
        if token.type in ("bullet_list_open", "ordered_list_open"):
            self.depth += 1
        elif token.type in ("bullet_list_close", "ordered_list_close"):
            self.depth -= 1
            while self.levels and self.levels[-1][0] > ITEM_LEVEL + self.depth:
                self.levels.pop()
        elif token.type == "list_item_open":
            self.waits = True
        elif token.type in ("blockquote_open", "blockquote_close"):
            self.quoted += 1 if token.nesting > 0 else -1
        elif token.type == "inline":
            if self.waits and self.depth:
                self._node(ITEM_LEVEL + self.depth, token, token)
            else:
                self._say(token)
        elif token.type in ("fence", "code_block", "html_block"):
            kind = "code" if token.type != "html_block" else "HTML"
            if not token.content.lstrip().startswith("<!--"):
                self.found.leave(kind, token.content, self._above(), self._line(token))

    def _node(self, level: int, inline: Token, at: Token) -> None:
        """Keep a heading or a list item at its level."""
        self.waits = False
        while self.levels and self.levels[-1][0] >= level:
            self.levels.pop()
        said = told(inline.content.replace("\n", " "), self.found, self._line(at))
        parent = self.levels[-1][1] if self.levels else ""
        node = Node(
            id=f"#{len(self.found.nodes)}",
            name=worded(said.name),
            parent=parent,
            detail=worded(said.detail),
            link=said.link,
            line=self._line(at),
        )
        self.levels.append((level, self.found.add(node).id))

    def _say(self, token: Token) -> None:
        """Add a paragraph to what it stands below: quotations to its notes."""
        text = inline(token.content.replace("\n", " "), self.found, self._line(token))
        if not text:
            return
        if not self.levels:
            self.intro.append(text)
            return
        node = self.found.nodes[self.levels[-1][1]]
        field = "notes" if self.quoted else "detail"
        was = getattr(node, field).text
        self.found.change(node.id, **{field: worded(f"{was}\n{text}" if was else text)})

    def _table(self, tokens: Sequence[Token], number: int) -> int:
        """Note a table; return where it ends."""
        end = next(i for i in range(number, len(tokens)) if tokens[i].type == "table_close")
        rows: list[list[str]] = []
        for token in tokens[number:end]:
            if token.type == "tr_open":
                rows.append([])
            elif token.type == "inline":
                rows[-1].append(token.content)
        for row in rows:
            self.found.leave("row of a table", " | ".join(row), self._above(), self._line(tokens[number]))
        return end

    def _above(self) -> str:
        return self.found.nodes[self.levels[-1][1]].name.text if self.levels else ""

    def _line(self, token: Token) -> int:
        return token.map[0] + 1 + self.before if token.map else 0
