"""Themes: from YAML to a design, or every reason why it is none."""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import replace
from difflib import get_close_matches
from itertools import product
from typing import Any

from conceptdeck.reading import excerpts, source
from conceptdeck.values import characters
from conceptdeck.values.colour import blend, contrast
from conceptdeck.values.diagnostics import Diagnostic, Failure, Span
from conceptdeck.values.theme import (
    ACCENTS,
    COLOURS,
    FIRST_INDEX,
    FURNITURE,
    SLOTS,
    FontFiles,
    Layout,
    Pictures,
    PlaceholderSpec,
    Role,
    ScriptFont,
    Theme,
)
from conceptdeck.values.units import Box, Size, inches, pixels

__all__ = ["load_theme"]

COLOUR = re.compile(r"[0-9A-Fa-f]{6}")


FONT_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9 \-]{0,63}")


FONT_FILE = re.compile(r"[a-z0-9\-]+/[A-Za-z0-9\-]+\.(?:ttf|otf)")  # below the font folder


FONT_OF_PACKAGE = re.compile(r"[a-z][a-z0-9_]*/[A-Za-z0-9\-]+\.(?:ttf|otf|ttc)(?:#[0-9])?")


PLACEHOLDERS = ("title", "ctrTitle", "subTitle", "body", "tbl", "dt", "ftr", "sldNum")  # of ST_PlaceholderType


ANCHORS, ALIGNS, FACES = ("t", "ctr", "b"), ("l", "ctr", "r"), ("major", "minor")


SCRIPT_SLOTS = ("ea", "cs")  # East Asian and complex scripts, as Office divides them


KEYS = (
    "extends", "name", "dark", "contrast", "colours", "fonts", "size", "grid", "scale", "roles", "strokes", "tints",
    "layouts", "accents", "furniture", "rings", "families", "fallbacks", "scripts", "talk", "opposite", "pictures",
    "handout", "spare",
)  # fmt: skip


LARGEST = 1000  # inches or points


READABLE = 4.5  # WCAG 2.2, 1.4.3: contrast of normal text; a theme may promise more


HIGHEST = 21  # black on white


FILLING = ("active", "soft")  # the tints that areas are filled with; the others are of lines


def load_theme(key: str, read: Callable[[str], str], *, spacious: bool = False) -> Theme:
    """Return the theme called `key`; `read` gives the text of `<name>.yaml`.

    A `spacious` theme takes what its `talk` part says: larger type for slides that show less.

    Raises Failure with every reason why the theme cannot be used.
    """
    tree = _merged(key, read)
    talk = tree.pop("talk", None)
    if spacious and talk:
        tree = _overlay(tree, talk)
    reader = _Reader(tree)
    theme = reader.theme(key)
    reader.check_accents(theme)
    reader.check_tints(theme)
    if reader.problems:
        raise Failure(reader.problems)
    if failing := _unreadable(theme):
        raise Failure(failing)
    return theme


def _unreadable(theme: Theme) -> list[Diagnostic]:
    """Return a diagnostic for each text colour that is too close to a ground it may stand on."""
    texts = ["ink", "secondary", *(f"accent{i + 1}" for i in range(ACCENTS))]
    palettes = [(True, theme.palette(dark=True)), (False, theme.palette(dark=False))]
    pairs = [(*each, text, ground) for each in palettes for text in texts for ground in ("page", "card")]
    found = []
    for dark, palette, text, ground in pairs:
        ratio = contrast(palette[text], palette[ground])
        if ratio < theme.readable:
            hint = f"make {text} {'lighter' if dark else 'darker'}"
            found.append(_too_close(theme, f"{text} on {ground}", ratio, hint))
    return found + [each for _, palette in palettes for each in _unreadable_tints(theme, palette)]


def _unreadable_tints(theme: Theme, palette: Mapping[str, str]) -> Iterator[Diagnostic]:
    """Yield a diagnostic for each tint of an accent that is too close to the ink that may stand on it."""
    for name in FILLING:
        for accent, ground in product((f"accent{i + 1}" for i in range(ACCENTS)), ("page", "card")):
            tint = blend(palette[accent], palette[ground], theme.tints.get(name, 0.0))
            ratio = contrast(palette["ink"], tint)
            if ratio < theme.readable:
                what = f"ink on the tint `{name}` of {accent} over {ground}"
                yield _too_close(theme, what, ratio, f"make the tint `{name}` fainter")


def _too_close(theme: Theme, what: str, ratio: float, hint: str) -> Diagnostic:
    message = f"{what} has a contrast of {ratio:.2f}:1, text needs {theme.readable:g}:1"
    return Diagnostic("low-contrast", message, Span(f"{theme.key}.yaml"), hints=(hint,))


class _Tree(dict[str, Any]):
    """A mapping of a theme that knows its place: asking for what is not there is a finding."""

    def __init__(self, entries: Mapping[str, Any], span: Span) -> None:
        super().__init__(entries)
        self.span = span

    def __missing__(self, key: str) -> Any:
        raise Failure([Diagnostic("missing-key", f"the theme says no `{key}` here", self.span)])


class _List(list[Any]):
    """A list of a theme that knows its place."""

    def __init__(self, items: Iterable[Any], span: Span) -> None:
        super().__init__(items)
        self.span = span


def _kind(value: object) -> str:
    return "a mapping" if isinstance(value, _Tree) else "a list" if isinstance(value, _List) else "text"


def _merged(key: str, read: Callable[[str], str], seen: tuple[str, ...] = ()) -> _Tree:
    """Return the theme's tree laid over the one that it extends."""
    name = f"{key}.yaml"
    text = read(name)
    node, problems = source.parse(text, name)
    if problems or node is None:
        raise Failure(excerpts.with_excerpts(problems, {name: text}))
    tree = _plain(node)
    if not isinstance(tree, _Tree):
        raise Failure([Diagnostic("wrong-kind", "a theme is a mapping", node.span)])
    if isinstance(node, source.Mapping) and (
        unknown := [_unknown_key(k) for k, _ in node.entries if k.value not in KEYS]
    ):
        raise Failure(excerpts.with_excerpts(unknown, {name: text}))
    parent = tree.pop("extends", None)
    if parent is None:
        return tree
    if not isinstance(parent, source.Scalar):
        raise Failure([Diagnostic("wrong-kind", "`extends` is the name of a theme", parent.span)])
    if parent.value in (*seen, key):
        raise Failure([Diagnostic("theme-cycle", f"`{key}` extends itself", parent.span)])
    return _overlay(_merged(parent.value, read, (*seen, key)), tree)


def _unknown_key(key: source.Scalar) -> Diagnostic:
    close = get_close_matches(key.value, KEYS, n=1)
    hints = (f"did you mean `{close[0]}`?" if close else f"valid: {', '.join(KEYS)}",)
    return Diagnostic("unknown-key", f"{characters.quoted(key.value)} is not a key of a theme", key.span, hints=hints)


def _plain(node: source.Node) -> Any:
    """Return the node as trees and lists of scalars."""
    if isinstance(node, source.Mapping):
        return _Tree({name.value: _plain(value) for name, value in node.entries}, node.span)
    if isinstance(node, source.Sequence):
        return _List((_plain(item) for item in node.items), node.span)
    return node


def _overlay(below: _Tree, above: _Tree) -> _Tree:
    merged = _Tree(below, above.span)
    for name, value in above.items():
        old = merged.get(name)
        if old is not None and _kind(old) != _kind(value):
            message = f"`{name}` must be {_kind(old)}, but is {_kind(value)}"
            raise Failure([Diagnostic("wrong-kind", message, value.span)])
        merged[name] = _overlay(old, value) if isinstance(old, _Tree) and isinstance(value, _Tree) else value
    return merged


def _in_points(role: Role) -> Role:
    return replace(role, sizes=tuple(pixels(size).pt for size in role.sizes))


class _Reader:
    """Turn the tree of a theme into values, collecting what is wrong with it."""

    def __init__(self, tree: _Tree) -> None:
        self.tree = tree
        self.problems: list[Diagnostic] = []

    def theme(self, key: str) -> Theme:
        tree = self.tree
        scale = self.numbers(tree["scale"])
        fonts = {name: self.font(scalar) for name, scalar in tree["fonts"].items()}
        roles = {name: self.role(name, spec, scale) for name, spec in tree["roles"].items()}
        top, bottom = self.numbers(tree["grid"].pop("content"), 2)
        width, height = self.numbers(tree["size"], 2)
        furniture = {
            name: self.placeholder(name, index, tree["furniture"][name], roles) for name, index in FURNITURE.items()
        }
        return Theme(
            key=key,
            name=self.word(tree["name"]),
            dark=self.flag(tree["dark"]),
            colours=self.colours(tree["colours"]),
            opposite=self.colours(tree["opposite"]),
            readable=self.readable(tree.get("contrast")),
            major=fonts["major"],
            minor=fonts["minor"],
            size=Size(inches(width), inches(height)),
            roles=roles,
            layouts={name: self.layout(name, spec, roles) for name, spec in tree["layouts"].items()},
            furniture=furniture,
            rail=self.mapping(tree["furniture"]["rail"]),
            rings=(self.number(tree["rings"]["outer"]), self.number(tree["rings"]["inner"])),
            strokes=self.mapping(tree["strokes"]),
            tints=self.mapping(tree["tints"]),
            grid=self.mapping(tree["grid"]),
            spare=self.number(tree["spare"]),
            content=(inches(top), inches(bottom)),
            goal=int(self.number(tree["accents"]["goal"])),
            others=tuple(int(n) for n in self.numbers(tree["accents"]["others"])),
            families=tuple(self.font_files(name, spec) for name, spec in tree["families"].items()),
            fallbacks=tuple(self.word(name, tree["families"]) for name in tree["fallbacks"]),
            scripts=tuple(self.script_font(name, spec) for name, spec in tree["scripts"].items()),
            pictures=self.pictures(tree["pictures"]),
            handout=self.handout(tree["handout"]),
        )

    def pictures(self, spec: _Tree) -> Pictures:
        """Return the look of pictures, whose type sizes are given in CSS pixels."""
        scale = self.numbers(spec["scale"])
        roles = {name: _in_points(self.role(name, each, scale)) for name, each in spec["roles"].items()}
        return Pictures(roles, self.mapping(spec["lengths"]))

    def handout(self, spec: _Tree) -> Pictures:
        """Return the look of hand-outs, where everything is in points."""
        scale = self.numbers(spec["scale"])
        roles = {name: self.role(name, each, scale) for name, each in spec["roles"].items()}
        return Pictures(roles, self.mapping(spec["lengths"]))

    def layout(self, key: str, spec: _Tree, roles: Mapping[str, Role]) -> Layout:
        placeholders: dict[str, PlaceholderSpec] = {}
        for index, (name, each) in enumerate(spec["placeholders"].items(), start=FIRST_INDEX):
            found = self.placeholder(name, index, each, roles)
            first = all(other.type != found.type for other in placeholders.values())
            placeholders[name] = replace(found, first=first)
        boxes = {name: self.box(value) for name, value in spec.get("boxes", {}).items()}
        return Layout(key, self.word(spec["name"]), placeholders, boxes, self.mapping(spec.get("lengths", {})))

    def placeholder(self, name: str, idx: int, spec: _Tree, roles: Mapping[str, Role]) -> PlaceholderSpec:
        role = roles[self.word(spec["role"], roles)]
        return PlaceholderSpec(
            name=name,
            type=self.word(spec["type"], PLACEHOLDERS),
            idx=idx,
            role=role,
            colour=self.word(spec["colour"], COLOURS) if "colour" in spec else role.colour,
            box=self.box(spec["box"]),
            anchor=self.word(spec["anchor"], ANCHORS) if "anchor" in spec else "t",
            align=self.word(spec["align"], ALIGNS) if "align" in spec else "l",
            prompt=self.word(spec["prompt"]) if "prompt" in spec else "",
        )

    def role(self, name: str, spec: _Tree, scale: list[float]) -> Role:
        size, floor = self.number(spec["size"]), self.number(spec["floor"])
        steps = sorted({s for s in scale if floor <= s < size} | {size, min(size, floor)}, reverse=True)
        return Role(
            name=name,
            major=self.word(spec["face"], FACES) == "major",
            bold="bold" in spec and self.flag(spec["bold"]),
            sizes=tuple(steps),
            leading=self.number(spec["leading"]),
            colour=self.word(spec["colour"], COLOURS),
            avoid_orphans="orphans" in spec,
            single="single" in spec and self.flag(spec["single"]),
        )

    def script_font(self, name: str, spec: _Tree) -> ScriptFont:
        """Return the font of a script."""
        return ScriptFont(
            script=name,
            slot=self.word(spec["slot"], SCRIPT_SLOTS),
            name=self.font_name(spec["font"]),
            measure=self.word(spec["measure"], self.tree["families"]) if "measure" in spec else "",
            leading=self.number(spec["leading"]) if "leading" in spec else 1.0,
            plain="plain" in spec and self.flag(spec["plain"]),
        )

    def colours(self, spec: _Tree) -> dict[str, str]:
        found = {slot: self.colour(spec[slot]) for slot in SLOTS}
        if len(spec["accents"]) != ACCENTS:
            raise Failure([Diagnostic("wrong-kind", f"a theme has {ACCENTS} accents", spec["accents"].span)])
        return found | {f"accent{i}": self.colour(c) for i, c in enumerate(spec["accents"], start=1)}

    def colour(self, scalar: source.Scalar) -> str:
        if not COLOUR.fullmatch(self.word(scalar)):
            self.refuse("bad-colour", f"`{scalar.value}` is not a colour", scalar, "write six hexadecimal digits")
            return "0" * 6
        return scalar.value.upper()

    def readable(self, scalar: source.Scalar | None) -> float:
        """Return the contrast that the theme promises for its texts: at least that of WCAG's level AA."""
        wanted = READABLE if scalar is None else self.number(scalar)
        if not READABLE <= wanted <= HIGHEST:
            message = f"a contrast of {wanted:g}:1 cannot be promised"
            self.refuse("bad-contrast", message, scalar, f"write a number from {READABLE} to {HIGHEST}")
        return wanted

    def font(self, scalar: source.Scalar) -> str:
        if self.font_name(scalar) and scalar.value not in self.tree["families"]:
            message = f"no face that measures `{scalar.value}` is known"
            self.refuse("unknown-font", message, scalar, f"use one of {', '.join(self.tree['families'])}")
        return scalar.value

    def font_name(self, scalar: source.Scalar) -> str:
        """Return the name of a font, empty if it is none."""
        if FONT_NAME.fullmatch(self.word(scalar)):
            return scalar.value
        message = f"{characters.quoted(scalar.value)} is not a font name"
        self.refuse("bad-font-name", message, scalar, "use letters, digits, spaces and hyphens only")
        return ""

    def font_files(self, name: str, spec: _Tree) -> FontFiles:
        """Return the files of a family."""
        outlines = spec.get("outlines")
        if outlines is not None and not FONT_OF_PACKAGE.fullmatch(self.word(outlines)):
            message = f"{characters.quoted(outlines.value)} is not a font in a package"
            self.refuse("bad-font-file", message, outlines, "write package/Name.ttc#0")
        regular, bold = self.font_file(spec["regular"]), self.font_file(spec["bold"])
        return FontFiles(name, regular, bold, self.instead(spec), outlines.value if outlines is not None else "")

    def instead(self, spec: _Tree) -> tuple[str, ...]:
        """Return the families that may take a family's place, if it names any."""
        names = spec.get("instead", ())
        return tuple(self.font_name(name) for name in names)

    def font_file(self, scalar: source.Scalar) -> str:
        """Return the path of a font below the font folder."""
        if not FONT_FILE.fullmatch(self.word(scalar)):
            message = f"{characters.quoted(scalar.value)} is not a font file of the font folder"
            self.refuse("bad-font-file", message, scalar, "write folder/Name.ttf")
        return scalar.value

    def word(self, scalar: Any, known: Collection[str] = ()) -> str:
        """Return a text, one of `known` if there are any; nothing can be made of another one."""
        if not isinstance(scalar, source.Scalar):
            raise Failure([Diagnostic("wrong-kind", f"a text is meant here, not {_kind(scalar)}", scalar.span)])
        if known and scalar.value not in known:
            hints = (f"write one of {', '.join(known)}",)
            message = f"{characters.quoted(scalar.value)} is not known here"
            raise Failure([*self.problems, Diagnostic("bad-choice", message, scalar.span, hints=hints)])
        return scalar.value

    def check_accents(self, theme: Theme) -> None:
        """Report numbers of accents that there are not."""
        spec = self.tree["accents"]
        for number, scalar in zip((theme.goal, *theme.others), (spec["goal"], *spec["others"]), strict=True):
            if not 1 <= number <= ACCENTS:
                self.refuse("bad-accent", f"there is no accent {number}", scalar, f"write a number from 1 to {ACCENTS}")

    def check_tints(self, theme: Theme) -> None:
        """Report tints that are no share of a colour."""
        for name, tint in theme.tints.items():
            if not 0 <= tint <= 1:
                scalar = self.tree["tints"][name]
                self.refuse("bad-number", f"the tint `{name}` of {tint:g} is no share", scalar, "write 0 to 1")

    def box(self, values: _List) -> Box:
        return Box(*(inches(value) for value in self.numbers(values, 4)))

    def mapping(self, spec: _Tree) -> dict[str, float]:
        return {name: self.number(value) for name, value in spec.items()}

    def numbers(self, values: Any, count: int = 0) -> list[float]:
        """Return a list of numbers, `count` of them if that is given."""
        if not isinstance(values, _List) or (count and len(values) != count):
            wanted = f"a list of {count or 'some'} numbers is meant here"
            raise Failure([Diagnostic("wrong-kind", wanted, values.span)])
        return [self.number(value) for value in values]

    def number(self, scalar: source.Scalar) -> float:
        """Return a number of a size that a slide can have a use for."""
        try:
            found = float(scalar.value)
        except (ValueError, AttributeError):
            found = math.nan
        if not abs(found) <= LARGEST:
            self.refuse("bad-number", f"a number up to {LARGEST:,} is meant here", scalar)
            return 1.0
        return found

    def flag(self, scalar: source.Scalar) -> bool:
        if self.word(scalar) not in ("true", "false"):
            self.refuse("bad-flag", f"`{scalar.value}` is neither true nor false", scalar)
        return scalar.value == "true"

    def refuse(self, code: str, message: str, at: object, hint: str = "") -> None:
        span = getattr(at, "span", Span())
        self.problems.append(Diagnostic(code, message, span, hints=(hint,) if hint else ()))
