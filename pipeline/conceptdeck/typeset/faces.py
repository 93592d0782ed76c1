"""One font face: what HarfBuzz says of its glyphs, their outlines, and what of it may be given away."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from functools import cache, cached_property
from struct import unpack_from
from typing import Any

import uharfbuzz as hb

from conceptdeck.values.value import frozen

__all__ = ["EMBOLDENED", "PLAIN", "SLANT", "Face", "Held", "Outline", "ShapedGlyph", "Shown", "unseen"]

EMBOLDENED = 0.03  # ems that a regular outline grows by to be bold
SLANT = 0.2  # how far an upright outline leans to be italic: the tangent of its angle
SHAPING_TABLES = ("GDEF", "GPOS", "GSUB", "gasp", "kern")
UNSEEN = 1000, (800, -200)  # units to the em, ascent and descent of a font that shows nothing
CAPITALS = 0.7  # ems: the height of its boxes
POSTSCRIPT_NAME = 6
BOX_AT = 36  # byte of head
PERMISSIONS = slice(8, 10)  # bytes of OS/2
NO_EMBEDDING = 0x0002 | 0x0100 | 0x0200  # bits of fsType: restricted licence, no subsets, bitmaps only
OUTLINE_TABLES = frozenset({"glyf", "CFF ", "CFF2"})
LEGAL_NAMES = (0, 7, 8, 9, 10, 11, 12, 13, 14)  # copyright, trademark, makers and licence (OpenType, name)
NAMES = tuple(range(23))  # all that a font says of itself, but for what its features and instances are called
ZERO_WIDTH_SPACE = "\u200b"
CONTROLS = (*range(0x20), *range(0x7F, 0xA0), 0x2028, 0x2029)
PLAIN = dict.fromkeys(CONTROLS, ZERO_WIDTH_SPACE) | {0x09: " "}
Outline = tuple[tuple[str, tuple[float, ...]], ...]
"""A glyph as path commands (M, L, Q, C, Z) with their coordinates in ems, y upwards from the baseline."""
Shown = tuple[tuple[int, float, float], ...]
"""Glyphs that are shown together, each by its number and its place in ems; none for what shows nothing."""
Held = tuple[Shown, int]
"""The same with its width, in thousandths of an em."""


@frozen
class ShapedGlyph:
    """A glyph, the character that its cluster starts with, and in ems its advance and how far it is shifted."""

    id: int
    cluster: int
    advance: float
    dx: float
    dy: float


class Face:
    """One font file, opened when first used; outlines are read only for pictures."""

    def __init__(
        self,
        load: Callable[[], bytes],
        index: int = 0,
        embolden: float = 0.0,
        slant: float = 0.0,
        width: float = 1.0,
    ) -> None:
        """Take the font that `load` reads, or the one at `index` of a collection.

        `embolden` thickens its outlines, in ems, `slant` makes them lean, and `width` stretches them and their room.
        """
        self._load = load
        self._index = index
        self._embolden = embolden
        self._slant = slant
        self._width = width

    @cached_property
    def _font(self) -> hb.Font:
        """Open the font."""
        font = hb.Font(hb.Face(self._load(), self._index))
        if self._embolden:
            font.synthetic_bold = (self._embolden, self._embolden, True)
        if self._slant:
            font.synthetic_slant = self._slant
        if self._width != 1:
            font.scale = (round(font.face.upem * self._width), font.face.upem)
        return font

    @cached_property
    def units_per_em(self) -> int:
        """Return how many font units make an em."""
        return int(self._font.face.upem)

    def has(self, char: str) -> bool:
        """Tell whether the face has a glyph for `char`."""
        return self._font.get_nominal_glyph(ord(char)) is not None

    def advances(self, text: str) -> list[float]:
        """Return the advance in ems at each character of `text`, a run of one script.

        The advance of a cluster is held by its first character, in logical order.
        """
        buffer = hb.Buffer()
        buffer.add_str(text)
        buffer.language = "und"
        buffer.guess_segment_properties()
        hb.shape(self._font, buffer)
        advances = [0.0] * len(text)
        em = self.units_per_em
        for info, position in zip(buffer.glyph_infos, buffer.glyph_positions, strict=True):
            advances[info.cluster] += position.x_advance / em
        return advances

    def glyphs(self, text: str, script: str | None, rtl: bool, language: str = "und") -> list[ShapedGlyph]:
        """Return the glyphs of `text`, a run of one script and one direction, from left to right.

        One character may look different in another `language`.
        """
        buffer = hb.Buffer()
        buffer.add_str(text)
        buffer.language = language
        buffer.guess_segment_properties()
        if script:
            buffer.script = script
        buffer.direction = "rtl" if rtl else "ltr"
        hb.shape(self._font, buffer)
        em = self.units_per_em
        return [
            ShapedGlyph(info.codepoint, info.cluster, at.x_advance / em, at.x_offset / em, at.y_offset / em)
            for info, at in zip(buffer.glyph_infos, buffer.glyph_positions, strict=True)
        ]

    def outline(self, glyph: int) -> Outline:
        """Return the outline of a glyph; what shows nothing, or is in a face without outlines, has none."""
        if glyph not in self._outlines:
            drawn: list[tuple[str, tuple[float, ...]]] = []
            self._font.draw_glyph(glyph, _pen(), drawn)
            em = self.units_per_em
            self._outlines[glyph] = tuple((name, tuple(value / em for value in values)) for name, values in drawn)
        return self._outlines[glyph]

    def subset(self, characters: Iterable[str]) -> bytes | None:
        """Return a font file that shapes and draws `characters` as the face does; None if it has no outlines.

        Hints are left out, names that tell of authors and licence are kept.
        """
        if not self._has_outlines:
            return None
        return self._subset(characters, LEGAL_NAMES)

    def named_subset(self, characters: Iterable[str]) -> bytes:
        """Return the same with all names: a font by which a document that carries it along calls it."""
        return self._subset(characters, NAMES)

    def _subset(self, characters: Iterable[str], names: Iterable[int]) -> bytes:
        """Return a font file with some characters and names of the face."""
        wanted = hb.SubsetInput()
        wanted.flags = hb.SubsetFlags.NO_HINTING
        wanted.unicode_set.update(map(ord, characters))
        wanted.name_id_set.update(names)
        return bytes(hb.subset(self._font.face, wanted).blob.data)

    @cached_property
    def can_be_held(self) -> bool:
        """Tell whether a document may hold parts of the font; they draw what the face does."""
        return self._has_outlines and not self._permissions & NO_EMBEDDING

    @property
    def _has_outlines(self) -> bool:
        """Tell whether the font draws anything, of whatever kind its outlines are."""
        return bool(OUTLINE_TABLES & {*self._font.face.table_tags})

    @property
    def _permissions(self) -> int:
        """Return what the font says of being embedded (fsType of OS/2); one that says nothing may be."""
        table = bytes(self._font.face.reference_table("OS/2").data or b"")
        return int.from_bytes(table[PERMISSIONS], "big")

    @property
    def _is_redrawn(self) -> bool:
        """Tell whether a part of it must be made of its outlines: they are not those of its font, or of TrueType."""
        return bool(self._embolden or self._slant) or self._width != 1 or not self.is_truetype

    @property
    def measures(self) -> tuple[int, int, int]:
        """Return its ascent, descent and height of capitals in thousandths of an em."""
        extents = self._font.get_font_extents("ltr")
        capitals = self._font.get_metric_position(hb.OTMetricsTag.CAP_HEIGHT) or 0
        em = self.units_per_em
        return tuple(round(each * 1000 / em) for each in (extents.ascender, extents.descender, capitals))  # type: ignore[return-value]

    @property
    def box(self) -> tuple[int, ...]:
        """Return the box that holds all its outlines, in thousandths of an em."""
        head = bytes(self._font.face.reference_table("head").data)
        return tuple(round(each * 1000 / self.units_per_em) for each in unpack_from(">4h", head, BOX_AT))

    @property
    def postscript_name(self) -> str:
        """Return the name that printers know it by."""
        return self._font.face.get_name(POSTSCRIPT_NAME) or "Font"

    def held(self, shown: Shown, width: int) -> Held:
        """Return glyphs with the width that a part of the font has for them: as told, but for a glyph by itself."""
        if not _is_plain(shown):
            return shown, width
        return shown, round(self._font.get_glyph_h_advance(shown[0][0]) * 1000 / self.units_per_em)

    def part(self, held: Iterable[Held]) -> tuple[bytes, dict[Held, int]]:
        """Return a TrueType font for what is held and nothing that shapes text, and the numbers of that there.

        It is made anew if the font has other outlines than those of TrueType, the face others than its font, or if
        several glyphs are shown as one.
        """
        wanted = sorted(set(held))
        if self._is_redrawn or not all(_is_plain(shown) for shown, _ in wanted):
            return self._redrawn(wanted)
        taken = hb.SubsetInput()
        taken.flags = hb.SubsetFlags.NO_HINTING | hb.SubsetFlags.NO_LAYOUT_CLOSURE | hb.SubsetFlags.NOTDEF_OUTLINE
        taken.drop_table_tag_set.update(int.from_bytes(tag.encode(), "big") for tag in SHAPING_TABLES)
        taken.glyph_set.update(glyph for ((glyph, _, _),), _ in wanted)
        taken.name_id_set.update(LEGAL_NAMES)
        plan = hb.SubsetPlan(self._font.face, taken)
        numbers = plan.old_to_new_glyph_mapping
        return bytes(plan.execute().blob.data), {each: numbers[each[0][0][0]] for each in wanted}

    def _redrawn(self, held: Sequence[Held]) -> tuple[bytes, dict[Held, int]]:
        from conceptdeck.typeset.redrawn import Drawn, font_of  # most faces are held as they are

        extents = self._font.get_font_extents("ltr")
        drawn = [
            Drawn(tuple(step for glyph, dx, dy in shown for step in _moved(self.outline(glyph), dx, dy)), width / 1000)
            for shown, width in held
        ]
        names = {number: name for number in LEGAL_NAMES if (name := self._font.face.get_name(number))}
        data = font_of(drawn, self.units_per_em, (round(extents.ascender), round(extents.descender)), names)
        return data, {each: number for number, each in enumerate(held, start=1)}

    @property
    def data(self) -> bytes:
        """Return the font file."""
        return self._load()

    @property
    def characters(self) -> list[str]:
        """Return the characters that the face has a glyph for, in the order of Unicode."""
        return sorted(map(chr, self._font.face.unicodes))

    @property
    def is_truetype(self) -> bool:
        """Tell whether its outlines are those of TrueType."""
        return "glyf" in self._font.face.table_tags

    def table_size(self, tag: str) -> int:
        """Return how many bytes a table of the font has, none if there is no such table."""
        return len(self._font.face.reference_table(tag).data or b"")

    @cached_property
    def _outlines(self) -> dict[int, Outline]:
        """Return the outlines that were asked for."""
        return {}


def unseen(held: Iterable[Held]) -> tuple[bytes, dict[Held, int]]:
    """Return a font for text that is there but not seen: boxes of all widths, as `Face.part` does.

    Readers of PDF take the height of a box for that of the text, and tell lines apart by it.
    """
    from conceptdeck.typeset.redrawn import Drawn, font_of

    wanted = sorted(set(held))
    return font_of([Drawn(_box(width / 1000), width / 1000) for _, width in wanted], *UNSEEN, {}), {
        each: number for number, each in enumerate(wanted, start=1)
    }


def _box(width: float) -> Outline:
    return (("M", (0.0, 0.0)), ("L", (0.0, CAPITALS)), ("L", (width, CAPITALS)), ("L", (width, 0.0)), ("Z", ()))


def _is_plain(shown: Shown) -> bool:
    """Tell whether it is one glyph where it stands by itself."""
    return len(shown) == 1 and shown[0][1:] == (0, 0)


def _moved(outline: Outline, dx: float, dy: float) -> Outline:
    return tuple(
        (name, tuple(value + (dy if at % 2 else dx) for at, value in enumerate(values))) for name, values in outline
    )


@cache
def _pen() -> Any:
    """Return what HarfBuzz draws with: each command is appended to the list given with the glyph."""
    pen = hb.DrawFuncs()
    pen.set_move_to_func(lambda *a: a[-1].append(("M", a[:-1])))
    pen.set_line_to_func(lambda *a: a[-1].append(("L", a[:-1])))
    pen.set_quadratic_to_func(lambda *a: a[-1].append(("Q", a[:-1])))
    pen.set_cubic_to_func(lambda *a: a[-1].append(("C", a[:-1])))
    pen.set_close_path_func(lambda a: a.append(("Z", ())))
    return pen
