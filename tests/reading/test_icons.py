"""Icons by name and from files: what is drawn, and what is said of those that cannot be signs."""

from __future__ import annotations

import math
import re
import subprocess
import sys
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from conceptdeck.reading.areas import areas_of, bounds, points_on
from conceptdeck.reading.icons import IconSet
from conceptdeck.reading.paths import BadPath, path_segments
from conceptdeck.reading.svg import NotAnIcon, read_svg
from conceptdeck.values.diagnostics import Failure
from conceptdeck.values.icons import GRID
from conceptdeck.workspace import places
from conceptdeck.workspace.loading import read_map_file
from support.signed import NAMES, icon, published, shelf

HEAD = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 24 24">'
MAP = "title: Bread\nsteps:\n  items:\n    mix: {name: Mix, icon: ICON}\n"


def svg(content: str, head: str = HEAD) -> bytes:
    return f"{head}{content}</svg>".encode()


def ends(segments) -> list[tuple[float, ...]]:
    return [tuple(round(value, 3) for value in values[-2:]) for _, values in segments if values]


@pytest.fixture
def written(tmp_path):
    """Return `written(icon, svg)`: the map with that icon beside that file, read; findings are raised."""

    def write(word: str, own: str | bytes | None = None):
        folder = tmp_path / "data" / "bread"
        folder.mkdir(parents=True, exist_ok=True)
        (folder / "map.yaml").write_text(MAP.replace("ICON", word), encoding="utf-8")
        if own is not None:
            (folder / "own.svg").write_bytes(own if isinstance(own, bytes) else own.encode())
        return read_map_file(folder / "map.yaml")[0]

    return write


def refused(written, word: str, own: str | bytes | None = None):
    """Return the one finding of a map."""
    with pytest.raises(Failure) as failure:
        written(word, own)
    (found,) = failure.value.diagnostics
    return found


# --- the set -------------------------------------------------------------------------------------


def test_every_icon_of_the_set_is_lines_of_one_width_within_the_grid():
    names = list(shelf().set)
    assert len(names) > 2_000
    for name in names:
        drawn = icon(name)
        assert (drawn.width, drawn.round) == (2.0, True), name
        assert drawn.lines, name
        left, top, right, bottom = bounds(drawn.lines)
        assert min(left, top) >= 0 and max(right, bottom) <= GRID, name
        assert [drawn.lines[0][0], {each for each, _ in drawn.lines} - set("MLCZ")] == ["M", set()], name


def test_another_name_of_an_icon_stands_for_the_same_drawing():
    assert icon("home") == icon("house")


def test_the_set_says_whose_it_is_and_its_licence_lies_beside_it():
    assert places.icon_set().startswith("# Lucide ")
    assert "ISC License" in (places.shipped("themes") / "icons" / "LICENSE-lucide.txt").read_text(encoding="utf-8")


def test_icons_are_found_by_their_names_then_by_their_words_then_by_parts_of_these():
    more = "lamp\tsun,light\tM1 4L2 2\tM0 0L1 1Z\nweather\tsunny\tM1 5\nsol\t=weather\n"
    found = IconSet(f"sun\tlight,day\tM1 2\nsun-dim\tlight\tM1 3\n{more}")
    assert found.found("sun") == ("sun", "sun-dim", "lamp", "weather")
    assert found.found("sol") == ("weather",)
    assert found.found("moon") == ()
    assert found.found() == ("sun", "sun-dim", "lamp", "weather")
    assert list(found) == ["sun", "sun-dim", "lamp", "weather", "sol"]
    assert (found.drawn("sol"), found.words("lamp"), found.drawn("moon")) == (
        found.drawn("weather"),
        ("sun", "light"),
        None,
    )
    lamp = found.drawn("lamp")
    assert lamp.lines == (("M", (1.0, 4.0)), ("L", (2.0, 2.0)))
    assert lamp.areas == ((("M", (0.0, 0.0)), ("L", (1.0, 1.0)), ("Z", ())),)


@pytest.mark.parametrize("name", NAMES)
def test_an_icon_of_the_set_is_what_is_read_of_it_as_it_was_published(name):
    assert read_svg(published(name).encode()) == icon(name)


def test_a_map_without_icons_reads_no_set_and_loads_no_reader_of_svg(tmp_path):
    path = tmp_path / "map.yaml"
    path.write_text(MAP.replace(", icon: ICON", ""), encoding="utf-8")
    script = (
        "import sys; from pathlib import Path; from conceptdeck.workspace import disk, loading\n"
        "log = disk.Log(lambda *_: True)\n"
        f"with disk.logged(log): loading.read_map_file(Path({str(path)!r}), 'bread')\n"
        "assert not [each for each in log.read if 'icons' in each.parts], log.read\n"
        "assert 'conceptdeck.reading.svg' not in sys.modules"
    )
    subprocess.run([sys.executable, "-c", script], check=True)


# --- what is said of names -----------------------------------------------------------------------


def test_an_icon_that_a_map_names_is_looked_up_where_it_is_named(written):
    (step,) = written("wheat").steps.items
    assert (step.icon.name, step.icon.drawn) == ("wheat", icon("wheat"))
    assert (step.icon.span.line, step.icon.span.column) == (4, 28)


@pytest.mark.parametrize(
    ("word", "hint"), [("golbe", "did you mean `globe`?"), ("planet", "try `eclipse`"), ("Globe", "try `globe`")]
)
def test_a_name_that_no_icon_has_is_a_finding_that_names_near_ones(word, hint, written):
    found = refused(written, word)
    assert (found.code, found.span.line, found.span.column) == ("unknown-icon", 4, 28)
    assert found.excerpt.strip().startswith("mix:")
    assert any(hint in each for each in found.hints), found.hints
    assert any("conceptdeck icons" in each for each in found.hints)


@pytest.mark.parametrize(
    "word", ["/etc/own.svg", "icons/own.png", "https://example.org/a.svg", "~/own.svg", "'..\\own.svg'", "no/such.svg"]
)
def test_a_path_that_leads_to_no_file_of_the_map_is_a_finding_where_it_is_written(word, written):
    found = refused(written, word)
    assert (found.code, found.span.line, found.span.column) == ("bad-icon", 4, 28)


def test_an_icon_that_is_empty_or_no_text_is_a_finding(written):
    assert refused(written, "''").code == "empty-text"
    assert refused(written, "[globe]").code == "wrong-kind"


# --- paths ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("data", "same"),
    [
        ("M1 2L3 4", "m1 2l2 2"),
        ("M1 2L3 4", "M1,2 3,4"),
        ("M1 2H5V7", "m1 2h4v5"),
        ("M1 2C1 3 4 5 6 7", "m1 2c0 1 3 3 5 5"),
        ("M0 0C0 1 1 2 2 2S4 3 4 4", "M0 0C0 1 1 2 2 2C3 2 4 3 4 4"),
        ("M0 0S4 3 4 4", "M0 0C0 0 4 3 4 4"),
        ("M0 0Q3 3 6 0T12 0", "M0 0Q3 3 6 0Q9-3 12 0"),
        ("M0 0Q3 3 6 0", "M0 0C2 2 4 2 6 0"),
        ("M0 0L2 0L2 2ZL5 5", "M0 0L2 0L2 2ZM0 0L5 5"),
        ("M1.5.5L.5-.5", "M1.5 0.5 L 0.5 -0.5"),
        ("M0 0A5 5 0 01 5 5", "M0 0a5,5 0 0,1 5,5"),
        ("M0 0a.5.5 0 0 1 .923 0", "M0 0a.5.5 0 01.923 0"),
        ("M0 0A0 5 0 0 1 5 5", "M0 0L5 5"),
        ("M1e1 0L2E0 0", "M10 0L2 0"),
    ],
)
def test_two_ways_to_write_one_path_come_to_the_same(data, same):
    assert [(name, pytest.approx(values)) for name, values in path_segments(data)] == list(path_segments(same))


@pytest.mark.parametrize(("large", "positive"), [(0, 0), (0, 1), (1, 0), (1, 1)])
@pytest.mark.parametrize("turn", [0, 30])
def test_an_arc_stays_on_its_ellipse_and_goes_the_way_that_its_flags_say(large, positive, turn):
    path = path_segments(f"M2 1A5 3 {turn} {large} {positive} 6 4")
    found = [(2.0, 1.0), *points_on(path[1:])]
    angle = math.radians(-turn)
    squeezed = [complex(x, y) * complex(math.cos(angle), math.sin(angle)) for x, y in points_on(path)]
    circle = [complex(each.real / 5, each.imag / 3) for each in squeezed]
    a, b, c = circle[0], circle[len(circle) // 2], circle[-1]
    centre = _centre(a, b, c)
    assert max(abs(abs(each - centre) - 1) for each in circle) < 1e-3
    length = sum(math.hypot(x1 - x0, y1 - y0) for (x0, y0), (x1, y1) in pairwise(found))
    assert (length > math.pi * 4) is bool(large)
    area = sum(x0 * y1 - x1 * y0 for (x0, y0), (x1, y1) in zip(found, [*found[1:], found[0]], strict=True))
    assert (area > 0) is bool(positive)


def _centre(a: complex, b: complex, c: complex) -> complex:
    """Return the centre of the circle through three points."""
    w = (c - a) / (b - a)
    return (b - a) * (w - abs(w) ** 2) / (w - w.conjugate()) + a


@pytest.mark.parametrize(
    "data", ["L1 2", "M1", "M1 2L", "M1 2X3 4", "M1 2L3 four", "M0 0A1 1 0 2 0 3 3", "M1e9 0", "M 0 0 L 1 1 1"]
)
def test_what_is_no_path_is_refused(data):
    with pytest.raises(BadPath):
        path_segments(data)


@given(st.text("MmLlHhVvCcSsQqTtAaZz0123456789.,+-eE \n", max_size=60))
def test_no_text_of_signs_of_a_path_is_more_than_refused(data):
    try:
        drawn = read_svg(svg(f'<path d="{data}" stroke="black" fill="none"/>'))
    except NotAnIcon:
        return
    assert all(math.isfinite(value) for _, values in drawn.lines for value in values)


# --- areas ---------------------------------------------------------------------------------------

SQUARE, HOLE, BACK = "M2 2H22V22H2Z", "M8 8H16V16H8Z", "M8 8V16H16V8Z"


@pytest.mark.parametrize(
    ("data", "even_odd", "areas"),
    [
        (SQUARE + HOLE, True, 1),
        (SQUARE + BACK, True, 1),
        (SQUARE + BACK, False, 1),
        (SQUARE + HOLE, False, 2),  # painted over each other
        ("M2 2H8V8H2Z M12 12H20V20H12Z", True, 2),
        (SQUARE + HOLE + "M10 10H14V14H10Z", True, 2),  # an island in the hole
    ],
)
def test_a_hole_is_a_part_of_the_area_around_it_and_runs_the_other_way_round(data, even_odd, areas):
    found = areas_of(path_segments(data), even_odd=even_odd)
    assert len(found) == areas
    turns = [_turns(area) for area in found]
    assert all(len(each) == 1 or each[0] == -each[1] for each in turns)
    assert sorted(map(len, turns)) == ([1] * (areas - 1) + [2] if areas == 1 or "M10" in data else [1] * areas)


def _turns(area) -> list[int]:
    parts, turns = re.split("(?=M)", "".join(name for name, _ in area))[1:], []
    at = 0
    for part in parts:
        points = points_on(area[at : at + len(part)])
        at += len(part)
        twice = sum(x0 * y1 - x1 * y0 for (x0, y0), (x1, y1) in zip(points, [*points[1:], points[0]], strict=True))
        turns.append(1 if twice > 0 else -1)
    return turns


# --- files of one's own --------------------------------------------------------------------------


def test_an_icon_of_ones_own_is_looked_up_beside_the_map(written):
    own = svg('<path d="M0 0H24" stroke="#333" stroke-width="2" fill="none"/>')
    (step,) = written("./own.svg", own).steps.items
    assert (ends(step.icon.drawn.lines), step.icon.drawn.width) == ([(0, 0), (24, 0)], 2)


@pytest.mark.parametrize(
    ("content", "wanted"),
    [
        ('<line x1="1" y1="2" x2="3" y2="4" stroke="red"/>', [(1, 2), (3, 4)]),
        ('<polyline points="1,2 3,4 5,2" style="fill:none;stroke:red"/>', [(1, 2), (3, 4), (5, 2)]),
        ('<polygon points="1 2 3 4 5 2" fill="none" stroke="red"/>', [(1, 2), (3, 4), (5, 2)]),
        ('<rect x="1" y="2" width="3" height="4" fill="none" stroke="red"/>', [(1, 2), (4, 2), (4, 6), (1, 6)]),
        ('<circle cx="5" cy="5" r="2" fill="none" stroke="red"/>', [(3, 5), (5, 3), (7, 5), (5, 7), (3, 5)]),
        (
            '<g transform="translate(10 5) rotate(90)" stroke="red"><g fill="none"><path d="M0 0H4"/></g></g>',
            [(10, 5), (10, 9)],
        ),
        ('<path transform="matrix(2 0 0 2 1 1)" d="M0 0L3 0" stroke="red" stroke-width=".5"/>', [(1, 1), (7, 1)]),
        (
            '<path d="M1 1L2 2" stroke="red"/><g display="none"><path d="M9 9L8 8"/></g><title>Two</title>',
            [(1, 1), (2, 2)],
        ),
        ('<path d="M1 1L2 2" stroke="red"/><path d="M9 9H8V8" visibility="hidden"/>', [(1, 1), (2, 2)]),
    ],
)
def test_lines_of_every_kind_come_to_where_they_are_drawn(content, wanted):
    assert ends(read_svg(svg(content)).lines) == wanted


def test_a_drawing_of_another_size_comes_to_the_middle_of_the_grid():
    head = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 200 100">'
    drawn = read_svg(svg('<path d="M0 0H200V100H0Z"/>', head))
    assert bounds(drawn.areas[0]) == (0, 6, 24, 18)


@pytest.mark.parametrize("head", ['<svg xmlns="http://www.w3.org/2000/svg">', '<svg viewBox="0 0 10 10">'])
def test_a_drawing_without_a_view_box_or_beyond_it_is_seen_whole(head):
    drawn = read_svg(svg('<rect x="100" y="100" width="50" height="50"/>', head))
    left, top, right, bottom = bounds(drawn.areas[0])
    assert (left, top, right, bottom) == (0, 0, 24, 24)


BAD = {
    '<!DOCTYPE svg [<!ENTITY a "b">]><svg/>': "document type",
    '<!DOCTYPE svg PUBLIC "-//W3C//DTD SVG 1.1//EN" "http://www.w3.org/1.1/svg11.dtd"><svg/>': "document type",
    '<?xml-stylesheet href="a.css"?><svg/>': "instruction",
    f"{HEAD}<script>alert(1)</script></svg>": "a script",
    f'{HEAD}<path d="M0 0H9" onclick="alert(1)"/></svg>': "`onclick`",
    f'{HEAD}<image href="a.png"/></svg>': "`<image>`",
    f'{HEAD}<use href="#a"/></svg>': "`<use>`",
    f"{HEAD}<text>Bread</text></svg>": "`<text>`",
    f"{HEAD}<style>path {{fill: red}}</style></svg>": "`<style>`",
    f"{HEAD}<foreignObject/></svg>": "`<foreignObject>`",
    f'{HEAD}<path d="M0 0H9" xmlns:x="http://www.w3.org/1999/xlink" x:href="http://a"/></svg>': "leads elsewhere",
    f'{HEAD}<path d="M0 0H9V9" fill="url(#shade)"/></svg>': "`fill`",
    f'{HEAD}<path d="M0 0H9V9" style="filter: url(http://a/b)"/></svg>': "`filter`",
    f'{HEAD}<path d="M0 0H9V9" mask="url(#a)"/></svg>': "`mask`",
    f'{HEAD}<path d="M0 0H9V9" opacity=".5"/></svg>': "`opacity`",
    f'{HEAD}<path d="M0 0H9V9" fill="red"/><path d="M9 9H12V12" fill="#00f"/></svg>': "2 colours: #00f".replace(
        "#00f", "#0000ff"
    ),
    f'{HEAD}<path d="M0 0H9" stroke="red"/><path d="M9 9H12" stroke="red" stroke-width="3"/></svg>': "2 widths: 1, 3",
    f'{HEAD}<path d="M0 0H9" stroke="red" stroke-dasharray="2 1"/></svg>': "dashed",
    f'{HEAD}<path d="M0 0H9" stroke="red" stroke-width="-1"/></svg>': "below zero",
    f'{HEAD}<path d="M0 0 nowhere" stroke="red"/></svg>': "cannot be read",
    f'{HEAD}<circle r="wide"/></svg>': "`r` `wide`",
    f'{HEAD}<path d="M0 0H9V9" transform="spin(3)"/></svg>': "`transform`",
    f'{HEAD}<path d="M0 0H9V9" transform="scale(1e6) scale(1e6)"/>'.replace("scale(1e6) ", "scale(1e6) " * 60)
    + "</svg>": "without an end",
    f"{HEAD}</svg>": "draws nothing",
    f'{HEAD}<path d="M3 3L3 3"/></svg>': "draws nothing",
    f"{HEAD}<g>": "not XML",
    "<html/>": "no SVG",
    '<svg viewBox="0 0 0 24"/>': "`viewBox`",
    f"{HEAD}{'<g>' * 60}{'</g>' * 60}</svg>": "nested",
    f'{HEAD}<path d="M0 0{"L1 1" * 3_000}"/></svg>': "more than 2,000",
    f"{HEAD}<!--{'-+' * 110_000}--></svg>": "bytes",
    "": "not XML",
}


@pytest.mark.parametrize("own", BAD, ids=BAD.values())
def test_a_file_that_cannot_be_a_sign_is_a_finding_that_says_why_and_the_way_out(own, written):
    found = refused(written, "./own.svg", own)
    assert found.code == "bad-icon"
    assert BAD[own] in found.what
    assert found.span.path.endswith("own.svg")
    assert found.hints and "map.yaml:4:28" in found.notes[0]


def test_a_finding_in_a_file_shows_the_line_where_it_is(written):
    found = refused(written, "./own.svg", f"{HEAD}\n  <path d='M0 0H9V9'/>\n  <image href='a.png'/>\n</svg>")
    assert (found.span.line, found.span.column, found.excerpt.strip()) == (3, 3, "<image href='a.png'/>")


def test_entities_that_would_grow_without_bound_are_never_read(written):
    bomb = "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 10}">' for n in range(1, 12))
    own = f'<!DOCTYPE svg [<!ENTITY e0 "bread">{bomb}]>{HEAD}<title>&e11;</title></svg>'
    assert "document type" in refused(written, "./own.svg", own).what


@pytest.mark.skipif(not hasattr(Path, "symlink_to"), reason="needs links")
def test_a_folder_or_a_device_is_no_icon(written, tmp_path):
    folder = tmp_path / "data" / "bread"
    (folder / "own.svg").mkdir(parents=True)
    assert refused(written, "./own.svg").code == "bad-icon"


def test_own_icons_in_other_encodings_are_read(written):
    own = (
        f'<?xml version="1.0" encoding="UTF-16"?>{HEAD}<title>Brot</title><path d="M0 0H9" stroke="red"/></svg>'.encode(
            "utf-16"
        )
    )
    (step,) = written("own.svg", own).steps.items
    assert ends(step.icon.drawn.lines) == [(0, 0), (9, 0)]
