"""Files of other programs become maps: each format as its programs write it, from the file to the deck."""

from __future__ import annotations

import base64
import zlib
from io import BytesIO
from pathlib import Path
from urllib.parse import quote
from xml.sax.saxutils import escape
from zipfile import ZIP_DEFLATED, ZipFile

import pytest
from click.testing import CliRunner

from conceptdeck.building.catalogs import status
from conceptdeck.building.importing import import_map
from conceptdeck.cli import main
from conceptdeck.reading.marks import unmarked
from conceptdeck.values.characters import FORBIDDEN
from conceptdeck.values.diagnostics import Failure
from conceptdeck.workspace.loading import read_map_file

FILES = Path(__file__).parent / "files"
NAMES = sorted(path.name for path in FILES.iterdir())


@pytest.fixture
def run(tmp_path, monkeypatch):
    """Return `run(*arguments)`: the command's result, from an empty folder."""
    monkeypatch.chdir(tmp_path)
    return lambda *arguments: CliRunner().invoke(main, [*map(str, arguments)])


@pytest.fixture
def imported(tmp_path, monkeypatch):
    """Return `imported(name, content, ...)`: the import of a file with that content."""
    monkeypatch.chdir(tmp_path)

    def made(name, content, **options):
        data = content if isinstance(content, bytes) else content.encode()
        Path(name).write_bytes(data)
        return import_map(Path(name), Path("data/it/map.yaml"), **options)

    return made


def text_of(found) -> str:
    return next(data.decode() for path, data in found.files.items() if path.name == "map.yaml")


# --- every format --------------------------------------------------------------------------------


@pytest.mark.parametrize("name", NAMES)
def test_the_map_of_a_file(name, golden, monkeypatch):
    monkeypatch.chdir(FILES)
    found = import_map(Path(name), Path("it/map.yaml"))
    catalogs = [data.decode() for path, data in found.files.items() if path.suffix == ".po"]
    told = [f"{each}\n" for each in found.findings]
    golden(f"imported/{name}.txt", "\n".join([text_of(found), *told, *catalogs]))


@pytest.mark.parametrize("name", NAMES)
def test_the_map_of_a_file_builds_at_once(name, run):
    result = run("import", FILES / name, "-o", "data/it")
    assert result.exit_code == 0, result.output
    built = run("build", "it", "--quiet")
    assert (built.exit_code, built.output) == (0, "")


@pytest.mark.parametrize("name", [name for name in NAMES if not name.endswith((".csv", ".md"))])
def test_the_format_of_a_file_is_told_by_its_content_alone(name, imported):
    known = imported(name, (FILES / name).read_bytes()).form
    assert imported("unknown", (FILES / name).read_bytes()).form == known


# --- the command ---------------------------------------------------------------------------------


def test_a_map_that_is_there_is_replaced_only_by_force(run):
    assert run("import", FILES / "pond.mm").exit_code == 0
    Path("data/pond/map.yaml").write_text("title: Mine\n")
    again = run("import", FILES / "pond.mm")
    assert again.exit_code == 1 and "[map-exists]" in again.output
    assert Path("data/pond/map.yaml").read_text() == "title: Mine\n"
    assert run("import", FILES / "pond.mm", "--force").exit_code == 0
    assert read_map_file(Path("data/pond/map.yaml"))[0].title.value == "Life in a pond"


def test_the_command_says_what_it_made_and_what_to_do_now(run):
    result = run("import", FILES / "coffee.opml")
    told = "data/coffee/map.yaml  6 concepts, 3 groups from OPML, also in de, fr; now: conceptdeck build coffee\n"
    assert result.stdout == told
    assert Path("data/map.schema.json").exists()
    assert run("build", "coffee", "--locale", "de", "--quiet").exit_code == 0


def test_a_format_may_be_said_and_must_be_one(run):
    Path("notes").write_text("- one\n- two\n")
    assert run("import", "notes", "--from", "csv", "-o", "data/a").exit_code == 0
    refused = run("import", "notes", "--from", "visio")
    assert refused.exit_code == 2 and "freemind, opml" in refused.output


def test_a_file_of_no_format_is_refused_with_those_that_there_are(run):
    Path("picture.bin").write_bytes(b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR")
    result = run("import", "picture.bin")
    assert result.exit_code == 1 and "[unknown-format]" in result.output and "opml" in result.output
    Path("page.html").write_text("<html>\n  <p>\n    - one\n</html>")
    assert "[unknown-format]" in run("import", "page.html").output
    assert not Path("data").exists()


def test_the_language_is_told_by_the_file_or_by_hand_or_by_its_letters(imported):
    assert "language: de\n" in text_of(imported("a.md", "# Der Wald\n- Die Bäume und das Moos\n- Pilze\n"))
    assert "language: en\n" in text_of(imported("a.md", "# Payment\n- Was it paid? No\n- El Salvador\n"))
    assert "language: ja\n" in text_of(imported("a.md", "# 森\n- きのこ\n- 木\n"))
    assert "language: fr\n" in text_of(imported("a.md", "# Forest\n- a\n- b\n", language="fr"))
    found = imported("a.md", "---\nlang: es\n---\n# Bosque\n- a\n- b\n")
    assert "language: es\n" in text_of(found) and not found.findings


# --- the shape of a map --------------------------------------------------------------------------


def test_depth_becomes_groups_then_concepts_then_points(imported):
    found = imported(
        "a.md", "# Root\n- Branch\n  - Twig\n    - leaf\n    - other leaf\n  - Second twig\n- Bough\n  - A\n  - B\n"
    )
    assert [(each.name.text, each.concepts) for each in found.planned.groups] == [
        ("Branch", ("twig", "second-twig")),
        ("Bough", ("a", "b")),
    ]
    assert {each.id: [point.text for point in each.points] for each in found.planned.concepts}["twig"] == [
        "leaf",
        "other leaf",
    ]
    assert found.planned.focus == "root"


def test_what_is_too_deep_for_a_slide_is_said_by_its_speaker(imported):
    deep = "# R\n" + "".join(f"{'  ' * depth}- level {depth}\n" for depth in range(9)) + "- x\n  - y\n  - z\n"
    found = imported("a.md", deep)
    told = [each.notes.text for each in found.planned.concepts if each.notes]
    assert told == ["level 3:\n- level 4 (level 5 (level 6 (level 7 (level 8))))"]


def test_a_long_name_is_cut_and_said_in_full_below(imported):
    long = "A thing that somebody wrote down as a whole sentence because it was easier than to find a name"
    found = imported("a.csv", f"from,to\n{long},Name\n")
    concept = found.planned.concepts[0]
    assert concept.name.text == "A thing that somebody wrote down as a whole sentence …"
    assert concept.description.text == long


def test_concepts_of_one_name_are_told_apart_by_their_group(imported):
    found = imported("a.md", "# Energy\n- Sun\n  - Cost\n  - Area\n- Wind\n  - Cost\n  - Noise\n")
    assert [(each.id, each.name.text) for each in found.planned.concepts][1:] == [
        ("cost", "Cost"),
        ("area", "Area"),
        ("cost-wind", "Cost (Wind)"),
        ("noise", "Noise"),
    ]


def test_concepts_of_one_name_below_a_name_without_letters_are_counted(imported):
    found = imported("a.md", "# R\n- 42 %!\n  - Cost\n  - X\n- 知識\n  - Cost\n  - Y\n- 情報\n  - Cost\n  - Z\n")
    ids = [each.id for each in found.planned.concepts if each.name.text.startswith("Cost")]
    assert ids == ["cost", "cost-2", "cost-3"]


def test_ids_are_words_of_the_name_whatever_its_script(imported):
    found = imported("a.csv", "name,name_en\n情報,Information\n知識,\nΜνήμη,\nCON,\n" + f"{'Very ' * 20}long,\n")
    ids = [each.id for each in found.planned.concepts]
    assert ids == ["information", "concept-1", "concept-2", "concept-con", "very-very-very-very-very-very"]


def test_signs_that_would_be_marks_stand_for_themselves(imported):
    found = imported(
        "a.mm", '<map><node TEXT="a *b* c"><node TEXT="x_y_z ~2~"/><node TEXT="&lt;tag> #1: [x]"/></node></map>'
    )
    for path, data in found.files.items():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
    concept_map, _ = read_map_file(Path("data/it/map.yaml"))
    said = [unmarked(each.name.value) for each in concept_map.concepts]
    assert said == ["a *b* c", "x_y_z ~2~", "<tag> #1: [x]"]


def test_no_control_character_reaches_a_map_not_even_in_comments(imported):
    found = imported("a.csv", "from,to,odd\x01 \u202e head\na\x02,b c,left\x03over x\n")
    text = text_of(found)
    assert "#   a → b c: odd head: leftover x\n" in text
    assert not FORBIDDEN.search(text)


def test_a_catalog_holds_what_the_file_says_in_another_language(run):
    run("import", FILES / "coffee.opml")
    found = {each.tag: dict(each.counts) for each in status(Path("data/coffee/map.yaml")).languages}
    assert {tag: sum(counts.values()) for tag, counts in found.items()}.keys() == {"de", "fr"}


def test_words_on_lines_of_a_flowchart_are_phrases_however_they_are_written(imported):
    lines = """graph LR
      A-->|one|B
      A -- two --> C; A -. three .-> D
      A == "four #amp; a half" ==> E & F
      A<-->G---H o--o I
      A-->
    """
    found = imported("a.mmd", lines)
    told = [(each.source, each.phrase.text, each.target, each.arrow) for each in found.planned.relations]
    assert told == [
        ("a", "one", "b", True),
        ("a", "two", "c", True),
        ("a", "three", "d", True),
        ("a", "four & a half", "e", True),
        ("a", "four & a half", "f", True),
        ("a", "", "g", True),
        ("g", "", "h", False),
        ("h", "", "i", True),
    ]


def test_a_line_of_a_flowchart_that_has_a_name_is_no_node(imported):
    found = imported("a.mmd", "flowchart LR\nA e1@==> B\ne1@{ animate: true }\n")
    assert [each.name.text for each in found.planned.concepts] == ["A", "B"]


def test_a_table_without_known_headings_takes_names_from_its_first_column_of_words(imported):
    found = imported("a.csv", "Rank,Country,Capital,Area\n1,France,Paris,640\n2,Japan,Tokyo,378\n")
    assert [(each.id, each.name.text) for each in found.planned.concepts] == [("france", "France"), ("japan", "Japan")]
    assert found.planned.concepts[0].traits == (("Rank", "1"), ("Capital", "Paris"), ("Area", "640"))


def test_a_thesaurus_is_imported_in_the_language_that_is_asked_for(imported):
    found = imported("a.ttl", (FILES / "rivers.ttl").read_bytes(), language="de")
    assert found.planned.title.text == "Wasser in der Landschaft"
    assert [each.name.text for each in found.planned.concepts][:2] == ["Fluss", "Bach"]
    assert found.languages == ("en", "fr")
    assert 'msgid "Auch genannt"\nmsgstr "Also called"' in next(
        data.decode() for path, data in found.files.items() if path.name == "en.po"
    )


def test_a_diagram_inside_a_picture_of_drawio_is_read(imported):
    page = '<mxGraphModel><root><mxCell id="2" value="Hi" vertex="1"/></root></mxGraphModel>'
    inner = escape(page, {'"': "&quot;"})
    found = imported("a.drawio.svg", f'<svg xmlns="http://www.w3.org/2000/svg" content="{inner}"/>')
    assert [each.name.text for each in found.planned.concepts] == ["Hi"]


# --- files that are damaged, or meant to harm ----------------------------------------------------


RDF = '<r:RDF xmlns:r="http://www.w3.org/1999/02/22-rdf-syntax-ns#">'


def zipped(parts):
    """Return a package with these parts."""
    made = BytesIO()
    with ZipFile(made, "w", ZIP_DEFLATED) as archive:
        for name, text in parts.items():
            archive.writestr(name, text)
    return made.getvalue()


def packed(xml):
    """Return a page of draw.io, compressed as it does that."""
    tool = zlib.compressobj(9, zlib.DEFLATED, -zlib.MAX_WBITS)
    data = tool.compress(quote(xml).encode() if len(xml) < 1_000_000 else xml.encode()) + tool.flush()
    return f"<mxfile><diagram>{base64.b64encode(data).decode()}</diagram></mxfile>"


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.mm", "<map><node TEXT='x'>"),
        (
            "a.mm",
            '<!DOCTYPE map [<!ENTITY a SYSTEM "file:///etc/passwd">]><map><node TEXT="r">&a;</node></map>',
        ),
        (
            "a.opml",
            '<!DOCTYPE o [<!ENTITY a "aa"><!ENTITY b "&a;&a;&a;">]><opml><body><outline text="&b;"/></body></opml>',
        ),
        ("a.opml", "<opml><head/></opml>"),
        ("a.opml", "<opml><body>" + "<outline text='x'>" * 5000 + "</outline>" * 5000 + "</body></opml>"),
        ("a.canvas", "[" * 100_000),
        ("a.canvas", '{"nodes": 3}'),
        ("a.canvas", '{"nodes": [], "edges": []}'),
        ("a.cxl", "<cmap><map/></cmap>"),
        ("a.mmd", "sequenceDiagram\n  A->>B: hi\n"),
        ("a.mmd", "flowchart TD\n" + "subgraph x\n" * 10_000),
        ("a.drawio", "<mxfile><diagram>AAAA</diagram></mxfile>"),
        ("a.drawio", "<mxfile/>"),
        ("a.svg", "<svg xmlns='http://www.w3.org/2000/svg'/>"),
        ("a.gv", "digraph { a -> }"),
        ("a.gv", "digraph {" + "{" * 50_000),
        ("a.ttl", "@prefix skos: <http://www.w3.org/2004/02/skos/core#> . <u:a> a skos:Concept"),
        ("a.ttl", "@prefix skos: <http://www.w3.org/2004/02/skos/core#> ."),
        ("a.rdf", f'<!DOCTYPE x [<!ENTITY l SYSTEM "file:///etc/passwd">]>{RDF}&l;</r:RDF>'),
        ("a.rdf", f'<!DOCTYPE x [<!ENTITY a "aa"><!ENTITY b "&a;&a;">]>{RDF}&b;</r:RDF>'),
        ("a.rdf", f'<!DOCTYPE x [<!ENTITY a "{"a" * 199}">]>{RDF}{"&a;" * 100_000}</r:RDF>'),
        ("a.jsonld", '{"@context": "http://127.0.0.1:9/x", "@id": "u:a"}'),
        ("a.pptx", b"PK\3\4 ppt/presentation.xml"),
        ("a.md", ""),
        ("a.md", "just words\n\nand more words\n"),
        ("a.csv", "\n\n"),
        ("a.csv", '"' + "x" * 200_000),
        ("a.csv", b"a,b\n\x00\x01\x02,\x00"),
    ],
)
def test_what_is_no_such_file_is_refused_with_its_place(name, content, imported):
    with pytest.raises(Failure) as refused:
        imported(name, content)
    assert all(each.span.path == name for each in refused.value.diagnostics)


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.mm", "<map><node TEXT='r'>" + "<node TEXT='x'/>" * 100_000 + "</node></map>"),
        ("a.md", "# r\n" + "".join(f"- x{number}\n" for number in range(100_000))),
        ("a.mmd", "flowchart TD\n" + "".join(f"a{number}-->b{number}\n" for number in range(100_000))),
        (
            "a.mmd",
            f"graph TD\n{' & '.join(map('a{}'.format, range(999)))} --> {' & '.join(map('b{}'.format, range(999)))}",
        ),
        ("a.cxl", "<cmap><map><concept-list>" + "<concept label='x'/>" * 100_000 + "</concept-list></map></cmap>"),
        ("a.drawio", "<mxGraphModel><root>" + "<mxCell vertex='1'/>" * 100_000 + "</root></mxGraphModel>"),
        ("a.drawio", packed("<mxGraphModel>" + " " * 100_000_000)),
        ("a.ttl", "".join(f"<u:{n}> a <http://www.w3.org/2004/02/skos/core#Concept> .\n" for n in range(100_000))),
        ("a.pptx", zipped({"ppt/presentation.xml": "<p>" + " " * 100_000_000})),
        ("a.csv", "from,to\n" + "".join(f"a{number},b{number}\n" for number in range(100_000))),
        (
            "a.canvas",
            '{"nodes": [' + ",".join(f'{{"id":"{n}","type":"text","text":"t"}}' for n in range(100_000)) + "]}",
        ),
    ],
)
def test_a_hundred_thousand_concepts_are_refused(name, content, imported):
    with pytest.raises(Failure, match="too-many-to-import"):
        imported(name, content)


def test_parents_in_a_circle_and_in_a_long_chain_are_kept(imported):
    circle = imported("a.csv", "name,parent\na,b\nb,c\nc,a\nd,d\n")
    assert all(f" {name}\n" in text_of(circle).replace(f"{name}: ", f" {name}\n") for name in "abcd")
    chain = "name,parent\n" + "".join(f"n{number},n{number - 1}\n" for number in range(1, 5000))
    assert imported("b.csv", chain).planned.concepts


@pytest.mark.parametrize(
    ("encoding", "declared"),
    [("utf-8-sig", ""), ("utf-16", ' encoding="UTF-16"'), ("latin-1", ' encoding="ISO-8859-1"')],
)
def test_xml_is_read_in_the_encoding_that_it_tells(encoding, declared, imported):
    text = f'<?xml version="1.0"{declared}?><map><node TEXT="Straße"><node TEXT="Ö"/><node TEXT="é"/></node></map>'
    found = imported("a.mm", text.encode(encoding))
    assert [each.name.text for each in found.planned.concepts] == ["Straße", "Ö", "é"]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "cp1252"])
def test_plain_text_is_read_in_every_usual_encoding(encoding, imported):
    found = imported("a.csv", "from;to\r\nStraße;Brücke\r\n".encode(encoding))
    assert [each.name.text for each in found.planned.concepts] == ["Straße", "Brücke"]


@pytest.mark.parametrize("name", NAMES)
def test_a_damaged_file_is_read_or_refused_but_never_a_fault(name, imported):
    import random

    chance = random.Random(18)
    whole = (FILES / name).read_bytes()
    for _ in range(25):
        data = bytearray(whole)
        for _ in range(chance.randint(1, 12)):
            at = chance.randrange(len(data))
            kind = chance.randrange(3)
            if kind == 0:
                data[at] = chance.randrange(256)
            elif kind == 1:
                del data[at : at + chance.randint(1, 40)]
            else:
                data[at:at] = chance.choice([b"<", b'"', b"\n\t", b"{", b"&amp;", b"\xff", b"::", whole[at : at + 60]])
            data = data or bytearray(b"x")
        try:
            imported(name, bytes(data))
        except Failure:
            continue
