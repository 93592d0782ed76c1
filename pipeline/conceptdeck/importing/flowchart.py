"""Flowcharts of Mermaid: nodes, lines between them, and frames."""

from __future__ import annotations

import re
from dataclasses import replace

from conceptdeck.importing.gathering import Gathered, worded
from conceptdeck.importing.links import is_address
from conceptdeck.importing.mermaid_text import label_of, shape_at
from conceptdeck.values.outline import Edge, Node
from conceptdeck.values.regex import regex
from conceptdeck.values.value import frozen

__all__ = ["read_flowchart"]

ID = regex(r"[\w.$*/\\!?]+(?:-(?![-.>=])[\w.$*]+)*")
LINK = regex(r"([<xo]?)(-{3,}|-{2,}(?=[>xo])|={3,}|={2,}(?=[>xo])|-\.+-|~{3,})([>xo]?)")
WORDED = regex(r"([<xo]?)(--|==|-\.)(?![->=])((?:\"[^\"\n]*\"|[^\n;\"])*?)(-{2,}[>xo-]|={2,}[>xo=]|\.+-[>xo]?)")
PIPED = regex(r"\s*\|([^|\n]*)\|")
NAMED = regex(r"\w+@(?=[<xo]?[-=~])")
DATA = regex(r"@\{([^}]*)\}")
LABEL = regex(r"label\s*:\s*(\"[^\"]*\"|'[^']*'|[^,}]*)")
CLASS = regex(r":::[\w-]+")
SUBGRAPH = regex(r"subgraph\b[ \t]*([^\n;]*)")
TITLED = regex(r"(.*?)\s*\[\s*(.*?)\s*\]\s*$")
CLICK = regex(r"click\s+(\S+)\s+(?:href\s+)?\"([^\"\n]*)\"")
STYLES = regex(r"(?:classDef|class|style|linkStyle|direction|click|accTitle|accDescr)\b[^\n]*")
END = regex(r"end\b[ \t]*(?=[;\n]|\Z)")
SKIP = regex(r"[^\n;]*[\n;]?")


@frozen
class _Line:
    """A line: what stands on it, whether it has an arrow, is dashed, is drawn, and where its text ends."""

    phrase: str
    arrow: bool
    dashed: bool
    drawn: bool
    end: int


def read_flowchart(text: str, start: int, found: Gathered, before: int) -> None:
    """Keep what a flowchart says from a place on; what is not understood is left over, statement by statement."""
    head_end = SKIP.match(text, start)
    reader = _Reader(text, found, before)
    reader.read(head_end.end() if head_end else start)


class _Reader:
    """Goes through the statements of a flowchart."""

    def __init__(self, text: str, found: Gathered, before: int) -> None:
        self.text = text
        self.found = found
        self.before = before
        self.frames: list[str] = []
        self.named = set[str]()  # lines
        self.lines = 0  # before `self.counted`
        self.counted = 0

    def read(self, at: int) -> None:
        """Take all statements from a place on."""
        while at < len(self.text):
            if self.text[at].isspace() or self.text[at] == ";":
                at += 1
                continue
            at = self._statement(at)

    def _line_at(self, at: int) -> int:
        self.lines += self.text.count("\n", self.counted, at)
        self.counted = at
        return self.before + self.lines + 1

    def _statement(self, at: int) -> int:
        """Take one statement; return where it ends."""
        line = self._line_at(at)
        if match := SUBGRAPH.match(self.text, at):
            self._open(match[1].strip(), line)
            return match.end()
        if match := END.match(self.text, at):
            if self.frames:
                self.frames.pop()
            return match.end()
        if (match := CLICK.match(self.text, at)) and is_address(match[2]) and match[1] in self.found.nodes:
            self.found.change(match[1], link=match[2])
        if match := STYLES.match(self.text, at) or self._of_line(at):
            return match.end()
        end = self._chain(at, line)
        rest = SKIP.match(self.text, end)
        assert rest is not None  # it matches nothing too
        if said := rest[0].strip("; \t\n"):
            self.found.leave("statement", said, line=line)
        return rest.end()

    def _of_line(self, at: int) -> re.Match[str] | None:
        """Return a statement on how a line looks that has a name of its own."""
        name = ID.match(self.text, at)
        return DATA.match(self.text, name.end()) if name and name[0] in self.named else None

    def _open(self, said: str, line: int) -> None:
        """Begin a frame."""
        match = TITLED.fullmatch(said)
        id_, title = (match[1] or match[2], match[2]) if match else (said.strip('"'), said)
        home = self.frames[-1] if self.frames else ""
        if id_ in self.found.nodes:
            self.found.change(id_, name=worded(label_of(title)), frame=True, parent=home if home != id_ else "")
            self.frames.append(id_)
            return
        node = Node(id=id_, name=worded(label_of(title)), parent=home, frame=True, line=line)
        self.frames.append(self.found.add(node).id)

    def _chain(self, at: int, line: int) -> int:
        """Take nodes with lines between them; return where they end."""
        before: list[str] = []
        joined: _Line | None = None
        while True:
            here, at = self._nodes(at, line)
            if not here:
                return joined.end if joined else at
            if joined and joined.drawn:
                for source in before:
                    for target in here:
                        self._join(source, target, joined, line)
            found = self._link(at)
            if found is None:
                return at
            before, joined, at = here, found, found.end

    def _join(self, source: str, target: str, joined: _Line, line: int) -> None:
        phrase = worded(label_of(joined.phrase))
        self.found.join(
            Edge(source=source, target=target, phrase=phrase, arrow=joined.arrow, dashed=joined.dashed, line=line)
        )

    def _nodes(self, at: int, line: int) -> tuple[list[str], int]:
        """Take nodes joined by `&`; return their ids and where they end."""
        ids: list[str] = []
        while True:
            start = self._blanks(at)
            match = ID.match(self.text, start)
            if not match:
                return ids, at
            at = self._node(match[0], match.end(), line)
            ids.append(match[0])
            after = self._blanks(at)
            if not self.text.startswith("&", after):
                return ids, at
            at = after + 1

    def _node(self, id_: str, at: int, line: int) -> int:
        """Take a node, which may be known already; return where it ends."""
        name = ""
        if match := DATA.match(self.text, at):
            label = LABEL.search(match[1])
            name, at = label_of(label[1].strip("'")) if label else "", match.end()
        elif shape := shape_at(self.text, at if self.text.startswith(">", at) else self._blanks(at)):
            name, at = label_of(shape.text), shape.end
        if match := CLASS.match(self.text, at):
            at = match.end()
        home = self.frames[-1] if self.frames else ""
        known = self.found.nodes.get(id_)
        if known is None:
            self.found.add(Node(id=id_, name=worded(name or id_), parent=home, line=line))
        elif name or (home and not known.parent):
            parent = known.parent or ("" if known.frame else home)
            self.found.nodes[id_] = replace(known, name=worded(name) if name else known.name, parent=parent)
        return at

    def _link(self, at: int) -> _Line | None:
        """Return the line that begins at a place."""
        at = self._blanks(at)
        if match := NAMED.match(self.text, at):
            self.named.add(match[0][:-1])
            at = match.end()
        if match := LINK.match(self.text, at):
            arrow, body = bool(match[1] or match[3]), match[2]
            end, phrase = match.end(), ""
            if piped := PIPED.match(self.text, end):
                end, phrase = piped.end(), piped[1]
            return _Line(phrase, arrow, "." in body, "~" not in body, end)
        if match := WORDED.match(self.text, at):
            arrow = bool(match[1]) or match[4][-1] in ">xo"
            return _Line(match[3], arrow, "." in match[2], True, match.end())
        return None

    def _blanks(self, at: int) -> int:
        """Return the next place that is no blank on the line."""
        while at < len(self.text) and self.text[at] in " \t":
            at += 1
        return at
