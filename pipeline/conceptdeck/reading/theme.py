"""Themes: from YAML to a design, or every reason why it is none.

A theme is laid over the one that it extends; what it lacks then, and every mistake in any of the files, is reported
where it was written. What each part of a theme may hold is said in `design`.

Codes of this module, all errors, besides those of `fields` and of the patterns in `design`:

====================  ====================================================================
theme-cycle           a theme that extends itself, be it by others
long-chain            more than `MAX_LAYERS` themes that extend each other
low-contrast          a text too close to the ground that it may stand on
====================  ====================================================================
"""

from __future__ import annotations

import re
from collections import abc
from collections.abc import Callable, Collection, Iterable, Iterator
from contextlib import suppress
from dataclasses import field, replace
from functools import reduce
from itertools import product
from typing import Any

from conceptdeck.reading import source
from conceptdeck.reading.design import Design, Look, Palette, SlideSize
from conceptdeck.reading.excerpts import SourceText, with_excerpts
from conceptdeck.reading.fields import At, FieldReader, kind_of
from conceptdeck.reading.findings import Findings, TooManyMistakes
from conceptdeck.reading.look import theme_of
from conceptdeck.reading.rules import BAD_COLOUR, LONG_CHAIN, LOW_CONTRAST, NO_ROOM, THEME_CYCLE, WRONG_KIND
from conceptdeck.reading.schema import Pattern, schema
from conceptdeck.reading.source import Mapping, Node, Scalar, Sequence
from conceptdeck.values.characters import is_blank, quoted
from conceptdeck.values.colour import blend, contrast, nearest, plain
from conceptdeck.values.diagnostics import Diagnostic, Failure, Span
from conceptdeck.values.theme import ACCENTS, FontFiles, Theme
from conceptdeck.values.value import mutable

__all__ = ["Vocabulary", "load_theme", "vocabulary"]

NONE: abc.Mapping[str, FontFiles] = {}
LEAST_ROOM = 1 / 3  # of the width and of the height of a slide
NEAR = 0.01  # inches
MAX_LAYERS = 16  # themes that extend each other; two or three are common
BASE = "base.yaml"
Vocabulary = dict[str, Any]  # each name with the names below it
FILLING = ("active", "soft", "panel")  # the tints that areas are filled with; the others are of lines


def load_theme(
    key: str,
    read: Callable[[str], SourceText],
    base: SourceText | None = None,
    *,
    spacious: bool = False,
    own: abc.Mapping[str, FontFiles] = NONE,
    size: str = "",
) -> Theme:
    """Return the theme called `key`; `read` gives the text of `<name>.yaml`.

    `base` is the theme that has all the names which a theme may use; `read` gives it if it is None. A `spacious` theme
    takes what its `talk` part says: larger type for slides that show less. It may name the families of `own` fonts,
    which stand before those of the base, but not before those that the theme itself has files for. A
    `size`, by name, stands for the theme's own.

    Raises Failure with every reason why the theme cannot be used.
    """
    layers = _layers(key, read)
    tree = reduce(_overlay, reversed(layers.trees)) if layers.trees else Mapping((), Span(layers.path))
    tree = _without(tree, "extends")
    talk = _at(tree, "talk")
    if spacious and isinstance(talk, Mapping):
        tree = _overlay(_without(tree, "talk"), talk)
    if size:
        tree = _overlay(tree, Mapping(((Scalar("size", Span()), Scalar(size, Span())),), tree.span))
    findings = Findings(layers.path, list(layers.problems))
    design = None
    with suppress(TooManyMistakes):
        reader = _Reader(findings, tree, _vocabulary(base or read(BASE), layers), own, partial=not layers.complete)
        design = reader.record(tree, Design, "", Scalar("the theme", tree.span))
    if design is not None and layers.complete:
        findings.found += (*_unreadable(design, tree), *_roomless(design, tree))
    if findings.found or design is None:
        raise Failure(with_excerpts(findings.sorted(), layers.texts))
    return theme_of(key, design, {name: each for name, each in own.items() if name not in _declared(layers)})


def _declared(layers: _Layers) -> Collection[str]:
    """Return the families that a theme has files for, and those that it extends, but for the shipped base."""
    trees = (tree for tree in layers.trees if re.split(r"[/\\]", tree.span.path)[-1] != BASE)
    return {name for tree in trees for name in _names(_at(tree, "families") or Mapping((), tree.span))}


# Layers -----------------------------------------------------------------------------------------------------


@mutable
class _Layers:
    """The files of a theme: its own first, then the one that it extends, and so on."""

    path: str = ""
    trees: list[Mapping] = field(default_factory=list)
    texts: dict[str, str] = field(default_factory=dict)
    problems: list[Diagnostic] = field(default_factory=list)
    complete: bool = False


def _layers(key: str, read: Callable[[str], SourceText]) -> _Layers:
    """Return the files of a theme, as far as they can be read."""
    layers = _Layers()
    names = [key]
    asked: Scalar | None = None
    while True:
        try:
            tree = _tree(read(f"{names[-1]}.yaml"), layers)
        except Failure as failure:
            if asked is None:
                raise
            layers.problems += [_placed(each, asked) for each in failure.diagnostics]
            return layers
        parent = _at(tree, "extends") if tree else None
        if tree is None or parent is None:
            layers.complete = tree is not None
            return layers
        asked = _parent(parent, names, layers)
        if asked is None:
            return layers
        names.append(asked.value)


def _tree(text: SourceText, layers: _Layers) -> Mapping | None:
    """Add the tree of one file to the layers; None if it is no mapping."""
    layers.path = layers.path or text.path
    layers.texts[text.path] = text.text
    node, problems = source.parse(text.text, text.path)
    layers.problems += problems
    if isinstance(node, Mapping):
        layers.trees.append(node)
        return node
    if node is not None:
        message = f"a theme must be a mapping, but is {kind_of(node)}"
        layers.problems.append(WRONG_KIND.at(message, node.span, hints=["start with `extends: base`"]))
    return None


def _parent(node: Node, names: list[str], layers: _Layers) -> Scalar | None:
    """Return the name of the theme that the last one extends, or None if there is no way on."""
    if not isinstance(node, Scalar) or is_blank(node.value):
        message = f"`extends` must be the name of a theme, but is {kind_of(node)}"
        layers.problems.append(WRONG_KIND.at(message, node.span, hints=["write `base`, or the name of another theme"]))
    elif node.value in names:
        way = " → ".join(quoted(name) for name in (*names[names.index(node.value) :], node.value))
        message = f"the theme {quoted(node.value)} extends itself"
        notes = [way] if len(names) > 1 else []
        layers.problems.append(THEME_CYCLE.at(message, node.span, notes=notes, hints=["extend `base` instead"]))
    elif len(names) >= MAX_LAYERS:
        message = f"more than {MAX_LAYERS} themes extend each other"
        hint = "extend `base`, and copy what the themes between say"
        layers.problems.append(LONG_CHAIN.at(message, node.span, hints=[hint]))
    else:
        return node
    return None


def _placed(problem: Diagnostic, asked: Scalar) -> Diagnostic:
    """Return a problem at the place that asked for the file, if it has none of its own."""
    return problem if problem.span.path else replace(problem, span=asked.span)


def _overlay(below: Mapping, above: Mapping) -> Mapping:
    """Return a mapping with the entries of `below`, changed and added to by those of `above`."""
    merged = {key.value: (key, value) for key, value in below.entries}
    for key, value in above.entries:
        _, old = merged.get(key.value, (key, None))
        both = isinstance(old, Mapping) and isinstance(value, Mapping)
        merged[key.value] = (key, _overlay(old, value) if both else value)  # type: ignore[arg-type]
    return Mapping(tuple(merged.values()), above.span)


def _without(tree: Mapping, name: str) -> Mapping:
    """Return a mapping without one of its keys."""
    return replace(tree, entries=tuple(each for each in tree.entries if each[0].value != name))


def _at(node: Node | None, *path: str | int) -> Node | None:
    """Return what stands at a path of names and numbers, None if nothing does."""
    for step in path:
        if isinstance(node, Mapping):
            node = next((value for key, value in node.entries if key.value == step), None)
        else:
            node = node.items[step] if isinstance(node, Sequence) and isinstance(step, int) else None
    return node


# Names ------------------------------------------------------------------------------------------------------


def vocabulary(base: SourceText) -> Vocabulary:
    """Return the names that a theme has; raises Failure if it cannot be read."""
    return _vocabulary(base, _Layers())


def _vocabulary(base: SourceText, layers: _Layers) -> Vocabulary:
    """Return the names that `base` has, without parsing it again if a layer is the same file."""
    if layers.trees and layers.texts.get(base.path) == base.text and layers.trees[-1].span.path == base.path:
        return _names(layers.trees[-1])
    node, problems = source.parse(base.text, base.path)
    if node is None:
        raise Failure(with_excerpts((*layers.problems, *problems), layers.texts | {base.path: base.text}))
    return _names(node)


def _names(node: Node) -> Vocabulary:
    """Return the names in a tree."""
    return {key.value: _names(value) for key, value in node.entries} if isinstance(node, Mapping) else {}


class _Reader(FieldReader):
    """Read a theme whose layers are merged."""

    def __init__(
        self,
        findings: Findings,
        tree: Mapping,
        vocabulary: Vocabulary,
        own: abc.Mapping[str, FontFiles] = NONE,
        *,
        partial: bool,
    ) -> None:
        """Know the names of the base, of the theme's own families, and of those of `own` fonts."""
        super().__init__(findings, partial=partial)
        self.tree = tree
        self.vocabulary = vocabulary
        self.own = own
        there = _names(_at(tree, "families") or Mapping((), tree.span)) or vocabulary.get("families", {})
        self.families = {**there, **{name: {} for name in own}} if own else there
        self.leaves |= {Look: self._talk, SlideSize: self._size}

    def known(self, path: str) -> Collection[str] | None:
        """Return the names that the mapping at a path may have: those of the base, but for families."""
        if path == "families":
            return self.families
        *around, last = path.split(".")
        names: Vocabulary | None = self.vocabulary
        for each in around:
            names = names.get(each) if names is not None else None
        return names.get(last, {}) if names is not None else None

    def _size(self, node: Node, at: At) -> list[float]:
        """Return the width and the height of slides, in inches."""
        if isinstance(node, Scalar) and is_blank(node.value):
            self.not_text(node, at, "a name of `sizes`, or [width, height]")
            return []
        if isinstance(node, Scalar):
            sizes = _at(self.tree, "sizes")
            named = _at(sizes, node.value)
            if named is None:
                names = [key.value for key, _ in sizes.entries] if isinstance(sizes, Mapping) else []
                self.bad_choice(node, at, names)
                return []
            node = named
        found: list[float] = self.elements(node, replace(at, field=schema(Look)["canvas"]))
        return found

    def not_text(self, node: Node, at: At, meant: str) -> None:
        """Report a value that is no text; a colour may have become a comment."""
        rule = at.field.rule
        is_colour = isinstance(rule, Pattern) and rule.finding is BAD_COLOUR
        super().not_text(node, at, f"{meant}, in quotes if it begins with `#`" if is_colour else meant)

    def _talk(self, node: Node, at: At) -> Look | None:
        """Return what changes for a talk; it lacks nothing, since it is laid over the rest."""
        if not isinstance(node, Mapping):
            self.wrong_kind(node, at, "a mapping with what changes for a talk")
            return None
        reader = _Reader(self.findings, self.tree, self.vocabulary, self.own, partial=True)
        found: Look = reader.record(node, Look, "", at.key)
        return found


# Room -------------------------------------------------------------------------------------------------------


def _roomless(design: Design, tree: Mapping) -> Iterator[Diagnostic]:
    """Yield a diagnostic if a template leaves too little room for slides, or none within them."""
    if design.template is None or not design.size:
        return
    left, top, width, height = design.template.area.content
    (wide, high), place = design.size, _at(tree, "template", "area", "content")
    outside = left + width > wide + NEAR or top + height > high + NEAR
    if outside or width < LEAST_ROOM * wide or height < LEAST_ROOM * high:
        message = f"`content` is {width:g} × {height:g} inches of a slide of {wide:g} × {high:g}"
        hint = "let it be at least a third of both, within the slide, or take another layout"
        yield NO_ROOM.at(message, place.span if place else Span(), hints=[hint])


# Contrast ---------------------------------------------------------------------------------------------------


def _unreadable(design: Design, tree: Mapping) -> Iterator[Diagnostic]:
    """Yield a diagnostic for each text colour that is too close to a ground it may stand on."""
    if not design.contrast:  # it was reported
        return
    for name, palette in (("colours", design.colours), ("opposite", design.opposite)):
        dark = design.dark is (name == "colours")
        colours = _colours(palette)
        unread = _unread(design)
        for text, ground in product(colours, ("page", "card")):
            if (
                text in ("page", "card", *unread)
                or (ratio := contrast(colours[text], colours[ground])) >= design.contrast
            ):
                continue
            near = nearest(colours[text], (colours["page"], colours["card"]), design.contrast)
            hint = f"make {text} {'lighter' if dark else 'darker'}"
            hint = f"the nearest colour that passes: #{near}" if near else hint
            place = (name, "accents", int(text[-1]) - 1) if text.startswith("accent") else (name, text)
            yield _too_close(f"{text} on {ground}", ratio, design.contrast, _at(tree, *place), hint)
        if colours and min(contrast(colours["ink"], colours[ground]) for ground in ("page", "card")) >= design.contrast:
            read = {slot: colour for slot, colour in colours.items() if slot not in unread}
            yield from _unreadable_tints(design, name, read, tree)


def _unread(design: Design) -> frozenset[str]:
    """Return the slots of the accents in which nothing is read."""
    numbers = getattr(design.accents, "decorative", None) or ()  # there are none if they cannot be read
    return frozenset(f"accent{number:g}" for number in numbers if number)


def _unreadable_tints(design: Design, palette: str, colours: dict[str, str], tree: Mapping) -> Iterator[Diagnostic]:
    """Yield a diagnostic for each tint of an accent that is too close to the ink that may stand on it.

    It is placed where the theme's own file has a part in it: at the tint, the accent or the ink.
    """
    tints = [(name, share) for name in FILLING if (share := (design.tints or {}).get(name)) is not None and share < 1]
    accents = [name for name in colours if name.startswith("accent")]
    for (name, share), accent, ground in product(tints, accents, ("page", "card")):
        ratio = contrast(colours["ink"], blend(colours[accent], colours[ground], share))
        if ratio < design.contrast:
            what = f"ink on the tint `{name}` of {accent} over {ground}"
            number = int(accent[-1]) - 1
            parts = [_at(tree, *path) for path in (("tints", name), (palette, "accents", number), (palette, "ink"))]
            place = next((each for each in parts if each and each.span.path == tree.span.path), parts[0])
            yield _too_close(what, ratio, design.contrast, place, f"make the tint `{name}` fainter")


def _colours(palette: Palette | None) -> dict[str, str]:
    """Return the colours of a palette by slot, none if one cannot be read."""
    accents: Iterable[str | None] = palette.accents or () if palette else ()
    found = {f"accent{number}": colour for number, colour in enumerate(accents, start=1)}
    if palette is None or len(found) != ACCENTS:
        return {}
    slots = {"page": palette.page, "card": palette.card, "ink": palette.ink, "secondary": palette.secondary, **found}
    return {slot: plain(colour) for slot, colour in slots.items() if colour} if all(slots.values()) else {}


def _too_close(what: str, ratio: float, wanted: float, place: Node | None, hint: str) -> Diagnostic:
    """Return the finding that two colours are not apart enough."""
    message = f"{what} has a contrast of {ratio:.2f}:1, text needs {wanted:g}:1"
    return LOW_CONTRAST.at(message, place.span if place else Span(), hints=[hint])
