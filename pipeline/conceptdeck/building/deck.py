"""The line from YAML to a deck, once: each stage is a function from one value to the next."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from conceptdeck.building.doubling import left_alone, with_second
from conceptdeck.building.edition import Edition, read_edition
from conceptdeck.building.housing import Housing, housing_for
from conceptdeck.building.jobs import DeckJob, default
from conceptdeck.building.origin import origin_of
from conceptdeck.building.template_cache import GENERATOR, keep_template, kept_template, new_template, template_path
from conceptdeck.building.theme_cache import ReadTheme, read_theme
from conceptdeck.checks.causes import one_of_each
from conceptdeck.checks.content import check_content
from conceptdeck.checks.frames import check_frames
from conceptdeck.checks.pace import check_pace
from conceptdeck.checks.package.gate import check_written
from conceptdeck.layout import lay_out
from conceptdeck.layout.furniture import branded
from conceptdeck.layout.graph import ranks
from conceptdeck.layout.motion import morphing, still
from conceptdeck.layout.spacing import relatively_spaced
from conceptdeck.layout.zooms import zoomed
from conceptdeck.render.powerpoint import package
from conceptdeck.render.powerpoint.deck import Properties, write_deck
from conceptdeck.story.related import too_many
from conceptdeck.story.storyboard import story_deck
from conceptdeck.typeset.fonts import FontBook
from conceptdeck.values.brand import NO_BRAND, Brand
from conceptdeck.values.deck import Deck
from conceptdeck.values.diagnostics import Diagnostic, Failure, has_errors
from conceptdeck.values.embedded import EmbeddedFont
from conceptdeck.values.facts import Written
from conceptdeck.values.frame import Frame, Zoom
from conceptdeck.values.model import ConceptMap
from conceptdeck.values.remarks import Remark, splits, summary
from conceptdeck.values.rules import ERROR, Rule
from conceptdeck.values.story import Density, Story
from conceptdeck.values.theme import Theme
from conceptdeck.values.value import frozen
from conceptdeck.workspace import disk, places
from conceptdeck.workspace.loading import arranger, font_book, judged, read_stories_file, setter

__all__ = [
    "BuiltDeck",
    "Plan",
    "build_deck",
    "deck_faults",
    "deck_parts",
    "plan_deck",
    "story_named",
    "write_planned",
    "written_faults",
]

GOOGLE_SLIDES = "google-slides"
PPTX = "pptx"


@frozen
class Plan:
    """A deck before it is written: its frames, everything that was found on the way, and the edition it was made of.

    Its line spacing is `relative` where the program that shall open it shows exact spacing otherwise than it says.
    """

    deck: Deck
    theme: Theme
    frames: tuple[Frame, ...]
    problems: tuple[Diagnostic, ...]
    zooms: tuple[Zoom, ...] = ()
    edition: Edition | None = None
    relative: bool = False
    read: ReadTheme | None = None
    fonts: tuple[EmbeddedFont, ...] = ()
    story: str = ""

    @property
    def book(self) -> FontBook:
        """Return the faces that measure the theme's fonts."""
        return font_book(self.theme, self.read.house if self.read else None)

    @property
    def remarks(self) -> tuple[Remark, ...]:
        """Return what story and layout did on purpose to find room."""
        split = splits([frame.slide for frame in self.frames])
        return (*split, *self.deck.remarks, *(each for frame in self.frames for each in frame.remarks))


@frozen
class BuiltDeck:
    """What was built: where it is, how many slides it has, what was found on the way, and where further formats are.

    `kept` are those of these files that were not replaced, since somebody has changed them. `remarks` tell what was
    split, shortened or kept in the notes on purpose; the talk takes `minutes`.
    """

    path: Path
    slides: int
    findings: tuple[Diagnostic, ...]
    others: tuple[Path, ...] = ()
    kept: frozenset[Path] = frozenset()
    remarks: tuple[Remark, ...] = ()
    minutes: float = 0.0

    @property
    def summary(self) -> str:
        """Return the number of slides, the planned minutes, and what was done to find room for all of the map."""
        told = summary(self.remarks)
        planned = f", {self.minutes:g} minutes" if self.minutes else ""
        return f"{self.slides} slides{planned}" + (f" ({told})" if told else "")

    def told(self, about: str) -> str:
        """Return a line for each file that was written, the first with what is to be said `about` it; none if none."""
        written = [str(path) for path in (self.path, *self.others) if path not in self.kept]
        return "\n".join([f"{written[0]}  {about}", *written[1:]] if written else [])


def build_deck(
    options: DeckJob, tell: Callable[[str], None] = lambda stage: None, *, verify: bool = False
) -> BuiltDeck:
    """Build the deck of one map; `tell` hears the name of each stage as it starts.

    What was written is judged by facts; with `verify` all of it is parsed and judged, as decks of others are.

    Raises Failure with everything that is wrong; earlier output is then untouched.
    """
    return write_planned(options, plan_deck(options, tell), tell, verify=verify)


def write_planned(
    options: DeckJob, plan: Plan, tell: Callable[[str], None] = lambda stage: None, *, verify: bool = False
) -> BuiltDeck:
    """Write the files of a planned deck; raises as `build_deck` does."""
    if has_errors(plan.problems):
        raise Failure(plan.problems)
    tell("writing")
    path = _deck_path(options, plan.deck)
    made, found = _other_formats(options, plan, path)
    slides, remarks, problems = len(plan.frames), plan.remarks, (*plan.problems, *found)
    minutes = plan.deck.minutes
    outputs: list[Path] = []
    kept: set[Path] = set()

    def write(to: Path, data: bytes) -> None:
        outputs.append(to)
        if not disk.write_atomically(to, data):
            kept.add(to)

    read = plan.read
    if PPTX in options.formats:
        housing = housing_for(plan.theme, plan.read.house) if plan.read else None
        store = template_path(options.out, plan.theme, plan.deck.language, housing, relative=plan.relative)
        frames = deque(plan.frames)
        plan = plan if plan.zooms else replace(plan, frames=())  # each frame goes when it is written
        parts, template, faults = _written(plan, frames, store, housing, disk.shown(path), verify=verify)
        problems = (*problems, *faults)
        if has_errors(problems):
            raise Failure(problems)
        write(path, package.pack(parts))
        if template:
            keep_template(store, template)
    for each, data in made.items():
        write(each, data)
    if read:
        read.keep()
    first, *others = outputs
    return BuiltDeck(first, slides, problems, tuple(others), frozenset(kept), remarks, minutes)


def plan_deck(options: DeckJob, tell: Callable[[str], None] = lambda stage: None) -> Plan:
    """Return the deck of one map up to its frames, with what is wrong with them.

    Raises Failure if the map, its stories or the theme cannot be read.
    """
    tell("reading")
    edition = read_edition(options.map_file, options.locale, strict=options.strict)
    if options.with_locale:
        edition = with_second(edition, options.map_file, options.with_locale, strict=options.strict)
    story, story_texts = story_named(options.story, options.map_file)
    deck, of_story = story_deck(edition.map, story, options.density, edition.words, edition.untranslated)
    judged(of_story, story_texts)
    density = options.density or story.density
    house = places.house(options.map_file)
    spacious = density is Density.TALK
    read = read_theme(options.out, options.theme, spacious=spacious, size=options.size, around=house)
    deck = replace(deck, brand=_brand(read), second=edition.second)
    deck, unled = _led_home(deck, options, read) if _has_code(edition.map) else (deck, ())
    theme = branded(read.theme.set_in(deck.language), deck.brand)
    tell("laying out")
    told: list[Diagnostic] = []
    theme = _naming_own_fonts(theme, read, deck.language, told) if options.embed_fonts else theme
    book, typesetter = setter(theme, read.house, flowing=True)
    frames, problems = lay_out(deck, theme, typesetter, ranks.bounded(arranger(), told.append))
    frames = frames if options.builds else still(frames)
    frames = morphing(frames) if options.morph else frames
    frames, zooms, unzoomed = zoomed(frames, theme) if options.zooms else (frames, (), ())
    relative = options.program == GOOGLE_SLIDES
    frames = relatively_spaced(frames) if relative else frames
    fonts = _carried(frames, theme, book, deck.language, told) if options.embed_fonts else ()
    tell("checking")
    dense = too_many(edition.map, deck.slides)
    found = (
        *of_story,
        *unled,
        *problems,
        *told,
        *unzoomed,
        *dense,
        *check_content(edition.map),
        *check_frames(frames, theme, book),
        *check_pace(deck, frames, density),
        *(left_alone(frames, deck) if deck.second else ()),
    )
    return Plan(deck, theme, frames, edition.told(found), zooms, edition, relative, read, fonts, options.story)


def _has_code(source: ConceptMap) -> bool:
    """Tell whether a slide has a code that phones read."""
    return bool((source.cover and source.cover.qr) or (source.closing and source.closing.qr))


def _led_home(deck: Deck, options: DeckJob, read: ReadTheme) -> tuple[Deck, tuple[Diagnostic, ...]]:
    """Return a deck whose codes know where they lead, and what is not known of them."""
    from conceptdeck.building.addresses import led_home, site_address  # most decks have no codes

    return led_home(deck, site_address(options.address, read.house))


def _naming_own_fonts(theme: Theme, read: ReadTheme, language: str, told: list[Diagnostic]) -> Theme:
    """Return a theme that names the families which measure it; note which ones a deck cannot carry along."""
    from conceptdeck.building.embedding import with_own_names  # as below: most decks carry no fonts

    named, found = with_own_names(theme, font_book(theme, read.house), language)
    told += found
    return named


def _carried(
    frames: Sequence[Frame], theme: Theme, book: FontBook, language: str, told: list[Diagnostic]
) -> tuple[EmbeddedFont, ...]:
    """Return the fonts that a deck carries along; note the characters that none of them shows."""
    from conceptdeck.building.embedding import carried_fonts

    fonts, found = carried_fonts(frames, theme, book, language)
    told += found
    return fonts


def _brand(read: ReadTheme) -> Brand:
    """Return what the house puts on slides, as the project and the theme say it; raises Failure if it is of no use."""
    if read.theme.brand == NO_BRAND and not disk.is_file(read.house.settings):
        return NO_BRAND
    from conceptdeck.building.branding import brand_for  # most decks have none

    return brand_for(read.theme, read.house)


def deck_parts(plan: Plan) -> dict[str, bytes]:
    """Return the parts of the planned deck's file, laid into a template that is made for it."""
    return dict(_fresh(plan)[1].parts)


def deck_faults(plan: Plan, path: str) -> tuple[Diagnostic, ...]:
    """Return what is wrong with the file that the planned deck would become, as a parser reads it."""
    template, written, housing = _fresh(plan)
    return _parsed_faults(written, template, housing, path)


def _fresh(plan: Plan) -> tuple[Written, Written, Housing | None]:
    """Return a new template for a deck, the deck in it, and the template of others that both stand on."""
    housing = housing_for(plan.theme, plan.read.house) if plan.read else None
    template, _ = new_template(plan.theme, plan.deck.language, housing, relative=plan.relative)
    return template, _laid_into(template, plan, plan.frames), housing


def written_faults(parts: Mapping[str, bytes], path: str) -> tuple[Diagnostic, ...]:
    """Return what is wrong with the file of a deck of our own: faults of the program, one for each rule."""
    from conceptdeck.checks.package.parts import check_parts  # brings lxml, as long as a tenth of a small build

    return _as_faults(check_parts(parts, path))


def _as_faults(found: Iterable[Diagnostic]) -> tuple[Diagnostic, ...]:
    return one_of_each(each.as_fault() for each in found)


def _written(
    plan: Plan, frames: deque[Frame], store: Path, housing: Housing | None, path: str, *, verify: bool
) -> tuple[Mapping[str, bytes], Written | None, tuple[Diagnostic, ...]]:
    """Return the deck's parts, its template if it is a new one to be kept in `store`, and what is wrong with both.

    The deck is judged by the facts that were noted while it was written; to `verify` it, all of it is parsed.
    """
    kept = kept_template(store)
    language, relative = plan.deck.language, plan.relative
    template, flaws = (kept, ()) if kept else new_template(plan.theme, language, housing, relative=relative)
    written = _laid_into(template, plan, frames)
    faults = (
        _parsed_faults(written, template, housing, path)
        if verify
        else _as_faults(check_written(written, template.facts, path))
    )
    return written.parts, None if kept or flaws else template, (*_as_faults(flaws), *faults)


def _parsed_faults(written: Written, template: Written, housing: Housing | None, path: str) -> tuple[Diagnostic, ...]:
    """Return what is wrong with a deck that is parsed; what others made of their template is not a fault of ours."""
    found = written_faults(written.parts, path)
    theirs = {f"{path}!/{name}" for name, data in template.parts.items() if written.parts.get(name) == data}
    return tuple(each for each in found if not (housing and each.span.path in theirs))


def _laid_into(template: Written, plan: Plan, frames: Iterable[Frame]) -> Written:
    """Return the planned deck, laid into a template; a deque of frames is emptied on the way."""
    deck, theme = plan.deck, plan.theme
    about = Properties(
        map_id=deck.id,
        language=deck.language,
        title=deck.title.value,
        subject=deck.subject.value,
        keywords=tuple(map(str, deck.keywords)),
        theme=theme.key,
        generator=GENERATOR,
        author=deck.brand.author,
        event=deck.brand.event,
        origin=origin_of(plan.edition, theme.key, plan.story) if plan.edition and not deck.second else None,
    )
    return write_deck(frames, theme, template.parts, about, _thumbnails(plan), plan.fonts)


def _other_formats(options: DeckJob, plan: Plan, deck_path: Path) -> tuple[dict[Path, bytes], tuple[Diagnostic, ...]]:
    """Return the files that are wanted beside the deck itself, and what is wrong with them."""
    wanted = {each: deck_path.with_name(f"{deck_path.stem}.{each}") for each in options.formats if each != PPTX}
    made: dict[Path, bytes] = {}
    found: tuple[Diagnostic, ...] = ()
    if wanted:
        from conceptdeck.building import outputs  # most builds are of decks alone

        deck, theme, frames = plan.deck, plan.theme, plan.frames
        if "html" in wanted:
            made[wanted["html"]] = outputs.web_page(
                deck, theme, frames, plan.book, options.languages, _story_suffix(options)
            )
        if "pdf" in wanted:
            made[wanted["pdf"]], found = outputs.handout(deck, theme, frames, plan.book, notes=options.handout)
    return made, found


def _thumbnails(plan: Plan) -> dict[Zoom, bytes]:
    """Return the picture of the slide that each zoom leads to; raises Failure if its script cannot be drawn."""
    if not plan.zooms:
        return {}
    from conceptdeck.building.outputs import undrawable
    from conceptdeck.render.vector.outlines import undrawn_scripts
    from conceptdeck.render.vector.png import slide_png  # of no use to most builds

    slides = {frame.key: frame for frame in plan.frames}
    book, width = plan.book, plan.theme.layouts["agenda"].count("zoom-pixels")
    if lost := undrawn_scripts([slides[zoom.target] for zoom in plan.zooms], plan.theme, book):
        hints = ("build without --zooms",)
        raise Failure([undrawable(lost, plan.deck.language, ("the pictures of zooms",), hints)])
    return {zoom: slide_png(slides[zoom.target], plan.theme, book, width) for zoom in plan.zooms}


def _deck_path(options: DeckJob, deck: Deck) -> Path:
    """Return where the deck goes."""
    spoken = "+".join(filter(None, (deck.language, deck.second)))
    return options.out / deck.id / deck.language / f"{deck.id}.{spoken}{_story_suffix(options)}.{PPTX}"


def _story_suffix(options: DeckJob) -> str:
    """Return what the names of files end with for the story: nothing for the usual one."""
    return "" if options.story == default(DeckJob, "story") else f".{options.story}"


UNKNOWN_STORY = Rule("unknown-story", "theme and files", ERROR, "no story of this name").because("""
    A story is shipped, or stands beside the map in `stories.yaml`. The message names those there are.
""")


def story_named(name: str, map_file: Path) -> tuple[Story, dict[str, str]]:
    """Return the story of a name, the map's own before the shipped one, and the texts to quote from."""
    stories: dict[str, Story] = {}
    texts: dict[str, str] = {}
    for path in places.stories_beside(map_file):
        found, text = read_stories_file(path)
        texts |= text
        stories |= {story.id: story for story in found}
    if name not in stories:
        hint = f"the stories here: {', '.join(stories)}"
        raise Failure([UNKNOWN_STORY.at(f"there is no story `{name}`", hints=(hint,))])
    return stories[name], texts
