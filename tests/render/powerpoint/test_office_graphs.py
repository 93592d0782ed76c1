"""Relation slides as LibreOffice draws them: it leads glued connectors anew, and they stay where they were computed."""

from __future__ import annotations

import math
import random
from itertools import pairwise

import pypdfium2
import pytest

from conceptdeck.values.frame import Shape
from support.decks import build_map, write_map
from support.graphs import relation_slides
from support.office import glyphs, lines_of, stroked

EMU = 12_700  # a point
AWAY = {"straightConnector1": 0.5, "curvedConnector2": 5.0, "curvedConnector3": 3.0}
"""How far a line may be from its way, in points: LibreOffice bends curves by a formula of its own."""
HEAD = 14.0  # points at the end of a line that its arrowhead takes
BETWEEN = 2.0  # points from one looked-at place of a line to the next
NAMES = {
    "en": ["kettle", "tea leaf", "hot water", "drying rack", "cup"],
    "de": ["Kessel", "Teeblatt", "heißes Wasser", "Trockengestell", "Tasse"],
    "ja": ["やかん", "茶葉", "お湯", "乾燥棚", "湯のみ"],
    "ar": ["غلاية", "ورقة شاي", "ماء ساخن", "رف التجفيف", "كوب"],
}
PHRASES = {
    "en": ["boils", "is poured over", "waits for the next", "warms"],
    "de": ["kocht", "wird gegossen über", "wartet auf", "wärmt"],
    "ja": ["沸かす", "の上に注ぐ", "次を待っている", "温める"],
    "ar": ["يغلي", "يصب فوق", "ينتظر القادم", "يدفئ"],
}
GRAPHS = {  # language, theme, and relations or how many concepts any relations join
    "loops-and-a-pair": ("en", "atlas", [(0, 0), (0, 1), (1, 0), (1, 1), (2, 2)]),
    "any-seven": ("ar", "atlas", 7),
    "any-twelve": ("ja", "beacon", 12),
    "any-twenty": ("de", "orbit", 20),
}


def tearoom(language: str, ends: list[tuple[int, int]]) -> dict:
    """Return a map of relations between numbered concepts; every fifth has no phrase, and every fourth is dashed."""
    names, phrases = NAMES[language], PHRASES[language]
    known = sorted({end for pair in ends for end in pair})
    items = {}
    for at, (tail, head) in enumerate(ends):
        items[f"r{at}"] = {"source": f"c{tail}", "target": f"c{head}", "type": "loose" if at % 4 == 3 else "firm"}
        items[f"r{at}"] |= {"phrase": phrases[at % 4]} if at % 5 else {}
    return {
        "language": language,
        "title": names[0],
        "core-sentence": names[1],
        "concepts": {f"c{n}": {"name": f"{names[n % 5]} {n // 5 + 1}"} for n in known},
        "relations": {
            "title": names[2],
            "types": {"firm": {"name": phrases[0]}, "loose": {"name": phrases[1], "line": "dashed"}},
            "items": items,
        },
    }


def any_ends(count: int) -> list[tuple[int, int]]:
    choose = random.Random(count)
    return [(choose.randrange(count), choose.randrange(count)) for _ in range(count + count // 3)]


@pytest.fixture(scope="module")
def drawn(tmp_path_factory, office):
    """Return each graph's deck and its PDF, made in one run."""
    decks = {}
    for name, (language, theme, ends) in GRAPHS.items():
        tree = tearoom(language, ends if isinstance(ends, list) else any_ends(ends))
        folder = tmp_path_factory.mktemp("graphs")
        decks[name] = build_map(write_map(folder / name, tree), theme, folder / "out")
    first = office(*(built.path for built in decks.values()))
    return {name: (built, first.with_name(f"{built.path.stem}.pdf")) for name, built in decks.items()}


@pytest.fixture(params=GRAPHS)
def one(request, drawn):
    built, pdf = drawn[request.param]
    with pypdfium2.PdfDocument(pdf) as document:
        yield built, document


def stepped(way):
    """Yield places along a way, close to each other."""
    for (ax, ay), (bx, by) in pairwise(way):
        count = max(1, math.ceil(math.dist((ax, ay), (bx, by)) / BETWEEN))
        yield from ((ax + (bx - ax) * step / count, ay + (by - ay) * step / count) for step in range(count + 1))


def is_on(way, lines, slack) -> bool:
    """Tell whether every place of a way is no further than `slack` from one of some lines."""
    (left, right), (top, bottom) = ((min(axis) - slack, max(axis) + slack) for axis in zip(*way, strict=True))
    near = [
        (one, other)
        for line in lines
        for one, other in pairwise(line)
        if max(one[0], other[0]) > left and min(one[0], other[0]) < right
        and max(one[1], other[1]) > top and min(one[1], other[1]) < bottom
    ]  # fmt: skip
    return all(any(_apart(place, *each) <= slack for each in near) for place in way)


def _apart(place, one, other) -> float:
    dx, dy = other[0] - one[0], other[1] - one[1]
    whole = dx * dx + dy * dy
    share = 0.0 if not whole else ((place[0] - one[0]) * dx + (place[1] - one[1]) * dy) / whole
    share = min(1.0, max(0.0, share))
    return math.dist(place, (one[0] + share * dx, one[1] + share * dy))


def pages(built, document):
    """Yield the slides of relations, each with its frame and its page."""
    frames = [frame for frame in built.frames if frame.slide == "relation-map"]
    for frame, slide in zip(frames, relation_slides(built), strict=True):
        yield frame, slide, document[frame.number - 1]


def test_every_line_is_drawn_where_it_was_computed_and_no_other(one):
    wrong = []
    for frame, slide, page in pages(*one):
        boxes = [[side / EMU for side in box] for box in slide.boxes.values()]
        outlines = [[(x, y), (r, y), (r, b), (x, b), (x, y)] for x, y, r, b in boxes]
        ways = {edge.name: [(x / EMU, y / EMU) for x, y in edge.way] for edge in slide.edges}
        lines = [each.way for each in stroked(page) if len(each.way) > 1]
        for edge in slide.edges:
            way = ways[edge.name]
            seen = [place for place in stepped(way) if not edge.arrow or math.dist(place, way[-1]) > HEAD]
            if seen and not is_on(seen, lines, AWAY[edge.preset]):
                wrong.append(f"slide {frame.number}: {edge.name} is not drawn on its way")
        for line in lines:
            if not is_on([*stepped(line)], [*ways.values(), *outlines], max(AWAY.values())):
                wrong.append(f"slide {frame.number}: nobody asked for a line from {line[0]} to {line[-1]}")
    assert wrong == []


def test_names_and_phrases_take_as_many_lines_as_were_computed_and_stay_in_their_boxes(one):
    wrong = []
    for frame, _, page in pages(*one):
        shown = glyphs(page)
        texts = [item for item in frame.items if isinstance(item, Shape) and item.text and not item.placeholder]
        for item in texts:
            left, top, right, bottom = (side.pt for side in (item.box.x, item.box.y, item.box.right, item.box.bottom))
            inside = [
                each for each in shown if left < (each.left + each.right) / 2 < right and top < each.middle < bottom
            ]
            leading = min(paragraph.leading for paragraph in item.text.paragraphs)
            drawn = lines_of(sorted(inside, key=lambda each: each.middle), leading)
            if len(drawn) != sum(len(paragraph.lines) for paragraph in item.text.paragraphs):
                wrong.append((frame.number, item.name, drawn))
            wrong += [
                (frame.number, item.name, each.char)
                for each in inside
                if each.left < left - 1 or each.right > right + 1
            ]
    assert wrong == []


def test_no_line_runs_through_a_word(one):
    for frame, _, page in pages(*one):
        places = [place for each in stroked(page) for place in stepped(each.way)]
        for glyph in glyphs(page):
            struck = [(x, y) for x, y in places if glyph.left < x < glyph.right and glyph.top < y < glyph.bottom]
            assert not struck, (frame.number, glyph.char)
