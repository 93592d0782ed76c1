"""Settings: what `conceptdeck.toml` says for all commands of a project; an option says otherwise for one run."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import fields, replace
from pathlib import Path
from typing import Annotated, Any

from conceptdeck.building.jobs import DECK_FORMATS, NARROWEST, PICTURE_FORMATS, PROGRAMS, WIDEST, DiagramsJob, Job
from conceptdeck.reading.brand import BrandForm, brand_of
from conceptdeck.reading.fields import At, FieldReader
from conceptdeck.reading.findings import Findings, TooManyMistakes
from conceptdeck.reading.rules import BAD_LANGUAGE, BAD_LINK, WRONG_KIND
from conceptdeck.reading.schema import Number, Pattern, Words
from conceptdeck.reading.source import Node, Scalar
from conceptdeck.reading.toml import Typed, parse_toml
from conceptdeck.values.brand import Brand
from conceptdeck.values.characters import quoted
from conceptdeck.values.diagnostics import Span
from conceptdeck.values.story import Density
from conceptdeck.values.text import about
from conceptdeck.values.value import frozen
from conceptdeck.workspace.house import House
from conceptdeck.workspace.loading import decoded_file, judged
from conceptdeck.workspace.places import is_theme_path

__all__ = ["DiagramSettings", "Settings", "read_settings", "settings_schema"]

TAG = Pattern(
    "a language tag",
    r"[A-Za-z]{2,8}([-_][A-Za-z0-9]{1,8})*",
    "write a tag such as `de`, `pt-BR` or `zh-Hans`",
    BAD_LANGUAGE,
)
Tag = Annotated[str, TAG]
ADDRESS = Pattern(
    "the address of a site",
    r"[Hh][Tt][Tt][Pp][Ss]?://[^\s\"'<>\\`?#]+",
    "write an address such as https://talks.example.org/",
    BAD_LINK,
)


@frozen(kw_only=True)
class DiagramSettings:
    """What holds for diagrams alone."""

    formats: list[Annotated[str, Words(PICTURE_FORMATS)]] | None = about("The formats of diagrams.", default=None)
    width: (
        Annotated[float, Number(f"a whole number from {NARROWEST} to {WIDEST}", NARROWEST, WIDEST, whole=True)] | None
    ) = about("The width in pixels of the column where they will stand.", default=None)


@frozen(kw_only=True)
class Settings(BrandForm):
    """What a project's file may say; paths start from its folder."""

    theme: str | None = about("The name of a theme, or the path of its file.", default=None)
    story: str | None = about("The name of a story.", default=None)
    size: str | None = about("The name of a size of slides.", default=None)
    density: Density | None = about("How much slides show.", default=None)
    out: str | None = about("The output folder.", default=None)
    builds: bool | None = about("Do things appear click by click?", default=None)
    locale: Tag | None = about("The language of `build`, `diagrams` and `preview`.", default=None)
    with_locale: Tag | None = about("A second language of decks, in smaller lines below the first.", default=None)
    locales: list[Tag] | None = about("The languages of `locales`.", default=None)
    formats: list[Annotated[str, Words(DECK_FORMATS)]] | None = about("The formats of decks.", default=None)
    program: Annotated[str, Words(PROGRAMS)] | None = about("The program that shall open decks.", default=None)
    embed_fonts: bool | None = about("Do decks, and diagrams as SVG, bring their fonts along?", default=None)
    address: Annotated[str, ADDRESS] | None = about(
        "Where the site of the decks is or will be: for `publish`, and for codes that lead to a deck.", default=None
    )
    diagrams: DiagramSettings | None = about("What holds for diagrams alone.", default=None)

    def value(self, job: type[Job], name: str) -> Any:
        """Return what is said of a job's field, None if nothing is."""
        part = self.diagrams if job is DiagramsJob and name in _NAMES else self
        found = getattr(part, name, None)
        return int(found) if isinstance(found, float) else found

    @property
    def brand(self) -> Brand:
        """Return the brand."""
        return brand_of(self)


_NAMES = frozenset(each.name for each in fields(DiagramSettings))
NOTHING = Settings()


def settings_schema() -> dict[str, Any]:
    """Return the JSON Schema of a project's file."""
    from conceptdeck.reading.json_schema import record_schema  # builds do without

    return record_schema("Project", "conceptdeck schema project", "building/settings.py", Settings)


def read_settings(around: House) -> Settings:
    """Return what the file of a project says, with its paths from the working folder on; nothing if it has none.

    Raises Failure with all that is wrong with it.
    """
    from conceptdeck.workspace import disk

    path = around.settings
    if not disk.is_file(path):
        return NOTHING
    texts = decoded_file(path)
    ((shown, text),) = texts.items()
    tree, problems = parse_toml(text, shown)
    judged(problems, texts)
    assert tree is not None  # a text without findings has a tree
    findings = Findings(shown)
    settings = NOTHING
    with suppress(TooManyMistakes):
        settings = _Reader(findings).record(tree, Settings, "", Scalar("the project", Span(shown)))
    judged(findings.sorted(), texts)
    return _from_here(settings, around.project)


def _from_here(settings: Settings, project: Path) -> Settings:
    """Return settings with paths from the working folder on."""
    out = settings.out and str(project / Path(settings.out).expanduser())
    theme = settings.theme
    if theme and is_theme_path(theme):
        theme = (project / Path(theme).expanduser()).as_posix()
        theme = theme if is_theme_path(theme) else f"./{theme}"
    return replace(settings, out=out, theme=theme)


class _Reader(FieldReader):
    """Read the file of a project: texts in quotes are texts only, and nothing else is."""

    def __init__(self, findings: Findings) -> None:
        """Hold each value to its kind."""
        super().__init__(findings)
        self.leaves = {str: self._text, float: self._number, bool: self._flag}

    def wrong_kind(self, node: Node, at: At, meant: str, hint: str = "") -> None:
        """Report a value of another kind; in TOML no indentation is to blame."""
        super().wrong_kind(node, at, meant, hint or f"write {meant}")

    def _text(self, node: Node, at: At) -> str | None:
        return self.word(node, at) if self._is(node, at, "text", "a date") else None

    def _number(self, node: Node, at: At) -> float | None:
        return self.number(node, at) if self._is(node, at, "a number") else None

    def _flag(self, node: Node, at: At) -> bool:
        return self._is(node, at, "true or false") and self.flag(node, at)

    def _is(self, node: Node, at: At, *kinds: str) -> bool:
        """Tell whether a value is of one of these kinds, and report one that is not; lists are reported elsewhere."""
        if not isinstance(node, Typed) or node.kind in kinds:
            return True
        way = "put it in quotes" if kinds[0] == "text" else "write it without quotes"
        message = f"{quoted(at.key.value)} must be {kinds[0]}, but is {node.kind}"
        self.findings.error(WRONG_KIND, message, node.span, hints=[way])
        return False
