"""Pages: a template filled with escaped texts, the page's style and script, and a policy that allows nothing else."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Mapping
from dataclasses import replace
from functools import cache
from typing import TYPE_CHECKING

from conceptdeck.render.escape import escape
from conceptdeck.values.languages import direction, runs_rtl
from conceptdeck.values.value import frozen

if TYPE_CHECKING:
    from minijinja import Environment

__all__ = ["DOCUMENT", "Page", "Source", "filled", "script_digest", "write_page"]

DOCUMENT = "document"  # the template of a page's own; the others are those that pages share


class Source(str):
    """Markup that goes into a page as it is: what is made here, never what an author wrote."""

    __slots__ = ()

    def __html__(self) -> str:
        """Return the markup, as templates ask for it."""
        return str(self)


@frozen
class Page:
    """What a page is made from, as it is shipped: templates by name, a style sheet and a script.

    On a site each page has a script more, for its `audience`.
    """

    templates: tuple[tuple[str, str], ...]
    style: str
    script: str
    audience: str = ""

    def with_style(self, style: str) -> Page:
        """Return the page with another style sheet."""
        return replace(self, style=style)


def write_page(
    page: Page, language: str, allowed: Mapping[str, str], values: Mapping[str, object], around: str = ""
) -> tuple[str, str]:
    """Return a page with `values` in its template, and its content security policy.

    The policy allows its style, its script and what is `allowed` besides. `around` is the direction that texts on the
    page need not say.
    """
    policy = _policy(page, allowed)
    html = _environment(page.templates).render_template(
        DOCUMENT,
        **values,
        language=language,
        around=around,
        policy=policy,
        style=Source(page.style),
        script=Source(page.script),
    )
    return html, policy


def filled(page: Page, name: str, values: Mapping[str, object]) -> str:
    """Return one of the page's templates with `values` in it."""
    return _environment(page.templates).render_template(name, **values)


@cache
def _environment(templates: tuple[tuple[str, str], ...]) -> Environment:
    """Return what fills templates in; a name in them that nothing is given for is an error."""
    from minijinja import Environment  # only those who want pages need it

    return Environment(
        templates=dict(templates),
        globals={"direction": direction, "runs_rtl": runs_rtl},
        filters={"source": str},  # markup as a text about markup, which is then escaped
        auto_escape_callback=lambda _: "html",
        finalizer=_shown,
        undefined_behavior="strict",
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )


def _shown(value: object) -> object:
    """Return a value as a page shows it: escaped as in all that is written here, unless it is markup."""
    return value if hasattr(value, "__html__") else Source(escape(str(value)))


def _policy(page: Page, allowed: Mapping[str, str]) -> str:
    """Return a content security policy: nothing is fetched but what is `allowed`."""
    directives = {
        "default-src": "'none'",
        **allowed,
        "style-src": script_digest(page.style),
        "script-src": script_digest(page.script),
        "base-uri": "'none'",
        "form-action": "'none'",
    }
    return "; ".join(f"{name} {value}" for name, value in directives.items())


def script_digest(text: str) -> str:
    """Return what a policy calls a script or a style sheet that it allows."""
    return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"
