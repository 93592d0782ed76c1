"""The line from YAML to a deck, once: each stage is a function from one value to the next."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from pipeline import __version__, dot, engine, files, source
from pipeline.checks.frames import check_frames
from pipeline.diagnostics import Diagnostic, Failure, has_errors
from pipeline.diagram import Diagram, PlacedDiagram
from pipeline.fonts import Family, FontBook
from pipeline.layout import lay_out
from pipeline.model import ConceptMap
from pipeline.reader import read_map
from pipeline.render.powerpoint import Properties, write_deck
from pipeline.render.template import make_template
from pipeline.storyboard import full_story
from pipeline.theme import Theme, load_theme
from pipeline.typeset import Typesetter

__all__ = ["Options", "Result", "build_deck"]


@dataclass(frozen=True, slots=True)
class Options:
    """What to build: the map's file, the theme's name and the output folder."""

    map_file: Path
    theme: str
    out: Path


@dataclass(frozen=True, slots=True)
class Result:
    """What was built: the deck's path, how many slides it has, and warnings."""

    path: Path
    slides: int
    warnings: tuple[Diagnostic, ...]


def build_deck(options: Options, tell: Callable[[str], None] = lambda stage: None) -> Result:
    """Build the deck of one map; `tell` hears the name of each stage as it starts.

    Raises Failure with everything that is wrong; earlier output is then untouched.
    """
    tell("reading")
    concept_map, text = _read(options.map_file)
    theme = load_theme(options.theme, files.find_theme)
    tell("laying out")
    deck = full_story(concept_map)
    book = _font_book(theme)
    frames, problems = lay_out(deck, theme, Typesetter(book), _arrange)
    tell("checking")
    problems = _judged((*problems, *check_frames(frames, theme, book)), {files.shown(options.map_file): text})
    tell("writing")
    about = Properties(
        deck.id,
        deck.language,
        deck.title.value,
        deck.subject,
        deck.keywords,
        theme.key,
        f"conceptdeck {__version__}",
    )
    parts = write_deck(frames, theme, make_template(theme, deck.language), about)
    path = options.out / deck.id / deck.language / f"{deck.id}.{deck.language}.pptx"
    files.write_atomically(path, files.pack(parts))
    return Result(path, len(frames), problems)


def _read(path: Path) -> tuple[ConceptMap, str]:
    """Return the map in a file, and the file's text to quote from."""
    shown = files.shown(path)
    text, problems = source.decode(files.read_bytes(path), shown)
    texts = {shown: text or ""}
    _judged(problems, texts)
    node, problems = source.parse(texts[shown], shown)
    if node is None:
        raise Failure(source.with_excerpts(problems, texts))
    concept_map, more = read_map(node, path.resolve().parent.name)
    _judged((*problems, *more), texts)
    assert concept_map is not None  # a map without findings is a map
    return concept_map, texts[shown]


def _judged(problems: tuple[Diagnostic, ...], texts: dict[str, str]) -> tuple[Diagnostic, ...]:
    """Return the problems with the lines they point at; raises Failure if one of them is an error."""
    problems = tuple(source.with_excerpts(problems, texts))
    if has_errors(problems):
        raise Failure(problems)
    return problems


def _font_book(theme: Theme) -> FontBook:
    folder = files.shipped("themes") / "fonts"
    families = [Family(each.name, each.regular.partition("/")[0], each.regular, each.bold) for each in theme.families]
    return FontBook(lambda name: files.read_bytes(folder / name), families, theme.fallbacks)


def _arrange(diagram: Diagram) -> PlacedDiagram:
    return dot.read_places(diagram, engine.arrange(dot.to_dot(diagram)))
