"""Slides that somebody added to a deck, as slides of one's own: what each shows, in the words of a map."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from conceptdeck.reading.additions import Written
from conceptdeck.reading.addresses import is_link
from conceptdeck.reading.marking import marked_text
from conceptdeck.revision.comparison import MOVED, NOTES, RESIZED, RESTYLED, TEXT, Change
from conceptdeck.revision.tokens import normal
from conceptdeck.values.memory import SavedParagraph, SavedPicture, SavedShape, SavedSlide, Stretch
from conceptdeck.values.text import Passage
from conceptdeck.values.value import frozen

__all__ = ["ENDINGS", "PICTURE", "Fresh", "copied_slide", "fresh_slide"]

TITLES, FURNITURE = ("title", "ctrTitle"), ("ftr", "sldNum", "dt", "hdr")
DIVIDERS = ("secHead", "title")
ENDINGS = {"png": "png", "jpg": "jpg", "jpeg": "jpg", "webp": "webp", "gif": "gif", "svg": "svg"}
SET_OTHERWISE = (MOVED, RESIZED, RESTYLED)
UNSEEN = ("cxnSp",)
UNTITLED = "it has no title: write one, and pull again"
BELOW = "– "  # begins a line below a point, once for each level
PICTURE = "picture"
"""What stands for the path of a picture's file until it has one."""


@frozen
class Fresh:
    """A slide of one's own: its title in plain words, what it holds, its picture, and what of the slide it lacks."""

    title: str
    said: Mapping[str, Written]
    picture: SavedPicture | None = None
    lost: tuple[str, ...] = ()


@frozen
class _Body:
    """A text of a slide: its paragraphs that say something, and where it stands."""

    shape: SavedShape
    paragraphs: tuple[SavedParagraph, ...]

    @property
    def left(self) -> int:
        """Return where it begins."""
        return self.shape.box[0] if self.shape.box else 0

    @property
    def texts(self) -> list[str]:
        """Return its paragraphs as they are typed in a map."""
        return list(_typed(self.paragraphs))


def fresh_slide(slide: SavedSlide, *, rtl: bool = False) -> Fresh | str:
    """Return what a slide shows as a map says it, or why a map cannot; `rtl` if columns are read from the right."""
    bodies = [body for shape in slide.shapes if (body := _body(shape))]
    titles = [each for each in bodies if each.shape.holder and each.shape.holder[0] in TITLES]
    bodies = [each for each in bodies if each not in titles]
    pictures = sorted((each for each in slide.shapes if each.picture), key=_area, reverse=True)
    tables = [each for each in slide.shapes if each.columns]
    if not titles:
        first = bodies[0] if bodies and len(bodies[0].paragraphs) == 1 else None
        if first is None and not (pictures and normal(pictures[0].alt)):
            return UNTITLED
        titles, bodies = ([first], bodies[1:]) if first else ([], bodies)
    title = " ".join(text for each in titles for text in each.texts) or _plain(pictures[0].alt)
    plain = " ".join(_flat(p.text) for each in titles for p in each.paragraphs) or title
    lost = list(_lost(slide, bodies, pictures, tables))
    said: dict[str, Written]
    picture = None
    if tables:
        said = {"title": title, "table": _table(tables[0])}
        lost += [f"text beside the table: {' / '.join(text for each in bodies for text in each.texts)}"] * bool(bodies)
    elif pictures:
        picture = pictures[0].picture
        said = {"title": title, **_shot(pictures[0], bodies, title, rtl=rtl)}
    else:
        said = dict(_words(slide, title, bodies, rtl=rtl))
    notes = "\n".join(_escaped(line) for line in slide.notes or ()).strip()
    said |= {"notes": notes} if notes else {}
    said |= {"hidden": "true"} if slide.hidden else {}
    return Fresh(plain, said, picture, tuple(lost))


OWN_COPY = "it is a copy of a slide of one's own, which a map has once"
GOES_ON = "it is a copy of one of the slides that a text goes on over"


def copied_slide(key: str, slide: SavedSlide, changes: Iterable[Change]) -> Fresh | str:
    """Return a copy of a slide of the map as the slide once more, with another title or notes if it has such ones.

    Else why a map cannot say it: `changes` are what differs from the slide that it is a copy of.
    """
    if key.startswith("slides.") or "#" in key:
        return OWN_COPY if key.startswith("slides.") else GOES_ON
    titles = [body for shape in slide.shapes if (body := _body(shape)) and shape.holder and shape.holder[0] in TITLES]
    said: dict[str, Written] = {"reuse": key}
    for each in changes:
        if each.kind == TEXT and each.shape in {body.shape.name for body in titles} and titles:
            said["title"] = " ".join(titles[0].texts)
        elif each.kind == NOTES:
            said |= {"notes": "\n".join(map(_escaped, each.lines)).strip()} if each.new else {}
        elif each.kind not in SET_OTHERWISE:
            return f"it is a copy of the slide `{key}`: what is changed there is not taken"
    plain = " ".join(_flat(p.text) for each in titles for p in each.paragraphs) or key
    return Fresh(plain, said | ({"hidden": "true"} if slide.hidden else {}))


def _lost(
    slide: SavedSlide, bodies: Sequence[_Body], pictures: Sequence[SavedShape], tables: Sequence[SavedShape]
) -> Iterator[str]:
    """Yield what a slide shows that no slide of one's own does."""
    taken = pictures[:1] if not tables else tables[:1]
    for shape in slide.shapes:
        if (shape.picture or shape.columns) and shape not in taken:
            yield f"{'a picture' if shape.picture else 'a table'} more: `{shape.name}`"
        elif shape.kind == "graphicFrame" and not shape.columns:
            yield f"a chart or a diagram: `{shape.name}`"
        elif shape.kind == "pic" and not shape.picture:
            yield f"a picture that is not in the file: `{shape.name}`"
    if taken and taken[0].picture and taken[0].picture.cut:
        yield "how the picture is cut"


def _area(shape: SavedShape) -> int:
    return shape.box[2] * shape.box[3] if shape.box else 0


def _body(shape: SavedShape) -> _Body | None:
    """Return the text of a shape, None if it says nothing, or is a table, or what stands on every slide."""
    if shape.columns or shape.kind in UNSEEN or (shape.holder and shape.holder[0] in FURNITURE):
        return None
    paragraphs = tuple(each for body in shape.set for each in body if normal(each.text))
    return _Body(shape, paragraphs) if paragraphs else None


# --- kinds ---------------------------------------------------------------------------------------


def _words(slide: SavedSlide, title: str, bodies: Sequence[_Body], *, rtl: bool) -> Iterator[tuple[str, Written]]:
    """Yield what a slide of words says: of which kind it is follows from how many paragraphs stand where."""
    texts = [text for each in bodies for text in each.texts]
    if len(texts) <= 1:
        yield "section" if slide.layout in DIVIDERS else "statement", title
        if texts:
            yield "text", texts[0]
        return
    yield "title", title
    if columns := _columns(bodies, rtl=rtl):
        yield "two-columns", columns
    else:
        yield "bullets", texts


def _columns(bodies: Sequence[_Body], *, rtl: bool) -> dict[str, Written] | None:
    """Return what two columns say, each with its heading if it has one; None if texts do not stand so."""
    boxes = [each.shape.box for each in bodies]
    if len(bodies) not in (2, 4) or not all(boxes):
        return None
    ordered = sorted(bodies, key=lambda each: (each.left, (each.shape.box or (0, 0))[1]), reverse=False)
    half = len(ordered) // 2
    sides = ordered[:half], ordered[half:]
    ends = [max(each.left + (each.shape.box or (0,) * 4)[2] for each in side) for side in sides]
    if ends[0] > min(each.left for each in sides[1]) + _slack(sides[1]):
        return None
    found = [_column(side) for side in sides]
    if not all(found):
        return None
    left, right = reversed(found) if rtl else found
    return {"left": left or {}, "right": right or {}}


def _slack(side: Iterable[_Body]) -> int:
    """Return by how much columns may overlap: a tenth of one."""
    return min((each.shape.box or (0,) * 4)[2] for each in side) // 10


def _column(side: Sequence[_Body]) -> dict[str, Written] | None:
    *above, body = sorted(side, key=lambda each: (each.shape.box or (0, 0))[1])
    if above and len(above[0].texts) != 1:
        return None
    heading: dict[str, Written] = {"title": above[0].texts[0]} if above else {}
    return heading | ({"text": body.texts[0]} if len(body.texts) == 1 else {"bullets": body.texts})


def _shot(shape: SavedShape, bodies: Sequence[_Body], title: str, *, rtl: bool) -> dict[str, Written]:
    """Return what a slide with a picture says."""
    image: dict[str, Written] = {"file": PICTURE, "alt": _plain(shape.alt) or title}
    texts = [text for each in bodies for text in each.texts]
    if not texts:
        return {"image": image}
    is_left = shape.box is not None and shape.box[0] < bodies[0].left
    image["place"] = "left" if is_left != rtl else "right"
    return {"image": image, **({"text": texts[0]} if len(texts) == 1 else {"bullets": texts})}


def _table(shape: SavedShape) -> dict[str, Written]:
    cells = [" ".join(_typed([each for each in cell if normal(each.text)])) for cell in shape.set]
    rows = [cells[at : at + shape.columns] for at in range(0, len(cells), shape.columns)]
    return {"columns": [each or f"{number}" for number, each in enumerate(rows[0], start=1)], "rows": rows[1:]}


# --- texts ---------------------------------------------------------------------------------------


def _typed(paragraphs: Sequence[SavedParagraph]) -> Iterator[str]:
    """Yield paragraphs as they are typed, those of lower levels as lines of the one that they stand below.

    What all of them have in common is no emphasis.
    """
    looks = [each.look for paragraph in paragraphs for each in paragraph.stretches if normal(each.text)]
    bold, italic = not all(each.bold for each in looks), not all(each.italic for each in looks)
    held = ""
    for paragraph in paragraphs:
        passages = list(_passages(paragraph.stretches, bold=bold, italic=italic))
        typed = marked_text(_trimmed(passages)) or _escaped(paragraph.text)
        if paragraph.level and held:  # what stands below a point is a line of it
            held += f"\n{BELOW * paragraph.level}{typed}"
            continue
        if held:
            yield held
        held = typed
    if held:
        yield held


def _passages(stretches: Iterable[Stretch], *, bold: bool, italic: bool) -> Iterator[Passage]:
    """Yield stretches as passages, neighbours of one look as one; spaces at the ends of a look are outside of it."""
    held: Passage | None = None
    for each in stretches:
        link = each.link if is_link(each.link) else ""
        strong, emphasis = (bold and bool(each.look.bold)), (italic and bool(each.look.italic))
        text = _spaced(each.text)
        start, end = len(text) - len(text.lstrip()), len(text.rstrip())
        parts = [(text[:start], False), (text[start:end], True), (text[max(start, end) :], False)]
        for part, is_said in parts if strong or emphasis or link else [(text, False)]:
            made = Passage(part, strong and is_said, emphasis and is_said, link=link if is_said else "")
            if not part:
                continue
            if held is not None and replace(held, text="") == replace(made, text=""):
                held = replace(held, text=held.text + part)
                continue
            if held is not None:
                yield held
            held = made
    if held is not None:
        yield held


def _trimmed(passages: Sequence[Passage]) -> list[Passage]:
    """Return passages without spaces at both ends."""
    found = [*passages]
    if found:
        found[0] = replace(found[0], text=found[0].text.lstrip())
        found[-1] = replace(found[-1], text=found[-1].text.rstrip())
    return [each for each in found if each.text]


def _spaced(text: str) -> str:
    """Return a text on one line."""
    return "".join(" " if char in "\n\v\r\t" else char for char in text)


def _flat(text: str) -> str:
    return " ".join(_spaced(text).split())


def _plain(text: str) -> str:
    """Return a text as it is typed in a map, on one line, so that no sign of it is a mark."""
    return _escaped(_flat(text)) if text else ""


def _escaped(line: str) -> str:
    return marked_text([Passage(line)]) or line if line else ""
