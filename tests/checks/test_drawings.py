"""The rules on drawings and on SVG files: each finds the damage meant for it, and nothing where there is none."""

import re
from collections.abc import Callable
from dataclasses import replace
from functools import cache

import pytest

from conceptdeck.checks.drawings import RULES, check_drawings
from conceptdeck.checks.svg import check_svg
from conceptdeck.cli.rules import every_rule
from conceptdeck.render.vector.svg import write_svg
from conceptdeck.values.diagnostics import OnDrawing, Severity
from conceptdeck.values.frame import Drawing, Route, Shape
from conceptdeck.values.units import Box, Length, Point, pixels
from support.drawn import named, routes_of, shapes_of, sheet_of
from support.imaged import PICTURES
from support.imaged import drawing as pictures
from support.pictures import sample, theme


@cache
def relations() -> Drawing:
    return named(sheet_of(every_concept=False), "relations")


def codes(drawing: Drawing) -> set[str]:
    return {problem.code for problem in check_drawings([drawing])}


def changed(drawing: Drawing, name: str, change: Callable) -> Drawing:
    """Return a drawing in which the one item of that name is changed."""
    assert [item.name for item in drawing.items].count(name) == 1
    return replace(drawing, items=tuple(change(item) if item.name == name else item for item in drawing.items))


def shape_of(words: str) -> Shape:
    (found,) = [s for s in shapes_of(relations()) if s.text and s.text.paragraphs[0].text == words]
    return found


def edge(tail: str = "", head: str = "") -> Route:
    return next(r for r in routes_of(relations()) if tail in r.tail and head in r.head)


def through(place: Box, route: Route) -> Route:
    """Return an edge that leaves its way to pass through the middle of a box."""
    start, end, middle = route.points[0], route.points[-1], place.centre
    return replace(route, points=(start, start, middle, middle, middle, end, end))


def resized(shape: Shape, size: float) -> Shape:
    body = shape.text
    first, *others = body.paragraphs
    first = replace(first, runs=tuple(replace(run, size=size) for run in first.runs))
    return replace(shape, text=replace(body, paragraphs=(first, *others)))


NODE, OTHER, PHRASE = "Physical AI", "Metaverse", "may power"


def onto(drawing: Drawing) -> Drawing:
    place = shape_of(OTHER).box
    return changed(drawing, shape_of(NODE).name, lambda shape: replace(shape, box=place.moved(pixels(20), pixels(5))))


def over_a_node(drawing: Drawing) -> Drawing:
    foreign = next(s for s in shapes_of(drawing) if s.fill and s.name not in (edge().tail, edge().head))
    return changed(drawing, edge().name, lambda route: through(foreign.box, route))


def over_a_label(drawing: Drawing) -> Drawing:
    route = edge()
    label = next(s for s in shapes_of(drawing) if not s.fill and s.name not in (route.tail, route.head))
    return changed(drawing, route.name, lambda found: through(label.box, found))


def back_through_its_own_end(drawing: Drawing) -> Drawing:
    head = next(s for s in shapes_of(drawing) if s.name == edge().tail)
    return changed(drawing, edge().name, lambda route: through(head.box, route))


def beyond(drawing: Drawing) -> Drawing:
    return changed(drawing, shape_of(NODE).name, lambda shape: replace(shape, box=shape.box.moved(drawing.size.w)))


def edge_beyond(drawing: Drawing) -> Drawing:
    far = Point(Length(-drawing.size.w), Length(0))
    return changed(
        drawing, edge().name, lambda r: replace(r, points=(r.points[0], far, far, *r.points[3:])[: len(r.points)])
    )


def too_high(drawing: Drawing) -> Drawing:
    def lower(shape: Shape) -> Shape:
        return replace(shape, box=Box(shape.box.x, shape.box.y, shape.box.w, Length(shape.box.h // 3)))

    return changed(drawing, shape_of(NODE).name, lower)


def too_wide(drawing: Drawing) -> Drawing:
    def widen(shape: Shape) -> Shape:
        first, *others = shape.text.paragraphs
        first = replace(first, extent=shape.box.w + pixels(4))
        return replace(shape, text=replace(shape.text, paragraphs=(first, *others)))

    return changed(drawing, shape_of(NODE).name, widen)


def small(drawing: Drawing) -> Drawing:
    return changed(drawing, shape_of(NODE).name, lambda shape: resized(shape, 12 * 0.75))


def ends_nowhere(drawing: Drawing) -> Drawing:
    def shorter(route: Route) -> Route:
        (x, y), *_, last = route.points
        near = Point(Length((x + 3 * last.x) // 4), Length((y + 3 * last.y) // 4))
        return replace(route, points=(*route.points[:-1], near))

    return changed(drawing, edge().name, shorter)


def joins_nothing(drawing: Drawing) -> Drawing:
    return changed(drawing, edge().name, lambda route: replace(route, head="nothing"))


def twice(drawing: Drawing) -> Drawing:
    name = shape_of(OTHER).name
    return changed(drawing, shape_of(NODE).name, lambda shape: replace(shape, name=name))


def unspoken(drawing):
    return replace(drawing, items=(replace(PICTURES[0], alt=""), *drawing.items))


DAMAGED = [
    (onto, "picture-overlap"),
    (over_a_node, "picture-crossing"),
    (over_a_label, "picture-crossing"),
    (back_through_its_own_end, "picture-crossing"),
    (beyond, "picture-outside"),
    (edge_beyond, "picture-outside"),
    (small, "picture-small-text"),
    (too_high, "picture-overfull"),
    (too_wide, "picture-overfull"),
    (ends_nowhere, "picture-loose-edge"),
    (joins_nothing, "picture-loose-edge"),
    (twice, "picture-double-name"),
    (unspoken, "picture-unspoken"),
]


def test_an_undamaged_drawing_has_no_finding():
    assert codes(relations()) == set()
    assert codes(sample()) == set()


@pytest.mark.parametrize(("damage", "code"), DAMAGED, ids=[each.__name__ for each, _ in DAMAGED])
def test_damage_is_found(damage, code):
    found = check_drawings([damage(relations())])
    assert code in {problem.code for problem in found}, found
    assert all(problem.severity is Severity.WARNING for problem in found)
    names = {item.name for item in damage(relations()).items}
    for problem in found:
        assert isinstance(problem.place, OnDrawing) and problem.place.id == "relations" and problem.place.item in names
        assert problem.message.startswith(f"relations: `{problem.place.item}` ")


def test_each_rule_on_drawings_has_damage_that_it_finds():
    assert {rule.code for rule, _ in RULES} == {code for _, code in DAMAGED}


@pytest.mark.parametrize(
    "harmless",
    [
        lambda shape: replace(shape, box=shape.box.moved(pixels(0.4))),
        lambda shape: resized(shape, 13 * 0.75),
        lambda shape: replace(shape, stroke=None),
    ],
)
def test_what_does_no_harm_is_no_finding(harmless):
    assert codes(changed(relations(), shape_of("World models").name, harmless)) == set()


def test_a_ground_may_lie_below_nodes_and_edges():
    drawing = named(sheet_of(every_concept=False), "flow")
    assert any(shape.decorative for shape in shapes_of(drawing))
    assert codes(drawing) == set()


# --- SVG ---------------------------------------------------------------------------------------------


@cache
def svg() -> str:
    return write_svg(sample(), theme())


def within(markup: str) -> Callable[[str], str]:
    """Return damage that puts markup before the end of the picture."""
    return lambda text: text.replace("</svg>", f"{markup}</svg>")


def swapped(pattern: str, new: str) -> Callable[[str], str]:
    return lambda text: re.sub(pattern, new, text, count=1, flags=re.DOTALL)


SPOILED = {
    "a script": (within("<script>alert(1)</script>"), "svg-foreign-element"),
    "a script of another namespace": (
        within('<script xmlns="http://www.w3.org/1999/xhtml">alert(1)</script>'),
        "svg-foreign-element",
    ),
    "foreign content": (within("<foreignObject/>"), "svg-foreign-element"),
    "an image": (within('<image href="https://example.org/x.png"/>'), "svg-external"),
    "an image of another kind": (within('<image href="data:text/html;base64,AAAA"/>'), "svg-external"),
    "a clip from elsewhere": (within('<image clip-path="url(https://example.org/#a)"/>'), "svg-external"),
    "a link that runs something": (within('<a href="javascript:alert(1)"/>'), "svg-external"),
    "an animation": (within('<set attributeName="x" to="1"/>'), "svg-foreign-element"),
    "a comment": (within("<!-- <script> -->"), "svg-foreign-element"),
    "an instruction": (within('<?xml-stylesheet href="x"?>'), "svg-foreign-element"),
    "a handler": (swapped("<rect ", '<rect onclick="alert(1)" '), "svg-handler"),
    "a handler on the root": (swapped("<svg ", '<svg onload="alert(1)" '), "svg-handler"),
    "an external address": (
        swapped("<rect ", '<rect xmlns:xlink="http://www.w3.org/1999/xlink" xlink:href="https://example.org/" '),
        "svg-external",
    ),
    "an address in a paint": (swapped('fill="#[0-9A-Fa-f]+"', 'fill="url(https://example.org/#a)"'), "svg-external"),
    "a style of its own": (swapped("<rect ", '<rect style="fill:red" '), "svg-external"),
    "a fetched background": (swapped("</style>", "text{background:url(//example.org)}</style>"), "svg-external"),
    "a fetched style sheet": (swapped("<style>", "<style>@import 'x.css';"), "svg-external"),
    "a document type": (lambda text: f'<!DOCTYPE svg SYSTEM "x.dtd">{text}', "svg-doctype"),
    "entities": (lambda text: f'<!DOCTYPE svg [<!ENTITY a "b">]>{text}', "svg-doctype"),
    "no title": (swapped("<title.*?</title>", ""), "svg-title"),
    "an empty title": (swapped("(<title[^>]*>).*?</title>", r"\1 </title>"), "svg-title"),
    "a title that names nothing": (swapped(r'aria-labelledby="\S+ ', 'aria-labelledby="x '), "svg-title"),
    "no description": (swapped("<desc.*?</desc>", ""), "svg-desc"),
    "no language": (swapped(' lang="en"', ""), "svg-language"),
    "two languages": (swapped('xml:lang="en"', 'xml:lang="de"'), "svg-language"),
    "no role": (swapped(' role="img"', ""), "svg-role"),
    "another role": (swapped('role="img"', 'role="presentation"'), "svg-role"),
    "an id twice": (within('<g id="a"/><g id="a"/>'), "svg-double-id"),
    "an open element": (within("<g>"), "svg-malformed"),
    "a bare ampersand": (within("<text>R&D</text>"), "svg-malformed"),
    "a control character": (within("<text>\x08</text>"), "svg-malformed"),
    "nothing": (lambda text: "", "svg-malformed"),
}


def test_a_picture_of_ours_has_no_finding():
    assert check_svg(svg(), "sample.svg") == ()


@pytest.mark.parametrize("spoil", SPOILED)
def test_a_spoiled_picture_is_refused_by_name(spoil):
    damage, code = SPOILED[spoil]
    assert damage(svg()) != svg()
    problems = check_svg(damage(svg()), "sample.svg")
    assert code in {problem.code for problem in problems}, problems
    assert all(problem.severity is Severity.ERROR for problem in problems)
    assert all(problem.span.path == "sample.svg" for problem in problems)


def test_each_rule_on_svg_has_damage_that_it_finds():
    written = {code for code in every_rule() if code.startswith("svg-")}
    assert written == {code for _, code in SPOILED.values()}


def test_words_that_look_dangerous_are_only_words():
    text = svg().replace(">Core<", ">javascript:alert(1) url(x) onclick=&quot;x&quot; https://example.org<")
    assert text != svg()
    assert check_svg(text, "sample.svg") == ()


def test_pictures_of_a_drawing_are_checked_as_its_shapes_are():
    plain = pictures()
    assert codes(plain) == set()
    without = changed(plain, "photo.png", lambda item: replace(item, alt=""))
    beyond = changed(plain, "photo.png", lambda item: replace(item, box=item.box.moved(-item.box.w)))
    over = changed(plain, "photo.png", lambda item: replace(item, box=item.box.moved(item.box.w // 2)))
    assert [codes(each) for each in (without, beyond, over)] == [
        {"picture-unspoken"}, {"picture-outside"}, {"picture-overlap"},
    ]  # fmt: skip
