"""The line from YAML to a deck, once: each stage is a function from one value to the next."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from pipeline import __version__, dot, engine, files, ranks, source
from pipeline.checks.content import check_content
from pipeline.checks.frames import check_frames
from pipeline.checks.package import check_parts
from pipeline.checks.rules import silenced
from pipeline.deck import Deck, Density, Story
from pipeline.diagnostics import Diagnostic, Failure, has_errors, sort_diagnostics
from pipeline.diagram import Diagram, PlacedDiagram
from pipeline.fonts import Family, FontBook
from pipeline.frame import Frame
from pipeline.layout import lay_out
from pipeline.layout.motion import morphing, still
from pipeline.model import ConceptMap
from pipeline.reader import read_map
from pipeline.render.powerpoint import Properties, write_deck
from pipeline.render.template import make_template
from pipeline.stories import read_stories
from pipeline.storyboard import story_deck
from pipeline.theme import Theme, load_theme
from pipeline.typeset import Typesetter

__all__ = ["Options", "Plan", "Result", "build_deck", "deck_parts", "plan_deck"]

FULL = "full"


@dataclass(frozen=True, slots=True)
class Options:
    """What to build: map file, theme, output folder, story, how much slides show, and how they move."""

    map_file: Path
    theme: str = "atlas"
    out: Path = Path("output")
    story: str = "full"
    density: Density | None = None
    builds: bool = True
    morph: bool = False


@dataclass(frozen=True, slots=True)
class Plan:
    """A deck before it is written: its frames, and everything that was found on the way."""

    deck: Deck
    theme: Theme
    frames: tuple[Frame, ...]
    problems: tuple[Diagnostic, ...]


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
    plan = plan_deck(options, tell)
    if has_errors(plan.problems):
        raise Failure(plan.problems)
    tell("writing")
    path = _deck_path(options, plan.deck)
    parts = deck_parts(plan)
    problems = (*plan.problems, *check_parts(parts, files.shown(path)))
    if has_errors(problems):
        raise Failure(problems)
    files.write_atomically(path, files.pack(parts))
    return Result(path, len(plan.frames), problems)


def plan_deck(options: Options, tell: Callable[[str], None] = lambda stage: None) -> Plan:
    """Return the deck of one map up to its frames, with what is wrong with them.

    Raises Failure if the map, its stories or the theme cannot be read.
    """
    tell("reading")
    concept_map, texts = _read(options.map_file)
    story, story_texts = _story(options)
    deck, problems = story_deck(concept_map, story, options.density)
    _judged(problems, story_texts)
    spacious = (options.density or story.density) is Density.TALK
    theme = load_theme(files.known_theme(options.theme), files.find_theme, spacious=spacious)
    tell("laying out")
    book = _font_book(theme)
    told: list[Diagnostic] = []
    frames, problems = lay_out(deck, theme, Typesetter(book), ranks.bounded(_arrange, told.append))
    frames = frames if options.builds else still(frames)
    frames = morphing(frames) if options.morph else frames
    tell("checking")
    found = (*problems, *told, *check_content(concept_map), *check_frames(frames, theme, book))
    problems = silenced(sort_diagnostics(found), texts[files.shown(options.map_file)])
    return Plan(deck, theme, frames, tuple(source.with_excerpts(problems, texts)))


def deck_parts(plan: Plan) -> dict[str, bytes]:
    """Return the parts of the planned deck's file."""
    deck, theme = plan.deck, plan.theme
    about = Properties(
        map_id=deck.id,
        language=deck.language,
        title=deck.title.value,
        subject=deck.subject,
        keywords=deck.keywords,
        theme=theme.key,
        generator=f"conceptdeck {__version__}",
    )
    return write_deck(plan.frames, theme, make_template(theme, deck.language), about)


def _deck_path(options: Options, deck: Deck) -> Path:
    """Return where the deck goes; stories other than the full one are named in the file."""
    story = "" if options.story == FULL else f".{options.story}"
    return options.out / deck.id / deck.language / f"{deck.id}.{deck.language}{story}.pptx"


def _story(options: Options) -> tuple[Story, dict[str, str]]:
    """Return the story asked for, the map's own before the shipped one, and the texts to quote from."""
    stories: dict[str, Story] = {}
    texts: dict[str, str] = {}
    for path in files.stories_beside(options.map_file):
        node, text = _parsed(path)
        texts |= text
        found, problems = read_stories(node)
        _judged(problems, texts)
        stories |= {story.id: story for story in found}
    if options.story not in stories:
        hint = f"the stories here: {', '.join(stories)}"
        raise Failure([Diagnostic("unknown-story", f"there is no story `{options.story}`", hints=(hint,))])
    return stories[options.story], texts


def _parsed(path: Path) -> tuple[source.Node, dict[str, str]]:
    """Return a YAML file's tree and its text; raises Failure if anything is wrong with it."""
    texts = _decoded(path)
    ((shown, text),) = texts.items()
    node, problems = source.parse(text, shown)
    _judged(problems, texts)
    assert node is not None  # a text without findings has a root
    return node, texts


def _read(path: Path) -> tuple[ConceptMap, dict[str, str]]:
    """Return the map in a file, and the file's text to quote from; all that is wrong with it is raised at once."""
    texts = _decoded(path)
    ((shown, text),) = texts.items()
    node, problems = source.parse(text, shown)
    if node is None:
        raise Failure(source.with_excerpts(problems, texts))
    concept_map, more = read_map(node, path.resolve().parent.name)
    _judged((*problems, *more), texts)
    assert concept_map is not None  # a map without findings is a map
    return concept_map, texts


def _decoded(path: Path) -> dict[str, str]:
    """Return a file's text by the path that messages show; raises Failure if it is not text."""
    shown = files.shown(path)
    text, problems = source.decode(files.read_bytes(path), shown)
    texts = {shown: text or ""}
    _judged(problems, texts)
    return texts


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
