"""The tools that the desk of slides and the canvas of pictures share: they set texts of one theme in one language."""

from __future__ import annotations

import math
from bisect import bisect_left
from collections.abc import Callable, Iterable, Mapping, Sequence
from copy import copy
from dataclasses import field, replace
from functools import cached_property
from typing import Self

from conceptdeck.layout.formulas import pitch
from conceptdeck.layout.rules import TEXT_OVERFLOW
from conceptdeck.layout.tongues import pitched, second_run
from conceptdeck.typeset.copy import Copy, Part
from conceptdeck.typeset.formulas import drawn
from conceptdeck.typeset.lines import Copied, Look, Sibling, Style, Typesetter
from conceptdeck.typeset.settings import Setting
from conceptdeck.typeset.widths import SAFETY
from conceptdeck.values.brand import NO_BRAND, Brand
from conceptdeck.values.diagnostics import Diagnostic, OfText
from conceptdeck.values.formula import Formula
from conceptdeck.values.frame import LEVEL_SIZE, Paragraph, Picture, Run, Sign
from conceptdeck.values.hyphens import marked, without_soft
from conceptdeck.values.icons import Drawn
from conceptdeck.values.illustration import Illustration
from conceptdeck.values.image import Fit, Focus
from conceptdeck.values.remarks import Remark, Way
from conceptdeck.values.terms import ENGLISH, Words
from conceptdeck.values.text import Text
from conceptdeck.values.theme import PlaceholderSpec, Role, Theme
from conceptdeck.values.units import Box, Length, Size, points
from conceptdeck.values.value import frozen, mutable

__all__ = ["Toolkit", "alike"]

LONGEST_SHOWN = 60
ENDLESS = Length(2**31)
NOTHING = Length(0)


@frozen(cached=True)
class _Excess:
    """What is too long, and whether something shorter fits in its stead; a `word` may be all that is too long."""

    value: str
    fits: Callable[[str], bool]
    word: str

    @cached_property
    def letters(self) -> int:
        """Return how many letters must go from the end so that the rest fits."""
        value = self.value
        return len(value) - bisect_left(range(1, len(value) + 1), True, key=lambda kept: not self.fits(value[:kept]))

    @property
    def said(self) -> str:
        """Return what is wrong."""
        several = f"about {self.letters} letters" if self.letters > 1 else "a letter"
        many = "many" if self.letters > 1 else "much"
        if self.word:
            return f"has {several} too {many} for its place, in the word “{_shown(self.word)}”"
        return f"has {several} too {many} for its place: “{_shown(self.value)}”"


@mutable
class Toolkit:
    """Set texts of one theme in one language; texts that fit nowhere are collected in `problems`.

    `remarks` are what was done on purpose to find room, `used` the smallest size of each role that was set,
    `left` what is left to the notes.
    """

    theme: Theme
    typesetter: Typesetter
    language: str
    problems: list[Diagnostic] = field(default_factory=list)
    words: Words = ENGLISH
    remarks: list[Remark] = field(default_factory=list)
    used: dict[str, float] = field(default_factory=dict)
    measures: dict[Diagnostic, _Excess] = field(default_factory=dict)  # shared by all trials
    left: list[Text] = field(default_factory=list)
    icons: Mapping[str, Drawn] = field(default_factory=dict)  # what elements have as their sign, by key
    images: Mapping[str, Illustration] = field(default_factory=dict)  # what they have as their image
    brand: Brand = NO_BRAND

    def fresh(self) -> Self:
        """Return the same tools with no problems and remarks, to try something out on."""
        made = copy(self)
        made.problems, made.remarks, made.used, made.left = [], [], {}, []
        return made

    def at_ease(self) -> Self:
        """Return the same tools where texts keep nearly their full size."""
        return self.capped({}, self.theme.ease)

    def pressed(self) -> Self:
        """Return the same tools where sizes go on below their floors, for a thing that has a slide to itself."""
        made = copy(self)
        made.theme = self.theme.pressed
        return made

    def capped(self, most: Mapping[str, float], ease: float = 0.0) -> Self:
        """Return the same tools where no text of a role is larger than `most` says, or below its share `ease`."""
        made = copy(self)
        made.theme = self.theme.sized(most, ease)
        return made

    def take(self, trial: Toolkit) -> None:
        """Take over the problems and remarks of the trial that is kept, and the sizes that it used."""
        self.problems += trial.problems
        self.remarks += trial.remarks
        self.left += trial.left
        for role, size in trial.used.items():
            self.used[role] = min(size, self.used.get(role, size))

    def remark(self, way: Way, key: str) -> None:
        """Note for the summary what was done on purpose with the thing called `key`."""
        self.remarks.append(Remark(way, key))

    def tongue(self, text: str | Text) -> str:
        """Return the language of a text: its own, or that of all texts."""
        return (isinstance(text, Text) and text.language) or self.language

    def suited(self, role: Role, text: Text) -> Role:
        """Return a role with the line pitch that a text's own language needs, and its formulas."""
        if (least := pitch(text)) > role.leading:
            role = replace(role, leading=least)
        share = 1 if role.single else pitched(text, self.theme, self.language)
        return role if share == 1 else replace(role, leading=role.leading * share)

    def style(self, role: Role) -> Style:
        """Return how the typesetter sets `role`."""
        heading = role.bold or role.major
        return Style(self.theme.family(role), role.bold, role.sizes, role.leading, role.avoid_orphans, heading)

    def fit(self, text: Text, role: Role, size: Size, max_lines: int | None = None) -> Setting:
        """Set `text` at the largest size that fits; what does not fit at the floor is a problem."""
        style, lang = self.style(self.suited(role, text)), self.tongue(text)
        found = self.typesetter.fit(self.written(text, role), style=style, box=size, lang=lang, max_lines=max_lines)
        if found is None:
            self.refuse(text, role, size, max_lines)
        return found or self.at_floor(text, role, size.w)

    def fit_alone(self, text: Text, role: Role, size: Size) -> Setting:
        """Set a text that has its place to itself: below its floor, before it is refused."""
        small = self.theme.pressed.roles[role.name]
        for each in (role, small):
            style, lang = self.style(self.suited(each, text)), self.tongue(text)
            if found := self.typesetter.fit(self.written(text, each), style=style, box=size, lang=lang):
                if found.size_pt < role.sizes[-1]:
                    self.remark(Way.SMALL, text.key)
                return found
        return self.fit(text, small, size)

    def box_for(self, text: Text, spec: PlaceholderSpec) -> Box:
        """Return the box of a placeholder, grown where there is room if the text does not fit it at its floor."""
        floor = self.style(self.suited(replace(spec.role, sizes=spec.role.sizes[-1:]), text))
        wording, endless = self.written(text, spec.role), Size(spec.box.w, ENDLESS)
        found = self.typesetter.fit(wording, style=floor, box=endless, lang=self.tongue(text))
        return spec.grown(found.height) if found else spec.box

    def fit_together(
        self, texts: Sequence[tuple[Text, Size]], role: Role, max_lines: int | None = None
    ) -> tuple[Setting, ...]:
        """Set siblings at one size, the largest at which each fits its own box."""
        found = self.typesetter.fit_together(self._siblings(texts, role), style=self.style(role), max_lines=max_lines)
        if found is not None:
            return found
        for text, size in texts:
            self.fit(text, role, size, max_lines)  # names each text that is too long by itself
        return tuple(self.at_floor(text, role, size.w) for text, size in texts)

    def whole_together(self, texts: Sequence[tuple[Text, Size]], role: Role) -> tuple[Setting, ...] | None:
        """Set siblings as `fit_together` does; None if one does not fit, or has to be broken within a word."""
        style = self.style(role)._replace(whole=True)
        found = self.typesetter.fit_together(self._siblings(texts, role), style=style)
        return None if found is None or any(setting.split for setting in found) else found

    def _siblings(self, texts: Sequence[tuple[Text, Size]], role: Role) -> list[Sibling]:
        """Return texts as the typesetter sets them together."""
        return [
            Sibling(self.written(text, role), size, self.tongue(text), self.suited(role, text).leading)
            for text, size in texts
        ]

    def written(self, text: Text, role: Role) -> Copy:
        """Return a text as it is set in a role: in parts where it has emphasis."""
        if not (text.passages or text.beside):
            return text.value
        return tuple(map(self.part, self.runs(text, role, role.sizes[0])))

    def part(self, run: Run) -> Part:
        """Return a run as it is measured."""
        family = self.theme.font(major=run.major, mono=run.mono)
        scale = LEVEL_SIZE if run.level else run.share
        part = Part(run.text, family, run.bold, run.italic, scale, bool(run.href), second=run.share < 1)
        return part._replace(room=self._room(run.formula)) if run.formula else part

    def _room(self, formula: Formula) -> float:
        """Return the width that a formula takes in ems; programs that set decks draw it in a font of their own."""
        return drawn(formula).width * (1 + self.theme.spare * self.typesetter.flowing)

    def runs(self, text: Text, role: Role, size: float, slot: str = "") -> tuple[Run, ...]:
        """Return a text as runs, one for each stretch of it in a look of its own."""
        slot = slot or role.colour
        first = tuple(
            Run(
                each.text,
                size,
                slot,
                role.bold or each.strong,
                role.major,
                each.link,
                italic=each.emphasis,
                mono=self.theme.mono if each.code else "",
                level=each.level,
                underlined=bool(each.link),
                language=each.language,
                formula=each.formula,
            )
            for each in text.passages
        ) or (Run(text.value, size, slot, role.bold, role.major),)
        return (*first, second_run(text.beside, role, size, slot, self.theme)) if text.beside else first

    def natural_width(self, text: str | Text, role: Role) -> Length:
        """Return the width of `text` on one line at the role's full size."""
        wording = text if isinstance(text, str) else self.written(text, role)
        return self.typesetter.natural_width(
            wording, self.theme.family(role), role.bold, role.sizes[0], self.tongue(text)
        )

    def room(self, text: str | Text, role: Role) -> Length:
        """Return the width that `text` takes on one line at the role's full size, with what it keeps free."""
        return Length(math.ceil((self.natural_width(text, role) * SAFETY + 1) * (1 + self.theme.spare)))

    def one_line(self, text: Text, role: Role, width: Length) -> Setting | None:
        """Set `text` on one line at the largest size that leaves it room to spare in `width`; None if none does."""
        settings = (self.set(text, role, size, width) for size in role.sizes)
        fitting = (each for each in settings if each and len(each.lines) == 1)
        return next((each for each in fitting if each.width * (1 + self.theme.spare) <= width), None)

    def set(
        self, text: Text | None, role: Role, size: float, width: Length, *, heading: bool | None = None
    ) -> Setting | None:
        """Set `text` at one size of `role`; None if there is no text, or a word is wider than `width`.

        At the smallest size such a word is broken, with a hyphen where its language has one.
        What is bold or in the font of headings is a `heading` if nothing is said.
        """
        if text is None:
            return None
        heading = role.bold or role.major if heading is None else heading
        leading = self.suited(role, text).leading
        look = Look(self.theme.family(role), role.bold, size, leading, heading)
        breaking = size == role.sizes[-1]
        return self.typesetter.set(self.written(text, role), look, width, self.tongue(text), breaking=breaking)

    def held(self, paragraphs: Sequence[Paragraph], width: int) -> tuple[Paragraph, ...] | None:
        """Return the paragraphs of one box with lines that one width holds, None if they took more lines."""
        texts = [
            Copied(self.copied(each.runs), run.size, self.theme.font(major=run.major), run.bold, own)
            for each in paragraphs
            for run, own in [(each.runs[0], each.language or self.language)]
        ]
        settings = self.typesetter.set_together(texts, Length(width))
        if settings is None or any(len(a.lines) != len(b.lines) for a, b in zip(settings, paragraphs, strict=True)):
            return None
        return tuple(
            replace(each, lines=setting.lines, extent=setting.width, reach=setting.reach)
            for each, setting in zip(paragraphs, settings, strict=True)
        )

    def copied(self, runs: Sequence[Run]) -> Copy:
        """Return runs as they were set."""
        is_plain = len(runs) == 1 and not (
            runs[0].underlined or runs[0].italic or runs[0].mono or runs[0].level or runs[0].formula
        )
        return runs[0].text if is_plain else tuple(map(self.part, runs))

    def lead(self, elements: Iterable[str], size: str) -> Length:
        """Return what texts keep free beside them for signs of a size, with a gap; nothing if no element has one.

        Siblings keep it together, so that their texts stand in line.
        """
        room = self.theme.sign(size) + self.theme.sign("gap")
        return Length(room if any(element in self.icons for element in elements) else 0)

    def free_lead(self, texts: Sequence[tuple[Text, Size]], role: Role, size: str) -> Length:
        """Return what siblings in boxes keep free beside them for signs, nothing if their letters would suffer for it.

        They do if one of them would be set smaller or on more lines.
        """
        lead = self.lead((text.key.rpartition(".")[0] for text, _ in texts), size)
        if not lead:
            return lead
        full = self.fresh().fit_together(texts, role)
        less = self.fresh().fit_together([(text, Size(Length(w - lead), h)) for text, (w, h) in texts], role)
        return lead if alike([full], [less]) else Length(0)

    def sign(self, element: str, box: Box, slot: str, place: str = "") -> list[Sign]:
        """Return the sign of the element with a key, in the middle of `box` and in the colour `slot`, if it has one.

        The element's name must stand beside it. `place` says where, if the sign stands twice.
        """
        icon = self.icons.get(element)
        name = f"{element}.icon@{place}" if place else f"{element}.icon"
        return [Sign(name, icon, box, slot, of=element)] if icon else []

    def picture(self, element: str, box: Box, inset: Length = NOTHING, place: str = "") -> list[Picture]:
        """Return the image of the element with a key in `box`, if it has one.

        One that is seen whole keeps `inset` free to the edges of the box; one that covers it does not. `place` says
        where, if the image stands twice.
        """
        shown = self.images.get(element)
        if shown is None or shown.file.image is None:
            return []
        name = f"{element}.image@{place}" if place else f"{element}.image"
        whole = shown.manner is Fit.CONTAIN
        place_in = box.inset(inset) if whole else box
        crop = shown.focus or Focus()
        image, alt = shown.file.image, shown.alt
        return [Picture(name, image, place_in, alt.value, crop=crop, fit=shown.manner, told=alt.keys)]

    def at_floor(self, text: Text, role: Role, width: Length) -> Setting:
        """Return the text at the role's smallest size, on one line if a word is wider than the box."""
        size = role.sizes[-1]
        leading = points(round(size * self.suited(role, text).leading, 1))
        return self.set(text, role, size, width) or Setting(size, leading, (text.value,), width, leading)

    def refuse(self, text: Text, role: Role, size: Size, max_lines: int | None = None) -> None:
        """Report that `text`, or one of its words, is too long for a box of `size` at the smallest size of `role`."""
        style, lang = self.style(self.suited(role, text)), self.tongue(text)
        floor = style._replace(sizes=style.sizes[-1:])
        wide = self.set(text, role, role.sizes[-1], size.w) is None
        box, most = (Size(size.w, ENDLESS), None) if wide else (size, max_lines)

        def fits(value: str) -> bool:
            wording = self.written(text.reworded(value), role)
            found = self.typesetter.fit(wording, style=floor, box=box, lang=lang, max_lines=most)
            return found is not None

        word = self.typesetter.widest_word(self.written(text, role), style, lang) if wide else ""
        self.report(text, fits, word)

    def report(self, text: Text, fits: Callable[[str], bool] | None = None, word: str = "") -> None:
        """Add the problem that `text` is too long, or the `word` in it; `fits` tells whether what is shorter is not.

        How many letters there are too many is measured only of what is told in the end, by `in_letters`.
        """
        what = f"is too long for its place: “{_shown(text.value)}”"
        found = TEXT_OVERFLOW.at(what, text.span, hints=("use a shorter word" if word else "shorten the text",))
        found = replace(found, place=OfText(text.key), cause=text.key)
        if fits:
            found = replace(found, excess=len(self.measures) + 1)  # until then, what tells it from others of the text
            self.measures[found] = _Excess(word or text.value, fits, word)
        self.problems.append(found)

    def in_letters(self, problem: Diagnostic) -> Diagnostic:
        """Return a problem with the number of letters that are too many, if it is one of a text that is measured."""
        excess = self.measures.get(problem)
        return replace(problem, what=excess.said, excess=excess.letters) if excess else problem

    def paragraph(
        self,
        text: Text,
        setting: Setting,
        role: Role,
        slot: str = "",
        *,
        align: str = "l",
        before: float = 0.0,
    ) -> Paragraph:
        """Return one paragraph, of one run if the text has no emphasis."""
        self.used[role.name] = min(setting.size_pt, self.used.get(role.name, setting.size_pt))
        runs = self.runs(text, role, setting.size_pt, slot)
        shown = marked([without_soft(run.text) for run in runs], setting.marks)
        runs = tuple(
            replace(run, text=seen) if seen != run.text else run for run, seen in zip(runs, shown, strict=True)
        )
        leading, width, reach = setting.leading.pt, setting.width, setting.reach
        made = Paragraph(runs, setting.lines, leading, align, before, width, reach, keys=text.keys)
        return replace(made, language=text.language) if text.language else made


def alike(one: Sequence[Sequence[Setting | None]], other: Sequence[Sequence[Setting | None]]) -> bool:
    """Tell whether texts are set in the same sizes and on as many lines, so that what one leaves free costs nothing."""
    found = [[each and (each.size_pt, len(each.lines)) for row in rows for each in row] for rows in (one, other)]
    return found[0] == found[1]


def _shown(text: str) -> str:
    """Return a text as a finding quotes it."""
    return text if len(text) <= LONGEST_SHOWN else f"{text[: LONGEST_SHOWN - 1]}…"
