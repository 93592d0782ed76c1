"""Lines of a program on slides of one's own: what each word of them is, as Pygments knows it."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from conceptdeck.reading.data import own_file
from conceptdeck.reading.rules import BAD_CODE, SLIDE_KIND
from conceptdeck.reading.source import Scalar
from conceptdeck.values.characters import is_blank, quoted
from conceptdeck.values.slides import CodeFile, Listing, OwnCode, Token

if TYPE_CHECKING:
    from collections.abc import Iterator

    from conceptdeck.reading.fields import At, FieldReader
    from conceptdeck.reading.icons import Shelf
    from conceptdeck.reading.source import Node

__all__ = ["code_file_of", "listing_of", "own_code_of", "syntax_of"]

MOST_LINES, WIDEST = 120, 200
TAB = 4  # spaces


def listing_of(node: Node, at: At, reader: FieldReader) -> Listing | None:
    """Return code that stands in a map."""
    if not isinstance(node, Scalar) or is_blank(node.value):
        reader.not_text(node, at, "lines of code")
        return None
    return Listing(node.value, node.span)


def code_file_of(node: Node, at: At, reader: FieldReader, shelf: Shelf | None) -> CodeFile | None:
    """Return the code in a file."""
    file = own_file(node, at, reader, shelf, ())
    if file is None:
        return CodeFile("", node.span)
    try:
        return CodeFile(file.data.decode("utf-8-sig"), node.span)
    except UnicodeDecodeError:
        hint = "save it as UTF-8, or name a file of code"
        reader.findings.error(BAD_CODE, "the file is not UTF-8 text", node.span, hints=[hint])
        return None


def syntax_of(node: Node, at: At, reader: FieldReader) -> str | None:
    """Return the name of a language that Pygments knows."""
    from pygments.lexers import get_all_lexers  # few maps have code

    if not isinstance(node, Scalar) or is_blank(node.value):
        reader.not_text(node, at, "the name of a language such as `python`")
        return None
    known = {alias for _, aliases, _, _ in get_all_lexers(plugins=False) for alias in aliases}
    if node.value.lower() in known:
        return node.value.lower()
    from difflib import get_close_matches  # only mistakes need it

    near = get_close_matches(node.value.lower(), sorted(known), n=1)
    hint = f"did you mean {quoted(near[0])}?" if near else "leave it out: the lines are then in one colour"
    reader.findings.error(BAD_CODE, f"{quoted(node.value)} is no language that is known here", node.span, hints=[hint])
    return None


def own_code_of(node: Node, at: At, reader: FieldReader) -> OwnCode | None:
    """Return lines of code, told what each word is."""
    found: OwnCode | None = reader.part(node, at, OwnCode)
    if found is None:
        return None
    given = found.text or found.file
    if (found.text is None) == (found.file is None) or given is None:
        message, hint = f"{quoted(at.key.value)} has its lines in `text` or in a `file`", "write one of the two"
        reader.findings.error(SLIDE_KIND, message, at.key.span, hints=[hint])
        return found
    rows = given.text.expandtabs(TAB).replace("\r", "").strip("\n").split("\n")
    if len(rows) > MOST_LINES or max(map(len, rows)) > WIDEST:
        message = f"the code has {len(rows)} lines of up to {max(map(len, rows))} characters"
        hint = f"show what the slide is about: up to {MOST_LINES} lines of {WIDEST} characters are read"
        reader.findings.error(BAD_CODE, message, given.span, hints=[hint])
        return found
    listing = Listing(given.text, given.span, tuple(_lines("\n".join(map(str.rstrip, rows)), found.language)))
    return replace(found, text=listing, file=found.file and replace(found.file, lines=listing.lines))


def _lines(text: str, language: str | None) -> Iterator[tuple[Token, ...]]:
    """Yield the lines of code in stretches of one kind; those of no language are of none."""
    line: list[Token] = []
    for kind, stretch in _tokens(text, language):
        first, *others = stretch.split("\n")
        line += [Token(first, kind)] * bool(first)
        for other in others:
            yield tuple(line)
            line = [Token(other, kind)] if other else []
    yield tuple(line)


def _tokens(text: str, language: str | None) -> Iterator[tuple[str, str]]:
    """Yield the stretches of code with their kinds."""
    if language is None:
        yield "", text
        return
    from pygments.lexers import get_lexer_by_name
    from pygments.token import Comment, Keyword, Name, Number, Operator, String

    kinds = (
        (Comment, "comment"), (Operator.Word, "keyword"), (Keyword, "keyword"), (String, "string"), (Number, "number"),
        (Name.Function, "name"), (Name.Class, "name"), (Name.Tag, "keyword"), (Name.Attribute, "name"),
    )  # fmt: skip
    lexer = get_lexer_by_name(language, stripnl=False, ensurenl=False)
    for token, stretch in lexer.get_tokens(text):
        yield next((name for kind, name in kinds if token in kind), ""), stretch
