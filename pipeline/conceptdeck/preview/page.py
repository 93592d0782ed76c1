"""The page: one document with its style, its script and the program's words, and what it is allowed to do."""

from __future__ import annotations

import json
import string

from conceptdeck.render.web.page import Page, write_page
from conceptdeck.translation.words import term_key
from conceptdeck.values.terms import Term, Words
from conceptdeck.values.value import frozen
from conceptdeck.workspace import places

__all__ = ["TERMS", "PreviewPage", "load_page"]

ALLOWED = {"connect-src": "'self'", "img-src": "blob: data:"}
PARTS = ("editor", "edits")
UNFRAMED = "frame-ancestors 'none'"  # which only a header may say
TERMS = (
    Term.PREVIEW, Term.MAP, Term.LANGUAGE, Term.THEME, Term.STORY, Term.DENSITY, Term.AS_STORY, Term.FOR_READING,
    Term.FOR_TALKING, Term.SLIDES, Term.DIAGRAMS, Term.SIDE_BY_SIDE, Term.AT_A_GLANCE,
    Term.SMALL_TEXT, Term.RHYTHM, Term.SECOND_LANGUAGE, Term.NOTES, Term.NO_NOTES,
    Term.STRINGS, Term.SEARCH, Term.NOTHING_FOUND, Term.FINDINGS, Term.NO_FINDINGS, Term.ERROR, Term.WARNING,
    Term.TRANSLATED, Term.STALE, Term.MISSING, Term.SOURCE_TEXT, Term.COPY, Term.COPIED, Term.KEYBOARD, Term.CLOSE,
    Term.SINGLE_KEYS, Term.LAST_GOOD, Term.NOTHING_YET, Term.ENDED, Term.UPDATED, Term.MENDED, Term.FAULT,
    Term.NEXT_BOARD, Term.FIRST_BOARD, Term.NEXT_LANGUAGE, Term.NEXT_THEME, Term.SLIDES_OR_DIAGRAMS, Term.NEXT_FINDING,
    Term.POSITION, Term.ELSEWHERE, Term.LOADING, Term.ON_SLIDE,
    Term.EDIT, Term.SAVE, Term.SAVE_NEXT, Term.CANCEL, Term.UNDO, Term.SAVED,
    Term.UNDONE, Term.NOT_SAVED, Term.DRAFT, Term.ROOM, Term.CHECKING, Term.CHANGED_MEANWHILE,
    Term.TAKE_THAT, Term.KEEP_MINE, Term.EDIT_CHOSEN, Term.UNDO_LAST, Term.DECK_EDITS, Term.TAKE_EDITS,
    Term.AS_BUILT, Term.AS_HERE, Term.AS_IN_DECK, Term.BOTH_CHANGED, Term.STAYS, Term.TAKEN,
)  # fmt: skip
"""The words that the page says."""


@frozen
class PreviewPage:
    """The preview's page, as it is shipped."""

    page: Page

    def html(self, token: str, words: Words, *, editable: bool = False) -> tuple[str, str]:
        """Return the page and its content security policy: this style, this script, and nothing from elsewhere.

        If it is `editable`, texts can be edited there.
        """
        said = {term_key(term): _template(term, words) for term in TERMS}
        values = {
            "token": token,
            "editable": "yes" if editable else "",
            "words": json.dumps(said, ensure_ascii=False),
            **{f"say_{key.replace('-', '_')}": text for key, text in said.items()},
        }
        html, policy = write_page(self.page, words.language, ALLOWED, values)
        return html, f"{policy}; {UNFRAMED}"


def load_page() -> PreviewPage:
    """Return the page as it is shipped."""
    return PreviewPage(Page(*places.page_assets("preview", "preview", PARTS)))


def _template(term: Term, words: Words) -> str:
    """Return a term with its placeholders as they are, for the script to fill in."""
    names = [name for _, name, _, _ in string.Formatter().parse(term.value) if name]
    return words.say(term, **{name: f"{{{name}}}" for name in names})
