"""An SVG document becomes an image, or the reason why it cannot be shown the same, and safely, by every program.

It is handed on as it is. So what would run, load something, move or need a font is refused, and so is what makes few
elements many.
"""

from __future__ import annotations

from collections.abc import Mapping
from math import inf

from conceptdeck.reading.drawings import SVG, DrawingReader, Unfit
from conceptdeck.reading.paths import BadPath, numbers_in
from conceptdeck.values.characters import quoted
from conceptdeck.values.image import Image, Media
from conceptdeck.values.regex import regex

__all__ = ["LARGEST", "NotAnImage", "drawing_of"]

LARGEST = 2_000_000  # bytes of a file
MOST_ELEMENTS = 20_000
MOST_DRAWN = 200_000  # elements, each as often as it is used
DEEPEST = 60
KNOWN = ("http://www.w3.org/1999/xlink", "http://www.w3.org/XML/1998/namespace")
RUNNING = frozenset({"script", "foreignObject", "handler", "listener", "iframe", "object", "embed", "audio", "video"})
MOVING = frozenset({"animate", "animateColor", "animateMotion", "animateTransform", "set", "discard"})
WORDS = frozenset({"text", "tspan", "textPath", "tref", "font", "font-face", "flowRoot"})
ELSEWHERE = regex(r"""url\(\s*["']?\s*(?!#)|@import|expression\s*\(|javascript:""")
OWN_PART = regex(r"""url\(\s*["']?\s*#([^"')\s]+)""")
EMBEDDED = regex(r"data:image/(png|jpeg);base64,[A-Za-z0-9+/=\s]+")
LENGTH = regex(r"([0-9]{1,6}(?:\.[0-9]+)?|\.[0-9]+)(px|pt|pc|mm|cm|in)?")
UNITS = {"px": 1.0, "pt": 4 / 3, "pc": 16.0, "mm": 96 / 25.4, "cm": 96 / 2.54, "in": 96.0}
WIDEST = 100.0  # times as wide as high, or the other way round


class NotAnImage(Unfit):
    """Tell why a file is no image."""


def drawing_of(data: bytes) -> Image:
    """Return an SVG document as an image; raises NotAnImage if it cannot be one."""
    reader = _Reader()
    reader.read(data, LARGEST, "simplify the drawing, or save it as PNG")
    width, height = reader.size
    return Image(Media.SVG, data, width, height)


class _Reader(DrawingReader):
    """Refuses what an image must not have."""

    unfit = NotAnImage

    def __init__(self) -> None:
        super().__init__()
        self.parser.XmlDeclHandler = self.declaration
        self.parser.CharacterDataHandler = self.characters
        self.parser.buffer_text = True
        self.size = (0.0, 0.0)
        self.open: list[tuple[str, str]] = []  # names and ids
        self.count = self.styles = 0
        self.held: dict[str, int] = {"": 0}  # how many elements are in one, by its id; nothing stands for all
        self.used: dict[str, list[str]] = {}  # ids of those that are drawn with one, by its id

    def declaration(self, _version: str, encoding: str | None, _standalone: int) -> None:
        """Refuse another encoding than that of all text here."""
        if encoding and encoding.lower() not in ("utf-8", "us-ascii"):
            raise self.refused(f"is written in {quoted(encoding)}", "save it as UTF-8")

    def start(self, full_name: str, given: dict[str, str]) -> None:
        """Look at an element."""
        space, _, name = full_name.rpartition(" ")
        self.count += 1
        if not self.open:
            self._root(space, name, given)
        if self.count > MOST_ELEMENTS or len(self.open) >= DEEPEST:
            raise self.refused(
                "has too many parts, or too many in one another", "simplify the drawing, or save it as PNG"
            )
        self._check_name(name)
        self.open.append((name, given.get("id", "")))
        for holder in {id_ for _, id_ in self.open} | {""}:
            self.held[holder] = self.held.get(holder, 0) + 1
        for attribute, value in given.items():
            foreign, _, plain = attribute.rpartition(" ")
            if not foreign or foreign in KNOWN:
                self._check_attribute(name, plain, value)
        self.styles += name == "style"

    def end(self, _: str) -> None:
        """Leave an element; at the last one, refuse what makes few elements many."""
        self.styles -= self.open.pop()[0] == "style"
        if not self.open and not self._drawn("", {}, ()) <= MOST_DRAWN:
            raise self.refused("uses its own parts too often, or within themselves", "unlink the clones in it")

    def characters(self, text: str) -> None:
        """Look at a style sheet."""
        if self.styles:
            self._check_style(text)

    def _check_name(self, name: str) -> None:
        if name in RUNNING:
            raise self.refused(f"has `<{name}>`, which runs something", f"delete `<{name}>`: an image does nothing")
        if name in MOVING:
            raise self.refused(f"has `<{name}>`, which moves", f"delete `<{name}>`: an image stands still")
        if name in WORDS:
            raise self.refused(f"has `<{name}>`, which needs a font", "in your drawing program, turn texts into paths")
        if name == "filter":
            raise self.refused("has `<filter>`, which few programs draw", "flatten the effect, or save it as PNG")

    def _use(self, id_: str) -> None:
        """Note that a part is drawn with all that is open."""
        for holder in {id_ for _, id_ in self.open} | {""}:
            self.used.setdefault(holder, []).append(id_)

    def _drawn(self, id_: str, known: dict[str, float], within: tuple[str, ...]) -> float:
        """Return how many elements are drawn with one, without end if it is drawn within itself."""
        if id_ in within or len(within) > DEEPEST:
            return inf
        if id_ not in known:
            parts = self.used.get(id_, ())
            known[id_] = self.held.get(id_, 0) + sum(self._drawn(each, known, (*within, id_)) for each in parts)
        return known[id_]

    def _check_attribute(self, element: str, name: str, value: str) -> None:
        if name.lower().startswith("on"):
            raise self.refused(f"has an action, `{name}`", f"delete `{name}`: an image does nothing")
        if name in ("href", "src", "base"):
            own = value.startswith("#") or (element == "image" and EMBEDDED.fullmatch(value))
            if not own:
                raise self.refused(f"leads elsewhere, to {quoted(value)}", "embed what it needs, and delete links")
            if value.startswith("#"):
                self._use(value[1:])
        elif "(" in value or name == "style":
            self._check_style(value)
            for part in OWN_PART.findall(value):
                self._use(part)

    def _check_style(self, text: str) -> None:
        if ELSEWHERE.search(text.lower()) or "\\" in text:
            raise self.refused("loads something from elsewhere", "embed what it needs, and delete the rest")

    def _root(self, space: str, name: str, given: Mapping[str, str]) -> None:
        """Take the size of the document from its first element."""
        if name != "svg" or space not in ("", SVG):
            raise self.no_svg(name)
        if space != SVG:
            hint = 'write `xmlns="http://www.w3.org/2000/svg"` into its first tag'
            raise self.refused("does not say that it is SVG", hint)
        self.size = _size(given)
        width, height = self.size
        if not (width > 0 and height > 0 and max(width / height, height / width) <= WIDEST):
            raise self.refused("has no size that an image can have", "give its first tag a `viewBox` and no other size")


def _size(given: Mapping[str, str]) -> tuple[float, float]:
    """Return the width and height that a document says: as it is to be printed, else in its own units; zero if none."""
    sides = [given.get(name, "100%").strip() for name in ("width", "height")]
    if all(side in ("100%", "auto") for side in sides):
        try:
            box = numbers_in(given.get("viewBox", ""))
        except BadPath:
            box = ()
        return (box[2], box[3]) if len(box) == 4 else (0.0, 0.0)
    found = [LENGTH.fullmatch(side) for side in sides]
    if not (found[0] and found[1]):
        return (0.0, 0.0)
    width, height = (float(each[1]) * UNITS[each[2] or "px"] for each in found if each)
    return width, height
