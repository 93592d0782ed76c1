"""The page: one document with its style, its script and the program's words, and what it is allowed to do."""

from __future__ import annotations

import base64
import hashlib
import json
import string
from dataclasses import dataclass

from conceptdeck.render.escape import escape
from conceptdeck.translation.po import term_key
from conceptdeck.values.languages import direction
from conceptdeck.values.terms import Term, Words
from conceptdeck.workspace import places

__all__ = ["TERMS", "Page", "load_page"]

ASSETS = ("preview.html", "preview.css", "preview.js")
TERMS = (
    Term.PREVIEW, Term.MAP, Term.LANGUAGE, Term.THEME, Term.STORY, Term.DENSITY, Term.AS_STORY, Term.FOR_READING,
    Term.FOR_TALKING, Term.SLIDES, Term.DIAGRAMS, Term.SIDE_BY_SIDE, Term.SECOND_LANGUAGE, Term.NOTES, Term.NO_NOTES,
    Term.STRINGS, Term.SEARCH, Term.NOTHING_FOUND, Term.FINDINGS, Term.NO_FINDINGS, Term.ERROR, Term.WARNING,
    Term.TRANSLATED, Term.STALE, Term.MISSING, Term.SOURCE_TEXT, Term.COPY, Term.COPIED, Term.KEYBOARD, Term.CLOSE,
    Term.SINGLE_KEYS, Term.LAST_GOOD, Term.NOTHING_YET, Term.ENDED, Term.UPDATED, Term.MENDED, Term.FAULT,
    Term.NEXT_BOARD, Term.FIRST_BOARD, Term.NEXT_LANGUAGE, Term.NEXT_THEME, Term.SLIDES_OR_DIAGRAMS, Term.NEXT_FINDING,
    Term.POSITION, Term.ELSEWHERE, Term.LOADING, Term.ON_SLIDE,
)  # fmt: skip
"""The words that the page says."""


@dataclass(frozen=True, slots=True)
class Page:
    """The parts of the page, as they are shipped."""

    document: str
    style: str
    script: str

    def html(self, token: str, words: Words) -> tuple[str, str]:
        """Return the page and its content security policy: this style, this script, and nothing from elsewhere."""
        said = {term_key(term): _template(term, words) for term in TERMS}
        html = string.Template(self.document).substitute(
            language=escape(words.language),
            direction=direction(words.language),
            token=escape(token),
            words=escape(json.dumps(said, ensure_ascii=False)),
            style=self.style,
            script=self.script,
            **{f"say_{key.replace('-', '_')}": escape(text) for key, text in said.items()},
        )
        return html, _policy(self.style, self.script)


def load_page() -> Page:
    """Return the page as it is shipped."""
    return Page(*(places.page_asset(name, "preview") for name in ASSETS))


def _template(term: Term, words: Words) -> str:
    """Return a term with its placeholders as they are, for the script to fill in."""
    names = [name for _, name, _, _ in string.Formatter().parse(term.value) if name]
    return words.say(term, **{name: f"{{{name}}}" for name in names})


def _policy(style: str, script: str) -> str:
    allowed = {
        "default-src": "'none'",
        "connect-src": "'self'",
        "img-src": "blob: data:",
        "style-src": _digest(style),
        "script-src": _digest(script),
        "base-uri": "'none'",
        "form-action": "'none'",
        "frame-ancestors": "'none'",
    }
    return "; ".join(f"{name} {value}" for name, value in allowed.items())


def _digest(text: str) -> str:
    return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"
