"""What YAML text becomes, what of it is refused and where, and that no input takes long."""

import itertools
import random

import pytest

from conceptdeck.reading.excerpts import MAX_EXCERPT, with_excerpts
from conceptdeck.reading.findings import MAX_MISTAKES
from conceptdeck.reading.source import MAX_BYTES, MAX_DEPTH, MAX_NODES, Mapping, Scalar, Sequence, decode, parse
from conceptdeck.values.diagnostics import Diagnostic, Span
from support.work import calls


def places(text):
    return [f"{d.code} {d.span.line}:{d.span.column}" for d in parse(text, "map.yaml")[1]]


def value(text):
    node, found = parse(text, "map.yaml")
    assert isinstance(node, Mapping), found
    assert not found
    return node.entries[0][1].value


def plain(node):
    if isinstance(node, Scalar):
        return node.value
    if isinstance(node, Sequence):
        return [plain(item) for item in node.items]
    return {key.value: plain(item) for key, item in node.entries}


# The tree


def test_a_tree_keeps_every_line_and_column():
    node, _ = parse("a: 'ü'\nb:\n  - 😀 c: d\n  - [e]\n", "map.yaml")
    (_, _), (b, items) = node.entries
    assert b.span == Span("map.yaml", 2, 1, 1)
    assert items.span == Span("map.yaml", 3, 3, 1)
    assert items.items[0].entries[0][0].span == Span("map.yaml", 3, 5, 3)
    assert items.items[0].entries[0][1].span == Span("map.yaml", 3, 10, 1)
    assert items.items[1].items[0].span == Span("map.yaml", 4, 6, 1)


def test_mappings_and_lists_nest():
    node, _ = parse("a: {b: [c, {d: e}], f: []}\ng:\n- h\n", "map.yaml")
    assert plain(node) == {"a": {"b": ["c", {"d": "e"}], "f": []}, "g": ["h"]}


@pytest.mark.parametrize(
    "word",
    [
        "no",
        "yes",
        "true",
        "null",
        "~",
        "012",
        "1:20",
        "12:30:00",
        "2024-13-45",
        "2024-01-02",
        "1.10",
        "0x1F",
        ".inf",
        "1e3",
        "=",
    ],
)
def test_a_word_stays_text_whatever_it_looks_like(word):
    assert value(f"a: {word}\n") == word


def test_the_language_of_norway_stays_no():
    assert value("language: no\n") == "no"


AWKWARD = [
    "C:\\", "\\N", "\\G", "<lambda> <map>", "&copy;", "R&D", '"quoted"', "a:b", "{count}", "_x000D_", "it's",
    "no\u00a0break", "soft\u00adhyphen", "👩\u200d👩\u200d👧", "e\u0301a\u0308", "w" * 5000,
    "\u0634\u0631\u0643\u0629 OpenAI \u0631\u0642\u0645 42", "ภาษาไทยไม่มีช่องว่าง",
    "「日本語」、全角！", "a\tb", "100 %", "# hash", "- dash", "? what", "@at", "`tick`",
    "|", ">", "!bang", "*star*", "&amp", "[x]", "a: b",
    " spaces ", "\u2067\u05e9\u05dc\u05d5\u05dd\u2069", "\u202babc\u202c", "\U0001f3f4\U000e0067\U000e007f",
    "\ue000", "x\u200by", "-", "---", "...", "<<",
]  # fmt: skip


@pytest.mark.parametrize("text", AWKWARD, ids=range(len(AWKWARD)))
def test_awkward_text_in_single_quotes_arrives_exactly(text):
    assert value("a: '" + text.replace("'", "''") + "'\n") == text


@pytest.mark.parametrize("text", AWKWARD, ids=range(len(AWKWARD)))
def test_awkward_text_in_a_block_arrives_exactly(text):
    assert value(f"a: |2\n  {text}\n") == text


@pytest.mark.parametrize("text", ["C:\\", "R&D", "a:b", "{count}", "<lambda> <map>", "_x000D_", '3" pipe', "\\N"])
def test_awkward_text_without_quotes_arrives_exactly(text):
    text = text if not text.startswith("{") else f"n {text}"
    assert value(f"a: {text}\n") == text


@pytest.mark.parametrize(
    ("written", "text"),
    [
        (r'"x\ry"', "x\ny"),
        (r'"x\r\ny"', "x\ny"),
        (r'"x\ty"', "x\ty"),
        (r'"x\ny\n"', "x\ny\n"),
        ('"x\ry"', "x y"),
        ('"x\r\n  y"', "x y"),
        ("|\r\n  x\r\n  y\r\n", "x\ny"),
        ("|\n  x\n\n", "x"),
        ("|-\n  x\n", "x"),
        ("|+\n  x\n", "x\n"),
        (">\n  x\n  y\n", "x y"),
        (r'"\N"', None),
        (r'"\L"', None),
    ],
)
def test_line_breaks_are_what_yaml_gives(written, text):
    node, found = parse(f"a: {written}\n", "map.yaml")
    if text is None:
        assert [d.code for d in found] == ["forbidden-character"]
    else:
        assert (node.entries[0][1].value, found) == (text, ())


def test_a_byte_order_mark_at_the_start_is_no_part_of_the_text():
    node, found = parse("\ufeffa: b\n", "map.yaml")
    assert (plain(node), found) == ({"a": "b"}, ())
    assert node.entries[0][1].span.column == 4


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("t: T\nk:\n  a:\n    name:\u00a0A\n    role: R\n", "4:10"),
        ("t: T\nk:\n  a:\n\u00a0   name: A\n    role: R\n", "4:1"),
        ("t: T\nk:\n  a:\n\u00a0   name: A\n", "4:1"),
        ("t: T\nk:\n  a:\n    name:\u00a0A\n", "4:10"),
        ("t: T\nk:\n  \u3000a: {name: A}\n  b: {name: B}\n", "3:3"),
        ("t：T\nk: K\n", "1:2"),
        ("t:\u202fT\nk: K\n", "1:3"),
    ],
)
def test_what_only_looks_like_a_space_or_a_colon_is_named_where_it_stands(text, place):
    _, found = parse(text, "map.yaml")
    assert [(d.code, str(d.span)) for d in found] == [("syntax", f"map.yaml:{place}")]
    assert "ordinary" in found[0].message


@pytest.mark.parametrize(
    "text", ["a: b:\u00a0c\n", "- Note:\u00a0c\n", "a: |\n  note:\u00a0c\n", "a: '\u00a0b'\n", "a: b\u3000c：d\n"]
)
def test_such_signs_may_stand_in_texts(text):
    assert parse(text, "map.yaml")[1] == ()


# What is refused

REFUSED = {
    "an alias": ("a: *x\n", ["alias 1:4"]),
    "an anchor": ("a: b\nc: &x d\n", ["alias 2:4"]),
    "an anchor that holds its own alias": ("a: &a [*a]\n", ["alias 1:4", "alias 1:8"]),
    "an anchored key": ("&a a: b\n", ["alias 1:1"]),
    "a merge key": ("a:\n  <<: {b: c}\n", ["alias 2:3"]),
    "an entity that looks like an anchor": ("a: &copy; b\n", ["syntax 1:9"]),
    "a tag": ("a: !!str b\n", ["tag 1:4"]),
    "a verbatim tag": ("a: !<tag:yaml.org,2002:int> 1\n", ["tag 1:4"]),
    "a lone exclamation mark": ("a: ! b\n", ["tag 1:4"]),
    "a Python object": ("a: !!python/object/apply:os.system [ls]\n", ["tag 1:4"]),
    "a tagged mapping": ("a: !x {b: c}\n", ["tag 1:4"]),
    "a duplicate key": ("a: 1\nb: 2\na: 3\n", ["duplicate-key 3:1"]),
    "a duplicate key within": ("a:\n  b: 1\n  'b': 2\n", ["duplicate-key 3:3"]),
    "a list as a key": ("[a]: b\n", ["key-not-text 1:1"]),
    "a mapping as a key": ("? {a: b}\n: c\n", ["key-not-text 1:3"]),
    "an empty key": ("'': a\n' ': b\n", ["empty-key 1:1", "empty-key 2:1"]),
    "an invisible key": ('"\\u200b": a\n', ["empty-key 1:1"]),
    "a second document": ("a: b\n---\nc: d\n", ["multiple-documents 2:1"]),
    "an empty second document": ("a: b\n---\n", ["multiple-documents 2:1"]),
    "an empty file": ("", ["empty-file 1:1"]),
    "a file of blanks": (" \n\n", ["empty-file 1:1"]),
    "a file of comments": ("# a: b\n", ["empty-file 1:1"]),
    "an empty document": ("---\n", ["empty-file 1:1"]),
    "a colon in a text": ("a: b: c\n", ["syntax 1:5"]),
    "an open list": ("a: [b, c\n\n\n", ["syntax 1:4"]),
    "an open mapping": ("a: {b: c\n", ["syntax 1:4"]),
    "an open quotation": ("a: 'b\nc: d\n", ["syntax 1:4"]),
    "text after a quotation": ("a: 'b' c\n", ["syntax 1:8"]),
    "a tab as indentation": ("a:\n\t- b\n", ["syntax 2:1"]),
    "a line without a colon": ("a: b\nc\nd: e\n", ["syntax 2:1"]),
    "an at sign": ("a: @b\n", ["syntax 1:4"]),
    "a backtick": ("a: `b`\n", ["syntax 1:4"]),
    "a per cent sign": ("a: %b\n", ["syntax 1:4"]),
    "an unknown escape": ('a: "C:\\G"\n', ["syntax 1:7"]),
    "a surrogate as an escape": ('a: "\\ud800"\n', ["syntax 1:7"]),
    "a future YAML": ("%YAML 3.0\n---\na: b\n", ["syntax 1:1"]),
    "NUL": ("a: b\x00c\n", ["forbidden-character 1:5"]),
    "NUL as an escape": ('a: "b\\0c"\n', ["forbidden-character 1:4"]),
    "a terminal escape": ("a: \x1b[31mred\n", ["forbidden-character 1:4"]),
    "a delete character": ("a: b\x7f\n", ["forbidden-character 1:5"]),
    "a C1 control": ("a: b\x9f\n", ["forbidden-character 1:5"]),
    "a next-line character": ("a: b\x85c\nd: \x01\n", ["forbidden-character 1:5", "forbidden-character 2:4"]),
    "a line separator": ("a: b\u2028c\n", ["forbidden-character 1:5"]),
    "a byte order mark within": ("a: b\ufeff\n", ["forbidden-character 1:5"]),
    "U+FFFE": ("a: b\ufffe\n", ["forbidden-character 1:5"]),
    "U+FFFF": ("a: b\uffff\n", ["forbidden-character 1:5"]),
    "a noncharacter of another plane": ("a: 😀\U0001ffff\n", ["forbidden-character 1:5"]),
    "a lone surrogate": ("a: b\udc80\n", ["forbidden-character 1:5"]),
    "a forbidden character in a comment": ("a: b # \x07\n", ["forbidden-character 1:8"]),
    "a forbidden character in a key": ("a\x07: b\n", ["forbidden-character 1:2"]),
    "an override left open": ("a: x \u202e y\n", ["unbalanced-direction 1:6"]),
    "an override left open by an escape": ('a: "x \\u202e y"\n', ["unbalanced-direction 1:4"]),
    "an isolate left open": ("a: |\n  x\n  y \u2067 z\n", ["unbalanced-direction 3:5"]),
    "a pop without a push": ("a: x\u2069\n", ["unbalanced-direction 1:5"]),
    "crossed directions": ("a: \u2067\u202b\u2069\u202c\n", ["unbalanced-direction 1:6"]),
    "an override in a key": ("\u202ea: x\n", ["unbalanced-direction 1:1"]),
    "an override closed in another text": (
        "a: \u202ex\nb: y\u202c\n",
        ["unbalanced-direction 1:4", "unbalanced-direction 2:5"],
    ),
}


@pytest.mark.parametrize(("text", "expected"), REFUSED.values(), ids=REFUSED)
def test_what_is_not_a_plain_map_is_refused_at_its_place(text, expected):
    assert places(text) == expected


@pytest.mark.parametrize(("text", "expected"), REFUSED.values(), ids=REFUSED)
def test_a_refusal_names_a_way_out_in_plain_words(text, expected):
    for diagnostic in parse(text, "map.yaml")[1]:
        assert diagnostic.hints
        assert not set("\x00\x07\x1b\u202e\ud800\ufffe") & set(str(diagnostic))


def test_a_duplicate_key_names_both_places():
    (found,) = parse("a: 1\nb: 2\na: 3\n", "map.yaml")[1]
    assert found.span == Span("map.yaml", 3, 1, 1)
    assert found.notes == ("first written at map.yaml:1:1",)


def test_mistakes_of_all_kinds_are_reported_at_once():
    text = "a: \x01\nb: &x c\nb: !t d\n[e]: f\ng: 'h' i\n"
    assert places(text) == ["forbidden-character 1:4", "alias 2:4", "tag 3:4", "syntax 5:8"]


def test_a_tree_beside_errors_is_whole_but_for_what_is_reported():
    node, found = parse("a: x\x01y\nb: 1\nb: 2\n<<: z\n", "map.yaml")
    assert plain(node) == {"a": "x\ufffdy", "b": "1"}
    assert len(found) == 3


@pytest.mark.parametrize("text", ["a: *x\n", "a: [\n", "a: b\n---\n", "[" * 100, ""])
def test_a_text_whose_meaning_is_unknown_has_no_tree(text):
    assert parse(text, "map.yaml")[0] is None


# Caps


def bomb(first, later, levels):
    """Return mappings of which each holds the one before nine times."""
    names = "abcdefghijklmnopq"[: levels + 1]
    lines = [f"{b}: &{b} {later.format(', '.join([f'*{a}'] * 9))}\n" for a, b in itertools.pairwise(names)]
    return f"a: &a {first}\n{''.join(lines)}"


BOMBS = {
    "billion laughs": (bomb("[x]", "[{}]", 9), "alias"),
    "merge keys": (bomb("{x: y}", "{{<<: [{}]}}", 12), "alias"),
    "brackets": ("[" * 200_000, "too-deep"),
    "braces": ("{a: " * 100_000, "too-deep"),
    "dashes": ("- " * 200_000, "too-deep"),
    "question marks": ("? " * 200_000, "too-deep"),
    "indentation": ("".join(f"{' ' * n}a:\n" for n in range(2_000)), "too-deep"),
    "nodes": ("[" + "a," * 1_000_000, "too-many-nodes"),
    "characters": ("a" * (MAX_BYTES + 1), "too-large"),
    "NULs": ("\x00" * MAX_BYTES, "too-many-mistakes"),
    "duplicates": ("a: 1\n" * 150_000, "too-many-mistakes"),
    "blank lines": ("\n" * MAX_BYTES, "empty-file"),
    "open quotation": ("a: '" + "b " * (MAX_BYTES // 2 - 10), "syntax"),
    "overrides": ("a: " + "\u202e" * (MAX_BYTES - 10), "unbalanced-direction"),
    "colons": ("a" + ": a" * 1_000_000, "syntax"),
}


@pytest.mark.parametrize(("text", "code"), BOMBS.values(), ids=BOMBS)
def test_a_bomb_is_refused_before_it_makes_work(text, code):
    """A bomb makes far more work than it has characters; what is refused takes some calls a character at most."""
    found = []
    work = calls(lambda: found.extend(with_excerpts(parse(text, "map.yaml")[1], {"map.yaml": text})))
    assert work < 30 * len(text)
    assert code in {d.code for d in found}
    assert len(found) <= MAX_MISTAKES + 1
    assert max(len(str(d)) for d in found) < 1_000


def test_merge_keys_need_few_bytes_to_be_a_bomb():
    assert len(bomb("{x: y}", "{{<<: [{}]}}", 12)) < 700


def test_nesting_up_to_the_cap_is_read():
    assert places("[" * MAX_DEPTH + "]" * MAX_DEPTH) == []
    assert places("[" * (MAX_DEPTH + 1)) == [f"too-deep 1:{MAX_DEPTH + 1}"]


def test_values_up_to_the_cap_are_read():
    node, found = parse("[" + "a," * (MAX_NODES - 1) + "]", "map.yaml")
    assert found == ()
    assert len(node.items) == MAX_NODES - 1


def test_noise_never_raises():
    noise = random.Random(7)
    alphabet = "ab:-?[]{},&*!|>'\"%@`# \n\t\r\\0u\x00\x85\u202e\u2069\ud800\ufeff😀<"
    for _ in range(3_000):
        text = "".join(noise.choices(alphabet, k=noise.randrange(1, 40)))
        node, found = parse(text, "map.yaml")
        assert node is not None or found
        assert all(str(d) and d.span.line >= 1 for d in with_excerpts(found, {"map.yaml": text}))


def test_the_parser_in_python_gives_the_same_tree(monkeypatch):
    text = "a: |\n  x\nb: [c, {d: 'é'}]\ne: \"f\\ng\"\n"
    fast = parse(text, "map.yaml")
    monkeypatch.delattr("yaml.CSafeLoader")
    assert parse(text, "map.yaml") == fast


# Bytes


@pytest.mark.parametrize(
    ("data", "place"),
    [
        (b"a: \xe9\n", "1:4"),
        ("ü: b\nc: d".encode() + b"\xff", "2:5"),
        (b"\xef\xbb\xbfa\xff", "1:2"),
        (b"a: \xed\xa0\x80", "1:4"),
        (b"a: \xc0\x80", "1:4"),
        ("a: b".encode("utf-16"), "1:1"),
        ("a: b".encode("utf-16-le"), "1:1"),
        ("a: b".encode("utf-16-be"), "1:1"),
        ("a: b".encode("utf-32"), "1:1"),
    ],
)
def test_bytes_that_are_not_utf_8_are_refused_at_their_place(data, place):
    text, (found,) = decode(data, "map.yaml")
    assert text is None
    assert (found.code, str(found.span)) == ("not-utf-8", f"map.yaml:{place}")


def test_a_letter_in_an_old_encoding_is_named():
    assert decode(b"a: \xe9\n", "map.yaml")[1][0].notes == ("in Windows-1252 the byte would be `é`",)


@pytest.mark.parametrize("text", ["", "a", "ab\n", "ü: 😀\n", "日本語: x\n"])
def test_utf_8_is_read_as_it_is(text):
    assert decode(text.encode(), "map.yaml") == (text, ())


def test_a_file_over_the_cap_is_not_decoded():
    text, (found,) = decode(b"x" * (MAX_BYTES + 1), "map.yaml")
    assert (text, found.code) == (None, "too-large")


# Excerpts


def excerpt(line, column, length=1):
    found = Diagnostic("code", "message", Span("map.yaml", 1, column, length))
    return with_excerpts([found], {"map.yaml": line})[0]


def test_an_excerpt_is_the_offending_line():
    found = Diagnostic("code", "message", Span("map.yaml", 2, 4, 2))
    assert str(with_excerpts([found], {"map.yaml": "a: b\r\nc: de\r\n"})[0]).splitlines()[1:] == [
        "  2 | c: de",
        "    |    ^^",
    ]


def test_an_excerpt_shows_a_dot_for_what_a_terminal_would_obey():
    assert excerpt("\ufeffa:\t\x1b[31m\u202e\udc80", 1).excerpt == "a: ·[31m··"


def test_an_excerpt_of_a_long_line_ends_early():
    shown = excerpt("a: b" + "c" * 10_000, 4)
    assert len(shown.excerpt) == MAX_EXCERPT
    assert str(shown).splitlines()[-1].index("^") == str(shown).splitlines()[1].index("b")


def test_a_place_far_to_the_right_is_told_in_a_note():
    shown = excerpt("a" * 5_000 + "x" + "b" * 5_000, 5_001)
    assert shown.excerpt == ""
    assert shown.notes == (f"after `…{'a' * 40}` comes `x{'b' * 38}…`",)


def test_a_file_as_a_whole_has_no_excerpt():
    found = Diagnostic("code", "message", Span("map.yaml"))
    assert with_excerpts([found, Diagnostic("code", "message")], {"map.yaml": "a"})[0].excerpt == ""
