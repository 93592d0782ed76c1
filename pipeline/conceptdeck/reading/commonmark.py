"""CommonMark's rules for what stands within a line, with sub- and superscript; the only door to its parser.

Texts of Chinese and Japanese have no spaces beside their emphasis: there, punctuation counts as letters do.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import cache
from unicodedata import east_asian_width

from markdown_it import MarkdownIt
from markdown_it.rules_inline import StateInline
from markdown_it.rules_inline.state_inline import Scanned
from markdown_it.token import Token

from conceptdeck.values.formula import Formula
from conceptdeck.values.regex import regex
from conceptdeck.values.text import Passage

__all__ = ["passages_of"]

LEVELS = {"~": -1, "^": 1}
LOW_OR_HIGH = regex(r"([~^])((?:(?!\1)[^\s\\]|\\[!-/:-@\[-`{-~])+)\1(?!\1)")
ESCAPE = regex(r"\\([!-/:-@\[-`{-~])")
WIDE = ("W", "F")


def passages_of(
    text: str,
    literal: Callable[[str, int], int],
    allowed: Callable[[str], bool],
    formula: Callable[[str, int], Formula | None],
) -> tuple[Passage, ...]:
    """Return a text in stretches of one style each, neighbours of the same style together.

    `literal` tells how many characters of the text, from a place on, stand as they are though they look like a mark,
    and `formula` returns the formula that begins there; only addresses that are `allowed` are links.
    """
    parser = _parser()
    state = _State(text, parser, {"literal": literal, "allowed": allowed, "formula": formula}, [])
    parser.inline.tokenize(state)
    for rule in parser.inline.ruler2.getRules(""):
        rule(state)
    return tuple(_joined(_styled(state.tokens)))


class _State(StateInline):
    """The state of the parser in one text; wide punctuation is no hindrance to emphasis beside it."""

    def scanDelims(self, start: int, canSplitWord: bool) -> Scanned:
        """Tell whether a run of stars or underscores may open or close emphasis."""
        end = start
        while end < self.posMax and self.src[end] == self.src[start]:
            end += 1
        before, after = self.src[start - 1 : start] if start else " ", self.src[end : end + 1] or " "
        if self.src[start] == "*" and any(map(_is_wide, before + after)):
            return Scanned(not after.isspace(), not before.isspace(), end - start)
        return super().scanDelims(start, canSplitWord)


def _is_wide(char: str) -> bool:
    return east_asian_width(char) in WIDE


@cache
def _parser() -> MarkdownIt:
    """Return the parser with the rules that are wanted; what is not understood stands as it was typed."""
    parser = MarkdownIt("zero").enable(["escape", "backticks", "emphasis", "link", "autolink", "balance_pairs"])
    parser.inline.ruler.before("escape", "literal", _literal)
    parser.inline.ruler.before("literal", "formula", _formula)
    parser.inline.ruler.after("backticks", "levels", _levels)
    for name in ("link", "autolink"):
        parser.inline.ruler.at(name, _checked(name))
    return parser


def _literal(state: StateInline, silent: bool) -> bool:
    """Take what stands as it was typed."""
    length = state.env["literal"](state.src, state.pos)
    if length and not silent:
        state.append_pending(state.src[state.pos : state.pos + length])
    state.pos += length
    return bool(length)


def _formula(state: StateInline, silent: bool) -> bool:
    """Take a formula between dollar signs."""
    found = state.env["formula"](state.src, state.pos) if state.src[state.pos] == "$" else None
    if found is None:
        return False
    if not silent:
        token = state.push("formula", "", 0)
        token.content, token.meta = found.plain, {"formula": found}
    state.pos += len(found.latex) + 2
    return True


def _levels(state: StateInline, silent: bool) -> bool:
    """Take what is raised or lowered: anything without a space between two carets or two tildes."""
    found = LOW_OR_HIGH.match(state.src, state.pos, state.posMax)
    if not found or state.src[state.pos - 1 : state.pos] == found[1] or any(map(_is_wide, found[2])):
        return False  # in Chinese and Japanese, 5~10、6~8 are two ranges
    if not silent:
        token = state.push("level", "", 0)
        token.content, token.markup = ESCAPE.sub(r"\1", found[2]), found[1]
    state.pos = found.end()
    return True


def _checked(name: str) -> Callable[[StateInline, bool], bool]:
    """Return the rule for links of a kind, which takes only addresses that are allowed."""
    from markdown_it import rules_inline

    rule: Callable[[StateInline, bool], bool] = getattr(rules_inline, name)

    def checked(state: StateInline, silent: bool) -> bool:
        state.md.validateLink = state.env["allowed"]  # type: ignore[method-assign]
        return rule(state, silent)

    return checked


def _styled(tokens: list[Token]) -> Iterator[Passage]:
    """Yield a passage for each piece of text."""
    style = Passage("")
    outer: list[Passage] = []
    for token in tokens:
        if token.nesting > 0:
            outer.append(style)
            link = str(token.attrs.get("href", "")) or style.link
            strong, emphasis = style.strong or token.type == "strong_open", style.emphasis or token.type == "em_open"
            style = replace(style, strong=strong, emphasis=emphasis, link=link)
        elif token.nesting < 0:
            style = outer.pop()
        elif token.type == "level":
            yield replace(style, text=token.content, level=LEVELS[token.markup])
        elif token.type == "formula":
            yield replace(style, text=token.content, formula=token.meta["formula"])
        elif token.type == "code_inline":
            yield replace(style, text=token.content, code=True)
        else:
            yield replace(style, text="\n" if token.type == "hardbreak" else token.content)


def _joined(passages: Iterator[Passage]) -> Iterator[Passage]:
    """Yield passages that show something, neighbours of one style as one."""
    last: Passage | None = None
    for each in passages:
        if not each.text:
            continue
        if last is not None and last.formula is None and replace(last, text="") == replace(each, text=""):
            last = replace(last, text=last.text + each.text)
            continue
        if last is not None:
            yield last
        last = each
    if last is not None:
        yield last
